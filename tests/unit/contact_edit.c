#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "tests/unit/contact_example.h"

#define assert_text(t, s) assert_true(text_equal(t, text_of(s)))

static void expect_bytes(const struct contact *c, const char *want)
{
	struct buf got = BUF_INIT;

	buf_add_text(&got, contact_bytes(c));
	assert_string_equal(got.at, want);
	buf_release(&got);
}

/* The bytes are the example's, with `now` in the place of the first `was`. */
static void expect_edited(const struct contact *c, const char *was, const char *now)
{
	struct buf want = BUF_INIT;
	const char *at = strstr(paul, was);

	assert_non_null(at);
	buf_add(&want, paul, (size_t)(at - paul));
	buf_add_str(&want, now);
	buf_add_str(&want, at + strlen(was));
	expect_bytes(c, want.at);
	buf_release(&want);
}

/* ---- editing fields ---- */

static void test_contact_edit__set_changes_one_line(void **state)
{
	static const struct { const char *key, *value, *was, *now; } cases[] = {
		{ "org", "Day Harbor", "= Night Harbor Press\n", "= Day Harbor\n" },
		{ "ORG", "Day Harbor", "= Night Harbor Press\n", "= Day Harbor\n" },
		{ "title", "", "= horror novelist\n", "=\n" },
		{ "email", "p@n.example", "= paul@novak.example\n", "= p@n.example\n" },
		{ "email.work", "p@n.example", "p.novak@nightharbor.example", "p@n.example" },
		{ "org", "Night Harbor Press", "", "" },
		{ "email.own", "p@h.org", "phone.cell", "email.own  = p@h.org\nphone.cell" },
		{ "phone", "123", "org  ", "phone      = 123\norg  " },
		{ "role", "editor", "new book.\n", "new book.\nrole       = editor\n" },
		{ "shoe.left", "42", "new book.\n", "new book.\nshoe.left  = 42\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		read_text(&c, paul);
		struct text key = text_of(cases[i].key), value = text_of(cases[i].value);
		assert_int_equal(contact_set(&c, key, value, &f), 0);
		expect_edited(&c, cases[i].was, cases[i].now);
		assert_int_equal(contact_changed(&c), strcmp(cases[i].was, cases[i].now) != 0);
		contact_release(&c);
	}
}

static void test_contact_edit__set_leaves_one_value(void **state)
{
	struct contact c;
	struct fault f = FAULT_INIT;

	read_text(&c, "[contact]\nemail=a\nemail.work=b\nEMAIL=c\n"
		      "[log]\nemail=l\n[contact]\nemail=d");
	assert_int_equal(contact_set(&c, TEXT("email"), TEXT("n"), &f), 0);
	expect_bytes(&c, "[contact]\nemail=n\nemail.work=b\n[log]\nemail=l\n[contact]");
	contact_release(&c);
}

static void test_contact_edit__set_works_where_there_is_no_contact_yet(void **state)
{
	struct contact c;
	struct fault f = FAULT_INIT;

	read_text(&c, "");
	assert_int_equal(contact_set(&c, TEXT("name"), TEXT("Ada"), &f), 0);
	assert_text(contact_name(&c), "Ada");
	assert_true(contact_changed(&c));
	contact_release(&c);
}

static void test_contact_edit__set_keeps_line_endings(void **state)
{
	struct contact c;
	struct fault f = FAULT_INIT;

	read_text(&c, "\xef\xbb\xbf[Contact]\r\nNAME=Ada\r\nEmail=a@b.example");
	assert_int_equal(contact_set(&c, TEXT("name"), TEXT("Bea"), &f), 0);
	assert_int_equal(contact_set(&c, TEXT("email.work"), TEXT("w@b.example"), &f), 0);
	assert_int_equal(contact_add_log(&c, (struct date){ 2026, 1, 2 }, TEXT("x"), &f), 0);
	assert_true(text_starts(contact_bytes(&c),
				TEXT("\xef\xbb\xbf[Contact]\r\nNAME=Bea\r\nEmail=a@b.example\r\n"
				     "email.work=w@b.example\r\n")));
	assert_int_equal(c.doc.lines[c.doc.n_lines - 1].kind, DOC_ENTRY);
	for (size_t i = 0; i + 1 < c.doc.n_lines; i++)
		assert_int_equal(c.doc.lines[i].eol, 2);
	contact_release(&c);
}

static void test_contact_edit__several_lines_only_where_they_belong(void **state)
{
	static const struct { const char *key, *value; int code; } cases[] = {
		{ "note", "a\nb", 0 },       { "address.home", "a\nb", 0 }, { "diary", "a\nb", 0 },
		{ "org", "\n a \n", 0 },     { "name", "a\nb", FAULT_INVALID },
		{ "email.work", "a\nb", FAULT_INVALID },     { "tags", "a,\nb", FAULT_INVALID },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		struct text key = text_of(cases[i].key), value = text_of(cases[i].value);
		read_text(&c, "[contact]\n");
		assert_int_equal(contact_set(&c, key, value, &f), cases[i].code);
		assert_int_equal(contact_changed(&c), cases[i].code == 0);
		assert_int_equal(f.code, cases[i].code);
		if (!cases[i].code)
			assert_true(text_equal(contact_get(&c, key), text_trim(value)));
		contact_release(&c);
	}
}

static void test_contact_edit__refuses_what_can_be_no_key(void **state)
{
	static const char *const keys[] = { "", "a=b", "a:b", "[x]", "#x", ";x", " x", "a\nb" };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		read_text(&c, paul);
		assert_int_equal(contact_set(&c, text_of(keys[i]), TEXT("v"), &f), FAULT_INVALID);
		assert_int_equal(contact_add(&c, text_of(keys[i]), TEXT("v"), &f), FAULT_INVALID);
		assert_false(contact_changed(&c));
		contact_release(&c);
	}
}

static void test_contact_edit__unset_removes_exactly_the_key(void **state)
{
	struct contact c;
	struct fault f = FAULT_INIT;

	read_text(&c, "[contact]\nemail=a\nemail.work=b\n; c\nEmail=c\n[log]\nemail=x\n");
	assert_int_equal(contact_unset(&c, TEXT("email"), &f), 0);
	expect_bytes(&c, "[contact]\nemail.work=b\n; c\n[log]\nemail=x\n");
	assert_int_equal(contact_unset(&c, TEXT("email"), &f), FAULT_NOTFOUND);
	assert_string_equal(f.msg, "no 'email' here");
	contact_release(&c);
	read_text(&c, paul);
	assert_int_equal(contact_unset(&c, TEXT("note"), &f), 0);
	expect_edited(&c,
			"note       = Tuna on a croissant, brunch hour.\n"
			"    Daughter starts school in autumn; #1 topic is the new book.\n", "");
	contact_release(&c);
}

/* Entries without a key may have to stay, and so nothing is ever looked for by an empty one. */
static void test_contact_edit__refuses_a_key_without_a_base(void **state)
{
	static const char text[] = "[contact]\nname = Z\nnote = x\n= foo\n      deep\n.a = b\n";
	static const char *const keys[] = { "", ".", ".a" };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		struct buf want = BUF_INIT;
		struct text key = text_of(keys[i]);
		read_text(&c, text);
		buf_add_fmt(&want, "'%s' is no key", keys[i]);
		assert_int_equal(contact_unset(&c, key, &f), FAULT_INVALID);
		assert_string_equal(f.msg, want.at);
		assert_int_equal(contact_set(&c, key, TEXT("v"), &f), FAULT_INVALID);
		assert_int_equal(contact_add(&c, key, TEXT("v"), &f), FAULT_INVALID);
		assert_int_equal(contact_take(&c, key, TEXT("foo"), &f), FAULT_INVALID);
		assert_string_equal(f.msg, want.at);
		assert_false(contact_changed(&c));
		contact_release(&c);
		buf_release(&want);
	}
}

static void test_contact_edit__changes_thousands_of_lines_at_once(void **state)
{
	enum { LINES = 4000 };
	struct buf text = BUF_INIT;
	struct contact c;
	struct fault f = FAULT_INIT;

	buf_add_str(&text, "[contact]\nname = A\n");
	for (int i = 0; i < LINES; i++)
		buf_add_fmt(&text, "knows = bo%d, ana-ruiz\nemail = a%d@b.example\n", i, i);
	read_text(&c, text.at);
	assert_int_equal(contact_repoint(&c, TEXT("ana-ruiz"), TEXT("ana")), LINES);
	assert_int_equal(contact_take(&c, TEXT("knows"), TEXT("ana"), &f), 0);
	assert_int_equal(contact_set(&c, TEXT("email"), TEXT("x"), &f), 0);
	assert_int_equal(contact_unset(&c, TEXT("knows"), &f), 0);
	expect_bytes(&c, "[contact]\nname = A\nemail = x\n");
	contact_release(&c);
	buf_release(&text);
}

/* ---- editing one of several values ---- */

static void test_contact_edit__adds_items_and_lines(void **state)
{
	static const struct { const char *text, *key, *value, *want; } cases[] = {
		{ "tags = a, b\n", "tags", "c", "tags = a, b, c\n" },
		{ "tags = a, b\n", "TAGS", " c , d", "tags = a, b, c, d\n" },
		{ "tags = a, B\n", "tags", "b, b", "tags = a, B\n" },
		{ "tags = a\ntags = b\n", "tags", "A, c", "tags = a\ntags = b, c\n" },
		{ "tags = a,\n", "tags", "c", "tags = a, c\n" },
		{ "tags =\n", "tags", "c", "tags = c\n" },
		{ "name = A\n", "tags", "c,d", "name = A\ntags = c, d\n" },
		{ "name = A\n", "tags", " , ", "name = A\n" },
		{ "knows = a\n", "knows.sister", "a", "knows = a\nknows.sister = a\n" },
		{ "needs = x until 2027-01-01\n", "needs", "y", "needs = x until 2027-01-01, y\n" },
		{ "email = a\nname = A\n", "email", "b", "email = a\nemail = b\nname = A\n" },
		{ "email = a\nname = A\n", "email", "a", "email = a\nname = A\n" },
		{ "email = a\nname = A\n", "email.x", "a", "email = a\nemail.x = a\nname = A\n" },
		{ "title = x, y\n", "title", "z", "title = x, y\ntitle = z\n" },
		{ "note = x\n", "note", "X", "note = x\nnote = X\n" },
		{ "name = A\n", "every", "2w", "name = A\nevery = 2w\n" },
		{ "every =\n", "every", "2w", "every = 2w\n" },
		{ "gift = a\n", "gift", "b, c", "gift = a\ngift = b, c\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		read_text(&c, cases[i].text);
		struct text key = text_of(cases[i].key), value = text_of(cases[i].value);
		assert_int_equal(contact_add(&c, key, value, &f), 0);
		expect_bytes(&c, cases[i].want);
		contact_release(&c);
	}
}

static void test_contact_edit__adds_no_second_value_to_a_single_key(void **state)
{
	struct contact c;
	struct fault f = FAULT_INIT;

	read_text(&c, paul);
	assert_int_equal(contact_add(&c, TEXT("every"), TEXT("2w"), &f), FAULT_INVALID);
	assert_string_equal(f.msg, "'every' has one value only: use every=VALUE to change it");
	assert_int_equal(contact_add(&c, TEXT("tags"), TEXT("a,\nb"), &f), FAULT_INVALID);
	assert_false(contact_changed(&c));
	contact_release(&c);
}

static void test_contact_edit__takes_items_and_lines(void **state)
{
	static const struct { const char *text, *key, *value, *want; } cases[] = {
		{ "tags = a, b, c\n", "tags", "a", "tags = b, c\n" },
		{ "tags = a, b, c\n", "tags", "B", "tags = a, c\n" },
		{ "tags = a ,b,  c\n", "tags", "b", "tags = a,  c\n" },
		{ "tags = a,  b ,c\n", "tags", "a", "tags = b,c\n" },
		{ "tags = a, b, c\n", "tags", "c", "tags = a, b\n" },
		{ "tags = a, b, c\n", "tags", "c,a", "tags = b\n" },
		{ "tags = a, b, A\n", "tags", "a", "tags = b\n" },
		{ "tags = a\ntags = b, a\nname = A\n", "tags", "a", "tags = b\nname = A\n" },
		{ "tags = a,,\nname = A\n", "tags", "a", "name = A\n" },
		{ "tags = a\ntags =\ntags = ,b\n", "tags", "a", "tags =\ntags = ,b\n" },
		{ "tags = a,\n  b,\n  c\n", "tags", "c", "tags = a,\n  b\n" },
		{ "knows.sister = x\nknows = x\n", "knows", "x", "knows.sister = x\n" },
		{ "email = a\nemail = b\nemail.work = a\nEmail = a\n", "email", " a ",
		  "email = b\nemail.work = a\n" },
		{ "name = A\nevery = 2w\n", "every", "2w", "name = A\n" },
		{ "note = x\n  y\nname = A\n", "note", "x\ny", "name = A\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		read_text(&c, cases[i].text);
		struct text key = text_of(cases[i].key), value = text_of(cases[i].value);
		assert_int_equal(contact_take(&c, key, value, &f), 0);
		expect_bytes(&c, cases[i].want);
		contact_release(&c);
	}
}

static void test_contact_edit__takes_nothing_that_is_not_there(void **state)
{
	static const struct { const char *key, *value; } cases[] = {
		{ "tags", "x" }, { "tags", "writer, x" }, { "tags", "write" }, { "email", "x" },
		{ "email", "p.novak@nightharbor.example" }, { "title", "Horror Novelist" },
		{ "role", "x" }, { "shoe", "42" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		read_text(&c, paul);
		struct text key = text_of(cases[i].key), value = text_of(cases[i].value);
		assert_int_equal(contact_take(&c, key, value, &f), FAULT_NOTFOUND);
		assert_non_null(strstr(f.msg, cases[i].key));
		assert_false(contact_changed(&c));
		contact_release(&c);
	}
}

static void test_contact_edit__take_after_add_restores_the_bytes(void **state)
{
	static const struct { const char *key, *value; } cases[] = {
		{ "tags", "new" },       { "needs", "a, b" },  { "knows.sister", "x, y" },
		{ "email", "n" },        { "own.key", "v" },   { "role", "editor" },
		{ "note", "two\nlines" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		struct text key = text_of(cases[i].key), value = text_of(cases[i].value);
		read_text(&c, paul);
		assert_int_equal(contact_add(&c, key, value, &f), 0);
		assert_true(contact_changed(&c));
		assert_int_equal(contact_take(&c, key, value, &f), 0);
		assert_false(contact_changed(&c));
		contact_release(&c);
	}
}

/* ---- editing log and todo ---- */

static void test_contact_edit__adds_to_the_log_in_date_order(void **state)
{
	static const struct { const char *log, *date, *want; } cases[] = {
		{ "2026-01=a|2026-03=b", "2026-02", "2026-01=a|2026-02=n|2026-03=b" },
		{ "2026-01=a|2026-03=b", "2026-04", "2026-01=a|2026-03=b|2026-04=n" },
		{ "2026-01=a|2026-03=b", "2025-04", "2025-04=n|2026-01=a|2026-03=b" },
		{ "2026-01=a|2026-01=b|2026-03=c", "2026-01",
		  "2026-01=a|2026-01=b|2026-01=n|2026-03=c" },
		{ "2026-01=a", "2026-02", "2026-01=a|2026-02=n" },
		{ "2026-01=a", "2025-02", "2025-02=n|2026-01=a" },
		{ "2026-03=b|2026-01=a", "2026-04", "2026-04=n|2026-03=b|2026-01=a" },
		{ "2026-03=b|2026-01=a", "2026-02", "2026-03=b|2026-02=n|2026-01=a" },
		{ "2026-03=b|2026-01=a", "2025-02", "2026-03=b|2026-01=a|2025-02=n" },
		{ "2026-03=b|2026-03=c|2026-01=a", "2026-03",
		  "2026-03=b|2026-03=c|2026-03=n|2026-01=a" },
		{ "2026-05=a|2026-01=b|2026-07=c", "2026-02",
		  "2026-05=a|2026-01=b|2026-02=n|2026-07=c" },
		{ "2026-01=a|May=x|2026-03=b", "2026-02", "2026-01=a|2026-02=n|May=x|2026-03=b" },
		{ "spring=x|2026-03=b", "2026-02", "spring=x|2026-02=n|2026-03=b" },
		{ "spring=x", "2026-02", "spring=x|2026-02=n" },
		{ "2026-01=a|2026-02=b", "2026-01-15", "2026-01=a|2026-01-15=n|2026-02=b" },
		{ "2026-01=a|  more|2026-03=b", "2026-02", "2026-01=a|  more|2026-02=n|2026-03=b" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		struct buf want = BUF_INIT;
		struct date date;
		read_log(&c, cases[i].log);
		add_log(cases[i].want, &want);
		assert_true(date_parse(text_of(cases[i].date), &date));
		assert_int_equal(contact_add_log(&c, date, TEXT("n"), &f), 0);
		expect_bytes(&c, want.at);
		contact_release(&c);
		buf_release(&want);
	}
}

static void test_contact_edit__adds_log_and_todo_to_the_example(void **state)
{
	struct contact c;
	struct fault f = FAULT_INIT;

	read_text(&c, paul);
	assert_int_equal(contact_add_log(&c, (struct date){ 2026, 10, 1 }, TEXT("mail: x"), &f), 0);
	expect_edited(&c, "2026-11-18 =", "2026-10-01 = mail: x\n2026-11-18 =");
	contact_release(&c);
	read_text(&c, paul);
	assert_int_equal(contact_add_todo(&c, (struct date){ 2026, 12, 5 }, TEXT("y"), &f), 0);
	expect_edited(&c, "convention dates\n", "convention dates\n2026-12-05 = y\n");
	contact_release(&c);
}

static void test_contact_edit__makes_the_section_for_the_first_entry(void **state)
{
	struct contact c;
	struct fault f = FAULT_INIT;
	struct entry e;
	size_t at = 0;

	read_text(&c, "[contact]\nname = A\n");
	assert_int_equal(contact_add_todo(&c, (struct date){ 2026, 2, 1 }, TEXT("t"), &f), 0);
	assert_int_equal(contact_add_log(&c, (struct date){ 2026, 1, 1 }, TEXT("l"), &f), 0);
	assert_true(contact_next_log(&c, KINDS_BUILT_IN, &at, &e, NULL));
	assert_text(e.text, "l");
	at = 0;
	assert_true(contact_next_todo(&c, &at, &e, NULL));
	assert_text(e.text, "t");
	assert_true(text_holds(contact_bytes(&c), TEXT("[log]")));
	contact_release(&c);
}

static void test_contact_edit__adds_nothing_without_a_date(void **state)
{
	struct contact c;
	struct fault f = FAULT_INIT;

	read_text(&c, paul);
	assert_int_equal(contact_add_log(&c, DATE_NONE, TEXT("x"), &f), FAULT_INVALID);
	assert_false(contact_changed(&c));
	contact_release(&c);
}

/* ---- references ---- */

static void test_contact_edit__repoints_every_reference(void **state)
{
	static const char text[] =
		"[contact]\nname = ana-ruiz\nalias = ana-ruiz, [[ana-ruiz]]\nvia = ana-ruiz\n"
		"via = ana-ruiz's mother, a friend of [[ana-ruiz]]\n"
		"knows = tom , Ana-Ruiz ,ana\nknows.sister = ana-ruiz\n"
		"note = see [[ana-ruiz]] and [[ana]]\n  ana-ruiz [[ ana-ruiz ]]\n"
		"[log]\n2026-01-01 = @ana-ruiz met: [[ana-ruiz]][[ana-ruiz]] #ana-ruiz\n"
		"[todo]\n2026-01-01 = they: ask [[ana-ruiz]]\n"
		"[own]\nx = [[ana-ruiz]]\n; [[ana-ruiz]]\n";
	static const char want[] =
		"[contact]\nname = ana-ruiz\nalias = ana-ruiz, [[ana-ruiz]]\nvia = ana-r\n"
		"via = ana-ruiz's mother, a friend of [[ana-r]]\n"
		"knows = tom , ana-r ,ana\nknows.sister = ana-r\n"
		"note = see [[ana-r]] and [[ana]]\n  ana-ruiz [[ ana-r ]]\n"
		"[log]\n2026-01-01 = @ana-ruiz met: [[ana-r]][[ana-r]] #ana-ruiz\n"
		"[todo]\n2026-01-01 = they: ask [[ana-r]]\n"
		"[own]\nx = [[ana-r]]\n; [[ana-ruiz]]\n";
	struct contact c;

	read_text(&c, text);
	assert_int_equal(contact_repoint(&c, TEXT("ana-ruiz"), TEXT("ana-r")), 10);
	expect_bytes(&c, want);
	assert_int_equal(contact_repoint(&c, TEXT("ana-ruiz"), TEXT("ana-r")), 0);
	expect_bytes(&c, want);
	contact_release(&c);
}

/* ---- the whole ---- */

static void test_contact_edit__template_is_what_the_manual_shows(void **state)
{
	static const struct { const char *name, *uid, *want; } cases[] = {
		{ "Ada Byron", "7f1d", "[contact]\nname       = Ada Byron\nuid        = 7f1d\n" },
		{ " Ada ", "", "[contact]\nname       = Ada\n" },
		{ "Ada\nBy\x01ron", "", "[contact]\nname       = Ada By\xef\xbf\xbdron\n" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf out = BUF_INIT;
		contact_template(text_of(cases[i].name), text_of(cases[i].uid), &out);
		assert_string_equal(out.at, cases[i].want);
		buf_release(&out);
	}
}
