#ifndef EVENT_H
#define EVENT_H
/*
 * event - the @events of a network: which are to come, who is promised for them, who was there, and
 * what followed for each.
 *
 * What follows is what happens in the 30 days after the day of the event: encounters, and an open
 * promise, theirs or yours. As long as the days last, a promise for later counts too.
 *
 *	struct events events;
 *	events_find(&events, net);
 *	const struct event *fair = events_get(&events, text_of("@fair"));
 *	events_release(&events);
 */
#include "base/vec.h"
#include "network/network.h"
#include "network/roster.h"

/* An open promise that names the event. */
struct event_promise {
	const struct person *person;
	const struct summary_promise *promise;
};

/* A day of the settings. */
struct event_plan {
	struct date date; /* may lack its day or month; without a year it is the next one to come */
	struct text text;
};

struct event {
	struct text slug;                    /* as written first: in the settings, else in a log */
	VEC(struct event_plan) plans;        /* by date; past ones too */
	VEC(struct event_promise) promises;  /* by date */
	const struct roster *days;           /* borrowed from events.rosters; by date */
	size_t n_days;
	size_t n_people;                     /* who were there on any day */
};

struct events {
	VEC(struct event) list; /* by folded slug */
	struct rosters rosters;
};

/* All of them: of the settings, of the logs, of open promises. */
void events_find(struct events *out, const struct network *net);
void events_release(struct events *e);
/* NULL: there is no such event. The slug may have its @. */
const struct event *events_get(const struct events *e, struct text slug);

/*
 * When it comes next: the first plan that is not over, else the first promise that is not overdue.
 * DATE_NONE: it does not. *plan is the plan, NULL where there is none.
 */
struct date event_next(const struct event *e, struct date today, const struct event_plan **plan);
/* The last day it was, or was planned for; DATE_NONE: it never was. */
struct date event_last(const struct event *e, struct date today);

enum { EVENT_FOLLOW_DAYS = 30 };

/* What followed for one who was there. */
struct aftermath {
	bool met_there;         /* the first encounter with them ever */
	size_t encounters;      /* in all */
	size_t deeds[DEED_NOTE]; /* the same by enum deed */
	bool promised;
};

/* For a person of the roster of that day, as of today. */
struct aftermath event_aftermath(const struct person *p, struct date day, struct date today);
/* Did nothing follow? */
bool aftermath_is_none(const struct aftermath *a);
/* How many of the days are left, with today; 0 when they are over. */
long event_days_left(struct date day, struct date today);

#endif
