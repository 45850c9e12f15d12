#include "unit.h"

#include "base/buf.h"
#include "network/brief.h"
#include "network_scene.h"

static enum brief_group group_of(const char *text)
{
	const struct scene_file files[] = { { "ana.ini", text }, { 0 } };
	struct network *net = scene_network(files);
	enum brief_group group = brief_group_of(scene_person(net, "ana"), net->terms.today);

	network_free(net);
	return group;
}

static void test_brief__knows_who_could_be_taken_for_a_stranger(void **state)
{
	assert_int_equal(group_of("name = Ana"), BRIEF_NEW);
	assert_int_equal(group_of("[log]\n2026-11-20 = note: x\n2027-01-01 = y"), BRIEF_NEW);
	assert_int_equal(group_of("[log]\n2026-11-20 = x"), BRIEF_STRANGERS);
	assert_int_equal(group_of("[log]\n2026-11-19 = x\n2026-11-20 = x"), BRIEF_STRANGERS);
	/* three entries of two days */
	assert_int_equal(group_of("[log]\n2026-11-19 = x\n2026-11-20 = x\n2026-11-20 = call: y"),
			 BRIEF_STRANGERS);
	assert_int_equal(group_of("[log]\n2026-11-18 = x\n2026-11-19 = x\n2026-11-20 = x"),
			 BRIEF_WELL);
	/* two years ago to the day, and longer */
	assert_int_equal(group_of("[log]\n2024-11-19 = x\n2024-11-20 = x\n2024-11-21 = x"),
			 BRIEF_QUIET);
	assert_int_equal(group_of("[log]\n2024-11-18 = x\n2024-11-19 = x\n2024-11-20 = x"),
			 BRIEF_STRANGERS);
}

static void test_brief__knows_who_has_gone_cold(void **state)
{
	/* warmth 1.5 is warm: three of half a year ago are just not, four are */
	assert_int_equal(group_of("[log]\n2026-05-20 = x\n2026-05-21 = x\n2026-05-22 = x"), BRIEF_QUIET);
	assert_int_equal(group_of("[log]\n2026-05-20 = x\n2026-05-21 = x\n2026-05-22 = x\n"
				  "2026-05-23 = x"), BRIEF_WELL);
	assert_int_equal(group_of("every = 1m\n[log]\n2026-05-20 = x\n2026-05-21 = x\n"
				  "2026-05-22 = x\n2026-05-23 = x"), BRIEF_QUIET);
	assert_int_equal(group_of("every = 1m\nsnooze = 2026-12-01\n[log]\n2026-05-20 = x\n"
				  "2026-05-21 = x\n2026-05-22 = x\n2026-05-23 = x"), BRIEF_WELL);
}

static void test_brief__a_closed_door_goes_before_all(void **state)
{
	assert_int_equal(group_of("door = closed\n[log]\n2026-11-20 = x"), BRIEF_CLOSED);
	assert_int_equal(group_of("door = shut"), BRIEF_CLOSED);
	assert_int_equal(group_of("door = ask\n[log]\n2026-11-20 = x"), BRIEF_STRANGERS);
	assert_int_equal(group_of("door = closed until 2026-11-21"), BRIEF_NEW);
}

/* "strangers: b a, cold: .." by their first letters; then promises and pairs. */
static void write_brief(const struct brief *b, struct buf *out)
{
	static const char *const titles[] = { "closed", "strangers", "cold", "well", "new" };

	for (size_t g = 0; g < BRIEF_GROUPS; g++) {
		buf_add_fmt(out, "%s%s:", g ? ", " : "", titles[g]);
		for (size_t i = 0; i < b->groups[g].list.n; i++)
			buf_add_fmt(out, " %.*s", TEXT_FMT(b->groups[g].list.at[i]->s.id));
	}
	for (size_t i = 0; i < b->promises.n; i++)
		buf_add_fmt(out, "%s%.*s", i ? " | " : "; promised ",
			    TEXT_FMT(b->promises.at[i].promise->text));
	for (size_t i = 0; i < b->fits.list.n; i++)
		buf_add_fmt(out, "; fits %.*s<%.*s", TEXT_FMT(b->fits.list.at[i].needs->s.id),
			    TEXT_FMT(b->fits.list.at[i].offers->s.id));
	for (size_t i = 0; i < b->meet.list.n; i++)
		buf_add_fmt(out, "; meet %.*s<%.*s", TEXT_FMT(b->meet.list.at[i].needs->s.id),
			    TEXT_FMT(b->meet.list.at[i].offers->s.id));
}

static void expect_brief(const struct scene_file *files, const char *want)
{
	struct network *net = scene_network(files);
	struct brief_people all = { VEC_INIT };
	struct buf got = BUF_INIT;
	struct brief brief;
	struct ties ties;

	for (size_t i = 0; i < net->n; i++)
		vec_push(&all.list, &net->people[i]);
	ties_find(&ties, net);
	brief_make(&brief, net, &ties, all.list.at, all.list.n, 10);
	write_brief(&brief, &got);
	assert_string_equal(got.at, want);
	brief_release(&brief);
	ties_release(&ties);
	vec_release(&all.list);
	buf_release(&got);
	network_free(net);
}

static void test_brief__orders_each_group_by_what_it_is_for(void **state)
{
	static const struct scene_file files[] = {
		{ "a.ini", "[log]\n2026-01-01 = x" },
		{ "b.ini", "[log]\n2026-02-01 = x" },
		{ "c.ini", "name = Z\ndoor = closed" },
		{ "d.ini", "name = Y\ndoor = closed" },
		{ "e.ini", "[log]\n2025-01-01 = x\n2025-01-02 = x\n2025-01-03 = x" },
		{ "f.ini", "[log]\n2025-01-01 = x\n2025-01-02 = x\n2025-01-03 = x\n2025-01-04 = x" },
		{ "g.ini", "[log]\n2026-10-01 = x\n2026-10-02 = x\n2026-10-03 = x" },
		{ "h.ini", "[log]\n2026-11-01 = x\n2026-11-02 = x\n2026-11-03 = x" },
		{ "i.ini", "name = X" },
		{ "j.ini", "name = W" },
		{ "me.ini", "[log]\n2026-01-01 = x" },
		{ 0 },
	};
	expect_brief(files, "closed: d c, strangers: b a, cold: f e, well: h g, new: j i");
}

static void test_brief__promises_by_date_but_of_closed_doors(void **state)
{
	static const struct scene_file files[] = {
		{ "a.ini", "[todo]\n2026-12-02 = third\n2026-12-01 = they: first" },
		{ "b.ini", "[todo]\n2026-12-01 = second" },
		{ "c.ini", "door = closed\n[todo]\n2026-12-01 = no" },
		{ "me.ini", "[todo]\n2026-12-01 = own" },
		{ 0 },
	};
	expect_brief(files, "closed: c, strangers:, cold:, well:, new: a b; "
			    "promised first | second | third");
}

static void test_brief__who_should_meet_is_not_tied_yet(void **state)
{
	static const struct scene_file files[] = {
		{ "a.ini", "needs = boats" },
		{ "b.ini", "offers = boats\nvia = a" },
		{ "c.ini", "offers = boats" },
		{ "d.ini", "offers = boats\n[log]\n2026-05-01 = x\n2026-05-02 = intro: [[a]] needs a boat" },
		{ "e.ini", "offers = boats\ndoor = ask" },
		{ "me.ini", "needs = boats" },
		{ 0 },
	};
	expect_brief(files, "closed:, strangers: d, cold:, well:, new: a b c e; "
			    "fits me<b; fits me<c; fits me<d; meet a<c");
}

static void test_brief__nobody_is_no_page(void **state)
{
	expect_brief((const struct scene_file[]){ { 0 } },
		     "closed:, strangers:, cold:, well:, new:");
}

static void test_brief__of_an_event_are_all_days_and_who_is_promised(void **state)
{
	static const struct scene_file files[] = {
		{ "a.ini", "[log]\n2026-01-01 = @Fair x" },
		{ "b.ini", "[log]\n2026-02-01 = @fair x [[c]]\n2026-01-01 = @fair x" },
		{ "c.ini", "name = C" },
		{ "d.ini", "[todo]\n2026-12-01 = @fair bring it" },
		{ "e.ini", "[log]\n2026-01-01 = @zoo x\n2027-01-01 = @fair x" },
		{ 0 },
	};
	struct network *net = scene_network(files);
	struct brief_people there = { VEC_INIT };
	struct events events;
	struct buf got = BUF_INIT;

	events_find(&events, net);
	brief_of_event(events_get(&events, TEXT("@fair")), net, &there);
	for (size_t i = 0; i < there.list.n; i++)
		buf_add_fmt(&got, "%.*s ", TEXT_FMT(there.list.at[i]->s.id));
	assert_string_equal(got.at, "a b c d ");
	buf_release(&got);
	vec_release(&there.list);
	events_release(&events);
	network_free(net);
}

static void test_brief__tells_what_came_of_those_who_were_sent(void **state)
{
	static const struct scene_file files[] = {
		{ "a.ini", "[log]\n2026-01-01 = got: cards -> [[b]] [[c]] [[nobody]]" },
		{ "b.ini", "via = a\n[log]\n2026-01-05 = x\n2026-02-01 = lost: y\n2026-03-01 = won: z\n"
			   "2027-01-01 = lost: w" },
		{ "c.ini", "[log]\n2026-01-07 = lost: x" },
		{ "d.ini", "via = a\nknows = a\n[log]\n2026-04-01 = x" },
		{ "e.ini", "knows = a" },
		{ 0 },
	};
	static const struct {
		const char *id;
		struct date date;
		enum deed outcome;
		struct date since;
	} want[] = {
		{ "b", { 2026, 1, 1 }, DEED_WON, { 2026, 3, 1 } },
		{ "c", { 2026, 1, 1 }, DEED_LOST, { 2026, 1, 7 } },
		{ "d", { 2026, 4, 1 }, DEED_NOTE, { 0, 0, 0 } },
	};
	struct network *net = scene_network(files);
	struct brief_sents sent = { VEC_INIT };
	struct ties ties;

	ties_find(&ties, net);
	brief_find_sent(&ties, scene_person(net, "a"), &sent);
	assert_int_equal(sent.list.n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_ptr_equal(sent.list.at[i].who, scene_person(net, want[i].id));
		assert_int_equal(date_cmp(sent.list.at[i].date, want[i].date), 0);
		assert_int_equal(sent.list.at[i].outcome, want[i].outcome);
		assert_int_equal(date_cmp(sent.list.at[i].since, want[i].since), 0);
	}
	vec_release(&sent.list);
	ties_release(&ties);
	network_free(net);
}
