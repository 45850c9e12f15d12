#ifndef GRAPH_H
#define GRAPH_H
/*
 * graph - the network as nodes and edges, and as a text in Graphviz's language that draws it.
 *
 * A node is a person, its colour how warm it is; an edge is a tie. Who has a closed door is there,
 * but grey and with the name alone.
 *
 *	struct graph g;
 *	graph_make(&g, net, &(struct graph_wish){ .by = GRAPH_BY_TAG });
 *	graph_write_dot(&g, &text);
 *	graph_release(&g);
 */
#include "base/vec.h"
#include "network/network.h"
#include "network/tie.h"

struct buf;

enum graph_by { GRAPH_BY_NOTHING, GRAPH_BY_TAG, GRAPH_BY_EVENT };

struct graph_wish {
	enum graph_by by; /* clusters: by everybody's first tag, or the event they were at most */
	bool me;          /* you are a node, tied to all you met */
	bool connected;   /* leave out who is tied to nobody */
};

struct graph_node {
	const struct person *person;
	struct text key;   /* nobody else's: the id, the path where two have the same */
	struct text group; /* its cluster's name, as written there; empty: it is in none */
	size_t cluster;    /* place in clusters */
	bool tied;         /* has an edge */
};

struct graph_edge {
	size_t from, to; /* places of nodes */
	struct tie tie;
};

struct graph_cluster {
	struct text name;  /* as written first; empty: of those who are in none */
	size_t from, to;   /* part of the graph's members */
};

struct graph {
	const struct network *net;
	VEC(struct graph_node) nodes; /* those who were asked for, by place in the network */
	VEC(struct graph_edge) edges; /* by pair, then as ties are */
	enum graph_by by;
	VEC(struct graph_cluster) clusters; /* by folded name; last those who are in none, if any */
	size_t *members;              /* owned: places of nodes, one cluster behind the other */
};

/* Ask for those who are tied to somebody who is asked for, too. */
void graph_widen(struct network *net);
/* Of those who were asked for and what ties them to each other. */
void graph_make(struct graph *out, const struct network *net, const struct graph_wish *wish);
void graph_release(struct graph *g);

/* "via", "sent", "knows" or "together" */
const char *graph_edge_kind(const struct graph_edge *e);

/* Append the text that draws it, layout and all: `dot -Tsvg` is enough. */
void graph_write_dot(const struct graph *g, struct buf *out);

#endif
