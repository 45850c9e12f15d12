#ifndef FIELD_H
#define FIELD_H
/*
 * field - the keys of [contact]: one table that says of each what it is.
 *
 * A key is written `base` or `base.label` ("email.work"). Keys that are not in
 * the table are the user's own: kept, shown, searched; they may repeat and
 * carry a label. Everything that treats keys differently (check, JSON, show,
 * search, kith(5)) asks here. To add a field is to add a line to the table.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"

enum field_kind {
	FIELD_TEXT,
	FIELD_NAME,    /* one of the names a person goes by */
	FIELD_EMAIL,
	FIELD_PHONE,
	FIELD_URL,
	FIELD_ADDRESS,
	FIELD_DATE,    /* whole or partial */
	FIELD_DAY,     /* a whole date */
	FIELD_TAGS,    /* words between commas */
	FIELD_PHRASES, /* phrases between commas, each with optional "until DATE" */
	FIELD_PERSON,  /* id of a contact, or free text */
	FIELD_PEOPLE,  /* ids between commas */
	FIELD_CADENCE,
	FIELD_DOOR
};

/* Which matches of a plain word come first; what programs made up (uid) has none at all. */
enum field_weight { FIELD_FIRST, FIELD_SECOND, FIELD_REST, FIELD_UNSEARCHED };

struct field {
	const char *key;
	bool repeats;
	bool labelled;
	bool lines;             /* may have several lines by nature */
	enum field_kind kind;
	enum field_weight weight;
	const char *vcard;      /* property (RFC 6350, RFC 9554) that fits best; NULL: X-KITH-KEY */
	const char *about;      /* one line for kith(5): what it holds */
};

extern const struct field fields[];
extern const size_t n_fields;

/* Cut "email.work" at its first dot; label is empty when there is none. Either may be empty. */
void field_split(struct text key, struct text *base, struct text *label);

/*
 * The table's line for a whole key ("email.work" finds email), NULL for the user's own. A label
 * where none is allowed ("name.stage") makes a key the user's own.
 */
const struct field *field_find(struct text key);

/* May the key stand several times with a value each? True for the user's own. */
bool field_repeats(struct text key);
/* Is its JSON an array of {"value","label"} (it repeats or takes labels) or a string? */
bool field_is_array(struct text key);
/* Is its value items between commas? `f` may be NULL, the user's own: no. */
bool field_holds_items(const struct field *f);
/* The same key for a person: same base, same label, without regard to case. */
bool field_same(struct text key, struct text other);
/* Does `key` answer to `asked`? email and email.work answer to "email", email.work to itself. */
bool field_answers(struct text key, struct text asked);

/*
 * The next item of a comma-separated value off the front of *rest, trimmed;
 * empty items are passed over. False at the end.
 */
bool field_next_item(struct text *rest, struct text *item);

/* Cut "convention contacts until 2027-03-01" into phrase and date; DATE_NONE when it has none. */
void field_cut_until(struct text item, struct text *phrase, struct date *until);

#endif
