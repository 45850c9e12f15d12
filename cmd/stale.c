#include "cmd/stale.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "cmd/dated.h"
#include "cmd/search.h"
#include "cmd/table.h"
#include "contact/contact.h"
#include "contact/field.h"
#include "history/dating.h"
#include "history/past.h"
#include "history/past_book.h"

/* What grows old unnoticed. */
static const char *const usual[] = { "phone", "email", "address", "org", "title", "role", "url",
				     "im", NULL };

struct work {
	struct app *app;
	struct text key;        /* empty: the usual ones */
	struct past_book *then;
	pthread_mutex_t lock;   /* around the fault */
	struct fault fault;     /* the first one */
};

/* Of one contact. */
struct old {
	char *path;            /* owned: as it was then */
	struct datings values;
};

/* A value, and whose it is. */
struct line {
	const struct match *match;
	const struct dated *value;
	size_t place; /* in the order they were found in */
};

struct lines {
	VEC(struct line) all;
};

/* ---- what is old ---- */

static bool is_wanted(const struct work *w, const struct dated *d)
{
	bool wanted = w->key.n && field_answers(d->key, w->key);

	for (size_t i = 0; !w->key.n && usual[i] && !wanted; i++)
		wanted = field_answers(d->key, text_of(usual[i]));
	return wanted && text_equal(d->section, TEXT("contact"));
}

static void keep_wanted(const struct work *w, struct datings *list)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		if (is_wanted(w, &list->at[i]))
			list->at[n++] = list->at[i];
	list->n = n;
}

static void keep_fault(struct work *w, const struct fault *f)
{
	pthread_mutex_lock(&w->lock);
	if (!w->fault.code)
		w->fault = *f;
	pthread_mutex_unlock(&w->lock);
}

/* Keep the values that were there then. NULL: who it is was not there, or nothing is left. */
static struct old *old_of(struct work *w, const struct contact *c, struct datings *values)
{
	struct fault f = FAULT_INIT;
	struct contact then;

	int rc = past_book_follow(w->then, c, &w->app->book, &then, &f);
	if (rc) {
		if (rc != FAULT_NOTFOUND)
			keep_fault(w, &f);
		return NULL;
	}
	struct old *old = NULL;
	datings_narrow(values, &then);
	if (values->n) {
		datings_own(values);
		old = mem_alloc(sizeof *old);
		*old = (struct old){ mem_copy(then.path, strlen(then.path)), *values };
		*values = (struct datings)DATINGS_INIT;
	}
	contact_release(&then);
	return old;
}

static void *visit(void *ctx, const char *path, struct text id, const struct contact *c)
{
	struct datings values = DATINGS_INIT;
	struct work *w = ctx;
	struct old *old = NULL;

	(void)path;
	(void)id;
	if (!c)
		return NULL;
	datings_of(c, &values);
	keep_wanted(w, &values);
	if (values.n)
		old = old_of(w, c, &values);
	datings_release(&values);
	return old;
}

static void release_old(struct old *old)
{
	if (!old)
		return;
	datings_release(&old->values);
	mem_free(old->path);
	mem_free(old);
}

/* ---- since when ---- */

static int date_all(struct app *app, const char *commit, struct search *s, struct fault *f)
{
	VEC(struct aging) all = VEC_INIT;

	for (size_t i = 0; i < s->n; i++) {
		struct old *old = s->found[i]->data;
		if (!old)
			continue;
		struct aging one = { old->path, &old->values };
		vec_push(&all, one);
	}
	int rc = dating_walk(app->past, commit, all.at, all.n, f);
	vec_release(&all);
	return rc;
}

/* What is so old that its day is not known comes first. */
static int by_age(const void *va, const void *vb)
{
	const struct line *a = va, *b = vb;
	int c = (b->value->how == DATED_BEFORE) - (a->value->how == DATED_BEFORE);

	if (!c)
		c = date_cmp(a->value->day, b->value->day);
	return c ? c : a->place < b->place ? -1 : 1;
}

static void gather(const struct search *s, struct lines *out)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct old *old = s->found[i]->data;
		for (size_t k = 0; old && k < old->values.n; k++) {
			struct line line = { s->found[i], &old->values.at[k], out->all.n };
			vec_push(&out->all, line);
		}
	}
	if (out->all.n)
		qsort(out->all.at, out->all.n, sizeof *out->all.at, by_age);
}

/* ---- printing ---- */

static void print_json(struct out *o, const struct lines *lines)
{
	out_json_begin(o);
	for (size_t i = 0; i < lines->all.n; i++) {
		const struct line *line = &lines->all.at[i];
		json_t *object = contact_json_bare(line->match->id, line->match->path);
		dated_json(line->value, object);
		out_json_value(o, object);
	}
	out_json_end(o);
}

static struct row *make_row(const struct line *line)
{
	struct row *row = row_new(4);
	struct buf text = BUF_INIT, day = BUF_INIT;

	dated_day(line->value, &day);
	row->cells[0] = cell_add(line->match->id, &text);
	row->cells[1] = cell_add(line->value->key, &text);
	row->cells[2] = cell_add(line->value->value, &text);
	row->cells[3] = cell_add(buf_text(&day), &text);
	row->text = buf_take(&text);
	buf_release(&day);
	return row;
}

static void print_table(struct out *o, const struct lines *lines)
{
	const struct text keys[] = { TEXT("id"), TEXT("key"), TEXT("value"), TEXT("set") };
	size_t n = lines->all.n;
	struct row **rows = mem_alloc(n * sizeof *rows);

	for (size_t i = 0; i < n; i++)
		rows[i] = make_row(&lines->all.at[i]);
	table_print(o, &(struct table){ keys, 4, true }, (const struct row *const *)rows, n);
	for (size_t i = 0; i < n; i++)
		row_free(rows[i]);
	mem_free(rows);
}

static int print(struct app *app, const struct stale *wish, const struct search *s)
{
	struct lines lines = { VEC_INIT };

	gather(s, &lines);
	size_t n = lines.all.n;
	if (app->json)
		print_json(&app->out, &lines);
	else if (wish->count)
		out_fmt(&app->out, "%zu\n", n);
	else if (n)
		print_table(&app->out, &lines);
	vec_release(&lines.all);
	if (n)
		return EXIT_DONE;
	if (!s->n)
		return search_none(app, s);
	app_say(app, "no such value is older than %s", wish->period);
	return EXIT_NO;
}

/* ---- the command ---- */

static int list(struct work *w, const struct stale *wish, const char *commit, int argc,
		char **argv)
{
	struct app *app = w->app;
	struct search s;

	int rc = search_run(app, &s, argc, argv, visit, w);
	if (!rc) {
		int damage = app_damage(app, &s.damage);
		struct fault *f = &w->fault;
		if (f->code || (!wish->count && date_all(app, commit, &s, f) < 0))
			rc = app_fault(app, f);
		else
			rc = print(app, wish, &s);
		rc = damage ? damage : rc;
	}
	for (size_t i = 0; i < s.n; i++)
		release_old(s.found[i]->data);
	search_release(&s);
	return rc;
}

static int open_then(struct work *w, struct text day, struct buf *commit)
{
	struct fault f = FAULT_INIT;
	struct app *app = w->app;

	int rc = app_open_past(app);
	if (!rc)
		rc = app_list(app);
	if (rc)
		return rc;
	w->then = past_book_new(app->past, app->book.root);
	if (past_commit(app->past, day, app->today, commit, &f) < 0 ||
	    past_book_add_commit(w->then, commit->at, &f) < 0)
		return app_fault(app, &f);
	return 0;
}

/* The first word that is a key; it is taken out. */
static struct text take_key(int *argc, char **argv)
{
	for (int i = 0; i < *argc; i++) {
		struct text word = text_of(argv[i]);
		if (!field_find(word))
			continue;
		--*argc;
		memmove(argv + i, argv + i + 1, (size_t)(*argc - i) * sizeof *argv);
		return word;
	}
	return TEXT_NONE;
}

int stale_list(struct app *app, const struct stale *wish, int argc, char **argv)
{
	struct work w = { .app = app, .lock = PTHREAD_MUTEX_INITIALIZER };
	struct buf day = BUF_INIT, commit = BUF_INIT;
	struct period period;

	if (!period_parse(text_of(wish->period), &period))
		return app_usage(app, "'%s' is no period; write it as 2y, 18m, 6w or 90d",
				 wish->period);
	w.key = wish->key ? text_of(wish->key) : take_key(&argc, argv);
	date_format(date_add(app->today, period, -1), &day);
	int rc = open_then(&w, buf_text(&day), &commit);
	if (!rc)
		rc = list(&w, wish, commit.at, argc, argv);
	past_book_free(w.then);
	buf_release(&day);
	buf_release(&commit);
	return rc;
}
