#include "unit.h"

#include "base/buf.h"
#include "history/message.h"

#define NONE ((struct text){ NULL, 0 })

static void says(const struct message_file *files, size_t n, const char *wanted)
{
	struct buf out = BUF_INIT;

	message_make(&(struct message){ .command = "set" }, files, n, &out);
	assert_string_equal(out.at, wanted);
	buf_release(&out);
}

static void test_message__says_who_and_what(void **state)
{
	const struct message_file edited = { "work/ana.ini", TEXT("name = Ana\ntags = a\n"),
					     TEXT("name = Ana\ntags = a, b\ntitle = editor\n") };
	const struct message_file made = { "ana.ini", NONE, TEXT("name = Ana\n") };
	const struct message_file gone = { "ana.ini", TEXT("name = Ana\n"), NONE };
	const struct message_file settings = { ".kith/config", TEXT("a"), TEXT("b") };

	says(&edited, 1, "ana: +tags b, title\n\nKith: set\n");
	says(&made, 1, "ana: new\n\nKith: set\n");
	says(&gone, 1, "ana: removed\n\nKith: set\n");
	says(&settings, 1, ".kith/config: edited\n\nKith: set\n");
}

static void test_message__has_a_line_for_each_of_several(void **state)
{
	const struct message_file alike[] = {
		{ "bo.ini", TEXT("name = Bo\n"), TEXT("name = Bo\ntitle = x\n") },
		{ "ana.ini", TEXT("name = Ana\n"), TEXT("name = Ana\ntitle = y\n") },
	};
	const struct message_file apart[] = { alike[0], { "cy.ini", NONE, TEXT("name = Cy\n") } };

	says(alike, 2, "ana, bo: title\n\nana: title\nbo: title\n\nKith: set\n");
	says(apart, 2, "bo: title; cy: new\n\nbo: title\ncy: new\n\nKith: set\n");
}

static void test_message__knows_a_contact_under_its_new_name(void **state)
{
	const struct message_file by_alias[] = {
		{ "zoe.ini", TEXT("via = ana\n"), TEXT("via = anna\n") },
		{ "ana.ini", TEXT("name = Ana\n"), NONE },
		{ "anna.ini", NONE, TEXT("name = Anna\nalias = ana\n") },
	};
	const struct message_file moved[] = {
		{ "ana.ini", TEXT("name = Ana\n"), NONE },
		{ "work/ana.ini", NONE, TEXT("name = Ana\n") },
	};
	const struct message_file strangers[] = {
		{ "ana.ini", TEXT("name = Ana\nuid = 1\n"), NONE },
		{ "bo.ini", NONE, TEXT("name = Bo\nuid = 2\n") },
	};
	const struct message_file namesake[] = {
		strangers[0], { "bo.ini", NONE, TEXT("name = Bo\nuid = 2\nalias = ana\n") },
	};

	says(by_alias, 3, "ana is now anna: name, alias; zoe: via\n\n"
			  "ana is now anna: name, alias\nzoe: via\n\nKith: set\n");
	says(moved, 2, "ana is now at work/ana.ini\n\nKith: set\n");
	says(strangers, 2, "ana: removed; bo: new\n\nana: removed\nbo: new\n\nKith: set\n");
	says(namesake, 2, "ana: removed; bo: new\n\nana: removed\nbo: new\n\nKith: set\n");
}

static void test_message__counts_what_does_not_fit(void **state)
{
	struct message_file files[40];
	struct buf names[40], out = BUF_INIT;

	for (size_t i = 0; i < 40; i++) {
		names[i] = (struct buf)BUF_INIT;
		buf_add_fmt(&names[i], "person-%02zu.ini", i);
		files[i] = (struct message_file){ names[i].at, NONE, TEXT("name = P\n") };
	}
	message_make(&(struct message){ .command = "tag" }, files, 40, &out);
	struct text subject = text_part(buf_text(&out), 0, text_find(buf_text(&out), '\n'));
	assert_true(text_starts(subject, TEXT("person-00, person-01, ")));
	assert_true(text_ends(subject, TEXT(" more: new")));
	assert_true(subject.n <= 72);
	assert_non_null(strstr(out.at, "\nperson-39: new\n"));
	for (size_t i = 0; i < 40; i++)
		buf_release(&names[i]);
	buf_release(&out);
}

static void test_message__keeps_hostile_names_on_their_line(void **state)
{
	const struct message_file file = { "a\nKith: rm\x1b.ini", NONE, TEXT("name = A\n") };

	says(&file, 1, "a Kith: rm\\x1b: new\n\nKith: set\n");
}

static void test_message__takes_a_subject_and_says_what_it_is_about(void **state)
{
	const struct message_file file = { "ana.ini", NONE, TEXT("name = Ana\n") };
	struct buf out = BUF_INIT;

	message_make(&(struct message){ TEXT("undo: bo: title\nx"), TEXT("1a2b3c4"), "undo", false },
		     &file, 1, &out);
	assert_string_equal(out.at, "undo: bo: title x\n\nKith: undo 1a2b3c4\n");
	buf_release(&out);
}

static void test_message__tells_no_secret(void **state)
{
	const struct message_file file = { "ana.ini", TEXT("name = Ana\n"),
					   TEXT("name = Ana\ntags = sly\nemail = x@y\n[log]\n"
						"2026-01-02 = sly\n") };
	struct buf out = BUF_INIT;

	message_make(&(struct message){ .command = "set", .secret = true }, &file, 1, &out);
	assert_string_equal(out.at, "ana: tags, email, log 2026-01-02\n\nKith: set\n");
	buf_release(&out);
}
