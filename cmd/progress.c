#include "cmd/progress.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "cmd/cmd.h"

enum { PATIENCE_MS = 1000, PAUSE_MS = 100 };

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Put this in place of the line; nothing takes it away. */
static void write_line(const struct progress *p, struct text line)
{
	struct buf b = BUF_INIT;

	buf_add_str(&b, "\r\x1b[K");
	buf_add_text(&b, line);
	ssize_t n = write(p->fd, b.at, b.n);
	(void)n;
	buf_release(&b);
}

static void update(struct progress *p, size_t done, size_t of)
{
	long long now = now_ms();
	struct buf line = BUF_INIT;

	if (!done && of)
		p->from = now + p->patience;
	if (done < of && (now < p->from || now < p->shown + PAUSE_MS))
		return;
	if (done < of)
		buf_add_fmt(&line, "reading: %zu of %zu files", done, of);
	if (line.n || p->shown)
		write_line(p, buf_text(&line));
	p->shown = line.n ? now : 0;
	buf_release(&line);
}

/* Whoever comes while another thread writes has nothing new to say. */
void progress_tell(void *ctx, size_t done, size_t of)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

	if (pthread_mutex_trylock(&lock))
		return;
	update(ctx, done, of);
	pthread_mutex_unlock(&lock);
}

void progress_attach(struct app *app)
{
	static struct progress p = { .fd = STDERR_FILENO, .patience = PATIENCE_MS };
	const char *term = getenv("TERM");

	if (app->quiet || !isatty(p.fd) || !term || !*term || !strcmp(term, "dumb"))
		return;
	app->book.progress = (struct book_progress){ .ctx = &p, .tell = progress_tell };
}
