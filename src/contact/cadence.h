#ifndef CADENCE_H
#define CADENCE_H
/*
 * cadence - how often to be in touch: "3w" or "3w..2m", the ideal and the
 * limit. The limit is twice the ideal when left out.
 */
#include <stdbool.h>

#include "base/date.h"
#include "base/text.h"

struct cadence {
	struct period ideal, limit; /* ideal.n > 0 */
};

/* False, *out untouched, when it is no cadence or none ("0d"), or the limit is below the ideal. */
bool cadence_parse(struct text value, struct cadence *out);

#endif
