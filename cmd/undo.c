#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cmd/changed.h"
#include "cmd/cmd.h"
#include "cmd/takeback.h"
#include "history/history.h"
#include "history/note.h"
#include "history/past.h"

static bool dry_run, force;
static const struct opt opts[] = {
	{ "force", 'f', OPT_FLAG, &force, NULL, "do not ask, however many contacts it removes" },
	{ "dry-run", 'n', OPT_FLAG, &dry_run, NULL, "only say what would be taken back" },
	OPT_END
};

enum { SHORT_NAME = 7 };

/* ---- which commit ---- */

/* Back to the newest that a command made and that is not taken back. */
struct walk {
	const char *before; /* only one older than that commit; "": any */
	bool is_before;     /* that commit has been met */
	VEC(char *) undone; /* names of commits that are taken back; each owned */
	struct buf found, subject; /* of the one that is looked for */
};
#define WALK_INIT(before) { (before), !*(before), VEC_INIT, BUF_INIT, BUF_INIT }

/* The command that made the commit, and what stands behind it: "undo 1a2b3c4". */
static struct text trailer_of(const struct past_commit *c)
{
	struct text rest = text_of(c->body), line, found = TEXT_NONE, key = TEXT("Kith: ");

	while (text_cut_line(&rest, &line))
		if (text_starts(line, key))
			found = text_trim(text_part(line, key.n, line.n));
	return found;
}

static bool is_undone(const struct walk *w, const char *id)
{
	for (size_t i = 0; i < w->undone.n; i++)
		if (text_starts(text_of(id), text_of(w->undone.at[i])))
			return true;
	return false;
}

static void note_undone(struct walk *w, struct text id)
{
	if (id.n >= SHORT_NAME)
		vec_push(&w->undone, mem_copy(id.at, id.n));
}

/* It changed contacts by itself; what save commits, somebody wrote by hand. */
static bool is_doing(struct text command)
{
	static const char *const others[] = { "hand", "init", "save" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (text_equal(command, text_of(others[i])))
			return false;
	return command.n > 0;
}

/* What was taken back is passed over, and so is taking it back: unless that was taken back too. */
static int look_at(void *ctx, const struct past_commit *c, struct fault *f)
{
	struct walk *w = ctx;
	struct text trailer = trailer_of(c), command = TEXT_NONE;
	bool older = w->is_before;

	(void)f;
	text_cut_word(&trailer, &command);
	w->is_before |= !strcmp(c->id, w->before);
	if (!is_doing(command) || is_undone(w, c->id))
		return 0;
	if (text_equal(command, TEXT("undo"))) {
		note_undone(w, text_trim(trailer));
		return 0;
	}
	if (!older)
		return 0;
	buf_add_str(&w->found, c->id);
	buf_add_str(&w->subject, c->subject);
	return 1;
}

static int find_last(struct app *app, struct walk *w, struct fault *f)
{
	return past_walk(app->past, NULL, NULL, look_at, w, f);
}

static void release_walk(struct walk *w)
{
	for (size_t i = 0; i < w->undone.n; i++)
		mem_free(w->undone.at[i]);
	vec_release(&w->undone);
	buf_release(&w->found);
	buf_release(&w->subject);
}

/* ---- what is in no commit yet ---- */

/* Is the path among those, each with a NUL behind it? */
static bool is_noted(struct text notes, const char *path)
{
	struct text noted;

	while (text_cut(&notes, '\0', &noted))
		if (notes.at && text_equal(noted, text_of(path)))
			return true;
	return false;
}

/* Append the names of the files: "ana.ini, paul.ini and 3 more". How many are there? */
static size_t name_pending(const struct past_files *files, struct text notes, struct buf *out)
{
	enum { NAMED = 3 };
	size_t n = 0;

	for (size_t i = 0; i < files->n; i++)
		if (is_noted(notes, files->at[i].path) && ++n <= NAMED)
			buf_add_fmt(out, "%s%s", n > 1 ? ", " : "", files->at[i].path);
	if (n > NAMED)
		buf_add_fmt(out, " and %zu more", n - NAMED);
	return n;
}

static int check_noted(struct app *app, struct text notes)
{
	struct past_files files;
	struct fault f = FAULT_INIT;
	struct buf names = BUF_INIT;

	if (past_uncommitted(app->past, &files, &f) < 0)
		return app_fault(app, &f);
	if (name_pending(&files, notes, &names))
		fault_set(&f, FAULT_CONFLICT, "what kith changed last (%s) is not in history yet; "
			  "'kith save' commits it, and 'kith undo REV' takes that back", names.at);
	past_files_release(&files);
	buf_release(&names);
	return f.code ? app_fault(app, &f) : 0;
}

/*
 * Where the last thing that kith did is in no commit, another one is not to be taken for the last.
 * Asked before the lock, with which it would be committed.
 */
static int check_pending(struct app *app)
{
	struct buf notes = BUF_INIT;

	if (app->book.config.commit != COMMIT_NO)
		note_read(&app->repo, &notes);
	int rc = notes.n ? check_noted(app, buf_text(&notes)) : 0;
	buf_release(&notes);
	return rc;
}

/* ---- what it did ---- */

struct commit {
	struct app *app;
	struct buf id, subject;
	struct changed_list list;
};
#define COMMIT_INIT(app) { (app), BUF_INIT, BUF_INIT, CHANGED_INIT }

static int read_commit(void *ctx, const struct past_commit *c, struct fault *f)
{
	struct commit *commit = ctx;

	buf_add_str(&commit->subject, c->subject);
	for (size_t i = 0; i < c->n_files; i++)
		if (changed_read(&commit->list, commit->app->past, &c->files[i], f) < 0)
			return f->code;
	return 0;
}

static struct text short_name(const struct commit *c)
{
	return text_part(buf_text(&c->id), 0, SHORT_NAME);
}

static int find_commit(struct commit *c, const char *rev)
{
	struct fault f = FAULT_INIT;
	struct app *app = c->app;

	int rc = past_commit(app->past, text_of(rev), app->today, &c->id, &f);
	if (!rc)
		rc = past_show(app->past, c->id.at, read_commit, c, &f);
	if (!rc)
		changed_compare(&c->list);
	if (!rc && !c->list.n)
		rc = fault_set(&f, FAULT_NOTFOUND, "%.*s (%s) changed no contact",
			       TEXT_FMT(short_name(c)), c->subject.at);
	return rc ? app_fault(app, &f) : 0;
}

static void release_commit(struct commit *c)
{
	buf_release(&c->id);
	buf_release(&c->subject);
	changed_release(&c->list);
	*c = (struct commit)COMMIT_INIT(c->app);
}

/* ---- taking it back ---- */

/* To take back an undo is to do it again. */
static void add_title(struct text subject, struct buf *out)
{
	struct text undo = TEXT("undo: "), redo = TEXT("redo: ");
	bool again = text_starts(subject, undo);

	if (again || text_starts(subject, redo))
		subject = text_part(subject, undo.n, subject.n);
	buf_add_text(out, again ? redo : undo);
	buf_add_text(out, subject);
}

/* Given again, it would come to the same commit: so the way on is told. */
static int say_nothing(const struct commit *c, const struct takeback *t)
{
	struct walk w = WALK_INIT(c->id.at);
	struct fault f = FAULT_INIT;
	struct text name = short_name(c);
	int rc = find_last(c->app, &w, &f);

	if (rc)
		rc = app_fault(c->app, &f);
	else if (w.found.n)
		app_say(c->app, "nothing to take back of %.*s (%s); 'kith undo %.*s' takes back "
			"the one before (%s)", TEXT_FMT(name), c->subject.at, SHORT_NAME,
			w.found.at, w.subject.at);
	else
		app_say(c->app, "nothing to take back of %.*s (%s); 'kith undo REV' takes back "
			"another", TEXT_FMT(name), c->subject.at);
	release_walk(&w);
	return rc ? rc : t->stays ? EXIT_CONFLICT : EXIT_DONE;
}

static int show(const struct commit *c, const struct takeback *t)
{
	struct out *out = &c->app->out;

	for (size_t i = 0; i < t->n; i++) {
		struct buf what = BUF_INIT;
		takeback_describe(&t->at[i], &what);
		out_text(out, buf_text(&what));
		out_str(out, "\n");
		buf_release(&what);
	}
	app_say(c->app, "this would take back %.*s (%s)", TEXT_FMT(short_name(c)), c->subject.at);
	return t->stays ? EXIT_CONFLICT : EXIT_DONE;
}

static void commit(const struct commit *c)
{
	struct buf title = BUF_INIT, id = BUF_INIT;
	struct app *app = c->app;

	add_title(buf_text(&c->subject), &title);
	history_title(app->history, buf_text(&title));
	history_about(app->history, buf_text(&c->id));
	bool done = app_commit(app, &id) == 0 && id.n;
	app_say(app, done ? "took back %.*s (%s); 'kith undo %s' brings it back"
			  : "took back %.*s (%s)",
		TEXT_FMT(short_name(c)), c->subject.at, id.at);
	buf_release(&title);
	buf_release(&id);
}

static bool may_remove(struct app *app, const struct takeback *t)
{
	size_t removed = 0, of = app->book.n_files;

	for (size_t i = 0; i < t->n; i++)
		removed += t->at[i].kind == TAKEBACK_REMOVE;
	if (force || !app_too_many(removed, of) ||
	    app_ask("this removes %zu of %zu contacts; take it back?", removed, of))
		return true;
	app_say(app, "kith undo: %zu of %zu contacts would be removed: nothing is taken back "
		"without --force ('--dry-run' names them)", removed, of);
	return false;
}

static int take_back(const struct commit *c, const struct takeback *t)
{
	if (!may_remove(c->app, t))
		return EXIT_NO;
	int rc = takeback_run(c->app, t);
	if (rc)
		return rc;
	commit(c);
	return t->stays ? EXIT_CONFLICT : EXIT_DONE;
}

static int plan(struct commit *c, const char *rev, struct takeback *t)
{
	int rc = find_commit(c, rev);

	return rc ? rc : takeback_plan(c->app, &c->list, t);
}

/* The one before this commit; the newest of all, when there is none yet. */
static int plan_next(struct commit *c, struct takeback *t)
{
	struct buf last = BUF_INIT;
	struct fault f = FAULT_INIT;

	buf_add_text(&last, buf_text(&c->id));
	struct walk w = WALK_INIT(last.at);
	release_commit(c);
	int rc = find_last(c->app, &w, &f);
	if (!rc && !w.found.n)
		rc = fault_set(&f, FAULT_NOTFOUND, "no command of kith is left to take back; 'kith "
			       "undo REV' takes back any commit ('kith history' shows them)");
	rc = rc ? app_fault(c->app, &f) : plan(c, w.found.at, t);
	release_walk(&w);
	buf_release(&last);
	return rc;
}

/* The last one of which anything is left to be taken back. */
static int plan_last(struct commit *c, struct takeback *t)
{
	int rc = 0;

	while (!rc && !t->n && !t->stays)
		rc = plan_next(c, t);
	return rc;
}

static int undo(struct commit *c, const char *rev)
{
	struct takeback t = TAKEBACK_INIT;
	int rc = app_list(c->app);

	if (!rc)
		rc = rev ? plan(c, rev, &t) : plan_last(c, &t);
	if (!rc && !t.n)
		rc = say_nothing(c, &t);
	else if (!rc)
		rc = dry_run ? show(c, &t) : take_back(c, &t);
	takeback_release(&t);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct commit c = COMMIT_INIT(app);

	if (argc > 1)
		return app_usage(app, "it takes back one commit at a time");
	int rc = app_open_past(app);
	if (!rc && !argc)
		rc = check_pending(app);
	if (!rc && !dry_run)
		rc = app_lock(app);
	if (!rc)
		rc = undo(&c, argc ? argv[0] : NULL);
	release_commit(&c);
	return rc;
}

const struct command cmd_undo = {
	.name = "undo",
	.group = "history",
	.args = "[REV]",
	.summary = "take back the last command, or a commit, and keep what came later",
	.help = "Without _REV_ it takes back the last thing that kith did and that is not taken\n"
		"back yet; given again, it goes one step further back. What you edited by hand is\n"
		"passed over, also when *kith save* committed it. _REV_ is any commit: as *kith\n"
		"history* shows it (*1a2b3c4*), as git names it (*HEAD~2*), or a day, for the\n"
		"last one of that day or before.\n"
		"\n"
		"Each contact is merged by field: what the commit changed becomes what it was,\n"
		"what was changed since in other fields stays. A contact that it made is removed;\n"
		"one that it removed comes back; one that it renamed gets its name back, and who\n"
		"refers to it follows. What was changed once more since then stays as it is now,\n"
		"and so does a contact that was made and then changed, or whose old name somebody\n"
		"else has. That is named, and the exit status is 4; the rest is taken back. Where\n"
		"no rest is left, the command before it is named, to be taken back by its name.\n"
		"\n"
		"Where what kith did last could not be committed yet, it takes back nothing\n"
		"without _REV_, with exit status 4: *kith save* commits that. When more than ten\n"
		"contacts and a fifth of the book would be removed it asks first; without a\n"
		"terminal it needs *--force*.\n"
		"\n"
		"Nothing is forgotten: it makes a new commit, and says which. To take that one\n"
		"back (*kith undo 5d6e7f8*) is to do it again. Where *[history] commit = no*\n"
		"turns history off it takes back commits of before, but makes none.\n"
		"\n"
		"    kith undo\n"
		"    kith undo 1a2b3c4 --dry-run\n",
	.opts = opts,
	.needs = NEEDS_BOOK,
	.run = run,
};
