#include "base/buf.h"
#include "cmd/cmd.h"
#include "contact/contact.h"

static bool force;
static const struct opt opts[] = {
	{ "force", 'f', OPT_FLAG, &force, NULL, "do not ask" },
	OPT_END
};

/* Removed is only what was there when the question was asked. */
static int remove_asked(struct app *app, const char *path, const struct contact *asked)
{
	struct fault f = FAULT_INIT;
	struct contact now;
	int rc = app_lock(app);

	if (rc)
		return rc;
	if (book_load(&app->book, path, &now, NULL, &f) < 0)
		return app_fault(app, &f);
	if (!text_equal(contact_bytes(&now), contact_bytes(asked))) {
		fault_set(&f, FAULT_CONFLICT, "was changed meanwhile, and is not removed; "
			  "look at it again");
		rc = fault_at(&f, path, 0, 0);
	} else {
		rc = book_remove(&app->book, path, &f);
	}
	contact_release(&now);
	if (rc)
		return app_fault(app, &f);
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
	rc = force || app_ask("remove %s for good?", path) ? remove_asked(app, path, &c) : EXIT_NO;
	contact_release(&c);
	return rc;
}

const struct command cmd_rm = {
	.name = "rm",
	.group = "edit",
	.args = "NAME",
	.summary = "remove a contact's file",
	.help = "Asks first; without a terminal it needs *--force*. The file is gone for good,\n"
		"unless a copy of it is kept elsewhere.\n",
	.opts = opts,
	.needs = NEEDS_BOOK,
	.completes = "id",
	.run = run,
};
