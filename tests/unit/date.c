#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fault.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct date a_wednesday = { 2026, 11, 18 };

static void assert_date(struct date d, const char *want, const char *about)
{
	struct buf b = BUF_INIT;

	date_format(d, &b);
	if (strcmp(b.at, want))
		fail_msg("%s: %s is not %s", about, b.at, want);
	buf_release(&b);
}

static struct date parsed(const char *s)
{
	struct date d;

	assert_true(date_parse(text_of(s), &d));
	return d;
}

/* ---- ISO dates ---- */

static void test_date__reads_what_it_writes(void **state)
{
	static const char *const dates[] = { "1974-10-31", "1974-10", "1974",  "--10-31",
					     "--02-29",    "0001-01-01", "9999-12-31",
					     "2024-02-29", "2000-02-29" };

	for (size_t i = 0; i < COUNT(dates); i++)
		assert_date(parsed(dates[i]), dates[i], dates[i]);
}

static void test_date__refuses_what_is_no_date(void **state)
{
	static const char *const texts[] = {
		"", "-", "--", "---", "2026-", "2026-1-1", "2026-13-01", "2026-00-01", "2026-11-00",
		"2026-11-31", "2025-02-29", "1900-02-29", "0000-01-01", "26-11-18", "2026-11-18-",
		"2026-11-18 ", " 2026-11-18", "20261118", "--10", "--10-", "--13-01", "--02-30",
		"---10-31", "2026--18", "+026-01-01", "-026-01-01", "2026-1a-01", "2026/11/18", "today",
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct date d = { 7, 7, 7 };
		if (date_parse(text_of(texts[i]), &d))
			fail_msg("'%s' was taken for a date", texts[i]);
		assert_int_equal(d.year, 7);
	}
}

static void test_date__reads_other_forms_that_begin_with_the_year(void **state)
{
	static const struct { const char *in, *want; /* NULL: is none */ } table[] = {
		{ "2026/11/18", "2026-11-18" }, { "2026.1.5", "2026-01-05" },
		{ "2026-1-5", "2026-01-05" },   { "20261118", "2026-11-18" },
		{ "2024/2/29", "2024-02-29" },  { "2025/2/29", NULL },
		{ "2026-11-18", NULL },         { "2026-11", NULL },
		{ "2026", NULL },               { "18.11.2026", NULL },
		{ "2026/11-18", NULL },         { "2026/11", NULL },
		{ "26/11/18", NULL },           { "2026/", NULL },
		{ "2026/11/18 ", NULL },        { "20261318", NULL },
		{ "2026111", NULL },            { "202611181", NULL },
		{ "--11-18", NULL },            { "", NULL },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct date d = { 7, 7, 7 };
		bool known = date_parse_loose(text_of(table[i].in), &d);
		if (known != (table[i].want != NULL))
			fail_msg("'%s' was %s", table[i].in, known ? "taken" : "refused");
		if (known)
			assert_date(d, table[i].want, table[i].in);
		else
			assert_int_equal(d.year, 7);
	}
}

static void test_date__says_what_is_known(void **state)
{
	struct buf b = BUF_INIT;

	assert_true(date_is_none(DATE_NONE));
	assert_false(date_is_none(parsed("1974")));
	assert_false(date_is_none(parsed("--10-31")));
	assert_true(date_is_whole(parsed("1974-10-31")));
	assert_false(date_is_whole(parsed("1974-10")));
	assert_false(date_is_whole(parsed("--10-31")));
	date_format(DATE_NONE, &b);
	assert_string_equal(b.at, "");
	buf_release(&b);
}

static void test_date__orders_the_unknown_first(void **state)
{
	static const char *const ordered[] = { "--01-01", "--10-31", "1974", "1974-10", "1974-10-01",
					       "1974-10-31", "1974-11", "1975" };

	for (size_t i = 0; i < COUNT(ordered); i++)
		for (size_t k = 0; k < COUNT(ordered); k++) {
			int c = date_cmp(parsed(ordered[i]), parsed(ordered[k]));
			assert_int_equal((c > 0) - (c < 0), (i > k) - (i < k));
		}
}

/* ---- counting ---- */

static void test_date__counts_every_day_once(void **state)
{
	struct date d = { 1, 1, 1 };
	long days = date_days(d);

	for (; date_cmp(d, parsed("9999-12-31")) < 0; days++) {
		assert_int_equal(date_days(d), days);
		assert_int_equal(date_cmp(date_from_days(days), d), 0);
		struct date next = date_from_days(days + 1);
		bool next_day = next.day == d.day + 1 && next.month == d.month;
		bool next_month = next.day == 1 && next.month == d.month % 12 + 1 && d.day >= 28;
		assert_true(next_day || next_month);
		d = next;
	}
	assert_int_equal(days, 2932896);
}

static void test_date__knows_days_from_the_calendar(void **state)
{
	static const struct {
		const char *date;
		long days;
		int weekday;
	} table[] = {
		{ "1970-01-01", 0, 4 },      { "1969-12-31", -1, 3 },   { "2000-03-01", 11017, 3 },
		{ "2024-02-29", 19782, 4 },  { "2026-11-18", 20775, 3 }, { "0001-01-01", -719162, 1 },
		{ "1900-01-01", -25567, 1 }, { "1974-10", 1734, 2 },    { "1974", 1461, 2 },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		assert_int_equal(date_days(parsed(table[i].date)), table[i].days);
		assert_int_equal(date_weekday(parsed(table[i].date)), table[i].weekday);
	}
}

static void test_date__stays_within_its_years(void **state)
{
	struct period years = { 9999, 'y' }, days = { 9999, 'd' };

	assert_date(date_from_days(-99999999), "0001-01-01", "far back");
	assert_date(date_from_days(99999999), "9999-12-31", "far ahead");
	assert_date(date_add(a_wednesday, years, 1), "9999-12-31", "+9999y");
	assert_date(date_add(a_wednesday, years, -1), "0001-01-01", "-9999y");
	assert_date(date_add(parsed("9999-12-30"), days, 1), "9999-12-31", "+9999d");
}

static void test_date__adds_and_clamps_to_the_month(void **state)
{
	static const struct {
		const char *date;
		struct period p;
		int sign;
		const char *want;
	} table[] = {
		{ "2026-01-31", { 1, 'm' }, 1, "2026-02-28" },
		{ "2024-01-31", { 1, 'm' }, 1, "2024-02-29" },
		{ "2026-03-31", { 1, 'm' }, -1, "2026-02-28" },
		{ "2024-02-29", { 1, 'y' }, 1, "2025-02-28" },
		{ "2024-02-29", { 4, 'y' }, 1, "2028-02-29" },
		{ "2026-11-18", { 2, 'm' }, 1, "2027-01-18" },
		{ "2026-01-18", { 1, 'm' }, -1, "2025-12-18" },
		{ "2026-12-31", { 12, 'm' }, 1, "2027-12-31" },
		{ "2026-11-18", { 2, 'w' }, 1, "2026-12-02" },
		{ "2026-11-18", { 3, 'd' }, -1, "2026-11-15" },
		{ "2026-12-31", { 1, 'd' }, 1, "2027-01-01" },
		{ "2026-11-18", { 0, 'm' }, 1, "2026-11-18" },
		{ "1974", { 1, 'm' }, 1, "1974-02-01" },
		{ "1974-10", { 1, 'd' }, 1, "1974-10-02" },
	};

	for (size_t i = 0; i < COUNT(table); i++)
		assert_date(date_add(parsed(table[i].date), table[i].p, table[i].sign),
			    table[i].want, table[i].date);
}

/* ---- periods ---- */

static void test_date__reads_periods(void **state)
{
	static const struct {
		const char *in, *want; /* NULL: is none */
	} table[] = {
		{ "2w", "2w" },         { "2 weeks", "2w" },  { "1 month", "1m" }, { "10d", "10d" },
		{ "1Y", "1y" },         { "3 YEARS", "3y" },  { "2  days", "2d" }, { "1 day", "1d" },
		{ "0d", "0d" },         { "9999d", "9999d" }, { "007d", "7d" },    { "5months", "5m" },
		{ "10000d", NULL },     { "w", NULL },        { "", NULL },        { "2", NULL },
		{ "2x", NULL },         { "-2w", NULL },      { "+2w", NULL },     { "2w ago", NULL },
		{ "2 fortnights", NULL }, { "2 wee", NULL },  { "2ws", NULL },     { "a week", NULL },
		{ "1.5w", NULL },       { "99999999999999999999d", NULL },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct period p = { 5, 'x' };
		struct buf b = BUF_INIT;
		bool known = period_parse(text_of(table[i].in), &p);
		if (known != (table[i].want != NULL))
			fail_msg("'%s' was %s", table[i].in, known ? "taken" : "refused");
		buf_add_fmt(&b, "%d%c", p.n, p.unit);
		assert_string_equal(b.at, known ? table[i].want : "5x");
		buf_release(&b);
	}
}

static void test_date__compares_periods_in_days(void **state)
{
	static const struct {
		struct period p;
		long days;
	} table[] = { { { 3, 'd' }, 3 },   { { 2, 'w' }, 14 },   { { 1, 'm' }, 30 },
		      { { 12, 'm' }, 365 }, { { 1, 'y' }, 365 }, { { 4, 'y' }, 1461 } };

	for (size_t i = 0; i < COUNT(table); i++)
		assert_int_equal(period_days(table[i].p), table[i].days);
}

/* ---- what people type ---- */

static void test_date__reads_what_people_type(void **state)
{
	static const struct {
		const char *in, *want; /* today is Wednesday 2026-11-18; NULL: is none */
	} table[] = {
		{ "2026-12-01", "2026-12-01" }, { "1974", "1974" },             { "1974-10", "1974-10" },
		{ "--10-31", "--10-31" },       { " 2026-12-01 ", "2026-12-01" },
		{ "today", "2026-11-18" },      { "Tomorrow", "2026-11-19" },   { "YESTERDAY", "2026-11-17" },
		{ "thursday", "2026-11-19" },   { "wednesday", "2026-11-25" },  { "tuesday", "2026-11-24" },
		{ "sunday", "2026-11-22" },     { "Fri", "2026-11-20" },        { "sat", "2026-11-21" },
		{ "next friday", "2026-11-20" }, { "last friday", "2026-11-13" },
		{ "last wednesday", "2026-11-11" }, { "last thu", "2026-11-12" }, { "last tue", "2026-11-17" },
		{ "next wednesday", "2026-11-25" }, { "Last  Friday", "2026-11-13" },
		{ "+2w", "2026-12-02" },        { "-3d", "2026-11-15" },        { "2w", "2026-12-02" },
		{ "+2 weeks", "2026-12-02" },   { "2 weeks", "2026-12-02" },    { "+0d", "2026-11-18" },
		{ "in 2 weeks", "2026-12-02" }, { "2 weeks ago", "2026-11-04" }, { "IN A MONTH", "2026-12-18" },
		{ "a week ago", "2026-11-11" }, { "in 2w", "2026-12-02" },      { "2w ago", "2026-11-04" },
		{ "1 year ago", "2025-11-18" }, { "in  3\tdays", "2026-11-21" }, { "-3m", "2026-08-18" },
		{ "in a day", "2026-11-19" },
		{ "", NULL },          { "foo", NULL },        { "friday 2w", NULL }, { "last", NULL },
		{ "next", NULL },      { "last week", NULL },  { "in", NULL },        { "ago", NULL },
		{ "in 2 weeks ago", NULL }, { "in friday", NULL }, { "+friday", NULL }, { "-", NULL },
		{ "+", NULL },         { "- 3d", NULL },       { "2026-11-31", NULL }, { "2 weeksago", NULL },
		{ "in2weeks", NULL },  { "fr", NULL },         { "frid", NULL },      { "a", NULL },
		{ "in a", NULL },      { "next last friday", NULL }, { "18", NULL },  { "+2026", NULL },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct fault f = FAULT_INIT;
		struct date d = { 7, 7, 7 };
		int rc = date_read(text_of(table[i].in), a_wednesday, &d, &f);
		if ((rc == 0) != (table[i].want != NULL))
			fail_msg("'%s' was %s", table[i].in, rc == 0 ? "taken" : "refused");
		assert_date(d, rc == 0 ? table[i].want : "0007-07-07", table[i].in);
		assert_int_equal(rc, rc == 0 ? 0 : FAULT_INVALID);
	}
}

static void test_date__names_the_forms_when_it_refuses(void **state)
{
	struct fault f = FAULT_INIT;
	struct date d;
	char lengthy[1000];
	static const char *const fillers[] = { "x", "\xcc\x81", "\xe6\x9d\x8e", "\xff", "\x13" };

	date_read(TEXT(" foo "), a_wednesday, &d, &f);
	assert_string_equal(f.msg, "'foo' is no date; write 2026-11-18, today, tomorrow, friday, "
				   "+2w, -3d, in 2 weeks or 2 weeks ago");
	for (size_t i = 0; i < COUNT(fillers); i++) {
		size_t n = strlen(fillers[i]);
		for (size_t at = 0; at < sizeof lengthy; at++)
			lengthy[at] = fillers[i][at % n];
		date_read((struct text){ lengthy, sizeof lengthy }, a_wednesday, &d, &f);
		assert_non_null(strstr(f.msg, "2 weeks ago"));
		assert_true(i == 3 || text_is_utf8(text_of(f.msg), NULL));
	}
	date_read(TEXT("one\ntwo"), a_wednesday, &d, &f);
	assert_null(strchr(f.msg, '\n'));
}

static void test_date__is_cut_off_a_sentence(void **state)
{
	static const struct {
		const char *in, *want, *rest; /* want NULL: no date in front */
	} table[] = {
		{ "2026-12-01 thank Paul", "2026-12-01", "thank Paul" },
		{ "2026-12-01", "2026-12-01", "" },
		{ "  tomorrow\tcall", "2026-11-19", "call" },
		{ "1974-10 x", "1974-10", "x" },
		{ "--10-31 x", "--10-31", "x" },
		{ "friday 2 things", "2026-11-20", "2 things" },
		{ "fri lunch", "2026-11-20", "lunch" },
		{ "next friday lunch", "2026-11-20", "lunch" },
		{ "last friday in 2 weeks", "2026-11-13", "in 2 weeks" },
		{ "+2w ask", "2026-12-02", "ask" },
		{ "-3d ask", "2026-11-15", "ask" },
		{ "+2 weeks ask", "2026-12-02", "ask" },
		{ "2w ask", "2026-12-02", "ask" },
		{ "in 2 weeks ask", "2026-12-02", "ask" },
		{ "in a week ask", "2026-11-25", "ask" },
		{ "2 weeks ago met", "2026-11-04", "met" },
		{ "2w ago met", "2026-11-04", "met" },
		{ "a week ago met", "2026-11-11", "met" },
		{ "sunday brunch", "2026-11-22", "brunch" },
		{ "last sat x", "2026-11-14", "x" },
		{ "2026-12-01, thank", "2026-12-01", "thank" },
		{ "friday: lunch", "2026-11-20", "lunch" },
		{ "friday; lunch", NULL, NULL },
		{ "1984 by Orwell", NULL, NULL },
		{ "sat with Ana", NULL, NULL },
		{ "sun hat", NULL, NULL },
		{ "2 weeks notice", NULL, NULL },
		{ "may I", NULL, NULL },
		{ "call friday", NULL, NULL },
		{ "todays paper", NULL, NULL },
		{ "a week", NULL, NULL },
		{ "in town", NULL, NULL },
		{ "", NULL, NULL },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct text rest = text_of(table[i].in);
		struct date d;
		bool cut = date_cut(&rest, a_wednesday, &d);
		if (cut != (table[i].want != NULL))
			fail_msg("'%s' was %s", table[i].in, cut ? "cut" : "left");
		if (cut)
			assert_date(d, table[i].want, table[i].in);
		if (!text_equal(rest, text_of(cut ? table[i].rest : table[i].in)))
			fail_msg("'%s' left '%.*s'", table[i].in, TEXT_FMT(rest));
	}
}

/* ---- the clock ---- */

static void test_date__takes_a_fixed_day_for_today(void **state)
{
	static const char *const good[] = { "2026-11-18", "2026-11-18T23:59:59Z", "2026-11-18 07:00" };
	static const char *const bad[] = { "2026-11", "--11-18", "tomorrow", " ", "T", "2026-11-31T00:00" };
	struct fault f = FAULT_INIT;
	struct date d;

	for (size_t i = 0; i < COUNT(good); i++) {
		assert_int_equal(date_today(good[i], &d, &f), 0);
		assert_date(d, "2026-11-18", good[i]);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_int_equal(date_today(bad[i], &d, &f), FAULT_INVALID);
	assert_non_null(strstr(f.msg, "2026-11-31T00:00"));
}

static void test_date__asks_the_clock_else(void **state)
{
	struct fault f = FAULT_INIT;
	struct date d = DATE_NONE;

	assert_int_equal(date_today(NULL, &d, &f), 0);
	assert_true(date_is_whole(d));
	d = DATE_NONE;
	assert_int_equal(date_today("", &d, &f), 0);
	assert_true(date_is_whole(d));
}

/* ---- how long ago ---- */

static void test_date__says_how_long_ago(void **state)
{
	static const struct {
		const char *then, *want;
	} table[] = {
		{ "2026-11-18", "today" },        { "2026-11-17", "yesterday" },
		{ "2026-11-19", "tomorrow" },     { "2026-11-16", "2 days ago" },
		{ "2026-11-05", "13 days ago" },  { "2026-11-04", "2 weeks ago" },
		{ "2026-09-20", "8 weeks ago" },  { "2026-09-19", "2 months ago" },
		{ "2026-06-18", "5 months ago" }, { "2026-06-19", "4 months ago" },
		{ "2024-11-19", "23 months ago" }, { "2024-11-18", "2 years ago" },
		{ "1926-11-18", "100 years ago" }, { "1926-11-19", "99 years ago" },
		{ "2026-11-21", "in 3 days" },    { "2026-12-02", "in 2 weeks" },
		{ "2027-01-17", "in 2 months" },  { "2029-11-18", "in 3 years" },
		{ "2026-11", "this month" },      { "2026-10", "1 month ago" },
		{ "2027-01", "in 2 months" },     { "2020-01", "6 years ago" },
		{ "2026", "this year" },          { "2025", "1 year ago" },
		{ "2028", "in 2 years" },         { "--10-31", "" },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct buf b = BUF_INIT;
		date_format_ago(parsed(table[i].then), a_wednesday, &b);
		if (strcmp(b.at, table[i].want))
			fail_msg("%s: '%s' is not '%s'", table[i].then, b.at, table[i].want);
		buf_release(&b);
	}
}

static void test_date__sixty_days_are_two_months(void **state)
{
	struct buf b = BUF_INIT;

	date_format_ago(parsed("2026-07-02"), parsed("2026-08-31"), &b); /* one month and 29 days */
	assert_string_equal(b.at, "2 months ago");
	buf_release(&b);
}

static void test_date__knows_what_can_only_be_meant_for_one(void **state)
{
	static const char *const yes[] = { "2027-02-29", "3.3.2027", "2027/2/3", "1-1-1" };
	static const char *const no[] = { "", "2027", "1.5", "24/7", "2027-02", "v1.2.3", "1.2.3.4",
					  "-1-2-3", "friday" };

	for (size_t i = 0; i < COUNT(yes); i++)
		assert_true(date_is_meant(text_of(yes[i])));
	for (size_t i = 0; i < COUNT(no); i++)
		assert_false(date_is_meant(text_of(no[i])));
}
