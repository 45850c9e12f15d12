#include "base/bits.h"

#include <string.h>

#include "base/mem.h"

static size_t words_of(size_t n)
{
	return (n + 63) / 64;
}

void bits_init(struct bits *b, size_t n, bool all)
{
	size_t words = words_of(n);

	b->n = n;
	b->words = mem_alloc(words * sizeof *b->words);
	if (!all)
		return;
	memset(b->words, 0xff, words * sizeof *b->words);
	if (n % 64)
		b->words[n / 64] = (UINT64_C(1) << n % 64) - 1;
}

void bits_release(struct bits *b)
{
	mem_free(b->words);
	*b = (struct bits){ 0 };
}

void bits_clear_range(struct bits *b, size_t from, size_t to)
{
	for (; from < to && from % 64; from++)
		bits_clear(b, from);
	for (; from + 64 <= to; from += 64)
		b->words[from / 64] = 0;
	for (; from < to; from++)
		bits_clear(b, from);
}

size_t bits_count(const struct bits *b)
{
	size_t count = 0;

	for (size_t i = 0; i < words_of(b->n); i++)
		count += (size_t)__builtin_popcountll(b->words[i]);
	return count;
}

void bits_or(struct bits *b, const struct bits *other)
{
	for (size_t i = 0; i < words_of(b->n); i++)
		b->words[i] |= other->words[i];
}

void bits_copy(struct bits *b, const struct bits *other)
{
	bits_init(b, other->n, false);
	bits_or(b, other);
}
