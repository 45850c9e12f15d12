#ifndef CHILD_H
#define CHILD_H
/*
 * child - another program at the terminal: editor, pager, fzf. While one runs, Ctrl-C is
 * meant for it and not for us.
 */
#include <sys/types.h>

/* fork: 0 in the child, whose signals are as they were; -1 when it can't be started. */
pid_t child_start(void);

/* Wait for its end; its exit status, or -1 when a signal ended it. */
int child_wait(pid_t pid);

#endif
