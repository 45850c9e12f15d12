#ifndef LISTING_H
#define LISTING_H
/*
 * listing - the parts of book_list that the other files of book need: keeping
 * it in step with what is written, and what it found of killed processes.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct book;

/* The place of a path in the listing; n_files when it isn't there. */
size_t listing_find(const struct book *b, const char *path);
/* Enter or strike out a path, if the book is listed at all. */
void listing_add(struct book *b, const char *path);
void listing_drop(struct book *b, const char *path);

/* May this be the name of a contact's file? It ends in ".ini" and begins with no '.'. */
bool listing_takes(struct text name);

/* Remove the temporary files that the listing noticed. The lock must be held. */
void listing_remove_leftovers(struct book *b);

/* Give back what the listing holds (its paths are the book's arena's). */
void listing_release(struct book *b);

#endif
