#include "history/history.h"

#include <dirent.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "book/book.h"
#include "book/place.h"
#include "contact/contact.h"
#include "history/commit.h"
#include "history/library.h"
#include "history/message.h"
#include "history/note.h"
#include "history/program.h"
#include "history/repo.h"

/* A file that was written, or is to be committed as it is. */
struct record {
	char *path;     /* owned, like all of these; below the book */
	char *git_path; /* below the top of the work tree */
	struct text before, after; /* at = NULL: there is none */
	bool asked;     /* by history_add */
};

struct history {
	struct book *book; /* borrowed */
	struct book_recorder recorder;
	struct repo repo;
	struct fault why;  /* the repository cannot be used; its code is 0 otherwise */
	bool wrote;        /* something, though it cannot be used */
	bool tried;        /* to commit what was noted before us; once is enough */
	struct history_how how;
	struct buf title, about;
	struct buf hints;  /* lines */
	struct record *records; /* owned */
	size_t n, cap;
};

/* ---- texts that may not be there ---- */

static struct text copy_of(const struct text *t)
{
	return t ? (struct text){ mem_copy(t->at, t->n), t->n } : (struct text){ NULL, 0 };
}

static void release_text(struct text *t)
{
	mem_free((char *)t->at);
	*t = (struct text){ NULL, 0 };
}

static bool same_text(struct text a, struct text b)
{
	return !a.at == !b.at && text_equal(a, b);
}

/* ---- what was written ---- */

static struct record *find(const struct history *h, const char *path)
{
	for (size_t i = 0; i < h->n; i++)
		if (!strcmp(h->records[i].path, path))
			return &h->records[i];
	return NULL;
}

static struct record *add_record(struct history *h, const char *path)
{
	struct record one = { .path = mem_copy(path, strlen(path)) };
	struct buf git_path = BUF_INIT;
	VEC(struct record) list = { h->records, h->n, h->cap };

	repo_path(&h->repo, path, &git_path);
	one.git_path = buf_take(&git_path);
	vec_push(&list, one);
	h->records = list.at;
	h->n = list.n;
	h->cap = list.cap;
	return &h->records[h->n - 1];
}

static void will(void *ctx, const char *path)
{
	struct history *h = ctx;

	if (h->why.code || !repo_owns(&h->repo, path))
		return;
	note_add(&h->repo, path);
	library_start(); /* while the file is being written */
}

static void did(void *ctx, const char *path, const struct text *before, const struct text *after)
{
	struct history *h = ctx;

	if (h->why.code) {
		h->wrote = true;
		return;
	}
	if (!repo_owns(&h->repo, path)) {
		buf_add_fmt(&h->hints, "%s is in a repository of its own, and not committed\n",
			    path);
		return;
	}
	struct record *r = find(h, path);
	bool first = !r;
	if (first)
		r = add_record(h, path);
	/* What another program made of it since we wrote it is an edit by hand, with ours in it. */
	struct text now = before ? *before : (struct text){ NULL, 0 };
	if (first || !same_text(r->after, now)) {
		release_text(&r->before);
		r->before = copy_of(before);
	}
	release_text(&r->after);
	r->after = copy_of(after);
}

static void release_records(struct history *h)
{
	for (size_t i = 0; i < h->n; i++) {
		mem_free(h->records[i].path);
		mem_free(h->records[i].git_path);
		release_text(&h->records[i].before);
		release_text(&h->records[i].after);
	}
	mem_free(h->records);
	h->records = NULL;
	h->n = h->cap = 0;
}

/* Take the file as it is now, unless it is among the records already. */
static int add_current(struct history *h, const char *path, bool asked, struct fault *f)
{
	struct place p = PLACE(h->book->fd);
	struct buf bytes = BUF_INIT;
	struct fault why = FAULT_INIT;

	if (find(h, path) || !repo_owns(&h->repo, path))
		return 0;
	int rc = place_read(&p, path, &bytes, NULL, &why);
	place_close(&p);
	if (!rc || rc == FAULT_NOTFOUND) {
		struct text now = buf_text(&bytes);
		struct record *r = add_record(h, path);
		r->before = copy_of(rc ? NULL : &now);
		r->after = copy_of(rc ? NULL : &now);
		r->asked = asked;
		rc = 0;
	}
	buf_release(&bytes);
	if (rc)
		*f = why;
	return rc;
}

int history_add(struct history *h, const char *path, struct fault *f)
{
	if (h->why.code) {
		*f = h->why;
		return f->code;
	}
	return add_current(h, path, true, f);
}

/* What a command before us wrote and could not commit; it may be gone again, or committed. */
static void add_noted(struct history *h)
{
	struct buf notes = BUF_INIT;
	struct fault unreadable = FAULT_INIT;
	struct text rest, path;

	note_read(&h->repo, &notes);
	rest = buf_text(&notes);
	while (text_cut(&rest, '\0', &path))
		if (path.n && rest.at && add_current(h, path.at, false, &unreadable) < 0)
			continue; /* as it cannot be read, it stays as HEAD has it */
	buf_release(&notes);
}

static void note_all(const struct history *h)
{
	for (size_t i = 0; i < h->n; i++)
		note_add(&h->repo, h->records[i].path);
}

/* ---- one commit ---- */

struct making {
	struct history *h;
	struct commit_job job;
	const struct commit_maker *maker;
	void *state;
	struct buf *id;
	bool foreign;  /* the repository has nothing to do with the book */
};

/* Of each record, what it is to be; both lists are as long. */
struct batch {
	VEC(struct commit_file) files;
	VEC(struct message_file) words;
};
#define BATCH_INIT { VEC_INIT, VEC_INIT }

static void batch_add(struct batch *b, const struct record *r, struct text before,
		      struct text after)
{
	struct commit_file file = { r->git_path, after };
	struct message_file word = { r->path, before, after };

	vec_push(&b->files, file);
	vec_push(&b->words, word);
}

static int batch_commit(const struct making *m, const struct batch *b, struct text subject,
			const char *command, struct text about, struct fault *f)
{
	const struct message words = { subject, about, command, m->job.secret };
	struct buf message = BUF_INIT;

	message_make(&words, b->words.at, b->words.n, &message);
	int rc = m->maker->make(m->state, b->files.at, b->files.n, message.at, m->id, f);
	buf_release(&message);
	return rc;
}

static void batch_release(struct batch *b)
{
	vec_release(&b->files);
	vec_release(&b->words);
}

/* Nothing is left of a contact, or a merge, or no text: a slip more often than a wish. */
static bool is_slip(const struct record *r)
{
	return r->before.at && text_ends(text_of(r->path), TEXT(".ini")) &&
	       contact_damage_of(r->before) >= CONTACT_EMPTY;
}

/* Is there an edit by hand to be committed before ours? HEAD keeps the good text from a slip. */
static int is_by_hand(const struct making *m, const struct record *r, bool *out, struct fault *f)
{
	struct commit_file before = { r->git_path, r->before };
	bool there;

	int rc = m->maker->holds(m->state, &before, out, f);
	*out = !rc && !*out;
	if (!*out || r->asked || !is_slip(r))
		return rc;
	rc = m->maker->has(m->state, r->git_path, &there, f);
	*out = !there;
	return rc;
}

/* What HEAD has of the file, owned; at = NULL: nothing. */
static int text_in_head(const struct making *m, const struct record *r, struct text *out,
			struct fault *f)
{
	struct buf bytes = BUF_INIT;
	bool there;

	*out = (struct text){ NULL, 0 };
	int rc = m->maker->has(m->state, r->git_path, &there, f);
	if (!rc && there)
		rc = m->maker->read(m->state, r->git_path, &bytes, f);
	if (!rc && there) {
		out->n = bytes.n;
		out->at = buf_take(&bytes);
	}
	buf_release(&bytes);
	return rc;
}

/* Edits by hand, apart. When all was asked for they are what the command is about. */
static int commit_hand(const struct making *m, bool *done, struct fault *f)
{
	const struct history *h = m->h;
	struct batch batch = BATCH_INIT;
	bool all_asked = true, by_hand;
	int rc = 0;

	for (size_t i = 0; i < h->n && !rc; i++) {
		const struct record *r = &h->records[i];
		struct text was;
		all_asked = all_asked && r->asked;
		rc = is_by_hand(m, r, &by_hand, f);
		if (rc || !by_hand)
			continue;
		rc = text_in_head(m, r, &was, f);
		batch_add(&batch, r, was, r->before);
	}
	*done = !rc && batch.files.n;
	if (*done)
		rc = batch_commit(m, &batch, all_asked ? buf_text(&h->title) : TEXT_NONE,
				  all_asked ? h->how.command : "hand", TEXT_NONE, f);
	for (size_t i = 0; i < batch.words.n; i++)
		release_text(&batch.words.at[i].before);
	batch_release(&batch);
	return rc;
}

static int commit_own(const struct making *m, bool *done, struct fault *f)
{
	const struct history *h = m->h;
	struct batch batch = BATCH_INIT;
	bool held;
	int rc = 0;

	for (size_t i = 0; i < h->n && !rc; i++) {
		const struct record *r = &h->records[i];
		struct commit_file after = { r->git_path, r->after };
		if (same_text(r->before, r->after))
			continue;
		rc = m->maker->holds(m->state, &after, &held, f);
		if (!rc && !held)
			batch_add(&batch, r, r->before, r->after);
	}
	*done = !rc && batch.files.n;
	if (*done)
		rc = batch_commit(m, &batch, buf_text(&h->title), h->how.command,
				  buf_text(&h->about), f);
	batch_release(&batch);
	return rc;
}

static int refresh(const struct making *m, struct fault *f)
{
	struct batch all = BATCH_INIT;
	struct fault why = FAULT_INIT;

	for (size_t i = 0; i < m->h->n; i++)
		batch_add(&all, &m->h->records[i], m->h->records[i].before,
			  m->h->records[i].after);
	int rc = m->maker->refresh(m->state, all.files.at, all.files.n, &why);
	batch_release(&all);
	if (!rc)
		return 0;
	return fault_set(f, rc, "it is committed, but git's index does not know: %s", why.msg);
}

/* ---- who makes it ---- */

static int open_maker(struct making *m, struct fault *f)
{
	const struct history *h = m->h;
	struct batch all = BATCH_INIT;
	const char *unfit = NULL;
	struct fault none = FAULT_INIT;
	int rc = commit_check_head(&h->repo, f);

	for (size_t i = 0; i < h->n; i++)
		batch_add(&all, &h->records[i], h->records[i].before, h->records[i].after);
	m->job = (struct commit_job){ .repo = &h->repo, .files = all.files.at, .n = all.files.n,
				      .fixed = h->how.fixed, .stranger = BUF_INIT };
	m->maker = &commit_library;
	if (!rc && library_wait(&none) < 0)
		unfit = "there is no libgit2";
	else if (!rc)
		rc = m->maker->open(&m->job, &m->state, &unfit, f);
	if (!rc && unfit) {
		m->maker = &commit_program;
		rc = m->maker->open(&m->job, &m->state, &unfit, f);
	}
	batch_release(&all);
	return rc;
}

/* What one had better know, though all went well. */
static void keep_hints(struct making *m)
{
	struct buf *hints = &m->h->hints;

	if (m->job.index_made)
		buf_add_str(hints, "git's index was damaged or missing, and is made anew (a "
			    "damaged one is kept as index.damaged)\n");
	if (m->job.stranger.n)
		buf_add_fmt(hints, "committed as %s, as nobody has told git who you are; 'git "
			    "config --global user.name NAME' does, and user.email\n",
			    m->job.stranger.at);
}

static void close_maker(struct making *m)
{
	if (m->state)
		m->maker->close(m->state);
	buf_release(&m->job.stranger);
}

/* A larger repository may have nothing to do with the book that lies in it. */
static int check_tracked(struct making *m, struct fault *f)
{
	const struct history *h = m->h;
	struct buf folder = BUF_INIT;
	bool asked = false, tracked;

	if (!h->repo.prefix[0] || h->book->config.commit == COMMIT_YES)
		return 0;
	buf_add_fmt(&folder, "%s", h->repo.prefix);
	buf_set_len(&folder, folder.n - 1);
	folder.at[folder.n] = '\0';
	int rc = m->maker->has(m->state, folder.at, &tracked, f);
	buf_release(&folder);
	for (size_t i = 0; i < h->n; i++)
		asked = asked || h->records[i].asked;
	m->foreign = !rc && !tracked;
	if (!m->foreign || !asked)
		return rc;
	return fault_set(f, FAULT_NOTFOUND, "the repository %s tracks nothing of this book; "
			 "'commit = yes' below [history] in .kith/config makes it do so",
			 h->repo.top);
}

static size_t count_files(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n;
}

/*
 * git packs its loose objects when they become many, as ours do too. One of 256 folders tells, as
 * it does to `git gc --auto`, which then decides by itself.
 */
static void tidy(const struct repo *r)
{
	enum { MANY = 27 }; /* gc.auto, 6700, over 256 */
	const char *gc[] = { "gc", "--auto", "--quiet", NULL };
	struct buf path = BUF_INIT;
	struct fault none = FAULT_INIT;

	buf_add_fmt(&path, "%s/objects/17", r->common);
	bool many = count_files(path.at) > MANY;
	buf_release(&path);
	if (many && program_run(r, gc, TEXT_NONE, NULL, NULL, &none) < 0)
		return; /* the next commit asks again */
}

static int commit_all(struct making *m, struct fault *f)
{
	bool hand = false, own = false;

	int rc = check_tracked(m, f);
	if (rc || m->foreign)
		return rc;
	rc = commit_hand(m, &hand, f);
	if (!rc)
		rc = commit_own(m, &own, f);
	if (hand || own || !rc) {
		struct fault index = FAULT_INIT;
		if (refresh(m, rc ? &index : f) < 0 && !rc)
			rc = f->code;
	}
	if (!rc && (hand || own) && m->maker == &commit_library)
		tidy(&m->h->repo);
	return rc;
}

int history_commit(struct history *h, struct buf *id, struct fault *f)
{
	struct buf unused = BUF_INIT;
	struct making m = { .h = h, .job = { .stranger = BUF_INIT }, .id = id ? id : &unused };

	if (!h)
		return 0;
	if (!h->why.code && !h->tried)
		add_noted(h);
	h->tried = true;
	if (!h->n && !h->wrote)
		return 0;
	h->wrote = false;
	const char *busy = h->why.code ? NULL : repo_busy(&h->repo);
	int rc = h->why.code;
	if (rc)
		*f = h->why;
	else if (busy)
		rc = fault_set(f, FAULT_OS, "%s is under way in the repository", busy);
	else
		rc = open_maker(&m, f);
	if (!rc) {
		note_sync(&h->repo);
		rc = commit_all(&m, f);
		keep_hints(&m);
	}
	close_maker(&m);
	if (!rc || m.foreign)
		note_clear(&h->repo);
	else if (!h->why.code)
		note_all(h); /* the first note may not have been possible */
	release_records(h);
	buf_release(&unused);
	return rc;
}

int history_keep(struct history *h, const char *path, struct text bytes, struct fault *f)
{
	struct making m = { .h = h, .job = { .stranger = BUF_INIT } };
	struct buf unused = BUF_INIT;
	bool held = false;

	if (!h)
		return fault_set(f, FAULT_NOTFOUND, "the book has no history");
	if (h->why.code) {
		*f = h->why;
		return f->code;
	}
	m.id = &unused;
	const char *busy = repo_busy(&h->repo);
	int rc = history_add(h, path, f);
	if (!rc)
		rc = open_maker(&m, f);
	if (!rc) {
		struct commit_file file = { find(h, path)->git_path, bytes };
		rc = m.maker->holds(m.state, &file, &held, f);
	}
	close_maker(&m);
	if (!rc && !held && busy)
		rc = fault_set(f, FAULT_OS, "%s is under way in the repository", busy);
	else if (!rc && !held)
		rc = history_commit(h, NULL, f);
	if (rc)
		release_records(h); /* it stays as it is */
	buf_release(&unused);
	return rc;
}

/* ---- attached to a book ---- */

void history_prepare(const struct book *b)
{
	struct fault none = FAULT_INIT;
	struct repo repo;

	if (b->config.commit == COMMIT_NO || repo_find(b->root, &repo, &none) < 0)
		return;
	library_start();
	repo_release(&repo);
}

void history_settle(void)
{
	library_settle();
}

struct history *history_attach(struct book *b, const struct history_how *how)
{
	struct fault f = FAULT_INIT;
	struct repo repo;

	if (b->config.commit == COMMIT_NO)
		return NULL;
	int rc = repo_find(b->root, &repo, &f);
	if (rc == FAULT_NOTFOUND)
		return NULL;
	struct history *h = mem_alloc(sizeof *h);
	*h = (struct history){ .book = b, .repo = repo, .why = f, .how = *how,
			       .title = BUF_INIT, .about = BUF_INIT, .hints = BUF_INIT };
	if (!rc)
		note_break_locks(&h->repo);
	h->recorder = (struct book_recorder){ h, will, did };
	b->recorder = &h->recorder;
	return h;
}

void history_detach(struct history *h, struct book *b)
{
	if (!h)
		return;
	b->recorder = NULL;
	release_records(h);
	buf_release(&h->title);
	buf_release(&h->about);
	buf_release(&h->hints);
	repo_release(&h->repo);
	mem_free(h);
}

void history_title(struct history *h, struct text subject)
{
	if (!h)
		return;
	buf_clear(&h->title);
	buf_add_text(&h->title, subject);
}

void history_about(struct history *h, struct text about)
{
	if (!h)
		return;
	buf_clear(&h->about);
	buf_add_text(&h->about, about);
}

void history_hints(struct history *h, struct buf *out)
{
	if (!h)
		return;
	buf_add_text(out, buf_text(&h->hints));
	buf_clear(&h->hints);
}
