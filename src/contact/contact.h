#ifndef CONTACT_H
#define CONTACT_H
/*
 * contact - one person: a file's doc, read as fields, log and todo.
 *
 * Everything reachable from a contact dies with contact_release. A contact
 * holds its bytes as they were read (`read`), so that a save can tell whether
 * somebody else changed the file meanwhile. Reading never fails: what is not
 * understood is kept, and `damage` says what stands in the way of editing.
 *
 *	struct contact c;
 *	contact_read(&c, "work/ada.ini", bytes);
 *	printf("%.*s", TEXT_FMT(contact_name(&c)));
 *	contact_release(&c);
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"
#include "contact/door.h"
#include "contact/entry.h"
#include "format/doc.h"

/* Why a file cannot be taken for a contact as it is. Ordered: the worst last. */
enum contact_damage {
	CONTACT_SOUND,
	CONTACT_NOT_UTF8,  /* some bytes are no UTF-8 (Latin-1?); editing other lines is safe */
	CONTACT_EMPTY,     /* no byte but white space */
	CONTACT_CONFLICTED,/* unresolved conflict markers: edited by hand only */
	CONTACT_NOT_TEXT   /* NUL bytes, UTF-16: edited by hand only */
};

struct contact {
	const char *path;  /* below the book, '/' between folders; owned by the arena */
	struct text id;    /* the stem of the file name */
	struct doc doc;
	char *read;        /* owned: the bytes as read */
	size_t n_read;
	enum contact_damage damage;
	unsigned damage_line, damage_col; /* where, 1-based; 0 when sound */
	struct arena arena;
};

/* A field as it stands in the file. */
struct contact_field {
	struct text key, base, label, value; /* borrowed */
	size_t entry;                        /* index into doc.entries */
	unsigned line, col;
};

/* ---- reading ---- */

/* Take over `bytes` (owned by the heap, as from buf_take) as the contact in the file `path`. */
void contact_read(struct contact *c, const char *path, char *bytes, size_t n);
/* Safe on a contact of zeros, which it leaves behind. */
void contact_release(struct contact *c);

/* What contact_read would say of the bytes, without reading them. */
enum contact_damage contact_damage_of(struct text bytes);

/* The id a file's path gives: its stem, without folders and ".ini". */
struct text contact_id_of(const char *path);

/* The full display name; the id stands in when there is none. */
struct text contact_name(const struct contact *c);
/* The first value that answers to key (field_answers), or the empty text. */
struct text contact_get(const struct contact *c, struct text key);
/* The next field of [contact] from entry *at on that answers to `key`; any when that is empty. */
bool contact_next(const struct contact *c, struct text key, size_t *at, struct contact_field *out);
/* The door, the strictest today where there are several; an open one when none is written. */
void contact_door(const struct contact *c, struct date today, struct door *out);
/* Does any tags key hold the tag? Without regard to case. */
bool contact_has_tag(const struct contact *c, struct text tag);
/* Is there a reference to the id, as contact_repoint would find it? */
bool contact_refers(const struct contact *c, struct text id);

/*
 * Is it the person who was called so before: the same uid where both have one, else the same id,
 * or one that is an alias now?
 */
bool contact_continues(const struct contact *c, struct text id, struct text uid);

/* The next entry of [log] or [todo], in file order; *line (may be NULL) is its 1-based line. */
bool contact_next_log(const struct contact *c, const struct kinds *k, size_t *at, struct entry *out,
		      unsigned *line);
bool contact_next_todo(const struct contact *c, size_t *at, struct entry *out, unsigned *line);
/* The date of the last encounter not after today (DATE_NONE today: of all), or DATE_NONE. */
struct date contact_last(const struct contact *c, const struct kinds *k, struct date today);

/*
 * ---- editing the doc (in memory; book_edit saves) ----
 *
 * What was handed out before an edit (fields, entries, names) may die with it.
 */

/*
 * FAULT_SYNTAX, with line and column, when editing the file by program could lose something
 * (conflict markers, not text). The caller, who knows the path for longer, names the file.
 */
int contact_editable(const struct contact *c, struct fault *f);

/*
 * Make `value` the key's only value: the first one is changed, further ones of
 * exactly this key are removed. A new key goes behind the last key of the same base.
 * The empty value is a value; contact_unset removes. FAULT_INVALID for several lines where the
 * field takes one, and for what can't be a key ("", ".work").
 */
int contact_set(struct contact *c, struct text key, struct text value, struct fault *f);
/*
 * Add a value that isn't there yet: items of a comma-separated key, a further line of a repeating
 * one. FAULT_INVALID when the key has its one value already, and as contact_set.
 */
int contact_add(struct contact *c, struct text key, struct text value, struct fault *f);
/* Add a line for the key behind the last one of its base, whatever is there already. */
int contact_add_line(struct contact *c, struct text key, struct text value, struct fault *f);
/*
 * Take this value away: items (without regard to case, and the line with the last of them), or
 * whole lines. FAULT_NOTFOUND, and nothing changed, when it isn't there; FAULT_INVALID for no key.
 */
int contact_take(struct contact *c, struct text key, struct text value, struct fault *f);
/* Remove every line of exactly this key. FAULT_NOTFOUND: there is none; FAULT_INVALID: no key. */
int contact_unset(struct contact *c, struct text key, struct fault *f);

/*
 * Add to [log] or [todo] in date order (behind entries of the same date); a
 * log that runs newest first is kept so.
 */
int contact_add_log(struct contact *c, struct date date, struct text value, struct fault *f);
int contact_add_todo(struct contact *c, struct date date, struct text value, struct fault *f);

/*
 * Replace every reference to the id `from` (values of via and knows, [[from]] in log, todo
 * and any other value) by `to`; aliases stay. Returns how many were replaced.
 */
size_t contact_repoint(struct contact *c, struct text from, struct text to);

/* The whole text as it is to be saved. */
struct text contact_bytes(const struct contact *c);
/* Does it differ from what was read? */
bool contact_changed(const struct contact *c);

/* Append a new contact's text: [contact] with the name, then the uid if any; keys are aligned. */
void contact_template(struct text name, struct text uid, struct buf *out);

#endif
