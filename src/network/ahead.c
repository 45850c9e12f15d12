#include "network/ahead.h"

#include <stdlib.h>

/* When it falls in that year; its month alone when no more is known. */
static struct date day_in(struct date date, int year)
{
	struct date found = { (short)year, date.month, date.day };

	if (date.month == 2 && date.day == 29 && date_from_days(date_days(found)).month != 2)
		found.day = 28;
	return found;
}

bool ahead_within(struct date d, struct date from, struct date to)
{
	if (!d.day)
		from.day = to.day = 0;
	return d.month && date_cmp(from, d) <= 0 && date_cmp(d, to) <= 0;
}

static void find_day(struct aheads *out, const struct person *p, const struct summary_day *day,
		     struct date from, struct date to)
{
	int first = day->date.year > from.year ? day->date.year : from.year;

	for (int year = first; year <= to.year; year++) {
		struct date date = day_in(day->date, year);
		if (!ahead_within(date, from, to))
			continue;
		int years = day->date.year ? year - day->date.year : 0;
		struct ahead one = { p, day, date, years };
		vec_push(&out->list, one);
	}
}

static int by_date(const void *va, const void *vb)
{
	const struct ahead *a = va, *b = vb;
	int c = date_cmp(a->date, b->date);

	if (!c)
		c = (a->person > b->person) - (a->person < b->person);
	return c ? c : (a->day > b->day) - (a->day < b->day);
}

void aheads_find(struct aheads *out, const struct network *net, struct date from, struct date to)
{
	*out = (struct aheads){ VEC_INIT };
	for (size_t i = 0; i < net->n; i++) {
		const struct person *p = &net->people[i];
		for (size_t k = 0; p->door != DOOR_CLOSED && k < p->s.days.n; k++)
			find_day(out, p, &p->s.days.at[k], from, to);
	}
	if (out->list.n)
		qsort(out->list.at, out->list.n, sizeof *out->list.at, by_date);
}

void aheads_release(struct aheads *a)
{
	vec_release(&a->list);
}
