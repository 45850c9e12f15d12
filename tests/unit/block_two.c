#include "unit.h"

#include <sqlite3.h>

#include "folder.h"

#include "index/block.h"

/* Two processes at one store, which is empty or damaged. */

enum { VERSION = 7, SEAL = 99 };

static struct blocks *open_in(const char *root)
{
	struct blocks *s = blocks_open(root, "index.db", VERSION);

	assert_non_null(s);
	return s;
}

static bool has(struct blocks *s)
{
	struct buf got = BUF_INIT;

	bool found = blocks_get(s, 2, SEAL, &got) && text_equal(buf_text(&got), TEXT("two"));
	buf_release(&got);
	return found;
}

static void damage(const char *root)
{
	char *full = folder_path(root, "index.db");
	sqlite3 *db;

	assert_int_equal(sqlite3_open(full, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE block SET checksum = 1", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	mem_free(full);
}

static void test_block__made_anew_by_one_is_not_emptied_by_the_other(void **state)
{
	char *root = folder_make();

	for (int i = 0; i < 2; i++) {
		if (i)
			damage(root);
		struct blocks *a = open_in(root), *b = open_in(root);
		assert_false(has(a));
		assert_false(has(b));
		assert_true(blocks_damaged(a) && blocks_damaged(b));
		assert_true(blocks_begin(a) && blocks_put(a, 2, SEAL, TEXT("two")));
		assert_true(blocks_commit(a));
		assert_true(blocks_begin(b) && blocks_commit(b));
		assert_true(has(b));
		assert_true(has(a));
		blocks_close(a);
		blocks_close(b);
	}
	folder_remove(root);
}

static void test_block__reading_is_not_begun_while_another_writes(void **state)
{
	char *root = folder_make(), *full = folder_path(root, "index.db");
	sqlite3 *db;

	struct blocks *s = open_in(root);
	assert_true(blocks_begin(s) && blocks_put(s, 2, SEAL, TEXT("two")) && blocks_commit(s));
	assert_int_equal(sqlite3_open(full, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	assert_false(blocks_hold(s));
	assert_false(blocks_damaged(s));
	assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
	assert_true(blocks_hold(s));
	assert_true(has(s));
	blocks_let_go(s);
	sqlite3_close(db);
	blocks_close(s);
	mem_free(full);
	folder_remove(root);
}
