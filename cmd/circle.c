#include "cmd/circle.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "book/check.h"
#include "contact/contact.h"
#include "contact/query.h"

/* Who is asked for: some files, those who match a query, or, with neither, everybody. */
struct asking {
	struct book_found named;
	bool these;
	const char *const *paths; /* if these; borrowed */
	size_t n_paths;
	struct query *query;
};

struct scan {
	struct app *app;
	const struct asking *asking;
	struct network *net;
	struct findings **damage; /* by place */
};

static bool is_asked(const struct scan *scan, const char *path, const struct contact *c)
{
	const struct asking *a = scan->asking;

	for (size_t i = 0; i < a->n_paths; i++)
		if (!strcmp(path, a->paths[i]))
			return true;
	for (size_t i = 0; i < a->named.n; i++)
		if (!strcmp(path, a->named.at[i].path))
			return true;
	return !a->these && !a->named.n &&
	       (!a->query || query_match(a->query, c, &scan->app->book.config.kinds, NULL));
}

static void visit(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	const struct scan *scan = ctx;
	const char *path = scan->app->book.files[i].path;

	scan->damage[i] = check_scanned(path, c, why);
	if (c)
		network_add(scan->net, i, c, is_asked(scan, path, c));
}

static struct terms terms_of(const struct app *app)
{
	const struct config *config = &app->book.config;

	return (struct terms){ app->today,   config->me,      &config->kinds, config->every,
			       config->n_every, config->events, config->n_events };
}

static void say_damage(struct app *app, struct circle *c, struct findings **damage)
{
	struct findings all = FINDINGS_INIT;

	for (size_t i = 0; i < app->book.n_files; i++)
		findings_take(&all, damage[i]);
	c->damage = app_damage(app, &all);
	findings_release(&all);
}

static int read_book(struct app *app, struct circle *c, const struct asking *asking)
{
	struct terms terms = terms_of(app);
	struct fault f = FAULT_INIT;
	int rc = app_list(app);

	if (rc)
		return rc;
	size_t n = app->book.n_files;
	c->net = network_new(&terms, n);
	struct scan scan = { app, asking, c->net, mem_alloc(n * sizeof *scan.damage) };
	if (book_scan(&app->book, NULL, visit, &scan, &f) < 0)
		rc = app_fault(app, &f);
	say_damage(app, c, scan.damage);
	mem_free(scan.damage);
	network_ready(c->net);
	for (size_t i = 0; i < c->net->n; i++)
		c->n_asked += c->net->people[i].asked;
	return rc;
}

/* Is it a name, which decides, or else a query? */
static int read_asking(struct app *app, struct text words, struct asking *a, struct fault *unknown)
{
	struct fault f = FAULT_INIT;

	int code = book_resolve(&app->book, words, &a->named, unknown);
	bool named = !code || code == FAULT_AMBIGUOUS;
	if (named && a->named.at[0].match < MATCH_ANYWHERE)
		return 0;
	book_found_release(&a->named);
	if (query_parse(words, app->today, &a->query, &f) < 0)
		return app_usage(app, "query, column %u: %s", f.col, f.msg);
	return 0;
}

/* With the nearest names, where it may have been meant for one. */
static int say_nobody(struct app *app, const struct fault *unknown)
{
	if (unknown->code == FAULT_NOTFOUND)
		return app_fault(app, unknown);
	app_say(app, "nobody matches");
	return EXIT_NO;
}

int circle_read(struct app *app, struct circle *c, int argc, char **argv)
{
	struct fault unknown = FAULT_INIT;
	struct asking asking = { 0 };
	struct buf words = BUF_INIT;

	*c = (struct circle){ 0 };
	app_join(argc, argv, &words);
	int rc = text_trim(buf_text(&words)).n
			 ? read_asking(app, buf_text(&words), &asking, &unknown) : 0;
	if (!rc)
		rc = read_book(app, c, &asking);
	if (!rc && !c->n_asked && !c->damage && argc)
		rc = say_nobody(app, &unknown);
	book_found_release(&asking.named);
	query_free(asking.query);
	buf_release(&words);
	return rc;
}

int circle_read_these(struct app *app, struct circle *c, const char *const *paths, size_t n)
{
	struct asking asking = { .these = true, .paths = paths, .n_paths = n };

	*c = (struct circle){ 0 };
	return read_book(app, c, &asking);
}

int circle_read_one(struct app *app, struct circle *c, int argc, char **argv,
		    const struct person **who)
{
	const char *path;
	int rc = app_resolve_words(app, argc, argv, &path);

	*c = (struct circle){ 0 };
	*who = NULL;
	if (!rc)
		rc = circle_read_these(app, c, &path, 1);
	for (size_t i = 0; !rc && i < c->net->n; i++)
		if (c->net->people[i].asked)
			*who = &c->net->people[i];
	return rc || *who ? rc : EXIT_FAIL; /* why it could not be read was said */
}

int circle_close(struct circle *c, int rc)
{
	network_free(c->net);
	c->net = NULL;
	return c->damage && rc <= EXIT_NO ? c->damage : rc;
}

/* ---- saying ---- */

json_t *person_json(const struct person *p)
{
	json_t *json = contact_json_bare(p->s.id, p->s.path);

	json_object_set_new(json, "name", out_json_text(p->s.name));
	return json;
}

void promise_json(json_t *json, const struct summary_promise *p)
{
	json_object_set_new(json, "date", date_json(p->date));
	json_object_set_new(json, "who", json_string(p->they ? "they" : "me"));
	json_object_set_new(json, "text", out_json_text(p->text));
	json_object_set_new(json, "number", json_integer(p->number));
}

void date_say(struct date d, struct date today, struct buf *out)
{
	date_format(d, out);
	buf_add_str(out, ", ");
	date_format_ago(d, today, out);
}
