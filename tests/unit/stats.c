#include "unit.h"

#include "base/buf.h"
#include "network/chart.h"
#include "network/stats.h"
#include "network_scene.h"

static const struct scene_file book[] = {
	{ "ana.ini", "tags = Tampa, tampa, boats\n[log]\n2025-12-31 = x\n2026-11-01 = gave: x\n"
		     "2026-11-02 = gave: x\n2026-11-21 = got: x\n2026-11-22 = got: x" },
	{ "ben.ini", "tags = tampa\nname = Ben\n[log]\n2025-11-02 = got: x\n2020-02-01 = got: x\n"
		     "2020-01-01 = got: x" },
	{ "cy.ini", "tags = tampa, boats\nevery = 1m..3m\ndoor = closed\n[log]\n2026-03-15 = got: x\n"
		    "2026-03-15 = note: x" },
	{ "dan.ini", "tags = boats\nname = Never met" },
	{ "me.ini", "tags = boats\n[log]\n2026-11-01 = gave: x" },
	{ 0 },
};

static void test_stats__counts_by_month(void **state)
{
	struct network *net = scene_network(book);
	struct buf got = BUF_INIT;
	struct stats s;

	stats_make(&s, net, 13);
	for (size_t i = 0; i < s.months.n; i++) {
		const struct stats_month *m = &s.months.at[i];
		if (!m->encounters && !m->fresh && !m->lost)
			continue;
		buf_add_str(&got, got.n ? "; " : "");
		date_format(m->month, &got);
		buf_add_fmt(&got, " %zu %zu %zu", m->encounters, m->fresh, m->lost);
	}
	assert_int_equal(s.months.n, 13);
	assert_string_equal(got.at, "2025-11 1 0 0; 2025-12 1 1 0; 2026-03 1 1 0; 2026-06 0 0 1; "
				    "2026-11 3 0 1");
	assert_int_equal(s.encounters, 6);
	assert_int_equal(s.people, 3);
	assert_int_equal(s.fresh, 2);
	assert_int_equal(s.lost, 2);
	buf_release(&got);
	stats_release(&s);
	network_free(net);
}

static void test_stats__is_of_those_who_were_asked_for(void **state)
{
	struct network *net = scene_network(book);
	struct stats s;

	for (size_t i = 0; i < net->n; i++)
		net->people[i].asked = text_equal(net->people[i].s.id, TEXT("ben"));
	stats_make(&s, net, 13);
	assert_int_equal(s.encounters, 1);
	assert_int_equal(s.got, 3);
	stats_release(&s);
	network_free(net);
}

static void test_stats__weighs_what_you_gave_and_got(void **state)
{
	struct network *net = scene_network(book);
	struct stats s;

	stats_make(&s, net, 1);
	assert_int_equal(s.gave, 2);
	assert_int_equal(s.got, 5);
	assert_int_equal(s.balances.n, 2);
	assert_ptr_equal(s.balances.at[0].person, scene_person(net, "ben"));
	assert_int_equal(s.balances.at[0].got, 3);
	assert_ptr_equal(s.balances.at[1].person, scene_person(net, "ana"));
	assert_int_equal(s.balances.at[1].gave, 2);
	assert_int_equal(s.balances.at[1].got, 1);
	stats_release(&s);
	network_free(net);
}

static void test_stats__says_how_many_are_cold_by_tag(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "tags = Tampa, tampa\n[log]\n2026-11-01 = x" },
		{ "ben.ini", "tags = tampa, boats\n[log]\n2020-01-01 = x" },
		{ "cy.ini", "tags = TAMPA, zoo\n[log]\n2020-01-01 = x" },
		{ "dan.ini", "tags = zoo" },
		{ "eve.ini", "tags = port\n[log]\n2026-11-01 = x" },
		{ 0 },
	};
	static const struct { const char *tag; size_t cold, of; } want[] = {
		{ "Tampa", 2, 3 }, { "boats", 1, 1 }, { "zoo", 1, 1 } };
	struct network *net = scene_network(files);
	struct stats s;

	stats_make(&s, net, 1);
	assert_int_equal(s.tags.n, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_true(text_equal(s.tags.at[i].tag, text_of(want[i].tag)));
		assert_int_equal(s.tags.at[i].cold, want[i].cold);
		assert_int_equal(s.tags.at[i].of, want[i].of);
	}
	stats_release(&s);
	network_free(net);
}

static void test_stats__lost_is_the_limit_or_a_year(void **state)
{
	struct network *net = scene_network(book);
	struct date lost = stats_lost_on(scene_person(net, "cy"));

	assert_int_equal(date_cmp(lost, (struct date){ 2026, 6, 15 }), 0);
	lost = stats_lost_on(scene_person(net, "ben"));
	assert_int_equal(date_cmp(lost, (struct date){ 2026, 11, 2 }), 0);
	assert_true(date_is_none(stats_lost_on(scene_person(net, "dan"))));
	network_free(net);
}

static void test_stats__months_begin_with_the_calendar(void **state)
{
	const struct terms terms = { .today = { 2, 3, 1 }, .kinds = KINDS_BUILT_IN };
	struct network *net = network_new(&terms, 0);
	struct stats s;

	network_ready(net);
	stats_make(&s, net, STATS_MOST_MONTHS);
	assert_int_equal(s.months.n, 15);
	assert_int_equal(date_cmp(s.months.at[0].month, (struct date){ 1, 1, 0 }), 0);
	stats_release(&s);
	network_free(net);
}

/* ---- the chart ---- */

static size_t count(const struct buf *text, const char *piece)
{
	size_t n = 0;

	for (const char *at = text->at; (at = strstr(at, piece)); at++)
		n++;
	return n;
}

static void test_stats__the_chart_has_a_bar_for_each_number(void **state)
{
	struct network *net = scene_network(book);
	struct buf text = BUF_INIT;
	struct stats s;

	stats_make(&s, net, 13);
	chart_write_svg(&s, &text);
	assert_true(text_starts(buf_text(&text), TEXT("<svg xmlns=\"http://www.w3.org/2000/svg\"")));
	assert_true(text_ends(buf_text(&text), TEXT("</svg>\n")));
	assert_int_equal(count(&text, "<g>"), 13);
	assert_int_equal(count(&text, "</g>"), 13);
	assert_int_equal(count(&text, "<title>2026-11: 3 encounters, 0 new, 1 lost</title>"), 1);
	assert_int_equal(count(&text, "height=\"220.0\" fill=\"#74add1\""), 1);
	assert_int_equal(count(&text, "nan"), 0);
	assert_int_equal(count(&text, "inf"), 0);
	buf_release(&text);
	stats_release(&s);
	network_free(net);
}

static void test_stats__the_chart_of_nothing_is_one_too(void **state)
{
	struct network *net = scene_network((const struct scene_file[]){ { 0 } });
	struct buf text = BUF_INIT;
	struct stats s;

	stats_make(&s, net, STATS_MOST_MONTHS);
	chart_write_svg(&s, &text);
	assert_int_equal(count(&text, "<g>"), STATS_MOST_MONTHS);
	assert_int_equal(count(&text, "nan"), 0);
	assert_true(text_ends(buf_text(&text), TEXT("</svg>\n")));
	buf_release(&text);
	stats_release(&s);
	network_free(net);
}
