#ifndef MEM_H
#define MEM_H
/*
 * mem - the one door to the heap. Running out of memory ends the process with
 * exit status 3 and a message: nothing on disk is ever half-written, so there
 * is nothing to undo, and no caller has an error path for it.
 */
#include <stddef.h>

/* n zeroed bytes; never NULL. */
void *mem_alloc(size_t n) __attribute__((malloc, returns_nonnull));

/* The block grown or shrunk to count x size bytes; p may be NULL. New bytes are not zeroed. */
void *mem_resize(void *p, size_t count, size_t size) __attribute__((returns_nonnull));

/* An owned, NUL-terminated copy of n bytes. */
char *mem_copy(const char *s, size_t n) __attribute__((malloc, returns_nonnull));

/* Free; NULL is allowed. */
void mem_free(void *p);

#endif
