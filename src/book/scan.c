#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/buf.h"
#include "book/book.h"
#include "book/place.h"
#include "contact/contact.h"

enum {
	MOST_THREADS = 8,
	CHUNK = 32,      /* files a thread takes at a time */
	WORTH_IT = 64    /* fewer files than this are read by one thread sooner */
};

struct scan {
	struct book *b;
	book_sieve sieve;
	book_visit visit;
	void *ctx;
	atomic_size_t next; /* the first file that no thread has taken */
};

/* Damage may hide words from the sieve: a damaged file is always seen, and told of. */
static bool passes(const struct scan *s, const char *path, struct text bytes)
{
	return !s->sieve || s->sieve(s->ctx, path, bytes) ||
	       contact_damage_of(bytes) != CONTACT_SOUND;
}

static void visit_file(struct scan *s, struct place *p, size_t i)
{
	const char *path = s->b->files[i].path;
	struct fault f = FAULT_INIT;
	struct buf bytes = BUF_INIT;
	struct contact c;

	if (place_read(p, path, &bytes, NULL, &f) < 0) {
		s->visit(s->ctx, i, NULL, &f);
	} else if (passes(s, path, buf_text(&bytes))) {
		size_t n = bytes.n;
		contact_read(&c, path, buf_take(&bytes), n);
		s->visit(s->ctx, i, &c, &f);
		contact_release(&c);
	}
	buf_release(&bytes);
}

static void *scan_chunks(void *arg)
{
	struct scan *s = arg;
	struct place p = PLACE(s->b->fd);
	size_t n = s->b->n_files, from;

	while ((from = atomic_fetch_add(&s->next, CHUNK)) < n)
		for (size_t i = from; i < n && i < from + CHUNK; i++)
			visit_file(s, &p, i);
	place_close(&p);
	return NULL;
}

static size_t threads_for(size_t n_files)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (n_files < WORTH_IT || cores < 1)
		return 1;
	return cores < MOST_THREADS ? (size_t)cores : MOST_THREADS;
}

/* This thread works too, so that the scan ends even where no other can be started. */
int book_scan(struct book *b, book_sieve sieve, book_visit visit, void *ctx, struct fault *f)
{
	struct scan s = { .b = b, .sieve = sieve, .visit = visit, .ctx = ctx };
	pthread_t helpers[MOST_THREADS];
	size_t n = 0;

	if (book_list(b, f) < 0)
		return f->code;
	atomic_init(&s.next, 0);
	while (n + 1 < threads_for(b->n_files) &&
	       !pthread_create(&helpers[n], NULL, scan_chunks, &s))
		n++;
	scan_chunks(&s);
	while (n)
		pthread_join(helpers[--n], NULL);
	return 0;
}
