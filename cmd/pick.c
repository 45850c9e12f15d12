#include "cmd/pick.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "book/book.h"
#include "cmd/child.h"

enum { NOT_FOUND = 127 }; /* what the child exits with when there is no fzf */

/* fzf reads "INDEX TAB NAME TAB PATH" and shows what is behind the first tab. */
static void list_for_fzf(const struct book_candidate *list, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		buf_add_fmt(out, "%zu\t", i);
		text_visible(text_of(list[i].name), false, out);
		buf_add_char(out, '\t');
		text_visible(text_of(list[i].path), false, out);
		buf_add_char(out, '\n');
	}
}

static _Noreturn void become_fzf(int in, int out)
{
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	execlp("fzf", "fzf", "--delimiter=\t", "--with-nth=2..", "--height=~40%", "--prompt=who? ",
	       (char *)NULL);
	_exit(NOT_FOUND);
}

/* What can't be shown can't be chosen from: then nothing is. */
static void show(int fd, struct text t)
{
	struct fault unused = FAULT_INIT;

	if (file_write_all(fd, t, &unused) < 0)
		return;
}

/* True when fzf ran; *choice is its answer, -1 when it was cancelled. */
static bool pick_by_fzf(const struct book_candidate *list, size_t n, int *choice)
{
	int to[2], from[2];
	char answer[32] = "";

	if (pipe(to) < 0)
		return false;
	if (pipe(from) < 0) {
		close(to[0]);
		close(to[1]);
		return false;
	}
	pid_t pid = child_start();
	if (pid == 0) {
		close(to[1]);
		close(from[0]);
		become_fzf(to[0], from[1]);
	}
	close(to[0]);
	close(from[1]);
	if (pid > 0) {
		struct buf lines = BUF_INIT;
		list_for_fzf(list, n, &lines);
		show(to[1], buf_text(&lines));
		buf_release(&lines);
	}
	close(to[1]);
	ssize_t got = pid > 0 ? read(from[0], answer, sizeof answer - 1) : 0;
	close(from[0]);
	if (pid < 0 || child_wait(pid) == NOT_FOUND)
		return false;
	struct text digits = { answer, got > 0 ? strcspn(answer, "\t\n") : 0 };
	long index;
	*choice = text_number(digits, 0, (long)n - 1, &index) ? (int)index : -1;
	return true;
}

static int pick_by_number(const struct book_candidate *list, size_t n)
{
	struct buf menu = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		buf_add_fmt(&menu, "%3zu  ", i + 1);
		text_visible(text_of(list[i].name), false, &menu);
		buf_add_str(&menu, "  ");
		text_visible(text_of(list[i].path), false, &menu);
		buf_add_char(&menu, '\n');
	}
	show(STDERR_FILENO, buf_text(&menu));
	buf_release(&menu);
	for (int tries = 0; tries < 3; tries++) {
		char line[32];
		long number;
		show(STDERR_FILENO, TEXT("who? (a number; nothing to leave it) "));
		if (!fgets(line, sizeof line, stdin))
			return -1;
		struct text answer = text_trim(text_of(line));
		if (!answer.n)
			return -1;
		if (text_number(answer, 1, (long)n, &number))
			return (int)number - 1;
	}
	return -1;
}

int pick_candidate(const struct book_candidate *list, size_t n)
{
	int choice;

	return pick_by_fzf(list, n, &choice) ? choice : pick_by_number(list, n);
}
