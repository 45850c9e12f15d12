#ifndef PLACE_H
#define PLACE_H
/*
 * place - where in a block of the leading side the pieces go that only the other side has.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

struct merging;
struct piece;

/* In front of this piece of the leading side; close: of all that goes there the nearest to it. */
struct placed {
	const struct piece *piece;
	size_t before;
	bool close;
	size_t turn; /* in the order of the other side */
};

struct places {
	VEC(struct placed) at; /* in the order in which they come */
};

/* The living pieces of the other side's block that are to stand in the leading side's. */
void merging_place(const struct merging *g, size_t lead_block, size_t other_block,
		   struct places *out);
void places_release(struct places *p);

#endif
