#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "merge/merge.h"

/* What is told, a line each: "section key: ours | theirs"; a '-' for a side that has none. */
static void add_told(const struct merge *m, struct buf *out)
{
	for (size_t i = 0; i < m->n_conflicts; i++) {
		const struct merge_conflict *c = &m->conflicts[i];
		buf_add_fmt(out, "%s %s: %s | %s\n", c->section, c->key, c->ours ? c->ours : "-",
			    c->theirs ? c->theirs : "-");
	}
}

static void expect_once(enum merge_rule rule, const char *const side[3], const char *want,
			const char *told)
{
	struct merge m = { .base = text_of(side[0]), .ours = text_of(side[1]),
			   .theirs = text_of(side[2]), .rule = rule };
	struct buf out = BUF_INIT, conflicts = BUF_INIT;

	assert_true(merge_run(&m, &out));
	assert_string_equal(out.at, want);
	add_told(&m, &conflicts);
	if (told)
		assert_string_equal(conflicts.at, told);
	merge_release(&m);
	buf_release(&conflicts);
	buf_release(&out);
}

/* Merged for good: the same bytes whoever is ours. */
static void expect(const char *base, const char *ours, const char *theirs, const char *want,
		   const char *told)
{
	expect_once(MERGE_BOTH, (const char *const[]){ base, ours, theirs }, want, told);
	expect_once(MERGE_BOTH, (const char *const[]){ base, theirs, ours }, want, NULL);
}

/* Taken back: what the change `from` -> `to` did, in what is there now. */
static void expect_back(const char *from, const char *to, const char *now, const char *want,
			const char *told)
{
	expect_once(MERGE_OURS, (const char *const[]){ to, now, from }, want, told);
}

/* ---- values ---- */

static void test_merge__neighbouring_lines(void **state)
{
	(void)state;
	expect("name = Ann\nemail = a\nphone = 1\n", "name = Ann\nemail = a\nemail = b\nphone = 1\n",
	       "name = Ann\nemail = a\nphone = 2\n",
	       "name = Ann\nemail = a\nemail = b\nphone = 2\n", "");
}

static void test_merge__each_side_keeps_its_bytes(void **state)
{
	(void)state;
	expect("name = Ann\norg = X\nphone = 1\n", "name =   Ann Lee\norg = X\nphone = 1\n",
	       "name = Ann\norg = X\nPhone:2\n", "name =   Ann Lee\norg = X\nPhone:2\n", "");
}

static void test_merge__two_new_values_of_one_both_stay(void **state)
{
	(void)state;
	expect("title = Engineer\n", "title = CTO\n", "title = Head of Research\n",
	       "title = Head of Research\ntitle = CTO\n", "contact title: CTO | Head of Research\n");
	expect("name = A\nbirthday = 1974\norg = X\n", "name = A\nbirthday = 1975\norg = X\n",
	       "name = A\nbirthday = 1976\norg = Y\n",
	       "name = A\nbirthday = 1975\nbirthday = 1976\norg = Y\n",
	       "contact birthday: 1975 | 1976\n");
	expect("name = A\n", "name = A\nevery = 2w\n", "name = A\nevery = 3w\n",
	       "name = A\nevery = 2w\nevery = 3w\n", "contact every: 2w | 3w\n");
	expect("name = A\n", "name = A\nemail = a\n", "name = A\nemail = b\n",
	       "name = A\nemail = b\nemail = a\n", "");
}

static void test_merge__a_key_does_not_vanish(void **state)
{
	(void)state;
	expect("title = Head\ntitle = CTO\n", "title = CTO\n", "title = Head\n",
	       "title = Head\ntitle = CTO\n", "contact title: CTO | Head\n");
	expect("name = A\ntags = x, y\n", "name = A\ntags = x\n", "name = A\ntags = y\n",
	       "name = A\ntags = x, y\n", "contact tags: x | y\n");
	expect("[todo]\n2026-01-01 = x\n2026-01-01 = y\n", "[todo]\n2026-01-01 = x\n",
	       "[todo]\n2026-01-01 = y\n", "[todo]\n", "");
}

static void test_merge__only_the_spelling_differs(void **state)
{
	(void)state;
	expect("phone = 123 456\n", "phone = 123-456\n", "phone = 123456\n", "phone = 123-456\n", "");
	expect("email = ann@x.org\norg = X\n", "email = Ann@X.org\norg = X\n",
	       "email = ann@x.org\norg = Y\n", "email = Ann@X.org\norg = Y\n", "");
	expect("phone = 12\n", "phone = 1 2\n", "phone = 3\n", "phone = 3\n", "");
	expect("phone = ask Paul\norg = X\n", "phone = ask Ana\norg = X\n",
	       "phone = ask Paul\norg = Y\n", "phone = ask Ana\norg = Y\n", "");
}

static void test_merge__an_edit_wins_over_a_removal(void **state)
{
	(void)state;
	expect("name = A\nemail = a\norg = X\n", "name = A\norg = X\n",
	       "name = A\nemail = b\norg = X\n", "name = A\nemail = b\norg = X\n",
	       "contact email: - | b\n");
	expect("name = A\nemail = a\norg = X\n", "name = A\norg = X\n",
	       "name = A\nemail = a\norg = Y\n", "name = A\norg = Y\n", "");
}

static void test_merge__items_are_a_set(void **state)
{
	(void)state;
	expect("tags = x, y\n", "tags = x, y, z\n", "tags = y, w\n", "tags = y, z, w\n", "");
	expect("tags = x, y\n", "tags = x,  y, z\n", "tags = x, y\norg = X\n",
	       "tags = x,  y, z\norg = X\n", "");
	expect("name = A\ntags = x\n", "name = A\ntags = Xx\n", "name = A\n", "name = A\ntags = Xx\n",
	       "");
	expect("needs = a b, c\n", "needs = A b, c\n", "needs = a b, c, d\n", "needs = A b, c, d\n",
	       "");
	expect("tags = x\n", "tags = x\ntags = y\n", "tags = x, z\n", "tags = x\ntags = y, z\n",
	       "");
}

/* ---- log and todo ---- */

static void test_merge__new_log_entries_go_by_date(void **state)
{
	(void)state;
	expect("[log]\n2025-01-05 = met\n", "[log]\n2025-01-05 = met\n2025-03-01 = call\n",
	       "[log]\n2025-01-05 = met\n2025-02-27 = dinner\n",
	       "[log]\n2025-01-05 = met\n2025-02-27 = dinner\n2025-03-01 = call\n", "");
	expect("[log]\n2025-01-05 = a\n", "[log]\n2025-01-05 = a\n2025-02-01 = c\n2025-02-01 = b\n",
	       "[log]\n2025-01-05 = a\n2025-02-01 = bb\n",
	       "[log]\n2025-01-05 = a\n2025-02-01 = bb\n2025-02-01 = c\n2025-02-01 = b\n", "");
}

static void test_merge__an_entry_does_not_come_between_another_and_its_comment(void **state)
{
	(void)state;
	expect("[log]\n# first\n# of all\n2025-03-05 = b\n",
	       "[log]\n# first\n# of all\n2025-03-05 = b\n2025-04-01 = c\n",
	       "[log]\n2025-01-05 = a\n# first\n# of all\n2025-03-05 = b\n2025-06-01 = e\n",
	       "[log]\n2025-01-05 = a\n# first\n# of all\n2025-03-05 = b\n2025-04-01 = c\n"
	       "2025-06-01 = e\n", "");
}

static void test_merge__a_log_that_runs_newest_first_stays_so(void **state)
{
	(void)state;
	expect("[log]\n2025-03-05 = met\n2025-01-05 = met\n",
	       "[log]\n2025-04-01 = call\n2025-03-05 = met\n2025-01-05 = met\n",
	       "[log]\n2025-05-01 = mail\n2025-03-05 = met\n2025-02-01 = letter\n2025-01-05 = met\n",
	       "[log]\n2025-05-01 = mail\n2025-04-01 = call\n2025-03-05 = met\n2025-02-01 = letter\n"
	       "2025-01-05 = met\n", "");
}

static void test_merge__an_unsorted_log_is_not_sorted(void **state)
{
	(void)state;
	expect("[log]\n2025-03-05 = b\n2025-01-05 = a\n2025-06-01 = c\n",
	       "[log]\n2025-03-05 = b\n2025-01-05 = a\n2025-06-01 = c\n2025-07-01 = d\n",
	       "[log]\n2025-03-05 = b\n2025-01-05 = a\n2025-02-01 = e\n2025-06-01 = c\n",
	       "[log]\n2025-03-05 = b\n2025-01-05 = a\n2025-02-01 = e\n2025-06-01 = c\n"
	       "2025-07-01 = d\n", "");
}

static void test_merge__todo_becomes_log_on_one_side(void **state)
{
	(void)state;
	expect("[todo]\n2025-03-05 = thank\n", "[log]\n2025-03-04 = note: done: thank\n\n[todo]\n",
	       "[todo]\n2025-03-05 = thank\n2025-04-05 = they: send\n",
	       "[log]\n2025-03-04 = note: done: thank\n\n[todo]\n2025-04-05 = they: send\n", "");
}

/* ---- comments, sections, order ---- */

static void test_merge__a_comment_stays_above_what_was_changed(void **state)
{
	(void)state;
	expect("name = A\nphone = 1\n", "name = A\n# home number, mornings\nphone = 1\n",
	       "name = A\nphone = 2\n", "name = A\n# home number, mornings\nphone = 2\n", "");
	expect("name = A\nphone = 1\n", "name = A\n# mine\nphone = 1\n",
	       "name = A\nemail = a\n# yours\nphone = 1\n",
	       "name = A\nemail = a\n# mine\n# yours\nphone = 1\n", "");
	expect("name = A\n# c\nphone = 1\n", "name = A\nphone = 1\n", "name = A\n# c\nphone = 2\n",
	       "name = A\nphone = 2\n", "");
	expect("name = A\n# c\nphone = 1\n", "name = A\n# c\n", "name = B\n# c\nphone = 1\n",
	       "name = B\n# c\n", "");
}

static void test_merge__a_section_removed_and_changed_stays_whole(void **state)
{
	(void)state;
	expect("name = A\n\n[work]\n# of old\norg = X\ntitle = CTO\n", "name = A\n",
	       "name = A\n\n[work]\n# of old\norg = X\ntitle = Head\n",
	       "name = A\n\n[work]\n# of old\norg = X\ntitle = Head\n", "work : - | \n");
	expect("name = A\n\n[work]\n# of old\norg = X\n", "name = A\n",
	       "name = B\n\n[work]\n# of old\norg = X\n", "name = B\n", "");
}

static void test_merge__new_sections_stand_where_they_stood(void **state)
{
	(void)state;
	expect("name = A\n", "name = A\norg = X\n\n[log]\n2025-01-01 = a\n",
	       "name = A\n\n# mine\n[own]\nk = v\n",
	       "name = A\norg = X\n\n[log]\n2025-01-01 = a\n\n# mine\n[own]\nk = v\n", "");
	expect("[contact]\nname = A\n", "[contact]\nname = A\n\n[log]\n2025-01-01 = a\n",
	       "[contact]\nname = A\nemail = a\n\n[Log]\n2025-01-02 = b\n",
	       "[contact]\nname = A\nemail = a\n\n[Log]\n2025-01-01 = a\n2025-01-02 = b\n", "");
}

static void test_merge__sections_of_one_name_are_told_apart(void **state)
{
	(void)state;
	expect("[child]\nname = Tom\nlikes = red\n\n[child]\nname = Ann\nlikes = red\n",
	       "[child]\nname = Tom\nlikes = blue\n\n[child]\nname = Ann\nlikes = red\n",
	       "[child]\nname = Ann\nlikes = red\nborn = 2012\n",
	       "[child]\nname = Tom\nlikes = blue\n\n[child]\nname = Ann\nlikes = red\nborn = 2012\n",
	       NULL);
}

static void test_merge__one_side_reordered(void **state)
{
	(void)state;
	expect("name = A\norg = X\nphone = 1\n", "phone = 1\norg = X\nname = A\n",
	       "name = A\norg = X\nphone = 2\nemail = a\n", "phone = 2\nemail = a\norg = X\nname = A\n",
	       "");
}

static void test_merge__text_of_several_lines(void **state)
{
	(void)state;
	expect("note = one\n    two\n    three\n", "note = one!\n    two\n    three\n",
	       "note = one\n    two\n    three?\n    four\n",
	       "note = one!\n    two\n    three?\n    four\n", "");
	expect("note = one\n    two\n", "note = one\n    2\n", "note = one\n    II\n",
	       "note = one\n    2\n    II\n", "contact note: one\n2 | one\nII\n");
	expect("note = one\n    two\n", "note = one\n    2\n", "note = ein\n    two\n",
	       "note = ein\n    2\n", "");
	expect("note = one\n    two\n", "note = one\n", "note = two\n", "note = one\nnote = two\n",
	       "contact note: one | two\n");
	expect("note = x\n", "note = x\n    a\n", "note = x\n    b\n", "note = x\n    a\n    b\n", "");
	expect("address = a\n    b\n", "address = A\n    b\n", "address = a\n    B\n",
	       "address = A\n    b\naddress = a\n    B\n", "contact address: A\nb | a\nB\n");
	expect("[own]\nk = a\n  b\n  c\n", "[own]\nk = A\n  b\n  c\n", "[own]\nk = a\n  b\n  C\n",
	       "[own]\nk = A\n  b\n  C\n", "");
}

/* ---- the file ---- */

static void test_merge__line_endings_and_ends_are_merged_too(void **state)
{
	(void)state;
	expect("name = A\norg = X\n", "name = A\r\norg = X\r\n", "name = A\norg = Y\n",
	       "name = A\r\norg = Y\r\n", "");
	expect("name = A\norg = X\n", "name = A\norg = X", "name = A\norg = Y\nurl = u\n",
	       "name = A\norg = Y\nurl = u", "");
	expect("name = A\r\norg = X", "\xef\xbb\xbfname = A\r\norg = X", "name = A\r\norg = Y",
	       "\xef\xbb\xbfname = A\r\norg = Y", "");
	expect("name = A\norg = X\n", "name = B\norg = X\n\n\n", "name = A\norg = Y\n",
	       "name = B\norg = Y\n\n\n", "");
	expect("name = A\norg = X\n", "name = B\n\norg = X\n", "name = A\norg = Y\n",
	       "name = B\n\norg = Y\n", "");
}

static void test_merge__nothing_becomes_part_of_another_value(void **state)
{
	(void)state;
	expect("name = A\nx = 1\n", "  name = A\n  x = 1\n", "name = A\nx = 1\ny = 2\n",
	       "  name = A\n  x = 1\ny = 2\n", "");
	expect("[own]\n", "[own]\na = 1\n", "[own]\n    # deep\n    b = 2\n",
	       "[own]\na = 1\n# deep\nb = 2\n", "");
}

static void test_merge__without_a_base(void **state)
{
	(void)state;
	expect("", "name = Jane\nemail = a\nuid = 1\n", "name = Jane\nemail = b\nuid = 1\n",
	       "name = Jane\nemail = b\nemail = a\nuid = 1\n", NULL);
	expect("<<<<<<< x\nname = A\n=======\nname = B\n>>>>>>> y\n", "name = A\norg = X\n",
	       "name = A\nurl = u\n", "name = A\nurl = u\norg = X\n", NULL);
}

static void test_merge__one_side_alone_keeps_every_byte(void **state)
{
	const char *const bytes = "\xef\xbb\xbf[\r\n  x\n= \n\n<<<<<<< a\r";

	(void)state;
	expect("name = A\n", "name = A\n", bytes, bytes, "");
	expect("name = A\n", bytes, bytes, bytes, "");
	expect("name = A\n", "name = B\n", "", "name = B\n", "");
}

static void test_merge__refuses_what_is_no_contact(void **state)
{
	static const char *const bad[] = { "<<<<<<< x\na = 1\n=======\na = 2\n>>>>>>> y\n" };
	struct buf out = BUF_INIT;

	(void)state;
	for (int side = 0; side < 2; side++) {
		struct merge m = { .base = TEXT("a = 1\n"), .ours = TEXT("a = 2\n"),
				   .theirs = text_of(bad[0]) };
		if (side)
			m.theirs = TEXT("a\0 = 1\n");
		assert_false(merge_run(&m, &out));
		assert_int_equal(out.n, 0);
		merge_release(&m);
	}
	struct merge m = { .base = text_of(bad[0]), .ours = TEXT("a = 2\n"),
			   .theirs = TEXT("a = 1\n"), .rule = MERGE_OURS };
	assert_false(merge_run(&m, &out));
	merge_release(&m);
	buf_release(&out);
}

/* ---- taking back ---- */

static void test_merge__takes_back_one_change_and_keeps_later_ones(void **state)
{
	(void)state;
	expect_back("name = A\nphone = 1\n", "name = A\nphone = 2\n",
		    "name = A\nphone = 2\nemail = a\n", "name = A\nphone = 1\nemail = a\n", "");
	expect_back("tags = x\n", "tags = x, y\n", "tags = x, y, z\n", "tags = x, z\n", "");
	expect_back("name = A\n", "name = A\n\n[log]\n2025-01-01 = a\n",
		    "name = A\n\n[log]\n2025-01-01 = a\n2025-01-02 = b\n",
		    "name = A\n\n[log]\n2025-01-02 = b\n", "");
	expect_back("note = one\n    x\n    two\n", "note = one\n    two\n",
		    "note = one\n    y\n    two\n", "note = one\n    y\n    x\n    two\n", "");
	expect_back("# c\nname = A\nphone = 1\n", "name = A\n", "name = A\norg = X\n",
		    "# c\nname = A\nphone = 1\norg = X\n", "");
}

static void test_merge__what_was_changed_since_stays(void **state)
{
	(void)state;
	expect_back("title = Engineer\n", "title = CTO\n", "title = Head\n", "title = Head\n",
		    "contact title: Head | Engineer\n");
	expect_back("name = A\n", "name = A\ntitle = CTO\n", "name = A\ntitle = Head\n",
		    "name = A\ntitle = Head\n", "contact title: Head | -\n");
	expect_back("name = A\ntitle = CTO\n", "name = A\ntitle = Head\n", "name = A\norg = X\n",
		    "name = A\norg = X\n", "contact title: - | CTO\n");
	expect_back("[log]\n2025-01-01 = a\n", "[log]\n2025-01-01 = b\n2025-01-02 = x\n",
		    "[log]\n2025-01-01 = c\n2025-01-02 = x\n", "[log]\n2025-01-01 = c\n",
		    "log 2025-01-01: c | a\n");
	expect_back("email = a\n", "email = a\nemail = b\n", "email = b\n", "email = b\n",
		    "contact email: b | a\n");
	expect_back("note = one\n    two\n", "note = one\n    2\n", "note = one\n    zwei\n    drei\n",
		    "note = one\n    zwei\n    drei\n", "contact note: one\nzwei\ndrei | one\ntwo\n");
}
