#ifndef RENAMES_H
#define RENAMES_H
/*
 * renames - who got another path in a commit: of the files that it takes away and adds, two are
 * the same contact (moves).
 *
 *	struct renames list = RENAMES_INIT;
 *	if (renames_in(past, commit->files, commit->n_files, &list, &f) < 0) ...
 *	const struct past_file *was = renames_from(&list, file);
 *	renames_release(&list);
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

struct past;
struct past_file;

struct rename {
	const struct past_file *from, *to; /* borrowed from the commit */
};

struct renames {
	struct rename *at; /* owned */
	size_t n, cap;
};
#define RENAMES_INIT { 0 }

/* Those among the files of a commit. Reads files only where some are taken away and some added. */
FALLIBLE int renames_in(struct past *p, const struct past_file *files, size_t n,
			struct renames *out, struct fault *f);
void renames_release(struct renames *list);

/* What the file was called before; NULL: it is no other name. */
const struct past_file *renames_from(const struct renames *list, const struct past_file *to);
/* What it is called since; NULL: it is gone. */
const struct past_file *renames_to(const struct renames *list, const struct past_file *from);

#endif
