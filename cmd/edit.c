#include "base/buf.h"
#include "base/mem.h"
#include "book/check.h"
#include "cmd/cmd.h"
#include "cmd/editor.h"
#include "contact/contact.h"

/* Name what is wrong with the draft, as the contact it is to become. How much there is. */
static size_t judge(struct app *app, const char *path, const struct draft *d)
{
	struct findings list = FINDINGS_INIT;
	struct contact c;

	contact_read(&c, path, mem_copy(d->text.at, d->text.n), d->text.n);
	check_contact(&c, &app->book.config.kinds, app->today, &list);
	app_damage(app, &list);
	size_t n = list.n;
	findings_release(&list);
	contact_release(&c);
	return n;
}

/* Again and again while there is something wrong and the user wants to. */
static int write(struct app *app, const char *path, struct text before, struct draft *d)
{
	struct fault f = FAULT_INIT;
	struct buf suffix = BUF_INIT;

	buf_add_fmt(&suffix, "-%.*s.ini", (int)text_fit(contact_id_of(path), 80).n,
		    contact_id_of(path).at);
	int rc = editor_write(d, before, suffix.at, &f);
	while (rc == 0 && text_trim(buf_text(&d->text)).n && judge(app, path, d) &&
	       app_ask("edit %s again?", path))
		rc = editor_write_on(d, &f);
	buf_release(&suffix);
	return rc < 0 ? app_fault(app, &f) : 0;
}

/* Whatever an editor can mend may be saved; what kith could not touch any more may not. */
static int check_text(struct app *app, const char *path, struct text after)
{
	struct fault f = FAULT_INIT;

	if (contact_damage_of(after) != CONTACT_NOT_TEXT)
		return 0;
	fault_set(&f, FAULT_INVALID, "is no text any more, so it stays as it was");
	fault_at(&f, path, 0, 0);
	return app_fault(app, &f);
}

static int save(struct app *app, const char *path, struct text before, struct text after)
{
	struct fault f = FAULT_INIT;

	if (text_equal(before, after)) {
		app_say(app, "%s: nothing changed (an editor that returns at once needs its "
			"option to wait)", path);
		return 0;
	}
	if (!text_trim(after).n) {
		fault_set(&f, FAULT_OS, "nothing is left of it, so it stays as it was; "
			  "'kith rm' removes it");
		fault_at(&f, path, 0, 0);
		return app_fault(app, &f);
	}
	int rc = check_text(app, path, after);
	if (!rc)
		rc = app_lock(app);
	if (!rc && book_replace(&app->book, path, before, after, &f) < 0)
		rc = app_fault(app, &f);
	if (!rc)
		app_say(app, "%s: edited", path);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct draft d = DRAFT_INIT;
	struct fault f = FAULT_INIT;
	struct contact before;
	const char *path;
	int rc = app_resolve_words(app, argc, argv, &path);

	if (rc)
		return rc;
	if (book_load(&app->book, path, &before, NULL, &f) < 0)
		return app_fault(app, &f);
	rc = write(app, path, contact_bytes(&before), &d);
	if (!rc)
		rc = save(app, path, contact_bytes(&before), buf_text(&d.text));
	editor_settle(app, &d, rc);
	contact_release(&before);
	return rc;
}

const struct command cmd_edit = {
	.name = "edit",
	.group = "edit",
	.args = "NAME",
	.summary = "edit the file in $VISUAL or $EDITOR, and check it on return",
	.help = "A draft of the file is edited and then put in its place, whole. What is wrong\n"
		"with it is named, and on a terminal it can be edited again. If somebody else\n"
		"changed the file meanwhile, or the editor fails, the file stays as it is and\n"
		"the draft is kept, and named.\n",
	.needs = NEEDS_BOOK,
	.completes = "id",
	.run = run,
};
