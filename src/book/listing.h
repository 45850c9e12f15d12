#ifndef LISTING_H
#define LISTING_H
/*
 * listing - the parts of book_list that the other files of book need: keeping
 * it in step with what is written, and what it found of killed processes.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

struct book;
struct book_file;
struct buf;
struct place;

/* A file of the listing; the path is borrowed. */
struct book_file listing_file(const char *path);
/* The order of the listing: <0, 0, >0. */
int listing_cmp(const struct book_file *a, const struct book_file *b);
/* The place of a path in the listing; n_files when it isn't there. */
size_t listing_find(const struct book *b, const char *path);
/* Enter or strike out a path, if the book is listed at all. */
void listing_add(struct book *b, const char *path);
void listing_drop(struct book *b, const char *path);

/*
 * Append the bytes of file i: of the folder; where the listing is the index's, of the index, unless
 * it hasn't got them any more.
 */
FALLIBLE int listing_read(const struct book *b, struct place *p, size_t i, struct buf *out,
			  struct fault *f);

/* May this be the name of a contact's file? It ends in ".ini" and begins with no '.'. */
bool listing_takes(struct text name);

/* Remove the temporary files that the listing noticed. The lock must be held. */
void listing_remove_leftovers(struct book *b);

/* Give back what the listing holds (its paths are the book's arena's). */
void listing_release(struct book *b);

#endif
