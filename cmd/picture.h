#ifndef PICTURE_H
#define PICTURE_H
/*
 * picture - an image that was asked for: drawn by Graphviz where it is a graph, put where it shall
 * go.
 */
#include "base/text.h"

struct app;
struct buf;

/*
 * Have Graphviz's program draw a text in its language: "svg" or "png" bytes, appended. Returns 0,
 * or the exit status, having said so, as when it is not installed.
 */
int picture_draw(struct app *app, struct text dot, const char *format, struct buf *out);

/* Write the bytes to this file; "-" is stdout. Returns 0 or the exit status, having said so. */
int picture_save(struct app *app, const char *file, struct text bytes);

#endif
