#ifndef BRIEF_H
#define BRIEF_H
/*
 * brief - what to know of several people before you meet them: whom to know again, whom you have
 * not seen for long, what is promised, who should meet whom.
 *
 *	struct brief brief;
 *	brief_make(&brief, net, &ties, people, n, 5);
 *	brief_release(&brief);
 */
#include "base/vec.h"
#include "network/event.h"
#include "network/match.h"
#include "network/network.h"
#include "network/tie.h"

/* Everybody is in one of them. */
enum brief_group {
	BRIEF_CLOSED,    /* whose door is closed: to be left in peace */
	BRIEF_STRANGERS, /* seen on two days at most, or not in touch for two years */
	BRIEF_QUIET,      /* of the others, who is less than warm, or past the limit of a cadence */
	BRIEF_WELL,      /* the rest of those you met */
	BRIEF_NEW,       /* never met */
	BRIEF_GROUPS
};
enum brief_group brief_group_of(const struct person *p, struct date today);

/* Some people; those of an event, or of a group. */
struct brief_people {
	VEC(const struct person *) list;
};

struct brief_promise {
	const struct person *person;
	const struct summary_promise *promise;
};

struct brief {
	/*
	 * Strangers: the last met first; cold: the best known first; well: the warmest first; new
	 * and closed by name.
	 */
	struct brief_people groups[BRIEF_GROUPS];
	VEC(struct brief_promise) promises; /* yours and theirs, by date; none of closed doors */
	struct matcher *matcher;            /* of these people and you */
	struct match_pairs fits;            /* theirs and yours */
	struct match_pairs meet;            /* among them, who don't know each other yet */
};

/* Of these people, you left out; the best `most` of `meet`. All is borrowed from the network. */
void brief_make(struct brief *out, const struct network *net, const struct ties *ties,
		const struct person *const *people, size_t n, size_t most);
void brief_release(struct brief *b);

/* Everybody who was at the event on any day, or is promised for it; by place in the network. */
void brief_of_event(const struct event *e, const struct network *net, struct brief_people *out);

/* Whom somebody sent you, and what came of it. */
struct brief_sent {
	const struct person *who;
	struct date date;   /* when; else when you first met; DATE_NONE: not known */
	enum deed outcome;  /* DEED_WON or DEED_LOST, the later one; DEED_NOTE: neither */
	struct date since;  /* of the outcome */
};
struct brief_sents {
	VEC(struct brief_sent) list; /* by place in the network */
};
/* By their `via` and by what the giver's log says; appended. */
void brief_find_sent(const struct ties *ties, const struct person *giver, struct brief_sents *out);

#endif
