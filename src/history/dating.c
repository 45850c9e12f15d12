#include "history/dating.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/vec.h"
#include "contact/change.h"
#include "contact/contact.h"
#include "history/past.h"
#include "history/past_version.h"
#include "history/renames.h"

/* ---- values ---- */

static void add_lower(struct text t, struct buf *out)
{
	for (size_t i = 0; i < t.n; i++)
		buf_add_char(out, char_lower(t.at[i]));
	buf_add_char(out, '\0');
}

static uint64_t hash_of(const struct change_value *value, struct buf *scratch)
{
	buf_clear(scratch);
	add_lower(value->section, scratch);
	add_lower(value->key, scratch);
	buf_add_text(scratch, value->text);
	return hash_bytes(buf_text(scratch), 0);
}

void datings_of(const struct contact *c, struct datings *out)
{
	struct change_at at = { 0 };
	struct change_value value;
	struct buf scratch = BUF_INIT;

	while (change_next_value(c, &at, &value)) {
		struct dated one = { value.section, value.key, value.text, value.entry,
				     hash_of(&value, &scratch), DATED_NOT, DATE_NONE };
		vec_push(out, one);
	}
	buf_release(&scratch);
}

void datings_release(struct datings *list)
{
	mem_free(list->texts);
	vec_release(list);
	list->texts = NULL;
}

static void move_text(struct text *t, struct buf *all)
{
	size_t from = all->n;

	buf_add_text(all, *t);
	t->at = all->at + from;
}

void datings_own(struct datings *list)
{
	struct buf all = BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += list->at[i].section.n + list->at[i].key.n + list->at[i].value.n;
	buf_room(&all, n);
	for (size_t i = 0; i < list->n; i++) {
		move_text(&list->at[i].section, &all);
		move_text(&list->at[i].key, &all);
		move_text(&list->at[i].value, &all);
	}
	list->texts = buf_take(&all);
}

/* ---- the values of a version ---- */

struct version {
	VEC(uint64_t) hashes; /* sorted */
};

static int by_number(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

static void version_of(const struct contact *c, struct version *out)
{
	struct change_at at = { 0 };
	struct change_value value;
	struct buf scratch = BUF_INIT;

	while (change_next_value(c, &at, &value))
		vec_push(&out->hashes, hash_of(&value, &scratch));
	if (out->hashes.n)
		qsort(out->hashes.at, out->hashes.n, sizeof *out->hashes.at, by_number);
	buf_release(&scratch);
}

static bool version_has(const struct version *v, uint64_t hash)
{
	return v->hashes.n && bsearch(&hash, v->hashes.at, v->hashes.n, sizeof hash, by_number);
}

/*
 * Those that are in `after` (NULL: all are) and not in `before`. With DATED_NOT the day is noted on
 * which they were brought back, in case nothing older is found.
 */
static void date_values(struct datings *list, const struct version *before,
			const struct version *after, enum dated_how how, struct date day)
{
	for (size_t i = 0; i < list->n; i++) {
		struct dated *value = &list->at[i];
		bool is_back = !date_is_none(value->day);
		if (value->how != DATED_NOT || (how == DATED_NOT && is_back) ||
		    version_has(before, value->hash) ||
		    (after && !version_has(after, value->hash)))
			continue;
		value->how = how;
		value->day = day;
	}
}

void datings_narrow(struct datings *list, const struct contact *other)
{
	struct version version = { VEC_INIT };
	size_t n = 0;

	version_of(other, &version);
	for (size_t i = 0; i < list->n; i++)
		if (version_has(&version, list->at[i].hash))
			list->at[n++] = list->at[i];
	list->n = n;
	vec_release(&version.hashes);
}

/* Add the values of a version to others; none where there is no blob. */
static int read_version(struct past *p, const char *blob, const char *path, struct version *out,
			struct fault *f)
{
	struct contact c;

	if (!blob)
		return 0;
	if (past_version_read(p, blob, path, &c, f) < 0)
		return f->code;
	version_of(&c, out);
	contact_release(&c);
	return 0;
}

/* ---- who is followed ---- */

/* One of the contacts, under the name it had at this point of the walk. */
struct tracked {
	char *path;             /* owned */
	struct datings *values;
};

struct walk {
	struct past *past;
	VEC(struct tracked *) list; /* owned; by path: those with open values */
	size_t commits;
	struct date day;            /* of the last commit seen */
};

/* The place of the path, or where it would stand. */
static size_t place_of(const struct walk *w, const char *path)
{
	size_t low = 0, high = w->list.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(w->list.at[middle]->path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct tracked *find(const struct walk *w, const char *path)
{
	size_t i = place_of(w, path);

	return i < w->list.n && !strcmp(w->list.at[i]->path, path) ? w->list.at[i] : NULL;
}

static void insert(struct walk *w, struct tracked *t)
{
	size_t i = place_of(w, t->path);

	vec_push(&w->list, t);
	memmove(w->list.at + i + 1, w->list.at + i, (w->list.n - 1 - i) * sizeof *w->list.at);
	w->list.at[i] = t;
}

static void take_out(struct walk *w, const struct tracked *t)
{
	size_t i = place_of(w, t->path);

	while (w->list.at[i] != t) /* two may have come to the same name */
		i++;
	w->list.n--;
	memmove(w->list.at + i, w->list.at + i + 1, (w->list.n - i) * sizeof *w->list.at);
}

static bool is_open(const struct datings *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].how == DATED_NOT)
			return true;
	return false;
}

static void track(struct walk *w, const char *path, struct datings *values)
{
	if (!is_open(values))
		return;
	struct tracked *t = mem_alloc(sizeof *t);
	*t = (struct tracked){ mem_copy(path, strlen(path)), values };
	insert(w, t);
}

static void release_tracked(struct tracked *t)
{
	mem_free(t->path);
	mem_free(t);
}

/* ---- one commit ---- */

struct commit {
	const struct past_commit *c;
	struct renames renames;
	bool takes_away;  /* a file at least */
	bool brings_back; /* what was there before */
	bool knows_renames;
};

/* What all parents had there; *any: was there a file at all? */
static int read_parents(struct past *p, const struct past_file *file, struct version *out,
			bool *any, struct fault *f)
{
	int rc = read_version(p, file->before, file->path, out, f);

	*any = file->before != NULL;
	for (size_t i = 0; !rc && i < file->n_others; i++) {
		*any |= file->others[i] != NULL;
		rc = read_version(p, file->others[i], file->path, out, f);
	}
	return rc;
}

/* What the file was before the commit, under whatever name; an origin is another name. */
struct before {
	struct version version;
	bool any; /* was there a file? */
	const struct past_file *origin;
};

static int read_origin(struct walk *w, struct commit *commit, const struct past_file *file,
		       struct before *out, struct fault *f)
{
	const struct past_commit *c = commit->c;

	if (!commit->knows_renames &&
	    renames_in(w->past, c->files, c->n_files, &commit->renames, f) < 0)
		return f->code;
	commit->knows_renames = true;
	out->origin = renames_from(&commit->renames, file);
	if (!out->origin)
		return 0;
	out->any = true;
	return read_version(w->past, out->origin->before, out->origin->path, &out->version, f);
}

static void follow(struct walk *w, struct tracked *t, const char *path)
{
	take_out(w, t);
	mem_free(t->path);
	t->path = mem_copy(path, strlen(path));
	insert(w, t);
}

static bool is_any_back(const struct datings *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].how == DATED_NOT && !date_is_none(list->at[i].day))
			return true;
	return false;
}

static int date_file(struct walk *w, struct tracked *t, struct commit *commit,
		     const struct past_file *file, struct fault *f)
{
	struct version after = { VEC_INIT };
	struct before before = { 0 };

	int rc = read_parents(w->past, file, &before.version, &before.any, f);
	if (!rc && !before.any && commit->takes_away)
		rc = read_origin(w, commit, file, &before, f);
	/* Where the file begins, it has all that is in the later ones and was not brought back. */
	bool reads = before.any || is_any_back(t->values);
	if (!rc && reads)
		rc = read_version(w->past, file->after, file->path, &after, f);
	if (!rc)
		date_values(t->values, &before.version, reads ? &after : NULL,
			    commit->brings_back ? DATED_NOT :
			    before.any ? DATED_SET : DATED_FIRST, w->day);
	if (!rc && before.origin)
		follow(w, t, before.origin->path);
	vec_release(&before.version.hashes);
	vec_release(&after.hashes);
	return rc;
}

static struct date day_of(const struct past_commit *c)
{
	enum { DAY = 24 * 60 * 60 };

	return date_from_days((long)((c->time + (int64_t)c->zone * 60) / DAY));
}

/* Was it made by kith restore or kith undo? The last line says so. */
static bool is_bringing_back(const struct past_commit *c)
{
	struct text body = text_of(c->body), line, last = TEXT_NONE;

	while (text_cut_line(&body, &line))
		if (line.n)
			last = line;
	return text_starts(last, TEXT("Kith: restore")) || text_starts(last, TEXT("Kith: undo"));
}

static int visit(void *ctx, const struct past_commit *c, struct fault *f)
{
	struct walk *w = ctx;
	struct commit commit = { .c = c, .brings_back = is_bringing_back(c) };
	int rc = 0;

	if (w->commits++ == DATING_MOST)
		return 1;
	w->day = day_of(c);
	for (size_t i = 0; i < c->n_files; i++)
		commit.takes_away |= !c->files[i].after;
	for (size_t i = 0; !rc && i < c->n_files; i++) {
		struct tracked *t = find(w, c->files[i].path);
		if (!t || !c->files[i].after)
			continue;
		rc = date_file(w, t, &commit, &c->files[i], f);
		if (!is_open(t->values)) {
			take_out(w, t);
			release_tracked(t);
		}
	}
	renames_release(&commit.renames);
	return rc ? rc : !w->list.n;
}

/* ---- the walk ---- */

/* Further back was not looked. What was brought back from nowhere that was seen is of that day. */
static void date_rest(struct datings *list, struct date last)
{
	for (size_t i = 0; i < list->n; i++) {
		struct dated *value = &list->at[i];
		if (value->how == DATED_NOT && !date_is_none(value->day))
			value->how = DATED_SET;
	}
	date_values(list, &(struct version){ VEC_INIT }, NULL, DATED_BEFORE, last);
}

/* Walk, and give back what the walk holds. */
static int run(struct walk *w, const char *from, const char *path, struct fault *f)
{
	int rc = w->list.n ? past_walk(w->past, from, path, visit, w, f) : 0;

	for (size_t i = 0; i < w->list.n; i++) {
		date_rest(w->list.at[i]->values, w->day);
		release_tracked(w->list.at[i]);
	}
	vec_release(&w->list);
	return rc;
}

/* By path: the file, or NULL. */
static const struct past_file *find_file(const struct past_files *files, const char *path)
{
	for (size_t i = 0; i < files->n; i++)
		if (!strcmp(files->at[i].path, path))
			return &files->at[i];
	return NULL;
}

/* A file that was taken away, and goes on as this contact; NULL: none. */
static int find_origin(struct past *p, const struct past_files *files, const struct contact *c,
		       const struct past_file **out, struct fault *f)
{
	struct contact gone;

	*out = NULL;
	for (size_t i = 0; !*out && i < files->n; i++) {
		const struct past_file *file = &files->at[i];
		if (file->status != 'D')
			continue;
		if (past_version_read(p, file->before, file->path, &gone, f) < 0)
			return f->code;
		if (contact_continues(c, gone.id, contact_get(&gone, TEXT("uid"))))
			*out = file;
		contact_release(&gone);
	}
	return 0;
}

/* What HEAD does not have is new. *path becomes what HEAD knows the contact by, if it does. */
static int date_new(struct past *p, const struct contact *c, struct datings *list,
		    const struct past_files *files, const char **path, struct fault *f)
{
	const struct past_file *file = find_file(files, c->path);
	struct version head = { VEC_INIT };
	int rc = 0;

	if (!file)
		return 0;
	if (!file->before)
		rc = find_origin(p, files, c, &file, f);
	if (!rc && file) {
		*path = file->path;
		rc = read_version(p, file->before, file->path, &head, f);
	}
	if (!rc)
		date_values(list, &head, NULL, DATED_NEW, DATE_NONE);
	vec_release(&head.hashes);
	return rc;
}

int dating_of(struct past *p, const struct contact *c, struct datings *list, struct fault *f)
{
	struct walk w = { .past = p };
	struct past_files files;
	const char *path = c->path;

	if (past_uncommitted(p, &files, f) < 0)
		return f->code;
	int rc = date_new(p, c, list, &files, &path, f);
	if (!rc) {
		track(&w, path, list);
		rc = run(&w, NULL, path, f);
	}
	past_files_release(&files);
	return rc;
}

int dating_walk(struct past *p, const char *commit, const struct aging *list, size_t n,
		struct fault *f)
{
	struct walk w = { .past = p };

	for (size_t i = 0; i < n; i++)
		track(&w, list[i].path, list[i].values);
	return run(&w, commit, NULL, f);
}
