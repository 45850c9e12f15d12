#include "history/stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

enum { PIECE = 1 << 16 };

bool stream_runs(const struct stream *s)
{
	return s->program.pid != 0;
}

int stream_start(struct stream *s, const struct repo *r, const char *const *args, bool with_input,
		 struct fault *f)
{
	*s = (struct stream)STREAM_NONE;
	return program_start(r, args, with_input, &s->program, f);
}

/* Read some more; false at the end. */
static bool fill(struct stream *s)
{
	size_t left = s->bytes.n - s->at;
	ssize_t n;

	if (s->at)
		memmove(s->bytes.at, s->bytes.at + s->at, left);
	buf_set_len(&s->bytes, left);
	s->at = 0;
	char *room = buf_room(&s->bytes, PIECE);
	do
		n = read(s->program.out, room, PIECE);
	while (n < 0 && errno == EINTR);
	buf_set_len(&s->bytes, left + (n > 0 ? (size_t)n : 0));
	return n > 0;
}

bool stream_cut(struct stream *s, char end, struct text *piece)
{
	for (size_t seen = 0;;) {
		struct text left = text_part(buf_text(&s->bytes), s->at, s->bytes.n);
		size_t n = seen + text_find(text_part(left, seen, left.n), end);
		if (n < left.n) {
			*piece = text_part(left, 0, n);
			s->at += n + 1;
			return true;
		}
		seen = left.n;
		if (!fill(s))
			return false;
	}
}

bool stream_take(struct stream *s, size_t n, struct text *piece)
{
	while (s->bytes.n - s->at < n)
		if (!fill(s))
			return false;
	*piece = text_part(buf_text(&s->bytes), s->at, s->at + n);
	s->at += n;
	return true;
}

int stream_write(struct stream *s, struct text bytes, struct fault *f)
{
	return file_write_all(s->program.in, bytes, f);
}

int stream_end(struct stream *s, struct fault *f)
{
	buf_release(&s->bytes);
	s->at = 0;
	return program_end(&s->program, f);
}

void stream_stop(struct stream *s)
{
	buf_release(&s->bytes);
	s->at = 0;
	program_stop(&s->program);
}
