#include <stdint.h>
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
	{ "columns", 'c', OPT_TEXT, &columns, "KEY,KEY", "show these: id, last, any key" },
	{ "format", 'f', OPT_TEXT, &format, "TEXT", "a line each, with {KEY} for values" },
	{ "sort", 's', OPT_TEXT, &sort, "KEY", "order by id, last or any key; -KEY: backwards" },
	{ "zero", '0', OPT_FLAG, &zero, NULL, "end each with a NUL byte; ids, unless --format" },
	{ "count", 0, OPT_FLAG, &count, NULL, "only say how many" },
	OPT_END
};

enum { SMALLEST_COLUMN = 2, READABLE = 14, GAP = 2 };

/* What the threads need to know to make rows. */
struct plan {
	const struct app *app;
	VEC(struct text) keys; /* of the columns */
	struct text line;      /* the format, when lines are asked for */
	struct text sort;
	bool backwards;
};

/* A value made visible, and its width; its text is a part of the row's. */
struct cell {
	uint32_t from, n, width; /* a file is far smaller than that */
};

/* What is kept of a match when its file is gone; there may be very many. */
struct row {
	char *text; /* owned: of all cells, one behind the other; or the JSON */
	char *sort; /* owned: folded, or NULL */
	size_t n;
	struct cell cells[]; /* one a column, or one, the formatted line as it is */
};

static struct text value_for(const struct plan *p, const struct contact *c, const char *path,
			     struct text id, struct text key, struct buf *scratch)
{
	buf_clear(scratch);
	value_of(p->app, c, path, id, key, scratch);
	return buf_text(scratch);
}

static struct text cell_text(const struct row *row, size_t k)
{
	return (struct text){ row->text + row->cells[k].from, row->cells[k].n };
}

static struct cell add_visible(struct text value, struct buf *out)
{
	size_t from = out->n;

	text_visible(value, false, out);
	struct text shown = text_part(buf_text(out), from, out->n);
	return (struct cell){ (uint32_t)from, (uint32_t)shown.n, (uint32_t)text_width(shown) };
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
		row->cells[i] = add_visible(value, &text);
	}
	row->text = buf_take(&text);
}

static void *make_row(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct plan *p = ctx;
	size_t n = p->app->json ? 0 : p->line.n ? 1 : p->keys.n;
	struct row *row = mem_alloc(sizeof *row + n * sizeof *row->cells);
	struct buf scratch = BUF_INIT;

	row->n = n;
	if (p->sort.n)
		row->sort = sort_value(value_for(p, c, path, id, p->sort, &scratch));
	if (p->app->json)
		row->text = out_json_element(row_json(p, c, path, id, &scratch));
	else
		add_cells(row, p, c, path, id, &scratch);
	buf_release(&scratch);
	return row;
}

static void free_row(struct row *row)
{
	mem_free(row->text);
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

/* The widest columns give way: none is wider than what makes a row fit. */
static void narrow_columns(size_t *widths, size_t n, size_t room)
{
	size_t low = SMALLEST_COLUMN, high = room;

	while (low < high) {
		size_t cap = (low + high + 1) / 2, total = 0;
		for (size_t k = 0; k < n; k++)
			total += widths[k] < cap ? widths[k] : cap;
		if (total <= room)
			low = cap;
		else
			high = cap - 1;
	}
	for (size_t k = 0; k < n; k++)
		if (widths[k] > low)
			widths[k] = low;
}

static size_t natural_width(const struct out *o, const struct search *s, const struct plan *p,
			    size_t k)
{
	size_t width = o->terminal ? out_width(p->keys.at[k]) : 0;

	for (size_t i = 0; i < s->n; i++) {
		const struct row *row = s->found[i]->data;
		if (row->cells[k].width > width)
			width = row->cells[k].width;
	}
	return width;
}

/*
 * As wide as the widest cell, on a terminal as its width allows. Returns how many columns are
 * shown: where those that nobody chose would all be cut to pieces, the ones on the right are
 * left out.
 */
static size_t fit_columns(const struct out *o, const struct search *s, const struct plan *p,
			  size_t *widths)
{
	size_t room = (size_t)o->columns, n = p->keys.n, readable = 0;

	for (size_t k = 0; k < n; k++) {
		widths[k] = natural_width(o, s, p, k);
		readable += (widths[k] < READABLE ? widths[k] : READABLE) + GAP;
		if (room && !columns && k > 1 && readable > room + GAP)
			n = k;
	}
	if (room && room > (n - 1) * GAP)
		narrow_columns(widths, n, room - (n - 1) * GAP);
	return n;
}

/* The last column is not padded, and empty ones at the end leave no blanks. */
static void print_row(struct out *o, const struct row *row, const size_t *widths, size_t n)
{
	while (n > 1 && !row->cells[n - 1].n)
		n--;
	for (size_t k = 0; k < n; k++) {
		size_t w = row->cells[k].width;
		bool last = k + 1 == n, cut = w > widths[k];
		out_shown(o, cell_text(row, k), w, last && !cut ? 0 : widths[k]);
		out_str(o, last ? "\n" : "  ");
	}
}

static void print_heading(struct out *o, const struct plan *p, const size_t *widths, size_t n)
{
	out_style(o, STYLE_DIM);
	for (size_t k = 0; k < n; k++) {
		out_cell(o, p->keys.at[k], k + 1 < n ? widths[k] : 0);
		out_str(o, k + 1 < n ? "  " : "");
	}
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
}

static void print_table(struct out *o, const struct search *s, const struct plan *p)
{
	size_t *widths = mem_alloc(p->keys.n * sizeof *widths);
	size_t n = fit_columns(o, s, p, widths);

	if (o->terminal)
		print_heading(o, p, widths, n);
	for (size_t i = 0; i < s->n; i++) {
		print_row(o, s->found[i]->data, widths, n);
	}
	mem_free(widths);
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
		free_row(s.found[i]->data);
	search_release(&s);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct plan p = { .app = app };

	if (count && app->json)
		return app_usage(app, "--count is a number, --json a list; not both");
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
		"    kith list -0 '#client' | xargs -0 -n1 kith show\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | NEGATIVE_ARGS | READS,
	.completes = "query*",
	.run = run,
};
