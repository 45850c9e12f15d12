#include "unit.h"

#include <string.h>

#include "book/near.h"

static void test_near__counts_slips_of_the_finger(void **state)
{
	static const struct {
		const char *a, *b;
		size_t want; /* 4: more than 3 */
	} cases[] = {
		{ "", "", 0 },           { "ana", "ana", 0 },      { "ana", "anna", 1 },
		{ "anna", "ana", 1 },    { "ana", "ann", 1 },      { "ana", "naa", 1 },
		{ "ana", "aan", 1 },     { "", "ana", 3 },         { "ana", "", 3 },
		{ "ca", "abc", 3 },      { "glynis", "gllyins", 2 }, { "kitten", "sitting", 3 },
		{ "abcd", "efgh", 4 },   { "ana", "anamaria", 4 }, { "", "abcd", 4 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(near_distance(text_of(cases[i].a), text_of(cases[i].b), 3),
				 cases[i].want);
}

static void test_near__keeps_to_the_limit(void **state)
{
	char long_name[NEAR_LONGEST + 2];

	assert_int_equal(near_distance(TEXT("ana"), TEXT("ana"), 0), 0);
	assert_int_equal(near_distance(TEXT("ana"), TEXT("anna"), 0), 1);
	assert_int_equal(near_limit(0), 0);
	assert_int_equal(near_limit(2), 0);
	assert_int_equal(near_limit(7), 2);
	memset(long_name, 'x', sizeof long_name);
	struct text longest = { long_name, NEAR_LONGEST }, longer = { long_name, NEAR_LONGEST + 1 };
	assert_int_equal(near_distance(longest, longest, 3), 0);
	assert_int_equal(near_distance(longer, longer, 3), 4);
	assert_int_equal(near_limit(longer.n), 0);
}
