#ifndef REPO_H
#define REPO_H
/*
 * repo - the git repository that a book is in: where it is, and whether it is to be used.
 *
 * The book may be the work tree itself, a folder of a larger one, a linked work tree or a
 * submodule. Looked for upwards from the book's folder as git does (not across file systems,
 * not above GIT_CEILING_DIRECTORIES); neither libgit2 nor git is needed for it, and GIT_DIR and
 * the like in the environment are passed over: they are about the repository one works on in the
 * shell, not about the book.
 *
 *	struct repo r;
 *	if (repo_find(b.root, &r, &f) == 0) ...
 *	repo_release(&r);
 */
#include <stdbool.h>

#include "base/fault.h"
#include "base/text.h"

struct buf;

struct repo {
	char *top;    /* owned, like all: the work tree, without symlinks, no '/' at its end */
	char *gitdir; /* .git, or the folder that a .git file names */
	char *common; /* what all work trees share: objects, refs, config; mostly gitdir itself */
	char *prefix; /* of the book below top: "", or "people/" */
};

/*
 * FAULT_NOTFOUND: the book is in no repository. FAULT_INVALID: in one that cannot be its own, as
 * a .git file that points to a repository which knows nothing of this folder; the message says
 * what to do.
 */
FALLIBLE int repo_find(const char *book_root, struct repo *out, struct fault *f);
void repo_release(struct repo *r);

/* What is under way there, so that nothing may be committed ("a merge"), or NULL. Our own words. */
const char *repo_busy(const struct repo *r);

/* Does the file belong to it, and not to a repository of its own inside (a submodule)? */
bool repo_owns(const struct repo *r, const char *path);

/* Append what a small file of the repository's says; nothing when it is not there. */
void repo_read(const char *folder, const char *name, struct buf *out);

/* The path of a file of the book as git names it: below top. Appended. */
void repo_path(const struct repo *r, const char *path, struct buf *out);
/* And back: the part of git's path below the book, or NULL when it is outside. Borrowed. */
const char *repo_book_path(const struct repo *r, const char *git_path);

#endif
