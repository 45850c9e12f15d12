#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "cmd/search.h"
#include "cmd/stale.h"
#include "cmd/table.h"
#include "cmd/value.h"
#include "contact/contact.h"

static const char *columns, *format, *sort;
static bool zero, count;
static struct stale stale;
static const struct opt opts[] = {
	{ "columns", 'c', OPT_TEXT, &columns, "KEY,KEY", "show these: id, last, any key" },
	{ "format", 'f', OPT_TEXT, &format, "TEXT", "a line each, with {KEY} for values" },
	{ "sort", 's', OPT_TEXT, &sort, "KEY", "order by id, last or any key; -KEY: backwards" },
	{ "zero", '0', OPT_FLAG, &zero, NULL, "end each with a NUL byte; ids, unless --format" },
	{ "count", 0, OPT_FLAG, &count, NULL, "only say how many" },
	{ "stale", 0, OPT_TEXT, &stale.period, "PERIOD", "values not set since then, a line each" },
	{ "key", 'k', OPT_TEXT, &stale.key, "KEY", "with --stale: values of this key" },
	OPT_END
};

/* What the threads need to know to make rows. */
struct plan {
	const struct app *app;
	VEC(struct text) keys; /* of the columns */
	struct text line;      /* the format, when lines are asked for */
	struct text sort;
	bool backwards;
};

static struct text value_for(const struct plan *p, const struct contact *c, const char *path,
			     struct text id, struct text key, struct buf *scratch)
{
	buf_clear(scratch);
	value_of(p->app, c, path, id, key, scratch);
	return buf_text(scratch);
}

static char *sort_value(struct text value)
{
	struct buf folded = BUF_INIT;

	text_fold(value, &folded);
	return buf_take(&folded);
}

static json_t *row_json(const struct plan *p, const struct contact *c, const char *path,
			struct text id, struct buf *scratch)
{
	if (!c)
		return contact_json_bare(id, path);
	bool all = p->keys.n == 1 && text_same(p->keys.at[0], TEXT("all"));
	json_t *json = contact_json(c, &p->app->book.config.kinds, p->keys.at, all ? 0 : p->keys.n);
	for (size_t i = 0; i < p->keys.n; i++) {
		if (!text_same(p->keys.at[i], TEXT("last")))
			continue;
		struct text last = value_for(p, c, path, id, TEXT("last"), scratch);
		if (last.n)
			json_object_set_new(json, "last", out_json_text(last));
	}
	return json;
}

static void add_cells(struct row *row, const struct plan *p, const struct contact *c,
		      const char *path, struct text id, struct buf *scratch)
{
	struct buf text = BUF_INIT;

	if (p->line.n) {
		value_format(p->app, c, path, id, p->line, &text);
		row->cells[0] = (struct cell){ 0, (uint32_t)text.n, 0 };
	}
	for (size_t i = 0; !p->line.n && i < row->n; i++) {
		struct text value = value_for(p, c, path, id, p->keys.at[i], scratch);
		row->cells[i] = cell_add(value, &text);
	}
	row->text = buf_take(&text);
}

static void *make_row(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct plan *p = ctx;
	size_t n = p->app->json ? 0 : p->line.n ? 1 : p->keys.n;
	struct row *row = row_new(n);
	struct buf scratch = BUF_INIT;

	if (p->sort.n)
		row->sort = sort_value(value_for(p, c, path, id, p->sort, &scratch));
	if (p->app->json)
		row->text = out_json_element(row_json(p, c, path, id, &scratch));
	else
		add_cells(row, p, c, path, id, &scratch);
	buf_release(&scratch);
	return row;
}

/* ---- order ---- */

static int by_sort_value(const void *va, const void *vb)
{
	const struct match *a = *(struct match *const *)va, *b = *(struct match *const *)vb;
	const struct row *ra = a->data, *rb = b->data;
	int c = strcmp(ra->sort, rb->sort);

	if (!c)
		c = strcmp(a->name, b->name);
	return c ? c : strcmp(a->path, b->path);
}

static void put_in_order(const struct plan *p, struct search *s)
{
	if (!p->sort.n)
		return;
	qsort(s->found, s->n, sizeof *s->found, by_sort_value);
	for (size_t i = 0; p->backwards && i < s->n / 2; i++) {
		struct match *other = s->found[i];
		s->found[i] = s->found[s->n - 1 - i];
		s->found[s->n - 1 - i] = other;
	}
}

/* ---- printing ---- */

static void print_table(struct out *o, const struct search *s, const struct plan *p)
{
	const struct row **rows = mem_alloc(s->n * sizeof *rows);
	struct table table = { p->keys.at, p->keys.n, columns != NULL };

	for (size_t i = 0; i < s->n; i++)
		rows[i] = s->found[i]->data;
	table_print(o, &table, rows, s->n);
	mem_free(rows);
}

static void print_lines(struct out *o, const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct row *row = s->found[i]->data;
		out_raw(o, cell_text(row, 0));
		out_raw(o, zero ? (struct text){ "", 1 } : TEXT("\n"));
	}
}

static void print_json(struct out *o, const struct search *s)
{
	out_json_begin(o);
	for (size_t i = 0; i < s->n; i++) {
		const struct row *row = s->found[i]->data;
		out_json_add(o, row->text);
	}
	out_json_end(o);
}

static void print(struct app *app, struct search *s, const struct plan *p)
{
	if (app->json)
		print_json(&app->out, s);
	else if (count)
		out_fmt(&app->out, "%zu\n", s->n);
	else if (p->line.n)
		print_lines(&app->out, s);
	else
		print_table(&app->out, s, p);
}

/* ---- the command ---- */

static void read_plan(struct plan *p)
{
	struct text list = text_of(columns ? columns : "id,name,email,phone,last"), key;

	while (text_cut(&list, ',', &key)) {
		key = text_trim(key);
		if (key.n)
			vec_push(&p->keys, key);
	}
	p->line = text_of(format ? format : zero ? "{id}" : "");
	p->sort = text_of(sort);
	p->backwards = text_starts(p->sort, TEXT("-"));
	if (p->backwards)
		p->sort = text_part(p->sort, 1, p->sort.n);
}

static int list(struct app *app, struct plan *p, int argc, char **argv)
{
	struct search s;
	int rc = search_run(app, &s, argc, argv, make_row, p);

	if (!rc) {
		int damage = app_damage(app, &s.damage);
		put_in_order(p, &s);
		if (s.n || app->json || count)
			print(app, &s, p);
		rc = s.n ? EXIT_DONE : search_none(app, &s);
		rc = damage ? damage : rc;
	}
	for (size_t i = 0; i < s.n; i++)
		row_free(s.found[i]->data);
	search_release(&s);
	return rc;
}

static int run_stale(struct app *app, int argc, char **argv)
{
	const char *other = columns ? "columns" : format ? "format" : sort ? "sort" : "zero";

	if (columns || format || sort || zero)
		return app_usage(app, "--stale lists values, oldest first; it takes no --%s",
				 other);
	stale.count = count;
	return stale_list(app, &stale, argc, argv);
}

static int run(struct app *app, int argc, char **argv)
{
	struct plan p = { .app = app };

	if (count && app->json)
		return app_usage(app, "--count is a number, --json a list; not both");
	if (stale.period)
		return run_stale(app, argc, argv);
	if (stale.key)
		return app_usage(app, "--key is for --stale; --columns names what is shown");
	read_plan(&p);
	int rc = p.keys.n ? list(app, &p, argc, argv) : app_usage(app, "--columns names no column");
	vec_release(&p.keys);
	return rc;
}

const struct command cmd_list = {
	.name = "list",
	.aliases = "ls find",
	.group = "recall",
	.args = "[QUERY]",
	.summary = "find contacts by anything you remember of them",
	.help = "Words are found anywhere in a contact; *kith help queries* tells all. Best match\n"
		"first; by name when no words are given. A file that cannot be read or is\n"
		"damaged is named on stderr and listed by its id.\n"
		"\n"
		"    kith list novelist tampa\n"
		"    kith list '#writer before:-6m' --sort last\n"
		"    kith list @comicon --format '{name}\\t{email}'\n"
		"    kith list -0 '#client' | xargs -0 -n1 kith show\n"
		"\n"
		"*--stale* 2y asks the history of the book which values are older than two years:\n"
		"a line each with id, key, value and the day it was set, oldest first. They are\n"
		"those of phone, email, address, org, title, role, url and im; or of one key,\n"
		"which is the first word that is a key of kith's, or what *-k* says. The other\n"
		"words are a query as ever.\n"
		"\n"
		"    kith list --stale 2y\n"
		"    kith list --stale 18m phone '#client'\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | NEGATIVE_ARGS | READS,
	.completes = "query*",
	.run = run,
};
