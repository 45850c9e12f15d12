/*
 * What holds for every merge, tried on contacts and edits made by dice: of few words, so that
 * the two sides often meet on one value.
 */
#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "contact/field.h"
#include "merge/merge.h"
#include "format/doc.h"
#include "format/doc_layout.h"
#include "tests/unit/dice.h"

enum { CASES = 2500, MOST_EDITS = 4 };

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define ONE_OF(d, a) ((a)[dice_roll((d), COUNT(a))])

/* ---- contacts and edits ---- */

struct lines {
	VEC(const char *) at; /* each owned */
};

static void insert(struct lines *l, size_t i, struct buf *line)
{
	vec_push(&l->at, NULL);
	memmove(l->at.at + i + 1, l->at.at + i, (l->at.n - 1 - i) * sizeof *l->at.at);
	l->at.at[i] = buf_take(line);
}

static void take_out(struct lines *l, size_t i)
{
	mem_free((char *)l->at.at[i]);
	l->at.n--;
	memmove(l->at.at + i, l->at.at + i + 1, (l->at.n - i) * sizeof *l->at.at);
}

static void copy_lines(const struct lines *from, struct lines *to)
{
	*to = (struct lines){ VEC_INIT };
	for (size_t i = 0; i < from->at.n; i++)
		vec_push(&to->at, mem_copy(from->at.at[i], strlen(from->at.at[i])));
}

static void release_lines(struct lines *l)
{
	while (l->at.n)
		take_out(l, l->at.n - 1);
	vec_release(&l->at);
}

static void add_bytes(const struct lines *l, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < l->at.n; i++)
		buf_add_fmt(out, "%s\n", l->at.at[i]);
}

static void roll_value(struct dice *d, struct buf *out)
{
	static const char *const words[] = { "x", "y", "z", "call", "1", "22", "Ann" };

	buf_add_str(out, ONE_OF(d, words));
	for (; dice_roll(d, 3) == 0; buf_add_str(out, ONE_OF(d, words)))
		buf_add_char(out, ' ');
}

/* Never a section of the user's own: what of two that are named alike is the same, no law says. */
static void roll_line(struct dice *d, struct buf *out)
{
	static const char *const keys[] = { "name", "email", "email.work", "Phone", "title", "every",
					    "own", "note", "address", "birthday" };
	static const char *const lists[] = { "tags", "tags", "needs", "knows.sister" };
	static const char *const others[] = { "", "", "# one", "# two", "junk", "[todo]", "[log]",
					      "[contact]", "    deep", "    # deep", "      deeper" };

	size_t kind = dice_roll(d, 10);
	if (kind == 0) {
		buf_add_str(out, ONE_OF(d, others));
	} else if (kind < 4) {
		buf_add_fmt(out, "2026-01-0%d = ", 1 + (int)dice_roll(d, 6));
		roll_value(d, out);
	} else if (kind < 6) {
		buf_add_fmt(out, "%s = ", ONE_OF(d, lists));
		for (roll_value(d, out); dice_roll(d, 2); roll_value(d, out))
			buf_add_str(out, ", ");
	} else {
		buf_add_fmt(out, "%s = ", ONE_OF(d, keys));
		roll_value(d, out);
	}
}

static void roll_insert(struct dice *d, struct lines *l)
{
	struct buf line = BUF_INIT;

	roll_line(d, &line);
	insert(l, dice_roll(d, l->at.n + 1), &line);
}

static void roll_contact(struct dice *d, struct lines *out)
{
	static const char *const sections[] = { "[contact]", "[work]", "[log]", "[todo]" };

	*out = (struct lines){ VEC_INIT };
	for (size_t s = 0; s < COUNT(sections); s++) {
		if (dice_roll(d, 3) == 0)
			continue;
		vec_push(&out->at, mem_copy(sections[s], strlen(sections[s])));
		for (size_t n = dice_roll(d, 5); n; n--) {
			struct buf line = BUF_INIT;
			roll_line(d, &line);
			vec_push(&out->at, buf_take(&line));
		}
	}
}

/* Another value behind the separator. */
static void roll_change(struct dice *d, struct lines *l, size_t i)
{
	struct text line = text_of(l->at.at[i]);
	struct buf changed = BUF_INIT;
	size_t sep = text_find(line, '=');

	if (sep == line.n)
		return;
	buf_add_text(&changed, text_part(line, 0, sep));
	buf_add_str(&changed, "= ");
	roll_value(d, &changed);
	take_out(l, i);
	insert(l, i, &changed);
}

static void roll_move(struct dice *d, struct lines *l, size_t i)
{
	struct buf line = BUF_INIT;

	buf_add_str(&line, l->at.at[i]);
	take_out(l, i);
	insert(l, dice_roll(d, l->at.n + 1), &line);
}

/* Take out a line, or all to the next header. */
static void roll_removal(struct dice *d, struct lines *l, size_t i)
{
	bool section = l->at.at[i][0] == '[' && dice_roll(d, 2);

	take_out(l, i);
	while (section && i < l->at.n && l->at.at[i][0] != '[')
		take_out(l, i);
}

static void roll_edits(struct dice *d, struct lines *l)
{
	for (size_t n = dice_roll(d, MOST_EDITS + 1); n; n--) {
		size_t i = dice_roll(d, l->at.n + 1), kind = dice_roll(d, 8);
		if (i == l->at.n || kind < 3)
			roll_insert(d, l);
		else if (kind < 5)
			roll_change(d, l, i);
		else if (kind < 7)
			roll_removal(d, l, i);
		else
			roll_move(d, l, i);
	}
}

/* ---- what a file says ---- */

struct atom {
	struct text section, key, value;
};

struct atoms {
	struct doc doc;
	VEC(struct atom) at;
};

static bool holds_items(const struct atom *a)
{
	return text_same(a->section, TEXT("contact")) && field_holds_items(field_find(a->key));
}

/* The section a comment or junk belongs to: of the header right below a comment, or of the last. */
static struct text section_at(const struct doc *d, size_t line)
{
	size_t i = line;

	while (i < d->n_lines && d->lines[i].kind == DOC_COMMENT)
		i++;
	if (i < d->n_lines && d->lines[i].kind == DOC_SECTION)
		return layout_section(layout_header(d->lines[i].text));
	for (i = line; i-- > 0;)
		if (d->lines[i].kind == DOC_SECTION)
			return layout_section(layout_header(d->lines[i].text));
	return TEXT("contact");
}

static void read_atoms(struct atoms *l, struct text bytes)
{
	*l = (struct atoms){ .at = VEC_INIT };
	doc_read(&l->doc, bytes);
	for (size_t i = 0; i < l->doc.n_entries; i++) {
		const struct doc_entry *e = &l->doc.entries[i];
		struct atom a = { layout_section(e->section), e->key, TEXT_NONE };
		struct text rest = e->value;
		while (holds_items(&a) ? field_next_item(&rest, &a.value)
				       : text_cut(&rest, '\n', &a.value))
			vec_push(&l->at, a);
	}
	for (size_t i = 0; i < l->doc.n_lines; i++)
		if (l->doc.lines[i].kind == DOC_COMMENT || l->doc.lines[i].kind == DOC_JUNK)
			vec_push(&l->at, ((struct atom){ section_at(&l->doc, i), TEXT("#"),
							 text_trim(l->doc.lines[i].text) }));
}

static void release_atoms(struct atoms *l)
{
	doc_release(&l->doc);
	vec_release(&l->at);
}

static bool has(const struct atoms *l, const struct atom *a)
{
	for (size_t i = 0; i < l->at.n; i++) {
		const struct atom *b = &l->at.at[i];
		if (text_same(a->section, b->section) && text_same(a->key, b->key) &&
		    text_equal(a->value, b->value))
			return true;
	}
	return false;
}

/*
 * What stands twice may go once and stay once, and what is a line of a value goes or stays with
 * it: not for these to judge.
 */
static bool is_loose(const struct atoms *l)
{
	for (size_t i = 0; i < l->doc.n_lines; i++)
		if (l->doc.lines[i].kind == DOC_CONTINUATION)
			return true;
	for (size_t i = 1; i < l->at.n; i++) {
		struct atoms before = { .at = { l->at.at, i, i } };
		if (has(&before, &l->at.at[i]))
			return true;
	}
	return false;
}

/* A comment may come to stand above the next header, as what it stood above is gone. */
static bool has_somewhere(const struct atoms *l, const struct atom *a)
{
	for (size_t i = 0; text_equal(a->key, TEXT("#")) && i < l->at.n; i++)
		if (text_same(a->key, l->at.at[i].key) && text_equal(a->value, l->at.at[i].value))
			return true;
	return has(l, a);
}

static bool is_told(const struct merge *m, const struct atom *a)
{
	for (size_t i = 0; i < m->n_conflicts; i++) {
		const struct merge_conflict *c = &m->conflicts[i];
		bool section = text_same(a->section, text_of(c->section));
		bool comment = text_equal(a->key, TEXT("#"));
		if (*c->key ? section && text_same(a->key, text_of(c->key)) : section || comment)
			return true;
	}
	return false;
}

/* ---- the laws ---- */

struct chance {
	struct buf bytes[3];
	struct atoms atoms[3];
	struct buf result;
	struct atoms merged;
	struct merge m;
	bool done;
	bool loose; /* is one of them? */
};

static void merge(struct chance *c, enum merge_rule rule)
{
	c->m = (struct merge){ .base = buf_text(&c->bytes[0]), .ours = buf_text(&c->bytes[1]),
			       .theirs = buf_text(&c->bytes[2]), .rule = rule };
	buf_clear(&c->result);
	c->done = merge_run(&c->m, &c->result);
	read_atoms(&c->merged, buf_text(&c->result));
}

static void forget(struct chance *c)
{
	merge_release(&c->m);
	release_atoms(&c->merged);
}

static void fail_with(const struct chance *c, const char *law, const struct atom *about)
{
	struct atom a = about ? *about : (struct atom){ TEXT_NONE, TEXT_NONE, TEXT_NONE };

	print_message("%s: [%.*s] %.*s = %.*s\n", law, TEXT_FMT(a.section), TEXT_FMT(a.key),
		      TEXT_FMT(a.value));
	print_message("--- base\n%s--- ours\n%s--- theirs\n%s--- merged\n%s---\n", c->bytes[0].at,
		      c->bytes[1].at, c->bytes[2].at, c->result.at);
	fail();
}

/* What a side added is there; what both left is there. */
static void check_nothing_lost(const struct chance *c, size_t sides)
{
	const struct atoms *o = &c->atoms[0];

	for (size_t s = 1; s <= sides; s++)
		for (size_t i = 0; i < c->atoms[s].at.n; i++) {
			const struct atom *a = &c->atoms[s].at.at[i];
			bool kept = !c->loose && has(&c->atoms[1], a) && has(&c->atoms[2], a);
			if ((kept || !has(o, a)) && !has_somewhere(&c->merged, a))
				fail_with(c, "lost", a);
		}
}

static bool was_left(const struct chance *c, size_t side, size_t other, const struct atom *a)
{
	return has(&c->atoms[0], a) && has(&c->atoms[side], a) &&
	       !has_somewhere(&c->atoms[other], a);
}

/* What one side took away, and the other left as it was, is gone; nothing is made up. */
static void check_nothing_more(const struct chance *c)
{
	for (size_t i = 0; i < c->merged.at.n; i++) {
		const struct atom *a = &c->merged.at.at[i];
		if (!has_somewhere(&c->atoms[1], a) && !has_somewhere(&c->atoms[2], a))
			fail_with(c, "made up", a);
		if ((was_left(c, 1, 2, a) || was_left(c, 2, 1, a)) && !is_told(&c->m, a) &&
		    !c->loose)
			fail_with(c, "came back", a);
	}
}

static void check_symmetry(struct chance *c)
{
	struct merge m = { .base = c->m.base, .ours = c->m.theirs, .theirs = c->m.ours };
	struct buf out = BUF_INIT;

	if (merge_run(&m, &out) != c->done || strcmp(out.at, c->result.at) ||
	    m.n_conflicts != c->m.n_conflicts) {
		print_message("--- other way round\n%s", out.at);
		fail_with(c, "not symmetric", NULL);
	}
	merge_release(&m);
	buf_release(&out);
}

/* Merging the result with a side again brings nothing new, and takes nothing away. */
static void check_again(struct chance *c, size_t side)
{
	struct merge m = { .base = c->m.base, .ours = buf_text(&c->result),
			   .theirs = buf_text(&c->bytes[side]) };
	struct buf out = BUF_INIT;
	struct atoms again;

	if (!merge_run(&m, &out))
		fail_with(c, "cannot be merged again", NULL);
	read_atoms(&again, buf_text(&out));
	for (size_t i = 0; i < again.at.n; i++)
		if (!has_somewhere(&c->merged, &again.at.at[i]))
			fail_with(c, "new when merged again", &again.at.at[i]);
	for (size_t i = 0; i < c->merged.at.n; i++)
		if (!has_somewhere(&again, &c->merged.at.at[i]))
			fail_with(c, "gone when merged again", &c->merged.at.at[i]);
	release_atoms(&again);
	merge_release(&m);
	buf_release(&out);
}

static void check_whole_sides(struct chance *c)
{
	for (size_t a = 0; a < 3; a++)
		for (size_t b = 0; b < 3; b++) {
			struct merge m = { .base = buf_text(&c->bytes[a]), .ours = m.base,
					   .theirs = buf_text(&c->bytes[b]) };
			struct buf out = BUF_INIT;
			assert_true(merge_run(&m, &out));
			assert_string_equal(out.at, c->bytes[b].at);
			buf_release(&out);
		}
}

/* Roll three versions, and hand them to the check. */
static void try_all(uint64_t seed, void (*check)(struct chance *c))
{
	struct dice d = dice_of(seed);

	for (int i = 0; i < CASES; i++) {
		struct chance c = { .bytes = { BUF_INIT, BUF_INIT, BUF_INIT }, .result = BUF_INIT };
		struct lines base;
		roll_contact(&d, &base);
		for (size_t s = 0; s < 3; s++) {
			struct lines side;
			copy_lines(&base, &side);
			do
				roll_edits(&d, &side);
			while (s && !side.at.n);
			add_bytes(&side, &c.bytes[s]);
			read_atoms(&c.atoms[s], buf_text(&c.bytes[s]));
			c.loose |= is_loose(&c.atoms[s]);
			release_lines(&side);
		}
		check(&c);
		for (size_t s = 0; s < 3; s++) {
			release_atoms(&c.atoms[s]);
			buf_release(&c.bytes[s]);
		}
		buf_release(&c.result);
		release_lines(&base);
	}
}

/* Comments within a value, at most. */
static int refused;

static void check_both(struct chance *c)
{
	merge(c, MERGE_BOTH);
	refused += !c->done;
	check_symmetry(c);
	if (c->done) {
		check_nothing_lost(c, 2);
		check_nothing_more(c);
	}
	forget(c);
}

static void test_merge_laws__nothing_is_lost_nor_comes_back(void **state)
{
	(void)state;
	try_all(1, check_both);
	assert_in_range(refused, 0, CASES / 1000);
}

static void check_same_again(struct chance *c)
{
	merge(c, MERGE_BOTH);
	if (c->done && c->result.n && !c->m.n_conflicts && !c->loose) {
		check_again(c, 1);
		check_again(c, 2);
	}
	forget(c);
}

static void test_merge_laws__a_merge_with_one_of_its_sides_is_itself(void **state)
{
	(void)state;
	try_all(2, check_same_again);
}

static void test_merge_laws__one_side_alone_keeps_every_byte(void **state)
{
	(void)state;
	try_all(3, check_whole_sides);
}

static void check_ours(struct chance *c)
{
	merge(c, MERGE_OURS);
	if (c->done) {
		check_nothing_lost(c, c->m.n_conflicts ? 1 : 2);
		check_nothing_more(c);
	}
	forget(c);
}

static void test_merge_laws__ours_stays(void **state)
{
	(void)state;
	try_all(4, check_ours);
}
