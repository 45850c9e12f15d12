#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/cmd.h"
#include "cmd/past_contact.h"
#include "contact/adopt.h"
#include "contact/change.h"
#include "contact/contact.h"
#include "history/history.h"
#include "history/past.h"
#include "history/past_version.h"

static const char *at_rev;
static bool force;
static const struct opt opts[] = {
	{ "at", 0, OPT_TEXT, &at_rev, "REV", "as of a commit, or a day" },
	{ "force", 'f', OPT_FLAG, &force, NULL, "replace even what history cannot keep" },
	OPT_END
};

/* What comes back. */
struct wish {
	struct past_contact then;
	struct text key; /* of the field, log or todo; empty: the whole contact */
};

/* ---- what would come back ---- */

static bool is_lines(struct text key)
{
	return text_same(key, TEXT("log")) || text_same(key, TEXT("todo"));
}

/* A line of log or todo that is not there any more. */
static bool is_lost(const struct change *c, struct text section)
{
	return c->kind != CHANGE_REMOVED && text_same(c->section, section);
}

static bool lacks_lines(const struct contact *c, const struct contact *then, struct text section)
{
	struct changes list = CHANGES_INIT;
	bool any = false;

	changes_between(c, then, &list);
	for (size_t i = 0; i < list.n; i++)
		any |= is_lost(&list.at[i], section);
	changes_release(&list);
	return any;
}

static bool differs(const struct contact *c, const struct contact *then, struct text key)
{
	return is_lines(key) ? lacks_lines(c, then, key) : adopt_differs(c, then, key);
}

static int add_line(struct contact *c, const struct change *line, struct fault *f)
{
	struct date date;

	if (!date_parse(line->key, &date) || !date.year)
		return doc_add(&c->doc, line->section, line->key, line->after, DOC_END, f);
	if (text_equal(line->section, TEXT("log")))
		return contact_add_log(c, date, line->after, f);
	return contact_add_todo(c, date, line->after, f);
}

/* They are no field, which has its value or another: what was written since stays. */
static int add_lost_lines(struct contact *c, const struct contact *then, struct text section,
			  struct fault *f)
{
	struct changes list = CHANGES_INIT;
	int rc = 0;

	changes_between(c, then, &list);
	for (size_t i = 0; i < list.n && !rc; i++)
		if (is_lost(&list.at[i], section))
			rc = add_line(c, &list.at[i], f);
	changes_release(&list);
	return rc;
}

/* ---- which version, when nobody said ---- */

/* The walk back to where the field was last changed. */
struct field_walk {
	struct past *past;
	const struct contact *now;
	struct text key;
	char *path;               /* owned: what the file was called at this point */
	struct past_contact *out; /* what it was before; empty until it is found */
};

static int compare(struct field_walk *w, const struct past_commit *c,
		   const struct past_file *before, const struct past_file *after, struct fault *f)
{
	struct contact then = { 0 }, later = { 0 };

	int rc = past_version_read(w->past, before->before, before->path, &then, f);
	if (!rc)
		rc = past_version_read(w->past, after->after, after->path, &later, f);
	if (!rc && differs(&later, &then, w->key) && differs(w->now, &then, w->key)) {
		w->out->contact = then;
		buf_add_str(&w->out->commit, c->parent);
		then = (struct contact){ 0 };
		rc = 1;
	}
	contact_release(&then);
	contact_release(&later);
	return rc;
}

/* The file as the commit left it, and as it was before: maybe under another name. */
static int visit_commit(void *ctx, const struct past_commit *c, struct fault *f)
{
	const struct past_file *before = NULL, *after = NULL;
	struct field_walk *w = ctx;

	for (size_t i = 0; i < c->n_files; i++) {
		const struct past_file *file = &c->files[i];
		if (file->after && !strcmp(file->path, w->path))
			after = file;
		if (file->before && (!strcmp(file->path, w->path) || !file->after))
			before = file;
	}
	if (!before || !after)
		return 0;
	if (before != after) {
		mem_free(w->path);
		w->path = mem_copy(before->path, strlen(before->path));
	}
	return compare(w, c, before, after, f);
}

static int find_field_change(struct app *app, const struct contact *now, struct wish *wish,
			     struct fault *f)
{
	struct field_walk w = { app->past, now, wish->key,
				mem_copy(now->path, strlen(now->path)), &wish->then };

	int rc = past_walk(app->past, NULL, now->path, visit_commit, &w, f);
	mem_free(w.path);
	return rc;
}

/* What HEAD has of a contact whose text, or field, was edited since; nothing if it wasn't. */
static int read_head(struct app *app, const struct contact *now, const struct past_file *file,
		     struct wish *wish, struct fault *f)
{
	struct contact head;

	if (past_version_read(app->past, file->before, file->path, &head, f) < 0)
		return f->code;
	if (wish->key.n && !differs(now, &head, wish->key)) {
		contact_release(&head);
		return 0;
	}
	wish->then.contact = head;
	return past_commit(app->past, TEXT("HEAD"), app->today, &wish->then.commit, f);
}

/* *is_new: HEAD has no such file. */
static int find_head(struct app *app, const struct contact *now, struct wish *wish, bool *is_new,
		     struct fault *f)
{
	struct past_files files;
	int rc = past_uncommitted(app->past, &files, f);

	*is_new = false;
	for (size_t i = 0; !rc && i < files.n; i++) {
		if (strcmp(files.at[i].path, now->path) != 0)
			continue;
		*is_new = !files.at[i].before;
		rc = *is_new ? 0 : read_head(app, now, &files.at[i], wish, f);
	}
	past_files_release(&files);
	return rc;
}

static int say_nothing(struct app *app, const char *path, struct text key, bool is_new)
{
	struct text id = contact_id_of(path);

	if (is_lines(key))
		app_say(app, "%.*s: no line of %.*s is gone; see 'kith history %.*s'", TEXT_FMT(id),
			TEXT_FMT(key), TEXT_FMT(id));
	else if (key.n)
		app_say(app, "%.*s: nothing else is known of %.*s; see 'kith history %.*s'",
			TEXT_FMT(id), TEXT_FMT(key), TEXT_FMT(id));
	else if (is_new)
		app_say(app, "%.*s: the last commit has no %s to go back to; 'kith save' commits "
			"it as it is", TEXT_FMT(id), path);
	else
		app_say(app, "%.*s: it is as in the last commit; --at REV restores an earlier one, "
			"as 'kith history %.*s' names them", TEXT_FMT(id), TEXT_FMT(id));
	return EXIT_NO;
}

static int find_change(struct app *app, const char *path, struct wish *wish)
{
	struct fault f = FAULT_INIT;
	struct contact now;
	bool is_new;

	if (book_load(&app->book, path, &now, NULL, &f) < 0)
		return app_fault(app, &f);
	int rc = find_head(app, &now, wish, &is_new, &f);
	if (!rc && !wish->then.commit.n && wish->key.n)
		rc = find_field_change(app, &now, wish, &f);
	contact_release(&now);
	if (rc)
		return app_fault(app, &f);
	wish->then.now = path;
	return wish->then.commit.n ? 0 : say_nothing(app, path, wish->key, is_new);
}

/* Who is there and called so comes first, then who was, then who is there and may be meant. */
static int find_wish(struct app *app, struct text name, struct wish *wish)
{
	enum book_match best = past_contact_match_today(app, name);
	const char *path = NULL;
	int rc = 0;

	if (best > MATCH_NAME)
		rc = past_contact_removed(app, name, best, &wish->then);
	if (rc || (wish->then.contact.path && !wish->then.now))
		return rc;
	if (wish->then.contact.path)
		path = wish->then.now;
	else
		rc = app_resolve(app, name, &path);
	past_contact_release(&wish->then);
	return rc ? rc : find_change(app, path, wish);
}

/* ---- bringing it back ---- */

static int check_version(struct app *app, const struct wish *wish)
{
	const struct past_contact *then = &wish->then;
	struct text commit = past_contact_commit(then);
	bool unread = then->contact.damage == CONTACT_CONFLICTED && wish->key.n;
	struct fault f = FAULT_INIT;

	if (wish->key.n && !then->now)
		return app_usage(app, "%s was removed; leave out %.*s, and all of it comes back",
				 then->contact.path, TEXT_FMT(wish->key));
	if (then->contact.damage < CONTACT_NOT_TEXT && !unread)
		return 0;
	fault_set(&f, FAULT_SYNTAX, "what it was in %.*s %s; nothing is restored", TEXT_FMT(commit),
		  unread ? "has a conflict in it, and no fields" : "is no text");
	fault_at(&f, then->now ? then->now : then->contact.path, 0, 0);
	return app_fault(app, &f);
}

/* Each key that changes, ": title, -org, tags"; no values, which may be a secret in history. */
static void add_keys(const struct changes *list, struct buf *out)
{
	enum { MOST = 8 };
	struct buf name = BUF_INIT, last = BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct change *c = &list->at[i];
		buf_clear(&name);
		buf_add_str(&name, c->kind == CHANGE_REMOVED && c->only ? "-" : "");
		change_name(c, &name);
		if (!text_equal(buf_text(&name), buf_text(&last)) && ++n <= MOST)
			buf_add_fmt(out, "%s%s", n > 1 ? ", " : ": ", name.at);
		buf_clear(&last);
		buf_add_text(&last, buf_text(&name));
	}
	if (n > MOST)
		buf_add_fmt(out, " and %zu more", n - MOST);
	if (list->layout)
		buf_add_str(out, ": layout");
	buf_release(&name);
	buf_release(&last);
}

/*
 * "restored phone from 1a2b3c4", which is the commit's subject too, behind the id. Of a whole
 * contact with what that changes in the one of `now`; NULL: it is gone.
 */
static void describe(struct app *app, const struct wish *wish, struct text id,
		     const struct contact *now, struct buf *what)
{
	struct changes list = CHANGES_INIT;
	struct buf title = BUF_INIT;

	buf_add_str(what, "restored ");
	if (wish->key.n)
		buf_add_fmt(what, "%.*s ", TEXT_FMT(wish->key));
	buf_add_fmt(what, "from %.*s", TEXT_FMT(past_contact_commit(&wish->then)));
	if (now)
		changes_between(now, &wish->then.contact, &list);
	add_keys(&list, what);
	buf_add_fmt(&title, "%.*s: %s", TEXT_FMT(id), what->at);
	history_title(app->history, buf_text(&title));
	changes_release(&list);
	buf_release(&title);
}

static int adopt(struct contact *c, void *ctx, struct fault *f)
{
	const struct wish *wish = ctx;

	if (is_lines(wish->key))
		return add_lost_lines(c, &wish->then.contact, wish->key, f);
	return adopt_field(c, &wish->then.contact, wish->key, f);
}

static int restore_field(struct app *app, struct wish *wish)
{
	struct buf what = BUF_INIT;

	describe(app, wish, contact_id_of(wish->then.now), NULL, &what);
	int rc = app_change(app, wish->then.now, adopt, wish, what.at);
	buf_release(&what);
	return rc;
}

/* Without a history of ours, it may have been committed by hand. */
static bool is_in_head(struct app *app, const struct contact *now)
{
	struct buf head = BUF_INIT, bytes = BUF_INIT;
	struct fault f = FAULT_INIT;

	bool same = !past_commit(app->past, TEXT("HEAD"), app->today, &head, &f) &&
		    !past_read(app->past, head.at, now->path, &bytes, &f) &&
		    text_equal(buf_text(&bytes), contact_bytes(now));
	buf_release(&head);
	buf_release(&bytes);
	return same;
}

/* What is there now has to be in history, or a person has to agree that it goes. */
static int keep(struct app *app, const struct contact *now)
{
	struct fault f = FAULT_INIT, told = FAULT_INIT;

	if (!history_keep(app->history, now->path, contact_bytes(now), &f) || force)
		return 0;
	if (!app->history && is_in_head(app, now))
		return 0;
	if (app_ask("history cannot keep %s as it is now (%s); replace it for good?", now->path,
		    f.msg))
		return 0;
	fault_set(&told, FAULT_OS, "stays as it is, as history cannot keep that (%s); --force "
		  "replaces it all the same", f.msg);
	fault_at(&told, now->path, 0, 0);
	return app_fault(app, &told);
}

static int replace(struct app *app, const struct wish *wish, const struct contact *now)
{
	struct text bytes = contact_bytes(&wish->then.contact);
	struct fault f = FAULT_INIT;
	struct buf what = BUF_INIT;

	if (text_equal(contact_bytes(now), bytes)) {
		app_say(app, "%.*s: nothing to change", TEXT_FMT(now->id));
		return EXIT_DONE;
	}
	int rc = keep(app, now);
	if (rc)
		return rc;
	describe(app, wish, now->id, now, &what);
	if (book_replace(&app->book, now->path, contact_bytes(now), bytes, &f) < 0)
		rc = app_fault(app, &f);
	else
		app_say(app, "%.*s: %s", TEXT_FMT(now->id), what.at);
	buf_release(&what);
	return rc;
}

static int restore_text(struct app *app, const struct wish *wish)
{
	struct fault f = FAULT_INIT;
	struct contact now;

	if (book_load(&app->book, wish->then.now, &now, NULL, &f) < 0)
		return app_fault(app, &f);
	int rc = replace(app, wish, &now);
	contact_release(&now);
	return rc;
}

/* The folders of the path, which may be gone as well. */
static int make_folders(struct book *b, const char *path, struct fault *f)
{
	const char *slash = path - 1;
	struct buf above = BUF_INIT;
	int rc = 0;

	for (const char *name = path; !rc && (slash = strchr(name, '/')); name = slash + 1) {
		struct buf folder = BUF_INIT;
		int fd;
		buf_add(&folder, name, (size_t)(slash - name));
		rc = file_open_folder(b->fd, above.at, &fd, f);
		if (!rc) {
			rc = file_make_folder(fd, folder.at, f);
			close(fd);
		}
		buf_add_fmt(&above, "%s%s", above.n ? "/" : "", folder.at);
		buf_release(&folder);
	}
	buf_release(&above);
	return rc ? fault_at(f, path, 0, 0) : 0;
}

static int say_taken(struct app *app, const char *path)
{
	struct text id = contact_id_of(path);
	struct fault f = FAULT_INIT;

	fault_set(&f, FAULT_EXISTS, "there is somebody else now; 'kith rename %s NEW-ID' makes "
		  "room for %.*s", path, TEXT_FMT(id));
	fault_at(&f, path, 0, 0);
	return app_fault(app, &f);
}

/* An id is unique in the whole book; but what has a path of its own is not refused for it. */
static void say_shared(struct app *app, struct text id, const char *owner)
{
	if (owner)
		app_say(app, "%s answers to '%.*s' too; 'kith check' tells more", owner,
			TEXT_FMT(id));
}

static int create(struct app *app, const struct wish *wish)
{
	const struct contact *c = &wish->then.contact;
	struct fault f = FAULT_INIT;
	struct buf what = BUF_INIT;
	const char *owner;
	int rc = 0;

	describe(app, wish, c->id, NULL, &what);
	if (book_id_owner(&app->book, c->id, NULL, &owner, &f) < 0 ||
	    make_folders(&app->book, c->path, &f) < 0 ||
	    book_create(&app->book, c->path, contact_bytes(c), &f) < 0) {
		rc = app_fault(app, &f);
	} else {
		app_say(app, "%.*s: %s", TEXT_FMT(c->id), what.at);
		say_shared(app, c->id, owner);
	}
	buf_release(&what);
	return rc;
}

static int restore_removed(struct app *app, const struct wish *wish)
{
	const char *path = wish->then.contact.path;
	struct fault f = FAULT_INIT;

	int rc = book_check_free(&app->book, path, &f);
	if (rc && rc != FAULT_NOTFOUND) /* its folder can be made */
		return rc == FAULT_EXISTS ? say_taken(app, path) : app_fault(app, &f);
	return create(app, wish);
}

static int restore(struct app *app, struct wish *wish)
{
	int rc = check_version(app, wish);

	if (!rc)
		rc = app_lock(app);
	if (rc)
		return rc;
	if (wish->key.n)
		return restore_field(app, wish);
	past_contact_say_damage(app, &wish->then);
	return wish->then.now ? restore_text(app, wish) : restore_removed(app, wish);
}

/* ---- the command ---- */

static int run(struct app *app, int argc, char **argv)
{
	struct wish wish = { .then.commit = BUF_INIT };

	if (!argc || argc > 2)
		return app_usage(app, argc ? "NAME is one word, or quoted; then a key, or nothing"
					   : "who is meant?");
	wish.key = text_of(argc > 1 ? argv[1] : NULL);
	int rc = app_check_args(app, argc, argv);
	if (!rc)
		rc = app_open_past(app);
	if (rc)
		return rc;
	struct text name = text_of(argv[0]);
	rc = at_rev ? past_contact_at(app, name, at_rev, &wish.then) : find_wish(app, name, &wish);
	if (!rc)
		rc = restore(app, &wish);
	past_contact_release(&wish.then);
	return rc;
}

const struct command cmd_restore = {
	.name = "restore",
	.group = "history",
	.args = "NAME [KEY]",
	.summary = "bring back a contact, or one field of it, as it was",
	.help = "With *--at* it comes back as it was then: _REV_ is a commit as git names it or\n"
		"a date (see *kith help when*), which means the last commit of that day or\n"
		"before. Without it, a contact that was removed comes back as it was last, one\n"
		"that was edited by hand goes back to the last commit, and _KEY_ gets the values\n"
		"it had before they were last changed; *email* is all of email.work too. Of *log*\n"
		"and *todo* the lines come back that are not there any more; those written since\n"
		"stay. What is replaced is kept in history. _NAME_ is one word here, or quoted;\n"
		"it may be that of somebody who was removed.\n"
		"\n"
		"    kith restore paul\n"
		"    kith restore paul phone\n"
		"    kith restore paul log\n"
		"    kith restore paul title --at 2025-12-31\n",
	.opts = opts,
	.needs = NEEDS_BOOK,
	.completes = "id key",
	.run = run,
};
