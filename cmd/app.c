#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "book/check.h"
#include "cmd/cmd.h"
#include "cmd/pick.h"
#include "cmd/progress.h"
#include "contact/contact.h"
#include "history/history.h"
#include "history/past.h"
#include "index/index.h"

enum { LOCK_WAIT_MS = 30000, DAMAGE_SHOWN = 10 };

/* ---- saying ---- */

/* One line to stderr, in one write, so that lines of several processes do not mix. */
static void say_line(struct text t)
{
	struct buf line = BUF_INIT;

	text_visible(t, false, &line);
	buf_add_char(&line, '\n');
	ssize_t n = write(STDERR_FILENO, line.at, line.n);
	(void)n;
	buf_release(&line);
}

__attribute__((format(printf, 2, 0)))
static void say_list(const char *prefix, const char *fmt, va_list ap)
{
	struct buf line = BUF_INIT;

	buf_add_str(&line, prefix);
	buf_add_list(&line, fmt, ap);
	say_line(buf_text(&line));
	buf_release(&line);
}

void app_say(struct app *app, const char *fmt, ...)
{
	va_list ap;

	if (app->quiet)
		return;
	va_start(ap, fmt);
	say_list("", fmt, ap);
	va_end(ap);
}

static int exit_status_of(const struct fault *f)
{
	switch (f->code) {
	case FAULT_NONE:
		return EXIT_DONE;
	case FAULT_NOTFOUND:
	case FAULT_AMBIGUOUS:
		return EXIT_NO;
	case FAULT_USAGE:
		return EXIT_USAGE;
	case FAULT_INVALID: /* in a file, or on the command line */
		return f->path ? EXIT_FAIL : EXIT_USAGE;
	case FAULT_CONFLICT:
		return EXIT_CONFLICT;
	case FAULT_OS:
	case FAULT_EXISTS:
	case FAULT_SYNTAX:
	case FAULT_LOCKED:
		break;
	}
	return EXIT_FAIL;
}

static void add_place(const struct app *app, const char *path, unsigned line, unsigned col,
		      struct buf *out)
{
	app_file(app, path, out);
	if (line)
		buf_add_fmt(out, ":%u:%u", line, col ? col : 1);
}

int app_fault(struct app *app, const struct fault *f)
{
	struct buf line = BUF_INIT;

	if (f->path)
		add_place(app, f->path, f->line, f->col, &line);
	else
		buf_add_fmt(&line, "kith%s%s", app->cmd ? " " : "", app->cmd ? app->cmd->name : "");
	buf_add_fmt(&line, ": %s", f->msg);
	say_line(buf_text(&line));
	buf_release(&line);
	return exit_status_of(f);
}

int app_usage(struct app *app, const char *fmt, ...)
{
	struct buf prefix = BUF_INIT;
	va_list ap;

	buf_add_fmt(&prefix, "kith %s: ", app->cmd->name);
	va_start(ap, fmt);
	say_list(prefix.at, fmt, ap);
	va_end(ap);
	buf_clear(&prefix);
	buf_add_fmt(&prefix, "usage: kith %s%s%s   (kith help %s)", app->cmd->name,
		    *app->cmd->args ? " " : "", app->cmd->args, app->cmd->name);
	say_line(buf_text(&prefix));
	buf_release(&prefix);
	return EXIT_USAGE;
}

void app_file(const struct app *app, const char *path, struct buf *out)
{
	char *here = getcwd(NULL, 0);
	struct text root = text_of(app->book.root), cwd = text_of(here);

	if (root.n && !text_equal(root, TEXT(".")) && !text_equal(root, cwd)) {
		if (cwd.n > 1 && text_starts(root, cwd) && root.at[cwd.n] == '/')
			root = text_part(root, cwd.n + 1, root.n);
		buf_add_text(out, root);
		if (!text_ends(root, TEXT("/")))
			buf_add_char(out, '/');
	} else if (path[0] == '-') {
		buf_add_str(out, "./"); /* or it would be taken for an option */
	}
	buf_add_str(out, path);
	mem_free(here);
}

int app_damage(struct app *app, const struct findings *list)
{
	int rc = EXIT_DONE;
	size_t shown = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct finding *found = &list->at[i];
		if (!found->line)
			rc = EXIT_FAIL;
		if (app->quiet || ++shown > DAMAGE_SHOWN)
			continue;
		struct buf line = BUF_INIT;
		add_place(app, found->path, found->line, found->col, &line);
		buf_add_fmt(&line, ": %s", found->what);
		say_line(buf_text(&line));
		buf_release(&line);
	}
	if (shown > DAMAGE_SHOWN)
		app_say(app, "kith: and %zu more; 'kith check' shows them all",
			shown - DAMAGE_SHOWN);
	return rc;
}

/* ---- the book ---- */

/* KITH_INDEX: always, never, or (as when it is not set) where it is worth it. */
static void attach_index(struct app *app)
{
	struct text wish = text_of(getenv("KITH_INDEX"));
	unsigned use = app->cached ? INDEX_CACHED : 0;
	struct buf folder = BUF_INIT;

	if (text_same(wish, TEXT("always")))
		use |= INDEX_ALWAYS;
	if (!app->no_index && !text_same(wish, TEXT("never")) && config_cache_folder(&folder))
		app->index = index_attach(&app->book, folder.at, use);
	buf_release(&folder);
}

int app_open_book(struct app *app, struct fault *f)
{
	char *root = NULL;
	int rc = config_find_book(app->book_dir, &root, f);

	if (rc == 0)
		rc = book_open(&app->book, root, f);
	mem_free(root);
	if (rc == 0) {
		attach_index(app);
		progress_attach(app);
		if (app->cmd->needs & WRITES)
			history_prepare(&app->book);
	}
	return rc;
}

int app_open_past(struct app *app)
{
	struct fault f = FAULT_INIT;

	if (app->past)
		return 0;
	int rc = repo_find(app->book.root, &app->repo, &f);
	if (!rc)
		rc = past_open(&app->repo, &app->past, &f);
	if (!rc)
		return 0;
	app_fault(app, &f);
	return EXIT_FAIL;
}

void app_close_book(struct app *app)
{
	app_unlock(app);
	history_settle();
	past_close(app->past);
	repo_release(&app->repo);
	index_detach(app->index, &app->book);
	book_close(&app->book);
}

/* ---- finding and changing ---- */

/* What the listing left out; EXIT_FAIL when a folder could not be read. */
static int say_left_out(struct app *app)
{
	struct findings list = FINDINGS_INIT;
	struct book *book = &app->book;
	int rc = EXIT_DONE;

	for (size_t i = 0; i < book->n_faults; i++) {
		check_unreadable(book->faults[i].path, &book->faults[i], &list);
		if (book->faults[i].code == FAULT_OS)
			rc = EXIT_FAIL;
	}
	app_damage(app, &list);
	findings_release(&list);
	return rc;
}

int app_list(struct app *app)
{
	struct fault f = FAULT_INIT;

	if (book_list(&app->book, &f) < 0)
		return app_fault(app, &f);
	app->incomplete = say_left_out(app) != EXIT_DONE;
	return 0;
}

static int pick_one(struct app *app, const struct book_found *found, const struct fault *f,
		    const char **path)
{
	if (f->code != FAULT_AMBIGUOUS || !app_can_ask())
		return app_fault(app, f);
	int choice = pick_candidate(found->at, found->n);
	if (choice < 0)
		return EXIT_NO;
	*path = found->at[choice].path;
	return 0;
}

static void say_candidates(const struct book_found *found)
{
	for (size_t i = 0; i < found->n; i++) {
		struct buf line = BUF_INIT;
		buf_add_fmt(&line, "  %s  %s", found->at[i].path, found->at[i].name);
		say_line(buf_text(&line));
		buf_release(&line);
	}
}

/*
 * Words found somewhere in a file are good enough to show it. Before it is written or removed
 * a person has to agree that it is the one.
 */
static int confirm(struct app *app, struct text name, const struct book_candidate *found)
{
	struct fault f = FAULT_INIT;

	if (found->match != MATCH_ANYWHERE || !strcmp(app->cmd->group, "recall"))
		return 0;
	if (app_ask("nobody is called '%.*s', but %s has it; is that meant?", TEXT_FMT(name),
		    found->path))
		return 0;
	fault_set(&f, FAULT_NOTFOUND, "nobody is called '%.*s'; %s has it: give its id",
		  TEXT_FMT(name), found->path);
	return app_fault(app, &f);
}

int app_resolve(struct app *app, struct text name, const char **path)
{
	struct fault f = FAULT_INIT;
	struct book_found found = { 0 };
	int rc = 0;

	if (book_resolve(&app->book, name, &found, &f) < 0) {
		rc = pick_one(app, &found, &f, path);
		if (rc && f.code == FAULT_AMBIGUOUS)
			say_candidates(&found);
		if (f.code == FAULT_NOTFOUND && say_left_out(app))
			rc = EXIT_FAIL; /* it may be where could not be looked */
	} else {
		*path = found.at[0].path;
		rc = confirm(app, name, &found.at[0]);
	}
	book_found_release(&found);
	return rc;
}

int app_resolve_words(struct app *app, int argc, char **argv, const char **path)
{
	struct buf name = BUF_INIT;

	if (!argc)
		return app_usage(app, "who is meant?");
	app_join(argc, argv, &name);
	int rc = app_resolve(app, buf_text(&name), path);
	buf_release(&name);
	return rc;
}

static void stop_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGHUP);
}

int app_lock(struct app *app)
{
	struct fault f = FAULT_INIT;
	sigset_t set;

	if (app->cached)
		return app_usage(app, "--cached only reads; leave it out to write");
	if (app->book.locked)
		return 0;
	if (book_lock(&app->book, LOCK_WAIT_MS, &f) < 0)
		return app_fault(app, &f);
	stop_signals(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	struct history_how how = { .command = app->cmd->name };
	if (text_of(getenv("KITH_NOW")).n)
		how.fixed = app->today;
	app->history = history_attach(&app->book, &how);
	return 0;
}

static void say_hints(struct app *app)
{
	struct buf hints = BUF_INIT;
	struct text rest, hint;

	history_hints(app->history, &hints);
	rest = buf_text(&hints);
	while (text_cut_line(&rest, &hint))
		app_say(app, "kith %s: %.*s", app->cmd->name, TEXT_FMT(hint));
	buf_release(&hints);
}

int app_commit(struct app *app, struct buf *id)
{
	struct fault f = FAULT_INIT, told = FAULT_INIT;

	int rc = history_commit(app->history, id, &f);
	say_hints(app);
	if (!rc)
		return 0;
	fault_set(&told, FAULT_OS, "saved, but not committed yet: %s", f.msg);
	return app_fault(app, &told);
}

void app_unlock(struct app *app)
{
	sigset_t set;

	app_commit(app, NULL);
	history_detach(app->history, &app->book);
	app->history = NULL;
	book_unlock(&app->book);
	stop_signals(&set);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

bool app_interrupted(void)
{
	sigset_t pending;

	sigpending(&pending);
	return sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
	       sigismember(&pending, SIGHUP);
}

int app_change(struct app *app, const char *path, book_change change, void *ctx, const char *what)
{
	struct fault f = FAULT_INIT;
	struct text id = contact_id_of(path);
	bool changed;

	if (book_edit(&app->book, path, change, ctx, &changed, &f) < 0)
		return app_fault(app, &f);
	if (changed)
		app_say(app, "%.*s: %s", TEXT_FMT(id), what);
	else
		app_say(app, "%.*s: nothing to change", TEXT_FMT(id));
	return EXIT_DONE;
}

bool app_too_many(size_t gone, size_t of)
{
	enum { FEW = 10, PART = 5 };

	return gone > FEW && gone > of / PART;
}

bool app_can_ask(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool app_ask(const char *fmt, ...)
{
	char line[64];
	struct buf question = BUF_INIT, shown = BUF_INIT;
	va_list ap;

	if (!app_can_ask())
		return false;
	va_start(ap, fmt);
	buf_add_list(&question, fmt, ap);
	va_end(ap);
	text_visible(buf_text(&question), false, &shown);
	buf_add_str(&shown, " [y/N] ");
	ssize_t n = write(STDERR_FILENO, shown.at, shown.n);
	(void)n;
	buf_release(&question);
	buf_release(&shown);
	if (!fgets(line, sizeof line, stdin))
		return false;
	struct text answer = text_trim(text_of(line));
	return text_same(answer, TEXT("y")) || text_same(answer, TEXT("yes"));
}

int app_date(struct app *app, const char *typed, struct date *out)
{
	struct fault f = FAULT_INIT, no_weekday = FAULT_INIT;
	struct buf last = BUF_INIT;

	if (!typed)
		return 0;
	if (date_read(text_of(typed), app->today, out, &f) < 0)
		return app_usage(app, "%s", f.msg);
	buf_add_fmt(&last, "last %s", typed);
	date_read(buf_text(&last), app->today, out, &no_weekday);
	buf_release(&last);
	if (!date_is_whole(*out))
		return app_usage(app, "'%s' is no whole date; write it as 2026-11-18", typed);
	return 0;
}

void app_join(int argc, char **argv, struct buf *out)
{
	for (int i = 0; i < argc; i++) {
		if (i)
			buf_add_char(out, ' ');
		buf_add_str(out, argv[i]);
	}
}

int app_read_stdin(struct app *app, struct buf *out)
{
	struct fault f = FAULT_INIT;
	size_t bad;

	if (file_read_all(STDIN_FILENO, FILE_LIMIT, out, &f) < 0)
		return app_fault(app, &f);
	if (!text_is_utf8(buf_text(out), &bad)) {
		fault_set(&f, FAULT_USAGE, "stdin is not UTF-8 at byte %zu; iconv converts it",
			  bad + 1);
		return app_fault(app, &f);
	}
	return 0;
}

int app_check_args(struct app *app, int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (!text_is_utf8(text_of(argv[i]), NULL))
			return app_usage(app, "'%s' is not UTF-8", argv[i]);
	return 0;
}
