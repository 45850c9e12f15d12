#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "history/author.h"
#include "history/commit.h"
#include "history/note.h"
#include "history/program.h"
#include "history/repo.h"

/*
 * The commit is put together in an index of its own, so that nothing staged gets into it, and
 * made by `git commit`, which runs the hooks and signs.
 */
struct maker {
	struct commit_job *job;
	const struct repo *repo;
	struct buf index;     /* "GIT_INDEX_FILE=.." */
	struct buf dates[2];  /* "GIT_AUTHOR_DATE=..", unless the user has set them */
	struct buf who[4];    /* "GIT_AUTHOR_NAME=..", where git does not know anybody */
	const char *env[16];  /* of git: the index first, which only some commands are given */
	bool born;            /* HEAD is a commit */
	size_t id_digits;     /* of an object's name: 40 of SHA-1, 64 of SHA-256 */
	struct buf filtered;  /* paths that go through a filter, each with a NUL at both ends */
	struct buf required;  /* "GIT_CONFIG_KEY_2=filter.NAME.required": it must not just fail */
};

/* What is committed is on the disk, which git by itself does not see to; messages are UTF-8. */
static const char *const for_writing[] = {
	"GIT_CONFIG_COUNT=2",
	"GIT_CONFIG_KEY_0=core.fsync", "GIT_CONFIG_VALUE_0=all",
	"GIT_CONFIG_KEY_1=i18n.commitEncoding", "GIT_CONFIG_VALUE_1=UTF-8", NULL
};

static int run_git(const struct maker *m, const char *const *args, struct text input,
		   struct buf *out, struct fault *f)
{
	return program_run(m->repo, args, input, m->env + 1, out, f);
}

/* The same on the index in which the commit is put together. */
static int run_apart(const struct maker *m, const char *const *args, struct text input,
		     struct buf *out, struct fault *f)
{
	return program_run(m->repo, args, input, m->env, out, f);
}

/* From now on git fails where the filter does, whatever its settings say. */
static void require_filter(struct maker *m)
{
	size_t n = 0;

	while (m->env[n])
		n++;
	m->env[1] = "GIT_CONFIG_COUNT=3";
	m->env[n++] = m->required.at;
	m->env[n++] = "GIT_CONFIG_VALUE_2=true";
	m->env[n] = NULL;
}

static void trim_line(struct buf *b)
{
	struct text line = text_trim(buf_text(b));

	buf_set_len(b, line.n);
	b->at[b->n] = '\0';
}

/* It may be there, and locked, from one that was killed: by the book's lock none is at work. */
static void remove_index(const struct maker *m)
{
	struct buf path = BUF_INIT;

	buf_add_str(&path, m->index.at + sizeof "GIT_INDEX_FILE=" - 1);
	unlink(path.at);
	buf_add_str(&path, ".lock");
	unlink(path.at);
	buf_release(&path);
}

static void close_maker(void *state)
{
	struct maker *m = state;

	if (!m)
		return;
	remove_index(m);
	buf_release(&m->index);
	buf_release(&m->filtered);
	buf_release(&m->required);
	for (int i = 0; i < 2; i++)
		buf_release(&m->dates[i]);
	for (int i = 0; i < 4; i++)
		buf_release(&m->who[i]);
	mem_free(m);
}

/* ---- the environment of the commit ---- */

static void add_dates(struct maker *m, struct date fixed, size_t *n)
{
	static const char *const names[] = { "GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE" };
	struct moment noon = author_now(fixed);

	for (int i = 0; i < 2 && !date_is_none(fixed); i++) {
		if (text_of(getenv(names[i])).n)
			continue;
		buf_add_fmt(&m->dates[i], "%s=@%lld +0000", names[i], (long long)noon.time);
		m->env[(*n)++] = m->dates[i].at;
	}
}

/* Say so, unless the commit before was by the fallback already. */
static void tell_stranger(struct maker *m, const char *name, const char *email)
{
	const char *args[] = { "log", "--max-count=1", "--format=%ae", NULL };
	struct buf before = BUF_INIT;
	struct fault unborn = FAULT_INIT;

	if (run_git(m, args, TEXT_NONE, &before, &unborn) < 0)
		buf_clear(&before);
	trim_line(&before);
	if (strcmp(before.at, email))
		buf_add_fmt(&m->job->stranger, "%s <%s>", name, email);
	buf_release(&before);
}

/* Where git would refuse for want of a name, the fallback is given. */
static void add_identity(struct maker *m, size_t *n)
{
	static const char *const names[] = { "GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME",
					     "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL" };
	const char *author[] = { "var", "GIT_AUTHOR_IDENT", NULL };
	const char *committer[] = { "var", "GIT_COMMITTER_IDENT", NULL };
	struct buf name = BUF_INIT, email = BUF_INIT;
	struct fault unknown = FAULT_INIT;

	if (!run_git(m, author, TEXT_NONE, NULL, &unknown) &&
	    !run_git(m, committer, TEXT_NONE, NULL, &unknown))
		return;
	author_fallback(&name, &email);
	for (int i = 0; i < 4; i++) {
		buf_add_fmt(&m->who[i], "%s=%s", names[i], i < 2 ? name.at : email.at);
		m->env[(*n)++] = m->who[i].at;
	}
	m->env[*n] = NULL;
	tell_stranger(m, name.at, email.at);
	buf_release(&name);
	buf_release(&email);
}

static void make_environment(struct maker *m, struct date fixed)
{
	size_t n = 0;

	buf_add_str(&m->index, "GIT_INDEX_FILE=");
	note_path(m->repo, "index", &m->index);
	m->env[n++] = m->index.at;
	for (size_t i = 0; for_writing[i]; i++)
		m->env[n++] = for_writing[i];
	add_dates(m, fixed, &n);
	add_identity(m, &n);
	m->env[n] = NULL;
}

/* ---- opening ---- */

static int check_work_tree(struct maker *m, struct fault *f)
{
	const char *args[] = { "rev-parse", "--show-toplevel", "--show-object-format", NULL };
	struct buf said = BUF_INIT;
	struct text rest, top = TEXT_NONE, format = TEXT_NONE;

	int rc = run_git(m, args, TEXT_NONE, &said, f);
	rest = buf_text(&said);
	if (!rc && !(text_cut_line(&rest, &top) && text_cut_line(&rest, &format)))
		rc = fault_set(f, FAULT_INVALID, "git sees no work tree here; look at core.bare "
			       "in its settings");
	else if (!rc && !text_equal(top, text_of(m->repo->top)))
		rc = fault_set(f, FAULT_INVALID, "git takes %.*s for the work tree, not %s; "
			       "look at core.worktree and core.bare in its settings", TEXT_FMT(top),
			       m->repo->top);
	m->id_digits = text_equal(format, TEXT("sha256")) ? 64 : 40;
	buf_release(&said);
	return rc;
}

/* Append the paths of the files, each with a NUL behind it, as --stdin -z wants them. */
static void list_paths(const struct commit_job *job, struct buf *out)
{
	for (size_t i = 0; i < job->n; i++)
		buf_add(out, job->files[i].path, strlen(job->files[i].path) + 1);
}

static int make_index(const struct maker *m, struct fault *f)
{
	const char *args[] = { "read-tree", m->born ? "HEAD" : "--empty", NULL };
	int rc = commit_put_index_aside(m->repo, f);

	if (!rc)
		rc = program_run(m->repo, args, TEXT_NONE, for_writing, NULL, f);
	m->job->index_made = !rc;
	return rc;
}

/* Is a merge of one of our files left to be resolved? The files of others are their business. */
static int check_merged(const struct maker *m, struct fault *f)
{
	const char *args[] = { "ls-files", "-z", "--unmerged", NULL };
	struct buf unmerged = BUF_INIT;
	struct text rest, one;

	int rc = program_run(m->repo, args, TEXT_NONE, NULL, &unmerged, f);
	if (rc && commit_index_is_damaged(m->repo))
		rc = make_index(m, f);
	rest = buf_text(&unmerged);
	while (!rc && text_cut(&rest, '\0', &one)) {
		struct text path = text_part(one, text_find(one, '\t'), one.n);
		for (size_t i = 0; i < m->job->n && path.n && !rc; i++)
			if (text_equal(text_part(path, 1, path.n), text_of(m->job->files[i].path)))
				rc = commit_conflict(f);
	}
	buf_release(&unmerged);
	return rc;
}

static bool is_configured(const struct maker *m, struct text name, const char *what)
{
	struct buf key = BUF_INIT, value = BUF_INIT;
	struct fault unset = FAULT_INIT;

	buf_add_fmt(&key, "filter.%.*s.%s", TEXT_FMT(name), what);
	const char *args[] = { "config", "--get", key.at, NULL };
	bool is = !run_git(m, args, TEXT_NONE, &value, &unset) && text_trim(buf_text(&value)).n;
	buf_release(&key);
	buf_release(&value);
	return is;
}

/* A filter that is named but not set up, or that may fail in silence, would let plain text pass. */
static int use_filter(struct maker *m, struct text name, struct fault *f)
{
	if (!is_configured(m, name, "clean") && !is_configured(m, name, "process"))
		return fault_set(f, FAULT_OS, "the filter '%.*s' that .gitattributes wants is "
				 "not set up here, and without it plain text would be stored",
				 TEXT_FMT(name));
	buf_clear(&m->required);
	buf_add_fmt(&m->required, "GIT_CONFIG_KEY_2=filter.%.*s.required", TEXT_FMT(name));
	m->job->secret = true;
	return 0;
}

static bool is_filter(struct text value)
{
	return !text_equal(value, TEXT("unspecified")) && !text_equal(value, TEXT("unset")) &&
	       !text_equal(value, TEXT("set"));
}

static int read_filters(struct maker *m, struct fault *f)
{
	const char *args[] = { "check-attr", "-z", "--stdin", "filter", NULL };
	struct buf paths = BUF_INIT, said = BUF_INIT;
	struct text rest, path, attribute, value;

	list_paths(m->job, &paths);
	int rc = run_git(m, args, buf_text(&paths), &said, f);
	rest = buf_text(&said);
	while (!rc && text_cut(&rest, '\0', &path) && text_cut(&rest, '\0', &attribute) &&
	       text_cut(&rest, '\0', &value)) {
		if (!is_filter(value))
			continue;
		buf_add_char(&m->filtered, '\0');
		buf_add(&m->filtered, path.at, path.n + 1);
		rc = use_filter(m, value, f);
	}
	if (!rc && m->job->secret)
		require_filter(m);
	buf_release(&paths);
	buf_release(&said);
	return rc;
}

/* Does the file go through a filter? Else its bytes are stored as they are, to the last one. */
static bool is_filtered(const struct maker *m, const char *path)
{
	struct buf whole = BUF_INIT;

	buf_add_char(&whole, '\0');
	buf_add(&whole, path, strlen(path) + 1);
	bool is = m->filtered.n && text_holds(buf_text(&m->filtered), buf_text(&whole));
	buf_release(&whole);
	return is;
}

/* Is HEAD a commit? */
static int read_head(struct maker *m, struct fault *f)
{
	const char *head[] = { "rev-parse", "--verify", "HEAD^{commit}", NULL };
	const char *branch[] = { "symbolic-ref", "HEAD", NULL };
	struct buf name = BUF_INIT;
	struct fault unborn = FAULT_INIT;

	m->born = !run_git(m, head, TEXT_NONE, NULL, &unborn);
	if (m->born)
		return 0;
	int rc = run_git(m, branch, TEXT_NONE, &name, f);
	trim_line(&name);
	if (!rc)
		rc = commit_check_unborn(m->repo, name.at, f);
	buf_release(&name);
	return rc;
}

static int open_maker(struct commit_job *job, void **state, const char **unfit, struct fault *f)
{
	struct maker *m = mem_alloc(sizeof *m);

	*unfit = NULL;
	*m = (struct maker){ .job = job, .repo = job->repo, .index = BUF_INIT,
			      .filtered = BUF_INIT, .required = BUF_INIT };
	for (int i = 0; i < 2; i++)
		m->dates[i] = (struct buf)BUF_INIT;
	for (int i = 0; i < 4; i++)
		m->who[i] = (struct buf)BUF_INIT;
	make_environment(m, job->fixed);
	remove_index(m);
	int rc = check_work_tree(m, f);
	if (!rc)
		rc = commit_wait_for_index(m->repo, f);
	if (!rc)
		rc = read_head(m, f);
	if (!rc)
		rc = check_merged(m, f);
	if (!rc)
		rc = read_filters(m, f);
	if (rc) {
		close_maker(m);
		m = NULL;
	}
	*state = m;
	return rc;
}

/* ---- what HEAD has ---- */

/* What HEAD has at a path. */
struct entry {
	struct buf line;       /* "100644 blob ID", empty: nothing */
	struct text mode, id;  /* within line */
};

static int find_entry(const struct maker *m, const char *path, struct entry *out, struct fault *f)
{
	struct buf literal = BUF_INIT;

	program_path(text_of(path), &literal);
	const char *args[] = { "ls-tree", "-z", "--full-tree", "HEAD", "--", literal.at, NULL };
	int rc = m->born ? run_git(m, args, TEXT_NONE, &out->line, f) : 0;
	buf_release(&literal);
	struct text rest = buf_text(&out->line), type;

	rest.n = text_find(rest, '\t');
	out->mode = out->id = TEXT_NONE;
	if (text_cut_word(&rest, &out->mode) && text_cut_word(&rest, &type))
		out->id = text_trim(rest);
	return rc;
}

static int has(void *state, const char *path, bool *out, struct fault *f)
{
	struct maker *m = state;
	struct entry entry = { .line = BUF_INIT };
	int rc = *path ? find_entry(m, path, &entry, f) : 0;

	*out = *path ? entry.id.n > 0 : m->born;
	buf_release(&entry.line);
	return rc;
}

/* Append the name that the bytes have, or get when they are stored. */
static int hash(const struct maker *m, const char *how, bool write, struct text bytes,
		struct buf *id, struct fault *f)
{
	const char *args[] = { "hash-object", "--stdin", how, write ? "-w" : NULL, NULL };
	int rc = run_git(m, args, bytes, id, f);

	trim_line(id);
	return rc;
}

/* A filter that leaves the text as it is did not run: git does not see here where it is named. */
static int check_filtered(const struct maker *m, const char *how, struct text bytes,
			  struct fault *f)
{
	struct buf plain = BUF_INIT, filtered = BUF_INIT;
	int rc = hash(m, "--no-filters", false, bytes, &plain, f);

	if (!rc)
		rc = hash(m, how, false, bytes, &filtered, f);
	if (!rc && bytes.n && text_equal(buf_text(&plain), buf_text(&filtered)))
		rc = fault_set(f, FAULT_OS, "its filter does not change it, so plain text would be "
			       "stored; is .gitattributes missing in the work tree?");
	buf_release(&plain);
	buf_release(&filtered);
	return rc;
}

/* Store the bytes as git would the file: through its filter, if it has one. */
static int store(const struct maker *m, const struct commit_file *file, bool write,
		 struct buf *id, struct fault *f)
{
	bool filtered = is_filtered(m, file->path);
	struct buf how = BUF_INIT;
	int rc = 0;

	buf_add_str(&how, filtered ? "--path=" : "--no-filters");
	buf_add_str(&how, filtered ? file->path : "");
	if (filtered && write)
		rc = check_filtered(m, how.at, file->bytes, f);
	if (!rc)
		rc = hash(m, how.at, write, file->bytes, id, f);
	buf_release(&how);
	return rc;
}

static int holds(void *state, const struct commit_file *file, bool *out, struct fault *f)
{
	struct entry there = { .line = BUF_INIT };
	struct buf wanted = BUF_INIT;
	int rc = find_entry(state, file->path, &there, f);

	if (!rc && file->bytes.at)
		rc = store(state, file, false, &wanted, f);
	*out = text_equal(there.id, buf_text(&wanted));
	buf_release(&there.line);
	buf_release(&wanted);
	return rc;
}

static int read_file(void *state, const char *path, struct buf *out, struct fault *f)
{
	struct buf name = BUF_INIT;

	buf_add_fmt(&name, "HEAD:%s", path);
	const char *how = is_filtered(state, path) ? "--filters" : "blob";
	const char *args[] = { "cat-file", how, name.at, NULL };
	int rc = run_git(state, args, TEXT_NONE, out, f);
	buf_release(&name);
	return rc;
}

/* ---- the commit ---- */

/* A line for `git update-index --index-info -z`; without an id the path goes. */
static void add_line(const struct maker *m, struct text mode, struct text id, const char *path,
		     struct buf *out)
{
	if (id.n) {
		buf_add_fmt(out, "%.*s %.*s", TEXT_FMT(mode), TEXT_FMT(id));
	} else {
		buf_add_str(out, "0 ");
		buf_add_fill(out, '0', m->id_digits);
	}
	buf_add_fmt(out, "\t%s", path);
	buf_add_char(out, '\0');
}

/* What these files are to be: stored, and with the mode that they have. */
static int add_new(const struct maker *m, const struct commit_file *file, struct buf *out,
		   struct fault *f)
{
	struct entry was = { .line = BUF_INIT };
	struct buf id = BUF_INIT;
	int rc = find_entry(m, file->path, &was, f);

	if (!rc && file->bytes.at)
		rc = store(m, file, true, &id, f);
	if (!rc)
		add_line(m, was.mode.n ? was.mode : TEXT("100644"), buf_text(&id), file->path,
			 out);
	buf_release(&was.line);
	buf_release(&id);
	return rc;
}

static int fill_index(const struct maker *m, struct text entries, struct fault *f)
{
	const char *empty[] = { "read-tree", m->born ? "HEAD" : "--empty", NULL };
	const char *update[] = { "update-index", "-z", "--index-info", NULL };

	remove_index(m);
	if (run_apart(m, empty, TEXT_NONE, NULL, f) < 0)
		return f->code;
	return run_apart(m, update, entries, NULL, f);
}

/* A filter may make the same of different texts; a commit of nothing is none. */
static bool is_empty(const struct maker *m)
{
	const char *write[] = { "write-tree", NULL };
	const char *head[] = { "rev-parse", "--verify", "HEAD^{tree}", NULL };
	struct buf made = BUF_INIT, was = BUF_INIT;
	struct fault none = FAULT_INIT;

	bool same = m->born && !run_apart(m, write, TEXT_NONE, &made, &none) &&
		    !run_git(m, head, TEXT_NONE, &was, &none) &&
		    text_equal(buf_text(&made), buf_text(&was));
	buf_release(&made);
	buf_release(&was);
	return same;
}

static int make(void *state, const struct commit_file *files, size_t n, const char *message,
		struct buf *id, struct fault *f)
{
	const char *commit[] = { "commit", "--quiet", "--cleanup=whitespace", "--file=-", NULL };
	const char *name[] = { "rev-parse", "--short=7", "HEAD", NULL };
	struct maker *m = state;
	struct buf entries = BUF_INIT;
	int rc = 0;

	commit_remove_empty(m->repo); /* git takes one for an object that it has already */
	for (size_t i = 0; i < n && !rc; i++)
		rc = add_new(m, files + i, &entries, f);
	if (!rc)
		rc = fill_index(m, buf_text(&entries), f);
	if (!rc && !is_empty(m)) {
		rc = run_apart(m, commit, text_of(message), NULL, f);
		m->born = m->born || !rc;
		buf_clear(id);
		if (!rc)
			rc = run_git(m, name, TEXT_NONE, id, f);
		trim_line(id);
	}
	buf_release(&entries);
	remove_index(m);
	return rc;
}

/* ---- the user's index ---- */

static int add_known(const struct maker *m, const char *path, struct buf *out, struct fault *f)
{
	struct entry entry = { .line = BUF_INIT };
	int rc = find_entry(m, path, &entry, f);

	if (!rc)
		add_line(m, entry.mode, entry.id, path, out);
	buf_release(&entry.line);
	return rc;
}

static int refresh(void *state, const struct commit_file *files, size_t n, struct fault *f)
{
	const char *update[] = { "update-index", "-z", "--index-info", NULL };
	const char *look[] = { "update-index", "-q", "--refresh", NULL };
	struct maker *m = state;
	struct buf entries = BUF_INIT;
	struct fault others = FAULT_INIT;
	int rc = 0;

	for (size_t i = 0; i < n && !rc; i++)
		rc = add_known(m, files[i].path, &entries, f);
	if (!rc)
		rc = program_run(m->repo, update, buf_text(&entries), for_writing, NULL, f);
	buf_release(&entries);
	/* That some other file differs is a failure to git; it is none to us. */
	if (!rc && program_run(m->repo, look, TEXT_NONE, for_writing, NULL,
			       &others) < 0)
		others.code = FAULT_NONE;
	commit_sync_index(m->repo);
	return rc;
}

const struct commit_maker commit_program = {
	.open = open_maker,
	.holds = holds,
	.read = read_file,
	.has = has,
	.make = make,
	.refresh = refresh,
	.close = close_maker,
};
