#include "unit.h"

#include "network/stem.h"

static void expect_stem(struct stemmer *s, const char *word, const char *want)
{
	struct text got = stemmer_stem(s, text_of(word));

	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.at, want, got.n);
}

static void test_stem__is_what_forms_have_in_common(void **state)
{
	struct stemmer *s = stemmer_new();

	expect_stem(s, "photographs", "photograph");
	expect_stem(s, "photographer", "photograph");
	expect_stem(s, "bookkeeping", "bookkeep");
	expect_stem(s, "", "");
	expect_stem(s, "\xe7\xbf\xbb\xe8\xaf\x91", "\xe7\xbf\xbb\xe8\xaf\x91");
	stemmer_free(s);
	stemmer_free(NULL);
}
