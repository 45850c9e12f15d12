#include "cmd/child.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void on_terminal_keys(void (*handler)(int))
{
	signal(SIGINT, handler);
	signal(SIGQUIT, handler);
}

pid_t child_start(void)
{
	on_terminal_keys(SIG_IGN);
	pid_t pid = fork();
	if (pid <= 0)
		on_terminal_keys(SIG_DFL);
	if (pid == 0)
		signal(SIGPIPE, SIG_DFL);
	return pid;
}

int child_wait(pid_t pid)
{
	int status;
	pid_t done;

	do
		done = waitpid(pid, &status, 0);
	while (done < 0 && errno == EINTR);
	on_terminal_keys(SIG_DFL);
	return done == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
