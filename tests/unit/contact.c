#include "unit.h"

#include "tests/unit/contact_example.h"

#define assert_text(t, s) assert_true(text_equal(t, text_of(s)))

/* ---- reading ---- */

static void test_contact__id_is_the_stem_of_the_file(void **state)
{
	static const struct { const char *path, *id; } cases[] = {
		{ "ada.ini", "ada" },           { "work/old/ada-2.ini", "ada-2" },
		{ "a.ini/b.ini", "b" },         { "ada.b.ini", "ada.b" },
		{ "ada", "ada" },               { ".ini", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_text(contact_id_of(cases[i].path), cases[i].id);
}

static void test_contact__reads_fields_with_their_place(void **state)
{
	struct contact c;
	struct contact_field field;
	size_t at = 0;

	read_text(&c, paul);
	assert_int_equal(c.damage, CONTACT_SOUND);
	assert_int_equal(c.damage_line, 0);
	assert_string_equal(c.path, "work/paul-novak.ini");
	assert_text(c.id, "paul-novak");
	assert_text(contact_name(&c), "Paul Novak");
	assert_text(contact_get(&c, TEXT("PHONE")), "+1 813 555 0142");
	assert_text(contact_get(&c, TEXT("role")), "");
	assert_text(contact_get(&c, TEXT("2026-09-14")), "");
	assert_text(contact_get(&c, TEXT("note")),
		    "Tuna on a croissant, brunch hour.\n"
		    "Daughter starts school in autumn; #1 topic is the new book.");
	assert_true(contact_next(&c, TEXT("email"), &at, &field));
	assert_text(field.value, "paul@novak.example");
	assert_int_equal(field.line, 4);
	assert_int_equal(field.col, 14);
	assert_true(contact_next(&c, TEXT("email"), &at, &field));
	assert_text(field.key, "email.work");
	assert_text(field.base, "email");
	assert_text(field.label, "work");
	assert_text(c.doc.entries[field.entry].value, "p.novak@nightharbor.example");
	assert_false(contact_next(&c, TEXT("email"), &at, &field));
	contact_release(&c);
}

static void test_contact__reads_all_fields_of_every_contact_section(void **state)
{
	struct contact c;
	struct contact_field field;
	size_t n = 0;

	read_text(&c, "Nick = A\r\n[Contact]\r\nNAME = Ada\r\n[x]\r\nname = No\r\n"
		      "[CONTACT]\r\nEMail.Work = a@b.example");
	for (size_t at = 0; contact_next(&c, TEXT_NONE, &at, &field);)
		n++;
	assert_int_equal(n, 3);
	assert_text(contact_name(&c), "Ada");
	assert_text(contact_get(&c, TEXT("nick")), "A");
	assert_text(contact_get(&c, TEXT("email.work")), "a@b.example");
	contact_release(&c);
}

static void test_contact__without_a_name_is_called_by_its_id(void **state)
{
	static const char *const cases[] = {
		"", "[contact]\n", "[contact]\nname =\n", "[log]\nname=x\n",
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		read_text(&c, cases[i]);
		assert_text(contact_name(&c), "paul-novak");
		contact_release(&c);
	}
}

static void test_contact__has_tags_of_all_tag_lines(void **state)
{
	struct contact c;

	read_text(&c, "[contact]\ntags = writer, Tampa\n"
		      "Tags = \xc3\x9c" "ber uns,,x\ntags.my = y\n");
	assert_true(contact_has_tag(&c, TEXT("writer")));
	assert_true(contact_has_tag(&c, TEXT("TAMPA")));
	assert_true(contact_has_tag(&c, TEXT("\xc3\xbc" "ber uns")));
	assert_true(contact_has_tag(&c, TEXT("x")));
	assert_false(contact_has_tag(&c, TEXT("write")));
	assert_false(contact_has_tag(&c, TEXT("y")));
	assert_false(contact_has_tag(&c, TEXT("")));
	contact_release(&c);
}

static void test_contact__reads_log_and_todo_in_file_order(void **state)
{
	struct contact c;
	struct entry e;
	unsigned line;
	size_t at = 0;

	read_text(&c, paul);
	assert_true(contact_next_log(&c, KINDS_BUILT_IN, &at, &e, &line));
	assert_text(e.kind, "met");
	assert_int_equal(line, 19);
	assert_true(contact_next_log(&c, KINDS_BUILT_IN, &at, &e, NULL));
	assert_text(e.kind, "got");
	assert_text(e.event, "dunkin-main");
	assert_int_equal(e.date.day, 18);
	assert_false(contact_next_log(&c, KINDS_BUILT_IN, &at, &e, &line));
	at = 0;
	assert_true(contact_next_todo(&c, &at, &e, &line));
	assert_false(e.they);
	assert_int_equal(line, 23);
	assert_true(contact_next_todo(&c, &at, &e, &line));
	assert_true(e.they);
	assert_text(e.text, "Paul sends the convention dates");
	assert_int_equal(line, 24);
	assert_false(contact_next_todo(&c, &at, &e, &line));
	contact_release(&c);
}

static void test_contact__last_encounter_is_the_latest_until_today(void **state)
{
	static const struct { const char *log; struct date today, last; } cases[] = {
		{ "2026-01-02=a|2026-03-01=b|2026-02-01=c", { 0, 0, 0 }, { 2026, 3, 1 } },
		{ "2026-01-02=a|2026-03-01=b|2026-02-01=c", { 2026, 2, 28 }, { 2026, 2, 1 } },
		{ "2026-03-01=b", { 2026, 3, 1 }, { 2026, 3, 1 } },
		{ "2026-03-01=b", { 2026, 2, 28 }, { 0, 0, 0 } },
		{ "2026-01-02=a|2026-03-01=@x note: b", { 0, 0, 0 }, { 2026, 1, 2 } },
		{ "2026-01=a|2025-12-31=b", { 0, 0, 0 }, { 2026, 1, 0 } },
		{ "2026-13-02=a|--03-01=b|x=c", { 0, 0, 0 }, { 0, 0, 0 } },
		{ "", { 0, 0, 0 }, { 0, 0, 0 } },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		read_log(&c, cases[i].log);
		struct date last = contact_last(&c, KINDS_BUILT_IN, cases[i].today);
		assert_int_equal(date_cmp(last, cases[i].last), 0);
		contact_release(&c);
	}
}

/* ---- damage ---- */

static void test_contact__tells_damage_and_its_place(void **state)
{
#define BYTES(literal) literal, sizeof(literal) - 1
	static const struct {
		const char *bytes;
		size_t n;
		enum contact_damage damage;
		unsigned line, col;
	} cases[] = {
		{ BYTES("[contact]\nname = Ada\n"), CONTACT_SOUND, 0, 0 },
		{ BYTES("\xef\xbb\xbfname = \xc3\x84" "da"), CONTACT_SOUND, 0, 0 },
		{ BYTES("name = Ada\nnote = x\xe9y\n"), CONTACT_NOT_UTF8, 2, 9 },
		{ BYTES("\xe9"), CONTACT_NOT_UTF8, 1, 1 },
		{ BYTES(""), CONTACT_EMPTY, 1, 1 },
		{ BYTES(" \r\n\t\n"), CONTACT_EMPTY, 1, 1 },
		{ BYTES("\xef\xbb\xbf\n"), CONTACT_EMPTY, 1, 1 },
		{ BYTES("name = A\n<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n"),
		  CONTACT_CONFLICTED, 2, 1 },
		{ BYTES("<<<<<<<\r\n=======\r\n"), CONTACT_CONFLICTED, 1, 1 },
		{ BYTES("<<<<<<< a\nb = \xe9\n======="), CONTACT_CONFLICTED, 1, 1 },
		{ BYTES("<<\n<<<<<<< a\n========\n== = =\n=======\n"), CONTACT_CONFLICTED, 2, 1 },
		{ BYTES("<<<<<<< a\nx = 1\n"), CONTACT_SOUND, 0, 0 },
		{ BYTES("=======\n<<<<<<< a\n"), CONTACT_SOUND, 0, 0 },
		{ BYTES("<<<<<<<< a\n=======\n"), CONTACT_SOUND, 0, 0 },
		{ BYTES("<<<<<<<a\n=======\n"), CONTACT_SOUND, 0, 0 },
		{ BYTES("note = x\n <<<<<<< a\n =======\n"), CONTACT_SOUND, 0, 0 },
		{ BYTES("<<<<<<< a\n======= b\n"), CONTACT_SOUND, 0, 0 },
		{ BYTES("name = A\nx\0y\n<<<<<<< a\n=======\n"), CONTACT_NOT_TEXT, 2, 2 },
		{ BYTES("\xff\xfen\0a\0"), CONTACT_NOT_TEXT, 1, 1 },
		{ BYTES("\xfe\xff"), CONTACT_NOT_TEXT, 1, 1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct contact c;
		struct fault f = FAULT_INIT;
		read_bytes(&c, cases[i].bytes, cases[i].n);
		assert_int_equal(c.damage, cases[i].damage);
		assert_int_equal(c.damage_line, cases[i].line);
		assert_int_equal(c.damage_col, cases[i].col);
		bool by_hand_only = cases[i].damage >= CONTACT_CONFLICTED;
		assert_int_equal(contact_editable(&c, &f), by_hand_only ? FAULT_SYNTAX : 0);
		assert_int_equal(f.line, by_hand_only ? cases[i].line : 0);
		assert_int_equal(contact_bytes(&c).n, cases[i].n);
		assert_false(contact_changed(&c));
		contact_release(&c);
	}
}

static void test_contact__may_be_released_twice(void **state)
{
	struct contact c;

	read_text(&c, paul);
	contact_release(&c);
	contact_release(&c);
	assert_null(c.read);
}
