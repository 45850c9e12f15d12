#include "base/buf.h"
#include "cmd/assign.h"
#include "cmd/cmd.h"

static int read_assigns(struct app *app, int argc, char **argv, struct assigns *list)
{
	struct fault f = FAULT_INIT;

	for (int i = 0; i < argc; i++)
		if (assign_read(list, argv[i], app->today, &f) < 0)
			return app_usage(app, "%s", f.msg);
	return 0;
}

static int change(struct app *app, const char *path, struct assigns *list)
{
	struct buf what = BUF_INIT;
	int rc = app_lock(app);

	if (!rc) {
		assign_describe(list, &what);
		rc = app_change(app, path, assign_apply, list, what.at);
	}
	buf_release(&what);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct assigns list = ASSIGNS_INIT;
	const char *path;
	int words = 0;

	while (words < argc && !assign_is(argv[words]))
		words++;
	if (words == 0 || words == argc)
		return app_usage(app, words ? "what is to be set?" : "who is meant?");
	int rc = app_check_args(app, argc - words, argv + words);
	if (!rc)
		rc = read_assigns(app, argc - words, argv + words, &list);
	if (!rc)
		rc = app_resolve_words(app, words, argv, &path);
	if (!rc)
		rc = change(app, path, &list);
	assign_release(&list);
	return rc;
}

const struct command cmd_set = {
	.name = "set",
	.group = "edit",
	.args = "NAME KEY=VALUE...",
	.summary = "set, add or take away values of any key",
	.help = "*KEY=VALUE* makes the value the key's only one, *KEY+=VALUE* adds one,\n"
		"*KEY-=VALUE* takes one away. All of them are done together or not at all. Only\n"
		"the lines they are about change. Dates may be typed as people say them (see\n"
		"*kith help when*).\n"
		"\n"
		"    kith set paul phone.cell='+1 813 555 0142' title='horror novelist'\n"
		"    kith set paul email+=paul@novak.example tags-=prospect\n"
		"    kith set paul snooze='in 2 weeks' every=3w..2m\n",
	.needs = NEEDS_BOOK | WRITES,
	.completes = "id key=*",
	.run = run,
};
