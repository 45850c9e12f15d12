#ifndef PROMISE_H
#define PROMISE_H
/*
 * promise - a line of [todo]: which one is meant, whether it is late, and that it is kept.
 *
 *	struct promise_kept kept = { .which = TEXT("thank"), .kind = TEXT("note"), .date = today };
 *	if (promise_keep(&contact, &kept, &f) < 0) ...
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"

struct contact;
struct entry;
struct fault;

/*
 * Is the promise of this number meant by `which`: by its number, or by words of its text, folded?
 * Numbers count from 1, in the order of the file. The empty one means any.
 */
bool promise_is_meant(const struct entry *e, int number, struct text which);

/* Is its day over? Of a month or a year alone, all of it. DATE_NONE is never late. */
bool promise_is_late(struct date date, struct date today);

/* All texts are borrowed. */
struct promise_kept {
	struct text which; /* as promise_is_meant has it */
	struct text kind;  /* of the entry it becomes */
	struct date date;  /* when it was done */
	bool all;          /* all that are meant; else it must be one */
	const int *only;   /* of these numbers alone, in order; NULL: of any */
	size_t n_only;
};

/*
 * Move what is meant from [todo] to [log], as "KIND: done: TEXT". FAULT_NOTFOUND when nothing is,
 * FAULT_AMBIGUOUS with the numbers of several; the contact is as it was then.
 */
int promise_keep(struct contact *c, const struct promise_kept *kept, struct fault *f);

#endif
