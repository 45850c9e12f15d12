#include "unit.h"

#include "network_scene.h"

#include "base/buf.h"
#include "network/path.h"

/* Everything a chain is made from. */
struct way {
	struct network *net;
	struct ties ties;
	struct rosters rosters;
	struct paths *paths;
};

static void way_open(struct way *w, const struct scene_file *files)
{
	w->net = scene_network(files);
	ties_find(&w->ties, w->net);
	rosters_find(&w->rosters, w->net);
	w->paths = paths_new(w->net, &w->ties, &w->rosters);
}

static void way_close(struct way *w)
{
	paths_free(w->paths);
	rosters_release(&w->rosters);
	ties_release(&w->ties);
	network_free(w->net);
}

/* "paul met, ana sent, bob @fair"; empty: there is none. */
static void tell(const struct way *w, const char *id, struct buf *out)
{
	static const char *const kinds[] = { "via", "sent", "knows", "together" };
	const struct person *last = NULL, *who = scene_person(w->net, id);
	struct chain chain;
	double product = 1;

	if (!paths_to(w->paths, who, &chain))
		return;
	for (size_t i = 0; i < chain.hops.n; i++) {
		const struct hop *hop = &chain.hops.at[i];
		assert_ptr_equal(hop->from, last);
		buf_add_fmt(out, "%s%.*s ", i ? ", " : "", TEXT_FMT(hop->to->s.id));
		if (hop->event)
			buf_add_fmt(out, "@%.*s", TEXT_FMT(hop->event->slug));
		else
			buf_add_str(out, hop->tie       ? kinds[hop->tie->kind]
					 : hop->mention ? "spoken" : "met");
		assert_true(hop->strength > 0 && hop->strength < 1);
		product *= hop->strength;
		last = hop->to;
	}
	assert_ptr_equal(last, who);
	assert_true(product > chain.strength * 0.999 && product < chain.strength * 1.001);
	chain_release(&chain);
}

static void expect_way(const struct way *w, const char *id, const char *want)
{
	struct buf got = BUF_INIT;

	tell(w, id, &got);
	assert_string_equal(got.at, want);
	assert_int_equal(paths_strength(w->paths, scene_person(w->net, id)) > 0, *want != '\0');
	buf_release(&got);
}

static void expect_path(const struct scene_file *files, const char *id, const char *want)
{
	struct way w;

	way_open(&w, files);
	expect_way(&w, id, want);
	way_close(&w);
}

static void test_path__leads_from_whom_you_met_by_every_kind_of_tie(void **state)
{
	static const struct scene_file files[] = {
		{ "alone.ini", "knows = me\n" },
		{ "card.ini", "" },
		{ "child.ini", "via = sister\n" },
		{ "me.ini", "[log]\n2026-11-20 = note: [[alone]]\nknows = alone\n" },
		{ "paul.ini", "knows.sister = sister\n[log]\n2026-11-01 = got: [[card]]\n"
			      "2026-11-02 = call: -> [[told]]\n" },
		{ "pupil.ini", "knows = child\n" },
		{ "sister.ini", "" },
		{ "told.ini", "" },
		{ 0 },
	};
	struct way w;

	way_open(&w, files);
	expect_way(&w, "paul", "paul met");
	expect_way(&w, "card", "paul met, card sent");
	expect_way(&w, "told", "paul met, told spoken");
	expect_way(&w, "sister", "paul met, sister knows");
	expect_way(&w, "child", "paul met, sister knows, child via");
	expect_way(&w, "pupil", "paul met, sister knows, child via, pupil knows");
	expect_way(&w, "alone", "");
	expect_way(&w, "me", "");
	way_close(&w);
}

static void test_path__is_the_warmest(void **state)
{
	struct scene_file files[] = {
		{ "new.ini", "knows = target\n[log]\n2026-11-20 = met: x\n" },
		{ "often.ini", "knows = target\n[log]\n2026-10-01 = met: x\n2026-10-02 = met: x\n"
			       "2026-10-03 = met: x\n" },
		{ "old.ini", "knows = target\n[log]\n2016-11-20 = met: x\n2016-11-21 = met: x\n"
			     "2016-11-22 = met: x\n2016-11-23 = met: x\n" },
		{ "target.ini", "" },
		{ 0 },
	};

	expect_path(files, "target", "often met, target knows");
	files[1].text = "";
	expect_path(files, "target", "new met, target knows");
	files[0].text = "";
	expect_path(files, "target", "old met, target knows");
	files[0].text = "knows = old\n[log]\n2026-11-20 = met: x\n2026-11-19 = met: x\n";
	expect_path(files, "target", "new met, old knows, target knows");
	files[3].text = "via = new\n";
	expect_path(files, "target", "new met, target via");
	files[3].text = "[log]\n2016-01-01 = met: x\n";
	files[2].text = files[0].text = "";
	expect_path(files, "target", "target met");
}

static void test_path__weighs_the_kinds_and_the_way_they_point(void **state)
{
	static const char met[] = "[log]\n2026-11-20 = met: x\n";
	struct scene_file files[] = {
		{ "a.ini", "[log]\n2026-11-20 = note: [[target]]\n2026-11-20 = met: x\n" },
		{ "b.ini", "via = target\n[log]\n2026-11-20 = met: x\n" },
		{ "c.ini", "knows = target\n[log]\n2026-11-20 = met: x\n" },
		{ "d.ini", met },
		{ "e.ini", "[log]\n2026-11-20 = got: [[target]]\n" },
		{ "target.ini", "via = d\n" },
		{ 0 },
	};
	static const char *const want[] = {
		"e met, target sent", "d met, target via", "c met, target knows",
		"b met, target via", "a met, target spoken", "",
	};

	for (size_t i = 0; i < 6; i++) {
		expect_path(files, "target", want[i]);
		if (i == 1)
			files[5].text = "";
		if (i < 5)
			files[4 - i].text = met;
	}
}

static void test_path__leads_over_an_event_on_a_day(void **state)
{
	static const struct scene_file files[] = {
		{ "alone.ini", "[log]\n2026-11-04 = @fair note: the other day\n" },
		{ "ana.ini", "[log]\n2026-11-05 = @Fair met: x\n" },
		{ "bob.ini", "[log]\n2026-11-05 = @fair with [[cy]]\n2026-11-20 = call: x\n" },
		{ "cy.ini", "" },
		{ "dan.ini", "[log]\n2026-11-05 = @FAIR note: the speaker, could not get near\n" },
		{ "future.ini", "[log]\n2026-12-05 = @fair note: to come\n" },
		{ "next.ini", "knows = dan\n" },
		{ 0 },
	};
	struct way w;

	way_open(&w, files);
	expect_way(&w, "dan", "bob met, dan @Fair");
	expect_way(&w, "next", "bob met, dan @Fair, next knows");
	expect_way(&w, "alone", "");
	expect_way(&w, "future", "");
	way_close(&w);
}

static void test_path__says_less_the_more_were_there(void **state)
{
	struct scene_file files[] = {
		{ "a.ini", "[log]\n2026-11-05 = @ball met: x [[b]] [[c]] [[d]]\n" },
		{ "b.ini", "" }, { "c.ini", "" }, { "d.ini", "" },
		{ "e.ini", "[log]\n2026-11-05 = @tea met: x\n" },
		{ "target.ini", "[log]\n2026-11-05 = @ball note: x\n2026-11-05 = @tea note: x\n" },
		{ 0 },
	};

	expect_path(files, "target", "e met, target @tea");
	files[4].text = "[log]\n2026-10-05 = @tea met: x\n2026-11-05 = call: x\n";
	expect_path(files, "target", "a met, target @ball");
}

static void test_path__never_passes_a_closed_door(void **state)
{
	struct scene_file files[] = {
		{ "paul.ini", "knows = gate, shut\n[log]\n2026-11-20 = met: x\n" },
		{ "gate.ini", "knows = target\n" },
		{ "shut.ini", "door = closed\n" },
		{ "target.ini", "" },
		{ 0 },
	};
	struct way w;

	way_open(&w, files);
	expect_way(&w, "target", "paul met, gate knows, target knows");
	expect_way(&w, "shut", "");
	way_close(&w);
	files[1].text = "door = ask\nknows = target\n";
	expect_path(files, "target", "paul met, gate knows, target knows");
	files[1].text = "door = closed until 2026-11-21\nknows = target\n";
	expect_path(files, "target", "paul met, gate knows, target knows");
	files[1].text = "door = closed until 2026-11-22\nknows = target\n";
	expect_path(files, "target", "");
	files[1].text = "knows = target\n";
	files[0].text = "door = ajar\nknows = gate\n[log]\n2026-11-20 = met: x\n";
	expect_path(files, "target", "");
	expect_path(files, "paul", "");
}

static void test_path__ends_where_strength_runs_out(void **state)
{
	enum { LONG = 10000 };
	struct scene_file *files = mem_alloc((LONG + 1) * sizeof *files);
	struct buf text = BUF_INIT;
	struct way w;

	for (size_t i = 0; i < LONG; i++) {
		buf_clear(&text);
		buf_add_fmt(&text, "p%zu.ini", i);
		files[i].path = mem_copy(text.at, text.n);
		buf_clear(&text);
		buf_add_fmt(&text, "knows = p%zu\n%s", (i + 1) % LONG,
			    i ? "" : "[log]\n2026-11-20 = met: x\n");
		files[i].text = mem_copy(text.at, text.n);
	}
	way_open(&w, files);
	expect_way(&w, "p2", "p0 met, p1 knows, p2 knows");
	expect_way(&w, "p9999", "p0 met, p9999 knows");
	expect_way(&w, "p5000", "");
	way_close(&w);
	for (size_t i = 0; i < LONG; i++) {
		mem_free((char *)files[i].path);
		mem_free((char *)files[i].text);
	}
	mem_free(files);
	buf_release(&text);
}
