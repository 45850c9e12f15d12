#ifndef PAST_H
#define PAST_H
/*
 * past - what the book was: commits, and the files in them, read through the git program.
 *
 * Paths are the book's own, as everywhere; of what a repository holds only the book is seen:
 * its contacts (*.ini in folders that do not begin with '.') and its settings, as regular files.
 * Commits go by their full object name. Files are taken as they are stored, but for
 * those that a filter (git-crypt) made unreadable: they are asked for through it.
 *
 *	struct past *p;
 *	if (past_open(&repo, &p, &f) < 0) ...
 *	past_walk(p, NULL, "paul-novak.ini", show, &ctx, &f);
 *	past_close(p);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

struct buf;
struct past;
struct repo;

/* FAULT_NOTFOUND: there is no git program. The repo is borrowed. */
FALLIBLE int past_open(const struct repo *r, struct past **out, struct fault *f);
void past_close(struct past *p); /* NULL is allowed */

/*
 * The commit that somebody means: a date as people type them (date_read; a weekday is the last
 * one), which stands for the last commit of that day, month or year or before; else a name as git
 * has them (HEAD~2, 1a2b3c, a tag). Appends its object name. FAULT_NOTFOUND, with what there is:
 * no such commit, or none yet.
 */
FALLIBLE int past_commit(struct past *p, struct text rev, struct date today, struct buf *id,
			 struct fault *f);

/* Append the text of the file in that commit. FAULT_NOTFOUND: it was not there then. */
FALLIBLE int past_read(struct past *p, const char *commit, const char *path, struct buf *out,
		       struct fault *f);
/* The same by the blob's name, as past_file has it; path is where the file was, for filters. */
FALLIBLE int past_blob(struct past *p, const char *blob, const char *path, struct buf *out,
		       struct fault *f);

/* ---- what was changed ---- */

struct past_file {
	char status;        /* A added, M modified, D removed; a rename is one D and one A */
	const char *path;   /* below the book */
	const char *before; /* blob, or NULL when added */
	const char *after;  /* blob, or NULL when removed */
	const char *const *others; /* of a merge: its blob in each further parent, or NULL; of
				      one that is followed, under whatever path it was there */
	size_t n_others;
};

struct past_commit {
	const char *id;             /* all of it is borrowed until the visit returns */
	const char *parent;         /* the first one; NULL: there is none */
	const char *author, *email; /* as git has them: not safe for a terminal */
	int64_t time;               /* of the author; seconds since 1970 */
	int zone;                   /* minutes east of UTC */
	int64_t committed;          /* the order of a walk, but for clocks that were wrong */
	const char *subject;        /* the first paragraph, on one line */
	const char *body;           /* the rest */
	const struct past_file *files;
	size_t n_files;
};

/* Return 0 to go on; 1 to stop; a fault's code (negative), with f set, to stop with it. */
typedef int (*past_visit)(void *ctx, const struct past_commit *c, struct fault *f);

/*
 * The commits up to `from` (NULL: HEAD) that changed the file `path` (NULL: any file of the
 * book), newest first. Each is told as soon as git has found it; without a path, when it has
 * found the next one.
 *
 * A merge tells of the files that are in it as in none of its parents: what it took over from
 * one is told by the commits that made it. `before` is the first parent's.
 *
 * With a path it is followed to the names it had before: where the file begins, and the same
 * commit takes away what it was before (renames), that one is told too and the walk
 * goes on with it. No commit yet is no fault.
 */
FALLIBLE int past_walk(struct past *p, const char *from, const char *path, past_visit visit,
		       void *ctx, struct fault *f);

/*
 * Tell of this commit alone, whether it changed the book or not. A merge is compared with its first
 * parent, and has no others.
 */
FALLIBLE int past_show(struct past *p, const char *commit, past_visit visit, void *ctx,
		       struct fault *f);

/* ---- what is there ---- */

/* The contacts in a commit: visit each path with its blob, in order of paths. 0 goes on. */
typedef int (*past_list_visit)(void *ctx, const char *path, const char *blob);
FALLIBLE int past_list(struct past *p, const char *commit, past_list_visit visit, void *ctx,
		       struct fault *f);

/*
 * Files of the book that differ from HEAD: A for one that HEAD does not have (ignored or not), M,
 * D; before is HEAD's blob, after is NULL. Sorted by path. What is no regular file now is left
 * out. Each at is owned by the list.
 */
struct past_files {
	struct past_file *at;
	size_t n, cap;
};
FALLIBLE int past_uncommitted(struct past *p, struct past_files *out, struct fault *f);
void past_files_release(struct past_files *list);

#endif
