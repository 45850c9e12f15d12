#ifndef STATS_H
#define STATS_H
/*
 * stats - the network in numbers, of those who were asked for and not you.
 *
 * An encounter is one with one person: an evening with three is three. A contact is new in the
 * month of the first encounter, and lost in the month in which the limit of the cadence was
 * reached after the last one; who has no cadence is lost after a year. Cold is WARMTH_COLD.
 *
 * Who has a closed door counts in all sums and is in no list.
 */
#include "base/vec.h"
#include "network/network.h"

struct stats_month {
	struct date month; /* without a day */
	size_t encounters, fresh, lost;
};

struct stats_balance {
	const struct person *person;
	size_t gave, got;
};

struct stats_tag {
	struct text tag; /* as written first */
	size_t cold, of; /* of those with the tag whom you ever met */
};

struct stats {
	VEC(struct stats_month) months;     /* the oldest first, this one last */
	size_t encounters, fresh, lost;     /* in these months */
	size_t people;                      /* whom you met in them */
	size_t gave, got;                   /* ever */
	VEC(struct stats_balance) balances; /* where they differ, the greatest difference first */
	VEC(struct stats_tag) tags;         /* with somebody cold; the most first, then by name */
};

enum { STATS_MOST_MONTHS = 1200 };

/* `months` is from 1 to STATS_MOST_MONTHS; fewer are told where the calendar begins. */
void stats_make(struct stats *out, const struct network *net, size_t months);
void stats_release(struct stats *s);

/* The day on which somebody was lost, or will be; DATE_NONE: never met. */
struct date stats_lost_on(const struct person *p);

#endif
