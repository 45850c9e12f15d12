#include "unit.h"

#include "folder.h"

#include "base/fault.h"
#include "book/config.h"

static void expect_text(struct text got, const char *want)
{
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.at, want, got.n);
}

static void test_config__reads_kinds(void **state)
{
	struct config c;
	char text[] = "# mine\n[book]\nme = ada\n[kinds]\nLunch = we ate\n= x\n"
		      "[history]\nlunch = no\n";

	config_read(&c, text_of(text));
	memset(text, 'x', sizeof text); /* nothing is borrowed from it */
	assert_int_equal(c.kinds.n_own, 1);
	expect_text(c.kinds.own[0], "lunch");
	config_release(&c);
}

static void test_config__reads_what_network_goes_by(void **state)
{
	struct config c;
	char text[] = "[book]\nme = ada\nme = ben\n[every]\nfamily = 2w\nclient = 0d\nold = 1m..6w\n"
		      "[event]\n@fair = 2026-12-03 Spring fair\nmixer = soon\nclub = 2026-12\n";

	config_read(&c, text_of(text));
	memset(text, 'x', sizeof text);
	expect_text(c.me, "ada");
	assert_int_equal(c.n_every, 2);
	expect_text(c.every[1].tag, "old");
	assert_int_equal(c.every[1].every.limit.n, 6);
	assert_int_equal(c.n_events, 2);
	expect_text(c.events[0].slug, "fair");
	expect_text(c.events[0].text, "Spring fair");
	assert_int_equal(c.events[0].date.day, 3);
	expect_text(c.events[1].text, "");
	config_release(&c);
}

static void test_config__repoints_me_and_nothing_else(void **state)
{
	static const struct {
		const char *in, *want; /* NULL: it stays */
	} cases[] = {
		{ "[book]\n  Me :  ADA  \n", "[book]\n  Me :  bo\n" },
		{ "[book]\r\nme = ada\r\nme = ada", "[book]\r\nme = bo\r\nme = bo" },
		{ "[book]\nme = ada-b\nmy = ada\n# me = ada\n", NULL },
		{ "me = ada\n[every]\nme = ada\n", NULL },
		{ "", NULL },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf out = BUF_INIT;
		bool changed = config_repoint(text_of(cases[i].in), TEXT("ada"), TEXT("bo"), &out);
		assert_int_equal(changed, cases[i].want != NULL);
		expect_text(buf_text(&out), cases[i].want ? cases[i].want : "");
		buf_release(&out);
	}
}

static void test_config__takes_whatever_bytes_there_are(void **state)
{
	static const struct text cases[] = {
		{ "", 0 }, { "\0\xff[", 3 }, { "[book", 5 }, { "me = ada", 8 }, { "= x\n", 4 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct config c;
		config_read(&c, cases[i]);
		assert_int_equal(c.kinds.n_own, 0);
		config_release(&c);
	}
}

/* ---- finding the book ---- */

/* A home with ~/contacts, elsewhere, settings; the working directory is a folder in it. */
static char *home_make(void)
{
	char *home = folder_make(), *work;

	folder_put(home, "contacts/a.ini", "");
	folder_put(home, "elsewhere/a.ini", "");
	folder_put(home, "shelf/.kith/config", "");
	folder_put(home, "shelf/family/a.ini", "");
	folder_put(home, "work/file", "");
	work = folder_path(home, "work");
	assert_int_equal(chdir(work), 0);
	mem_free(work);
	setenv("HOME", home, 1);
	unsetenv("KITH_BOOK");
	unsetenv("XDG_CONFIG_HOME");
	return home;
}

static void home_remove(char *home)
{
	assert_int_equal(chdir("/"), 0);
	folder_remove(home);
}

/* `want` is below home, or NULL for FAULT_NOTFOUND. */
static void expect_book(const char *home, const char *given, const char *want)
{
	struct fault f = FAULT_INIT;
	char *found;

	int rc = config_find_book(given, &found, &f);
	if (want) {
		char *path = folder_path(home, want);
		assert_int_equal(rc, 0);
		assert_string_equal(found, path);
		mem_free(path);
		mem_free(found);
	} else {
		assert_int_equal(rc, FAULT_NOTFOUND);
		assert_null(found);
	}
}

static void enter(const char *home, const char *folder)
{
	char *path = folder_path(home, folder);

	assert_int_equal(chdir(path), 0);
	mem_free(path);
}

static void test_config__the_first_that_names_a_book_wins(void **state)
{
	char *home = home_make();
	char *elsewhere = folder_path(home, "elsewhere"), *shelf = folder_path(home, "shelf");

	expect_book(home, NULL, "contacts");
	folder_put(home, ".config/kith/config", "# mine\nbook = ~/elsewhere\n");
	expect_book(home, NULL, "elsewhere");
	enter(home, "shelf/family");
	expect_book(home, NULL, "shelf");
	setenv("KITH_BOOK", elsewhere, 1);
	expect_book(home, NULL, "elsewhere");
	expect_book(home, shelf, "shelf");
	setenv("KITH_BOOK", "", 1);
	expect_book(home, NULL, "shelf");
	unsetenv("KITH_BOOK");
	mem_free(elsewhere);
	mem_free(shelf);
	home_remove(home);
}

static void test_config__settings_are_where_xdg_says(void **state)
{
	char *home = home_make();
	char *xdg = folder_path(home, "xdg");

	folder_put(home, ".config/kith/config", "book = ~/elsewhere\n");
	folder_put(home, "xdg/kith/config", "[any]\nbook = shelf\n");
	setenv("XDG_CONFIG_HOME", xdg, 1);
	expect_book(home, NULL, "shelf");
	setenv("XDG_CONFIG_HOME", "xdg", 1); /* relative: ignored */
	expect_book(home, NULL, "elsewhere");
	unsetenv("XDG_CONFIG_HOME");
	mem_free(xdg);
	home_remove(home);
}

static void test_config__settings_may_be_a_symlink(void **state)
{
	char *home = home_make();

	folder_put(home, ".config/kith/x", "");
	folder_put(home, "dotfiles/config", "book = ~/elsewhere\n");
	folder_link(home, "../../dotfiles/config", ".config/kith/config");
	expect_book(home, NULL, "elsewhere");
	home_remove(home);
}

static void test_config__says_what_to_do_when_there_is_none(void **state)
{
	char *home = home_make(), *found;
	struct fault f = FAULT_INIT;
	struct buf want = BUF_INIT;

	expect_book(home, "no/such", NULL);
	expect_book(home, "file", NULL);
	folder_put(home, ".config/kith/config", "book = ~/gone\n");
	assert_int_equal(config_find_book(NULL, &found, &f), FAULT_NOTFOUND);
	buf_add_fmt(&want, "no book at %s/gone; make one with 'kith init', or name another with "
		    "--book DIR or KITH_BOOK", home);
	assert_string_equal(f.msg, want.at);
	unsetenv("HOME");
	assert_int_equal(config_find_book(NULL, &found, &f), FAULT_NOTFOUND);
	assert_string_equal(f.msg, "no book, as HOME is not set; name one with --book DIR or "
				   "KITH_BOOK");
	buf_release(&want);
	home_remove(home);
}
