#include "unit.h"

#include "past_scene.h"

static void put_all(struct scene *s, const char *const *names, const char *text)
{
	for (; *names; names++)
		folder_put(s->root, *names, text);
}

static void test_past__tells_what_differs_from_head(void **state)
{
	static const char *const names[] = { "same.ini", "touched.ini", "mode.ini", "changed.ini",
					     "gone.ini", "staged.ini", "back.ini", "untracked.ini",
					     "untracked-changed.ini", "link.ini", "folder.ini",
					     "work/a b.ini", "notes.txt", ".kith/config", NULL };
	struct scene s;

	scene_make_at(&s, "people", NULL);
	put_all(&s, names, "one\n");
	folder_put(s.folder, "outside.ini", "one\n");
	commit(&s, "begin");
	folder_put(s.root, "touched.ini", "one\n");
	char *mode = folder_path(s.root, "mode.ini");
	assert_int_equal(chmod(mode, 0755), 0);
	mem_free(mode);
	static const char *const changed[] = { "changed.ini", "work/a b.ini", "notes.txt",
					       ".kith/config", "staged.ini", "back.ini",
					       "../outside.ini", NULL };
	put_all(&s, changed, "two\n");
	GIT(&s, "rm", "-q", "gone.ini", "link.ini", "folder.ini");
	GIT(&s, "add", "staged.ini", "back.ini");
	folder_put(s.root, "back.ini", "one\n");
	GIT(&s, "rm", "-q", "--cached", "untracked.ini", "untracked-changed.ini");
	folder_put(s.root, "untracked-changed.ini", "two\n");
	folder_link(s.root, "same.ini", "link.ini");
	folder_put(s.root, "folder.ini/in.ini", "one\n");
	static const char *const new[] = { "new.ini", "ignored.ini", "intended.ini", "added.ini",
					   ".hidden.ini", ".trash/x.ini", "new.txt", NULL };
	put_all(&s, new, "one\n");
	folder_put(s.root, ".gitignore", "ignored.ini\n");
	folder_link(s.root, "same.ini", "new-link.ini");
	GIT(&s, "add", "added.ini");
	GIT(&s, "add", "-N", "intended.ini");
	expect_uncommitted(&s, "M .kith/config\nA added.ini\nM changed.ini\nA folder.ini/in.ini\n"
			       "D gone.ini\nA ignored.ini\nA intended.ini\nA new.ini\n"
			       "M staged.ini\nM untracked-changed.ini\nM work/a b.ini\n");
	scene_end(&s);
}

static void test_past__tells_what_differs_without_an_index(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "one\n");
	folder_put(s.root, "bob.ini", "one\n");
	folder_put(s.root, "eve.ini", "one\n");
	commit(&s, "begin");
	folder_put(s.root, "bob.ini", "two\n");
	char *eve = folder_path(s.root, "eve.ini"), *index = folder_path(s.folder, ".git/index");
	assert_int_equal(unlink(eve), 0);
	folder_put(s.folder, ".git/index", "garbage");
	expect_uncommitted(&s, "M bob.ini\nD eve.ini\n");
	folder_expect(s.folder, ".git/index", "garbage");
	assert_int_equal(unlink(index), 0);
	expect_uncommitted(&s, "M bob.ini\nD eve.ini\n");
	assert_false(folder_has(s.folder, ".git/index"));
	mem_free(eve);
	mem_free(index);
	scene_end(&s);
}

static void test_past__needs_the_index_of_a_sparse_checkout(void **state)
{
	struct past_files list;
	struct fault f = FAULT_INIT;
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "here/ana.ini", "one\n");
	folder_put(s.root, "there/bob.ini", "one\n");
	commit(&s, "begin");
	GIT(&s, "sparse-checkout", "set", "here");
	assert_false(folder_has(s.root, "there/bob.ini"));
	folder_put(s.root, "here/ana.ini", "two\n");
	expect_uncommitted(&s, "M here/ana.ini\n");
	folder_put(s.folder, ".git/index", "garbage");
	assert_int_equal(past_uncommitted(s.past, &list, &f), FAULT_OS);
	assert_int_equal(list.n, 0);
	scene_end(&s);
}

static void test_past__tells_what_differs_in_a_conflict(void **state)
{
	struct scene s;
	const char *const merge[] = { "merge", "-q", "side", NULL };
	struct fault f = FAULT_INIT;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "one\n");
	folder_put(s.root, "bob.ini", "one\n");
	commit(&s, "begin");
	GIT(&s, "checkout", "-q", "-b", "side");
	folder_put(s.root, "ana.ini", "side\n");
	folder_put(s.root, "new.ini", "side\n");
	commit(&s, "side");
	GIT(&s, "checkout", "-q", "main");
	folder_put(s.root, "ana.ini", "main\n");
	commit(&s, "main");
	assert_int_equal(program_run(&s.repo, merge, TEXT_NONE, NULL, NULL, &f), FAULT_OS);
	expect_uncommitted(&s, "M ana.ini\nA new.ini\n");
	folder_put(s.root, "ana.ini", "main\n");
	expect_uncommitted(&s, "A new.ini\n");
	scene_end(&s);
}

static void test_past__leaves_the_index_as_it_is(void **state)
{
	struct scene s;
	struct buf before = BUF_INIT, after = BUF_INIT;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "one\n");
	commit(&s, "begin");
	char *index = folder_path(s.folder, ".git/index"), *ana = folder_path(s.root, "ana.ini");
	const struct timespec times[] = { { 1000000000, 0 }, { 1000000000, 0 } };
	assert_int_equal(utimensat(AT_FDCWD, ana, times, 0), 0);
	folder_read_file(index, &before);
	expect_uncommitted(&s, "");
	folder_read_file(index, &after);
	assert_true(text_equal(buf_text(&before), buf_text(&after)));
	buf_release(&before);
	buf_release(&after);
	mem_free(index);
	mem_free(ana);
	scene_end(&s);
}
