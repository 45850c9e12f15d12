#ifndef CHANGED_H
#define CHANGED_H
/*
 * changed - contacts in two versions, and what differs, as diff and history print it.
 *
 *	struct changed_list list = CHANGED_INIT;
 *	for (size_t i = 0; i < commit->n_files; i++)
 *		if (changed_read(&list, past, &commit->files[i], &f) < 0) ...
 *	changed_compare(&list);
 *	for (size_t i = 0; i < list.n; i++) {
 *		changed_heading(&app->out, &list.at[i], 0);
 *		changed_print(&app->out, &list.at[i], 2);
 *	}
 *	changed_release(&list);
 */
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "contact/change.h"

struct buf;
struct contact;
struct out;
struct past;
struct past_file;

struct changed {
	struct contact *before, *after; /* owned; NULL: it was not there, it is there no more */
	struct changes changes;         /* after changed_compare */
};

struct changed_list {
	struct changed *at; /* owned */
	size_t n, cap;
};
#define CHANGED_INIT { 0 }

/* A version of the file `path`: its bytes, which are taken over. Owned by the caller. */
struct contact *changed_version(const char *path, struct buf *bytes);
void changed_forget(struct contact *version); /* NULL is allowed */
/*
 * Append the two versions of a file, which are taken over; NULL: it was not there. The book's
 * settings (BOOK_CONFIG) are compared in the same way.
 */
void changed_add(struct changed_list *list, struct contact *before, struct contact *after);
/* Append what a commit did to a file, read by the names of its blobs; NULL: no file. */
FALLIBLE int changed_read(struct changed_list *list, struct past *p, const struct past_file *file,
			  struct fault *f);
/*
 * When all are there: one that is gone and one that is new become a single one when they are the
 * same person (moves). Then each is compared; those with the same bytes and path fall out; the rest
 * is sorted by path.
 */
void changed_compare(struct changed_list *list);
void changed_release(struct changed_list *list);

/* Where it is, or was. */
const char *changed_path(const struct changed *c);

/* ---- printing ---- */

/* A line: the id, and "new", "removed", "renamed from ID" or "moved from PATH". */
void changed_heading(struct out *o, const struct changed *c, size_t indent);
/*
 * A line for each change, or one that says there is nothing but comments, spacing or order. Of
 * files that are no text nothing is told but that.
 */
void changed_print(struct out *o, const struct changed *c, size_t indent);
/*
 * {"id","path","was"?,"kind","changes":[{"section","key","kind","before"?,"after"?}]}: kind is
 * added, removed, renamed (which may come with changes), changed, or layout when no value
 * differs; was is the path before, where it is another. Of a change it is added, removed or set.
 * Owned by the caller.
 */
json_t *changed_json(const struct changed *c);

#endif
