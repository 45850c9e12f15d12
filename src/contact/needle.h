#ifndef NEEDLE_H
#define NEEDLE_H
/*
 * needle - what is looked for, and whether a value has it.
 *
 * A needle is folded once and compared with folded values. A word of one or two
 * characters must begin a word of the value; longer ones, and those of scripts that
 * put no space between words, may be any part of it. Quoted, the characters are
 * taken as they are. Digits are what is compared with phone numbers.
 */
#include <stdbool.h>

#include "base/text.h"

struct arena;
struct buf;

struct needle {
	struct text folded; /* by needle_fold */
	struct text digits; /* by needle_digits; may be empty */
	bool quoted;        /* not a word, but these characters in a row */
};

/* Fold a whole file and its path: what a sieve looks through. Appends to out. */
void needle_fold_file(const char *path, struct text bytes, struct buf *out);
/* Fold, white space squeezed to one space between words and none at the ends. Appends to out. */
void needle_fold(struct text t, struct buf *out);
/*
 * The digits of a folded phone number, as dialled from abroad: without "(0)" and
 * without leading zeros ("+49 (0)30 12" and "0049 30 12" are alike). Appends to out.
 */
void needle_digits(struct text folded, struct buf *out);

/* Make a needle of what was typed; its texts live in the arena. */
void needle_init(struct needle *n, struct text typed, bool quoted, struct arena *a);
/* Is it nothing but a phone number, of four digits or more? */
bool needle_is_phone(const struct needle *n);

/* Does the folded value have the needle? */
bool needle_in(const struct needle *n, struct text folded);

/* How well does it, the best place counting? */
enum needle_fit { NEEDLE_WORD, NEEDLE_START, NEEDLE_PART, NEEDLE_NONE };
enum needle_fit needle_fit(const struct needle *n, struct text folded);

#endif
