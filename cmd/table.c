#include "cmd/table.h"

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/out.h"

enum { SMALLEST_COLUMN = 2, READABLE = 14, GAP = 2 };

struct row *row_new(size_t n)
{
	struct row *row = mem_alloc(sizeof *row + n * sizeof *row->cells);

	row->n = n;
	return row;
}

void row_free(struct row *row)
{
	if (!row)
		return;
	mem_free(row->text);
	mem_free(row->sort);
	mem_free(row);
}

struct cell cell_add(struct text value, struct buf *out)
{
	size_t from = out->n;

	text_visible(value, false, out);
	struct text shown = text_part(buf_text(out), from, out->n);
	return (struct cell){ (uint32_t)from, (uint32_t)shown.n, (uint32_t)text_width(shown) };
}

struct text cell_text(const struct row *row, size_t k)
{
	return (struct text){ row->text + row->cells[k].from, row->cells[k].n };
}

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

static size_t natural_width(const struct out *o, const struct table *t,
			    const struct row *const *rows, size_t n, size_t k)
{
	size_t width = o->terminal ? out_width(t->keys[k]) : 0;

	for (size_t i = 0; i < n; i++)
		if (rows[i]->cells[k].width > width)
			width = rows[i]->cells[k].width;
	return width;
}

/*
 * As wide as the widest cell, on a terminal as its width allows. Returns how many columns are
 * shown: where those that nobody chose would all be cut to pieces, the ones on the right are
 * left out.
 */
static size_t fit_columns(const struct out *o, const struct table *t,
			  const struct row *const *rows, size_t n_rows, size_t *widths)
{
	size_t room = (size_t)o->columns, n = t->n, readable = 0;

	for (size_t k = 0; k < n; k++) {
		widths[k] = natural_width(o, t, rows, n_rows, k);
		readable += (widths[k] < READABLE ? widths[k] : READABLE) + GAP;
		if (room && !t->chosen && k > 1 && readable > room + GAP)
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

static void print_heading(struct out *o, const struct table *t, const size_t *widths, size_t n)
{
	out_style(o, STYLE_DIM);
	for (size_t k = 0; k < n; k++) {
		out_cell(o, t->keys[k], k + 1 < n ? widths[k] : 0);
		out_str(o, k + 1 < n ? "  " : "");
	}
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
}

void table_print(struct out *o, const struct table *t, const struct row *const *rows, size_t n)
{
	size_t *widths = mem_alloc(t->n * sizeof *widths);
	size_t shown = fit_columns(o, t, rows, n, widths);

	if (o->terminal)
		print_heading(o, t, widths, shown);
	for (size_t i = 0; i < n; i++)
		print_row(o, rows[i], widths, shown);
	mem_free(widths);
}
