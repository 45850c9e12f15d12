#ifndef BOOK_SCENE_H
#define BOOK_SCENE_H
/*
 * book_scene - an empty book in a temporary folder, open, and a fault to use.
 */
#include "folder.h"

#include "book/book.h"

struct scene {
	char *root;
	struct book b;
	struct fault f;
};

static inline void scene_make(struct scene *s)
{
	*s = (struct scene){ .root = folder_make(), .f = FAULT_INIT };
	assert_int_equal(book_open(&s->b, s->root, &s->f), 0);
}

static inline void scene_lock(struct scene *s)
{
	assert_int_equal(book_lock(&s->b, 0, &s->f), 0);
}

static inline void scene_end(struct scene *s)
{
	book_close(&s->b);
	folder_remove(s->root);
}

#endif
