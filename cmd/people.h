#ifndef PEOPLE_H
#define PEOPLE_H
/*
 * people - the NAME[,NAME..] of a command: several contacts who share one
 * entry, each linked to the others.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"
#include "base/vec.h"

struct app;

struct people {
	VEC(const char *) list; /* paths, borrowed from the book; nobody stands twice */
};
#define PEOPLE_INIT { VEC_INIT }

/*
 * Resolve all of them; a name that holds a comma itself may stand as it is. 0, or the exit
 * status.
 */
int people_read(struct app *app, const char *names, struct people *out);
/* Nobody is added twice. */
void people_add(struct people *p, const char *path);
void people_release(struct people *p);

/* Is "Novak, Paul" the name of somebody, comma and all? */
bool people_is_one(struct app *app, struct text names, const char **path);

/* Say so when what is told is to come yet. */
void people_doubt_date(struct app *app, struct date date);

/* What is written into the file of each of them; texts are borrowed. */
struct addition {
	struct date date;  /* of the entry */
	struct text value; /* of the entry, without the links */
	bool once;         /* whose log has that very entry is left alone */
	struct text via;   /* for those who have none; empty: none */
	struct date next;  /* of a promise; DATE_NONE: none is made */
	struct text promise;
};

/* Can all be written? Else a command that is given again would write some of them twice. */
int people_check(struct app *app, const struct people *people);
/*
 * Write it for all of them, saying "ID: log 2026-11-21" of each; they were checked, and the lock is
 * held. Returns the exit status.
 */
int people_write(struct app *app, const struct people *people, const struct addition *a);

#endif
