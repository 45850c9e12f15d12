#ifndef EDITOR_H
#define EDITOR_H
/*
 * editor - text written in the user's editor: $VISUAL, else $EDITOR, else vi. It is run
 * by sh, so the value may carry arguments; the file's name never is part of the script.
 *
 * What is written is a draft: a private temporary file that lives until it is known what
 * became of the text, so that what was typed is there when it could not be saved.
 *
 *	struct draft d = DRAFT_INIT;
 *	int rc = editor_write(&d, start, ".txt", &f) < 0 ? app_fault(app, &f) : save(d.text);
 *	editor_settle(app, &d, rc);
 */
#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

struct app;
struct fault;

struct draft {
	struct buf path; /* empty while there is no file */
	struct buf text; /* what is in it */
	bool touched;    /* something was written in it, or it cannot be read */
};
#define DRAFT_INIT { BUF_INIT, BUF_INIT, false }

/*
 * Let the user write, starting from `start`, in a file whose name ends in `suffix`. FAULT_OS
 * when the editor can't be started or does not exit with 0; whatever was written is in the
 * draft all the same.
 */
int editor_write(struct draft *d, struct text start, const char *suffix, struct fault *f);

/* The same draft once more. */
int editor_write_on(struct draft *d, struct fault *f);

/*
 * What became of the text: with 0 it is saved, and the file is removed; else it is said where
 * it is kept, if it was touched and is not blank. Releases the draft, which may be DRAFT_INIT.
 */
void editor_settle(struct app *app, struct draft *d, int rc);

#endif
