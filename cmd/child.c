#include "cmd/child.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the signals of the terminal's keys did before a child was started. */
static struct sigaction interrupt, quit;

static void give_back_keys(void)
{
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
}

pid_t child_start(void)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	pid_t pid = fork();
	if (pid <= 0)
		give_back_keys();
	if (pid == 0) {
		signal(SIGPIPE, SIG_DFL); /* these two main ignores */
		signal(SIGXFSZ, SIG_DFL);
	}
	return pid;
}

int child_wait(pid_t pid)
{
	int status;
	pid_t done;

	do
		done = waitpid(pid, &status, 0);
	while (done < 0 && errno == EINTR);
	give_back_keys();
	return done == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
