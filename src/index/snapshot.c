#include "index/snapshot.h"

#include "base/buf.h"
#include "base/mem.h"

/* In front; then segments, stamps, numbers, root and paths, each text with a NUL behind it. */
struct head {
	uint64_t inode, seal, n_files;
	uint32_t next, n_segments;
};

void snapshot_size(struct snapshot *s, size_t n)
{
	s->n = n;
	s->stamps = mem_alloc(n * sizeof *s->stamps);
	s->numbers = mem_alloc(n * sizeof *s->numbers);
	s->paths = mem_alloc(n * sizeof *s->paths);
}

static void add(const void *at, size_t n, struct buf *out)
{
	buf_add(out, at, n);
}

void snapshot_write(const struct snapshot *s, struct buf *out)
{
	struct head head = { s->inode, s->seal, s->n, s->next, (uint32_t)s->segments.n };

	add(&head, sizeof head, out);
	add(s->segments.at, s->segments.n * sizeof *s->segments.at, out);
	add(s->stamps, s->n * sizeof *s->stamps, out);
	add(s->numbers, s->n * sizeof *s->numbers, out);
	add(s->root, strlen(s->root) + 1, out);
	for (size_t i = 0; i < s->n; i++)
		add(s->paths[i], strlen(s->paths[i]) + 1, out);
}

/* Take n things of `size` bytes off the front into `to`. */
static bool take(struct text *rest, size_t n, size_t size, void *to)
{
	if (n > rest->n / size)
		return false;
	if (n)
		memcpy(to, rest->at, n * size);
	*rest = text_part(*rest, n * size, rest->n);
	return true;
}

static bool take_string(struct text *rest, const char **out)
{
	size_t n = text_find(*rest, '\0');

	if (n == rest->n)
		return false;
	*out = rest->at;
	*rest = text_part(*rest, n + 1, rest->n);
	return true;
}

static bool read_parts(struct snapshot *s, struct text rest)
{
	struct head head;

	if (!take(&rest, 1, sizeof head, &head) || head.n_files > rest.n ||
	    head.n_segments > rest.n)
		return false;
	s->inode = head.inode;
	s->seal = head.seal;
	s->next = head.next;
	snapshot_size(s, head.n_files);
	s->segments.at = mem_alloc(head.n_segments * sizeof *s->segments.at);
	s->segments.n = s->segments.cap = head.n_segments;
	if (!take(&rest, s->segments.n, sizeof *s->segments.at, s->segments.at) ||
	    !take(&rest, s->n, sizeof *s->stamps, s->stamps) ||
	    !take(&rest, s->n, sizeof *s->numbers, s->numbers))
		return false;
	s->texts = mem_copy(rest.at, rest.n);
	rest.at = s->texts;
	if (!take_string(&rest, &s->root))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (!take_string(&rest, &s->paths[i]))
			return false;
	return true;
}

bool snapshot_read(struct snapshot *s, struct text bytes)
{
	*s = (struct snapshot)SNAPSHOT_INIT;
	if (read_parts(s, bytes))
		return true;
	snapshot_release(s);
	return false;
}

void snapshot_release(struct snapshot *s)
{
	vec_release(&s->segments);
	mem_free(s->stamps);
	mem_free(s->numbers);
	mem_free(s->paths);
	mem_free(s->texts);
	*s = (struct snapshot)SNAPSHOT_INIT;
}

const struct segment *snapshot_segment(const struct snapshot *s, uint32_t number)
{
	size_t low = 0, high = s->segments.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct segment *segment = &s->segments.at[middle];
		if (number >= segment->first && number < segment->end)
			return segment;
		if (number < segment->first)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
