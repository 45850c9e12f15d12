#ifndef SETUP_H
#define SETUP_H
/*
 * setup - a repository for a book that has none, and git's settings for showing contacts.
 */
#include <stdbool.h>

#include "base/fault.h"

struct repo;

/*
 * Make a repository of the book's folder. FAULT_EXISTS, which names it: it is in one already;
 * FAULT_NOTFOUND: there is no libgit2.
 */
FALLIBLE int setup_repository(const char *book_root, struct fault *f);

/*
 * Have git show contacts by section and field: the diff driver `kith` (gitattributes(5)) in the
 * repository's own settings. What is set there already stays; *changed: something was not.
 */
FALLIBLE int setup_driver(const struct repo *r, bool *changed, struct fault *f);

#endif
