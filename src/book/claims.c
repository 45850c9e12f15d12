#include "book/claims.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "book/check.h"
#include "book/circles.h"
#include "book/near.h"

static struct claim make(struct claims *all, struct text value, const char *path, unsigned line,
			 unsigned col)
{
	struct buf folded = BUF_INIT;

	text_fold(value, &folded);
	struct claim c = {
		.value = { arena_copy(&all->arena, value), value.n },
		.folded = { arena_copy(&all->arena, buf_text(&folded)), folded.n },
		.path = path,
		.line = line,
		.col = col,
	};
	buf_release(&folded);
	return c;
}

void claims_add(struct claims *all, enum claim_kind kind, struct text value, const char *path,
		unsigned line, unsigned col)
{
	struct claim c = make(all, value, path, line, col);

	c.kind = kind;
	vec_push(&all->made, c);
}

void claims_refer(struct claims *all, struct text id, const char *path, unsigned line,
		  unsigned col)
{
	vec_push(&all->references, make(all, id, path, line, col));
}

void claims_via(struct claims *all, struct text value, const char *path, unsigned line,
		unsigned col)
{
	struct claim c = make(all, value, path, line, col);

	c.via = true;
	vec_push(&all->vias, c);
	if (claims_is_id(value))
		vec_push(&all->references, c);
}

bool claims_is_id(struct text value)
{
	for (size_t i = 0; i < value.n; i++) {
		char c = value.at[i];
		bool plain = (c >= 'a' && c <= 'z') || char_is_digit(c) || c == '-' || c == '_' ||
			     c == '.' || (unsigned char)c >= 0x80;
		if (!plain)
			return false;
	}
	return value.n > 0;
}

void claims_release(struct claims *all)
{
	vec_release(&all->made);
	vec_release(&all->references);
	vec_release(&all->vias);
	arena_release(&all->arena);
}

/* Uids stand apart from names: they are claims of another sort. */
static int cmp_name(const struct claim *a, const struct claim *b)
{
	int c = (a->kind == CLAIM_UID) - (b->kind == CLAIM_UID);

	return c ? c : text_cmp(a->folded, b->folded);
}

static int by_name(const void *a, const void *b)
{
	const struct claim *x = a, *y = b;
	int c = cmp_name(x, y);

	if (!c)
		c = (int)x->kind - (int)y->kind;
	if (!c)
		c = strcmp(x->path, y->path);
	return c ? c : (x->line > y->line) - (x->line < y->line);
}

/* ---- claimed twice ---- */

static void judge_claim(const struct claim *mine, const struct claim *other, struct findings *out)
{
	if (mine->kind == CLAIM_UID)
		findings_add(out, FINDING_WRONG, mine->path, mine->line, mine->col,
			     "uid is also that of %s; remove it where it was copied", other->path);
	else if (mine->kind == CLAIM_ID && other->kind == CLAIM_ID)
		findings_add(out, FINDING_WRONG, mine->path, 0, 0,
			     "id '%.*s' is also that of %s; rename one of the files",
			     TEXT_FMT(mine->value), other->path);
	else if (mine->kind == CLAIM_ALIAS && other->kind == CLAIM_ID)
		findings_add(out, FINDING_WRONG, mine->path, mine->line, mine->col,
			     "alias '%.*s' is the id of %s, where references to it lead",
			     TEXT_FMT(mine->value), other->path);
	else if (mine->kind == CLAIM_ALIAS)
		findings_add(out, FINDING_DOUBTFUL, mine->path, mine->line, mine->col,
			     "alias '%.*s' is also claimed by %s", TEXT_FMT(mine->value),
			     other->path);
}

/* All claims of one value: to each file the rival is the first, and to the first the next one. */
static void judge_group(const struct claim *first, const struct claim *end, struct findings *out)
{
	const struct claim *next = first + 1;

	while (next < end && !strcmp(next->path, first->path))
		next++;
	if (next == end)
		return;
	for (const struct claim *c = first; c < end; c++)
		judge_claim(c, strcmp(c->path, first->path) != 0 ? first : next, out);
}

static void judge_claims(const struct claims *all, struct findings *out)
{
	const struct claim *made = all->made.at;
	size_t end;

	for (size_t i = 0; i < all->made.n; i = end) {
		for (end = i + 1; end < all->made.n && !cmp_name(&made[i], &made[end]); end++)
			;
		judge_group(made + i, made + end, out);
	}
}

/* ---- referred to, but not there ---- */

const struct claim *claims_find(const struct claims *all, struct text folded)
{
	const struct claim wanted = { .folded = folded, .kind = CLAIM_ID };
	size_t low = 0, high = all->made.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (cmp_name(&all->made.at[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < all->made.n && !cmp_name(&all->made.at[low], &wanted);
	return found ? &all->made.at[low] : NULL;
}

static const struct claim *nearest(const struct claims *all, const struct claim *reference)
{
	size_t limit = near_limit(reference->folded.n);
	const struct claim *best = NULL;

	for (size_t i = 0; i < all->made.n && limit; i++) {
		const struct claim *c = &all->made.at[i];
		size_t d = c->kind == CLAIM_UID ? limit + 1
			 : near_distance(c->folded, reference->folded, limit);
		if (d <= limit) {
			best = c;
			limit = d - 1; /* d is not 0: it would be known */
		}
	}
	return best;
}

/* `near` is the contact that may have been meant, or NULL. */
static void report_unknown(const struct claim *r, const struct claim *near, struct findings *out)
{
	if (near)
		findings_add(out, FINDING_WRONG, r->path, r->line, r->col,
			     "no contact '%.*s'; did you mean '%.*s'?", TEXT_FMT(r->value),
			     TEXT_FMT(near->value));
	else
		findings_add(out, FINDING_WRONG, r->path, r->line, r->col,
			     "no contact '%.*s'; correct the id, or write more than a word for "
			     "somebody who is not in the book", TEXT_FMT(r->value));
}

/* A via that leads to the contact itself is the smallest circle. */
static void judge_own(const struct claim *r, const struct claim *found, struct findings *out)
{
	if (!r->via && !strcmp(r->path, found->path))
		findings_add(out, FINDING_DOUBTFUL, r->path, r->line, r->col,
			     "'%.*s' is this contact itself", TEXT_FMT(r->value));
}

/* Each id is judged once. With this many unknown ones it is no slip of the finger any more. */
static void judge_references(const struct claims *all, struct findings *out)
{
	enum { MOST_GUESSED = 100 };
	const struct claim *r = all->references.at;
	size_t unknown = 0, end;

	for (size_t i = 0; i < all->references.n; i = end) {
		const struct claim *found = claims_find(all, r[i].folded);
		const struct claim *near =
			!found && unknown++ < MOST_GUESSED ? nearest(all, &r[i]) : NULL;
		for (end = i; end < all->references.n && !cmp_name(&r[i], &r[end]); end++)
			if (found)
				judge_own(&r[end], found, out);
			else
				report_unknown(&r[end], near, out);
	}
}

void claims_judge(struct claims *all, struct findings *out)
{
	if (all->made.n)
		qsort(all->made.at, all->made.n, sizeof *all->made.at, by_name);
	if (all->references.n)
		qsort(all->references.at, all->references.n, sizeof *all->references.at, by_name);
	judge_claims(all, out);
	judge_references(all, out);
	circles_judge(all, out);
}
