#include "unit.h"

#include "past_scene.h"

/* ---- walking ---- */

static void test_past__tells_what_each_commit_changed(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\n");
	folder_put(s.root, "work/bob.ini", "name = Bob\n");
	folder_put(s.root, ".kith/config", "[book]\n");
	folder_put(s.root, "notes.txt", "none of the book's\n");
	folder_put(s.root, ".hidden/eve.ini", "name = Eve\n");
	folder_put(s.root, ".eve.ini", "name = Eve\n");
	commit(&s, "begin");
	folder_put(s.root, "notes.txt", "more\n");
	commit(&s, "nothing of the book's");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 1\n");
	GIT(&s, "rm", "-q", "work/bob.ini");
	commit(&s, "change");
	expect_walk(&s, NULL, 0, "change: M ana.ini, D work/bob.ini\n"
				 "begin: A .kith/config, A ana.ini, A work/bob.ini\n");
	expect_walk(&s, NULL, 1, "change: M ana.ini, D work/bob.ini\n");
	expect_walk(&s, "work/bob.ini", 0, "change: D work/bob.ini\nbegin: A work/bob.ini\n");
	expect_walk(&s, "work/bob.ini", 1, "change: D work/bob.ini\n");
	expect_walk(&s, ".kith/config", 0, "begin: A .kith/config\n");
	expect_walk(&s, "nobody.ini", 0, "");
	scene_end(&s);
}

static int expect_front(void *ctx, const struct past_commit *c, struct fault *f)
{
	char *const *ids = ctx;

	assert_string_equal(c->id, ids[1]);
	assert_string_equal(c->parent, ids[0]);
	assert_string_equal(c->author, "Eve \033[31m\"E\" E");
	assert_string_equal(c->email, "eve@ok.example");
	assert_int_equal(c->time, 1163901570);
	assert_int_equal(c->zone, -150);
	assert_int_equal(c->committed, 1795176000);
	assert_string_equal(c->subject, "subject goes on\033[2J");
	assert_string_equal(c->body, "body\n:100644 is no record\n\nKith: set\n");
	assert_int_equal(c->n_files, 1);
	const struct past_file *file = c->files;
	assert_int_equal(file->status, 'M');
	assert_string_equal(file->path, "ana.ini");
	assert_string_equal(file->before, "72943a16fb2c8f38f9dde202b7a70ccc19c52f34");
	assert_string_equal(file->after, "f761ec192d9f0dca3329044b96ebdb12839dbff6");
	assert_int_equal(file->n_others, 0);
	return 1;
}

static void test_past__tells_who_and_when_as_it_stands(void **state)
{
	static const char *const env[] = { "GIT_COMMITTER_DATE=2026-11-20T12:00:00Z",
					   "GIT_AUTHOR_DATE=2006-11-18T23:29:30-0230",
					   "GIT_AUTHOR_NAME=Eve \033[31m\"E\" E",
					   "GIT_AUTHOR_EMAIL=eve@ok.example", NULL };
	static const char *const args[] = { "commit", "-q", "-a", "-m", "subject\ngoes on\033[2J\n\n"
					    "body\n:100644 is no record\n\nKith: set", NULL };
	struct scene s;
	struct fault f = FAULT_INIT;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "aaa\n");
	char *first = commit_of(&s, "first", "2026-11-19T12:00:00Z");
	folder_put(s.root, "ana.ini", "bbb\n");
	mem_free(git_in(s.repo.top, args, env));
	char *ids[] = { first, GIT_SAYS(&s, "rev-parse", "HEAD") };
	assert_int_equal(past_walk(s.past, NULL, "ana.ini", expect_front, ids, &f), 0);
	assert_int_equal(past_show(s.past, ids[1], expect_front, ids, &f), 0);
	mem_free(ids[0]);
	mem_free(ids[1]);
	scene_end(&s);
}

static void test_past__reads_messages_in_other_encodings_and_without_words(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "a\n");
	commit(&s, "");
	GIT(&s, "config", "i18n.commitEncoding", "ISO-8859-1");
	folder_put(s.root, "ana.ini", "b\n");
	commit(&s, "caf\xe9");
	expect_walk(&s, NULL, 0, "caf\xc3\xa9: M ana.ini\n: A ana.ini\n");
	expect_walk(&s, "ana.ini", 0, "caf\xc3\xa9: M ana.ini\n: A ana.ini\n");
	scene_end(&s);
}

static int fail_at_second(void *ctx, const struct past_commit *c, struct fault *f)
{
	return (*(int *)ctx)++ ? fault_set(f, FAULT_INVALID, "enough at %s", c->subject) : 0;
}

static void test_past__stops_with_the_visitors_fault(void **state)
{
	struct scene s;
	struct fault f = FAULT_INIT;
	int told = 0;

	scene_make(&s);
	for (int i = 0; i < 3; i++) {
		char text[] = { (char)('a' + i), '\n', '\0' };
		folder_put(s.root, "ana.ini", text);
		commit(&s, text);
	}
	assert_int_equal(past_walk(s.past, NULL, NULL, fail_at_second, &told, &f), FAULT_INVALID);
	assert_string_equal(f.msg, "enough at b");
	assert_int_equal(told, 2);
	scene_end(&s);
}

/* Take a commit's object away: git cannot go beyond it. */
static void lose(struct scene *s, const char *rev)
{
	char *name = GIT_SAYS(s, "rev-parse", rev);
	struct buf path = BUF_INIT;

	buf_add_fmt(&path, "%s/.git/objects/%.2s/%s", s->folder, name, name + 2);
	assert_int_equal(unlink(path.at), 0);
	buf_release(&path);
	mem_free(name);
}

static void test_past__tells_of_a_commit_before_git_goes_on(void **state)
{
	struct scene s;
	struct tale t = { BUF_INIT, 0 };
	struct fault f = FAULT_INIT;

	scene_make(&s);
	for (int i = 0; i < 4; i++) {
		char text[] = { (char)('a' + i), '\n', '\0' };
		folder_put(s.root, "ana.ini", text);
		commit(&s, text);
	}
	lose(&s, "HEAD~3");
	expect_walk(&s, "ana.ini", 2, "d: M ana.ini\nc: M ana.ini\n");
	assert_int_equal(past_walk(s.past, NULL, "ana.ini", tell, &t, &f), FAULT_OS);
	assert_string_equal(t.text.at, "d: M ana.ini\nc: M ana.ini\n");
	buf_release(&t.text);
	scene_end(&s);
}

static void test_past__begins_where_it_is_told_to(void **state)
{
	struct scene s;
	struct tale t = { BUF_INIT, 0 };
	struct fault f = FAULT_INIT;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "a\n");
	char *first = commit_of(&s, "first", "2026-11-19T12:00:00Z");
	folder_put(s.root, "ana.ini", "b\n");
	commit(&s, "second");
	assert_int_equal(past_walk(s.past, first, "ana.ini", tell, &t, &f), 0);
	assert_string_equal(t.text.at, "first: A ana.ini\n");
	buf_release(&t.text);
	mem_free(first);
	scene_end(&s);
}

static void test_past__is_not_led_astray_by_settings(void **state)
{
	static const char *const settings[][2] = {
		{ "log.showSignature", "true" },   { "gpg.program", "false" },
		{ "log.showRoot", "false" },	   { "log.follow", "true" },
		{ "log.date", "relative" },	   { "log.decorate", "full" },
		{ "log.abbrevCommit", "true" },    { "log.diffMerges", "off" },
		{ "log.mailmap", "true" },	   { "format.pretty", "oneline" },
		{ "diff.renames", "copies" },	   { "diff.orderFile", "/nothing/there" },
		{ "diff.relative", "true" },	   { "diff.external", "false" },
		{ "diff.noprefix", "true" },	   { "color.ui", "always" },
		{ "core.quotePath", "true" },	   { "core.abbrev", "4" },
		{ "core.pager", "false" },	   { "pager.log", "true" },
		{ "status.relativePaths", "true" }, { "status.showUntrackedFiles", "no" },
		{ "status.branch", "true" },	   { "status.showStash", "true" },
		{ "core.fsmonitor", "false" },	   { "alias.log", "!false" },
	};
	struct scene s;

	scene_make_at(&s, "people", NULL);
	folder_put(s.root, "ana.ini", "name = Ana\nuid = 1\n");
	commit(&s, "begin");
	GIT(&s, "mv", "ana.ini", "zoe.ini");
	commit(&s, "rename");
	folder_put(s.root, "new.ini", "a");
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		GIT(&s, "config", settings[i][0], settings[i][1]);
	expect_walk(&s, NULL, 0, "rename: D ana.ini, A zoe.ini\nbegin: A ana.ini\n");
	expect_walk(&s, "zoe.ini", 0, "rename: A zoe.ini, D ana.ini\nbegin: A ana.ini\n");
	expect_uncommitted(&s, "A new.ini\n");
	scene_end(&s);
}

/* ---- names it had before ---- */

static void test_past__follows_a_contact_by_its_uid(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\nuid = 1\n");
	folder_put(s.root, "bob.ini", "name = Bob\nuid = 2\n");
	commit(&s, "begin");
	folder_put(s.root, "ana.ini", "name = Ana\nuid = 1\nphone = 2\n");
	commit(&s, "edit");
	GIT(&s, "rm", "-q", "ana.ini", "bob.ini");
	folder_put(s.root, "a/zoe.ini", "uid = 1\nname = Zoe\nemail = zoe@ok.example\n");
	commit(&s, "rename");
	folder_put(s.root, "ana.ini", "name = Another Ana\nuid = 3\n");
	commit(&s, "another");
	expect_walk(&s, "a/zoe.ini", 0, "rename: A a/zoe.ini, D ana.ini\n"
					"edit: M ana.ini\nbegin: A ana.ini\n");
	expect_walk(&s, "a/zoe.ini", 1, "rename: A a/zoe.ini, D ana.ini\n");
	expect_walk(&s, "bob.ini", 0, "rename: D bob.ini\nbegin: A bob.ini\n");
	scene_end(&s);
}

static void test_past__follows_a_contact_by_alias_and_to_another_folder(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\n");
	commit(&s, "begin");
	GIT(&s, "rm", "-q", "ana.ini");
	folder_put(s.root, "zoe.ini", "name = Zoe\nalias = Z\nalias = ANA\nuid = 1\n");
	commit(&s, "rename");
	folder_put(s.root, "bob.ini", "name = Bob\n");
	folder_put(s.root, "work/.keep", "");
	GIT(&s, "mv", "-k", "zoe.ini", "work/");
	commit(&s, "move");
	expect_walk(&s, "work/zoe.ini", 0, "move: A work/zoe.ini, D zoe.ini\n"
					   "rename: A zoe.ini, D ana.ini\nbegin: A ana.ini\n");
	scene_end(&s);
}

static void test_past__does_not_follow_to_somebody_else(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\nuid = 1\n");
	folder_put(s.root, "bob.ini", "name = Bob\n");
	commit(&s, "begin");
	GIT(&s, "rm", "-q", "ana.ini", "bob.ini");
	folder_put(s.root, "zoe.ini", "name = Zoe\nalias = ana\nuid = 2\n");
	commit(&s, "replace");
	folder_put(s.root, "ana.ini", "name = Ana\nuid = 1\n");
	commit(&s, "back");
	expect_walk(&s, "zoe.ini", 0, "replace: A zoe.ini\n");
	expect_walk(&s, "ana.ini", 0, "back: A ana.ini\nreplace: D ana.ini\nbegin: A ana.ini\n");
	scene_end(&s);
}

/* ---- merges ---- */

struct merged {
	struct past_file file;
	size_t n_files;
	char *others[2];
};

static int keep_merge(void *ctx, const struct past_commit *c, struct fault *f)
{
	struct merged *m = ctx;

	if (strcmp(c->subject, "merge") != 0)
		return 0;
	m->n_files = c->n_files;
	assert_true(c->n_files > 0);
	m->file = c->files[0];
	for (size_t i = 0; i < m->file.n_others; i++)
		m->others[i] = mem_copy(m->file.others[i], strlen(m->file.others[i]));
	return 1;
}

/* Ana was changed here and there, Bob only there. */
static void merge_sides(struct scene *s)
{
	folder_put(s->root, "ana.ini", "a = 1\n");
	folder_put(s->root, "bob.ini", "b = 1\n");
	commit(s, "begin");
	GIT(s, "checkout", "-q", "-b", "side");
	folder_put(s->root, "ana.ini", "a = side\n");
	folder_put(s->root, "bob.ini", "b = side\n");
	mem_free(commit_of(s, "there", "2026-11-21T12:00:00Z"));
	GIT(s, "checkout", "-q", "main");
	folder_put(s->root, "ana.ini", "a = main\n");
	mem_free(commit_of(s, "here", "2026-11-22T12:00:00Z"));
	GIT(s, "merge", "-q", "--no-commit", "-s", "ours", "side");
	folder_put(s->root, "ana.ini", "a = main\na = side\n");
	folder_put(s->root, "bob.ini", "b = side\n");
	mem_free(commit_of(s, "merge", "2026-11-23T12:00:00Z"));
}

static void test_past__tells_of_a_merge_what_it_did_itself(void **state)
{
	struct scene s;
	struct merged m = { .n_files = 0 };
	struct fault f = FAULT_INIT;

	scene_make(&s);
	merge_sides(&s);
	expect_walk(&s, NULL, 0, "merge: M ana.ini\nhere: M ana.ini\n"
				 "there: M ana.ini, M bob.ini\nbegin: A ana.ini, A bob.ini\n");
	expect_walk(&s, "bob.ini", 0, "there: M bob.ini\nbegin: A bob.ini\n");
	assert_int_equal(past_walk(s.past, NULL, "ana.ini", keep_merge, &m, &f), 0);
	assert_int_equal(m.n_files, 1);
	assert_int_equal(m.file.n_others, 1);
	char *there = GIT_SAYS(&s, "rev-parse", "side:ana.ini");
	assert_string_equal(m.others[0], there);
	mem_free(there);
	mem_free(m.others[0]);
	scene_end(&s);
}

static void test_past__shows_a_merge_against_its_first_parent(void **state)
{
	struct scene s;
	struct tale t = { BUF_INIT, 0 };
	struct fault f = FAULT_INIT;

	scene_make(&s);
	merge_sides(&s);
	char *head = GIT_SAYS(&s, "rev-parse", "HEAD");
	assert_int_equal(past_show(s.past, head, tell, &t, &f), 0);
	assert_string_equal(t.text.at, "merge: M ana.ini, M bob.ini\n");
	mem_free(head);
	folder_put(s.folder, "notes.txt", "x");
	head = commit_of(&s, "nothing", "2026-11-24T12:00:00Z");
	buf_clear(&t.text);
	assert_int_equal(past_show(s.past, head, tell, &t, &f), 0);
	assert_string_equal(t.text.at, "nothing:\n");
	mem_free(head);
	buf_release(&t.text);
	assert_int_equal(past_show(s.past, "1234567890123456789012345678901234567890", tell, &t, &f),
			 FAULT_OS);
	scene_end(&s);
}

/* Ana becomes Zoe on one side, and gets a phone on the other, which is the first parent or not. */
static void rename_and_edit(struct scene *s, bool renamed_here)
{
	const char *names[] = { "ana.ini", "zoe.ini" };
	const char *texts[] = { "name = Ana\nuid = 1\nphone = 1\n", "name = Zoe\nuid = 1\n" };

	folder_put(s->root, "ana.ini", "name = Ana\nuid = 1\n");
	commit(s, "begin");
	GIT(s, "checkout", "-q", "-b", "side");
	for (int i = 0; i < 2; i++) {
		int which = i ? renamed_here : !renamed_here;
		if (i)
			GIT(s, "checkout", "-q", "main");
		GIT(s, "rm", "-q", "ana.ini");
		folder_put(s->root, names[which], texts[which]);
		mem_free(commit_of(s, which ? "rename" : "phone",
				   i ? "2026-11-22T12:00:00Z" : "2026-11-21T12:00:00Z"));
	}
	GIT(s, "merge", "-q", "--no-commit", "-s", "ours", "side");
	GIT(s, "rm", "-q", "-f", "--ignore-unmatch", "ana.ini", "zoe.ini");
	folder_put(s->root, "zoe.ini", "name = Zoe\nuid = 1\nphone = 1\n");
	mem_free(commit_of(s, "merge", "2026-11-23T12:00:00Z"));
	folder_put(s->root, "zoe.ini", "name = Zoe\nuid = 1\nphone = 2\n");
	mem_free(commit_of(s, "edit", "2026-11-24T12:00:00Z"));
}

static void test_past__follows_both_sides_of_a_merge(void **state)
{
	struct scene s;

	scene_make(&s);
	rename_and_edit(&s, false);
	expect_walk(&s, "zoe.ini", 0, "edit: M zoe.ini\nmerge: A zoe.ini, D ana.ini\n"
				      "phone: M ana.ini\nrename: D ana.ini, A zoe.ini\n"
				      "begin: A ana.ini\n");
	expect_walk(&s, "zoe.ini", 3, "edit: M zoe.ini\nmerge: A zoe.ini, D ana.ini\n"
				      "phone: M ana.ini\n");
	scene_end(&s);
	scene_make(&s);
	rename_and_edit(&s, true);
	expect_walk(&s, "zoe.ini", 0, "edit: M zoe.ini\nmerge: M zoe.ini\n"
				      "rename: D ana.ini, A zoe.ini\nphone: M ana.ini\n"
				      "begin: A ana.ini\n");
	struct merged m = { .n_files = 0 };
	struct fault f = FAULT_INIT;
	assert_int_equal(past_walk(s.past, NULL, "zoe.ini", keep_merge, &m, &f), 0);
	char *there = GIT_SAYS(&s, "rev-parse", "side:ana.ini");
	assert_string_equal(m.others[0], there);
	mem_free(there);
	mem_free(m.others[0]);
	scene_end(&s);
}
