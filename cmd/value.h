#ifndef VALUE_H
#define VALUE_H
/*
 * value - one value of a contact by name, as list's columns, --sort and --format show it: a
 * key's first value (the one labelled pref before others), a comma-separated key whole.
 *
 * Besides the keys: id, path (below the book), file (as one can open it), last (date of the
 * last encounter). "KEY*" is all values of the key, with ", " between.
 */
#include "base/text.h"

struct app;
struct buf;
struct contact;

/*
 * Append the value, nothing when there is none. c may be NULL for a file that can't be read:
 * only id, path, file and name (the id) are known then. Safe from several threads at once.
 */
void value_of(const struct app *app, const struct contact *c, const char *path, struct text id,
	      struct text key, struct buf *out);

/*
 * Append a line made from a format: {KEY} is value_of on one line, \t \n \0 \\ and \{ are as
 * in C, the rest stands for itself.
 */
void value_format(const struct app *app, const struct contact *c, const char *path, struct text id,
		  struct text format, struct buf *out);

#endif
