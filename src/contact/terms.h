#ifndef TERMS_H
#define TERMS_H
/*
 * terms - what a book's settings lay down about people and events, as far as more than one person
 * is concerned. Read by book/config, gone by in network.
 */
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"
#include "contact/cadence.h"
#include "contact/entry.h"

/* [every] TAG = CADENCE */
struct tag_cadence {
	struct text tag;
	struct cadence every;
};

/* [event] SLUG = DATE TEXT */
struct planned_event {
	struct text slug; /* without an @ */
	struct date date; /* may be partial */
	struct text text; /* may be empty */
};

/* All borrowed. */
struct terms {
	struct date today;
	struct text me; /* id of the contact who is the user; empty: not said */
	const struct kinds *kinds;
	const struct tag_cadence *every;
	size_t n_every;
	const struct planned_event *events; /* in the order of the file */
	size_t n_events;
};

#endif
