#include "contact/cadence.h"

static struct period twice(struct period p)
{
	enum { MOST = 9999 };
	p.n = p.n > MOST / 2 ? MOST : p.n * 2;
	return p;
}

bool cadence_parse(struct text value, struct cadence *out)
{
	struct cadence c;
	size_t dots = text_find(value, '.');

	if (!period_parse(text_trim(text_part(value, 0, dots)), &c.ideal) || c.ideal.n == 0)
		return false;
	struct text rest = text_part(value, dots, value.n);
	if (!rest.n)
		c.limit = twice(c.ideal);
	else if (!text_starts(rest, TEXT("..")) ||
		 !period_parse(text_trim(text_part(rest, 2, rest.n)), &c.limit) ||
		 period_days(c.limit) < period_days(c.ideal))
		return false;
	*out = c;
	return true;
}
