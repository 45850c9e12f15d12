#ifndef MERGE_LINES_H
#define MERGE_LINES_H
/*
 * merge_lines - three versions of a text of several lines, made one, line by line.
 */
#include <stdbool.h>

#include "base/text.h"
#include "contact/merge.h"

struct buf;

/*
 * Append what becomes of it. Where both changed the same lines the rule decides, and *conflict
 * becomes true: both stay, in the order of their bytes, or ours do. False, and nothing appended,
 * when they are too long to be compared.
 */
bool merge_lines(struct text base, struct text ours, struct text theirs, enum merge_rule rule,
		 struct buf *out, bool *conflict);

#endif
