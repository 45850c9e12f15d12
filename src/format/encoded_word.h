#ifndef ENCODED_WORD_H
#define ENCODED_WORD_H
/*
 * encoded_word - text of mail headers as it was meant: words like =?iso-8859-1?Q?Zo=EB?= (RFC
 * 2047) become the characters they stand for.
 *
 * It takes what mail programs get wrong, too: words without blanks around them or with blanks in
 * them, a character split over two words, charsets that nobody knows, and bytes that are no ASCII
 * and not encoded at all. Those are UTF-8 where they can be, else Latin-1.
 */
#include "base/text.h"

struct buf;

/* Append it, decoded. What comes out is UTF-8, and may have control characters in it. */
void encoded_word_decode(struct text t, struct buf *out);

/* Append bytes, with those that are no UTF-8 taken for Latin-1. */
void encoded_word_bytes(struct text bytes, struct buf *out);

#endif
