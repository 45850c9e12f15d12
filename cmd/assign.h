#ifndef ASSIGN_H
#define ASSIGN_H
/*
 * assign - KEY=VALUE, KEY+=VALUE, KEY-=VALUE on the command line of new, set
 * and tag: reading them, and doing them to a contact.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/text.h"

struct buf;
struct contact;
struct fault;

enum assign_op { ASSIGN_SET = '=', ASSIGN_ADD = '+', ASSIGN_TAKE = '-' };

struct assign {
	enum assign_op op;
	struct text key;
	const char *value; /* owned: assign_release */
};

struct assigns {
	struct assign *at; /* owned */
	size_t n, cap;
};
#define ASSIGNS_INIT { 0 }

/* Does the word have the form of one: a key (no blanks), an operator? */
bool assign_is(const char *word);

/*
 * Append what the word says. Dates that people type are turned into ISO dates, and a date,
 * cadence or door that cannot be read is FAULT_USAGE with its right form.
 */
int assign_read(struct assigns *list, const char *word, struct date today, struct fault *f);
void assign_release(struct assigns *list);

/* Do all of them to the contact, in order; a book_change whose ctx is the struct assigns. */
int assign_apply(struct contact *c, void *list, struct fault *f);

/* Append "email.work, +tags writer": what was changed, by field. */
void assign_describe(const struct assigns *list, struct buf *out);

#endif
