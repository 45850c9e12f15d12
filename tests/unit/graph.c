#include "unit.h"

#include "base/buf.h"
#include "network/graph.h"
#include "network_scene.h"

/* "ana ben | via ana>ben" */
static void tell(const struct graph *g, struct buf *out)
{
	for (size_t i = 0; i < g->nodes.n; i++) {
		buf_add_str(out, i ? " " : "");
		buf_add_text(out, g->nodes.at[i].key);
	}
	for (size_t i = 0; i < g->edges.n; i++) {
		const struct graph_edge *e = &g->edges.at[i];
		buf_add_fmt(out, " | %s %.*s>%.*s", graph_edge_kind(e),
			    TEXT_FMT(g->nodes.at[e->from].key), TEXT_FMT(g->nodes.at[e->to].key));
		if (e->tie.label.n)
			buf_add_fmt(out, " %.*s", TEXT_FMT(e->tie.label));
		if (e->tie.times > 1)
			buf_add_fmt(out, " %zu", e->tie.times);
	}
	for (size_t i = 0; g->by && i < g->clusters.n; i++) {
		const struct graph_cluster *c = &g->clusters.at[i];
		buf_add_fmt(out, " | [%.*s]", TEXT_FMT(c->name));
		for (size_t k = c->from; k < c->to; k++)
			buf_add_fmt(out, " %.*s", TEXT_FMT(g->nodes.at[g->members[k]].key));
	}
}

static void expect_graph(const struct scene_file *files, struct graph_wish wish, const char *want)
{
	struct network *net = scene_network(files);
	struct buf got = BUF_INIT;
	struct graph g;

	graph_make(&g, net, &wish);
	tell(&g, &got);
	assert_string_equal(got.at, want);
	graph_release(&g);
	buf_release(&got);
	network_free(net);
}

static const struct scene_file circle[] = {
	{ "ana.ini", "name = Ana\nknows.sister = ben\nknows = nobody\n[log]\n"
		     "2026-05-01 = @fair met: [[ben]]\n2026-05-02 = @fair met: [[ben]]" },
	{ "ben.ini", "name = Ben\nvia = ana" },
	{ "cy.ini", "name = Cy\nvia = me\n[log]\n2026-05-01 = x" },
	{ "dan.ini", "name = Dan\nvia = a stranger" },
	{ "me.ini", "name = Me\nknows.friend = dan" },
	{ 0 },
};

static void test_graph__has_people_and_their_ties(void **state)
{
	expect_graph(circle, (struct graph_wish){ 0 },
		     "ana ben cy dan | via ana>ben | knows ana>ben sister | together ana>ben 2");
}

static void test_graph__leaves_out_who_is_tied_to_nobody(void **state)
{
	expect_graph(circle, (struct graph_wish){ .connected = true },
		     "ana ben | via ana>ben | knows ana>ben sister | together ana>ben 2");
}

static void test_graph__may_have_you(void **state)
{
	expect_graph(circle, (struct graph_wish){ .me = true },
		     "ana ben cy dan me | via ana>ben | knows ana>ben sister | together ana>ben 2 | "
		     "together me>ana 2 | together me>ben 2 | via me>cy | together me>cy | "
		     "knows me>dan friend");
}

static void test_graph__ids_that_are_not_one_persons_become_paths(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "name = Ana" },
		{ "work/ana.ini", "name = Ana" },
		{ "ana-2.ini", "name = Ana\nvia = ana" },
		{ 0 },
	};
	expect_graph(files, (struct graph_wish){ 0 },
		     "ana.ini work/ana.ini ana-2 | via ana.ini>ana-2");
}

static void test_graph__clusters_by_first_tag(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "tags = Tampa, boats" },
		{ "ben.ini", "name = Ben" },
		{ "cy.ini", "tags = boats" },
		{ "dan.ini", "tags = tampa" },
		{ 0 },
	};
	expect_graph(files, (struct graph_wish){ .by = GRAPH_BY_TAG },
		     "ana ben cy dan | [boats] cy | [Tampa] ana dan | [] ben");
}

static void test_graph__clusters_by_the_event_one_was_at_most(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-01-01 = @zoo x\n2026-01-02 = @zoo x\n2026-05-01 = @fair x" },
		{ "ben.ini", "[log]\n2026-01-01 = @zoo x\n2026-05-01 = @fair x" },
		{ "cy.ini", "[log]\n2026-05-01 = @zoo x\n2026-01-01 = @fair x" },
		{ "dan.ini", "name = Dan" },
		{ 0 },
	};
	expect_graph(files, (struct graph_wish){ .by = GRAPH_BY_EVENT },
		     "ana ben cy dan | [fair] ben | [zoo] ana cy | [] dan");
}

/* ---- the text for Graphviz ---- */

static void write(const struct scene_file *files, struct graph_wish wish, struct buf *out)
{
	struct network *net = scene_network(files);
	struct graph g;

	graph_make(&g, net, &wish);
	graph_write_dot(&g, out);
	graph_release(&g);
	network_free(net);
}

static void expect_holds(const struct buf *text, const char *piece)
{
	if (!text_holds(buf_text(text), text_of(piece)))
		fail_msg("no %s in\n%s", piece, text->at);
}

static void test_graph__names_are_harmless_in_the_text(void **state)
{
	static const struct scene_file files[] = {
		{ "x\"y.ini", "name = A \"B\" \\N <b> & &lt;\n  c\x01 \xff" },
		{ "\\.ini", "name = \\" },
		{ 0 },
	};
	struct buf text = BUF_INIT;

	write(files, (struct graph_wish){ 0 }, &text);
	expect_holds(&text, "\"x\\\"y\" [label=\"A \\\"B\\\" \\\\N <b> &amp;\\n&amp;lt; c\\\\x01 \\\\xff\"");
	expect_holds(&text, "\"\\\\\" [label=\"\\\\\" ");
	assert_true(text_is_utf8(buf_text(&text), NULL));
	buf_release(&text);
}

static void test_graph__one_line_joins_two_people_whatever_their_ties(void **state)
{
	struct buf text = BUF_INIT;

	write(circle, (struct graph_wish){ .connected = true }, &text);
	expect_holds(&text, "\t\"ana\" -> \"ben\" [dir=forward penwidth=2.1 color=\"#444444\" "
			    "len=2 label=\"sister\"]\n}\n");
	buf_release(&text);
}

static void test_graph__an_arrow_points_to_who_was_sent(void **state)
{
	static const struct scene_file back[] = {
		{ "ana.ini", "via = ben\nknows = ben" }, { "ben.ini", "name = B" }, { 0 } };
	static const struct scene_file both[] = {
		{ "ana.ini", "via = ben" }, { "ben.ini", "via = ana" }, { 0 } };
	static const struct scene_file none[] = {
		{ "ana.ini", "knows = ben" }, { "ben.ini", "name = B" }, { 0 } };
	struct buf text = BUF_INIT;

	write(back, (struct graph_wish){ 0 }, &text);
	expect_holds(&text, "\"ben\" -> \"ana\" [dir=forward ");
	buf_clear(&text);
	write(both, (struct graph_wish){ 0 }, &text);
	expect_holds(&text, " [dir=both ");
	buf_clear(&text);
	write(none, (struct graph_wish){ 0 }, &text);
	expect_holds(&text, "\"ana\" -> \"ben\" [dir=none penwidth=1.2 color=\"#777777\" style=dashed]");
	buf_release(&text);
}

static void test_graph__a_closed_door_shows_a_name_alone(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "name = Ana\ndoor = closed\nknows.boss = ben\n[log]\n2026-11-20 = x" },
		{ "ben.ini", "name = Ben" },
		{ 0 },
	};
	struct buf text = BUF_INIT;

	write(files, (struct graph_wish){ 0 }, &text);
	expect_holds(&text, "\"ana\" [label=\"Ana\" fillcolor=\"#eeeeee\" fontcolor=\"#777777\" "
			    "color=\"#bbbbbb\" tooltip=\"door closed\"]");
	expect_holds(&text, "\"ana\" -> \"ben\" [dir=none penwidth=1.2 color=\"#bbbbbb\"]");
	assert_false(text_holds(buf_text(&text), TEXT("boss")));
	assert_false(text_holds(buf_text(&text), TEXT("2026-11-20")));
	buf_release(&text);
}

static void test_graph__who_is_tied_to_nobody_stands_in_rows(void **state)
{
	static const struct scene_file files[] = {
		{ "a.ini", "" }, { "b.ini", "" }, { "c.ini", "" }, { "d.ini", "" }, { "e.ini", "" }, { 0 } };
	struct buf text = BUF_INIT;

	write(files, (struct graph_wish){ 0 }, &text);
	expect_holds(&text, " pos=\"188,-0\"]\n");
	expect_holds(&text, " pos=\"94,-43\"]\n");
	expect_holds(&text, "\t\"d\" -> \"e\" [style=invis len=1.31]\n");
	expect_holds(&text, "\t\"b\" -> \"e\" [style=invis len=0.60]\n");
	assert_false(text_holds(buf_text(&text), TEXT("\"c\" -> \"d\"")));
	buf_release(&text);
}

static void test_graph__a_long_name_has_two_lines_and_an_end(void **state)
{
	struct buf text = BUF_INIT;
	static const struct scene_file files[] = {
		{ "a.ini", "name = Maximilian Castellanos Whitmore" },
		{ "b.ini", "name = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
		{ 0 } };

	write(files, (struct graph_wish){ 0 }, &text);
	expect_holds(&text, "label=\"Maximilian\\nCastellanos Whitmore\"");
	expect_holds(&text, "label=\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…\"");
	buf_release(&text);
}

static void test_graph__of_nobody_is_a_graph_too(void **state)
{
	struct buf text = BUF_INIT;

	write((const struct scene_file[]){ { 0 } }, (struct graph_wish){ .by = GRAPH_BY_TAG }, &text);
	assert_true(text_starts(buf_text(&text), TEXT("digraph kith {\n")));
	assert_true(text_ends(buf_text(&text), TEXT("}\n")));
	buf_release(&text);
}
