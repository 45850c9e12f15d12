#ifndef THANKS_H
#define THANKS_H
/*
 * thanks - to whom you owe some: somebody gave you something (got:), or sent you somebody (via, an
 * intro: with a link to one who was new to you), and on that day or later their log has no gave:
 * and no entry that says thanks.
 *
 * Of a via without a got: or intro: the day is not known; it is taken for the day you first met the
 * one who was sent, and thanks of the month before count for it.
 */
#include "base/vec.h"
#include "network/network.h"
#include "network/tie.h"

struct debt {
	const struct person *to;
	struct date date;                /* since when; DATE_NONE: not known */
	/* The newest got: or intro: that is not thanked for; may be NULL. */
	const struct summary_entry *entry;
	VEC(const struct person *) sent; /* whom they sent you, not thanked for; no closed doors */
	bool promised;                   /* an open promise of yours to them is about thanks */
};

struct debts {
	VEC(struct debt) list; /* the latest first; those without a date last */
};

/* All that is owed, to everybody but you and whose door is closed. */
void debts_find(struct debts *out, const struct network *net, const struct ties *ties);
void debts_release(struct debts *d);

#endif
