#ifndef STALE_H
#define STALE_H
/*
 * stale - list --stale: values that nobody has set for long, oldest first.
 *
 * Compared is what the book was that long ago: a value that was there then and is there now is
 * stale, which costs the same however much was committed since. When it was set is told by the
 * commits before that (DATING_MOST).
 */
#include <stdbool.h>

struct app;

struct stale {
	const char *period; /* "2y" */
	const char *key;    /* only values of this key; NULL: of the first word that is one, else
			       those by which people are reached and what they do */
	bool count;         /* only how many */
};

/* Of contacts that the query in the words matches. Returns the exit status. */
int stale_list(struct app *app, const struct stale *wish, int argc, char **argv);

#endif
