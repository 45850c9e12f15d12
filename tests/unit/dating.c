#include "unit.h"

#include "contact/contact.h"
#include "history/dating.h"
#include "past_scene.h"

static void commit_on(struct scene *s, const char *day)
{
	struct buf date = BUF_INIT;

	buf_add_fmt(&date, "%sT12:00:00Z", day);
	mem_free(commit_of(s, "edit", date.at));
	buf_release(&date);
}

static struct contact read_contact(struct scene *s, const char *path)
{
	char *full = folder_path(s->root, path);
	struct buf bytes = BUF_INIT;
	struct contact c;

	folder_read_file(full, &bytes);
	size_t n = bytes.n;
	contact_read(&c, path, buf_take(&bytes), n);
	mem_free(full);
	return c;
}

/* "phone.cell=2: set 2024-05-01\n", a line each. */
static char *told_of(const struct datings *list)
{
	static const char *const how[] = { "not", "new", "set", "first", "before" };
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < list->n; i++) {
		const struct dated *d = &list->at[i];
		buf_add_fmt(&out, "%.*s=%.*s: %s ", TEXT_FMT(d->key), TEXT_FMT(d->value),
			    how[d->how]);
		date_format(d->day, &out);
		while (out.at[out.n - 1] == ' ')
			buf_set_len(&out, out.n - 1);
		buf_add_char(&out, '\n');
	}
	return buf_take(&out);
}

static void expect_list(const struct datings *list, const char *want)
{
	char *told = told_of(list);

	assert_string_equal(told, want);
	mem_free(told);
}

/* The file as it is now. */
static void expect_dates(struct scene *s, const char *path, const char *want)
{
	struct datings list = DATINGS_INIT;
	struct fault f = FAULT_INIT;
	struct contact c = read_contact(s, path);

	datings_of(&c, &list);
	if (dating_of(s->past, &c, &list, &f) < 0)
		fail_msg("%s", f.msg);
	expect_list(&list, want);
	datings_release(&list);
	contact_release(&c);
}

/* ---- one contact ---- */

static void test_dating__tells_when_each_value_was_set(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 1\nemail = a@x\n");
	commit_on(&s, "2020-01-01");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 2\nemail = a@x\n");
	folder_put(s.root, "bob.ini", "name = Bob\n");
	commit_on(&s, "2021-01-01");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 2\nemail = a@x\nemail.work = b@x\n"
		   "[log]\n2021-02-01 = call: x\n[garden]\nroses = red\n");
	commit_on(&s, "2022-01-01");
	expect_dates(&s, "ana.ini", "name=Ana: first 2020-01-01\nphone=2: set 2021-01-01\n"
		     "email=a@x: first 2020-01-01\nemail.work=b@x: set 2022-01-01\n"
		     "2021-02-01=call: x: set 2022-01-01\nroses=red: set 2022-01-01\n");
	scene_end(&s);
}

static void test_dating__asks_what_is_said_and_not_where(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\ntags = a, b\nphone = 1\nphone = 2\n");
	commit_on(&s, "2020-01-01");
	folder_put(s.root, "ana.ini", "# c\n[Contact]\n  Phone = 2\n  PHONE = 1\n  tags = b,c\n"
		   "  tags = a\n  name =   Ana\n");
	commit_on(&s, "2021-01-01");
	expect_dates(&s, "ana.ini", "Phone=2: first 2020-01-01\nPHONE=1: first 2020-01-01\n"
		     "tags=b: first 2020-01-01\ntags=c: set 2021-01-01\ntags=a: first 2020-01-01\n"
		     "name=Ana: first 2020-01-01\n");
	scene_end(&s);
}

static void test_dating__is_of_the_last_time_it_came(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 1\n");
	commit_on(&s, "2020-01-01");
	folder_put(s.root, "ana.ini", "name = Ana\n");
	commit_on(&s, "2021-01-01");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 1\n");
	commit_on(&s, "2022-01-01");
	expect_dates(&s, "ana.ini", "name=Ana: first 2020-01-01\nphone=1: set 2022-01-01\n");
	GIT(&s, "rm", "-q", "ana.ini");
	commit_on(&s, "2023-01-01");
	folder_put(s.root, "ana.ini", "name = Ana\n");
	commit_on(&s, "2024-01-01");
	expect_dates(&s, "ana.ini", "name=Ana: first 2024-01-01\n");
	scene_end(&s);
}

static void test_dating__knows_no_day_of_what_is_not_committed(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\n");
	expect_dates(&s, "ana.ini", "name=Ana: new\n");
	commit_on(&s, "2020-01-01");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 1\n");
	folder_put(s.root, "bob.ini", "name = Bob\n");
	expect_dates(&s, "ana.ini", "name=Ana: first 2020-01-01\nphone=1: new\n");
	expect_dates(&s, "bob.ini", "name=Bob: new\n");
	GIT(&s, "add", "-A");
	expect_dates(&s, "ana.ini", "name=Ana: first 2020-01-01\nphone=1: new\n");
	scene_end(&s);
}

static void test_dating__takes_the_day_of_the_author(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\n");
	mem_free(commit_of(&s, "edit", "2020-01-01T23:30:00-0800"));
	expect_dates(&s, "ana.ini", "name=Ana: first 2020-01-01\n");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 1\n");
	mem_free(commit_of(&s, "edit", "2020-05-02T00:30:00+0530"));
	expect_dates(&s, "ana.ini", "name=Ana: first 2020-01-01\nphone=1: set 2020-05-02\n");
	scene_end(&s);
}

static void test_dating__follows_another_name(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\nuid = 7\nphone = 1\n");
	folder_put(s.root, "bob.ini", "name = Bob\nphone = 1\n");
	folder_put(s.root, "cy.ini", "name = Cy\nphone = 1\n");
	commit_on(&s, "2020-01-01");
	folder_put(s.root, "work/ruiz.ini", "name = Ana Ruiz\nuid = 7\nphone = 1\n");
	folder_put(s.root, "robert.ini", "name = Bob\nalias = bob\nphone = 1\n");
	folder_put(s.root, "dee.ini", "name = Dee\nphone = 1\n");
	GIT(&s, "rm", "-q", "ana.ini", "bob.ini", "cy.ini");
	commit_on(&s, "2021-01-01");
	expect_dates(&s, "work/ruiz.ini", "name=Ana Ruiz: set 2021-01-01\n"
		     "uid=7: first 2020-01-01\nphone=1: first 2020-01-01\n");
	expect_dates(&s, "robert.ini", "name=Bob: first 2020-01-01\nalias=bob: set 2021-01-01\n"
		     "phone=1: first 2020-01-01\n");
	expect_dates(&s, "dee.ini", "name=Dee: first 2021-01-01\nphone=1: first 2021-01-01\n");
	GIT(&s, "mv", "robert.ini", "work");
	expect_dates(&s, "work/robert.ini", "name=Bob: first 2020-01-01\n"
		     "alias=bob: set 2021-01-01\nphone=1: first 2020-01-01\n");
	scene_end(&s);
}

static void commit_as(struct scene *s, const char *day, const char *command)
{
	struct buf message = BUF_INIT, date = BUF_INIT;

	buf_add_fmt(&message, "subject\n\nana: phone\n\nKith: %s\n", command);
	buf_add_fmt(&date, "%sT12:00:00Z", day);
	mem_free(commit_of(s, message.at, date.at));
	buf_release(&message);
	buf_release(&date);
}

static void test_dating__does_not_count_what_was_brought_back(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 1\n");
	commit_on(&s, "2020-01-01");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 2\n");
	commit_as(&s, "2021-01-01", "set");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 1\nurl = from elsewhere\n");
	commit_as(&s, "2022-01-01", "restore");
	expect_dates(&s, "ana.ini", "name=Ana: first 2020-01-01\nphone=1: first 2020-01-01\n"
		     "url=from elsewhere: set 2022-01-01\n");
	GIT(&s, "rm", "-q", "ana.ini");
	commit_as(&s, "2023-01-01", "rm");
	folder_put(s.root, "ana.ini", "name = Ana\nphone = 2\nphone = 1\n");
	commit_as(&s, "2024-01-01", "undo 1a2b3c4");
	expect_dates(&s, "ana.ini", "name=Ana: first 2020-01-01\nphone=2: set 2021-01-01\n"
		     "phone=1: first 2020-01-01\n");
	folder_put(s.root, "bob.ini", "name = Bob\n");
	commit_as(&s, "2025-01-01", "restore");
	commit_as(&s, "2025-02-01", "set");
	expect_dates(&s, "bob.ini", "name=Bob: set 2025-01-01\n");
	scene_end(&s);
}

/* ---- branches ---- */

/* On main phone 1 becomes 2, on a branch there is an email; the merge also adds a url. */
static void make_branches(struct scene *s)
{
	scene_make(s);
	folder_put(s->root, "ana.ini", "name = Ana\nphone = 1\n\n\n\n\nlang = en\n");
	commit_on(s, "2020-01-01");
	GIT(s, "checkout", "-q", "-b", "side");
	folder_put(s->root, "ana.ini", "name = Ana\nphone = 1\n\n\n\n\nlang = en\nemail = a@x\n");
	commit_on(s, "2020-06-01");
	GIT(s, "checkout", "-q", "main");
	folder_put(s->root, "ana.ini", "name = Ana\nphone = 2\n\n\n\n\nlang = en\n");
	commit_on(s, "2020-03-01");
	GIT(s, "merge", "-q", "--no-commit", "side");
	folder_put(s->root, "ana.ini",
		   "name = Ana\nphone = 2\n\n\n\n\nlang = en\nemail = a@x\nurl = u\n");
	commit_on(s, "2022-01-01");
}

#define BRANCHES "name=Ana: first 2020-01-01\nphone=2: set 2020-03-01\n" \
	"lang=en: first 2020-01-01\nemail=a@x: set 2020-06-01\nurl=u: set 2022-01-01\n"

static void test_dating__looks_behind_a_merge(void **state)
{
	struct scene s;

	make_branches(&s);
	expect_dates(&s, "ana.ini", BRANCHES);
	scene_end(&s);
}

/* ---- many ---- */

static void expect_walk_dates(struct scene *s, const char *const *paths, size_t n,
			      const char *const *want)
{
	struct contact *c = mem_alloc(n * sizeof *c);
	struct datings *lists = mem_alloc(n * sizeof *lists);
	struct aging *aging = mem_alloc(n * sizeof *aging);
	char *head = GIT_SAYS(s, "rev-parse", "HEAD");
	struct fault f = FAULT_INIT;

	for (size_t i = 0; i < n; i++) {
		c[i] = read_contact(s, paths[i]);
		datings_of(&c[i], &lists[i]);
		aging[i] = (struct aging){ paths[i], &lists[i] };
	}
	if (dating_walk(s->past, head, aging, n, &f) < 0)
		fail_msg("%s", f.msg);
	for (size_t i = 0; i < n; i++) {
		expect_list(&lists[i], want[i]);
		datings_release(&lists[i]);
		contact_release(&c[i]);
	}
	mem_free(head);
	mem_free(aging);
	mem_free(lists);
	mem_free(c);
}

static void test_dating__walks_once_for_many(void **state)
{
	static const char *const paths[] = { "zoe.ini", "work/ruiz.ini", "ana.ini", "bob.ini" };
	static const char *const want[] = {
		"name=Zoe: first 2019-01-01\n",
		"name=Ana: first 2020-01-01\nuid=7: first 2020-01-01\nphone=2: set 2021-01-01\n",
		"name=New Ana: first 2022-01-01\nuid=8: first 2022-01-01\n",
		"name=Bob: set 2021-01-01\n",
	};
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "zoe.ini", "name = Zoe\n");
	folder_put(s.root, "bob.ini", "name = bob\n");
	commit_on(&s, "2019-01-01");
	folder_put(s.root, "ana.ini", "name = Ana\nuid = 7\nphone = 1\n");
	commit_on(&s, "2020-01-01");
	folder_put(s.root, "work/ruiz.ini", "name = Ana\nuid = 7\nphone = 2\n");
	folder_put(s.root, "bob.ini", "name = Bob\n");
	GIT(&s, "rm", "-q", "ana.ini");
	commit_on(&s, "2021-01-01");
	folder_put(s.root, "ana.ini", "name = New Ana\nuid = 8\n");
	commit_on(&s, "2022-01-01");
	expect_walk_dates(&s, paths, 4, want);
	scene_end(&s);
}

static void test_dating__walks_through_merges(void **state)
{
	static const char *const path = "ana.ini", *const want = BRANCHES;
	struct scene s;

	make_branches(&s);
	expect_walk_dates(&s, &path, 1, &want);
	scene_end(&s);
}

/* Further commits that change a file, one a day from 2021-01-01 on. */
static void import_commits(struct scene *s, const char *path, unsigned n)
{
	static const char *const args[] = { "fast-import", "--quiet", NULL };
	const long first = date_days((struct date){ 2021, 1, 1 });
	struct buf in = BUF_INIT;
	struct fault f = FAULT_INIT;

	for (unsigned i = 0; i < n; i++) {
		buf_add_fmt(&in, "commit refs/heads/main\ncommitter A <a@x> %ld +0000\ndata 1\nx\n",
			    (first + (long)i) * 86400);
		if (!i)
			buf_add_str(&in, "from refs/heads/main^0\n");
		buf_add_fmt(&in, "M 100644 inline %s\ndata 10\nnote = %03u\n", path, i % 1000);
	}
	if (program_run(&s->repo, args, buf_text(&in), NULL, NULL, &f) < 0)
		fail_msg("%s", f.msg);
	GIT(s, "reset", "-q", "--hard");
	buf_release(&in);
}

static void test_dating__stops_after_so_many_commits(void **state)
{
	static const char *const path = "ana.ini";
	static const char *const want[] = { "name=Ana: first 2020-01-01\n",
					    "name=Ana: before 2021-01-02\n" };
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "ana.ini", "name = Ana\n");
	commit_on(&s, "2020-01-01");
	import_commits(&s, "bob.ini", DATING_MOST - 1);
	expect_walk_dates(&s, &path, 1, &want[0]);
	import_commits(&s, "bob.ini", 1);
	expect_dates(&s, path, want[0]);
	GIT(&s, "reset", "-q", "--hard", "HEAD~2000");
	import_commits(&s, "bob.ini", DATING_MOST + 1);
	expect_walk_dates(&s, &path, 1, &want[1]);
	scene_end(&s);
}

/* ---- lists ---- */

static void test_dating__narrows_to_what_another_version_has(void **state)
{
	static const char then[] = "phone = 2\ntags = b, x\n[log]\n2020-01-01 = a\n";
	static const char now[] = "phone = 1\nphone = 2\nTags = a, B, b\nnote = 2\n"
				  "[LOG]\n2020-01-01 = a\n2020-01-02 = a\n";
	struct datings list = DATINGS_INIT;
	struct contact a, b;

	contact_read(&a, "a.ini", mem_copy(now, sizeof now - 1), sizeof now - 1);
	contact_read(&b, "b.ini", mem_copy(then, sizeof then - 1), sizeof then - 1);
	datings_of(&a, &list);
	datings_narrow(&list, &b);
	datings_own(&list);
	contact_release(&a);
	contact_release(&b);
	expect_list(&list, "phone=2: not\nTags=b: not\n2020-01-01=a: not\n");
	datings_release(&list);
}
