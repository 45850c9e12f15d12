#ifndef TEXTCONV_H
#define TEXTCONV_H
/*
 * textconv - a contact in a normal form, for git to compare: of two files that differ only in
 * spacing it is the same.
 *
 *	[contact]
 *	name = Ada Lovelace
 *	note = first line
 *	    second line
 *
 * Comments and lines that are no key stay where they are; before a section, or the comments
 * right above it, stands the one blank line there is.
 */
#include "base/text.h"

struct buf;

/* Append it; of bytes that are damaged, or hold no key at all, just these. */
void textconv(struct text bytes, struct buf *out);

#endif
