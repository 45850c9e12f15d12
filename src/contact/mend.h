#ifndef MEND_H
#define MEND_H
/*
 * mend - put right what can only be meant one way: dates that begin with the
 * year but are not written as ISO dates, in fields, log and todo. Nothing else
 * is touched.
 */
#include <stddef.h>

struct contact;

/* Change the contact in memory; returns how many dates were put right. */
size_t mend_dates(struct contact *c);

#endif
