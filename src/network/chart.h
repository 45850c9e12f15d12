#ifndef CHART_H
#define CHART_H
/*
 * chart - the months of stats as a picture: encounters as bars, below them who is new and who was
 * lost. SVG that needs nothing else: no style sheet, no script, no font of its own.
 */
#include "network/stats.h"

struct buf;

void chart_write_svg(const struct stats *s, struct buf *out); /* appends */

#endif
