#include "unit.h"

#include <signal.h>

#include "folder.h"
#include "history/program.h"
#include "history/repo.h"

/* A folder with a repository in it, in which a command of ours is an alias of git's. */
struct scene {
	struct repo repo;
	struct buf out;
	struct fault f;
};

static void scene_make(struct scene *s)
{
	const char *const init[] = { "init", "-q", NULL };

	signal(SIGPIPE, SIG_IGN);
	*s = (struct scene){ .repo.top = folder_make(), .out = BUF_INIT };
	assert_int_equal(program_run(&s->repo, init, TEXT_NONE, NULL, NULL, &s->f), 0);
}

static void scene_end(struct scene *s)
{
	folder_remove(s->repo.top);
	buf_release(&s->out);
}

/* Have git run a line of sh. */
static int run(struct scene *s, const char *line, struct text input, const char *const *env)
{
	struct buf alias = BUF_INIT;

	buf_add_fmt(&alias, "alias.x=!%s", line);
	const char *const args[] = { "-c", alias.at, "x", NULL };
	buf_clear(&s->out);
	int rc = program_run(&s->repo, args, input, env, &s->out, &s->f);
	buf_release(&alias);
	return rc;
}

static void expect(struct scene *s, const char *line, const char *want)
{
	if (run(s, line, TEXT_NONE, NULL) < 0)
		fail_msg("%s", s->f.msg);
	assert_string_equal(s->out.at, want);
}

static void test_program__writes_and_reads_at_once(void **state)
{
	enum { MUCH = 1 << 20 };
	struct scene s;
	struct buf input = BUF_INIT;

	scene_make(&s);
	buf_add_fill(&input, 'x', MUCH);
	assert_int_equal(run(&s, "cat; cat /dev/zero | head -c 1048576 >&2", buf_text(&input), NULL),
			 0);
	assert_true(text_equal(buf_text(&s.out), buf_text(&input)));
	assert_int_equal(run(&s, "head -c 1", buf_text(&input), NULL), 0);
	assert_string_equal(s.out.at, "x");
	buf_release(&input);
	scene_end(&s);
}

static void test_program__takes_the_repository_for_granted(void **state)
{
	static const char *const lies[] = { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
					    "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
					    "GIT_NAMESPACE", "GIT_CEILING_DIRECTORIES",
					    "GIT_LITERAL_PATHSPECS", "GIT_CONFIG_PARAMETERS" };
	struct scene s;

	scene_make(&s);
	for (size_t i = 0; i < sizeof lies / sizeof *lies; i++)
		setenv(lies[i], "/nowhere", 1);
	char *old = getcwd(NULL, 0);
	assert_int_equal(chdir("/"), 0);
	expect(&s, "git rev-parse --show-prefix --is-inside-work-tree; echo $GIT_INDEX_FILE",
	       "\ntrue\n\n");
	assert_int_equal(chdir(old), 0);
	mem_free(old);
	for (size_t i = 0; i < sizeof lies / sizeof *lies; i++)
		unsetenv(lies[i]);
	scene_end(&s);
}

static void test_program__finds_no_repository_above(void **state)
{
	const char *const args[] = { "rev-parse", "--git-dir", NULL };
	struct scene s;

	scene_make(&s);
	folder_put(s.repo.top, "below/.git/HEAD", "nonsense");
	struct repo below = { .top = folder_path(s.repo.top, "below") };
	assert_int_equal(program_run(&below, args, TEXT_NONE, NULL, NULL, &s.f), FAULT_OS);
	assert_non_null(strstr(s.f.msg, "git rev-parse: not a git repository"));
	mem_free(below.top);
	scene_end(&s);
}

static void test_program__has_what_is_given_and_asks_nothing(void **state)
{
	static const char *const env[] = { "GIT_INDEX_FILE=mine", "LC_ALL=C.UTF-8", NULL };
	static const char *const line = "echo $GIT_INDEX_FILE $LC_ALL $GIT_TERMINAL_PROMPT "
					"$GIT_OPTIONAL_LOCKS $(wc -c)";
	struct scene s;

	scene_make(&s);
	setenv("GIT_TERMINAL_PROMPT", "1", 1);
	assert_int_equal(run(&s, line, TEXT_NONE, env), 0);
	assert_string_equal(s.out.at, "mine C.UTF-8 0 0 0\n");
	unsetenv("GIT_TERMINAL_PROMPT");
	expect(&s, line, "C 0 0 0\n");
	scene_end(&s);
}

static void test_program__runs_with_signals_as_they_are_by_default(void **state)
{
	static const char *const line = /* the two that kith ignores */
		"set -- $(sed -n 's/^Sig[BI][lg][kn]://p' /proc/self/status); "
		"echo $1 $((0x$2 & (1 << 12 | 1 << 24)))";
	struct scene s;
	sigset_t set, old;

	scene_make(&s);
	sigfillset(&set);
	sigprocmask(SIG_BLOCK, &set, &old);
	signal(SIGXFSZ, SIG_IGN);
	int rc = run(&s, line, TEXT_NONE, NULL);
	signal(SIGXFSZ, SIG_DFL);
	sigprocmask(SIG_SETMASK, &old, NULL);
	assert_int_equal(rc, 0);
	assert_string_equal(s.out.at, "0000000000000000 0\n");
	scene_end(&s);
}

static void test_program__does_not_wait_for_what_a_hook_leaves_behind(void **state)
{
	static const char *const args[] = { "commit", "-q", "--allow-empty", "-m", "x", NULL };
	static const char *const env[] = { "GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@ok.example",
					   "GIT_COMMITTER_NAME=A",
					   "GIT_COMMITTER_EMAIL=a@ok.example", NULL };
	struct scene s;

	scene_make(&s);
	folder_put(s.repo.top, ".git/hooks/post-commit",
		   "#!/bin/sh\n{ echo $$ >pid; read line <fifo; } &\necho said\n");
	char *hook = folder_path(s.repo.top, ".git/hooks/post-commit");
	char *fifo = folder_path(s.repo.top, "fifo");
	assert_int_equal(chmod(hook, 0700), 0);
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(program_run(&s.repo, args, TEXT_NONE, env, &s.out, &s.f), 0);
	assert_string_equal(s.out.at, "");
	int fd = open(fifo, O_WRONLY | O_CLOEXEC); /* it reads still, and ends now */
	assert_true(fd >= 0);
	close(fd);
	mem_free(fifo);
	mem_free(hook);
	scene_end(&s);
}

static void test_program__says_why_it_failed(void **state)
{
	static const struct {
		const char *line, *want;
	} cases[] = {
		{ "exit 1", "git x: it failed and did not say why" },
		{ "echo >&2; echo ' one ' >&2; echo two >&2; exit 1", "git x: one" },
		{ "echo hint: no >&2; echo error: yes >&2; exit 3", "git x: yes" },
		{ "echo error: no >&2; echo fatal: yes >&2; exit 128", "git x: yes" },
		{ "printf 'fatal: dubious\\n\\n\\tgit config --global --add safe.directory /b\\n' >&2; "
		  "exit 128", "git x: dubious; if it is to be trusted: git config --global --add "
		  "safe.directory /b" },
	};
	struct scene s;

	scene_make(&s);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(run(&s, cases[i].line, TEXT_NONE, NULL), FAULT_OS);
		assert_string_equal(s.f.msg, cases[i].want);
	}
	scene_end(&s);
}

static void test_program__misses_git(void **state)
{
	struct scene s;
	char *path = mem_copy(getenv("PATH"), strlen(getenv("PATH")));

	scene_make(&s);
	setenv("PATH", s.repo.top, 1);
	assert_int_equal(run(&s, "true", TEXT_NONE, NULL), FAULT_NOTFOUND);
	assert_string_equal(s.f.msg, "there is no git program; install git");
	setenv("PATH", path, 1);
	mem_free(path);
	scene_end(&s);
}

static void test_program__is_ended_when_nothing_more_is_wanted(void **state)
{
	static const char *const args[] = { "-c", "alias.x=!echo begun; exec sleep 600", "x", NULL };
	struct program p, none = PROGRAM_NONE;
	struct scene s;
	char word[6];

	scene_make(&s);
	assert_int_equal(program_start(&s.repo, args, true, &p, &s.f), 0);
	assert_int_equal(read(p.out, word, sizeof word), sizeof word);
	program_stop(&p);
	assert_int_equal(p.pid, 0);
	assert_int_equal(p.out, -1);
	program_stop(&p);
	program_stop(&none);
	scene_end(&s);
}
