#include "unit.h"

#include <stdalign.h>
#include <string.h>

#include "base/arena.h"

enum { SIZES = 9 };
static const size_t sizes[SIZES] = { 1, 7, 16, 100, 2047, 2049, 8192, 8193, 100000 };

static void test_arena__gives_zeroed_aligned_bytes(void **state)
{
	struct arena a = ARENA_INIT;

	for (int round = 0; round < 50; round++) {
		size_t n = sizes[round % SIZES];
		unsigned char *p = arena_alloc(&a, n);
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, n);
	}
	arena_release(&a);
}

static void test_arena__never_gives_a_byte_twice(void **state)
{
	enum { PIECES = 200 };
	struct arena a = ARENA_INIT;
	unsigned char *pieces[PIECES];

	for (int i = 0; i < PIECES; i++) {
		size_t n = sizes[i % SIZES];
		pieces[i] = memset(arena_alloc(&a, n), i, n);
	}
	for (int i = 0; i < PIECES; i++)
		for (size_t k = 0; k < sizes[i % SIZES]; k++)
			assert_int_equal(pieces[i][k], i);
	arena_release(&a);
}

static void test_arena__gives_an_address_for_nothing(void **state)
{
	struct arena a = ARENA_INIT;

	assert_non_null(arena_alloc(&a, 0));
	assert_string_equal(arena_copy(&a, TEXT_NONE), "");
	assert_string_equal(arena_copy(&a, (struct text){ NULL, 0 }), "");
	arena_release(&a);
}

static void test_arena__copies_texts(void **state)
{
	struct arena a = ARENA_INIT;
	char bytes[] = "Paul Novak";
	char *copy = arena_copy(&a, (struct text){ bytes, 4 });

	memset(bytes, 'x', sizeof bytes - 1);
	assert_string_equal(copy, "Paul");
	assert_memory_equal(arena_copy(&a, (struct text){ "a\0b", 3 }), "a\0b", 4);
	arena_release(&a);
}

static void test_arena__can_be_used_after_clear_and_release(void **state)
{
	struct arena a = ARENA_INIT;

	arena_clear(&a);
	arena_release(&a);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < SIZES; i++)
			memset(arena_alloc(&a, sizes[i]), 0xff, sizes[i]);
		arena_clear(&a);
		assert_string_equal(arena_copy(&a, TEXT("again")), "again");
		assert_int_equal(*(char *)arena_alloc(&a, 1), 0);
		if (round == 1)
			arena_release(&a);
	}
	arena_release(&a);
	assert_null(a.blocks);
}

static void test_arena__puts_small_pieces_into_one_block(void **state)
{
#ifdef ARENA_DEBUG
	const bool shared = false; /* so that a sanitizer sees where a piece ends */
#else
	const bool shared = true;
#endif
	struct arena a = ARENA_INIT;

	arena_alloc(&a, 1);
	struct arena_block *block = a.blocks;
	for (int i = 0; i < 100; i++)
		arena_alloc(&a, 64);
	assert_int_equal(a.blocks == block, shared);
	arena_alloc(&a, 100000); /* does not take the place of the block being filled */
	arena_alloc(&a, 64);
	assert_int_equal(a.blocks == block, shared);
	arena_release(&a);
}
