#ifndef TABLE_H
#define TABLE_H
/*
 * table - rows of values in columns that line up by what the eye sees, narrowed to the terminal.
 *
 *	struct buf text = BUF_INIT;
 *	struct row *row = row_new(2);
 *	row->cells[0] = cell_add(id, &text);
 *	row->cells[1] = cell_add(name, &text);
 *	row->text = buf_take(&text);
 *	...
 *	table_print(&app->out, &(struct table){ keys, 2, true }, rows, n);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct buf;
struct out;

/* A value made visible, and its width; its text is a part of the row's. */
struct cell {
	uint32_t from, n, width; /* a file is far smaller than that */
};

/* What is kept of a match when its file is gone; there may be very many. */
struct row {
	char *text; /* owned: of all cells, one behind the other; or whatever is to be printed */
	char *sort; /* owned: what it is ordered by, or NULL */
	size_t n;
	struct cell cells[];
};

/* With n cells, all of them empty; row_free gives it back. NULL may be freed. */
struct row *row_new(size_t n);
void row_free(struct row *row);

/* Append the value, made visible, to what becomes the row's text. */
struct cell cell_add(struct text value, struct buf *out);
struct text cell_text(const struct row *row, size_t k);

struct table {
	const struct text *keys; /* borrowed: the heading of each column, for a terminal */
	size_t n;
	bool chosen;             /* all columns are wanted, however narrow they get */
};

/* All rows have n cells at least. */
void table_print(struct out *o, const struct table *t, const struct row *const *rows, size_t n);

#endif
