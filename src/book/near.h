#ifndef NEAR_H
#define NEAR_H
/*
 * near - how many slips of the finger lie between two words: a letter too
 * many, too few, another one, or two changed places (the restricted
 * Damerau-Levenshtein distance, in bytes).
 */
#include <stddef.h>

#include "base/text.h"

/* Longer texts are near nothing. */
enum { NEAR_LONGEST = 64 };

/* How many slips still make a name of n bytes recognisable: a third of it. */
size_t near_limit(size_t n);

/* The distance, or limit + 1 when it is more than limit. */
size_t near_distance(struct text a, struct text b, size_t limit);

#endif
