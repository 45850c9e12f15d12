#ifndef PROGRAM_H
#define PROGRAM_H
/*
 * program - the git program, run in a repository.
 *
 * All reading of history is done by it: it starts faster than libgit2, has
 * changed-path filters, and knows every kind of repository. It runs in the
 * repository's top without GIT_DIR and its like, finds that repository and no other, asks for
 * nothing (no terminal prompt, no pager), takes no optional locks, fetches nothing and runs no
 * fsmonitor. Its messages are English. Arguments that come from outside stand behind
 * --end-of-options or --, and paths as program_path gives them.
 *
 *	const char *args[] = { "rev-parse", "--verify", "HEAD", NULL };
 *	if (program_run(&repo, args, TEXT_NONE, NULL, &out, &f) < 0) ...
 *
 * Who writes to a program must ignore SIGPIPE: one that ends early is a fault and no more.
 */
#include <stdbool.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/text.h"

struct buf;
struct repo;

/*
 * Run it to its end. `input` is its stdin; stdout is appended to out (NULL: thrown away). `env`
 * (NULL: nothing) is "NAME=VALUE" to be set besides, ending with NULL. FAULT_NOTFOUND: there is
 * no git program; FAULT_OS: it failed, and the message is the first telling line of its stderr.
 */
FALLIBLE int program_run(const struct repo *r, const char *const *args, struct text input,
			 const char *const *env, struct buf *out, struct fault *f);

/* One that is read (and written) while it runs. */
struct program {
	pid_t pid;  /* 0: none runs */
	int in;     /* to its stdin, or -1 */
	int out;    /* from its stdout, or -1 */
	int err;    /* what it says on stderr: a nameless file, so that it never waits for us */
	const char *name; /* of its command, borrowed from the arguments: "log" */
};
#define PROGRAM_NONE { 0, -1, -1, -1, "" }

/* with_input: is something going to be written to it? Else its stdin is /dev/null. */
FALLIBLE int program_start(const struct repo *r, const char *const *args, bool with_input,
			   struct program *out, struct fault *f);
/* For one that was read to its end: close the pipes and wait for it. A fault when it failed. */
FALLIBLE int program_end(struct program *p, struct fault *f);
/* End it now, as nothing more is wanted of it. Safe on PROGRAM_NONE. */
void program_stop(struct program *p);

/* Append git's path (below top) as an argument that means this file and no pattern. */
void program_path(struct text git_path, struct buf *out);

#endif
