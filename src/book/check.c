#include "book/check.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "book/book.h"
#include "book/check_fields.h"
#include "book/claims.h"
#include "contact/contact.h"

/* ---- findings ---- */

__attribute__((format(printf, 2, 0)))
static char *format(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;

	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	char *s = arena_alloc(a, (size_t)n + 1);
	vsnprintf(s, (size_t)n + 1, fmt, ap);
	return s;
}

void findings_add(struct findings *list, enum finding_grade grade, const char *path,
		  unsigned line, unsigned col, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	struct finding it = {
		.grade = grade,
		.path = arena_copy(&list->arena, text_of(path)),
		.line = line,
		.col = col,
		.what = format(&list->arena, fmt, ap),
	};
	va_end(ap);
	vec_push(list, it);
}

void findings_gather(struct findings *list, const struct findings *other)
{
	for (size_t i = 0; i < other->n; i++) {
		const struct finding *f = &other->at[i];
		findings_add(list, f->grade, f->path, f->line, f->col, "%s", f->what);
	}
}

void findings_take(struct findings *list, struct findings *other)
{
	if (!other)
		return;
	findings_gather(list, other);
	findings_release(other);
	mem_free(other);
}

void findings_release(struct findings *list)
{
	arena_release(&list->arena);
	vec_release(list);
}

static int by_place(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = strcmp(x->path, y->path);

	if (!c)
		c = (x->line > y->line) - (x->line < y->line);
	if (!c)
		c = (x->col > y->col) - (x->col < y->col);
	return c ? c : strcmp(x->what, y->what);
}

/* ---- damage ---- */

static const char *const damage_told[] = {
	[CONTACT_NOT_UTF8] = "not UTF-8 here; convert the file, as with iconv -f LATIN1 -t UTF-8",
	[CONTACT_EMPTY] = "nothing in it: damaged? restore it, or remove the file",
	[CONTACT_CONFLICTED] = "an unresolved conflict; keep what is right of both sides and "
			       "remove the lines <<<<<<<, ======= and >>>>>>>",
	[CONTACT_NOT_TEXT] = "no text (UTF-16 or binary); convert it, as with iconv -f UTF-16 "
			     "-t UTF-8",
};

void check_lines(const struct doc *d, const char *path, struct findings *out)
{
	enum { MOST = 10 };
	unsigned junk = 0;

	for (size_t i = 0; i < d->n_lines; i++)
		if (d->lines[i].kind == DOC_JUNK && ++junk <= MOST)
			findings_add(out, FINDING_DAMAGE, path, (unsigned)i + 1, 1,
				     "neither a key, a comment nor a section; put # before it, or "
				     "write 'key = value'");
	if (junk > MOST)
		findings_add(out, FINDING_DAMAGE, path, (unsigned)d->n_lines, 1,
			     "%u more lines are neither keys, comments nor sections", junk - MOST);
}

void check_damage(const struct contact *c, struct findings *out)
{
	if (c->damage != CONTACT_SOUND)
		findings_add(out, FINDING_DAMAGE, c->path, c->damage_line, c->damage_col, "%s",
			     damage_told[c->damage]);
	if (c->damage < CONTACT_CONFLICTED)
		check_lines(&c->doc, c->path, out);
}

void check_unreadable(const char *path, const struct fault *why, struct findings *out)
{
	findings_add(out, FINDING_DAMAGE, path, why->line, why->col, "%s", why->msg);
}

struct findings *check_scanned(const char *path, const struct contact *c, const struct fault *why)
{
	struct findings list = FINDINGS_INIT, *own = NULL;

	if (c)
		check_damage(c, &list);
	else
		check_unreadable(path, why, &list);
	if (list.n) {
		own = mem_alloc(sizeof *own);
		*own = list;
	} else {
		findings_release(&list);
	}
	return own;
}

void check_contact(const struct contact *c, const struct kinds *k, struct date today,
		   struct findings *out)
{
	struct claims unheard = CLAIMS_INIT;

	check_damage(c, out);
	if (c->damage < CONTACT_EMPTY)
		check_fields(c, c->path, k, today, &unheard, out);
	claims_release(&unheard);
}

/* ---- the whole book ---- */

struct audit {
	struct book *b;
	struct date today;
	struct claims claims;
	struct findings *out;
	pthread_mutex_t lock; /* the files are read by several threads, and judged one by one */
};

static void judge_file(struct audit *a, const struct book_file *file, const struct contact *c,
		       const struct fault *why)
{
	claims_add(&a->claims, CLAIM_ID, file->id, file->path, 0, 0);
	if (!c) {
		check_unreadable(file->path, why, a->out);
		return;
	}
	check_damage(c, a->out);
	if (c->damage < CONTACT_EMPTY)
		check_fields(c, file->path, &a->b->config.kinds, a->today, &a->claims, a->out);
}

static void visit(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	struct audit *a = ctx;

	pthread_mutex_lock(&a->lock);
	judge_file(a, &a->b->files[i], c, why);
	pthread_mutex_unlock(&a->lock);
}

static void judge_config(struct audit *a)
{
	struct fault f = FAULT_INIT;
	struct buf bytes = BUF_INIT;

	if (book_read_config(a->b, &bytes, &f) < 0)
		check_unreadable(BOOK_CONFIG, &f, a->out);
	else
		check_config(buf_text(&bytes), &a->claims, a->out);
	buf_release(&bytes);
}

static struct text folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (struct text){ path, slash ? (size_t)(slash - path) : 0 };
}

static int by_folder(const void *a, const void *b)
{
	const struct text *x = a, *y = b;

	return text_cmp(*x, *y);
}

static void judge_folder(struct text folder, size_t n, struct findings *out)
{
	enum { LARGE = 20000 };
	struct buf path = BUF_INIT;

	if (n > LARGE) {
		buf_add_text(&path, folder.n ? folder : TEXT("."));
		findings_add(out, FINDING_DOUBTFUL, path.at, 0, 0, "%zu contacts in one folder "
			     "make each commit slow; put them in several", n);
	}
	buf_release(&path);
}

static void judge_folders(struct book *b, struct findings *out)
{
	VEC(struct text) folders = VEC_INIT;
	size_t end;

	for (size_t i = 0; i < b->n_files; i++)
		vec_push(&folders, folder_of(b->files[i].path));
	if (folders.n)
		qsort(folders.at, folders.n, sizeof *folders.at, by_folder);
	for (size_t i = 0; i < folders.n; i = end) {
		for (end = i; end < folders.n && text_equal(folders.at[i], folders.at[end]); end++)
			;
		judge_folder(folders.at[i], end - i, out);
	}
	vec_release(&folders);
}

int check_book(struct book *b, struct date today, struct findings *out, struct fault *f)
{
	struct audit a = { .b = b, .today = today, .claims = CLAIMS_INIT, .out = out };

	pthread_mutex_init(&a.lock, NULL);
	int rc = book_scan(b, NULL, visit, &a, f);
	if (!rc) {
		for (size_t i = 0; i < b->n_faults; i++)
			check_unreadable(b->faults[i].path, &b->faults[i], out);
		judge_config(&a);
		judge_folders(b, out);
		claims_judge(&a.claims, out);
		if (out->n)
			qsort(out->at, out->n, sizeof *out->at, by_place);
	}
	claims_release(&a.claims);
	pthread_mutex_destroy(&a.lock);
	return rc;
}
