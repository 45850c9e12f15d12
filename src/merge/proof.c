#include "merge/proof.h"

#include <stdlib.h>

#include "base/buf.h"
#include "contact/field.h"
#include "merge/merging.h"

enum { RESULT = SIDES, READ };

/* The least that can get lost. */
struct atom {
	struct text text; /* with the key that it belongs to */
	struct text part; /* comments: their section, which may be another in the result */
	unsigned side;
	bool once;        /* it does not matter how often it stands there */
};

struct atoms {
	VEC(struct atom) at;
	struct arena *arena;
};

/* Where it belongs, and what it says: nothing is no atom. */
static void add(struct atoms *l, struct atom a, struct text where, struct text what)
{
	struct buf text = BUF_INIT;

	if (what.n) {
		buf_add_text(&text, where);
		buf_add_char(&text, '\0');
		buf_add_text(&text, what);
		a.text = (struct text){ arena_copy(l->arena, buf_text(&text)), text.n };
		vec_push(&l->at, a);
	}
	buf_release(&text);
}

/* ---- the atoms of a file ---- */

static void add_items(struct atoms *l, unsigned side, struct text where, struct text value)
{
	struct atom a = { .side = side, .once = true };
	struct buf normal = BUF_INIT;
	struct text item;

	while (field_next_item(&value, &item)) {
		buf_clear(&normal);
		version_normalise(TEXT_NONE, item, &normal);
		add(l, a, where, version_small(l->arena, buf_text(&normal)));
	}
	buf_release(&normal);
}

static void add_entry(struct atoms *l, unsigned side, const struct piece *p, struct text section)
{
	struct atom a = { .side = side };
	struct buf where = BUF_INIT;
	struct text rest = p->value, line;

	buf_add_text(&where, section);
	buf_add_char(&where, ']');
	buf_add_text(&where, version_small(l->arena, p->entry->key));
	if (p->items)
		add_items(l, side, buf_text(&where), p->entry->value);
	else
		while (text_cut(&rest, '\n', &line))
			add(l, a, buf_text(&where), line);
	buf_release(&where);
}

/* Comments and junk are also found between the lines of an entry. */
static void add_text(struct atoms *l, unsigned side, const struct version *v,
		     const struct piece *p, struct text section)
{
	struct atom a = { .side = side, .part = side == RESULT ? TEXT_NONE : section };

	for (size_t i = p->from; i < p->to; i++) {
		const struct doc_line *line = &v->doc.lines[i];
		if (line->kind == DOC_COMMENT || line->kind == DOC_JUNK)
			add(l, a, TEXT("#"), text_trim(line->text));
	}
}

static void add_version(struct atoms *l, unsigned side, const struct version *v)
{
	for (size_t i = 0; i < v->pieces.n; i++) {
		const struct piece *p = &v->pieces.at[i];
		struct text section = v->blocks.at[p->block].name;
		struct text line = text_trim(v->doc.lines[p->from].text);
		struct atom header = { .side = side, .once = true };
		add_text(l, side, v, p, section);
		if (p->kind == PIECE_ENTRY)
			add_entry(l, side, p, section);
		else if (p->kind == PIECE_HEADER)
			add(l, header, TEXT("["), version_small(l->arena, line));
	}
}

/* ---- counting ---- */

static int by_text(const void *va, const void *vb)
{
	const struct atom *a = va, *b = vb;
	int c = text_cmp(a->text, b->text);

	return c ? c : text_cmp(a->part, b->part);
}

/* How often the result has to have it. */
static size_t wanted(const size_t n[READ], bool one_sided)
{
	size_t base = n[SIDE_BASE], ours = n[SIDE_OURS], theirs = n[SIDE_THEIRS];

	if (ours >= base && theirs >= base)
		return ours >= theirs || one_sided ? ours : theirs;
	return ours + theirs > base ? ours + theirs - base : 0;
}

/* Take the atoms of one text and part off the front; how many the result has, and has to have. */
static void count(const struct atoms *l, size_t *i, bool one_sided, size_t *have, size_t *want)
{
	const struct atom *first = &l->at.at[*i];
	size_t n[READ] = { 0 };

	for (; *i < l->at.n && !by_text(first, &l->at.at[*i]); ++*i) {
		const struct atom *a = &l->at.at[*i];
		if (!a->once || !n[a->side])
			n[a->side]++;
	}
	*have += n[RESULT];
	*want += wanted(n, one_sided);
}

static bool all_there(const struct atoms *l, bool one_sided)
{
	for (size_t i = 0; i < l->at.n;) {
		struct text text = l->at.at[i].text;
		size_t have = 0, want = 0;
		while (i < l->at.n && text_equal(l->at.at[i].text, text))
			count(l, &i, one_sided, &have, &want);
		if (have < want)
			return false;
	}
	return true;
}

bool merging_proves(struct merging *g, struct text result, bool one_sided)
{
	struct atoms list = { VEC_INIT, &g->arena };
	struct version read;

	version_read(&read, SIDE_BASE, result, &g->arena);
	for (unsigned s = 0; s < SIDES; s++)
		add_version(&list, s, &g->of[s]);
	add_version(&list, RESULT, &read);
	if (list.at.n)
		qsort(list.at.at, list.at.n, sizeof *list.at.at, by_text);
	bool proven = all_there(&list, one_sided);
	vec_release(&list.at);
	version_release(&read);
	return proven;
}
