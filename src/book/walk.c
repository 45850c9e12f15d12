#include "book/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/crew.h"
#include "book/listing.h"

enum { DEEPEST = 64 }; /* folders in folders */

/* One folder that is read. */
struct folder {
	const char *path;    /* the book's */
	struct buf entries;  /* of each a byte, its type (DT_*), then its name and a NUL */
	struct fault *why;   /* owned; NULL: it could be read */
};

struct tour {
	struct book *b;
	struct walk *w;
	char *real_root;       /* owned; NULL until a symlink asks for it */
	VEC(struct folder) folders; /* of the depth at hand */
	struct buf path;       /* the one at hand */
	struct fault *lost;    /* owned; why the book's own folder could not be read; or NULL */
};

static const char *path_in(struct tour *t, const char *folder, const char *name)
{
	buf_clear(&t->path);
	if (*folder) {
		buf_add_str(&t->path, folder);
		buf_add_char(&t->path, '/');
	}
	buf_add_str(&t->path, name);
	return arena_copy(&t->b->arena, buf_text(&t->path));
}

static void add_fault(struct tour *t, const char *path, struct fault *f)
{
	fault_at(f, path, 0, 0);
	vec_push(&t->w->faults, *f);
}

/* ---- symlinks ---- */

/* Is what stands at this real path listed there by itself? */
static bool is_listed_at(const struct tour *t, const char *real, bool folder)
{
	struct text root = text_of(t->real_root), rest = text_of(real), part = TEXT_NONE;

	if (text_equal(root, TEXT("/")))
		root = TEXT_NONE;
	if (!text_starts(rest, root))
		return false;
	rest = text_part(rest, root.n, rest.n);
	if (!rest.n)
		return folder;
	if (rest.at[0] != '/')
		return false;
	rest = text_part(rest, 1, rest.n);
	while (text_cut(&rest, '/', &part))
		if (part.n && part.at[0] == '.')
			return false;
	return folder || listing_takes(part);
}

static void judge_link(struct tour *t, const char *path, bool folder)
{
	struct buf full = BUF_INIT;
	struct fault f = FAULT_INIT;

	if (!t->real_root)
		t->real_root = realpath(t->b->root, NULL);
	buf_add_fmt(&full, "%s/%s", t->b->root, path);
	char *real = realpath(full.at, NULL);
	if (!real && errno == ELOOP)
		fault_set(&f, FAULT_INVALID, "is a symlink in a loop; remove it");
	else if (!real && errno == ENOENT)
		fault_set(&f, FAULT_INVALID, "is a symlink to nothing; remove it");
	else if (!real)
		fault_errno(&f, "is a symlink that leads nowhere");
	else if (!t->real_root || !is_listed_at(t, real, folder))
		fault_set(&f, FAULT_INVALID, "is a symlink to no contact of the book; kith does "
			  "not follow it, put what it leads to here");
	if (f.code)
		add_fault(t, path, &f);
	mem_free(real);
	buf_release(&full);
}

static void meet_link(struct tour *t, const char *name, const char *path)
{
	struct stat st;
	bool folder = !fstatat(t->b->fd, path, &st, 0) && S_ISDIR(st.st_mode);

	if (folder || listing_takes(text_of(name)))
		judge_link(t, path, folder);
}

/* ---- reading one folder; several threads do this at once ---- */

static bool is_too_deep(const char *folder)
{
	int depth = *folder != '\0';

	for (; *folder; folder++)
		depth += *folder == '/';
	return depth > DEEPEST;
}

static unsigned char type_of(int fd, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN || fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return e->d_type;
	return (unsigned char)IFTODT(st.st_mode);
}

static bool is_left_over(const char *name)
{
	return text_starts(text_of(name), TEXT(FILE_TEMP_PREFIX));
}

static void note_entry(struct folder *folder, int fd, const struct dirent *e)
{
	if (e->d_name[0] == '.' && !is_left_over(e->d_name))
		return;
	buf_add_char(&folder->entries, (char)type_of(fd, e));
	buf_add(&folder->entries, e->d_name, strlen(e->d_name) + 1);
}

static int read_entries(const struct book *b, struct folder *folder, struct fault *f)
{
	struct dirent *e;
	int fd;

	if (is_too_deep(folder->path))
		return fault_set(f, FAULT_INVALID, "is more than %d folders deep; not read",
				 DEEPEST);
	if (file_open_folder(b->fd, folder->path, &fd, f) < 0)
		return f->code;
	DIR *dir = fdopendir(fd);
	if (!dir) {
		fault_errno(f, "cannot read the folder");
		close(fd);
		return f->code;
	}
	for (errno = 0; (e = readdir(dir)); errno = 0)
		note_entry(folder, fd, e);
	int rc = errno ? fault_errno(f, "cannot read the folder") : 0;
	closedir(dir);
	return rc;
}

static void read_some(void *ctx, size_t from, size_t to)
{
	struct tour *t = ctx;

	for (size_t i = from; i < to; i++) {
		struct fault why = FAULT_INIT;
		if (read_entries(t->b, &t->folders.at[i], &why) < 0) {
			t->folders.at[i].why = mem_alloc(sizeof why);
			*t->folders.at[i].why = why;
		}
	}
}

/* ---- what was found ---- */

static void add_folder(struct tour *t, const char *path)
{
	struct folder folder = { .path = path, .entries = BUF_INIT };

	vec_push(&t->folders, folder);
}

static void meet(struct tour *t, const char *folder, unsigned char type, const char *name)
{
	if (is_left_over(name))
		vec_push(&t->w->leftovers, path_in(t, folder, name));
	else if (type == DT_DIR)
		add_folder(t, path_in(t, folder, name));
	else if (type == DT_LNK)
		meet_link(t, name, path_in(t, folder, name));
	else if (listing_takes(text_of(name))) /* a FIFO too: whoever reads it will say so */
		vec_push(&t->w->files, listing_file(path_in(t, folder, name)));
}

static void take_folder(struct tour *t, struct folder *folder)
{
	const char *at = folder->entries.at, *end = at + folder->entries.n;

	for (; at < end; at += strlen(at) + 1)
		meet(t, folder->path, (unsigned char)at[0], at + 1);
	buf_release(&folder->entries);
	if (!*folder->path) {
		t->lost = folder->why;
		return;
	}
	if (folder->why)
		add_fault(t, folder->path, folder->why);
	mem_free(folder->why);
}

/* Read the folders at hand; those in them are at hand then. */
static void go_deeper(struct tour *t)
{
	crew_run(t->folders.n, 1, read_some, t);
	struct folder *read = t->folders.at;
	size_t n = t->folders.n;
	vec_forget(&t->folders);
	for (size_t i = 0; i < n; i++)
		take_folder(t, &read[i]);
	mem_free(read);
}

int walk_book(struct book *b, struct walk *w, struct fault *f)
{
	struct tour t = { .b = b, .w = w, .path = BUF_INIT };

	*w = (struct walk)WALK_INIT;
	add_folder(&t, "");
	while (t.folders.n)
		go_deeper(&t);
	if (t.lost)
		*f = *t.lost;
	int rc = t.lost ? f->code : 0;
	mem_free(t.lost);
	mem_free(t.real_root);
	buf_release(&t.path);
	vec_release(&t.folders);
	return rc;
}

void walk_release(struct walk *w)
{
	vec_release(&w->files);
	vec_release(&w->faults);
	vec_release(&w->leftovers);
}
