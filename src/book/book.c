#include "book/book.h"

#include <errno.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "book/listing.h"
#include "book/place.h"
#include "contact/contact.h"

int book_read_config(struct book *b, struct buf *out, struct fault *f)
{
	struct place p = PLACE(b->fd);

	int rc = place_find(&p, BOOK_CONFIG, f);
	if (!rc)
		rc = file_read(p.folder, p.name, FILE_LIMIT, out, NULL, f);
	place_close(&p);
	if (!rc || rc == FAULT_NOTFOUND)
		return 0;
	struct fault why = *f;
	fault_set(f, rc, "%s; make it a file that can be read, or take it away", why.msg);
	return fault_at(f, BOOK_CONFIG, 0, 0);
}

static int take_config(struct book *b, struct fault *f)
{
	struct buf bytes = BUF_INIT;

	int rc = book_read_config(b, &bytes, f);
	if (!rc)
		config_read(&b->config, buf_text(&bytes));
	buf_release(&bytes);
	return rc;
}

int book_open(struct book *b, const char *root, struct fault *f)
{
	struct text path = text_of(root);

	*b = (struct book){ .fd = -1 };
	while (path.n > 1 && path.at[path.n - 1] == '/')
		path.n--;
	b->root = mem_copy(path.at, path.n);
	return file_open_root(b->root, &b->fd, f) < 0 ? f->code : take_config(b, f);
}

void book_close(struct book *b)
{
	if (b->fd >= 0)
		close(b->fd); /* which unlocks it */
	listing_release(b);
	config_release(&b->config);
	arena_release(&b->arena);
	mem_free(b->root);
	*b = (struct book){ .fd = -1 };
}

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * flock has no deadline of its own, so it is asked again and again. With pauses this short
 * two hundred processes at once all get their turn in about the time their work takes.
 */
static int wait_for_lock(struct book *b, int wait_ms, struct fault *f)
{
	long long deadline = now_ms() + wait_ms;
	long pause_ms = 1;

	while (flock(b->fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno == EINTR)
			continue;
		if (errno != EWOULDBLOCK)
			return fault_errno(f, "cannot lock the book %s", b->root);
		if (now_ms() >= deadline)
			return fault_set(f, FAULT_LOCKED, "another kith process has held the book "
					 "for %g s; try again, or end it (fuser -v %s shows it)",
					 wait_ms / 1000.0, b->root);
		nanosleep(&(struct timespec){ .tv_nsec = pause_ms * 1000000 }, NULL);
		if (pause_ms < 10)
			pause_ms++;
	}
	return 0;
}

int book_lock(struct book *b, int wait_ms, struct fault *f)
{
	if (b->locked)
		return 0;
	if (wait_for_lock(b, wait_ms, f) < 0)
		return f->code;
	b->locked = true;
	listing_remove_leftovers(b);
	book_relist(b);
	return 0;
}

void book_unlock(struct book *b)
{
	if (b->locked)
		flock(b->fd, LOCK_UN);
	b->locked = false;
}

static int load_cached(struct book *b, const char *path, struct contact *out, struct fault *f)
{
	struct place p = PLACE(b->fd);
	struct buf bytes = BUF_INIT;
	size_t i = listing_find(b, path);

	if (i == b->n_files)
		return fault_set(f, FAULT_NOTFOUND, "%s is not in the index", path);
	int rc = listing_read(b, &p, i, &bytes, f);
	place_close(&p);
	size_t n = bytes.n;
	if (!rc)
		contact_read(out, path, buf_take(&bytes), n);
	buf_release(&bytes);
	return rc;
}

int book_load(struct book *b, const char *path, struct contact *out, struct file_stamp *stamp,
	      struct fault *f)
{
	struct place p = PLACE(b->fd);

	if (b->cached)
		return load_cached(b, path, out, f);
	int rc = place_load(&p, path, out, stamp, f);
	place_close(&p);
	return rc;
}
