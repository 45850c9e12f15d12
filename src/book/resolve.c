/*
 * Who is meant by a typed name. Every file of the listing gets an answer slot, filled step by
 * step: path and id need the listing alone; the rest is one scan in which each file finds the
 * best level at which it answers, or how near it comes.
 */
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "book/book.h"
#include "book/listing.h"
#include "book/near.h"
#include "contact/contact.h"
#include "contact/field.h"
#include "contact/lookup.h"
#include "contact/needle.h"

enum { MOST_NEAR = 3, MOST_NAMED = 5 };

struct answer {
	enum book_match match;
	size_t distance; /* MATCH_NONE: slips between the typed name and the nearest of its names */
	char *name;      /* owned, or NULL when the file was not read */
};

struct search {
	struct book *b;
	struct text typed;      /* trimmed */
	struct buf folded;      /* typed, folded */
	size_t limit;           /* the largest distance that is still near */
	atomic_int best;        /* the best match any thread has found so far */
	struct answer *answers; /* one a file */
};

/* ---- by path ---- */

static bool is_path(struct text typed)
{
	return text_find(typed, '/') < typed.n || text_ends(typed, TEXT(".ini"));
}

static bool climbs(struct text path)
{
	struct text part;

	while (text_cut(&path, '/', &part))
		if (text_equal(part, TEXT("..")))
			return true;
	return false;
}

/* Is `real` the root or below it? *rest is what is behind the root then. */
static bool is_below(struct text root, struct text real, struct text *rest)
{
	if (text_equal(root, TEXT("/")))
		root = TEXT_NONE;
	if (!text_starts(real, root))
		return false;
	*rest = text_part(real, root.n, real.n);
	return !rest->n || rest->at[0] == '/';
}

/*
 * Does `full`, a path of the file system, lead into the book? *out is the path below it then, or
 * empty when its folder is not there; the nearest folder that is tells where it would lead.
 */
static bool leads_in(const struct book *b, const char *full, struct buf *out)
{
	const char *slash = strrchr(full, '/');
	char *folder = mem_copy(full, slash == full ? 1 : (size_t)(slash - full));
	char *real = realpath(folder, NULL), *root = realpath(b->root, NULL);
	struct text rest;
	bool in = real && root && is_below(text_of(root), text_of(real), &rest);

	if (in) {
		if (rest.n > 1)
			buf_add_fmt(out, "%.*s/", (int)rest.n - 1, rest.at + 1);
		buf_add_str(out, slash + 1);
	}
	if (!real && folder[1]) {
		in = leads_in(b, folder, out);
		buf_clear(out);
	}
	mem_free(folder);
	mem_free(real);
	mem_free(root);
	return in;
}

/* The index of the file, with ".ini" or without it; n_files when there is none. */
static size_t find_file(const struct book *b, struct buf *path)
{
	size_t i = listing_find(b, path->at);

	if (i == b->n_files && path->n) {
		buf_add_str(path, ".ini");
		i = listing_find(b, path->at);
	}
	return i;
}

/* Does the path lead into the book from the folder `from`? *i is the file there, if any. */
static bool find_from(const struct book *b, const char *from, struct text typed, size_t *i)
{
	struct buf full = BUF_INIT, path = BUF_INIT;

	buf_add_fmt(&full, "%s/%.*s", from, TEXT_FMT(typed));
	bool in = leads_in(b, full.at, &path);
	if (in)
		*i = find_file(b, &path);
	buf_release(&full);
	buf_release(&path);
	return in;
}

/* A listing that is an index's or a commit's may have files whose folders are gone. */
static bool find_listed(const struct book *b, struct text typed, size_t *i)
{
	struct buf path = BUF_INIT;

	buf_add_text(&path, typed);
	*i = find_file(b, &path);
	buf_release(&path);
	return *i < b->n_files;
}

/* From the working directory, which is what a path means anywhere else, then from the book. */
static bool find_relative(const struct book *b, struct text typed, size_t *i)
{
	char *here = getcwd(NULL, 0);
	bool in = here && find_from(b, here, typed, i);

	mem_free(here);
	if (*i == b->n_files)
		in = find_from(b, b->root, typed, i) || in;
	if (*i == b->n_files)
		in = find_listed(b, typed, i) || in;
	return in;
}

/* Words may have a slash in them, so only what is a path for certain is refused. */
static int answer_path(struct search *s, struct fault *f)
{
	struct text typed = s->typed;
	bool absolute = typed.at[0] == '/';
	size_t i = s->b->n_files;
	bool in = absolute ? find_from(s->b, "", typed, &i) : find_relative(s->b, typed, &i);

	if (!in && (absolute || climbs(typed)))
		return fault_set(f, FAULT_INVALID, "'%.*s' leads out of the book", TEXT_FMT(typed));
	if (i == s->b->n_files)
		return 0;
	s->answers[i].match = MATCH_PATH;
	s->best = MATCH_PATH;
	return 0;
}

/* ---- by id ---- */

static void answer_id(struct search *s)
{
	for (size_t i = 0; i < s->b->n_files; i++)
		if (text_equal(s->b->files[i].id, s->typed)) {
			s->answers[i].match = MATCH_ID;
			s->best = MATCH_ID;
		}
}

static void answer_folded_id(struct search *s)
{
	struct buf id = BUF_INIT;

	for (size_t i = 0; i < s->b->n_files; i++) {
		buf_clear(&id);
		needle_fold(s->b->files[i].id, &id);
		if (text_equal(buf_text(&id), buf_text(&s->folded))) {
			s->answers[i].match = MATCH_ID;
			s->best = MATCH_ID;
		}
	}
	buf_release(&id);
}

/* ---- by what is in the file ---- */

static enum book_match match_of_key(struct text base)
{
	if (text_same(base, TEXT("name")))
		return MATCH_NAME;
	if (text_same(base, TEXT("nick")))
		return MATCH_NICK;
	if (text_same(base, TEXT("email")))
		return MATCH_EMAIL;
	return text_same(base, TEXT("alias")) ? MATCH_ALIAS : MATCH_NONE;
}

/* All that the person is called, folded, a line each; returns the best that is the typed name. */
static enum book_match gather_names(const struct search *s, size_t i, const struct contact *c,
				    struct buf *names)
{
	enum book_match best = MATCH_NONE;
	struct contact_field field;
	size_t at = 0;

	needle_fold(s->b->files[i].id, names);
	while (c && contact_next(c, TEXT_NONE, &at, &field)) {
		enum book_match match = match_of_key(field.base);
		if (match == MATCH_NONE)
			continue;
		buf_add_char(names, '\n');
		size_t from = names->n;
		needle_fold(field.value, names);
		if (match < best && text_equal(text_part(buf_text(names), from, names->n),
					       buf_text(&s->folded)))
			best = match;
	}
	return best;
}

static bool holds_words(struct text in, struct text words)
{
	struct text word;

	while (text_cut_word(&words, &word))
		if (!needle_in(&(struct needle){ .folded = word }, in))
			return false;
	return true;
}

/* How well all the words are in the names: as words, as their beginnings, as parts. */
static enum book_match match_of_words(struct text names, struct text words)
{
	enum needle_fit worst = NEEDLE_WORD;
	struct text word;

	while (text_cut_word(&words, &word)) {
		enum needle_fit fit = needle_fit(&(struct needle){ .folded = word }, names);
		worst = fit > worst ? fit : worst;
	}
	return worst == NEEDLE_NONE ? MATCH_NONE : MATCH_WORDS + (enum book_match)worst;
}

static bool is_searched(const struct doc *d, size_t entry)
{
	const struct field *field = field_find(d->entries[entry].key);

	return !field || field->weight != FIELD_UNSEARCHED || !doc_in(d, entry, TEXT("contact"));
}

static bool holds_words_anywhere(const struct contact *c, struct text words)
{
	struct buf all = BUF_INIT;

	for (size_t i = 0; i < c->doc.n_entries; i++) {
		if (!is_searched(&c->doc, i))
			continue;
		needle_fold(c->doc.entries[i].value, &all);
		buf_add_char(&all, '\n');
	}
	bool holds = holds_words(buf_text(&all), words);
	buf_release(&all);
	return holds;
}

static void come_nearer(size_t *distance, struct text name, struct text typed, size_t limit)
{
	size_t d = near_distance(name, typed, limit);

	if (d < *distance)
		*distance = d;
}

/* The nearest of the names; for one typed word, of their words too. */
static size_t distance_of(const struct search *s, struct text names)
{
	struct text typed = buf_text(&s->folded), name, word;
	bool one_word = text_find(typed, ' ') == typed.n;
	size_t distance = s->limit + 1;

	while (s->limit && text_cut_line(&names, &name)) {
		come_nearer(&distance, name, typed, s->limit);
		while (one_word && text_cut_word(&name, &word))
			come_nearer(&distance, word, typed, s->limit);
	}
	return distance;
}

/* Whoever answers has every word somewhere in the file or in its path. */
static bool may_answer(void *ctx, const char *path, struct text bytes)
{
	const struct search *s = ctx;
	struct text words = buf_text(&s->folded), word;
	struct buf all = BUF_INIT;
	bool may = true;

	needle_fold_file(path, bytes, &all);
	while (may && text_cut_word(&words, &word))
		may = text_holds(buf_text(&all), word);
	buf_release(&all);
	return may;
}

/* Of which an index may know where they are not. */
static void narrow(void *ctx, const struct lookup *l, struct bits *files)
{
	const struct search *s = ctx;

	lookup_words(l, buf_text(&s->folded), files);
}

static const struct book_sieve answering = { may_answer, narrow };

/* Levels worse than what another file has reached already need not be tried. */
static void answer_file(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	struct search *s = ctx;
	struct answer *a = &s->answers[i];
	struct text typed = buf_text(&s->folded);
	struct buf names = BUF_INIT;

	(void)why; /* an unreadable file still has its id */
	mem_free(a->name); /* of the first scan, when this is the second */
	a->name = NULL;
	a->match = gather_names(s, i, c, &names);
	if (a->match > MATCH_WORDS && s->best >= MATCH_WORDS)
		a->match = match_of_words(buf_text(&names), typed);
	if (a->match > MATCH_ANYWHERE && s->best >= MATCH_ANYWHERE && c &&
	    holds_words_anywhere(c, typed))
		a->match = MATCH_ANYWHERE;
	if (a->match == MATCH_NONE && s->best == MATCH_NONE)
		a->distance = distance_of(s, buf_text(&names));
	if (c && (a->match < MATCH_NONE || a->distance <= s->limit)) {
		struct text name = contact_name(c);
		a->name = mem_copy(name.at, name.n);
	}
	int best = s->best;
	while ((int)a->match < best &&
	       !atomic_compare_exchange_weak(&s->best, &best, (int)a->match))
		;
	buf_release(&names);
}

/* ---- the outcome ---- */

static const char *name_of(struct search *s, size_t i, bool read)
{
	struct fault f = FAULT_INIT;
	struct contact c;

	if (s->answers[i].name)
		return arena_copy(&s->b->arena, text_of(s->answers[i].name));
	if (!read || book_load(s->b, s->b->files[i].path, &c, NULL, &f) < 0)
		return arena_copy(&s->b->arena, s->b->files[i].id);
	const char *name = arena_copy(&s->b->arena, contact_name(&c));
	contact_release(&c);
	return name;
}

static void add_candidate(struct search *s, size_t i, bool read, struct book_found *found)
{
	found->at = mem_resize(found->at, found->n + 1, sizeof *found->at);
	found->at[found->n++] = (struct book_candidate){
		.path = s->b->files[i].path,
		.id = s->b->files[i].id,
		.name = name_of(s, i, read),
		.match = s->answers[i].match,
	};
}

static int tell_nearest(struct search *s, struct book_found *found, struct fault *f)
{
	struct buf msg = BUF_INIT;

	for (size_t d = 0; d <= s->limit; d++)
		for (size_t i = 0; i < s->b->n_files && found->n < MOST_NEAR; i++)
			if (s->answers[i].distance == d)
				add_candidate(s, i, true, found);
	for (size_t i = 0; i < found->n; i++)
		buf_add_fmt(&msg, "%s%s (%.*s)", i == 0 ? "; did you mean " :
			    i + 1 < found->n ? ", " : " or ", found->at[i].name,
			    TEXT_FMT(found->at[i].id));
	if (found->n)
		buf_add_char(&msg, '?');
	fault_set(f, FAULT_NOTFOUND, "no contact '%.*s'%s", TEXT_FMT(s->typed), msg.at);
	buf_release(&msg);
	return f->code;
}

static int tell_candidates(struct search *s, struct book_found *found, struct fault *f)
{
	bool same_id = s->best == MATCH_ID;
	struct buf msg = BUF_INIT;

	for (size_t i = 0; i < found->n && i < MOST_NAMED; i++) {
		buf_add_str(&msg, i ? ", " : "");
		buf_add_text(&msg, same_id ? text_of(found->at[i].path) : found->at[i].id);
	}
	if (found->n > MOST_NAMED)
		buf_add_fmt(&msg, " and %zu more", found->n - MOST_NAMED);
	fault_set(f, FAULT_AMBIGUOUS, same_id ? "'%.*s' is the id of %zu contacts: %s"
					      : "'%.*s' fits %zu contacts: %s",
		  TEXT_FMT(s->typed), found->n, msg.at);
	buf_release(&msg);
	return f->code;
}

static int tell(struct search *s, struct book_found *found, struct fault *f)
{
	size_t n = 0;

	if (s->best == MATCH_NONE)
		return tell_nearest(s, found, f);
	for (size_t i = 0; i < s->b->n_files; i++)
		n += (int)s->answers[i].match == s->best;
	for (size_t i = 0; i < s->b->n_files; i++)
		if ((int)s->answers[i].match == s->best)
			add_candidate(s, i, n > 1, found);
	return n == 1 ? 0 : tell_candidates(s, found, f);
}

/* Path and id are told from the listing; the rest needs something that can be looked for. */
static int search_book(struct search *s, struct fault *f)
{
	if (is_path(s->typed) && answer_path(s, f) < 0)
		return f->code;
	if (s->best == MATCH_NONE)
		answer_id(s);
	if (s->best == MATCH_NONE && s->folded.n)
		answer_folded_id(s);
	if (s->best == MATCH_NONE && !s->folded.n)
		return 0;
	if (s->best == MATCH_NONE && book_scan(s->b, &answering, answer_file, s, f) < 0)
		return f->code;
	/* Nobody: once more, for who is near. */
	return s->best == MATCH_NONE && s->limit ? book_scan(s->b, NULL, answer_file, s, f) : 0;
}

/* Where nobody fits, the nearest names are looked for if they are asked for. */
static int resolve(struct book *b, struct text name, bool near, struct book_found *found,
		   struct fault *f)
{
	struct search s = { .b = b, .typed = text_trim(name), .folded = BUF_INIT };

	*found = (struct book_found){ 0 };
	if (!s.typed.n)
		return fault_set(f, FAULT_INVALID, "an empty name means nobody");
	if (book_list(b, f) < 0)
		return f->code;
	size_t n = b->n_files;
	needle_fold(s.typed, &s.folded);
	s.limit = near ? near_limit(s.folded.n) : 0;
	atomic_init(&s.best, MATCH_NONE);
	s.answers = mem_alloc(n * sizeof *s.answers);
	for (size_t i = 0; i < n; i++)
		s.answers[i] = (struct answer){ .match = MATCH_NONE, .distance = s.limit + 1 };
	int rc = search_book(&s, f);
	if (!rc)
		rc = tell(&s, found, f);
	for (size_t i = 0; i < n; i++)
		mem_free(s.answers[i].name);
	mem_free(s.answers);
	buf_release(&s.folded);
	return rc;
}

int book_resolve(struct book *b, struct text name, struct book_found *found, struct fault *f)
{
	return resolve(b, name, true, found, f);
}

void book_found_release(struct book_found *found)
{
	mem_free(found->at);
	*found = (struct book_found){ 0 };
}

/* ---- ids ---- */

static bool is_other(const char *path, const char *but)
{
	return !but || strcmp(path, but) != 0;
}

/* An old id keeps meaning whom it meant. */
static int find_alias(struct book *b, struct text id, const char *but, const char **path,
		      struct fault *f)
{
	struct book_found found;
	struct fault why = FAULT_INIT;

	int rc = resolve(b, id, false, &found, &why);
	for (size_t i = 0; i < found.n && !*path; i++)
		if (found.at[i].match == MATCH_ALIAS && is_other(found.at[i].path, but))
			*path = found.at[i].path;
	book_found_release(&found);
	if (!rc || rc == FAULT_AMBIGUOUS || rc == FAULT_NOTFOUND)
		return 0;
	*f = why;
	return rc;
}

int book_id_owner(struct book *b, struct text id, const char *but, const char **path,
		  struct fault *f)
{
	*path = NULL;
	if (book_list(b, f) < 0)
		return f->code;
	for (size_t i = 0; i < b->n_files && !*path; i++)
		if (text_same(b->files[i].id, id) && is_other(b->files[i].path, but))
			*path = b->files[i].path;
	return *path ? 0 : find_alias(b, id, but, path, f);
}

/* 1, 0, or a fault. What is no contact, as a symlink, has its name too. */
static int is_taken(struct book *b, struct text id, struct fault *f)
{
	struct buf name = BUF_INIT;
	const char *owner;
	struct stat st;

	buf_add_text(&name, id);
	buf_add_str(&name, ".ini");
	bool there = !fstatat(b->fd, name.at, &st, AT_SYMLINK_NOFOLLOW);
	buf_release(&name);
	if (there)
		return 1;
	return book_id_owner(b, id, NULL, &owner, f) < 0 ? f->code : owner != NULL;
}

int book_new_id(struct book *b, struct text name, struct buf *out, struct fault *f)
{
	struct buf id = BUF_INIT;
	int taken;

	text_slug(name, &id);
	size_t slug = id.n;
	for (unsigned n = 2; (taken = is_taken(b, buf_text(&id), f)) > 0; n++) {
		buf_set_len(&id, slug);
		buf_add_fmt(&id, "-%u", n);
	}
	if (!taken)
		buf_add_text(out, buf_text(&id));
	buf_release(&id);
	return taken;
}
