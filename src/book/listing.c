#include "book/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/vec.h"
#include "book/book.h"
#include "book/place.h"
#include "contact/contact.h"

enum { DEEPEST = 64 }; /* folders in folders */

struct walk {
	struct book *b;
	char *real_root;               /* owned; NULL until a symlink asks for it */
	VEC(struct book_file) files;
	VEC(struct fault) faults;
	VEC(const char *) folders;     /* still to be read are those from `next` on */
	VEC(const char *) leftovers;
	size_t next;
};

bool listing_takes(struct text name)
{
	return name.n > 4 && name.at[0] != '.' && text_ends(name, TEXT(".ini"));
}

static const char *path_in(struct book *b, const char *folder, const char *name)
{
	struct buf path = BUF_INIT;

	if (*folder) {
		buf_add_str(&path, folder);
		buf_add_char(&path, '/');
	}
	buf_add_str(&path, name);
	const char *kept = arena_copy(&b->arena, buf_text(&path));
	buf_release(&path);
	return kept;
}

struct book_file listing_file(const char *path)
{
	return (struct book_file){ .path = path, .id = contact_id_of(path) };
}

static void add_fault(struct walk *w, const char *path, struct fault *f)
{
	fault_at(f, path, 0, 0);
	vec_push(&w->faults, *f);
}

/* ---- symlinks ---- */

/* Is what stands at this real path listed there by itself? */
static bool is_listed_at(const struct walk *w, const char *real, bool folder)
{
	struct text root = text_of(w->real_root), rest = text_of(real), part = TEXT_NONE;

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

static void judge_link(struct walk *w, const char *path, bool folder)
{
	struct buf full = BUF_INIT;
	struct fault f = FAULT_INIT;

	if (!w->real_root)
		w->real_root = realpath(w->b->root, NULL);
	buf_add_fmt(&full, "%s/%s", w->b->root, path);
	char *real = realpath(full.at, NULL);
	if (!real && errno == ELOOP)
		fault_set(&f, FAULT_INVALID, "is a symlink in a loop; remove it");
	else if (!real && errno == ENOENT)
		fault_set(&f, FAULT_INVALID, "is a symlink to nothing; remove it");
	else if (!real)
		fault_errno(&f, "is a symlink that leads nowhere");
	else if (!w->real_root || !is_listed_at(w, real, folder))
		fault_set(&f, FAULT_INVALID, "is a symlink to no contact of the book; kith does "
			  "not follow it, put what it leads to here");
	if (f.code)
		add_fault(w, path, &f);
	mem_free(real);
	buf_release(&full);
}

static void meet_link(struct walk *w, int fd, const char *name, const char *path)
{
	struct stat st;
	bool folder = !fstatat(fd, name, &st, 0) && S_ISDIR(st.st_mode);

	if (folder || listing_takes(text_of(name)))
		judge_link(w, path, folder);
}

/* ---- walking ---- */

static unsigned char type_of(int fd, const struct dirent *e)
{
	struct stat st;

	if (e->d_type != DT_UNKNOWN || fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return e->d_type;
	return (unsigned char)IFTODT(st.st_mode);
}

static void meet(struct walk *w, int fd, const char *folder, const struct dirent *e)
{
	struct text name = text_of(e->d_name);

	if (text_starts(name, TEXT(FILE_TEMP_PREFIX)))
		vec_push(&w->leftovers, path_in(w->b, folder, e->d_name));
	if (name.at[0] == '.')
		return;
	switch (type_of(fd, e)) {
	case DT_DIR:
		vec_push(&w->folders, path_in(w->b, folder, e->d_name));
		break;
	case DT_LNK:
		meet_link(w, fd, e->d_name, path_in(w->b, folder, e->d_name));
		break;
	default: /* a FIFO too: whoever reads it will say what it is */
		if (listing_takes(name))
			vec_push(&w->files, listing_file(path_in(w->b, folder, e->d_name)));
	}
}

static bool is_too_deep(const char *folder)
{
	int depth = *folder != '\0';

	for (; *folder; folder++)
		depth += *folder == '/';
	return depth > DEEPEST;
}

static int read_folder(struct walk *w, const char *folder, struct fault *f)
{
	struct dirent *e;
	int fd;

	if (is_too_deep(folder))
		return fault_set(f, FAULT_INVALID, "is more than %d folders deep; not read",
				 DEEPEST);
	if (file_open_folder(w->b->fd, folder, &fd, f) < 0)
		return f->code;
	DIR *dir = fdopendir(fd);
	if (!dir) {
		fault_errno(f, "cannot read the folder");
		close(fd);
		return f->code;
	}
	for (errno = 0; (e = readdir(dir)); errno = 0)
		meet(w, fd, folder, e);
	int rc = errno ? fault_errno(f, "cannot read the folder") : 0;
	closedir(dir);
	return rc;
}

int listing_cmp(const struct book_file *a, const struct book_file *b)
{
	int c = text_cmp(a->id, b->id);

	return c ? c : strcmp(a->path, b->path);
}

/* A file to be sorted, the front of its id as a number: most are told apart by that. */
struct sorted {
	uint64_t front[2];
	struct book_file file;
};

static uint64_t number_of(struct text t, size_t from)
{
	uint64_t number = 0;

	for (size_t i = from; i < from + sizeof number; i++)
		number = number << 8 | (i < t.n ? (unsigned char)t.at[i] : 0);
	return number;
}

static int by_id(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	for (int i = 0; i < 2; i++)
		if (x->front[i] != y->front[i])
			return x->front[i] < y->front[i] ? -1 : 1;
	return listing_cmp(&x->file, &y->file);
}

static void sort_files(struct book_file *files, size_t n)
{
	struct sorted *sorted = mem_alloc(n * sizeof *sorted);

	for (size_t i = 0; i < n; i++) {
		struct text id = files[i].id;
		sorted[i] = (struct sorted){ { number_of(id, 0), number_of(id, 8) }, files[i] };
	}
	qsort(sorted, n, sizeof *sorted, by_id);
	for (size_t i = 0; i < n; i++)
		files[i] = sorted[i].file;
	mem_free(sorted);
}

static int by_path(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static void take_over(struct book *b, struct walk *w)
{
	listing_release(b);
	sort_files(w->files.at, w->files.n);
	if (w->faults.n)
		qsort(w->faults.at, w->faults.n, sizeof *w->faults.at, by_path);
	b->files = w->files.at;
	b->n_files = w->files.n;
	b->faults = w->faults.at;
	b->n_faults = w->faults.n;
	b->leftovers = w->leftovers.at;
	b->n_leftovers = w->leftovers.n;
	b->listed = true;
	b->changes++;
}

/* From the index, if that is asked for and has it. */
static bool list_cached(struct book *b)
{
	const struct book_index *index = b->index;

	if (!index || !index->list)
		return false;
	listing_release(b);
	if (!index->list(index->ctx, b))
		return false;
	b->cached = b->listed = true;
	b->changes++;
	return true;
}

int book_list(struct book *b, struct fault *f)
{
	struct walk w = { .b = b };

	if (b->listed || list_cached(b))
		return 0;
	int rc = read_folder(&w, "", f);
	while (!rc && w.next < w.folders.n) {
		const char *folder = w.folders.at[w.next++];
		struct fault why = FAULT_INIT;
		if (read_folder(&w, folder, &why) < 0)
			add_fault(&w, folder, &why);
	}
	mem_free(w.real_root);
	vec_release(&w.folders);
	if (rc < 0) {
		vec_release(&w.files);
		vec_release(&w.faults);
		vec_release(&w.leftovers);
		return rc;
	}
	take_over(b, &w);
	listing_remove_leftovers(b);
	return 0;
}

void book_relist(struct book *b)
{
	b->listed = false;
}

void listing_release(struct book *b)
{
	mem_free(b->files);
	mem_free(b->faults);
	mem_free(b->leftovers);
	b->files = NULL;
	b->faults = NULL;
	b->leftovers = NULL;
	b->n_files = b->n_faults = b->n_leftovers = 0;
	b->listed = b->cached = false;
}

int listing_read(const struct book *b, struct place *p, size_t i, struct buf *out, struct fault *f)
{
	const char *path = b->files[i].path;

	if (b->cached && b->index->read(b->index->ctx, i, out))
		return 0;
	return place_read(p, path, out, NULL, f);
}

/* Unlocked, a temporary file may be another process's save under way. */
void listing_remove_leftovers(struct book *b)
{
	struct place p = PLACE(b->fd);
	struct fault f = FAULT_INIT;
	struct stat st;

	if (!b->locked)
		return;
	for (size_t i = 0; i < b->n_leftovers; i++)
		if (!place_find(&p, b->leftovers[i], &f) &&
		    !fstatat(p.folder, p.name, &st, AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode))
			unlinkat(p.folder, p.name, 0);
	b->n_leftovers = 0;
	place_close(&p);
}

/* ---- keeping it in step ---- */

size_t listing_find(const struct book *b, const char *path)
{
	size_t i = 0;

	while (i < b->n_files && strcmp(b->files[i].path, path) != 0)
		i++;
	return i;
}

void listing_add(struct book *b, const char *path)
{
	if (!b->listed)
		return;
	struct book_file file = listing_file(arena_copy(&b->arena, text_of(path)));
	size_t low = 0, high = b->n_files;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (listing_cmp(&b->files[middle], &file) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	b->changes++;
	b->files = mem_resize(b->files, b->n_files + 1, sizeof *b->files);
	memmove(b->files + low + 1, b->files + low, (b->n_files - low) * sizeof *b->files);
	b->files[low] = file;
	b->n_files++;
}

void listing_drop(struct book *b, const char *path)
{
	size_t i = b->listed ? listing_find(b, path) : b->n_files;

	if (i == b->n_files)
		return;
	b->n_files--;
	b->changes++;
	memmove(b->files + i, b->files + i + 1, (b->n_files - i) * sizeof *b->files);
}
