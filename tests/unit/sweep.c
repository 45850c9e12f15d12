#include "unit.h"

#include "folder.h"

#include "base/text.h"
#include "book/book.h"
#include "index/sweep.h"

/* Long ago, so that a change now has another stamp at once. */
static void put_old(const char *root, const char *path, const char *text)
{
	char *full = folder_path(root, path);
	struct timespec then[2] = { { .tv_sec = 1000000000, .tv_nsec = 5 },
				    { .tv_sec = 1000000000, .tv_nsec = 5 } };

	folder_put(root, path, text);
	assert_int_equal(utimensat(AT_FDCWD, full, then, 0), 0);
	mem_free(full);
}

static uint64_t stamp_of(const char *root, const char *path)
{
	struct book_file file = { .path = path };
	uint64_t stamp;
	int fd = folder_open(root);

	sweep_files(&(struct book){ .fd = fd, .files = &file, .n_files = 1 }, &stamp);
	close(fd);
	return stamp;
}

static void move(const char *root, const char *from, const char *to)
{
	char *a = folder_path(root, from), *b = folder_path(root, to);

	assert_int_equal(rename(a, b), 0);
	mem_free(a);
	mem_free(b);
}

/* Wait until what was written is older than now; by the clock itself, a few milliseconds. */
static uint64_t sure_stamp_of(const char *root, const char *path)
{
	uint64_t stamp;

	while ((stamp = stamp_of(root, path)) == SWEEP_UNSURE)
		;
	return stamp;
}

static void test_sweep__is_sure_of_what_has_rested_only(void **state)
{
	char *root = folder_make();

	put_old(root, "ana.ini", "name = Ana\n");
	uint64_t stamp = sure_stamp_of(root, "ana.ini");
	assert_int_equal(stamp_of(root, "ana.ini"), stamp);
	folder_put(root, "ana.ini", "name = Bea\n"); /* of the same size */
	uint64_t other = stamp_of(root, "ana.ini");
	assert_int_not_equal(other, stamp);
	assert_int_not_equal(sure_stamp_of(root, "ana.ini"), stamp);
	folder_remove(root);
}

/* The clock may go on between the two, but not each time. */
static void test_sweep__is_unsure_of_what_was_written_just_now(void **state)
{
	char *root = folder_make();
	int unsure = 0;

	for (int i = 0; i < 100; i++) {
		folder_put(root, "ana.ini", "name = Ana\n");
		unsure += stamp_of(root, "ana.ini") == SWEEP_UNSURE;
	}
	assert_true(unsure > 0);
	folder_remove(root);
}

static void test_sweep__is_not_deceived_by_times_set_back(void **state)
{
	char *root = folder_make();

	put_old(root, "ana.ini", "name = Ana\n");
	uint64_t stamp = sure_stamp_of(root, "ana.ini");
	put_old(root, "ana.ini", "name = Bea\n");
	assert_int_not_equal(stamp_of(root, "ana.ini"), stamp);
	assert_int_not_equal(sure_stamp_of(root, "ana.ini"), stamp);
	folder_remove(root);
}

static void test_sweep__tells_one_file_from_another_of_the_same_name(void **state)
{
	char *root = folder_make();

	put_old(root, "a/ana.ini", "name = Ana\n");
	put_old(root, "b/ana.ini", "name = Bea\n");
	uint64_t a = sure_stamp_of(root, "a/ana.ini"), b = sure_stamp_of(root, "b/ana.ini");
	assert_int_not_equal(a, b);
	move(root, "a", "c");
	move(root, "b", "a");
	assert_int_equal(stamp_of(root, "a/ana.ini"), b);
	assert_int_equal(stamp_of(root, "c/ana.ini"), a);
	assert_int_equal(stamp_of(root, "b/ana.ini"), SWEEP_UNSURE);
	folder_remove(root);
}

static void test_sweep__is_unsure_of_what_is_not_there(void **state)
{
	char *root = folder_make();

	assert_int_equal(stamp_of(root, "ana.ini"), SWEEP_UNSURE);
	assert_int_equal(stamp_of(root, "no/ana.ini"), SWEEP_UNSURE);
	put_old(root, "real/ana.ini", "");
	folder_link(root, "real", "family");
	assert_int_equal(stamp_of(root, "family/ana.ini"), SWEEP_UNSURE);
	folder_remove(root);
}

static void test_sweep__looks_at_each_of_many_files(void **state)
{
	enum { MANY = 1500 };
	static char paths[MANY][32];
	static struct book_file files[MANY];
	static uint64_t stamps[MANY];
	static uint32_t by_folder[MANY];
	char *root = folder_make();

	for (int i = 0; i < MANY; i++) {
		snprintf(paths[i], sizeof paths[i], "%d/%d.ini", i % 7, i);
		files[i].path = paths[i];
		if (i % 11)
			put_old(root, paths[i], "");
	}
	sure_stamp_of(root, paths[MANY - 1]);
	int fd = folder_open(root);
	for (uint32_t i = 0; i < MANY; i++)
		by_folder[i] = (i * 7) % MANY; /* each once: 7 does not divide MANY */
	sweep_files(&(struct book){ .fd = fd, .files = files, .n_files = MANY,
				    .by_folder = by_folder }, stamps);
	for (int i = 0; i < MANY; i++) {
		uint64_t alone;
		sweep_files(&(struct book){ .fd = fd, .files = &files[i], .n_files = 1 }, &alone);
		assert_int_equal(stamps[i], alone);
		assert_int_equal(stamps[i] == SWEEP_UNSURE, i % 11 == 0);
	}
	sweep_files(&(struct book){ .fd = fd }, NULL);
	close(fd);
	folder_remove(root);
}
