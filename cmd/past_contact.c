#include "cmd/past_contact.h"

#include <pthread.h>
#include <string.h>

#include "base/vec.h"
#include "book/check.h"
#include "book/listing.h"
#include "cmd/cmd.h"
#include "history/past.h"
#include "history/past_book.h"
#include "history/renames.h"

#define NOBODY ((struct past_contact){ .commit = BUF_INIT })

void past_contact_release(struct past_contact *p)
{
	contact_release(&p->contact);
	buf_release(&p->commit);
	p->now = NULL;
}

struct text past_contact_commit(const struct past_contact *p)
{
	enum { SHORT = 7 };

	return text_part(buf_text(&p->commit), 0, p->commit.n < SHORT ? p->commit.n : SHORT);
}

void past_contact_say_damage(struct app *app, const struct past_contact *p)
{
	struct findings list = FINDINGS_INIT;

	check_damage(&p->contact, &list);
	for (size_t i = 0; i < list.n; i++)
		app_say(app, "%s in %.*s, line %u: %s", p->contact.path,
			TEXT_FMT(past_contact_commit(p)), list.at[i].line, list.at[i].what);
	findings_release(&list);
}

/* ---- where somebody is today ---- */

struct search {
	const struct contact *then;
	struct text uid;
	struct book *book;
	const char *found; /* of several the first in the order of paths */
	pthread_mutex_t lock;
};

static bool may_have_uid(void *ctx, const char *path, struct text bytes)
{
	const struct search *s = ctx;

	(void)path;
	return text_holds(bytes, s->uid);
}

static void look_for_uid(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	struct search *s = ctx;
	const char *path = s->book->files[i].path;

	(void)why;
	if (!c || !contact_continues(c, s->then->id, s->uid))
		return;
	pthread_mutex_lock(&s->lock);
	if (!s->found || strcmp(path, s->found) < 0)
		s->found = path;
	pthread_mutex_unlock(&s->lock);
}

/* Is the contact at this path who `then` was? */
static bool goes_on_as(struct book *b, const char *path, const struct contact *then)
{
	struct fault f = FAULT_INIT;
	struct contact c;

	if (!path || book_load(b, path, &c, NULL, &f) < 0)
		return false;
	bool same = contact_continues(&c, then->id, contact_get(then, TEXT("uid")));
	contact_release(&c);
	return same;
}

static int find_uid(struct book *b, const struct contact *then, const char **path,
		    struct fault *f)
{
	static const struct book_sieve sieve = { may_have_uid, NULL };
	struct search s = { .then = then, .uid = contact_get(then, TEXT("uid")), .book = b };

	if (!s.uid.n)
		return 0;
	pthread_mutex_init(&s.lock, NULL);
	int rc = book_scan(b, &sieve, look_for_uid, &s, f);
	pthread_mutex_destroy(&s.lock);
	*path = s.found;
	return rc;
}

enum book_match past_contact_match_today(struct app *app, struct text name)
{
	struct book_found found;
	struct fault f = FAULT_INIT;

	int rc = book_resolve(&app->book, name, &found, &f);
	enum book_match best = !rc || rc == FAULT_AMBIGUOUS ? found.at[0].match : MATCH_NONE;
	book_found_release(&found);
	return best;
}

int past_contact_today(struct app *app, const struct contact *then, const char **path,
		       struct fault *f)
{
	struct book *b = &app->book;
	size_t i = listing_find(b, then->path);
	const char *owner;

	*path = i < b->n_files ? b->files[i].path : NULL;
	if (goes_on_as(b, *path, then))
		return 0;
	*path = NULL;
	if (book_id_owner(b, then->id, NULL, &owner, f) < 0)
		return f->code;
	if (!goes_on_as(b, owner, then))
		return find_uid(b, then, path, f);
	*path = owner;
	return 0;
}

/* ---- as of a commit ---- */

/*
 * Who is called so in the book, at least as well as *match, and at least by name? *match becomes
 * how well, also where several are.
 */
static int find_called(struct book *b, struct text name, enum book_match *match,
		       const char **path, struct fault *f)
{
	struct book_found found;
	int rc = book_resolve(b, name, &found, f);
	bool any = !rc || rc == FAULT_AMBIGUOUS;

	if (any && (found.at[0].match > *match || found.at[0].match == MATCH_ANYWHERE))
		rc = fault_set(f, FAULT_NOTFOUND, "nobody is called '%.*s'", TEXT_FMT(name));
	else if (any)
		*match = found.at[0].match;
	if (!rc)
		*path = found.at[0].path;
	book_found_release(&found);
	return rc;
}

static int follow_now(struct app *app, struct past_book *b, struct text name,
		      enum book_match *match, struct past_contact *out, struct fault *f)
{
	struct contact now;
	const char *path;

	if (find_called(&app->book, name, match, &path, f) < 0 ||
	    book_load(&app->book, path, &now, NULL, f) < 0)
		return f->code;
	int rc = past_book_follow(b, &now, &app->book, &out->contact, f);
	if (!rc)
		out->now = path;
	contact_release(&now);
	return rc;
}

static int find_then(struct app *app, struct past_book *b, struct text name,
		     enum book_match match, struct past_contact *out, struct fault *f)
{
	const char *path;

	if (find_called(past_book_of(b), name, &match, &path, f) < 0 ||
	    past_book_load(b, path, &out->contact, f) < 0)
		return f->code;
	return past_contact_today(app, &out->contact, &out->now, f);
}

static int find_at(struct app *app, struct past_book *b, struct text name,
		   struct past_contact *out, struct fault *f)
{
	enum book_match match = MATCH_NONE;
	struct fault why = FAULT_INIT;

	if (past_book_add_commit(b, out->commit.at, f) < 0)
		return f->code;
	if (follow_now(app, b, name, &match, out, f) == 0)
		return 0;
	int rc = find_then(app, b, name, match, out, &why);
	if (!rc)
		return 0;
	return fault_set(f, rc, "as of %.*s: %s", TEXT_FMT(past_contact_commit(out)), why.msg);
}

int past_contact_at(struct app *app, struct text name, const char *rev, struct past_contact *out)
{
	struct fault f = FAULT_INIT;

	*out = NOBODY;
	int rc = app_open_past(app);
	if (!rc)
		rc = app_list(app);
	if (rc)
		return rc;
	struct past_book *b = past_book_new(app->past, app->book.root);
	if (past_commit(app->past, text_of(rev), app->today, &out->commit, &f) < 0 ||
	    find_at(app, b, name, out, &f) < 0)
		rc = app_fault(app, &f);
	past_book_free(b);
	if (rc)
		past_contact_release(out);
	return rc;
}

/* ---- removed ---- */

/* A file that is gone, and the last commit that has it. */
struct removal {
	char *path, *commit; /* owned */
};

struct removals {
	struct text name;      /* that is looked for */
	enum book_match best;  /* to be surpassed */
	struct past *past;
	struct past_book *book;
	VEC(struct removal) list;
};

static bool is_known(const struct removals *r, const char *path)
{
	for (size_t i = 0; i < r->list.n; i++)
		if (!strcmp(r->list.at[i].path, path))
			return true;
	return false;
}

/* 1: it has the name that is looked for, so no other need be looked at. */
static int note(struct removals *r, const struct past_file *file, const char *commit)
{
	if (file->status != 'D' || !strcmp(file->path, BOOK_CONFIG) || is_known(r, file->path))
		return 0;
	struct removal one = { mem_copy(file->path, strlen(file->path)),
			       mem_copy(commit, strlen(commit)) };
	vec_push(&r->list, one);
	past_book_add(r->book, file->path, file->before);
	return text_equal(contact_id_of(file->path), r->name) ||
	       text_equal(text_of(file->path), r->name);
}

static int note_commit(void *ctx, const struct past_commit *c, struct fault *f)
{
	struct renames renames = RENAMES_INIT;
	struct removals *r = ctx;
	int rc = renames_in(r->past, c->files, c->n_files, &renames, f);

	for (size_t i = 0; !rc && i < c->n_files; i++)
		if (!renames_to(&renames, &c->files[i]))
			rc = note(r, &c->files[i], c->parent);
	renames_release(&renames);
	return rc;
}

static int note_uncommitted(struct app *app, struct removals *r, bool *enough, struct fault *f)
{
	struct past_files files;
	struct buf head = BUF_INIT;

	if (past_uncommitted(app->past, &files, f) < 0)
		return f->code;
	int rc = files.n ? past_commit(app->past, TEXT("HEAD"), app->today, &head, f) : 0;
	for (size_t i = 0; i < files.n && !*enough && !rc; i++)
		*enough = note(r, &files.at[i], head.at);
	buf_release(&head);
	past_files_release(&files);
	return rc == FAULT_NOTFOUND ? 0 : rc;
}

static int load_removed(struct app *app, struct removals *r, const char *path,
			struct past_contact *out, struct fault *f)
{
	past_contact_release(out);
	for (size_t i = 0; i < r->list.n; i++)
		if (!strcmp(r->list.at[i].path, path))
			buf_add_str(&out->commit, r->list.at[i].commit);
	if (past_book_load(r->book, path, &out->contact, f) < 0)
		return f->code;
	return past_contact_today(app, &out->contact, &out->now, f);
}

/* The one who is still gone; who got another path is not, and only taken when nobody else is. */
static int take_gone(struct app *app, struct removals *r, const struct book_found *found,
		     struct past_contact *out, const struct fault *several, struct fault *f)
{
	size_t gone = 0, which = 0;

	for (size_t i = 0; i < found->n; i++) {
		if (load_removed(app, r, found->at[i].path, out, f) < 0)
			return f->code;
		if (out->now)
			continue;
		gone++;
		which = i;
	}
	if (gone > 1) {
		*f = *several;
		return f->code;
	}
	return load_removed(app, r, found->at[which].path, out, f);
}

static int choose(struct app *app, struct removals *r, struct past_contact *out, struct fault *f)
{
	struct fault several = FAULT_INIT;
	struct book_found found;

	int rc = book_resolve(past_book_of(r->book), r->name, &found, &several);
	bool any = !rc || rc == FAULT_AMBIGUOUS;
	bool fits = any && found.at[0].match < r->best && found.at[0].match < MATCH_ANYWHERE;
	rc = fits ? take_gone(app, r, &found, out, &several, f) : 0;
	book_found_release(&found);
	return rc;
}

static int find_removed(struct app *app, struct removals *r, struct past_contact *out,
			struct fault *f)
{
	bool enough = false;

	if (note_uncommitted(app, r, &enough, f) < 0)
		return f->code;
	if (!enough && past_walk(app->past, NULL, NULL, note_commit, r, f) < 0)
		return f->code;
	return choose(app, r, out, f);
}

int past_contact_removed(struct app *app, struct text name, enum book_match best,
			 struct past_contact *out)
{
	struct fault f = FAULT_INIT;

	*out = NOBODY;
	int rc = app_open_past(app);
	if (!rc)
		rc = app_list(app);
	if (rc)
		return rc;
	struct removals r = { .name = text_trim(name), .best = best, .past = app->past,
			      .book = past_book_new(app->past, app->book.root) };
	if (find_removed(app, &r, out, &f) < 0)
		rc = app_fault(app, &f);
	for (size_t i = 0; i < r.list.n; i++) {
		mem_free(r.list.at[i].path);
		mem_free(r.list.at[i].commit);
	}
	vec_release(&r.list);
	past_book_free(r.book);
	if (rc)
		past_contact_release(out);
	return rc;
}
