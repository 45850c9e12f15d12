#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "contact/promise.h"
#include "network/event.h"

enum { MARGIN = 2, DATE_COLUMN = 10, NAME_MOST = 32 };

/* What may come of an event, besides being in touch. */
static const char *const outcomes[] = {
	[DEED_GAVE] = "gave", [DEED_GOT] = "got", [DEED_INTRO] = "intro",
	[DEED_WON] = "won",   [DEED_LOST] = "lost",
};

static void add_count(size_t n, const char *one, const char *many, struct buf *out)
{
	buf_add_fmt(out, "%zu %s", n, n == 1 ? one : many);
}

static void add_times(size_t n, struct buf *out)
{
	if (n == 1)
		buf_add_str(out, "once");
	else
		buf_add_fmt(out, "%zu times", n);
}

static void out_date(struct out *o, struct date d)
{
	struct buf b = BUF_INIT;

	date_format(d, &b);
	out_fmt(o, "%*s", MARGIN, "");
	out_cell(o, buf_text(&b), DATE_COLUMN);
	out_str(o, "  ");
	buf_release(&b);
}

static const char *door_note(const struct person *p)
{
	if (p->door == DOOR_CLOSED)
		return " (door closed)";
	return p->door == DOOR_ASK ? " (ask first)" : "";
}

/* ---- all events ---- */

/* One that comes, or one that was: the same event may be both. */
struct line {
	const struct event *event;
	struct date date;
	const struct event_plan *plan;
};

struct lines {
	VEC(struct line) next, past;
	size_t slug_width;
};

static int by_date(const void *va, const void *vb)
{
	const struct line *a = va, *b = vb;
	int c = date_cmp(a->date, b->date);

	return c ? c : a->event < b->event ? -1 : 1; /* which stand by slug */
}

static int by_newest(const void *va, const void *vb)
{
	const struct line *a = va, *b = vb;
	int c = date_cmp(b->date, a->date);

	return c ? c : a->event < b->event ? -1 : 1;
}

/* Slugs get a third of a terminal at most. */
static size_t slug_width(const struct out *o, size_t widest)
{
	size_t most = o->columns ? (size_t)o->columns / 3 : NAME_MOST;

	return widest < most ? widest : most;
}

static void sort_lines(const struct events *events, struct date today, struct lines *out)
{
	for (size_t i = 0; i < events->list.n; i++) {
		const struct event *e = &events->list.at[i];
		struct line next = { .event = e }, past = { e, event_last(e, today), NULL };
		size_t width = out_width(e->slug) + 1;
		next.date = event_next(e, today, &next.plan);
		if (!date_is_none(next.date))
			vec_push(&out->next, next);
		if (!date_is_none(past.date))
			vec_push(&out->past, past);
		if (width > out->slug_width)
			out->slug_width = width;
	}
	if (out->next.n)
		qsort(out->next.at, out->next.n, sizeof *out->next.at, by_date);
	if (out->past.n)
		qsort(out->past.at, out->past.n, sizeof *out->past.at, by_newest);
}

static void out_slug(struct out *o, struct text slug, size_t width)
{
	struct buf b = BUF_INIT;

	buf_add_char(&b, '@');
	buf_add_text(&b, slug);
	out_style(o, STYLE_LABEL);
	out_cell(o, buf_text(&b), width);
	out_style(o, STYLE_PLAIN);
	buf_release(&b);
}

/* A line of its own below the date. */
static void out_below(struct out *o, struct text t)
{
	enum { COLUMN = MARGIN + DATE_COLUMN + 2 };

	if (t.n) {
		out_fmt(o, "%*s", COLUMN, "");
		out_wrapped(o, t, COLUMN, COLUMN);
		out_str(o, "\n");
	}
}

static bool is_named_before(const struct event *e, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (e->promises.at[i].person == e->promises.at[n].person)
			return true;
	return false;
}

/* "promised: Paul Novak, Ana Ruiz" */
static void add_promised(const struct event *e, struct buf *out)
{
	for (size_t i = 0; i < e->promises.n; i++) {
		const struct person *p = e->promises.at[i].person;
		if (is_named_before(e, i))
			continue;
		buf_add_str(out, out->n ? ", " : "promised: ");
		buf_add_text(out, p->s.name);
		buf_add_str(out, door_note(p));
	}
}

static void print_next(struct out *o, const struct line *line, struct date today, size_t width)
{
	struct buf b = BUF_INIT;

	out_date(o, line->date);
	out_slug(o, line->event->slug, width);
	date_format_ago(line->date, today, &b);
	out_fmt(o, "  %s\n", b.at);
	buf_clear(&b);
	if (line->plan)
		out_below(o, line->plan->text);
	add_promised(line->event, &b);
	out_below(o, buf_text(&b));
	buf_release(&b);
}

static void print_past(struct out *o, const struct line *line, size_t width)
{
	size_t at = MARGIN + DATE_COLUMN + 2 + width + 2;
	const struct event *e = line->event;
	struct buf b = BUF_INIT;

	if (e->n_days) {
		add_times(e->n_days, &b);
		buf_add_str(&b, ", ");
		add_count(e->n_people, "person", "people", &b);
	} else {
		buf_add_str(&b, "planned; no word of it");
	}
	out_date(o, line->date);
	out_slug(o, e->slug, width);
	out_str(o, "  ");
	out_wrapped(o, buf_text(&b), at, at);
	out_str(o, "\n");
	buf_release(&b);
}

static void out_title(struct out *o, const char *title)
{
	out_style(o, STYLE_NAME);
	out_str(o, title);
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
}

static void print_lines(struct app *app, const struct lines *lines)
{
	struct out *o = &app->out;
	size_t width = slug_width(o, lines->slug_width);

	if (lines->next.n)
		out_title(o, "To come");
	for (size_t i = 0; i < lines->next.n; i++)
		print_next(o, &lines->next.at[i], app->today, width);
	if (lines->next.n && lines->past.n)
		out_str(o, "\n");
	if (lines->past.n)
		out_title(o, "Past");
	for (size_t i = 0; i < lines->past.n; i++)
		print_past(o, &lines->past.at[i], width);
}

static json_t *event_json(const struct event *e, struct date today)
{
	const struct event_plan *plan;
	json_t *json = json_object();

	json_object_set_new(json, "event", out_json_text(e->slug));
	json_object_set_new(json, "next", date_json(event_next(e, today, &plan)));
	if (plan)
		json_object_set_new(json, "text", out_json_text(plan->text));
	json_object_set_new(json, "last", date_json(event_last(e, today)));
	json_object_set_new(json, "times", json_integer((json_int_t)e->n_days));
	json_object_set_new(json, "people", json_integer((json_int_t)e->n_people));
	json_object_set_new(json, "promises", json_integer((json_int_t)e->promises.n));
	return json;
}

static int list(struct app *app, const struct events *events)
{
	struct lines lines = { VEC_INIT, VEC_INIT, 0 };

	if (app->json) {
		out_json_begin(&app->out);
		for (size_t i = 0; i < events->list.n; i++)
			out_json_value(&app->out, event_json(&events->list.at[i], app->today));
		out_json_end(&app->out);
	} else {
		sort_lines(events, app->today, &lines);
		print_lines(app, &lines);
		vec_release(&lines.next);
		vec_release(&lines.past);
	}
	if (events->list.n)
		return EXIT_DONE;
	app_say(app, "there is no event: neither in a log nor in the settings");
	return EXIT_NO;
}

/* ---- one event ---- */

/* A day of it, and what followed for each who was there. */
struct day {
	const struct roster *roster;
	struct aftermath *after; /* owned; by person of the roster */
	size_t n_new, n_left;    /* whom nothing followed for, doors that are closed not counted */
	long days_left;
};

static bool is_left(const struct person *p, const struct aftermath *a)
{
	return p->door != DOOR_CLOSED && aftermath_is_none(a);
}

static void read_day(struct day *day, const struct roster *r, struct date today)
{
	*day = (struct day){ .roster = r, .days_left = event_days_left(r->date, today) };
	day->after = mem_alloc(r->people.n * sizeof *day->after);
	for (size_t i = 0; i < r->people.n; i++) {
		day->after[i] = event_aftermath(r->people.at[i], r->date, today);
		day->n_new += day->after[i].met_there;
		day->n_left += is_left(r->people.at[i], &day->after[i]);
	}
}

static const char *nothing(const struct day *day)
{
	return day->days_left ? "nothing yet" : "nothing followed";
}

/* "2026-11-05, 2 weeks ago: 2 people, 1 new; nothing yet for 1, 14 days left" */
static void print_day_head(struct out *o, const struct day *day, struct date today)
{
	struct buf b = BUF_INIT;

	date_say(day->roster->date, today, &b);
	buf_add_str(&b, ": ");
	add_count(day->roster->people.n, "person", "people", &b);
	if (day->n_new)
		buf_add_fmt(&b, ", %zu new", day->n_new);
	if (day->n_left)
		buf_add_fmt(&b, "; %s for %zu", nothing(day), day->n_left);
	if (day->n_left && day->days_left)
		buf_add_fmt(&b, ", %ld day%s left", day->days_left, day->days_left == 1 ? "" : "s");
	out_str(o, "\n");
	out_style(o, STYLE_NAME);
	out_wrapped(o, buf_text(&b), 0, MARGIN);
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
	buf_release(&b);
}

/* "in touch 3 times: 2 won, got; a promise" */
static void add_aftermath(const struct aftermath *a, struct buf *out)
{
	const char *before = ": ";

	if (a->encounters) {
		buf_add_str(out, "in touch ");
		add_times(a->encounters, out);
	}
	for (size_t i = DEED_MEETING + 1; i < DEED_NOTE; i++) {
		if (!a->deeds[i])
			continue;
		buf_add_str(out, before);
		if (a->deeds[i] > 1)
			buf_add_fmt(out, "%zu ", a->deeds[i]);
		buf_add_str(out, outcomes[i]);
		before = ", ";
	}
	if (a->promised)
		buf_add_str(out, a->encounters ? "; a promise" : "a promise");
}

static void print_guest(struct out *o, const struct day *day, size_t i, size_t width)
{
	const struct person *p = day->roster->people.at[i];
	const struct aftermath *a = &day->after[i];
	size_t at = MARGIN + width + 2;
	struct buf b = BUF_INIT;

	if (a->met_there)
		buf_add_str(&b, "new; ");
	if (aftermath_is_none(a) && p->door == DOOR_CLOSED)
		buf_add_str(&b, "nothing");
	else if (aftermath_is_none(a))
		buf_add_str(&b, nothing(day));
	else
		add_aftermath(a, &b);
	buf_add_str(&b, door_note(p));
	out_fmt(o, "%*s", MARGIN, "");
	out_cell(o, p->s.name, width);
	out_str(o, "  ");
	if (is_left(p, a))
		out_style(o, STYLE_WARN);
	out_wrapped(o, buf_text(&b), at, at);
	if (is_left(p, a))
		out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
	buf_release(&b);
}

/* Wide enough for every name on the page, within reason. */
static size_t name_width(const struct out *o, const struct event *e)
{
	size_t most = o->columns ? (size_t)o->columns / 2 : NAME_MOST, width = 0;

	for (size_t i = 0; i < e->n_days && width < most; i++)
		for (size_t k = 0; k < e->days[i].people.n && width < most; k++) {
			size_t w = out_width(e->days[i].people.at[k]->s.name);
			width = w > width ? w : width;
		}
	return width < most ? width : most;
}

static void print_day(struct app *app, const struct roster *r, size_t width)
{
	struct day day;

	read_day(&day, r, app->today);
	print_day_head(&app->out, &day, app->today);
	for (size_t i = 0; i < r->people.n; i++)
		print_guest(&app->out, &day, i, width);
	mem_free(day.after);
}

static void print_top(struct app *app, const struct event *e)
{
	struct out *o = &app->out;
	struct buf b = BUF_INIT;

	out_slug(o, e->slug, 0);
	if (e->n_days) {
		add_times(e->n_days, &b);
		buf_add_str(&b, e->n_days > 1 ? " since " : " on ");
		date_format(e->days[0].date, &b);
		buf_add_str(&b, ", ");
		add_count(e->n_people, "person", "people", &b);
		out_str(o, "  ");
		out_wrapped(o, buf_text(&b), out_width(e->slug) + 3, MARGIN);
	}
	out_str(o, "\n");
	for (size_t i = 0; i < e->plans.n; i++) {
		buf_clear(&b);
		date_say(e->plans.at[i].date, app->today, &b);
		if (e->plans.at[i].text.n)
			buf_add_str(&b, ": ");
		buf_add_text(&b, e->plans.at[i].text);
		out_wrapped(o, buf_text(&b), 0, MARGIN);
		out_str(o, "\n");
	}
	buf_release(&b);
}

static void print_promise(struct app *app, const struct event_promise *p)
{
	bool late = promise_is_late(p->promise->date, app->today);
	struct out *o = &app->out;
	struct buf b = BUF_INIT;

	if (late)
		out_style(o, STYLE_WARN);
	out_date(o, p->promise->date);
	if (late)
		out_style(o, STYLE_PLAIN);
	buf_add_text(&b, p->person->s.name);
	buf_add_str(&b, door_note(p->person));
	buf_add_str(&b, p->promise->they ? ": they: " : ": ");
	buf_add_text(&b, p->promise->text);
	out_wrapped(o, buf_text(&b), MARGIN + DATE_COLUMN + 2, MARGIN + DATE_COLUMN + 2);
	out_str(o, "\n");
	buf_release(&b);
}

static void print_page(struct app *app, const struct event *e)
{
	size_t width = name_width(&app->out, e);

	print_top(app, e);
	if (e->promises.n)
		out_heading(&app->out, "Promised");
	for (size_t i = 0; i < e->promises.n; i++)
		print_promise(app, &e->promises.at[i]);
	for (size_t i = e->n_days; i-- > 0;)
		print_day(app, &e->days[i], width);
}

/* ---- the same as JSON ---- */

static json_t *guest_json(const struct person *p, const struct aftermath *a)
{
	json_t *json = person_json(p), *followed = json_object();

	json_object_set_new(json, "new", json_boolean(a->met_there));
	json_object_set_new(followed, "encounters", json_integer((json_int_t)a->encounters));
	for (size_t i = DEED_MEETING + 1; i < DEED_NOTE; i++)
		json_object_set_new(followed, outcomes[i],
				    json_integer((json_int_t)a->deeds[i]));
	json_object_set_new(followed, "promise", json_boolean(a->promised));
	json_object_set_new(json, "followed", followed);
	return json;
}

static json_t *day_json(const struct roster *r, struct date today)
{
	json_t *json = json_object(), *people = json_array();
	struct day day;

	read_day(&day, r, today);
	for (size_t i = 0; i < r->people.n; i++)
		json_array_append_new(people, guest_json(r->people.at[i], &day.after[i]));
	json_object_set_new(json, "date", date_json(r->date));
	json_object_set_new(json, "days_left", json_integer(day.days_left));
	json_object_set_new(json, "people", people);
	mem_free(day.after);
	return json;
}

static json_t *promised_json(const struct event_promise *p)
{
	json_t *json = person_json(p->person);

	promise_json(json, p->promise);
	return json;
}

static json_t *page_json(const struct event *e, struct date today)
{
	json_t *plans = json_array(), *promises = json_array(), *days = json_array();
	json_t *json = json_object();

	for (size_t i = 0; i < e->plans.n; i++) {
		json_t *plan = json_object();
		json_object_set_new(plan, "date", date_json(e->plans.at[i].date));
		json_object_set_new(plan, "text", out_json_text(e->plans.at[i].text));
		json_array_append_new(plans, plan);
	}
	for (size_t i = 0; i < e->promises.n; i++)
		json_array_append_new(promises, promised_json(&e->promises.at[i]));
	for (size_t i = e->n_days; i-- > 0;)
		json_array_append_new(days, day_json(&e->days[i], today));
	json_object_set_new(json, "event", out_json_text(e->slug));
	json_object_set_new(json, "plans", plans);
	json_object_set_new(json, "promises", promises);
	json_object_set_new(json, "days", days);
	return json;
}

/* ---- the command ---- */

static int show(struct app *app, const struct events *events, const char *slug)
{
	const struct event *e = events_get(events, text_of(slug));

	if (!e) {
		app_say(app, "no event is called '%s'; 'kith event' lists them", slug);
		return EXIT_NO;
	}
	if (app->json)
		out_json(&app->out, page_json(e, app->today));
	else
		print_page(app, e);
	return EXIT_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	struct events events;
	struct circle c;

	if (argc > 1)
		return app_usage(app, "one event at a time");
	int rc = circle_read(app, &c, 0, NULL);
	if (!rc) {
		events_find(&events, c.net);
		rc = argc ? show(app, &events, argv[0]) : list(app, &events);
		events_release(&events);
	}
	return circle_close(&c, rc);
}

const struct command cmd_event = {
	.name = "event",
	.group = "recall",
	.args = "[@EVENT]",
	.summary = "events to come and past, who was there and what followed",
	.help = "Without an argument: the events to come, from the book's settings and from what\n"
		"is promised for one (*kith todo paul 2026-12-12 bring the book @fair*), then\n"
		"those of the logs, the newest first. A place is an event too: it has many days.\n"
		"\n"
		"With _@EVENT_: what is promised for it, and each day with those who were there,\n"
		"as their logs say and those that name them. *new* is whom you met there for the\n"
		"first time. What followed is how often you were in touch in the 30 days after,\n"
		"what came of it, and a promise that is open. Those for whom nothing followed\n"
		"stand out, as long as their door is not closed.\n"
		"\n"
		"    kith event\n"
		"    kith event @chamber-mixer\n"
		"    kith event @chamber-mixer --json | jq '.days[0].people[].name'\n",
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "query",
	.run = run,
};
