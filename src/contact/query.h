#ifndef QUERY_H
#define QUERY_H
/*
 * query - which contacts are meant.
 *
 *	word            anywhere in the contact (its id, each value of each section but uid):
 *	                the start of a word, or any part of one from three letters on;
 *	                folded (case, diacritics)
 *	#tag  @event    a tag of the person or a topic of the log; an event of log or todo
 *	field:text      the word in this field; email.work:text in this label
 *	field=exact     a value of the field, or an item of it, is exactly this (folded)
 *	field:          has the field at all
 *	phone:digits    digits compared however they are written
 *	since:DATE      last encounter on DATE or later; before:DATE earlier.
 *	                No encounter at all is neither. DATE as date_read takes it
 *	-term           not
 *	a OR b, ( )     either, grouping; terms side by side must all hold
 *	"a phrase"      these characters in a row, white space folded; also within a
 *	                term: org:"night harbor", #"book club", since:"2 weeks ago"
 *
 * Besides the keys of the file, `id`, `path`, `log`, `todo`, `event`, `kind`, `door`
 * (what it is today) can be asked as fields; `tag` is `tags`. A word of four digits or
 * more also finds phone numbers. Evaluated on a contact; no index is needed.
 */
#include <stdbool.h>

#include "base/date.h"
#include "base/text.h"

struct bits;
struct contact;
struct fault;
struct kinds;
struct lookup;
struct query; /* owned by the caller, query_free */

/*
 * Parse; `today` is what dates are counted from. FAULT_USAGE with a column when it makes
 * no sense (an open quote, a lone OR, a bad date).
 */
int query_parse(struct text text, struct date today, struct query **out, struct fault *f);
void query_free(struct query *q);
/* Does it ask for nothing (no terms)? Everything matches then. */
bool query_is_empty(const struct query *q);

/*
 * Could the file with this path and these bytes hold a contact that matches? False is certain, and
 * found sooner than by reading the contact. Safe to call from several threads at once.
 */
bool query_may_match(const struct query *q, const char *path, struct text bytes);

/* Clear in `files` those that surely don't match. */
void query_narrow(const struct query *q, const struct lookup *l, struct bits *files);

/*
 * Does the contact match? *rank (may be NULL) is 0 when every word is in a
 * name, 1 when in a name, nick or e-mail, 2 else: smaller comes first. Only plain
 * words have a say in it. k may be KINDS_BUILT_IN.
 * Safe to call from several threads at once with one query.
 */
bool query_match(const struct query *q, const struct contact *c, const struct kinds *k, int *rank);

#endif
