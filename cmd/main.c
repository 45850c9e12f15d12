#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "book/near.h"
#include "cmd/cmd.h"
#include "cmd/help.h"

static struct {
	const char *book, *color;
	bool json, no_index, cached, no_pager, quiet, help;
} given;

const struct opt common_opts[] = {
	{ "book", 0, OPT_TEXT, &given.book, "DIR", "use this book" },
	{ "json", 0, OPT_FLAG, &given.json, NULL, "print JSON (commands that read)" },
	{ "no-index", 0, OPT_FLAG, &given.no_index, NULL, "do without the index" },
	{ "cached", 0, OPT_FLAG, &given.cached, NULL,
	  "answer from the index as it is (commands that read)" },
	{ "color", 0, OPT_TEXT, &given.color, "WHEN", "auto, always or never" },
	{ "no-pager", 0, OPT_FLAG, &given.no_pager, NULL, "do not page long output" },
	{ "quiet", 'q', OPT_FLAG, &given.quiet, NULL, "say nothing but errors on stderr" },
	{ "help", 'h', OPT_FLAG, &given.help, NULL, "show the help of this command" },
	OPT_END
};

/*
 * With 0, 1 or 2 closed, messages would be written into the next file opened. Open for
 * reading only, so that a command whose output goes nowhere fails instead of being believed.
 */
static void open_standard_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

static bool is_word_of(const char *word, const char *list)
{
	struct text rest = text_of(list), one;

	while (text_cut_word(&rest, &one))
		if (text_equal(one, text_of(word)))
			return true;
	return false;
}

const struct command *command_find(const char *name)
{
	for (const struct command *const *c = commands; *c; c++)
		if (!strcmp((*c)->name, name) || is_word_of(name, (*c)->aliases))
			return *c;
	return NULL;
}

/*
 * The command's name is the first word that is no option; it leaves argv. NULL: none was given.
 * abook's --mutt-query stays, as an option of the command that it names.
 */
static const char *take_name(int *argc, char **argv)
{
	for (int i = 0; i < *argc; i++) {
		const char *word = argv[i];
		bool version = !strcmp(word, "--version");
		if (!strcmp(word, "--mutt-query"))
			return "query";
		if (word[0] != '-' || version) {
			memmove(argv + i, argv + i + 1, (size_t)(*argc - i - 1) * sizeof *argv);
			(*argc)--;
			return version ? "version" : word;
		}
		if (!strcmp(word, "--book") || !strcmp(word, "--color"))
			i++;
	}
	return NULL;
}

static int apply_common(struct app *app, struct fault *f)
{
	app->book_dir = given.book;
	app->json = given.json;
	app->quiet = given.quiet;
	app->no_pager = given.no_pager;
	app->cached = given.cached;
	app->no_index = given.no_index;
	if (!out_init(&app->out, given.color))
		return fault_set(f, FAULT_USAGE, "--color is auto, always or never");
	if ((given.json || given.cached) && !(app->cmd->needs & READS))
		return fault_set(f, FAULT_USAGE, "'kith %s' has no --%s", app->cmd->name,
				 given.json ? "json" : "cached");
	if (given.cached && given.no_index)
		return fault_set(f, FAULT_USAGE, "--cached is the index alone, --no-index is "
				 "without it; not both");
	return date_today(getenv("KITH_NOW"), &app->today, f);
}

static int run_command(struct app *app, bool named, int argc, char **argv)
{
	struct fault f = FAULT_INIT;
	bool negatives = app->cmd->needs & NEGATIVE_ARGS;

	if (opt_parse(&argc, argv, app->cmd->opts, common_opts, negatives, &f) < 0)
		return app_usage(app, "%s", f.msg);
	if (apply_common(app, &f) < 0)
		return app_fault(app, &f);
	if (given.help && named) {
		help_command(&app->out, app->cmd);
		return EXIT_DONE;
	}
	if ((app->cmd->needs & NEEDS_BOOK) && app_open_book(app, &f) < 0) {
		app_fault(app, &f);
		return EXIT_FAIL; /* where there is no book nothing can be said of who is in it */
	}
	if ((app->cmd->needs & USES_PAGER) && !app->no_pager)
		out_page(&app->out);
	return app->cmd->run(app, argc, argv);
}

static int no_command(struct app *app, const char *name)
{
	struct fault f = FAULT_INIT;
	struct text typed = text_of(name);
	size_t limit = near_limit(typed.n), nearest = limit + 1;
	const char *meant = NULL;

	for (const struct command *const *c = commands; *c; c++) {
		size_t d = near_distance(typed, text_of((*c)->name), limit);
		if (d < nearest) {
			nearest = d;
			meant = (*c)->name;
		}
	}
	if (meant)
		fault_set(&f, FAULT_USAGE, "there is no command '%s'; did you mean 'kith %s'?",
			  name, meant);
	else
		fault_set(&f, FAULT_USAGE, "there is no command '%s'; 'kith help' lists them",
			  name);
	return app_fault(app, &f);
}

static int finish(struct app *app, int rc)
{
	int error = out_finish(&app->out);

	app_close_book(app);
	if (!error)
		return rc;
	struct fault f = FAULT_INIT;
	errno = error;
	fault_errno(&f, "cannot write the output");
	return app_fault(app, &f);
}

int main(int argc, char **argv)
{
	struct app app = { .book = { .fd = -1 }, .out = { .pending = BUF_INIT } };

	open_standard_streams();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	argc--;
	argv++;
	const char *name = take_name(&argc, argv);
	app.cmd = command_find(name ? name : "help");
	if (!app.cmd) {
		return no_command(&app, name);
	}
	int rc = run_command(&app, name != NULL, argc, argv);
	return finish(&app, rc == EXIT_DONE && app.incomplete ? EXIT_FAIL : rc);
}
