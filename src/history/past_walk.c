#include <string.h>

#include "base/vec.h"
#include "history/past_parts.h"
#include "history/renames.h"

/* Which files to follow from which commits on. */
struct trail {
	VEC(const char *) paths;  /* of the book; none: all of it */
	VEC(const char *) starts; /* none: HEAD */
	struct arena arena;       /* owns these */
};

/* One git that tells of commits, or of the files of one. */
struct walk {
	struct past *past;
	const struct trail *trail; /* NULL: all of the book */
	past_visit visit;
	void *ctx;
	bool even_empty;     /* commits are told that did nothing to the book */
	struct stream out;
	struct arena arena;  /* of the commit at hand */
	struct past_commit commit;
	struct text parents; /* of the commit, by name */
	VEC(struct past_file) files;
	bool told;           /* the commit at hand, or there is none */
	bool stopped;        /* by the visitor */
	struct trail next;   /* where to go on instead, once a file had another path before */
};

static void trail_add(struct trail *t, const char *path)
{
	vec_push(&t->paths, arena_copy(&t->arena, text_of(path)));
}

static bool trail_has(const struct trail *t, const char *path)
{
	for (size_t i = 0; i < t->paths.n; i++)
		if (!strcmp(t->paths.at[i], path))
			return true;
	return false;
}

static void trail_release(struct trail *t)
{
	vec_release(&t->paths);
	vec_release(&t->starts);
	arena_release(&t->arena);
}

/* ---- the commit at hand ---- */

static const char *keep(struct walk *w, struct text t)
{
	return arena_copy(&w->arena, t);
}

/* The next of the fields that git puts in front of a commit's files. */
static const char *next_field(struct walk *w)
{
	struct text field;

	return stream_cut(&w->out, '\0', &field) ? keep(w, field) : "";
}

/* The end of the year 9999: a later time is none. */
#define LATEST 253402300799

/* "1795325034 +0130": returns the seconds; *zone (may be NULL) gets minutes. */
static int64_t read_time(struct text t, int *zone)
{
	struct text word = TEXT_NONE;
	long seconds = 0, clock = 0;

	text_cut_word(&t, &word);
	text_number(word, 0, LATEST, &seconds);
	t = text_trim(t);
	if (t.n)
		text_number(text_part(t, 1, t.n), 0, 9999, &clock);
	int minutes = (int)(clock / 100 * 60 + clock % 100);
	if (zone)
		*zone = text_starts(t, TEXT("-")) ? -minutes : minutes;
	return seconds;
}

static void read_front(struct walk *w, struct text id)
{
	struct past_commit *c = &w->commit;
	struct text parent;

	arena_clear(&w->arena);
	w->files.n = 0;
	w->told = false;
	c->id = keep(w, id);
	struct text parents = w->parents = text_of(next_field(w));
	c->parent = text_cut_word(&parents, &parent) ? keep(w, parent) : NULL;
	c->author = next_field(w);
	c->email = next_field(w);
	c->time = read_time(text_of(next_field(w)), &c->zone);
	c->committed = read_time(text_of(next_field(w)), NULL);
	c->subject = next_field(w);
	c->body = next_field(w);
}

/* The next of several blobs in `names`, with its mode in `modes`; NULL: no regular file. */
static const char *next_blob(struct walk *w, struct text *modes, struct text *names)
{
	struct text mode = TEXT_NONE, name = TEXT_NONE;

	text_cut_word(modes, &mode);
	text_cut_word(names, &name);
	return past_is_regular(mode) ? keep(w, name) : NULL;
}

/* What is behind the next n words. */
static struct text skip_words(struct text t, size_t n)
{
	struct text word;

	while (n-- && text_cut_word(&t, &word))
		;
	return t;
}

static char status_of(const struct past_file *file)
{
	return !file->before ? 'A' : !file->after ? 'D' : 'M';
}

/* As long as all are: "100644 100644 1a2b.. 3c4d.. M", of n parents n + 1 modes and names. */
static void read_blobs(struct walk *w, struct text modes, size_t parents, struct past_file *file)
{
	struct text names = skip_words(modes, parents + 1);

	file->n_others = parents - 1;
	const char **others = arena_alloc(&w->arena, parents * sizeof *others);
	file->before = next_blob(w, &modes, &names);
	for (size_t i = 0; i < file->n_others; i++)
		others[i] = next_blob(w, &modes, &names);
	file->after = next_blob(w, &modes, &names);
	file->others = others;
	file->status = status_of(file);
}

static bool is_changed(const struct past_file *file)
{
	if (!file->before || !file->after)
		return file->before != file->after;
	return strcmp(file->before, file->after) != 0;
}

static bool is_wanted(const struct walk *w, const char *path)
{
	return path && (!w->trail || !w->trail->paths.n || trail_has(w->trail, path));
}

/* A record of git's raw format, which opens with a colon for each parent; its path follows. */
static void read_file(struct walk *w, struct text record)
{
	struct past_file file = { 0 };
	size_t parents = 0;
	struct text git_path;

	while (parents < record.n && record.at[parents] == ':')
		parents++;
	read_blobs(w, text_part(record, parents, record.n), parents, &file);
	if (!stream_cut(&w->out, '\0', &git_path))
		return;
	const char *path = past_book_path(w->past, git_path.at);
	if (!is_wanted(w, path) || !is_changed(&file))
		return;
	file.path = keep(w, text_of(path));
	vec_push(&w->files, file);
}

/* ---- what a file was before ---- */

/* All that differs between a commit and one of its parents: into d->files. */
static int compare(struct walk *d, const char *parent, const char *commit, struct fault *f)
{
	const char *const args[] = { "diff-tree", "-r", "-z", "--raw", "--no-abbrev",
				     "--no-renames", "--no-relative", "-O/dev/null", parent,
				     commit, "--", past_limit(d->past, NULL, &d->arena), NULL };
	struct text record;

	if (stream_start(&d->out, d->past->repo, args, false, f) < 0)
		return f->code;
	while (stream_cut(&d->out, '\0', &record))
		read_file(d, record);
	return stream_end(&d->out, f);
}

/*
 * Go on from this commit's parents with what the file was before; with the file itself too where
 * it may be in another parent.
 */
static void go_back(struct walk *w, const struct past_file *file, const char *origin)
{
	struct text parents = w->parents, parent;

	for (size_t i = 0; i < w->trail->paths.n; i++)
		if (file->n_others || strcmp(w->trail->paths.at[i], file->path) != 0)
			trail_add(&w->next, w->trail->paths.at[i]);
	trail_add(&w->next, origin);
	while (text_cut_word(&parents, &parent))
		vec_push(&w->next.starts, arena_copy(&w->next.arena, parent));
}

/* Tell what the file was in parent number k together with it. */
static void tell_origin(struct walk *w, const struct past_file *file, size_t k,
			const struct past_file *origin)
{
	struct past_file gone = { .status = 'D', .path = keep(w, text_of(origin->path)),
				  .before = keep(w, text_of(origin->before)) };
	if (k)
		((const char **)file->others)[k - 1] = gone.before;
	else
		vec_push(&w->files, gone);
}

/* Look for what the file was in parent number k, which has not got it. */
static int find_origin(struct walk *w, struct past_file file, size_t k, const char *parent,
		       struct fault *f)
{
	struct walk d = { .past = w->past };
	struct renames renames = RENAMES_INIT;
	const struct past_file *origin = NULL;

	int rc = compare(&d, parent, w->commit.id, f);
	if (!rc)
		rc = renames_in(w->past, d.files.at, d.files.n, &renames, f);
	for (size_t i = 0; i < renames.n; i++)
		if (!strcmp(renames.at[i].to->path, file.path))
			origin = renames.at[i].from;
	if (origin && !trail_has(w->trail, origin->path)) {
		go_back(w, &file, origin->path);
		tell_origin(w, &file, k, origin);
	}
	renames_release(&renames);
	arena_release(&d.arena);
	vec_release(&d.files);
	return rc;
}

static int find_origins(struct walk *w, struct fault *f)
{
	size_t n = w->trail && w->trail->paths.n ? w->files.n : 0;
	int rc = 0;

	for (size_t i = 0; !rc && i < n; i++) {
		struct past_file file = w->files.at[i];
		struct text parents = w->parents, parent;
		for (size_t k = 0; !rc && text_cut_word(&parents, &parent); k++) {
			const char *there = k ? file.others[k - 1] : file.before;
			if (file.after && !there && !w->next.paths.n)
				rc = find_origin(w, file, k, keep(w, parent), f);
		}
	}
	return rc;
}

/* ---- one git log ---- */

/* Tell of the commit at hand. 1: no more of this log is wanted. */
static int tell(struct walk *w, struct fault *f)
{
	w->told = true;
	if (!w->files.n && !w->even_empty)
		return 0;
	if (find_origins(w, f) < 0)
		return f->code;
	w->commit.files = w->files.at;
	w->commit.n_files = w->files.n;
	int rc = w->visit(w->ctx, &w->commit, f);
	w->stopped = rc > 0;
	return rc ? rc : w->next.paths.n > 0;
}

/* The name of a commit: the one before it has no more files. */
static int go_on(struct walk *w, struct text name, struct fault *f)
{
	char *id = mem_copy(name.at, name.n);
	int rc = w->told ? 0 : tell(w, f);

	if (!rc)
		read_front(w, text_of(id));
	mem_free(id);
	return rc;
}

/* Is nothing more to come of the commit at hand? Of one file there is one record. */
static bool is_whole(const struct walk *w)
{
	return w->trail && w->trail->paths.n == 1 && w->files.n && !w->told;
}

/*
 * Fronts of commits and records of files; between the two is an empty line, or an empty piece.
 * A commit ends where the next one begins, if it is not whole before.
 */
static int read_commits(struct walk *w, struct fault *f)
{
	struct text piece;
	int rc = 0;

	while (!rc && stream_cut(&w->out, '\0', &piece)) {
		while (text_starts(piece, TEXT("\n")))
			piece = text_part(piece, 1, piece.n);
		if (text_starts(piece, TEXT(":")))
			read_file(w, piece);
		else if (piece.n)
			rc = go_on(w, piece, f);
		if (!rc && is_whole(w))
			rc = tell(w, f);
	}
	return rc;
}

static int run(struct walk *w, const char *const *args, struct fault *f)
{
	int rc = stream_start(&w->out, w->past->repo, args, false, f);

	w->told = true;
	if (!rc)
		rc = read_commits(w, f);
	if (rc)
		stream_stop(&w->out);
	else
		rc = stream_end(&w->out, f);
	if (!rc && !w->told)
		rc = tell(w, f);
	arena_release(&w->arena);
	vec_release(&w->files);
	return rc > 0 ? 0 : rc;
}

/* What the user's settings say of logs and diffs does not count here. */
#define LOG \
	"-c", "log.follow=false", "-c", "log.showRoot=true", "log", "-z", "--raw", "--no-abbrev", \
	"--no-renames", "--no-relative", "-O/dev/null", "--no-color", "--no-decorate", \
	"--no-mailmap", "--no-show-signature", "--encoding=UTF-8", "--date=raw", \
	"--format=tformat:%H%x00%P%x00%an%x00%ae%x00%ad%x00%cd%x00%s%x00%b"

typedef VEC(const char *) strings;

static void add_trail(struct walk *w, strings *args, struct arena *arena)
{
	const struct trail *t = w->trail;

	for (size_t i = 0; i < t->starts.n; i++)
		vec_push(args, t->starts.at[i]);
	vec_push(args, "--");
	for (size_t i = 0; i < t->paths.n; i++)
		vec_push(args, past_limit(w->past, t->paths.at[i], arena));
	if (!t->paths.n)
		vec_push(args, past_limit(w->past, NULL, arena));
	vec_push(args, NULL);
}

static int walk_trail(struct walk *w, struct fault *f)
{
	static const char *const front[] = { LOG, "--diff-merges=combined", "--full-history" };
	struct arena arena = ARENA_INIT;
	strings args = VEC_INIT;
	struct fault why = FAULT_INIT;

	for (size_t i = 0; i < sizeof front / sizeof *front; i++)
		vec_push(&args, front[i]);
	add_trail(w, &args, &arena);
	int rc = run(w, args.at, &why);
	vec_release(&args);
	arena_release(&arena);
	if (!rc || past_is_unborn(&why))
		return 0;
	*f = why;
	return rc;
}

int past_walk(struct past *p, const char *from, const char *path, past_visit visit, void *ctx,
	      struct fault *f)
{
	struct trail trail = { .arena = ARENA_INIT };
	bool more;
	int rc;

	if (path)
		trail_add(&trail, path);
	if (from)
		vec_push(&trail.starts, arena_copy(&trail.arena, text_of(from)));
	do {
		struct walk w = { .past = p, .trail = &trail, .visit = visit, .ctx = ctx };
		rc = walk_trail(&w, f);
		more = !rc && !w.stopped && w.next.paths.n;
		trail_release(&trail);
		trail = w.next;
	} while (more);
	trail_release(&trail);
	return rc;
}

int past_show(struct past *p, const char *commit, past_visit visit, void *ctx, struct fault *f)
{
	struct walk w = { .past = p, .visit = visit, .ctx = ctx, .even_empty = true };
	const char *const args[] = { LOG, "--diff-merges=first-parent", "-1", "--end-of-options",
				     commit, NULL };

	return run(&w, args, f);
}
