#include "unit.h"

#include "book_scene.h"

static void people_make(struct scene *s)
{
	scene_make(s);
	folder_put(s->root, "ana-ruiz.ini", "name = Ana Ruíz\nemail = ana@x.example\n"
		   "email.work = A.Ruiz@Work.example\n"
		   "[log]\n2026-01-02 = met: at the harbour fair\n");
	folder_put(s->root, "family/ana-lopez.ini", "name = Ana María López\nnick = Mari\n");
	folder_put(s->root, "glynis-jordan.ini", "name = Glynis Jordan\nalias = glynis-smith\n");
	folder_put(s->root, "lukasz.ini", "name = Łukasz Żak\nnote = plays the cello\n");
	folder_put(s->root, "solo.ini", "nick = Uno\nname = Uno\n");
	folder_put(s->root, "twin.ini", "name = Twin One\n");
	folder_put(s->root, "work/twin.ini", "name = Twin Two\n");
	folder_put(s->root, "broken.ini", "\xff\xfe\0");
	char *fifo = folder_path(s->root, "fifo-man.ini");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	mem_free(fifo);
}

static void expect_resolved(struct scene *s, const char *typed, enum book_match match,
			    const char *want)
{
	struct book_found found;

	assert_int_equal(book_resolve(&s->b, text_of(typed), &found, &s->f), 0);
	assert_int_equal(found.n, 1);
	assert_string_equal(found.at[0].path, want);
	assert_int_equal(found.at[0].match, match);
	book_found_release(&found);
}

static void expect_fault(struct scene *s, const char *typed, int code, const char *msg)
{
	struct book_found found;

	assert_int_equal(book_resolve(&s->b, text_of(typed), &found, &s->f), code);
	if (msg)
		assert_string_equal(s->f.msg, msg);
	book_found_release(&found);
}

static void test_resolve__takes_the_best_level_that_fits(void **state)
{
	static const struct {
		const char *typed;
		enum book_match match;
		const char *path;
	} cases[] = {
		{ "ana-ruiz.ini", MATCH_PATH, "ana-ruiz.ini" },
		{ "./ana-ruiz.ini", MATCH_PATH, "ana-ruiz.ini" },
		{ "family/ana-lopez.ini", MATCH_PATH, "family/ana-lopez.ini" },
		{ "family/ana-lopez", MATCH_PATH, "family/ana-lopez.ini" },
		{ "work/twin.ini", MATCH_PATH, "work/twin.ini" },
		{ "ana-ruiz", MATCH_ID, "ana-ruiz.ini" },
		{ " Ana-Lopez ", MATCH_ID, "family/ana-lopez.ini" },
		{ "broken", MATCH_ID, "broken.ini" },
		{ "Glynis-Smith", MATCH_ALIAS, "glynis-jordan.ini" },
		{ "a.ruiz@work.example", MATCH_EMAIL, "ana-ruiz.ini" },
		{ "mari", MATCH_NICK, "family/ana-lopez.ini" },
		{ "uno", MATCH_NICK, "solo.ini" },
		{ "ana ruiz", MATCH_NAME, "ana-ruiz.ini" },
		{ "ANA  RUÍZ", MATCH_NAME, "ana-ruiz.ini" },
		{ "lukasz zak", MATCH_NAME, "lukasz.ini" },
		{ "jordan", MATCH_WORDS, "glynis-jordan.ini" },
		{ "lo an", MATCH_STARTS, "family/ana-lopez.ini" },
		{ "gly", MATCH_STARTS, "glynis-jordan.ini" },
		{ "ordan", MATCH_PARTS, "glynis-jordan.ini" },
		{ "glynis ordan", MATCH_PARTS, "glynis-jordan.ini" },
		{ "work.example", MATCH_WORDS, "ana-ruiz.ini" },
		{ "fifo", MATCH_WORDS, "fifo-man.ini" },
		{ "cello", MATCH_ANYWHERE, "lukasz.ini" },
		{ "harbour ana", MATCH_ANYWHERE, "ana-ruiz.ini" },
	};
	struct scene s;

	people_make(&s);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect_resolved(&s, cases[i].typed, cases[i].match, cases[i].path);
	scene_end(&s);
}

static void test_resolve__takes_words_before_beginnings_before_parts(void **state)
{
	struct scene s;

	scene_make(&s);
	folder_put(s.root, "tanaka.ini", "name = Tanaka Ko\n");
	expect_resolved(&s, "ana", MATCH_PARTS, "tanaka.ini");
	folder_put(s.root, "weld.ini", "name = Anabel Weld\n");
	book_relist(&s.b);
	expect_resolved(&s, "ana", MATCH_STARTS, "weld.ini");
	folder_put(s.root, "ruiz.ini", "name = Ana Ruiz\n");
	book_relist(&s.b);
	expect_resolved(&s, "ana", MATCH_WORDS, "ruiz.ini");
	scene_end(&s);
}

static void test_resolve__reads_paths_from_where_the_user_stands(void **state)
{
	struct scene s;

	people_make(&s);
	char *family = folder_path(s.root, "family");
	char *full = folder_path(s.root, "family/ana-lopez.ini");
	folder_put(s.root, "family/ana-ruiz.ini", "name = Another Ana Ruiz\n");
	assert_int_equal(chdir(family), 0);
	expect_resolved(&s, "ana-lopez.ini", MATCH_PATH, "family/ana-lopez.ini");
	expect_resolved(&s, "ana-ruiz.ini", MATCH_PATH, "family/ana-ruiz.ini");
	expect_resolved(&s, "twin.ini", MATCH_PATH, "twin.ini");
	expect_resolved(&s, full, MATCH_PATH, "family/ana-lopez.ini");
	expect_resolved(&s, "../work/twin.ini", MATCH_PATH, "work/twin.ini");
	expect_resolved(&s, "../work/../family/../solo", MATCH_PATH, "solo.ini");
	expect_fault(&s, "../none/x", FAULT_NOTFOUND, "no contact '../none/x'");
	expect_fault(&s, "../../x", FAULT_INVALID, "'../../x' leads out of the book");
	assert_int_equal(chdir("/"), 0);
	expect_resolved(&s, "work/../solo.ini", MATCH_PATH, "solo.ini");
	expect_resolved(&s, "ana-ruiz.ini", MATCH_PATH, "ana-ruiz.ini");
	expect_resolved(&s, full + 1, MATCH_PATH, "family/ana-lopez.ini");
	mem_free(family);
	mem_free(full);
	scene_end(&s);
}

static void test_resolve__finds_nothing_outside(void **state)
{
	static const char *const cases[] = {
		"../x", "family/../../x.ini", "/etc/passwd", "/etc/passwd.ini", "..", "",
		" ", "../../etc/passwd", "/",
	};
	struct scene s;
	struct book_found found;

	people_make(&s);
	folder_put(s.root, "..ini", "");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int rc = book_resolve(&s.b, text_of(cases[i]), &found, &s.f);
		assert_true(rc == FAULT_INVALID || rc == FAULT_NOTFOUND);
		book_found_release(&found);
	}
	expect_fault(&s, "../x", FAULT_INVALID, "'../x' leads out of the book");
	expect_fault(&s, ".kith/config", FAULT_NOTFOUND, NULL);
	scene_end(&s);
}

static void test_resolve__names_the_candidates_when_several_fit(void **state)
{
	struct scene s;
	struct book_found found;

	people_make(&s);
	assert_int_equal(book_resolve(&s.b, TEXT("ana"), &found, &s.f), FAULT_AMBIGUOUS);
	assert_string_equal(s.f.msg, "'ana' fits 2 contacts: ana-lopez, ana-ruiz");
	assert_int_equal(found.n, 2);
	assert_string_equal(found.at[0].name, "Ana María López");
	assert_int_equal(found.at[0].match, MATCH_WORDS);
	book_found_release(&found);
	assert_int_equal(book_resolve(&s.b, TEXT("twin"), &found, &s.f), FAULT_AMBIGUOUS);
	assert_string_equal(s.f.msg, "'twin' is the id of 2 contacts: twin.ini, work/twin.ini");
	assert_string_equal(found.at[1].name, "Twin Two");
	assert_int_equal(found.at[1].match, MATCH_ID);
	book_found_release(&found);
	for (char i = '1'; i < '9'; i++) {
		char file[] = "zed-0.ini";
		file[4] = i;
		folder_put(s.root, file, "name = Zed\n");
	}
	book_relist(&s.b);
	expect_fault(&s, "zed", FAULT_AMBIGUOUS,
		     "'zed' fits 8 contacts: zed-1, zed-2, zed-3, zed-4, zed-5 and 3 more");
	scene_end(&s);
}

static void test_resolve__names_the_nearest_when_nobody_fits(void **state)
{
	static const struct {
		const char *typed, *msg;
	} cases[] = {
		{ "gllynis", "no contact 'gllynis'; did you mean Glynis Jordan (glynis-jordan)?" },
		{ "Lukazs", "no contact 'Lukazs'; did you mean Łukasz Żak (lukasz)?" },
		{ "Mrai", "no contact 'Mrai'; did you mean Ana María López (ana-lopez)?" },
		{ "ana luiz", "no contact 'ana luiz'; did you mean Ana Ruíz (ana-ruiz)?" },
		{ "qqqqqqqq", "no contact 'qqqqqqqq'" },
		{ "q", "no contact 'q'" },
	};
	struct scene s;

	people_make(&s);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect_fault(&s, cases[i].typed, FAULT_NOTFOUND, cases[i].msg);
	scene_end(&s);
}
