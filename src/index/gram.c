#include "index/gram.h"

#include "base/bits.h"
#include "base/buf.h"
#include "base/mem.h"

/*
 * A list is the steps from number to number, in bytes of seven bits, the low ones first; a set
 * high bit says that more follow. The first step counts from -1.
 *
 * A shard is 257 offsets of 32 bits (little-endian, from the end of the offsets), then its lists.
 */
struct gram_list {
	unsigned char *at; /* owned */
	uint32_t n, cap;
	uint32_t next;     /* the last number plus one */
};

enum { LISTS = GRAM_BUCKETS / GRAM_SHARDS, OFFSETS = LISTS + 1, OFFSET_BYTES = OFFSETS * 4 };

void grams_init(struct grams *g)
{
	g->lists = mem_alloc(GRAM_BUCKETS * sizeof *g->lists);
}

void grams_release(struct grams *g)
{
	for (size_t i = 0; i < GRAM_BUCKETS; i++)
		mem_free(g->lists[i].at);
	mem_free(g->lists);
	g->lists = NULL;
}

unsigned gram_bucket(struct text t)
{
	const unsigned char *s = (const unsigned char *)t.at;
	uint32_t three = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];

	return three * UINT32_C(2654435761) >> 16; /* Fibonacci hashing */
}

unsigned gram_shard_of(unsigned bucket)
{
	return bucket / LISTS;
}

static void add_byte(struct gram_list *l, unsigned char byte)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? l->cap * 2 : 16;
		l->at = mem_resize(l->at, l->cap, 1);
	}
	l->at[l->n++] = byte;
}

static void add_number(struct gram_list *l, uint32_t number)
{
	uint32_t step = number - l->next;

	for (; step >= 0x80; step >>= 7)
		add_byte(l, (unsigned char)(step | 0x80));
	add_byte(l, (unsigned char)step);
	l->next = number + 1;
}

void grams_add(struct grams *g, uint32_t number, struct text folded)
{
	for (size_t i = 0; i + GRAM_LENGTH <= folded.n; i++) {
		struct gram_list *l = &g->lists[gram_bucket(text_part(folded, i, folded.n))];
		if (l->next != number + 1)
			add_number(l, number);
	}
}

static void add_u32(uint32_t value, struct buf *out)
{
	for (int i = 0; i < 4; i++, value >>= 8)
		buf_add_char(out, (char)(value & 0xff));
}

static uint32_t u32_at(const char *at)
{
	const unsigned char *s = (const unsigned char *)at;

	return (uint32_t)s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 | (uint32_t)s[3] << 24;
}

void grams_shard(const struct grams *g, unsigned s, struct buf *out)
{
	const struct gram_list *lists = g->lists + (size_t)s * LISTS;
	uint32_t offset = 0;

	for (int i = 0; i < LISTS; i++) {
		add_u32(offset, out);
		offset += lists[i].n;
	}
	add_u32(offset, out);
	for (int i = 0; i < LISTS; i++)
		buf_add(out, (const char *)lists[i].at, lists[i].n);
}

bool gram_keep(struct text shard, unsigned bucket, struct bits *documents)
{
	unsigned place = bucket % LISTS;
	size_t number = 0; /* the least that is still to be judged */
	uint32_t step = 0;
	int shift = 0;

	if (shard.n < OFFSET_BYTES)
		return false;
	uint32_t from = u32_at(shard.at + place * 4), to = u32_at(shard.at + place * 4 + 4);
	if (from > to || to > shard.n - OFFSET_BYTES)
		return false;
	const unsigned char *at = (const unsigned char *)shard.at + OFFSET_BYTES;
	for (uint32_t i = from; i < to && number < documents->n; i++) {
		step |= (uint32_t)(at[i] & 0x7f) << shift;
		shift = at[i] & 0x80 ? (shift + 7) % 32 : 0;
		if (at[i] & 0x80)
			continue;
		size_t here = step < documents->n - number ? number + step : documents->n;
		bits_clear_range(documents, number, here);
		number = here + 1;
		step = 0;
	}
	if (number < documents->n)
		bits_clear_range(documents, number, documents->n);
	return true;
}
