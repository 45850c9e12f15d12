#ifndef ARENA_H
#define ARENA_H
/*
 * arena - memory that is given back all at once. One contact, one arena: what
 * can be reached from the contact lives there. Compiled with -DARENA_DEBUG each
 * allocation is its own malloc, so that ASan sees an overrun of one byte.
 */
#include <stddef.h>

#include "base/text.h"

struct arena_block;

struct arena {
	struct arena_block *blocks; /* owned */
	char *next;                 /* free bytes of the newest block */
	size_t left;
};
#define ARENA_INIT { 0, 0, 0 }

/* n zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull));
/* A NUL-terminated copy. */
char *arena_copy(struct arena *a, struct text t) __attribute__((returns_nonnull));
/* Forget everything but keep one block for the next use. */
void arena_clear(struct arena *a);
void arena_release(struct arena *a);

#endif
