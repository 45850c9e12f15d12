#ifndef MATCH_H
#define MATCH_H
/*
 * match - which pieces of three versions are the same thing.
 *
 * Pieces of one section and key are the same when their values are (the first with the first, the
 * second with the second, where a value stands twice). Where just one value of a key is gone
 * and just one is new, the new one stands in its place. Comments are only ever themselves.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"
#include "merge/version.h"

/* What up to three pieces are versions of, and what is to become of it. */
struct node {
	struct piece *of[SIDES]; /* NULL where it is not */
	size_t number;    /* each has its own */
	bool alive;       /* is it in the result? */
	enum side take;   /* as this side has it */
	bool both;        /* with the other side's piece beside it */
	struct text made; /* or with these lines, unless at is NULL */
	bool conflict;    /* to be told: what ours and theirs have */
	const struct piece *ours, *theirs; /* NULL: nothing */
};

/* Pieces that are told apart by their values: a key of a section, the comments of one. */
struct group {
	struct piece **at; /* borrowed: by value, then side, then place */
	size_t n;
};

struct match {
	VEC(struct piece *) pieces;
	VEC(struct group) groups;
	size_t n_nodes;
	struct arena *arena; /* borrowed: where nodes live */
};

/* All three versions have been read. */
void match_versions(struct version of[SIDES], struct match *out, struct arena *arena);
void match_release(struct match *m);

#endif
