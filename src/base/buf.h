#ifndef BUF_H
#define BUF_H
/*
 * buf - bytes being built. It lives on the stack of the function that fills it
 * and crosses a call only as `struct buf *out`, to which the callee appends.
 * at[n] is always NUL, so at is a C string when the bytes hold no NUL.
 *
 *	struct buf b = BUF_INIT;
 *	buf_add_str(&b, "hello");
 *	puts(b.at);
 *	buf_release(&b);
 */
#include <stdarg.h>
#include <stddef.h>

#include "base/text.h"

struct buf {
	char *at;      /* owned; never NULL (BUF_INIT points at an empty string) */
	size_t n, cap; /* bytes used; bytes allocated, 0 while nothing is */
};
extern char buf_empty[1];
#define BUF_INIT { buf_empty, 0, 0 }

void buf_add(struct buf *b, const char *s, size_t n);
void buf_add_str(struct buf *b, const char *s);
void buf_add_text(struct buf *b, struct text t);
void buf_add_char(struct buf *b, char c);
/* The same character n times. */
void buf_add_fill(struct buf *b, char c, size_t n);
void buf_add_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same with its arguments in a list, which is used up. */
void buf_add_list(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
/* A code point as UTF-8. */
void buf_add_rune(struct buf *b, unsigned rune);

/* Room for `more` further bytes behind n, to be filled; buf_set_len says how many were. */
char *buf_room(struct buf *b, size_t more);
/* Say that n bytes are now in use (after writing into buf_room's). */
void buf_set_len(struct buf *b, size_t n);

/* The bytes as a text, borrowed until the next change. */
struct text buf_text(const struct buf *b);
/* The bytes as an owned C string; b is BUF_INIT afterwards. */
char *buf_take(struct buf *b);
/* Forget the bytes, keep the memory. */
void buf_clear(struct buf *b);
void buf_release(struct buf *b);

#endif
