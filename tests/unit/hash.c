#include "unit.h"

#include "dice.h"

#include "base/hash.h"

static void test_hash__stands_for_bytes_and_seed(void **state)
{
	char moved[] = " Ana Ruiz";

	assert_int_equal(hash_bytes(TEXT("Ana Ruiz"), 1), hash_bytes(text_of(moved + 1), 1));
	assert_int_not_equal(hash_bytes(TEXT("Ana Ruiz"), 1), hash_bytes(TEXT("Ana Ruiz"), 2));
	assert_int_not_equal(hash_bytes(TEXT("Ana Ruiz"), 1), hash_bytes(TEXT("Ana Ruis"), 1));
	assert_int_equal(hash_bytes((struct text){ NULL, 0 }, 3), hash_bytes(TEXT_NONE, 3));
}

static void test_hash__tells_lengths_apart(void **state)
{
	static const char zeros[64];
	uint64_t seen[sizeof zeros];

	for (size_t n = 0; n < sizeof zeros; n++) {
		seen[n] = hash_bytes((struct text){ zeros, n }, 0);
		for (size_t k = 0; k < n; k++)
			assert_int_not_equal(seen[k], seen[n]);
	}
}

static void test_hash__notices_any_change_within_eight_neighbours(void **state)
{
	struct dice d = dice_of(1);
	char bytes[61], changed[61];

	for (int round = 0; round < 3000; round++) {
		size_t n = 1 + dice_roll(&d, sizeof bytes), run = 1 + dice_roll(&d, 8);
		for (size_t i = 0; i < n; i++)
			bytes[i] = (char)dice_roll(&d, 256);
		memcpy(changed, bytes, n);
		size_t from = dice_roll(&d, n);
		for (size_t i = from; i < n && i < from + run; i++)
			changed[i] = (char)dice_roll(&d, 256);
		uint64_t was = hash_bytes((struct text){ bytes, n }, 5),
			 is = hash_bytes((struct text){ changed, n }, 5);
		assert_int_equal(was == is, !memcmp(bytes, changed, n));
	}
}

static void test_hash__notices_every_flip_of_a_bit(void **state)
{
	char bytes[] = "name = Ana Ruiz\nemail = ana@x.example\n";
	struct text t = { bytes, sizeof bytes - 1 };
	uint64_t was = hash_bytes(t, 9);

	for (size_t bit = 0; bit < t.n * 8; bit++) {
		bytes[bit / 8] ^= (char)(1 << bit % 8);
		assert_int_not_equal(hash_bytes(t, 9), was);
		bytes[bit / 8] ^= (char)(1 << bit % 8);
	}
}
