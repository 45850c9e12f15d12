#ifndef STEM_H
#define STEM_H
/*
 * stem - what the forms of an English word have in common: "photographs" and "photographer" are
 * both "photograph". The work is Snowball's, whose library is loaded when it is first needed, so
 * that nothing else waits for it. Where it is not installed a word is its own stem.
 *
 *	struct stemmer *s = stemmer_new();
 *	struct text stem = stemmer_stem(s, TEXT("photographs"));
 *	stemmer_free(s);
 */
#include "base/text.h"

struct stemmer;

/* Not for several threads at once. Owned by the caller. */
struct stemmer *stemmer_new(void);
/* The stem of a folded word; good until the next one is asked for. */
struct text stemmer_stem(struct stemmer *s, struct text word);
void stemmer_free(struct stemmer *s); /* NULL is fine */

#endif
