#include "unit.h"

#include "folder.h"

#include "history/repo.h"

struct scene {
	char *root;
	struct repo repo;
	struct fault f;
};

static void make_git(const char *root, const char *at, const char *config)
{
	struct buf path = BUF_INIT;

	buf_add_fmt(&path, "%s/HEAD", at);
	folder_put(root, path.at, "ref: refs/heads/main\n");
	buf_clear(&path);
	buf_add_fmt(&path, "%s/config", at);
	folder_put(root, path.at, config);
	buf_release(&path);
}

static int find(struct scene *s, const char *folder)
{
	char *full = folder_path(s->root, folder);

	repo_release(&s->repo);
	s->f = (struct fault)FAULT_INIT;
	int rc = repo_find(full, &s->repo, &s->f);
	mem_free(full);
	return rc;
}

static void is_at(const struct scene *s, const char *found, const char *wanted)
{
	char *full = folder_path(s->root, wanted);

	assert_string_equal(found, full);
	mem_free(full);
}

static void scene_open(struct scene *s)
{
	*s = (struct scene){ .root = folder_make() };
	setenv("GIT_CEILING_DIRECTORIES", s->root, 1);
	folder_put(s->root, "top/people/family/ana.ini", "name = Ana\n");
}

static void scene_close(struct scene *s)
{
	repo_release(&s->repo);
	folder_remove(s->root);
	unsetenv("GIT_CEILING_DIRECTORIES");
}

static void test_repo__is_the_book_or_a_folder_above_it(void **state)
{
	struct scene s;

	scene_open(&s);
	assert_int_equal(find(&s, "top/people"), FAULT_NOTFOUND);
	make_git(s.root, "top/.git", "");
	assert_int_equal(find(&s, "top"), 0);
	is_at(&s, s.repo.top, "top");
	is_at(&s, s.repo.gitdir, "top/.git");
	is_at(&s, s.repo.common, "top/.git");
	assert_string_equal(s.repo.prefix, "");
	assert_int_equal(find(&s, "top/people"), 0);
	is_at(&s, s.repo.top, "top");
	assert_string_equal(s.repo.prefix, "people/");
	make_git(s.root, "top/people/.git", "");
	assert_int_equal(find(&s, "top/people/family"), 0);
	is_at(&s, s.repo.top, "top/people");
	scene_close(&s);
}

static void test_repo__is_not_looked_for_in_a_ceiling(void **state)
{
	struct scene s;

	scene_open(&s);
	make_git(s.root, ".git", "");
	assert_int_equal(find(&s, "top/people"), FAULT_NOTFOUND);
	unsetenv("GIT_CEILING_DIRECTORIES");
	assert_int_equal(find(&s, "top/people"), 0);
	scene_close(&s);
}

static void test_repo__does_not_look_behind_a_damaged_one(void **state)
{
	struct scene s;

	scene_open(&s);
	make_git(s.root, "top/.git", "");
	folder_put(s.root, "top/people/.git/README", "no repository\n");
	assert_int_equal(find(&s, "top/people"), FAULT_INVALID);
	folder_put(s.root, "top/people/.git/config", ""); /* HEAD is lost, but it is one */
	assert_int_equal(find(&s, "top/people"), 0);
	scene_close(&s);
}

static void test_repo__follows_a_git_file_that_is_answered(void **state)
{
	struct scene s;
	struct buf line = BUF_INIT;

	scene_open(&s);
	make_git(s.root, "other/.git", "");
	folder_put(s.root, "top/.git", "gitdir: ../other/.git\n");
	assert_int_equal(find(&s, "top"), FAULT_INVALID);
	folder_put(s.root, "top/.git", "gitdir: nowhere\n");
	assert_int_equal(find(&s, "top"), FAULT_INVALID);

	make_git(s.root, "other/.git/worktrees/top", "");
	folder_put(s.root, "top/.git", "gitdir: ../other/.git/worktrees/top\n");
	buf_add_fmt(&line, "%s/top/.git\n", s.root);
	folder_put(s.root, "other/.git/worktrees/top/gitdir", line.at);
	folder_put(s.root, "other/.git/worktrees/top/commondir", "../..\n");
	assert_int_equal(find(&s, "top/people"), 0);
	is_at(&s, s.repo.gitdir, "other/.git/worktrees/top");
	is_at(&s, s.repo.common, "other/.git");
	assert_string_equal(s.repo.prefix, "people/");
	buf_release(&line);
	scene_close(&s);
}

static void test_repo__believes_its_own_settings(void **state)
{
	struct scene s;

	scene_open(&s);
	make_git(s.root, "modules/people", "[core]\n\tworktree = \"../../top\"\n");
	folder_put(s.root, "top/.git", "gitdir: ../modules/people\n");
	assert_int_equal(find(&s, "top"), 0);
	is_at(&s, s.repo.gitdir, "modules/people");
	make_git(s.root, "modules/people", "[core]\n\tworktree = ../..\n");
	assert_int_equal(find(&s, "top"), FAULT_INVALID);
	assert_non_null(strstr(s.f.msg, "core.worktree"));
	make_git(s.root, "top/people/.git", "[core]\n\tbare = true\n");
	assert_int_equal(find(&s, "top/people"), FAULT_INVALID);
	assert_non_null(strstr(s.f.msg, "bare"));
	scene_close(&s);
}

static void test_repo__says_what_is_under_way(void **state)
{
	static const struct { const char *file, *what; } cases[] = {
		{ "top/.git/BISECT_LOG", "a bisect" },
		{ "top/.git/REVERT_HEAD", "a revert" },
		{ "top/.git/CHERRY_PICK_HEAD", "a cherry-pick" },
		{ "top/.git/MERGE_HEAD", "a merge" },
		{ "top/.git/rebase-apply/next", "a rebase" },
	};
	struct scene s;

	scene_open(&s);
	make_git(s.root, "top/.git", "");
	assert_int_equal(find(&s, "top"), 0);
	assert_null(repo_busy(&s.repo));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		folder_put(s.root, cases[i].file, "");
		assert_string_equal(repo_busy(&s.repo), cases[i].what);
	}
	scene_close(&s);
}

static void test_repo__names_files_as_git_does(void **state)
{
	struct scene s;
	struct buf path = BUF_INIT;

	scene_open(&s);
	make_git(s.root, "top/.git", "");
	assert_int_equal(find(&s, "top/people"), 0);
	repo_path(&s.repo, "family/ana.ini", &path);
	assert_string_equal(path.at, "people/family/ana.ini");
	assert_string_equal(repo_book_path(&s.repo, path.at), "family/ana.ini");
	assert_null(repo_book_path(&s.repo, "other/ana.ini"));
	buf_release(&path);
	scene_close(&s);
}
