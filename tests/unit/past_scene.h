#ifndef PAST_SCENE_H
#define PAST_SCENE_H
/*
 * past_scene - a book in a repository that the git program makes, and what it was.
 *
 *	struct scene s;
 *	scene_make(&s);
 *	folder_put(s.root, "ana.ini", "name = Ana\n");
 *	commit(&s, "begin");
 *	expect_walk(&s, NULL, 0, "begin: A ana.ini\n");
 *	scene_end(&s);
 */
#include <signal.h>
#include <sys/wait.h>

#include "folder.h"
#include "history/past.h"
#include "history/program.h"
#include "history/repo.h"

/* A book in a repository, and what it was. */
struct scene {
	char *folder;     /* all of it is in here */
	char *root;       /* the book's folder */
	struct repo repo; /* of the book */
	struct past *past;
};

/* Run git in a folder; its output without the end of the line is owned by the caller. */
static inline char *git_in(const char *top, const char *const *args, const char *const *env)
{
	struct repo repo = { .top = (char *)top };
	struct fault f = FAULT_INIT;
	struct buf out = BUF_INIT;

	if (program_run(&repo, args, TEXT_NONE, env, &out, &f) < 0)
		fail_msg("%s", f.msg);
	while (out.n && out.at[out.n - 1] == '\n')
		buf_set_len(&out, out.n - 1);
	return buf_take(&out);
}

#define GIT_IN(top, ...) mem_free(git_in(top, (const char *const[]){ __VA_ARGS__, NULL }, NULL))
#define GIT(s, ...) GIT_IN((s)->repo.top, "-C", (s)->root, __VA_ARGS__)
#define GIT_SAYS(s, ...) git_in((s)->repo.top, (const char *const[]){ __VA_ARGS__, NULL }, NULL)

static inline void configure(const char *top)
{
	GIT_IN(top, "config", "user.name", "Ada");
	GIT_IN(top, "config", "user.email", "ada@ok.example");
	GIT_IN(top, "config", "commit.gpgSign", "false");
}

static inline void scene_open(struct scene *s)
{
	struct fault f = FAULT_INIT;

	assert_int_equal(repo_find(s->root, &s->repo, &f), 0);
	assert_int_equal(past_open(&s->repo, &s->past, &f), 0);
}

/* The book is `book` below the repository ("": its top); option: of git init, or NULL. */
static inline void scene_make_at(struct scene *s, const char *book, const char *option)
{
	const char *const args[] = { "init", "-q", "-b", "main", option, NULL };

	signal(SIGPIPE, SIG_IGN);
	*s = (struct scene){ .folder = folder_make() };
	mem_free(git_in(s->folder, args, NULL));
	configure(s->folder);
	s->root = folder_path(s->folder, book);
	mkdir(s->root, 0700);
	folder_put(s->root, ".keep", "");
	scene_open(s);
}

static inline void scene_make(struct scene *s)
{
	scene_make_at(s, "", NULL);
}

/* No git is left behind, not even as a zombie. */
static inline void scene_end(struct scene *s)
{
	past_close(s->past);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	repo_release(&s->repo);
	mem_free(s->root);
	folder_remove(s->folder);
}

/* Commit everything, as of this date; its name is owned by the caller. */
static inline char *commit_of(struct scene *s, const char *message, const char *date)
{
	struct buf author = BUF_INIT, committer = BUF_INIT;

	buf_add_fmt(&author, "GIT_AUTHOR_DATE=%s", date);
	buf_add_fmt(&committer, "GIT_COMMITTER_DATE=%s", date);
	const char *const env[] = { author.at, committer.at, NULL };
	const char *const args[] = { "commit", "-q", "--allow-empty", "--allow-empty-message", "-m",
				     message, NULL };
	GIT_IN(s->repo.top, "add", "-f", "-A");
	mem_free(git_in(s->repo.top, args, env));
	buf_release(&author);
	buf_release(&committer);
	return GIT_SAYS(s, "rev-parse", "HEAD");
}

static inline void commit(struct scene *s, const char *message)
{
	mem_free(commit_of(s, message, "2026-11-20T12:00:00Z"));
}

/* ---- what a walk tells, as text ---- */

struct tale {
	struct buf text;
	size_t left; /* to be told; 0: all */
};

/* "SUBJECT: A ana.ini, M bob.ini\n" */
static inline int tell(void *ctx, const struct past_commit *c, struct fault *f)
{
	struct tale *t = ctx;

	buf_add_fmt(&t->text, "%s:", c->subject);
	for (size_t i = 0; i < c->n_files; i++)
		buf_add_fmt(&t->text, "%s %c %s", i ? "," : "", c->files[i].status,
			    c->files[i].path);
	buf_add_char(&t->text, '\n');
	return t->left && --t->left == 0;
}

static inline void expect_walk(struct scene *s, const char *path, size_t most, const char *want)
{
	struct tale t = { BUF_INIT, most };
	struct fault f = FAULT_INIT;

	if (past_walk(s->past, NULL, path, tell, &t, &f) < 0)
		fail_msg("%s", f.msg);
	assert_string_equal(t.text.at, want);
	buf_release(&t.text);
}

static inline void expect_read(struct scene *s, const char *rev, const char *path, const char *want)
{
	struct fault f = FAULT_INIT;
	struct buf out = BUF_INIT;
	char *id = GIT_SAYS(s, "rev-parse", rev);

	if (past_read(s->past, id, path, &out, &f) < 0)
		fail_msg("%s", f.msg);
	assert_string_equal(out.at, want);
	buf_release(&out);
	mem_free(id);
}

static inline void expect_uncommitted(struct scene *s, const char *want)
{
	struct past_files list;
	struct fault f = FAULT_INIT;
	struct buf out = BUF_INIT;

	if (past_uncommitted(s->past, &list, &f) < 0)
		fail_msg("%s", f.msg);
	for (size_t i = 0; i < list.n; i++) {
		assert_int_equal(list.at[i].before == NULL, list.at[i].status == 'A');
		assert_null(list.at[i].after);
		buf_add_fmt(&out, "%c %s\n", list.at[i].status, list.at[i].path);
	}
	assert_string_equal(out.at, want);
	past_files_release(&list);
	buf_release(&out);
}

#endif
