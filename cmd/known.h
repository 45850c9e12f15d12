#ifndef KNOWN_H
#define KNOWN_H
/*
 * known - what you know of somebody already: how often, where and when you met, through whom, what
 * is promised, what the door says.
 */
#include <jansson.h>
#include <stddef.h>

#include "base/text.h"
#include "contact/entry.h"
#include "network/network.h"
#include "network/thanks.h"

struct app;

/* An encounter as its file tells it; texts are borrowed from the known_log. */
struct known_entry {
	struct encounter met;
	struct entry entry;
};

/* The encounters of a person with their texts, by date, read again from the files they stand in. */
struct known_log;
/* The newest `most` of them; an entry that cannot be found any more is left out. */
struct known_log *known_log_read(struct app *app, const struct person *p, size_t most);
const struct known_entry *known_log_entries(const struct known_log *log, size_t *n);
void known_log_free(struct known_log *log);

/* "4 encounters, last 2026-11-05, 2 weeks ago", "no encounter yet"; appended. */
void known_say_met(const struct person *p, struct date today, struct buf *out);

/* What is owed: "sent you Ana Ruiz, Tom Weld at @dunkin-main", "gave you something"; appended. */
void known_say_debt(const struct debt *debt, struct buf *out);

/*
 * Print it: a line on how often, the door if it is not open, through whom, the newest `most`
 * encounters and the first, the open promises.
 */
void known_print(struct app *app, const struct network *net, const struct person *p, size_t most);
/* {"id","path","name","met","first","last","door","via","encounters","todo"} */
json_t *known_json(struct app *app, const struct network *net, const struct person *p);

#endif
