#include "base/buf.h"
#include "cmd/agenda.h"
#include "cmd/calendar.h"
#include "cmd/circle.h"

static const char *within;
static bool ics;
static const struct opt opts[] = {
	{ "within", 'w', OPT_TEXT, &within, "PERIOD", "how far ahead, instead of 30 days" },
	{ "ics", 0, OPT_FLAG, &ics, NULL, "print all of them, as an iCalendar file" },
	OPT_END
};

static void print(struct app *app, const struct aheads *dates)
{
	struct agenda a = AGENDA_INIT;

	for (size_t i = 0; i < dates->list.n; i++)
		agenda_add_ahead(&a, &dates->list.at[i]);
	agenda_print(&app->out, &a, 0);
}

static void print_json(struct app *app, const struct aheads *dates)
{
	out_json_begin(&app->out);
	for (size_t i = 0; i < dates->list.n; i++)
		out_json_value(&app->out, ahead_json(&dates->list.at[i]));
	out_json_end(&app->out);
}

static void keep_asked(struct aheads *dates)
{
	size_t n = 0;

	for (size_t i = 0; i < dates->list.n; i++)
		if (dates->list.at[i].person->asked)
			dates->list.at[n++] = dates->list.at[i];
	dates->list.n = n;
}

static int show(struct app *app, const struct network *net, struct period ahead)
{
	struct aheads dates;

	aheads_find(&dates, net, app->today, date_add(app->today, ahead, 1));
	keep_asked(&dates);
	if (app->json)
		print_json(app, &dates);
	else
		print(app, &dates);
	int rc = dates.list.n ? EXIT_DONE : EXIT_NO;
	aheads_release(&dates);
	if (rc)
		app_say(app, "no date is near");
	return rc;
}

/* ---- the calendar ---- */

static void add_event(struct calendar *cal, const struct person *p, const struct summary_day *day)
{
	enum { ANY_LEAP_YEAR = 2000 };
	struct buf same = BUF_INIT, summary = BUF_INIT;
	struct date date = day->date;

	buf_add_fmt(&same, "date %.*s %.*s", TEXT_FMT(p->s.id), TEXT_FMT(day->label));
	buf_add_fmt(&summary, "%.*s: %.*s", TEXT_FMT(p->s.name), TEXT_FMT(day->label));
	if (date.year)
		buf_add_fmt(&summary, " (%d)", date.year);
	else
		date.year = ANY_LEAP_YEAR;
	struct ics_item *event = calendar_add(cal, ICS_EVENT, &same, &summary);
	event->start = date;
	event->yearly = true;
	buf_release(&same);
	buf_release(&summary);
}

static int show_calendar(struct app *app, const struct network *net)
{
	struct calendar cal = CALENDAR_INIT;

	for (size_t i = 0; i < net->n; i++) {
		const struct person *p = &net->people[i];
		if (!p->asked || p->door == DOOR_CLOSED)
			continue;
		for (size_t k = 0; k < p->s.days.n; k++)
			if (p->s.days.at[k].date.day)
				add_event(&cal, p, &p->s.days.at[k]);
	}
	int rc = cal.items.n ? EXIT_DONE : EXIT_NO;
	calendar_print(app, &cal);
	if (rc)
		app_say(app, "no date is known");
	return rc;
}

/* ---- the command ---- */

static int read_period(struct app *app, struct period *out)
{
	enum { MOST_DAYS = 3660 }; /* each date comes once a year */

	if (!within)
		return 0;
	if (ics)
		return app_usage(app, "--ics has all dates, as they come again each year");
	if (!period_parse(text_of(within), out))
		return app_usage(app, "'%s' is no period; write 2w, 3m, 1y", within);
	if (period_days(*out) > MOST_DAYS)
		return app_usage(app, "ten years ahead are the most");
	return 0;
}

static int run(struct app *app, int argc, char **argv)
{
	struct period ahead = { 30, 'd' };
	struct circle c;

	if (ics && app->json)
		return app_usage(app, "--ics is one form, --json another; not both");
	int rc = read_period(app, &ahead);
	if (rc)
		return rc;
	rc = circle_read(app, &c, argc, argv);
	if (!rc)
		rc = ics ? show_calendar(app, c.net) : show(app, c.net, ahead);
	return circle_close(&c, rc);
}

const struct command cmd_dates = {
	.name = "dates",
	.group = "recall",
	.args = "[NAME|QUERY]",
	.summary = "birthdays and other dates of the next 30 days",
	.help = "What *birthday* and *date.LABEL* say, as it comes round each year; 29 February\n"
		"shows on the 28th in common years, a date without its day as the month.\n"
		"\n"
		"    kith dates\n"
		"    kith dates '#family' --within 3m\n"
		"    kith dates --ics > birthdays.ics\n"
		"\n"
		"*--ics* has all dates whose day is known, however far ahead, for a calendar.\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS | NEGATIVE_ARGS,
	.completes = "query*",
	.run = run,
};
