#ifndef PATH_H
#define PATH_H
/*
 * path - the warmest chain of introductions from you to anybody: whom you have met, then ties from
 * one to the next.
 *
 * A hop has a strength between 0 and 1, and a chain the product of its hops: a long one has to be
 * warm all along. From you it is how warm you are with whom you met; between two others it is who
 * sent or knows whom, and last who was spoken of, or noted as being at an event on a day when
 * somebody you met was there: that says the less the more people were. (Who did something together
 * you have met both, which is warmer.) Below a millionth there is no chain. Nobody whose door is
 * closed is in one.
 *
 *	struct paths *paths = paths_new(net, &ties, &rosters);
 *	struct chain chain;
 *	if (paths_to(paths, who, &chain)) ... chain.hops.at[i].to
 *	chain_release(&chain);
 *	paths_free(paths);
 */
#include <stdbool.h>

#include "base/vec.h"
#include "network/network.h"
#include "network/roster.h"
#include "network/tie.h"

/* A link to somebody who did not take part: whom a log speaks of, or is spoken to of another. */
struct mention {
	const struct person *from, *to; /* either may be whose log it is */
	struct date date;               /* the last */
};

struct hop {
	const struct person *from, *to; /* from: NULL for you; then this is whom you met */
	/* What else leads there: one of these. */
	const struct tie *tie;
	const struct mention *mention;  /* a log says something of both */
	const struct roster *event;     /* both were there */
	double strength;
};

struct chain {
	double strength;
	VEC(struct hop) hops;
};

struct paths; /* from you to everybody; owned by the caller */

/* Find them all, at once. What it is made of is borrowed. */
struct paths *paths_new(const struct network *net, const struct ties *ties,
			const struct rosters *rosters);
void paths_free(struct paths *paths);
/* The strength of the warmest chain to somebody; 0: there is none. */
double paths_strength(const struct paths *paths, const struct person *who);
/* The warmest chain to somebody; false, and nothing to release, when there is none. */
bool paths_to(const struct paths *paths, const struct person *who, struct chain *out);
void chain_release(struct chain *chain);

#endif
