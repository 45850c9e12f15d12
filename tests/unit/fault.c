#include "unit.h"

#include <errno.h>
#include <string.h>

#include "base/fault.h"
#include "base/text.h"

static void test_fault__is_set_and_returned(void **state)
{
	struct fault f = FAULT_INIT;

	assert_int_equal(f.code, FAULT_NONE);
	assert_int_equal(fault_set(&f, FAULT_NOTFOUND, "no contact '%s'", "ana"), FAULT_NOTFOUND);
	assert_int_equal(f.code, FAULT_NOTFOUND);
	assert_string_equal(f.msg, "no contact 'ana'");
	assert_null(f.path);
	assert_int_equal(f.line, 0);
}

static void test_fault__says_what_errno_means(void **state)
{
	struct fault f = FAULT_INIT;

	errno = ENOENT;
	assert_int_equal(fault_errno(&f, "cannot open '%s'", "a.ini"), FAULT_OS);
	assert_string_equal(f.msg, "cannot open 'a.ini': No such file or directory");
}

static void test_fault__keeps_the_first_place(void **state)
{
	struct fault f = FAULT_INIT;

	fault_set(&f, FAULT_SYNTAX, "x");
	assert_int_equal(fault_at(&f, NULL, 3, 7), FAULT_SYNTAX);
	assert_int_equal(fault_at(&f, "a.ini", 9, 9), FAULT_SYNTAX);
	fault_at(&f, "b.ini", 0, 0);
	assert_string_equal(f.path, "a.ini");
	assert_int_equal(f.line, 3);
	assert_int_equal(f.col, 7);
}

static void test_fault__forgets_the_place_when_set_anew(void **state)
{
	struct fault f = FAULT_INIT;

	fault_set(&f, FAULT_SYNTAX, "first");
	fault_at(&f, "a.ini", 3, 7);
	fault_set(&f, FAULT_INVALID, "second");
	assert_null(f.path);
	assert_int_equal(f.line, 0);
	assert_int_equal(f.col, 0);
}

/* The message made of `front` and n two-byte letters. */
static void set_long(struct fault *f, enum fault_code code, const char *front, size_t n)
{
	char letters[2000];

	assert_in_range(2 * n, 0, sizeof letters - 1);
	for (size_t i = 0; i < n; i++)
		memcpy(letters + 2 * i, "\xc3\xa9", 2);
	letters[2 * n] = '\0';
	errno = ENOENT;
	if (code == FAULT_OS)
		fault_errno(f, "%s%s", front, letters);
	else
		fault_set(f, code, "%s%s", front, letters);
	assert_true(text_is_utf8(text_of(f->msg), NULL));
}

static void test_fault__cuts_a_long_message_at_a_character(void **state)
{
	for (size_t n = 140; n < 180; n++)
		for (size_t odd = 0; odd < 2; odd++) {
			struct fault f = FAULT_INIT;
			set_long(&f, FAULT_INVALID, odd ? "x" : "", n);
			bool cut = 2 * n + odd >= sizeof f.msg;
			assert_int_equal(text_ends(text_of(f.msg), TEXT("...")), cut);
			assert_in_range(strlen(f.msg), cut ? sizeof f.msg - 3 : 2 * n + odd,
					cut ? sizeof f.msg - 1 : 2 * n + odd);
		}
}

static void test_fault__never_cuts_what_errno_means(void **state)
{
	for (size_t n = 100; n < 900; n += 13)
		for (size_t odd = 0; odd < 2; odd++) {
			struct fault f = FAULT_INIT;
			set_long(&f, FAULT_OS, odd ? "x" : "", n);
			assert_true(text_ends(text_of(f.msg), TEXT(": No such file or directory")));
			assert_true(n < 150 || strstr(f.msg, "...: No"));
		}
}
