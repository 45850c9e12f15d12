#ifndef DATED_H
#define DATED_H
/*
 * dated - values and when they were last set, as show --dates and list --stale print them.
 */
#include <jansson.h>

#include "base/date.h"

struct app;
struct buf;
struct contact;
struct dated;

/* Append "2024-05-01", "before 2019-03-01" or "not committed yet". */
void dated_day(const struct dated *d, struct buf *out);
/*
 * Add {"section","key","value","set"} to the object; set is null where there is no date, then
 * "before" may have one; "first": true where the value may be older than the history of its file.
 */
void dated_json(const struct dated *d, json_t *object);

/*
 * Print the contact's values with their dates: those that answer to the key; NULL: all but log
 * and todo, whose lines have dates of their own, and the uid. Returns the exit status.
 */
int dated_show(struct app *app, const struct contact *c, const char *key);

#endif
