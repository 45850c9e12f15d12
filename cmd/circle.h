#ifndef CIRCLE_H
#define CIRCLE_H
/*
 * circle - the network of the book as a command wants it: read from all files at once, with those
 * who were asked for marked (person.asked).
 *
 *	struct circle c;
 *	int rc = circle_read(app, &c, argc, argv);
 *	if (!rc) print(c.net) ...
 *	return circle_close(&c, rc);
 */
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "network/network.h"

struct circle {
	struct network *net;
	size_t n_asked;
	int damage; /* exit status of what could not be read; it was said */
};

/*
 * The arguments together are a name, else a query (kith help names, queries); none at all ask for
 * everybody. A name that fits several means all of those. Returns 0, or the exit status, having
 * said so: when nobody is asked for too.
 */
int circle_read(struct app *app, struct circle *c, int argc, char **argv);
/* The same for the one person that the arguments name; a terminal may pick. */
int circle_read_one(struct app *app, struct circle *c, int argc, char **argv,
		    const struct person **who);
/* Gives it back, also after a failure. Returns rc, or what was damaged where that is 0 or "no". */
int circle_close(struct circle *c, int rc);

/*
 * The network with these contacts asked for; their paths are borrowed. Returns 0 or the exit
 * status.
 */
int circle_read_these(struct app *app, struct circle *c, const char *const *paths, size_t n);

/* {"id","path","name"}: the beginning of every reply about a person. */
json_t *person_json(const struct person *p);
/* Put {"date","who","text","number"} into an object. */
void promise_json(json_t *json, const struct summary_promise *p);

/* "2026-11-16, 6 days ago"; appended. */
void date_say(struct date d, struct date today, struct buf *out);

#endif
