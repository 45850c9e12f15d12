#include "unit.h"

#include "book/book.h"
#include "contact/contact.h"
#include "history/past_book.h"
#include "past_scene.h"

/* The book as of a commit of the scene. */
static struct past_book *open_past_book(struct scene *s, const char *rev)
{
	struct past_book *b = past_book_new(s->past, s->root);
	char *id = GIT_SAYS(s, "rev-parse", rev);
	struct fault f = FAULT_INIT;

	assert_int_equal(past_book_add_commit(b, id, &f), 0);
	mem_free(id);
	return b;
}

static void expect_called(struct past_book *b, const char *name, const char *path)
{
	struct book_found found;
	struct fault f = FAULT_INIT;

	int rc = book_resolve(past_book_of(b), text_of(name), &found, &f);
	if (path) {
		assert_int_equal(rc, 0);
		assert_string_equal(found.at[0].path, path);
	} else {
		assert_int_equal(rc, FAULT_NOTFOUND);
	}
	book_found_release(&found);
}

static void test_past_book__is_asked_as_a_book_is(void **state)
{
	struct fault f = FAULT_INIT;
	struct contact c;
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "work/ana.ini", "name = Ana Ruiz\nemail = a@x.example\n");
	folder_put(s.root, "bob.ini", "name = Bob Weld\nalias = robert\n");
	commit(&s, "begin");
	folder_put(s.root, "work/ana.ini", "name = Somebody\n");
	GIT(&s, "rm", "-q", "bob.ini");
	folder_put(s.root, "cy.ini", "name = Cy\n");
	commit(&s, "later");
	struct past_book *b = open_past_book(&s, "HEAD~");
	expect_called(b, "bob", "bob.ini");
	expect_called(b, "robert", "bob.ini");
	expect_called(b, "A@X.example", "work/ana.ini");
	expect_called(b, "ruiz", "work/ana.ini");
	expect_called(b, "work/ana", "work/ana.ini");
	expect_called(b, "cy", NULL);
	expect_called(b, "somebody", NULL);
	assert_int_equal(past_book_load(b, "bob.ini", &c, &f), 0);
	assert_true(text_equal(contact_name(&c), TEXT("Bob Weld")));
	contact_release(&c);
	assert_int_equal(past_book_load(b, "cy.ini", &c, &f), FAULT_NOTFOUND);
	past_book_free(b);
	scene_end(&s);
}

static void test_past_book__holds_what_is_put_into_it(void **state)
{
	struct fault f = FAULT_INIT;
	struct contact c;
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana Ruiz\n");
	commit(&s, "begin");
	char *blob = GIT_SAYS(&s, "rev-parse", "HEAD:ana.ini");
	struct past_book *b = past_book_new(s.past, s.root);
	past_book_add(b, "zoe.ini", blob);
	past_book_add(b, "bob.ini", blob);
	past_book_add(b, "cy.ini", "1234567890123456789012345678901234567890");
	expect_called(b, "bob", "bob.ini");
	expect_called(b, "weld", NULL);
	assert_int_equal(past_book_load(b, "zoe.ini", &c, &f), 0);
	assert_true(text_equal(contact_name(&c), TEXT("Ana Ruiz")));
	contact_release(&c);
	assert_int_equal(past_book_load(b, "cy.ini", &c, &f), FAULT_OS);
	assert_string_equal(f.path, "cy.ini");
	mem_free(blob);
	past_book_free(b);
	past_book_free(NULL);
	scene_end(&s);
}

/* Who is at `path` today was at `was`; NULL: was not there. */
static void expect_followed(struct past_book *b, struct book *today, const char *path,
			    const char *was)
{
	struct contact now, then;
	struct fault f = FAULT_INIT;

	assert_int_equal(book_load(today, path, &now, NULL, &f), 0);
	int rc = past_book_follow(b, &now, today, &then, &f);
	if (was) {
		assert_int_equal(rc, 0);
		assert_string_equal(then.path, was);
		contact_release(&then);
	} else {
		assert_int_equal(rc, FAULT_NOTFOUND);
	}
	contact_release(&now);
}

static void test_past_book__follows_who_had_another_path(void **state)
{
	struct fault f = FAULT_INIT;
	struct book today;
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "same.ini", "name = Same\n");
	folder_put(s.root, "same-uid.ini", "name = Same\nuid = 1\n");
	folder_put(s.root, "taken.ini", "name = Taken\nuid = 2\n");
	folder_put(s.root, "moved.ini", "name = Moved\n");
	folder_put(s.root, "called.ini", "name = Called\n");
	folder_put(s.root, "known.ini", "name = Known\nuid = 3\n");
	folder_put(s.root, "known-too.ini", "name = Known\nuid = 4\n");
	commit(&s, "begin");
	GIT(&s, "rm", "-q", "moved.ini", "called.ini", "known.ini");
	folder_put(s.root, "same-uid.ini", "name = Same\nuid = 1\nphone = 1\n");
	folder_put(s.root, "taken.ini", "name = Somebody else\nuid = 9\n");
	folder_put(s.root, "work/moved.ini", "name = Moved\n");
	folder_put(s.root, "other.ini", "name = Other\nalias = called\n");
	folder_put(s.root, "unknown.ini", "name = Unknown\nuid = 3\n");
	folder_put(s.root, "known-too.ini", "name = Known\nuid = 4\n");
	folder_put(s.root, "copy.ini", "name = Copy\nuid = 4\n");
	folder_put(s.root, "new.ini", "name = New\n");
	struct past_book *b = open_past_book(&s, "HEAD");
	assert_int_equal(book_open(&today, s.root, &f), 0);
	assert_int_equal(book_list(&today, &f), 0);
	expect_followed(b, &today, "same.ini", "same.ini");
	expect_followed(b, &today, "same-uid.ini", "same-uid.ini");
	expect_followed(b, &today, "taken.ini", NULL);
	expect_followed(b, &today, "work/moved.ini", "moved.ini");
	expect_followed(b, &today, "other.ini", "called.ini");
	expect_followed(b, &today, "unknown.ini", "known.ini");
	expect_followed(b, &today, "copy.ini", NULL);
	expect_followed(b, &today, "new.ini", NULL);
	book_close(&today);
	past_book_free(b);
	scene_end(&s);
}
