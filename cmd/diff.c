#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cmd/changed.h"
#include "cmd/cmd.h"
#include "cmd/past_contact.h"
#include "cmd/textconv.h"
#include "contact/contact.h"
#include "history/past.h"
#include "history/past_book.h"

static const char *conv;
static const struct opt opts[] = {
	{ "textconv", 0, OPT_TEXT, &conv, "FILE",
	  "print a contact in a normal form, of any folder (used by git diff)" },
	OPT_END
};

/* Who knows of a path: the commit asked for, HEAD, and what differs from HEAD now. */
enum source { FROM_COMMIT, FROM_HEAD, FROM_FILES };

struct trace {
	const char *path;
	const char *blob; /* NULL: not known */
	enum source source;
	bool there;
};

/* A file that differs. */
struct file {
	const char *path;
	const char *blob; /* in the commit; NULL: to be looked for by its path */
	bool was, is;     /* there: in the commit, now */
};

struct diff {
	struct app *app;
	struct buf commit; /* its name; empty: HEAD */
	const char *path;  /* whom alone to tell of, or NULL */
	VEC(struct trace) traces;
	enum source source; /* of the list that is being read */
	VEC(struct file) files;
	struct changed_list list;
	struct arena arena;
	int rc; /* EXIT_FAIL once a file could not be read */
};

/* ---- which files differ ---- */

static void add_trace(struct diff *d, enum source source, const char *path, const char *blob,
		      bool there)
{
	struct trace trace = { .source = source, .there = there };

	trace.path = arena_copy(&d->arena, text_of(path));
	trace.blob = blob ? arena_copy(&d->arena, text_of(blob)) : NULL;
	vec_push(&d->traces, trace);
}

static int add_listed(void *ctx, const char *path, const char *blob)
{
	struct diff *d = ctx;

	add_trace(d, d->source, path, blob, true);
	return 0;
}

static int list_commit(struct diff *d, enum source source, const char *commit, struct fault *f)
{
	d->source = source;
	return past_list(d->app->past, commit, add_listed, d, f);
}

static bool is_settings(const char *path)
{
	return !strcmp(path, BOOK_CONFIG);
}

/*
 * Files that are as in HEAD need not be read: there the commits can be compared by blobs. The
 * settings, which no list of contacts has, are read in any case.
 */
static int list_commits(struct diff *d, struct fault *f)
{
	struct buf head = BUF_INIT;
	int rc = past_commit(d->app->past, TEXT("HEAD"), d->app->today, &head, f);

	add_trace(d, FROM_COMMIT, BOOK_CONFIG, NULL, true);
	if (!rc)
		rc = list_commit(d, FROM_HEAD, head.at, f);
	if (!rc)
		rc = list_commit(d, FROM_COMMIT, d->commit.at, f);
	buf_release(&head);
	return rc;
}

/* Where HEAD is the commit that is asked for, this tells of both sides. */
static int list_uncommitted(struct diff *d, struct fault *f)
{
	struct past_files list = { 0 };
	int rc = past_uncommitted(d->app->past, &list, f);

	for (size_t i = 0; i < list.n; i++) {
		const struct past_file *file = &list.at[i];
		if (!d->commit.n && file->before)
			add_trace(d, FROM_COMMIT, file->path, file->before, true);
		add_trace(d, FROM_FILES, file->path, NULL, file->status != 'D');
	}
	past_files_release(&list);
	return rc;
}

static int by_path(const void *va, const void *vb)
{
	const struct trace *a = va, *b = vb;

	return strcmp(a->path, b->path);
}

/* The n traces of one path. */
static void judge(struct diff *d, const struct trace *t, size_t n)
{
	const struct trace *of[3] = { NULL };

	for (size_t i = 0; i < n; i++)
		of[t[i].source] = &t[i];
	const struct trace *then = of[FROM_COMMIT], *head = of[FROM_HEAD], *now = of[FROM_FILES];
	if (!now && then && head && !strcmp(then->blob, head->blob))
		return;
	struct file file = { .path = t->path, .blob = then ? then->blob : NULL, .was = then };
	file.is = is_settings(t->path) || (now ? now->there : head != NULL);
	if (file.was || file.is)
		vec_push(&d->files, file);
}

static int find_files(struct diff *d, struct fault *f)
{
	int rc = d->commit.n ? list_commits(d, f) : 0;
	size_t n = 1;

	if (!rc)
		rc = list_uncommitted(d, f);
	if (rc || !d->traces.n)
		return rc;
	qsort(d->traces.at, d->traces.n, sizeof *d->traces.at, by_path);
	for (const struct trace *t = d->traces.at, *end = t + d->traces.n; t < end; t += n) {
		for (n = 1; t + n < end && by_path(t, t + n) == 0;)
			n++;
		judge(d, t, n);
	}
	return 0;
}

static void forget_files(struct diff *d)
{
	vec_release(&d->traces);
	vec_release(&d->files);
}

/* ---- what differs in them ---- */

static int read_before(struct diff *d, const struct file *file, struct contact **out,
		       struct fault *f)
{
	struct past *past = d->app->past;
	struct buf bytes = BUF_INIT;
	int rc = 0;

	if (!file->was)
		return 0;
	if (file->blob)
		rc = past_blob(past, file->blob, file->path, &bytes, f);
	else
		rc = past_read(past, d->commit.at, file->path, &bytes, f);
	if (!rc)
		*out = changed_version(file->path, &bytes);
	buf_release(&bytes);
	return rc == FAULT_NOTFOUND && !file->blob ? 0 : rc;
}

static int read_settings(struct diff *d, struct contact **out, struct fault *f)
{
	struct buf bytes = BUF_INIT;
	int rc = book_read_config(&d->app->book, &bytes, f);

	if (!rc && bytes.n)
		*out = changed_version(BOOK_CONFIG, &bytes);
	buf_release(&bytes);
	return rc;
}

static int read_after(struct diff *d, const struct file *file, struct contact **out,
		      struct fault *f)
{
	struct contact c;

	if (!file->is)
		return 0;
	if (is_settings(file->path))
		return read_settings(d, out, f);
	int rc = book_load(&d->app->book, file->path, &c, NULL, f);
	if (!rc) {
		*out = mem_alloc(sizeof c);
		**out = c;
	}
	return rc == FAULT_NOTFOUND ? 0 : rc; /* it went away meanwhile */
}

/* One file that can't be read does not hide the others. */
static void read_file(struct diff *d, const struct file *file)
{
	struct fault f = FAULT_INIT;
	struct contact *before = NULL, *after = NULL;
	int rc = read_before(d, file, &before, &f);

	if (!rc)
		rc = read_after(d, file, &after, &f);
	if (!rc) {
		changed_add(&d->list, before, after);
		return;
	}
	changed_forget(before);
	fault_at(&f, file->path, 0, 0);
	app_fault(d->app, &f);
	d->rc = EXIT_FAIL;
}

static bool is_on_both_sides(const struct file *file)
{
	return file->was && file->is;
}

static const struct file *find_file(const struct diff *d, const char *path)
{
	for (size_t i = 0; i < d->files.n; i++)
		if (!strcmp(d->files.at[i].path, path))
			return &d->files.at[i];
	return NULL;
}

/* Of one contact its own file alone; where that came or went, it may have had another path. */
static void read_files(struct diff *d)
{
	const struct file *own = d->path ? find_file(d, d->path) : NULL;
	bool moved = own && !is_on_both_sides(own);

	for (size_t i = 0; i < d->files.n; i++) {
		const struct file *file = &d->files.at[i];
		if (!d->path || file == own || (moved && !is_on_both_sides(file)))
			read_file(d, file);
	}
	changed_compare(&d->list);
}

static bool is_wanted(const struct diff *d, const struct changed *c)
{
	return !d->path || (c->before && !strcmp(c->before->path, d->path)) ||
	       (c->after && !strcmp(c->after->path, d->path));
}

static int print(struct diff *d)
{
	struct out *o = &d->app->out;
	size_t n = 0;

	if (d->app->json)
		out_json_begin(o);
	for (size_t i = 0; i < d->list.n; i++) {
		const struct changed *c = &d->list.at[i];
		if (!is_wanted(d, c))
			continue;
		if (d->app->json) {
			out_json_value(o, changed_json(c));
		} else {
			out_str(o, n ? "\n" : "");
			changed_heading(o, c, 0);
			changed_print(o, c, 2);
		}
		n++;
	}
	if (d->app->json)
		out_json_end(o);
	return d->rc ? d->rc : n ? EXIT_NO : EXIT_DONE;
}

/* ---- who, and since when ---- */

/* By the id or path of then somebody who is removed comes before others like that. */
static const char *find_removed_id(const struct diff *d, struct text name)
{
	for (size_t i = 0; i < d->files.n; i++) {
		const struct file *file = &d->files.at[i];
		if (!file->is && (text_equal(name, text_of(file->path)) ||
				  text_same(name, contact_id_of(file->path))))
			return file->path;
	}
	return NULL;
}

/* By another name of then, when that is a better one than `best`, and not just any words. */
static int find_removed_name(struct diff *d, struct text name, enum book_match best)
{
	struct past_book *then = past_book_new(d->app->past, d->app->book.root);
	struct fault f = FAULT_INIT;
	struct book_found found;

	for (size_t i = 0; i < d->files.n; i++)
		if (!d->files.at[i].is && d->files.at[i].blob)
			past_book_add(then, d->files.at[i].path, d->files.at[i].blob);
	int rc = book_resolve(past_book_of(then), name, &found, &f);
	bool fits = (!rc || rc == FAULT_AMBIGUOUS) && found.at[0].match < best &&
		    found.at[0].match < MATCH_ANYWHERE;
	if (fits && !rc)
		d->path = arena_copy(&d->arena, text_of(found.at[0].path));
	book_found_release(&found);
	past_book_free(then);
	return fits && rc ? app_fault(d->app, &f) : 0;
}

/* Somebody who is removed, if the name means that one; else the path stays NULL. */
static int find_removed(struct diff *d, struct text name, enum book_match best)
{
	d->path = find_removed_id(d, name);
	return d->path ? 0 : find_removed_name(d, name, best);
}

static int find_person(struct diff *d, struct text name)
{
	int rc = find_removed(d, name, past_contact_match_today(d->app, name));

	return rc || d->path ? rc : app_resolve(d->app, name, &d->path);
}

static int find_commit(struct diff *d, struct text rev, struct fault *f)
{
	int rc = past_commit(d->app->past, rev, d->app->today, &d->commit, f);

	return rc ? rc : find_files(d, f);
}

static bool is_date(const struct app *app, struct text word)
{
	struct fault no_date = FAULT_INIT;
	struct date date;

	return date_read(word, app->today, &date, &no_date) == 0;
}

/*
 * The only argument: whoever is called so, or was at HEAD; else a commit. What only stands
 * somewhere in a file is rather meant as a commit.
 */
static int find_either(struct diff *d, struct text word)
{
	struct fault f = FAULT_INIT;

	if (find_files(d, &f) < 0)
		return app_fault(d->app, &f);
	enum book_match best = past_contact_match_today(d->app, word);
	int rc = find_removed(d, word, best);
	if (rc || d->path)
		return rc;
	if (best < MATCH_ANYWHERE)
		return app_resolve(d->app, word, &d->path);
	forget_files(d);
	rc = find_commit(d, word, &f);
	if (rc == FAULT_NOTFOUND && !is_date(d->app, word))
		fault_set(&f, rc, "'%.*s' is nobody's name, and no commit", TEXT_FMT(word));
	return rc ? app_fault(d->app, &f) : 0;
}

static int find(struct diff *d, int argc, char **argv)
{
	struct fault f = FAULT_INIT;

	if (argc == 1)
		return find_either(d, text_of(argv[0]));
	int rc = argc ? find_commit(d, text_of(argv[1]), &f) : find_files(d, &f);
	if (rc)
		return app_fault(d->app, &f);
	return argc ? find_person(d, text_of(argv[0])) : 0;
}

static int compare(struct app *app, int argc, char **argv)
{
	struct diff d = { .app = app, .commit = BUF_INIT, .list = CHANGED_INIT };
	int rc = app_open_past(app);

	if (!rc)
		rc = find(&d, argc, argv);
	if (!rc) {
		read_files(&d);
		rc = print(&d);
	}
	forget_files(&d);
	changed_release(&d.list);
	buf_release(&d.commit);
	arena_release(&d.arena);
	return rc;
}

/* ---- the command ---- */

static int read_any(const char *path, struct buf *out, struct fault *f)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fault_errno(f, "cannot open %s", path);
	int rc = file_read_all(fd, SIZE_MAX, out, f);
	close(fd);
	return rc;
}

static int convert(struct app *app)
{
	struct fault f = FAULT_INIT;
	struct buf bytes = BUF_INIT, form = BUF_INIT;
	int rc = read_any(conv, &bytes, &f);

	if (!rc) {
		textconv(buf_text(&bytes), &form);
		out_raw(&app->out, buf_text(&form));
	}
	buf_release(&bytes);
	buf_release(&form);
	return rc ? app_fault(app, &f) : EXIT_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	struct fault f = FAULT_INIT;

	if (conv && (argc || app->json))
		return app_usage(app, "--textconv is about one file, and alone");
	if (conv)
		return convert(app);
	if (argc > 2)
		return app_usage(app, "a name and a commit at most; put quotes round a name "
				 "of several words");
	if (app->cached)
		return app_usage(app, "the files themselves are compared; leave --cached out");
	if (app_open_book(app, &f) < 0) {
		app_fault(app, &f);
		return EXIT_FAIL;
	}
	return compare(app, argc, argv);
}

const struct command cmd_diff = {
	.name = "diff",
	.group = "history",
	.args = "[NAME] [REV]",
	.summary = "show what differs from a commit, by field",
	.help = "Compares the files as they are with the last commit, or with _REV_: the\n"
		"contact _NAME_, or the whole book. _REV_ is a commit as git names it, or a date:\n"
		"the last commit of that day or before. A single word is a name where somebody\n"
		"has it, else a commit. Who is removed goes by the names of then.\n"
		"\n"
		"    kith diff\n"
		"    kith diff paul\n"
		"    kith diff paul HEAD~3\n"
		"    kith diff 2026-10-01\n"
		"\n"
		"What it says of a contact:\n"
		"\n"
		"    paul-novak\n"
		"      email.work      p.novak@old.example -> p.novak@new.example\n"
		"      tags            + writer\n"
		"      log 2026-11-18  + @dunkin-main got: two business cards\n"
		"\n"
		"Order and spacing do not matter: where nothing else differs that is all it says.\n"
		"Exit status: 0 nothing differs, 1 something does, 3 there is no history to\n"
		"compare with.\n"
		"\n"
		"*--textconv* prints what git compares in place of a contact, where kith is its\n"
		"diff driver, as *kith init* makes it.\n",
	.opts = opts,
	.needs = USES_PAGER | READS, /* it opens the book, as --textconv needs none */
	.completes = "id",
	.run = run,
};
