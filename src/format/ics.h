#ifndef ICS_H
#define ICS_H
/*
 * ics - a calendar to be written: iCalendar, RFC 5545, as programs for calendars and tasks read it.
 *
 * Lines end with CRLF and are folded at 75 bytes, between characters; text is escaped, and what may
 * not stand in it (control characters, bytes that are not UTF-8) replaced. All days are whole days.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"

struct buf;

enum ics_kind { ICS_EVENT, ICS_TASK };

/* All texts are borrowed. */
struct ics_item {
	enum ics_kind kind;
	/*
	 * What makes it the same item in the next calendar too: its UID is made of it. Where
	 * several have the same, they are told apart by their order.
	 */
	struct text same;
	struct text summary, description; /* the latter may be empty */
	struct date start; /* of an event its day, which is whole; of a task DATE_NONE: any time */
	struct date due;   /* of a task; DATE_NONE: none */
	bool yearly;       /* an event comes each year, on the last of February for the 29th */
};

/*
 * Append the calendar of n items, in their order, as made on `today`. A partial date of a task
 * is its first day.
 */
void ics_format(const struct ics_item *items, size_t n, struct date today, struct buf *out);

#endif
