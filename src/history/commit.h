#ifndef COMMIT_H
#define COMMIT_H
/*
 * commit - making one: from HEAD's tree and the files given, whatever else is staged or changed.
 *
 * There are two makers. commit_library does it with libgit2; commit_program with the git
 * program, for what libgit2 1.5 does not do (hooks, signing, filters) or does not read (split and
 * sparse indexes, SHA-256, reftable). Paths are git's: below the top of the work tree.
 *
 *	open, then in any order holds, read, has; make; refresh the files' entries; close
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

struct repo;

struct commit_file {
	const char *path;
	struct text bytes; /* at = NULL: there is no such file */
};

/* What open needs to know, and what the maker has to tell. It outlives the maker. */
struct commit_job {
	const struct repo *repo;
	const struct commit_file *files; /* that the commits will be about; of use to open only */
	size_t n;
	struct date fixed;   /* as history_how has it */

	bool secret;         /* the files go through a filter: no message may tell their text */
	bool index_made;     /* the index was damaged or missing, and was made anew */
	struct buf stranger; /* "NAME <EMAIL>" of a first commit by somebody git does not know */
};

struct commit_maker {
	/*
	 * *unfit is set where another maker has to do it: a few words of our own that say why.
	 * FAULT_LOCKED when another git holds the index.
	 */
	int (*open)(struct commit_job *job, void **state, const char **unfit,
		    struct fault *f);
	/* Does HEAD have exactly this (bytes.at NULL: nothing of the name)? */
	int (*holds)(void *state, const struct commit_file *file, bool *out, struct fault *f);
	/* Append what HEAD has. FAULT_NOTFOUND: nothing. */
	int (*read)(void *state, const char *path, struct buf *out, struct fault *f);
	/* Is there anything at this path in HEAD, a folder counts too ("" is the whole tree)? */
	int (*has)(void *state, const char *path, bool *out, struct fault *f);
	/* Commit the files, which differ from HEAD; the short name is put in id. */
	int (*make)(void *state, const struct commit_file *files, size_t n, const char *message,
		    struct buf *id, struct fault *f);
	/* Have git's index know these files as HEAD has them, so that they show as clean. */
	int (*refresh)(void *state, const struct commit_file *files, size_t n, struct fault *f);
	void (*close)(void *state);
};

extern const struct commit_maker commit_library, commit_program;

/* ---- what both do ---- */

/* How often something that is locked is tried again, and after how long: 0.3 s in all. */
enum { COMMIT_TRIES = 6, COMMIT_PAUSE_MS = 50 };
void commit_pause(void);

/* Let another git that holds the index finish. FAULT_LOCKED, with what to do: it does not. */
FALLIBLE int commit_wait_for_index(const struct repo *r, struct fault *f);

/*
 * Is it a file that we may read, of a form that is known (gitformat-index(5)), and yet cannot be
 * read? To be asked when it could not: a checksum of zeros, as git writes with index.skipHash,
 * and extensions are none.
 */
bool commit_index_is_damaged(const struct repo *r);
/* Give a damaged index another name, index.damaged, as what was staged may be had from it. */
FALLIBLE int commit_put_index_aside(const struct repo *r, struct fault *f);

/* What to say when one of the files is in the middle of a merge. */
int commit_conflict(struct fault *f);

/* Put a file or folder of the repository's on the disk, as far as that can be done. */
void commit_sync_path(const char *path);
/* Put the index, and that nobody holds it, on the disk: neither maker does. */
void commit_sync_index(const struct repo *r);

/* A HEAD that is missing or damaged is a fault, with what mends it. */
FALLIBLE int commit_check_head(const struct repo *r, struct fault *f);

/* libgit2 takes settings that it may not read for none: who signs, which hooks there are. */
FALLIBLE int commit_check_config(const struct repo *r, struct fault *f);

/*
 * An object file that a power loss left empty poisons its content: the same bytes cannot be
 * stored again. Such files hold nothing, so they may go. How many did?
 */
size_t commit_remove_empty(const struct repo *r);

/*
 * The branch has no commit. A new one has none yet; but one whose log knows of commits is damaged,
 * and a first commit on it would hide what was there: a fault, with what brings it back.
 */
FALLIBLE int commit_check_unborn(const struct repo *r, const char *branch, struct fault *f);

#endif
