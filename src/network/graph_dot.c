#include "base/buf.h"
#include "network/graph.h"

/* From blue to orange: all tell them apart who see colours at all, and black is read on each. */
static const char *const colors[] = {
	[WARMTH_NEVER] = "#ffffff", [WARMTH_COLD] = "#92c5de", [WARMTH_COOL] = "#d1e5f0",
	[WARMTH_WARM] = "#fddbc7",  [WARMTH_CLOSE] = "#f4a582",
};
#define CLOSED_COLOR "#eeeeee"

/* ---- words ---- */

/* Within quotes: nothing of it is an escape or an entity. */
static void add_escaped(struct text visible, struct buf *out)
{
	for (size_t i = 0; i < visible.n; i++) {
		char c = visible.at[i];
		if (c == '"' || c == '\\')
			buf_add_char(out, '\\');
		if (c == '&')
			buf_add_str(out, "&amp;");
		else
			buf_add_char(out, c);
	}
}

static void add_quoted(struct text t, struct buf *out)
{
	struct buf visible = BUF_INIT;

	text_visible(t, false, &visible);
	buf_add_char(out, '"');
	add_escaped(buf_text(&visible), out);
	buf_add_char(out, '"');
	buf_release(&visible);
}

/* Where a long name goes on in a second line: at the blank nearest its middle; its end if none. */
static size_t break_of(struct text name)
{
	enum { SHORT = 11 };
	size_t best = name.n, best_off = name.n;

	if (text_width(name) <= SHORT)
		return name.n;
	for (size_t i = 0; i < name.n; i++) {
		size_t off = 2 * i > name.n ? 2 * i - name.n : name.n - 2 * i;
		if (name.at[i] == ' ' && off < best_off) {
			best = i;
			best_off = off;
		}
	}
	return best;
}

static void add_label(struct text name, struct buf *out)
{
	enum { MOST = 48 };
	struct buf visible = BUF_INIT;

	text_visible(name, false, &visible);
	struct text all = buf_text(&visible), t = text_fit(all, MOST);
	size_t at = break_of(t);
	buf_add_char(out, '"');
	add_escaped(text_part(t, 0, at), out);
	if (at < t.n) {
		buf_add_str(out, "\\n");
		add_escaped(text_part(t, at + 1, t.n), out);
	}
	buf_add_str(out, t.n < all.n ? "…\"" : "\"");
	buf_release(&visible);
}

/* ---- people ---- */

static void add_tooltip(const struct person *p, struct buf *out)
{
	struct buf words = BUF_INIT;

	buf_add_text(&words, p->s.name);
	buf_add_fmt(&words, ": %s", warmth_name(person_warmth(p)));
	if (p->n_met) {
		buf_add_fmt(&words, ", in touch %zu time%s, last ", p->n_met,
			    p->n_met == 1 ? "" : "s");
		date_format(person_last(p), &words);
	}
	buf_add_str(out, " tooltip=");
	add_quoted(buf_text(&words), out);
	buf_release(&words);
}

static void add_node(const struct graph_node *node, struct buf *out)
{
	const struct person *p = node->person;

	add_quoted(node->key, out);
	buf_add_str(out, " [label=");
	add_label(p->s.name, out);
	if (p->door == DOOR_CLOSED) {
		buf_add_str(out, " fillcolor=\"" CLOSED_COLOR "\" fontcolor=\"#777777\""
				 " color=\"#bbbbbb\" tooltip=\"door closed\"");
	} else if (p->me) {
		buf_add_str(out, " fillcolor=\"#333333\" fontcolor=\"#ffffff\"");
	} else {
		buf_add_fmt(out, " fillcolor=\"%s\"", colors[person_warmth(p)]);
		add_tooltip(p, out);
	}
}

/* The least whole number whose square is n or more. */
static size_t root_of(size_t n)
{
	size_t root = 0;

	while (root * root < n)
		root++;
	return root;
}

/* ---- without clusters: those who are tied to nobody stand in rows, held there by hidden edges */

enum { ROW = 43, COLUMN = 94 }; /* points */

static void add_hidden(const struct graph *g, size_t from, size_t to, double inches,
		       struct buf *out)
{
	buf_add_char(out, '\t');
	add_quoted(g->nodes.at[from].key, out);
	buf_add_str(out, " -> ");
	add_quoted(g->nodes.at[to].key, out);
	buf_add_fmt(out, " [style=invis len=%.2f]\n", inches);
}

static void add_rows(const struct graph *g, const size_t *loners, size_t n, struct buf *out)
{
	size_t columns = root_of(n);

	for (size_t i = 0; i < n; i++) {
		size_t row = i / columns, column = i % columns;
		buf_add_char(out, '\t');
		add_node(&g->nodes.at[loners[i]], out);
		buf_add_fmt(out, " pos=\"%zu,-%zu\"]\n", column * COLUMN, row * ROW);
		if (column)
			add_hidden(g, loners[i - 1], loners[i], COLUMN / 72.0, out);
		if (row)
			add_hidden(g, loners[i - columns], loners[i], ROW / 72.0, out);
	}
}

static void add_people(const struct graph *g, struct buf *out)
{
	size_t *loners = mem_alloc(g->nodes.n * sizeof *loners), n = 0;

	for (size_t i = 0; i < g->nodes.n; i++) {
		if (!g->nodes.at[i].tied) {
			loners[n++] = i;
			continue;
		}
		buf_add_char(out, '\t');
		add_node(&g->nodes.at[i], out);
		buf_add_str(out, "]\n");
	}
	add_rows(g, loners, n, out);
	mem_free(loners);
}

/* ---- with clusters: each is a box of rows, the warmest first */

static void add_cluster_label(const struct graph *g, const struct graph_cluster *c, struct buf *out)
{
	struct buf name = BUF_INIT;
	bool tag = g->by == GRAPH_BY_TAG;

	if (c->name.n)
		buf_add_char(&name, tag ? '#' : '@');
	buf_add_text(&name, c->name.n ? c->name : tag ? TEXT("no tag") : TEXT("no event"));
	add_quoted(buf_text(&name), out);
	buf_release(&name);
}

static void add_cluster(const struct graph *g, size_t nth, struct buf *out)
{
	const struct graph_cluster *c = &g->clusters.at[nth];

	buf_add_fmt(out, "\tsubgraph cluster_%zu {\n\t\tgraph [packmode=array_uc%zu label=", nth,
		    root_of(c->to - c->from));
	add_cluster_label(g, c, out);
	buf_add_str(out, "]\n");
	for (size_t i = c->from; i < c->to; i++) {
		const struct graph_node *node = &g->nodes.at[g->members[i]];
		bool shut = node->person->door == DOOR_CLOSED;
		int coldness = WARMTH_CLOSE - (int)person_warmth(node->person);
		buf_add_str(out, "\t\t");
		add_node(node, out);
		buf_add_fmt(out, " sortv=%d]\n", shut ? WARMTH_CLOSE + 1 : coldness);
	}
	buf_add_str(out, "\t}\n");
}

/* ---- what is between two ---- */

struct bond {
	bool there, back; /* somebody was sent: which way, seen from the first edge */
	size_t times;     /* together */
	bool knows;
	struct buf labels;
};

static bool same_pair(const struct graph_edge *a, const struct graph_edge *b)
{
	return (a->from == b->from && a->to == b->to) || (a->from == b->to && a->to == b->from);
}

static void tell(const struct graph_edge *first, const struct graph_edge *e, struct bond *bond)
{
	switch (e->tie.kind) {
	case TIE_VIA:
	case TIE_SENT:
		if (e->from == first->from)
			bond->there = true;
		else
			bond->back = true;
		break;
	case TIE_KNOWS:
		bond->knows = true;
		if (e->tie.label.n) {
			if (bond->labels.n)
				buf_add_str(&bond->labels, ", ");
			buf_add_text(&bond->labels, e->tie.label);
		}
		break;
	case TIE_TOGETHER:
		bond->times += e->tie.times;
		break;
	}
}

static double bond_width(size_t times)
{
	double width = 1.2;

	for (; times > 1 && width < 6; times /= 2)
		width += 0.9;
	return width;
}

/* Faint is what runs across everything. */
static const char *bond_color(const struct bond *b, bool shut, bool faint)
{
	if ((b->there || b->back) && !shut)
		return faint ? "#44444466" : "#444444";
	if (b->knows && !b->times && !shut)
		return faint ? "#77777766" : "#777777";
	return faint ? "#aaaaaa55" : "#bbbbbb";
}

static void add_bond(const struct graph *g, const struct graph_edge *first, const struct bond *b,
		     struct buf *out)
{
	const struct graph_node *from = &g->nodes.at[first->from], *to = &g->nodes.at[first->to];
	bool shut = from->person->door == DOOR_CLOSED || to->person->door == DOOR_CLOSED;
	bool mine = from->person->me || to->person->me; /* there is one to nearly everybody */
	bool crosses = from->cluster != to->cluster, sent = b->there || b->back;

	buf_add_char(out, '\t');
	add_quoted(from->key, out);
	buf_add_str(out, " -> ");
	add_quoted(to->key, out);
	buf_add_fmt(out, " [dir=%s penwidth=%.1f color=\"%s\"",
		    !sent ? "none" : !b->back ? "forward" : b->there ? "both" : "back",
		    bond_width(b->times), bond_color(b, shut, crosses || mine));
	if (b->knows && !b->times && !sent && !shut)
		buf_add_str(out, " style=dashed");
	if (b->labels.n && !shut) { /* between boxes there is no room for words */
		buf_add_str(out, g->by ? " tooltip=" : " len=2 label=");
		add_quoted(buf_text(&b->labels), out);
	}
	buf_add_str(out, "]\n");
}

static void add_bonds(const struct graph *g, struct buf *out)
{
	size_t n;

	for (size_t i = 0; i < g->edges.n; i += n) {
		const struct graph_edge *first = &g->edges.at[i];
		struct bond bond = { .labels = BUF_INIT };
		for (n = 0; i + n < g->edges.n && same_pair(first, first + n); n++)
			tell(first, first + n, &bond);
		add_bond(g, first, &bond, out);
		buf_release(&bond.labels);
	}
}

/* ---- all of it ---- */

static void add_legend(struct buf *out)
{
	buf_add_str(out, "\tlabel=<<table border=\"0\" color=\"#bbbbbb\" cellspacing=\"6\""
			 " cellpadding=\"3\"><tr>");
	for (int w = WARMTH_CLOSE; w >= WARMTH_NEVER; w--)
		buf_add_fmt(out, "<td border=\"1\" style=\"rounded\" bgcolor=\"%s\">%s</td>",
			    colors[w], warmth_name((enum warmth)w));
	buf_add_str(out, "<td border=\"1\" style=\"rounded\" bgcolor=\"" CLOSED_COLOR
			 "\"><font color=\"#777777\">door closed</font></td></tr></table>>\n");
}

/* Stress gives the clearest picture, but takes the square of the number of people. */
static const char *layout_of(const struct graph *g)
{
	enum { MANY = 1000 };

	return g->by ? "osage" : g->nodes.n > MANY ? "sfdp" : "neato";
}

void graph_write_dot(const struct graph *g, struct buf *out)
{
	buf_add_fmt(out, "digraph kith {\n"
			 "\tgraph [layout=%s pack=12 splines=line outputorder=edgesfirst\n",
		    layout_of(g));
	if (g->by)
		buf_add_fmt(out, "\t\tpackmode=array_c%zu style=rounded color=\"#bbbbbb\"\n",
			    root_of(g->clusters.n + g->clusters.n / 2));
	else
		buf_add_str(out, "\t\toverlap=prism overlap_scaling=0 overlap_shrink=false"
				 " sep=\"+5\" normalize=true inputscale=72\n");
	buf_add_str(out, "\t\tfontname=\"Helvetica\" fontsize=12]\n"
			 "\tnode [shape=box style=\"rounded,filled\" color=\"#555555\" penwidth=0.8"
			 " height=0.2 width=0.3\n"
			 "\t\tmargin=\"0.08,0.04\" fontname=\"Helvetica\" fontsize=11]\n"
			 "\tedge [len=1.2 color=\"#bbbbbb\" arrowsize=0.7 fontname=\"Helvetica\""
			 " fontsize=9 fontcolor=\"#555555\"]\n");
	add_legend(out);
	for (size_t i = 0; g->by && i < g->clusters.n; i++)
		add_cluster(g, i, out);
	if (!g->by)
		add_people(g, out);
	add_bonds(g, out);
	buf_add_str(out, "}\n");
}
