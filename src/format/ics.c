#include "format/ics.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

/* ---- lines ---- */

/* Append a line, folded: what goes on below has a space in front, which counts. */
static void add_line(struct text line, struct buf *out)
{
	enum { LONGEST = 75 };
	size_t used = 0;

	while (line.n) {
		int rune;
		size_t n = text_decode(line, &rune);
		if (used + n > LONGEST) {
			buf_add_str(out, "\r\n ");
			used = 1;
		}
		buf_add(out, line.at, n);
		used += n;
		line = text_part(line, n, line.n);
	}
	buf_add_str(out, "\r\n");
}

/* A value of type TEXT; a tab is a space, as programs differ about it. */
static void escape(struct text t, struct buf *out)
{
	struct buf sound = BUF_INIT;

	text_repair(t, &sound);
	for (size_t i = 0; i < sound.n; i++) {
		char c = sound.at[i];
		if (c == '\n')
			buf_add_str(out, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			buf_add_fmt(out, "\\%c", c);
		else if (c == '\r' && i + 1 < sound.n && sound.at[i + 1] == '\n')
			continue;
		else
			buf_add_char(out, (unsigned char)c < ' ' || c == 127 ? ' ' : c);
	}
	buf_release(&sound);
}

static void add_text(const char *name, struct text value, struct buf *out)
{
	struct buf line = BUF_INIT;

	buf_add_fmt(&line, "%s:", name);
	escape(value, &line);
	add_line(buf_text(&line), out);
	buf_release(&line);
}

static void add_day(const char *name, struct date d, struct buf *out)
{
	d = date_from_days(date_days(d));
	buf_add_fmt(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, d.year, d.month, d.day);
}

/* ---- who is who ---- */

/* Where an item stands among those that are the same but for their order. */
struct place {
	uint64_t hash;
	size_t item;
	size_t before; /* how many of the same stand before it */
};

static int by_hash(const void *va, const void *vb)
{
	const struct place *a = va, *b = vb;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return (a->item > b->item) - (a->item < b->item);
}

static int by_item(const void *va, const void *vb)
{
	const struct place *a = va, *b = vb;

	return (a->item > b->item) - (a->item < b->item);
}

/* Owned by the caller; in the order of the items. */
static struct place *find_places(const struct ics_item *items, size_t n)
{
	struct place *places = mem_alloc(n * sizeof *places);

	for (size_t i = 0; i < n; i++) {
		uint64_t hash = hash_bytes(items[i].same, (uint64_t)items[i].kind);
		places[i] = (struct place){ hash, i, 0 };
	}
	qsort(places, n, sizeof *places, by_hash);
	for (size_t i = 1; i < n; i++)
		if (places[i].hash == places[i - 1].hash)
			places[i].before = places[i - 1].before + 1;
	qsort(places, n, sizeof *places, by_item);
	return places;
}

static void add_uid(const struct place *place, struct buf *out)
{
	buf_add_fmt(out, "UID:%016" PRIx64, place->hash);
	if (place->before)
		buf_add_fmt(out, "-%zu", place->before + 1);
	buf_add_str(out, "@kith\r\n");
}

/* ---- items ---- */

static void add_event(const struct ics_item *item, struct buf *out)
{
	const struct date d = item->start;

	add_day("DTSTART", d, out);
	if (item->yearly && d.month == 2 && d.day == 29) /* else only leap years would have it */
		buf_add_str(out, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1\r\n");
	else if (item->yearly)
		buf_add_str(out, "RRULE:FREQ=YEARLY\r\n");
	buf_add_str(out, "TRANSP:TRANSPARENT\r\n"); /* nobody is busy all day with it */
}

/* DUE has to be later than DTSTART, which need not be there. */
static void add_task(const struct ics_item *item, struct buf *out)
{
	bool starts = !date_is_none(item->start);

	if (starts && date_days(item->start) < date_days(item->due))
		add_day("DTSTART", item->start, out);
	if (!date_is_none(item->due))
		add_day("DUE", item->due, out);
	buf_add_str(out, "STATUS:NEEDS-ACTION\r\n");
}

static void add_item(const struct ics_item *item, const struct place *place, struct date today,
		     struct buf *out)
{
	const char *name = item->kind == ICS_EVENT ? "VEVENT" : "VTODO";

	buf_add_fmt(out, "BEGIN:%s\r\n", name);
	add_uid(place, out);
	buf_add_fmt(out, "DTSTAMP:%04d%02d%02dT000000Z\r\n", today.year, today.month, today.day);
	if (item->kind == ICS_EVENT)
		add_event(item, out);
	else
		add_task(item, out);
	add_text("SUMMARY", item->summary, out);
	if (item->description.n)
		add_text("DESCRIPTION", item->description, out);
	buf_add_fmt(out, "END:%s\r\n", name);
}

void ics_format(const struct ics_item *items, size_t n, struct date today, struct buf *out)
{
	struct place *places = find_places(items, n);

	buf_add_str(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//kith//kith//EN\r\n");
	for (size_t i = 0; i < n; i++)
		add_item(&items[i], &places[i], today, out);
	buf_add_str(out, "END:VCALENDAR\r\n");
	mem_free(places);
}
