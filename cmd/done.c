#include "base/buf.h"
#include "cmd/cmd.h"
#include "contact/contact.h"

static const char *kind, *on;
static const struct opt opts[] = {
	{ "kind", 'k', OPT_TEXT, &kind, "KIND", "log it as met, call, mail .. instead of a note" },
	{ "on", 0, OPT_TEXT, &on, "DATE", "when it was done, instead of today" },
	OPT_END
};

/* Which promise: the number `kith todo NAME` shows, or words of its text; NULL: the only one. */
struct choice {
	const char *which;
	struct text kind;
	struct date date;
};

static bool is_chosen(const struct choice *choice, const struct entry *e, int number)
{
	long asked;
	struct buf in = BUF_INIT, piece = BUF_INIT;

	if (!choice->which)
		return true;
	if (text_number(text_of(choice->which), 1, 1000000, &asked))
		return asked == number;
	text_fold(e->text, &in);
	text_fold(text_of(choice->which), &piece);
	bool holds = text_holds(buf_text(&in), buf_text(&piece));
	buf_release(&in);
	buf_release(&piece);
	return holds;
}

/* The index into the doc of the one promise meant. */
static int find_promise(const struct contact *c, const struct choice *choice, size_t *index,
			struct entry *out, struct fault *f)
{
	struct buf names = BUF_INIT;
	struct entry e;
	size_t at = 0, fitting = 0;
	int number = 0;

	while (contact_next_todo(c, &at, &e, NULL)) {
		if (!is_chosen(choice, &e, ++number))
			continue;
		buf_add_fmt(&names, "%s%d '%.*s'", fitting++ ? ", " : "", number,
			    e.text.n > 40 ? 40 : TEXT_FMT(e.text));
		*index = at - 1;
		*out = e;
	}
	int rc = 0;
	if (!number)
		rc = fault_set(f, FAULT_NOTFOUND, "nothing is promised");
	else if (!fitting)
		rc = fault_set(f, FAULT_NOTFOUND,
			       "no open promise '%s'; 'kith todo NAME' lists them", choice->which);
	else if (fitting > 1)
		rc = fault_set(f, FAULT_AMBIGUOUS, "which one? %s", names.at);
	buf_release(&names);
	return rc;
}

static int finish(struct contact *c, void *ctx, struct fault *f)
{
	const struct choice *choice = ctx;
	struct buf text = BUF_INIT, value = BUF_INIT;
	struct entry e = { 0 };
	size_t index = 0;

	int rc = find_promise(c, choice, &index, &e, f);
	if (rc < 0)
		return rc;
	buf_add_str(&text, e.they ? "done: they: " : "done: ");
	buf_add_text(&text, e.text);
	entry_format_log(TEXT_NONE, choice->kind, buf_text(&text), &value);
	doc_remove(&c->doc, index);
	rc = contact_add_log(c, choice->date, buf_text(&value), f);
	buf_release(&text);
	buf_release(&value);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct choice choice = { .kind = TEXT("note"), .date = app->today };
	struct buf which = BUF_INIT;
	const char *path;

	if (!argc)
		return app_usage(app, "who is meant?");
	if (kind && !entry_is_kind(&app->book.config.kinds, text_of(kind), &choice.kind))
		return app_usage(app, "'%s' is no kind; [kinds] in .kith/config can add some",
				 kind);
	app_join(argc - 1, argv + 1, &which);
	choice.which = argc > 1 ? which.at : NULL;
	int rc = app_date(app, on, &choice.date);
	if (!rc)
		rc = app_resolve(app, text_of(argv[0]), &path);
	if (!rc)
		rc = app_lock(app);
	if (!rc)
		rc = app_change(app, path, finish, &choice, "done, moved to the log");
	buf_release(&which);
	return rc;
}

const struct command cmd_done = {
	.name = "done",
	.group = "capture",
	.args = "NAME [N|WORDS]",
	.summary = "move a kept promise to the log",
	.help = "_N_ is the number that *kith todo NAME* and *kith show* print; words of its\n"
		"text do as well. The only open promise needs neither. The line leaves [todo]\n"
		"and stands in [log] as *note: done: ...*; with *--kind met* it counts as an\n"
		"encounter.\n"
		"\n"
		"    kith done paul 1\n"
		"    kith done paul thank --kind call\n",
	.opts = opts,
	.needs = NEEDS_BOOK | WRITES,
	.completes = "id",
	.run = run,
};
