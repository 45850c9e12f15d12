#include "merge/items.h"

#include <stdlib.h>

#include "base/buf.h"
#include "contact/field.h"
#include "merge/merging.h"

struct item {
	struct text small; /* as it is compared */
	struct text text;  /* as written */
};

/* The lines of one side, and the items on them. */
struct list {
	struct piece **lines; /* borrowed */
	size_t n_lines;
	VEC(struct item) items; /* sorted */
};

struct items {
	struct merging *g;
	struct list of[SIDES];
	bool all; /* nothing goes */
};

/* ---- the items there are ---- */

static struct text small_form(struct merging *g, struct text item)
{
	struct buf normal = BUF_INIT;

	version_normalise(TEXT_NONE, item, &normal);
	struct text small = version_small(&g->arena, buf_text(&normal));
	buf_release(&normal);
	return small;
}

static int by_small(const void *va, const void *vb)
{
	const struct item *a = va, *b = vb;

	return text_cmp(a->small, b->small);
}

static void read_items(struct merging *g, struct list *l)
{
	for (size_t i = 0; i < l->n_lines; i++) {
		struct text rest = l->lines[i]->entry->value, item;
		while (field_next_item(&rest, &item))
			vec_push(&l->items, ((struct item){ small_form(g, item), item }));
	}
	if (l->items.n)
		qsort(l->items.at, l->items.n, sizeof *l->items.at, by_small);
}

static const struct item *find(const struct list *l, struct text small)
{
	struct item wanted = { small, small };

	return l->items.n ? bsearch(&wanted, l->items.at, l->items.n, sizeof wanted, by_small)
			  : NULL;
}

/* Both have it, or one added it. */
static bool stays(const struct items *s, struct text small)
{
	bool ours = find(&s->of[SIDE_OURS], small), theirs = find(&s->of[SIDE_THEIRS], small);

	return (ours && theirs) || s->all || !find(&s->of[SIDE_BASE], small);
}

/* A spelling that only the other side changed is the other side's. */
static struct text spelling(const struct items *s, struct text item, struct text small)
{
	const struct item *was = find(&s->of[SIDE_BASE], small);
	const struct item *other = find(&s->of[s->g->other], small);

	return was && other && text_equal(was->text, item) ? other->text : item;
}

/* ---- lines ---- */

static bool same_lines(const struct items *s, enum side a, enum side b)
{
	const struct list *la = &s->of[a], *lb = &s->of[b];

	for (size_t i = 0; i < la->n_lines && i < lb->n_lines; i++)
		if (!piece_same(&s->g->of[a], la->lines[i], &s->g->of[b], lb->lines[i]))
			return false;
	return la->n_lines == lb->n_lines;
}

static void take_lines(struct items *s, enum side side)
{
	for (size_t i = 0; i < s->of[side].n_lines; i++) {
		struct node *n = s->of[side].lines[i]->node;
		n->alive = true;
		n->take = side;
	}
}

static void add_item(struct text gap, struct text item, struct buf *out)
{
	if (out->n) {
		buf_add_char(out, ',');
		buf_add_text(out, gap);
	}
	buf_add_text(out, item);
}

/* What stays of the line, with the gaps between the items that it has. */
static void keep_items(const struct items *s, const struct piece *line, struct buf *out)
{
	struct text rest = line->entry->value, part;

	while (text_cut(&rest, ',', &part)) {
		struct text item = text_trim(part), gap = { part.at, (size_t)(item.at - part.at) };
		struct text small = small_form(s->g, item);
		if (item.n && stays(s, small))
			add_item(gap, spelling(s, item, small), out);
	}
}

/* What the other side added. */
static void add_missing(const struct items *s, struct buf *out)
{
	const struct list *lead = &s->of[s->g->lead], *other = &s->of[s->g->other];

	for (size_t i = 0; i < other->n_lines; i++) {
		struct text rest = other->lines[i]->entry->value, item;
		while (field_next_item(&rest, &item)) {
			struct text small = small_form(s->g, item);
			if (!find(lead, small) && stays(s, small))
				add_item(TEXT(" "), item, out);
		}
	}
}

static void set_line(struct items *s, struct piece *line, struct text value)
{
	struct node *n = line->node;

	n->alive = true;
	n->take = line->side;
	if (!text_equal(value, line->entry->value))
		n->made = piece_set(&s->g->of[line->side], line, value, &s->g->arena);
}

/* Keep what stays on the side's lines, what is missing on the last of them. Are there any? */
static bool keep_lines(struct items *s, enum side side)
{
	const struct list *l = &s->of[side];
	struct buf value = BUF_INIT;
	bool any = false;

	for (size_t i = l->n_lines; i-- > 0;) {
		buf_clear(&value);
		keep_items(s, l->lines[i], &value);
		if (!value.n)
			continue;
		if (!any && side == s->g->lead)
			add_missing(s, &value);
		any = true;
		set_line(s, l->lines[i], buf_text(&value));
	}
	buf_release(&value);
	return any;
}

/* Both have the key, and nothing that both would leave in it: then nothing of it goes. */
static void keep_key(struct items *s)
{
	struct piece *ours = s->of[SIDE_OURS].lines[0], *theirs = s->of[SIDE_THEIRS].lines[0];

	ours->node->conflict = true;
	ours->node->ours = ours;
	ours->node->theirs = theirs;
	s->all = true;
	if (s->g->rule == MERGE_OURS)
		take_lines(s, SIDE_OURS);
	else
		keep_lines(s, s->g->lead);
}

static void decide(struct items *s)
{
	if (same_lines(s, SIDE_BASE, SIDE_OURS))
		take_lines(s, SIDE_THEIRS);
	else if (same_lines(s, SIDE_BASE, SIDE_THEIRS) || same_lines(s, SIDE_OURS, SIDE_THEIRS))
		take_lines(s, SIDE_OURS);
	else if (!keep_lines(s, s->g->lead) && !keep_lines(s, s->g->other) &&
		 s->of[SIDE_OURS].items.n && s->of[SIDE_THEIRS].items.n)
		keep_key(s);
}

void items_decide(struct merging *g, const struct group *lines)
{
	struct items s = { .g = g };
	size_t i = 0;

	for (enum side side = 0; side < SIDES; side++) {
		struct list *l = &s.of[side];
		l->lines = lines->at + i;
		for (; i < lines->n && lines->at[i]->side == side; i++)
			l->n_lines++;
		read_items(g, l);
	}
	decide(&s);
	for (enum side side = 0; side < SIDES; side++)
		vec_release(&s.of[side].items);
}
