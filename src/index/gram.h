#ifndef GRAM_H
#define GRAM_H
/*
 * gram - which documents may hold a piece of text: lists of documents by the
 * three-byte pieces (trigrams) of their folded text.
 *
 * A text that holds a word holds all its trigrams, so the documents in all their lists are few
 * and no document with the word is left out; whoever asks looks at those again.
 * Trigrams are thrown into 2^16 buckets; buckets are kept in shards of 256 each, so that a
 * question reads a few of them only. Documents are numbered in the order in which they are added.
 *
 *	struct grams g;
 *	grams_init(&g);
 *	grams_add(&g, 0, text);  grams_add(&g, 1, other);
 *	grams_shard(&g, s, &blob);                for every shard: to be stored
 *	grams_release(&g);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct bits;
struct buf;

enum { GRAM_SHARDS = 256, GRAM_BUCKETS = 65536, GRAM_LENGTH = 3 };

struct grams {
	struct gram_list *lists; /* owned: one a bucket */
};

void grams_init(struct grams *g);
/* Add a document; numbers must grow. */
void grams_add(struct grams *g, uint32_t number, struct text folded);
/* Append shard s (0 to GRAM_SHARDS - 1) in the form that gram_keep reads. */
void grams_shard(const struct grams *g, unsigned s, struct buf *out);
void grams_release(struct grams *g);

/* The bucket of the trigram that begins at t.at; t is at least GRAM_LENGTH long. */
unsigned gram_bucket(struct text t);
/* The shard a bucket is in. */
unsigned gram_shard_of(unsigned bucket);

/*
 * Clear in `documents` every number that the bucket's list, which is in this shard, does not hold.
 * False, and nothing cleared, when the shard is damaged.
 */
bool gram_keep(struct text shard, unsigned bucket, struct bits *documents);

#endif
