#include "unit.h"

#include "past_scene.h"

/* ---- names that mean harm ---- */

static void test_past__takes_any_name_for_what_it_is(void **state)
{
	static const char *const names[] = {
		"new\nline.ini", "tab\tquote\".ini", "esc\033[31m.ini", "star*.ini", "[a-z].ini",
		":(top)x.ini", ":!x.ini", "-n.ini", "--all.ini", "latin\xe9.ini", " lead.ini",
		"trail /x.ini", ":100644 x/M.ini", "back\\slash.ini",
	};
	struct scene s;

	scene_make_at(&s, "pe:*[o]ple", NULL);
	folder_put(s.root, "x.ini", "other\n");
	folder_put(s.root, "starling.ini", "other\n");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		folder_put(s.root, names[i], "one\n");
	expect_walk(&s, NULL, 0, "");
	commit(&s, "begin");
	folder_put(s.root, "starling.ini", "changed\n");
	commit(&s, "other");
	expect_uncommitted(&s, "");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf want = BUF_INIT;
		buf_add_fmt(&want, "begin: A %s\n", names[i]);
		expect_walk(&s, names[i], 0, want.at);
		expect_read(&s, "HEAD", names[i], "one\n");
		folder_put(s.root, names[i], "two\n");
		buf_clear(&want);
		buf_add_fmt(&want, "M %s\n", names[i]);
		expect_uncommitted(&s, want.at);
		folder_put(s.root, names[i], "one\n");
		buf_release(&want);
	}
	scene_end(&s);
}

/* ---- files ---- */

static void test_past__reads_what_a_file_was(void **state)
{
	struct scene s;
	struct fault f = FAULT_INIT;
	struct buf out = BUF_INIT;

	scene_make_at(&s, "people", NULL);
	folder_put(s.root, "ana.ini", "name = Ana\n");
	folder_put(s.root, "empty.ini", "");
	folder_put(s.root, ".kith/config", "[book]\nme = ana\n");
	folder_link(s.root, "ana.ini", "link.ini");
	commit(&s, "begin");
	folder_put(s.root, "ana.ini", "name = Ana Ruiz\n");
	commit(&s, "edit");
	expect_read(&s, "HEAD", "ana.ini", "name = Ana Ruiz\n");
	expect_read(&s, "HEAD~", "ana.ini", "name = Ana\n");
	expect_read(&s, "HEAD", "empty.ini", "");
	expect_read(&s, "HEAD", ".kith/config", "[book]\nme = ana\n");
	char *head = GIT_SAYS(&s, "rev-parse", "HEAD");
	assert_int_equal(past_read(s.past, head, "bob.ini", &out, &f), FAULT_NOTFOUND);
	assert_int_equal(past_read(s.past, head, "link.ini", &out, &f), FAULT_NOTFOUND);
	assert_int_equal(past_blob(s.past, head, "ana.ini", &out, &f), FAULT_OS);
	assert_int_equal(past_blob(s.past, "1234567890123456789012345678901234567890", "ana.ini",
				   &out, &f), FAULT_OS);
	assert_non_null(strstr(f.msg, "git fsck"));
	assert_int_equal(out.n, 0);
	expect_read(&s, "HEAD", "ana.ini", "name = Ana Ruiz\n");
	mem_free(head);
	scene_end(&s);
}

static void test_past__reads_through_a_filter_what_has_one(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, ".gitattributes", "*.ini filter=crypt\nplain.ini -filter\n");
	GIT(&s, "config", "filter.crypt.clean", "tr 'a-z' '\\000-\\031'");
	GIT(&s, "config", "filter.crypt.smudge", "tr '\\000-\\031' 'a-z'");
	folder_put(s.root, "secret.ini", "name = Ana");
	folder_put(s.root, "plain.ini", "name = Bob\n");
	commit(&s, "begin");
	expect_read(&s, "HEAD", "secret.ini", "name = Ana");
	expect_read(&s, "HEAD", "plain.ini", "name = Bob\n");
	expect_uncommitted(&s, "");
	folder_put(s.root, "secret.ini", "name = Anb");
	expect_uncommitted(&s, "M secret.ini\n");
	GIT(&s, "config", "filter.crypt.smudge", "false");
	char *head = GIT_SAYS(&s, "rev-parse", "HEAD");
	struct fault f = FAULT_INIT;
	struct buf out = BUF_INIT;
	assert_int_equal(past_read(s.past, head, "secret.ini", &out, &f), 0);
	assert_int_equal(out.n, sizeof "name = Ana" - 1);
	assert_null(memchr(out.at, 'a', out.n));
	buf_release(&out);
	mem_free(head);
	scene_end(&s);
}

static int add_listed(void *ctx, const char *path, const char *blob)
{
	struct tale *t = ctx;

	buf_add_fmt(&t->text, "%s %.4s\n", path, blob);
	return t->left && --t->left == 0;
}

static void test_past__lists_the_contacts_of_a_commit(void **state)
{
	struct scene s;
	struct tale t = { BUF_INIT, 0 };
	struct fault f = FAULT_INIT;

	scene_make_at(&s, "people", NULL);
	folder_put(s.root, "work/bob.ini", "bbb\n");
	folder_put(s.root, "ana.ini", "aaa\n");
	folder_put(s.root, "work-2.ini", "aaa\n");
	folder_put(s.root, ".kith/config", "[book]\n");
	folder_put(s.root, ".trash/eve.ini", "aaa\n");
	folder_put(s.root, "notes.txt", "aaa\n");
	folder_put(s.folder, "outside.ini", "aaa\n");
	folder_link(s.root, "ana.ini", "link.ini");
	char *head = commit_of(&s, "begin", "2026-11-20T12:00:00Z");
	GIT(&s, "rm", "-q", "ana.ini");
	commit(&s, "later");
	assert_int_equal(past_list(s.past, head, add_listed, &t, &f), 0);
	assert_string_equal(t.text.at, "ana.ini 7294\nwork-2.ini 7294\nwork/bob.ini f761\n");
	buf_clear(&t.text);
	t.left = 1;
	assert_int_equal(past_list(s.past, head, add_listed, &t, &f), 0);
	assert_string_equal(t.text.at, "ana.ini 7294\n");
	buf_release(&t.text);
	mem_free(head);
	scene_end(&s);
}

/* ---- which commit ---- */

static const struct date today = { 2026, 11, 21 };

static void expect_commit(struct scene *s, const char *rev, const char *want)
{
	struct fault f = FAULT_INIT;
	struct buf id = BUF_INIT;

	if (past_commit(s->past, text_of(rev), today, &id, &f) < 0)
		buf_add_str(&id, f.code == FAULT_NOTFOUND ? f.msg : "another fault");
	if (strcmp(id.at, want) != 0)
		fail_msg("'%s' is %s, not %s", rev, id.at, want);
	buf_release(&id);
}

static void test_past__knows_a_commit_by_its_day_or_name(void **state)
{
	struct scene s;
	char *ids[3];

	scene_make(&s);
	folder_put(s.root, "ana.ini", "1\n");
	ids[0] = commit_of(&s, "first", "2025-02-28T23:59:59Z");
	ids[1] = commit_of(&s, "second", "2026-11-20T00:00:00Z");
	ids[2] = commit_of(&s, "third", "2026-11-20T23:59:59Z");
	GIT(&s, "tag", "-a", "-m", "a tag", "v1", ids[1]);
	static const struct {
		const char *rev;
		int want;
	} cases[] = {
		{ "2025-02-28", 0 }, { "2025-02", 0 },	    { "2025", 0 },	 { "2026-11-19", 0 },
		{ "2026-11", 2 },    { "2026-11-20", 2 },   { "today", 2 },
		{ "yesterday", 2 },  { "2 days ago", 0 },   { "-1w", 0 },	 { "friday", 2 },
		{ "thursday", 0 },   { "tomorrow", 2 },	    { "2999", 2 },	 { "9999-12-31", 2 },
		{ "HEAD", 2 },	     { " HEAD~1 ", 1 },	    { "v1", 1 },	 { "main@{0}", 2 },
		{ "HEAD^{/first}", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_commit(&s, cases[i].rev, ids[cases[i].want]);
	char *brief = mem_copy(ids[1], 7);
	expect_commit(&s, brief, ids[1]);
	mem_free(brief);
	for (int i = 0; i < 3; i++)
		mem_free(ids[i]);
	scene_end(&s);
}

static void test_past__says_which_commits_there_are(void **state)
{
	static const char *const wrong[] = { "", "nonsense", "--all", "-n", "^HEAD", "HEAD..HEAD",
					     "HEAD:ana.ini", "HEAD^{tree}", "--10-31", "a\nb" };
	struct scene s;

	scene_make(&s);
	expect_commit(&s, "HEAD", "there is no commit yet");
	expect_commit(&s, "2026-11-20", "there is no commit yet");
	expect_commit(&s, "1066", "there is no commit yet");
	folder_put(s.root, "ana.ini", "1\n");
	mem_free(commit_of(&s, "first", "2025-02-28T12:00:00Z"));
	mem_free(commit_of(&s, "second", "2026-02-28T12:00:00Z"));
	expect_commit(&s, "2025-02-27", "there is no commit of '2025-02-27' or before; the first "
					"is of 2025-02-28");
	expect_commit(&s, "1066", "there is no commit of '1066' or before; the first is of "
				  "2025-02-28");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct buf want = BUF_INIT;
		buf_add_fmt(&want, "there is no commit '%s'; 'kith history' names those there are, "
			    "and a date will do", wrong[i]);
		expect_commit(&s, wrong[i], want.at);
		buf_release(&want);
	}
	scene_end(&s);
}

/* ---- repositories of every kind ---- */

static void test_past__has_nothing_before_the_first_commit(void **state)
{
	struct scene s;

	scene_make(&s);
	expect_walk(&s, NULL, 0, "");
	expect_walk(&s, "ana.ini", 0, "");
	expect_uncommitted(&s, "");
	folder_put(s.root, "ana.ini", "1\n");
	folder_put(s.root, "bob.ini", "1\n");
	GIT(&s, "add", "bob.ini");
	expect_uncommitted(&s, "A ana.ini\nA bob.ini\n");
	scene_end(&s);
}

/* Two commits and an edit; then all there is to ask. */
static void use(struct scene *s)
{
	folder_put(s->root, "ana.ini", "one\n");
	folder_put(s->root, "bob.ini", "one\n");
	commit(s, "begin");
	folder_put(s->root, "ana.ini", "two\n");
	commit(s, "edit");
	folder_put(s->root, "bob.ini", "two\n");
}

static void expect_use(struct scene *s)
{
	expect_walk(s, NULL, 0, "edit: M ana.ini\nbegin: A ana.ini, A bob.ini\n");
	expect_walk(s, "ana.ini", 0, "edit: M ana.ini\nbegin: A ana.ini\n");
	expect_read(s, "HEAD~1", "ana.ini", "one\n");
	expect_uncommitted(s, "M bob.ini\n");
}

static void test_past__knows_the_names_of_sha256(void **state)
{
	struct scene s;

	scene_make_at(&s, "people", "--object-format=sha256");
	use(&s);
	expect_use(&s);
	scene_end(&s);
}

static void test_past__reads_packs_refs_and_commit_graphs(void **state)
{
	struct scene s;

	scene_make(&s);
	use(&s);
	GIT(&s, "pack-refs", "--all");
	GIT(&s, "repack", "-q", "-a", "-d");
	GIT(&s, "commit-graph", "write", "--reachable", "--changed-paths");
	expect_use(&s);
	GIT(&s, "commit", "-q", "-a", "-m", "after it was opened");
	expect_read(&s, "HEAD", "bob.ini", "two\n");
	scene_end(&s);
}

/* The same book, in another folder and as another repository has it. */
static void scene_also(struct scene *other, const struct scene *s, const char *path)
{
	*other = (struct scene){ .root = folder_path(s->folder, path) };
	scene_open(other);
}

static void scene_leave(struct scene *s)
{
	past_close(s->past);
	repo_release(&s->repo);
	mem_free(s->root);
}

static void test_past__knows_work_trees_and_submodules(void **state)
{
	struct scene s;

	scene_make_at(&s, "people", NULL);
	use(&s);
	GIT(&s, "worktree", "add", "-q", "-b", "other", "../linked");
	struct scene linked;
	scene_also(&linked, &s, "linked/people");
	folder_put(linked.root, "bob.ini", "two\n");
	expect_use(&linked);
	scene_leave(&linked);
	GIT(&s, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", s.folder,
	    "../module");
	struct scene module;
	scene_also(&module, &s, "module/people");
	folder_put(module.root, "bob.ini", "two\n");
	expect_use(&module);
	scene_leave(&module);
	expect_uncommitted(&s, "M bob.ini\n");
	scene_end(&s);
}

static void test_past__ends_where_a_shallow_clone_ends(void **state)
{
	struct scene s;
	struct buf url = BUF_INIT;

	scene_make(&s);
	use(&s);
	buf_add_fmt(&url, "file://%s", s.folder);
	GIT(&s, "-c", "protocol.file.allow=always", "clone", "-q", "--depth=1", url.at, "clone");
	struct scene clone;
	scene_also(&clone, &s, "clone");
	expect_walk(&clone, NULL, 0, "edit: A ana.ini, A bob.ini\n");
	expect_walk(&clone, "ana.ini", 0, "edit: A ana.ini\n");
	expect_read(&clone, "HEAD", "ana.ini", "two\n");
	scene_leave(&clone);
	buf_release(&url);
	scene_end(&s);
}

static void test_past__says_what_git_says_of_a_damaged_repository(void **state)
{
	struct scene s;
	struct tale t = { BUF_INIT, 0 };
	struct past_files list;
	struct fault f = FAULT_INIT;

	scene_make(&s);
	use(&s);
	folder_put(s.folder, ".git/refs/heads/main", "");
	assert_int_equal(past_walk(s.past, NULL, NULL, tell, &t, &f), FAULT_OS);
	assert_string_equal(f.msg, "git log: your current branch appears to be broken");
	folder_put(s.folder, ".git/HEAD", "nonsense");
	assert_int_equal(past_walk(s.past, NULL, NULL, tell, &t, &f), FAULT_OS);
	assert_int_equal(past_uncommitted(s.past, &list, &f), FAULT_OS);
	assert_int_equal(list.n, 0);
	assert_int_equal(t.text.n, 0);
	scene_end(&s);
}
