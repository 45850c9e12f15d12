#ifndef NETWORK_H
#define NETWORK_H
/*
 * network - the people of a book together: who is who, when you were in touch with each, how warm
 * that is. All else in this folder is worked out from it; nothing here knows files.
 *
 * An encounter is an entry of any kind but note that is not in the future. It stands in somebody's
 * own log, or in another's that names them as taking part (entry_next_person); of one day one such
 * is counted, and none when their own log has an encounter of that day.
 *
 *	struct network *net = network_new(&terms, n_files);
 *	network_add(net, i, &contact, asked);    for each, by several threads at once
 *	network_ready(net);
 *	for (size_t i = 0; i < net->n; i++) ... net->people[i]
 *	network_free(net);
 */
#include <stdbool.h>
#include <stddef.h>

#include "contact/summary.h"
#include "contact/terms.h"

struct contact;

struct person;

/* You and this person on a day. */
struct encounter {
	struct date date;
	const struct summary_entry *entry;
	const struct person *in; /* in whose log it stands: the person's own, or another's */
};

struct person {
	struct summary s;
	size_t place;  /* in the listing, as given to network_add */
	bool asked;    /* matches what was asked for */
	bool me;
	enum door_state door;   /* today */
	struct cadence every;   /* own, or the shortest of its tags'; ideal.n is 0: none */
	struct encounter *met;  /* by date; borrowed from the network */
	size_t n_met;
	double warmth;          /* network_warmth; 0: never met */
};

struct network {
	struct terms terms;    /* what they lead to lives as long as the network */
	struct person *people; /* sorted by id, then path */
	size_t n;
	const struct person *me; /* NULL: not said, or not there */
	struct network_parts *parts; /* its memory; private */
};

/* `n` places in the listing. */
struct network *network_new(const struct terms *terms, size_t n);
/*
 * Put in the contact of place `i` (below n, once each). `asked` is kept for the caller. May be
 * called by several threads at once; the contact may go away afterwards.
 */
void network_add(struct network *net, size_t i, const struct contact *c, bool asked);
/* All are in: tie them together. */
void network_ready(struct network *net);
void network_free(struct network *net); /* NULL is fine */

/*
 * Who has this id, or answers to it as an alias, in whatever case? An id goes before an alias; of
 * several the first by path. NULL: nobody, as for free text.
 */
const struct person *network_find(const struct network *net, struct text id);
/* Its place in people. */
size_t network_index(const struct network *net, const struct person *p);

/* The first and the last day you were in touch; DATE_NONE: never. */
struct date person_first(const struct person *p);
struct date person_last(const struct person *p);

/*
 * How warm it is: each encounter counts 180 / (180 + its age in days), so one of today counts 1 and
 * one of half a year ago a half. Below 0.5 it is cold.
 */
double network_warmth(const struct person *p, struct date today);
enum warmth { WARMTH_NEVER, WARMTH_COLD, WARMTH_COOL, WARMTH_WARM, WARMTH_CLOSE };
enum warmth person_warmth(const struct person *p); /* never met, < 0.5, < 1.5, < 4, more */
const char *warmth_name(enum warmth w); /* "never met", "cold", "cool", "warm", "close" */

#endif
