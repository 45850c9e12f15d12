#ifndef WALK_H
#define WALK_H
/*
 * walk - what is in the folders of a book: its contacts' files, and what is left
 * out. The folders of one depth are read by several threads.
 */
#include "base/fault.h"
#include "base/vec.h"
#include "book/book.h"

struct walk {
	VEC(struct book_file) files;   /* folder by folder; paths are the book's */
	VEC(struct fault) faults;      /* symlinks and folders that could not be read */
	VEC(const char *) leftovers;   /* temporary files; paths are the book's */
};
#define WALK_INIT { VEC_INIT, VEC_INIT, VEC_INIT }

/* Walk the open book. A fault is the book's own folder's; w is to be released even then. */
FALLIBLE int walk_book(struct book *b, struct walk *w, struct fault *f);
void walk_release(struct walk *w);

#endif
