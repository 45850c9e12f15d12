#ifndef MOVES_H
#define MOVES_H
/*
 * moves - who got another name or folder: of contacts that are gone and contacts that are new,
 * two are the same person where contact_continues says so.
 *
 *	struct move list[] = { { .gone = &paul }, { .made = &novak } };
 *	moves_find(list, 2);
 *	if (list[1].other != MOVE_NONE) ... list[list[1].other].gone ...
 */
#include <stddef.h>

struct contact;

struct move {
	const struct contact *gone, *made; /* one of them; or none, and it has no part in this */
	size_t other; /* becomes the place of the same person in the list, or MOVE_NONE */
};
#define MOVE_NONE ((size_t)-1)

/*
 * Nobody has two others. The same uid goes before the same id, and that before an alias; of
 * several who are alike the first takes the first. Files other than ".ini" have no other.
 */
void moves_find(struct move *list, size_t n);

#endif
