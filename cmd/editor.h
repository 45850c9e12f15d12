#ifndef EDITOR_H
#define EDITOR_H
/*
 * editor - the user's editor: $VISUAL, else $EDITOR, else vi. It is run by sh,
 * so the value may carry arguments; the file's name never is part of the script.
 */
#include "base/text.h"

struct buf;
struct fault;

/* Run it on a file and wait. FAULT_OS when it can't be started or does not exit with 0. */
int editor_run(const char *file, struct fault *f);

/*
 * Let the user write text, starting from `start`, in a private temporary file whose name ends
 * in `suffix`; the bytes are appended to out and the file is removed. On failure it is kept,
 * and the fault names it.
 */
int editor_compose(struct text start, const char *suffix, struct buf *out, struct fault *f);

#endif
