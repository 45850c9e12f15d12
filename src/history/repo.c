#include "history/repo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "format/doc.h"

/* ---- small files of git's ---- */

static bool is_there(const char *folder, const char *name)
{
	struct buf path = BUF_INIT;
	struct stat st;

	buf_add_fmt(&path, "%s/%s", folder, name);
	bool there = !lstat(path.at, &st);
	buf_release(&path);
	return there;
}

void repo_read(const char *folder, const char *name, struct buf *out)
{
	struct fault unused = FAULT_INIT;
	int fd;

	if (file_open_root(folder, &fd, &unused) < 0)
		return;
	if (file_read(fd, name, FILE_LIMIT, out, NULL, &unused) < 0)
		unused.code = FAULT_NONE; /* as if it were not there */
	close(fd);
}

/* The path that the text says, seen from `folder`, without symlinks; NULL: nothing is there. */
static char *resolve(const char *folder, struct text path)
{
	struct buf full = BUF_INIT;

	path = text_trim(path);
	if (!path.n)
		return NULL;
	if (path.at[0] != '/')
		buf_add_fmt(&full, "%s/", folder);
	buf_add_text(&full, path);
	char *real = realpath(full.at, NULL);
	buf_release(&full);
	return real;
}

/* What git's settings in this file say of core.NAME; the last one counts. Appended. */
static void read_core(const char *gitdir, const char *file, struct text name, struct buf *out)
{
	struct buf bytes = BUF_INIT;
	struct doc d;

	repo_read(gitdir, file, &bytes);
	doc_read(&d, buf_text(&bytes));
	for (size_t i = 0; i < d.n_entries; i++) {
		struct text value = d.entries[i].value;
		if (!doc_in(&d, i, TEXT("core")) || !text_same(d.entries[i].key, name))
			continue;
		if (value.n > 1 && value.at[0] == '"' && value.at[value.n - 1] == '"')
			value = text_part(value, 1, value.n - 1);
		buf_clear(out);
		buf_add_text(out, value);
	}
	doc_release(&d);
	buf_release(&bytes);
}

/* ---- does it belong to this folder? ---- */

static bool same_path(char *found, const char *wanted)
{
	bool same = found && !strcmp(found, wanted);

	mem_free(found);
	return same;
}

/* A linked work tree's folder in the repository names the .git file that named it. */
static bool points_back(const struct repo *r)
{
	struct buf back = BUF_INIT, git_file = BUF_INIT;

	repo_read(r->gitdir, "gitdir", &back);
	buf_add_fmt(&git_file, "%s/.git", r->top);
	bool does = same_path(resolve(r->gitdir, buf_text(&back)), git_file.at);
	buf_release(&back);
	buf_release(&git_file);
	return does;
}

static int check_core(const struct repo *r, bool inside, struct fault *f)
{
	struct buf worktree = BUF_INIT, bare = BUF_INIT;
	int rc = 0;

	read_core(r->gitdir, "config", TEXT("worktree"), &worktree);
	if (!worktree.n)
		read_core(r->gitdir, "config.worktree", TEXT("worktree"), &worktree);
	read_core(r->common, "config", TEXT("bare"), &bare);
	if (worktree.n && !same_path(resolve(r->gitdir, buf_text(&worktree)), r->top))
		rc = fault_set(f, FAULT_INVALID, "core.worktree in %s/config is another folder, "
			       "%s; correct it there", r->gitdir, worktree.at);
	else if (!worktree.n && text_same(buf_text(&bare), TEXT("true")) && inside)
		rc = fault_set(f, FAULT_INVALID, "%s says that it is bare, so nothing can be "
			       "committed from here; 'git config core.bare false' changes that",
			       r->gitdir);
	else if (!worktree.n && !inside && !points_back(r))
		rc = fault_set(f, FAULT_INVALID, "%s/.git leads to %s, which knows nothing of this "
			       "folder; 'git -C %s config core.worktree %s' says that it is right",
			       r->top, r->gitdir, r->top, r->top);
	buf_release(&worktree);
	buf_release(&bare);
	return rc;
}

/* ---- finding it ---- */

static char *find_common(const char *gitdir)
{
	struct buf bytes = BUF_INIT;

	repo_read(gitdir, "commondir", &bytes);
	char *common = resolve(gitdir, buf_text(&bytes));
	buf_release(&bytes);
	return common ? common : mem_copy(gitdir, strlen(gitdir));
}

/* Where the .git of this folder is in the end: itself, or what it names. NULL: it has none. */
static char *find_gitdir(const char *top, bool *inside)
{
	static const char *const parts[] = { "HEAD", "config", "objects", "refs", NULL };
	struct buf bytes = BUF_INIT, path = BUF_INIT;
	struct stat st;
	char *found = NULL;

	buf_add_fmt(&path, "%s/.git", top);
	*inside = !lstat(path.at, &st) && S_ISDIR(st.st_mode);
	if (!stat(path.at, &st) && S_ISREG(st.st_mode)) {
		repo_read(top, ".git", &bytes);
		struct text line = buf_text(&bytes);
		if (text_starts(line, TEXT("gitdir:")))
			found = resolve(top, text_part(line, sizeof "gitdir:" - 1, line.n));
	} else {
		found = realpath(path.at, NULL);
	}
	buf_release(&bytes);
	buf_release(&path);
	for (size_t i = 0; found && parts[i]; i++)
		if (is_there(found, parts[i]))
			return found;
	mem_free(found);
	return NULL;
}

/* May the search go on above this folder? Not to a ceiling, nor to another file system. */
static bool may_go_above(const char *folder)
{
	struct text rest = text_of(getenv("GIT_CEILING_DIRECTORIES")), ceiling;
	struct buf above = BUF_INIT;
	struct stat here, there;

	buf_add(&above, folder, (size_t)(strrchr(folder, '/') - folder));
	if (!above.n)
		buf_add_char(&above, '/');
	bool may = folder[1] && !stat(folder, &here) && !stat(above.at, &there) &&
		   here.st_dev == there.st_dev;
	while (may && text_cut(&rest, ':', &ceiling))
		may = !ceiling.n || !same_path(resolve("/", ceiling), above.at);
	buf_release(&above);
	return may;
}

static int search(struct repo *r, struct fault *f)
{
	bool inside;

	while (!(r->gitdir = find_gitdir(r->top, &inside))) {
		if (is_there(r->top, ".git"))
			return fault_set(f, FAULT_INVALID, "%s/.git leads to no repository; mend "
					 "or remove it", r->top);
		if (!may_go_above(r->top))
			return fault_set(f, FAULT_NOTFOUND, "the book is in no git repository; "
					 "'kith init' on it makes one, and history begins");
		char *last = strrchr(r->top, '/');
		last[last == r->top] = '\0';
	}
	r->common = find_common(r->gitdir);
	return check_core(r, inside, f);
}

int repo_find(const char *book_root, struct repo *out, struct fault *f)
{
	*out = (struct repo){ 0 };
	char *book = realpath(book_root, NULL);
	if (!book)
		return fault_errno(f, "cannot find the folder %s", book_root);
	out->top = mem_copy(book, strlen(book));
	int rc = search(out, f);
	if (!rc) {
		struct text below = text_part(text_of(book), strlen(out->top), strlen(book));
		struct buf prefix = BUF_INIT;
		if (text_starts(below, TEXT("/")))
			below = text_part(below, 1, below.n);
		buf_add_text(&prefix, below);
		if (below.n)
			buf_add_char(&prefix, '/');
		out->prefix = buf_take(&prefix);
	}
	mem_free(book);
	if (rc)
		repo_release(out);
	return rc;
}

void repo_release(struct repo *r)
{
	mem_free(r->top);
	mem_free(r->gitdir);
	mem_free(r->common);
	mem_free(r->prefix);
	*r = (struct repo){ 0 };
}

/* ---- paths ---- */

void repo_path(const struct repo *r, const char *path, struct buf *out)
{
	buf_add_fmt(out, "%s%s", r->prefix, path);
}

const char *repo_book_path(const struct repo *r, const char *git_path)
{
	size_t n = strlen(r->prefix);

	return strncmp(git_path, r->prefix, n) ? NULL : git_path + n;
}

bool repo_owns(const struct repo *r, const char *path)
{
	struct buf folder = BUF_INIT;
	bool owns = true;

	for (const char *slash = strchr(path, '/'); slash && owns; slash = strchr(slash + 1, '/')) {
		buf_clear(&folder);
		buf_add_fmt(&folder, "%s/%s%.*s", r->top, r->prefix, (int)(slash - path), path);
		owns = !is_there(folder.at, ".git");
	}
	buf_release(&folder);
	return owns;
}

/* ---- what is going on in it ---- */

const char *repo_busy(const struct repo *r)
{
	static const struct { const char *sign, *what; } signs[] = {
		{ "rebase-merge", "a rebase" },
		{ "rebase-apply", "a rebase" },
		{ "MERGE_HEAD", "a merge" },
		{ "CHERRY_PICK_HEAD", "a cherry-pick" },
		{ "REVERT_HEAD", "a revert" },
		{ "BISECT_LOG", "a bisect" },
	};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (is_there(r->gitdir, signs[i].sign))
			return signs[i].what;
	return NULL;
}
