#include "unit.h"

#include "index_scene.h"

#include <sys/resource.h>

#include "index/block.h"
#include "index/snapshot.h"

/* ---- what it is for ---- */

static void put_numbered(const struct place_of_all *p, int i, const char *text)
{
	struct buf path = BUF_INIT, bytes = BUF_INIT;

	buf_add_fmt(&path, "p%05d.ini", i);
	buf_add_fmt(&bytes, "name = %sn%05d\n", text, i);
	folder_put(p->root, path.at, bytes.at);
	buf_release(&path);
	buf_release(&bytes);
}

static void put_many(const struct place_of_all *p, int from, int to, const char *text)
{
	for (int i = from; i < to; i++)
		put_numbered(p, i, text);
}

/* Each query finds what it should, looking at no more than so many files. */
static void expect_found(const struct place_of_all *p, struct desk *k, const char *typed,
			 size_t most_seen)
{
	struct truth t;

	tick(); /* or the last that were written might not be trusted yet */
	learn(&t, p);
	book_relist(&k->b);
	size_t seen = expect_true(p, k, &t, typed, &by_index);
	if (seen > most_seen)
		fail_msg("'%s' looked at %zu files", typed, seen);
	forget(&t);
}

static void test_index__narrows_a_search(void **state)
{
	struct place_of_all p;
	struct desk k;

	make_places(&p, 0);
	put_many(&p, 0, 300, "Person ");
	folder_put(p.root, "ana.ini", "name = Ana Ruíz\nphone = +49 (0)30 7654\n");
	folder_put(p.root, "bo.ini", "name = Bo Li\n[log]\n2026-01-01 = at the harbour\n");
	desk_open(&k, &p, true, 0);
	expect_found(&p, &k, "ruiz", 1);
	expect_found(&p, &k, "harbour OR ruiz", 2);
	expect_found(&p, &k, "person -harbour", 300);
	expect_found(&p, &k, "phone:0049307654", 1);
	expect_found(&p, &k, "person n00123", 1);
	expect_found(&p, &k, "n00123", 3);
	expect_found(&p, &k, "zebra", 0);
	expect_found(&p, &k, "name:ruiz (bo OR ana)", 1);
	desk_close(&k);
	desk_open(&k, &p, true, 0);
	expect_found(&p, &k, "ruiz", 1);
	desk_close(&k);
	remove_places(&p);
}

static bool is_made(const struct place_of_all *p)
{
	char *full = index_file(p);
	bool made = !access(full, F_OK);

	mem_free(full);
	return made;
}

static void test_index__is_made_for_a_large_book_or_where_it_is_wished(void **state)
{
	struct place_of_all p;
	struct desk k;

	make_places(&p, 0);
	put_many(&p, 0, 199, "Person ");
	desk_open(&k, &p, true, 0);
	expect_found(&p, &k, "n00123", 199);
	assert_false(is_made(&p));
	put_many(&p, 199, 200, "Person ");
	expect_found(&p, &k, "n00123", 3);
	assert_true(is_made(&p));
	put_many(&p, 200, 201, "Person ");
	desk_close(&k);
	remove_places(&p);
	make_places(&p, 0);
	put_many(&p, 0, 1, "Person ");
	desk_open(&k, &p, true, INDEX_ALWAYS);
	expect_found(&p, &k, "zebra", 0);
	assert_true(is_made(&p));
	desk_close(&k);
	remove_places(&p);
}

static void test_index__asked_for_as_it_is_needs_one_that_is_there(void **state)
{
	struct place_of_all p;
	struct truth t;
	struct desk k;

	make_places(&p, 0);
	put_many(&p, 0, 20, "Person ");
	learn(&t, &p);
	desk_open(&k, &p, true, INDEX_CACHED);
	expect_true(&p, &k, &t, "n00012", &by_both);
	assert_false(k.b.cached);
	assert_false(is_made(&p));
	desk_close(&k);
	forget(&t);
	remove_places(&p);
}

static void read_index(const struct place_of_all *p, struct buf *out)
{
	char *full = index_file(p);

	folder_read_file(full, out);
	mem_free(full);
}

static void test_index__is_not_written_where_nothing_changed(void **state)
{
	static const char *const paths[] = { "a/z.ini", "b.ini", "b/a.ini", "c/m.ini", "a/b.ini" };
	struct place_of_all p;
	struct buf before = BUF_INIT, after = BUF_INIT;

	make_places(&p, 0);
	for (size_t i = 0; i < 5; i++)
		folder_put(p.root, paths[i], "name = Ana\n");
	tick();
	for (int i = 0; i < 2; i++) {
		struct desk k;
		desk_open(&k, &p, true, INDEX_ALWAYS);
		look_at(&k);
		desk_close(&k);
		read_index(&p, i ? &after : &before);
	}
	assert_true(text_equal(buf_text(&before), buf_text(&after)));
	buf_release(&before);
	buf_release(&after);
	remove_places(&p);
}

static void test_index__is_read_again_when_the_book_is_listed_again(void **state)
{
	struct place_of_all p;
	struct truth t;
	struct desk k, other;

	make_places(&p, 0);
	put_many(&p, 0, 20, "Person ");
	desk_open(&other, &p, true, INDEX_ALWAYS);
	expect_found(&p, &other, "n00012", 1);
	desk_open(&k, &p, true, INDEX_CACHED);
	learn(&t, &p);
	expect_true(&p, &k, &t, "n00012", &by_both);
	forget(&t);
	put_many(&p, 10, 30, "Someone ");
	expect_found(&p, &other, "n00012", 1);
	book_relist(&k.b);
	learn(&t, &p);
	expect_true(&p, &k, &t, "someone", &by_both);
	assert_true(k.b.cached);
	forget(&t);
	desk_close(&k);
	desk_close(&other);
	remove_places(&p);
}

/* A folder put in place of the book, with the same paths, is another book. */
static void test_index__of_another_book_is_not_used(void **state)
{
	struct place_of_all p;
	struct desk k;
	struct fault f = FAULT_INIT;

	make_places(&p, 0);
	put_many(&p, 0, 20, "Person ");
	desk_open(&k, &p, true, INDEX_ALWAYS);
	expect_found(&p, &k, "n00012", 1);
	desk_close(&k);
	struct buf aside = BUF_INIT;
	buf_add_fmt(&aside, "%s.aside", p.root);
	assert_int_equal(rename(p.root, aside.at), 0);
	assert_int_equal(mkdir(p.root, 0700), 0);
	put_many(&p, 0, 20, "Nobody ");
	desk_open(&k, &p, true, INDEX_CACHED | INDEX_ALWAYS);
	assert_int_equal(book_list(&k.b, &f), 0);
	assert_false(k.b.cached);
	expect_found(&p, &k, "nobody n00012", 1);
	desk_close(&k);
	folder_remove(mem_copy(aside.at, aside.n));
	buf_release(&aside);
	remove_places(&p);
}

static void test_index__does_without_where_there_can_be_none(void **state)
{
	struct place_of_all p;
	char *cache, *caches[3];

	make_places(&p, 0);
	put_many(&p, 0, 300, "Person ");
	cache = p.cache;
	folder_put(cache, "file", "");
	folder_put(cache, "taken/kith", "");
	caches[0] = folder_path(cache, "file");
	caches[1] = folder_path(cache, "taken");
	caches[2] = mem_copy("/proc", 5);
	for (int i = 0; i < 3; i++) {
		struct desk k;
		p.cache = caches[i];
		desk_open(&k, &p, true, INDEX_ALWAYS);
		expect_found(&p, &k, "n00123", 300);
		desk_close(&k);
		mem_free(caches[i]);
	}
	p.cache = cache;
	remove_places(&p);
}

/* While another writes, what changed is looked at, and nothing is stored. */
static void test_index__is_locked_by_another(void **state)
{
	struct place_of_all p;
	struct desk k;

	make_places(&p, 0);
	put_many(&p, 0, 40, "Person ");
	desk_open(&k, &p, true, INDEX_ALWAYS);
	expect_found(&p, &k, "n00012", 1);
	expect_found(&p, &k, "n00012", 1);
	char *full = index_file(&p);
	*strrchr(full, '/') = '\0';
	struct blocks *s = blocks_open(full, "index.db", 1);
	assert_true(blocks_begin(s));
	put_many(&p, 0, 5, "Changed ");
	expect_found(&p, &k, "n00012", 6);
	expect_found(&p, &k, "changed", 5);
	blocks_cancel(s);
	blocks_close(s);
	expect_found(&p, &k, "changed", 5);
	mem_free(full);
	desk_close(&k);
	remove_places(&p);
}

/* ---- segments ---- */

static size_t count_segments(const struct place_of_all *p)
{
	struct buf bytes = BUF_INIT;
	struct snapshot s;
	char *full = index_file(p);

	*strrchr(full, '/') = '\0';
	struct blocks *b = blocks_open(full, "index.db", 1);
	assert_true(blocks_get(b, 0, 0, &bytes));
	assert_true(snapshot_read(&s, buf_text(&bytes)));
	size_t n = s.segments.n;
	snapshot_release(&s);
	blocks_close(b);
	buf_release(&bytes);
	mem_free(full);
	return n;
}

static void test_index__grows_by_segments(void **state)
{
	struct place_of_all p;
	struct desk k;

	make_places(&p, 0);
	desk_open(&k, &p, true, 0);
	for (int i = 0; i < 3; i++) {
		put_many(&p, i * 600, i * 600 + 600, "Person ");
		expect_found(&p, &k, "n00123", 6);
		expect_found(&p, &k, "n00599 OR n00600 OR n01799", 18);
		assert_int_equal(count_segments(&p), i + 1);
	}
	put_many(&p, 100, 110, "Changed ");
	expect_found(&p, &k, "person -n00123", 1800);
	expect_found(&p, &k, "changed", 10);
	expect_found(&p, &k, "n00105", 30);
	desk_close(&k);
	remove_places(&p);
}

/* So many files, from the first on, look changed. */
static void touch_many(const struct place_of_all *p, int n)
{
	struct buf path = BUF_INIT;

	for (int i = 0; i < n; i++) {
		buf_clear(&path);
		buf_add_fmt(&path, "%s/p%05d.ini", p->root, i);
		assert_int_equal(utimensat(AT_FDCWD, path.at, NULL, 0), 0);
	}
	buf_release(&path);
}

static void test_index__joins_too_many_segments(void **state)
{
	enum { FILES = 1040, CHANGES = 515 };
	struct place_of_all p;
	struct desk k;
	size_t n = 1, before;

	make_places(&p, 0);
	put_many(&p, 0, FILES, "Person ");
	desk_open(&k, &p, true, 0);
	tick();
	look_at(&k);
	do {
		before = n;
		touch_many(&p, CHANGES);
		put_many(&p, (int)n, (int)n + 1, "Changed ");
		tick();
		if (n < 40)
			look_at(&k);
		else
			expect_found(&p, &k, "changed", n);
		n = count_segments(&p);
	} while (n == before + 1);
	assert_int_equal(before, 48);
	assert_int_equal(n, 1);
	expect_found(&p, &k, "changed", before);
	desk_close(&k);
	remove_places(&p);
}

/* More than one segment in one go, on all cores. */
static void test_index__of_very_many_misses_nobody(void **state)
{
	enum { MANY = 8192 + 300 };
	struct place_of_all p;
	struct truth t;
	struct desk k;

	make_places(&p, 0);
	put_numbered(&p, 0, "Person ");
	char *first = folder_path(p.root, "p00000.ini");
	for (int i = 1; i < MANY; i++) {
		struct buf path = BUF_INIT;
		buf_add_fmt(&path, "%s/p%05d.ini", p.root, i);
		assert_int_equal(link(first, path.at), 0);
		buf_release(&path);
	}
	mem_free(first);
	learn(&t, &p);
	desk_open(&k, &p, true, 0);
	assert_int_equal(expect_true(&p, &k, &t, "p0 person", &by_index), MANY);
	assert_int_equal(count_segments(&p), 2);
	expect_true(&p, &k, &t, "p08191 OR p00000", &by_index);
	forget(&t);
	desk_close(&k);
	remove_places(&p);
}

/* ---- a file that can't be read just then ---- */

/* No more than so many files can be opened from now on. Returns what was. */
static struct rlimit leave_files(int free)
{
	struct rlimit was, few;
	int fds[8];

	for (int i = 0; i < free; i++)
		fds[i] = dup(0);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
	few = was;
	few.rlim_cur = (rlim_t)fds[free - 1] + 1;
	for (int i = 0; i < free; i++)
		close(fds[i]);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	return was;
}

static void test_index__takes_a_file_that_could_not_be_read_for_unknown(void **state)
{
	struct place_of_all p;
	struct desk k;

	make_places(&p, 0);
	for (char c = 'a'; c < 'k'; c++) {
		char path[] = "sub/a.ini", text[] = "name = Early Bird a\n";
		path[4] = text[18] = c;
		folder_put(p.root, path, text);
	}
	put_many(&p, 0, 20, "Person ");
	desk_open(&k, &p, true, INDEX_ALWAYS);
	expect_found(&p, &k, "early", 10);
	tick();
	put_many(&p, 0, 20, "Changed ");
	tick();
	/* one for the index's journal, and one: enough for a file, not for its folder too */
	struct rlimit was = leave_files(2);
	look_at(&k);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	expect_found(&p, &k, "changed", 30);
	expect_found(&p, &k, "early bird", 30);
	desk_close(&k);
	remove_places(&p);
}
