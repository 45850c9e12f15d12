#ifndef QUERY_TREE_H
#define QUERY_TREE_H
/*
 * query_tree - what a query says: its grammar, with no idea of contacts yet.
 *
 *	any  = all { "OR" all }
 *	all  = one { one }
 *	one  = "-" one | "(" any ")" | term
 *	term = [ "#" | "@" | FIELD ":" | FIELD "=" ] TEXT
 *
 * FIELD begins with a letter ("12:30" and "http://x" are plain words). Quotes may
 * stand around any part of TEXT and take the meaning from white space, parentheses
 * and signs; TEXT may be empty behind a FIELD only.
 */
#include <stdbool.h>

#include "base/date.h"
#include "base/text.h"
#include "contact/needle.h"

struct arena;
struct fault;

enum query_kind {
	QUERY_ALL,    /* every child */
	QUERY_ANY,    /* some child */
	QUERY_NOT,    /* not its one child */
	QUERY_WORD,   /* the needle, anywhere */
	QUERY_VALUE,  /* a value in one place passes the test */
	QUERY_SINCE,
	QUERY_BEFORE
};

enum query_test {
	QUERY_HAS,   /* there is a value */
	QUERY_HOLDS, /* one has the needle in it */
	QUERY_IS     /* one is the needle */
};

enum query_place {
	QUERY_IN_KEYS, /* those that answer to `field` */
	QUERY_IN_ID,
	QUERY_IN_PATH,
	QUERY_IN_LOG,
	QUERY_IN_TODO,
	QUERY_IN_EVENTS,
	QUERY_IN_KINDS,
	QUERY_IN_DOOR,
	QUERY_IN_TAGS  /* of the person and of the log: #tag */
};

struct query_node {
	enum query_kind kind;
	struct query_node *first, *last; /* children */
	struct query_node *next;         /* the next child of the same parent */
	enum query_test test;            /* VALUE */
	enum query_place place;          /* VALUE */
	struct text field;               /* VALUE in keys */
	struct needle needle;            /* WORD (digits if it is a phone number), VALUE */
	struct date date;                /* SINCE, BEFORE; its year is known */
};

/*
 * Parse; the tree lives in the arena, *root is NULL when the text asks for
 * nothing. At most 100 nodes deep, but for the lists. FAULT_USAGE with a column.
 */
int query_tree_parse(struct text text, struct date today, struct arena *a, struct query_node **root,
		     struct fault *f);

#endif
