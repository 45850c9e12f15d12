#include "unit.h"

#include <string.h>

#include "contact/field.h"

#define assert_text(t, s) assert_true(text_equal(t, text_of(s)))

static void test_field__table_holds_the_keys_in_order(void **state)
{
	static const char *const keys[] = {
		"name", "nick", "alias", "given", "family", "prefix", "suffix", "additional",
		"email", "phone", "url", "im", "address", "org", "title", "role", "birthday",
		"date", "tags", "via", "knows", "every", "snooze", "door", "needs", "offers",
		"note", "photo", "uid", "lang", "tz", "pronouns",
	};
	assert_int_equal(n_fields, sizeof keys / sizeof keys[0]);
	for (size_t i = 0; i < n_fields; i++)
		assert_string_equal(fields[i].key, keys[i]);
}

static void test_field__table_explains_each_key_in_one_line(void **state)
{
	for (size_t i = 0; i < n_fields; i++) {
		assert_true(strlen(fields[i].about) > 3);
		assert_null(strchr(fields[i].about, '\n'));
	}
}

static void test_field__table_finds_each_of_its_keys(void **state)
{
	for (size_t i = 0; i < n_fields; i++)
		assert_ptr_equal(field_find(text_of(fields[i].key)), &fields[i]);
}

static void test_field__splits_at_the_first_dot(void **state)
{
	static const struct { const char *key, *base, *label; } cases[] = {
		{ "email", "email", "" },       { "email.work", "email", "work" },
		{ "im.matrix.org", "im", "matrix.org" },
		{ "email.", "email", "" },      { ".work", "", "work" },
		{ "", "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text base, label;
		field_split(text_of(cases[i].key), &base, &label);
		assert_text(base, cases[i].base);
		assert_text(label, cases[i].label);
	}
}

static void test_field__finds_a_key_by_any_case_and_label(void **state)
{
	static const struct { const char *key, *found; } cases[] = {
		{ "email", "email" },   { "EMail", "email" }, { "email.work", "email" },
		{ "email.", "email" },  { "im.a.b", "im" },   { "date.anniversary", "date" },
		{ "name.stage", NULL }, { "emails", NULL },   { "emai", NULL },
		{ "shoe-size", NULL },  { "", NULL },         { ".work", NULL },
		{ "\xe2\x84\xaanows", "knows" }, /* the sign for Kelvin */
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct field *f = field_find(text_of(cases[i].key));
		if (cases[i].found)
			assert_string_equal(f->key, cases[i].found);
		else
			assert_null(f);
	}
}

static void test_field__own_keys_repeat_and_are_arrays(void **state)
{
	static const struct { const char *key; bool repeats, array; } cases[] = {
		{ "name", false, false }, { "birthday", false, false }, { "tags", true, true },
		{ "email.work", true, true }, { "note", true, true }, { "shoe-size", true, true },
		{ "name.stage", true, true }, { "photo", true, true }, { "uid", false, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_int_equal(field_repeats(text_of(cases[i].key)), cases[i].repeats);
		assert_int_equal(field_is_array(text_of(cases[i].key)), cases[i].array);
	}
}

static void test_field__some_hold_items_between_commas(void **state)
{
	static const struct { const char *key; bool items; } cases[] = {
		{ "tags", true }, { "needs", true }, { "offers", true }, { "knows.sister", true },
		{ "via", false }, { "note", false }, { "tags.x", false }, { "own", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_int_equal(field_holds_items(field_find(text_of(cases[i].key))),
				 cases[i].items);
}

static void test_field__answers_by_base_or_by_label(void **state)
{
	static const struct { const char *key, *asked; bool answers, same; } cases[] = {
		{ "email", "email", true, true },
		{ "EMAIL", "email", true, true },
		{ "email.work", "email", true, false },
		{ "Email.Work", "email.WORK", true, true },
		{ "email", "email.work", false, false },
		{ "email.home", "email.work", false, false },
		{ "email.work.old", "email.work", false, false },
		{ "email.", "email", true, true },
		{ "name.stage", "name", false, false },
		{ "name.stage", "name.stage", true, true },
		{ "shoe.left", "shoe", true, false },
		{ "shoe", "shoes", false, false },
		{ "email", "", false, false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text key = text_of(cases[i].key), asked = text_of(cases[i].asked);
		assert_int_equal(field_answers(key, asked), cases[i].answers);
		assert_int_equal(field_same(key, asked), cases[i].same);
		assert_int_equal(field_same(asked, key), cases[i].same);
	}
}

static void test_field__items_are_trimmed_and_never_empty(void **state)
{
	static const struct { const char *value, *items; } cases[] = {
		{ "writer, tampa", "writer|tampa|" }, { "", "" }, { " , ,", "" },
		{ "one", "one|" }, { ",a,,b ,\n c,", "a|b|c|" }, { "two words,x", "two words|x|" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text rest = text_of(cases[i].value), item;
		char got[64] = "";
		size_t n = 0;
		while (field_next_item(&rest, &item)) {
			memcpy(got + n, item.at, item.n);
			n += item.n;
			got[n++] = '|';
		}
		assert_int_equal(n, strlen(cases[i].items));
		assert_memory_equal(got, cases[i].items, n);
		assert_false(field_next_item(&rest, &item));
	}
}

static void test_field__phrase_and_until_are_cut_apart(void **state)
{
	static const struct { const char *item, *phrase; int year, month, day; } cases[] = {
		{ "a bookkeeper until 2027-01-31", "a bookkeeper", 2027, 1, 31 },
		{ " proof-reading\tUNTIL  2027-03 ", "proof-reading", 2027, 3, 0 },
		{ "stay until spring until 2027", "stay until spring", 2027, 0, 0 },
		{ "web sites", "web sites", 0, 0, 0 },
		{ "help until spring", "help until spring", 0, 0, 0 },
		{ "until 2027-01-31", "until 2027-01-31", 0, 0, 0 },
		{ "help until --03-01", "help until --03-01", 0, 0, 0 },
		{ "help until 2027-02-30", "help until 2027-02-30", 0, 0, 0 },
		{ "2027-01-31", "2027-01-31", 0, 0, 0 },
		{ "", "", 0, 0, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct text phrase;
		struct date until;
		field_cut_until(text_of(cases[i].item), &phrase, &until);
		assert_text(phrase, cases[i].phrase);
		assert_int_equal(until.year, cases[i].year);
		assert_int_equal(until.month, cases[i].month);
		assert_int_equal(until.day, cases[i].day);
	}
}
