#include <stdatomic.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/crew.h"
#include "base/mem.h"
#include "book/book.h"
#include "book/listing.h"
#include "book/place.h"
#include "contact/contact.h"
#include "contact/lookup.h"

enum {
	CHUNK = 32, /* files a thread takes at a time */
	FEW = 4     /* less than one in so many */
};

struct scan {
	struct book *b;
	const size_t *files; /* those to be read: places in the listing */
	const struct book_sieve *sieve;
	book_visit visit;
	void *ctx;
	size_t n;
	atomic_size_t done;
};

/* Damage may hide words from the sieve: a damaged file is always seen, and told of. */
static bool passes(const struct scan *s, const char *path, struct text bytes)
{
	return !s->sieve || !s->sieve->may_hold || s->sieve->may_hold(s->ctx, path, bytes) ||
	       contact_damage_of(bytes) != CONTACT_SOUND;
}

static void visit_file(struct scan *s, struct place *p, size_t i)
{
	const char *path = s->b->files[i].path;
	struct fault f = FAULT_INIT;
	struct buf bytes = BUF_INIT;
	struct contact c;

	if (listing_read(s->b, p, i, &bytes, &f) < 0) {
		s->visit(s->ctx, i, NULL, &f);
	} else if (passes(s, path, buf_text(&bytes))) {
		size_t n = bytes.n;
		contact_read(&c, path, buf_take(&bytes), n);
		s->visit(s->ctx, i, &c, &f);
		contact_release(&c);
	}
	buf_release(&bytes);
}

static void visit_some(void *ctx, size_t from, size_t to)
{
	struct scan *s = ctx;
	const struct book_progress *progress = &s->b->progress;
	struct place p = PLACE(s->b->fd);

	for (size_t k = from; k < to; k++)
		visit_file(s, &p, s->files[k]);
	place_close(&p);
	size_t done = atomic_fetch_add(&s->done, to - from) + to - from;
	if (progress->tell && done < s->n)
		progress->tell(progress->ctx, done, s->n);
}

static void scan_files(struct book *b, const struct bits *files, const struct book_sieve *sieve,
		       book_visit visit, void *ctx)
{
	size_t n = bits_count(files), k = 0, *places = mem_alloc(n * sizeof *places);
	struct scan s = { b, places, sieve, visit, ctx, n, 0 };

	for (size_t i = 0; i < b->n_files; i++) {
		size_t place = book_by_folder(b, i);
		if (bits_has(files, place))
			places[k++] = place;
	}
	if (b->progress.tell && n)
		b->progress.tell(b->progress.ctx, 0, n);
	crew_run(n, CHUNK, visit_some, &s);
	if (b->progress.tell)
		b->progress.tell(b->progress.ctx, n, n);
	mem_free(places);
}

void book_scan_some(struct book *b, const struct bits *files, book_visit visit, void *ctx)
{
	scan_files(b, files, NULL, visit, ctx);
}

int book_scan(struct book *b, const struct book_sieve *sieve, book_visit visit, void *ctx,
	      struct fault *f)
{
	bool narrows = sieve && sieve->narrow;
	struct lookup lookup;
	struct bits files;

	if (book_list(b, f) < 0)
		return f->code;
	bool open = b->index && (narrows || b->cached) &&
		    b->index->open(b->index->ctx, b, &lookup);
	bits_init(&files, b->n_files, true);
	if (open && narrows)
		sieve->narrow(ctx, &lookup, &files);
	if (bits_count(&files) < b->n_files / FEW)
		sieve = NULL; /* most of them hold it: to look first would be work done twice */
	if (open && !b->cached)
		b->index->close(b->index->ctx);
	scan_files(b, &files, sieve, visit, ctx);
	if (open && b->cached)
		b->index->close(b->index->ctx);
	bits_release(&files);
	return 0;
}
