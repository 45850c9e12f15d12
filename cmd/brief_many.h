#ifndef BRIEF_MANY_H
#define BRIEF_MANY_H
/*
 * brief_many - the page of kith brief on several people: of an event, or those a query finds.
 */
#include <stdbool.h>

#include "network/brief.h"
#include "network/event.h"
#include "network/network.h"

struct app;

/* `event` may be NULL. `all` cuts nothing; nor does JSON, but for pairs. */
void brief_many(struct app *app, const struct network *net, const struct brief_people *people,
		const struct event *event, bool all);

#endif
