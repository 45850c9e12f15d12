#ifndef FOLDER_H
#define FOLDER_H
/*
 * folder - a temporary folder for a test, under $TMPDIR or /tmp, and its files.
 *
 *	char *root = folder_make();
 *	folder_put(root, "family/ana.ini", "name = Ana\n");
 *	...
 *	folder_remove(root);
 */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

/* A new, empty folder; its real path is owned by the caller until folder_remove. */
static inline char *folder_make(void)
{
	const char *above = getenv("TMPDIR");
	struct buf path = BUF_INIT;

	buf_add_fmt(&path, "%s/kith-unit-XXXXXX", above && *above ? above : "/tmp");
	assert_non_null(mkdtemp(path.at));
	char *real = realpath(path.at, NULL);
	buf_release(&path);
	return real;
}

static inline int folder_remove_one(const char *path, const struct stat *st, int type,
				    struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline void folder_remove(char *root)
{
	nftw(root, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
	mem_free(root);
}

/* "ROOT/PATH", owned by the caller. */
static inline char *folder_path(const char *root, const char *path)
{
	struct buf full = BUF_INIT;

	buf_add_fmt(&full, "%s/%s", root, path);
	return buf_take(&full);
}

/* Write a file, making the folders it needs. */
static inline void folder_put_bytes(const char *root, const char *path, struct text bytes)
{
	char *full = folder_path(root, path);

	for (char *p = full + strlen(root) + 1; (p = strchr(p, '/')); *p++ = '/') {
		*p = '\0';
		mkdir(full, 0700);
	}
	int fd = open(full, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes.at, bytes.n), bytes.n);
	close(fd);
	mem_free(full);
}

static inline void folder_put(const char *root, const char *path, const char *text)
{
	folder_put_bytes(root, path, text_of(text));
}

/* The bytes of the file at this full path, appended. */
static inline void folder_read_file(const char *full, struct buf *out)
{
	ssize_t n;

	int fd = open(full, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	while ((n = read(fd, buf_room(out, 65536), 65536)) > 0)
		buf_set_len(out, out->n + (size_t)n);
	close(fd);
}

/* The file's bytes are exactly these. */
static inline void folder_expect(const char *root, const char *path, const char *text)
{
	char *full = folder_path(root, path);
	struct buf bytes = BUF_INIT;

	folder_read_file(full, &bytes);
	assert_string_equal(bytes.at, text);
	buf_release(&bytes);
	mem_free(full);
}

static inline bool folder_has(const char *root, const char *path)
{
	char *full = folder_path(root, path);
	struct stat st;
	bool has = !lstat(full, &st);

	mem_free(full);
	return has;
}

static inline void folder_link(const char *root, const char *to, const char *path)
{
	char *full = folder_path(root, path);

	assert_int_equal(symlink(to, full), 0);
	mem_free(full);
}

/* The folder held open, as what is tested wants it. */
static inline int folder_open(const char *root)
{
	int fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

#endif
