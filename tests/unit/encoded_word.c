#include "unit.h"

#include "base/buf.h"
#include "format/encoded_word.h"

static void check(struct text from, const char *want)
{
	struct buf out = BUF_INIT;

	encoded_word_decode(from, &out);
	assert_string_equal(out.at, want);
	assert_true(text_is_utf8(buf_text(&out), NULL));
	buf_release(&out);
}

struct one_case { const char *from, *want; };

static void check_all(const struct one_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check(text_of(cases[i].from), cases[i].want);
}
#define CHECK_ALL(cases) check_all(cases, sizeof cases / sizeof cases[0])

static void test_encoded_word__decodes_both_ways(void **state)
{
	static const struct one_case cases[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "=?utf-8?Q?Zo=C3=AB?=", "Zo\xc3\xab" },
		{ "=?UTF-8?q?Zo=c3=ab_Lindqvist?=", "Zo\xc3\xab Lindqvist" },
		{ "=?utf-8?B?Wm/Dqw==?=", "Zo\xc3\xab" },
		{ "=?us-ascii?b?Wm9l?=", "Zoe" },
		{ "=?utf-8*en-GB?Q?Zo=C3=AB?=", "Zo\xc3\xab" },
		{ "Dr =?utf-8?Q?Zo=C3=AB?= <z@x>", "Dr Zo\xc3\xab <z@x>" },
		{ "=?utf-8?Q?\?=", "" },
		{ "=?utf-8?B?\?=", "" },
	};
	CHECK_ALL(cases);
}

static void test_encoded_word__knows_the_charsets_of_libc(void **state)
{
	static const struct one_case cases[] = {
		{ "=?iso-8859-1?Q?Zo=EB?=", "Zo\xc3\xab" },
		{ "=?ISO-8859-2?Q?=A3ukasz?=", "\xc5\x81ukasz" },
		{ "=?windows-1252?Q?=93hi=94?=", "\xe2\x80\x9chi\xe2\x80\x9d" },
		{ "=?koi8-r?B?5tXJ7w==?=", "\xd0\xa4\xd1\x83\xd0\xb8\xd0\x9e" },
		{ "=?shift_jis?B?k/qWew==?=", "\xe6\x97\xa5\xe6\x9c\xac" },
		{ "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "\xe6\x97\xa5\xe6\x9c\xac" },
		{ "=?gb2312?B?wO7A1w==?=", "\xe6\x9d\x8e\xe9\x9b\xb7" },
		{ "=?utf-16be?B?AFoAbwDr?=", "Zo\xc3\xab" },
	};
	CHECK_ALL(cases);
}

static void test_encoded_word__joins_words_in_a_row(void **state)
{
	static const struct one_case cases[] = {
		{ "=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab" },
		{ "=?utf-8?Q?a?=\t \n =?utf-8?B?Yg==?=", "ab" },
		{ "=?utf-8?Q?a_?= =?iso-8859-1?Q?=EB?=", "a \xc3\xab" },
		{ "=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c" },
		{ "=?utf-8?Q?a?==?utf-8?Q?b?=", "ab" },
		{ "=?utf-8?Q?a?=  ", "a  " },
		/* a character split over two, and over two ways */
		{ "=?utf-8?Q?Zo=C3?= =?UTF-8?Q?=AB!?=", "Zo\xc3\xab!" },
		{ "=?utf-8?B?Wm/D?= =?utf-8?Q?=AB?=", "Zo\xc3\xab" },
		{ "=?shift_jis?B?kw==?= =?shift_jis?B?+g==?=", "\xe6\x97\xa5" },
		{ "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?S1wbKEI=?=",
		  "\xe6\x97\xa5\xe6\x9c\xac" },
		/* but not over words that are apart, or of two charsets */
		{ "=?utf-8?Q?=C3?= x =?utf-8?Q?=AB?=", "\xc3\x83 x \xc2\xab" },
	};
	CHECK_ALL(cases);
}

static void test_encoded_word__takes_what_programs_get_wrong(void **state)
{
	static const struct one_case cases[] = {
		{ "(=?utf-8?Q?a?=)", "(a)" },
		{ "x=?utf-8?Q?a?=y", "xay" },
		{ "=?utf-8?Q?a b?=", "a b" },
		{ "=?utf-8?Q?really?\?=", "really?" },
		{ "=?utf-8?Q?50=?=", "50=" },
		{ "=?utf-8?Q?=ZZ=4?=", "=ZZ=4" },
		{ "=?utf-8?B?Wm 9l?=", "Zoe" },
		{ "=?utf-8?B?Wm9l*?=", "Zoe" },
		{ "=?utf-8?B?Wg==bw==?=", "Zo" },
		{ "=?utf-8?B?W?=", "" },
	};
	CHECK_ALL(cases);
}

static void test_encoded_word__leaves_what_is_none(void **state)
{
	static const char *const cases[] = {
		"=", "=?", "=?=", "=?\?=", "?=", "=?utf-8?", "=?utf-8?Q", "=?utf-8?Q?", "=?utf-8?Q?a",
		"=?utf-8?Q?a?", "=?utf-8?X?a?=", "=?utf-8?QQ?a?=", "a =? b ?= c",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check(text_of(cases[i]), cases[i]);
	check(TEXT("=?utf-8?Q?lost =?utf-8?Q?found?="), "=?utf-8?Q?lost found");
}

static void test_encoded_word__shows_bytes_of_a_charset_that_nobody_knows(void **state)
{
	static const struct one_case cases[] = {
		{ "=?x-unknown?Q?Zo=EB?=", "Zo\xc3\xab" },
		{ "=?x-unknown?Q?Zo=C3=AB?=", "Zo\xc3\xab" },
		{ "=??Q?Zo=EB?=", "Zo\xc3\xab" },
		{ "=?utf-8//TRANSLIT?Q?Zo=C3=AB?=", "Zo\xc3\xab" },
		{ "=?../../etc?Q?a?=", "a" },
		{ "=?utf-8?Q?=80?=", "\xef\xbf\xbd" },
		{ "=?us-ascii?Q?a=EBb?=", "a\xef\xbf\xbd" "b" },
		{ "=?shift_jis?B?kw==?=", "\xef\xbf\xbd" },
	};
	CHECK_ALL(cases);
}

static void test_encoded_word__takes_raw_bytes_for_latin_1(void **state)
{
	check(TEXT("Jos\xe9"), "Jos\xc3\xa9");
	check(TEXT("Jos\xc3\xa9"), "Jos\xc3\xa9");
	check(TEXT("\xe9\xc3\xa9\x80"), "\xc3\xa9\xc3\xa9\xef\xbf\xbd");
}

static void test_encoded_word__keeps_a_nul_where_it_is(void **state)
{
	struct buf out = BUF_INIT;

	encoded_word_decode(TEXT("a\0=?utf-8?Q?=00?="), &out);
	assert_true(text_equal(buf_text(&out), TEXT("a\0\0")));
	buf_release(&out);
}

/* Each of these makes a reader that starts over at every sign take hours. */
static void test_encoded_word__is_quick_with_a_million_beginnings(void **state)
{
	static const char *const pieces[] = { "=?", "=?a?q?", "=?a?q?x ", "=?a?b?==", "?=", "=",
					      "=?utf-8?q?=C3?= ", "=?a?q?=?=" };

	for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
		struct buf in = BUF_INIT, out = BUF_INIT;
		while (in.n < 1000000)
			buf_add_str(&in, pieces[i]);
		encoded_word_decode(buf_text(&in), &out);
		assert_true(text_is_utf8(buf_text(&out), NULL));
		assert_true(out.n <= 3 * in.n);
		buf_release(&in);
		buf_release(&out);
	}
}
