#include "unit.h"

#include "base/vec.h"

static void test_vec__keeps_what_is_pushed_in_order(void **state)
{
	VEC(int) v = VEC_INIT;

	for (int i = 0; i < 1000; i++)
		vec_push(&v, i * i);
	assert_int_equal(v.n, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(v.at[i], i * i);
	vec_release(&v);
}

static void test_vec__makes_room_for_one_more(void **state)
{
	struct pair {
		int a;
		const char *b;
	};
	VEC(struct pair) v = VEC_INIT;

	for (int i = 0; i < 9; i++)
		*vec_more(&v) = (struct pair){ i, "x" };
	vec_push(&v, ((struct pair){ 9, "last" }));
	assert_int_equal(v.n, 10);
	assert_true(v.cap >= v.n);
	assert_int_equal(v.at[8].a, 8);
	assert_string_equal(v.at[9].b, "last");
	vec_release(&v);
}

static void test_vec__is_empty_after_release(void **state)
{
	VEC(char) v = VEC_INIT;

	vec_release(&v);
	vec_push(&v, 'a');
	vec_release(&v);
	assert_null(v.at);
	assert_int_equal(v.n, 0);
	vec_push(&v, 'b');
	assert_int_equal(v.at[0], 'b');
	vec_release(&v);
}
