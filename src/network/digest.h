#ifndef DIGEST_H
#define DIGEST_H
/*
 * digest - what a morning has to tell: promises for today or late, whose turn it is, dates and
 * events of the week, thanks owed. Nobody whose door is closed is in it.
 *
 *	struct digest d;
 *	digest_make(&d, net);
 *	if (!digest_is_empty(&d)) print(&d);
 *	digest_release(&d);
 */
#include <stdbool.h>

#include "base/vec.h"
#include "network/ahead.h"
#include "network/due.h"
#include "network/event.h"
#include "network/network.h"
#include "network/thanks.h"
#include "network/tie.h"

enum { DIGEST_DAYS = 7 }; /* how far it looks ahead */

struct digest_promise {
	const struct person *person;
	const struct summary_promise *promise;
};

struct digest_event {
	const struct event *event;
	const struct event_plan *plan;
};

struct digest {
	VEC(struct digest_promise) promises; /* by date */
	struct dues due;
	struct aheads dates;
	VEC(struct digest_event) events;     /* by date */
	struct debts thanks; /* none that is promised, or known to be older than a year */
	struct events all_events; /* what the rest is borrowed from */
	struct ties ties;
};

/* What it tells of is borrowed from the network. */
void digest_make(struct digest *d, const struct network *net);
/* Is there nothing to tell? */
bool digest_is_empty(const struct digest *d);
/* Gives it back. */
void digest_release(struct digest *d);

#endif
