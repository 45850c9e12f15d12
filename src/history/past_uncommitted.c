#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/vec.h"
#include "book/place.h"
#include "history/past_parts.h"
#include "history/repo.h"

void past_files_release(struct past_files *list)
{
	for (size_t i = 0; i < list->n; i++) {
		mem_free((char *)list->at[i].path);
		mem_free((char *)list->at[i].before);
	}
	vec_release(list);
}

/* ---- what git has to say ---- */

/* Note a path with what HEAD has there; `before` is empty when that is no regular file. */
static void add(struct past *p, const char *git_path, struct text before, struct past_files *out)
{
	const char *path = past_book_path(p, git_path);

	if (!path)
		return;
	struct past_file file = { .path = mem_copy(path, strlen(path)) };
	if (before.n)
		file.before = mem_copy(before.at, before.n);
	vec_push(out, file);
}

/*
 * Of a tracked file, `n` words in front of its path, HEAD's mode being word number `mode` and its
 * blob word number `blob`.
 */
static void add_tracked(struct past *p, struct text record, size_t n, size_t mode, size_t blob,
			struct past_files *out)
{
	struct text before = TEXT_NONE, word;
	bool regular = false;

	for (size_t i = 0; i < n; i++) {
		if (!text_cut(&record, ' ', &word))
			return;
		if (i == mode)
			regular = past_is_regular(word);
		if (i == blob)
			before = word;
	}
	add(p, record.at, regular ? before : TEXT_NONE, out);
}

/*
 * A record of git status, as its manual page has them:
 *	1 XY SUB mH mI mW hH hI PATH		changed
 *	u XY SUB m1 m2 m3 mW h1 h2 h3 PATH	in conflict: 2 is HEAD's side
 *	? PATH					not tracked; with ! ignored
 */
static void read_record(struct past *p, struct text record, struct past_files *out)
{
	if (text_starts(record, TEXT("1 ")))
		add_tracked(p, record, 8, 3, 6, out);
	else if (text_starts(record, TEXT("u ")))
		add_tracked(p, record, 10, 4, 8, out);
	else if (text_starts(record, TEXT("? ")) || text_starts(record, TEXT("! ")))
		add(p, record.at + 2, TEXT_NONE, out);
}

static int run_status(struct past *p, const char *const *env, struct buf *out, struct fault *f)
{
	struct arena arena = ARENA_INIT;
	const char *const args[] = { "status", "--porcelain=v2", "-z", "--no-renames",
				     "--untracked-files=all", "--ignored=traditional",
				     "--ignore-submodules=all", "--",
				     past_limit(p, NULL, &arena), NULL };

	int rc = program_run(p->repo, args, TEXT_NONE, env, out, f);
	arena_release(&arena);
	return rc;
}

/* In a sparse checkout the index alone knows which files are not there on purpose. */
static bool needs_index(const struct repo *r)
{
	struct buf path = BUF_INIT;

	buf_add_fmt(&path, "%s/info/sparse-checkout", r->gitdir);
	bool there = !access(path.at, F_OK);
	buf_release(&path);
	return there;
}

/* An index that git cannot read is left out: then all files are compared. */
static int ask_status(struct past *p, struct buf *out, struct fault *f)
{
	struct buf none = BUF_INIT;
	struct fault again = FAULT_INIT;

	buf_add_fmt(&none, "GIT_INDEX_FILE=%s/index.none", p->repo->gitdir);
	const char *const env[] = { none.at, NULL };
	int rc = run_status(p, NULL, out, f);
	if (rc == FAULT_OS && !needs_index(p->repo)) {
		buf_clear(out);
		rc = run_status(p, env, out, &again) ? f->code : 0;
	}
	buf_release(&none);
	return rc;
}

static int list_told(struct past *p, struct past_files *out, struct fault *f)
{
	struct buf told = BUF_INIT;
	int rc = ask_status(p, &told, f);
	struct text rest = buf_text(&told), record;

	while (!rc && text_cut(&rest, '\0', &record))
		read_record(p, record, out);
	buf_release(&told);
	return rc;
}

/* ---- what is so ---- */

/* By path; of two with the same path HEAD's comes first. */
static int by_path(const void *va, const void *vb)
{
	const struct past_file *a = va, *b = vb;
	int c = strcmp(a->path, b->path);

	return c ? c : (a->before == NULL) - (b->before == NULL);
}

/*
 * What differs, by bytes: git tells too of what is staged, has another mode, or is in HEAD but not
 * tracked any more. '\0': nothing, or what is there is no file of a book.
 */
static int judge(struct past *p, struct place *place, struct past_file *file, struct fault *f)
{
	struct buf now = BUF_INIT, before = BUF_INIT;
	struct fault why = FAULT_INIT;
	int rc = place_read(place, file->path, &now, NULL, &why);

	if (rc == FAULT_NOTFOUND)
		file->status = file->before ? 'D' : '\0';
	else if (rc == FAULT_INVALID)
		file->status = '\0';
	else
		file->status = file->before ? 'M' : 'A';
	rc = rc || !file->before ? 0 : past_blob(p, file->before, file->path, &before, f);
	if (file->status == 'M' && !rc && text_equal(buf_text(&now), buf_text(&before)))
		file->status = '\0';
	buf_release(&now);
	buf_release(&before);
	return rc;
}

/* Keep those that differ, each once. */
static int sift(struct past *p, struct place *place, struct past_files *list, struct fault *f)
{
	struct past_files told = *list;
	const char *last = "";
	int rc = 0;

	vec_forget(list);
	qsort(told.at, told.n, sizeof *told.at, by_path);
	for (size_t i = 0; !rc && i < told.n; i++) {
		struct past_file *file = &told.at[i];
		if (strcmp(file->path, last) != 0)
			rc = judge(p, place, file, f);
		last = file->path;
		if (file->status && !rc) {
			vec_push(list, *file);
			file->before = NULL;
			file->path = NULL;
		}
	}
	past_files_release(&told);
	return rc;
}

static int open_book(const struct repo *r, int *fd, struct fault *f)
{
	struct buf root = BUF_INIT;

	buf_add_fmt(&root, "%s/%s", r->top, r->prefix);
	int rc = file_open_root(root.at, fd, f);
	buf_release(&root);
	return rc;
}

int past_uncommitted(struct past *p, struct past_files *out, struct fault *f)
{
	int fd;

	*out = (struct past_files){ 0 };
	if (open_book(p->repo, &fd, f) < 0)
		return f->code;
	struct place place = PLACE(fd);
	int rc = list_told(p, out, f);
	if (!rc && out->n)
		rc = sift(p, &place, out, f);
	if (rc)
		past_files_release(out);
	place_close(&place);
	close(fd);
	return rc;
}
