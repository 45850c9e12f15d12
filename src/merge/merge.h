#ifndef MERGE_H
#define MERGE_H
/*
 * merge - two versions of a contact that come from the same third one, made one, by field.
 *
 * What only one side changed is taken as it wrote it, byte for byte. Values of keys that
 * repeat, items between commas, lines of [log] and [todo] and comments are sets: the result has
 * what both have, and what either added, and lacks what either took away and the other left as
 * it was. An edit wins over a removal. Nothing that a side has and the base has not is ever lost.
 *
 *	struct merge m = { .base = ..., .ours = ..., .theirs = ... };
 *	merge_run(&m, &out);
 *	merge_release(&m);
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buf;

/*
 * Where the sides disagree: one value was made two different ones, or was changed by one side and
 * taken away by the other; or a key would have lost its last value by both.
 */
struct merge_conflict {
	char *section, *key; /* owned; an empty key: all of the section */
	char *ours, *theirs; /* owned; NULL: that side has none (any more) */
};

enum merge_rule {
	MERGE_BOTH, /* both values stay, adjacent, the longer first: nobody is taken for right */
	MERGE_OURS  /* ours stays, theirs is only told: to take something back without undoing
		       what came later */
};

struct merge {
	struct text base, ours, theirs; /* borrowed: whole files; an empty one: there is none */
	enum merge_rule rule;
	struct merge_conflict *conflicts; /* owned; what was decided by the rule, in file order */
	size_t n_conflicts, cap_conflicts;
};

/*
 * Append the merged file. False, and nothing appended, when one of them is no text or has conflict
 * markers in it already, so that fields mean nothing; or when something would get lost after all,
 * as a comment between the lines of a value that the other side changed: the result is read
 * anew and counted out each time. For MERGE_BOTH a base that is no text is none.
 *
 * Equal sides, or one side equal to the base, give the other's bytes untouched. The result
 * depends on the contents only: for MERGE_BOTH it is the same when the sides are exchanged.
 */
bool merge_run(struct merge *m, struct buf *out);
void merge_release(struct merge *m);

#endif
