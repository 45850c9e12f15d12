#ifndef LOOKUP_H
#define LOOKUP_H
/*
 * lookup - which of the book's files may hold a piece of text, without reading
 * them. Whoever searches asks; an index answers.
 *
 * The answer errs on one side: a file that holds the piece is never left out.
 */
#include "base/text.h"

struct bits;

struct lookup {
	void *ctx;
	/*
	 * Clear in `files`, a set of places in the listing, those that surely do not hold the
	 * piece: folded (needle_fold), without a space in it; or the digits (needle_digits) of a
	 * phone number.
	 */
	void (*keep)(void *ctx, struct text piece, struct bits *files);
};

/* Clear those that surely do not hold all words of a folded text. */
static inline void lookup_words(const struct lookup *l, struct text words, struct bits *files)
{
	struct text word;

	while (text_cut_word(&words, &word))
		l->keep(l->ctx, word, files);
}

#endif
