#include "cmd/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/file.h"

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

int editor_run(const char *file, struct fault *f)
{
	const char *command = editor_command();
	struct buf script = BUF_INIT, path = BUF_INIT;
	int status;

	buf_add_fmt(&script, "%s \"$@\"", command);
	buf_add_fmt(&path, "%s%s", file[0] == '-' ? "./" : "", file); /* never an option */
	pid_t pid = fork();
	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", script.at, command, path.at, (char *)NULL);
		_exit(127);
	}
	buf_release(&script);
	buf_release(&path);
	if (pid < 0)
		return fault_errno(f, "cannot start the editor '%s'", command);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return fault_errno(f, "cannot wait for the editor '%s'", command);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return fault_set(f, FAULT_OS, "there is no editor '%s'; set EDITOR", command);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return fault_set(f, FAULT_OS, "the editor '%s' did not end well", command);
	return 0;
}

static int write_temp(int fd, struct text t, const char *path, struct fault *f)
{
	while (t.n) {
		ssize_t n = write(fd, t.at, t.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fault_errno(f, "cannot write %s", path);
		t = text_part(t, (size_t)n, t.n);
	}
	return 0;
}

/* What is in the file now: the editor may have replaced it, so it is opened anew. */
static int read_back(const char *path, struct buf *out, struct fault *f)
{
	const char *slash = strrchr(path, '/');
	struct buf folder = BUF_INIT;
	buf_add(&folder, path, (size_t)(slash - path));
	int fd = open(folder.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? fault_errno(f, "cannot open %s", folder.at)
			: file_read(fd, slash + 1, FILE_LIMIT, out, NULL, f);
	if (fd >= 0)
		close(fd);
	buf_release(&folder);
	return rc;
}

static int compose_in(const char *path, int fd, struct text start, struct buf *out,
		      struct fault *f)
{
	int rc = write_temp(fd, start, path, f);

	close(fd);
	if (rc == 0)
		rc = editor_run(path, f);
	if (rc == 0)
		rc = read_back(path, out, f);
	return rc;
}

int editor_compose(struct text start, const char *suffix, struct buf *out, struct fault *f)
{
	const char *runtime = getenv("XDG_RUNTIME_DIR"), *temp = getenv("TMPDIR");
	struct buf path = BUF_INIT;

	buf_add_str(&path, runtime && runtime[0] == '/' ? runtime
			   : temp && temp[0] == '/'     ? temp
							: "/tmp");
	buf_add_str(&path, "/kith-XXXXXX");
	buf_add_str(&path, suffix);
	int fd = mkostemps(path.at, (int)strlen(suffix), O_CLOEXEC);
	int rc = fd < 0 ? fault_errno(f, "cannot make a temporary file %s", path.at)
			: compose_in(path.at, fd, start, out, f);
	if (rc == 0) {
		unlink(path.at);
	} else if (fd >= 0) {
		struct fault why = *f;
		fault_set(f, why.code, "what was written is kept in %s: %s", path.at, why.msg);
	}
	buf_release(&path);
	return rc;
}
