#include "unit.h"

#include "dice.h"

#include "base/bits.h"

/* The same set kept the plain way, to compare with. */
struct plain {
	bool has[300];
	size_t n;
};

static void expect_same(const struct bits *b, const struct plain *p)
{
	size_t count = 0;

	assert_int_equal(b->n, p->n);
	for (size_t i = 0; i < p->n; i++) {
		assert_int_equal(bits_has(b, i), p->has[i]);
		count += p->has[i];
	}
	assert_int_equal(bits_count(b), count);
}

static void make_random(struct dice *d, size_t n, struct bits *b, struct plain *p)
{
	*p = (struct plain){ .n = n };
	bits_init(b, n, false);
	for (size_t i = 0; i < n; i++)
		if (dice_roll(d, 2)) {
			bits_set(b, i);
			p->has[i] = true;
		}
}

static void test_bits__begin_with_all_or_none(void **state)
{
	static const size_t sizes[] = { 0, 1, 2, 63, 64, 65, 127, 128, 129, 300 };
	struct bits b;

	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		bits_init(&b, sizes[k], true);
		assert_int_equal(bits_count(&b), sizes[k]);
		bits_release(&b);
		bits_init(&b, sizes[k], false);
		assert_int_equal(bits_count(&b), 0);
		bits_release(&b);
		assert_int_equal(b.n, 0);
	}
}

static void test_bits__are_set_and_cleared_one_by_one(void **state)
{
	struct dice d = dice_of(1);
	struct plain p = { .n = 300 };
	struct bits b;

	bits_init(&b, p.n, false);
	for (int k = 0; k < 2000; k++) {
		size_t i = dice_roll(&d, p.n);
		p.has[i] = dice_roll(&d, 2);
		if (p.has[i])
			bits_set(&b, i);
		else
			bits_clear(&b, i);
		if (k % 100 == 0)
			expect_same(&b, &p);
	}
	expect_same(&b, &p);
	bits_release(&b);
}

static void test_bits__a_range_is_cleared_and_nothing_beside_it(void **state)
{
	struct plain p = { .n = 200 };
	struct bits b;

	for (size_t from = 0; from <= p.n; from++)
		for (size_t to = from; to <= p.n; to += 1 + from % 3) {
			bits_init(&b, p.n, true);
			bits_clear_range(&b, from, to);
			for (size_t i = 0; i < p.n; i++)
				p.has[i] = i < from || i >= to;
			expect_same(&b, &p);
			bits_release(&b);
		}
}

static void test_bits__an_empty_or_turned_range_clears_nothing(void **state)
{
	struct bits b;

	bits_init(&b, 100, true);
	bits_clear_range(&b, 100, 100);
	bits_clear_range(&b, 70, 3);
	assert_int_equal(bits_count(&b), 100);
	bits_release(&b);
}

static void test_bits__are_joined(void **state)
{
	struct dice d = dice_of(2);
	struct bits a, b, any;
	struct plain p, q, want;

	for (size_t n = 0; n <= 300; n += 1 + n / 7) {
		make_random(&d, n, &a, &p);
		make_random(&d, n, &b, &q);
		bits_copy(&any, &a);
		expect_same(&any, &p);
		bits_or(&any, &b);
		want.n = n;
		for (size_t i = 0; i < n; i++)
			want.has[i] = p.has[i] || q.has[i];
		expect_same(&any, &want);
		expect_same(&a, &p);
		expect_same(&b, &q);
		bits_release(&a);
		bits_release(&b);
		bits_release(&any);
	}
}
