#ifndef REFERRAL_H
#define REFERRAL_H
/*
 * referral - who came through whom, as a forest: via, and got: and intro: with links, make it.
 *
 * Everybody in it stands in full once: under the first via that is a contact, else under who sent
 * them first, else under a via in free text. Under all others whom they came through they stand
 * again, with nothing below. A circle is broken at the one of it whom you met first, who then
 * stands at the top.
 *
 *	struct referrals list;
 *	referrals_find(&list, net, &ties);
 *	for (size_t i = 0; i < list.list.n; i++) ... list.list.at[i].depth
 *	referrals_release(&list);
 */
#include <stdint.h>

#include "base/vec.h"
#include "network/network.h"
#include "network/tie.h"

#define REFERRAL_NONE SIZE_MAX

struct referral {
	const struct person *person; /* NULL: not in the book, known by name */
	struct text name;
	struct date sent; /* the day of a got: or intro: of who stands above; DATE_NONE: a via */
	size_t depth;     /* 0: at the top */
	size_t up;        /* place in the list of who stands above; NONE at the top */
	size_t full;      /* place in the list where they stand in full: here, or elsewhere */
	size_t closes;    /* of who stands above as well, which makes a circle; NONE: nobody does */
	size_t below;     /* how many came through them down the whole chain, in the list or not */
	size_t won;       /* how many of those have a won: in their log */
};

struct referrals {
	VEC(struct referral) list;
	VEC(struct text) names; /* of those who are not in the book */
};

/*
 * Those who were asked for, whom they came through and who came through them, at any depth:
 * everybody before those below them, the trees with most people first, else by the day they came
 * (sent, or the first encounter). You and who stands alone are left out. Doors are not looked at.
 */
void referrals_find(struct referrals *out, const struct network *net, const struct ties *ties);
void referrals_release(struct referrals *r);

#endif
