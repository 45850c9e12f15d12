#ifndef PROGRESS_H
#define PROGRESS_H
/*
 * progress - one line on the terminal while a large book is read: it comes when the reading takes
 * longer than a second, changes in place, and goes when the reading ends.
 */
#include <stddef.h>

struct app;

/* What the line needs to know; one a process. */
struct progress {
	int fd;          /* the terminal */
	long long patience; /* how long a reading may take without a line, in ms */
	long long from;  /* when the line may come, in ms on a clock of its own */
	long long shown; /* when it last changed; 0: it isn't there */
};

/* Have the readings of the app's open book show themselves on stderr, if that is a terminal. */
void progress_attach(struct app *app);

/* So many of so many files have been read; as a book's book_progress. Any thread may tell. */
void progress_tell(void *ctx, size_t done, size_t of);

#endif
