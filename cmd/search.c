#include "cmd/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/cmd.h"
#include "contact/contact.h"
#include "contact/lookup.h"
#include "contact/query.h"

/* What a thread leaves behind for file i. */
struct slot {
	struct match *match;
	struct findings *damage;
};

struct scan {
	struct app *app;
	const struct query *query;
	search_visit visit;
	void *ctx;
	struct slot *slots;
};

static char *folded_name(struct text name)
{
	struct buf b = BUF_INIT;

	text_fold(name, &b);
	return buf_take(&b);
}

static void visit_file(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	struct scan *scan = ctx;
	const struct book *book = &scan->app->book;
	const struct book_file *file = &book->files[i];
	int rank = 0;

	bool match = c ? query_match(scan->query, c, &book->config.kinds, &rank)
		       : query_is_empty(scan->query);
	if (match || !c || c->damage != CONTACT_SOUND)
		scan->slots[i].damage = check_scanned(file->path, c, why);
	if (!match)
		return;
	struct match *m = mem_alloc(sizeof *m);
	m->path = file->path;
	m->id = file->id;
	m->rank = rank;
	if (c && !query_is_empty(scan->query))
		m->last = contact_last(c, &book->config.kinds, scan->app->today);
	m->name = folded_name(c ? contact_name(c) : file->id);
	if (scan->visit)
		m->data = scan->visit(scan->ctx, file->path, file->id, c);
	scan->slots[i].match = m;
}

static void gather(struct search *s, struct slot *slots, size_t n)
{
	s->found = mem_alloc(n * sizeof *s->found);
	for (size_t i = 0; i < n; i++) {
		if (slots[i].match)
			s->found[s->n++] = slots[i].match;
		findings_take(&s->damage, slots[i].damage);
	}
}

static int by_name(const struct match *a, const struct match *b)
{
	int c = strcmp(a->name, b->name);
	return c ? c : strcmp(a->path, b->path);
}

static int by_name_only(const void *a, const void *b)
{
	return by_name(*(struct match *const *)a, *(struct match *const *)b);
}

static int by_rank(const void *va, const void *vb)
{
	const struct match *a = *(struct match *const *)va, *b = *(struct match *const *)vb;
	int c = a->rank - b->rank;

	if (!c)
		c = date_cmp(b->last, a->last);
	return c ? c : by_name(a, b);
}

static bool may_match(void *ctx, const char *path, struct text bytes)
{
	const struct scan *scan = ctx;

	return query_may_match(scan->query, path, bytes);
}

static void narrow(void *ctx, const struct lookup *l, struct bits *files)
{
	const struct scan *scan = ctx;

	query_narrow(scan->query, l, files);
}

static const struct book_sieve matching = { may_match, narrow };

static int scan_book(struct app *app, struct search *s, search_visit visit, void *ctx)
{
	struct fault f = FAULT_INIT;
	struct book *book = &app->book;

	int rc = app_list(app);
	if (rc)
		return rc;
	struct scan scan = { app, s->query, visit, ctx,
			     mem_alloc(book->n_files * sizeof(struct slot)) };
	if (book_scan(book, &matching, visit_file, &scan, &f) < 0)
		rc = app_fault(app, &f);
	gather(s, scan.slots, book->n_files);
	mem_free(scan.slots);
	qsort(s->found, s->n, sizeof *s->found, query_is_empty(s->query) ? by_name_only : by_rank);
	return rc;
}

int search_run(struct app *app, struct search *s, int argc, char **argv, search_visit visit,
	       void *ctx)
{
	struct fault f = FAULT_INIT;
	struct buf words = BUF_INIT;

	*s = (struct search){ .damage = FINDINGS_INIT };
	app_join(argc, argv, &words);
	int rc = query_parse(buf_text(&words), app->today, &s->query, &f) < 0
			 ? app_usage(app, "query, column %u: %s", f.col, f.msg)
			 : scan_book(app, s, visit, ctx);
	buf_release(&words);
	return rc;
}

int search_none(struct app *app, const struct search *s)
{
	if (query_is_empty(s->query))
		app_say(app, "the book is empty; 'kith new NAME' adds somebody");
	else
		app_say(app, "nobody matches");
	return EXIT_NO;
}

void search_release(struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		mem_free(s->found[i]->name);
		mem_free(s->found[i]);
	}
	mem_free(s->found);
	query_free(s->query);
	findings_release(&s->damage);
}
