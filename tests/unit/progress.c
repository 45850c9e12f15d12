#include "unit.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "cmd/progress.h"

static char said[256];

/* What is told of these files, for a reading that began long ago or has just begun. */
static const char *tell(struct progress *p, size_t done, size_t of)
{
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	p->fd = fds[1];
	progress_tell(p, done, of);
	close(fds[1]);
	ssize_t n = read(fds[0], said, sizeof said - 1);
	close(fds[0]);
	said[n > 0 ? n : 0] = '\0';
	return said;
}

static void test_progress__is_one_line_that_goes_at_the_end(void **state)
{
	struct progress p = { .from = 0 };

	assert_string_equal(tell(&p, 32, 100), "\r\x1b[Kreading: 32 of 100 files");
	assert_string_equal(tell(&p, 100, 100), "\r\x1b[K");
	assert_string_equal(tell(&p, 100, 100), "");
	assert_string_equal(tell(&p, 0, 9), "\r\x1b[Kreading: 0 of 9 files");
	p.shown = 0;
	assert_string_equal(tell(&p, 5, 9), "\r\x1b[Kreading: 5 of 9 files");
}

static void test_progress__says_nothing_of_what_is_quickly_done(void **state)
{
	struct progress p = { .patience = LLONG_MAX / 2 };

	assert_string_equal(tell(&p, 0, 100), "");
	assert_string_equal(tell(&p, 32, 100), "");
	assert_string_equal(tell(&p, 100, 100), "");
}

static void test_progress__does_not_flicker(void **state)
{
	struct progress p = { .from = 0 };

	assert_string_not_equal(tell(&p, 1, 100), "");
	p.shown += 1000000; /* as if it had been now */
	assert_string_equal(tell(&p, 2, 100), "");
}
