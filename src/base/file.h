#ifndef FILE_H
#define FILE_H
/*
 * file - reading and safe writing, relative to a folder that is held open.
 *
 * Names are single components of `folder`, an open directory descriptor, so
 * that no symlink or swapped folder leads elsewhere. Only regular files are
 * read: a FIFO, a device, a socket, a symlink is a fault that says so. Nothing
 * else in src/ opens a file for writing.
 *
 * A fault does not name the file: its message goes behind the path that the
 * caller, who knows it whole, adds with fault_at.
 *
 * A write is durable before it returns: new temporary file in the same folder
 * (O_EXCL, O_NOFOLLOW, O_CLOEXEC), write, fsync, close, compare what is there
 * with what was read, rename, fsync of the folder. A failure before the rename
 * leaves the old text and no temporary file.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/text.h"

struct buf;

/* The largest contact that is read and written, in bytes. */
#define FILE_LIMIT ((size_t)16 << 20)
/* Temporary files begin with this; one left by a killed process may be removed under the lock. */
#define FILE_TEMP_PREFIX ".kith-tmp-"

/* What stat tells of the version that was read. */
struct file_stamp {
	dev_t device;
	ino_t inode;
	int64_t size;  /* bytes */
	int64_t mtime; /* nanoseconds since 1970 */
	mode_t mode;   /* permission bits */
};

/* Open a folder by any path, symlinks or not: what becomes a root. FAULT_NOTFOUND. */
FALLIBLE int file_open_root(const char *path, int *out, struct fault *f);

/*
 * Open the folder `path` below `root` ("" is root itself), component by component, no symlinks
 * and no "..". The caller closes it. FAULT_NOTFOUND, FAULT_INVALID; *out is -1 then.
 */
FALLIBLE int file_open_folder(int root, const char *path, int *out, struct fault *f);

/*
 * Append the whole file to out. stamp may be NULL. FAULT_NOTFOUND: no such
 * file; FAULT_INVALID: not a regular file, a symlink, or over limit bytes.
 */
FALLIBLE int file_read(int folder, const char *name, size_t limit, struct buf *out,
		       struct file_stamp *stamp, struct fault *f);

/*
 * A new file of the mode that umask leaves. FAULT_EXISTS when the name is taken, by whatever;
 * FAULT_INVALID for more than FILE_LIMIT bytes.
 */
FALLIBLE int file_create(int folder, const char *name, struct text bytes, mode_t mode,
			 struct fault *f);

/*
 * Put `bytes` in place of the version that `stamp` and `before` describe,
 * keeping its permission bits. FAULT_CONFLICT, and nothing changed, when the
 * file is not that version any more; FAULT_OS when it is write-protected;
 * FAULT_INVALID for more than FILE_LIMIT bytes. Of a file with several hard links this
 * name alone gets the new text.
 */
FALLIBLE int file_replace(int folder, const char *name, struct text bytes,
			  const struct file_stamp *stamp, struct text before, struct fault *f);

/* Unlink the version described, fsync the folder. Faults as above. */
FALLIBLE int file_remove(int folder, const char *name, const struct file_stamp *stamp,
			 struct text before, struct fault *f);

/* Rename without replacing, fsync both folders. FAULT_EXISTS when the new name is taken. */
FALLIBLE int file_rename(int folder, const char *name, int to_folder, const char *to_name,
			 struct fault *f);

/* A new folder, made durable; no fault when it is there already. */
FALLIBLE int file_make_folder(int folder, const char *name, struct fault *f);

/* Everything from a descriptor that is no file of a book (stdin), up to limit bytes. */
FALLIBLE int file_read_all(int fd, size_t limit, struct buf *out, struct fault *f);

/* Everything to a descriptor that is no file of a book: a pipe, a temporary file. */
FALLIBLE int file_write_all(int fd, struct text bytes, struct fault *f);

#endif
