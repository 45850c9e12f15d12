#ifndef MESSAGE_H
#define MESSAGE_H
/*
 * message - the words of a commit: who and what changed, by field.
 *
 *	paul-novak: email.work, +tags writer
 *
 *	Kith: set
 *
 * Of several contacts the subject says what fits, and the body has a line for each. All of it is
 * made visible, so that no name can put a line into it.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buf;

/* A file of the commit, before and after; what is not there has at = NULL. Borrowed. */
struct message_file {
	const char *path; /* below the book */
	struct text before, after;
};

struct message {
	struct text subject, about; /* may be empty */
	const char *command;
	bool secret; /* tell no value, only which keys changed */
};

/*
 * Append the whole message. An empty subject is made from the files, in some 72 columns:
 * "ID: what", "ID: new", "ID: removed", "ID is now ID: what" (moves). The last line is
 * "Kith: COMMAND ABOUT".
 */
void message_make(const struct message *m, const struct message_file *files, size_t n,
		  struct buf *out);

#endif
