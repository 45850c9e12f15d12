#include "cmd/takeback.h"

#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "cmd/changed.h"
#include "cmd/cmd.h"
#include "cmd/past_contact.h"
#include "cmd/search.h"
#include "contact/change.h"
#include "contact/contact.h"
#include "history/past.h"
#include "merge/merge.h"

/* A plan under way. */
struct plan {
	struct app *app;
	struct takeback *t;
	bool asked; /* what is not committed; then it is in: */
	struct past_files uncommitted;
};

static char *copy(const char *s)
{
	return mem_copy(s, strlen(s));
}

static struct takeback_step *add_step(struct plan *p, enum takeback_kind kind, const char *path,
				      struct text now, struct text then)
{
	struct takeback_step step = { .kind = kind, .path = copy(path), .now = BUF_INIT,
				      .then = BUF_INIT };

	buf_add_text(&step.now, now);
	buf_add_text(&step.then, then);
	vec_push(p->t, step);
	return &p->t->at[p->t->n - 1];
}

/* Something of `who` stays as it is. */
__attribute__((format(printf, 3, 4)))
static int stays(struct plan *p, struct text who, const char *fmt, ...)
{
	struct buf line = BUF_INIT;
	va_list ap;

	buf_add_fmt(&line, "%.*s: ", TEXT_FMT(who));
	va_start(ap, fmt);
	buf_add_list(&line, fmt, ap);
	va_end(ap);
	app_say(p->app, "%s", line.at);
	buf_release(&line);
	p->t->stays++;
	return 0;
}

/* ---- since when, and by whom ---- */

#define BY_HAND " (by hand, not committed)"

/* What the last commit has of a file that is another now. False: it is as in there, or is not. */
static bool read_committed(struct plan *p, const char *path, struct buf *out)
{
	struct fault unknown = FAULT_INIT;

	if (!p->asked && past_uncommitted(p->app->past, &p->uncommitted, &unknown) < 0)
		p->uncommitted = (struct past_files){ 0 };
	p->asked = true;
	for (size_t i = 0; i < p->uncommitted.n; i++) {
		const struct past_file *file = &p->uncommitted.at[i];
		if (file->before && !strcmp(file->path, path))
			return !past_blob(p->app->past, file->before, path, out, &unknown);
	}
	return false;
}

/* Does the last commit still have these bytes, so that they were changed after it? */
static bool is_committed(struct plan *p, const char *path, struct text bytes)
{
	struct buf head = BUF_INIT;
	bool same = read_committed(p, path, &head) && text_equal(buf_text(&head), bytes);

	buf_release(&head);
	return same;
}

/* ---- a contact that was changed ---- */

static void add_name(const struct merge_conflict *c, struct buf *out)
{
	struct text section = text_of(c->section);

	if (!*c->key)
		buf_add_fmt(out, "[%s]", c->section);
	else if (text_equal(section, TEXT("contact")))
		buf_add_str(out, c->key);
	else if (text_equal(section, TEXT("log")) || text_equal(section, TEXT("todo")))
		buf_add_fmt(out, "%s %s", c->section, c->key);
	else
		buf_add_fmt(out, "%s.%s", c->section, c->key);
}

static bool same_value(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool has_conflict(const struct merge *m, const struct merge_conflict *c)
{
	for (size_t i = 0; i < m->n_conflicts; i++) {
		const struct merge_conflict *other = &m->conflicts[i];
		if (!strcmp(other->section, c->section) && !strcmp(other->key, c->key) &&
		    same_value(other->theirs, c->theirs))
			return true;
	}
	return false;
}

/* `committed` is the same merge with what the last commit has; NULL: that is the same, or none. */
static void say_conflicts(struct plan *p, struct text who, const struct merge *m,
			  const struct merge *committed)
{
	for (size_t i = 0; i < m->n_conflicts; i++) {
		const struct merge_conflict *c = &m->conflicts[i];
		struct buf name = BUF_INIT;
		const char *by = committed && !has_conflict(committed, c) ? BY_HAND : "";
		add_name(c, &name);
		stays(p, who, c->ours ? "%s was changed since%s, it stays"
				      : "%s was taken out since%s, it stays so", name.at, by);
		buf_release(&name);
	}
}

static void tell_conflicts(struct plan *p, const struct contact *now, const struct merge *m)
{
	struct merge committed = { .base = m->base, .theirs = m->theirs, .rule = m->rule };
	struct buf head = BUF_INIT, unused = BUF_INIT;

	bool known = m->n_conflicts && read_committed(p, now->path, &head);
	committed.ours = buf_text(&head);
	known = known && merge_run(&committed, &unused);
	say_conflicts(p, now->id, m, known ? &committed : NULL);
	merge_release(&committed);
	buf_release(&head);
	buf_release(&unused);
}

/* Append the contact without what the commit did to it. False: that cannot be told. */
static bool merge_back(struct plan *p, const struct changed *c, const struct contact *now,
		       struct buf *out)
{
	struct merge m = {
		.base = contact_bytes(c->after),
		.ours = contact_bytes(now),
		.theirs = contact_bytes(c->before),
		.rule = MERGE_OURS,
	};
	bool done = merge_run(&m, out);

	if (done)
		tell_conflicts(p, now, &m);
	else
		stays(p, now->id, "it cannot be merged by field (conflict markers, no text, or a "
		      "comment within a value), and stays");
	merge_release(&m);
	return done;
}

/* `to` is where the file goes besides, or NULL. */
static int plan_change(struct plan *p, const struct changed *c, const char *path, const char *to)
{
	struct fault f = FAULT_INIT;
	struct contact now;
	struct buf then = BUF_INIT;

	if (book_load(&p->app->book, path, &now, NULL, &f) < 0)
		return app_fault(p->app, &f);
	struct text bytes = contact_bytes(&now);
	if (merge_back(p, c, &now, &then) && (to || !text_equal(buf_text(&then), bytes))) {
		struct takeback_step *step = add_step(p, TAKEBACK_CHANGE, path, bytes,
						      buf_text(&then));
		step->to = to ? copy(to) : NULL;
	}
	contact_release(&now);
	buf_release(&then);
	return 0;
}

/* ---- one that was added, removed or renamed ---- */

/* Will the file at the path answer to the id when all is done? */
static bool will_answer(const struct plan *p, const char *path, struct text id)
{
	for (size_t i = 0; i < p->t->n; i++) {
		const struct takeback_step *step = &p->t->at[i];
		struct buf then = BUF_INIT;
		if (step->kind != TAKEBACK_CHANGE || strcmp(step->path, path) != 0)
			continue;
		buf_add_text(&then, buf_text(&step->then));
		struct contact *c = changed_version(step->to ? step->to : path, &then);
		bool answers = contact_continues(c, id, TEXT_NONE);
		changed_forget(c);
		return answers;
	}
	return true;
}

/* Can it be called so again? Not counting the file `but`. What is in the way is named. */
static int check_free(struct plan *p, const struct contact *then, const char *but, bool *is_free)
{
	struct fault f = FAULT_INIT;
	struct book *b = &p->app->book;
	const char *owner;

	*is_free = false;
	if (book_id_owner(b, then->id, but, &owner, &f) < 0)
		return app_fault(p->app, &f);
	if (owner && will_answer(p, owner, then->id))
		return stays(p, then->id, "the name is taken by %s now, it does not come back",
			     owner);
	if (book_check_free(b, then->path, &f) < 0)
		return stays(p, then->id, "it does not come back to %s: %s", then->path, f.msg);
	*is_free = true;
	return 0;
}

/* Is it in the book itself, and not merely an alias of somebody? */
static bool is_back(struct plan *p, const struct contact *was, const char *today)
{
	struct fault f = FAULT_INIT;
	struct text uid = contact_get(was, TEXT("uid"));
	struct contact now;

	if (!today || text_same(contact_id_of(today), was->id))
		return today;
	if (book_load(&p->app->book, today, &now, NULL, &f) < 0)
		return false;
	bool same = uid.n && text_equal(contact_get(&now, TEXT("uid")), uid);
	contact_release(&now);
	return same;
}

static int plan_creation(struct plan *p, const struct contact *was, const char *today)
{
	bool is_free;

	if (is_back(p, was, today))
		return 0;
	int rc = check_free(p, was, NULL, &is_free);
	if (!rc && is_free)
		add_step(p, TAKEBACK_CREATE, was->path, TEXT_NONE, contact_bytes(was));
	return rc;
}

static int plan_removal(struct plan *p, const struct contact *made, const char *today)
{
	struct fault f = FAULT_INIT;
	struct contact now;

	if (!today) /* it is gone already */
		return 0;
	if (book_load(&p->app->book, today, &now, NULL, &f) < 0)
		return app_fault(p->app, &f);
	if (text_equal(contact_bytes(&now), contact_bytes(made)))
		add_step(p, TAKEBACK_REMOVE, today, contact_bytes(&now), TEXT_NONE);
	else
		stays(p, now.id, "it was changed since%s, and is not removed",
		      is_committed(p, today, contact_bytes(made)) ? BY_HAND : "");
	contact_release(&now);
	return 0;
}

/* The name goes back with the rest; where it cannot, all stays, as its alias is in the rest. */
static int plan_renaming(struct plan *p, const struct changed *c, const char *today)
{
	bool is_free;

	if (!strcmp(today, c->before->path))
		return plan_change(p, c, today, NULL);
	if (strcmp(today, c->after->path) != 0)
		return stays(p, contact_id_of(today), "it was renamed since, its name stays");
	int rc = check_free(p, c->before, today, &is_free);
	return rc || !is_free ? rc : plan_change(p, c, today, c->before->path);
}

/* ---- the settings ---- */

/* They are no contact: taken back as a whole, or not at all. */
static int plan_settings(struct plan *p, const struct changed *c)
{
	struct fault f = FAULT_INIT;
	struct buf now = BUF_INIT;

	if (book_read_config(&p->app->book, &now, &f) < 0)
		return app_fault(p->app, &f);
	struct text was = c->before ? contact_bytes(c->before) : TEXT_NONE;
	struct text is = buf_text(&now);
	if (c->before && c->after && text_equal(is, contact_bytes(c->after)))
		add_step(p, TAKEBACK_CHANGE, BOOK_CONFIG, is, was);
	else if (!text_equal(is, was) && c->before && c->after)
		stays(p, TEXT(BOOK_CONFIG), "they were changed since%s, and stay",
		      is_committed(p, BOOK_CONFIG, contact_bytes(c->after)) ? BY_HAND : "");
	else if (!text_equal(is, was))
		stays(p, TEXT(BOOK_CONFIG), "the settings of the book stay");
	buf_release(&now);
	return 0;
}

/* ---- all of it ---- */

static int plan_one(struct plan *p, const struct changed *c)
{
	struct fault f = FAULT_INIT;
	const struct contact *last = c->after ? c->after : c->before;
	const char *today;

	if (!strcmp(last->path, BOOK_CONFIG))
		return plan_settings(p, c);
	if (past_contact_today(p->app, last, &today, &f) < 0)
		return app_fault(p->app, &f);
	if (!c->after)
		return plan_creation(p, c->before, today);
	if (!c->before)
		return plan_removal(p, c->after, today);
	if (!today)
		return stays(p, c->after->id, "it is not there any more");
	if (!strcmp(c->before->path, c->after->path))
		return plan_change(p, c, today, NULL);
	return plan_renaming(p, c, today);
}

/* Who comes back is there, and who goes back to a name has it, before others refer to them. */
static int rank(const struct takeback_step *step)
{
	static const int ranks[] = {
		[TAKEBACK_CREATE] = 0, [TAKEBACK_CHANGE] = 2, [TAKEBACK_REMOVE] = 3,
	};

	return step->to ? 1 : ranks[step->kind];
}

static int by_rank(const void *va, const void *vb)
{
	const struct takeback_step *a = va, *b = vb;
	int c = rank(a) - rank(b);

	return c ? c : strcmp(a->path, b->path);
}

int takeback_plan(struct app *app, const struct changed_list *list, struct takeback *t)
{
	struct plan p = { .app = app, .t = t };
	int rc = 0;

	for (int gone = 0; gone < 2; gone++) /* those last: who took their names may let go */
		for (size_t i = 0; i < list->n && !rc; i++)
			if (gone == !list->at[i].after)
				rc = plan_one(&p, &list->at[i]);
	if (t->n)
		qsort(t->at, t->n, sizeof *t->at, by_rank);
	past_files_release(&p.uncommitted);
	return rc;
}

void takeback_release(struct takeback *t)
{
	for (size_t i = 0; i < t->n; i++) {
		mem_free(t->at[i].path);
		mem_free(t->at[i].to);
		buf_release(&t->at[i].now);
		buf_release(&t->at[i].then);
	}
	vec_release(t);
}

/* ---- telling ---- */

static void describe_change(const struct takeback_step *step, struct buf *out)
{
	enum { COLUMNS = 60 };
	struct buf now = BUF_INIT, then = BUF_INIT;
	struct changes list = CHANGES_INIT;

	buf_add_text(&now, buf_text(&step->now));
	buf_add_text(&then, buf_text(&step->then));
	struct contact *before = changed_version(step->path, &now);
	struct contact *after = changed_version(step->path, &then);
	changes_between(before, after, &list);
	buf_add_str(out, ": ");
	changes_describe(&list, COLUMNS, out);
	changes_release(&list);
	changed_forget(before);
	changed_forget(after);
}

void takeback_describe(const struct takeback_step *step, struct buf *out)
{
	struct text id = contact_id_of(step->path);

	if (step->kind == TAKEBACK_CREATE) {
		buf_add_fmt(out, "%s is back", step->path);
	} else if (step->kind == TAKEBACK_REMOVE) {
		buf_add_fmt(out, "%s is removed", step->path);
	} else if (!strcmp(step->path, BOOK_CONFIG)) {
		buf_add_fmt(out, "%s is as before", step->path);
	} else {
		if (step->to)
			buf_add_fmt(out, "%s is %s again", step->path, step->to);
		else
			buf_add_text(out, id);
		if (!text_equal(buf_text(&step->now), buf_text(&step->then)))
			describe_change(step, out);
	}
}

/* ---- doing ---- */

static int run_step(struct book *b, const struct takeback_step *step, struct fault *f)
{
	struct text now = buf_text(&step->now), then = buf_text(&step->then);
	int rc = 0;

	if (step->kind == TAKEBACK_CREATE)
		return book_create(b, step->path, then, f);
	if (step->kind == TAKEBACK_REMOVE)
		return book_remove(b, step->path, now, f);
	if (!text_equal(now, then))
		rc = book_replace(b, step->path, now, then, f);
	if (!rc && step->to)
		rc = book_rename(b, step->path, step->to, f);
	return rc;
}

static void *mark_referring(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct text *old = ctx;

	(void)path;
	(void)id;
	return c && contact_refers(c, *old) ? ctx : NULL;
}

static int add_alias(struct contact *c, void *ctx, struct fault *f)
{
	const struct text *id = ctx;

	return contact_add(c, TEXT("alias"), *id, f);
}

/* Who referred to it since, by the name that it had, still finds it. */
static int keep_answering(struct app *app, const struct takeback_step *step)
{
	struct text id = contact_id_of(step->path);
	struct search s;
	bool any = false;

	if (!step->to || text_equal(id, contact_id_of(step->to)))
		return 0;
	int rc = search_run(app, &s, 0, NULL, mark_referring, &id);
	for (size_t i = 0; i < s.n; i++)
		any |= s.found[i]->data != NULL;
	search_release(&s);
	return rc || !any ? rc : app_change(app, step->to, add_alias, &id,
					    "its later name is an alias, as others refer to it");
}

int takeback_run(struct app *app, const struct takeback *t)
{
	size_t done = 0;
	int rc = 0;

	for (size_t i = 0; i < t->n && !app_interrupted(); i++) {
		struct fault f = FAULT_INIT;
		struct buf what = BUF_INIT;
		int one = run_step(&app->book, &t->at[i], &f) < 0 ? app_fault(app, &f) : 0;
		takeback_describe(&t->at[i], &what);
		if (!one)
			app_say(app, "%s", what.at);
		buf_release(&what);
		done += !one;
		rc = rc ? rc : one;
	}
	for (size_t i = 0; i < t->n && !rc; i++)
		rc = keep_answering(app, &t->at[i]);
	if (done < t->n) {
		app_say(app, "kith %s: done for %zu of %zu", app->cmd->name, done, t->n);
		rc = rc ? rc : EXIT_FAIL;
	}
	return rc;
}
