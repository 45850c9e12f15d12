#ifndef ENTRY_H
#define ENTRY_H
/*
 * entry - one line of [log] or [todo].
 *
 *	2026-09-14 = @dunkin-main met: waiting out a storm -> [[ana-ruiz]] #horror
 *
 * Log: DATE = [@event] [KIND:] TEXT. Todo: DATE = [they:] TEXT. @slug is an
 * event or place, #tag a topic, [[id]] another contact; each at the start of a
 * word ([[id]] anywhere). All texts are borrowed from the doc.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"

struct buf;

/* The kinds there are: the built-in ones, then those of the book's settings. */
struct kinds {
	struct text *own; /* borrowed; lower case */
	size_t n_own;
};
#define KINDS_BUILT_IN ((const struct kinds *)0) /* no own ones */

struct entry {
	struct date date;  /* DATE_NONE when the key is no date or has no year (then bad_date) */
	bool bad_date;
	struct text kind;  /* log: "met" when none is written; todo: empty */
	bool they;         /* todo: the promise is theirs */
	struct text event; /* without the @; the leading one, else the first in text, or empty */
	bool leads;        /* the event stood in front and is not in the text */
	struct text text;  /* what is left when leading event and kind are taken off */
};

/* met call mail chat letter gave got intro won lost note, then NULL. */
extern const char *const entry_kinds[];

/* Is the word a kind? *kind (may be NULL) is its lower-case form. */
bool entry_is_kind(const struct kinds *k, struct text word, struct text *kind);
/* Every kind but note is an encounter. */
bool entry_is_encounter(const struct entry *e);

/* Read the key and value of a line of [log] or [todo]. Never fails: an unknown kind is text. */
void entry_parse_log(struct text date, struct text value, const struct kinds *k, struct entry *out);
void entry_parse_todo(struct text date, struct text value, struct entry *out);

/*
 * Append the value that parses to these parts ("@event kind: text", "they: text"). An event is
 * a name as entry_next_mark has it; it and kind may be empty. Met is written only where the text
 * could be taken for an event or a kind otherwise, or where nothing else is.
 */
void entry_format_log(struct text event, struct text kind, struct text text, struct buf *out);
void entry_format_todo(bool they, struct text text, struct buf *out);

enum mark { MARK_EVENT = '@', MARK_TAG = '#', MARK_PERSON = '[' };
/*
 * The next mark of the text from *at on: its kind, and the name without signs
 * ("dunkin-main", "horror", "ana-ruiz"). A name is letters, digits, '-', '_', '.'
 * (no '.' at its end) and any non-ASCII, a tag's begins with a letter; an id
 * is all between [[ and ]] on one line, trimmed. A word begins at the start or
 * after white space, ( [ " ' or `. Returns 0 at the end.
 */
int entry_next_mark(struct text text, size_t *at, struct text *name);

/* Is the word an @event and nothing else? *name is the event without its sign. */
bool entry_is_event(struct text word, struct text *name);

/*
 * The next [[id]] of the entry's text from *at on. *present: that person took part, as a link in
 * a met, call, mail, chat, letter or own kind says, unless "->" stands before it: behind the arrow
 * is who was spoken of. What *present says is built upon from call to call, as *at is. False at
 * the end.
 */
bool entry_next_person(const struct entry *e, size_t *at, struct text *id, bool *present);

/*
 * Append the text with [[id]] of each of n people who took part but number `but`, if they are not
 * linked in it yet: at its end, or in front of "->".
 */
void entry_link(struct text text, const struct text *ids, size_t n, size_t but, struct buf *out);

/*
 * Are they thanks of yours? Of a kind or with a word, a #topic too, that begins with "thank":
 * "thanked him", "a thank-you", "#thanks". What begins with "they:" (behind "done:" too) is theirs.
 */
bool entry_says_thanks(const struct entry *e);

#endif
