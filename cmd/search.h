#ifndef SEARCH_H
#define SEARCH_H
/*
 * search - the contacts that a query on the command line matches, found by
 * reading all files: what list, tag and completion have in common.
 */
#include <stddef.h>

#include "base/date.h"
#include "book/book.h"
#include "book/check.h"

struct app;
struct contact;
struct query;

/* One match; what the visitor made of it hangs on `data`. */
struct match {
	const char *path;  /* borrowed from the book's listing, like id */
	struct text id;
	int rank;          /* query_match's */
	struct date last;  /* last encounter, DATE_NONE: none, or not asked for: an empty query */
	char *name;        /* owned: folded, for sorting */
	void *data;        /* the visitor's */
};

struct search {
	struct match **found; /* in the order asked for; owned */
	size_t n;
	struct query *query;
	struct findings damage; /* damaged files, and junk lines of those that match; by path */
};

/*
 * Look at one match while its file is in memory; returns what becomes match.data (may be
 * NULL). Called from several threads at once. c is NULL when the file could not be read; only
 * an empty query matches such a file.
 */
typedef void *(*search_visit)(void *ctx, const char *path, struct text id, const struct contact *c);

/*
 * Run the query that the words make together. Matches are in the order of
 * the query: by rank, then the more recent encounter, then name; by name when there are no words.
 * Returns 0 or the exit status, having said why.
 */
int search_run(struct app *app, struct search *s, int argc, char **argv, search_visit visit,
	       void *ctx);

/* Nothing matches: says so on stderr; returns EXIT_NO. */
int search_none(struct app *app, const struct search *s);

/* The matches themselves; what hangs on their data is the caller's. */
void search_release(struct search *s);

#endif
