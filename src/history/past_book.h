#ifndef PAST_BOOK_H
#define PAST_BOOK_H
/*
 * past_book - contacts as they were, as a book of their own: asked who is meant by a name, and
 * read, as the book of today is. Nothing is written to it.
 *
 *	struct past_book *then = past_book_new(past, b.root);
 *	if (past_book_add_commit(then, id, &f) < 0 ||
 *	    book_resolve(past_book_of(then), TEXT("paul"), &found, &f) < 0) ...
 *	past_book_free(then);
 */
#include <stdbool.h>

#include "base/fault.h"

struct book;
struct contact;
struct past;
struct past_book;

/* An empty one. Paths are looked for below `root`, the folder of the book of today. */
struct past_book *past_book_new(struct past *p, const char *root);
void past_book_free(struct past_book *b); /* NULL is allowed */
/* The book; its paths live as long as it does. */
struct book *past_book_of(struct past_book *b);

/* Before anything is asked: a file as this blob has it; or all contacts of a commit. */
void past_book_add(struct past_book *b, const char *path, const char *blob);
FALLIBLE int past_book_add_commit(struct past_book *b, const char *commit, struct fault *f);

/* Read a contact of it; the caller releases that. */
FALLIBLE int past_book_load(struct past_book *b, const char *path, struct contact *out,
			    struct fault *f);

/*
 * Read what a contact of today was then: what had the same path, else the same id in whatever
 * folder, else an id that is an alias of it now, else the same uid and a path that nobody of
 * `today` has, which is listed; never one whose uid is another. FAULT_NOTFOUND: it was not there.
 * Both books are listed; by any number of threads.
 */
FALLIBLE int past_book_follow(struct past_book *b, const struct contact *now,
			      const struct book *today, struct contact *out, struct fault *f);

#endif
