#include "base/buf.h"
#include "cmd/agenda.h"
#include "cmd/calendar.h"
#include "cmd/circle.h"

static const char *by;
static bool ics;
static const struct opt opts[] = {
	{ "by", 0, OPT_TEXT, &by, "WHEN", "who is due by then: friday, +2w" },
	{ "ics", 0, OPT_FLAG, &ics, NULL, "print tasks as an iCalendar file" },
	OPT_END
};

static void print(struct app *app, const struct dues *dues)
{
	struct agenda a = AGENDA_INIT;

	for (size_t i = 0; i < dues->list.n; i++)
		agenda_add_due(&a, &dues->list.at[i], app->today, true);
	agenda_print(&app->out, &a, 0);
}

static void print_json(struct app *app, const struct dues *dues)
{
	out_json_begin(&app->out);
	for (size_t i = 0; i < dues->list.n; i++)
		out_json_value(&app->out, due_json(&dues->list.at[i]));
	out_json_end(&app->out);
}

/* Each turn is a task of its own: once you were in touch, it is the next one. */
static void print_calendar(struct app *app, const struct dues *dues)
{
	struct calendar cal = CALENDAR_INIT;
	struct buf same = BUF_INIT, summary = BUF_INIT;

	for (size_t i = 0; i < dues->list.n; i++) {
		const struct due *due = &dues->list.at[i];
		const struct person *p = due->person;
		buf_add_fmt(&same, "due %.*s ", TEXT_FMT(p->s.id));
		date_format(due->last, &same);
		buf_add_fmt(&summary, "Be in touch with %.*s", TEXT_FMT(p->s.name));
		agenda_ask(p, &summary);
		struct ics_item *task = calendar_add(&cal, ICS_TASK, &same, &summary);
		task->start = due->ideal;
		task->due = due->limit;
	}
	buf_release(&same);
	buf_release(&summary);
	calendar_print(app, &cal);
}

static void keep_asked(struct dues *dues)
{
	size_t n = 0;

	for (size_t i = 0; i < dues->list.n; i++)
		if (dues->list.at[i].person->asked)
			dues->list.at[n++] = dues->list.at[i];
	dues->list.n = n;
}

/* Of a person alone one wants to know when, if not now. */
static void say_nobody(struct app *app, const struct network *net, struct date day)
{
	const struct person *only = NULL;
	struct due due = { .ideal = DATE_NONE };
	struct buf when = BUF_INIT;
	size_t asked = 0;

	for (size_t i = 0; i < net->n; i++)
		if (net->people[i].asked && ++asked)
			only = &net->people[i];
	if (asked == 1)
		due_of(only, day, &due);
	date_format(due.ideal, &when);
	if (!when.n)
		app_say(app, "nobody is due");
	else if (only->door == DOOR_CLOSED || date_days(due.ideal) <= date_days(day))
		app_say(app, "%.*s would be due since %s, but for door or snooze",
			TEXT_FMT(only->s.name), when.at);
	else
		app_say(app, "%.*s is due on %s", TEXT_FMT(only->s.name), when.at);
	buf_release(&when);
}

static int show(struct app *app, const struct network *net, struct date day)
{
	struct dues dues;

	dues_find(&dues, net, day);
	keep_asked(&dues);
	if (ics)
		print_calendar(app, &dues);
	else if (app->json)
		print_json(app, &dues);
	else
		print(app, &dues);
	int rc = dues.list.n ? EXIT_DONE : EXIT_NO;
	dues_release(&dues);
	if (rc)
		say_nobody(app, net, day);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct date day = app->today;
	struct circle c;

	if (ics && app->json)
		return app_usage(app, "--ics is one form, --json another; not both");
	int rc = agenda_by(app, by, &day);
	if (rc)
		return rc;
	rc = circle_read(app, &c, argc, argv);
	if (!rc)
		rc = show(app, c.net, day);
	return circle_close(&c, rc);
}

const struct command cmd_due = {
	.name = "due",
	.group = "recall",
	.args = "[NAME|QUERY]",
	.summary = "whose turn it is: those you have not been in touch with for too long",
	.help = "*every* says how often you want to be in touch: *every = 3w* in a contact, or\n"
		"for a tag under *[every]* in .kith/config; *3w..2m* is the ideal and the limit.\n"
		"Any entry of the log but a note counts, also in the log of another who was\n"
		"there with them. Who waits the longest by that measure stands first.\n"
		"\n"
		"    kith due\n"
		"    kith due '#family' --by sunday\n"
		"\n"
		"*snooze* keeps somebody out until its date, and so does a closed door.\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS | NEGATIVE_ARGS,
	.completes = "query*",
	.run = run,
};
