#include "unit.h"

#include <sqlite3.h>
#include <sys/wait.h>

#include "dice.h"
#include "folder.h"

#include "index/block.h"

enum { VERSION = 7, SEAL = 99, MANY = 40 };
#define NAME "index.db"

/* ---- a store with known blocks ---- */

/* Block `id` in its edition: of any length, some longer than a page of the database. */
static void add_bytes(int64_t id, int edition, struct buf *out)
{
	struct dice d = dice_of((uint64_t)id * 1000 + (uint64_t)edition);

	for (size_t n = dice_roll(&d, id % 8 ? 300 : 40000); n; n--)
		buf_add_char(out, (char)dice_roll(&d, 256));
}

static bool put(struct blocks *s, int64_t id, int edition)
{
	struct buf bytes = BUF_INIT;

	add_bytes(id, edition, &bytes);
	bool done = blocks_put(s, id, SEAL, buf_text(&bytes));
	buf_release(&bytes);
	return done;
}

/* Is what is read there of this edition? Absent is fine where `may_lack`. */
static bool has(struct blocks *s, int64_t id, int edition)
{
	struct buf want = BUF_INIT, got = BUF_INIT;

	add_bytes(id, edition, &want);
	buf_add_str(&got, "before");
	bool found = blocks_get(s, id, SEAL, &got);
	assert_true(text_starts(buf_text(&got), TEXT("before")));
	assert_true(found || got.n == 6);
	bool same = found && text_equal(text_part(buf_text(&got), 6, got.n), buf_text(&want));
	buf_release(&want);
	buf_release(&got);
	return same;
}

static bool fill(struct blocks *s, int edition)
{
	bool done = blocks_begin(s);

	for (int64_t id = 0; id < MANY; id++)
		done = done && put(s, id, edition);
	return done && blocks_commit(s);
}

static void expect_filled(struct blocks *s, int edition)
{
	for (int64_t id = 0; id < MANY; id++)
		assert_true(has(s, id, edition));
	assert_false(blocks_damaged(s));
}

static struct blocks *open_in(const char *root)
{
	return blocks_open(root, NAME, VERSION);
}

static void make_filled(const char *root)
{
	struct blocks *s = open_in(root);

	assert_non_null(s);
	assert_true(fill(s, 1));
	blocks_close(s);
}

/* Whatever was there: nothing wrong is read, and writing makes it good. */
static void expect_healing(const char *root)
{
	struct blocks *s = open_in(root);

	assert_non_null(s);
	for (int64_t id = 0; id < MANY; id++) {
		struct buf got = BUF_INIT;
		assert_true(!blocks_get(s, id, SEAL, &got) || has(s, id, 1));
		buf_release(&got);
	}
	if (!fill(s, 2)) /* damage that was met only now */
		assert_true(fill(s, 2));
	expect_filled(s, 2);
	blocks_close(s);
	s = open_in(root);
	assert_non_null(s);
	expect_filled(s, 2);
	blocks_close(s);
}

/* ---- raw bytes of the file ---- */

static void read_raw(const char *root, const char *name, struct buf *out)
{
	char *full = folder_path(root, name);

	buf_clear(out);
	folder_read_file(full, out);
	mem_free(full);
}

static void expect_raw(const char *root, const char *name, const struct buf *want)
{
	struct buf got = BUF_INIT;

	read_raw(root, name, &got);
	assert_true(text_equal(buf_text(&got), buf_text(want)));
	buf_release(&got);
}

static void sql(const char *root, const char *statements)
{
	char *full = folder_path(root, NAME);
	sqlite3 *db;

	assert_int_equal(sqlite3_open(full, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, statements, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	mem_free(full);
}

/* ---- what it is for ---- */

static void test_block__keeps_bytes_by_number(void **state)
{
	char *root = folder_make();
	struct buf got = BUF_INIT;

	struct blocks *s = open_in(root);
	assert_non_null(s);
	assert_false(blocks_get(s, 0, SEAL, &got));
	assert_true(fill(s, 1));
	expect_filled(s, 1);
	assert_false(blocks_get(s, MANY, SEAL, &got));
	assert_false(blocks_get(s, -1, SEAL, &got));
	blocks_close(s);
	s = open_in(root);
	expect_filled(s, 1);
	assert_true(fill(s, 2));
	expect_filled(s, 2);
	blocks_close(s);
	blocks_close(NULL);
	buf_release(&got);
	folder_remove(root);
}

static void test_block__keeps_the_empty_block_and_far_numbers(void **state)
{
	static const int64_t ids[] = { 0, 1, INT64_C(1) << 40, INT64_MAX - 1, -5 };
	char *root = folder_make();
	struct buf got = BUF_INIT;

	struct blocks *s = open_in(root);
	assert_true(blocks_begin(s));
	for (size_t i = 0; i < 5; i++)
		assert_true(blocks_put(s, ids[i], SEAL, TEXT_NONE));
	assert_true(blocks_put(s, 9, SEAL, (struct text){ NULL, 0 }));
	assert_true(blocks_put(s, 10, SEAL, (struct text){ "\0x\0", 3 }));
	assert_true(blocks_commit(s));
	for (size_t i = 0; i < 5; i++)
		assert_true(blocks_get(s, ids[i], SEAL, &got));
	assert_true(blocks_get(s, 9, SEAL, &got));
	assert_int_equal(got.n, 0);
	assert_true(blocks_get(s, 10, SEAL, &got));
	assert_true(text_equal(buf_text(&got), (struct text){ "\0x\0", 3 }));
	blocks_close(s);
	buf_release(&got);
	folder_remove(root);
}

static void test_block__drops_a_range(void **state)
{
	char *root = folder_make();
	struct buf got = BUF_INIT;

	make_filled(root);
	struct blocks *s = open_in(root);
	assert_true(blocks_begin(s));
	assert_true(blocks_drop(s, 3, 9));
	assert_true(blocks_drop(s, 20, 20));
	assert_true(blocks_drop(s, 30, INT64_MAX));
	assert_true(blocks_commit(s));
	for (int64_t id = 0; id < MANY; id++)
		assert_int_equal(blocks_get(s, id, SEAL, &got), id < 3 || (id >= 9 && id < 30));
	assert_false(blocks_damaged(s));
	blocks_close(s);
	buf_release(&got);
	folder_remove(root);
}

static void test_block__gives_nothing_under_another_seal(void **state)
{
	char *root = folder_make();
	struct buf got = BUF_INIT;

	make_filled(root);
	struct blocks *s = open_in(root);
	assert_false(blocks_get(s, 1, SEAL + 1, &got));
	assert_int_equal(got.n, 0);
	expect_filled(s, 1); /* which is no damage */
	blocks_close(s);
	buf_release(&got);
	folder_remove(root);
}

static void test_block__takes_back_what_was_not_committed(void **state)
{
	char *root = folder_make();

	make_filled(root);
	struct blocks *s = open_in(root);
	assert_true(blocks_begin(s));
	assert_true(put(s, 1, 2));
	blocks_cancel(s);
	expect_filled(s, 1);
	blocks_cancel(s);
	assert_false(put(s, 1, 2));
	assert_false(blocks_drop(s, 0, 9));
	assert_false(blocks_commit(s));
	expect_filled(s, 1);
	assert_true(blocks_begin(s));
	assert_true(put(s, 1, 2));
	blocks_close(s);
	s = open_in(root);
	expect_filled(s, 1);
	blocks_close(s);
	folder_remove(root);
}

static void test_block__is_for_its_owner_alone(void **state)
{
	char *root = folder_make();
	struct stat st;

	mode_t was = umask(0);
	make_filled(root);
	umask(was);
	char *full = folder_path(root, NAME);
	assert_int_equal(stat(full, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	mem_free(full);
	folder_remove(root);
}

/* ---- damage ---- */

static void test_block__begins_anew_from_what_is_no_database(void **state)
{
	static const char zeros[5000], *const texts[] = {
		"", "x", "SQLite format 3", "SQLite format 3\n and then something else entirely",
		"[contact]\nname = Ana\n",
	};
	char *root = folder_make();

	expect_healing(root);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		folder_put(root, NAME, texts[i]);
		expect_healing(root);
	}
	for (size_t n = 1; n <= sizeof zeros; n *= 5) {
		folder_put_bytes(root, NAME, (struct text){ zeros, n });
		expect_healing(root);
	}
	for (uint64_t seed = 1; seed <= 10; seed++) {
		struct dice d = dice_of(seed);
		struct buf bytes = BUF_INIT;
		buf_add(&bytes, "SQLite format 3", seed % 2 ? 16 : 0);
		for (size_t n = 80 + dice_roll(&d, 40000); n; n--)
			buf_add_char(&bytes, (char)dice_roll(&d, 256));
		memcpy(bytes.at + 68, "kith", 4);
		folder_put_bytes(root, NAME, buf_text(&bytes));
		expect_healing(root);
		buf_release(&bytes);
	}
	folder_remove(root);
}

static void test_block__cut_off_anywhere_heals(void **state)
{
	char *root = folder_make();
	struct buf whole = BUF_INIT;

	make_filled(root);
	read_raw(root, NAME, &whole);
	for (size_t n = 0; n < whole.n; n += 1 + n / 4) {
		folder_put_bytes(root, NAME, text_part(buf_text(&whole), 0, n));
		expect_healing(root);
	}
	folder_put_bytes(root, NAME, text_part(buf_text(&whole), 0, whole.n - 1));
	expect_healing(root);
	buf_release(&whole);
	folder_remove(root);
}

/* Each block that can be read is of one of the first `editions`. */
static void expect_none_wrong(struct blocks *s, uint64_t seed, int editions)
{
	for (int64_t id = 0; id < MANY; id++) {
		struct buf got = BUF_INIT;
		bool found = blocks_get(s, id, SEAL, &got);
		if (found && !has(s, id, 1) && (editions < 2 || !has(s, id, 2)))
			fail_msg("seed %d: block %d is wrong", (int)seed, (int)id);
		buf_release(&got);
	}
}

static void turn_bytes(const char *root, const struct buf *whole, uint64_t seed, size_t within)
{
	struct dice d = dice_of(seed);
	struct buf bytes = BUF_INIT;

	buf_add_text(&bytes, buf_text(whole));
	for (size_t n = seed % 2 ? 60 : 1 + dice_roll(&d, 3); n; n--)
		bytes.at[dice_roll(&d, within)] ^= (char)(1 + dice_roll(&d, 255));
	folder_put_bytes(root, NAME, buf_text(&bytes));
	struct blocks *s = open_in(root);
	if (s) {
		expect_none_wrong(s, seed, 1);
		bool done = fill(s, 2) || fill(s, 2);
		expect_none_wrong(s, seed, done ? 2 : 1);
	}
	blocks_close(s);
	buf_release(&bytes);
}

static void test_block__gives_right_bytes_or_none_when_bytes_are_turned(void **state)
{
	char *root = folder_make();
	struct buf whole = BUF_INIT;

	make_filled(root);
	read_raw(root, NAME, &whole);
	for (uint64_t seed = 1; seed <= 60; seed++)
		turn_bytes(root, &whole, seed, whole.n);
	for (uint64_t seed = 61; seed <= 120; seed++)
		turn_bytes(root, &whole, seed, 120);
	buf_release(&whole);
	folder_remove(root);
}

/* The table as another statement would make it, with bytes that are sound. */
static void test_block__notices_a_table_that_is_not_its_own(void **state)
{
	static const char primary[] = "INTEGER PRIMARY KEY";
	char *root = folder_make();
	struct buf whole = BUF_INIT;
	size_t at = 0;

	make_filled(root);
	read_raw(root, NAME, &whole);
	while (memcmp(whole.at + at, primary, sizeof primary - 1))
		at++;
	for (size_t i = 0; i < sizeof primary - 1; i++) {
		whole.at[at + i] ^= 1;
		folder_put_bytes(root, NAME, buf_text(&whole));
		expect_healing(root);
		whole.at[at + i] ^= 1;
	}
	buf_release(&whole);
	folder_remove(root);
}

static void test_block__of_another_version_is_emptied(void **state)
{
	static const unsigned versions[] = { 0, 1, VERSION - 1, VERSION + 1, 2000000000 };
	char *root = folder_make();

	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		struct blocks *s = blocks_open(root, NAME, versions[i]);
		assert_non_null(s);
		assert_true(fill(s, 3));
		blocks_close(s);
		s = open_in(root);
		assert_non_null(s);
		assert_true(blocks_damaged(s));
		for (int64_t id = 0; id < MANY; id++)
			assert_false(has(s, id, 3));
		assert_true(blocks_begin(s));
		assert_true(put(s, 1, 1));
		assert_true(blocks_commit(s));
		assert_true(has(s, 1, 1));
		for (int64_t id = 2; id < MANY; id++)
			assert_false(has(s, id, 3));
		blocks_close(s);
	}
	folder_remove(root);
}

static void test_block__whose_table_is_gone_heals(void **state)
{
	char *root = folder_make();

	make_filled(root);
	sql(root, "DROP TABLE block");
	expect_healing(root);
	sql(root, "DROP TABLE block; CREATE TABLE block (id TEXT, other TEXT)");
	expect_healing(root);
	sql(root, "DROP TABLE block; CREATE VIEW block AS SELECT 1 AS id, 2 AS checksum, 3 AS bytes");
	expect_healing(root);
	folder_remove(root);
}

/* ---- what is in its place ---- */

static void test_block__leaves_a_database_of_others_alone(void **state)
{
	static const char *const foreign[] = {
		"CREATE TABLE mine (x)", "PRAGMA application_id = 7; CREATE TABLE block (id)",
		"PRAGMA application_id = 7", "PRAGMA application_id = 7; PRAGMA user_version = 7",
		"CREATE TABLE block (id INTEGER PRIMARY KEY, checksum INTEGER, bytes BLOB)",
		"PRAGMA journal_mode = WAL; CREATE TABLE mine (x); INSERT INTO mine VALUES (1)",
		"PRAGMA user_version = 7; CREATE VIEW v AS SELECT 1",
	};

	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		char *root = folder_make();
		struct buf was = BUF_INIT;
		sql(root, foreign[i]);
		read_raw(root, NAME, &was);
		assert_null(open_in(root));
		assert_null(open_in(root));
		expect_raw(root, NAME, &was);
		buf_release(&was);
		folder_remove(root);
	}
}

static void test_block__leaves_a_damaged_database_of_others_alone(void **state)
{
	static const char *const foreign[] = { "PRAGMA application_id = 7; CREATE TABLE mine (x)",
					       "CREATE TABLE mine (x)" };
	char *root = folder_make();
	struct buf was = BUF_INIT;

	for (size_t i = 0; i < 2; i++) {
		sql(root, foreign[i]);
		read_raw(root, NAME, &was);
		for (size_t n = was.n - 1; n > 100; n /= 2) {
			buf_set_len(&was, n);
			folder_put_bytes(root, NAME, buf_text(&was));
			assert_null(open_in(root));
			expect_raw(root, NAME, &was);
		}
		folder_put(root, NAME, "");
	}
	buf_release(&was);
	folder_remove(root);
}

static void test_block__does_not_follow_a_symlink(void **state)
{
	static const char *const others[] = { "", "name = Ana\n", "SQLite format 3" };
	char *root = folder_make();

	folder_link(root, "other", NAME);
	assert_null(open_in(root));
	assert_false(folder_has(root, "other"));
	for (size_t i = 0; i < 3; i++) {
		folder_put(root, "other", others[i]);
		assert_null(open_in(root));
		folder_expect(root, "other", others[i]);
	}
	struct blocks *s = blocks_open(root, "other.db", VERSION);
	assert_true(fill(s, 1));
	folder_link(root, "other.db", "link.db");
	assert_null(blocks_open(root, "link.db", VERSION));
	expect_filled(s, 1);
	blocks_close(s);
	folder_remove(root);
}

static void test_block__does_without_where_there_can_be_none(void **state)
{
	char *root = folder_make(), *full = folder_path(root, NAME);

	assert_null(blocks_open("/no/such/folder", NAME, VERSION));
	assert_int_equal(mkdir(full, 0700), 0);
	assert_null(open_in(root));
	assert_int_equal(rmdir(full), 0);
	assert_int_equal(mkfifo(full, 0600), 0);
	struct blocks *s = open_in(root);
	assert_true(!s || !fill(s, 1));
	blocks_close(s);
	mem_free(full);
	folder_remove(root);
}

static void test_block__does_without_in_a_folder_that_cannot_be_written(void **state)
{
	if (!geteuid())
		skip();
	char *root = folder_make();
	make_filled(root);
	assert_int_equal(chmod(root, 0500), 0);
	struct blocks *s = open_in(root);
	assert_non_null(s);
	expect_filled(s, 1);
	assert_false(fill(s, 2));
	expect_filled(s, 1);
	blocks_close(s);
	char *full = folder_path(root, NAME);
	assert_int_equal(chmod(root, 0700), 0);
	assert_int_equal(unlink(full), 0);
	assert_int_equal(chmod(root, 0500), 0);
	assert_null(open_in(root));
	assert_int_equal(chmod(root, 0700), 0);
	mem_free(full);
	folder_remove(root);
}

/* ---- several at once ---- */

static void test_block__says_false_while_another_writes(void **state)
{
	char *root = folder_make();

	make_filled(root);
	struct blocks *a = open_in(root), *b = open_in(root);
	assert_true(blocks_begin(a));
	assert_true(put(a, 1, 2));
	assert_false(blocks_begin(b));
	assert_false(put(b, 2, 3));
	assert_false(blocks_commit(b));
	expect_filled(b, 1);
	assert_true(blocks_commit(a));
	assert_true(has(b, 1, 2));
	assert_true(has(b, 2, 1));
	assert_false(blocks_damaged(b));
	assert_true(fill(b, 4));
	expect_filled(a, 4);
	blocks_close(a);
	blocks_close(b);
	folder_remove(root);
}

static void test_block__reads_one_state_while_held(void **state)
{
	char *root = folder_make();

	make_filled(root);
	struct blocks *a = open_in(root), *b = open_in(root);
	blocks_hold(a);
	assert_true(has(a, 1, 1));
	assert_false(fill(b, 2));
	expect_filled(a, 1);
	blocks_let_go(a);
	expect_filled(b, 1);
	assert_true(fill(b, 2));
	expect_filled(a, 2);
	blocks_close(a);
	blocks_close(b);
	folder_remove(root);
}

static void test_block__locked_at_first_is_not_touched(void **state)
{
	char *root = folder_make(), *full = folder_path(root, NAME);
	sqlite3 *db;

	make_filled(root);
	assert_int_equal(sqlite3_open(full, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	struct blocks *s = open_in(root);
	assert_true(!s || !blocks_begin(s));
	assert_true(!s || !has(s, 1, 1));
	assert_true(!s || !blocks_damaged(s));
	blocks_close(s);
	assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	s = open_in(root);
	expect_filled(s, 1);
	blocks_close(s);
	mem_free(full);
	folder_remove(root);
}

static void test_block__emptied_by_one_is_empty_for_the_other(void **state)
{
	char *root = folder_make();
	struct buf got = BUF_INIT;

	make_filled(root);
	sql(root, "UPDATE block SET checksum = 1 WHERE id = 2");
	struct blocks *a = open_in(root), *b = open_in(root);
	assert_true(has(a, 1, 1));
	assert_false(blocks_get(b, 2, SEAL, &got));
	assert_true(blocks_damaged(b));
	assert_true(blocks_begin(b));
	assert_true(put(b, 5, 2));
	assert_true(blocks_commit(b));
	assert_true(has(a, 5, 2));
	assert_false(blocks_get(a, 1, SEAL, &got));
	blocks_close(a);
	blocks_close(b);
	buf_release(&got);
	folder_remove(root);
}

/* The other process ends without a word after so many blocks. */
static void die_while_writing(const char *root, int64_t after)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		struct blocks *s = open_in(root);
		bool done = s && blocks_begin(s);
		for (int64_t id = 0; id < after; id++)
			done = done && put(s, id, 2);
		_exit(done ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void test_block__of_a_killed_writer_is_as_it_was(void **state)
{
	char *root = folder_make();

	make_filled(root);
	for (int64_t after = 0; after <= MANY; after += 10) {
		die_while_writing(root, after);
		struct blocks *s = open_in(root);
		assert_non_null(s);
		expect_filled(s, 1);
		blocks_close(s);
	}
	struct blocks *s = open_in(root);
	assert_true(fill(s, 2));
	blocks_close(s);
	folder_remove(root);
}
