#include <string.h>

#include "base/buf.h"
#include "cmd/cmd.h"
#include "cmd/search.h"
#include "contact/contact.h"

/* Where a contact goes: its new path, and its new display name unless only the id changes. */
struct move {
	const char *from;  /* borrowed path */
	struct buf to;     /* path */
	struct text old_id, new_id;
	struct text name;  /* empty: keep it */
	const char *heir;  /* path of another contact of the old id, or NULL: who is referred to */
	struct buf before, after; /* the contact's text, for taking the edit back */
};

static bool is_id(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!char_is_digit(t.at[i]) && !(t.at[i] >= 'a' && t.at[i] <= 'z') &&
		    t.at[i] != '-')
			return false;
	return t.n > 0;
}

/* The id that the new name makes; what the contact has been called already, it may be again. */
static int add_id_for(struct book *b, struct move *m, struct fault *f)
{
	struct buf slug = BUF_INIT;
	const char *owner;

	text_slug(m->name, &slug);
	int rc = book_id_owner(b, buf_text(&slug), m->from, &owner, f);
	if (!rc && owner)
		rc = book_new_id(b, m->name, &m->to, f);
	else if (!rc)
		buf_add_text(&m->to, buf_text(&slug));
	buf_release(&slug);
	return rc;
}

/* "work/" and "work/paul" name a folder; the rest is a new id, or a name to make one from. */
static int plan(struct app *app, struct text wish, struct move *m)
{
	struct fault f = FAULT_INIT;
	const char *slash = memrchr(wish.at, '/', wish.n);
	const char *old_slash = strrchr(m->from, '/');
	size_t old_folder = old_slash ? (size_t)(old_slash - m->from) + 1 : 0;
	struct text folder = slash ? text_part(wish, 0, (size_t)(slash - wish.at) + 1)
				   : (struct text){ m->from, old_folder };
	struct text last = slash ? text_part(wish, folder.n, wish.n) : wish;

	if (text_equal(last, TEXT(".")) || text_equal(last, TEXT("..")))
		return app_usage(app, "'%.*s' is no name; a folder ends in '/'", TEXT_FMT(wish));
	if (text_ends(last, TEXT(".ini")))
		last.n -= 4;
	if (!text_equal(folder, TEXT("./")) && !text_equal(folder, TEXT("/")))
		buf_add_text(&m->to, folder);
	size_t stem = m->to.n;
	if (!last.n) {
		buf_add_text(&m->to, m->old_id);
	} else if (is_id(last)) {
		buf_add_text(&m->to, last);
	} else {
		m->name = last;
		if (add_id_for(&app->book, m, &f) < 0)
			return app_fault(app, &f);
	}
	buf_add_str(&m->to, ".ini");
	m->new_id = text_part(buf_text(&m->to), stem, m->to.n - 4);
	return 0;
}

static bool gets_id(const struct move *m)
{
	return !text_equal(m->old_id, m->new_id);
}

/* An id, and an alias, is unique in the whole book, whatever folder it is in. */
static int check_free(struct app *app, const struct move *m)
{
	struct fault f = FAULT_INIT;
	const char *owner;

	if (!gets_id(m))
		return 0;
	if (book_id_owner(&app->book, m->new_id, m->from, &owner, &f) < 0)
		return app_fault(app, &f);
	if (!owner)
		return 0;
	bool is_id = text_same(contact_id_of(owner), m->new_id);
	fault_set(&f, FAULT_EXISTS, "the %s '%.*s' is taken by %s", is_id ? "id" : "alias",
		  TEXT_FMT(m->new_id), owner);
	return app_fault(app, &f);
}

/* ---- the contact itself ---- */

static void keep(struct buf *copy, const struct contact *c)
{
	buf_clear(copy);
	buf_add_text(copy, contact_bytes(c));
}

/* The alias comes first, so that a reference resolves at every instant. */
static int prepare(struct contact *c, void *ctx, struct fault *f)
{
	struct move *m = ctx;
	int rc = 0;

	keep(&m->before, c);
	if (gets_id(m) && !m->heir)
		rc = contact_add(c, TEXT("alias"), m->old_id, f);
	if (rc == 0 && m->name.n)
		rc = contact_set(c, TEXT("name"), m->name, f);
	keep(&m->after, c);
	/* It is the new name that is wrong, not the file. */
	return rc == FAULT_INVALID ? f->code = FAULT_USAGE : rc;
}

static void say_unfinished(struct app *app, const struct move *m)
{
	app_say(app, "kith rename: some references still say '%.*s'; the alias answers to them",
		TEXT_FMT(m->old_id));
}

/* It could not be renamed; `why` is told when the edit is taken back, so that it is true. */
static int take_back(struct app *app, const struct move *m, struct fault *why)
{
	struct fault f = FAULT_INIT;

	int rc = book_replace(&app->book, m->from, buf_text(&m->after), buf_text(&m->before), &f);
	if (rc && rc != FAULT_NOTFOUND)
		fault_set(why, why->code,
			  "cannot be renamed to '%s', and what was written for that (alias, name) "
			  "could not be taken back: change it by hand", m->to.at);
	fault_at(why, m->from, 0, 0);
	int status = app_fault(app, why);
	if (rc == FAULT_NOTFOUND && gets_id(m)) /* it has the new name, as `why` says */
		say_unfinished(app, m);
	return status;
}

/* ---- who refers to it ---- */

static int repoint(struct contact *c, void *ctx, struct fault *f)
{
	const struct move *m = ctx;

	(void)f;
	contact_repoint(c, m->old_id, m->new_id);
	return 0;
}

static void *mark_referring(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct move *m = ctx;

	(void)path;
	(void)id;
	return c && contact_refers(c, m->old_id) ? (void *)m : NULL;
}

/* A file that cannot be changed is named, and does not keep the others from following. */
static int repoint_contacts(struct app *app, struct move *m)
{
	struct search s;

	int rc = search_run(app, &s, 0, NULL, mark_referring, m);
	if (!rc)
		rc = app_damage(app, &s.damage);
	for (size_t i = 0; i < s.n; i++) {
		if (!s.found[i]->data)
			continue;
		int one = app_change(app, s.found[i]->path, repoint, m, "its reference follows");
		rc = rc ? rc : one;
	}
	search_release(&s);
	return rc;
}

static int repoint_me(struct app *app, const struct move *m)
{
	struct fault f = FAULT_INIT;
	bool changed;

	if (book_repoint_me(&app->book, m->old_id, m->new_id, &changed, &f) < 0)
		return app_fault(app, &f);
	if (changed)
		app_say(app, "%s: 'me' follows", BOOK_CONFIG);
	return 0;
}

static int repoint_others(struct app *app, struct move *m)
{
	if (!gets_id(m))
		return 0;
	if (m->heir) {
		app_say(app, "kith rename: references to '%.*s' stay, as %s has that id too",
			TEXT_FMT(m->old_id), m->heir);
		return 0;
	}
	int rc = repoint_contacts(app, m), settings = repoint_me(app, m);
	if (!rc)
		rc = settings;
	if (rc)
		say_unfinished(app, m);
	return rc;
}

/* ---- all of it ---- */

static int do_move(struct app *app, struct move *m)
{
	struct fault f = FAULT_INIT;
	bool moves = strcmp(m->from, m->to.at) != 0, changed;
	int rc = check_free(app, m);

	if (rc)
		return rc;
	if (moves && book_check_free(&app->book, m->to.at, &f) < 0)
		return app_fault(app, &f);
	if (book_id_owner(&app->book, m->old_id, m->from, &m->heir, &f) < 0 ||
	    book_edit(&app->book, m->from, prepare, m, &changed, &f) < 0)
		return app_fault(app, &f);
	if (moves && book_rename(&app->book, m->from, m->to.at, &f) < 0)
		return take_back(app, m, &f);
	if (moves)
		app_say(app, "%s is now %s", m->from, m->to.at);
	else
		app_say(app, "%.*s: %s", TEXT_FMT(m->old_id),
			changed ? "name" : "nothing to change");
	return repoint_others(app, m);
}

static int run(struct app *app, int argc, char **argv)
{
	struct move m = { .to = BUF_INIT, .before = BUF_INIT, .after = BUF_INIT };
	struct buf wish = BUF_INIT;

	if (argc < 2)
		return app_usage(app, argc ? "what is the new name?" : "who is meant?");
	app_join(argc - 1, argv + 1, &wish);
	int rc = app_check_args(app, argc - 1, argv + 1);
	if (!rc && !text_trim(buf_text(&wish)).n)
		rc = app_usage(app, "what is the new name?");
	if (!rc)
		rc = app_resolve(app, text_of(argv[0]), &m.from);
	if (!rc) {
		m.old_id = contact_id_of(m.from);
		rc = app_lock(app);
	}
	if (!rc)
		rc = app_list(app);
	if (!rc)
		rc = plan(app, buf_text(&wish), &m);
	if (!rc)
		rc = do_move(app, &m);
	if (!rc) {
		out_text(&app->out, m.new_id);
		out_str(&app->out, "\n");
	}
	buf_release(&m.to);
	buf_release(&m.before);
	buf_release(&m.after);
	buf_release(&wish);
	return rc;
}

const struct command cmd_rename = {
	.name = "rename",
	.aliases = "mv",
	.group = "edit",
	.args = "NAME NEW",
	.summary = "give another name or id; references follow, the old id stays as alias",
	.help = "_NEW_ is a name (the id is made from it), an id of small letters, digits and\n"
		"'-' (the name stays), or a path with a folder that exists (*work/*). Every\n"
		"via, knows and [[link]] to the old id is rewritten, and *me* in the settings\n"
		"of the book; the old id keeps answering. Where another contact has the old id\n"
		"too, references stay. _NAME_ is one word here, or quoted. Prints the id.\n"
		"\n"
		"    kith rename ana-ruiz 'Ana Ruiz-Weld'\n"
		"    kith rename paul work/\n",
	.needs = NEEDS_BOOK | WRITES,
	.completes = "id",
	.run = run,
};
