#include "history/commit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "history/repo.h"

void commit_pause(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = COMMIT_PAUSE_MS * 1000000L }, NULL);
}

int commit_wait_for_index(const struct repo *r, struct fault *f)
{
	struct buf path = BUF_INIT;
	struct stat st;
	int rc = 0;

	buf_add_fmt(&path, "%s/index.lock", r->gitdir);
	for (int tries = 1; !rc && !lstat(path.at, &st); tries++) {
		if (tries == COMMIT_TRIES)
			rc = fault_set(f, FAULT_LOCKED, "another git is at work in the repository; "
				       "if none is, remove %s", path.at);
		else
			commit_pause();
	}
	buf_release(&path);
	return rc;
}

/* An extension that must be understood begins with a small letter: "link", "sdir". */
static bool has_mandatory_extension(struct text bytes)
{
	return text_holds(bytes, TEXT("link")) || text_holds(bytes, TEXT("sdir"));
}

bool commit_index_is_damaged(const struct repo *r)
{
	enum { CHECKSUM = 20, VERSION_AT = 7 };
	static const char zeros[CHECKSUM];
	struct buf bytes = BUF_INIT;

	repo_read(r->gitdir, "index", &bytes);
	struct text t = buf_text(&bytes);
	bool newer = t.n > VERSION_AT && text_starts(t, TEXT("DIRC")) &&
		     (t.at[VERSION_AT] < 2 || t.at[VERSION_AT] > 4);
	bool unhashed = t.n > CHECKSUM && !memcmp(t.at + t.n - CHECKSUM, zeros, CHECKSUM);
	bool damaged = t.n && !newer && !unhashed && !has_mandatory_extension(t);
	buf_release(&bytes);
	return damaged;
}

int commit_put_index_aside(const struct repo *r, struct fault *f)
{
	struct buf path = BUF_INIT, aside = BUF_INIT;
	int rc = 0;

	buf_add_fmt(&path, "%s/index", r->gitdir);
	buf_add_fmt(&aside, "%s.damaged", path.at);
	if (rename(path.at, aside.at) && errno != ENOENT)
		rc = fault_errno(f, "cannot put git's index aside");
	buf_release(&path);
	buf_release(&aside);
	return rc;
}

void commit_sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
}

void commit_sync_index(const struct repo *r)
{
	struct buf path = BUF_INIT;

	buf_add_fmt(&path, "%s/index", r->gitdir);
	commit_sync_path(path.at);
	commit_sync_path(r->gitdir);
	buf_release(&path);
}

int commit_conflict(struct fault *f)
{
	return fault_set(f, FAULT_OS, "a merge of it is not resolved; 'git status' shows where");
}

int commit_check_unborn(const struct repo *r, const char *branch, struct fault *f)
{
	struct buf log = BUF_INIT;
	struct stat st;
	int rc = 0;

	buf_add_fmt(&log, "%s/logs/%s", r->common, branch);
	if (!stat(log.at, &st) && st.st_size)
		rc = fault_set(f, FAULT_OS, "the branch %s is gone or damaged, though it had "
			       "commits; the last line of %s names its newest one, and 'git "
			       "update-ref %s COMMIT' brings it back", branch, log.at, branch);
	buf_release(&log);
	return rc;
}

static bool is_hexadecimal(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!char_is_digit(t.at[i]) && !(t.at[i] >= 'a' && t.at[i] <= 'f'))
			return false;
	return true;
}

static bool is_head(struct text line)
{
	line = text_trim(line);
	return text_starts(line, TEXT("ref: refs/")) ||
	       ((line.n == 40 || line.n == 64) && is_hexadecimal(line)); /* SHA-1, SHA-256 */
}

int commit_check_head(const struct repo *r, struct fault *f)
{
	struct buf path = BUF_INIT, bytes = BUF_INIT;
	struct fault why = FAULT_INIT;
	struct stat st;
	int fd, rc = file_open_root(r->gitdir, &fd, &why);

	if (!rc) {
		rc = file_read(fd, "HEAD", FILE_LIMIT, &bytes, NULL, &why);
		close(fd);
	}
	buf_add_fmt(&path, "%s/HEAD", r->gitdir);
	bool link = !lstat(path.at, &st) && S_ISLNK(st.st_mode); /* as git once made them */
	if (!link && (rc || !is_head(buf_text(&bytes))))
		rc = fault_set(f, FAULT_OS, "%s is missing or damaged (%s); 'echo ref: "
			       "refs/heads/main >%s' mends it, with the branch that it was",
			       path.at, rc ? why.msg : "it names no branch", path.at);
	else
		rc = 0;
	buf_release(&path);
	buf_release(&bytes);
	return rc;
}

int commit_check_config(const struct repo *r, struct fault *f)
{
	struct buf path = BUF_INIT;
	int rc = 0;

	buf_add_fmt(&path, "%s/config", r->common);
	if (access(path.at, R_OK) && errno != ENOENT)
		rc = fault_errno(f, "cannot read %s", path.at);
	buf_release(&path);
	return rc;
}

/* 40 or 64 digits, the first two of which name the folder; git's temporary files have others. */
static bool is_object(struct text name)
{
	return (name.n == 38 || name.n == 62) && is_hexadecimal(name);
}

static size_t remove_empty_in(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t removed = 0;
	struct stat st;

	for (struct dirent *e; dir && (e = readdir(dir));)
		if (is_object(text_of(e->d_name)) &&
		    !fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) && !st.st_size)
			removed += !unlinkat(dirfd(dir), e->d_name, 0);
	if (dir)
		closedir(dir);
	return removed;
}

size_t commit_remove_empty(const struct repo *r)
{
	struct buf path = BUF_INIT;
	size_t removed = 0;

	for (unsigned i = 0; i < 256; i++) {
		buf_clear(&path);
		buf_add_fmt(&path, "%s/objects/%02x", r->common, i);
		removed += remove_empty_in(path.at);
	}
	buf_release(&path);
	return removed;
}
