#include "base/buf.h"
#include "cmd/cmd.h"
#include "contact/contact.h"
#include "history/history.h"

static bool force;
static const struct opt opts[] = {
	{ "force", 'f', OPT_FLAG, &force, NULL, "do not ask" },
	OPT_END
};

/*
 * What is removed can be brought back from history, once it is in there: *kept. Where it cannot be
 * put there, a person has to agree.
 */
static int keep(struct app *app, const char *path, const struct contact *c, bool *kept)
{
	struct fault f = FAULT_INIT, told = FAULT_INIT;

	int rc = history_keep(app->history, path, contact_bytes(c), &f);
	*kept = !rc;
	if (!rc || rc == FAULT_NOTFOUND)
		return 0;
	if (!force && app_ask("history cannot keep it (%s); remove %s for good?", f.msg, path))
		return 0;
	fault_set(&told, FAULT_OS, "%s stays, as history cannot keep it: %s", path, f.msg);
	return app_fault(app, &told);
}

/* Removed is only what was there when the question was asked. */
static int remove_asked(struct app *app, const char *path, const struct contact *asked)
{
	struct fault f = FAULT_INIT;
	bool kept = false;
	int rc = app_lock(app);

	if (!rc)
		rc = keep(app, path, asked, &kept);
	if (rc)
		return rc;
	if (book_remove(&app->book, path, contact_bytes(asked), &f) < 0)
		return app_fault(app, &f);
	if (kept)
		app_say(app, "removed %s; 'kith restore %.*s' brings it back", path,
			TEXT_FMT(contact_id_of(path)));
	else
		app_say(app, "removed %s", path);
	return EXIT_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	struct fault f = FAULT_INIT;
	struct contact c;
	const char *path;
	int rc = app_resolve_words(app, argc, argv, &path);

	if (rc)
		return rc;
	if (!force && !app_can_ask())
		return app_usage(app, "%s stays: nobody can be asked, and there is no --force",
				 path);
	if (book_load(&app->book, path, &c, NULL, &f) < 0)
		return app_fault(app, &f);
	rc = force || app_ask("remove %s?", path) ? remove_asked(app, path, &c) : EXIT_NO;
	contact_release(&c);
	return rc;
}

const struct command cmd_rm = {
	.name = "rm",
	.group = "edit",
	.args = "NAME",
	.summary = "remove a contact's file",
	.help = "Asks first; without a terminal it needs *--force*. Where the book has a history\n"
		"*kith restore* brings the contact back, log and all; elsewhere the file is gone\n"
		"for good (see *kith help repository*).\n",
	.opts = opts,
	.needs = NEEDS_BOOK | WRITES,
	.completes = "id",
	.run = run,
};
