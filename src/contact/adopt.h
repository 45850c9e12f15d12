#ifndef ADOPT_H
#define ADOPT_H
/*
 * adopt - one field of a contact, as another version of it has it.
 *
 *	if (adopt_differs(&now, &then, TEXT("phone")))
 *		adopt_field(&now, &then, TEXT("phone"), &f);
 *
 * A field is all lines that answer to the key (field_answers): email is email.work too.
 */
#include <stdbool.h>

#include "base/fault.h"
#include "base/text.h"

struct contact;

/* Are the lines of the field others, or in another order? */
bool adopt_differs(const struct contact *c, const struct contact *other, struct text key);

/*
 * Make its lines those of the other version, in that order. Those that are the same at either end
 * of the row stay as they are, byte for byte; between them each takes the place of another as
 * long as there are any, the rest is added or removed.
 */
int adopt_field(struct contact *c, const struct contact *other, struct text key, struct fault *f);

#endif
