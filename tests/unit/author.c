#include "unit.h"

#include "base/buf.h"
#include "history/author.h"

static void test_author__cleans_names_as_git_does(void **state)
{
	static const struct { const char *given, *kept; } cases[] = {
		{ "Ada Lovelace", "Ada Lovelace" },
		{ "  Ada, ", "Ada" },
		{ "A\nd\x1b" "a", "Ada" },
		{ "Ada <ada@ok.example>", "Ada ada@ok.example" },
		{ "\"Ada\" L.", "Ada\" L" },
		{ "José", "José" },
		{ " .,<>\t", "" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out = BUF_INIT;
		author_clean(text_of(cases[i].given), &out);
		assert_string_equal(out.at, cases[i].kept);
		buf_release(&out);
	}
}

static void test_author__reads_the_dates_of_scripts(void **state)
{
	static const struct { const char *given; int64_t time; int zone; } cases[] = {
		{ "@0 +0000", 0, 0 },
		{ "1767225600 +0130", 1767225600, 90 },
		{ "@4294967296 -0800", 4294967296, -480 },
		{ "2026-01-01T00:00:00Z", 1767225600, 0 },
		{ "2026-01-01 01:30:00 +01:30", 1767225600, 90 },
		{ "2025-12-31T16:00-0800", 1767225600, -480 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct moment m;
		assert_true(author_moment(text_of(cases[i].given), &m));
		assert_int_equal(m.time, cases[i].time);
		assert_int_equal(m.zone, cases[i].zone);
	}
}

static void test_author__leaves_other_dates_to_git(void **state)
{
	static const char *const cases[] = {
		"", "yesterday", "Thu, 07 Apr 2005 22:13:13 +0200", "2026-01-01", "1767225600",
		"2026-01-01T00:00:00", "@-5 +0000", "1969-12-31T23:59:59Z", "@1 +00", "@1 +0060",
		"2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z",
	};
	struct moment m;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_false(author_moment(text_of(cases[i]), &m));
}

static void test_author__commits_at_noon_of_a_fixed_day(void **state)
{
	struct moment m = author_now((struct date){ 2026, 11, 21 });

	assert_int_equal(m.time, 1795262400);
	assert_int_equal(m.zone, 0);
	assert_int_equal(author_now((struct date){ 1950, 1, 1 }).time, 0);
}

static void test_author__always_finds_somebody(void **state)
{
	struct buf name = BUF_INIT, email = BUF_INIT;

	author_fallback(&name, &email);
	assert_true(name.n > 0);
	struct text host = text_part(buf_text(&email), text_find(buf_text(&email), '@'), email.n);
	assert_true(host.n > 1);
	assert_true(text_starts(buf_text(&email), buf_text(&name)));
	buf_release(&name);
	buf_release(&email);
}
