#ifndef PROOF_H
#define PROOF_H
/*
 * proof - is everything in a merged file that has to be? It is read anew and counted out,
 * whatever made it.
 */
#include <stdbool.h>

#include "base/text.h"

struct merging;

/*
 * Is every value (item, line of a text, comment) there that both have, or that one added? With
 * `one_sided` what theirs added may be missing.
 */
bool merging_proves(struct merging *g, struct text result, bool one_sided);

#endif
