#include "unit.h"

#include "contact/door.h"

static void test_door__reads_state_until_and_reason(void **state)
{
	static const struct {
		const char *value;
		enum door_state state;
		int year, month, day;
		const char *reason;
	} cases[] = {
		{ "", DOOR_OPEN, 0, 0, 0, "" },
		{ "open", DOOR_OPEN, 0, 0, 0, "" },
		{ " ASK ", DOOR_ASK, 0, 0, 0, "" },
		{ "closed", DOOR_CLOSED, 0, 0, 0, "" },
		{ "ask she minds favours", DOOR_ASK, 0, 0, 0, "she minds favours" },
		{ "closed until 2027-03-01 for quiet", DOOR_CLOSED, 2027, 3, 1, "for quiet" },
		{ "closed, until 2027-03-01: for\nquiet", DOOR_CLOSED, 2027, 3, 1, "for\nquiet" },
		{ "Ask Until 2027-03", DOOR_ASK, 2027, 3, 0, "" },
		{ "closed: he said until May", DOOR_CLOSED, 0, 0, 0, "he said until May" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct door d;
		door_parse(text_of(cases[i].value), &d);
		assert_false(d.unclear);
		assert_int_equal(d.state, cases[i].state);
		assert_int_equal(d.until.year, cases[i].year);
		assert_int_equal(d.until.month, cases[i].month);
		assert_int_equal(d.until.day, cases[i].day);
		assert_true(text_equal(d.reason, text_of(cases[i].reason)));
	}
}

static void test_door__is_closed_when_it_cannot_be_read(void **state)
{
	static const char *const cases[] = {
		"shut", "opened", "until 2027-03-01", "closed until spring", "ask until",
		"open until further notice", "ask until --03-01", "closed until 2027-02-30 x",
		"not open", ",", "open2",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct door d;
		door_parse(text_of(cases[i]), &d);
		assert_true(d.unclear);
		assert_int_equal(d.state, DOOR_CLOSED);
		assert_true(date_is_none(d.until));
		assert_true(text_equal(d.reason, text_of(cases[i])));
		assert_int_equal(door_today(&d, (struct date){ 9999, 12, 31 }), DOOR_CLOSED);
	}
}

static void test_door__opens_on_the_day(void **state)
{
	static const struct {
		const char *value;
		struct date today;
		enum door_state want;
	} cases[] = {
		{ "closed until 2027-03-01", { 2027, 2, 28 }, DOOR_CLOSED },
		{ "closed until 2027-03-01", { 2027, 3, 1 }, DOOR_OPEN },
		{ "ask until 2027-03-01 x", { 2028, 1, 1 }, DOOR_OPEN },
		{ "ask until 2027-03", { 2027, 2, 28 }, DOOR_ASK },
		{ "ask until 2027-03", { 2027, 3, 1 }, DOOR_OPEN },
		{ "closed until 2027", { 2026, 12, 31 }, DOOR_CLOSED },
		{ "closed until 2027", { 2027, 1, 1 }, DOOR_OPEN },
		{ "closed", { 9999, 12, 31 }, DOOR_CLOSED },
		{ "open until 2027-03-01", { 2026, 1, 1 }, DOOR_OPEN },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct door d;
		door_parse(text_of(cases[i].value), &d);
		assert_int_equal(door_today(&d, cases[i].today), cases[i].want);
	}
}

static void test_door__has_a_name_for_each_state(void **state)
{
	assert_string_equal(door_name(DOOR_OPEN), "open");
	assert_string_equal(door_name(DOOR_ASK), "ask");
	assert_string_equal(door_name(DOOR_CLOSED), "closed");
}
