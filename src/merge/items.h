#ifndef ITEMS_H
#define ITEMS_H
/*
 * items - keys whose values are items between commas: one set, however many lines it is on.
 */
struct group;
struct merging;

/* Decide what becomes of the lines of such a key. */
void items_decide(struct merging *g, const struct group *lines);

#endif
