#include "history/note.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/hash.h"
#include "history/commit.h"
#include "history/repo.h"

void note_path(const struct repo *r, const char *what, struct buf *out)
{
	struct text prefix = text_of(r->prefix);

	buf_add_fmt(out, "%s/kith/%s", r->gitdir, what);
	if (prefix.n)
		buf_add_fmt(out, "-%016llx", (unsigned long long)hash_bytes(prefix, 0));
}

static int open_note(char *path)
{
	enum { FLAGS = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW };
	int fd = open(path, FLAGS, 0600);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	char *slash = strrchr(path, '/');
	*slash = '\0';
	mkdir(path, 0700);
	*slash = '/';
	return open(path, FLAGS, 0600);
}

void note_add(const struct repo *r, const char *path)
{
	struct buf name = BUF_INIT;
	struct fault lost = FAULT_INIT;
	struct text line = { path, strlen(path) + 1 };

	note_path(r, "pending", &name);
	int fd = open_note(name.at);
	if (fd >= 0 && file_write_all(fd, line, &lost) < 0)
		lost.code = FAULT_NONE; /* kith save finds what was changed without it */
	if (fd >= 0)
		close(fd);
	buf_release(&name);
}

void note_read(const struct repo *r, struct buf *out)
{
	struct buf name = BUF_INIT;
	struct fault lost = FAULT_INIT;

	note_path(r, "pending", &name);
	int fd = open(name.at, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd >= 0 && file_read_all(fd, FILE_LIMIT, out, &lost) < 0)
		buf_clear(out);
	if (fd >= 0)
		close(fd);
	buf_release(&name);
}

/* ---- locks of the dead ---- */

/* Was it made while a commit went on that began with the note? */
static bool is_left(const char *lock, const struct stat *note)
{
	enum { LONGEST_COMMIT = 10 }; /* seconds */
	struct stat st;

	return !lstat(lock, &st) && S_ISREG(st.st_mode) && st.st_mtime >= note->st_mtime &&
	       st.st_mtime <= note->st_mtime + LONGEST_COMMIT;
}

static void break_lock(const char *folder, const char *name, const struct stat *note)
{
	struct buf lock = BUF_INIT;
	int tries = 0;

	buf_add_fmt(&lock, "%s/%s.lock", folder, name);
	while (is_left(lock.at, note) && tries++ < COMMIT_TRIES)
		commit_pause();
	if (tries > COMMIT_TRIES)
		unlink(lock.at);
	buf_release(&lock);
}

void note_break_locks(const struct repo *r)
{
	struct buf path = BUF_INIT, head = BUF_INIT;
	struct stat note;

	note_path(r, "pending", &path);
	bool noted = !stat(path.at, &note);
	buf_release(&path);
	if (!noted)
		return;
	repo_read(r->gitdir, "HEAD", &head);
	struct text branch = text_trim(buf_text(&head));
	if (text_starts(branch, TEXT("ref: "))) {
		struct buf name = BUF_INIT;
		buf_add_text(&name, text_trim(text_part(branch, 5, branch.n)));
		break_lock(r->common, name.at, &note);
		buf_release(&name);
	}
	break_lock(r->gitdir, "index", &note);
	break_lock(r->gitdir, "HEAD", &note);
	break_lock(r->common, "packed-refs", &note);
	buf_release(&head);
}

void note_sync(const struct repo *r)
{
	struct buf path = BUF_INIT;

	note_path(r, "pending", &path);
	commit_sync_path(path.at);
	buf_release(&path);
}

void note_clear(const struct repo *r)
{
	struct buf name = BUF_INIT;

	note_path(r, "pending", &name);
	unlink(name.at);
	buf_release(&name);
}
