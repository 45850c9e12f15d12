#ifndef ROSTER_H
#define ROSTER_H
/*
 * roster - who was at an @event on a day, by their logs and by the logs of those who name them as
 * taking part; and who is expected there, by what is promised for it.
 *
 * A slug may be a place too: it then has many days. Slugs compare folded.
 */
#include "base/vec.h"
#include "network/network.h"

struct roster {
	struct text slug;  /* as written first */
	struct date date;
	VEC(const struct person *) people; /* by place in the network; nobody twice, never you */
};

struct rosters {
	VEC(struct roster) list; /* by folded slug, then date */
};

/* All of them, past ones only: nothing in the future has happened. */
void rosters_find(struct rosters *out, const struct network *net);
void rosters_release(struct rosters *r);

/* Is it the same event? Folded; either may have its @. */
bool roster_same(struct text slug, struct text other);

#endif
