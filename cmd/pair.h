#ifndef PAIR_H
#define PAIR_H
/*
 * pair - somebody's need and the offer of another that fits it, for people and for programs.
 *
 *	Ana Ruiz needs food photographs, until 2026-12-15
 *	  Rob Delgado offers food photographs
 *	  both say: food, photographs; you introduced them 2026-11-12, 9 days ago
 */
#include <jansson.h>
#include <stddef.h>

#include "network/match.h"
#include "network/tie.h"

struct app;

/* What it takes to explain a pair; borrowed. */
struct pairing {
	const struct network *net;
	struct matcher *matcher;
	const struct ties *ties;
};

/* Print it, each line `indent` columns to the right. */
void pair_print(struct app *app, const struct pairing *by, const struct match_pair *pair,
		size_t indent);
/*
 * {"needs","need","offers","offer","by","score","words","tied","introduced"}: two people, two
 * {"value","until"?}, "offer", "title" or "tag", a number, an array of strings, whether they know
 * each other, and the date when you introduced them, or null.
 */
json_t *pair_json(const struct pairing *by, const struct match_pair *pair);

#endif
