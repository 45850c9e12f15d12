#ifndef PLACE_H
#define PLACE_H
/*
 * place - where a file of the book stands: its folder, held open, and its name
 * in there. One place serves one path after the other, and keeps the folder
 * open while the paths stay in it.
 *
 *	struct place p = PLACE(b->fd);
 *	if (place_find(&p, "family/ana.ini", &f) == 0)
 *		file_read(p.folder, p.name, ...);
 *	place_close(&p);
 */
#include "base/fault.h"
#include "base/text.h"

struct buf;
struct contact;
struct file_stamp;

struct place {
	int root;         /* the book's folder, borrowed */
	int folder;       /* open; root itself for a file in no folder */
	struct text path; /* of the folder below root; borrowed from the path it was found by */
	const char *name; /* borrowed from the last path */
};
#define PLACE(root_fd) { (root_fd), (root_fd), TEXT_NONE, "" }

/* Go to a path below root; it is borrowed from then on. Faults of file_open_folder. */
FALLIBLE int place_find(struct place *p, const char *path, struct fault *f);
/* Go there and append the bytes of the file. stamp may be NULL. */
FALLIBLE int place_read(struct place *p, const char *path, struct buf *out,
			struct file_stamp *stamp, struct fault *f);
/* Go there and read the contact; the caller releases it. stamp may be NULL. */
FALLIBLE int place_load(struct place *p, const char *path, struct contact *out,
			struct file_stamp *stamp, struct fault *f);
/* Close the folder; the place is at root again. */
void place_close(struct place *p);

#endif
