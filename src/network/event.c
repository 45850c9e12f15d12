#include "network/event.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

/* Where a slug was found, and with what; the settings go first, as their spelling is kept. */
enum source { FROM_PLAN, FROM_LOG, FROM_PROMISE };

struct mention {
	struct text folded, slug;
	enum source source;
	struct date date;
	size_t nth; /* in the order they were found in */
	const struct planned_event *plan;
	const struct roster *roster;
	struct event_promise promise;
};

struct mentions {
	VEC(struct mention) all;
	struct arena arena; /* owns the folded slugs */
};

/* ---- days ---- */

static struct date in_year(struct date d, int year)
{
	d.year = (short)year;
	if (d.month == 2 && d.day == 29 && date_from_days(date_days(d)).month != 2)
		d.day = 28;
	return d;
}

/* Is the last day it can be before today? */
static bool is_over(struct date d, struct date today)
{
	if (!d.month)
		today.month = 0;
	if (!d.day)
		today.day = 0;
	return date_cmp(d, today) < 0;
}

static struct date plan_date(struct date d, struct date today)
{
	if (d.year)
		return d;
	struct date next = in_year(d, today.year);
	return is_over(next, today) ? in_year(d, today.year + 1) : next;
}

/* ---- gathering ---- */

static void add_mention(struct mentions *m, struct mention one)
{
	struct buf folded = BUF_INIT;

	text_fold(one.slug, &folded);
	one.folded = (struct text){ arena_copy(&m->arena, buf_text(&folded)), folded.n };
	one.nth = m->all.n;
	vec_push(&m->all, one);
	buf_release(&folded);
}

static void gather_plans(struct mentions *m, const struct terms *terms)
{
	for (size_t i = 0; i < terms->n_events; i++) {
		const struct planned_event *plan = &terms->events[i];
		struct date date = plan_date(plan->date, terms->today);
		add_mention(m, (struct mention){ .slug = plan->slug, .source = FROM_PLAN,
						 .date = date, .plan = plan });
	}
}

static void gather_days(struct mentions *m, const struct rosters *rosters)
{
	for (size_t i = 0; i < rosters->list.n; i++) {
		const struct roster *r = &rosters->list.at[i];
		add_mention(m, (struct mention){ .slug = r->slug, .source = FROM_LOG,
						 .date = r->date, .roster = r });
	}
}

static void gather_promises(struct mentions *m, const struct person *p)
{
	for (size_t i = 0; i < p->s.todo.n; i++) {
		struct event_promise own = { p, &p->s.todo.at[i] };
		if (own.promise->event.n)
			add_mention(m, (struct mention){ .slug = own.promise->event,
							 .source = FROM_PROMISE,
							 .date = own.promise->date,
							 .promise = own });
	}
}

static int by_event(const void *va, const void *vb)
{
	const struct mention *a = va, *b = vb;
	int c = text_cmp(a->folded, b->folded);

	if (!c)
		c = (int)a->source - (int)b->source;
	if (!c)
		c = date_cmp(a->date, b->date);
	return c ? c : a->nth < b->nth ? -1 : 1;
}

static void add_to_event(struct event *e, const struct mention *m)
{
	struct event_plan plan;

	switch (m->source) {
	case FROM_PLAN:
		plan = (struct event_plan){ m->date, m->plan->text };
		vec_push(&e->plans, plan);
		break;
	case FROM_LOG: /* those of one event stand side by side */
		if (!e->n_days++)
			e->days = m->roster;
		break;
	case FROM_PROMISE:
		vec_push(&e->promises, m->promise);
		break;
	}
}

/* Everybody is counted once an event: `counted` says of which event the last time, from 1. */
static void count_people(struct event *e, size_t nth, const struct network *net, size_t *counted)
{
	for (size_t i = 0; i < e->n_days; i++)
		for (size_t k = 0; k < e->days[i].people.n; k++) {
			size_t place = network_index(net, e->days[i].people.at[k]);
			e->n_people += counted[place] != nth;
			counted[place] = nth;
		}
}

void events_find(struct events *out, const struct network *net)
{
	size_t *counted = mem_alloc(net->n * sizeof *counted);
	struct mentions m = { VEC_INIT, ARENA_INIT };

	*out = (struct events){ .list = VEC_INIT };
	rosters_find(&out->rosters, net);
	gather_plans(&m, &net->terms);
	gather_days(&m, &out->rosters);
	for (size_t i = 0; i < net->n; i++)
		gather_promises(&m, &net->people[i]);
	if (m.all.n)
		qsort(m.all.at, m.all.n, sizeof *m.all.at, by_event);
	for (size_t i = 0; i < m.all.n; i++) {
		const struct mention *mention = &m.all.at[i];
		if (!i || !text_equal(mention->folded, m.all.at[i - 1].folded))
			*vec_more(&out->list) = (struct event){ .slug = mention->slug };
		add_to_event(&out->list.at[out->list.n - 1], mention);
	}
	for (size_t i = 0; i < out->list.n; i++)
		count_people(&out->list.at[i], i + 1, net, counted);
	vec_release(&m.all);
	arena_release(&m.arena);
	mem_free(counted);
}

void events_release(struct events *e)
{
	for (size_t i = 0; i < e->list.n; i++) {
		vec_release(&e->list.at[i].plans);
		vec_release(&e->list.at[i].promises);
	}
	vec_release(&e->list);
	rosters_release(&e->rosters);
}

const struct event *events_get(const struct events *e, struct text slug)
{
	for (size_t i = 0; i < e->list.n; i++)
		if (roster_same(e->list.at[i].slug, slug))
			return &e->list.at[i];
	return NULL;
}

/* ---- when ---- */

struct date event_next(const struct event *e, struct date today, const struct event_plan **plan)
{
	*plan = NULL;
	for (size_t i = 0; i < e->plans.n; i++)
		if (!is_over(e->plans.at[i].date, today)) {
			*plan = &e->plans.at[i];
			return (*plan)->date;
		}
	for (size_t i = 0; i < e->promises.n; i++)
		if (!is_over(e->promises.at[i].promise->date, today))
			return e->promises.at[i].promise->date;
	return DATE_NONE;
}

struct date event_last(const struct event *e, struct date today)
{
	struct date last = e->n_days ? e->days[e->n_days - 1].date : DATE_NONE;

	for (size_t i = 0; i < e->plans.n; i++) {
		struct date date = e->plans.at[i].date;
		if (is_over(date, today) && date_cmp(date, last) > 0)
			last = date;
	}
	return last;
}

long event_days_left(struct date day, struct date today)
{
	long left = date_days(day) + EVENT_FOLLOW_DAYS + 1 - date_days(today);

	return left < 0 ? 0 : left > EVENT_FOLLOW_DAYS ? EVENT_FOLLOW_DAYS : left;
}

/* ---- what followed ---- */

/* The first encounter after the day. */
static size_t met_after(const struct person *p, long day)
{
	size_t low = 0, high = p->n_met;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (date_days(p->met[middle].date) <= day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The first promise of the day or later; NULL: there is none. */
static const struct summary_promise *promise_from(const struct person *p, long day)
{
	size_t low = 0, high = p->s.todo.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (date_days(p->s.todo.at[middle].date) < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < p->s.todo.n ? &p->s.todo.at[low] : NULL;
}

struct aftermath event_aftermath(const struct person *p, struct date day, struct date today)
{
	struct aftermath a = { .met_there = date_cmp(person_first(p), day) == 0 };
	const long from = date_days(day), to = from + EVENT_FOLLOW_DAYS;

	for (size_t i = met_after(p, from); i < p->n_met; i++) {
		if (date_days(p->met[i].date) > to)
			break;
		a.deeds[p->met[i].entry->deed]++;
		a.encounters++;
	}
	const struct summary_promise *promise = promise_from(p, from);
	a.promised = promise && (date_days(promise->date) <= to || event_days_left(day, today));
	return a;
}

bool aftermath_is_none(const struct aftermath *a)
{
	return !a->encounters && !a->promised;
}
