#include "unit.h"

#include "contact/cadence.h"

static void test_cadence__reads_ideal_and_limit(void **state)
{
	static const struct {
		const char *value;
		int n;
		char unit;
		int limit;
		char limit_unit;
	} cases[] = {
		{ "3w", 3, 'w', 6, 'w' },
		{ "1y", 1, 'y', 2, 'y' },
		{ "3w..2m", 3, 'w', 2, 'm' },
		{ "1m..6w", 1, 'm', 6, 'w' },
		{ " 2 weeks .. 2 months ", 2, 'w', 2, 'm' },
		{ "2w..2w", 2, 'w', 2, 'w' },
		{ "5000d", 5000, 'd', 9999, 'd' },
		{ "9999d", 9999, 'd', 9999, 'd' },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct cadence c;
		assert_true(cadence_parse(text_of(cases[i].value), &c));
		assert_int_equal(c.ideal.n, cases[i].n);
		assert_int_equal(c.ideal.unit, cases[i].unit);
		assert_int_equal(c.limit.n, cases[i].limit);
		assert_int_equal(c.limit.unit, cases[i].limit_unit);
	}
}

static void test_cadence__refuses_what_is_none(void **state)
{
	static const char *const cases[] = {
		"", "0d", "0w..2m", "often", "3", "w", "2m..3w", "3w..", "..3w", "3w.2m",
		"3w...2m", "3w..2m..1y", "3w 2m", "3w..0d", "-3w",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct cadence c = { .ideal = { 7, 'd' }, .limit = { 8, 'd' } };
		assert_false(cadence_parse(text_of(cases[i]), &c));
		assert_int_equal(c.ideal.n, 7);
		assert_int_equal(c.limit.n, 8);
	}
}
