#include "cmd/picture.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "cmd/child.h"
#include "cmd/cmd.h"

/* Files in memory for the program's three streams: no pipe that could fill up on either side. */
enum { STREAMS = 3 };

static void close_streams(const int *fds)
{
	for (int i = 0; i < STREAMS; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

static int open_streams(int *fds, struct fault *f)
{
	int rc = 0;

	for (int i = 0; i < STREAMS; i++) {
		fds[i] = memfd_create("kith-graph", MFD_CLOEXEC);
		if (fds[i] < 0)
			rc = fault_errno(f, "no memory file for Graphviz");
	}
	return rc;
}

static _Noreturn void become_dot(const int *fds, const char *format)
{
	enum { NOT_FOUND = 127 };
	struct buf option = BUF_INIT;

	for (int i = 0; i < STREAMS; i++)
		dup2(fds[i], i);
	buf_add_fmt(&option, "-T%s", format);
	execlp("dot", "dot", option.at, (char *)NULL);
	_exit(NOT_FOUND);
}

/* What was written to the stream, from its beginning. */
static int read_stream(int fd, struct buf *out, struct fault *f)
{
	enum { MOST = 1 << 30 };

	if (lseek(fd, 0, SEEK_SET) < 0)
		return fault_errno(f, "cannot read what Graphviz wrote");
	return file_read_all(fd, MOST, out, f);
}

static int tell_failure(int status, int errors, struct fault *f)
{
	enum { NOT_FOUND = 127 };
	struct fault unread = FAULT_INIT;
	struct buf said = BUF_INIT;
	struct text rest, line = TEXT_NONE;

	if (status == NOT_FOUND)
		return fault_set(f, FAULT_OS, "Graphviz is needed to draw it: there is no program "
					      "'dot' (Debian's package is graphviz)");
	if (read_stream(errors, &said, &unread) == 0) {
		rest = buf_text(&said);
		text_cut_line(&rest, &line);
	}
	fault_set(f, FAULT_OS, "Graphviz could not draw it%s%.*s", line.n ? ": " : "",
		  TEXT_FMT(line));
	buf_release(&said);
	return f->code;
}

static int draw(const int *fds, struct text dot, const char *format, struct buf *out,
		struct fault *f)
{
	if (file_write_all(fds[STDIN_FILENO], dot, f) < 0)
		return f->code;
	if (lseek(fds[STDIN_FILENO], 0, SEEK_SET) < 0)
		return fault_errno(f, "cannot hand over the graph");
	pid_t pid = child_start();
	if (pid == 0)
		become_dot(fds, format);
	if (pid < 0)
		return fault_errno(f, "cannot start Graphviz");
	int status = child_wait(pid);
	return status ? tell_failure(status, fds[STDERR_FILENO], f)
		      : read_stream(fds[STDOUT_FILENO], out, f);
}

int picture_draw(struct app *app, struct text dot, const char *format, struct buf *out)
{
	struct fault f = FAULT_INIT;
	int fds[STREAMS];

	if (open_streams(fds, &f) == 0)
		draw(fds, dot, format, out, &f);
	close_streams(fds);
	return f.code ? app_fault(app, &f) : 0;
}

static int save(const char *file, struct text bytes, struct fault *f)
{
	struct fault why = FAULT_INIT;
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0)
		return fault_errno(f, "cannot write %s", file);
	int rc = file_write_all(fd, bytes, &why);
	if (close(fd) < 0 && !rc)
		rc = fault_errno(&why, "cannot write");
	return rc ? fault_set(f, FAULT_OS, "%s: %s", file, why.msg) : 0;
}

int picture_save(struct app *app, const char *file, struct text bytes)
{
	struct fault f = FAULT_INIT;

	if (!strcmp(file, "-"))
		out_raw(&app->out, bytes);
	else if (save(file, bytes, &f) < 0)
		return app_fault(app, &f);
	return 0;
}
