#ifndef AUTHOR_H
#define AUTHOR_H
/*
 * author - who makes a commit, and when: the pieces of the author and committer lines of
 * git-commit-tree(1).
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/text.h"

struct buf;

struct moment {
	int64_t time; /* seconds since 1970, never before (git knows no earlier ones) */
	int zone;     /* minutes east of UTC */
};

/*
 * Append the name or address as git stores one: without control characters, '<' and '>', and
 * without the punctuation at its ends that git takes off. May append nothing.
 */
void author_clean(struct text t, struct buf *out);

/*
 * A date of git's environment: "@1767225600 +0100", the '@' may be missing, or ISO 8601
 * ("2026-01-01T00:00:00+01:00", a space for the T, Z for the zone). False: another form.
 */
bool author_moment(struct text t, struct moment *out);

/* Noon (UTC) of the day, or now when it is DATE_NONE. */
struct moment author_now(struct date fixed);

/*
 * Who it is where nobody has said: LOGIN of the user, LOGIN@HOST. Both appended; never
 * empty ("kith" and "localhost" at the last).
 */
void author_fallback(struct buf *name, struct buf *email);

#endif
