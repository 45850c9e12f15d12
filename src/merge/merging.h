#ifndef MERGING_H
#define MERGING_H
/*
 * merging - a merge under way: what its parts share.
 */
#include "base/arena.h"
#include "merge/merge.h"
#include "merge/match.h"
#include "merge/version.h"

struct merging {
	enum merge_rule rule;
	struct arena arena;
	struct version of[SIDES];
	struct match match;
	enum side lead; /* whose order the result has: ours or theirs */
	enum side other;
};

/* Either of ours and theirs, given the other. */
static inline enum side merging_other(enum side s)
{
	return s == SIDE_OURS ? SIDE_THEIRS : SIDE_OURS;
}

#endif
