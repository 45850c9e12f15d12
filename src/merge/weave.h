#ifndef WEAVE_H
#define WEAVE_H
/*
 * weave - what a merge has decided, put together.
 *
 * The order is that of the leading side; what only the other side has comes behind the piece
 * that it has it behind: entries of log and todo by date, a comment right above what it is about.
 * Byte order mark, kind of line ending and the lack of the last one are merged like any value.
 */
struct buf;
struct merging;

/* Append the result. */
void merging_weave(struct merging *g, struct buf *out);

#endif
