#include "book/listing.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "book/book.h"
#include "book/place.h"
#include "book/walk.h"
#include "contact/contact.h"

bool listing_takes(struct text name)
{
	return name.n > 4 && name.at[0] != '.' && text_ends(name, TEXT(".ini"));
}

struct book_file listing_file(const char *path)
{
	return (struct book_file){ .path = path, .id = contact_id_of(path) };
}

int listing_cmp(const struct book_file *a, const struct book_file *b)
{
	int c = text_cmp(a->id, b->id);

	return c ? c : strcmp(a->path, b->path);
}

/* A file to be sorted: the front of its id as numbers, by which most are told apart. */
enum { FRONTS = 3 };
struct sorted {
	uint64_t front[FRONTS];
	uint32_t place; /* among the files as they were found */
};

static uint64_t number_of(struct text t, size_t from)
{
	uint64_t number = 0;

	for (size_t i = from; i < from + sizeof number; i++)
		number = number << 8 | (i < t.n ? (unsigned char)t.at[i] : 0);
	return number;
}

static int by_id(const void *a, const void *b, void *files)
{
	const struct sorted *x = a, *y = b;

	for (int i = 0; i < FRONTS; i++)
		if (x->front[i] != y->front[i])
			return x->front[i] < y->front[i] ? -1 : 1;
	return listing_cmp((struct book_file *)files + x->place,
			   (struct book_file *)files + y->place);
}

/* The files in order; they were found folder by folder, and that is noted. */
static void take_sorted(struct book *b, const struct book_file *found, size_t n)
{
	struct sorted *sorted = mem_alloc(n * sizeof *sorted);

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < FRONTS; k++)
			sorted[i].front[k] = number_of(found[i].id, k * sizeof(uint64_t));
		sorted[i].place = (uint32_t)i;
	}
	qsort_r(sorted, n, sizeof *sorted, by_id, (void *)found);
	b->files = mem_alloc(n * sizeof *b->files);
	b->by_folder = mem_alloc(n * sizeof *b->by_folder);
	b->n_files = n;
	for (size_t i = 0; i < n; i++) {
		b->files[i] = found[sorted[i].place];
		b->by_folder[sorted[i].place] = (uint32_t)i;
	}
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
	take_sorted(b, w->files.at, w->files.n);
	vec_release(&w->files);
	if (w->faults.n)
		qsort(w->faults.at, w->faults.n, sizeof *w->faults.at, by_path);
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
	struct walk w;

	if (b->listed || list_cached(b))
		return 0;
	if (walk_book(b, &w, f) < 0) {
		walk_release(&w);
		return f->code;
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
	mem_free(b->by_folder);
	mem_free(b->faults);
	mem_free(b->leftovers);
	b->files = NULL;
	b->by_folder = NULL;
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

static void note_change(struct book *b)
{
	b->changes++;
	mem_free(b->by_folder);
	b->by_folder = NULL;
}

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
	note_change(b);
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
	note_change(b);
	memmove(b->files + i, b->files + i + 1, (b->n_files - i) * sizeof *b->files);
}
