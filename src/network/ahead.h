#ifndef AHEAD_H
#define AHEAD_H
/*
 * ahead - birthdays and other labelled dates that come round: which fall on the days from one
 * date to another.
 *
 * 29 February falls on the 28th in common years. A month without a day falls on each of its
 * days and is told once, as the month; a year alone never comes round, and nothing does before
 * its own year.
 */
#include "base/vec.h"
#include "network/network.h"

struct ahead {
	const struct person *person;
	const struct summary_day *day;
	struct date date; /* when it falls; without its day when that is not known */
	int years;        /* how many it will be; 0: not known, or the day itself */
};

struct aheads {
	VEC(struct ahead) list; /* by date, a month before its days; then by place in the network */
};

/* From `from` to `to`, both whole and included. Nobody whose door is closed. */
void aheads_find(struct aheads *out, const struct network *net, struct date from, struct date to);
void aheads_release(struct aheads *a);

/* Is it from `from` to `to`, whole days? A month is where a day of it is; a year alone nowhere. */
bool ahead_within(struct date d, struct date from, struct date to);

#endif
