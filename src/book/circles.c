#include "book/circles.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "book/check.h"
#include "book/claims.h"

enum { LONGEST = 5 }; /* names of a circle that are told */

/* One contact says that they came through another. */
struct via {
	size_t from, to;          /* places among the contacts */
	const struct claim *said; /* where */
};

/* A contact on the way from one to the next, and the next of its vias to be followed. */
struct stop {
	size_t contact, next;
};

struct maze {
	VEC(const struct claim *) contacts; /* their ids, by path */
	VEC(struct via) vias;               /* by from, then line */
	VEC(struct stop) trail;             /* where the way is now */
	size_t *trod; /* by contact: its place on the trail, from 1; 0: not come by */
	bool *left;   /* by contact: all of its vias were followed */
};

/* ---- who came through whom ---- */

static int by_path(const void *va, const void *vb)
{
	const struct claim *const *a = va, *const *b = vb;

	return strcmp((*a)->path, (*b)->path);
}

static size_t contact_of(const struct maze *m, const char *path)
{
	const struct claim wanted = { .path = path }, *key = &wanted;

	return (size_t)((const struct claim **)bsearch(&key, m->contacts.at, m->contacts.n,
						       sizeof key, by_path) - m->contacts.at);
}

static int by_from(const void *va, const void *vb)
{
	const struct via *a = va, *b = vb;
	int c = (a->from > b->from) - (a->from < b->from);

	return c ? c : (a->said->line > b->said->line) - (a->said->line < b->said->line);
}

static void gather(struct maze *m, const struct claims *all)
{
	for (size_t i = 0; i < all->made.n; i++)
		if (all->made.at[i].kind == CLAIM_ID)
			vec_push(&m->contacts, &all->made.at[i]);
	if (m->contacts.n)
		qsort(m->contacts.at, m->contacts.n, sizeof *m->contacts.at, by_path);
	for (size_t i = 0; i < all->vias.n; i++) {
		const struct claim *said = &all->vias.at[i], *to = claims_find(all, said->folded);
		if (!to)
			continue;
		struct via one = { contact_of(m, said->path), contact_of(m, to->path), said };
		vec_push(&m->vias, one);
	}
	if (m->vias.n)
		qsort(m->vias.at, m->vias.n, sizeof *m->vias.at, by_from);
}

static size_t first_via(const struct maze *m, size_t contact)
{
	size_t low = 0, high = m->vias.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (m->vias.at[middle].from < contact)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- telling ---- */

static void say_id(const struct maze *m, size_t contact, struct buf *out)
{
	buf_add_text(out, m->contacts.at[contact]->value);
	buf_add_str(out, " via ");
}

/* The trail has come back to its place `from`. */
static void report(const struct maze *m, size_t from, struct findings *out)
{
	const struct stop *trail = m->trail.at;
	const struct claim *said = m->vias.at[trail[from].next - 1].said;
	size_t n = m->trail.n - from;
	struct buf names = BUF_INIT;

	for (size_t i = 0; i < n && i < LONGEST; i++)
		say_id(m, trail[from + i].contact, &names);
	if (n > LONGEST)
		buf_add_fmt(&names, ".. (%zu people) via ", n);
	buf_add_text(&names, m->contacts.at[trail[from].contact]->value);
	if (n > 1)
		findings_add(out, FINDING_WRONG, said->path, said->line, said->col,
			     "a circle: %s; take away the via that is wrong", names.at);
	else
		findings_add(out, FINDING_WRONG, said->path, said->line, said->col,
			     "%s: nobody comes through themselves", names.at);
	buf_release(&names);
}

/* ---- following ---- */

static void enter(struct maze *m, size_t contact)
{
	struct stop stop = { contact, first_via(m, contact) };

	vec_push(&m->trail, stop);
	m->trod[contact] = m->trail.n;
}

/* Follow every via that can be come by from here. */
static void follow(struct maze *m, size_t contact, struct findings *out)
{
	enter(m, contact);
	while (m->trail.n) {
		struct stop *stop = &m->trail.at[m->trail.n - 1];
		if (stop->next == m->vias.n || m->vias.at[stop->next].from != stop->contact) {
			m->left[stop->contact] = true;
			m->trail.n--;
			continue;
		}
		size_t to = m->vias.at[stop->next++].to;
		if (!m->trod[to])
			enter(m, to);
		else if (!m->left[to])
			report(m, m->trod[to] - 1, out);
	}
}

void circles_judge(const struct claims *all, struct findings *out)
{
	struct maze m = { .contacts = VEC_INIT };

	gather(&m, all);
	m.trod = mem_alloc(m.contacts.n * sizeof *m.trod);
	m.left = mem_alloc(m.contacts.n * sizeof *m.left);
	for (size_t i = 0; i < m.contacts.n; i++)
		if (!m.trod[i])
			follow(&m, i, out);
	vec_release(&m.contacts);
	vec_release(&m.vias);
	vec_release(&m.trail);
	mem_free(m.trod);
	mem_free(m.left);
}
