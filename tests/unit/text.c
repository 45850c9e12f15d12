#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct row {
	const char *in, *want;
};

/* Each row's text, through a function that appends, is what is wanted. */
static void check_rows(void (*to)(struct text, struct buf *), const struct row *rows, size_t n)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		buf_clear(&b);
		buf_add_str(&b, "=");
		to(text_of(rows[i].in), &b);
		if (b.at[0] != '=' || strcmp(b.at + 1, rows[i].want))
			fail_msg("'%s': '%s' is not '=%s'", rows[i].in, b.at, rows[i].want);
	}
	buf_release(&b);
}

static void assert_text(struct text t, const char *want)
{
	if (!text_equal(t, text_of(want)))
		fail_msg("'%.*s' is not '%s'", TEXT_FMT(t), want);
}

/* ---- pieces ---- */

static void test_text__is_the_same_when_folded(void **state)
{
	assert_true(text_same_when_folded(TEXT("Jos\xc3\xa9"), TEXT("JOSE")));
	assert_true(text_same_when_folded(TEXT(""), TEXT("")));
	assert_false(text_same_when_folded(TEXT("a"), TEXT("b")));
	assert_false(text_same_when_folded(TEXT("a"), TEXT("ab")));
	assert_false(text_same_when_folded(TEXT("a"), TEXT("")));
}

static void test_text__is_made_of_strings_and_parts(void **state)
{
	assert_text(text_of(NULL), "");
	assert_text(text_of("abc"), "abc");
	assert_int_equal(TEXT("a\0b").n, 3);
	assert_text(text_part(TEXT("abcdef"), 2, 4), "cd");
	assert_text(text_part(TEXT("abc"), 3, 3), "");
}

static void test_text__trims_white_space(void **state)
{
	assert_text(text_trim(TEXT(" \t\v\f\r\na b\n ")), "a b");
	assert_text(text_trim(TEXT(" \n")), "");
	assert_text(text_trim(TEXT("\xc2\xa0x")), "\xc2\xa0x"); /* no-break space is the user's */
}

static void test_text__finds_a_character(void **state)
{
	assert_int_equal(text_find(TEXT("a,b,c"), ','), 1);
	assert_int_equal(text_find(TEXT("abc"), ','), 3);
	assert_int_equal(text_find((struct text){ NULL, 0 }, ','), 0);
	assert_int_equal(text_find(TEXT("a\0b"), '\0'), 1);
}

static void test_text__is_cut_at_separators(void **state)
{
	static const struct {
		const char *in;
		const char *pieces[4];
	} table[] = {
		{ "a,,b", { "a", "", "b" } }, { "", { "" } }, { ",", { "", "" } }, { "abc", { "abc" } },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct text rest = text_of(table[i].in), piece;
		size_t n = 0;
		for (; text_cut(&rest, ',', &piece); n++)
			assert_text(piece, table[i].pieces[n]);
		assert_null(rest.at);
		assert_null(table[i].pieces[n]);
	}
}

static void test_text__is_cut_into_lines(void **state)
{
	static const struct {
		const char *in;
		const char *lines[5];
	} table[] = {
		{ "", { NULL } },           { "a", { "a" } },       { "a\n", { "a" } },
		{ "a\r\nb\n", { "a", "b" } }, { "\n\n", { "", "" } }, { "a\rb\r", { "a\rb" } },
		{ "\r\n\na", { "", "", "a" } },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct text rest = text_of(table[i].in), line;
		size_t n = 0;
		for (; text_cut_line(&rest, &line); n++)
			assert_text(line, table[i].lines[n]);
		assert_null(table[i].lines[n]);
	}
}

static void test_text__is_cut_into_words(void **state)
{
	struct text rest = TEXT(" one\ttwo \n three "), word;

	assert_true(text_cut_word(&rest, &word));
	assert_text(word, "one");
	assert_text(rest, "\ttwo \n three ");
	assert_true(text_cut_word(&rest, &word));
	assert_true(text_cut_word(&rest, &word));
	assert_text(word, "three");
	assert_false(text_cut_word(&rest, &word));
	assert_int_equal(rest.n, 0);
}

static void test_text__starts_ends_and_holds(void **state)
{
	assert_true(text_starts(TEXT("abc"), TEXT("ab")));
	assert_true(text_starts(TEXT("abc"), TEXT("")));
	assert_false(text_starts(TEXT("ab"), TEXT("abc")));
	assert_false(text_starts(TEXT("abc"), TEXT("b")));
	assert_true(text_ends(TEXT("abc"), TEXT("bc")));
	assert_false(text_ends(TEXT("bc"), TEXT("abc")));
	assert_false(text_ends(TEXT("abc"), TEXT("ab")));
	assert_true(text_holds(TEXT("abcd"), TEXT("bc")));
	assert_true(text_holds(TEXT(""), TEXT("")));
	assert_true(text_holds((struct text){ NULL, 0 }, TEXT("")));
	assert_false(text_holds((struct text){ NULL, 0 }, TEXT("a")));
	assert_false(text_holds(TEXT("abcd"), TEXT("bd")));
}

/* ---- comparing ---- */

static void test_text__is_same_without_regard_to_case(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} table[] = {
		{ "Email", "eMAIL", true },  { "", "", true },       { "a", "", false },
		{ "ÉTÉ", "été", true },      { "été", "ete", false }, { "straße", "STRASSE", true },
		{ "Ωmega", "ωMEGA", true },  { "[", "{", false },    { "@", "`", false },
		{ "\xff", "\xff", true },    { "\xff", "\xfe", false }, { "abc", "abd", false },
		{ "K", "\xe2\x84\xaa", true }, /* KELVIN SIGN */
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct text a = text_of(table[i].a), b = text_of(table[i].b);
		if (text_same(a, b) != table[i].same || text_same(b, a) != table[i].same)
			fail_msg("'%s' and '%s'", table[i].a, table[i].b);
	}
}

static void test_text__orders_by_bytes(void **state)
{
	static const char *const ordered[] = { "", "A", "Aa", "B", "a", "a b", "ab", "\xc3\xa9" };

	for (size_t i = 0; i < COUNT(ordered); i++)
		for (size_t k = 0; k < COUNT(ordered); k++) {
			int c = text_cmp(text_of(ordered[i]), text_of(ordered[k]));
			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
			assert_int_equal(text_equal(text_of(ordered[i]), text_of(ordered[k])), i == k);
		}
}

static void test_text__reads_numbers(void **state)
{
	static const struct {
		const char *in;
		bool good;
		long want;
	} table[] = {
		{ "0", true, 0 },    { "42", true, 42 },   { "-5", true, -5 },  { "007", true, 7 },
		{ "100", true, 100 }, { "101", false, 0 }, { "-10", true, -10 }, { "-11", false, 0 },
		{ "", false, 0 },    { "-", false, 0 },    { "+1", false, 0 },  { " 1", false, 0 },
		{ "1 ", false, 0 },  { "1a", false, 0 },   { "--1", false, 0 },
		{ "99999999999999999999999", false, 0 },  { "9223372036854775808", false, 0 },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		long n = 77;
		if (text_number(text_of(table[i].in), -10, 100, &n) != table[i].good)
			fail_msg("'%s'", table[i].in);
		assert_int_equal(n, table[i].good ? table[i].want : 77);
	}
}

/* ---- UTF-8 ---- */

static void test_text__decodes_what_it_encodes(void **state)
{
	for (int rune = 0; rune <= 0x10ffff; rune += rune < 0x11000 ? 1 : 61) {
		char s[4];
		int back;
		if (rune >= 0xd800 && rune <= 0xdfff)
			continue;
		size_t n = text_encode((unsigned)rune, s);
		assert_int_equal(n, rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4);
		assert_int_equal(text_decode((struct text){ s, n }, &back), n);
		assert_int_equal(back, rune);
		assert_true(text_is_utf8((struct text){ s, n }, NULL));
		assert_true(n == 1 || !text_is_utf8((struct text){ s, n - 1 }, NULL));
	}
}

static void test_text__finds_what_is_no_utf8(void **state)
{
	static const struct {
		const char *in;
		size_t bad;
	} table[] = {
		{ "abc\xff", 3 },          { "\x80", 0 },         { "a\xc3", 1 },
		{ "\xc3\xa9\xe6\x9d", 2 }, { "\xc0\xaf", 0 },     { "\xe0\x80\x80", 0 },
		{ "\xed\xa0\x80", 0 },     { "\xf5\x80\x80\x80", 0 }, { "\xf4\x90\x80\x80", 0 },
		{ "J\xf6rg", 1 },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		size_t bad = 99;
		int rune;
		struct text t = text_of(table[i].in);
		assert_false(text_is_utf8(t, &bad));
		assert_int_equal(bad, table[i].bad);
		assert_int_equal(text_decode(text_part(t, bad, t.n), &rune), 1);
		assert_int_equal(rune, -1);
	}
}

static void test_text__knows_what_words_are_made_of(void **state)
{
	static const int in[] = { 'a', 'Z', '0', 0xe9, 0x301, 0x674e, 0x663 };
	static const int out[] = { ' ', '-', '_', '@', '\n', 0xa0, 0x2019, 0x3002, -1 };

	for (size_t i = 0; i < COUNT(in); i++)
		assert_true(rune_is_word(in[i]));
	for (size_t i = 0; i < COUNT(out); i++)
		assert_false(rune_is_word(out[i]));
}

static void test_text__folds(void **state)
{
	static const struct row rows[] = {
		{ "", "" },                    { "Paul NOVAK", "paul novak" },
		{ "José", "jose" },            { "Jose\xcc\x81", "jose" },
		{ "Łukasz Żółć", "lukasz zolc" }, { "Øster Ærø", "oster aero" },
		{ "Straße", "strasse" },       { "Đặng", "dang" },
		{ "ﬁne Ⅻ ①", "fine xii 1" },   { "ＫＩＴＨ", "kith" },
		{ "a\tb\r\nc", "a b  c" },     { "a\xc2\xa0" "b", "a b" },
		{ "O’Brien “x” – y", "o'brien \"x\" - y" },
		{ "李雷", "李雷" },             { "ΣΊΣΥΦΟΣ", "σισυφοσ" },
		{ "a\xff" "B", "a\xff" "b" },  { "co\xc2\xad" "op", "coop" },
		{ "Þórr Œuvre", "thorr oeuvre" }, { "İstanbul ılık", "istanbul ilik" },
		{ "٠١٢٣ ۴۵۶ ७८९ ０９", "0123 456 789 09" }, { "𝟎𝟗𝟘𝟡", "0909" },
		{ "A sentence of more than sixty-four bytes, É in it, AND SOME MORE OF IT behind that\n!",
		  "a sentence of more than sixty-four bytes, e in it, and some more of it behind that !" },
	};

	check_rows(text_fold, rows, COUNT(rows));
}

static void test_text__folds_any_letter_wherever_it_stands(void **state)
{
	struct buf in = BUF_INIT, out = BUF_INIT;

	for (size_t at = 0; at < 200; at++) {
		buf_clear(&in);
		buf_clear(&out);
		buf_add_fill(&in, 'X', at);
		buf_add_str(&in, "\xc3\x89\t\xff");
		buf_add_fill(&in, 'Z', 200 - at);
		text_fold(buf_text(&in), &out);
		assert_int_equal(out.n, in.n - 1);
		for (size_t i = 0; i < at; i++)
			assert_int_equal(out.at[i], 'x');
		assert_memory_equal(out.at + at, "e \xff" "z", 4);
		assert_int_equal(out.at[out.n - 1], 'z');
	}
	buf_release(&in);
	buf_release(&out);
}

static void test_text__folding_twice_changes_nothing(void **state)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;

	for (int rune = 0; rune < 0x20000; rune++) {
		char s[4];
		if (rune >= 0xd800 && rune <= 0xdfff)
			continue;
		buf_clear(&once);
		buf_clear(&twice);
		text_fold((struct text){ s, text_encode((unsigned)rune, s) }, &once);
		text_fold(buf_text(&once), &twice);
		if (!text_equal(buf_text(&once), buf_text(&twice)))
			fail_msg("U+%04X: '%s', then '%s'", rune, once.at, twice.at);
	}
	buf_release(&once);
	buf_release(&twice);
}

static void test_text__makes_slugs(void **state)
{
	static const struct row rows[] = {
		{ "Paul Novak", "paul-novak" },   { "José  Ruiz-Łuk", "jose-ruiz-luk" },
		{ "O'Brien, Conan", "obrien-conan" }, { "O’Brien", "obrien" },
		{ "", "contact" },                { "...", "contact" },
		{ "--a--", "a" },                 { "李雷", "u674e-u96f7" },
		{ "李 Lei", "u674e-lei" },        { "../../etc", "etc" },
		{ "a\xff" "b", "a-b" },           { "R2 D2", "r2-d2" },
		{ "Ελένη Παππά", "eleni-pappa" }, { "Γιώργος Παπαδόπουλος", "giorgos-papadopoulos" },
		{ "Παύλος Ψυχάρης", "pavlos-psycharis" }, { "Υάκινθος", "yakinthos" },
		{ "Мария Петрова", "mariia-petrova" }, { "Щорс Объезд", "shchors-obaezd" },
		{ "Юлія Гоголь", "iuliia-gogol" }, { "Ђорђе Љубић", "dorde-ljubic" },
		{ "Николай Ёлкин-Чацкий", "nikolai-elkin-chatskii" }, { "Ана 李", "ana-u674e" },
		{ "Жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж",
		  "zhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzhzh" },
		{ "ь", "contact" },               { "\xf0\x9f\x98\x80 Joy", "joy" }, { "Con", "con" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b",
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	};

	check_rows(text_slug, rows, COUNT(rows));
}

/* ---- showing ---- */

static void test_text__measures_columns(void **state)
{
	static const struct {
		const char *in;
		size_t width;
	} table[] = { { "", 0 },      { "abc", 3 }, { "José", 4 }, { "Jose\xcc\x81", 4 },
		      { "李雷", 4 }, { "a\xff", 2 } };

	for (size_t i = 0; i < COUNT(table); i++)
		assert_int_equal(text_width(text_of(table[i].in)), table[i].width);
}

static void test_text__fits_into_columns(void **state)
{
	assert_text(text_fit(TEXT("abcdef"), 3), "abc");
	assert_text(text_fit(TEXT("abc"), 9), "abc");
	assert_text(text_fit(TEXT("abc"), 0), "");
	assert_text(text_fit(TEXT("李雷"), 3), "李");
	assert_text(text_fit(TEXT("e\xcc\x81x"), 1), "e\xcc\x81");
}

static void visible(struct text t, struct buf *out)
{
	text_visible(t, false, out);
}

static void visible_lines(struct text t, struct buf *out)
{
	text_visible(t, true, out);
}

static void test_text__is_made_safe_for_terminals(void **state)
{
	static const struct row rows[] = {
		{ "José 李", "José 李" },          { "a\x1b[31m", "a\\x1b[31m" },
		{ "\x7f\r", "\\x7f\\x0d" },        { "\xc2\x9b", "\\u009b" },
		{ "a\xe2\x80\xae" "b", "a\\u202eb" }, { "\xe2\x80\xa8", "\\u2028" },
		{ "\xff", "\\xff" },               { "a\nb\tc", "a b c" },
		{ "\xe2\x81\xa6", "\\u2066" },     { "\xe2\x80\x8f", "\\u200f" },
		{ "x\xe2\x80\x8dy", "x\xe2\x80\x8dy" },
	};
	static const struct row lines[] = { { "a\nb\tc\r", "a\nb\tc\\x0d" } };

	check_rows(visible, rows, COUNT(rows));
	check_rows(visible_lines, lines, COUNT(lines));
}

static void test_text__is_repaired(void **state)
{
	static const struct row rows[] = {
		{ "José", "José" },
		{ "J\xf6rg", "J\xef\xbf\xbdrg" },
		{ "\xe6\x9d", "\xef\xbf\xbd\xef\xbf\xbd" },
		{ "a\x1b", "a\x1b" },
	};

	check_rows(text_repair, rows, COUNT(rows));
}
