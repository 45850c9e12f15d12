#include "unit.h"

#include "base/buf.h"
#include "base/mem.h"
#include "contact/adopt.h"
#include "contact/contact.h"

static struct contact contact_of(const char *text)
{
	struct contact c;

	contact_read(&c, "ana.ini", mem_copy(text, strlen(text)), strlen(text));
	return c;
}

/* The key as `then` has it, in `now`, gives `want`; and differs, unless that is `now` itself. */
static void expect(const char *now, const char *then, const char *key, const char *want)
{
	struct contact c = contact_of(now), other = contact_of(then);
	struct fault f = FAULT_INIT;

	assert_int_equal(adopt_differs(&c, &other, text_of(key)), strcmp(now, want) != 0);
	assert_int_equal(adopt_field(&c, &other, text_of(key), &f), 0);
	struct buf got = BUF_INIT;
	buf_add_text(&got, contact_bytes(&c));
	assert_string_equal(got.at, want);
	assert_false(adopt_differs(&c, &other, text_of(key)));
	buf_release(&got);
	contact_release(&c);
	contact_release(&other);
}

static void test_adopt__makes_one_value_another(void **state)
{
	expect("name = Ana\ntitle   =  poet\n", "title=novelist\n", "title",
	       "name = Ana\ntitle   =  novelist\n");
	expect("note = a\n", "note = b\n\tc\n", "note", "note = b\n    c\n");
	expect("[log]\n2026-01-01 = x\n", "name = Ana\n", "name",
	       "[contact]\nname = Ana\n\n[log]\n2026-01-01 = x\n");
}

static void test_adopt__leaves_what_is_the_same(void **state)
{
	expect("# mine\nphone=  1\ntags = b,a\n", "PHONE = 1\n", "phone",
	       "# mine\nphone=  1\ntags = b,a\n");
	expect("note = x\n", "phone = 1\n", "title", "note = x\n");
	expect("[garden]\ntitle = x\n", "[garden]\ntitle = y\n", "title", "[garden]\ntitle = x\n");
}

static void test_adopt__adds_and_removes_lines_in_their_place(void **state)
{
	expect("phone = 1\nphone = 3\nnote = x\n", "phone = 1\nphone = 2\nphone = 3\n", "phone",
	       "phone = 1\nphone = 2\nphone = 3\nnote = x\n");
	expect("phone = 2\n# of 2\nnote = x\n", "phone = 1\nphone = 2\nphone = 3\n", "phone",
	       "phone = 1\nphone = 2\nphone = 3\n# of 2\nnote = x\n");
	expect("phone = 1\n# two\nphone = 2\nphone = 3\n", "phone = 1\nphone = 3\n", "phone",
	       "phone = 1\n# two\nphone = 3\n");
	expect("name = Ana\nphone = 1\nphone = 2\n", "name = Bo\n", "phone", "name = Ana\n");
	expect("phone = 2\nphone = 2\n", "phone = 2\n", "phone", "phone = 2\n");
	expect("phone = 1\nphone = 2\n", "phone = 2\nphone = 1\n", "phone",
	       "phone = 2\nphone = 1\n");
}

static void test_adopt__takes_a_key_with_its_labels(void **state)
{
	expect("email = a\nemail.work = b\nnote = x\n", "email.home = b\nemail = c\n", "email",
	       "email.home = b\nemail = c\nnote = x\n");
	expect("email = a\nemail.work = b\n", "email = c\nemail.work = d\n", "email.work",
	       "email = a\nemail.work = d\n");
	expect("email = a\nnote = x\n", "email = c\nemail.work = d\n", "email.work",
	       "email = a\nemail.work = d\nnote = x\n");
}
