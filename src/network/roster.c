#include "network/roster.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

/* Somebody at an event on a day. */
struct seat {
	struct text folded, slug;
	struct date date;
	size_t person; /* place in the network */
	size_t nth;    /* in the order they were found in */
};

struct seating {
	const struct network *net;
	struct arena arena; /* owns the folded slugs */
	VEC(struct seat) seats;
};

static struct text without_at(struct text slug)
{
	return text_starts(slug, TEXT("@")) ? text_part(slug, 1, slug.n) : slug;
}

static struct text fold(struct text slug, struct arena *a)
{
	struct buf folded = BUF_INIT;

	text_fold(slug, &folded);
	struct text kept = { arena_copy(a, buf_text(&folded)), folded.n };
	buf_release(&folded);
	return kept;
}

bool roster_same(struct text slug, struct text other)
{
	return text_same_when_folded(without_at(slug), without_at(other));
}

/* ---- who was there ---- */

static void seat(struct seating *s, const struct person *p, const struct summary_entry *e,
		 struct text folded)
{
	if (p && !p->me) {
		size_t place = network_index(s->net, p);
		struct seat one = { folded, e->event, e->date, place, s->seats.n };
		vec_push(&s->seats, one);
	}
}

static void seat_all(struct seating *s, const struct person *p, const struct summary_entry *e)
{
	if (!e->event.n || e->deed == DEED_NOTE || date_cmp(e->date, s->net->terms.today) > 0)
		return;
	struct text folded = fold(e->event, &s->arena);
	seat(s, p, e, folded);
	for (size_t i = 0; i < e->n_present; i++)
		seat(s, network_find(s->net, e->links[i]), e, folded);
}

static int by_event(const void *va, const void *vb)
{
	const struct seat *a = va, *b = vb;
	int c = text_cmp(a->folded, b->folded);

	if (!c)
		c = date_cmp(a->date, b->date);
	if (!c && a->person != b->person)
		return a->person < b->person ? -1 : 1;
	return c ? c : a->nth < b->nth ? -1 : 1;
}

/* ---- one roster for each event and day ---- */

static void gather(struct rosters *out, const struct seating *s)
{
	struct text folded = TEXT_NONE;
	struct roster *roster = NULL;

	for (size_t i = 0; i < s->seats.n; i++) {
		const struct seat *seat = &s->seats.at[i];
		const struct person *p = &s->net->people[seat->person];
		bool same = roster && text_equal(folded, seat->folded);
		if (!same || date_cmp(roster->date, seat->date) != 0) {
			struct text slug = same ? roster->slug : seat->slug;
			roster = vec_more(&out->list);
			*roster = (struct roster){ slug, seat->date, VEC_INIT };
			folded = seat->folded;
		}
		if (!roster->people.n || roster->people.at[roster->people.n - 1] != p)
			vec_push(&roster->people, p);
	}
}

void rosters_find(struct rosters *out, const struct network *net)
{
	struct seating s = { net, ARENA_INIT, VEC_INIT };

	*out = (struct rosters){ VEC_INIT };
	for (size_t i = 0; i < net->n; i++)
		for (size_t k = 0; k < net->people[i].s.log.n; k++)
			seat_all(&s, &net->people[i], &net->people[i].s.log.at[k]);
	if (s.seats.n)
		qsort(s.seats.at, s.seats.n, sizeof *s.seats.at, by_event);
	gather(out, &s);
	vec_release(&s.seats);
	arena_release(&s.arena);
}

void rosters_release(struct rosters *r)
{
	for (size_t i = 0; i < r->list.n; i++)
		vec_release(&r->list.at[i].people);
	vec_release(&r->list);
}
