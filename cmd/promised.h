#ifndef PROMISED_H
#define PROMISED_H
/*
 * promised - the open promises of those whom a word means, as todo lists and done keeps them.
 *
 *	struct promised open = PROMISED_INIT;
 *	int rc = promised_find(app, &wish, &open);
 *	if (!rc) print open.list.at, open.list.n
 *	return promised_close(&open, rc);
 */
#include <stdbool.h>

#include "base/date.h"
#include "base/text.h"
#include "base/vec.h"

struct app;

/* All that are open, but for what is said here. */
struct promised_wish {
	char *who;         /* a name, of several people too, else a query; NULL: everybody; of an
			      @event alone: the promises that name it */
	struct text event; /* found in `who`; the caller leaves it empty */
	struct text which; /* as promise_is_meant has it */
	bool mine, they;   /* of one side alone */
	struct date by;    /* only those for a day until then; DATE_NONE: all */
};

/* An open promise; the file is gone when it is told. */
struct promise {
	const char *path; /* borrowed from the book */
	struct text id;
	int number;       /* of the contact's: what `kith done` takes */
	struct date date;
	bool they;
	char *name;       /* owned, like those below: whose it is */
	char *date_text;  /* as it stands in the file, be it a date or not */
	char *text;
};

struct promised {
	VEC(struct promise) list; /* by date, then id, then number */
	const char *only; /* path of the one contact that was named; NULL: a query, or several */
	int damage; /* exit status of what could not be read; it was said */
};
#define PROMISED_INIT { VEC_INIT, 0, 0 }

/*
 * Fill the list, which may stay empty. Returns 0, or the exit status, having said so: when nobody
 * is meant too.
 */
int promised_find(struct app *app, struct promised_wish *wish, struct promised *out);
/* A line each: date, id, number, text; what is late stands out. */
void promised_print(struct app *app, const struct promised *open);
/* Give it back. Returns rc, or what was damaged where that is 0 or "no". */
int promised_close(struct promised *p, int rc);

#endif
