#ifndef CHECK_FIELDS_H
#define CHECK_FIELDS_H
/*
 * check_fields - one contact, or the settings, line by line: each key and value by its kind.
 * What must be compared with other files goes into claims.
 */
#include "base/date.h"
#include "base/text.h"

struct claims;
struct contact;
struct findings;
struct kinds;

/* `path` (borrowed by the claims) is the contact's. */
void check_fields(const struct contact *c, const char *path, const struct kinds *k,
		  struct date today, struct claims *claims, struct findings *out);

/* The text of .kith/config. */
void check_config(struct text bytes, struct claims *claims, struct findings *out);

#endif
