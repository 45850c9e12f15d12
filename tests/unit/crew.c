#include "unit.h"

#include <stdatomic.h>

#include "base/crew.h"
#include "base/mem.h"

struct tally {
	size_t n, chunk;
	atomic_int *times; /* each thing was done */
	atomic_int calls, wrong;
};

/* assert_ is for the main thread alone. */
static void count_things(void *ctx, size_t from, size_t to)
{
	struct tally *t = ctx;

	t->calls++;
	if (from >= to || to > t->n || to - from > t->chunk || from % t->chunk)
		t->wrong++;
	for (size_t i = from; i < to && i < t->n; i++)
		t->times[i]++;
}

static void expect_each_once(size_t n, size_t chunk)
{
	struct tally t = { .n = n, .chunk = chunk, .times = mem_alloc(n * sizeof *t.times) };

	crew_run(n, chunk, count_things, &t);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(t.times[i], 1);
	assert_int_equal(t.wrong, 0);
	assert_int_equal(t.calls, (n + chunk - 1) / chunk);
	mem_free(t.times);
}

static void test_crew__does_each_thing_once(void **state)
{
	static const size_t chunks[] = { 1, 2, 7, 32, 1000 };

	for (size_t k = 0; k < sizeof chunks / sizeof *chunks; k++)
		for (size_t n = 0; n < 3000; n += 1 + n / 2)
			expect_each_once(n, chunks[k]);
}

static void test_crew__does_nothing_for_nobody(void **state)
{
	expect_each_once(0, 1);
}

static void test_crew__is_done_when_it_returns(void **state)
{
	for (int round = 0; round < 200; round++)
		expect_each_once(64, 1);
}
