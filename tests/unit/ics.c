#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "format/ics.h"

static const struct date today = { 2026, 11, 21 };

static char *format(const struct ics_item *items, size_t n)
{
	struct buf out = BUF_INIT;

	ics_format(items, n, today, &out);
	return buf_take(&out);
}

/* The line of the calendar that begins so, unfolded and without its end; owned by the caller. */
static char *line_of(const char *calendar, const char *begin)
{
	struct buf line = BUF_INIT;
	const char *at = strstr(calendar, begin);

	assert_non_null(at);
	while (strncmp(at, "\r\n", 2) != 0 || at[2] == ' ') {
		if (!strncmp(at, "\r\n ", 3))
			at += 3;
		else
			buf_add_char(&line, *at++);
	}
	return buf_take(&line);
}

static void assert_line(const char *calendar, const char *begin, const char *want)
{
	char *line = line_of(calendar, begin);

	assert_string_equal(line, want);
	mem_free(line);
}

static void test_ics__is_a_calendar_of_whole_days(void **state)
{
	const struct ics_item item = { .kind = ICS_EVENT, .same = TEXT("a"),
				       .summary = TEXT("Ada: birthday"),
				       .description = TEXT("cake"), .start = { 1974, 10, 31 },
				       .yearly = true };
	char *text = format(&item, 1), *uid = line_of(text, "UID:");
	struct buf want = BUF_INIT;

	buf_add_fmt(&want,
		    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kith//kith//EN\r\n"
		    "BEGIN:VEVENT\r\n%s\r\nDTSTAMP:20261121T000000Z\r\n"
		    "DTSTART;VALUE=DATE:19741031\r\nRRULE:FREQ=YEARLY\r\nTRANSP:TRANSPARENT\r\n"
		    "SUMMARY:Ada: birthday\r\nDESCRIPTION:cake\r\nEND:VEVENT\r\n"
		    "END:VCALENDAR\r\n", uid);
	assert_string_equal(text, want.at);
	buf_release(&want);
	mem_free(text);
	mem_free(uid);
}

static void test_ics__has_the_leap_day_every_year(void **state)
{
	const struct ics_item item = { .kind = ICS_EVENT, .summary = TEXT("x"), .yearly = true,
				       .start = { 2000, 2, 29 } };
	char *text = format(&item, 1);

	assert_line(text, "DTSTART", "DTSTART;VALUE=DATE:20000229");
	assert_line(text, "RRULE", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1");
	mem_free(text);
}

static void test_ics__has_tasks_that_start_before_they_are_due(void **state)
{
	static const struct {
		struct date start, due;
		const char *want;
	} cases[] = {
		{ { 2026, 11, 1 }, { 2026, 11, 8 },
		  "DTSTART;VALUE=DATE:20261101\r\nDUE;VALUE=DATE:20261108\r\nSTATUS" },
		{ { 2026, 11, 8 }, { 2026, 11, 8 }, "Z\r\nDUE;VALUE=DATE:20261108\r\nSTATUS" },
		{ { 0, 0, 0 }, { 2026, 12, 0 }, "Z\r\nDUE;VALUE=DATE:20261201\r\nSTATUS" },
		{ { 0, 0, 0 }, { 0, 0, 0 }, "Z\r\nSTATUS:NEEDS-ACTION\r\n" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct ics_item item = { .kind = ICS_TASK, .summary = TEXT("x"),
					 .start = cases[i].start, .due = cases[i].due };
		char *text = format(&item, 1);
		assert_non_null(strstr(text, cases[i].want));
		mem_free(text);
	}
}

static void test_ics__escapes_what_has_a_meaning(void **state)
{
	const struct ics_item item = { .kind = ICS_TASK,
				       .summary = TEXT("a, b; c\\d: \"e\"\r\nEND:VTODO\nf"),
				       .description = TEXT("\x01\x7f\t\rx\xff") };
	char *text = format(&item, 1);

	assert_line(text, "SUMMARY", "SUMMARY:a\\, b\\; c\\\\d: \"e\"\\nEND:VTODO\\nf");
	assert_line(text, "DESCRIPTION", "DESCRIPTION:    x\xef\xbf\xbd");
	mem_free(text);
}

/* No line is longer than 75 bytes, whatever its letters' lengths, and none is cut in a letter. */
static void test_ics__folds_between_letters(void **state)
{
	static const char *const letters[] = { "a", "\xc3\xa9", "\xe6\x9d\x8e", "\xf0\x9f\x8e\x82" };

	for (size_t k = 0; k < 4; k++)
		for (size_t n = 60; n < 80; n++) {
			struct buf summary = BUF_INIT, want = BUF_INIT;
			buf_add_fill(&summary, 'x', n % 7);
			for (size_t i = 0; i < 2 * n; i++)
				buf_add_str(&summary, letters[k]);
			buf_add_fmt(&want, "SUMMARY:%s", summary.at);
			struct ics_item item = { .kind = ICS_TASK, .summary = buf_text(&summary) };
			char *text = format(&item, 1);
			assert_line(text, "SUMMARY", want.at);
			struct text rest = text_of(text), line;
			while (text_cut_line(&rest, &line)) {
				assert_in_range(line.n, 1, 75);
				assert_true(text_is_utf8(line, NULL));
			}
			mem_free(text);
			buf_release(&want);
			buf_release(&summary);
		}
}

static void test_ics__knows_an_item_again(void **state)
{
	struct ics_item items[] = {
		{ .kind = ICS_TASK, .same = TEXT("a"), .summary = TEXT("1") },
		{ .kind = ICS_TASK, .same = TEXT("b"), .summary = TEXT("2") },
		{ .kind = ICS_TASK, .same = TEXT("a"), .summary = TEXT("3") },
		{ .kind = ICS_EVENT, .same = TEXT("a"), .start = { 2026, 1, 1 } },
	};
	char *all = format(items, 4), *last = format(items + 1, 2), *uids[4];
	const char *at = all;

	for (size_t i = 0; i < 4; i++) {
		at = strstr(at, "\r\nUID:") + 2;
		uids[i] = line_of(at, "UID:");
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(uids[k], uids[i]);
	}
	assert_line(last, "UID:", uids[1]);
	assert_line(strstr(last, "SUMMARY:2"), "UID:", uids[0]); /* of two the first is left */
	for (size_t i = 0; i < 4; i++)
		mem_free(uids[i]);
	mem_free(all);
	mem_free(last);
}

static void test_ics__may_be_empty(void **state)
{
	char *text = format(NULL, 0);

	assert_string_equal(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kith//kith//EN\r\n"
				  "END:VCALENDAR\r\n");
	mem_free(text);
}
