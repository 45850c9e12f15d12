#include "history/past.h"

#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "book/book.h"
#include "book/listing.h"
#include "contact/contact.h"
#include "history/past_parts.h"
#include "history/repo.h"

/* ---- opening ---- */

static int start_blobs(struct past *p, struct fault *f)
{
	static const char *const args[] = { "cat-file", "--batch", NULL };

	return stream_start(&p->blobs, p->repo, args, true, f);
}

int past_open(const struct repo *r, struct past **out, struct fault *f)
{
	struct past *p = mem_alloc(sizeof *p);

	p->repo = r;
	if (start_blobs(p, f) < 0) {
		mem_free(p);
		return f->code;
	}
	*out = p;
	return 0;
}

void past_close(struct past *p)
{
	if (!p)
		return;
	stream_stop(&p->blobs);
	arena_release(&p->places);
	mem_free(p);
}

/* ---- what the parts share ---- */

const char *past_book_path(const struct past *p, const char *git_path)
{
	const char *path = repo_book_path(p->repo, git_path);
	struct text rest = text_of(path), part = TEXT_NONE;

	if (!path || !strcmp(path, BOOK_CONFIG) || !strcmp(path, BOOK_ATTRIBUTES))
		return path;
	while (text_cut(&rest, '/', &part))
		if (text_starts(part, TEXT(".")))
			return NULL;
	return listing_takes(part) ? path : NULL;
}

bool past_is_regular(struct text mode)
{
	return text_starts(mode, TEXT("100"));
}

const char *past_limit(const struct past *p, const char *path, struct arena *arena)
{
	struct buf git_path = BUF_INIT, limit = BUF_INIT;

	repo_path(p->repo, path ? path : "", &git_path);
	program_path(buf_text(&git_path), &limit);
	const char *kept = git_path.n ? arena_copy(arena, buf_text(&limit)) : NULL;
	buf_release(&git_path);
	buf_release(&limit);
	return kept;
}

bool past_is_unborn(const struct fault *f)
{
	return strstr(f->msg, "does not have any commits yet") != NULL;
}

/* ---- which commit ---- */

/* Append the one line of text that a git says, without its end. FAULT_NOTFOUND: no commit yet. */
static int ask(struct past *p, const char *const *args, struct buf *out, struct fault *f)
{
	struct buf said = BUF_INIT;
	int rc = program_run(p->repo, args, TEXT_NONE, NULL, &said, f);

	if (rc && past_is_unborn(f))
		rc = fault_set(f, FAULT_NOTFOUND, "there is no commit yet");
	buf_add_text(out, text_trim(buf_text(&said)));
	buf_release(&said);
	return rc;
}

/* Somebody asked for an earlier day than the first one of history. */
static int none_before(struct past *p, struct text rev, struct fault *f)
{
	static const char *const args[] = { "log", "--first-parent", "--max-parents=0", "-1",
					    "--no-show-signature", "--date=short-local",
					    "--format=tformat:%cd", NULL };
	struct buf first = BUF_INIT;

	if (!ask(p, args, &first, f))
		fault_set(f, FAULT_NOTFOUND, "there is no commit of '%.*s' or before; the first is "
			  "of %s", TEXT_FMT(rev), first.at);
	buf_release(&first);
	return f->code;
}

/* Git reads no years beyond these. */
enum { FIRST_YEAR = 1970, LAST_YEAR = 2099 };

/* The last day that a date may mean: of a month or a year its end. */
static struct date last_day(struct date d)
{
	struct period unit = { 1, d.month ? 'm' : 'y' };

	if (!d.day)
		d = date_from_days(date_days(date_add(d, unit, 1)) - 1);
	return d.year > LAST_YEAR ? (struct date){ LAST_YEAR, 12, 31 } : d;
}

/* The commit that was the last one at the end of that day, in the line of HEAD. */
static int commit_of_day(struct past *p, struct text rev, struct date d, struct buf *id,
			 struct fault *f)
{
	struct buf until = BUF_INIT, found = BUF_INIT;

	buf_add_str(&until, "--until=");
	date_format(last_day(d), &until);
	buf_add_str(&until, " 23:59:59");
	const char *const args[] = { "log", "--first-parent", "-1", "--no-show-signature",
				     "--format=tformat:%H", until.at, NULL };
	int rc = d.year < FIRST_YEAR ? 0 : ask(p, args, &found, f);
	if (!rc && !found.n)
		rc = none_before(p, rev, f);
	buf_add_text(id, buf_text(&found));
	buf_release(&until);
	buf_release(&found);
	return rc;
}

/* As people say it of what was: a weekday is the last one. */
static bool read_day(struct text rev, struct date today, struct date *out)
{
	struct fault unused = FAULT_INIT;
	struct buf last = BUF_INIT;

	if (date_read(rev, today, out, &unused) < 0 || !out->year)
		return false;
	buf_add_str(&last, "last ");
	buf_add_text(&last, rev);
	if (date_cmp(*out, today) > 0)
		date_read(buf_text(&last), today, out, &unused);
	buf_release(&last);
	return true;
}

static bool is_object_name(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (!char_is_digit(t.at[i]) && (t.at[i] < 'a' || t.at[i] > 'f'))
			return false;
	return t.n > 0;
}

/* There is no commit of that name; or git reads nothing at all here, and says why. */
static int none_named(struct past *p, struct text rev, struct fault *f)
{
	static const char *const args[] = { "log", "-1", "--no-show-signature", "--format=tformat:",
					    NULL };
	struct buf nothing = BUF_INIT;

	if (!ask(p, args, &nothing, f))
		fault_set(f, FAULT_NOTFOUND, "there is no commit '%.*s'; 'kith history' names "
			  "those there are, and a date will do", TEXT_FMT(rev));
	buf_release(&nothing);
	return f->code;
}

static int commit_named(struct past *p, struct text rev, struct buf *id, struct fault *f)
{
	struct buf name = BUF_INIT, found = BUF_INIT;
	int rc = 0;

	buf_add_text(&name, rev);
	buf_add_str(&name, "^{commit}");
	const char *const args[] = { "rev-parse", "--verify", "--end-of-options", name.at, NULL };
	if (ask(p, args, &found, f) < 0 || !is_object_name(buf_text(&found)))
		rc = none_named(p, rev, f);
	else
		buf_add_text(id, buf_text(&found));
	buf_release(&name);
	buf_release(&found);
	return rc;
}

int past_commit(struct past *p, struct text rev, struct date today, struct buf *id,
		struct fault *f)
{
	struct date d;

	rev = text_trim(rev);
	if (read_day(rev, today, &d))
		return commit_of_day(p, rev, d, id, f);
	return commit_named(p, rev, id, f);
}

/* ---- blobs ---- */

static int no_answer(struct past *p, struct fault *f)
{
	if (stream_end(&p->blobs, f) < 0)
		return f->code;
	return fault_set(f, FAULT_OS, "git cat-file has ended too early");
}

/* Its answer: "NAME blob SIZE", the bytes and a newline; or "NAME missing". */
static int read_answer(struct past *p, const char *blob, struct buf *out, struct fault *f)
{
	struct text line, word, bytes;
	long size;

	if (!stream_cut(&p->blobs, '\n', &line))
		return no_answer(p, f);
	text_cut_word(&line, &word);
	bool is_blob = text_cut_word(&line, &word) && text_equal(word, TEXT("blob"));
	if (!is_blob || !text_number(text_trim(line), 0, (long)FILE_LIMIT, &size)) {
		stream_stop(&p->blobs);
		return is_blob ? fault_set(f, FAULT_OS, "the version %s is too large", blob)
			       : fault_set(f, FAULT_OS, "the repository lacks the version %s; "
					   "'git fsck' tells more", blob);
	}
	if (!stream_take(&p->blobs, (size_t)size + 1, &bytes))
		return no_answer(p, f);
	buf_add_text(out, text_part(bytes, 0, (size_t)size));
	return 0;
}

static int read_stored(struct past *p, const char *blob, struct buf *out, struct fault *f)
{
	struct buf request = BUF_INIT;
	int rc = 0;

	if (!stream_runs(&p->blobs))
		rc = start_blobs(p, f);
	buf_add_fmt(&request, "%s\n", blob);
	if (!rc && stream_write(&p->blobs, buf_text(&request), f) < 0)
		rc = no_answer(p, f);
	if (!rc)
		rc = read_answer(p, blob, out, f);
	buf_release(&request);
	return rc;
}

/* What a filter makes of it, if that is a text; git knows by the path which one. */
static void read_filtered(struct past *p, const char *blob, const char *path, struct buf *text)
{
	struct buf option = BUF_INIT, filtered = BUF_INIT;
	struct fault unused = FAULT_INIT;

	buf_add_str(&option, "--path=");
	repo_path(p->repo, path, &option);
	const char *const args[] = { "cat-file", "--filters", option.at, blob, NULL };
	if (!program_run(p->repo, args, TEXT_NONE, NULL, &filtered, &unused) &&
	    contact_damage_of(buf_text(&filtered)) != CONTACT_NOT_TEXT) {
		buf_clear(text);
		buf_add_text(text, buf_text(&filtered));
	}
	buf_release(&option);
	buf_release(&filtered);
}

/* Is a filter set up in the repository? Most have none, and no file needs to be asked about. */
static bool has_filters(const struct past *p)
{
	struct buf settings = BUF_INIT;

	repo_read(p->repo->common, "config", &settings);
	repo_read(p->repo->gitdir, "config.worktree", &settings);
	bool has = text_holds(buf_text(&settings), TEXT("[filter"));
	buf_release(&settings);
	return has;
}

static bool is_filtered(const struct past *p, const char *path)
{
	struct buf git_path = BUF_INIT, said = BUF_INIT;
	struct fault unused = FAULT_INIT;
	struct text rest, field = TEXT_NONE;

	repo_path(p->repo, path, &git_path);
	const char *const args[] = { "check-attr", "-z", "filter", "--", git_path.at, NULL };
	bool is = has_filters(p) && !program_run(p->repo, args, TEXT_NONE, NULL, &said, &unused);
	rest = buf_text(&said);
	for (int i = 0; i < 3 && is; i++) /* the path, "filter", what it is */
		is = text_cut(&rest, '\0', &field);
	is = is && !text_equal(field, TEXT("unspecified")) && !text_equal(field, TEXT("unset"));
	buf_release(&git_path);
	buf_release(&said);
	return is;
}

int past_blob(struct past *p, const char *blob, const char *path, struct buf *out,
	      struct fault *f)
{
	struct buf text = BUF_INIT;
	int rc = read_stored(p, blob, &text, f);

	if (!rc && (contact_damage_of(buf_text(&text)) == CONTACT_NOT_TEXT || is_filtered(p, path)))
		read_filtered(p, blob, path, &text);
	buf_add_text(out, buf_text(&text));
	buf_release(&text);
	return rc;
}

/* ---- what is in a commit ---- */

/* "100644 blob NAME\tPATH" */
static int tell_listed(struct past *p, struct text record, past_list_visit visit, void *ctx)
{
	struct text mode, type, blob;
	struct buf name = BUF_INIT;
	int rc = 0;

	size_t tab = text_find(record, '\t');
	struct text front = text_part(record, 0, tab);
	struct text git_path = text_part(record, tab + 1, record.n);
	if (!text_cut_word(&front, &mode) || !text_cut_word(&front, &type) ||
	    !text_cut_word(&front, &blob) || !past_is_regular(mode))
		return 0;
	buf_add_text(&name, blob);
	const char *path = past_book_path(p, git_path.at); /* the record ended with a NUL */
	if (path)
		rc = visit(ctx, path, name.at);
	buf_release(&name);
	return rc;
}

static int list(struct past *p, const char *commit, const char *path, past_list_visit visit,
		void *ctx, struct fault *f)
{
	struct stream s = STREAM_NONE;
	struct arena arena = ARENA_INIT;
	struct text record;
	int stop = 0;

	const char *const args[] = { "ls-tree", "-r", "-z", "--full-tree", commit, "--",
				     past_limit(p, path, &arena), NULL };
	int rc = stream_start(&s, p->repo, args, false, f);
	while (!rc && !stop && stream_cut(&s, '\0', &record))
		stop = tell_listed(p, record, visit, ctx);
	if (stop)
		stream_stop(&s);
	else if (!rc)
		rc = stream_end(&s, f);
	arena_release(&arena);
	return rc;
}

/* The settings are in a commit too, but no contact. */
struct contacts {
	past_list_visit visit;
	void *ctx;
};

static int tell_contact(void *ctx, const char *path, const char *blob)
{
	const struct contacts *to = ctx;

	return text_ends(text_of(path), TEXT(".ini")) ? to->visit(to->ctx, path, blob) : 0;
}

int past_list(struct past *p, const char *commit, past_list_visit visit, void *ctx,
	      struct fault *f)
{
	struct contacts to = { visit, ctx };

	return list(p, commit, NULL, tell_contact, &to, f);
}

struct wanted {
	const char *path;
	struct buf blob;
};

static int take_wanted(void *ctx, const char *path, const char *blob)
{
	struct wanted *w = ctx;

	if (strcmp(path, w->path) != 0)
		return 0;
	buf_add_str(&w->blob, blob);
	return 1;
}

int past_read(struct past *p, const char *commit, const char *path, struct buf *out,
	      struct fault *f)
{
	struct wanted w = { path, BUF_INIT };
	int rc = list(p, commit, path, take_wanted, &w, f);

	if (!rc && !w.blob.n)
		rc = fault_set(f, FAULT_NOTFOUND, "'%s' was not there then", path);
	if (!rc)
		rc = past_blob(p, w.blob.at, path, out, f);
	buf_release(&w.blob);
	return rc;
}
