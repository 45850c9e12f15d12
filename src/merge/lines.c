#include "merge/lines.h"

#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"

enum { MOST_CELLS = 1 << 20 }; /* lines times lines: a note of a thousand lines */

/* Lines [base_from, base_to) became lines [from, to). */
struct hunk {
	size_t base_from, base_to, from, to;
};

struct lines {
	VEC(struct text) at;
	VEC(struct hunk) hunks; /* against the base */
	size_t next;            /* hunk that is not merged yet */
};

static void read_lines(struct text t, struct lines *out)
{
	struct text line;

	*out = (struct lines){ 0 };
	while (text_cut(&t, '\n', &line))
		vec_push(&out->at, line);
}

static void release(struct lines *l)
{
	vec_release(&l->at);
	vec_release(&l->hunks);
}

static bool fits(const struct lines *base, const struct lines *side)
{
	return side->at.n + 1 <= MOST_CELLS / (base->at.n + 1);
}

/* ---- what one side changed ---- */

/* How many lines the rests from each pair of lines on have in common: rows of m + 1. */
static uint32_t *common_table(const struct lines *base, const struct lines *side)
{
	size_t n = base->at.n, m = side->at.n, row = m + 1;
	uint32_t *table = mem_alloc((n + 1) * row * sizeof *table);

	for (size_t i = n; i-- > 0;)
		for (size_t k = m; k-- > 0;) {
			uint32_t below = table[(i + 1) * row + k], right = table[i * row + k + 1];
			if (text_equal(base->at.at[i], side->at.at[k]))
				table[i * row + k] = table[(i + 1) * row + k + 1] + 1;
			else
				table[i * row + k] = below >= right ? below : right;
		}
	return table;
}

static void find_hunks(const struct lines *base, struct lines *side)
{
	size_t n = base->at.n, m = side->at.n, row = m + 1, i = 0, k = 0;
	uint32_t *table = common_table(base, side);

	while (i < n || k < m) {
		struct hunk h = { i, i, k, k };
		while ((i < n || k < m) &&
		       !(i < n && k < m && text_equal(base->at.at[i], side->at.at[k]))) {
			if (k == m || (i < n && table[(i + 1) * row + k] >= table[i * row + k + 1]))
				i++;
			else
				k++;
		}
		h.base_to = i;
		h.to = k;
		if (h.base_from < h.base_to || h.from < h.to)
			vec_push(&side->hunks, h);
		i += i < n;
		k += k < m;
	}
	mem_free(table);
}

/* ---- both ---- */

/* A stretch of the base that hunks of one or both sides cover. */
struct stretch {
	size_t from, to;
	size_t first[2], end[2]; /* hunks of each side */
};

static bool reaches_into(const struct stretch *s, const struct hunk *h)
{
	bool both_empty = s->from == s->to && h->base_from == h->base_to;

	return both_empty ? h->base_from == s->from : h->base_from < s->to && h->base_to > s->from;
}

/* The next stretch of all that hang together; false at the end. */
static bool next_stretch(struct lines *const side[2], struct stretch *s)
{
	const struct hunk *first = NULL;

	for (int i = 0; i < 2; i++) {
		s->first[i] = s->end[i] = side[i]->next;
		if (side[i]->next == side[i]->hunks.n)
			continue;
		const struct hunk *h = &side[i]->hunks.at[side[i]->next];
		if (!first || h->base_from < first->base_from ||
		    (h->base_from == first->base_from && h->base_to < first->base_to))
			first = h;
	}
	if (!first)
		return false;
	s->from = first->base_from;
	s->to = first->base_to;
	for (bool more = true; more;) {
		more = false;
		for (int i = 0; i < 2; i++)
			while (s->end[i] < side[i]->hunks.n &&
			       reaches_into(s, &side[i]->hunks.at[s->end[i]])) {
				size_t to = side[i]->hunks.at[s->end[i]++].base_to;
				s->to = to > s->to ? to : s->to;
				more = true;
			}
	}
	side[0]->next = s->end[0];
	side[1]->next = s->end[1];
	return true;
}

/* What a side has in place of the stretch, each line with its newline. */
static void add_side(const struct lines *side, const struct stretch *s, int i, struct buf *out)
{
	const struct hunk *first = &side->hunks.at[s->first[i]];
	const struct hunk *last = &side->hunks.at[s->end[i] - 1];
	size_t from = first->from - (first->base_from - s->from);
	size_t to = last->to + (s->to - last->base_to);

	for (size_t k = from; k < to; k++) {
		buf_add_text(out, side->at.at[k]);
		buf_add_char(out, '\n');
	}
}

/* Both changed it. */
static bool add_both(struct text ours, struct text theirs, bool inserted, enum merge_rule rule,
		     struct buf *out)
{
	bool same = text_equal(ours, theirs);
	bool ours_first = rule == MERGE_OURS || text_cmp(ours, theirs) <= 0;

	buf_add_text(out, ours_first ? ours : theirs);
	if (!same && (inserted || rule == MERGE_BOTH))
		buf_add_text(out, ours_first ? theirs : ours);
	return !same && !inserted;
}

static bool add_stretch(struct lines *const side[2], const struct stretch *s, enum merge_rule rule,
			struct buf *out)
{
	struct buf text[2] = { BUF_INIT, BUF_INIT };
	bool conflict = false;

	for (int i = 0; i < 2; i++)
		if (s->first[i] < s->end[i])
			add_side(side[i], s, i, &text[i]);
	if (s->first[1] == s->end[1])
		buf_add_text(out, buf_text(&text[0]));
	else if (s->first[0] == s->end[0])
		buf_add_text(out, buf_text(&text[1]));
	else
		conflict = add_both(buf_text(&text[0]), buf_text(&text[1]), s->from == s->to, rule,
				    out);
	buf_release(&text[0]);
	buf_release(&text[1]);
	return conflict;
}

static void add_base(const struct lines *base, size_t from, size_t to, struct buf *out)
{
	for (size_t i = from; i < to; i++) {
		buf_add_text(out, base->at.at[i]);
		buf_add_char(out, '\n');
	}
}

bool lines_merge(struct text base, struct text ours, struct text theirs, enum merge_rule rule,
		 struct buf *out, bool *conflict)
{
	struct lines o, a, b, *const side[] = { &a, &b };
	struct stretch s;
	size_t done = 0;

	read_lines(base, &o);
	read_lines(ours, &a);
	read_lines(theirs, &b);
	bool fit = fits(&o, &a) && fits(&o, &b);
	if (fit) {
		find_hunks(&o, &a);
		find_hunks(&o, &b);
		while (next_stretch(side, &s)) {
			add_base(&o, done, s.from, out);
			*conflict |= add_stretch(side, &s, rule, out);
			done = s.to;
		}
		add_base(&o, done, o.at.n, out);
	}
	release(&o);
	release(&a);
	release(&b);
	return fit;
}
