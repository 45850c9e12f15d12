#ifndef LINES_H
#define LINES_H
/*
 * lines - three versions of a text of several lines, made one, line by line.
 */
#include <stdbool.h>

#include "base/text.h"
#include "merge/merge.h"

struct buf;

/*
 * Append what becomes of it. Where both changed the same lines the rule decides, and *conflict
 * becomes true: both stay, in the order of their bytes, or ours do. False, and nothing appended,
 * when they are too long to be compared.
 */
bool lines_merge(struct text base, struct text ours, struct text theirs, enum merge_rule rule,
		 struct buf *out, bool *conflict);

#endif
