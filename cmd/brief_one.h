#ifndef BRIEF_ONE_H
#define BRIEF_ONE_H
/*
 * brief_one - the page of kith brief on one person.
 */
#include <stdbool.h>

#include "network/network.h"

struct app;

/* The person's file is read again for its notes and the texts of its log. `all` cuts nothing. */
void brief_one(struct app *app, const struct network *net, const struct person *p, bool all);

#endif
