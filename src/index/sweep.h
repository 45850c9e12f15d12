#ifndef SWEEP_H
#define SWEEP_H
/*
 * sweep - has a file changed? One look at every file of a book by stat, on all
 * cores.
 *
 * A stamp stands for (mtime, ctime, size, inode), the times in nanoseconds. A file whose stamp is
 * what it was when it was read has the bytes it had then. Only a file that was changed as late
 * as now may be changed again without another stamp: SWEEP_UNSURE stands for that one
 * ("racy", as git calls it), and for one that is not there.
 */
#include <stddef.h>
#include <stdint.h>

struct book;

#define SWEEP_UNSURE UINT64_C(0)

/* The stamp of each file of the book's listing into stamps. */
void sweep_files(const struct book *b, uint64_t *stamps);

#endif
