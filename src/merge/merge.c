#include "merge/merge.h"

#include "base/buf.h"
#include "base/mem.h"
#include "contact/contact.h"
#include "merge/decide.h"
#include "merge/proof.h"
#include "merge/weave.h"
#include "merge/merging.h"

/* ---- whose order ---- */

/* Does what the side has of the base stand in another order there? */
static bool is_reordered(const struct version *v)
{
	size_t last = 0;

	for (size_t i = 0; i < v->pieces.n; i++) {
		const struct piece *was = v->pieces.at[i].node->of[SIDE_BASE];
		if (!was)
			continue;
		if (was->from < last)
			return true;
		last = was->from;
	}
	return false;
}

static void choose_lead(struct merging *g)
{
	bool ours = is_reordered(&g->of[SIDE_OURS]), theirs = is_reordered(&g->of[SIDE_THEIRS]);
	bool first = g->rule == MERGE_OURS ||
		     text_cmp(g->of[SIDE_OURS].doc.bytes, g->of[SIDE_THEIRS].doc.bytes) < 0;

	if (ours != theirs)
		first = ours;
	g->lead = first ? SIDE_OURS : SIDE_THEIRS;
	g->other = merging_other(g->lead);
}

/* ---- what is told ---- */

static char *copy(struct text t)
{
	return mem_copy(t.at, t.n);
}

static char *value_of(const struct piece *p)
{
	return p ? copy(p->entry ? p->entry->value : TEXT_NONE) : NULL;
}

static void note(struct merge *m, const struct merging *g, struct node *n)
{
	const struct piece *p = n->ours ? n->ours : n->theirs;
	const struct block *b = &g->of[p->side].blocks.at[p->block];

	if (m->n_conflicts == m->cap_conflicts) {
		m->cap_conflicts = m->cap_conflicts ? m->cap_conflicts * 2 : 8;
		m->conflicts = mem_resize(m->conflicts, m->cap_conflicts, sizeof *m->conflicts);
	}
	m->conflicts[m->n_conflicts++] = (struct merge_conflict){
		.section = copy(b->name),
		.key = copy(p->entry ? p->entry->key : TEXT_NONE),
		.ours = value_of(n->ours),
		.theirs = value_of(n->theirs),
	};
	n->conflict = false;
}

static void note_all(struct merge *m, struct merging *g)
{
	const enum side sides[] = { g->lead, g->other };

	for (size_t s = 0; s < 2; s++)
		for (size_t i = 0; i < g->of[sides[s]].pieces.n; i++) {
			struct node *n = g->of[sides[s]].pieces.at[i].node;
			if (n->conflict)
				note(m, g, n);
		}
}

static void forget(struct merge *m)
{
	for (size_t i = 0; i < m->n_conflicts; i++) {
		mem_free(m->conflicts[i].section);
		mem_free(m->conflicts[i].key);
		mem_free(m->conflicts[i].ours);
		mem_free(m->conflicts[i].theirs);
	}
	m->n_conflicts = 0;
}

/* ---- all of it ---- */

static bool is_text(struct text t)
{
	return contact_damage_of(t) < CONTACT_CONFLICTED;
}

/* The side that is the whole result, if there is one: the other left the base as it was. */
static const struct text *trivial(const struct merge *m)
{
	if (text_equal(m->ours, m->theirs) || text_equal(m->base, m->theirs))
		return &m->ours;
	return text_equal(m->base, m->ours) ? &m->theirs : NULL;
}

/* A file that is gone on one side and was changed on the other: the change stays. */
static const struct text *left_over(const struct merge *m)
{
	if (m->rule == MERGE_OURS || (m->ours.n && m->theirs.n))
		return NULL;
	return m->ours.n ? &m->ours : &m->theirs;
}

static bool merge_pieces(struct merge *m, struct text base, struct buf *out)
{
	const struct text bytes[SIDES] = { base, m->ours, m->theirs };
	struct merging g = { .rule = m->rule, .arena = ARENA_INIT };
	size_t start = out->n;

	for (enum side s = 0; s < SIDES; s++)
		version_read(&g.of[s], s, bytes[s], &g.arena);
	match_versions(g.of, &g.match, &g.arena);
	choose_lead(&g);
	merging_decide(&g);
	merging_weave(&g, out);
	note_all(m, &g);
	struct text result = text_part(buf_text(out), start, out->n);
	bool one_sided = m->rule == MERGE_OURS && m->n_conflicts;
	bool good = is_text(result) && merging_proves(&g, result, one_sided);
	if (!good) {
		buf_set_len(out, start);
		forget(m);
	}
	match_release(&g.match);
	for (enum side s = 0; s < SIDES; s++)
		version_release(&g.of[s]);
	arena_release(&g.arena);
	return good;
}

bool merge_run(struct merge *m, struct buf *out)
{
	const struct text *whole = trivial(m);

	if (!whole)
		whole = left_over(m);
	if (whole) {
		buf_add_text(out, *whole);
		return true;
	}
	if (!is_text(m->ours) || !is_text(m->theirs))
		return false;
	if (is_text(m->base))
		return merge_pieces(m, m->base, out);
	return m->rule == MERGE_BOTH && merge_pieces(m, TEXT_NONE, out);
}

void merge_release(struct merge *m)
{
	forget(m);
	mem_free(m->conflicts);
	m->conflicts = NULL;
	m->cap_conflicts = 0;
}
