#ifndef PAST_PARTS_H
#define PAST_PARTS_H
/*
 * past_parts - what the files of past share.
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "history/past.h"
#include "history/stream.h"

struct past {
	const struct repo *repo; /* borrowed */
	struct stream blobs;     /* a git cat-file --batch */
	struct arena places;     /* owns the paths that faults name: a commit's may die before */
};

/* The path below the book of a file that past tells of; else NULL. Borrowed from git_path. */
const char *past_book_path(const struct past *p, const char *git_path);
/* Is it the mode of a regular file, as git writes modes? */
bool past_is_regular(struct text mode);
/*
 * The argument that limits git to the file `path` of the book, or to the book. NULL: the book is
 * all of the repository. Owned by the arena.
 */
const char *past_limit(const struct past *p, const char *path, struct arena *arena);
/* Does a fault of git log say that there is no commit yet? */
bool past_is_unborn(const struct fault *f);

#endif
