#ifndef DATING_H
#define DATING_H
/*
 * dating - when each value of a contact was last set, told by the commits.
 *
 * A value is as change.h has it. It is as old as the commit that last put it there: the newest
 * one whose file has it while the file before has not, in any parent. Those of kith restore and
 * kith undo do not count: what they bring back is as old as it was. Values are told apart by a
 * hash of section, key and text, so that those of a whole book can be looked for at once.
 *
 *	struct datings list = DATINGS_INIT;
 *	datings_of(&c, &list);
 *	if (dating_of(past, &c, &list, &f) < 0) ...
 *	datings_release(&list);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

struct contact;
struct past;

enum dated_how {
	DATED_NOT,    /* not looked for yet */
	DATED_NEW,    /* not committed yet */
	DATED_SET,    /* set on that day */
	DATED_FIRST,  /* there when its file came into history, on that day: it may be older */
	DATED_BEFORE  /* on that day or before: further back was not looked */
};

struct dated {
	struct text section, key, value; /* borrowed from the contact, as change.h has them */
	size_t entry;        /* index into doc.entries */
	uint64_t hash;
	enum dated_how how;
	struct date day;     /* by the clock of who set it */
};

/* Values of one contact, in file order; any of them may be taken out. */
struct datings {
	struct dated *at; /* owned */
	size_t n, cap;
	char *texts;      /* owned, or NULL: see datings_own */
};
#define DATINGS_INIT { 0 }
void datings_release(struct datings *list);

/* Append all values of the contact, none of them dated. */
void datings_of(const struct contact *c, struct datings *out);
/* Take out those that the other version of the contact has not. */
void datings_narrow(struct datings *list, const struct contact *other);
/* Have texts of its own, so that the contact may go. To be done once. */
void datings_own(struct datings *list);

/* Date the values, which are of the contact as it is now, back to its beginning. */
FALLIBLE int dating_of(struct past *p, const struct contact *c, struct datings *list,
		       struct fault *f);

/* One of many contacts. */
struct aging {
	const char *path;       /* borrowed: in the commit where the walk begins */
	struct datings *values; /* borrowed: all of them are there in that commit */
};
/* So many commits are looked at for all of them: a second or two, in a book of 10,000. */
#define DATING_MOST 2000

/* Date them all in one walk back from the commit. */
FALLIBLE int dating_walk(struct past *p, const char *commit, const struct aging *list, size_t n,
			 struct fault *f);

#endif
