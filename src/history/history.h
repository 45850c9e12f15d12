#ifndef HISTORY_H
#define HISTORY_H
/*
 * history - what a command writes becomes a commit.
 *
 * Attached to a locked book, it is told of every write (book_recorder) and makes at the end one
 * commit of them, built from HEAD's tree and the files touched: what else is changed or staged
 * stays as it is. Edits by hand that it finds in a touched file are committed before, apart. The
 * message says who and what, by field.
 *
 * The files are safe before any of this begins, and nothing here can undo that. What could not be
 * committed is noted in the repository (kith/pending), and made good by the next command that
 * writes, or by kith save.
 *
 * libgit2 makes the commits, and is loaded only here (git.h). Where the repository uses what
 * libgit2 1.5 does not know or not do (hooks, signing, filters, a split index, other object
 * formats), the git program makes them. Where neither can, there is no history, and why not is
 * said in one sentence.
 *
 *	h = history_attach(&b, &how);
 *	book_edit(&b, ...);
 *	if (history_commit(h, NULL, &f) < 0) ...         saved, but not committed: f says why
 *	history_detach(h, &b);
 */
#include <stdbool.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

struct book;
struct buf;
struct history;

struct history_how {
	const char *command;  /* of kith, for the commit's last line "Kith: set" */
	struct date fixed;    /* commit at noon (UTC) of that day; DATE_NONE: by the clock */
};

/*
 * The book is going to be written: have libgit2 loaded meanwhile, where there will be a commit.
 * history_settle lets that come to its end, before the process does.
 */
void history_prepare(const struct book *b);
void history_settle(void);

/*
 * To be called under the book's lock, before the first write. NULL where there is no repository,
 * or the settings say [history] commit = no. What stands in the way of a commit otherwise is
 * told when there is something to commit.
 */
struct history *history_attach(struct book *b, const struct history_how *how);
/* Releases it; what was not committed stays noted. NULL is allowed, here and below. */
void history_detach(struct history *h, struct book *b);

/* The subject of the commit instead of what the changes say. Copied. */
void history_title(struct history *h, struct text subject);
/* What stands behind the command in the commit's last line: "Kith: undo 1a2b3c". Copied. */
void history_about(struct history *h, struct text about);

/*
 * This file is to be committed as it is now, though nobody wrote it here: an edit by hand.
 * Removed when it is not there.
 */
FALLIBLE int history_add(struct history *h, const char *path, struct fault *f);

/*
 * Have HEAD hold exactly these bytes of the file, which are on the disk: before it is removed or
 * replaced as a whole. Commits them at once where it does not. FAULT_NOTFOUND: the book has no
 * history; any other fault: it has one that cannot take them now.
 */
FALLIBLE int history_keep(struct history *h, const char *path, struct text bytes,
			  struct fault *f);

/*
 * Commit what was written, and what was left undone before. *id (may be NULL) gets the short
 * name of the last commit made; nothing when there was nothing to do. A book in a folder of a
 * larger repository that tracks nothing of it is not committed there, unless the settings say
 * [history] commit = yes; that is a fault only where history_add asked for a commit.
 */
FALLIBLE int history_commit(struct history *h, struct buf *id, struct fault *f);

/* Append, once, the lines of what a commit had to tell besides, as that git knows no name. */
void history_hints(struct history *h, struct buf *out);

#endif
