#include "cmd/editor.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "cmd/child.h"
#include "cmd/cmd.h"

static const char *editor_command(void)
{
	const char *names[] = { "VISUAL", "EDITOR" };

	for (int i = 0; i < 2; i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return value;
	}
	return "vi";
}

static int run_editor(const char *file, struct fault *f)
{
	enum { NOT_FOUND = 127 }; /* sh(1) */
	const char *command = editor_command();
	struct buf script = BUF_INIT;

	buf_add_fmt(&script, "%s \"$@\"", command);
	pid_t pid = child_start();
	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", script.at, command, file, (char *)NULL);
		_exit(NOT_FOUND);
	}
	buf_release(&script);
	if (pid < 0)
		return fault_errno(f, "cannot start the editor '%s'", command);
	int status = child_wait(pid);
	if (status == NOT_FOUND)
		return fault_set(f, FAULT_OS, "there is no editor '%s'; set EDITOR", command);
	if (status)
		return fault_set(f, FAULT_OS, "the editor '%s' did not end well", command);
	return 0;
}

/* What is in the file now: the editor may have replaced it, so it is opened anew. */
static int read_back(const struct draft *d, struct buf *text, struct fault *f)
{
	const char *slash = strrchr(d->path.at, '/');
	struct buf folder = BUF_INIT;

	buf_add(&folder, d->path.at, (size_t)(slash - d->path.at));
	int fd = open(folder.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? fault_errno(f, "cannot open %s", folder.at)
			: file_read(fd, slash + 1, FILE_LIMIT, text, NULL, f);
	if (fd >= 0)
		close(fd);
	buf_release(&folder);
	return rc == FAULT_NOTFOUND ? 0 : rc; /* removed: nothing was written */
}

int editor_write_on(struct draft *d, struct fault *f)
{
	struct fault unread = FAULT_INIT;
	struct buf text = BUF_INIT;
	int rc = run_editor(d->path.at, f);

	if (read_back(d, &text, &unread) < 0) {
		d->touched = true;
		if (rc == 0)
			rc = fault_set(f, FAULT_OS, "the draft cannot be read: %s", unread.msg);
	} else if (!text_equal(text_trim(buf_text(&text)), text_trim(buf_text(&d->text)))) {
		d->touched = text_trim(buf_text(&text)).n > 0;
	}
	buf_release(&d->text);
	d->text = text;
	return rc;
}

static int make_file(struct draft *d, struct text start, const char *suffix, struct fault *f)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR"), *temp = getenv("TMPDIR");
	const char *folder = runtime && runtime[0] == '/' ? runtime
			     : temp && temp[0] == '/'	  ? temp
							  : "/tmp";

	buf_add_fmt(&d->path, "%s/kith-XXXXXX%s", folder, suffix);
	int fd = mkostemps(d->path.at, (int)strlen(suffix), O_CLOEXEC);
	if (fd < 0) {
		fault_errno(f, "cannot make a temporary file in %s", folder);
		buf_clear(&d->path);
		return f->code;
	}
	int rc = file_write_all(fd, start, f);
	close(fd);
	return rc;
}

int editor_write(struct draft *d, struct text start, const char *suffix, struct fault *f)
{
	int rc = make_file(d, start, suffix, f);

	buf_add_text(&d->text, start);
	return rc == 0 ? editor_write_on(d, f) : rc;
}

void editor_settle(struct app *app, struct draft *d, int rc)
{
	struct fault f = FAULT_INIT;

	if (d->path.n && rc && d->touched) {
		fault_set(&f, FAULT_OS, "what was written is kept in %s", d->path.at);
		app_fault(app, &f);
	} else if (d->path.n) {
		unlink(d->path.at);
	}
	buf_release(&d->path);
	buf_release(&d->text);
}
