#include "unit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "contact/needle.h"

static void test_needle__fits_words_before_starts_before_parts(void **state)
{
	static const struct { const char *typed; bool quoted; const char *in; int fit; } cases[] = {
		{ "paul", false, "paul novak", NEEDLE_WORD },
		{ "novak", false, "paul novak", NEEDLE_WORD },
		{ "nov", false, "paul novak", NEEDLE_START },
		{ "ova", false, "paul novak", NEEDLE_PART },
		{ "novaks", false, "paul novak", NEEDLE_NONE },
		{ "ann", false, "joanna ann", NEEDLE_WORD },
		{ "ann", false, "joann anne", NEEDLE_START },
		{ "paul", false, "(paul)", NEEDLE_WORD },
		{ "no", false, "paul novak", NEEDLE_START },
		{ "va", false, "paul novak", NEEDLE_NONE },
		{ "va", true, "paul novak", NEEDLE_PART },
		{ "l n", true, "paul novak", NEEDLE_PART },
		{ "\xe9\x9b\xb7", false, "\xe6\x9d\x8e\xe9\x9b\xb7", NEEDLE_PART },
		{ "x", false, "", NEEDLE_NONE },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a = ARENA_INIT;
		struct needle n;
		struct text in = text_of(cases[i].in);
		needle_init(&n, text_of(cases[i].typed), cases[i].quoted, &a);
		if ((int)needle_fit(&n, in) != cases[i].fit)
			fail_msg("'%s' in '%s': %d", cases[i].typed, cases[i].in, needle_fit(&n, in));
		assert_int_equal(needle_in(&n, in), cases[i].fit != NEEDLE_NONE);
		arena_release(&a);
	}
}

static void test_needle__phones_are_their_digits(void **state)
{
	static const struct { const char *phone, *digits; } cases[] = {
		{ "+49 (0)30 12", "493012" }, { "0049 30 12", "493012" }, { "no digits", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf digits = BUF_INIT;
		needle_digits(text_of(cases[i].phone), &digits);
		assert_string_equal(digits.at, cases[i].digits);
		buf_release(&digits);
	}
}
