#include "base/buf.h"
#include "base/mem.h"
#include "book/check.h"
#include "cmd/cmd.h"
#include "cmd/editor.h"
#include "contact/contact.h"

/* What to do about the file as the editor left it. */
enum verdict { GOOD, AGAIN, LOST };

/* Read what is there now and say what is wrong with it. LOST: it is gone or empty. */
static enum verdict judge(struct app *app, const char *path)
{
	struct findings list = FINDINGS_INIT;
	struct fault f = FAULT_INIT;
	struct contact c;

	if (book_load(&app->book, path, &c, NULL, &f) < 0) {
		app_fault(app, &f);
		return LOST;
	}
	check_contact(&c, &app->book.config.kinds, app->today, &list);
	app_damage(app, &list);
	enum verdict v = c.damage == CONTACT_EMPTY ? LOST : list.n ? AGAIN : GOOD;
	findings_release(&list);
	contact_release(&c);
	return v;
}

/* The editor left nothing: put back what was there before. */
static int put_back(struct app *app, const char *path, struct text before)
{
	struct fault f = FAULT_INIT;
	struct contact c;
	int rc = app_lock(app);

	if (rc)
		return rc;
	if (book_load(&app->book, path, &c, NULL, &f) == 0) {
		rc = book_replace(&app->book, path, contact_bytes(&c), before, &f);
		contact_release(&c);
	} else {
		rc = book_create(&app->book, path, before, &f);
	}
	if (rc < 0)
		return app_fault(app, &f);
	app_say(app, "kith edit: the editor left nothing of %s; its text was put back ('kith rm' removes)",
		path);
	return EXIT_FAIL;
}

static int edit(struct app *app, const char *path, const struct contact *before)
{
	struct buf file = BUF_INIT;
	struct fault f = FAULT_INIT;
	int rc = EXIT_DONE;

	app_file(app, path, &file);
	for (;;) {
		if (editor_run(file.at, &f) < 0)
			rc = app_fault(app, &f);
		enum verdict v = judge(app, path);
		if (v == LOST)
			rc = put_back(app, path, contact_bytes(before));
		if (rc || v != AGAIN || !app_ask("edit %s again?", path))
			break;
	}
	buf_release(&file);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct fault f = FAULT_INIT;
	struct contact before;
	const char *path;

	int rc = app_resolve_words(app, argc, argv, &path);
	if (rc)
		return rc;
	if (book_load(&app->book, path, &before, NULL, &f) < 0)
		return app_fault(app, &f);
	rc = edit(app, path, &before);
	contact_release(&before);
	return rc;
}

const struct command cmd_edit = {
	.name = "edit",
	.group = "edit",
	.args = "NAME",
	.summary = "open the file in $VISUAL or $EDITOR, and check it on return",
	.help = "It is the real file that is edited; no lock is held meanwhile. What is wrong with it afterwards is\n"
		"named, and on a terminal it can be edited again. If nothing is left of it, the text from before is put\n"
		"back.\n",
	.needs = NEEDS_BOOK,
	.completes = "id",
	.run = run,
};
