#include "network/due.h"

#include <stdlib.h>

static bool is_snoozed(const struct person *p, struct date day)
{
	return !date_is_none(p->s.snooze) && date_cmp(day, p->s.snooze) < 0;
}

bool due_of(const struct person *p, struct date day, struct due *out)
{
	struct due due = { .person = p, .last = person_last(p) };

	if (!p->every.ideal.n)
		return false;
	if (!date_is_none(due.last)) {
		due.ideal = date_add(due.last, p->every.ideal, 1);
		due.limit = date_add(due.last, p->every.limit, 1);
		due.over = date_days(due.limit) <= date_days(day);
		double cycle = (double)(date_days(due.ideal) - date_days(due.last));
		double since = (double)(date_days(day) - date_days(due.last));
		due.ratio = cycle > 0 ? since / cycle : 0; /* at the end of the calendar */
	}
	if (out)
		*out = due;
	return !p->me && p->door != DOOR_CLOSED && !is_snoozed(p, day) &&
	       date_days(due.ideal) <= date_days(day);
}

static int by_ratio(const void *va, const void *vb)
{
	const struct due *a = va, *b = vb;

	if (a->ratio != b->ratio)
		return a->ratio > b->ratio ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

void dues_find(struct dues *out, const struct network *net, struct date day)
{
	struct due due;

	*out = (struct dues){ VEC_INIT };
	for (size_t i = 0; i < net->n; i++)
		if (due_of(&net->people[i], day, &due))
			vec_push(&out->list, due);
	if (out->list.n)
		qsort(out->list.at, out->list.n, sizeof *out->list.at, by_ratio);
}

void dues_release(struct dues *d)
{
	vec_release(&d->list);
}
