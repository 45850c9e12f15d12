#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/assign.h"
#include "cmd/cmd.h"
#include "cmd/creation.h"
#include "cmd/editor.h"
#include "contact/contact.h"

static const char *folder;
static bool force;
static const struct opt opts[] = {
	{ "in", 0, OPT_TEXT, &folder, "FOLDER", "put the file in this folder of the book" },
	{ "force", 'f', OPT_FLAG, &force, NULL, "do not ask when the person may be there already" },
	OPT_END
};

/* ---- where the text comes from ---- */

static int from_editor(struct app *app, struct draft *d)
{
	struct buf start = BUF_INIT;
	struct fault f = FAULT_INIT;

	if (!app_can_ask())
		return app_usage(app, "who? Give a name, or - to read a contact file from stdin");
	creation_template(TEXT_NONE, &start);
	int rc = editor_write(d, buf_text(&start), ".ini", &f) < 0 ? app_fault(app, &f) : 0;
	buf_release(&start);
	return rc;
}

/* The name and the assignments of the command line as a contact in memory. */
static int from_words(struct app *app, int argc, char **argv, struct buf *out)
{
	struct buf name = BUF_INIT;
	int words = 0;

	while (words < argc && !assign_is(argv[words]))
		words++;
	app_join(words, argv, &name);
	int rc = text_trim(buf_text(&name)).n ? 0 : app_usage(app, "a name comes first");
	if (!rc)
		creation_template(buf_text(&name), out);
	buf_release(&name);
	return rc;
}

static int assign(struct app *app, int argc, char **argv, struct contact *c)
{
	struct assigns list = ASSIGNS_INIT;
	struct fault f = FAULT_INIT;
	int rc = 0;

	for (int i = 0; i < argc && !rc; i++)
		if (assign_is(argv[i]) && assign_read(&list, argv[i], app->today, &f) < 0)
			rc = app_usage(app, "%s", f.msg);
	for (int i = 0; i < argc && !rc && list.n; i++)
		if (i && !assign_is(argv[i]) && assign_is(argv[i - 1]))
			rc = app_usage(app, "'%s' is not KEY=VALUE; quote values with blanks",
				       argv[i]);
	if (!rc && assign_apply(c, &list, &f) < 0)
		rc = app_fault(app, &f);
	assign_release(&list);
	return rc;
}

/* ---- adding ---- */

static int warn_of_duplicates(struct app *app, const struct contact *c)
{
	size_t found;
	int rc = creation_compare(app, c, &found);

	if (!rc && found && !force && app_can_ask() && !app_ask("add another one?"))
		rc = EXIT_NO;
	return rc;
}

static int save(struct app *app, const struct contact *c)
{
	const char *path;
	int rc = creation_save(app, c, folder, &path);

	if (!rc)
		out_fmt(&app->out, "%.*s\n", TEXT_FMT(contact_id_of(path)));
	return rc;
}

/* A name of nothing but blanks, zero-width or combining characters is none. */
static bool is_visible(struct text name)
{
	struct buf folded = BUF_INIT;

	text_fold(name, &folded);
	bool visible = text_trim(buf_text(&folded)).n;
	buf_release(&folded);
	return visible;
}

static int add(struct app *app, int argc, char **argv, struct text text)
{
	struct fault f = FAULT_INIT;
	struct contact c;

	contact_read(&c, "new.ini", mem_copy(text.at, text.n), text.n);
	int rc = contact_editable(&c, &f) < 0 ? app_fault(app, &f) : 0;
	if (!rc)
		rc = assign(app, argc, argv, &c);
	if (!rc && !is_visible(contact_get(&c, TEXT("name"))))
		rc = app_usage(app, "a contact needs a name; nothing was written");
	if (!rc)
		rc = creation_identify(app, &c);
	if (!rc)
		rc = warn_of_duplicates(app, &c);
	if (!rc)
		rc = save(app, &c);
	contact_release(&c);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct draft d = DRAFT_INIT;
	bool piped = argc && !strcmp(argv[0], "-");
	int rc = app_check_args(app, argc, argv);

	if (!rc)
		rc = piped  ? app_read_stdin(app, &d.text)
		     : argc ? from_words(app, argc, argv, &d.text)
			    : from_editor(app, &d);
	if (!rc)
		rc = add(app, argc, argv, buf_text(&d.text));
	editor_settle(app, &d, rc);
	return rc;
}

const struct command cmd_new = {
	.name = "new",
	.aliases = "add",
	.group = "capture",
	.args = "NAME [KEY=VALUE...]",
	.summary = "add a contact; prints its id",
	.help = "The id, which is the file's name, is made from _NAME_. Without arguments the\n"
		"editor opens on an empty contact (on a terminal); *-* reads a contact file\n"
		"from stdin. When somebody with this name, address or number seems to be there\n"
		"already, it says so, and asks on a terminal.\n"
		"\n"
		"    kith new Paul Novak via=glynis-jordan tags=writer,tampa\n"
		"    kith new 'Zoë Lindqvist' email=zoe@lindqvist.example --in work\n",
	.opts = opts,
	.needs = NEEDS_BOOK | WRITES,
	.completes = "- key=*",
	.run = run,
};
