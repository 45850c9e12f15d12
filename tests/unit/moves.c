#include "unit.h"

#include "base/mem.h"
#include "contact/contact.h"
#include "contact/moves.h"

struct file {
	const char *path, *text;
	bool gone;
};

/* others[i]: the place of the other of file i, -1 for none. */
static void expect_moves(const struct file *files, size_t n, const int *others)
{
	struct contact contacts[9];
	struct move moves[9] = { { 0 } };

	assert_true(n <= 9);
	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(files[i].text);
		contact_read(&contacts[i], files[i].path, mem_copy(files[i].text, length), length);
		*(files[i].gone ? &moves[i].gone : &moves[i].made) = &contacts[i];
	}
	moves_find(moves, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(moves[i].other, others[i] < 0 ? MOVE_NONE : (size_t)others[i]);
		contact_release(&contacts[i]);
	}
}

static void test_moves__are_by_uid_id_or_alias(void **state)
{
	static const struct file files[] = {
		{ "ana.ini", "uid = 1\n", true },
		{ "bob.ini", "name = Bob\n", true },
		{ "\xc3\x87y.ini", "name = Cy\n", true },
		{ "ruiz.ini", "uid = 1\n", false },
		{ "work/Bob.ini", "uid = 7\n", false },
		{ "cyril.ini", "alias = somebody\nalias = \xc3\xa7Y\n", false },
	};
	static const int others[] = { 3, 4, 5, 0, 1, 2 };

	expect_moves(files, 6, others);
}

static void test_moves__are_not_of_two_persons(void **state)
{
	static const struct file files[] = {
		{ "ana.ini", "uid = 1\n", true },
		{ "bob.ini", "name = Bob\n", true },
		{ "jose.ini", "name = Jose\n", true },
		{ ".kith/config", "uid = 5\n", true },
		{ "work/ana.ini", "uid = 2\n", false },
		{ "ruiz.ini", "uid = 3\nalias = ana\n", false },
		{ "robert.ini", "name = Bob\n", false },
		{ "jos\xc3\xa9.ini", "name = Jose\n", false },
		{ "config.ini", "uid = 5\n", false },
	};
	static const int others[] = { -1, -1, -1, -1, -1, -1, -1, -1, -1 };

	expect_moves(files, 9, others);
}

/* Whoever comes first in the list. */
static void test_moves__go_by_the_better_sign(void **state)
{
	static const struct file files[] = {
		{ "alias.ini", "alias = ana\n", false },
		{ "home/ana.ini", "name = Somebody\n", false },
		{ "ruiz.ini", "uid = 1\n", false },
		{ "ana.ini", "uid = 1\n", true },
		{ "x/bob.ini", "name = Bob\n", true },
		{ "robert.ini", "alias = bob\n", false },
		{ "bob.ini", "name = Bob\n", false },
	};
	static const int others[] = { -1, -1, 3, 2, 6, -1, 4 };

	expect_moves(files, 7, others);
}

static void test_moves__give_nobody_two_others(void **state)
{
	static const struct file files[] = {
		{ "x/ana.ini", "name = Ana\n", true },
		{ "y/ana.ini", "name = Ana\n", true },
		{ "ana.ini", "name = Ana\n", false },
		{ "b.ini", "alias = ana\n", false },
		{ "c.ini", "alias = ana\n", false },
	};
	static const int others[] = { 2, 3, 0, 1, -1 };

	expect_moves(files, 5, others);
}
