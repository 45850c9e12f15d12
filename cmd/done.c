#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "cmd/promised.h"
#include "contact/contact.h"
#include "contact/promise.h"

static const char *kind, *on;
static bool all, dry_run;
static const struct opt opts[] = {
	{ "kind", 'k', OPT_TEXT, &kind, "KIND", "log it as met, call, mail .. instead of a note" },
	{ "on", 0, OPT_TEXT, &on, "DATE", "when it was done, instead of today" },
	{ "all", 'a', OPT_FLAG, &all, NULL, "all that fit; else it has to be one" },
	{ "dry-run", 'n', OPT_FLAG, &dry_run, NULL, "only list what fits" },
	OPT_END
};

static int keep(struct contact *c, void *ctx, struct fault *f)
{
	return promise_keep(c, ctx, f);
}

static void say_which(struct app *app, const struct promised *open)
{
	enum { MOST = 20 };

	app_say(app, "kith done: which one? Say whose, or more of its words, or --all");
	for (size_t i = 0; i < open->list.n && i < MOST; i++) {
		const struct promise *p = &open->list.at[i];
		app_say(app, "  %s  %.*s  %d  %s", p->date_text, TEXT_FMT(p->id), p->number,
			p->text);
	}
	if (open->list.n > MOST)
		app_say(app, "  and %zu more", open->list.n - MOST);
}

static int by_path(const void *va, const void *vb)
{
	const struct promise *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	return c ? c : a->number - b->number;
}

/* The first `n` of these, which are all of one contact, by number. */
static int finish_some(struct app *app, const struct promise *some, size_t n,
		       const struct promise_kept *kept)
{
	struct promise_kept these = *kept;
	struct buf what = BUF_INIT;
	VEC(int) numbers = VEC_INIT;

	if (n == 1)
		buf_add_fmt(&what, "done: %s", some->text);
	else
		buf_add_fmt(&what, "%zu done, moved to the log", n);
	for (size_t i = 0; i < n; i++)
		vec_push(&numbers, some[i].number);
	these.only = numbers.at;
	these.n_only = n;
	int rc = app_change(app, some->path, keep, &these, what.at);
	vec_release(&numbers);
	buf_release(&what);
	return rc;
}

/* A file that cannot be changed is named, and does not keep the others from it. */
static int finish_all(struct app *app, struct promised *open, const struct promise_kept *kept)
{
	const struct promise *list = open->list.at;
	size_t n = 0;
	int rc = 0;

	qsort(open->list.at, open->list.n, sizeof *open->list.at, by_path);
	for (size_t i = 0; i < open->list.n && !app_interrupted(); i += n) {
		for (n = 1; i + n < open->list.n && !strcmp(list[i].path, list[i + n].path);)
			n++;
		int one = finish_some(app, &list[i], n, kept);
		rc = rc ? rc : one;
	}
	return app_interrupted() ? EXIT_FAIL : rc;
}

/* Of several people, or of a query, one promise fits, or --all is wanted. */
static int finish_matches(struct app *app, struct promised *open, const struct promise_kept *kept)
{
	if (!open->list.n)
		app_say(app, "kith done: none of them has an open promise%s%.*s%s",
			kept->which.n ? " '" : "", TEXT_FMT(kept->which), kept->which.n ? "'" : "");
	else if (open->list.n > 1 && !all)
		say_which(app, open);
	else
		return finish_all(app, open, kept);
	return EXIT_NO;
}

static int finish(struct app *app, struct promised *open, struct promise_kept *kept)
{
	if (dry_run && open->list.n) {
		promised_print(app, open);
		return EXIT_DONE;
	}
	if (!open->only)
		return finish_matches(app, open, kept);
	if (open->list.n == 1 || (open->list.n && all))
		return finish_all(app, open, kept);
	return app_change(app, open->only, keep, kept, "which one?"); /* which says why not */
}

static int run(struct app *app, int argc, char **argv)
{
	struct promise_kept kept = { .kind = TEXT("note"), .date = app->today, .all = all };
	struct promised open = PROMISED_INIT;
	struct buf which = BUF_INIT;

	if (!argc)
		return app_usage(app, "who is meant?");
	if (kind && !entry_is_kind(&app->book.config.kinds, text_of(kind), &kept.kind))
		return app_usage(app, "'%s' is no kind; [kinds] in .kith/config can add some",
				 kind);
	app_join(argc - 1, argv + 1, &which);
	kept.which = buf_text(&which);
	struct promised_wish wish = { .who = argv[0], .which = kept.which };
	int rc = app_date(app, on, &kept.date);
	if (!rc && !dry_run) /* before anything is read: numbers move as promises are kept */
		rc = app_lock(app);
	if (!rc)
		rc = promised_find(app, &wish, &open);
	if (!rc)
		rc = finish(app, &open, &kept);
	buf_release(&which);
	return promised_close(&open, rc);
}

const struct command cmd_done = {
	.name = "done",
	.group = "capture",
	.args = "NAME|QUERY [N|WORDS]",
	.summary = "move a kept promise to the log",
	.help = "_N_ is the number that *kith todo NAME* and *kith show* print; words of its\n"
		"text do as well. The only open promise needs neither. The line leaves [todo]\n"
		"and stands in [log] as *note: done: ...*; with *--kind met* it counts as an\n"
		"encounter.\n"
		"\n"
		"    kith done paul 1\n"
		"    kith done paul thank --kind call\n"
		"\n"
		"Where the first word is a query, or a name that several have, the promise is\n"
		"looked for among all of them. With *--all* every one that fits is done, in one\n"
		"commit.\n"
		"\n"
		"    kith done @book-fair 'bring the proofs'\n"
		"    kith done '#reading-group' 'send the list' --all\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | WRITES,
	.completes = "id",
	.run = run,
};
