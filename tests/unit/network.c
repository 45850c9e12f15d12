#include "unit.h"

#include "base/buf.h"
#include "network/network.h"
#include "network_scene.h"

static void expect_met(const struct network *net, const char *id, const char *want)
{
	const struct person *p = scene_person(net, id);
	struct buf got = BUF_INIT;

	buf_add_str(&got, "");
	for (size_t i = 0; i < p->n_met; i++) {
		buf_add_str(&got, i ? ", " : "");
		date_format(p->met[i].date, &got);
		if (p->met[i].in != p)
			buf_add_fmt(&got, " in %.*s", TEXT_FMT(p->met[i].in->s.id));
	}
	assert_string_equal(got.n ? got.at : "", want);
	buf_release(&got);
}

static void test_network__finds_by_id_before_alias_whatever_the_case(void **state)
{
	static const struct scene_file files[] = {
		{ "b/tom.ini", "alias = ana\nalias = Tommy" },
		{ "ana.ini", "alias = tommy" },
		{ "a/tom.ini", "" },
		{ 0 },
	};
	struct network *net = scene_network(files);

	assert_string_equal(scene_person(net, "ANA")->s.path, "ana.ini");
	assert_string_equal(scene_person(net, "tom")->s.path, "a/tom.ini");
	assert_string_equal(scene_person(net, "tommy")->s.path, "ana.ini");
	assert_null(network_find(net, TEXT("nobody")));
	assert_null(network_find(net, TEXT("")));
	network_free(net);
}

static void test_network__of_nobody_finds_nobody(void **state)
{
	static const struct scene_file files[] = { { 0 } };
	struct network *net = scene_network(files);

	assert_null(network_find(net, TEXT("ana")));
	assert_null(net->me);
	network_free(net);
}

static void test_network__leaves_out_places_that_nothing_was_added_for(void **state)
{
	struct terms terms = { .today = { 2026, 11, 21 }, .kinds = KINDS_BUILT_IN };
	struct network *net = network_new(&terms, 3);
	struct contact c;

	contact_read(&c, "ana.ini", mem_copy("", 0), 0);
	network_add(net, 1, &c, false);
	contact_release(&c);
	network_ready(net);
	assert_int_equal(net->n, 1);
	assert_int_equal(scene_person(net, "ana")->place, 1);
	network_free(net);
}

static void test_network__counts_what_is_no_note_and_not_ahead(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-11-22 = tomorrow\n9999-01-01 = far\n2026-11-21 = today\n"
			     "0000-01-01 = never\n2026-10-01 = note: n\n2026-09-02 = gave: a pen\n"
			     "2026-09 = some day\nsoon = x\n0001-01-01 = long ago" },
		{ 0 },
	};
	struct network *net = scene_network(files);

	expect_met(net, "ana", "0001-01-01, 2026-09, 2026-09-02, 2026-11-21");
	network_free(net);
}

static void test_network__borrows_from_who_names_them_as_there(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "alias = annie\n[log]\n2026-05-02 = lunch" },
		{ "ben.ini", "[log]\n2026-05-02 = lunch [[ana]]\n2026-05-03 = tea with [[Annie]] [[me]]\n"
			     "2026-05-04 = walked -> [[ana]]\n2026-05-05 = got: a card [[ana]]\n"
			     "2026-05-06 = note: [[ana]]\n2027-01-01 = met: [[ana]]\n"
			     "2026-05-07 = [[ben]] [[nobody]]" },
		{ "cy.ini", "[log]\n2026-05-03 = tea with [[ana]] and [[ben]]\n2026-05-01 = [[ana]]" },
		{ "me.ini", "[log]\n2026-05-08 = rang [[ana]]" },
		{ 0 },
	};
	struct network *net = scene_network(files);

	expect_met(net, "ana", "2026-05-01 in cy, 2026-05-02, 2026-05-03 in ben, 2026-05-08 in me");
	expect_met(net, "ben", "2026-05-02, 2026-05-03, 2026-05-04, 2026-05-05, 2026-05-07");
	expect_met(net, "me", "");
	assert_true(net->me == scene_person(net, "me"));
	network_free(net);
}

static void test_network__takes_own_cadence_or_the_shortest_of_the_tags(void **state)
{
	static const struct tag_cadence every[] = {
		{ { "client", 6 }, { { 6, 'w' }, { 12, 'w' } } },
		{ { "family", 6 }, { { 2, 'w' }, { 4, 'w' } } },
	};
	static const char *const texts[] = { "tags = Client, FAMILY", "tags = client\nevery = 1y",
					     "every = 0d\ntags = family", "tags = other" };
	static const int want[] = { 2, 1, 2, 0 };
	struct terms terms = { .today = { 2026, 11, 21 }, .kinds = KINDS_BUILT_IN,
			       .every = every, .n_every = 2 };

	for (size_t i = 0; i < 4; i++) {
		struct network *net = network_new(&terms, 1);
		struct contact c;
		contact_read(&c, "a.ini", mem_copy(texts[i], strlen(texts[i])), strlen(texts[i]));
		network_add(net, 0, &c, false);
		contact_release(&c);
		network_ready(net);
		assert_int_equal(net->people[0].every.ideal.n, want[i]);
		network_free(net);
	}
}

static void test_network__is_warmer_for_more_and_for_newer(void **state)
{
	static const struct scene_file files[] = {
		{ "never.ini", "" },
		{ "old.ini", "[log]\n2020-01-01 = x" },
		{ "once.ini", "[log]\n2026-11-01 = x" },
		{ "now.ini", "[log]\n2026-11-21 = x" },
		{ "often.ini", "[log]\n2026-11-01 = x\n2026-11-02 = x\n2026-11-03 = x\n2026-11-04 = x\n"
			       "2026-11-05 = x" },
		{ 0 },
	};
	struct network *net = scene_network(files);

	assert_true(scene_person(net, "now")->warmth == 1);
	assert_true(scene_person(net, "never")->warmth == 0);
	assert_true(scene_person(net, "old")->warmth < scene_person(net, "once")->warmth);
	assert_int_equal(person_warmth(scene_person(net, "never")), WARMTH_NEVER);
	assert_int_equal(person_warmth(scene_person(net, "old")), WARMTH_COLD);
	assert_int_equal(person_warmth(scene_person(net, "once")), WARMTH_COOL);
	assert_int_equal(person_warmth(scene_person(net, "often")), WARMTH_CLOSE);
	assert_string_equal(warmth_name(WARMTH_CLOSE), "close");
	network_free(net);
}

static void test_network__knows_first_and_last(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-03-01 = x\n2026-01-01 = y" }, { "ben.ini", "" }, { 0 },
	};
	struct network *net = scene_network(files);

	assert_int_equal(date_cmp(person_first(scene_person(net, "ana")),
				  (struct date){ 2026, 1, 1 }), 0);
	assert_int_equal(date_cmp(person_last(scene_person(net, "ana")),
				  (struct date){ 2026, 3, 1 }), 0);
	assert_true(date_is_none(person_first(scene_person(net, "ben"))));
	assert_true(date_is_none(person_last(scene_person(net, "ben"))));
	network_free(net);
}
