#include "history/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/vec.h"
#include "history/repo.h"

enum { PIECE = 1 << 16, STDERR_LIMIT = 1 << 14 };

/*
 * What would lead git to another repository, or have it take paths otherwise: what `git rev-parse
 * --local-env-vars` names, and some that it forgets.
 */
static const char *const unwanted[] = {
	"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_ATTR_SOURCE", "GIT_COMMON_DIR", "GIT_CONFIG",
	"GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_DIR", "GIT_GLOB_PATHSPECS",
	"GIT_GRAFT_FILE", "GIT_ICASE_PATHSPECS", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
	"GIT_INTERNAL_SUPER_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_NAMESPACE",
	"GIT_NOGLOB_PATHSPECS", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
	"GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE", NULL
};

static const char *const settings[] = {
	"GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_FLUSH=1",
	"LC_ALL=C", NULL
};

typedef VEC(char *) strings;

/* ---- the environment ---- */

static struct text name_of(const char *setting)
{
	struct text t = text_of(setting);

	return text_part(t, 0, text_find(t, '='));
}

static bool names(const char *const *list, struct text name)
{
	for (; list && *list; list++)
		if (text_equal(name_of(*list), name))
			return true;
	return false;
}

static void add_all(strings *to, const char *const *from)
{
	for (; from && *from; from++)
		vec_push(to, (char *)*from);
}

/* Where .git is broken, git would go on looking above: that folder is no part of the book. */
static void add_ceiling(const struct repo *r, struct buf *out)
{
	struct text top = text_of(r->top);

	while (top.n > 1 && top.at[--top.n] != '/')
		;
	buf_add_str(out, "GIT_CEILING_DIRECTORIES=");
	buf_add_text(out, top);
}

static void make_environment(strings *env, const char *const *more, const char *ceiling)
{
	const char *const own[] = { ceiling, NULL };

	for (char **at = environ; *at; at++) {
		struct text name = name_of(*at);
		if (!names(unwanted, name) && !names(settings, name) && !names(own, name) &&
		    !names(more, name))
			vec_push(env, *at);
	}
	add_all(env, settings);
	add_all(env, own);
	add_all(env, more);
	vec_push(env, NULL);
}

/* ---- starting ---- */

static void add_arguments(strings *argv, const struct repo *r, const char *const *args)
{
	const char *const front[] = { "git", "-C", r->top, "--no-pager",
				      "-c", "core.fsmonitor=false",
				      "-c", "core.quotePath=false", NULL };

	add_all(argv, front);
	add_all(argv, args);
	vec_push(argv, NULL);
}

/* Signals are as a program expects them, whatever we block or ignore. */
static void set_signals(posix_spawnattr_t *how)
{
	sigset_t set;

	sigemptyset(&set);
	posix_spawnattr_setsigmask(how, &set);
	sigaddset(&set, SIGPIPE);
	sigaddset(&set, SIGXFSZ);
	posix_spawnattr_setsigdefault(how, &set);
	posix_spawnattr_setflags(how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static void set_stream(posix_spawn_file_actions_t *streams, int which, int fd)
{
	if (fd >= 0)
		posix_spawn_file_actions_adddup2(streams, fd, which);
	else
		posix_spawn_file_actions_addopen(streams, which, "/dev/null", O_RDWR, 0);
}

static int spawn(char *const *argv, char *const *env, const int streams[3], pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t how;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&how);
	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		set_stream(&actions, i, streams[i]);
	set_signals(&how);
	int error = posix_spawnp(pid, argv[0], &actions, &how, argv, env);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static int spawn_git(const struct repo *r, const char *const *args, const char *const *more,
		     const int streams[3], pid_t *pid)
{
	strings argv = VEC_INIT, env = VEC_INIT;
	struct buf ceiling = BUF_INIT;

	add_arguments(&argv, r, args);
	add_ceiling(r, &ceiling);
	make_environment(&env, more, ceiling.at);
	int error = spawn(argv.at, env.at, streams, pid);
	vec_release(&argv);
	vec_release(&env);
	buf_release(&ceiling);
	return error;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_all(struct program *p)
{
	close_fd(&p->in);
	close_fd(&p->out);
	close_fd(&p->err);
}

/* Pipes to and from it, the program's ends in `streams`. */
static int open_streams(struct program *p, bool with_input, bool with_output, int streams[3])
{
	int ends[2];

	if (with_input) {
		if (pipe2(ends, O_CLOEXEC) < 0)
			return -1;
		streams[STDIN_FILENO] = ends[0];
		p->in = ends[1];
	}
	if (with_output) {
		if (pipe2(ends, O_CLOEXEC) < 0)
			return -1;
		p->out = ends[0];
		streams[STDOUT_FILENO] = ends[1];
	}
	p->err = memfd_create("git", MFD_CLOEXEC);
	streams[STDERR_FILENO] = p->err;
	return p->err < 0 ? -1 : 0;
}

/* What is behind its settings: "-c", "log.follow=false", "log". */
static const char *command_of(const char *const *args)
{
	while (!strcmp(args[0], "-c"))
		args += 2;
	return args[0];
}

static int start(const struct repo *r, const char *const *args, const char *const *env,
		 bool with_input, bool with_output, struct program *p, struct fault *f)
{
	int streams[] = { -1, -1, -1 };

	*p = (struct program)PROGRAM_NONE;
	p->name = command_of(args);
	int error = open_streams(p, with_input, with_output, streams) < 0
			    ? errno
			    : spawn_git(r, args, env, streams, &p->pid);
	close_fd(&streams[STDIN_FILENO]);
	close_fd(&streams[STDOUT_FILENO]);
	if (!error)
		return 0;
	close_all(p);
	p->pid = 0;
	if (error == ENOENT)
		return fault_set(f, FAULT_NOTFOUND, "there is no git program; install git");
	errno = error;
	return fault_errno(f, "cannot run git %s", p->name);
}

int program_start(const struct repo *r, const char *const *args, bool with_input,
		  struct program *out, struct fault *f)
{
	return start(r, args, NULL, with_input, true, out, f);
}

/* ---- its end ---- */

static void read_stderr(const struct program *p, struct buf *out)
{
	ssize_t n = pread(p->err, buf_room(out, STDERR_LIMIT), STDERR_LIMIT, 0);

	buf_set_len(out, n > 0 ? (size_t)n : 0);
}

/* The first line with this in front, which is cut off. */
static bool find_line(struct text said, struct text front, struct text *line)
{
	while (text_cut_line(&said, line)) {
		*line = text_trim(*line);
		if (line->n > front.n && text_starts(*line, front)) {
			*line = text_part(*line, front.n, line->n);
			return true;
		}
	}
	return false;
}

/* In git's own words; what it says about a repository of somebody else, with what it advises. */
static int say_why(const struct program *p, struct fault *f)
{
	struct buf said = BUF_INIT;
	struct text why, advice;

	read_stderr(p, &said);
	struct text all = buf_text(&said);
	if (!find_line(all, TEXT("fatal: "), &why) && !find_line(all, TEXT("error: "), &why) &&
	    !find_line(all, TEXT_NONE, &why))
		why = TEXT("it failed and did not say why");
	bool foreign = find_line(all, TEXT("git config --global --add safe.directory "), &advice);
	fault_set(f, FAULT_OS, "git %s: %.*s%s%.*s", p->name, TEXT_FMT(why),
		  foreign ? "; if it is to be trusted: git config --global --add safe.directory "
			  : "", TEXT_FMT(foreign ? advice : TEXT_NONE));
	buf_release(&said);
	return f->code;
}

static pid_t wait_for(struct program *p, int *status)
{
	pid_t done;

	do
		done = waitpid(p->pid, status, 0);
	while (done < 0 && errno == EINTR);
	p->pid = 0;
	return done;
}

int program_end(struct program *p, struct fault *f)
{
	int status, rc = 0;

	close_fd(&p->in);
	close_fd(&p->out);
	if (wait_for(p, &status) < 0)
		rc = fault_errno(f, "cannot wait for git %s", p->name);
	else if (WIFSIGNALED(status))
		rc = fault_set(f, FAULT_OS, "git %s was ended: %s", p->name,
			       strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		rc = say_why(p, f);
	close_all(p);
	return rc;
}

void program_stop(struct program *p)
{
	int status;

	if (p->pid) {
		kill(p->pid, SIGTERM);
		wait_for(p, &status);
	}
	close_all(p);
}

/* ---- to its end in one go ---- */

/* Some of the input goes to it; closes its stdin when there is no more, or it wants none. */
static void feed(struct program *p, struct text *input)
{
	ssize_t n = write(p->in, input->at, input->n);

	if (n > 0)
		*input = text_part(*input, (size_t)n, input->n);
	if (!input->n || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_fd(&p->in);
}

static void collect(struct program *p, struct buf *out)
{
	size_t was = out->n;
	ssize_t n = read(p->out, buf_room(out, PIECE), PIECE);

	buf_set_len(out, was + (n > 0 ? (size_t)n : 0));
	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_fd(&p->out);
}

/* Both ways at once: neither waits for the other. */
static void exchange(struct program *p, struct text input, struct buf *out)
{
	while (p->in >= 0 || p->out >= 0) {
		struct pollfd ends[] = { { p->in, POLLOUT, 0 }, { p->out, POLLIN, 0 } };
		if (poll(ends, 2, -1) < 0)
			continue;
		if (ends[0].revents)
			feed(p, &input);
		if (ends[1].revents)
			collect(p, out);
	}
}

int program_run(const struct repo *r, const char *const *args, struct text input,
		const char *const *env, struct buf *out, struct fault *f)
{
	struct program p;

	if (start(r, args, env, input.n > 0, out != NULL, &p, f) < 0)
		return f->code;
	if (p.in >= 0)
		fcntl(p.in, F_SETFL, O_NONBLOCK);
	exchange(&p, input, out);
	return program_end(&p, f);
}

/* ---- arguments ---- */

void program_path(struct text git_path, struct buf *out)
{
	buf_add_str(out, ":(literal)");
	buf_add_text(out, git_path);
}
