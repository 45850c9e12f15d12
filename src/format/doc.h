#ifndef DOC_H
#define DOC_H
/*
 * doc - an INI document that loses nothing.
 *
 * A doc is its bytes, and spans over them: reading never fails, never changes a
 * byte, and an edit replaces the lines it is about and no other. The dialect is
 * inih's with the rulings of kith(5):
 *
 *  (a) a comment (# or ;) starts only at the start of a line, after its
 *      indentation, unless (b) takes the line;
 *  (b) a line indented deeper than the key above it continues that key's value,
 *      whatever it holds; a line indented no deeper is a line of its own (a tab
 *      goes to the next multiple of 8 columns; a section header ends the reach
 *      of the key above it, and a key without a name has no reach);
 *  (c) a value is its lines joined with a newline. The white space that each
 *      continuation line shares with the first one's indentation is taken off;
 *      blank lines between two continuation lines are kept as empty lines;
 *      white space at the ends of the value and at the ends of its lines is
 *      not part of it. Comments and junk between are skipped;
 *  (d) no limit on the length of a line, a key, a value or a section name;
 *  (e) keys before any section header belong to [contact], and so do those of
 *      a section without a name; the separator is the first = or :.
 *
 * inih (https://github.com/benhoyt/inih) judges what each line is:
 * ini_parse_stream is fed by a reader of ours that hands it each line without
 * what its build-time limits would cut (long values, ' ;'), and because the
 * handler runs before the next line is read, the bytes of the value are known.
 * Within inih's own limits the sequence (section, key, value) equals plain
 * inih's; a test holds doc to it.
 *
 *	struct doc d;
 *	doc_read(&d, bytes);                      bytes are borrowed
 *	for (size_t i = 0; i < d.n_entries; i++)
 *		if (doc_in(&d, i, "contact") && text_same(d.entries[i].key, TEXT("name")))
 *			doc_set(&d, i, TEXT("Ada"));
 *	... d.bytes is the new text ...
 *	doc_release(&d);
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

struct fault;

enum doc_kind {
	DOC_BLANK,
	DOC_COMMENT,
	DOC_SECTION,
	DOC_ENTRY,        /* the first line of an entry */
	DOC_CONTINUATION, /* a further line of the entry above */
	DOC_JUNK          /* none of these: kept, and reported by check */
};

struct doc_line {
	struct text text; /* without its line ending (and without the BOM on line 1) */
	unsigned char eol; /* bytes of the line ending: 0, 1 (\n) or 2 (\r\n) */
	enum doc_kind kind;
};

struct doc_entry {
	struct text section; /* as written between the brackets; "" before any header */
	struct text key;     /* as written; may be empty */
	struct text value;   /* after (c); a span of the bytes when it is one line */
	size_t line;         /* index into lines of its first line */
	size_t n_lines;      /* up to its last continuation line, whatever lies between */
	unsigned col;        /* 1-based, in bytes: where its first line has the value, or ends */
};

struct doc {
	struct text bytes; /* the whole text as it stands now; what is to be saved */
	struct doc_line *lines;
	size_t n_lines;
	struct doc_entry *entries;
	size_t n_entries;
	struct arena joined; /* values of several lines */
	char *edited;        /* owned: where the bytes are once an edit made them */
	struct doc_made *made;   /* sections that edits of this doc created */
	struct doc_batch *batch; /* edits gathered since doc_begin */
};

/* Read bytes, which are borrowed and must outlive the doc. Never fails, whatever they are. */
void doc_read(struct doc *d, struct text bytes);
void doc_release(struct doc *d);

/* Does entry i belong to the section? Case and white space at the name's ends do not matter. */
bool doc_in(const struct doc *d, size_t i, struct text section);

/*
 * Append v as reading it back would give it: white space trimmed from both ends
 * and from the end of each line, control characters other than newline and tab
 * become U+FFFD (C0, DEL and C1; bytes that are not UTF-8 stay).
 */
void doc_normalise(struct text v, struct buf *out);

/*
 * ---- editing: entries and lines are read anew ----
 *
 * With an edit die the indexes, and all spans and values that were handed out before it. What
 * is passed to an edit may be such a span.
 */

/*
 * Change the value of entry i. The same value changes no byte, and lines of the value that are
 * the same stay as they are. Where the key is empty, the lines of the value become one.
 */
void doc_set(struct doc *d, size_t i, struct text value);

/*
 * Add an entry to the section, which is made (in the order contact, log, todo,
 * others last) when it is missing. `before` is an entry of that section to
 * stand in front of, or DOC_END: behind the section's last entry. Indentation,
 * the spacing around the separator (a column of aligned separators is kept),
 * and the line ending are those of the neighbours; no other line changes
 * meaning. Comments directly above `before` stay with it. FAULT_INVALID when
 * the key cannot be one: empty, white space at an end, a control character, '='
 * or ':' in it, '[', '#', ';' or a BOM in front; or a missing section's name
 * holds ']' or a control character.
 */
#define DOC_END ((size_t)-1)
int doc_add(struct doc *d, struct text section, struct text key, struct text value, size_t before,
	    struct fault *f);

/*
 * Take entry i out; comments and junk between its lines stay. A section that an edit of this
 * doc made goes with its last entry, so that remove after add restores the bytes. An entry
 * with an empty key that keeps deeper lines below it from becoming part of the value above
 * stays, with an empty value.
 */
void doc_remove(struct doc *d, size_t i);

/*
 * Give entry i another key (the same rules as doc_add's), value and spacing untouched.
 * FAULT_INVALID also when its key is empty and deeper lines below would become its value.
 */
int doc_rename(struct doc *d, size_t i, struct text key, struct fault *f);

/*
 * Many edits in the time of one. From doc_begin on doc_set, doc_rename and doc_remove only
 * gather what changes; the doc stays as it is, with its indexes and spans, until doc_commit.
 * The entries are in ascending order, each once; those without a name can only be set, and
 * nothing can be added. A section that an edit made goes only if the one entry removed is its last.
 *
 *	doc_begin(&d);
 *	for (size_t i = 0; i < d.n_entries; i++)
 *		if (text_equal(d.entries[i].value, from))
 *			doc_set(&d, i, to);
 *	doc_commit(&d);
 */
void doc_begin(struct doc *d);
void doc_commit(struct doc *d);

#endif
