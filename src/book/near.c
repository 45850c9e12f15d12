#include "book/near.h"

size_t near_limit(size_t n)
{
	return n > NEAR_LONGEST ? 0 : n / 3;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* One row of the table: the distances of a's first i bytes to each front of b. */
static size_t fill_row(struct text a, struct text b, size_t i, const size_t *above,
		       const size_t *above_that, size_t *row)
{
	size_t best = row[0] = i;

	for (size_t j = 1; j <= b.n; j++) {
		bool equal = a.at[i - 1] == b.at[j - 1];
		row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !equal);
		if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
			row[j] = least(row[j], above_that[j - 2] + 1);
		best = least(best, row[j]);
	}
	return best;
}

size_t near_distance(struct text a, struct text b, size_t limit)
{
	size_t rows[3][NEAR_LONGEST + 1], *row = rows[0], *above = rows[1], *above_that = rows[2];

	if (a.n > NEAR_LONGEST || b.n > NEAR_LONGEST || a.n > b.n + limit || b.n > a.n + limit)
		return limit + 1;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t *free_row = above_that;
		above_that = above;
		above = row;
		row = free_row;
		size_t best = fill_row(a, b, i, above, above_that, row);
		if (best > limit)
			return limit + 1;
	}
	return least(row[b.n], limit + 1);
}
