#ifndef DOOR_H
#define DOOR_H
/*
 * door - may this person be approached? `open` (the default), `ask` or
 * `closed`; then optional "until DATE", then an optional reason:
 * "closed until 2027-03-01 asked for quiet after the move". A door that cannot be
 * read is closed: better to ask than to intrude.
 */
#include <stdbool.h>

#include "base/date.h"
#include "base/text.h"

enum door_state { DOOR_OPEN, DOOR_ASK, DOOR_CLOSED };

struct door {
	enum door_state state;
	struct date until; /* DATE_NONE: for good. Reached, the door is open again. */
	struct text reason; /* borrowed; the whole value when it is unclear */
	bool unclear;       /* the value could not be read; state is DOOR_CLOSED */
};

/* Read the value; the empty one is an open door. Case and commas behind its parts don't matter. */
void door_parse(struct text value, struct door *out);
/*
 * Of two doors of one person, as a merge that could not decide leaves them, does `a` ask for more
 * restraint than `b`: today, and then for longer?
 */
bool door_is_stricter(const struct door *a, const struct door *b, struct date today);
/* What it is today: the state, or DOOR_OPEN on and after `until`. */
enum door_state door_today(const struct door *d, struct date today);
/* "open", "ask" or "closed". */
const char *door_name(enum door_state s);

#endif
