#include "network/stats.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

/* ---- months ---- */

static long number_of(struct date month)
{
	return month.year * 12L + month.month - 1;
}

/* The one that the date falls in; NULL: none of them, or not known. */
static struct stats_month *month_of(struct stats *s, struct date date)
{
	long place = number_of(date) - number_of(s->months.at[0].month);
	bool known = date.month && place >= 0 && (size_t)place < s->months.n;

	return known ? &s->months.at[place] : NULL;
}

static void make_months(struct stats *s, struct date today, size_t n)
{
	for (long number = number_of(today) - (long)n + 1; number <= number_of(today); number++) {
		struct date month = { (short)(number / 12), (unsigned char)(number % 12 + 1), 0 };
		struct stats_month one = { .month = month };
		if (number >= 12)
			vec_push(&s->months, one);
	}
}

struct date stats_lost_on(const struct person *p)
{
	const struct period year = { 1, 'y' };

	if (!p->n_met)
		return DATE_NONE;
	return date_add(person_last(p), p->every.ideal.n ? p->every.limit : year, 1);
}

static void count_encounters(struct stats *s, const struct person *p)
{
	bool met = false;

	for (size_t i = 0; i < p->n_met; i++) {
		struct stats_month *month = month_of(s, p->met[i].date);
		if (!month)
			continue;
		month->encounters++;
		s->encounters++;
		met = true;
	}
	s->people += met;
}

static void count_months(struct stats *s, const struct person *p, struct date today)
{
	struct date lost = stats_lost_on(p);
	struct stats_month *month = month_of(s, person_first(p));

	count_encounters(s, p);
	if (month) {
		month->fresh++;
		s->fresh++;
	}
	month = month_of(s, lost);
	if (month && date_cmp(lost, today) <= 0) {
		month->lost++;
		s->lost++;
	}
}

/* ---- giving and getting ---- */

static size_t difference(const struct stats_balance *b)
{
	return b->gave > b->got ? b->gave - b->got : b->got - b->gave;
}

static void count_gifts(struct stats *s, const struct person *p)
{
	struct stats_balance b = { .person = p };

	for (size_t i = 0; i < p->n_met; i++) {
		b.gave += p->met[i].entry->deed == DEED_GAVE;
		b.got += p->met[i].entry->deed == DEED_GOT;
	}
	s->gave += b.gave;
	s->got += b.got;
	if (difference(&b) && p->door != DOOR_CLOSED)
		vec_push(&s->balances, b);
}

static int by_difference(const void *va, const void *vb)
{
	const struct stats_balance *a = va, *b = vb;

	if (difference(a) != difference(b))
		return difference(a) > difference(b) ? -1 : 1;
	return a->person < b->person ? -1 : a->person > b->person;
}

/* ---- tags ---- */

/* A tag of somebody. */
struct tagged {
	struct text folded, tag;
	const struct person *who;
	size_t nth; /* in the order they were found in */
};

struct tagging {
	VEC(struct tagged) all;
	struct arena arena; /* owns the folded tags */
};

static void add_tags(struct tagging *t, const struct person *p)
{
	struct buf folded = BUF_INIT;

	for (size_t i = 0; i < p->s.tags.n && p->n_met; i++) {
		buf_clear(&folded);
		text_fold(p->s.tags.at[i], &folded);
		struct tagged one = { { arena_copy(&t->arena, buf_text(&folded)), folded.n },
				      p->s.tags.at[i], p, t->all.n };
		vec_push(&t->all, one);
	}
	buf_release(&folded);
}

static int by_tag(const void *va, const void *vb)
{
	const struct tagged *a = va, *b = vb;
	int c = text_cmp(a->folded, b->folded);

	return c ? c : a->nth < b->nth ? -1 : 1;
}

static int by_cold(const void *va, const void *vb)
{
	const struct stats_tag *a = va, *b = vb;

	if (a->cold != b->cold)
		return a->cold > b->cold ? -1 : 1;
	if (a->of != b->of)
		return a->of < b->of ? -1 : 1;
	return text_cmp(a->tag, b->tag);
}

static void count_tags(struct stats *s, struct tagging *t)
{
	struct stats_tag *tag = NULL;
	size_t n = 0;

	if (t->all.n)
		qsort(t->all.at, t->all.n, sizeof *t->all.at, by_tag);
	for (size_t i = 0; i < t->all.n; i++) {
		const struct tagged *one = &t->all.at[i], *before = i ? one - 1 : NULL;
		bool same = before && text_equal(one->folded, before->folded);
		if (same && one->who == before->who)
			continue;
		if (!same) {
			tag = vec_more(&s->tags);
			*tag = (struct stats_tag){ .tag = one->tag };
		}
		tag->cold += person_warmth(one->who) == WARMTH_COLD;
		tag->of++;
	}
	for (size_t i = 0; i < s->tags.n; i++)
		if (s->tags.at[i].cold)
			s->tags.at[n++] = s->tags.at[i];
	s->tags.n = n;
	if (n)
		qsort(s->tags.at, n, sizeof *s->tags.at, by_cold);
}

/* ---- all ---- */

void stats_make(struct stats *out, const struct network *net, size_t months)
{
	struct tagging tagging = { VEC_INIT, ARENA_INIT };

	*out = (struct stats){ .months = VEC_INIT };
	make_months(out, net->terms.today, months);
	for (size_t i = 0; i < net->n; i++) {
		const struct person *p = &net->people[i];
		if (!p->asked || p->me)
			continue;
		count_months(out, p, net->terms.today);
		count_gifts(out, p);
		add_tags(&tagging, p);
	}
	if (out->balances.n)
		qsort(out->balances.at, out->balances.n, sizeof *out->balances.at, by_difference);
	count_tags(out, &tagging);
	vec_release(&tagging.all);
	arena_release(&tagging.arena);
}

void stats_release(struct stats *s)
{
	vec_release(&s->months);
	vec_release(&s->balances);
	vec_release(&s->tags);
}
