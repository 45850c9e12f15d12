#include "unit.h"

#include "tests/fuzz/doc_laws.h"

#define assert_text(t, s) assert_true(text_equal(t, text_of(s)))
#define assert_bytes(d, s) assert_string_equal(as_string((d)->bytes), s)
#define assert_law(law) \
	do { \
		const char *why = law; \
		if (why) \
			fail_msg("%s", why); \
	} while (0)

/* One at a time, for a readable message. */
static const char *as_string(struct text t)
{
	static struct buf b = BUF_INIT;
	buf_clear(&b);
	buf_add_text(&b, t);
	return b.at;
}

/* ---- reading ---- */

/* "section|key|value" for each entry, a newline in the value as "/". */
static void put_entries(const struct doc *d, struct buf *out)
{
	for (size_t i = 0; i < d->n_entries; i++) {
		const struct doc_entry *e = &d->entries[i];
		buf_add_str(out, i ? " " : "");
		buf_add_text(out, e->section);
		buf_add_char(out, '|');
		buf_add_text(out, e->key);
		buf_add_char(out, '|');
		for (size_t k = 0; k < e->value.n; k++)
			buf_add_char(out, e->value.at[k] == '\n' ? '/' : e->value.at[k]);
	}
}

static void test_doc__reads_entries(void **state)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "", "" },
		{ "\xEF\xBB\xBF", "" },
		{ "a=1", "|a|1" },
		{ "\xEF\xBB\xBF" "a=1\n", "|a|1" },
		{ " a \t= \v1 \r\n", "|a|1" },
		{ "a:b=c\na=b:c\n", "|a|b=c |a|b:c" },
		{ "[s]\na=\n[ t ] x\nb=2\n[]\nc=3\n", "s|a|  t |b|2 |c|3" },
		{ "a = 1 ; 2 # 3\n;b=1\n #c=1\n", "|a|1 ; 2 # 3/#c=1" },
		{ "b ;c = d ;e\n[s ;t]\n=\n", "|b ;c|d ;e s ;t||" },
		{ "junk\n[open\na=1\n]=2\n", "|a|1 |]|2" },
		{ "a=1\n  # no comment\n  [no header]\n  ; b=2\n",
		  "|a|1/# no comment/[no header]/; b=2" },
		{ "  a=1\n  b=2\n   c\n b=3\n\tc\n", "|a|1 |b|2/c |b|3/c" },
		{ "       a=1\n\tb\n", "|a|1/b" },
		{ "\ta=1\n        b=2\n", "|a|1 |b|2" },
		{ "    \ta=1\n        b=2\n\t c\n", "|a|1 |b|2/c" },
		{ "= x\n  a=1\n  b=2\n", "||x |a|1 |b|2" },
		{ "a=1\n[s]\n  b=2\n", "|a|1 s|b|2" },
		{ "a=1\njunk\n# c\n\n  2\n", "|a|1/2" },
		{ "a=\n\n  1\n\n\n  2\n\n", "|a|1///2" },
		{ "a=1\n\n  2\n", "|a|1/2" },
		{ "a=0\n    1\n      2\n  3\n\t4\n", "|a|0/1/  2/3/\t4" },
		{ "a=\n\t1\n\t\t2\n        3\n", "|a|1/\t2/        3" },
		{ "a=1\n  2 \n# c\n\n  3\r\n", "|a|1/2//3" },
		{ "\xEF\xBB\xBF\xEF\xBB\xBF" "a=1", "|\xEF\xBB\xBF" "a|1" },
		{ " \xEF\xBB\xBF" "a=1", "|\xEF\xBB\xBF" "a|1" },
		{ "k12345678901234567890123456789012345678901234             67890 =1",
		  "|k12345678901234567890123456789012345678901234             67890|1" },
		{ "a\xA0=1\na\x85=1", "|a\xA0|1 |a\x85|1" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct doc d;
		struct buf got = BUF_INIT;
		doc_read(&d, text_of(cases[i].in));
		put_entries(&d, &got);
		assert_string_equal(got.at, cases[i].want);
		buf_release(&got);
		doc_release(&d);
	}
}

static void test_doc__tells_lines_apart(void **state)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "", "" },
		{ "\n \n\t\r\n", "___" },
		{ "# a\n;b\n  #c\n", "###" },
		{ "[a]\n [b]\n[c\n[d]=\n[]\n[[]\n", "[[?[[[" },
		{ "[a\n[a]\n[a\n", "?[?" },
		{ "a=1\n[x\n 2\n", "=?+" },
		{ "a=1\n 2\n\n#\nb\n 3\n\n", "=+_#?+_" },
		{ "a\n=\n:\n b\n", "?==?" },
		{ "#=\n;:\n[=\n", "##?" },
	};
	static const char letters[] = { [DOC_BLANK] = '_', [DOC_COMMENT] = '#', [DOC_SECTION] = '[',
					[DOC_ENTRY] = '=', [DOC_CONTINUATION] = '+',
							[DOC_JUNK] = '?' };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct doc d;
		struct buf got = BUF_INIT;
		doc_read(&d, text_of(cases[i].in));
		for (size_t k = 0; k < d.n_lines; k++)
			buf_add_char(&got, letters[d.lines[k].kind]);
		assert_string_equal(got.at, cases[i].want);
		buf_release(&got);
		doc_release(&d);
	}
}

static void test_doc__knows_the_place_of_a_value(void **state)
{
	struct doc d;

	doc_read(&d, TEXT("\xEF\xBB\xBF# x\r\na =  b \r\n  c\r\n# d\r\n\r\n  e\r\n\r\n"
			  "f = \nnote =\n  g"));
	assert_int_equal(d.n_entries, 3);
	assert_int_equal(d.entries[0].line, 1);
	assert_int_equal(d.entries[0].n_lines, 5);
	assert_int_equal(d.entries[0].col, 6);
	assert_int_equal(d.entries[1].line, 7);
	assert_int_equal(d.entries[1].n_lines, 1);
	assert_int_equal(d.entries[1].col, 5);
	assert_int_equal(d.entries[2].col, 7);
	assert_text(d.entries[2].value, "g");
	assert_true(law_is_span(d.entries[2].value, d.bytes));
	assert_int_equal(d.lines[1].eol, 2);
	assert_int_equal(d.lines[9].eol, 0);
	assert_text(d.lines[0].text, "# x");
	doc_release(&d);
}

static void test_doc__knows_sections_without_regard_to_case(void **state)
{
	struct doc d;

	doc_read(&d, TEXT("Name = a\n[ CONTACT ]\nNAME = b\n[log]\nname = c\n[]\nname = d\n"));
	assert_true(doc_in(&d, 0, TEXT("")));
	assert_true(doc_in(&d, 1, TEXT("Contact ")));
	assert_true(doc_in(&d, 2, TEXT("LOG")));
	assert_true(doc_in(&d, 3, TEXT("contact")));
	assert_false(doc_in(&d, 2, TEXT("contact")));
	assert_false(doc_in(&d, 0, TEXT("log")));
	doc_release(&d);
}

static void test_doc__has_no_limit_on_lengths(void **state)
{
	enum { LONG = 300000 };
	struct buf b = BUF_INIT;
	struct doc d;

	for (size_t n = 40; n < LONG; n = n < 60 ? n + 1 : n * 7) {
		buf_clear(&b);
		buf_add_char(&b, '[');
		buf_add_fill(&b, 's', n);
		buf_add_str(&b, "]\n[");
		buf_add_fill(&b, 's', n);
		buf_add_str(&b, "\n");
		buf_add_fill(&b, 'k', n);
		buf_add_fill(&b, ' ', n);
		buf_add_str(&b, "= ");
		buf_add_fill(&b, 'v', n);
		buf_add_str(&b, "\n  ");
		buf_add_fill(&b, 'w', n);
		buf_add_str(&b, "\n");
		buf_add_fill(&b, 'j', n);
		doc_read(&d, buf_text(&b));
		assert_law(law_lossless(&d));
		assert_int_equal(d.n_entries, 1);
		assert_int_equal(d.n_lines, 5);
		assert_int_equal(d.lines[0].kind, DOC_SECTION);
		assert_int_equal(d.lines[1].kind, DOC_JUNK);
		assert_int_equal(d.lines[4].kind, DOC_JUNK);
		assert_int_equal(d.entries[0].section.n, n);
		assert_int_equal(d.entries[0].key.n, n);
		assert_int_equal(d.entries[0].col, 2 * n + 3);
		assert_int_equal(d.entries[0].value.n, 2 * n + 1);
		doc_release(&d);
	}
	buf_release(&b);
}

static void test_doc__keeps_bytes_that_are_no_text(void **state)
{
	static const char bytes[] = "a\0b = c\0d\n\0\n[s\0t]\n\xff\xfe = \xc3\n\0 ;x = 1\n";
	struct doc d;

	doc_read(&d, (struct text){ bytes, sizeof bytes - 1 });
	assert_law(law_lossless(&d));
	assert_int_equal(d.n_entries, 3);
	assert_true(text_equal(d.entries[0].key, TEXT("a\0b")));
	assert_true(text_equal(d.entries[0].value, TEXT("c\0d")));
	assert_int_equal(d.lines[1].kind, DOC_JUNK);
	assert_true(text_equal(d.entries[1].section, TEXT("s\0t")));
	assert_true(text_equal(d.entries[2].key, TEXT("\0 ;x")));
	doc_release(&d);
}

/* ---- writing ---- */

static void test_doc__is_used_as_its_header_says(void **state)
{
	struct doc d;

	doc_read(&d, TEXT("name = Grace\n[contact]\nName = Grace\n[x]\nname = Grace\n"));
	for (size_t i = 0; i < d.n_entries; i++)
		if (doc_in(&d, i, TEXT("contact")) && text_same(d.entries[i].key, TEXT("name")))
			doc_set(&d, i, TEXT("Ada"));
	assert_bytes(&d, "name = Ada\n[contact]\nName = Ada\n[x]\nname = Grace\n");
	doc_release(&d);
}

static void test_doc__normalises(void **state)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "", "" },
		{ " \n\t\v", "" },
		{ " a ", "a" },
		{ "\n\n a \t\n\n  b\r\n c\f\n\n", "a\n\n  b\n c" },
		{ "a\rb\r\nc\x1b" "d\x7f", "a\xEF\xBF\xBD" "b\nc\xEF\xBF\xBD" "d\xEF\xBF\xBD" },
		{ "a\tb\n\tc", "a\tb\n\tc" },
		{ "\xc2\x85x\xc2\x9f", "\xEF\xBF\xBDx\xEF\xBF\xBD" },
		{ "a\xc2", "a\xc2" },
		{ "\x80\xff", "\x80\xff" },
		{ "a\xe2\x80\xa8z", "a\xe2\x80\xa8z" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf got = BUF_INIT;
		doc_normalise(text_of(cases[i].in), &got);
		assert_string_equal(got.at, cases[i].want);
		buf_release(&got);
	}
}

static void test_doc__set_changes_the_lines_of_the_value(void **state)
{
	static const struct { const char *in, *value, *want; } cases[] = {
		{ "a = 1\nb = 2\n", "3", "a = 3\nb = 2\n" },
		{ "\ta\t:  1  \r\nb = 2", "3", "\ta\t:  3\r\nb = 2" },
		{ "a = 1  ", "1", "a = 1  " },
		{ "a = 1  ", " 1\n", "a = 1  " },
		{ "a = 1", "", "a =" },
		{ "a =", "1", "a = 1" },
		{ "a=", "1", "a=1" },
		{ "a:", "1", "a: 1" },
		{ "a =   ", "1", "a =   1" },
		{ "a = 1", "1\n2", "a = 1\n    2" },
		{ "  a = 1\r\n", "1\n\n2", "  a =\r\n      1\r\n\r\n      2\r\n" },
		{ "a = 1\n", "1\n  2\n3", "a =\n    1\n      2\n    3\n" },
		{ "a = 1\n  2\nb = 3\n", "1", "a = 1\nb = 3\n" },
		{ "a = 1\n  2 \n\t3 \n", "1\n2\n4", "a = 1\n  2 \n  4\n" },
		{ "a = 1\n  2 \n  3 \n  4 \n", "1\n2\nx\n4", "a = 1\n  2 \n  x\n  4 \n" },
		{ "a = 1\n  2 \n  3 \n", "x\n2\n3", "a = x\n  2 \n  3 \n" },
		{ "a = 1\n  2\n\n# c\n  3\njunk\n  4\nb = 5", "1\n2\nx\n4",
		  "a = 1\n  2\n  x\n# c\njunk\n  4\nb = 5" },
		{ "a = 1\n# c\n  2\n# d\n  3\n", "1", "a = 1\n# c\n# d\n" },
		{ "a = 1\n\n  2\n", "3\n2", "a = 3\n\n  2\n" },
		{ "a =\n  1\n", "2", "a =\n  2\n" },
		{ "a =\n  1\n", "", "a =\n" },
		{ "a =\n  1\n  2\n", "0\n1\n2", "a =\n  0\n  1\n  2\n" },
		{ "a =\n        1\n    2\n      3\n", "2\n3", "a =\n        2\n      3\n" },
		{ "a = 1\n  2", "1\n2\n3", "a = 1\n  2\n  3" },
		{ "a = 1\r\n  2", "1\n3\n4", "a = 1\r\n  3\r\n  4" },
		{ "= 1\n", "2\n3", "= 2 3\n" },
		{ "a = 1\r", "2", "a = 2" },
		{ "a = 1", "x\x01y", "a = x\xEF\xBF\xBDy" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct doc d;
		doc_read(&d, text_of(cases[i].in));
		doc_set(&d, 0, text_of(cases[i].value));
		assert_bytes(&d, cases[i].want);
		doc_release(&d);
	}
}

struct addition {
	const char *in, *section, *key, *value, *want;
	size_t before;
};

static void check_additions(const struct addition *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct addition *c = &cases[i];
		struct fault f = FAULT_INIT;
		struct doc d;
		doc_read(&d, text_of(c->in));
		int rc = doc_add(&d, text_of(c->section), text_of(c->key), text_of(c->value),
				 c->before, &f);
		assert_int_equal(rc, 0);
		assert_bytes(&d, c->want);
		assert_law(law_lossless(&d));
		doc_release(&d);
		doc_read(&d, text_of(c->in));
		assert_law(law_add_remove(&d, text_of(c->section), text_of(c->key),
					  text_of(c->value), c->before));
		doc_release(&d);
	}
}
#define CHECK_ADDITIONS(cases) check_additions(cases, sizeof cases / sizeof cases[0])

static void test_doc__add_takes_the_neighbours_style(void **state)
{
	static const struct addition cases[] = {
		{ "a=1\n", "contact", "b", "2", "a=1\nb=2\n", DOC_END },
		{ "a = 1", "contact", "b", "2", "a = 1\nb = 2", DOC_END },
		{ "a\t=\t1\r\n", "contact", "bc", "2", "a\t=\t1\r\nbc\t=\t2\r\n", DOC_END },
		{ "a: 1", "contact", "bc", "2", "a: 1\nbc: 2", DOC_END },
		{ "a =\n", "contact", "b", "2", "a =\nb = 2\n", DOC_END },
		{ "a=\n", "contact", "b", "", "a=\nb=\n", DOC_END },
		{ "a = 1\n", "contact", "b", "", "a = 1\nb =\n", DOC_END },
		{ "a = 1\n", "contact", "b", "2\n3", "a = 1\nb = 2\n    3\n", DOC_END },
		{ "  a = 1\n", "contact", "b", "2\n\n3", "  a = 1\n  b =\n      2\n\n      3\n",
		  DOC_END },
		{ "abcd   = 1\nefgh   = 2\n", "contact", "i", "3",
		  "abcd   = 1\nefgh   = 2\ni   = 3\n", DOC_END },
		{ "a   = 1\nlong= 2\n", "contact", "bc", "3", "a   = 1\nlong= 2\nbc  = 3\n",
		  DOC_END },
		{ "a   = 1\nlong= 2\n", "contact", "abcd", "3", "a   = 1\nlong= 2\nabcd= 3\n",
		  DOC_END },
		{ "a    = 1\nlong = 2\n", "contact", "longer", "3",
		  "a    = 1\nlong = 2\nlonger = 3\n", DOC_END },
		{ "a    = 1\nlong = 2\nlonger = 3\n", "contact", "b", "4",
		  "a    = 1\nlong = 2\nlonger = 3\nb    = 4\n", DOC_END },
		{ "n\xC3\xA4m = 1\nlong=2\nx   =3\n", "contact", "\xC3\xB6", "4",
		  "n\xC3\xA4m = 1\nlong=2\nx   =3\n\xC3\xB6   =4\n", DOC_END },
		{ "a      = 1\nlong   = 2\n[log]\n2026 = x\n", "log", "2027", "y",
		  "a      = 1\nlong   = 2\n[log]\n2026 = x\n2027 = y\n", DOC_END },
		{ "a      = 1\nlong   = 2\n", "log", "2027", "y",
		  "a      = 1\nlong   = 2\n\n[log]\n2027   = y\n", DOC_END },
	};
	CHECK_ADDITIONS(cases);
}

static void test_doc__add_finds_the_place(void **state)
{
	static const struct addition cases[] = {
		{ "", "contact", "a", "1", "[contact]\na = 1\n", DOC_END },
		{ "\xEF\xBB\xBF", "log", "a", "1", "\xEF\xBB\xBF[log]\na = 1\n", DOC_END },
		{ "# c\n", "contact", "a", "1", "# c\n[contact]\na = 1\n", DOC_END },
		{ "a = 1\n\n# c\n", "contact", "b", "2", "a = 1\nb = 2\n\n# c\n", DOC_END },
		{ "a = 1\n  x\n\n[log]\n", "contact", "b", "2", "a = 1\n  x\nb = 2\n\n[log]\n",
		  DOC_END },
		{ "[contact]\n\n[log]\n", "contact", "b", "2", "[contact]\nb = 2\n\n[log]\n",
		  DOC_END },
		{ "[a]\nx=1\n[b]\n[A]\ny=2\n[b]\n", "a", "z", "3",
		  "[a]\nx=1\n[b]\n[A]\ny=2\nz=3\n[b]\n", DOC_END },
		{ "a = 1\n", "log", "d", "x", "a = 1\n\n[log]\nd = x\n", DOC_END },
		{ "a = 1\n\n\n", "log", "d", "x", "a = 1\n\n\n[log]\nd = x\n", DOC_END },
		{ "a = 1\n[todo]\n", "log", "d", "x", "a = 1\n\n[log]\nd = x\n\n[todo]\n",
		  DOC_END },
		{ "a = 1\n\n# due\n[todo]\n", "log", "d", "x",
		  "a = 1\n\n[log]\nd = x\n\n# due\n[todo]\n", DOC_END },
		{ "[todo]\n", "contact", "a", "1", "[contact]\na = 1\n\n[todo]\n", DOC_END },
		{ "[x]\n[contact]\n[todo]\n", "log", "a", "1",
		  "[x]\n[contact]\n\n[log]\na = 1\n\n[todo]\n", DOC_END },
		{ "[todo]\na=1", "x", "b", "2", "[todo]\na=1\n\n[x]\nb=2", DOC_END },
		{ "a = 1\nb = 2\n", "contact", "c", "3", "a = 1\nc = 3\nb = 2\n", 1 },
		{ "a = 1\n# of b\nb = 2\n", "contact", "c", "3", "a = 1\nc = 3\n# of b\nb = 2\n",
		  1 },
		{ "[log]\n# of all\na = 1\n", "log", "b", "2", "[log]\n# of all\nb = 2\na = 1\n",
		  0 },
		{ "a = 1", "contact", "b", "2", "b = 2\na = 1", 0 },
		{ "a = 1\r", "contact", "b", "2", "a = 1\r\r\nb = 2", DOC_END },
	};
	CHECK_ADDITIONS(cases);
}

static void test_doc__add_keeps_the_meaning_of_other_lines(void **state)
{
	static const struct addition cases[] = {
		{ "  a = 1\n# c\nb = 2\n", "contact", "c", "3", "  a = 1\n  c = 3\n# c\nb = 2\n",
		  1 },
		{ "[s]\n  a = 1\n  b = 2\n", "s", "c", "3", "[s]\n  c = 3\n  a = 1\n  b = 2\n", 0 },
		{ "[s]\n   # c\n\tx\n  [t]\n    y\n", "s", "c", "3",
		  "[s]\n\tc = 3\n   # c\n\tx\n  [t]\n    y\n", DOC_END },
		{ "= n\n   # c\n  a = 1\n     z\n", "contact", "c", "3",
		  "c= 3\n= n\n   # c\n  a = 1\n     z\n", 0 },
		{ "= n\n   # c\n  a = 1\n     z\n", "contact", "c", "3",
		  "= n\n   c= 3\n   # c\n  a = 1\n     z\n", 1 },
		{ "  # c\n  [todo]\n", "contact", "a", "1",
		  "[contact]\n  a = 1\n\n  # c\n  [todo]\n", DOC_END },
	};
	CHECK_ADDITIONS(cases);
}

static void test_doc__add_refuses_what_would_not_read_back(void **state)
{
	static const struct { const char *section, *key, *want; } cases[] = {
		{ "s", "", "'' cannot be a key: it is empty" },
		{ "s", " a", "' a' cannot be a key: it begins or ends with white space" },
		{ "s", "a\r", "'a\r' cannot be a key: it begins or ends with white space" },
		{ "s", "a\nb", "'a\nb' cannot be a key: it holds a control character" },
		{ "s", "a\tb", "'a\tb' cannot be a key: it holds a control character" },
		{ "s", "a=b", "'a=b' cannot be a key: it holds '=' or ':'" },
		{ "s", "a:", "'a:' cannot be a key: it holds '=' or ':'" },
		{ "s", "[a", "'[a' cannot be a key: it begins with '[', '#' or ';'" },
		{ "s", "#a", "'#a' cannot be a key: it begins with '[', '#' or ';'" },
		{ "s", ";a", "';a' cannot be a key: it begins with '[', '#' or ';'" },
		{ "s", "\xEF\xBB\xBF" "a",
		  "'\xEF\xBB\xBF" "a' cannot be a key: it begins with a byte order mark" },
		{ "s]", "a", "'s]' cannot be a section: it holds ']' or a control character" },
		{ "s\nt", "a", "'s\nt' cannot be a section: it holds ']' or a control character" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fault f = FAULT_INIT;
		struct doc d;
		doc_read(&d, TEXT("x = 1\n"));
		assert_int_equal(doc_add(&d, text_of(cases[i].section), text_of(cases[i].key),
					 TEXT("v"), DOC_END, &f), FAULT_INVALID);
		assert_string_equal(f.msg, cases[i].want);
		assert_bytes(&d, "x = 1\n");
		doc_release(&d);
	}
}

static void test_doc__remove_takes_the_entry_only(void **state)
{
	static const struct { const char *in; size_t i; const char *want; } cases[] = {
		{ "a = 1\nb = 2\n", 0, "b = 2\n" },
		{ "a = 1\nb = 2", 1, "a = 1" },
		{ "a = 1\r\nb = 2", 1, "a = 1" },
		{ "a = 1", 0, "" },
		{ "\xEF\xBB\xBF" "a = 1", 0, "\xEF\xBB\xBF" },
		{ "[s]\na = 1\n\nb = 2\n", 0, "[s]\n\nb = 2\n" },
		{ "[s]\na = 1\n", 0, "[s]\n" },
		{ "a = 1\n  2\n# c\n\n  3\n\nb = 2\n", 0, "# c\n\nb = 2\n" },
		{ "  a = 1\n b = 2\n  c\n d = 3\n", 1, "  a = 1\n d = 3\n" },
		{ "a = 1\n\nb = 2", 1, "a = 1\n\n" },
		{ "= 1\n  b = 2\n", 0, "  b = 2\n" },
		{ "a = 1\n= x\n  b = 2\n", 1, "a = 1\n=\n  b = 2\n" },
		{ "a = 1\n= x\nb = 2\n  c\n", 1, "a = 1\nb = 2\n  c\n" },
		{ "a = 1\n\xEF\xBB\xBF" "b = 2\n", 0, "\xEF\xBB\xBF\xEF\xBB\xBF" "b = 2\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct doc d;
		doc_read(&d, text_of(cases[i].in));
		assert_law(law_remove(&d, cases[i].i));
		assert_bytes(&d, cases[i].want);
		doc_release(&d);
	}
}

/* The first entry of the section with this key, or n_entries. */
static size_t find(const struct doc *d, struct text section, struct text key)
{
	size_t i = 0;

	while (i < d->n_entries && !(doc_in(d, i, section) && text_equal(d->entries[i].key, key)))
		i++;
	return i;
}

static void test_doc__a_section_that_was_made_goes_with_its_last_entry(void **state)
{
	static const char *const texts[] = {
		"", "\xEF\xBB\xBF", "name = x", "name = x\r\n", "# c\n\n",
		"[contact]\nname = x\n# c\n[x]\ny = 1\n",
	};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct fault f = FAULT_INIT;
		struct doc d;
		doc_read(&d, text_of(texts[i]));
		assert_int_equal(doc_add(&d, TEXT("todo"), TEXT("a"), TEXT("1"), DOC_END, &f), 0);
		assert_int_equal(doc_add(&d, TEXT("log"), TEXT("b"), TEXT("2"), DOC_END, &f), 0);
		assert_int_equal(doc_add(&d, TEXT("log"), TEXT("c"), TEXT("3\n4"), DOC_END, &f), 0);
		doc_set(&d, find(&d, TEXT("log"), TEXT("b")), TEXT("5\n6"));
		doc_remove(&d, find(&d, TEXT("log"), TEXT("b")));
		doc_remove(&d, find(&d, TEXT("log"), TEXT("c")));
		assert_int_equal(find(&d, TEXT("log"), TEXT("c")), d.n_entries);
		doc_remove(&d, find(&d, TEXT("todo"), TEXT("a")));
		assert_bytes(&d, texts[i]);
		doc_release(&d);
	}
}

static void test_doc__a_batch_is_put_in_place_at_once(void **state)
{
	struct fault f = FAULT_INIT;
	struct doc d;

	doc_read(&d, TEXT("\xEF\xBB\xBF" "a = 1\r\n# c\nb = 2\n    3\nc = 4\n[x]\nd = 5\ne = 6"));
	struct text bytes = d.bytes;
	doc_begin(&d);
	doc_set(&d, 0, TEXT("7"));
	doc_remove(&d, 1);
	assert_int_equal(doc_rename(&d, 2, TEXT("k"), &f), 0);
	assert_int_equal(doc_rename(&d, 3, TEXT("["), &f), FAULT_INVALID);
	doc_remove(&d, 4);
	assert_true(text_equal(d.bytes, bytes));
	assert_text(d.entries[1].value, "2\n3");
	doc_commit(&d);
	assert_bytes(&d, "\xEF\xBB\xBF" "a = 7\r\n# c\nk = 4\n[x]\nd = 5");
	doc_release(&d);
}

static void test_doc__a_batch_of_nothing_changes_nothing(void **state)
{
	struct doc d;

	doc_read(&d, TEXT("a = 1\nb"));
	struct text bytes = d.bytes;
	doc_begin(&d);
	doc_set(&d, 0, TEXT("1"));
	doc_commit(&d);
	assert_true(d.bytes.at == bytes.at && d.bytes.n == bytes.n);
	doc_release(&d);
}

static void test_doc__rename_changes_the_key_only(void **state)
{
	static const struct { const char *in; size_t i; const char *key, *want; } cases[] = {
		{ " a  =  1 \r\n   2", 0, "long", " long  =  1 \r\n   2" },
		{ "[s]\na=1\nb:2\n", 1, "c d", "[s]\na=1\nc d:2\n" },
		{ "= 1", 0, "a", "a= 1" },
		{ "= 1\n  b = 2", 0, "a", NULL },
		{ "a = 1", 0, "b:", NULL },
		{ "a = 1\r", 0, "b", "b = 1\r" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct doc d;
		doc_read(&d, text_of(cases[i].in));
		assert_law(law_rename(&d, cases[i].i, text_of(cases[i].key)));
		assert_bytes(&d, cases[i].want ? cases[i].want : cases[i].in);
		doc_release(&d);
	}
}

static void test_doc__takes_its_own_text_as_a_value(void **state)
{
	struct fault f = FAULT_INIT;
	struct doc d;

	doc_read(&d, TEXT("a = 1\n  2\nb = 3\n"));
	doc_set(&d, 1, d.entries[0].value);
	doc_set(&d, 0, d.entries[1].key);
	assert_int_equal(doc_add(&d, d.entries[0].section, d.entries[0].value, d.entries[1].value,
				 DOC_END, &f), 0);
	assert_bytes(&d, "a = b\nb = 1\n    2\nb = 1\n    2\n");
	doc_release(&d);
}

/* ---- laws ---- */

static const char *const nasty[] = {
	"", "\n", "\r\n", "\r", "a", "=", "[", "[]", "#", " ", "\xEF\xBB\xBF", "\xEF\xBB", "a=1\r",
	"\xEF\xBB\xBF[contact]\r\nname = Ada\r\nnote =\r\n\ta\r\n\r\n\t\tb\r\n[log]\r\nx: y",
	"[contact]\nname       = Paul\nemail.work = p\n\n[log]\n2026-09-14 = x\n# end",
	"[contact]\n  name = x\n  note = a\n      b\n    # c\n  # d\n      e\n  junk\n org=o\n",
	"a = 1\n= x\n    deep = 2\n  # c\n: y\n\tz\n",
	"note =\n        x\n    y\n      z\n# c\n\n  w\n",
	"a = 1\n\n  ", "a = 1\n\n\n  2\n\n\n  3\n\n\n", "   a\n  b = 1\n c\nd\n",
	"\xEF\xBB\xBF\xEF\xBB\xBF" "b = 1\n\xEF\xBB\xBF" "c = 2\n",
	"# top\n[todo]\n2026-01-01 = x\n\n# other\n[x]\ny=1\n  [Contact]\n   [log]\n",
	"a\t=\tb\nlong\t=\tc\n\td\n        e\n", "\va\f= \v1\n\v\v2\n\r3\n",
	"a=1\nb=2\r\nc=3\n\r\n  4\r\nd=5", "[a\n[a]\n[a] b\n[ ]\n[[]]\n]\n",
	"a = 1 ; b\n; c\n# d\n  ; e\n[x ; y]\n;=;\nq ;=;", "a=\xff\n\xfe=\x80\n\xC2\x85=\xC2\xA0\n",
};
enum { N_NASTY = sizeof nasty / sizeof nasty[0] };

static void test_doc__loses_nothing_and_reads_as_inih_does(void **state)
{
	size_t within = 0;

	for (size_t i = 0; i < N_NASTY; i++) {
		struct doc d;
		doc_read(&d, text_of(nasty[i]));
		assert_true(d.bytes.n == strlen(nasty[i]));
		assert_law(law_lossless(&d));
		within += law_within_limits(&d);
		assert_law(law_as_inih(&d));
		doc_release(&d);
	}
	assert_true(within >= N_NASTY / 2);
}

static const struct text keys[] = { { "k", 1 }, { "some longer key", 15 }, { "\xC3\xA9", 2 } };

/* Try on entry i, or with DOC_END on none, what can be done with it. */
static void obey_edits(struct text in, size_t i, struct text section, struct text value)
{
	struct text key = keys[value.n % 3];
	struct doc d;

	doc_read(&d, in);
	assert_law(law_add_remove(&d, section, key, value, i));
	doc_release(&d);
	if (i == DOC_END)
		return;
	doc_read(&d, in);
	assert_law(law_set(&d, i, value));
	assert_law(law_set(&d, i, TEXT("x\ny\nz")));
	assert_law(law_set(&d, i, TEXT("y\nz")));
	doc_release(&d);
	doc_read(&d, in);
	assert_law(law_rename(&d, i, key));
	assert_law(law_remove(&d, i));
	doc_release(&d);
}

static void test_doc__a_batch_comes_to_the_same_as_its_edits(void **state)
{
	for (size_t n = 0; n < N_NASTY * N_NASTY; n++) {
		struct text value = text_of(nasty[n % N_NASTY]);
		for (size_t turn = 0; turn < 4; turn++) {
			struct doc d;
			doc_read(&d, text_of(nasty[n / N_NASTY]));
			assert_law(law_batch(&d, turn, keys[n % 3], value));
			doc_release(&d);
		}
	}
}

static void test_doc__every_edit_obeys_the_laws(void **state)
{
	static const char *const sections[] = { "contact", "log", "todo", "x", " Other " };

	for (size_t n = 0; n < N_NASTY * N_NASTY; n++) {
		struct text in = text_of(nasty[n / N_NASTY]), value = text_of(nasty[n % N_NASTY]);
		struct doc d;
		doc_read(&d, in);
		for (size_t i = 0; i < d.n_entries; i++)
			obey_edits(in, i, d.entries[i].section, value);
		for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
			obey_edits(in, DOC_END, text_of(sections[i]), value);
		doc_release(&d);
	}
}
