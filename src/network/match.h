#ifndef MATCH_H
#define MATCH_H
/*
 * match - what somebody needs against what somebody else offers.
 *
 * Words are compared by their stem (Snowball, English) and folded, and a final y is as good as
 * none: "food photographs" is found by "a photographer of food" and by "food photography". Words
 * of other languages match where they are equal. Words that say nothing (a, the, somebody ..) have
 * no say. A title or tag stands in for an offer, at half the score, where it says all of the need:
 * "a photographer" finds who is tagged so. Left out is what has expired, and everybody whose door
 * is not open, but for you.
 *
 *	struct matcher *m = matcher_new(net, NULL, 0);
 *	struct match_pairs pairs = MATCH_PAIRS_INIT;
 *	matcher_find(m, p, &pairs);
 *	match_pairs_release(&pairs);
 *	matcher_free(m);
 */
#include "base/vec.h"
#include "network/network.h"
#include "network/tie.h"

enum offered { OFFERED_IN_WORDS, OFFERED_BY_TITLE, OFFERED_BY_TAG };

struct match_pair {
	const struct person *needs, *offers; /* never the same; one may be you */
	const struct summary_phrase *need;
	struct text offer; /* the phrase, title or tag */
	struct date until; /* of the offer; DATE_NONE: for good */
	enum offered by;
	double score; /* 0 to 1: how much of what they say is said by both; rare words weigh more */
};

struct match_pairs {
	VEC(struct match_pair) list; /* best first, then by ids */
	size_t found; /* how many were seen, also those that are not wanted or were cut off */
};
#define MATCH_PAIRS_INIT { VEC_INIT, 0 }
/* Its memory goes; the pairs borrow from the network. */
void match_pairs_release(struct match_pairs *p);

struct matcher; /* what some people need and offer, ready to be compared */
/* Of these `n` people of the network; of everybody when `people` is NULL. Owned by the caller. */
struct matcher *matcher_new(const struct network *net, const struct person *const *people,
			    size_t n);
void matcher_free(struct matcher *m); /* NULL is fine */

/*
 * All that others offer for the person's needs, and all that others need of what the person offers.
 * Of somebody who fits a need in several ways the best is taken.
 */
void matcher_find(struct matcher *m, const struct person *p, struct match_pairs *out);

/* Is the pair to be told? */
typedef bool (*match_wanted)(void *ctx, const struct match_pair *pair);
/*
 * Of all pairs between others, in which you have no part, the best `most` that are wanted (NULL:
 * all are). With each word of a need the fifty offers that say least else are looked at, so that a
 * word all use costs no more.
 */
void matcher_all(struct matcher *m, size_t most, match_wanted wanted, void *ctx,
		 struct match_pairs *out);

/* Words of a phrase, borrowed from it. */
struct match_words {
	VEC(struct text) list;
};
/* What both sides of the pair say, in the words of the need; appended. */
void matcher_words(struct matcher *m, const struct match_pair *pair, struct match_words *out);

/* Do the two know each other, by what the book says of them? False where one is you. */
bool match_is_tied(const struct match_pair *pair, const struct ties *ties);

/*
 * When you last brought the two together: the day of an intro: in the log of one that links the
 * other. DATE_NONE: you did not.
 */
struct date match_introduced(const struct match_pair *pair, const struct network *net);

/* Has it not expired? It is good on the day, and in the month or year, that it names. */
bool match_is_good(const struct summary_phrase *p, struct date today);

#endif
