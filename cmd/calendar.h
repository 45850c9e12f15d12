#ifndef CALENDAR_H
#define CALENDAR_H
/*
 * calendar - what --ics prints: what a command found, as an iCalendar file on stdout.
 *
 *	struct calendar cal = CALENDAR_INIT;
 *	for each: calendar_add(&cal, ICS_TASK, &same, &summary)->due = date;
 *	calendar_print(app, &cal);
 */
#include "base/arena.h"
#include "base/vec.h"
#include "format/ics.h"

struct app;
struct buf;

struct calendar {
	VEC(struct ics_item) items;
	struct arena texts;
};
#define CALENDAR_INIT { VEC_INIT, ARENA_INIT }

/*
 * A new item, to be filled in before the next. What makes it the same item and its summary are
 * copied, and their bufs left empty.
 */
struct ics_item *calendar_add(struct calendar *c, enum ics_kind kind, struct buf *same,
			      struct buf *summary);
/* Print it, and give it back. Without an item too: programs want a calendar, if an empty one. */
void calendar_print(struct app *app, struct calendar *c);

#endif
