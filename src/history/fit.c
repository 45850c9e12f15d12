#include "history/fit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "history/author.h"
#include "history/library.h"
#include "history/repo.h"
#include "history/settings.h"

/* Settings of one work tree, which libgit2 1.5 does not read (extensions.worktreeConfig). */
static bool has_own_settings(const struct repo *where)
{
	struct buf path = BUF_INIT;

	buf_add_fmt(&path, "%s/config.worktree", where->gitdir);
	bool has = !access(path.at, F_OK);
	buf_release(&path);
	return has;
}

/* A path of core.hooksPath is below the work tree, or the home folder, or absolute. */
static void hooks_folder(const struct repo *where, git_config *config, struct buf *out)
{
	struct buf set = BUF_INIT;
	const char *home = getenv("HOME");

	settings_get(config, "core.hookspath", &set);
	if (!set.n)
		buf_add_fmt(out, "%s/hooks", where->common);
	else if (text_starts(buf_text(&set), TEXT("~/")) && home)
		buf_add_fmt(out, "%s%s", home, set.at + 1);
	else if (set.at[0] == '/')
		buf_add_text(out, buf_text(&set));
	else
		buf_add_fmt(out, "%s/%s", where->top, set.at);
	buf_release(&set);
}

static bool has_hooks(const struct repo *where, git_config *config)
{
	static const char *const names[] = { "pre-commit", "prepare-commit-msg", "commit-msg",
					     "post-commit", "reference-transaction",
					     "post-index-change", NULL };
	struct buf path = BUF_INIT;
	bool found = false;

	hooks_folder(where, config, &path);
	size_t n = path.n;
	for (size_t i = 0; names[i] && !found; i++) {
		buf_set_len(&path, n);
		buf_add_fmt(&path, "/%s", names[i]);
		found = !access(path.at, X_OK);
	}
	buf_release(&path);
	return found;
}

/* Does the file of attributes speak of filters? One that cannot be read may. */
static bool mentions_filter(const char *path)
{
	struct buf bytes = BUF_INIT;
	struct fault why = FAULT_INIT;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return errno != ENOENT && errno != ENOTDIR;
	bool does = file_read_all(fd, FILE_LIMIT, &bytes, &why) < 0 ||
		    text_holds(buf_text(&bytes), TEXT("filter"));
	close(fd);
	buf_release(&bytes);
	return does;
}

/* .gitattributes in the folders that lead to the file; git takes one that is only staged, too. */
static bool folders_mention_filter(const struct repo *where, git_index *index, const char *path)
{
	struct buf file = BUF_INIT;
	size_t top = strlen(where->top) + 1;
	bool found = false;

	for (const char *end = path; end && !found; end = strchr(end, '/')) {
		end += *end == '/';
		buf_clear(&file);
		buf_add_fmt(&file, "%s/%.*s.gitattributes", where->top, (int)(end - path), path);
		if (access(file.at, F_OK))
			found = git.index_get_bypath(index, file.at + top, 0) != NULL;
		else
			found = mentions_filter(file.at);
	}
	buf_release(&file);
	return found;
}

/* The file of the user's own attributes (gitattributes(5)). */
static void users_attributes(git_config *config, struct buf *out)
{
	const char *home = getenv("HOME"), *xdg = getenv("XDG_CONFIG_HOME");
	struct buf set = BUF_INIT;

	settings_get(config, "core.attributesfile", &set);
	if (text_starts(buf_text(&set), TEXT("~/")) && home)
		buf_add_fmt(out, "%s%s", home, set.at + 1);
	else if (set.n)
		buf_add_text(out, buf_text(&set));
	else if (xdg && *xdg)
		buf_add_fmt(out, "%s/git/attributes", xdg);
	else if (home)
		buf_add_fmt(out, "%s/.config/git/attributes", home);
	buf_release(&set);
}

/* libgit2 does not read all patterns of attributes as git does, so git is to judge. */
static bool is_filtered(const struct commit_job *job, git_config *config, git_index *index)
{
	struct buf path = BUF_INIT;

	buf_add_fmt(&path, "%s/info/attributes", job->repo->common);
	bool found = mentions_filter(path.at) || mentions_filter("/etc/gitattributes");
	buf_clear(&path);
	users_attributes(config, &path);
	found = found || mentions_filter(path.at);
	for (size_t i = 0; i < job->n && !found; i++)
		found = folders_mention_filter(job->repo, index, job->files[i].path);
	buf_release(&path);
	return found;
}

/* libgit2 1.5 writes seconds as 32 bits, which end in 2106. */
static bool is_too_late(struct moment when)
{
	return when.time > UINT32_MAX;
}

/* A date in a form that only git reads, or too late for libgit2. */
static bool is_odd_date(const char *variable)
{
	struct text value = text_of(getenv(variable));
	struct moment when;

	return value.n && (!author_moment(value, &when) || is_too_late(when));
}

const char *fit_why_not(const struct commit_job *job, git_config *config, git_index *index)
{
	if (settings_is(config, "commit.gpgsign"))
		return "commits are signed";
	if (has_hooks(job->repo, config))
		return "there are hooks";
	if (has_own_settings(job->repo))
		return "the work tree has settings of its own";
	if (settings_is(config, "core.splitindex"))
		return "the index is split";
	if (is_filtered(job, config, index))
		return "contacts go through a filter";
	if (is_odd_date("GIT_AUTHOR_DATE") || is_odd_date("GIT_COMMITTER_DATE") ||
	    is_too_late(author_now(job->fixed)))
		return "it is of a date that libgit2 does not write";
	return NULL;
}
