#include "network/brief.h"

#include <stdlib.h>

#include "base/bits.h"
#include "network/due.h"

/* ---- who belongs where ---- */

/* Seen on so few days? Calls and letters show no face. */
static bool is_seen_on(const struct person *p, size_t few)
{
	struct date last = DATE_NONE;
	size_t days = 0;

	for (size_t i = 0; i < p->n_met && days <= few; i++) {
		if (p->met[i].entry->afar || date_cmp(p->met[i].date, last) == 0)
			continue;
		last = p->met[i].date;
		days++;
	}
	return days <= few;
}

enum brief_group brief_group_of(const struct person *p, struct date today)
{
	enum { FEW = 2 };
	static const struct period long_ago = { 2, 'y' };
	struct due due;

	if (p->door == DOOR_CLOSED)
		return BRIEF_CLOSED;
	if (!p->n_met)
		return BRIEF_NEW;
	if (is_seen_on(p, FEW) || date_cmp(person_last(p), date_add(today, long_ago, -1)) < 0)
		return BRIEF_STRANGERS;
	if (person_warmth(p) < WARMTH_WARM || (due_of(p, today, &due) && due.over))
		return BRIEF_QUIET;
	return BRIEF_WELL;
}

static int by_name(const struct person *a, const struct person *b)
{
	int c = text_cmp(a->s.name, b->s.name);

	return c ? c : (a > b) - (a < b);
}

static int by_last(const void *va, const void *vb)
{
	const struct person *a = *(const struct person *const *)va;
	const struct person *b = *(const struct person *const *)vb;
	int c = date_cmp(person_last(b), person_last(a));

	return c ? c : by_name(a, b);
}

static int by_times(const void *va, const void *vb)
{
	const struct person *a = *(const struct person *const *)va;
	const struct person *b = *(const struct person *const *)vb;

	return a->n_met != b->n_met ? (a->n_met < b->n_met ? 1 : -1) : by_name(a, b);
}

static int by_warmth(const void *va, const void *vb)
{
	const struct person *a = *(const struct person *const *)va;
	const struct person *b = *(const struct person *const *)vb;

	if (a->warmth < b->warmth || a->warmth > b->warmth)
		return a->warmth < b->warmth ? 1 : -1;
	return by_name(a, b);
}

static int by_name_only(const void *va, const void *vb)
{
	return by_name(*(const struct person *const *)va, *(const struct person *const *)vb);
}

static void sort_groups(struct brief *b)
{
	static int (*const orders[])(const void *, const void *) = {
		[BRIEF_CLOSED] = by_name_only, [BRIEF_STRANGERS] = by_last,
		[BRIEF_QUIET] = by_times,       [BRIEF_WELL] = by_warmth,
		[BRIEF_NEW] = by_name_only,
	};

	for (size_t i = 0; i < BRIEF_GROUPS; i++)
		if (b->groups[i].list.n)
			qsort(b->groups[i].list.at, b->groups[i].list.n,
			      sizeof *b->groups[i].list.at, orders[i]);
}

/* ---- what is promised ---- */

static int by_date(const void *va, const void *vb)
{
	const struct brief_promise *a = va, *b = vb;
	int c = date_cmp(a->promise->date, b->promise->date);

	if (!c)
		c = (a->person > b->person) - (a->person < b->person);
	return c ? c : a->promise->number - b->promise->number;
}

static void add_promises(struct brief *b, const struct person *p)
{
	for (size_t i = 0; p->door != DOOR_CLOSED && i < p->s.todo.n; i++) {
		struct brief_promise one = { p, &p->s.todo.at[i] };
		vec_push(&b->promises, one);
	}
}

/* ---- who should meet whom ---- */

struct meeting {
	const struct network *net;
	const struct ties *ties;
};

static bool should_meet(void *ctx, const struct match_pair *pair)
{
	const struct meeting *m = ctx;

	return !match_is_tied(pair, m->ties) && date_is_none(match_introduced(pair, m->net));
}

static void match_all(struct brief *b, const struct network *net, const struct ties *ties,
		      const struct brief_people *people, size_t most)
{
	struct meeting meeting = { net, ties };

	b->matcher = matcher_new(net, people->list.at, people->list.n);
	if (net->me)
		matcher_find(b->matcher, net->me, &b->fits);
	matcher_all(b->matcher, most, should_meet, &meeting, &b->meet);
}

/* ---- the whole ---- */

void brief_make(struct brief *out, const struct network *net, const struct ties *ties,
		const struct person *const *people, size_t n, size_t most)
{
	struct brief_people all = { VEC_INIT };

	*out = (struct brief){ .promises = VEC_INIT };
	vec_reserve(&all.list, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (people[i]->me)
			continue;
		enum brief_group group = brief_group_of(people[i], net->terms.today);
		vec_push(&out->groups[group].list, people[i]);
		vec_push(&all.list, people[i]);
		add_promises(out, people[i]);
	}
	sort_groups(out);
	if (out->promises.n)
		qsort(out->promises.at, out->promises.n, sizeof *out->promises.at, by_date);
	if (net->me)
		vec_push(&all.list, net->me);
	match_all(out, net, ties, &all, most);
	vec_release(&all.list);
}

void brief_release(struct brief *b)
{
	for (size_t i = 0; i < BRIEF_GROUPS; i++)
		vec_release(&b->groups[i].list);
	vec_release(&b->promises);
	matcher_free(b->matcher);
	match_pairs_release(&b->fits);
	match_pairs_release(&b->meet);
}

void brief_of_event(const struct event *e, const struct network *net, struct brief_people *out)
{
	struct bits there;

	bits_init(&there, net->n, false);
	for (size_t i = 0; i < e->n_days; i++)
		for (size_t k = 0; k < e->days[i].people.n; k++)
			bits_set(&there, network_index(net, e->days[i].people.at[k]));
	for (size_t i = 0; i < e->promises.n; i++)
		bits_set(&there, network_index(net, e->promises.at[i].person));
	for (size_t i = 0; i < net->n; i++)
		if (bits_has(&there, i))
			vec_push(&out->list, &net->people[i]);
	bits_release(&there);
}

/* ---- whom somebody sent you ---- */

static void find_outcome(struct brief_sent *sent, struct date today)
{
	for (size_t i = 0; i < sent->who->s.log.n; i++) {
		const struct summary_entry *e = &sent->who->s.log.at[i];
		if ((e->deed != DEED_WON && e->deed != DEED_LOST) || date_cmp(e->date, today) > 0)
			continue;
		sent->outcome = (enum deed)e->deed;
		sent->since = e->date;
	}
}

void brief_find_sent(const struct ties *ties, const struct person *giver, struct brief_sents *out)
{
	size_t n, first = out->list.n;

	for (const struct tie *const *t = ties_of(ties, giver, &n); n--; t++) {
		if ((*t)->from != giver || ((*t)->kind != TIE_VIA && (*t)->kind != TIE_SENT))
			continue;
		bool known = out->list.n > first && out->list.at[out->list.n - 1].who == (*t)->to;
		if (!known) {
			struct brief_sent one = { .who = (*t)->to, .date = person_first((*t)->to),
						  .outcome = DEED_NOTE };
			find_outcome(&one, ties->net->terms.today);
			vec_push(&out->list, one);
		}
		if ((*t)->kind == TIE_SENT)
			out->list.at[out->list.n - 1].date = (*t)->date;
	}
}
