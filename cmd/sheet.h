#ifndef SHEET_H
#define SHEET_H
/*
 * sheet - the paper that kith brief is written on: what it is made of, and where it is cut.
 */
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "network/network.h"
#include "network/thanks.h"

struct app;
struct buf;

/* What a page is printed on. */
struct sheet {
	struct app *app;
	bool all; /* cut nothing */
};

/* Of n, those there is room for: a few. */
size_t sheet_room(const struct sheet *sheet, size_t n);
/* "  and 4,990 more", if any are left of n. */
void sheet_more(const struct sheet *sheet, size_t n, size_t shown);
/* out_wrapped and the end of the line; of a text that takes more than a few lines the front. */
void sheet_text(const struct sheet *sheet, struct text t, size_t at, size_t indent);

/* "horror novelist, Night Harbor Press": title and org, as far as they are known; appended. */
void sheet_say_what(const struct person *p, struct buf *out);
/* "2026-11-16 @dunkin-main": an encounter's day and event; appended. */
void sheet_say_where(const struct encounter *met, struct buf *out);

/* A line with a date, red when it is over, who, and what. */
void sheet_promise(const struct sheet *sheet, const struct summary_promise *p, struct text who);
/* A line of what is owed to somebody; `who` is put in front unless it is empty. */
void sheet_debt(const struct sheet *sheet, const struct debt *debt, struct text who);

/* {"since","sent":[people],"promised"}, put into `json`. */
void sheet_add_debt(json_t *json, const struct debt *debt);

#endif
