#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/cmd.h"
#include "cmd/search.h"
#include "contact/contact.h"

/* Where a contact goes: its new path, and its new display name unless only the id changes. */
struct move {
	const char *from;  /* borrowed path */
	struct buf to;     /* path */
	struct text old_id, new_id;
	struct text name;  /* empty: keep it */
};

static bool is_id(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!char_is_digit(t.at[i]) && !(t.at[i] >= 'a' && t.at[i] <= 'z') && t.at[i] != '-')
			return false;
	return t.n > 0;
}

/* "work/" and "work/paul" name a folder; the rest is a new id, or a name to make one from. */
static int plan(struct app *app, struct text wish, struct move *m)
{
	struct fault f = FAULT_INIT;
	const char *slash = memrchr(wish.at, '/', wish.n);
	const char *old_slash = strrchr(m->from, '/');
	struct text folder = slash ? text_part(wish, 0, (size_t)(slash - wish.at) + 1)
				   : (struct text){ m->from, old_slash ? (size_t)(old_slash - m->from) + 1 : 0 };
	struct text last = slash ? text_part(wish, folder.n, wish.n) : wish;

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
		struct buf slug = BUF_INIT;
		text_slug(last, &slug);
		if (text_equal(buf_text(&slug), m->old_id))
			buf_add_text(&m->to, m->old_id);
		else if (book_new_id(&app->book, last, &m->to, &f) < 0)
			return app_fault(app, &f);
		buf_release(&slug);
	}
	buf_add_str(&m->to, ".ini");
	m->new_id = text_part(buf_text(&m->to), stem, m->to.n - 4);
	return 0;
}

/* An id is unique in the whole book, whatever folder it is in. */
static int check_free(struct app *app, const struct move *m)
{
	struct fault f = FAULT_INIT;

	for (size_t i = 0; i < app->book.n_files; i++) {
		const struct book_file *file = &app->book.files[i];
		if (text_same(file->id, m->new_id) && strcmp(file->path, m->from) != 0) {
			fault_set(&f, FAULT_EXISTS, "the id '%.*s' is taken by %s", TEXT_FMT(m->new_id),
				  file->path);
			return app_fault(app, &f);
		}
	}
	return 0;
}

/* The contact itself: the alias first, so that a reference resolves at every instant. */
static int prepare(struct contact *c, void *ctx, struct fault *f)
{
	const struct move *m = ctx;
	int rc = 0;

	if (!text_equal(m->old_id, m->new_id))
		rc = contact_add(c, TEXT("alias"), m->old_id, f);
	if (rc == 0 && m->name.n)
		rc = contact_set(c, TEXT("name"), m->name, f);
	return rc;
}

static int repoint(struct contact *c, void *ctx, struct fault *f)
{
	const struct move *m = ctx;

	(void)f;
	contact_repoint(c, m->old_id, m->new_id);
	return 0;
}

/* Tried out on a copy: what repoint would find is what refers. */
static bool refers(const struct contact *c, struct text id)
{
	struct text bytes = contact_bytes(c);
	struct contact copy;

	contact_read(&copy, c->path, mem_copy(bytes.at, bytes.n), bytes.n);
	bool found = contact_repoint(&copy, id, id) > 0;
	contact_release(&copy);
	return found;
}

static void *mark_referring(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct move *m = ctx;

	(void)path;
	(void)id;
	return c && refers(c, m->old_id) ? (void *)m : NULL;
}

/* A file that cannot be changed is named, and does not keep the others from following. */
static int repoint_others(struct app *app, struct move *m)
{
	struct search s;

	if (text_equal(m->old_id, m->new_id))
		return 0;
	int rc = search_run(app, &s, 0, NULL, mark_referring, m);
	for (size_t i = 0; i < s.n; i++) {
		if (!s.found[i]->data)
			continue;
		int one = app_change(app, s.found[i]->path, repoint, m, "its reference follows");
		rc = rc ? rc : one;
	}
	search_release(&s);
	if (rc)
		app_say(app, "kith rename: some references still say '%.*s'; the alias answers to them",
			TEXT_FMT(m->old_id));
	return rc;
}

static int do_move(struct app *app, struct move *m)
{
	struct fault f = FAULT_INIT;
	bool moves = strcmp(m->from, m->to.at) != 0;
	int rc = check_free(app, m);

	if (rc)
		return rc;
	if (moves && book_check_free(&app->book, m->to.at, &f) < 0)
		return app_fault(app, &f);
	if (book_edit(&app->book, m->from, prepare, m, NULL, &f) < 0)
		return app_fault(app, &f);
	if (moves && book_rename(&app->book, m->from, m->to.at, &f) < 0)
		return app_fault(app, &f);
	if (moves)
		app_say(app, "%s is now %s", m->from, m->to.at);
	else
		app_say(app, "%.*s: name", TEXT_FMT(m->old_id));
	return repoint_others(app, m);
}

static int run(struct app *app, int argc, char **argv)
{
	struct move m = { .to = BUF_INIT, .name = TEXT_NONE };
	struct buf wish = BUF_INIT;

	if (argc < 2)
		return app_usage(app, argc ? "what is the new name?" : "who is meant?");
	app_join(argc - 1, argv + 1, &wish);
	int rc = app_resolve(app, text_of(argv[0]), &m.from);
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
	buf_release(&wish);
	return rc;
}

const struct command cmd_rename = {
	.name = "rename",
	.aliases = "mv",
	.group = "edit",
	.args = "NAME NEW",
	.summary = "give another name or id; references follow, the old id stays as alias",
	.help = "_NEW_ is a name (the id is made from it), an id of small letters, digits and '-' (the name stays),\n"
		"or a path with a folder that exists (*work/*). Every via, knows and [[link]] to the old id is rewritten;\n"
		"the old id keeps answering. _NAME_ is one word here, or quoted. Prints the id.\n"
		"\n"
		"    kith rename ana-ruiz 'Ana Ruiz-Weld'\n"
		"    kith rename paul work/\n",
	.needs = NEEDS_BOOK,
	.completes = "id",
	.run = run,
};
