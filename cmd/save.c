#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/cmd.h"
#include "contact/contact.h"
#include "history/history.h"
#include "history/past.h"

static bool force;
static const struct opt opts[] = {
	{ "force", 'f', OPT_FLAG, &force, NULL,
	  "commit also what looks like an accident: emptied files, many removed ones" },
	OPT_END
};

static size_t count_gone(const struct past_files *files)
{
	size_t gone = 0;

	for (size_t i = 0; i < files->n; i++)
		gone += files->at[i].status == 'D';
	return gone;
}

/* Why the file as it is now had better not become history; NULL: it may. */
static const char *doubt(struct app *app, const struct past_file *file)
{
	struct fault f = FAULT_INIT;
	struct contact c;

	if (file->status == 'D' || !text_ends(text_of(file->path), TEXT(".ini")))
		return NULL;
	if (book_load(&app->book, file->path, &c, NULL, &f) < 0)
		return "cannot be read";
	enum contact_damage damage = c.damage;
	contact_release(&c);
	switch (damage) {
	case CONTACT_EMPTY:
		return file->status == 'A' ? NULL : "is empty, and was not";
	case CONTACT_CONFLICTED:
		return "has conflict markers in it";
	case CONTACT_NOT_TEXT:
		return "is no text";
	case CONTACT_SOUND:
	case CONTACT_NOT_UTF8:
		break;
	}
	return NULL;
}

/* One that is doubtful is named and left out; the others are not held back by it. */
static int add_one(struct app *app, const struct past_file *file, size_t *left_out)
{
	struct fault f = FAULT_INIT;
	const char *why = force ? NULL : doubt(app, file);

	if (why) {
		fault_set(&f, FAULT_INVALID, "%s, so it is not committed; mend it, or say --force",
			  why);
		fault_at(&f, file->path, 0, 0);
		app_fault(app, &f);
		(*left_out)++;
		return 0;
	}
	return history_add(app->history, file->path, &f) < 0 ? app_fault(app, &f) : 0;
}

static int save(struct app *app, const struct past_files *files)
{
	size_t gone = count_gone(files), left_out = 0;
	struct buf id = BUF_INIT;
	int rc = 0;

	if (!force && app_too_many(gone, gone + app->book.n_files) &&
	    !app_ask("%zu contacts are gone and %zu left; commit that?", gone, app->book.n_files)) {
		app_say(app, "kith save: %zu contacts are gone and %zu left: nothing is committed "
			"without --force ('kith diff' shows them)", gone, app->book.n_files);
		return EXIT_NO;
	}
	for (size_t i = 0; i < files->n && !rc; i++)
		rc = add_one(app, &files->at[i], &left_out);
	if (!rc)
		rc = app_commit(app, &id);
	if (!rc && id.n)
		app_say(app, "committed %s: %zu file%s; 'kith history' shows it", id.at,
			files->n - left_out, files->n - left_out == 1 ? "" : "s");
	else if (!rc && !left_out)
		app_say(app, "nothing to commit: everything is in history");
	buf_release(&id);
	return rc ? rc : left_out ? EXIT_CONFLICT : EXIT_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	struct past_files files = { 0 };
	struct fault f = FAULT_INIT;

	(void)argv;
	if (argc)
		return app_usage(app, "it commits all that was changed, and takes no names");
	int rc = app_open_past(app);
	if (!rc)
		rc = app_lock(app);
	if (!rc && !app->history)
		return app_usage(app, "the settings of the book say [history] commit = no");
	if (!rc)
		rc = app_list(app);
	if (!rc && past_uncommitted(app->past, &files, &f) < 0)
		rc = app_fault(app, &f);
	if (!rc)
		rc = save(app, &files);
	past_files_release(&files);
	return rc;
}

const struct command cmd_save = {
	.name = "save",
	.group = "history",
	.args = "",
	.summary = "commit what was edited by hand, named by contact and field",
	.help = "What you changed with an editor becomes one commit, whose message says who and\n"
		"what. Commands that write do this by themselves for the contacts they touch;\n"
		"*save* does it for all, and makes up for what could not be committed before.\n"
		"Other files of the repository, and what is staged of them, stay as they are.\n"
		"\n"
		"What looks like an accident is left out and named, with exit status 4: a contact\n"
		"that is empty now, conflict markers, no text at all. When more than ten contacts\n"
		"and a fifth of the book are gone it asks first.\n",
	.opts = opts,
	.needs = NEEDS_BOOK,
	.run = run,
};
