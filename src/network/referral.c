#include "network/referral.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * The people of the network are nodes by their place in it; behind them come those who are not in
 * the book, by name.
 */
enum rank { FIRST_VIA, OTHER_VIA, SENT, FREE_TEXT }; /* the first of these is where one stands */

struct edge {
	size_t parent, child; /* nodes */
	enum rank rank;
	struct date sent, came; /* DATE_NONE: not said; not known */
};

/* A via in free text. */
struct stranger {
	struct text folded, name;
	size_t child, node;
};

struct grove {
	const struct network *net;
	const struct ties *ties;
	struct referrals *out;
	VEC(struct edge) edges;
	VEC(struct stranger) strangers;
	struct arena arena; /* owns the folded names */
	size_t n;           /* nodes */
	size_t *home;       /* by node: the parent under whom it stands in full, or NONE */
	size_t *closes;     /* by node: the one that would be, but for the circle */
	size_t *below, *won;
	size_t *place;      /* by node: where it stands in full */
};

/* ---- edges ---- */

static void add_edge(struct grove *g, size_t parent, size_t child, enum rank rank, struct date sent)
{
	struct date came = date_is_none(sent) ? person_first(&g->net->people[child]) : sent;
	struct edge edge = { parent, child, rank, sent, came };

	vec_push(&g->edges, edge);
}

static const struct person *first_via(const struct grove *g, const struct person *p)
{
	for (size_t i = 0; i < p->s.via.n; i++) {
		const struct person *via = network_find(g->net, p->s.via.at[i]);
		if (via && via != p && !via->me)
			return via;
	}
	return NULL;
}

/* A via and a got: of one person stand together: they are one edge. */
static void add_ties(struct grove *g, const struct person *p)
{
	const struct person *via = first_via(g, p);
	size_t n, child = network_index(g->net, p);
	const struct tie *const *near = ties_of(g->ties, p, &n);

	for (size_t i = 0; i < n; i++) {
		const struct tie *t = near[i], *next = i + 1 < n ? near[i + 1] : t;
		if (t->to != p || (t->kind != TIE_VIA && t->kind != TIE_SENT))
			continue;
		bool both = t->kind == TIE_VIA && next->kind == TIE_SENT && next->to == p &&
			    next->from == t->from;
		enum rank rank = t->kind == TIE_SENT ? SENT
			       : t->from == via      ? FIRST_VIA : OTHER_VIA;
		add_edge(g, network_index(g->net, t->from), child, rank,
			 both ? next->date : t->date);
		i += both;
	}
}

static void add_strangers(struct grove *g, const struct person *p)
{
	for (size_t i = 0; i < p->s.via.n && !p->me; i++) {
		struct buf folded = BUF_INIT;
		if (network_find(g->net, p->s.via.at[i]))
			continue;
		text_fold(p->s.via.at[i], &folded);
		struct stranger one = { { arena_copy(&g->arena, buf_text(&folded)), folded.n },
					p->s.via.at[i], network_index(g->net, p), 0 };
		vec_push(&g->strangers, one);
		buf_release(&folded);
	}
}

static int by_name(const void *va, const void *vb)
{
	const struct stranger *a = va, *b = vb;
	int c = text_cmp(a->folded, b->folded);

	return c ? c : (a->child > b->child) - (a->child < b->child);
}

/* Those of one name are one. */
static void name_strangers(struct grove *g)
{
	struct stranger *all = g->strangers.at;

	if (g->strangers.n)
		qsort(all, g->strangers.n, sizeof *all, by_name);
	for (size_t i = 0; i < g->strangers.n; i++) {
		if (!i || !text_equal(all[i].folded, all[i - 1].folded))
			vec_push(&g->out->names, all[i].name);
		size_t node = g->net->n + g->out->names.n - 1;
		if (!i || all[i].child != all[i - 1].child || all[i - 1].node != node)
			add_edge(g, node, all[i].child, FREE_TEXT, DATE_NONE);
		all[i].node = node;
	}
}

static int cmp_node(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* What is not known comes last. */
static int cmp_day(struct date a, struct date b)
{
	int c = date_is_none(a) - date_is_none(b);

	return c ? c : date_cmp(a, b);
}

static int by_parent(const void *va, const void *vb)
{
	const struct edge *a = va, *b = vb;
	int c = cmp_node(a->parent, b->parent);

	if (!c)
		c = cmp_day(a->came, b->came);
	return c ? c : cmp_node(a->child, b->child);
}

static int by_child(const void *va, const void *vb)
{
	const struct edge *a = va, *b = vb;
	int c = cmp_node(a->child, b->child);

	if (!c)
		c = (int)a->rank - (int)b->rank;
	if (!c)
		c = cmp_day(a->came, b->came);
	return c ? c : cmp_node(a->parent, b->parent);
}

static void sort_edges(struct grove *g, int (*order)(const void *, const void *))
{
	if (g->edges.n)
		qsort(g->edges.at, g->edges.n, sizeof *g->edges.at, order);
}

/* The first edge of a node, in edges sorted by parent (or by child). */
static size_t first_edge(const struct grove *g, size_t node, bool of_child)
{
	size_t low = 0, high = g->edges.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct edge *e = &g->edges.at[middle];
		if ((of_child ? e->child : e->parent) < node)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- who was asked for, and all above and below ---- */

/* Mark those who are asked for, and from there all that edges lead to, down or up. */
static void reach(struct grove *g, bool up, bool *marks)
{
	VEC(size_t) open = VEC_INIT;

	sort_edges(g, up ? by_child : by_parent);
	for (size_t i = 0; i < g->net->n; i++)
		if (g->net->people[i].asked) {
			marks[i] = true;
			vec_push(&open, i);
		}
	while (open.n) {
		size_t node = open.at[--open.n];
		for (size_t i = first_edge(g, node, up); i < g->edges.n; i++) {
			const struct edge *e = &g->edges.at[i];
			size_t next = up ? e->parent : e->child;
			if ((up ? e->child : e->parent) != node)
				break;
			if (!marks[next])
				vec_push(&open, next);
			marks[next] = true;
		}
	}
	vec_release(&open);
}

static void keep_asked(struct grove *g)
{
	bool *below = mem_alloc(g->n * sizeof *below), *above = mem_alloc(g->n * sizeof *above);
	size_t n = 0;

	reach(g, false, below);
	reach(g, true, above);
	for (size_t i = 0; i < g->edges.n; i++) {
		const struct edge *e = &g->edges.at[i];
		if ((below[e->parent] || above[e->parent]) && (below[e->child] || above[e->child]))
			g->edges.at[n++] = *e;
	}
	g->edges.n = n;
	mem_free(below);
	mem_free(above);
}

/* ---- one place for each ---- */

static void find_homes(struct grove *g)
{
	sort_edges(g, by_child);
	for (size_t i = 0; i < g->n; i++)
		g->home[i] = g->closes[i] = REFERRAL_NONE;
	for (size_t i = g->edges.n; i--;)
		g->home[g->edges.at[i].child] = g->edges.at[i].parent;
}

/* Whom of a circle you met first; it leads from `node` home to itself. */
static size_t eldest(const struct grove *g, size_t node)
{
	size_t found = node;

	for (size_t at = g->home[node]; at != node; at = g->home[at]) {
		int c = cmp_day(person_first(&g->net->people[at]),
				person_first(&g->net->people[found]));
		if (c < 0 || (!c && at < found))
			found = at;
	}
	return found;
}

static void break_circles(struct grove *g)
{
	size_t *walk = mem_alloc(g->n * sizeof *walk); /* by node: from where it was come by */

	for (size_t i = 0; i < g->n; i++) {
		size_t at = i;
		while (at != REFERRAL_NONE && !walk[at]) {
			walk[at] = i + 1;
			at = g->home[at];
		}
		if (at == REFERRAL_NONE || walk[at] != i + 1)
			continue;
		size_t top = eldest(g, at);
		g->closes[top] = g->home[top];
		g->home[top] = REFERRAL_NONE;
	}
	mem_free(walk);
}

static void settle(struct grove *g)
{
	find_homes(g);
	break_circles(g);
}

static bool has_won(const struct grove *g, size_t node)
{
	const struct person *p = &g->net->people[node];

	for (size_t i = 0; node < g->net->n && i < p->s.log.n; i++)
		if (p->s.log.at[i].deed == DEED_WON &&
		    date_cmp(p->s.log.at[i].date, g->net->terms.today) <= 0)
			return true;
	return false;
}

/* From those with nobody below upwards. */
static void count_below(struct grove *g)
{
	size_t *waits_for = mem_alloc(g->n * sizeof *waits_for);
	VEC(size_t) ready = VEC_INIT;

	for (size_t i = 0; i < g->n; i++)
		if (g->home[i] != REFERRAL_NONE)
			waits_for[g->home[i]]++;
	for (size_t i = 0; i < g->n; i++)
		if (!waits_for[i])
			vec_push(&ready, i);
	while (ready.n) {
		size_t node = ready.at[--ready.n], home = g->home[node];
		if (home == REFERRAL_NONE)
			continue;
		g->below[home] += g->below[node] + 1;
		g->won[home] += g->won[node] + has_won(g, node);
		if (!--waits_for[home])
			vec_push(&ready, home);
	}
	mem_free(waits_for);
	vec_release(&ready);
}

/* ---- the list ---- */

/* Someone whose edges are being followed. */
struct branch {
	size_t node, place, next; /* next: edge */
};

/* `up` and `closes` are places, `full` a node until all have their place. */
static void put(struct grove *g, size_t node, const struct edge *e, size_t up)
{
	bool known = node < g->net->n, full = !e || g->home[node] == e->parent;
	const struct person *p = known ? &g->net->people[node] : NULL;
	struct referral one = {
		.person = p,
		.name = p ? p->s.name : g->out->names.at[node - g->net->n],
		.sent = e ? e->sent : DATE_NONE,
		.depth = e ? g->out->list.at[up].depth + 1 : 0,
		.up = up,
		.full = node,
		.closes = REFERRAL_NONE,
	};

	if (full) {
		one.below = g->below[node];
		one.won = g->won[node];
		g->place[node] = g->out->list.n;
	}
	vec_push(&g->out->list, one);
}

static bool has_edge(const struct grove *g, size_t edge, size_t parent)
{
	return edge < g->edges.n && g->edges.at[edge].parent == parent;
}

static void put_tree(struct grove *g, size_t root)
{
	VEC(struct branch) open = VEC_INIT;
	struct branch top = { root, g->out->list.n, first_edge(g, root, false) };

	put(g, root, NULL, REFERRAL_NONE);
	vec_push(&open, top);
	while (open.n) {
		struct branch *b = &open.at[open.n - 1];
		if (!has_edge(g, b->next, b->node)) {
			open.n--;
			continue;
		}
		const struct edge *e = &g->edges.at[b->next++];
		struct branch child = { e->child, g->out->list.n, first_edge(g, e->child, false) };
		put(g, e->child, e, b->place);
		if (g->home[e->child] == e->parent)
			vec_push(&open, child);
	}
	vec_release(&open);
}

/* A tree, by what it is sorted. */
struct tree {
	size_t root, below;
	struct date came;
};

static int by_size(const void *va, const void *vb)
{
	const struct tree *a = va, *b = vb;
	int c = (a->below < b->below) - (a->below > b->below);

	if (!c)
		c = cmp_day(a->came, b->came);
	return c ? c : cmp_node(a->root, b->root);
}

static void put_forest(struct grove *g)
{
	VEC(struct tree) trees = VEC_INIT;

	sort_edges(g, by_parent);
	for (size_t i = 0; i < g->n; i++) {
		if (g->home[i] != REFERRAL_NONE || !has_edge(g, first_edge(g, i, false), i))
			continue;
		struct date came = i < g->net->n ? person_first(&g->net->people[i]) : DATE_NONE;
		struct tree tree = { i, g->below[i], came };
		vec_push(&trees, tree);
	}
	if (trees.n)
		qsort(trees.at, trees.n, sizeof *trees.at, by_size);
	for (size_t i = 0; i < trees.n; i++)
		put_tree(g, trees.at[i].root);
	vec_release(&trees);
	for (size_t i = 0; i < g->out->list.n; i++) {
		struct referral *r = &g->out->list.at[i];
		size_t closes = g->closes[r->full];
		r->full = g->place[r->full];
		if (r->full == i && closes != REFERRAL_NONE)
			r->closes = g->place[closes];
	}
}

/* ---- the whole ---- */

static void gather_edges(struct grove *g)
{
	for (size_t i = 0; i < g->net->n; i++) {
		add_ties(g, &g->net->people[i]);
		add_strangers(g, &g->net->people[i]);
	}
	name_strangers(g);
	g->n = g->net->n + g->out->names.n;
}

void referrals_find(struct referrals *out, const struct network *net, const struct ties *ties)
{
	struct grove g = { .net = net, .ties = ties, .out = out };

	*out = (struct referrals){ VEC_INIT, VEC_INIT };
	gather_edges(&g);
	size_t *nodes = mem_alloc(5 * g.n * sizeof *nodes);
	g.home = nodes;
	g.closes = nodes + g.n;
	g.below = nodes + 2 * g.n;
	g.won = nodes + 3 * g.n;
	g.place = nodes + 4 * g.n;
	settle(&g);
	count_below(&g); /* whoever is asked for */
	keep_asked(&g);
	settle(&g);
	put_forest(&g);
	mem_free(nodes);
	vec_release(&g.edges);
	vec_release(&g.strangers);
	arena_release(&g.arena);
}

void referrals_release(struct referrals *r)
{
	vec_release(&r->list);
	vec_release(&r->names);
}
