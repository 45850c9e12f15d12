#ifndef TIE_H
#define TIE_H
/*
 * tie - what is known between two people of the book, other than you: who sent whom, who knows
 * whom, who sat at one table. Events are no ties, as two of five thousand visitors need not have
 * met: see roster.h.
 *
 *	struct ties ties;
 *	ties_find(&ties, net);
 *	for (const struct tie *const *t = ties_of(&ties, p, &n); n--; t++) ...
 *	ties_release(&ties);
 */
#include "base/vec.h"
#include "network/network.h"

enum tie_kind {
	TIE_VIA,     /* `to` says via = `from` */
	TIE_SENT,    /* a got: or intro: of `from` links `to`, who was new to you: tie_is_new */
	TIE_KNOWS,   /* `from` says knows = `to`, or knows.sister = .. */
	TIE_TOGETHER /* they took part in the same entry; `from` is before `to` in the network */
};

struct tie {
	const struct person *from, *to; /* never the same, and never you */
	enum tie_kind kind;
	struct text label; /* of TIE_KNOWS, may be empty */
	struct date date;  /* SENT: the first time; TOGETHER: the last; else DATE_NONE */
	size_t times;      /* TOGETHER: on how many days; else 1 */
};

struct ties {
	VEC(struct tie) all; /* by from, to, kind, label; nothing twice */
	const struct tie **near; /* owned; by person: those from and to each */
	size_t *starts;          /* owned */
	const struct network *net;
};

/*
 * Ids nobody has, a person's tie to themselves and free text are left out, and so is what lies in
 * the future. In an entry with more than eight people each is tied to the one in whose log it
 * stands alone: it is an evening then and no table.
 */
void ties_find(struct ties *ties, const struct network *net);
void ties_release(struct ties *ties);
/* Those of one person, in either direction, by from, to, kind; *n says how many. */
const struct tie *const *ties_of(const struct ties *ties, const struct person *p, size_t *n);

/* Had you not met them before that day? */
bool tie_is_new(const struct person *who, struct date day);

#endif
