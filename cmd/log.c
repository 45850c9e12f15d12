#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "cmd/cmd.h"
#include "cmd/editor.h"
#include "cmd/from_mail.h"
#include "cmd/people.h"
#include "contact/contact.h"

static const char *kind, *on;
static bool mail;
static const struct opt opts[] = {
	{ "kind", 'k', OPT_TEXT, &kind, "KIND",
	  "met, call, mail, chat, letter, gave, got, intro, won, lost or note" },
	{ "on", 0, OPT_TEXT, &on, "DATE", "when it was, instead of today" },
	{ "from-mail", 0, OPT_FLAG, &mail, NULL, "a mail on stdin says who, when and what" },
	OPT_END
};

/* The text from the words, from stdin for "-", or from the editor when there is none. */
static int read_text(struct app *app, int argc, char **argv, struct draft *d)
{
	struct fault f = FAULT_INIT;

	if (argc == 1 && !strcmp(argv[0], "-"))
		return app_read_stdin(app, &d->text);
	if (argc) {
		app_join(argc, argv, &d->text);
		return 0;
	}
	if (!app_can_ask())
		return app_usage(app, "what happened? Give a text, or - to read it from stdin");
	return editor_write(d, TEXT_NONE, ".txt", &f) < 0 ? app_fault(app, &f) : 0;
}

static int read_kind(struct app *app, struct text *out)
{
	if (!kind)
		return 0;
	if (!entry_is_kind(&app->book.config.kinds, text_of(kind), out))
		return app_usage(app, "'%s' is no kind; [kinds] in .kith/config can add some",
				 kind);
	return 0;
}

/* What is typed is what stands in the file, but for the kind of --kind, which is put in. */
static int settle(struct app *app, struct text typed, struct date date, struct buf *out)
{
	struct text chosen = TEXT_NONE;
	struct entry e;
	int rc = read_kind(app, &chosen);

	if (rc)
		return rc;
	entry_parse_log(TEXT_NONE, text_trim(typed), &app->book.config.kinds, &e);
	if (!text_trim(e.text).n && !e.event.n)
		return app_usage(app, "the text is empty; nothing was written");
	if (chosen.n)
		entry_format_log(e.leads ? e.event : TEXT_NONE, chosen, e.text, out);
	else
		buf_add_text(out, text_trim(typed));
	people_doubt_date(app, date);
	return 0;
}

static int write_all(struct app *app, const struct people *people, struct date date,
		     struct text value)
{
	struct addition a = { .date = date, .value = value };
	int rc = app_lock(app);

	if (!rc)
		rc = people_check(app, people);
	return rc ? rc : people_write(app, people, &a);
}

static int run(struct app *app, int argc, char **argv)
{
	struct people people = PEOPLE_INIT;
	struct draft typed = DRAFT_INIT;
	struct buf value = BUF_INIT;
	struct date date = app->today;

	if (mail)
		return argc || kind || on
			       ? app_usage(app, "--from-mail takes all from the mail on stdin")
			       : from_mail_log(app);
	if (!argc)
		return app_usage(app, "who is meant?");
	int rc = app_check_args(app, argc - 1, argv + 1);
	if (!rc)
		rc = app_date(app, on, &date);
	if (!rc)
		rc = people_read(app, argv[0], &people);
	if (!rc)
		rc = read_text(app, argc - 1, argv + 1, &typed);
	if (!rc)
		rc = settle(app, buf_text(&typed.text), date, &value);
	if (!rc)
		rc = write_all(app, &people, date, buf_text(&value));
	editor_settle(app, &typed, rc);
	people_release(&people);
	buf_release(&value);
	return rc;
}

const struct command cmd_log = {
	.name = "log",
	.group = "capture",
	.args = "NAME[,NAME] [@EVENT] [TEXT]",
	.summary = "record what happened: a meeting, a call, what was given or got",
	.help = "Without text and event the editor opens, on a terminal; *-* reads it from\n"
		"stdin. Several names share the entry, and each is linked to the others. The\n"
		"text may begin with *@event* and a kind (*call: ...*), and hold *#topics* and\n"
		"*[[ids]]* of other contacts.\n"
		"\n"
		"    kith log paul @dunkin-main waiting out a storm; says he has a website\n"
		"    kith log paul --kind got --on yesterday 'two cards -> [[ana]] [[tom]]'\n"
		"    kith log ana,tom @comicon-2026 call: both want a quote by Friday\n"
		"\n"
		"With *--from-mail* the headers of a mail say who wrote to whom. It is logged,\n"
		"under its subject and on its day, for the sender; or, where you are the sender,\n"
		"for those in To and Cc. *[book] me* in the settings says who you are, and your\n"
		"contact has your addresses. Who is not in the book is created, but not from Cc.\n"
		"A mail that was logged is not logged again, nor an answer to it of the same day.\n"
		"What comes from mailing lists and programs is left alone (exit status 1).\n",
	.opts = opts,
	.needs = NEEDS_BOOK | WRITES,
	.completes = "id",
	.run = run,
};
