#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK = 8192 };

struct arena_block {
	struct arena_block *older;
	size_t size;
	alignas(max_align_t) char bytes[];
};

static struct arena_block *add_block(struct arena *a, size_t size)
{
	struct arena_block *b = mem_resize(NULL, 1, sizeof *b + size);
	b->older = a->blocks;
	b->size = size;
	a->blocks = b;
	return b;
}

#ifdef ARENA_DEBUG
void *arena_alloc(struct arena *a, size_t n)
{
	struct arena_block *b = add_block(a, n);
	memset(b->bytes, 0, n);
	return b->bytes;
}
#else
void *arena_alloc(struct arena *a, size_t n)
{
	size_t step = alignof(max_align_t);
	n = n ? (n + step - 1) / step * step : step;
	if (n > a->left) {
		size_t size = n > BLOCK / 4 ? n : BLOCK;
		struct arena_block *b = add_block(a, size);
		if (size != BLOCK) { /* a large piece of its own: go on filling the block before */
			if (b->older) {
				a->blocks = b->older;
				b->older = a->blocks->older;
				a->blocks->older = b;
			}
			return memset(b->bytes, 0, n);
		}
		a->next = b->bytes;
		a->left = size;
	}
	void *p = a->next;
	a->next += n;
	a->left -= n;
	return memset(p, 0, n);
}
#endif

char *arena_copy(struct arena *a, struct text t)
{
	char *s = arena_alloc(a, t.n + 1);
	if (t.n)
		memcpy(s, t.at, t.n);
	return s;
}

void arena_clear(struct arena *a)
{
	struct arena_block *keep = NULL, *b = a->blocks;

	while (b) {
		struct arena_block *older = b->older;
		if (!keep && b->size == BLOCK)
			keep = b;
		else
			mem_free(b);
		b = older;
	}
	*a = (struct arena)ARENA_INIT;
	if (keep) {
		keep->older = NULL;
		a->blocks = keep;
		a->next = keep->bytes;
		a->left = keep->size;
	}
}

void arena_release(struct arena *a)
{
	while (a->blocks) {
		struct arena_block *older = a->blocks->older;
		mem_free(a->blocks);
		a->blocks = older;
	}
	*a = (struct arena)ARENA_INIT;
}
