#include "base/buf.h"
#include "cmd/cmd.h"
#include "contact/contact.h"

static bool force;
static const struct opt opts[] = {
	{ "force", 'f', OPT_FLAG, &force, NULL, "do not ask" },
	OPT_END
};

static int run(struct app *app, int argc, char **argv)
{
	struct fault f = FAULT_INIT;
	const char *path;

	int rc = app_resolve_words(app, argc, argv, &path);
	if (rc)
		return rc;
	if (!force && !app_can_ask())
		return app_usage(app, "%s is not removed: nobody can be asked here, and --force is not given",
				 path);
	if (!force && !app_ask("remove %s for good?", path))
		return EXIT_NO;
	rc = app_lock(app);
	if (!rc && book_remove(&app->book, path, &f) < 0)
		rc = app_fault(app, &f);
	if (!rc)
		app_say(app, "removed %s", path);
	return rc;
}

const struct command cmd_rm = {
	.name = "rm",
	.group = "edit",
	.args = "NAME",
	.summary = "remove a contact's file",
	.help = "Asks first; without a terminal it needs *--force*. The file is gone for good, unless a copy of\n"
		"it is kept elsewhere.\n",
	.opts = opts,
	.needs = NEEDS_BOOK,
	.completes = "id",
	.run = run,
};
