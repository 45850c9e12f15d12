#ifndef CREATION_H
#define CREATION_H
/*
 * creation - a new contact on its way into the book: its first text, whether the person seems to be
 * there already, the file.
 */
#include <stddef.h>

#include "base/text.h"

struct app;
struct assigns;
struct buf;
struct contact;

/* Append the text of a contact of that name and a random uid. */
void creation_template(struct text name, struct buf *out);
/* Give it a random uid when it has none. Returns 0 or the exit status. */
int creation_identify(struct app *app, struct contact *c);

/* Say on stderr who may be the same person. *found is how many. Returns 0 or the exit status. */
int creation_compare(struct app *app, const struct contact *c, size_t *found);

/*
 * Write it, in this folder of the book (NULL: in none), under an id made from its name, and say so.
 * Takes the lock. *path is owned by the book. Returns 0 or the exit status.
 */
int creation_save(struct app *app, const struct contact *c, const char *folder,
		  const char **path);

/* All of it for somebody of this name, with these values; who seems to be there is only said. */
int creation_person(struct app *app, struct text name, struct assigns *values,
		    const char **path);

#endif
