#ifndef DOC_LAYOUT_H
#define DOC_LAYOUT_H
/*
 * doc_layout - how an entry lies on its lines; what doc and doc_edit share.
 *
 * The pieces of a line are spans of it. A layout is a value cut into its lines:
 * the one behind the separator, and those below.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "base/vec.h"

struct doc;
struct doc_entry;

#define DOC_BOM TEXT("\xEF\xBB\xBF")

/* White space of a line, at its front. */
struct text layout_indent(struct text line);
/* How far an indentation goes, in columns. */
size_t layout_depth(struct text indent);
struct text layout_trim_end(struct text t);
/* The name in a section header. */
struct text layout_header(struct text line);
/* A section's name without the white space around it; without a name it is contact. */
struct text layout_section(struct text name);
/* The = or : of the entry. */
const char *layout_separator(const struct doc_entry *e);
/* What stands behind it on that line, white space included. */
struct text layout_behind(const struct doc_entry *e, struct text line);

/* ---- columns ---- */

/* Columns that a text takes at the start of a line, tabs included. */
size_t layout_width(struct text t);
/* The column of the entry's separator. */
size_t layout_separator_column(const struct doc *d, const struct doc_entry *e);

/* A column where separators of keys of different width stand under each other. */
struct layout_column {
	size_t at;      /* 0: there is none */
	size_t entries; /* how many have their separator there */
	size_t width;   /* of the key of one of them */
	bool aligned;   /* another has a key of another width */
	bool touched;   /* by a key, without a gap */
};
/* The one with most entries, of the section or (NULL) of all. O(entries). */
struct layout_column layout_find_column(const struct doc *d, const struct text *section);

/* ---- values ---- */

struct layout {
	struct text first; /* on the line of the key */
	VEC(struct below {
		struct text text; /* without the indentation shared with the first; may be empty */
		size_t line;      /* where it stands in the doc, if it does */
	}) below;
};
#define LAYOUT_INIT { TEXT_NONE, VEC_INIT }

/* The layout that the entry has in the doc, into an empty one. */
void layout_read(const struct doc *d, const struct doc_entry *e, struct layout *out);
/*
 * A layout for a normalised value, borrowed, into an empty one. The first line
 * below gives the others their indentation, so it cannot be empty or have one of
 * its own: then the value begins below the key, as it does when `below` is set.
 */
void layout_make(struct text value, bool below, struct layout *out);
void layout_release(struct layout *l);

/* A control character of Unicode (C0, DEL, C1), newline and tab included. */
bool layout_has_control(struct text t);

#endif
