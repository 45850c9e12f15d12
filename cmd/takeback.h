#ifndef TAKEBACK_H
#define TAKEBACK_H
/*
 * takeback - what one commit did to the book, undone in the book of today.
 *
 * Each contact of the commit is merged by field: what was changed later stays. All of it is
 * planned, and everything that stays is named, before anything is written.
 *
 *	struct takeback t = TAKEBACK_INIT;
 *	int rc = takeback_plan(app, &list, &t);         what the commit changed
 *	if (!rc)
 *		rc = takeback_run(app, &t);
 *	takeback_release(&t);
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct app;
struct changed_list;

enum takeback_kind {
	TAKEBACK_CHANGE, /* the file gets other bytes, and maybe another path */
	TAKEBACK_CREATE,
	TAKEBACK_REMOVE
};

struct takeback_step {
	enum takeback_kind kind;
	char *path;            /* owned: where the file is, or is to be */
	char *to;              /* owned: its path when all is done; NULL: the same */
	struct buf now, then;  /* its bytes */
};

struct takeback {
	struct takeback_step *at; /* owned; in the order in which they are to be done */
	size_t n, cap;
	size_t stays; /* how many things were named as staying */
};
#define TAKEBACK_INIT { 0 }

/*
 * Find out what is to be done about these changes of a commit, and say what stays and why. To be
 * called under the book's lock, with the book listed. Returns 0 or the exit status.
 */
int takeback_plan(struct app *app, const struct changed_list *list, struct takeback *t);
void takeback_release(struct takeback *t);

/* Append what the step does, in a few words: "paul: title", "ana.ini is removed". */
void takeback_describe(const struct takeback_step *step, struct buf *out);

/*
 * Do it, and say so, step by step. A step that fails is named and does not keep back the others.
 * Returns 0, or the exit status when not all was done.
 */
int takeback_run(struct app *app, const struct takeback *t);

#endif
