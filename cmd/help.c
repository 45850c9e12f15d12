#include "cmd/help.h"

#include <string.h>

#include "base/buf.h"
#include "cmd/cmd.h"
#include "cmd/manual.h"

/* ---- options ---- */

static void out_opts(struct out *o, const struct opt *opts)
{
	for (; opts && opts->name; opts++) {
		struct buf form = BUF_INIT;
		manual_opt(opts, &form);
		out_fmt(o, "  %-22s  %s\n", form.at, opts->about);
		buf_release(&form);
	}
}

/* --json and --cached are of the commands that read. */
static bool is_common_of(const struct command *cmd, const struct opt *o)
{
	bool reading = !strcmp(o->name, "json") || !strcmp(o->name, "cached");

	return !reading || (cmd->needs & READS);
}

void help_command(struct out *o, const struct command *cmd)
{
	out_style(o, STYLE_NAME);
	out_fmt(o, "kith %s", cmd->name);
	out_style(o, STYLE_PLAIN);
	out_fmt(o, "%s%s - %s\n", *cmd->args ? " " : "", cmd->args, cmd->summary);
	if (cmd->aliases)
		out_fmt(o, "  also: %s\n", cmd->aliases);
	manual_text(o, cmd->help);
	if (cmd->opts) {
		out_heading(o, "Options");
		out_opts(o, cmd->opts);
	}
	out_heading(o, "Options of all commands");
	for (const struct opt *c = common_opts; c->name; c++)
		if (is_common_of(cmd, c))
			out_opts(o, (const struct opt[]){ *c, OPT_END });
}

/* ---- the overview ---- */

static void out_overview(struct out *o)
{
	out_str(o,
		"kith - a contact manager in plain text: never meet someone twice as a stranger\n");
	for (int g = 0; g < manual_n_groups; g++) {
		out_heading(o, manual_groups[g][1]);
		for (const struct command *const *c = commands; *c; c++)
			if (!strcmp((*c)->group, manual_groups[g][0]))
				out_fmt(o, "  %-11s %s\n", (*c)->name, (*c)->summary);
	}
	out_heading(o, "Topics");
	for (const struct topic *t = topics; t->name; t++)
		out_fmt(o, "  %-11s %s\n", t->name, t->summary);
	out_str(o, "\n'kith help NAME' tells more of a command or topic.\n");
}

/* ---- the command ---- */

static const char *man;
static bool markdown;
static const struct opt opts[] = {
	{ "man", 0, OPT_TEXT, &man, "1|5", "print the man page kith(1) or kith(5)" },
	{ "markdown", 0, OPT_FLAG, &markdown, NULL, "print the list of commands for a README" },
	OPT_END
};

static bool out_topic(struct out *o, const char *name)
{
	for (const struct topic *t = topics; t->name; t++) {
		if (strcmp(t->name, name) != 0)
			continue;
		out_style(o, STYLE_NAME);
		out_fmt(o, "%s", t->name);
		out_style(o, STYLE_PLAIN);
		out_fmt(o, " - %s\n", t->summary);
		if (t->text) {
			manual_text(o, t->text);
		} else {
			out_str(o, "\n");
			manual_keys(o);
		}
		return true;
	}
	return false;
}

static int help_man(struct app *app)
{
	if (!strcmp(man, "1"))
		manual_man1(&app->out);
	else if (!strcmp(man, "5"))
		manual_man5(&app->out);
	else
		return app_usage(app, "there are kith(1) and kith(5)");
	return EXIT_DONE;
}

static int help_named(struct app *app, const char *name)
{
	const struct command *cmd = command_find(name);

	if (cmd) {
		help_command(&app->out, cmd);
	} else if (!out_topic(&app->out, name)) {
		struct fault f = FAULT_INIT;
		fault_set(&f, FAULT_NOTFOUND, "no command or topic '%s'; 'kith help' lists them",
			  name);
		return app_fault(app, &f);
	}
	return EXIT_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	if (man)
		return help_man(app);
	if (markdown)
		manual_markdown(&app->out);
	else if (argc == 0)
		out_overview(&app->out);
	else if (argc == 1)
		return help_named(app, argv[0]);
	else
		return app_usage(app, "one command or topic at a time");
	return EXIT_DONE;
}

const struct command cmd_help = {
	.name = "help",
	.group = "start",
	.args = "[COMMAND|TOPIC]",
	.summary = "tell how to use kith, a command or a topic",
	.help = "Without a word: all commands and topics in a line each. *kith help keys* lists\n"
		"the keys of a contact file.\n",
	.opts = opts,
	.needs = USES_PAGER,
	.completes = "command",
	.run = run,
};
