#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "cmd/search.h"
#include "cmd/value.h"
#include "contact/contact.h"

static const char *columns, *format, *sort;
static bool zero, count;
static const struct opt opts[] = {
	{ "columns", 'c', OPT_TEXT, &columns, "KEY,KEY", "show these (id, name, last, or any key)" },
	{ "format", 'f', OPT_TEXT, &format, "TEXT", "a line each, with {KEY} for values" },
	{ "sort", 's', OPT_TEXT, &sort, "KEY", "order by id, name, last or any key; -KEY turns it round" },
	{ "zero", '0', OPT_FLAG, &zero, NULL, "end each with a NUL byte; ids, unless --format says more" },
	{ "count", 0, OPT_FLAG, &count, NULL, "only say how many" },
	OPT_END
};

enum { SMALLEST_COLUMN = 8, GAP = 2 };

/* What the threads need to know to make rows. */
struct plan {
	const struct app *app;
	VEC(struct text) keys; /* of the columns */
	struct text line;      /* the format, when lines are asked for */
	struct text sort;
	bool backwards;
};

/* What is kept of a match when its file is gone. */
struct row {
	struct text *cells; /* one a column; or one, the formatted line */
	size_t n;
	char *sort;         /* folded, or NULL */
	json_t *json;
};

static struct text owned_value(const struct plan *p, const struct contact *c, const char *path,
			       struct text id, struct text key)
{
	struct buf b = BUF_INIT;

	value_of(p->app, c, path, id, key, &b);
	size_t n = b.n;
	return (struct text){ buf_take(&b), n };
}

static struct text owned_line(const struct plan *p, const struct contact *c, const char *path,
			      struct text id)
{
	struct buf b = BUF_INIT;

	value_format(p->app, c, path, id, p->line, &b);
	size_t n = b.n;
	return (struct text){ buf_take(&b), n };
}

static char *sort_value(const struct plan *p, const struct contact *c, const char *path, struct text id)
{
	struct buf folded = BUF_INIT;
	struct text value = owned_value(p, c, path, id, p->sort);

	text_fold(value, &folded);
	mem_free((char *)value.at);
	return buf_take(&folded);
}

static json_t *row_json(const struct plan *p, const struct contact *c, const char *path, struct text id)
{
	if (!c) {
		json_t *bare = json_object();
		json_object_set_new(bare, "id", out_json_text(id));
		json_object_set_new(bare, "path", out_json_text(text_of(path)));
		return bare;
	}
	bool all = p->keys.n == 1 && text_same(p->keys.at[0], TEXT("all"));
	json_t *json = contact_json(c, &p->app->book.config.kinds, p->keys.at, all ? 0 : p->keys.n);
	for (size_t i = 0; i < p->keys.n; i++) {
		if (!text_same(p->keys.at[i], TEXT("last")))
			continue;
		struct text last = owned_value(p, c, path, id, TEXT("last"));
		if (last.n)
			json_object_set_new(json, "last", out_json_text(last));
		mem_free((char *)last.at);
	}
	return json;
}

static void *make_row(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct plan *p = ctx;
	struct row *row = mem_alloc(sizeof *row);

	if (p->sort.n)
		row->sort = sort_value(p, c, path, id);
	if (p->app->json) {
		row->json = row_json(p, c, path, id);
		return row;
	}
	row->n = p->line.n ? 1 : p->keys.n;
	row->cells = mem_alloc(row->n * sizeof *row->cells);
	for (size_t i = 0; i < row->n; i++)
		row->cells[i] = p->line.n ? owned_line(p, c, path, id)
					  : owned_value(p, c, path, id, p->keys.at[i]);
	return row;
}

static void free_row(struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		mem_free((char *)row->cells[i].at);
	mem_free(row->cells);
	mem_free(row->sort);
	mem_free(row);
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

/* As wide as the widest cell; on a terminal the widest columns give way until a row fits. */
static void fit_columns(const struct out *o, const struct search *s, const struct plan *p, size_t *widths)
{
	size_t total = (p->keys.n - 1) * GAP;

	for (size_t k = 0; k < p->keys.n; k++) {
		widths[k] = o->terminal ? out_width(p->keys.at[k]) : 0;
		for (size_t i = 0; i < s->n; i++) {
			const struct row *row = s->found[i]->data;
			size_t w = out_width(row->cells[k]);
			if (w > widths[k])
				widths[k] = w;
		}
		total += widths[k];
	}
	while (o->columns && total > (size_t)o->columns) {
		size_t widest = 0;
		for (size_t k = 1; k < p->keys.n; k++)
			if (widths[k] > widths[widest])
				widest = k;
		if (widths[widest] <= SMALLEST_COLUMN)
			break;
		widths[widest]--;
		total--;
	}
}

/* The last column is not padded, and an empty one at the end leaves no blanks. */
static void print_cells(struct out *o, const struct text *cells, const size_t *widths, size_t n)
{
	while (n > 1 && !cells[n - 1].n)
		n--;
	for (size_t k = 0; k < n; k++) {
		bool last = k + 1 == n;
		bool cut = o->columns && out_width(cells[k]) > widths[k];
		out_cell(o, cells[k], last && !cut ? 0 : widths[k]);
		if (!last)
			out_fmt(o, "%*s", GAP, "");
	}
	out_str(o, "\n");
}

static void print_table(struct out *o, const struct search *s, const struct plan *p)
{
	size_t *widths = mem_alloc(p->keys.n * sizeof *widths);

	fit_columns(o, s, p, widths);
	if (o->terminal) {
		out_style(o, STYLE_DIM);
		print_cells(o, p->keys.at, widths, p->keys.n);
		out_style(o, STYLE_PLAIN);
	}
	for (size_t i = 0; i < s->n; i++) {
		const struct row *row = s->found[i]->data;
		print_cells(o, row->cells, widths, row->n);
	}
	mem_free(widths);
}

static void print_lines(struct out *o, const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct row *row = s->found[i]->data;
		out_raw(o, row->cells[0]);
		out_raw(o, zero ? (struct text){ "", 1 } : TEXT("\n"));
	}
}

static void print_json(struct out *o, struct search *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->n; i++) {
		struct row *row = s->found[i]->data;
		json_array_append_new(list, row->json);
	}
	out_json(o, list);
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
		rc = s.n ? damage : search_none(app, &s);
	}
	for (size_t i = 0; i < s.n; i++)
		free_row(s.found[i]->data);
	search_release(&s);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct plan p = { .app = app };

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
	.help = "Words are found anywhere in a contact; *kith help query* tells all. Best match first; by name\n"
		"when no words are given. A file that cannot be read or is damaged is named on stderr and listed\n"
		"by its id.\n"
		"\n"
		"    kith list novelist tampa\n"
		"    kith list '#writer before:-6m' --sort last\n"
		"    kith list @comicon --format '{name}\\t{email}'\n"
		"    kith list -0 '#client' | xargs -0 -n1 kith show\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | NEGATIVE_ARGS | READS,
	.completes = "query",
	.run = run,
};
