#ifndef DOC_SPLICE_H
#define DOC_SPLICE_H
/*
 * doc_splice - new lines in place of old ones; what doc and doc_edit share. The
 * new text is gathered from the front, and read when it is whole; an edit on its
 * own is a batch of one.
 */
#include <stddef.h>

#include "base/text.h"

struct doc;

/* Read d->bytes anew, after an edit. */
void doc_reread(struct doc *d);
/* Forget which sections edits made. */
void doc_forget_made(struct doc *d);

/*
 * The line ending in use at a line. Only the last line may lack one, and where
 * it gets one, doc_splice takes it off again; a \r at its end must not get lost then.
 */
struct text doc_eol_at(const struct doc *d, size_t line);
/* Put `lines`, each with its ending, in place of the lines [from, to). */
void doc_splice(struct doc *d, size_t from, size_t to, struct text lines);

#endif
