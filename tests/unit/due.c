#include "unit.h"

#include "network/due.h"
#include "network_scene.h"

static const struct date today = { 2026, 11, 21 };

static void assert_date(struct date d, int year, int month, int day)
{
	assert_int_equal(date_cmp(d, (struct date){ (short)year, (unsigned char)month,
						    (unsigned char)day }), 0);
}

static void test_due__counts_from_the_last_encounter_to_the_day(void **state)
{
	static const struct scene_file files[] = {
		{ "ada.ini", "every = 3w..2m\n[log]\n2026-09-01 = call: x\n2026-10-31 = note: y" },
		{ 0 },
	};
	struct network *net = scene_network(files);
	const struct person *ada = scene_person(net, "ada");
	struct due due;

	assert_false(due_of(ada, (struct date){ 2026, 9, 21 }, &due));
	assert_date(due.last, 2026, 9, 1);
	assert_date(due.ideal, 2026, 9, 22);
	assert_date(due.limit, 2026, 11, 1);
	assert_true(due_of(ada, (struct date){ 2026, 9, 22 }, &due));
	assert_false(due.over);
	assert_true(due.ratio > 0.999 && due.ratio < 1.001);
	assert_true(due_of(ada, (struct date){ 2026, 10, 31 }, &due));
	assert_false(due.over);
	assert_true(due_of(ada, (struct date){ 2026, 11, 1 }, &due));
	assert_true(due.over);
	assert_true(due_of(ada, today, NULL));
	network_free(net);
}

static void test_due__knows_who_never_is(void **state)
{
	static const struct scene_file files[] = {
		{ "me.ini", "every = 1w\n[log]\n2026-01-01 = x" },
		{ "no-cadence.ini", "every = 0d\n[log]\n2026-01-01 = x" },
		{ "closed.ini", "every = 1w\ndoor = closed\n[log]\n2026-01-01 = x" },
		{ "unclear.ini", "every = 1w\ndoor = shut?\n[log]\n2026-01-01 = x" },
		{ "till-spring.ini", "every = 1w\ndoor = closed until 2027-03-01\n[log]\n2026-01-01 = x" },
		{ "snoozed.ini", "every = 1w\nsnooze = 2026-11-22\n[log]\n2026-01-01 = x" },
		{ "snoozed-month.ini", "every = 1w\nsnooze = 2026-12\n[log]\n2026-01-01 = x" },
		{ 0 },
	};
	struct network *net = scene_network(files);
	struct dues dues;

	dues_find(&dues, net, today);
	assert_int_equal(dues.list.n, 0);
	dues_release(&dues);
	/* as of a later day nobody is shown either whose door is closed today */
	dues_find(&dues, net, (struct date){ 2027, 4, 1 });
	assert_int_equal(dues.list.n, 2);
	assert_ptr_equal(dues.list.at[0].person, scene_person(net, "snoozed"));
	assert_ptr_equal(dues.list.at[1].person, scene_person(net, "snoozed-month"));
	dues_release(&dues);
	assert_false(due_of(scene_person(net, "snoozed"), today, NULL));
	assert_true(due_of(scene_person(net, "snoozed"), (struct date){ 2026, 11, 22 }, NULL));
	network_free(net);
}

static void test_due__puts_the_most_overdue_of_its_cadence_first(void **state)
{
	static const struct scene_file files[] = {
		{ "a-never.ini", "every = 1y" },
		{ "b-yearly.ini", "every = 1y\n[log]\n2025-01-01 = x" },
		{ "c-weekly.ini", "every = 1w\n[log]\n2026-11-01 = x" },
		{ "d-weekly.ini", "every = 1w\ndoor = ask\n[log]\n2026-11-01 = x" },
		{ "e-monthly.ini", "every = 1m\n[log]\n2026-07-21 = x" },
		{ "f-fresh.ini", "every = 1w\n[log]\n2026-11-20 = x\n2030-01-01 = y" },
		{ 0 },
	};
	static const char *const order[] = { "e-monthly", "c-weekly", "d-weekly", "b-yearly",
					     "a-never" };
	struct network *net = scene_network(files);
	struct dues dues;

	dues_find(&dues, net, today);
	assert_int_equal(dues.list.n, 5);
	for (size_t i = 0; i < 5; i++)
		assert_ptr_equal(dues.list.at[i].person, scene_person(net, order[i]));
	assert_true(date_is_none(dues.list.at[4].last));
	assert_true(date_is_none(dues.list.at[4].ideal));
	assert_false(dues.list.at[4].over);
	dues_release(&dues);
	network_free(net);
}

static void test_due__hears_of_encounters_in_the_logs_of_others(void **state)
{
	static const struct scene_file files[] = {
		{ "ada.ini", "every = 2w\n[log]\n2026-09-01 = x" },
		{ "tom.ini", "[log]\n2026-11-10 = lunch with [[ada]]" },
		{ 0 },
	};
	struct network *net = scene_network(files);

	assert_false(due_of(scene_person(net, "ada"), today, NULL));
	assert_true(due_of(scene_person(net, "ada"), (struct date){ 2026, 11, 24 }, NULL));
	network_free(net);
}

static void test_due__stands_dates_at_the_ends_of_the_calendar(void **state)
{
	static const struct scene_file files[] = {
		{ "far.ini", "every = 9999y\n[log]\n2026-01-01 = x" },
		{ "first.ini", "every = 1d\n[log]\n0001-01-01 = x" },
		{ "year.ini", "every = 1y\n[log]\n2025 = x" },
		{ 0 },
	};
	struct network *net = scene_network(files);
	struct due due;

	assert_false(due_of(scene_person(net, "far"), today, NULL));
	assert_true(due_of(scene_person(net, "far"), (struct date){ 9999, 12, 31 }, &due));
	assert_true(due_of(scene_person(net, "first"), today, &due));
	assert_true(due.ratio > 700000);
	assert_true(due_of(scene_person(net, "year"), today, &due));
	assert_date(due.ideal, 2026, 1, 1);
	network_free(net);
}
