#include "base/buf.h"
#include "cmd/agenda.h"
#include "cmd/circle.h"
#include "cmd/known.h"
#include "contact/promise.h"
#include "network/digest.h"

enum { MOST = 10 }; /* lines of a section that has a command of its own */

/* ---- printing ---- */

/* A heading and its lines; nothing where there are none. */
static void print_section(struct out *o, const char *title, struct agenda *a)
{
	if (a->lines.n)
		out_heading(o, title);
	agenda_print(o, a, 2);
}

static void print_rest(struct out *o, size_t n, const char *command)
{
	if (n > MOST)
		out_fmt(o, "  and %zu more: kith %s\n", n - MOST, command);
}

static void print_promises(struct out *o, const struct digest *d, struct date today, bool they)
{
	struct agenda a = AGENDA_INIT;

	for (size_t i = 0; i < d->promises.n; i++) {
		const struct digest_promise *one = &d->promises.at[i];
		struct buf text = BUF_INIT;
		if (one->promise->they != they)
			continue;
		struct agenda_line *line = agenda_add(&a);
		buf_add_text(&text, one->promise->text);
		agenda_ask(one->person, &text);
		line->cells[0] = agenda_day(&a, one->promise->date);
		line->cells[1] = one->person->s.name;
		line->styles[1] = STYLE_NAME;
		line->text = agenda_keep(&a, &text);
		if (promise_is_late(one->promise->date, today))
			line->styles[0] = STYLE_WARN;
	}
	print_section(o, they ? "They promised" : "You promised", &a);
}

static void print_due(struct out *o, const struct digest *d, struct date today)
{
	struct agenda a = AGENDA_INIT;
	size_t n = d->due.list.n;

	for (size_t i = 0; i < n && i < MOST; i++)
		agenda_add_due(&a, &d->due.list.at[i], today, false);
	print_section(o, "To be in touch with", &a);
	print_rest(o, n, "due");
}

static void print_dates(struct out *o, const struct digest *d)
{
	struct agenda a = AGENDA_INIT;

	for (size_t i = 0; i < d->dates.list.n; i++)
		agenda_add_ahead(&a, &d->dates.list.at[i]);
	print_section(o, "Dates", &a);
}

static void print_events(struct out *o, const struct digest *d)
{
	struct agenda a = AGENDA_INIT;

	for (size_t i = 0; i < d->events.n; i++) {
		const struct digest_event *event = &d->events.at[i];
		struct agenda_line *line = agenda_add(&a);
		struct buf slug = BUF_INIT;
		buf_add_fmt(&slug, "@%.*s", TEXT_FMT(event->event->slug));
		line->cells[0] = agenda_day(&a, event->plan->date);
		line->cells[1] = agenda_keep(&a, &slug);
		line->styles[1] = STYLE_LABEL;
		line->text = event->plan->text;
	}
	print_section(o, "Events", &a);
}

static void print_thanks(struct out *o, const struct digest *d)
{
	struct agenda a = AGENDA_INIT;
	size_t n = d->thanks.list.n;

	for (size_t i = 0; i < n && i < MOST; i++) {
		const struct debt *debt = &d->thanks.list.at[i];
		struct agenda_line *line = agenda_add(&a);
		struct buf text = BUF_INIT;
		known_say_debt(debt, &text);
		agenda_ask(debt->to, &text);
		line->cells[0] = agenda_day(&a, debt->date);
		line->cells[1] = debt->to->s.name;
		line->styles[1] = STYLE_NAME;
		line->text = agenda_keep(&a, &text);
	}
	print_section(o, "Thanks owed", &a);
	print_rest(o, n, "referrals");
}

static void print(struct out *o, const struct digest *d, struct date today)
{
	struct agenda day = AGENDA_INIT;

	out_style(o, STYLE_NAME);
	out_text(o, agenda_day(&day, today));
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
	agenda_print(o, &day, 0);
	print_promises(o, d, today, false);
	print_promises(o, d, today, true);
	print_due(o, d, today);
	print_dates(o, d);
	print_events(o, d);
	print_thanks(o, d);
}

/* ---- JSON ---- */

static json_t *promises_json(const struct digest *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->promises.n; i++) {
		const struct digest_promise *one = &d->promises.at[i];
		json_t *json = person_json(one->person);
		promise_json(json, one->promise);
		json_array_append_new(list, json);
	}
	return list;
}

static json_t *events_json(const struct digest *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->events.n; i++) {
		const struct digest_event *one = &d->events.at[i];
		json_t *json = json_object();
		json_object_set_new(json, "event", out_json_text(one->event->slug));
		json_object_set_new(json, "date", date_json(one->plan->date));
		json_object_set_new(json, "text", out_json_text(one->plan->text));
		json_array_append_new(list, json);
	}
	return list;
}

static json_t *thanks_json(const struct digest *d)
{
	json_t *list = json_array();

	for (size_t i = 0; i < d->thanks.list.n; i++) {
		const struct debt *debt = &d->thanks.list.at[i];
		json_t *json = person_json(debt->to), *sent = json_array();
		for (size_t k = 0; k < debt->sent.n; k++)
			json_array_append_new(sent, person_json(debt->sent.at[k]));
		json_object_set_new(json, "date", date_json(debt->date));
		json_object_set_new(json, "sent", sent);
		json_array_append_new(list, json);
	}
	return list;
}

static void print_json(struct out *o, const struct digest *d, struct date today)
{
	json_t *json = json_object(), *due = json_array(), *dates = json_array();

	for (size_t i = 0; i < d->due.list.n; i++)
		json_array_append_new(due, due_json(&d->due.list.at[i]));
	for (size_t i = 0; i < d->dates.list.n; i++)
		json_array_append_new(dates, ahead_json(&d->dates.list.at[i]));
	json_object_set_new(json, "date", date_json(today));
	json_object_set_new(json, "todo", promises_json(d));
	json_object_set_new(json, "due", due);
	json_object_set_new(json, "dates", dates);
	json_object_set_new(json, "events", events_json(d));
	json_object_set_new(json, "thanks", thanks_json(d));
	out_json(o, json);
}

/* ---- the command ---- */

static int show(struct app *app, const struct network *net)
{
	struct digest d;

	digest_make(&d, net);
	int rc = digest_is_empty(&d) ? EXIT_NO : EXIT_DONE;
	if (app->json)
		print_json(&app->out, &d, app->today);
	else if (!rc)
		print(&app->out, &d, app->today);
	digest_release(&d);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct circle c;

	if (argc)
		return app_usage(app, "today looks at the whole book and takes no argument");
	int rc = circle_read(app, &c, argc, argv);
	if (!rc)
		rc = show(app, c.net);
	return circle_close(&c, rc);
}

const struct command cmd_today = {
	.name = "today",
	.group = "recall",
	.args = "",
	.summary = "the digest for the morning: promises, whose turn it is, dates, events, thanks",
	.help = "Promises of today or late, yours and theirs; whom to be in touch with (see\n"
		"*kith due*); dates and planned events (*[event]* in .kith/config) of today and\n"
		"the next seven days; thanks owed of the last year, unless you promised them.\n"
		"Nobody whose door is closed.\n"
		"\n"
		"When there is nothing it prints nothing and its exit status is 1, so that a line\n"
		"like this in a crontab writes only on days with something to do:\n"
		"\n"
		"    0 7 * * * kith today\n",
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.run = run,
};
