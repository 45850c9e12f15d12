#ifndef AGENDA_H
#define AGENDA_H
/*
 * agenda - lines of when, who and what, in columns; and those of who is due and of dates ahead,
 * with their JSON, as due, dates and today have them.
 *
 *	struct agenda a = AGENDA_INIT;
 *	struct agenda_line *line = agenda_add(&a);
 *	line->cells[0] = agenda_day(&a, date);
 *	line->cells[1] = person->s.name;
 *	line->text = agenda_keep(&a, &text);
 *	agenda_print(&app->out, &a, 2);
 */
#include <jansson.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"
#include "base/vec.h"
#include "cmd/out.h"
#include "network/ahead.h"
#include "network/due.h"

struct app;

/* Two cells in columns, then a text that may go on below. Nothing is owned. */
struct agenda_line {
	struct text cells[2], text;
	struct text below; /* one line more, cut where it is too long; may be empty */
	enum out_style styles[2], style; /* of the cells, and of the text */
};

struct agenda {
	VEC(struct agenda_line) lines;
	struct arena texts;
};
#define AGENDA_INIT { VEC_INIT, ARENA_INIT }

/*
 * The whole day that --by names, a weekday being the coming one; NULL leaves *out. Returns 0, or
 * EXIT_USAGE, having said so.
 */
int agenda_by(struct app *app, const char *typed, struct date *out);

/* A new line, empty, good until the next one. */
struct agenda_line *agenda_add(struct agenda *a);
/* The text, for as long as the agenda lives; the buf is released. */
struct text agenda_keep(struct agenda *a, struct buf *b);
/* "2026-11-25 Wed"; without a weekday where no day is known. */
struct text agenda_day(struct agenda *a, struct date date);
/* Append " (ask first)" where that is what the door says. */
void agenda_ask(const struct person *p, struct buf *text);

/* Who is due, and since when; below it what was said last, if that is wanted. */
void agenda_add_due(struct agenda *a, const struct due *due, struct date today, bool below);
/* What falls when, whose it is, and how many years it will be. */
void agenda_add_ahead(struct agenda *a, const struct ahead *ahead);

/* Print the lines, `indent` columns in, and give them back. */
void agenda_print(struct out *o, struct agenda *a, size_t indent);

/*
 * {"id","path","name","door","last","every","due","limit","over","kind","text","with"}: the last
 * encounter is told by kind and text, or by whom it stands with.
 */
json_t *due_json(const struct due *due);
/* {"id","path","name","date","label","since","years"}: since is the day as it is written. */
json_t *ahead_json(const struct ahead *ahead);

#endif
