#include "cmd/known.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "contact/contact.h"
#include "contact/promise.h"

/* ---- the entries in full ---- */

struct known_log {
	VEC(struct known_entry) list;
	VEC(struct contact *) files; /* what the texts are borrowed from */
};

/* File by file, and line by line in each. */
static int by_place(const void *va, const void *vb)
{
	const struct known_entry *const *a = va, *const *b = vb;
	size_t file_a = (*a)->met.in->place, file_b = (*b)->met.in->place;
	unsigned line_a = (*a)->met.entry->line, line_b = (*b)->met.entry->line;

	if (file_a != file_b)
		return file_a < file_b ? -1 : 1;
	return (line_a > line_b) - (line_a < line_b);
}

/* Fill in those of one file, which begin at *wanted. Returns behind them. */
static struct known_entry **fill(struct app *app, struct known_log *log,
				 struct known_entry **wanted, struct known_entry **end)
{
	const struct person *in = (*wanted)->met.in;
	struct fault f = FAULT_INIT;
	struct contact *c = mem_alloc(sizeof *c);
	struct entry e;
	unsigned line;

	vec_push(&log->files, c);
	bool there = book_load(&app->book, in->s.path, c, NULL, &f) == 0;
	for (size_t at = 0; there && wanted < end && (*wanted)->met.in == in &&
			    contact_next_log(c, &app->book.config.kinds, &at, &e, &line);) {
		if (line < (*wanted)->met.entry->line)
			continue;
		if (line == (*wanted)->met.entry->line && !date_cmp(e.date, (*wanted)->met.date))
			(*wanted)->entry = e;
		wanted++;
	}
	while (wanted < end && (*wanted)->met.in == in)
		wanted++;
	return wanted;
}

struct known_log *known_log_read(struct app *app, const struct person *p, size_t most)
{
	struct known_log *log = mem_alloc(sizeof *log);
	size_t first = p->n_met > most ? p->n_met - most : 0, n = 0;
	VEC(struct known_entry *) order = VEC_INIT;

	for (size_t i = first; i < p->n_met; i++) {
		struct known_entry one = { .met = p->met[i] };
		vec_push(&log->list, one);
	}
	for (size_t i = 0; i < log->list.n; i++)
		vec_push(&order, &log->list.at[i]);
	if (order.n)
		qsort(order.at, order.n, sizeof *order.at, by_place);
	for (size_t i = 0; i < order.n;)
		i = (size_t)(fill(app, log, order.at + i, order.at + order.n) - order.at);
	for (size_t i = 0; i < log->list.n; i++)
		if (log->list.at[i].entry.kind.n)
			log->list.at[n++] = log->list.at[i];
	log->list.n = n;
	vec_release(&order);
	return log;
}

const struct known_entry *known_log_entries(const struct known_log *log, size_t *n)
{
	*n = log->list.n;
	return log->list.at;
}

void known_log_free(struct known_log *log)
{
	for (size_t i = 0; i < log->files.n; i++) {
		contact_release(log->files.at[i]);
		mem_free(log->files.at[i]);
	}
	vec_release(&log->files);
	vec_release(&log->list);
	mem_free(log);
}

/* ---- saying it ---- */

void known_say_met(const struct person *p, struct date today, struct buf *out)
{
	if (!p->n_met) {
		buf_add_str(out, "no encounter yet");
		return;
	}
	buf_add_fmt(out, p->n_met == 1 ? "one encounter, " : "%zu encounters, last ", p->n_met);
	date_say(person_last(p), today, out);
}

void known_say_debt(const struct debt *debt, struct buf *out)
{
	const struct summary_entry *e = debt->entry;
	bool introduced = e && e->deed == DEED_INTRO;
	bool gave = e && e->deed == DEED_GOT && !e->n_links;

	if (!debt->sent.n)
		buf_add_str(out, introduced ? "introduced you" : "gave you something");
	else if (gave)
		buf_add_str(out, "gave you something, and ");
	for (size_t i = 0; i < debt->sent.n; i++)
		buf_add_fmt(out, "%s%.*s", i ? ", " : "sent you ",
			    TEXT_FMT(debt->sent.at[i]->s.name));
	if (e && e->event.n)
		buf_add_fmt(out, " at @%.*s", TEXT_FMT(e->event));
}

static void print_door(struct out *o, const struct person *p)
{
	if (p->door == DOOR_OPEN)
		return;
	out_style(o, STYLE_WARN);
	out_fmt(o, "  door: %s", door_name(p->door));
	if (!date_is_none(p->s.door.until) && !p->s.door.unclear) {
		struct buf until = BUF_INIT;
		date_format(p->s.door.until, &until);
		out_fmt(o, " until %s", until.at);
		buf_release(&until);
	}
	if (p->s.door.reason.n) {
		out_str(o, ", ");
		out_text(o, p->s.door.reason);
	}
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
}

static void print_via(struct out *o, const struct network *net, const struct person *p)
{
	for (size_t i = 0; i < p->s.via.n; i++) {
		const struct person *via = network_find(net, p->s.via.at[i]);
		out_str(o, "  through ");
		out_text(o, via ? via->s.name : p->s.via.at[i]);
		out_str(o, "\n");
	}
}

static void print_entry(struct out *o, const struct known_entry *e)
{
	enum { TEXT_COLUMN = 20 };
	struct buf date = BUF_INIT;

	date_format(e->met.date, &date);
	out_str(o, "  ");
	out_cell(o, buf_text(&date), 10);
	out_str(o, "  ");
	out_style(o, STYLE_LABEL);
	out_cell(o, e->entry.kind, 6);
	out_style(o, STYLE_PLAIN);
	out_str(o, " ");
	size_t at = TEXT_COLUMN + 1;
	if (e->entry.leads) {
		out_str(o, "@");
		out_text(o, e->entry.event);
		out_str(o, " ");
		at += out_width(e->entry.event) + 2;
	}
	out_wrapped(o, e->entry.text, at, TEXT_COLUMN + 1);
	out_str(o, "\n");
	buf_release(&date);
}

static void print_log(struct app *app, const struct person *p, size_t most)
{
	struct person first = *p;
	struct known_log *log = known_log_read(app, p, most);
	size_t n;

	if (p->n_met > most) {
		first.n_met = 1;
		struct known_log *oldest = known_log_read(app, &first, 1);
		const struct known_entry *e = known_log_entries(oldest, &n);
		if (n)
			print_entry(&app->out, e);
		known_log_free(oldest);
		if (p->n_met > most + 1)
			out_fmt(&app->out, "  .. %zu more\n", p->n_met - most - 1);
	}
	const struct known_entry *list = known_log_entries(log, &n);
	for (size_t i = 0; i < n; i++)
		print_entry(&app->out, &list[i]);
	known_log_free(log);
}

static void print_todo(struct app *app, const struct person *p)
{
	enum { MOST = 5 };
	struct out *o = &app->out;

	for (size_t i = 0; i < p->s.todo.n && i < MOST; i++) {
		const struct summary_promise *todo = &p->s.todo.at[i];
		struct buf date = BUF_INIT;
		date_format(todo->date, &date);
		out_str(o, todo->they ? "  they promised, " : "  you promised, ");
		if (promise_is_late(todo->date, app->today))
			out_style(o, STYLE_WARN);
		out_str(o, date.at);
		out_style(o, STYLE_PLAIN);
		out_str(o, ": ");
		out_wrapped(o, todo->text, 28, 4);
		out_str(o, "\n");
		buf_release(&date);
	}
	if (p->s.todo.n > MOST)
		out_fmt(o, "  and %zu promises more\n", p->s.todo.n - MOST);
}

void known_print(struct app *app, const struct network *net, const struct person *p, size_t most)
{
	struct out *o = &app->out;
	struct buf met = BUF_INIT;

	known_say_met(p, app->today, &met);
	out_style(o, STYLE_NAME);
	out_text(o, p->s.name);
	out_style(o, STYLE_PLAIN);
	out_fmt(o, ": %s\n", met.at);
	print_door(o, p);
	print_via(o, net, p);
	print_log(app, p, most);
	print_todo(app, p);
	buf_release(&met);
}

/* ---- as JSON ---- */

static json_t *door_json(const struct person *p)
{
	json_t *door = json_object();

	json_object_set_new(door, "state", json_string(door_name(p->door)));
	json_object_set_new(door, "until", date_json(p->s.door.until));
	json_object_set_new(door, "reason", out_json_text(p->s.door.reason));
	return door;
}

static json_t *encounters_json(struct app *app, const struct person *p)
{
	struct known_log *log = known_log_read(app, p, p->n_met);
	json_t *list = json_array();
	size_t n;

	const struct known_entry *e = known_log_entries(log, &n);
	for (size_t i = 0; i < n; i++) {
		struct buf date = BUF_INIT;
		date_format(e[i].met.date, &date);
		json_t *one = entry_json_log(&e[i].entry, buf_text(&date));
		json_object_set_new(one, "in", out_json_text(e[i].met.in->s.id));
		json_array_append_new(list, one);
		buf_release(&date);
	}
	known_log_free(log);
	return list;
}

static json_t *todo_json(const struct person *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->s.todo.n; i++) {
		json_t *one = json_object();
		promise_json(one, &p->s.todo.at[i]);
		json_array_append_new(list, one);
	}
	return list;
}

json_t *known_json(struct app *app, const struct network *net, const struct person *p)
{
	json_t *json = person_json(p), *via = json_array();

	json_object_set_new(json, "met", json_integer((json_int_t)p->n_met));
	json_object_set_new(json, "first", date_json(person_first(p)));
	json_object_set_new(json, "last", date_json(person_last(p)));
	json_object_set_new(json, "door", door_json(p));
	for (size_t i = 0; i < p->s.via.n; i++) {
		const struct person *who = network_find(net, p->s.via.at[i]);
		json_array_append_new(via, out_json_text(who ? who->s.id : p->s.via.at[i]));
	}
	json_object_set_new(json, "via", via);
	json_object_set_new(json, "encounters", encounters_json(app, p));
	json_object_set_new(json, "todo", todo_json(p));
	return json;
}
