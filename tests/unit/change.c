#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "contact/change.h"
#include "contact/contact.h"
#include "dice.h"

static void read_text(struct contact *c, const char *text)
{
	size_t n = strlen(text);

	contact_read(c, "ada.ini", mem_copy(text, n), n);
}

/* Two versions, and what differs. NULL: there is none. */
struct versions {
	struct contact before, after;
	struct changes list;
};

static void compare(struct versions *v, const char *before, const char *after)
{
	*v = (struct versions){ .list = CHANGES_INIT };
	if (before)
		read_text(&v->before, before);
	if (after)
		read_text(&v->after, after);
	changes_between(before ? &v->before : NULL, after ? &v->after : NULL, &v->list);
}

static void release(struct versions *v)
{
	changes_release(&v->list);
	contact_release(&v->before);
	contact_release(&v->after);
}

/* "contact|email: a -> b", "log|2026-09-14: + x", "!" behind the sign where it is the only one. */
static void write_change(const struct change *c, struct buf *out)
{
	buf_add_fmt(out, "%.*s|%.*s: ", TEXT_FMT(c->section), TEXT_FMT(c->key));
	if (c->kind == CHANGE_SET)
		buf_add_fmt(out, "%.*s -> ", TEXT_FMT(c->before));
	if (c->kind != CHANGE_SET)
		buf_add_fmt(out, "%c%s ", c->kind == CHANGE_ADDED ? '+' : '-', c->only ? "!" : "");
	buf_add_text(out, c->kind == CHANGE_REMOVED ? c->before : c->after);
	assert_true(c->kind != CHANGE_REMOVED || !c->after.n);
	assert_true(c->kind != CHANGE_ADDED || !c->before.n);
	buf_add_char(out, '\n');
}

static void expect_changes(const char *before, const char *after, const char *want)
{
	struct versions v;
	struct buf got = BUF_INIT;

	compare(&v, before, after);
	for (size_t i = 0; i < v.list.n; i++)
		write_change(&v.list.at[i], &got);
	if (v.list.layout)
		buf_add_str(&got, "layout\n");
	assert_string_equal(got.at, want);
	buf_release(&got);
	release(&v);
}

static void expect_words(const char *before, const char *after, size_t columns, const char *want)
{
	struct versions v;
	struct buf got = BUF_INIT;

	compare(&v, before, after);
	changes_describe(&v.list, columns, &got);
	assert_string_equal(got.at, want);
	buf_release(&got);
	release(&v);
}

static void test_change__is_none_in_equal_bytes(void **state)
{
	const char *ada = "# c\n[contact]\nname = Ada\ntags = a, a\n[log]\n2026-01-01 = x\n";

	expect_changes(ada, ada, "");
	expect_changes("", "", "");
	expect_changes(NULL, NULL, "");
	expect_words(ada, ada, 60, "");
}

static void test_change__of_layout_alone_is_no_value(void **state)
{
	static const char *const others[] = {
		"name = Ada\nphone = 1\nphone = 2\ntags = a, b\n",            /* no header */
		"[contact]\nname = Ada\n\nphone = 2\nphone = 1\ntags = b,a\n", /* order */
		"[Contact]\nNAME: Ada\nPhone=1\nphone=2\ntags = a\ntags = b",
		"[contact]\n# friend\nname = Ada\nphone = 1\nphone = 2\ntags = a,, b,\n",
		"[contact]\r\nname = Ada\r\nphone = 1\r\nphone = 2\r\ntags = a, b\r\n",
		"[contact]\nname = Ada\nphone = 1\nphone = 2\ntags = a, b\njunk\n",
		"[contact]\nname = Ada\nphone = 1\n[log]\n[contact]\nphone = 2\ntags = a, b\n",
	};
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		const char *one = "[contact]\nname = Ada\nphone = 1\nphone = 2\ntags = a, b\n";
		expect_changes(one, others[i], "layout\n");
		expect_words(others[i], one, 60, "layout");
	}
}

static void test_change__of_one_value_is_set(void **state)
{
	expect_changes("name = Ada\n", "Name = Ada King\n", "contact|Name: Ada -> Ada King\n");
	expect_changes("name = Ada\nphone = 1\nphone = 2\n", "name = Ada\nphone = 3\nphone = 1\n",
		       "contact|phone: 2 -> 3\n");
	expect_changes("tags = a, b, c\n", "tags = c, d, a\n", "contact|tags: b -> d\n");
	expect_changes("nick =\n", "nick = x\n", "contact|nick:  -> x\n");
	expect_changes("name = Jos\xc3\xa9\n", "name = Jose\n", "contact|name: Jos\xc3\xa9 -> Jose\n");
}

static void test_change__is_added_and_removed_where_several_are_left(void **state)
{
	expect_changes("phone = 1\nphone = 2\n", "phone = 3\nphone = 4\n",
		       "contact|phone: + 3\ncontact|phone: + 4\n"
		       "contact|phone: - 1\ncontact|phone: - 2\n");
	expect_changes("phone = 1\n", "phone = 1\nphone = 2\n", "contact|phone: + 2\n");
	expect_changes("tags = a\n", "tags = a, b\ntags = c\n",
		       "contact|tags: + b\ncontact|tags: + c\n");
	expect_changes("tags = a\n", "tags =\n", "contact|tags: -! a\n");
	expect_changes("x = 1\n", "x = 1\nnick =\n", "contact|nick: +! \n");
}

static void test_change__of_a_label_is_one_of_two_keys(void **state)
{
	expect_changes("email = a@b\n", "email.work = a@b\n",
		       "contact|email.work: +! a@b\ncontact|email: -! a@b\n");
}

static void test_change__counts_what_stands_twice(void **state)
{
	expect_changes("[log]\n2026-01-02 = call\n", "[log]\n2026-01-02 = call\n2026-01-02 = call\n",
		       "log|2026-01-02: + call\n");
	expect_changes("tags = a, a, b\n", "tags = b, a\n", "contact|tags: - a\n");
}

static void test_change__of_an_entry_goes_by_its_date(void **state)
{
	expect_changes("[log]\n2026-01-02 = call: x\n2026-01-03 = mail: y\n",
		       "[LOG]\n2026-01-03 = mail: z\n2026-01-02 = call: x\n2026-02-01 = a, b\n",
		       "log|2026-01-03: mail: y -> mail: z\nlog|2026-02-01: +! a, b\n");
	expect_changes("[todo]\n2026-01-02 = x\n", "[todo]\n2026-01-09 = x\n",
		       "todo|2026-01-09: +! x\ntodo|2026-01-02: -! x\n");
	expect_changes("[log]\ntags = a, b\n", "[log]\ntags = b, a\n",
		       "log|tags: a, b -> b, a\n");
}

static void test_change__of_several_lines_is_one(void **state)
{
	expect_changes("note = a\n  b\n", "note = a\n  b\n  c\n", "contact|note: a\nb -> a\nb\nc\n");
	expect_changes("note = a\n  b\n", "note =\n\ta\n\tb\n", "layout\n");
}

static void test_change__of_an_own_section_has_its_name(void **state)
{
	expect_changes("[ Car ]\nplate = 1\ntags = a, b\n", "[car]\nplate = 2\ntags = b, a\n",
		       "car|plate: 1 -> 2\ncar|tags: a, b -> b, a\n");
	expect_words("[Car]\nplate = 1\n", "[Car]\nplate = 2\n", 60, "Car.plate");
}

static void test_change__stands_where_the_later_version_has_it(void **state)
{
	expect_changes("[old]\na = 1\n[todo]\n2026-01-01 = t\n[contact]\nname = A\nzip = 1\nurl = u\n"
		       "org = o\n[older]\nb = 1\n",
		       "[contact]\nphone = 1\nname = B\nalias = c\n[log]\n2026-01-01 = l\n[todo]\n",
		       "contact|phone: +! 1\ncontact|name: A -> B\ncontact|alias: +! c\n"
		       "contact|zip: -! 1\ncontact|url: -! u\ncontact|org: -! o\n"
		       "log|2026-01-01: +! l\n"
		       "old|a: -! 1\ntodo|2026-01-01: -! t\nolder|b: -! 1\n");
}

static void test_change__of_a_contact_that_is_not_there_is_all_of_it(void **state)
{
	expect_changes(NULL, "name = A\ntags = a, b\n[log]\n2026-01-01 = l\n",
		       "contact|name: +! A\ncontact|tags: +! a\ncontact|tags: +! b\n"
		       "log|2026-01-01: +! l\n");
	expect_changes("name = A\nuid = 7\n", NULL, "contact|name: -! A\ncontact|uid: -! 7\n");
	expect_changes(NULL, "# nothing\n", "");
}

static void test_change__is_the_same_backwards(void **state)
{
	static const char *const lines[] = {
		"name = Ada\n", "phone = 1\n", "PHONE = 2\n", "tags = a, b\n", "tags = b, c\n",
		"[log]\n", "[todo]\n", "2026-01-01 = x\n", "2026-01-02 = x\n", "  more\n", "[own]\n",
		"[contact]\n", "# comment\n", "junk\n", "= odd\n", "tags = \xff,\n",
	};
	for (unsigned seed = 0; seed < 2000; seed++) {
		struct dice d = dice_of(seed);
		struct buf a = BUF_INIT, b = BUF_INIT;
		struct versions there, back;
		for (int i = 0; i < 12; i++) {
			size_t pick = dice_roll(&d, sizeof lines / sizeof lines[0]);
			buf_add_str(dice_roll(&d, 3) ? &a : &b, lines[pick]);
			if (dice_roll(&d, 2))
				buf_add_str(&b, lines[pick]);
		}
		compare(&there, a.at, b.at);
		compare(&back, b.at, a.at);
		size_t added = 0, removed = 0;
		assert_int_equal(there.list.n, back.list.n);
		assert_int_equal(there.list.layout, back.list.layout);
		for (size_t i = 0; i < there.list.n; i++) {
			added += there.list.at[i].kind == CHANGE_ADDED;
			removed += back.list.at[i].kind == CHANGE_REMOVED;
		}
		assert_int_equal(added, removed);
		release(&there);
		release(&back);
		buf_release(&a);
		buf_release(&b);
	}
}

static void test_change__is_told_by_key(void **state)
{
	expect_words("email.work = a\ntags = x\n", "email.work = b\ntags = x, writer\n", 60,
		     "email.work, +tags writer");
	expect_words("name = A\n", "name = A\ntitle = t\n", 60, "title");
	expect_words("name = A\ntitle = t\n", "name = A\n", 60, "-title");
	expect_words("email = x@y.example\nemail = z\n", "email = z\n", 60, "-email x@y.example");
	expect_words("email = z\n", "email = z\nemail = x@y.example\n", 60, "+email x@y.example");
	expect_words("name = A\n", "name = A\n[log]\n2026-11-18 = x\n", 60, "log 2026-11-18");
	expect_words("[todo]\n2026-12-05 = x\n2026-12-06 = y\n", "[todo]\n2026-12-06 = z\n", 60,
		     "todo 2026-12-06, -todo 2026-12-05");
	expect_words("[log]\n2026-12-05 = x\n", "[log]\n2026-12-05 = y\n2026-12-05 = z\n", 60,
		     "log 2026-12-05, -log 2026-12-05");
	expect_words("a = 1\n", "a = 1\n= 2\n", 60, "=");
}

static void test_change__of_items_names_them_or_the_whole_key(void **state)
{
	expect_words("name = A\n", "name = A\ntags = writer\n", 60, "+tags writer");
	expect_words("tags = writer\n", "name = A\n", 60, "name, -tags writer");
	expect_words("tags = writer, x\n", "tags = x, editor\n", 60, "-tags writer, +tags editor");
	expect_words(NULL, "tags = a, b, c\n", 60, "tags");
	expect_words("tags = a, b, c\n", "tags =\n", 60, "-tags");
}

static void test_change__of_the_same_key_is_told_once(void **state)
{
	expect_words(NULL, "phone = 1\nphone = 2\n", 60, "phone");
	expect_words(NULL, "[log]\n2026-01-01 = a\n2026-01-01 = b\n", 60, "log 2026-01-01");
}

static void test_change__is_told_in_the_room_there_is(void **state)
{
	const char *before = "phone = 1\n", *after = "phone = 2\ntitle = t\norg = o\nurl = u\n";

	expect_words(before, after, 60, "phone, title, org, url");
	expect_words(before, after, 27, "phone, title and 2 more");
	expect_words(before, after, 1, "phone and 3 more");
	expect_words(before, "phone = 2\ntitle = t\n", 12, "phone, title");
	expect_words(before, "phone = 2\ntitle = t\n", 11, "phone and 1 more");
}

static void test_change__is_told_on_one_line_cut_short(void **state)
{
	expect_words("x = 1\nnote = a\n", "x = 1\nnote = a\nnote = one\n\ttwo\n", 60, "+note one two");
	expect_words("note = a\n", "note = a\nnote = this is longer than anybody wants to read\n", 60,
		     "+note this is longer than anybody wa...");
	expect_words("note = a\n", "note = a\nnote = \xe6\x9d\x8e\xe9\x9b\xb7\n", 60,
		     "+note \xe6\x9d\x8e\xe9\x9b\xb7");
}

static void test_change__of_a_long_log_is_found_at_once(void **state)
{
	struct buf a = BUF_INIT, b = BUF_INIT;
	struct versions v;

	buf_add_str(&a, "[log]\n");
	buf_add_str(&b, "[log]\n");
	for (int i = 0; i < 100000; i++) {
		buf_add_fmt(&a, "2026-01-01 = entry %d\n", i);
		buf_add_fmt(&b, "2026-01-01 = entry %d\n", 100000 - i);
	}
	compare(&v, a.at, b.at);
	assert_int_equal(v.list.n, 1);
	assert_true(text_equal(v.list.at[0].before, TEXT("entry 0")));
	assert_true(text_equal(v.list.at[0].after, TEXT("entry 100000")));
	release(&v);
	buf_release(&a);
	buf_release(&b);
}
