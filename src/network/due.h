#ifndef DUE_H
#define DUE_H
/*
 * due - whose turn it is: cadence against the last encounter.
 *
 * Somebody is due from the day that is `ideal` after the last encounter, and overdue from `limit`
 * after it. Nobody is who has no cadence, is you, has a closed door, or is snoozed that day.
 */
#include "base/vec.h"
#include "network/network.h"

struct due {
	const struct person *person;
	struct date last;   /* DATE_NONE: never in touch; due all the same */
	struct date ideal, limit; /* the days; DATE_NONE without a last encounter */
	bool over;          /* the limit is reached */
	double ratio;       /* days since the last encounter to days of the ideal; 0 without one */
};

struct dues {
	VEC(struct due) list;
};

/* Is the person due on `day`? *out (may be NULL) is filled whenever there is a cadence. */
bool due_of(const struct person *p, struct date day, struct due *out);
/*
 * Everybody due on `day`, the most overdue relative to its cadence first, then by place in the
 * network; those you were never in touch with last.
 */
void dues_find(struct dues *out, const struct network *net, struct date day);
void dues_release(struct dues *d);

#endif
