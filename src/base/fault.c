#include "base/fault.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf may have cut a character in two: step back to its start and mark the cut. */
static void mark_cut(char *msg, size_t size)
{
	size_t end = size - 4;
	while (end > 0 && ((unsigned char)msg[end] & 0xc0) == 0x80)
		end--;
	memcpy(msg + end, "...", 4);
}

__attribute__((format(printf, 2, 0)))
static void set_message(struct fault *f, const char *fmt, va_list ap)
{
	int n = vsnprintf(f->msg, sizeof f->msg, fmt, ap);
	if (n >= (int)sizeof f->msg)
		mark_cut(f->msg, sizeof f->msg);
}

int fault_set(struct fault *f, enum fault_code code, const char *fmt, ...)
{
	va_list ap;

	*f = (struct fault){ .code = code };
	va_start(ap, fmt);
	set_message(f, fmt, ap);
	va_end(ap);
	return code;
}

int fault_errno(struct fault *f, const char *fmt, ...)
{
	enum { CAUSE = 64 }; /* longer than any; what is cut is the rest */
	const char *cause = strerror(errno);
	char what[sizeof f->msg - CAUSE];
	va_list ap;

	va_start(ap, fmt);
	int n = vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof what)
		mark_cut(what, sizeof what);
	return fault_set(f, FAULT_OS, "%s: %s", what, cause);
}

int fault_at(struct fault *f, const char *path, unsigned line, unsigned col)
{
	if (!f->path)
		f->path = path;
	if (!f->line) {
		f->line = line;
		f->col = col;
	}
	return f->code;
}
