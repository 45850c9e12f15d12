#include <limits.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/changed.h"
#include "cmd/cmd.h"
#include "cmd/past_contact.h"
#include "contact/contact.h"
#include "contact/field.h"
#include "history/past.h"

static const char *max, *since, *key;
static bool brief;
static const struct opt opts[] = {
	{ "max", 'n', OPT_TEXT, &max, "N", "only the newest N commits" },
	{ "since", 0, OPT_TEXT, &since, "DATE", "only commits of that day and later" },
	{ "key", 'k', OPT_TEXT, &key, "KEY", "only changes of this field; or log, todo" },
	{ "stat", '1', OPT_FLAG, &brief, NULL, "a line for each commit" },
	OPT_END
};

enum {
	SHORT = 7,      /* of a commit's name */
	MANY = 100,     /* of more contacts than that a commit's are counted, not told */
	DESCRIBED = 60, /* columns for what became of one contact, on a line with others */
	DAY = 24 * 60 * 60
};

struct telling {
	struct app *app;
	struct text key;    /* empty: all are told */
	struct date since;  /* DATE_NONE: all the way back */
	long most;          /* commits; 0: all */
	long told;
	int rc;             /* EXIT_FAIL once a version could not be read */
};

/* ---- what a commit did ---- */

static const struct past_file *find_file(const struct past_commit *c, const char *path)
{
	for (size_t i = 0; i < c->n_files; i++)
		if (!strcmp(c->files[i].path, path))
			return &c->files[i];
	return NULL;
}

/* One version that can't be read does not hide the rest. */
static void say_unread(struct telling *t, const char *path, struct fault *f)
{
	fault_at(f, path, 0, 0);
	app_fault(t->app, f);
	t->rc = EXIT_FAIL;
}

static void read_files(struct telling *t, const struct past_commit *c, struct changed_list *list)
{
	for (size_t i = 0; i < c->n_files; i++) {
		struct fault f = FAULT_INIT;
		if (changed_read(list, t->app->past, &c->files[i], &f) < 0)
			say_unread(t, c->files[i].path, &f);
	}
	changed_compare(list);
}

/* Is the change in the list, as far as its result goes? */
static bool is_among(const struct change *c, const struct changes *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct change *other = &list->at[i];
		bool gone = c->kind == CHANGE_REMOVED;
		if (other->kind == (gone ? CHANGE_ADDED : CHANGE_REMOVED) ||
		    !text_same(c->section, other->section) || !text_same(c->key, other->key))
			continue;
		if (gone ? text_equal(c->before, other->before)
			 : text_equal(c->after, other->after))
			return true;
	}
	return false;
}

/* Of a merge that alone is told which it did in the eyes of its further parents too. */
static void keep_own(struct telling *t, struct changed *one, const char *path, const char *blob)
{
	struct buf bytes = BUF_INIT;
	struct changes list = CHANGES_INIT;
	struct fault f = FAULT_INIT;
	size_t n = 0;

	if (past_blob(t->app->past, blob, path, &bytes, &f) < 0) {
		buf_release(&bytes);
		say_unread(t, path, &f);
		return;
	}
	struct contact *there = changed_version(path, &bytes);
	changes_between(there, one->after, &list);
	for (size_t i = 0; i < one->changes.n; i++)
		if (is_among(&one->changes.at[i], &list))
			one->changes.at[n++] = one->changes.at[i];
	one->changes.n = n;
	changes_release(&list);
	changed_forget(there);
}

/* False: nothing is left to tell. */
static bool sift_merge(struct telling *t, const struct past_commit *c, struct changed *one)
{
	const struct past_file *file = find_file(c, changed_path(one));

	if (!file || !file->n_others || !one->after)
		return true;
	for (size_t i = 0; i < file->n_others; i++)
		if (file->others[i])
			keep_own(t, one, file->path, file->others[i]);
	return one->changes.n > 0;
}

static bool is_about(const struct change *c, struct text wanted)
{
	struct buf name = BUF_INIT;

	change_name(c, &name);
	bool is = text_same(c->section, TEXT("contact")) ? field_answers(c->key, wanted)
		  : text_same(c->section, wanted) || text_same(buf_text(&name), wanted);
	buf_release(&name);
	return is;
}

static bool sift_key(const struct telling *t, struct changed *one)
{
	size_t n = 0;

	if (!t->key.n)
		return true;
	for (size_t i = 0; i < one->changes.n; i++)
		if (is_about(&one->changes.at[i], t->key))
			one->changes.at[n++] = one->changes.at[i];
	one->changes.n = n;
	one->changes.layout = false;
	return n > 0;
}

/* Leave only what is to be told. */
static void sift(struct telling *t, const struct past_commit *c, struct changed_list *list)
{
	struct changed_list kept = CHANGED_INIT, rest = CHANGED_INIT;

	for (size_t i = 0; i < list->n; i++) {
		struct changed *one = &list->at[i];
		bool told = sift_merge(t, c, one) && sift_key(t, one);
		vec_push(told ? &kept : &rest, *one);
	}
	vec_release(list);
	changed_release(&rest);
	*list = kept;
}

/* ---- when ---- */

/* The day it was where the author was. */
static struct date day_of(const struct past_commit *c)
{
	return date_from_days((long)((c->time + c->zone * 60) / DAY));
}

/* "2026-11-20T12:00:00+01:00" */
static void add_time(const struct past_commit *c, struct buf *out)
{
	long second = (long)((c->time + c->zone * 60) % DAY);
	int zone = c->zone < 0 ? -c->zone : c->zone;

	date_format(day_of(c), out);
	buf_add_fmt(out, "T%02ld:%02ld:%02ld%c%02d:%02d", second / 3600, second / 60 % 60,
		    second % 60, c->zone < 0 ? '-' : '+', zone / 60, zone % 60);
}

/* All before this one are of earlier days, wherever they were made. */
static bool is_end(const struct telling *t, const struct past_commit *c)
{
	return !date_is_none(t->since) && c->committed / DAY < date_days(t->since) - 1;
}

static bool is_too_old(const struct telling *t, const struct past_commit *c)
{
	return !date_is_none(t->since) && date_cmp(day_of(c), t->since) < 0;
}

/* ---- who made it ---- */

/* What stands behind "Kith:" in the last paragraph: the command; empty: another program did it. */
static struct text command_of(const struct past_commit *c)
{
	struct text rest = text_of(c->body), line, found = TEXT_NONE;

	while (text_cut_line(&rest, &line)) {
		if (text_starts(line, TEXT("Kith:")))
			found = text_trim(text_part(line, sizeof "Kith:" - 1, line.n));
		else if (!text_trim(line).n && text_trim(rest).n)
			found = TEXT_NONE;
	}
	return found;
}

/* ---- printing ---- */

static struct text name_of(const struct changed *c)
{
	const char *path = changed_path(c);

	return strcmp(path, BOOK_CONFIG) ? contact_id_of(path) : text_of(path);
}

/* "2026-11-20  1a2b3c4  Ada"; returns its width. */
static size_t print_front(struct out *o, const struct past_commit *c)
{
	struct buf day = BUF_INIT;
	struct text author = text_of(c->author);

	date_format(day_of(c), &day);
	out_str(o, day.at);
	out_style(o, STYLE_DIM);
	out_fmt(o, "  %.*s  ", SHORT, c->id);
	out_style(o, STYLE_PLAIN);
	out_text(o, author);
	size_t width = day.n + 2 + SHORT + 2 + out_width(author);
	buf_release(&day);
	return width;
}

static void print_count(struct out *o, size_t n, const char *what, bool *first)
{
	if (n)
		out_fmt(o, "%s%zu %s", *first ? "  " : ", ", n, what);
	*first = *first && !n;
}

static void print_counts(struct out *o, const struct past_commit *c)
{
	size_t made = 0, changed = 0, removed = 0;
	bool first = true;

	for (size_t i = 0; i < c->n_files; i++) {
		made += c->files[i].status == 'A';
		changed += c->files[i].status == 'M';
		removed += c->files[i].status == 'D';
	}
	print_count(o, made, "new", &first);
	print_count(o, changed, "changed", &first);
	print_count(o, removed, "removed", &first);
	out_str(o, "\n");
}

static void describe(const struct changed *one, struct buf *out)
{
	buf_add_text(out, name_of(one));
	buf_add_str(out, ": ");
	if (!one->before || !one->after) {
		buf_add_str(out, one->after ? "new" : "removed");
		return;
	}
	bool renamed = strcmp(one->before->path, one->after->path) != 0;
	if (renamed && text_equal(one->before->id, one->after->id))
		buf_add_fmt(out, "moved from %s", one->before->path);
	else if (renamed)
		buf_add_fmt(out, "renamed from %.*s", TEXT_FMT(one->before->id));
	if (renamed && (one->changes.n || one->changes.layout))
		buf_add_str(out, ", ");
	changes_describe(&one->changes, DESCRIBED, out);
}

/* All on one line, as much as a terminal has room for. */
static void print_brief(struct out *o, const struct changed_list *list, size_t at)
{
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < list->n; i++) {
		buf_add_str(&line, i ? "; " : "");
		describe(&list->at[i], &line);
	}
	size_t room = o->columns && (size_t)o->columns > at + 2 ? (size_t)o->columns - at - 2 : 0;
	out_str(o, "  ");
	out_cell(o, buf_text(&line), out_width(buf_text(&line)) > room ? room : 0);
	out_str(o, "\n");
	buf_release(&line);
}

/* What people write themselves says why; kith only says what, and that is told below. */
static void print_subject(struct out *o, const struct past_commit *c)
{
	if (command_of(c).n || !*c->subject)
		return;
	out_style(o, STYLE_DIM);
	out_str(o, "  \"");
	out_text(o, text_of(c->subject));
	out_str(o, "\"");
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
}

/* Who came or went with many others is named, no more. */
static void print_many(struct telling *t, const struct past_commit *c,
		       const struct changed_list *list)
{
	struct out *o = &t->app->out;

	out_str(o, "\n");
	print_subject(o, c);
	for (size_t i = 0; i < list->n; i++) {
		const struct changed *one = &list->at[i];
		changed_heading(o, one, 2);
		if ((one->before && one->after) || t->key.n)
			changed_print(o, one, 4);
	}
}

static void print(struct telling *t, const struct past_commit *c, const struct changed_list *list,
		  bool counted)
{
	struct out *o = &t->app->out;

	if (t->told && !brief)
		out_str(o, "\n");
	size_t at = print_front(o, c);
	if (counted) {
		print_counts(o, c);
	} else if (brief) {
		print_brief(o, list, at);
	} else if (list->n > 1) {
		print_many(t, c, list);
	} else {
		changed_heading(o, list->at, 2);
		print_subject(o, c);
		changed_print(o, list->at, 2);
	}
}

static void set_text(json_t *object, const char *name, struct text value)
{
	json_object_set_new(object, name, out_json_text(value));
}

static void print_json(struct telling *t, const struct past_commit *c,
		       const struct changed_list *list)
{
	json_t *object = json_object(), *contacts = json_array();
	struct text command = command_of(c);
	struct buf when = BUF_INIT;

	add_time(c, &when);
	set_text(object, "commit", text_of(c->id));
	set_text(object, "date", buf_text(&when));
	set_text(object, "author", text_of(c->author));
	set_text(object, "email", text_of(c->email));
	set_text(object, "subject", text_of(c->subject));
	json_object_set_new(object, "kith", command.n ? out_json_text(command) : json_null());
	for (size_t i = 0; i < list->n; i++)
		json_array_append_new(contacts, changed_json(&list->at[i]));
	json_object_set_new(object, "contacts", contacts);
	out_json_value(&t->app->out, object);
	buf_release(&when);
}

/* ---- the walk ---- */

static int tell(void *ctx, const struct past_commit *c, struct fault *f)
{
	struct telling *t = ctx;
	struct changed_list list = CHANGED_INIT;
	bool counted = c->n_files > MANY && !t->app->json && !t->key.n;

	(void)f;
	if (is_too_old(t, c))
		return is_end(t, c);
	if (!counted) {
		read_files(t, c, &list);
		sift(t, c, &list);
	}
	if (t->app->json && list.n)
		print_json(t, c, &list);
	else if (counted || list.n)
		print(t, c, &list, counted);
	t->told += counted || list.n;
	changed_release(&list);
	return (t->most && t->told == t->most) || !out_flush(&t->app->out);
}

static int say_nothing(struct app *app, const char *path)
{
	struct fault f = FAULT_INIT;
	struct buf head = BUF_INIT;

	int rc = past_commit(app->past, TEXT("HEAD"), app->today, &head, &f);
	buf_release(&head);
	if (rc)
		return app_fault(app, &f);
	if (key)
		app_say(app, "no commit changed '%s'%s", key, since ? " since then" : "");
	else if (since)
		app_say(app, "no commit since then");
	else if (path)
		app_say(app, "%s is in no commit; 'kith save' commits it", path);
	else
		app_say(app, "no commit has anything of the book; 'kith save' makes one");
	return EXIT_NO;
}

static int walk(struct telling *t, const char *path)
{
	struct fault f = FAULT_INIT;
	struct app *app = t->app;

	if (app->json)
		out_json_begin(&app->out);
	int rc = past_walk(app->past, NULL, path, tell, t, &f);
	if (app->json)
		out_json_end(&app->out);
	if (rc)
		return app_fault(app, &f);
	if (t->rc)
		return t->rc;
	return t->told ? EXIT_DONE : say_nothing(app, path);
}

/* ---- whose ---- */

/*
 * How well somebody of now answers to the name. One is enough; where several do, who is removed
 * may do so better. Words that are somewhere in a file call nobody.
 */
static enum book_match match_now(struct app *app, struct text name, bool *one)
{
	struct fault f = FAULT_INIT;
	struct book_found found;
	enum book_match match = MATCH_NONE;

	int rc = book_resolve(&app->book, name, &found, &f);
	if (!rc || rc == FAULT_AMBIGUOUS)
		match = found.at[0].match;
	*one = !rc && match < MATCH_ANYWHERE;
	book_found_release(&found);
	return match;
}

/* Who is removed and answers better than `best`; nothing is appended when there is nobody. */
static int find_removed(struct app *app, struct text name, enum book_match best, struct buf *path)
{
	struct past_contact then;
	int rc = past_contact_removed(app, name, best, &then);

	if (!rc && then.contact.path)
		buf_add_str(path, then.now ? then.now : then.contact.path);
	if (!rc)
		past_contact_release(&then);
	return rc;
}

static int find(struct app *app, struct text name, struct buf *path)
{
	const char *found;
	bool one;
	enum book_match match = match_now(app, name, &one);
	int rc = one ? 0 : find_removed(app, name, match, path);

	if (rc || path->n)
		return rc;
	rc = app_resolve(app, name, &found);
	if (!rc)
		buf_add_str(path, found);
	return rc;
}

/* ---- the command ---- */

static int read_options(struct app *app, struct telling *t)
{
	*t = (struct telling){ .app = app, .key = text_of(key) };
	if (max && !text_number(text_of(max), 1, LONG_MAX, &t->most))
		return app_usage(app, "--max is a number, 1 or more");
	if (brief && app->json)
		return app_usage(app, "--stat is for people, --json for programs; not both");
	return app_date(app, since, &t->since);
}

static int run(struct app *app, int argc, char **argv)
{
	struct telling t;
	struct buf name = BUF_INIT, path = BUF_INIT;
	int rc = read_options(app, &t);

	if (!rc)
		rc = app_open_past(app);
	app_join(argc, argv, &name);
	if (!rc && argc)
		rc = find(app, buf_text(&name), &path);
	if (!rc)
		rc = walk(&t, argc ? path.at : NULL);
	buf_release(&name);
	buf_release(&path);
	return rc;
}

const struct command cmd_history = {
	.name = "history",
	.group = "history",
	.args = "[NAME]",
	.summary = "show what changed, by field, when and by whom, newest first",
	.help = "Goes back through the commits that changed the contact _NAME_, under the names\n"
		"it had before too; or through those of the whole book. Who is removed goes by\n"
		"the id of then.\n"
		"\n"
		"    kith history paul\n"
		"    kith history paul -k phone\n"
		"    kith history --since '2 weeks ago'\n"
		"    kith history -1 -n 20\n"
		"\n"
		"A commit opens with its day, the front of its name and who made it; *kith help\n"
		"diff* explains what follows. Of several contacts those that came or went are\n"
		"only named, and more than a hundred are counted. What somebody wrote about a\n"
		"commit stands in quotes. Of a merge that is told which it did itself: what it\n"
		"brought together is told by the commits that it merged.\n"
		"\n"
		"Exit status: 0 there is something to tell, 1 there is nothing, 3 there is no\n"
		"history.\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "id",
	.run = run,
};
