#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static void test_buf__is_an_empty_string_before_any_use(void **state)
{
	struct buf b = BUF_INIT;

	assert_string_equal(b.at, "");
	assert_int_equal(b.n, 0);
	buf_add(&b, NULL, 0);
	buf_add_str(&b, "");
	buf_add_fill(&b, 'x', 0);
	buf_clear(&b);
	assert_int_equal(b.cap, 0);
	buf_release(&b);
	assert_string_equal(buf_empty, "");
}

static void test_buf__appends_and_ends_with_nul(void **state)
{
	struct buf b = BUF_INIT;

	buf_add_str(&b, "one");
	assert_string_equal(b.at, "one");
	buf_add(&b, " two and", 4);
	assert_string_equal(b.at, "one two");
	buf_add_text(&b, TEXT(" three"));
	buf_add_char(&b, '!');
	buf_add_fill(&b, '-', 3);
	buf_add_fmt(&b, "%d %s", 42, "x");
	assert_string_equal(b.at, "one two three!---42 x");
	assert_int_equal(b.n, strlen(b.at));
	buf_release(&b);
	assert_string_equal(b.at, "");
}

static void test_buf__holds_nul_bytes(void **state)
{
	struct buf b = BUF_INIT;

	buf_add(&b, "a\0b", 3);
	buf_add_char(&b, '\0');
	assert_int_equal(b.n, 4);
	assert_memory_equal(b.at, "a\0b\0", 5);
	buf_release(&b);
}

static void test_buf__grows_without_losing_a_byte(void **state)
{
	struct buf b = BUF_INIT;

	for (int i = 0; i < 5000; i++) {
		buf_add_char(&b, (char)('a' + i % 26));
		assert_int_equal(b.at[b.n], '\0');
	}
	for (int i = 0; i < 5000; i++)
		assert_int_equal(b.at[i], 'a' + i % 26);
	buf_release(&b);
}

static void test_buf__formats_more_than_it_had_room_for(void **state)
{
	struct buf b = BUF_INIT;

	buf_add_fmt(&b, "%0500d", 7);
	buf_add_fmt(&b, "%s", "");
	assert_int_equal(b.n, 500);
	assert_int_equal(b.at[499], '7');
	buf_release(&b);
}

static void test_buf__writes_runes_as_utf8(void **state)
{
	struct buf b = BUF_INIT;

	buf_add_rune(&b, 'a');
	buf_add_rune(&b, 0xe9);
	buf_add_rune(&b, 0x674e);
	buf_add_rune(&b, 0x1f600);
	assert_string_equal(b.at, "a\xc3\xa9\xe6\x9d\x8e\xf0\x9f\x98\x80");
	buf_release(&b);
}

static void test_buf__lends_room_to_write_in(void **state)
{
	struct buf b = BUF_INIT;

	buf_add_str(&b, "ab");
	memcpy(buf_room(&b, 1000), "cdef", 4);
	buf_set_len(&b, 5);
	assert_string_equal(b.at, "abcde");
	assert_true(text_equal(buf_text(&b), TEXT("abcde")));
	buf_set_len(&b, 1);
	assert_string_equal(b.at, "a");
	buf_release(&b);
}

static void test_buf__keeps_its_memory_when_cleared(void **state)
{
	struct buf b = BUF_INIT;

	buf_add_str(&b, "something");
	size_t cap = b.cap;
	buf_clear(&b);
	assert_string_equal(b.at, "");
	assert_int_equal(b.cap, cap);
	buf_release(&b);
}

static void test_buf__hands_its_bytes_over(void **state)
{
	struct buf b = BUF_INIT;

	buf_add_str(&b, "mine");
	char *s = buf_take(&b);
	assert_string_equal(s, "mine");
	assert_string_equal(b.at, "");
	assert_int_equal(b.cap, 0);
	mem_free(s);
	s = buf_take(&b);
	assert_string_equal(s, "");
	assert_ptr_not_equal(s, buf_empty);
	mem_free(s);
}
