#include "network/graph.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "network/roster.h"

/* While a graph is made. */
struct making {
	struct graph *g;
	const struct graph_wish *wish;
	size_t *nodes; /* owned: by place in the network, the place of the node from 1; 0: none */
};

/* ---- nodes ---- */

static bool shares_id(const struct network *net, size_t i)
{
	struct text id = net->people[i].s.id;

	return (i > 0 && text_equal(net->people[i - 1].s.id, id)) ||
	       (i + 1 < net->n && text_equal(net->people[i + 1].s.id, id));
}

void graph_widen(struct network *net)
{
	struct ties ties;
	bool *asked = mem_alloc(net->n);

	ties_find(&ties, net);
	for (size_t i = 0; i < ties.all.n; i++) {
		const struct tie *t = &ties.all.at[i];
		asked[network_index(net, t->from)] |= t->to->asked;
		asked[network_index(net, t->to)] |= t->from->asked;
	}
	for (size_t i = 0; i < net->n; i++)
		net->people[i].asked |= asked[i];
	mem_free(asked);
	ties_release(&ties);
}

static void add_nodes(struct making *m)
{
	const struct network *net = m->g->net;

	for (size_t i = 0; i < net->n; i++) {
		const struct person *p = &net->people[i];
		if (p->me ? !m->wish->me : !p->asked)
			continue;
		struct text key = shares_id(net, i) ? text_of(p->s.path) : p->s.id;
		struct graph_node node = { .person = p, .key = key };
		vec_push(&m->g->nodes, node);
		m->nodes[i] = m->g->nodes.n;
	}
}

/* ---- edges ---- */

static void add_edge(struct making *m, struct tie tie)
{
	size_t from = m->nodes[network_index(m->g->net, tie.from)];
	size_t to = m->nodes[network_index(m->g->net, tie.to)];

	if (from && to) {
		struct graph_edge edge = { from - 1, to - 1, tie };
		vec_push(&m->g->edges, edge);
		m->g->nodes.at[from - 1].tied = m->g->nodes.at[to - 1].tied = true;
	}
}

static bool is_me(const struct network *net, struct text id)
{
	return network_find(net, id) == net->me;
}

/* Ties are between others: what is between you and somebody. */
static void add_edges_to_me(struct making *m, const struct person *p)
{
	const struct network *net = m->g->net;

	for (size_t i = 0; i < p->s.via.n; i++)
		if (is_me(net, p->s.via.at[i]))
			add_edge(m, (struct tie){ .from = net->me, .to = p, .kind = TIE_VIA,
						  .times = 1 });
	for (size_t i = 0; i < p->s.knows.n; i++)
		if (is_me(net, p->s.knows.at[i].id))
			add_edge(m, (struct tie){ .from = p, .to = net->me, .kind = TIE_KNOWS,
						  .label = p->s.knows.at[i].label, .times = 1 });
	if (p->n_met)
		add_edge(m, (struct tie){ .from = net->me, .to = p, .kind = TIE_TOGETHER,
					  .date = person_last(p), .times = p->n_met });
}

/* Whom you say you know. */
static void add_edges_from_me(struct making *m)
{
	const struct network *net = m->g->net;
	const struct summary *s = &net->me->s;

	for (size_t i = 0; i < s->knows.n; i++) {
		const struct person *to = network_find(net, s->knows.at[i].id);
		if (to && to != net->me)
			add_edge(m, (struct tie){ .from = net->me, .to = to, .kind = TIE_KNOWS,
						  .label = s->knows.at[i].label, .times = 1 });
	}
}

static size_t lower(const struct graph_edge *e)
{
	return e->from < e->to ? e->from : e->to;
}

static size_t upper(const struct graph_edge *e)
{
	return e->from < e->to ? e->to : e->from;
}

static int by_pair(const void *va, const void *vb)
{
	const struct graph_edge *a = va, *b = vb;
	int c = (lower(a) > lower(b)) - (lower(a) < lower(b));

	if (!c)
		c = (upper(a) > upper(b)) - (upper(a) < upper(b));
	if (!c)
		c = (int)a->tie.kind - (int)b->tie.kind;
	if (!c)
		c = (a->from > b->from) - (a->from < b->from);
	return c ? c : text_cmp(a->tie.label, b->tie.label);
}

static void add_edges(struct making *m)
{
	struct graph *g = m->g;
	struct ties ties;

	ties_find(&ties, g->net);
	for (size_t i = 0; i < ties.all.n; i++)
		add_edge(m, ties.all.at[i]);
	ties_release(&ties);
	if (m->wish->me && g->net->me) {
		for (size_t i = 0; i < g->net->n; i++)
			if (!g->net->people[i].me)
				add_edges_to_me(m, &g->net->people[i]);
		add_edges_from_me(m);
	}
	if (g->edges.n)
		qsort(g->edges.at, g->edges.n, sizeof *g->edges.at, by_pair);
}

/* Those who are tied move to the front. */
static void drop_untied(struct graph *g)
{
	size_t *places = mem_alloc(g->nodes.n * sizeof *places), n = 0;

	for (size_t i = 0; i < g->nodes.n; i++) {
		places[i] = n;
		if (g->nodes.at[i].tied)
			g->nodes.at[n++] = g->nodes.at[i];
	}
	g->nodes.n = n;
	for (size_t i = 0; i < g->edges.n; i++) {
		g->edges.at[i].from = places[g->edges.at[i].from];
		g->edges.at[i].to = places[g->edges.at[i].to];
	}
	mem_free(places);
}

/* ---- clusters ---- */

/* Where somebody was most often; of several the one of the latest day. */
struct haunt {
	size_t days;
	struct date last;
	struct text slug;
};

static void count_event(const struct roster *first, size_t n, const struct network *net,
			struct haunt *now, struct haunt *best)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < first[i].people.n; k++) {
			size_t at = network_index(net, first[i].people.at[k]);
			if (now[at].slug.at != first->slug.at)
				now[at] = (struct haunt){ .slug = first->slug };
			now[at].days++;
			now[at].last = first[i].date;
			if (now[at].days > best[at].days ||
			    (now[at].days == best[at].days &&
			     date_cmp(now[at].last, best[at].last) > 0))
				best[at] = now[at];
		}
}

static void group_by_event(struct graph *g)
{
	struct haunt *now = mem_alloc(g->net->n * sizeof *now);
	struct haunt *best = mem_alloc(g->net->n * sizeof *best);
	struct rosters rosters;
	size_t n;

	rosters_find(&rosters, g->net);
	for (size_t i = 0; i < rosters.list.n; i += n) {
		const struct roster *first = &rosters.list.at[i];
		for (n = 1; i + n < rosters.list.n && roster_same(first->slug, first[n].slug); n++)
			;
		count_event(first, n, g->net, now, best);
	}
	for (size_t i = 0; i < g->nodes.n; i++)
		g->nodes.at[i].group = best[network_index(g->net, g->nodes.at[i].person)].slug;
	rosters_release(&rosters);
	mem_free(now);
	mem_free(best);
}

static void group_by_tag(struct graph *g)
{
	for (size_t i = 0; i < g->nodes.n; i++) {
		const struct summary *s = &g->nodes.at[i].person->s;
		g->nodes.at[i].group = s->tags.n ? s->tags.at[0] : TEXT_NONE;
	}
}

/* A node by the folded name of its group; the empty one goes last. */
struct member {
	struct text folded;
	size_t node;
};

static int by_group(const void *va, const void *vb)
{
	const struct member *a = va, *b = vb;
	int c = !a->folded.n - !b->folded.n;

	if (!c)
		c = text_cmp(a->folded, b->folded);
	return c ? c : a->node < b->node ? -1 : 1;
}

static struct member *sort_members(const struct graph *g, struct arena *a)
{
	struct member *members = mem_alloc(g->nodes.n * sizeof *members);
	struct buf folded = BUF_INIT;

	for (size_t i = 0; i < g->nodes.n; i++) {
		buf_clear(&folded);
		text_fold(g->nodes.at[i].group, &folded);
		members[i] = (struct member){ { arena_copy(a, buf_text(&folded)), folded.n }, i };
	}
	qsort(members, g->nodes.n, sizeof *members, by_group);
	buf_release(&folded);
	return members;
}

static void make_clusters(struct graph *g)
{
	struct arena arena = ARENA_INIT;
	struct member *members = sort_members(g, &arena);

	g->members = mem_alloc(g->nodes.n * sizeof *g->members);
	for (size_t i = 0; i < g->nodes.n; i++) {
		struct graph_node *node = &g->nodes.at[members[i].node];
		if (!i || !text_equal(members[i].folded, members[i - 1].folded)) {
			struct graph_cluster one = { node->group, i, i };
			vec_push(&g->clusters, one);
		}
		node->cluster = g->clusters.n - 1;
		g->clusters.at[node->cluster].to = i + 1;
		g->members[i] = members[i].node;
	}
	arena_release(&arena);
	mem_free(members);
}

/* ---- the graph ---- */

void graph_make(struct graph *out, const struct network *net, const struct graph_wish *wish)
{
	struct making m = { out, wish, mem_alloc(net->n * sizeof *m.nodes) };

	*out = (struct graph){ .net = net, .by = wish->by };
	add_nodes(&m);
	add_edges(&m);
	mem_free(m.nodes);
	if (wish->connected)
		drop_untied(out);
	if (wish->by == GRAPH_BY_TAG)
		group_by_tag(out);
	else if (wish->by == GRAPH_BY_EVENT)
		group_by_event(out);
	make_clusters(out);
}

void graph_release(struct graph *g)
{
	vec_release(&g->nodes);
	vec_release(&g->edges);
	vec_release(&g->clusters);
	mem_free(g->members);
}

const char *graph_edge_kind(const struct graph_edge *e)
{
	static const char *const names[] = {
		[TIE_VIA] = "via", [TIE_SENT] = "sent", [TIE_KNOWS] = "knows",
		[TIE_TOGETHER] = "together",
	};

	return names[e->tie.kind];
}
