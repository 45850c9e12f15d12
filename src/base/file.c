#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fault.h"

static int open_again(int folder, const char *name, int flags, mode_t mode)
{
	int fd;

	do
		fd = openat(folder, name, flags | O_CLOEXEC, mode);
	while (fd < 0 && errno == EINTR);
	return fd;
}

/* ---- folders ---- */

int file_open_root(const char *path, int *out, struct fault *f)
{
	*out = open_again(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
	if (*out >= 0)
		return 0;
	if (errno == ENOENT || errno == ENOTDIR)
		return fault_set(f, FAULT_NOTFOUND, "no folder %s", path);
	return fault_errno(f, "cannot open the folder %s", path);
}

static int open_part(int folder, struct text part, int *out, struct fault *f)
{
	struct buf name = BUF_INIT;

	buf_add_text(&name, part);
	*out = open_again(folder, name.at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
	buf_release(&name);
	if (*out >= 0)
		return 0;
	if (errno == ENOENT)
		return fault_set(f, FAULT_NOTFOUND, "no folder '%.*s'", TEXT_FMT(part));
	if (errno == ENOTDIR || errno == ELOOP)
		return fault_set(f, FAULT_INVALID,
				 "'%.*s' is a symlink or no folder; only real folders are entered",
				 TEXT_FMT(part));
	return fault_errno(f, "cannot open the folder '%.*s'", TEXT_FMT(part));
}

int file_open_folder(int root, const char *path, int *out, struct fault *f)
{
	struct text rest = text_of(path), part;
	int folder = root, rc = 0;

	if (!rest.n)
		return open_part(root, TEXT("."), out, f);
	while (!rc && text_cut(&rest, '/', &part)) {
		int above = folder;
		if (!part.n || text_equal(part, TEXT(".")) || text_equal(part, TEXT("..")))
			rc = fault_set(f, FAULT_INVALID, "'%s' leads out of its folder", path);
		else
			rc = open_part(above, part, &folder, f);
		if (above != root)
			close(above);
	}
	*out = rc ? -1 : folder;
	return rc;
}

/* ---- reading ---- */

static const char *kind_name(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR: return "a folder";
	case S_IFIFO: return "a FIFO";
	case S_IFSOCK: return "a socket";
	default: return "a device";
	}
}

static int open_to_read(int folder, const char *name, int *out, struct fault *f)
{
	*out = open_again(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
	if (*out >= 0)
		return 0;
	switch (errno) {
	case ENOENT:
		return fault_set(f, FAULT_NOTFOUND, "no such file");
	case ELOOP:
		return fault_set(f, FAULT_INVALID, "is a symlink; kith does not follow links out "
				 "of the book, put the file itself here");
	case ENXIO:
		return fault_set(f, FAULT_INVALID, "is %s, not a file", kind_name(S_IFSOCK));
	default:
		return fault_errno(f, "cannot open");
	}
}

static void stamp_of(const struct stat *st, struct file_stamp *stamp)
{
	*stamp = (struct file_stamp){
		.device = st->st_dev,
		.inode = st->st_ino,
		.size = st->st_size,
		.mtime = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
		.mode = st->st_mode & 07777,
	};
}

/* Rounded up, so that a byte too many shows. */
static double megabytes(size_t n)
{
	size_t tenths = (n * 10 + (1 << 20) - 1) >> 20;
	return (double)tenths / 10;
}

static int too_large(size_t n, size_t limit, struct fault *f)
{
	return fault_set(f, FAULT_INVALID, "is %.1f MB; up to %.1f MB are read", megabytes(n),
			 megabytes(limit));
}

/* read(2) of at most `want` bytes onto the end of out. */
static ssize_t read_some(int fd, size_t want, struct buf *out)
{
	ssize_t n;

	do
		n = read(fd, buf_room(out, want), want);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		buf_set_len(out, out->n + (size_t)n);
	return n;
}

/*
 * Asking for one byte more than the file has shows its end without a second call: a regular
 * file gives less than was asked for only there. One that grows meanwhile is read to its new end.
 */
static int read_regular(int fd, size_t size, size_t limit, struct buf *out, struct fault *f)
{
	enum { STEP = 1 << 16 };
	size_t start = out->n;

	for (;;) {
		size_t got = out->n - start;
		size_t want = got <= size ? size - got + 1 : STEP;
		ssize_t n = read_some(fd, want, out);
		if (n < 0)
			return fault_errno(f, "cannot read");
		got = out->n - start;
		if (got > limit)
			return too_large(got, limit, f);
		if (n == 0 || (got == size && (size_t)n < want))
			return 0;
	}
}

static int read_opened(int fd, size_t limit, struct buf *out, struct file_stamp *stamp,
		       struct fault *f)
{
	struct stat st;
	size_t start = out->n;

	if (fstat(fd, &st) < 0)
		return fault_errno(f, "cannot read");
	if (!S_ISREG(st.st_mode))
		return fault_set(f, FAULT_INVALID, "is %s, not a file", kind_name(st.st_mode));
	if ((uintmax_t)st.st_size > limit)
		return too_large((size_t)st.st_size, limit, f);
	if (stamp)
		stamp_of(&st, stamp);
	int rc = read_regular(fd, (size_t)st.st_size, limit, out, f);
	if (rc < 0)
		buf_set_len(out, start);
	return rc;
}

int file_read(int folder, const char *name, size_t limit, struct buf *out,
	      struct file_stamp *stamp, struct fault *f)
{
	int fd;

	if (open_to_read(folder, name, &fd, f) < 0)
		return f->code;
	int rc = read_opened(fd, limit, out, stamp, f);
	close(fd);
	return rc;
}

int file_read_all(int fd, size_t limit, struct buf *out, struct fault *f)
{
	enum { STEP = 1 << 16 };
	size_t start = out->n;
	ssize_t n;

	while ((n = read_some(fd, STEP, out)) > 0)
		if (out->n - start > limit)
			return fault_set(f, FAULT_INVALID, "more than %.1f MB; no more are read",
					 megabytes(limit));
	return n < 0 ? fault_errno(f, "cannot read") : 0;
}

/* ---- writing ---- */

struct temp {
	int folder;
	char name[sizeof FILE_TEMP_PREFIX + 16];
};

/* Short, so that it fits wherever the longest name does. */
static int temp_name(struct temp *t, struct fault *f)
{
	uint64_t random;
	ssize_t n;

	do
		n = getrandom(&random, sizeof random, 0);
	while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof random)
		return fault_errno(f, "nothing was changed: no random number to be had");
	snprintf(t->name, sizeof t->name, FILE_TEMP_PREFIX "%016llx", (unsigned long long)random);
	return 0;
}

static int temp_open(struct temp *t, mode_t mode, int *fd, struct fault *f)
{
	for (int tries = 0; tries < 100; tries++) {
		if (temp_name(t, f) < 0)
			return f->code;
		*fd = open_again(t->folder, t->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW,
				 mode);
		if (*fd >= 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	return fault_errno(f, "nothing was changed: cannot make a new file in the folder");
}

static void temp_drop(const struct temp *t)
{
	unlinkat(t->folder, t->name, 0);
}

/* write(2) until all is written; -1 and errno when it cannot be. */
static int write_again(int fd, struct text bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.at, bytes.n);
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			bytes = text_part(bytes, (size_t)n, bytes.n);
	}
	return 0;
}

int file_write_all(int fd, struct text bytes, struct fault *f)
{
	return write_again(fd, bytes) < 0 ? fault_errno(f, "cannot write") : 0;
}

/* Never again after an error other than EINTR: a second fsync may report success for lost data. */
static int sync_fd(int fd)
{
	int rc;

	do
		rc = fsync(fd);
	while (rc < 0 && errno == EINTR);
	return rc;
}

/* A file system that cannot sync folders at all (EINVAL) is taken as it is. */
static int sync_folder(int folder, const char *done, struct fault *f)
{
	if (sync_fd(folder) < 0 && errno != EINVAL)
		return fault_errno(f, "%s but may not survive a power loss", done);
	return 0;
}

/* The bytes in a temporary file, safe on the disk. `like` (may be NULL) gives the permissions. */
static int temp_fill(int fd, struct text bytes, const struct file_stamp *like, struct fault *f)
{
	if (write_again(fd, bytes) < 0)
		return fault_errno(f, "nothing was changed: cannot write");
	if (like && fchmod(fd, like->mode) < 0)
		return fault_errno(f, "nothing was changed: cannot keep the permissions");
	if (sync_fd(fd) < 0)
		return fault_errno(f, "nothing was changed: cannot bring the new text to the disk");
	return 0;
}

/* After a failure there is no temporary file. */
static int temp_write(struct temp *t, int folder, mode_t mode, const struct file_stamp *like,
		      struct text bytes, struct fault *f)
{
	int fd = -1;

	t->folder = folder;
	if (temp_open(t, mode, &fd, f) < 0)
		return f->code;
	int rc = temp_fill(fd, bytes, like, f);
	if (close(fd) < 0 && errno != EINTR && !rc)
		rc = fault_errno(f, "nothing was changed: cannot write");
	if (rc < 0)
		temp_drop(t);
	return rc;
}

/* Rename, but never over anything. Old kernels and NFS cannot; there a hard link does it. */
static int move_to_free(int folder, const char *name, int to_folder, const char *to,
			struct fault *f)
{
	if (!renameat2(folder, name, to_folder, to, RENAME_NOREPLACE))
		return 0;
	if ((errno == ENOSYS || errno == EINVAL) &&
	    !linkat(folder, name, to_folder, to, 0)) {
		if (!unlinkat(folder, name, 0))
			return 0;
		fault_errno(f, "nothing was changed: cannot take the old name away");
		unlinkat(to_folder, to, 0);
		return f->code;
	}
	if (errno == EEXIST)
		return fault_set(f, FAULT_EXISTS, "the name '%s' is taken", to);
	return fault_errno(f, "nothing was changed: cannot rename to '%s'", to);
}

/* What is written must be read again. */
static int check_size(struct text bytes, struct fault *f)
{
	if (bytes.n <= FILE_LIMIT)
		return 0;
	return fault_set(f, FAULT_INVALID,
			 "nothing was changed: would be %.1f MB; contacts are up to %.1f MB",
			 megabytes(bytes.n), megabytes(FILE_LIMIT));
}

int file_create(int folder, const char *name, struct text bytes, mode_t mode, struct fault *f)
{
	struct temp t;

	if (check_size(bytes, f) < 0 || temp_write(&t, folder, mode, NULL, bytes, f) < 0)
		return f->code;
	if (move_to_free(folder, t.name, folder, name, f) < 0) {
		temp_drop(&t);
		return f->code;
	}
	return sync_folder(folder, "the new file is in place", f);
}

/* Whoever took the write permission away did not mean the file to be changed by renaming. */
static int check_writable(int folder, const char *name, struct fault *f)
{
	if (!faccessat(folder, name, W_OK, AT_EACCESS) || errno == ENOENT)
		return 0;
	if (errno == EACCES)
		return fault_set(f, FAULT_OS, "nothing was changed: the file is read-only "
				 "(chmod u+w lets it be changed)");
	return fault_errno(f, "nothing was changed: cannot write");
}

static bool same_stamp(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->mtime == b->mtime && a->mode == b->mode;
}

/* Is what is there now what the caller read? The content too: a clock tick hides a change. */
static int check_unchanged(int folder, const char *name, const struct file_stamp *stamp,
			   struct text before, struct fault *f)
{
	struct file_stamp now;
	struct buf bytes = BUF_INIT;

	int rc = file_read(folder, name, before.n, &bytes, &now, f);
	if (rc == FAULT_NOTFOUND)
		rc = fault_set(f, FAULT_CONFLICT, "was removed meanwhile by another program");
	else if (rc == FAULT_INVALID ||
		 (!rc && !(same_stamp(&now, stamp) && text_equal(buf_text(&bytes), before))))
		rc = fault_set(f, FAULT_CONFLICT, "was changed meanwhile by another program");
	buf_release(&bytes);
	return rc;
}

int file_replace(int folder, const char *name, struct text bytes, const struct file_stamp *stamp,
		 struct text before, struct fault *f)
{
	struct temp t;

	if (check_size(bytes, f) < 0 || check_writable(folder, name, f) < 0 ||
	    temp_write(&t, folder, 0600, stamp, bytes, f) < 0)
		return f->code;
	int rc = check_unchanged(folder, name, stamp, before, f);
	if (!rc && renameat(folder, t.name, folder, name) < 0)
		rc = fault_errno(f, "nothing was changed: cannot put the new text in place");
	if (rc < 0) {
		temp_drop(&t);
		return rc;
	}
	return sync_folder(folder, "the new text is in place", f);
}

int file_remove(int folder, const char *name, const struct file_stamp *stamp, struct text before,
		struct fault *f)
{
	if (check_writable(folder, name, f) < 0 ||
	    check_unchanged(folder, name, stamp, before, f) < 0)
		return f->code;
	if (unlinkat(folder, name, 0) < 0)
		return fault_errno(f, "nothing was changed: cannot remove");
	return sync_folder(folder, "is removed", f);
}

int file_rename(int folder, const char *name, int to_folder, const char *to_name, struct fault *f)
{
	if (move_to_free(folder, name, to_folder, to_name, f) < 0)
		return f->code;
	if (sync_folder(to_folder, "the new name is in place", f) < 0)
		return f->code;
	return sync_folder(folder, "the new name is in place", f);
}

int file_make_folder(int folder, const char *name, struct fault *f)
{
	struct stat st;

	if (!mkdirat(folder, name, 0700))
		return sync_folder(folder, "the new folder is in place", f);
	if (errno != EEXIST)
		return fault_errno(f, "cannot make the folder '%s'", name);
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return fault_errno(f, "cannot make the folder '%s'", name);
	if (!S_ISDIR(st.st_mode))
		return fault_set(f, FAULT_OS, "'%s' is there already and is no folder", name);
	return 0;
}
