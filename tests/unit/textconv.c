#include "unit.h"

#include "base/buf.h"
#include "cmd/textconv.h"
#include "dice.h"
#include "format/doc.h"

static void expect(const char *bytes, const char *want)
{
	struct buf got = BUF_INIT;

	textconv(text_of(bytes), &got);
	assert_string_equal(got.at, want);
	buf_release(&got);
}

static void test_textconv__has_one_form_for_all_spacings(void **state)
{
	const char *form = "# c\n[contact]\nname = Ada\nemail.work = a@b\n\n[log]\n2026-01-02 = x\n";

	expect(form, form);
	expect("\xef\xbb\xbf# c\r\n[contact]\r\n  name=Ada\r\n\r\n  email.work\t:  a@b  \r\n[log]\r\n"
	       "2026-01-02 = x", form);
	expect("\n\n  # c  \n [contact]\nname   = Ada\nemail.work=a@b\n\n\n\n[log]\n2026-01-02=x\n\n\n",
	       form);
}

static void test_textconv__indents_what_continues_a_value(void **state)
{
	expect("note = a\n\tb\n\t\tc\n\n\td\n", "note = a\n    b\n    \tc\n\n    d\n");
	expect("note =\n  a\n  b\n", "note = a\n    b\n");
	expect("note = a\n # no comment\nx = 1\n", "note = a\n    # no comment\nx = 1\n");
	expect("note = \n    a\n\n    b\n", "note =\n    a\n\n    b\n");
	expect("note = \n  a\n\tb\n", "note =\n    a\n    \tb\n");
	expect("nick =\nname = A\n", "nick =\nname = A\n");
}

static void test_textconv__keeps_comments_and_junk(void **state)
{
	expect("a = 1\n; one\n# two\n\n[x]\njunk \n# three\n[y]\n# four\n",
	       "a = 1\n; one\n# two\n\n[x]\njunk\n\n# three\n[y]\n# four\n");
}

static void test_textconv__leaves_what_makes_no_sense(void **state)
{
	static const char *const others[] = {
		"", "\n\n", "just\n\n  some   text", "# a comment\n\n\n", "a  =  \xe9\n",
		"[a]\n<<<<<<< ours\nb  = 1\n=======\nb = 2\n>>>>>>> theirs\n",
		"\xff\xfe=1\n",
	};
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		expect(others[i], others[i]);
}

static void expect_same_values(struct text a, struct text b)
{
	struct doc one, other;

	doc_read(&one, a);
	doc_read(&other, b);
	assert_int_equal(one.n_entries, other.n_entries);
	for (size_t i = 0; i < one.n_entries; i++) {
		assert_true(doc_in(&one, i, text_trim(other.entries[i].section)) ||
			    !other.entries[i].section.n);
		assert_true(text_equal(one.entries[i].key, other.entries[i].key));
		assert_true(text_equal(one.entries[i].value, other.entries[i].value));
	}
	doc_release(&one);
	doc_release(&other);
}

static void test_textconv__means_the_same_and_has_that_form_itself(void **state)
{
	static const char *const lines[] = {
		"name = Ada\n", "  note: a\n", "    more\n", "\tmore\n", "      deep # er\n", "\n", " \n",
		"[log]\n", " [ own ]\n", "# c\n", "    ; c\n", "junk\n", "  junk\n", "= odd\n", "  =\n",
		"x =\n", "\xc3\xa9t\xc3\xa9 = 1 = 2\r\n", "[]\n", "[x\n", "  - = a\n", "2026-01-01=b",
	};
	for (unsigned seed = 0; seed < 5000; seed++) {
		struct dice d = dice_of(seed);
		struct buf bytes = BUF_INIT, form = BUF_INIT, again = BUF_INIT;
		for (int i = 0; i < 10; i++)
			buf_add_str(&bytes, lines[dice_roll(&d, sizeof lines / sizeof lines[0])]);
		textconv(buf_text(&bytes), &form);
		textconv(buf_text(&form), &again);
		assert_string_equal(form.at, again.at);
		expect_same_values(buf_text(&bytes), buf_text(&form));
		buf_release(&bytes);
		buf_release(&form);
		buf_release(&again);
	}
}
