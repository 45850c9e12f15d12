#include "cmd/cmd.h"

#ifndef KITH_VERSION
#define KITH_VERSION "0.1.0"
#endif

static int run(struct app *app, int argc, char **argv)
{
	(void)argv;
	if (argc)
		return app_usage(app, "version takes no argument");
	out_str(&app->out, "kith " KITH_VERSION "\n");
	return EXIT_DONE;
}

const struct command cmd_version = {
	.name = "version",
	.group = "start",
	.args = "",
	.summary = "print the version",
	.help = "Prints *kith* and the version, on one line.\n",
	.completes = "",
	.run = run,
};
