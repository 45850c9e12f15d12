#include "unit.h"

#include "dice.h"

#include "base/buf.h"
#include "index/snapshot.h"

static void make_snapshot(struct snapshot *s, size_t n)
{
	static const char *const paths[] = { "ana.ini", "family/bo.ini", "a b.ini", "\xff.ini" };
	struct segment segments[] = { { 1, 9 }, { 9, 600 }, { 700, 701 } };

	*s = (struct snapshot)SNAPSHOT_INIT;
	snapshot_size(s, n);
	s->root = "/home/x/contacts";
	s->inode = UINT64_MAX;
	s->seal = 77;
	s->next = 701;
	for (size_t i = 0; i < 3; i++)
		vec_push(&s->segments, segments[i]);
	for (size_t i = 0; i < n; i++) {
		s->stamps[i] = UINT64_C(1) << i % 64;
		s->numbers[i] = i % 5 == 4 ? NUMBER_NONE
					   : (uint32_t)i | (i % 5 == 3 ? NUMBER_DAMAGED : 0);
		s->paths[i] = paths[i % 4];
	}
}

static void expect_same(const struct snapshot *a, const struct snapshot *b)
{
	assert_string_equal(a->root, b->root);
	assert_int_equal(a->inode, b->inode);
	assert_int_equal(a->seal, b->seal);
	assert_int_equal(a->next, b->next);
	assert_int_equal(a->segments.n, b->segments.n);
	for (size_t i = 0; i < a->segments.n; i++) {
		assert_int_equal(a->segments.at[i].first, b->segments.at[i].first);
		assert_int_equal(a->segments.at[i].end, b->segments.at[i].end);
	}
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		assert_int_equal(a->stamps[i], b->stamps[i]);
		assert_int_equal(a->numbers[i], b->numbers[i]);
		assert_string_equal(a->paths[i], b->paths[i]);
	}
}

static void test_snapshot__is_read_as_it_was_written(void **state)
{
	for (size_t n = 0; n < 300; n += 1 + n / 3) {
		struct snapshot s, read;
		struct buf bytes = BUF_INIT;
		make_snapshot(&s, n);
		snapshot_write(&s, &bytes);
		assert_true(snapshot_read(&read, buf_text(&bytes)));
		expect_same(&s, &read);
		snapshot_release(&read);
		snapshot_release(&s);
		buf_release(&bytes);
	}
}

static void test_snapshot__of_nothing_is_one_too(void **state)
{
	struct snapshot s = SNAPSHOT_INIT, read;
	struct buf bytes = BUF_INIT;

	snapshot_write(&s, &bytes);
	assert_true(snapshot_read(&read, buf_text(&bytes)));
	expect_same(&s, &read);
	snapshot_release(&read);
	snapshot_release(&read);
	buf_release(&bytes);
}

static void expect_init(const struct snapshot *s)
{
	const struct snapshot init = SNAPSHOT_INIT;

	expect_same(s, &init);
	assert_null(s->stamps);
	assert_null(s->numbers);
	assert_null(s->paths);
}

/* Read a copy of just these bytes: a look behind them shows. */
static bool read_exactly(struct text bytes)
{
	struct snapshot read;
	char *copy = mem_copy(bytes.at, bytes.n), *exact = mem_resize(copy, bytes.n, 1);

	bool done = snapshot_read(&read, (struct text){ exact, bytes.n });
	if (!done)
		expect_init(&read);
	for (size_t i = 0; i < read.n; i++)
		assert_true(strlen(read.paths[i]) < bytes.n);
	snapshot_release(&read);
	mem_free(exact);
	return done;
}

static void test_snapshot__cut_off_anywhere_is_none(void **state)
{
	struct snapshot s;
	struct buf bytes = BUF_INIT;

	make_snapshot(&s, 20);
	snapshot_write(&s, &bytes);
	for (size_t n = 0; n < bytes.n; n++)
		assert_false(read_exactly(text_part(buf_text(&bytes), 0, n)));
	assert_true(read_exactly(buf_text(&bytes)));
	snapshot_release(&s);
	buf_release(&bytes);
}

static void test_snapshot__survives_every_byte_turned(void **state)
{
	struct snapshot s;
	struct buf bytes = BUF_INIT;

	make_snapshot(&s, 20);
	snapshot_write(&s, &bytes);
	for (size_t i = 0; i < bytes.n; i++)
		for (int with = 1; with < 256; with = with * 2 + 1) {
			bytes.at[i] ^= (char)with;
			read_exactly(buf_text(&bytes));
			bytes.at[i] ^= (char)with;
		}
	snapshot_release(&s);
	buf_release(&bytes);
}

static void test_snapshot__survives_any_bytes(void **state)
{
	struct dice d = dice_of(1);
	struct buf bytes = BUF_INIT;

	for (int round = 0; round < 500; round++) {
		buf_clear(&bytes);
		for (size_t n = dice_roll(&d, 400); n; n--)
			buf_add_char(&bytes, (char)(dice_roll(&d, 3) ? 0 : dice_roll(&d, 256)));
		read_exactly(buf_text(&bytes));
	}
	buf_release(&bytes);
}

static void test_snapshot__knows_the_segment_of_a_number(void **state)
{
	struct snapshot s;

	make_snapshot(&s, 0);
	for (uint32_t number = 0; number < 1000; number++) {
		const struct segment *got = snapshot_segment(&s, number), *want = NULL;
		for (size_t i = 0; i < s.segments.n; i++)
			if (number >= s.segments.at[i].first && number < s.segments.at[i].end)
				want = &s.segments.at[i];
		assert_ptr_equal(got, want);
	}
	assert_null(snapshot_segment(&s, 5 | NUMBER_DAMAGED));
	s.segments.n = 0;
	assert_null(snapshot_segment(&s, 5));
	snapshot_release(&s);
}
