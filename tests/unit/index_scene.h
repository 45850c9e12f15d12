#ifndef INDEX_SCENE_H
#define INDEX_SCENE_H
/*
 * index_scene - a book in a temporary folder, its index in another, and what is
 * true of them: each answer with the index must be that of all files read without one.
 */
#include <dirent.h>
#include <time.h>

#include "chance_book.h"
#include "folder.h"

#include "base/bits.h"
#include "book/book.h"
#include "contact/contact.h"
#include "contact/lookup.h"
#include "contact/query.h"
#include "index/index.h"

#define INDEX_TODAY ((struct date){ 2026, 11, 18 })

/* ---- a book, and an index of it ---- */

struct place_of_all {
	char *root, *cache;
	uint64_t seed;
	int step;
	struct dice dice;
};

/* A book with its index, as a command has it. */
struct desk {
	struct book b;
	struct index *ix; /* NULL: without */
};

static inline void desk_open(struct desk *k, const struct place_of_all *p, bool indexed, unsigned use)
{
	struct fault f = FAULT_INIT;

	assert_int_equal(book_open(&k->b, p->root, &f), 0);
	k->ix = indexed ? index_attach(&k->b, p->cache, use) : NULL;
}

static inline void desk_close(struct desk *k)
{
	index_detach(k->ix, &k->b);
	book_close(&k->b);
}

static inline void make_places(struct place_of_all *p, uint64_t seed)
{
	*p = (struct place_of_all){ .root = folder_make(), .cache = folder_make(), .seed = seed,
				    .dice = dice_of(seed) };
}

static inline void remove_places(struct place_of_all *p)
{
	folder_remove(p->root);
	folder_remove(p->cache);
}

/*
 * Until the coarse clock is past the fine one as it was, so that what was written is older than
 * now: a few milliseconds, in which an index may begin to trust its stamps.
 */
static inline void tick(void)
{
	struct timespec then, now;

	clock_gettime(CLOCK_REALTIME, &then);
	do
		clock_gettime(CLOCK_REALTIME_COARSE, &now);
	while (now.tv_sec < then.tv_sec ||
	       (now.tv_sec == then.tv_sec && now.tv_nsec <= then.tv_nsec));
}

/* ---- what is true: every file read, without an index ---- */

struct truth {
	size_t n;
	char **paths;             /* owned */
	struct contact *contacts; /* owned; of zeros where the file can't be read */
};

static inline void take_contact(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	struct truth *t = ctx;

	(void)why;
	if (c)
		contact_read(&t->contacts[i], t->paths[i], mem_copy(c->read, c->n_read), c->n_read);
}

static inline void learn(struct truth *t, const struct place_of_all *p)
{
	struct fault f = FAULT_INIT;
	struct desk k;

	desk_open(&k, p, false, 0);
	assert_int_equal(book_list(&k.b, &f), 0);
	*t = (struct truth){ .n = k.b.n_files };
	t->paths = mem_alloc(t->n * sizeof *t->paths);
	t->contacts = mem_alloc(t->n * sizeof *t->contacts);
	for (size_t i = 0; i < t->n; i++)
		t->paths[i] = mem_copy(k.b.files[i].path, strlen(k.b.files[i].path));
	assert_int_equal(book_scan(&k.b, NULL, take_contact, t, &f), 0);
	desk_close(&k);
}

static inline void forget(struct truth *t)
{
	for (size_t i = 0; i < t->n; i++) {
		contact_release(&t->contacts[i]);
		mem_free(t->paths[i]);
	}
	mem_free(t->contacts);
	mem_free(t->paths);
	*t = (struct truth){ 0 };
}

/* ---- what an index says ---- */

enum answer { NOT_SEEN, SEEN, MATCHED };

struct search {
	const struct query *query;
	unsigned char *answers;
};

static inline bool may_hold(void *ctx, const char *path, struct text bytes)
{
	return query_may_match(((struct search *)ctx)->query, path, bytes);
}

static inline void narrow(void *ctx, const struct lookup *l, struct bits *files)
{
	query_narrow(((struct search *)ctx)->query, l, files);
}

static const struct book_sieve by_both = { may_hold, narrow }, by_index = { NULL, narrow };

static inline void note_answer(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	struct search *s = ctx;

	(void)why;
	s->answers[i] = c && query_match(s->query, c, KINDS_BUILT_IN, NULL) ? MATCHED : SEEN;
}

static inline void expect_answers(const struct place_of_all *p, const struct truth *t, const char *typed,
			   const struct search *s)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct contact *c = &t->contacts[i];
		bool want = c->path && query_match(s->query, c, KINDS_BUILT_IN, NULL);
		bool must_see = want || !c->path || c->damage != CONTACT_SOUND;
		bool match = s->answers[i] == MATCHED && c->path; /* an unreadable file may have
								     become readable */
		if (match != want || (must_see && !s->answers[i]))
			fail_msg("seed %d, step %d, query '%s': %s is %s, was answered %d",
				 (int)p->seed, p->step, typed, t->paths[i],
				 want ? "a match" : must_see ? "to be seen" : "none", s->answers[i]);
	}
}

/* The same files and the same matches; returns how many files were looked at. */
static inline size_t expect_true(const struct place_of_all *p, struct desk *k, const struct truth *t,
			  const char *typed, const struct book_sieve *sieve)
{
	struct fault f = FAULT_INIT;
	struct query *q;
	size_t seen = 0;

	if (query_parse(text_of(typed), INDEX_TODAY, &q, &f) < 0)
		return 0;
	assert_int_equal(book_list(&k->b, &f), 0);
	if (k->b.n_files != t->n)
		fail_msg("seed %d, step %d: %zu files instead of %zu", (int)p->seed, p->step,
			 k->b.n_files, t->n);
	for (size_t i = 0; i < t->n; i++)
		assert_string_equal(k->b.files[i].path, t->paths[i]);
	struct search s = { q, mem_alloc(t->n) };
	assert_int_equal(book_scan(&k->b, sieve, note_answer, &s, &f), 0);
	expect_answers(p, t, typed, &s);
	for (size_t i = 0; i < t->n; i++)
		seen += s.answers[i] != NOT_SEEN;
	mem_free(s.answers);
	query_free(q);
	return seen;
}

/* List and search the book, so that its index comes up to date. */
static inline void look_at(struct desk *k)
{
	struct query *q;
	struct fault f = FAULT_INIT;

	book_relist(&k->b);
	assert_int_equal(book_list(&k->b, &f), 0);
	assert_int_equal(query_parse(TEXT("zebra"), INDEX_TODAY, &q, &f), 0);
	struct search s = { q, mem_alloc(k->b.n_files) };
	assert_int_equal(book_scan(&k->b, &by_index, note_answer, &s, &f), 0);
	mem_free(s.answers);
	query_free(q);
}

/* ---- the index's file ---- */

static inline char *index_file(const struct place_of_all *p)
{
	struct buf full = BUF_INIT;
	static const char find[] = "kith";
	char *kith = folder_path(p->cache, find);
	DIR *dir = opendir(kith);
	struct dirent *e;

	while (dir && (e = readdir(dir)))
		if (e->d_name[0] != '.')
			buf_add_fmt(&full, "%s/%s/index.db", kith, e->d_name);
	if (dir)
		closedir(dir);
	mem_free(kith);
	return buf_take(&full);
}

#endif
