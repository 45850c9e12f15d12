#include "base/buf.h"
#include "cmd/cmd.h"
#include "contact/contact.h"

struct keys {
	int n;
	char **at;
};

static int remove_keys(struct contact *c, void *ctx, struct fault *f)
{
	const struct keys *keys = ctx;
	int rc = 0;

	for (int i = 0; i < keys->n && rc == 0; i++)
		rc = contact_unset(c, text_of(keys->at[i]), f);
	/* It is the command line that is wrong, not the file. */
	return rc == FAULT_INVALID ? f->code = FAULT_USAGE : rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct keys keys = { argc - 1, argv + 1 };
	struct buf what = BUF_INIT;
	const char *path;

	if (argc < 2)
		return app_usage(app, argc ? "which key?" : "who is meant?");
	int rc = app_resolve(app, text_of(argv[0]), &path);
	if (!rc)
		rc = app_lock(app);
	if (!rc) {
		buf_add_str(&what, "removed ");
		for (int i = 0; i < keys.n; i++)
			buf_add_fmt(&what, "%s%s", i ? ", " : "", keys.at[i]);
		rc = app_change(app, path, remove_keys, &keys, what.at);
	}
	buf_release(&what);
	return rc;
}

const struct command cmd_unset = {
	.name = "unset",
	.group = "edit",
	.args = "NAME KEY...",
	.summary = "remove keys with all their values",
	.help = "Removes every line of exactly these keys: *email* does not touch *email.work*.\n"
		"_NAME_ is one word here, or quoted.\n"
		"\n"
		"    kith unset 'Paul Novak' phone.cell snooze\n",
	.needs = NEEDS_BOOK | WRITES,
	.completes = "id key*",
	.run = run,
};
