#include "merge/weave.h"

#include "base/buf.h"
#include "merge/place.h"
#include "merge/merging.h"
#include "format/doc_layout.h"

struct weaver {
	struct merging *g;
	struct buf *out;
	struct text eol;
	struct text indent; /* of the entry that reaches over what is deeper; at NULL: none does */
	size_t ending;      /* bytes of the last line ending */
};

/* ---- merging what is no piece ---- */

static bool merge_bool(bool base, bool ours, bool theirs)
{
	return ours == base ? theirs : ours;
}

/* Whose number of blank lines: what was changed; else the more. */
static enum side merge_blank(const struct merging *g, const size_t n[SIDES])
{
	if (n[SIDE_OURS] == n[SIDE_THEIRS])
		return g->lead;
	if (n[SIDE_OURS] == n[SIDE_BASE])
		return SIDE_THEIRS;
	if (n[SIDE_THEIRS] == n[SIDE_BASE])
		return SIDE_OURS;
	return n[SIDE_OURS] > n[SIDE_THEIRS] ? SIDE_OURS : SIDE_THEIRS;
}

/* ---- lines ---- */

static void put_text(struct weaver *w, struct text line, struct text eol)
{
	buf_add_text(w->out, line);
	buf_add_text(w->out, eol);
	w->ending = eol.n;
}

/* An unusual line ending stays as it is. */
static struct text eol_of(const struct weaver *w, const struct version *v, size_t line)
{
	const struct doc_line *l = &v->doc.lines[line];

	if (!l->eol || l->eol == v->eol.n)
		return w->eol;
	return (struct text){ l->text.at + l->text.n, l->eol };
}

static void put_blank(struct weaver *w, const struct version *v, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		put_text(w, v->doc.lines[i].text, eol_of(w, v, i));
}

/* The first line of a piece; no deeper than the entry above, or it would be part of its value. */
static void put_first(struct weaver *w, const struct piece *p, struct text line, struct text eol)
{
	struct text indent = layout_indent(line);

	if (w->indent.at && layout_depth(indent) > layout_depth(w->indent)) {
		buf_add_text(w->out, w->indent);
		line = text_part(line, indent.n, line.n);
		indent = w->indent;
	}
	put_text(w, line, eol);
	if (p->kind == PIECE_HEADER || (p->entry && !p->entry->key.n))
		w->indent.at = NULL;
	else if (p->entry)
		w->indent = indent;
}

static void put_own(struct weaver *w, const struct piece *p)
{
	const struct version *v = &w->g->of[p->side];

	put_first(w, p, v->doc.lines[p->from].text, eol_of(w, v, p->from));
	put_blank(w, v, p->from + 1, p->to);
}

static void put_made(struct weaver *w, const struct piece *p, struct text lines)
{
	struct text line = TEXT_NONE;

	text_cut(&lines, '\n', &line);
	put_first(w, p, line, w->eol);
	while (text_cut(&lines, '\n', &line) && (lines.n || line.n))
		put_text(w, line, w->eol);
}

/* ---- pieces ---- */

/* What stands first in a file has no say in how many blank lines there are above it. */
static void put_lead(struct weaver *w, const struct node *n)
{
	size_t blank[SIDES] = { 0 };
	const struct piece *p = n->of[n->take];

	for (enum side s = 0; s < SIDES; s++)
		if (n->of[s])
			blank[s] = n->of[s]->from - n->of[s]->lead;
	for (enum side s = SIDE_OURS; s < SIDES; s++)
		if (n->of[s] && !n->of[s]->from)
			blank[s] = blank[SIDE_BASE];
	if (n->of[SIDE_OURS] && n->of[SIDE_THEIRS])
		p = n->of[merge_blank(w->g, blank)];
	if (!p->from && n->of[SIDE_BASE])
		p = n->of[SIDE_BASE];
	put_blank(w, &w->g->of[p->side], p->lead, p->from);
}

static void put_node(struct weaver *w, const struct node *n)
{
	if (!n->alive)
		return;
	put_lead(w, n);
	if (n->made.at)
		put_made(w, n->of[n->take], n->made);
	else
		put_own(w, n->of[n->take]);
	if (n->both)
		put_own(w, n->of[merging_other(n->take)]);
}

/* A block that only one side has. */
static void put_block(struct weaver *w, enum side side, size_t i)
{
	const struct version *v = &w->g->of[side];
	enum side other = merging_other(side);

	for (size_t k = v->blocks.at[i].first; k < v->blocks.at[i].end; k++) {
		const struct node *n = v->pieces.at[k].node;
		if (side == w->g->lead || !n->of[other])
			put_node(w, n);
	}
}

/* A block that both have. */
static void put_both(struct weaver *w, size_t lead_block, size_t other_block)
{
	const struct version *lead = &w->g->of[w->g->lead];
	const struct block *b = &lead->blocks.at[lead_block];
	struct places places;
	size_t next = 0;

	merging_place(w->g, lead_block, other_block, &places);
	for (size_t i = b->first; i <= b->end; i++) {
		for (; next < places.at.n && places.at.at[next].before == i; next++)
			put_node(w, places.at.at[next].piece->node);
		if (i < b->end)
			put_node(w, lead->pieces.at[i].node);
	}
	places_release(&places);
}

/* ---- blocks ---- */

/* The same block of another side; its number of blocks when it has none. */
static size_t same_block(const struct merging *g, enum side side, size_t i, enum side other)
{
	const struct version *v = &g->of[side];
	const struct block *b = &v->blocks.at[i];

	if (b->header == b->end)
		return 0;
	const struct piece *p = v->pieces.at[b->header].node->of[other];
	return p ? p->block : g->of[other].blocks.n;
}

static void put_blocks(struct weaver *w)
{
	const struct merging *g = w->g;
	size_t n_other = g->of[g->other].blocks.n;

	for (size_t i = 0; i < g->of[g->lead].blocks.n; i++) {
		size_t k = same_block(g, g->lead, i, g->other);
		if (k == n_other) {
			put_block(w, g->lead, i);
			continue;
		}
		put_both(w, i, k);
		while (++k < n_other &&
		       same_block(g, g->other, k, g->lead) == g->of[g->lead].blocks.n)
			put_block(w, g->other, k);
	}
}

/* ---- the file ---- */

static bool is_crlf(const struct version *v)
{
	return v->eol.n == 2;
}

static void put_tail(struct weaver *w)
{
	const struct version *of = w->g->of;
	size_t blank[SIDES];

	for (size_t s = 0; s < SIDES; s++)
		blank[s] = of[s].doc.n_lines - of[s].tail;
	const struct version *v = &of[merge_blank(w->g, blank)];
	put_blank(w, v, v->tail, v->doc.n_lines);
}

void merging_weave(struct merging *g, struct buf *out)
{
	const struct version *o = &g->of[SIDE_BASE], *a = &g->of[SIDE_OURS];
	const struct version *b = &g->of[SIDE_THEIRS];
	bool none = !o->doc.n_lines; /* no base: where they differ, the plain form */
	struct weaver w = { .g = g, .out = out };

	w.eol = merge_bool(none || is_crlf(o), is_crlf(a), is_crlf(b)) ? TEXT("\r\n") : TEXT("\n");
	if (merge_bool(none || o->bom, a->bom, b->bom))
		buf_add_text(out, DOC_BOM);
	put_blocks(&w);
	put_tail(&w);
	if (merge_bool(none || o->open, a->open, b->open))
		buf_set_len(out, out->n - w.ending);
}
