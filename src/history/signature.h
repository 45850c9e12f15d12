#ifndef SIGNATURE_H
#define SIGNATURE_H
/*
 * signature - the author or committer of a commit, as git-commit-tree(1) finds them, which
 * libgit2 does not.
 */
#include <git2.h>
#include <stdbool.h>

#include "base/date.h"
#include "base/fault.h"

/*
 * role is "author" or "committer". Name and address are the first of GIT_AUTHOR_NAME,
 * author.name, user.name (and so on; EMAIL last) that says something, else author_fallback's. The
 * date is GIT_AUTHOR_DATE, else author_now(fixed). The caller frees it. *named: has anybody said
 * who it is?
 */
FALLIBLE int signature_make(git_config *config, const char *role, struct date fixed,
			    git_signature **out, bool *named, struct fault *f);

#endif
