#include "merge/place.h"

#include <stdlib.h>

#include "contact/entry.h"
#include "merge/merging.h"

/* More entries of one day are not looked at to put new ones in order. */
enum { MOST_OF_A_DAY = 64 };

/* An entry of the leading side's log. */
struct dated {
	size_t piece;
	size_t front;      /* it, or the first of the comments directly above it */
	struct date date;
	struct date least; /* the earliest from it on */
};

struct placing {
	const struct merging *g;
	const struct version *lead, *other;
	const struct block *in, *from; /* the blocks */
	VEC(struct dated) log; /* by place */
	int order;             /* 1: dates run upwards, -1: newest first */
};

static bool entry_date(const struct piece *p, struct date *out)
{
	struct entry e;

	if (p->kind != PIECE_ENTRY)
		return false;
	entry_parse_todo(p->entry->key, TEXT_NONE, &e);
	*out = e.date;
	return !e.bad_date;
}

/* Which piece of the leading block it is, or the end of all pieces. */
static size_t own_place(const struct placing *s, const struct piece *p)
{
	const struct piece *there = p->node->of[s->g->lead];
	size_t i = there ? (size_t)(there - s->lead->pieces.at) : s->lead->pieces.n;

	return i >= s->in->first && i < s->in->end ? i : s->lead->pieces.n;
}

static bool is_here(const struct placing *s, size_t place)
{
	return place < s->lead->pieces.n;
}

/* ---- by date ---- */

static bool has_dates(const struct block *b)
{
	return b->section == SECTION_LOG || b->section == SECTION_TODO;
}

static int cmp(const struct placing *s, struct date a, struct date b)
{
	return s->order * date_cmp(a, b);
}

static bool is_directly_above(const struct piece *p, const struct piece *next)
{
	return p->kind == PIECE_TEXT && next->lead == next->from && p->to == next->from;
}

static void read_log(struct placing *s)
{
	const struct piece *at = s->lead->pieces.at;
	size_t front = s->in->first;
	struct date d;

	for (size_t i = s->in->first; i < s->in->end; i++) {
		if (i == s->in->first || !is_directly_above(&at[i - 1], &at[i]))
			front = i;
		if (entry_date(&at[i], &d))
			vec_push(&s->log, ((struct dated){ i, front, d, d }));
	}
	size_t n = s->log.n;
	s->order = n && date_cmp(s->log.at[0].date, s->log.at[n - 1].date) > 0 ? -1 : 1;
	for (size_t i = n; i-- > 1;) {
		struct date least = s->log.at[i].least;
		if (cmp(s, least, s->log.at[i - 1].least) < 0)
			s->log.at[i - 1].least = least;
	}
}

/* How many entries stand up to the last one of this date or before. */
static size_t count_up_to(const struct placing *s, struct date d)
{
	size_t low = 0, high = s->log.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (cmp(s, s->log.at[middle].least, d) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* New entries of one day come in the order of their bytes. */
static size_t place_by_date(const struct placing *s, const struct piece *p, struct date d)
{
	size_t n = count_up_to(s, d), back = 0;

	for (; back < n && back < MOST_OF_A_DAY; back++) {
		const struct dated *e = &s->log.at[n - back - 1];
		const struct piece *there = &s->lead->pieces.at[e->piece];
		if (date_cmp(e->date, d) || there->node->of[SIDE_BASE] ||
		    text_cmp(there->value, p->value) < 0)
			break;
	}
	return !n || back ? s->log.at[n - back].front : s->log.at[n - 1].piece + 1;
}

/* ---- by what stands above or below ---- */

/* Comments go with what they stand above: from the last to the first. */
static void tie_comments(struct placing *s, struct placed *at)
{
	const struct piece *pieces = s->other->pieces.at;

	for (size_t i = s->from->end; i-- > s->from->first + 1;) {
		struct placed *p = &at[i - 1 - s->from->first], *next = p + 1;
		size_t own = own_place(s, &pieces[i]);
		if (!is_directly_above(&pieces[i - 1], &pieces[i]))
			continue;
		p->before = is_here(s, own) ? own : next->before;
		p->close = is_here(s, own) || next->close;
	}
}

/* Behind the nearest piece above that both have; dates of one day keep the order they have. */
static void place_all(struct placing *s, struct placed *at)
{
	const struct piece *pieces = s->other->pieces.at;
	size_t floor = s->in->first, behind = floor, last = 0;
	struct date d, last_date = DATE_NONE;

	for (size_t i = s->from->first; i < s->from->end; i++) {
		struct placed *p = &at[i - s->from->first];
		size_t own = own_place(s, &pieces[i]);
		if (pieces[i].kind == PIECE_HEADER)
			floor = s->in->header + 1;
		if (is_here(s, own))
			behind = own + 1;
		behind = behind > floor ? behind : floor;
		*p = (struct placed){ &pieces[i], behind, false, i };
		if (is_here(s, own) || !s->log.n || !entry_date(&pieces[i], &d))
			continue;
		p->before = place_by_date(s, &pieces[i], d);
		if (!date_cmp(d, last_date) && p->before < last)
			p->before = last;
		last = p->before;
		last_date = d;
	}
}

static int by_place(const void *va, const void *vb)
{
	const struct placed *a = va, *b = vb;

	if (a->before != b->before)
		return a->before < b->before ? -1 : 1;
	if (a->close != b->close)
		return a->close - b->close;
	return (a->turn > b->turn) - (a->turn < b->turn);
}

void merging_place(const struct merging *g, size_t lead_block, size_t other_block,
		   struct places *out)
{
	struct placing s = {
		.g = g,
		.lead = &g->of[g->lead],
		.other = &g->of[g->other],
		.in = &g->of[g->lead].blocks.at[lead_block],
		.from = &g->of[g->other].blocks.at[other_block],
	};
	size_t n = s.from->end - s.from->first, kept = 0;

	*out = (struct places){ VEC_INIT };
	if (!n)
		return;
	if (has_dates(s.in))
		read_log(&s);
	vec_reserve(&out->at, n);
	place_all(&s, out->at.at);
	tie_comments(&s, out->at.at);
	for (size_t i = 0; i < n; i++) {
		const struct node *node = out->at.at[i].piece->node;
		if (node->alive && !node->of[g->lead])
			out->at.at[kept++] = out->at.at[i];
	}
	out->at.n = kept;
	if (kept)
		qsort(out->at.at, kept, sizeof *out->at.at, by_place);
	vec_release(&s.log);
}

void places_release(struct places *p)
{
	vec_release(&p->at);
}
