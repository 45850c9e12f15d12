#include "merge/decide.h"

#include "base/buf.h"
#include "contact/field.h"
#include "merge/items.h"
#include "merge/lines.h"
#include "merge/merging.h"

static void take(struct node *n, enum side side)
{
	n->alive = true;
	n->take = side;
}

static void tell(struct node *n, const struct piece *ours, const struct piece *theirs)
{
	n->conflict = true;
	n->ours = ours;
	n->theirs = theirs;
}

static bool same_value(const struct piece *a, const struct piece *b)
{
	return text_equal(a->value, b->value);
}

/* Was it given another value, if only another spelling? */
static bool is_edited(const struct piece *was, const struct piece *now)
{
	return was->kind == PIECE_ENTRY && !text_equal(was->entry->value, now->entry->value);
}

/* ---- one thing, as two sides have it ---- */

static bool same(const struct merging *g, const struct piece *a, const struct piece *b)
{
	return piece_same(&g->of[a->side], a, &g->of[b->side], b);
}

/*
 * One value, spelled by both: what was changed wins over what was not, then the longer, then the
 * first by bytes.
 */
static enum side spelling(const struct merging *g, const struct node *n)
{
	const struct piece *o = n->of[SIDE_BASE], *a = n->of[SIDE_OURS], *b = n->of[SIDE_THEIRS];

	if (same(g, a, b))
		return g->lead;
	if (o && same(g, o, a))
		return SIDE_THEIRS;
	if (g->rule == MERGE_OURS || (o && same(g, o, b)))
		return SIDE_OURS;
	size_t na = piece_length(&g->of[SIDE_OURS], a), nb = piece_length(&g->of[SIDE_THEIRS], b);
	if (na != nb)
		return na > nb ? SIDE_OURS : SIDE_THEIRS;
	int c = piece_cmp(&g->of[SIDE_OURS], a, &g->of[SIDE_THEIRS], b);
	return c < 0 ? SIDE_OURS : SIDE_THEIRS;
}

/* Is it text that is merged line by line? An address is one value. */
static bool has_lines(const struct merging *g, const struct node *n)
{
	const struct piece *o = n->of[SIDE_BASE];
	const struct field *field = NULL;

	if (!o || o->kind != PIECE_ENTRY)
		return false;
	if (g->of[SIDE_BASE].blocks.at[o->block].section == SECTION_CONTACT)
		field = field_find(o->entry->key);
	if (field)
		return field->lines && field->kind != FIELD_ADDRESS;
	for (size_t s = 0; s < SIDES; s++)
		if (n->of[s] && text_find(n->of[s]->value, '\n') < n->of[s]->value.n)
			return true;
	return false;
}

/* False when nothing would be left: it is not for a merge to empty a text. */
static bool join_lines(struct merging *g, struct node *n)
{
	struct text v[SIDES];
	struct buf out = BUF_INIT;
	bool conflict = false;

	for (size_t s = 0; s < SIDES; s++)
		v[s] = n->of[s]->entry->value;
	bool done = lines_merge(v[SIDE_BASE], v[SIDE_OURS], v[SIDE_THEIRS], g->rule, &out,
				&conflict);
	done = done && text_trim(buf_text(&out)).n;
	if (done) {
		take(n, g->lead);
		n->made = piece_set(&g->of[g->lead], n->of[g->lead], buf_text(&out), &g->arena);
		if (conflict)
			tell(n, n->of[SIDE_OURS], n->of[SIDE_THEIRS]);
	}
	buf_release(&out);
	return done;
}

/* One value was made two. */
static void disagree(struct merging *g, struct node *n)
{
	const struct piece *a = n->of[SIDE_OURS], *b = n->of[SIDE_THEIRS];
	bool longer = a->value.n > b->value.n;

	if (has_lines(g, n) && join_lines(g, n))
		return;
	tell(n, a, b);
	if (a->value.n == b->value.n)
		longer = text_cmp(a->value, b->value) < 0;
	take(n, longer || g->rule == MERGE_OURS ? SIDE_OURS : SIDE_THEIRS);
	n->both = g->rule == MERGE_BOTH;
}

static void decide_both(struct merging *g, struct node *n)
{
	const struct piece *o = n->of[SIDE_BASE], *a = n->of[SIDE_OURS], *b = n->of[SIDE_THEIRS];

	if (same_value(a, b) || a->kind != PIECE_ENTRY)
		take(n, spelling(g, n));
	else if (o && same_value(o, a))
		take(n, SIDE_THEIRS);
	else if (o && same_value(o, b))
		take(n, SIDE_OURS);
	else
		disagree(g, n);
}

/* ---- what one side alone has ---- */

/* Added by it; or removed by the other, which stands unless it was edited. */
static void decide_alone(struct merging *g, struct node *n, enum side side)
{
	const struct piece *was = n->of[SIDE_BASE];

	if (was && !is_edited(was, n->of[side]))
		return;
	if (was)
		tell(n, n->of[SIDE_OURS], n->of[SIDE_THEIRS]);
	if (!was || g->rule == MERGE_BOTH || side == SIDE_OURS)
		take(n, side);
}

static void decide_node(struct merging *g, struct node *n)
{
	if (n->of[SIDE_OURS] && n->of[SIDE_THEIRS])
		decide_both(g, n);
	else if (n->of[SIDE_OURS])
		decide_alone(g, n, SIDE_OURS);
	else if (n->of[SIDE_THEIRS])
		decide_alone(g, n, SIDE_THEIRS);
}

/* ---- a key ---- */

static const struct piece *first_of(const struct group *k, enum side side)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->at[i]->side == side)
			return k->at[i];
	return NULL;
}

/* A key that both have does not vanish because each took away what the other left. */
static void keep_key(struct merging *g, const struct group *k)
{
	const struct piece *ours = first_of(k, SIDE_OURS), *theirs = first_of(k, SIDE_THEIRS);

	for (size_t i = 0; i < k->n; i++)
		if (k->at[i]->node->alive)
			return;
	if (!ours || !theirs)
		return;
	tell(ours->node, ours, theirs);
	for (size_t i = 0; i < k->n; i++) {
		enum side side = k->at[i]->side;
		if (side == SIDE_OURS || (side == SIDE_THEIRS && g->rule == MERGE_BOTH))
			take(k->at[i]->node, side);
	}
}

static void decide_key(struct merging *g, const struct group *k)
{
	const struct piece *p = k->at[0];
	enum section section = g->of[p->side].blocks.at[p->block].section;

	if (p->items) {
		items_decide(g, k);
		return;
	}
	for (size_t i = 0; i < k->n; i++)
		if (!k->at[i]->node->alive)
			decide_node(g, k->at[i]->node);
	if (p->kind == PIECE_ENTRY && section != SECTION_LOG && section != SECTION_TODO)
		keep_key(g, k);
}

/* ---- a section ---- */

static struct block *block_of(struct merging *g, const struct piece *p)
{
	return &g->of[p->side].blocks.at[p->block];
}

/* Did the other side take away all there was of the section? */
static bool is_removed(struct merging *g, const struct node *header, enum side side)
{
	enum side other = merging_other(side);
	const struct block *b = block_of(g, header->of[side]);

	return header->of[SIDE_BASE] && !header->of[other] &&
	       (b->section == SECTION_OWN || !g->of[other].has[b->section]);
}

static bool is_changed(const struct merging *g, const struct block *b, enum side side)
{
	for (size_t i = b->first; i < b->end; i++) {
		const struct piece *p = &g->of[side].pieces.at[i], *was = p->node->of[SIDE_BASE];
		if (!was || is_edited(was, p))
			return true;
	}
	return false;
}

/* Removed by one side, and changed by the other: then all of it stays. */
static void keep_section(struct merging *g, struct node *header, enum side side)
{
	const struct block *b = block_of(g, header->of[side]);

	if (!is_removed(g, header, side) || !is_changed(g, b, side))
		return;
	tell(header, header->of[SIDE_OURS], header->of[SIDE_THEIRS]);
	for (size_t i = b->first; i < b->end; i++) {
		struct node *n = g->of[side].pieces.at[i].node;
		if (!n->alive)
			take(n, side);
		if (n != header)
			n->conflict = false;
	}
}

/* A header stays with anything below it. */
static void keep_header(struct merging *g, const struct node *n)
{
	const struct piece *p = n->of[g->lead] ? n->of[g->lead] : n->of[g->other];
	const struct block *b = block_of(g, p);

	if (b->header == b->end)
		return;
	struct node *header = g->of[p->side].pieces.at[b->header].node;
	if (!header->alive)
		take(header, p->side);
}

static void decide_sections(struct merging *g)
{
	for (enum side s = SIDE_OURS; s < SIDES; s++)
		for (size_t i = 0; g->rule == MERGE_BOTH && i < g->of[s].blocks.n; i++) {
			const struct block *b = &g->of[s].blocks.at[i];
			if (b->header < b->end)
				keep_section(g, g->of[s].pieces.at[b->header].node, s);
		}
	for (enum side s = SIDE_OURS; s < SIDES; s++)
		for (size_t i = 0; i < g->of[s].pieces.n; i++)
			if (g->of[s].pieces.at[i].node->alive)
				keep_header(g, g->of[s].pieces.at[i].node);
}

void merging_decide(struct merging *g)
{
	for (size_t i = 0; i < g->match.groups.n; i++)
		decide_key(g, &g->match.groups.at[i]);
	decide_sections(g);
}
