#include "network/thanks.h"

#include <stdlib.h>

/* What is owed to one person, while it is found out. */
struct account {
	const struct network *net;
	struct debt debt;
	struct date thanked; /* the last time; DATE_NONE: never */
	bool owed;
};

/* ---- what is settled ---- */

/* Entries are by date, so those that have happened stand in front. */
static size_t count_past(const struct network *net, const struct person *p)
{
	size_t n = p->s.log.n;

	while (n && date_cmp(p->s.log.at[n - 1].date, net->terms.today) > 0)
		n--;
	return n;
}

static struct date last_thanks(const struct network *net, const struct person *p)
{
	size_t n = count_past(net, p);

	while (n && p->s.log.at[n - 1].deed != DEED_GAVE && !p->s.log.at[n - 1].thanks)
		n--;
	return n ? p->s.log.at[n - 1].date : DATE_NONE;
}

/* What has no day is settled by any thanks. */
static bool is_settled(const struct account *a, struct date day)
{
	return !date_is_none(a->thanked) && date_cmp(day, a->thanked) <= 0;
}

static void owe(struct account *a, struct date since)
{
	bool earlier = date_is_none(a->debt.date) || date_cmp(since, a->debt.date) < 0;

	if (!date_is_none(since) && earlier)
		a->debt.date = since;
	a->owed = true;
}

/* ---- what they gave ---- */

static bool has_sent(const struct account *a, const struct summary_entry *e)
{
	for (size_t i = 0; i < e->n_links; i++) {
		const struct person *who = network_find(a->net, e->links[i]);
		if (who && who != a->debt.to && !who->me && who->door != DOOR_CLOSED &&
		    tie_is_new(who, e->date))
			return true;
	}
	return false;
}

static void read_log(struct account *a)
{
	const struct summary_entry *log = a->debt.to->s.log.at;

	for (size_t n = count_past(a->net, a->debt.to); n; n--) {
		const struct summary_entry *e = &log[n - 1];
		if (is_settled(a, e->date))
			break;
		if (e->deed != DEED_GOT && (e->deed != DEED_INTRO || !has_sent(a, e)))
			continue;
		owe(a, e->date);
		if (!a->debt.entry)
			a->debt.entry = e;
	}
}

/* ---- whom they sent ---- */

static void add_sent(struct account *a, const struct person *who, struct date since)
{
	vec_push(&a->debt.sent, who);
	owe(a, since);
}

static void read_via(struct account *a, const struct person *who)
{
	const struct period month = { 1, 'm' };
	struct date first = person_first(who);

	if (!is_settled(a, who->n_met ? date_add(first, month, -1) : first))
		add_sent(a, who, first);
}

/* A via and a got: may tell of the same; the latter knows the day. They stand together. */
static void read_ties(struct account *a, const struct ties *ties)
{
	size_t n;
	const struct tie *const *near = ties_of(ties, a->debt.to, &n);

	for (size_t i = 0; i < n; i++) {
		const struct tie *t = near[i], *next = i + 1 < n ? near[i + 1] : NULL;
		if (t->from != a->debt.to || t->to->door == DOOR_CLOSED)
			continue;
		bool told = next && next->kind == TIE_SENT && next->from == t->from &&
			    next->to == t->to;
		if (t->kind == TIE_SENT && !is_settled(a, t->date))
			add_sent(a, t->to, t->date);
		else if (t->kind == TIE_VIA && !told)
			read_via(a, t->to);
	}
}

static bool is_promised(const struct person *p)
{
	for (size_t i = 0; i < p->s.todo.n; i++)
		if (p->s.todo.at[i].thanks && !p->s.todo.at[i].they)
			return true;
	return false;
}

/* ---- the whole ---- */

static int by_latest(const void *va, const void *vb)
{
	const struct debt *a = va, *b = vb;
	int c = date_cmp(b->date, a->date);

	return c ? c : (a->to > b->to) - (a->to < b->to);
}

void debts_find(struct debts *out, const struct network *net, const struct ties *ties)
{
	*out = (struct debts){ VEC_INIT };
	for (size_t i = 0; i < net->n; i++) {
		const struct person *p = &net->people[i];
		if (p->me || p->door == DOOR_CLOSED)
			continue;
		struct account a = { .net = net, .debt.to = p, .thanked = last_thanks(net, p) };
		read_log(&a);
		read_ties(&a, ties);
		a.debt.promised = is_promised(p);
		if (a.owed)
			vec_push(&out->list, a.debt);
	}
	if (out->list.n)
		qsort(out->list.at, out->list.n, sizeof *out->list.at, by_latest);
}

void debts_release(struct debts *d)
{
	for (size_t i = 0; i < d->list.n; i++)
		vec_release(&d->list.at[i].sent);
	vec_release(&d->list);
}
