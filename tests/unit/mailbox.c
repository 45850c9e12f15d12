#include "unit.h"

#include "base/buf.h"
#include "contact/mailbox.h"

/* Does the value read as this name and address? */
static void check_read(const char *value, const char *want_name, const char *want_address)
{
	struct buf name = BUF_INIT;
	struct text address = TEXT_NONE;

	if (!mailbox_read(text_of(value), &name, &address))
		fail_msg("<%s> is refused", value);
	assert_string_equal(name.at, want_name);
	if (!text_equal(address, text_of(want_address)))
		fail_msg("<%s>: '%.*s'", value, TEXT_FMT(address));
	buf_release(&name);
}

static void check_written(const char *name, const char *want)
{
	struct buf out = BUF_INIT;

	mailbox_write(text_of(name), TEXT("a@x.example"), &out);
	assert_string_equal(out.at, want);
	buf_release(&out);
}

static void test_mailbox__reads_an_address_alone(void **state)
{
	static const char *const cases[] = {
		"paul@novak.example", "a@b", "p.n+tag_x@mail-1.novak.example", "!#$%&'*+-/=?^_`{|}~@x",
		"J\xc3\xb3se@\xe6\x9d\x8e\xe9\x9b\xb7.example", "noa\xcc\x88@x.example", "-x@x", "7@7.7",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check_read(cases[i], "", cases[i]);
	check_read(" \n a@x\t", "", "a@x");
	check_read("<a@x>", "", "a@x");
	check_read("a@x (at home)", "", "a@x");
	check_read("(Paul (not \\) Tom)) a@x (home)(or \"not)", "", "a@x");
}

static void test_mailbox__reads_a_name_and_its_address(void **state)
{
	static const struct { const char *value, *name, *address; } cases[] = {
		{ "Paul <a@x>", "Paul", "a@x" },
		{ "  Paul \t\n Novak<a@x> ", "Paul Novak", "a@x" },
		{ "J. R. Novak < a@x >", "J. R. Novak", "a@x" },
		{ "\"Novak, Paul\" <a@x>", "Novak, Paul", "a@x" },
		{ "\"\" <a@x>", "", "a@x" },
		{ "Dr \"Pip \\\" \\\\ <b@x>\" Novak <a@x> (home)", "Dr Pip \" \\ <b@x> Novak", "a@x" },
		{ "Paul (his own) Novak <(here) a@x (it is)>", "Paul Novak", "a@x" },
		{ "Zo\xc3\xab \xe2\x80\x94 \xf0\x9f\x90\x8b <a@x>", "Zo\xc3\xab \xe2\x80\x94 \xf0\x9f\x90\x8b",
		  "a@x" },
		{ "Pa\x1bul\xff N\xe2\x80\xaeovak <a@x>", "Pa ul N ovak", "a@x" },
		{ "=?utf-8?Q?Paul?= <a@x>", "=?utf-8?Q?Paul?=", "a@x" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check_read(cases[i].value, cases[i].name, cases[i].address);
}

static void test_mailbox__refuses_what_is_not_exactly_one(void **state)
{
	static const char *const cases[] = {
		"", " ", "paul", "@", "a@", "@x", "a@@x", "a@x@y", "<>", "Paul", "Paul <>", "Paul <a>",
		"a@x b@y", "a@x, b@y", "a@x,", ",a@x", "a@x;b@y", "Paul <a@x>, Tom <b@y>", "Paul <a@x> Tom",
		"Paul <a@x> <b@y>", "Paul <a@x, b@y>", "Paul <a@x", "Paul a@x>", "Novak, Paul <a@x>",
		"Friends: a@x;", "mailto:a@x", "a@x <b@y>", "Paul@home <a@x>", "<<a@x>>", "\\Paul <a@x>",
		".a@x", "a.@x", "a..b@x", "a@.x", "a@x.", "a@x..y", "\"a b\"@x", "\"a\"@x", "a@[192.0.2.1]",
		"Bob\" <boss@evil.example>, \"x", "\"Bob <a@x>", "\"Bob\\", "(Paul a@x", "(Paul a@x\\)",
		"a@x)", "Pa)ul <a@x>", "a b@x", "a@x y", "a@ x", "a @x", "a\tb@x", "a@x\x01", "a@x\x7f",
		"a@x\xff", "a@x\xc2\x85", "a\xc2\xa0@x", "a\xe3\x80\x80@x", "a\xe2\x80\xae@x", "a\xe2\x80\x8b@x",
		"a@x\xf0\x9f\x90\x8b", "Paul <a@x\n>, <b@y>",
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf name = BUF_INIT;
		struct text address = TEXT("untouched");
		if (mailbox_read(text_of(cases[i]), &name, &address))
			fail_msg("<%s> reads as %.*s", cases[i], TEXT_FMT(address));
		assert_true(text_equal(address, TEXT("untouched")));
		assert_int_equal(name.n, 0);
		buf_release(&name);
	}
}

static void test_mailbox__reads_a_nul_as_no_part_of_an_address(void **state)
{
	struct buf name = BUF_INIT;
	struct text address;

	assert_false(mailbox_read(TEXT("a\0@x"), &name, &address));
	assert_false(mailbox_read(TEXT("a@x\0"), &name, &address));
	assert_true(mailbox_read(TEXT("Pa\0ul <a@x>"), &name, &address));
	assert_string_equal(name.at, "Pa ul");
	buf_release(&name);
}

static void test_mailbox__adds_to_the_name_that_is_there(void **state)
{
	struct buf name = BUF_INIT;
	struct text address;

	buf_add_str(&name, "Dr ");
	assert_true(mailbox_read(TEXT(" Paul <a@x>"), &name, &address));
	assert_string_equal(name.at, "Dr Paul");
	buf_release(&name);
}

static void test_mailbox__writes_quotes_where_they_must_be(void **state)
{
	static const struct { const char *name, *want; } cases[] = {
		{ "", "a@x.example" },
		{ "\t\x1b\xff", "a@x.example" },
		{ "Paul Novak", "Paul Novak <a@x.example>" },
		{ "  Zo\xc3\xab  O'Hara-1 ", "Zo\xc3\xab O'Hara-1 <a@x.example>" },
		{ "Novak, Paul", "\"Novak, Paul\" <a@x.example>" },
		{ "J. Novak", "\"J. Novak\" <a@x.example>" },
		{ "Paul (home)", "\"Paul (home)\" <a@x.example>" },
		{ "a@x", "\"a@x\" <a@x.example>" },
		{ "A:B;C[D]", "\"A:B;C[D]\" <a@x.example>" },
		{ "Paul \"Pip\" \\o/", "\"Paul \\\"Pip\\\" \\\\o/\" <a@x.example>" },
		{ "Bob\" <boss@evil.example>, \"x", "\"Bob\\\" <boss@evil.example>, \\\"x\" <a@x.example>" },
		{ "=?utf-8?Q?a?=", "\"=?utf-8?Q?a?=\" <a@x.example>" },
		{ "Is it = ?", "Is it = ? <a@x.example>" },
		{ "A\nb\tc\x1b[1m\xe2\x80\xaet\x7f\xc2\x85z", "\"A b c [1m t z\" <a@x.example>" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		check_written(cases[i].name, cases[i].want);
}

static void test_mailbox__reads_back_what_it_writes(void **state)
{
	static const char *const names[] = {
		"", "Paul", "Novak, Paul", "\"", "\\", "\\\"\\", "<b@y>", "(", "a@x", "Bob\" <b@y>, \"x",
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct buf out = BUF_INIT;
		mailbox_write(text_of(names[i]), TEXT("a@x.example"), &out);
		check_read(out.at, names[i], "a@x.example");
		buf_release(&out);
	}
}

static void test_mailbox__has_a_bare_name_that_can_be_put_in_quotes(void **state)
{
	static const struct { const char *name, *want; } cases[] = {
		{ "Paul Novak", "Paul Novak" },
		{ "Novak, Paul; (home) J. @x: 'n'", "Novak, Paul; (home) J. @x: 'n'" },
		{ "Bob\" <boss@evil.example>, \"x", "Bob boss@evil.example , x" },
		{ "Paul \"Pip\" Novak", "Paul Pip Novak" },
		{ "a\\", "a" },
		{ "A\tb\nc\rd\x1b[1m\x7f\xc2\x85" "e\xe2\x80\xae\xff", "A b c d [1m e" },
		{ "\"<>\\\"", "" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf out = BUF_INIT;
		mailbox_bare_name(text_of(cases[i].name), &out);
		assert_string_equal(out.at, cases[i].want);
		buf_release(&out);
	}
}
