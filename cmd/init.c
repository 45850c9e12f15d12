#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "cmd/cmd.h"
#include "history/history.h"
#include "history/setup.h"

static bool no_git;
static const struct opt opts[] = {
	{ "no-git", 0, OPT_FLAG, &no_git, NULL, "make no repository: a book without history" },
	OPT_END
};

static bool has_file(const char *root, const char *name)
{
	struct buf path = BUF_INIT;

	buf_add_fmt(&path, "%s/%s", root, name);
	bool has = !access(path.at, F_OK);
	buf_release(&path);
	return has;
}

/* Where a book is made when no folder is named: where it will be looked for. */
static void default_folder(const struct app *app, struct buf *out)
{
	const char *set = app->book_dir ? app->book_dir : getenv("KITH_BOOK");
	const char *home = getenv("HOME");

	if (set && *set)
		buf_add_str(out, set);
	else if (has_file(".", BOOK_CONFIG))
		buf_add_char(out, '.');
	else
		buf_add_fmt(out, "%s/contacts", home && *home ? home : ".");
}

/* What was done for a book's history. */
struct done {
	bool book, attributes, repository; /* made */
	bool driver;                       /* set */
};

static int add_file(struct app *app, const char *path)
{
	struct fault f = FAULT_INIT;

	return history_add(app->history, path, &f) < 0 ? app_fault(app, &f) : 0;
}

/* Commit what was made here, and all of the settings in a repository that is new. */
static int commit_settings(struct app *app, const struct done *done)
{
	struct fault f = FAULT_INIT;
	int rc = app_open_book(app, &f) < 0 ? app_fault(app, &f) : app_lock(app);

	if (!rc && app->history)
		rc = add_file(app, BOOK_CONFIG);
	if (!rc && app->history && (done->attributes || done->repository))
		rc = add_file(app, BOOK_ATTRIBUTES);
	history_title(app->history, TEXT("a new book"));
	return rc ? rc : app_commit(app, NULL);
}

/* A repository for the book; one that it is in already is left as it is, but for its driver. */
static int make_history(struct app *app, const char *root, struct done *done)
{
	struct fault f = FAULT_INIT;
	struct repo repo;

	int rc = setup_repository(root, &f);
	if (rc && rc != FAULT_EXISTS)
		return app_fault(app, &f);
	done->repository = !rc;
	if (repo_find(root, &repo, &f) < 0)
		return app_fault(app, &f);
	rc = 0;
	if (setup_driver(&repo, &done->driver, &f) < 0)
		rc = app_fault(app, &f);
	else if (repo.prefix[0] && done->book)
		app_say(app, "it is in the repository %s: with 'commit = yes' below [history] in "
			"%s/%s kith commits there", repo.top, root, BOOK_CONFIG);
	else if (done->book || done->repository)
		rc = commit_settings(app, done);
	repo_release(&repo);
	return rc;
}

/* Contacts that were there before the book was one are not in its history yet. */
static void say_what_is_there(struct app *app, const char *root)
{
	struct fault f = FAULT_INIT;

	if (!app->history || book_list(&app->book, &f) < 0 || !app->book.n_files)
		return;
	app_say(app, "%zu contacts are there already; 'kith --book %s save' commits them",
		app->book.n_files, root);
}

static int make(struct app *app, const char *root)
{
	struct fault f = FAULT_INIT;
	struct done done = { .attributes = !has_file(root, BOOK_ATTRIBUTES) };
	int there = book_init(root, !no_git, &f), rc = 0;

	app->book_dir = root;
	done.book = !there;
	if (there && there != FAULT_EXISTS)
		return app_fault(app, &f);
	if (!no_git)
		rc = make_history(app, root, &done);
	if (rc)
		return rc;
	if (done.book)
		app_say(app, "made a book in %s; 'kith --book %s new NAME' adds somebody", root,
			root);
	else if (done.repository)
		app_say(app, "the book in %s has a history from now on; 'kith --book %s save' "
			"commits what is there", root, root);
	else if (done.driver)
		app_say(app, "git shows the contacts in %s by field from now on", root);
	else
		return app_fault(app, &f);
	if (done.book)
		say_what_is_there(app, root);
	return EXIT_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	struct buf root = BUF_INIT;

	if (argc > 1)
		return app_usage(app, "one folder at a time");
	if (argc)
		buf_add_str(&root, argv[0]);
	else
		default_folder(app, &root);
	int rc = make(app, root.at);
	buf_release(&root);
	app->book_dir = NULL;
	return rc;
}

const struct command cmd_init = {
	.name = "init",
	.group = "start",
	.args = "[DIR]",
	.summary = "make a folder for contacts, and its history",
	.help = "Makes _DIR_ (its parent must exist) with _DIR_/.kith/config, where the book's\n"
		"settings are explained, and a git repository, in which every later change\n"
		"becomes a commit (see *kith help repository*). Without _DIR_: *--book*, else\n"
		"*KITH_BOOK*, else the working directory if it is a book, else *~/contacts*.\n"
		"Files that are in the folder already stay as they are; a folder of .ini files\n"
		"is a book even without this.\n"
		"\n"
		"No repository is made with *--no-git*, nor in a folder that is in one already. A\n"
		"book that has none gets one. In a clone it sets up how *git diff* and\n"
		"*git log -p* show contacts: by field, under the name of the section.\n"
		"\n"
		"    kith init ~/contacts\n",
	.opts = opts,
	.completes = "dir",
	.run = run,
};
