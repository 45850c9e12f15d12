#include "unit.h"

#include "base/buf.h"
#include "contact/summary.h"
#include "contact_example.h"

static const struct date today = { 2026, 11, 21 };

/* The contact goes away at once: a summary borrows nothing of it. */
static void summarise(struct summary *s, const char *text, struct arena *a)
{
	struct contact c;

	read_text(&c, text);
	summary_read(s, &c, KINDS_BUILT_IN, today, a);
	contact_release(&c);
}

static void expect_text(struct text got, const char *want)
{
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.at, want, got.n);
}

static void test_summary__has_the_facts(void **state)
{
	struct arena a = ARENA_INIT;
	struct summary s;

	summarise(&s, paul, &a);
	assert_string_equal(s.path, "work/paul-novak.ini");
	expect_text(s.id, "paul-novak");
	expect_text(s.name, "Paul Novak");
	expect_text(s.title, "horror novelist");
	expect_text(s.org, "Night Harbor Press");
	assert_int_equal(s.every.ideal.n, 3);
	assert_int_equal(s.emails.n, 2);
	expect_text(s.emails.at[1], "p.novak@nightharbor.example");
	assert_int_equal(s.tags.n, 2);
	expect_text(s.tags.at[1], "tampa");
	expect_text(s.via.at[0], "glynis-jordan");
	assert_int_equal(s.days.n, 1);
	expect_text(s.days.at[0].label, "birthday");
	assert_int_equal(s.days.at[0].date.month, 10);
	expect_text(s.needs.at[0].phrase, "convention contacts");
	expect_text(s.offers.at[0].phrase, "introductions to writers");
	arena_release(&a);
}

static void test_summary__has_log_and_todo_by_date(void **state)
{
	struct arena a = ARENA_INIT;
	struct summary s;

	summarise(&s, paul, &a);
	assert_int_equal(s.log.n, 2);
	assert_int_equal(s.log.at[0].deed, DEED_MEETING);
	assert_false(s.log.at[0].afar);
	expect_text(s.log.at[0].event, "dunkin-main");
	assert_int_equal(s.log.at[1].deed, DEED_GOT);
	assert_int_equal(s.log.at[1].n_links, 2);
	assert_int_equal(s.log.at[1].n_present, 0);
	expect_text(s.log.at[1].links[1], "tom-weld");
	expect_text(s.last_kind, "got");
	expect_text(s.last_text, "two business cards -> [[ana-ruiz]] [[tom-weld]]");
	assert_int_equal(s.todo.n, 2);
	assert_true(s.todo.at[0].thanks);
	assert_false(s.todo.at[0].they);
	assert_true(s.todo.at[1].they);
	assert_int_equal(s.todo.at[1].number, 2);
	arena_release(&a);
}

static void test_summary__sorts_what_stands_in_no_order(void **state)
{
	struct arena a = ARENA_INIT;
	struct summary s;

	summarise(&s, "[log]\n2026-03-01 = c\nsoon = x\n2026-01-01 = a\n2026-03-01 = d\n"
		      "[todo]\n2026-12-02 = b\nsome day = x\n2026-12-01 = a @fair\n", &a);
	assert_int_equal(s.log.n, 3);
	assert_int_equal(s.log.at[0].line, 4);
	assert_int_equal(s.log.at[1].line, 2);
	assert_int_equal(s.log.at[2].line, 5);
	expect_text(s.last_text, "d");
	assert_int_equal(s.todo.n, 2);
	assert_int_equal(s.todo.at[0].number, 3);
	expect_text(s.todo.at[0].event, "fair");
	arena_release(&a);
}

static void test_summary__tells_who_took_part_first(void **state)
{
	struct arena a = ARENA_INIT;
	struct summary s;

	summarise(&s, "[log]\n2026-03-01 = [[a]] and [[b]] -> rings [[c]]\n", &a);
	assert_int_equal(s.log.at[0].n_present, 2);
	assert_int_equal(s.log.at[0].n_links, 3);
	expect_text(s.log.at[0].links[0], "a");
	expect_text(s.log.at[0].links[2], "c");
	arena_release(&a);
}

static void test_summary__takes_the_last_text_from_an_encounter_that_was(void **state)
{
	struct arena a = ARENA_INIT;
	struct summary s;

	summarise(&s, "[log]\n2026-11-21 = call: now\n2026-11-21 = note: later\n2027-01-01 = ahead\n",
		  &a);
	expect_text(s.last_kind, "call");
	expect_text(s.last_text, "now");
	assert_true(s.log.at[0].afar);
	summarise(&s, "[log]\n2026-11-21 = note: x\n", &a);
	assert_int_equal(s.last_kind.n + s.last_text.n, 0);
	arena_release(&a);
}

static void test_summary__keeps_ten_thousand_entries(void **state)
{
	struct arena a = ARENA_INIT;
	struct buf lines = BUF_INIT;
	struct summary s;
	struct contact c;

	for (int i = 0; i < 10000; i++)
		buf_add_fmt(&lines, "2026-%02d-%02d=@fair [[a]]|", 1 + i % 12, 1 + i % 28);
	read_log(&c, lines.at);
	summary_read(&s, &c, KINDS_BUILT_IN, today, &a);
	contact_release(&c);
	assert_int_equal(s.log.n, 10000);
	for (size_t i = 1; i < s.log.n; i++)
		assert_true(date_cmp(s.log.at[i - 1].date, s.log.at[i].date) <= 0);
	buf_release(&lines);
	arena_release(&a);
}

static void test_summary__passes_over_what_cannot_be_read(void **state)
{
	struct arena a = ARENA_INIT;
	struct summary s;

	summarise(&s, "name.stage = X\nevery = 0d\nevery = 2w\nbirthday = 31 October\nsnooze = soon\n"
		      "door = perhaps\nneeds = , a until 2026-01-01, ,b\nknows.sister = ana, ben\n"
		      "knows = \n", &a);
	expect_text(s.name, "paul-novak");
	assert_int_equal(s.every.ideal.n, 2);
	assert_int_equal(s.days.n, 0);
	assert_true(date_is_none(s.snooze));
	assert_true(s.door.unclear);
	assert_int_equal(s.needs.n, 2);
	assert_int_equal(s.needs.at[0].until.year, 2026);
	assert_int_equal(s.knows.n, 2);
	expect_text(s.knows.at[1].label, "sister");
	expect_text(s.knows.at[1].id, "ben");
	arena_release(&a);
}

static void test_summary__has_the_strictest_door(void **state)
{
	static const struct {
		const char *text;
		enum door_state want;
	} cases[] = {
		{ "door = closed for good\ndoor = open\n", DOOR_CLOSED },
		{ "door = open\ndoor = closed for good\n", DOOR_CLOSED },
		{ "door = closed until 2020-01-01\ndoor = ask\n", DOOR_ASK },
		{ "door = ask\ndoor = perhaps\n", DOOR_CLOSED },
		{ "door =\n", DOOR_OPEN },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct arena a = ARENA_INIT;
		struct summary s;
		summarise(&s, cases[i].text, &a);
		assert_int_equal(door_today(&s.door, today), cases[i].want);
		arena_release(&a);
	}
	struct arena a = ARENA_INIT;
	struct summary s;
	summarise(&s, "door = closed until 2027-01-01 a\ndoor = closed until 2028-01-01 b\n", &a);
	expect_text(s.door.reason, "b");
	summarise(&s, "door = closed until 2027-01-01 a\ndoor = closed b\n", &a);
	expect_text(s.door.reason, "b");
	arena_release(&a);
}

static void test_summary__of_an_empty_file_is_its_name(void **state)
{
	struct arena a = ARENA_INIT;
	struct summary s;

	summarise(&s, "", &a);
	expect_text(s.name, "paul-novak");
	assert_int_equal(s.log.n + s.todo.n + s.tags.n + s.days.n, 0);
	assert_int_equal(s.door.state, DOOR_OPEN);
	arena_release(&a);
}
