#include "contact/moves.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "contact/contact.h"

/* The id, or the uid, of one who is gone: folded, as it only narrows the search. */
struct known {
	struct text name;
	size_t at; /* place in the list */
};

struct search {
	struct move *list;
	VEC(struct known) known; /* by name */
	struct arena arena;      /* owns the names */
};

static int by_name(const void *va, const void *vb)
{
	const struct known *a = va, *b = vb;
	int c = text_cmp(a->name, b->name);

	return c ? c : (a->at > b->at) - (a->at < b->at);
}

static struct text fold(struct search *s, struct text name)
{
	struct buf folded = BUF_INIT;

	text_fold(name, &folded);
	struct text kept = text_of(arena_copy(&s->arena, buf_text(&folded)));
	buf_release(&folded);
	return kept;
}

static void note_gone(struct search *s, size_t at)
{
	const struct contact *c = s->list[at].gone;
	struct known id = { fold(s, c->id), at };
	struct known uid = { fold(s, contact_get(c, TEXT("uid"))), at };

	vec_push(&s->known, id);
	if (uid.name.n)
		vec_push(&s->known, uid);
}

/* The first that is known by the name, or where it would be. */
static size_t find_known(const struct search *s, struct text name)
{
	size_t low = 0, high = s->known.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (text_cmp(s->known.at[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Was the one at this place somebody who is gone, and known by the name? */
static void try_name(struct search *s, size_t at, struct text name)
{
	struct move *now = &s->list[at];
	struct text folded = fold(s, name);

	for (size_t i = find_known(s, folded); now->other == MOVE_NONE && i < s->known.n &&
					       text_equal(s->known.at[i].name, folded); i++) {
		struct move *was = &s->list[s->known.at[i].at];
		if (was->other != MOVE_NONE ||
		    !contact_continues(now->made, was->gone->id,
				       contact_get(was->gone, TEXT("uid"))))
			continue;
		was->other = at;
		now->other = s->known.at[i].at;
	}
}

static void try_key(struct search *s, size_t at, struct text key)
{
	struct contact_field field;

	for (size_t i = 0; contact_next(s->list[at].made, key, &i, &field);)
		try_name(s, at, field.value);
}

static bool is_contact(const struct contact *c)
{
	return c && text_ends(text_of(c->path), TEXT(".ini"));
}

void moves_find(struct move *list, size_t n)
{
	struct search s = { .list = list, .known = VEC_INIT, .arena = ARENA_INIT };

	for (size_t i = 0; i < n; i++) {
		list[i].other = MOVE_NONE;
		if (is_contact(list[i].gone))
			note_gone(&s, i);
	}
	if (s.known.n)
		qsort(s.known.at, s.known.n, sizeof *s.known.at, by_name);
	for (size_t i = 0; i < n; i++)
		if (is_contact(list[i].made))
			try_key(&s, i, TEXT("uid"));
	for (size_t i = 0; i < n; i++)
		if (is_contact(list[i].made))
			try_name(&s, i, list[i].made->id);
	for (size_t i = 0; i < n; i++)
		if (is_contact(list[i].made))
			try_key(&s, i, TEXT("alias"));
	vec_release(&s.known);
	arena_release(&s.arena);
}
