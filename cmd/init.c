#include <stdlib.h>

#include "base/buf.h"
#include "cmd/cmd.h"

/* Where a book is made when no folder is named: where it will be looked for. */
static void default_folder(const struct app *app, struct buf *out)
{
	const char *set = app->book_dir ? app->book_dir : getenv("KITH_BOOK");
	const char *home = getenv("HOME");

	if (set && *set)
		buf_add_str(out, set);
	else
		buf_add_fmt(out, "%s/contacts", home && *home ? home : ".");
}

static int run(struct app *app, int argc, char **argv)
{
	struct fault f = FAULT_INIT;
	struct buf root = BUF_INIT;
	int rc = EXIT_DONE;

	if (argc > 1)
		return app_usage(app, "one folder at a time");
	if (argc)
		buf_add_str(&root, argv[0]);
	else
		default_folder(app, &root);
	if (book_init(root.at, &f) < 0)
		rc = app_fault(app, &f);
	else
		app_say(app, "made a book in %s; 'kith --book %s new NAME' adds somebody", root.at,
			root.at);
	buf_release(&root);
	return rc;
}

const struct command cmd_init = {
	.name = "init",
	.group = "start",
	.args = "[DIR]",
	.summary = "make a folder for contacts",
	.help = "Makes _DIR_ (its parent must exist) with _DIR_/.kith/config, where the book's\n"
		"settings are explained. Without _DIR_: *--book*, else *KITH_BOOK*, else\n"
		"*~/contacts*. Files that are in the folder already stay as they are; a folder\n"
		"of .ini files is a book even without this.\n"
		"\n"
		"    kith init ~/contacts\n",
	.completes = "dir",
	.run = run,
};
