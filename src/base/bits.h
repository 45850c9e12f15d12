#ifndef BITS_H
#define BITS_H
/*
 * bits - a set of the numbers from 0 to n - 1, a bit each.
 *
 *	struct bits files;
 *	bits_init(&files, n, true);
 *	bits_clear(&files, 3);
 *	bits_release(&files);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bits {
	uint64_t *words; /* owned; what is behind n is 0 */
	size_t n;
};

/* Of numbers below n: all of them, or none. */
void bits_init(struct bits *b, size_t n, bool all);
void bits_release(struct bits *b);

static inline bool bits_has(const struct bits *b, size_t i)
{
	return b->words[i / 64] >> i % 64 & 1;
}

static inline void bits_set(struct bits *b, size_t i)
{
	b->words[i / 64] |= UINT64_C(1) << i % 64;
}

static inline void bits_clear(struct bits *b, size_t i)
{
	b->words[i / 64] &= ~(UINT64_C(1) << i % 64);
}

/* Clear those from `from` up to but not including `to`. */
void bits_clear_range(struct bits *b, size_t from, size_t to);
/* How many are in it? */
size_t bits_count(const struct bits *b);
/* Add what the other one has, which is of the same size. */
void bits_or(struct bits *b, const struct bits *other);
/* A copy, to be released by itself. */
void bits_copy(struct bits *b, const struct bits *other);

#endif
