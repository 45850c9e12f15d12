#include "cmd/out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/child.h"

enum { PIECE = 1 << 16 };

static bool is_set(const char *name)
{
	const char *v = getenv(name);
	return v && *v;
}

static bool wants_color(bool terminal)
{
	const char *force = getenv("CLICOLOR_FORCE"), *term = getenv("TERM");

	if (is_set("NO_COLOR"))
		return false;
	if (force && *force && strcmp(force, "0") != 0)
		return true;
	return terminal && term && *term && strcmp(term, "dumb") != 0;
}

static int terminal_columns(void)
{
	struct winsize size;
	long columns;

	if (text_number(text_of(getenv("COLUMNS")), 10, 10000, &columns))
		return (int)columns;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return 80;
}

bool out_init(struct out *o, const char *when)
{
	*o = (struct out){ .pending = BUF_INIT, .terminal = isatty(STDOUT_FILENO) };
	if (o->terminal)
		o->columns = terminal_columns();
	if (!when || !strcmp(when, "auto"))
		o->color = wants_color(o->terminal);
	else if (!strcmp(when, "always"))
		o->color = true;
	else
		return !strcmp(when, "never");
	return true;
}

/* ---- the pager ---- */

static bool in_path(const char *program)
{
	struct text path = text_of(getenv("PATH")), dir;
	bool found = false;

	while (!found && text_cut(&path, ':', &dir)) {
		struct buf file = BUF_INIT;
		buf_add_text(&file, dir);
		buf_add_char(&file, '/');
		buf_add_str(&file, program);
		found = access(file.at, X_OK) == 0;
		buf_release(&file);
	}
	return found;
}

static const char *pager_command(void)
{
	const char *command = getenv("KITH_PAGER");

	if (!command)
		command = getenv("PAGER");
	if (!command)
		command = in_path("less") ? "less" : "";
	return !*command || !strcmp(command, "cat") ? NULL : command;
}

/* The child's side: it reads from `from`. */
static _Noreturn void become_pager(const char *command, int from)
{
	dup2(from, STDIN_FILENO);
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static void start_pager(struct out *o)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return;
	pid_t pid = child_start();
	if (pid == 0)
		become_pager(o->pages_through, ends[0]);
	if (pid > 0) {
		dup2(ends[1], STDOUT_FILENO);
		o->pager = pid;
	}
	close(ends[0]);
	close(ends[1]);
}

void out_page(struct out *o)
{
	if (o->terminal)
		o->pages_through = pager_command();
}

/* ---- writing ---- */

static void flush(struct out *o)
{
	const char *at = o->pending.at;
	size_t left = o->pending.n;

	if (left && o->pages_through && !o->pager) {
		start_pager(o);
		o->pages_through = NULL;
	}
	while (left && !o->error) {
		ssize_t n = write(STDOUT_FILENO, at, left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			o->error = errno;
			break;
		}
		at += n;
		left -= (size_t)n;
	}
	buf_clear(&o->pending);
}

bool out_flush(struct out *o)
{
	flush(o);
	return !o->error;
}

int out_finish(struct out *o)
{
	flush(o);
	buf_release(&o->pending);
	/* Some file systems tell of a full disk only here. */
	if (close(STDOUT_FILENO) < 0 && !o->error && errno != EBADF)
		o->error = errno;
	if (o->pager)
		child_wait(o->pager);
	o->pager = 0;
	return o->error == EPIPE ? 0 : o->error;
}

static void settle(struct out *o)
{
	if (o->pending.n >= PIECE)
		flush(o);
}

void out_str(struct out *o, const char *s)
{
	buf_add_str(&o->pending, s);
	settle(o);
}

void out_fmt(struct out *o, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_add_list(&o->pending, fmt, ap);
	va_end(ap);
	settle(o);
}

void out_text(struct out *o, struct text t)
{
	text_visible(t, false, &o->pending);
	settle(o);
}

/* The front of a text that fits, ending at a blank when there is one. */
static struct text front_that_fits(struct text t, size_t columns)
{
	struct text front = text_fit(t, columns);
	size_t end = front.n;

	if (end == t.n)
		return t;
	while (end > 0 && t.at[end] != ' ')
		end--;
	return text_part(t, 0, end ? end : front.n);
}

void out_wrapped(struct out *o, struct text t, size_t at, size_t indent)
{
	enum { NARROWEST = 12 }; /* less room than this is no text column */
	struct buf shown = BUF_INIT;

	text_visible(t, false, &shown);
	struct text rest = buf_text(&shown);
	while (o->columns && (size_t)o->columns >= indent + NARROWEST && rest.n) {
		size_t room = (size_t)o->columns > at ? (size_t)o->columns - at : 1;
		struct text front = front_that_fits(rest, room);
		if (front.n == rest.n || !front.n)
			break;
		buf_add_text(&o->pending, front);
		buf_add_char(&o->pending, '\n');
		buf_add_fill(&o->pending, ' ', indent);
		at = indent;
		rest = text_part(rest, front.n, rest.n);
		while (rest.n && rest.at[0] == ' ')
			rest = text_part(rest, 1, rest.n);
	}
	buf_add_text(&o->pending, rest);
	buf_release(&shown);
	settle(o);
}

void out_lines(struct out *o, struct text t, size_t indent)
{
	struct text line;

	while (text_cut_line(&t, &line)) {
		bool tabs = text_find(line, '\t') < line.n;
		if (line.n)
			buf_add_fill(&o->pending, ' ', indent);
		if (tabs)
			text_visible(line, true, &o->pending);
		else
			out_wrapped(o, line, indent, indent);
		buf_add_char(&o->pending, '\n');
	}
	settle(o);
}

void out_raw(struct out *o, struct text t)
{
	if (o->terminal)
		text_visible(t, true, &o->pending);
	else
		buf_add_text(&o->pending, t);
	settle(o);
}

void out_style(struct out *o, enum out_style s)
{
	static const char *const codes[] = {
		[STYLE_PLAIN] = "\033[0m",  [STYLE_NAME] = "\033[1m",
		[STYLE_LABEL] = "\033[36m", [STYLE_DIM] = "\033[2m",
		[STYLE_WARN] = "\033[33m",  [STYLE_MATCH] = "\033[1;31m",
		[STYLE_ADDED] = "\033[32m", [STYLE_REMOVED] = "\033[31m",
	};
	if (o->color)
		buf_add_str(&o->pending, codes[s]);
}

size_t out_width(struct text t)
{
	struct buf shown = BUF_INIT;

	text_visible(t, false, &shown);
	size_t width = text_width(buf_text(&shown));
	buf_release(&shown);
	return width;
}

void out_heading(struct out *o, const char *title)
{
	out_str(o, "\n");
	out_style(o, STYLE_NAME);
	out_str(o, title);
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
}

void out_shown(struct out *o, struct text shown, size_t w, size_t width)
{
	if (width && w > width) {
		shown = text_fit(shown, width - 1);
		w = text_width(shown) + 1;
		buf_add_text(&o->pending, shown);
		buf_add_str(&o->pending, "…");
	} else {
		buf_add_text(&o->pending, shown);
	}
	if (w < width)
		buf_add_fill(&o->pending, ' ', width - w);
	settle(o);
}

void out_cell(struct out *o, struct text t, size_t width)
{
	struct buf shown = BUF_INIT;

	text_visible(t, false, &shown);
	out_shown(o, buf_text(&shown), text_width(buf_text(&shown)), width);
	buf_release(&shown);
}

/* ---- JSON ---- */

json_t *out_json_text(struct text t)
{
	json_t *value = json_stringn(t.at, t.n);

	if (!value) { /* jansson takes well-formed UTF-8 only */
		struct buf repaired = BUF_INIT;
		text_repair(t, &repaired);
		value = json_stringn(repaired.at, repaired.n);
		buf_release(&repaired);
	}
	return value;
}

static int add_piece(const char *piece, size_t n, void *ctx)
{
	struct out *o = ctx;
	out_raw(o, (struct text){ piece, n });
	return 0;
}

void out_json(struct out *o, json_t *value)
{
	json_dump_callback(value, add_piece, o, JSON_INDENT(2));
	out_str(o, "\n");
	json_decref(value);
}

char *out_json_element(json_t *value)
{
	char *dumped = json_dumps(value, JSON_INDENT(2));
	struct text rest = text_of(dumped), line;
	struct buf element = BUF_INIT;

	json_decref(value);
	while (text_cut(&rest, '\n', &line)) {
		buf_add_str(&element, element.n ? "\n  " : "  ");
		buf_add_text(&element, line);
	}
	free(dumped);
	return buf_take(&element);
}

void out_json_begin(struct out *o)
{
	out_str(o, "[");
	o->elements = 0;
}

void out_json_add(struct out *o, const char *element)
{
	out_str(o, o->elements++ ? ",\n" : "\n");
	out_raw(o, text_of(element));
}

void out_json_value(struct out *o, json_t *value)
{
	char *element = out_json_element(value);

	out_json_add(o, element);
	mem_free(element);
}

void out_json_end(struct out *o)
{
	out_str(o, o->elements ? "\n]\n" : "]\n");
}
