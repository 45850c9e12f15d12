#include "history/past_book.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "book/book.h"
#include "book/listing.h"
#include "contact/contact.h"
#include "history/past.h"
#include "history/past_version.h"

/* A file; both are the arena's of the book. */
struct stored {
	const char *path, *blob;
};

/* A file that nobody of today has the path of, and the uid in it. */
struct moved {
	size_t file;
	struct text uid;
};

struct past_book {
	struct book book;
	struct book_index face;    /* by which the book reads from the past */
	struct past *past;
	VEC(struct stored) files;  /* in the order of the book's once it is listed */
	VEC(struct moved) moved;
	bool knows_moved;
	pthread_mutex_t lock;      /* around the past and what has been found of moved files */
};

/* ---- a book of blobs ---- */

static int by_id(const void *va, const void *vb)
{
	struct book_file a = listing_file(((const struct stored *)va)->path);
	struct book_file b = listing_file(((const struct stored *)vb)->path);

	return listing_cmp(&a, &b);
}

static bool list_files(void *ctx, struct book *book)
{
	struct past_book *b = ctx;

	if (b->files.n)
		qsort(b->files.at, b->files.n, sizeof *b->files.at, by_id);
	book->files = mem_alloc(b->files.n * sizeof *book->files);
	book->n_files = b->files.n;
	for (size_t i = 0; i < b->files.n; i++)
		book->files[i] = listing_file(b->files.at[i].path);
	return true;
}

static bool read_file(void *ctx, size_t i, struct buf *out)
{
	struct past_book *b = ctx;
	const struct stored *file = &b->files.at[i];
	struct fault f = FAULT_INIT;

	pthread_mutex_lock(&b->lock);
	int rc = past_blob(b->past, file->blob, file->path, out, &f);
	pthread_mutex_unlock(&b->lock);
	return !rc;
}

static bool open_index(void *ctx, struct book *book, struct lookup *out)
{
	(void)ctx;
	(void)book;
	(void)out;
	return false; /* nothing narrows a search */
}

struct past_book *past_book_new(struct past *p, const char *root)
{
	struct past_book *b = mem_alloc(sizeof *b);

	b->past = p;
	b->book.root = mem_copy(root, strlen(root));
	b->book.fd = -1;
	b->face = (struct book_index){ b, list_files, read_file, open_index, NULL };
	b->book.index = &b->face;
	pthread_mutex_init(&b->lock, NULL);
	return b;
}

void past_book_free(struct past_book *b)
{
	if (!b)
		return;
	book_close(&b->book);
	vec_release(&b->files);
	vec_release(&b->moved);
	pthread_mutex_destroy(&b->lock);
	mem_free(b);
}

struct book *past_book_of(struct past_book *b)
{
	return &b->book;
}

void past_book_add(struct past_book *b, const char *path, const char *blob)
{
	struct stored file = { arena_copy(&b->book.arena, text_of(path)),
			       arena_copy(&b->book.arena, text_of(blob)) };

	vec_push(&b->files, file);
}

static int add_file(void *ctx, const char *path, const char *blob)
{
	past_book_add(ctx, path, blob);
	return 0;
}

int past_book_add_commit(struct past_book *b, const char *commit, struct fault *f)
{
	if (past_list(b->past, commit, add_file, b, f) < 0)
		return f->code;
	return book_list(&b->book, f);
}

/* ---- reading ---- */

static int load(struct past_book *b, size_t i, struct contact *out, struct fault *f)
{
	const struct stored *file = &b->files.at[i];

	pthread_mutex_lock(&b->lock);
	int rc = past_version_read(b->past, file->blob, file->path, out, f);
	pthread_mutex_unlock(&b->lock);
	return rc;
}

/* The first file of a listed book whose id is not before this one. */
static size_t find_id(const struct book *book, struct text id)
{
	size_t low = 0, high = book->n_files;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (text_cmp(book->files[middle].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool has_id(const struct book *book, size_t i, struct text id)
{
	return i < book->n_files && text_equal(book->files[i].id, id);
}

/* The place of the path; n_files when it isn't there. */
static size_t find_path(const struct book *book, const char *path)
{
	struct text id = contact_id_of(path);

	for (size_t i = find_id(book, id); has_id(book, i, id); i++)
		if (!strcmp(book->files[i].path, path))
			return i;
	return book->n_files;
}

int past_book_load(struct past_book *b, const char *path, struct contact *out, struct fault *f)
{
	size_t i = find_path(&b->book, path);

	if (i == b->book.n_files)
		return fault_set(f, FAULT_NOTFOUND, "%s was not there", path);
	return load(b, i, out, f);
}

/* ---- the same person ---- */

static int not_there(const struct contact *now, struct fault *f)
{
	return fault_set(f, FAULT_NOTFOUND, "%s was not there", now->path);
}

/* The file i, unless it is somebody else. */
static int try_file(struct past_book *b, size_t i, const struct contact *now, struct contact *out,
		    struct fault *f)
{
	if (load(b, i, out, f) < 0)
		return f->code;
	if (contact_continues(now, out->id, contact_get(out, TEXT("uid"))))
		return 0;
	contact_release(out);
	return not_there(now, f);
}

static int try_path(struct past_book *b, const struct contact *now, struct contact *out,
		    struct fault *f)
{
	size_t i = find_path(&b->book, now->path);

	return i < b->book.n_files ? try_file(b, i, now, out, f) : not_there(now, f);
}

static int try_id(struct past_book *b, struct text id, const struct contact *now,
		  struct contact *out, struct fault *f)
{
	int rc = not_there(now, f);

	for (size_t i = find_id(&b->book, id); rc == FAULT_NOTFOUND && has_id(&b->book, i, id); i++)
		if (strcmp(b->book.files[i].path, now->path) != 0)
			rc = try_file(b, i, now, out, f);
	return rc;
}

static int try_aliases(struct past_book *b, const struct contact *now, struct contact *out,
		       struct fault *f)
{
	struct contact_field alias;
	int rc = not_there(now, f);

	for (size_t at = 0; rc == FAULT_NOTFOUND && contact_next(now, TEXT("alias"), &at, &alias);)
		rc = try_id(b, alias.value, now, out, f);
	return rc;
}

/* Under the lock. A file that cannot be read is nobody. */
static void look_for_moved(struct past_book *b, const struct book *today)
{
	for (size_t i = 0; i < b->files.n; i++) {
		const struct stored *file = &b->files.at[i];
		struct fault f = FAULT_INIT;
		struct contact c;
		if (find_path(today, file->path) < today->n_files ||
		    past_version_read(b->past, file->blob, file->path, &c, &f) < 0)
			continue;
		const char *uid = arena_copy(&b->book.arena, contact_get(&c, TEXT("uid")));
		struct moved one = { i, text_of(uid) };
		vec_push(&b->moved, one);
		contact_release(&c);
	}
	b->knows_moved = true;
}

static int try_uid(struct past_book *b, const struct contact *now, const struct book *today,
		   struct contact *out, struct fault *f)
{
	struct text uid = contact_get(now, TEXT("uid"));

	if (!uid.n)
		return not_there(now, f);
	pthread_mutex_lock(&b->lock);
	if (!b->knows_moved)
		look_for_moved(b, today);
	pthread_mutex_unlock(&b->lock);
	for (size_t i = 0; i < b->moved.n; i++)
		if (text_equal(b->moved.at[i].uid, uid))
			return try_file(b, b->moved.at[i].file, now, out, f);
	return not_there(now, f);
}

int past_book_follow(struct past_book *b, const struct contact *now, const struct book *today,
		     struct contact *out, struct fault *f)
{
	int rc = try_path(b, now, out, f);

	if (rc == FAULT_NOTFOUND)
		rc = try_id(b, now->id, now, out, f);
	if (rc == FAULT_NOTFOUND)
		rc = try_aliases(b, now, out, f);
	if (rc == FAULT_NOTFOUND)
		rc = try_uid(b, now, today, out, f);
	return rc;
}
