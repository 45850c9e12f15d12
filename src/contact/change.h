#ifndef CHANGE_H
#define CHANGE_H
/*
 * change - what is different between two versions of a contact, value by value.
 *
 * A value is an item of a key whose values are items between commas, a whole value of any
 * other key, a line of [log] or [todo], a key of a section of the user's own. Which line it
 * stands on, how it is indented and in what order does not matter.
 *
 *	struct changes list = CHANGES_INIT;
 *	changes_between(&before, &after, &list);
 *	changes_describe(&list, 60, &out);              "email.work, +tags writer"
 *	changes_release(&list);
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buf;
struct contact;

/* A value, and where it stands. All of it is borrowed from the contact. */
struct change_value {
	struct text section;  /* "contact", "log", "todo" in small letters, others as written */
	struct text key;      /* as written; of log and todo: the date as written */
	struct text text;
	size_t entry;         /* index into doc.entries */
};
/* How far one has come in a contact; zeros at first. */
struct change_at {
	size_t entry;
	bool inside;          /* of it some items have been told of; these are left: */
	struct text items;
};
/* The next value, in file order; false at the end. */
bool change_next_value(const struct contact *c, struct change_at *at, struct change_value *out);

enum change_kind {
	CHANGE_ADDED,   /* before is empty */
	CHANGE_REMOVED, /* after is empty */
	CHANGE_SET      /* one value in place of another */
};

struct change {
	enum change_kind kind;
	struct text section, key;  /* as of a value */
	struct text before, after; /* borrowed from the two contacts, as section and key are */
	bool only; /* ADDED: the key had no value before; REMOVED: it has none any more */
};

struct changes {
	struct change *at; /* owned; in the order of the later version, what is removed behind
			      the rest of its section */
	size_t n, cap;
	bool layout; /* no value differs, but some byte does: comments, spacing, order */
};
#define CHANGES_INIT { 0 }

/*
 * Append what became of `before` in `after`. NULL stands for a contact that is not there: all
 * is added, or removed. Of a key with several values those that both have are no change (what
 * stood twice and stands once is removed once); what is left of the two is paired as SET where
 * exactly one is left on each side (of [log] and [todo]: under the same date), and added and
 * removed otherwise. uid is a value like any other.
 */
void changes_between(const struct contact *before, const struct contact *after,
		     struct changes *out);
void changes_release(struct changes *list);

/* Append what it is about: "title", "log 2026-11-18", "todo 2026-12-05", "garden.roses". */
void change_name(const struct change *c, struct buf *out);

/*
 * Append them in a few words, as set, tag and log say what they did: "title" (set, or first
 * set), "-title" (gone), "-email x@y.example" (one of several), "log 2026-11-18", "-todo ..".
 * Items are named, "+tags writer", but where several came or went with their key: "tags".
 * Values are cut short. What goes beyond `columns` is counted: "title, +tags writer and 3 more".
 * "layout" when nothing but that changed. One line; not made visible.
 */
void changes_describe(const struct changes *list, size_t columns, struct buf *out);

#endif
