#ifndef CONTACT_JSON_H
#define CONTACT_JSON_H
/*
 * contact_json - a contact as JSON, the shape promised in kith(5).
 *
 * {"id","path","name", KEY.., "log":[..], "todo":[..]}: a key that repeats or
 * takes labels is an array of {"value","label"?} in file order, a single one a
 * string, tags an array of strings; needs and offers have a phrase each, with "until".
 */
#include <jansson.h>
#include <stdbool.h>

#include "base/text.h"
#include "contact/contact.h"

/* A new object with these two alone: what every reply about a contact has. Owned by the caller. */
json_t *contact_json_bare(struct text id, const char *path);
/*
 * The whole contact, or only id, path and what `keys` (n of them, borrowed) ask for:
 * keys of [contact], "log", "todo", "last". n = 0: everything. Owned by the caller.
 */
json_t *contact_json(const struct contact *c, const struct kinds *k, const struct text *keys,
		     size_t n);

/* A whole or partial date, or null for none. */
json_t *date_json(struct date d);

/*
 * One log entry: {"date","kind","event","text","people","tags"}; the event is null when there is
 * none. `date` is as it stands in the file.
 */
json_t *entry_json_log(const struct entry *e, struct text date);
/*
 * One todo entry: {"date","who","text"}. `date` is as it stands in the file, so that one which is
 * no date is seen.
 */
json_t *entry_json_todo(const struct entry *e, struct text date);

#endif
