#include <string.h>

#include "base/buf.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/picture.h"
#include "network/graph.h"

static bool dot, me, connected;
static const char *by, *svg, *png;
static const struct opt opts[] = {
	{ "dot", 0, OPT_FLAG, &dot, NULL, "text in Graphviz's language; the default" },
	{ "svg", 0, OPT_TEXT, &svg, "FILE", "a picture, drawn by Graphviz; - is stdout" },
	{ "png", 0, OPT_TEXT, &png, "FILE", "the same as pixels" },
	{ "by", 'b', OPT_TEXT, &by, "tag|event", "in boxes, by tag or by event" },
	{ "connected", 'c', OPT_FLAG, &connected, NULL, "leave out who is tied to nobody" },
	{ "me", 'm', OPT_FLAG, &me, NULL, "with yourself" },
	OPT_END
};

/* ---- JSON ---- */

static json_t *node_json(const struct graph *g, const struct graph_node *node)
{
	const struct person *p = node->person;
	json_t *json = person_json(p);

	if (p->door != DOOR_OPEN)
		json_object_set_new(json, "door", json_string(door_name(p->door)));
	if (p->me)
		json_object_set_new(json, "me", json_true());
	if (!p->me && p->door != DOOR_CLOSED) {
		json_object_set_new(json, "warmth", json_string(warmth_name(person_warmth(p))));
		json_object_set_new(json, "encounters", json_integer((json_int_t)p->n_met));
		json_object_set_new(json, "last", date_json(person_last(p)));
	}
	if (g->by && node->group.n)
		json_object_set_new(json, g->by == GRAPH_BY_TAG ? "tag" : "event",
				    out_json_text(node->group));
	return json;
}

static json_t *edge_json(const struct graph *g, const struct graph_edge *e)
{
	json_t *json = json_object();

	json_object_set_new(json, "from", out_json_text(g->nodes.at[e->from].key));
	json_object_set_new(json, "to", out_json_text(g->nodes.at[e->to].key));
	json_object_set_new(json, "kind", json_string(graph_edge_kind(e)));
	if (e->tie.label.n)
		json_object_set_new(json, "label", out_json_text(e->tie.label));
	if (!date_is_none(e->tie.date))
		json_object_set_new(json, "date", date_json(e->tie.date));
	if (e->tie.kind == TIE_TOGETHER)
		json_object_set_new(json, "times", json_integer((json_int_t)e->tie.times));
	return json;
}

static void print_json(struct app *app, const struct graph *g)
{
	json_t *json = json_object(), *nodes = json_array(), *edges = json_array();

	for (size_t i = 0; i < g->nodes.n; i++)
		json_array_append_new(nodes, node_json(g, &g->nodes.at[i]));
	for (size_t i = 0; i < g->edges.n; i++)
		json_array_append_new(edges, edge_json(g, &g->edges.at[i]));
	json_object_set_new(json, "nodes", nodes);
	json_object_set_new(json, "edges", edges);
	out_json(&app->out, json);
}

/* ---- pictures ---- */

static int draw(struct app *app, struct text text, const char *format, const char *file)
{
	struct buf picture = BUF_INIT;

	int rc = picture_draw(app, text, format, &picture);
	if (!rc)
		rc = picture_save(app, file, buf_text(&picture));
	buf_release(&picture);
	return rc;
}

static int print(struct app *app, const struct graph *g)
{
	struct buf text = BUF_INIT;
	int rc = 0;

	if (app->json) {
		print_json(app, g);
		return 0;
	}
	graph_write_dot(g, &text);
	if (dot || (!svg && !png))
		out_raw(&app->out, buf_text(&text));
	if (svg)
		rc = draw(app, buf_text(&text), "svg", svg);
	if (png && !rc)
		rc = draw(app, buf_text(&text), "png", png);
	buf_release(&text);
	return rc;
}

/* ---- the command ---- */

static int show(struct app *app, const struct network *net, const struct graph_wish *wish)
{
	struct graph g;

	graph_make(&g, net, wish);
	int rc = print(app, &g);
	if (!rc && !g.nodes.n) {
		app_say(app, connected ? "nobody is tied to anybody" : "there is nobody to draw");
		rc = EXIT_NO;
	}
	graph_release(&g);
	return rc;
}

static int check_wish(struct app *app, struct graph_wish *wish)
{
	*wish = (struct graph_wish){ .me = me, .connected = connected };
	if (by && !strcmp(by, "tag"))
		wish->by = GRAPH_BY_TAG;
	else if (by && !strcmp(by, "event"))
		wish->by = GRAPH_BY_EVENT;
	else if (by)
		return app_usage(app, "--by is tag or event");
	if (app->json && (dot || svg || png))
		return app_usage(app, "--json is the network as data, --%s draws it; not both",
				 dot ? "dot" : svg ? "svg" : "png");
	if (png && !strcmp(png, "-") && app->out.terminal)
		return app_usage(app, "a PNG is not for a terminal; name a file");
	return 0;
}

static int run(struct app *app, int argc, char **argv)
{
	struct graph_wish wish;
	struct circle c;

	int rc = check_wish(app, &wish);
	if (rc)
		return rc;
	rc = circle_read(app, &c, argc, argv);
	if (!rc && c.n_asked == 1)
		graph_widen(c.net);
	if (!rc)
		rc = show(app, c.net, &wish);
	return circle_close(&c, rc);
}

const struct command cmd_graph = {
	.name = "graph",
	.group = "network",
	.args = "[NAME|QUERY]",
	.summary = "draw who came through whom, who knows whom, who met together",
	.help = "The people who match, or everybody, and what ties them to each other; of one\n"
		"person those around them too. An arrow\n"
		"goes from whoever introduced somebody (*via*, or a *got:* or *intro:* with a\n"
		"link) to who was introduced; a dashed line is *knows*, with its label; a grey\n"
		"line joins those who took part in one entry, the thicker the more often. The\n"
		"colour of a person says how warm it is, from blue to orange, by number and age\n"
		"of encounters. People who are tied to nobody stand aside in rows, or are left\n"
		"out with *--connected*.\n"
		"\n"
		"Who has a closed door is shown in grey, with the name and nothing else.\n"
		"\n"
		"*--by tag* puts people in boxes by the first of their tags, *--by event* by the\n"
		"event they were at most often; the warmest come first.\n"
		"\n"
		"Without an option the graph is printed as text in the language of Graphviz, with\n"
		"layout, colours and all. *--svg* and *--png* have it drawn by Graphviz, if that\n"
		"is installed. In an SVG the pointer over a person tells more.\n"
		"\n"
		"    kith graph --svg network.svg\n"
		"    kith graph '#writer OR #client' --by tag --png writers.png\n"
		"    kith graph --connected | dot -Tpdf >network.pdf\n"
		"    kith graph --json | jq '.edges[] | select(.kind == \"sent\")'\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | NEGATIVE_ARGS | READS,
	.completes = "query*",
	.run = run,
};
