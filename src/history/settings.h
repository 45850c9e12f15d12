#ifndef SETTINGS_H
#define SETTINGS_H
/*
 * settings - git's merged configuration of a repository (git-config(1)) as libgit2 has it, and
 * with what libgit2 passes over: GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM, GIT_CONFIG_NOSYSTEM.
 */
#include <git2.h>
#include <stdbool.h>

#include "base/fault.h"

struct buf;

/*
 * A snapshot of the repository's settings, which the caller frees. From then on the repository
 * itself goes by them, too.
 */
FALLIBLE int settings_read(git_repository *repo, git_config **out, struct fault *f);

/* Append a value; nothing when it is not set. */
void settings_get(git_config *config, const char *key, struct buf *out);
/* Is it set, and true? */
bool settings_is(git_config *config, const char *key);

#endif
