#include "base/crew.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 8 };

struct crew {
	crew_work work;
	void *ctx;
	size_t n, chunk;
	atomic_size_t next; /* the first thing that no thread has taken */
};

static void *work_on(void *arg)
{
	struct crew *c = arg;
	size_t from;

	while ((from = atomic_fetch_add(&c->next, c->chunk)) < c->n)
		c->work(c->ctx, from, c->n - from < c->chunk ? c->n : from + c->chunk);
	return NULL;
}

static size_t threads_for(size_t n, size_t chunk)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (n < 2 * chunk || cores < 1)
		return 1;
	return cores < MOST_THREADS ? (size_t)cores : MOST_THREADS;
}

void crew_run(size_t n, size_t chunk, crew_work work, void *ctx)
{
	struct crew c = { .work = work, .ctx = ctx, .n = n, .chunk = chunk };
	pthread_t helpers[MOST_THREADS];
	size_t threads = threads_for(n, chunk), started = 0;

	atomic_init(&c.next, 0);
	while (started + 1 < threads &&
	       !pthread_create(&helpers[started], NULL, work_on, &c))
		started++;
	work_on(&c);
	while (started)
		pthread_join(helpers[--started], NULL);
}
