#include "unit.h"

#include "network_scene.h"

#include "base/buf.h"
#include "network/tie.h"

/* A line of each: "ana via bob", "ana together bob 2026-11-01 2". */
static void tell(const struct network *net, struct buf *out)
{
	static const char *const kinds[] = { "via", "sent", "knows", "together" };
	struct ties ties;

	ties_find(&ties, net);
	for (size_t i = 0; i < ties.all.n; i++) {
		const struct tie *t = &ties.all.at[i];
		buf_add_fmt(out, "%.*s %s", TEXT_FMT(t->from->s.id), kinds[t->kind]);
		if (t->label.n)
			buf_add_fmt(out, ".%.*s", TEXT_FMT(t->label));
		buf_add_fmt(out, " %.*s ", TEXT_FMT(t->to->s.id));
		date_format(t->date, out);
		buf_add_fmt(out, " %zu\n", t->times);
	}
	ties_release(&ties);
}

static void expect_ties(const struct scene_file *files, const char *want)
{
	struct network *net = scene_network(files);
	struct buf got = BUF_INIT;

	tell(net, &got);
	assert_string_equal(got.at, want);
	buf_release(&got);
	network_free(net);
}

static void test_tie__is_made_of_via_and_knows(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "alias = annie\nvia = bob\nvia = BOB\nvia = Bob from the gym\n"
			     "knows.sister = cy, ana, nobody\nknows = cy, cy\n" },
		{ "bob.ini", "knows.boss = Annie\nvia = annie\nvia = bob\nvia = me\n" },
		{ "cy.ini", "knows = me\n" },
		{ "me.ini", "knows = ana\nvia = ana\n" },
		{ 0 },
	};

	expect_ties(files, "ana via bob  1\n"
			   "ana knows cy  1\n"
			   "ana knows.sister cy  1\n"
			   "bob via ana  1\n"
			   "bob knows.boss ana  1\n");
}

static void test_tie__is_sent_when_the_other_was_new(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-05-02 = call: x\n" },
		{ "bob.ini", "[log]\n2026-05-01 = call: x\n2026-09-01 = got: a card [[cy]]\n" },
		{ "cy.ini", "" },
		{ "paul.ini",
		  "[log]\n2026-05-02 = got: cards -> [[ana]] [[bob]] [[cy]] [[paul]] [[me]] [[zoo]]\n"
		  "2026-05-01 = intro: [[cy]]\n2026-11-22 = intro: to come [[bob]]\n"
		  "2026-04-01 = gave: [[ana]]\n" },
		{ "me.ini", "[log]\n2026-01-01 = got: [[ana]]\n" },
		{ 0 },
	};

	expect_ties(files, "bob sent cy 2026-09-01 1\n"
			   "paul sent ana 2026-05-02 1\n"
			   "paul sent cy 2026-05-01 1\n");
}

static void test_tie__is_made_of_what_people_do_together(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-05-01 = lunch with [[bob]]\n2026-05-01 = mail: [[bob]]\n"
			     "2026-06-01 = call: [[bob]] -> [[dan]]\n2027-01-01 = [[dan]]\n" },
		{ "bob.ini", "[log]\n2026-05-01 = lunch with [[ana]]\n2026-03-01 = [[ana]] [[cy]]\n" },
		{ "cy.ini", "" },
		{ "dan.ini", "" },
		{ "me.ini", "[log]\n2026-07-01 = [[cy]] and [[dan]] at my place\n" },
		{ 0 },
	};

	expect_ties(files, "ana together bob 2026-06-01 3\n"
			   "ana together cy 2026-03-01 1\n"
			   "bob together cy 2026-03-01 1\n"
			   "cy together dan 2026-07-01 1\n");
}

static void test_tie__of_a_large_party_is_to_whose_log_it_stands_in(void **state)
{
	static const struct scene_file eight[] = {
		{ "a.ini", "[log]\n2026-05-01 = [[b]] [[c]] [[d]] [[e]] [[f]] [[g]] [[h]]\n" },
		{ "b.ini", "" }, { "c.ini", "" }, { "d.ini", "" }, { "e.ini", "" },
		{ "f.ini", "" }, { "g.ini", "" }, { "h.ini", "" }, { "i.ini", "" }, { 0 },
	};
	struct scene_file nine[10];
	struct ties ties;

	memcpy(nine, eight, sizeof nine);
	nine[4].text = "[log]\n2026-05-01 = [[a]] [[b]] [[c]] [[d]] [[f]] [[g]] [[h]] [[i]]\n";
	nine[0].text = "";
	struct network *net = scene_network(eight);
	ties_find(&ties, net);
	assert_int_equal(ties.all.n, 28);
	ties_release(&ties);
	network_free(net);
	expect_ties(nine, "a together e 2026-05-01 1\nb together e 2026-05-01 1\n"
			  "c together e 2026-05-01 1\nd together e 2026-05-01 1\n"
			  "e together f 2026-05-01 1\ne together g 2026-05-01 1\n"
			  "e together h 2026-05-01 1\ne together i 2026-05-01 1\n");
}

static void test_tie__is_found_from_both_its_ends(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "via = bob\nknows = cy\n" }, { "bob.ini", "knows = ana\n" },
		{ "cy.ini", "" }, { "dan.ini", "" }, { 0 },
	};
	static const struct {
		const char *id;
		size_t n;
	} want[] = { { "ana", 3 }, { "bob", 2 }, { "cy", 1 }, { "dan", 0 } };
	struct network *net = scene_network(files);
	struct ties ties;

	ties_find(&ties, net);
	for (size_t i = 0; i < 4; i++) {
		const struct person *p = scene_person(net, want[i].id);
		size_t n;
		const struct tie *const *near = ties_of(&ties, p, &n);
		assert_int_equal(n, want[i].n);
		for (size_t k = 0; k < n; k++)
			assert_true(near[k]->from == p || near[k]->to == p);
	}
	ties_release(&ties);
	network_free(net);
}

static void test_tie__there_is_none_in_an_empty_book(void **state)
{
	static const struct scene_file files[] = { { 0 } };

	expect_ties(files, "");
}
