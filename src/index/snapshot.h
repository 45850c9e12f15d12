#ifndef SNAPSHOT_H
#define SNAPSHOT_H
/*
 * snapshot - what a book was like when it was indexed: its files in the order of
 * the listing, each with its stamp and the number its bytes are kept under.
 *
 * Bytes that are read anew get a new number; no number is ever used twice. Numbers are
 * gathered in segments: runs of them whose trigrams (gram.h) were written together.
 * A number in no segment is one of which nothing is known but the bytes.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "base/vec.h"

struct buf;

/* The number of a file that could not be read. */
#define NUMBER_NONE UINT32_C(0)
/* Set in the number of a damaged file: it may hold anything. */
#define NUMBER_DAMAGED (UINT32_C(1) << 31)

struct segment {
	uint32_t first, end; /* the numbers from first up to but not including end */
};

struct snapshot {
	const char *root;   /* the book's real path; borrowed, unless it was read */
	uint64_t inode;     /* of that folder */
	uint64_t seal;      /* of the blocks that go with it; another for each index built anew */
	uint32_t next;      /* the number that is given next */
	VEC(struct segment) segments; /* in order */
	size_t n;           /* files; of each: */
	uint64_t *stamps;   /* sweep.h; owned, as the next two */
	uint32_t *numbers;  /* or NUMBER_NONE */
	const char **paths; /* what they point to likewise */
	char *texts;        /* owned: root and paths as they were read; else NULL */
};
#define SNAPSHOT_INIT { .root = "", .next = 1, .segments = VEC_INIT }

/* Make room for n files, all zeros. */
void snapshot_size(struct snapshot *s, size_t n);
/* Append it in the form that snapshot_read takes. */
void snapshot_write(const struct snapshot *s, struct buf *out);
/* Read it. False: the bytes are no snapshot; s is then as by INIT. */
bool snapshot_read(struct snapshot *s, struct text bytes);
void snapshot_release(struct snapshot *s);

/* The segment a number is in, or NULL. */
const struct segment *snapshot_segment(const struct snapshot *s, uint32_t number);

#endif
