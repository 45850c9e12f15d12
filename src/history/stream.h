#ifndef STREAM_H
#define STREAM_H
/*
 * stream - what the git program says, taken piece by piece as it comes.
 *
 *	struct stream s = STREAM_NONE;
 *	if (stream_start(&s, repo, args, false, &f) < 0) ...
 *	while (stream_cut(&s, '\0', &piece)) ...
 *	if (stream_end(&s, &f) < 0) ...
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"
#include "history/program.h"

struct stream {
	struct program program;
	struct buf bytes; /* that were read, those before `at` are used up */
	size_t at;
};
#define STREAM_NONE { PROGRAM_NONE, BUF_INIT, 0 }

/* Is a program running, or not waited for yet? */
bool stream_runs(const struct stream *s);
/* As program_start. */
FALLIBLE int stream_start(struct stream *s, const struct repo *r, const char *const *args,
			  bool with_input, struct fault *f);
/*
 * The next piece up to `end`, which is used up too and is not part of it; borrowed until the next
 * call. False at the end of what it says; what is left without `end` behind it is lost.
 */
bool stream_cut(struct stream *s, char end, struct text *piece);
/* The next n bytes, or false. */
bool stream_take(struct stream *s, size_t n, struct text *piece);
/* Write to it. */
FALLIBLE int stream_write(struct stream *s, struct text bytes, struct fault *f);

/* As program_end and program_stop. */
FALLIBLE int stream_end(struct stream *s, struct fault *f);
void stream_stop(struct stream *s);

#endif
