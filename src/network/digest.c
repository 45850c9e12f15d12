#include "network/digest.h"

#include <stdlib.h>

static int by_promised_date(const void *va, const void *vb)
{
	const struct digest_promise *a = va, *b = vb;
	int c = date_cmp(a->promise->date, b->promise->date);

	if (!c)
		c = (a->person > b->person) - (a->person < b->person);
	return c ? c : a->promise->number - b->promise->number;
}

static void find_promises(struct digest *d, const struct network *net)
{
	for (size_t i = 0; i < net->n; i++) {
		const struct person *p = &net->people[i];
		for (size_t k = 0; p->door != DOOR_CLOSED && k < p->s.todo.n; k++) {
			struct digest_promise one = { p, &p->s.todo.at[k] };
			if (date_days(one.promise->date) <= date_days(net->terms.today))
				vec_push(&d->promises, one);
		}
	}
	if (d->promises.n)
		qsort(d->promises.at, d->promises.n, sizeof *d->promises.at, by_promised_date);
}

static int by_planned_date(const void *va, const void *vb)
{
	const struct digest_event *a = va, *b = vb;
	int c = date_cmp(a->plan->date, b->plan->date);

	return c ? c : text_cmp(a->event->slug, b->event->slug);
}

static void find_events(struct digest *d, const struct network *net, struct date until)
{
	events_find(&d->all_events, net);
	for (size_t i = 0; i < d->all_events.list.n; i++) {
		const struct event *e = &d->all_events.list.at[i];
		for (size_t k = 0; k < e->plans.n; k++) {
			struct digest_event one = { e, &e->plans.at[k] };
			if (ahead_within(one.plan->date, net->terms.today, until))
				vec_push(&d->events, one);
		}
	}
	if (d->events.n)
		qsort(d->events.at, d->events.n, sizeof *d->events.at, by_planned_date);
}

/* What is known to be older than a year, or promised, is no news. */
static void keep_pressing(struct digest *d, struct date today)
{
	const struct period year = { 1, 'y' };
	struct date oldest = date_add(today, year, -1);
	size_t n = 0;

	for (size_t i = 0; i < d->thanks.list.n; i++) {
		struct debt *debt = &d->thanks.list.at[i];
		bool old = !date_is_none(debt->date) && date_cmp(debt->date, oldest) < 0;
		if (!debt->promised && !old)
			d->thanks.list.at[n++] = *debt;
		else
			vec_release(&debt->sent);
	}
	d->thanks.list.n = n;
}

void digest_make(struct digest *d, const struct network *net)
{
	const struct period ahead = { DIGEST_DAYS, 'd' };
	struct date today = net->terms.today, until = date_add(today, ahead, 1);

	*d = (struct digest){ .promises = VEC_INIT };
	find_promises(d, net);
	dues_find(&d->due, net, today);
	aheads_find(&d->dates, net, today, until);
	find_events(d, net, until);
	ties_find(&d->ties, net);
	debts_find(&d->thanks, net, &d->ties);
	keep_pressing(d, today);
}

bool digest_is_empty(const struct digest *d)
{
	return !d->promises.n && !d->due.list.n && !d->dates.list.n && !d->events.n &&
	       !d->thanks.list.n;
}

void digest_release(struct digest *d)
{
	vec_release(&d->promises);
	dues_release(&d->due);
	aheads_release(&d->dates);
	vec_release(&d->events);
	debts_release(&d->thanks);
	ties_release(&d->ties);
	events_release(&d->all_events);
}
