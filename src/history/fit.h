#ifndef FIT_H
#define FIT_H
/*
 * fit - may libgit2 commit here, or would the commit lack what the user has set up?
 */
#include <git2.h>

#include "history/commit.h"

/*
 * Why the git program has to do it, in a few words of our own; NULL: libgit2 may. Asked are
 * what libgit2 1.5 passes over in silence: signing, hooks, filters (the plain text would be
 * committed), settings of one work tree, dates that only git reads or writes.
 */
const char *fit_why_not(const struct commit_job *job, git_config *config, git_index *index);

#endif
