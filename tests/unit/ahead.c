#include "unit.h"

#include "base/buf.h"
#include "network/ahead.h"
#include "network_scene.h"

/* "2026-11-25 ada birthday 52; ..." of all from one day to another. */
static void assert_ahead(const char *text, const char *from, const char *to, const char *want)
{
	const struct scene_file files[] = { { "ada.ini", text }, { 0 } };
	struct network *net = scene_network(files);
	struct date first = DATE_NONE, last = DATE_NONE;
	struct aheads list;
	struct buf told = BUF_INIT;

	assert_true(date_parse(text_of(from), &first));
	assert_true(date_parse(text_of(to), &last));
	aheads_find(&list, net, first, last);
	for (size_t i = 0; i < list.list.n; i++) {
		const struct ahead *one = &list.list.at[i];
		buf_add_str(&told, i ? "; " : "");
		date_format(one->date, &told);
		buf_add_fmt(&told, " %.*s %d", TEXT_FMT(one->day->label), one->years);
	}
	assert_string_equal(told.at, want);
	buf_release(&told);
	aheads_release(&list);
	network_free(net);
}

static void test_ahead__comes_round_each_year(void **state)
{
	const char *text = "birthday = 1974-11-25\ndate.wedding = --11-25\ndate.moved = 2014";

	assert_ahead(text, "2026-11-25", "2026-11-25",
		     "2026-11-25 birthday 52; 2026-11-25 wedding 0");
	assert_ahead(text, "2026-11-26", "2027-11-24", "");
	assert_ahead(text, "2025-11-26", "2026-11-24", "");
	assert_ahead(text, "2026-12-01", "2028-11-25",
		     "2027-11-25 birthday 53; 2027-11-25 wedding 0; "
		     "2028-11-25 birthday 54; 2028-11-25 wedding 0");
}

static void test_ahead__goes_over_the_turn_of_the_year(void **state)
{
	assert_ahead("birthday = 1980-01-03\ndate.x = 2000-12-30", "2026-12-29", "2027-01-05",
		     "2026-12-30 x 26; 2027-01-03 birthday 47");
}

static void test_ahead__puts_the_leap_day_on_the_28th(void **state)
{
	assert_ahead("birthday = 1992-02-29", "2027-02-27", "2027-03-01", "2027-02-28 birthday 35");
	assert_ahead("birthday = --02-29", "2027-03-01", "2027-03-01", "");
	assert_ahead("birthday = --02-29", "2028-02-28", "2028-02-28", "");
	assert_ahead("birthday = --02-29", "2028-02-29", "2028-02-29", "2028-02-29 birthday 0");
	assert_ahead("birthday = --02-29", "2100-02-28", "2100-03-01", "2100-02-28 birthday 0");
	assert_ahead("birthday = --02-28", "2028-02-28", "2028-02-29", "2028-02-28 birthday 0");
}

static void test_ahead__tells_a_month_once_and_before_its_days(void **state)
{
	const char *text = "date.b = 2000-10-01\nbirthday = 1974-10";

	assert_ahead(text, "2026-10-01", "2026-10-31", "2026-10 birthday 52; 2026-10-01 b 26");
	assert_ahead(text, "2026-10-31", "2026-11-30", "2026-10 birthday 52");
	assert_ahead(text, "2026-09-30", "2026-10-01", "2026-10 birthday 52; 2026-10-01 b 26");
	assert_ahead(text, "2026-11-01", "2027-09-30", "");
}

static void test_ahead__does_not_come_before_its_own_year(void **state)
{
	const char *text = "date.wedding = 2027-06-05";

	assert_ahead(text, "2026-01-01", "2026-12-31", "");
	assert_ahead(text, "2027-06-01", "2027-06-30", "2027-06-05 wedding 0");
	assert_ahead(text, "2028-06-05", "2028-06-05", "2028-06-05 wedding 1");
}

static void test_ahead__knows_the_ends_of_the_calendar(void **state)
{
	assert_ahead("birthday = 0001-01-01\ndate.end = 9999-12", "9999-12-30", "9999-12-31",
		     "9999-12 end 0");
	assert_ahead("birthday = 0001-01-01", "0001-01-01", "0002-01-01",
		     "0001-01-01 birthday 0; 0002-01-01 birthday 1");
}

static void test_ahead__keeps_closed_doors(void **state)
{
	assert_ahead("birthday = --11-25\ndoor = closed", "2026-11-01", "2026-11-30", "");
	assert_ahead("birthday = --11-25\ndoor = who knows", "2026-11-01", "2026-11-30", "");
	assert_ahead("birthday = --11-25\ndoor = ask", "2026-11-01", "2026-11-30",
		     "2026-11-25 birthday 0");
}

static void test_ahead__says_what_is_within(void **state)
{
	static const struct {
		const char *date;
		bool within;
	} cases[] = {
		{ "2026-11-21", true }, { "2026-11-20", false }, { "2026-12-05", true },
		{ "2026-12-06", false }, { "2026-11", true }, { "2026-12", true },
		{ "2026-10", false }, { "2027-01", false }, { "2026", false },
	};
	const struct date from = { 2026, 11, 21 }, to = { 2026, 12, 5 };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date d;
		assert_true(date_parse(text_of(cases[i].date), &d));
		assert_int_equal(ahead_within(d, from, to), cases[i].within);
	}
}
