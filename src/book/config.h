#ifndef CONFIG_H
#define CONFIG_H
/*
 * config - settings: the book's own (.kith/config, kept with the book) and the
 * user's ($XDG_CONFIG_HOME/kith/config). Read with inih's rules through doc. Written
 * by people alone, but for `me`, which follows when that contact gets another id.
 * Unknown sections and keys are findings of check, not errors.
 *
 *	[book]    me = ID
 *	[every]   TAG = CADENCE
 *	[event]   SLUG = DATE TEXT
 *	[kinds]   KIND = what it means
 *	[history] commit = yes|no
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"
#include "contact/entry.h"
#include "contact/terms.h"

struct buf;

enum config_commit { COMMIT_UNSAID, COMMIT_YES, COMMIT_NO };

struct config {
	struct text me;     /* id of the contact who is the user; empty: not said */
	struct kinds kinds; /* own kinds of [kinds] */
	struct tag_cadence *every; /* that can be read */
	size_t n_every;
	struct planned_event *events; /* in the order of the file, that have a date */
	size_t n_events;
	enum config_commit commit; /* [history] commit; what can't be read is no */
	struct arena arena; /* owns all of it */
};
#define CONFIG_INIT { 0 }

/* Read the text of .kith/config. Never fails: what can't be read is left out (check reports it). */
void config_read(struct config *c, struct text bytes);
void config_release(struct config *c);

/* Append the text with [book] me = `from` made `to`; nothing, and false, where it isn't so. */
bool config_repoint(struct text bytes, struct text from, struct text to, struct buf *out);

/* Read the value of an [event]: a date, then text (borrowed). False when no date is in front. */
bool config_parse_event(struct text value, struct date *date, struct text *text);

/*
 * The folder of the book, by the first that says so: `given` (--book), $KITH_BOOK, the
 * nearest parent of the working directory with .kith/, the key `book` of the user's settings
 * (absolute, or below the home folder), ~/contacts. *out is owned by the caller.
 * FAULT_NOTFOUND, with what to do, when it isn't there.
 */
FALLIBLE int config_find_book(const char *given, char **out, struct fault *f);

/* The user's folder for caches: $XDG_CACHE_HOME, else ~/.cache. Appended; false: there is none. */
bool config_cache_folder(struct buf *out);

#endif
