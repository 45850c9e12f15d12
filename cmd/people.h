#ifndef PEOPLE_H
#define PEOPLE_H
/*
 * people - the NAME[,NAME..] of a command: several contacts who share one
 * entry, each linked to the others.
 */
#include <stddef.h>

#include "base/text.h"
#include "base/vec.h"

struct app;
struct buf;

struct people {
	VEC(const char *) list; /* paths, borrowed from the book; nobody stands twice */
};
#define PEOPLE_INIT { VEC_INIT }

/*
 * Resolve all of them; a name that holds a comma itself may stand as it is. 0, or the exit
 * status.
 */
int people_read(struct app *app, const char *names, struct people *out);
void people_release(struct people *p);

/* Append text and [[links]] to everybody but person `i`, who are not linked in it yet. */
void people_link(const struct people *p, size_t i, struct text text, struct buf *out);

#endif
