#include "unit.h"

#include "book_scene.h"

#include <sys/wait.h>

#include "contact/contact.h"

/* The listing's paths, joined with blanks. */
static void expect_listing(struct scene *s, const char *want)
{
	struct buf got = BUF_INIT;

	assert_int_equal(book_list(&s->b, &s->f), 0);
	for (size_t i = 0; i < s->b.n_files; i++)
		buf_add_fmt(&got, "%s%s", i ? " " : "", s->b.files[i].path);
	assert_string_equal(got.at, want);
	buf_release(&got);
}

/* ---- opening ---- */

static void test_book__opens_a_plain_folder_of_files(void **state)
{
	struct scene s;
	struct book b;

	scene_make(&s);
	char *slashes = folder_path(s.root, "//");
	assert_int_equal(book_open(&b, slashes, &s.f), 0);
	assert_string_equal(b.root, s.root);
	assert_int_equal(b.config.kinds.n_own, 0);
	book_close(&b);
	book_close(&b);
	assert_int_equal(book_open(&b, "/no/such/book", &s.f), FAULT_NOTFOUND);
	book_close(&b);
	mem_free(slashes);
	scene_end(&s);
}

static void test_book__reads_its_settings(void **state)
{
	struct scene s;

	scene_make(&s);
	book_close(&s.b);
	folder_put(s.root, ".kith/config", "[kinds]\nlunch = x\n");
	assert_int_equal(book_open(&s.b, s.root, &s.f), 0);
	assert_int_equal(s.b.config.kinds.n_own, 1);
	scene_end(&s);
}

static void test_book__does_not_open_with_settings_it_cannot_read(void **state)
{
	struct scene s;

	scene_make(&s);
	book_close(&s.b);
	folder_put(s.root, ".kith/other", "");
	folder_link(s.root, "other", ".kith/config");
	assert_int_equal(book_open(&s.b, s.root, &s.f), FAULT_INVALID);
	assert_string_equal(s.f.path, ".kith/config");
	assert_non_null(strstr(s.f.msg, "; make it a file that can be read, or take it away"));
	scene_end(&s);
}

static void test_book__init_makes_a_private_book_once(void **state)
{
	struct scene s;
	struct config config;
	struct buf text = BUF_INIT;
	struct stat st;

	scene_make(&s);
	char *root = folder_path(s.root, "new/"), *kith = folder_path(s.root, "new/.kith/config");
	assert_int_equal(book_init(root, false, &s.f), 0);
	assert_int_equal(stat(root, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(kith, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(book_init(root, false, &s.f), FAULT_EXISTS);
	assert_non_null(strstr(s.f.msg, "there is a book at "));
	book_close(&s.b);
	assert_int_equal(book_open(&s.b, root, &s.f), 0);
	assert_int_equal(book_read_config(&s.b, &text, &s.f), 0);
	config_read(&config, buf_text(&text));
	assert_int_equal(config.kinds.n_own, 0);
	config_release(&config);
	buf_release(&text);
	mem_free(root);
	mem_free(kith);
	scene_end(&s);
}

static void test_book__init_takes_a_folder_with_files(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ada.ini", "name = Ada\n");
	assert_int_equal(book_init(s.root, false, &s.f), 0);
	folder_expect(s.root, "ada.ini", "name = Ada\n");
	char *deep = folder_path(s.root, "no/such/book"), *file = folder_path(s.root, "ada.ini");
	assert_int_equal(book_init(deep, false, &s.f), FAULT_NOTFOUND);
	assert_int_equal(book_init(file, false, &s.f), FAULT_OS);
	assert_string_equal(s.f.msg, "'ada.ini' is there already and is no folder");
	mem_free(deep);
	mem_free(file);
	scene_end(&s);
}

/* ---- listing ---- */

static void test_book__lists_ini_files_sorted_by_id(void **state)
{
	static const char *const files[] = {
		"work/bo.ini", "ada.ini", "family/old/cy.ini", "bo.ini", "x.ini~", "#x.ini#",
		".ini", ".hidden.ini", ".git/y.ini", "readme.md", "UP.INI", "new\nline.ini",
		"\xff.ini", "-f.ini",
	};
	struct scene s;

	scene_make(&s);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		folder_put(s.root, files[i], "");
	expect_listing(&s, "-f.ini ada.ini bo.ini work/bo.ini family/old/cy.ini new\nline.ini "
			   "\xff.ini");
	assert_int_equal(s.b.n_faults, 0);
	assert_true(text_equal(s.b.files[3].id, TEXT("bo")));
	folder_put(s.root, "zoe.ini", "");
	size_t before = s.b.n_files;
	assert_int_equal(book_list(&s.b, &s.f), 0);
	assert_int_equal(s.b.n_files, before);
	book_relist(&s.b);
	assert_int_equal(book_list(&s.b, &s.f), 0);
	assert_int_equal(s.b.n_files, before + 1);
	scene_end(&s);
}

static void test_book__lists_what_is_no_file_and_tells_on_reading(void **state)
{
	struct scene s;
	struct contact c;

	scene_make(&s);
	char *path = folder_path(s.root, "fifo.ini");
	assert_int_equal(mkfifo(path, 0600), 0);
	expect_listing(&s, "fifo.ini");
	assert_int_equal(book_load(&s.b, "fifo.ini", &c, NULL, &s.f), FAULT_INVALID);
	assert_string_equal(s.f.path, "fifo.ini");
	mem_free(path);
	scene_end(&s);
}

static void test_book__reports_symlinks_that_lead_out(void **state)
{
	static const struct {
		const char *path, *to, *want; /* want NULL: not worth a word */
	} links[] = {
		{ "out.ini", "/etc/passwd", "no contact" },
		{ "up", "..", "no contact" },
		{ "nothing.ini", "no", "to nothing" },
		{ "loop.ini", "loop.ini", "in a loop" },
		{ "hidden.ini", ".git/config", "no contact" },
		{ "readme.ini", "readme.md", "no contact" },
		{ "in.ini", "ada.ini", NULL },
		{ "work/in.ini", "../ada.ini", NULL },
		{ "folder", "work", NULL },
		{ "self", ".", NULL },
		{ "other", "/etc/passwd", NULL },
		{ "void", "no", NULL },
	};
	struct scene s;
	size_t told = 0;

	scene_make(&s);
	folder_put(s.root, "ada.ini", "");
	folder_put(s.root, "work/bo.ini", "");
	folder_put(s.root, ".git/config", "");
	folder_put(s.root, "readme.md", "");
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++)
		folder_link(s.root, links[i].to, links[i].path);
	expect_listing(&s, "ada.ini work/bo.ini");
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		const struct fault *found = NULL;
		for (size_t k = 0; k < s.b.n_faults; k++)
			if (!strcmp(s.b.faults[k].path, links[i].path))
				found = &s.b.faults[k];
		if (!links[i].want) {
			assert_null(found);
			continue;
		}
		assert_non_null(found);
		assert_non_null(strstr(found->msg, links[i].want));
		told++;
	}
	assert_int_equal(s.b.n_faults, told);
	scene_end(&s);
}

static void test_book__stops_at_folders_too_deep(void **state)
{
	struct scene s;
	struct buf path = BUF_INIT;

	scene_make(&s);
	for (int i = 0; i < 64; i++)
		buf_add_str(&path, "d/");
	size_t deepest = path.n;
	buf_add_str(&path, "ada.ini");
	folder_put(s.root, path.at, "");
	expect_listing(&s, path.at);
	buf_set_len(&path, deepest);
	buf_add_str(&path, "e/bo.ini");
	folder_put(s.root, path.at, "");
	book_relist(&s.b);
	assert_int_equal(book_list(&s.b, &s.f), 0);
	assert_int_equal(s.b.n_files, 1);
	assert_int_equal(s.b.n_faults, 1);
	buf_release(&path);
	scene_end(&s);
}

static void test_book__reads_nothing_through_a_folder_swapped_for_a_link(void **state)
{
	struct scene s;
	struct contact c;

	scene_make(&s);
	char *outside = folder_make();
	folder_put(outside, "ada.ini", "name = Evil\n");
	folder_put(s.root, "family/ada.ini", "name = Ada\n");
	expect_listing(&s, "family/ada.ini");
	char *family = folder_path(s.root, "family"), *away = folder_path(s.root, "away");
	assert_int_equal(rename(family, away), 0);
	folder_link(s.root, outside, "family");
	assert_int_equal(book_load(&s.b, "family/ada.ini", &c, NULL, &s.f), FAULT_INVALID);
	scene_lock(&s);
	assert_int_equal(book_remove(&s.b, "family/ada.ini", TEXT("name = Evil\n"), &s.f), FAULT_INVALID);
	assert_int_equal(book_create(&s.b, "family/bo.ini", TEXT("x"), &s.f), FAULT_INVALID);
	folder_expect(outside, "ada.ini", "name = Evil\n");
	assert_false(folder_has(outside, "bo.ini"));
	mem_free(family);
	mem_free(away);
	folder_remove(outside);
	scene_end(&s);
}

/* ---- the lock ---- */

/* A process that holds the lock until its pipe is closed. */
static pid_t hold_lock(const char *root, int *release)
{
	int ready[2], end[2];
	char c;

	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	pid_t pid = fork();
	if (!pid) {
		struct fault f = FAULT_INIT;
		struct book b;
		close(end[1]);
		bool ok = !book_open(&b, root, &f) && !book_lock(&b, 0, &f);
		ok = write(ready[1], ok ? "y" : "n", 1) == 1 && ok;
		ok = read(end[0], &c, 1) == 0 && ok;
		_exit(ok ? 0 : 1);
	}
	close(end[0]);
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(c, 'y');
	close(ready[0]);
	close(ready[1]);
	*release = end[1];
	return pid;
}

static void test_book__waits_for_the_lock_so_long_and_no_longer(void **state)
{
	struct scene s;
	int release, status;

	scene_make(&s);
	pid_t pid = hold_lock(s.root, &release);
	assert_int_equal(book_lock(&s.b, 20, &s.f), FAULT_LOCKED);
	assert_non_null(strstr(s.f.msg, "another kith process has held the book for 0.02 s; try "
					"again, or end it (fuser -v "));
	assert_false(s.b.locked);
	close(release);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(book_lock(&s.b, 0, &s.f), 0);
	assert_int_equal(book_lock(&s.b, 0, &s.f), 0);
	book_unlock(&s.b);
	pid = hold_lock(s.root, &release);
	close(release);
	waitpid(pid, &status, 0);
	scene_end(&s);
}

static void test_book__removes_leftovers_under_the_lock_only(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, ".kith-tmp-1", "half a contact");
	folder_put(s.root, "family/.kith-tmp-2", "");
	folder_put(s.root, ".kith-tmp-3/ada.ini", "");
	folder_link(s.root, "family", ".kith-tmp-4");
	expect_listing(&s, "");
	assert_true(folder_has(s.root, ".kith-tmp-1"));
	scene_lock(&s);
	assert_false(folder_has(s.root, ".kith-tmp-1"));
	assert_false(folder_has(s.root, "family/.kith-tmp-2"));
	assert_true(folder_has(s.root, ".kith-tmp-3/ada.ini"));
	assert_true(folder_has(s.root, ".kith-tmp-4"));
	folder_put(s.root, ".kith-tmp-5", "");
	expect_listing(&s, "");
	assert_false(folder_has(s.root, ".kith-tmp-5"));
	scene_end(&s);
}

/* ---- ids ---- */

static void test_book__finds_a_free_id(void **state)
{
	struct scene s;
	struct buf id = BUF_INIT;

	scene_make(&s);
	folder_put(s.root, "family/Ana-Ruiz.ini", "");
	folder_put(s.root, "ana-ruiz-2.ini", "");
	static const struct {
		const char *name, *want;
	} cases[] = {
		{ "Ana Ruíz", "ana-ruiz-3" }, { "Bo Li", "bo-li" }, { "../../etc", "etc" },
		{ "...", "contact" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		buf_clear(&id);
		assert_int_equal(book_new_id(&s.b, text_of(cases[i].name), &id, &s.f), 0);
		assert_string_equal(id.at, cases[i].want);
	}
	folder_put(s.root, "bo-li.ini", ""); /* by somebody else, after the listing */
	buf_clear(&id);
	assert_int_equal(book_new_id(&s.b, TEXT("Bo Li"), &id, &s.f), 0);
	assert_string_equal(id.at, "bo-li-2");
	buf_release(&id);
	scene_end(&s);
}

/* ---- writing ---- */

static int add_phone(struct contact *c, void *ctx, struct fault *f)
{
	return contact_add(c, TEXT("phone"), text_of(ctx), f);
}

static int refuse(struct contact *c, void *ctx, struct fault *f)
{
	(void)ctx;
	contact_set(c, TEXT("name"), TEXT("No"), f);
	return fault_at(f, c->path, 0, 0), fault_set(f, FAULT_INVALID, "no");
}

/* Another program writes, `times` times, between our read and our rename. */
struct meddler {
	const char *root;
	int times;
};

static int add_while_meddled(struct contact *c, void *ctx, struct fault *f)
{
	struct meddler *m = ctx;
	struct buf text = BUF_INIT;

	if (m->times-- > 0) {
		buf_add_fmt(&text, "name = Ada %d\n", m->times);
		folder_put(m->root, "ada.ini", text.at);
		buf_release(&text);
	}
	return contact_add(c, TEXT("phone"), TEXT("1"), f);
}

static void test_book__edit_changes_and_saves(void **state)
{
	struct scene s;
	bool changed;
	char phone[] = "1";

	scene_make(&s);
	folder_put(s.root, "family/ada.ini", "# hers\nname = Ada\n");
	scene_lock(&s);
	assert_int_equal(book_edit(&s.b, "family/ada.ini", add_phone, phone, &changed, &s.f), 0);
	assert_true(changed);
	folder_expect(s.root, "family/ada.ini", "# hers\nname = Ada\nphone = 1\n");
	assert_int_equal(book_edit(&s.b, "family/ada.ini", refuse, NULL, &changed, &s.f),
			 FAULT_INVALID);
	assert_false(changed);
	assert_string_equal(s.f.path, "family/ada.ini");
	folder_expect(s.root, "family/ada.ini", "# hers\nname = Ada\nphone = 1\n");
	assert_int_equal(book_edit(&s.b, "no.ini", add_phone, phone, NULL, &s.f), FAULT_NOTFOUND);
	scene_end(&s);
}

static void test_book__edit_starts_again_on_what_another_wrote(void **state)
{
	struct scene s;
	bool changed;

	scene_make(&s);
	folder_put(s.root, "ada.ini", "name = Ada\n");
	scene_lock(&s);
	struct meddler few = { s.root, 3 }, endless = { s.root, 1 << 20 };
	assert_int_equal(book_edit(&s.b, "ada.ini", add_while_meddled, &few, &changed, &s.f), 0);
	folder_expect(s.root, "ada.ini", "name = Ada 0\nphone = 1\n");
	folder_put(s.root, "ada.ini", "name = Ada\n");
	assert_int_equal(book_edit(&s.b, "ada.ini", add_while_meddled, &endless, &changed, &s.f),
			 FAULT_CONFLICT);
	assert_false(changed);
	scene_end(&s);
}

static void test_book__edit_keeps_off_what_it_could_spoil(void **state)
{
	struct scene s;
	char phone[] = "1";
	static const char conflict[] = "<<<<<<< a\nname = A\n=======\nname = B\n>>>>>>> b\n";

	scene_make(&s);
	folder_put(s.root, "ada.ini", conflict);
	scene_lock(&s);
	assert_int_equal(book_edit(&s.b, "ada.ini", add_phone, phone, NULL, &s.f), FAULT_SYNTAX);
	assert_string_equal(s.f.path, "ada.ini");
	folder_expect(s.root, "ada.ini", conflict);
	scene_end(&s);
}

static void test_book__creates_only_proper_names(void **state)
{
	static const char *const bad[] = {
		"", ".ini", "ada", "ada.txt", "../ada.ini", "a/../ada.ini", "/ada.ini", ".ada.ini",
		".git/ada.ini", "a//b.ini", "./ada.ini", "a\nb.ini", "a\033b.ini", "family/",
	};
	struct scene s;
	struct buf name = BUF_INIT;

	scene_make(&s);
	folder_put(s.root, "family/bo.ini", "");
	scene_lock(&s);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(book_create(&s.b, bad[i], TEXT("x"), &s.f), FAULT_INVALID);
	buf_add_fill(&name, 'x', 252);
	buf_add_str(&name, ".ini");
	assert_int_equal(book_create(&s.b, name.at, TEXT("x"), &s.f), FAULT_INVALID);
	assert_int_equal(book_create(&s.b, name.at + 1, TEXT("x"), &s.f), 0);
	assert_int_equal(book_create(&s.b, "family/ada.ini", TEXT("name = Ada\n"), &s.f), 0);
	folder_expect(s.root, "family/ada.ini", "name = Ada\n");
	assert_int_equal(book_create(&s.b, "family/ada.ini", TEXT("x"), &s.f), FAULT_EXISTS);
	assert_int_equal(book_create(&s.b, "no/ada.ini", TEXT("x"), &s.f), FAULT_NOTFOUND);
	assert_int_equal(book_check_free(&s.b, "family/ada.ini", &s.f), FAULT_EXISTS);
	assert_int_equal(book_check_free(&s.b, "no/ada.ini", &s.f), FAULT_NOTFOUND);
	assert_int_equal(book_check_free(&s.b, "../ada.ini", &s.f), FAULT_INVALID);
	assert_int_equal(book_check_free(&s.b, "family/cy.ini", &s.f), 0);
	folder_expect(s.root, "family/ada.ini", "name = Ada\n");
	buf_release(&name);
	scene_end(&s);
}

static void test_book__keeps_the_listing_in_step(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "work/mo.ini", "");
	scene_lock(&s);
	expect_listing(&s, "work/mo.ini");
	assert_int_equal(book_create(&s.b, "zoe.ini", TEXT("x"), &s.f), 0);
	assert_int_equal(book_create(&s.b, "ada.ini", TEXT("x"), &s.f), 0);
	assert_int_equal(book_create(&s.b, "mo.ini", TEXT("x"), &s.f), 0);
	expect_listing(&s, "ada.ini mo.ini work/mo.ini zoe.ini");
	assert_int_equal(book_rename(&s.b, "ada.ini", "work/nora.ini", &s.f), 0);
	assert_int_equal(book_rename(&s.b, "mo.ini", "zoe.ini", &s.f), FAULT_EXISTS);
	assert_int_equal(book_rename(&s.b, "mo.ini", "../mo.ini", &s.f), FAULT_INVALID);
	expect_listing(&s, "mo.ini work/mo.ini work/nora.ini zoe.ini");
	assert_int_equal(book_remove(&s.b, "mo.ini", TEXT("y"), &s.f), FAULT_CONFLICT);
	assert_int_equal(book_remove(&s.b, "mo.ini", TEXT("x"), &s.f), 0);
	assert_int_equal(book_remove(&s.b, "mo.ini", TEXT("x"), &s.f), FAULT_NOTFOUND);
	expect_listing(&s, "work/mo.ini work/nora.ini zoe.ini");
	book_relist(&s.b);
	expect_listing(&s, "work/mo.ini work/nora.ini zoe.ini");
	scene_end(&s);
}

static void test_book__replaces_only_what_the_caller_knows(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ada.ini", "one\n");
	scene_lock(&s);
	assert_int_equal(book_replace(&s.b, "ada.ini", TEXT("two\n"), TEXT("x"), &s.f),
			 FAULT_CONFLICT);
	folder_expect(s.root, "ada.ini", "one\n");
	assert_int_equal(book_replace(&s.b, "ada.ini", TEXT("one\n"), TEXT("two\n"), &s.f), 0);
	folder_expect(s.root, "ada.ini", "two\n");
	scene_end(&s);
}

static void test_book__tells_whose_id_it_is(void **state)
{
	static const struct {
		const char *id, *but, *want;
	} cases[] = {
		{ "ana", NULL, "ana.ini" },      { "ANA", NULL, "ana.ini" },
		{ "ana", "ana.ini", NULL },      { "p", "f/p.ini", "w/p.ini" },
		{ "Old", NULL, "ana.ini" },      { "old", "ana.ini", NULL },
		{ "shared", "ana.ini", "w/p.ini" }, { "Ana Ruiz", NULL, NULL },
		{ "ruiz", NULL, NULL },
	};
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana Ruiz\nalias = old\nalias = shared\n");
	folder_put(s.root, "f/p.ini", "name = One\n");
	folder_put(s.root, "w/p.ini", "name = Two\nalias = shared\n");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *path;
		assert_int_equal(book_id_owner(&s.b, text_of(cases[i].id), cases[i].but, &path,
					       &s.f), 0);
		if (cases[i].want)
			assert_string_equal(path, cases[i].want);
		else
			assert_null(path);
	}
	scene_end(&s);
}

static void test_book__repoints_me(void **state)
{
	struct scene s;
	bool changed;

	scene_make(&s);
	scene_lock(&s);
	assert_int_equal(book_repoint_me(&s.b, TEXT("ana"), TEXT("bo"), &changed, &s.f), 0);
	assert_false(changed);
	folder_put(s.root, ".kith/config", "# mine\n[book]\nme = ana # x\nme = ana\n");
	assert_int_equal(book_repoint_me(&s.b, TEXT("ana"), TEXT("bo"), &changed, &s.f), 0);
	assert_true(changed);
	folder_expect(s.root, ".kith/config", "# mine\n[book]\nme = ana # x\nme = bo\n");
	scene_end(&s);
}
