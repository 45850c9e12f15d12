#include "index/sweep.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#include "base/crew.h"
#include "base/hash.h"
#include "book/book.h"
#include "book/place.h"

enum { CHUNK = 256 }; /* files a thread takes at a time */

static const int64_t second = 1000000000;

struct sweep {
	const struct book *book;
	uint64_t *stamps;
	int64_t now; /* by the clock that file systems use */
};

static int64_t nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * second + t.tv_nsec;
}

/* Could a change at `now` leave this time as it is? Some file systems count in twos of seconds. */
static bool is_racy(int64_t time, int64_t now)
{
	return time + (time % second ? 0 : 2 * second) >= now;
}

/* Where there is a ctime it alone decides: nobody can set it back. */
static uint64_t stamp_of(const struct stat *st, int64_t now)
{
	int64_t mtime = nanoseconds(st->st_mtim), ctime = nanoseconds(st->st_ctim);
	int64_t seen[] = { mtime, ctime, st->st_size, (int64_t)st->st_ino };

	if (is_racy(ctime, now) || (ctime % second == 0 && is_racy(mtime, now)))
		return SWEEP_UNSURE;
	uint64_t stamp = hash_bytes((struct text){ (const char *)seen, sizeof seen }, 0);
	return stamp ? stamp : 1;
}

static void stat_some(void *ctx, size_t from, size_t to)
{
	struct sweep *s = ctx;
	const struct book *b = s->book;
	struct place p = PLACE(b->fd);
	struct fault f = FAULT_INIT;
	struct stat st;

	for (size_t k = from; k < to; k++) {
		size_t i = book_by_folder(b, k);
		bool there = !place_find(&p, b->files[i].path, &f) &&
			     !fstatat(p.folder, p.name, &st, AT_SYMLINK_NOFOLLOW);
		s->stamps[i] = there ? stamp_of(&st, s->now) : SWEEP_UNSURE;
	}
	place_close(&p);
}

void sweep_files(const struct book *b, uint64_t *stamps)
{
	struct sweep s = { .book = b, .stamps = stamps };
	struct timespec now;

	clock_gettime(CLOCK_REALTIME_COARSE, &now);
	s.now = nanoseconds(now);
	crew_run(b->n_files, CHUNK, stat_some, &s);
}
