#include <string.h>

#include "base/buf.h"
#include "book/check.h"
#include "cmd/cmd.h"
#include "contact/contact.h"
#include "contact/mend.h"

static const char *grade_name(enum finding_grade grade)
{
	switch (grade) {
	case FINDING_DAMAGE: return "damage";
	case FINDING_WRONG: return "wrong";
	case FINDING_DOUBTFUL: break;
	}
	return "doubtful";
}

static void print_json(struct app *app, const struct findings *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->n; i++) {
		const struct finding *found = &list->at[i];
		json_t *object = json_object();
		json_object_set_new(object, "path", out_json_text(text_of(found->path)));
		json_object_set_new(object, "line", json_integer(found->line));
		json_object_set_new(object, "col", json_integer(found->col));
		json_object_set_new(object, "grade", json_string(grade_name(found->grade)));
		json_object_set_new(object, "what", out_json_text(text_of(found->what)));
		json_array_append_new(array, object);
	}
	out_json(&app->out, array);
}

static void print_lines(struct app *app, const struct findings *list)
{
	struct out *o = &app->out;

	for (size_t i = 0; i < list->n; i++) {
		const struct finding *found = &list->at[i];
		struct buf file = BUF_INIT;
		app_file(app, found->path, &file);
		out_text(o, buf_text(&file));
		buf_release(&file);
		if (found->line)
			out_fmt(o, ":%u:%u", found->line, found->col);
		out_str(o, ": ");
		if (found->grade != FINDING_DOUBTFUL)
			out_style(o, STYLE_WARN);
		out_text(o, text_of(found->what));
		out_style(o, STYLE_PLAIN);
		out_str(o, "\n");
	}
}

/* ---- mending ---- */

static int mend(struct contact *c, void *ctx, struct fault *f)
{
	(void)ctx;
	(void)f;
	mend_dates(c);
	return 0;
}

/* Files with findings, in order of path: one that can't be edited is left to the list that follows.
 */
static int mend_files(struct app *app)
{
	struct findings list = FINDINGS_INIT;
	struct fault f = FAULT_INIT;
	const char *last = "";
	int rc = app_lock(app);

	if (!rc && check_book(&app->book, app->today, &list, &f) < 0)
		rc = app_fault(app, &f);
	for (size_t i = 0; !rc && i < list.n && !app_interrupted(); i++) {
		const char *path = list.at[i].path;
		bool changed = false;
		if (!strcmp(path, last) || list.at[i].grade == FINDING_DOUBTFUL || !list.at[i].line)
			continue;
		last = path;
		if (book_edit(&app->book, path, mend, NULL, &changed, &f) < 0 && f.code == FAULT_OS)
			rc = app_fault(app, &f);
		else if (changed)
			app_say(app, "%s: dates written as ISO dates", path);
	}
	findings_release(&list);
	app_unlock(app); /* what follows is reading, perhaps in a pager */
	return rc;
}

/* ---- the command ---- */

static bool fix;
static const struct opt opts[] = {
	{ "fix", 0, OPT_FLAG, &fix, NULL, "first put right what can only mean one thing" },
	OPT_END
};

static int run(struct app *app, int argc, char **argv)
{
	struct findings list = FINDINGS_INIT;
	struct fault f = FAULT_INIT;

	(void)argv;
	if (app->cached)
		return app_usage(app, "the files themselves are checked; leave --cached out");
	if (argc)
		return app_usage(app, "check looks at the whole book and takes no argument");
	int rc = fix ? mend_files(app) : EXIT_DONE;
	if (rc)
		return rc;
	rc = check_book(&app->book, app->today, &list, &f) < 0 ? app_fault(app, &f)
		 : list.n			       ? EXIT_NO
						       : EXIT_DONE;
	if (app->json && rc != EXIT_FAIL)
		print_json(app, &list);
	else
		print_lines(app, &list);
	if (rc == EXIT_DONE)
		app_say(app, "%zu contact%s, nothing to report", app->book.n_files,
			app->book.n_files == 1 ? "" : "s");
	findings_release(&list);
	return rc;
}

const struct command cmd_check = {
	.name = "check",
	.group = "edit",
	.args = "",
	.summary = "list what is wrong or doubtful, as FILE:LINE:COLUMN",
	.help = "Looks at every file: lines that are no key, bad dates, references to nobody,\n"
		"ids used twice, odd addresses. Exit status 1 when there is anything to report.\n"
		"Nothing is changed without *--fix*, which writes dates like 2026/11/18,\n"
		"2026-1-5 and 20261118 as ISO dates, and then reports what is left.\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "",
	.run = run,
};
