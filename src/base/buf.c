#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

char buf_empty[1];

char *buf_room(struct buf *b, size_t more)
{
	size_t need = b->n + more + 1;
	if (need > b->cap) {
		size_t cap = b->cap ? b->cap : 64;
		while (cap < need)
			cap += cap / 2 + 16;
		b->at = mem_resize(b->cap ? b->at : NULL, cap, 1);
		b->cap = cap;
		b->at[b->n] = '\0';
	}
	return b->at + b->n;
}

void buf_set_len(struct buf *b, size_t n)
{
	assert(n < b->cap || n == 0);
	b->n = n;
	if (b->cap)
		b->at[n] = '\0';
}

void buf_add(struct buf *b, const char *s, size_t n)
{
	if (!n)
		return;
	memcpy(buf_room(b, n), s, n);
	buf_set_len(b, b->n + n);
}

void buf_add_str(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_add_text(struct buf *b, struct text t)
{
	buf_add(b, t.at, t.n);
}

void buf_add_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_add_fill(struct buf *b, char c, size_t n)
{
	if (!n)
		return;
	memset(buf_room(b, n), c, n);
	buf_set_len(b, b->n + n);
}

void buf_add_list(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;

	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	assert(n >= 0);
	vsnprintf(buf_room(b, (size_t)n), (size_t)n + 1, fmt, ap);
	buf_set_len(b, b->n + (size_t)n);
}

void buf_add_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_add_list(b, fmt, ap);
	va_end(ap);
}

void buf_add_rune(struct buf *b, unsigned rune)
{
	char s[4];
	buf_add(b, s, text_encode(rune, s));
}

struct text buf_text(const struct buf *b)
{
	return (struct text){ b->at, b->n };
}

char *buf_take(struct buf *b)
{
	char *s = b->cap ? b->at : mem_copy("", 0);
	*b = (struct buf)BUF_INIT;
	return s;
}

void buf_clear(struct buf *b)
{
	buf_set_len(b, 0);
}

void buf_release(struct buf *b)
{
	if (b->cap)
		mem_free(b->at);
	*b = (struct buf)BUF_INIT;
}
