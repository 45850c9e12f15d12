#include "unit.h"

#include "base/buf.h"
#include "network/event.h"
#include "network_scene.h"

static const struct date today = { 2026, 11, 21 };

static struct date day(int month, int d)
{
	return (struct date){ 2026, (unsigned char)month, (unsigned char)d };
}

static void expect_date(struct date got, struct date want)
{
	assert_int_equal(date_cmp(got, want), 0);
}

static void test_event__is_made_of_settings_logs_and_promises(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-05-02 = @Fair met: x\n2026-06-02 = @fair x\n"
			     "[todo]\n2026-12-01 = bring it @talk\n2026-11-30 = they: @fair x" },
		{ "ben.ini", "[log]\n2026-06-02 = @fair x\n2026-07-01 = @zoo x" },
		{ 0 },
	};
	const struct planned_event plans[] = {
		{ TEXT("FAIR"), { 2027, 1, 5 }, TEXT("late") },
		{ TEXT("fair"), { 2026, 12, 3 }, TEXT("soon") },
	};
	struct network *net = scene_network_planned(files, plans, 2);
	struct events events;

	events_find(&events, net);
	assert_int_equal(events.list.n, 3);
	const struct event *fair = events_get(&events, TEXT("@Fair"));
	assert_ptr_equal(fair, &events.list.at[0]);
	assert_true(text_equal(fair->slug, TEXT("fair")));
	assert_int_equal(fair->plans.n, 2);
	assert_true(text_equal(fair->plans.at[0].text, TEXT("soon")));
	assert_int_equal(fair->promises.n, 1);
	assert_int_equal(fair->n_days, 2);
	expect_date(fair->days[0].date, day(5, 2));
	assert_int_equal(fair->n_people, 2);
	const struct event *talk = events_get(&events, TEXT("talk"));
	assert_int_equal(talk->n_days, 0);
	assert_int_equal(talk->promises.n, 1);
	assert_int_equal(events_get(&events, TEXT("zoo"))->n_people, 1);
	assert_null(events_get(&events, TEXT("nothing")));
	events_release(&events);
	network_free(net);
}

/* When `fair` comes next and was last, with these plans. */
static void expect_next(struct date plan, const char *log, struct date next, struct date last)
{
	const struct scene_file files[] = { { "ana.ini", log }, { 0 } };
	const struct planned_event plans[] = { { TEXT("fair"), plan, TEXT("x") } };
	struct network *net = scene_network_planned(files, plans, !date_is_none(plan));
	const struct event_plan *found;
	struct events events;

	events_find(&events, net);
	assert_int_equal(events.list.n, 1);
	expect_date(event_next(&events.list.at[0], today, &found), next);
	assert_int_equal(found != NULL, !date_is_none(plan) && !date_is_none(next));
	expect_date(event_last(&events.list.at[0], today), last);
	events_release(&events);
	network_free(net);
}

static void test_event__comes_next_by_plan_or_promise(void **state)
{
	expect_next(today, "", today, DATE_NONE);
	expect_next(day(11, 20), "", DATE_NONE, day(11, 20));
	expect_next((struct date){ 2026, 11, 0 }, "", (struct date){ 2026, 11, 0 }, DATE_NONE);
	expect_next((struct date){ 2026, 10, 0 }, "", DATE_NONE, (struct date){ 2026, 10, 0 });
	expect_next((struct date){ 2026, 0, 0 }, "", (struct date){ 2026, 0, 0 }, DATE_NONE);
	expect_next((struct date){ 0, 12, 24 }, "", day(12, 24), DATE_NONE);
	expect_next((struct date){ 0, 2, 29 }, "", (struct date){ 2027, 2, 28 }, DATE_NONE);
	expect_next(DATE_NONE, "[log]\n2026-05-02 = @fair x", DATE_NONE, day(5, 2));
	expect_next(DATE_NONE, "[todo]\n2026-11-20 = @fair x\n2026-11-21 = @fair y", today, DATE_NONE);
	expect_next(DATE_NONE, "[todo]\n2026-11-20 = @fair x", DATE_NONE, DATE_NONE);
}

static struct aftermath aftermath_of(const char *ana, struct date on)
{
	const struct scene_file files[] = { { "ana.ini", ana }, { 0 } };
	struct network *net = scene_network(files);
	struct aftermath a = event_aftermath(scene_person(net, "ana"), on, today);

	network_free(net);
	return a;
}

static void test_event__what_follows_is_thirty_days(void **state)
{
	struct aftermath a = aftermath_of("[log]\n2026-05-02 = @fair met: x\n2026-05-02 = call: x\n"
					  "2026-05-03 = mail: x\n2026-06-01 = won: x\n"
					  "2026-05-20 = note: x\n2026-06-02 = lost: x", day(5, 2));

	assert_true(a.met_there);
	assert_int_equal(a.encounters, 2);
	assert_int_equal(a.deeds[DEED_MEETING], 1);
	assert_int_equal(a.deeds[DEED_WON], 1);
	assert_int_equal(a.deeds[DEED_LOST], 0);
	assert_false(aftermath_is_none(&a));
	a = aftermath_of("[log]\n2026-05-01 = x\n2026-05-02 = @fair x\n2026-06-02 = x", day(5, 2));
	assert_false(a.met_there);
	assert_true(aftermath_is_none(&a));
}

static void test_event__a_promise_follows(void **state)
{
	static const struct {
		const char *todo;
		int month, day;
		bool promised;
	} cases[] = {
		{ "2026-05-02 = x", 5, 2, true },   { "2026-06-01 = x", 5, 2, true },
		{ "2026-06-02 = x", 5, 2, false },  { "2026-05-01 = x", 5, 2, false },
		{ "2027-06-01 = x", 10, 22, true }, { "2027-06-01 = x", 10, 21, false },
		{ "2026-01-01 = x\n2026-05-03 = they: y", 5, 2, true },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf text = BUF_INIT;
		buf_add_fmt(&text, "[todo]\n%s", cases[i].todo);
		struct aftermath a = aftermath_of(text.at, day(cases[i].month, cases[i].day));
		assert_int_equal(a.promised, cases[i].promised);
		buf_release(&text);
	}
}

static void test_event__days_left(void **state)
{
	assert_int_equal(event_days_left(day(11, 21), today), 30);
	assert_int_equal(event_days_left(day(11, 20), today), 30);
	assert_int_equal(event_days_left(day(10, 22), today), 1);
	assert_int_equal(event_days_left(day(10, 21), today), 0);
	assert_int_equal(event_days_left(day(1, 1), today), 0);
}
