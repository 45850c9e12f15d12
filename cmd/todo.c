#include "base/buf.h"
#include "cmd/agenda.h"
#include "cmd/calendar.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "cmd/promised.h"
#include "contact/contact.h"

static bool they, mine, ics;
static const char *by;
static const struct opt opts[] = {
	{ "they", 't', OPT_FLAG, &they, NULL, "their promise, not yours; of a list: only theirs" },
	{ "mine", 'm', OPT_FLAG, &mine, NULL, "of a list: only yours" },
	{ "by", 0, OPT_TEXT, &by, "WHEN", "of a list: what is for that day or before" },
	{ "ics", 0, OPT_FLAG, &ics, NULL, "of a list: print tasks as an iCalendar file" },
	OPT_END
};

/* ---- adding one ---- */

struct addition {
	struct date date;
	struct text value;
};

static int add_promise(struct contact *c, void *ctx, struct fault *f)
{
	const struct addition *a = ctx;

	return contact_add_todo(c, a->date, a->value, f);
}

static int add(struct app *app, const char *name, int argc, char **argv)
{
	struct buf typed = BUF_INIT, value = BUF_INIT, what = BUF_INIT;
	struct addition a = { .date = app->today };
	const char *path;

	app_join(argc, argv, &typed);
	struct text text = buf_text(&typed), rest = text, first = TEXT_NONE;
	bool dated = date_cut(&text, app->today, &a.date);
	text_cut_word(&rest, &first);
	text = text_trim(text);
	entry_format_todo(they, text, &value);
	a.value = buf_text(&value);
	buf_add_str(&what, "todo ");
	date_format(a.date, &what);
	buf_add_str(&what, they ? ": they: " : ": ");
	buf_add_text(&what, text);
	int rc = !dated && date_is_meant(first)
			 ? app_usage(app, "'%.*s' is no date; write it as in 2026-11-18",
				     TEXT_FMT(first))
		 : !text.n ? app_usage(app, "what is promised? Only a date was given")
		 : !date_is_whole(a.date)
			 ? app_usage(app, "a promise is for a whole date, as in 2026-11-18")
			 : app_resolve(app, text_of(name), &path);
	if (!rc)
		rc = app_lock(app);
	if (!rc)
		rc = app_change(app, path, add_promise, &a, what.at);
	buf_release(&typed);
	buf_release(&value);
	buf_release(&what);
	return rc;
}

/* ---- listing what is open ---- */

static void print_json(struct app *app, const struct promised *open)
{
	out_json_begin(&app->out);
	for (size_t i = 0; i < open->list.n; i++) {
		const struct promise *p = &open->list.at[i];
		struct entry e = { .date = p->date, .they = p->they, .text = text_of(p->text) };
		json_t *object = entry_json_todo(&e, text_of(p->date_text));
		json_object_set_new(object, "id", out_json_text(p->id));
		json_object_set_new(object, "path", out_json_text(text_of(p->path)));
		json_object_set_new(object, "number", json_integer(p->number));
		out_json_value(&app->out, object);
	}
	out_json_end(&app->out);
}

/* Numbers move as promises are kept, so a task is known by what is promised, whose and when. */
static void print_calendar(struct app *app, const struct promised *open)
{
	struct calendar cal = CALENDAR_INIT;
	struct buf same = BUF_INIT, summary = BUF_INIT;

	for (size_t i = 0; i < open->list.n; i++) {
		const struct promise *p = &open->list.at[i];
		const char *who = p->they ? "they" : "me";
		buf_add_fmt(&same, "todo %.*s %s %s %s", TEXT_FMT(p->id), p->date_text, who,
			    p->text);
		buf_add_fmt(&summary, "%s%s: %s", p->name, p->they ? " promised" : "", p->text);
		calendar_add(&cal, ICS_TASK, &same, &summary)->due = p->date;
	}
	buf_release(&same);
	buf_release(&summary);
	calendar_print(app, &cal);
}

static int list(struct app *app, char *who)
{
	struct promised open = PROMISED_INIT;
	struct promised_wish wish = { .who = who, .mine = mine, .they = they };
	struct date day = app->today;

	int rc = agenda_by(app, by, &day);
	if (by)
		wish.by = day;
	if (!rc)
		rc = promised_find(app, &wish, &open);
	if (rc)
		return promised_close(&open, rc);
	if (ics)
		print_calendar(app, &open);
	else if (app->json)
		print_json(app, &open);
	else
		promised_print(app, &open);
	if (!open.list.n) {
		app_say(app, "nothing is promised");
		rc = EXIT_NO;
	}
	return promised_close(&open, rc);
}

static int run(struct app *app, int argc, char **argv)
{
	if (mine && they)
		return app_usage(app, "without --mine and --they both are listed");
	if (ics && app->json)
		return app_usage(app, "--ics is one form, --json another; not both");
	if (argc < 2)
		return list(app, argc ? argv[0] : NULL);
	if (mine || by || ics)
		return app_usage(app, "a promise is yours without --mine, and its date stands in "
				 "front of the text");
	int rc = app_check_args(app, argc - 1, argv + 1);
	return rc ? rc : add(app, argv[0], argc - 1, argv + 1);
}

const struct command cmd_todo = {
	.name = "todo",
	.group = "capture",
	.args = "[NAME|QUERY | NAME [WHEN] TEXT]",
	.summary = "note a promise, yours or theirs; or list what is open",
	.help = "_WHEN_ is a date as people say it (*tomorrow*, *+2w*, *friday*, see\n"
		"*kith help when*); today when it is left out. Without a text the open promises\n"
		"are listed: those of a name, of all who match a query in one word, or of the\n"
		"whole book. The number in front of the text is what *kith done* takes.\n"
		"\n"
		"    kith todo paul friday thank him for the two introductions\n"
		"    kith todo paul --they +2w sends the convention dates\n"
		"    kith todo\n"
		"    kith todo '#writer' --by sunday\n"
		"    kith todo --mine --ics > promises.ics\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "id",
	.run = run,
};
