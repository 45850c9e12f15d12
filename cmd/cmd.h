#ifndef CMD_H
#define CMD_H
/*
 * cmd - what a command is, and what it is given.
 *
 * A command lives in cmd/NAME.c and ends with `const struct command cmd_NAME`,
 * which says everything about it; the Makefile collects them, so adding a
 * command is adding a file. A command parses its arguments, calls src/, prints
 * through out and returns an exit status; it decides nothing about contacts.
 *
 * stdout is data, stderr is talk. All text that comes from files or arguments
 * goes through out.h or app_say, which make it safe for a terminal.
 */
#include <stdbool.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"
#include "book/book.h"
#include "cmd/opt.h"
#include "cmd/out.h"
#include "history/repo.h"

struct command;
struct history;
struct index;
struct past;

enum exit_status {
	EXIT_DONE = 0,
	EXIT_NO = 1,      /* the answer is no: nothing found, findings, ambiguous */
	EXIT_USAGE = 2,
	EXIT_FAIL = 3,
	EXIT_CONFLICT = 4 /* left for the user */
};

struct app {
	const struct command *cmd;
	const char *book_dir; /* --book */
	bool json, quiet, no_pager;
	bool cached;          /* --cached: a reading command answers from the index as it is */
	bool no_index;
	bool incomplete;      /* a folder could not be read: the answer is one that failed */
	struct out out;
	struct date today;    /* KITH_NOW or the clock */
	struct book book;     /* open when the command NEEDS_BOOK */
	struct index *index;  /* the book's, or NULL: none is to be used */
	struct history *history; /* while the book is locked; NULL: none is kept */
	struct repo repo;     /* of the past */
	struct past *past;    /* once app_open_past was called */
};

enum command_needs {
	NEEDS_BOOK = 1 << 0,
	USES_PAGER = 1 << 1, /* long output on a terminal goes through a pager */
	NEGATIVE_ARGS = 1 << 2, /* "-word" is an argument when it is no option */
	READS = 1 << 3,       /* has --json */
	WRITES = 1 << 4       /* changes contacts, whatever it is given: history is made ready */
};

struct command {
	const char *name, *group;      /* groups order help: see manual.c */
	const char *aliases;           /* "ls find", or NULL */
	const char *args;              /* "NAME KEY=VALUE..." */
	const char *summary;           /* one line, no full stop */
	const char *help;              /* paragraphs, see cmd/help.h for the marks */
	const struct opt *opts;        /* own options, or NULL */
	unsigned needs;
	const char *completes;         /* its arguments: "id key=*", "query*"; * repeats */
	int (*run)(struct app *app, int argc, char **argv);
};

/* All of them, in the order of groups and then names; ends with NULL. Made by the Makefile. */
extern const struct command *const commands[];
extern const struct opt common_opts[];
const struct command *command_find(const char *name); /* by name or alias, else NULL */

/* ---- saying ---- */

/* To stderr, one line, unless -q; the text is made visible. */
void app_say(struct app *app, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/*
 * "kith CMD: message" or "file:line:col: message" to stderr; returns the exit status of the
 * fault.
 */
int app_fault(struct app *app, const struct fault *f);
/* FAULT_USAGE with a hint at `kith help CMD`; returns EXIT_USAGE. */
int app_usage(struct app *app, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The path of a contact as one can open it from here: below the working directory, else in full. */
void app_file(const struct app *app, const char *path, struct buf *out);

/*
 * What is damaged in the files a reading command met, on stderr: at most ten lines, then how
 * many more. Returns EXIT_FAIL when a file could not be read, else EXIT_DONE.
 */
struct findings;
int app_damage(struct app *app, const struct findings *list);

/* ---- the book ---- */

/* Find it, open it, and give it its index; done by main for a command that NEEDS_BOOK. */
FALLIBLE int app_open_book(struct app *app, struct fault *f);
/* Give all that back; done by main. */
void app_close_book(struct app *app);

/*
 * What the book was: app->past is open afterwards, for as long as the book is. Returns 0, or
 * the exit status, having said why there is no history to be read.
 */
int app_open_past(struct app *app);

/* ---- finding and changing ---- */

/*
 * List the book's files, naming on stderr what is no file of it (symlinks). Returns 0 or the
 * exit status.
 */
int app_list(struct app *app);

/*
 * The one contact that NAME means. On a terminal several candidates are offered to pick from.
 * On failure it has said so, and returns the exit status; 0 and *path (owned by the book)
 * otherwise.
 */
int app_resolve(struct app *app, struct text name, const char **path);
/* The same for a name that the arguments make together; none at all is wrong usage. */
int app_resolve_words(struct app *app, int argc, char **argv, const char **path);

/*
 * Take the lock, waiting up to 30 s; says so and returns the exit status when it can't be had.
 * From then on Ctrl-C and the like wait, so that no write is cut short.
 */
int app_lock(struct app *app);
/*
 * Commit what was written and give the lock back; who asked to stop meanwhile is heard now. Done
 * by main when the command is over. What could not be committed is said, and is no failure: the
 * files are safe.
 */
void app_unlock(struct app *app);
/*
 * The same for a command that wants to tell of its commit: *id (may be NULL) is its short name,
 * empty when there was nothing to commit. Returns 0 or the exit status, having said why.
 */
int app_commit(struct app *app, struct buf *id);
/* Has somebody asked to stop since? A command that writes many files looks after each. */
bool app_interrupted(void);

/*
 * book_edit, and say on stderr "ID: what" or that nothing changed. The lock must be held.
 * Returns the exit status.
 */
int app_change(struct app *app, const char *path, book_change change, void *ctx, const char *what);

/*
 * Are more contacts gone at once than a person takes away: ten, and a fifth of those there were?
 * An unmounted disk, a wrong folder, a wrong commit?
 */
bool app_too_many(size_t gone, size_t of);

/* Is there a person to ask (stdin and stderr are terminals)? */
bool app_can_ask(void);
/* A yes or no question on stderr; false without a terminal, at end of input, and by default. */
bool app_ask(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * The whole day that --on names; NULL leaves *out. A weekday is the last one, as what is told has
 * happened. Returns 0, or EXIT_USAGE, having said so.
 */
int app_date(struct app *app, const char *typed, struct date *out);
/* Arguments joined with a space each, appended. */
void app_join(int argc, char **argv, struct buf *out);
/* All of stdin, which must be UTF-8. Returns 0 or the exit status, having said so. */
int app_read_stdin(struct app *app, struct buf *out);
/* For arguments that get written: one that is no UTF-8. Returns 0 or EXIT_USAGE, having said so. */
int app_check_args(struct app *app, int argc, char **argv);

#endif
