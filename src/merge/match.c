#include "merge/match.h"

#include <stdlib.h>

#include "base/buf.h"
#include "contact/field.h"

static int by_group(const void *va, const void *vb)
{
	const struct piece *a = *(struct piece *const *)va, *b = *(struct piece *const *)vb;
	int c = text_cmp(a->group, b->group);

	if (!c)
		c = text_cmp(a->value, b->value);
	if (!c)
		c = (a->side > b->side) - (a->side < b->side);
	return c ? c : (a->from > b->from) - (a->from < b->from);
}

/* ---- nodes ---- */

static struct node *new_node(struct match *m)
{
	struct node *n = arena_alloc(m->arena, sizeof *n);

	n->number = m->n_nodes++;
	return n;
}

static void join(struct node *n, struct piece *p)
{
	n->of[p->side] = p;
	p->node = n;
}

/* Pieces of one value: the k-th of each side are the same. */
static void join_equal(struct match *m, struct piece **at, size_t n)
{
	struct piece **side[SIDES + 1] = { at };

	for (size_t i = 0, s = 0; s < SIDES; s++) {
		while (i < n && at[i]->side == s)
			i++;
		side[s + 1] = at + i;
	}
	for (size_t k = 0; k < n; k++) {
		struct node *node = NULL;
		for (size_t s = 0; s < SIDES; s++) {
			if (k >= (size_t)(side[s + 1] - side[s]))
				continue;
			node = node ? node : new_node(m);
			join(node, side[s][k]);
		}
		if (!node)
			return;
	}
}

/* Unless one side would be in it twice. */
static void unite(struct node *a, struct node *b)
{
	for (size_t s = 0; a && b && s < SIDES; s++)
		if (a->of[s] && b->of[s])
			return;
	for (size_t s = 0; a && b && s < SIDES; s++)
		if (b->of[s]) {
			join(a, b->of[s]);
			b->of[s] = NULL;
		}
}

/* The one node of the group that one side has and the other has not; NULL: none, or several. */
static struct node *only_one(const struct group *g, enum side has, enum side lacks)
{
	struct node *found = NULL;

	for (size_t i = 0; i < g->n; i++) {
		struct node *n = g->at[i]->node;
		if (g->at[i]->side != has || n->of[lacks])
			continue;
		if (found)
			return NULL;
		found = n;
	}
	return found;
}

static void pair(const struct group *g)
{
	struct node *lost = only_one(g, SIDE_BASE, SIDE_OURS);
	struct node *new = only_one(g, SIDE_OURS, SIDE_BASE);
	struct node *lost_too = only_one(g, SIDE_BASE, SIDE_THEIRS);
	struct node *new_too = only_one(g, SIDE_THEIRS, SIDE_BASE);

	unite(lost, new);
	unite(lost_too, new_too);
	if (g->at[0]->group.at[0] != 'f' || field_repeats(g->at[0]->entry->key))
		return;
	struct node *ours = only_one(g, SIDE_OURS, SIDE_THEIRS);
	struct node *theirs = only_one(g, SIDE_THEIRS, SIDE_OURS);
	if (ours && theirs && !ours->of[SIDE_BASE] && !theirs->of[SIDE_BASE])
		unite(ours, theirs);
}

/* ---- headers ---- */

/* Nodes that have these sides, and not those. */
struct kind {
	unsigned has, lacks; /* a bit each */
};
#define BIT(side) (1U << (side))

static bool is_kind(const struct node *n, struct kind k)
{
	unsigned sides = 0;

	for (unsigned s = 0; s < SIDES; s++)
		sides |= n->of[s] ? BIT(s) : 0;
	return (sides & k.has) == k.has && !(sides & k.lacks);
}

/* The next one from *i on. */
static struct node *next_of_kind(const struct group *g, struct kind k, size_t *i)
{
	while (*i < g->n) {
		const struct piece *p = g->at[(*i)++];
		if (BIT(p->side) & k.has && is_kind(p->node, k))
			return p->node;
	}
	return NULL;
}

/* The first of one kind with the first of the other, and so on. */
static void pair_in_order(const struct group *g, struct kind a, struct kind b)
{
	size_t i = 0, k = 0;

	for (;;) {
		struct node *one = next_of_kind(g, a, &i), *other = next_of_kind(g, b, &k);
		if (!one || !other)
			return;
		unite(one, other);
	}
}

static int by_place(const void *va, const void *vb)
{
	const struct piece *a = *(struct piece *const *)va, *b = *(struct piece *const *)vb;

	return (a->from > b->from) - (a->from < b->from);
}

/* Headers of one name that are left, in steps that make no difference between ours and theirs. */
static void pair_headers(const struct group *g)
{
	const unsigned base = BIT(SIDE_BASE), ours = BIT(SIDE_OURS), theirs = BIT(SIDE_THEIRS);
	const struct kind removed = { base, ours | theirs }, added = { ours | theirs, base };
	const struct kind only_ours = { ours, base | theirs };
	const struct kind only_theirs = { theirs, base | ours };

	pair_in_order(g, removed, added);
	qsort(g->at, g->n, sizeof *g->at, by_place);
	pair_in_order(g, (struct kind){ base, ours }, only_ours);
	pair_in_order(g, (struct kind){ base, theirs }, only_theirs);
	pair_in_order(g, only_ours, only_theirs);
}

/* ---- groups ---- */

/*
 * The first letter tells what they are: a section, a field of [contact], another entry, text. The
 * blocks of a section of the user's own are each their own.
 */
static struct text group_of(const struct version *v, const struct piece *p, struct arena *arena)
{
	const struct block *b = &v->blocks.at[p->block];
	bool field = p->kind == PIECE_ENTRY && b->section == SECTION_CONTACT;
	struct buf group = BUF_INIT;

	buf_add_char(&group, p->kind == PIECE_HEADER ? 's' : p->kind == PIECE_TEXT ? 't' :
			     field ? 'f' : 'e');
	buf_add_text(&group, b->name);
	if (p->kind != PIECE_HEADER && b->section == SECTION_OWN)
		buf_add_fmt(&group, "]%zu", v->pieces.at[b->header].node->number);
	if (p->kind == PIECE_ENTRY) {
		buf_add_char(&group, ']');
		buf_add_text(&group, version_small(arena, p->entry->key));
	}
	struct text t = { arena_copy(arena, buf_text(&group)), group.n };
	buf_release(&group);
	return t;
}

static bool is_wanted(const struct piece *p, bool headers)
{
	return (p->kind == PIECE_HEADER) == headers;
}

static void match_group(struct match *m, size_t from, size_t to)
{
	struct group g = { m->pieces.at + from, to - from };

	for (size_t i = 0, k; i < g.n; i = k) {
		for (k = i + 1; k < g.n && text_equal(g.at[k]->value, g.at[i]->value); k++)
			;
		join_equal(m, g.at + i, k - i);
	}
	if (g.at[0]->kind == PIECE_HEADER)
		pair_headers(&g);
	else if (g.at[0]->kind == PIECE_ENTRY)
		pair(&g);
	vec_push(&m->groups, g);
}

static void match_kind(struct match *m, struct version of[SIDES], bool headers)
{
	size_t from = m->pieces.n;

	for (size_t s = 0; s < SIDES; s++)
		for (size_t i = 0; i < of[s].pieces.n; i++) {
			struct piece *p = &of[s].pieces.at[i];
			if (!is_wanted(p, headers))
				continue;
			p->group = group_of(&of[s], p, m->arena);
			vec_push(&m->pieces, p);
		}
	qsort(m->pieces.at + from, m->pieces.n - from, sizeof *m->pieces.at, by_group);
	for (size_t i = from, k; i < m->pieces.n; i = k) {
		struct text group = m->pieces.at[i]->group;
		for (k = i + 1; k < m->pieces.n && text_equal(m->pieces.at[k]->group, group); k++)
			;
		match_group(m, i, k);
	}
}

void match_versions(struct version of[SIDES], struct match *out, struct arena *arena)
{
	size_t n = 1;

	*out = (struct match){ .arena = arena };
	for (size_t s = 0; s < SIDES; s++)
		n += of[s].pieces.n;
	vec_reserve(&out->pieces, n); /* groups point into it */
	match_kind(out, of, true);
	match_kind(out, of, false);
}

void match_release(struct match *m)
{
	vec_release(&m->pieces);
	vec_release(&m->groups);
}
