#include "network/match.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "network/stem.h"

enum { LOOK = 50 };              /* offers looked at with each word of a need */
static const double least = 0.2; /* below it two phrases have too little in common */

static const uint32_t silent = UINT32_MAX; /* the stem of a word that says nothing */

/* Texts and their numbers, counted from 0. */
struct dictionary {
	struct {
		struct text text;
		uint32_t number;
	} *slots; /* owned; text.at is NULL where nothing is */
	size_t n, cap; /* cap is a power of two */
};

/* One need or offer, and the stems it says: sorted, each once. */
struct said {
	const struct person *who;
	const struct summary_phrase *phrase; /* NULL: a title or tag */
	struct text text;
	enum offered by;
	size_t from, n; /* in stems */
	double weight;  /* of all its stems */
};

/* Phrases of one sort, and by stem which of them say it, the ones of least weight first. */
struct side {
	VEC(struct said) list;
	size_t *starts;   /* owned; of each stem, and the end */
	uint32_t *places; /* owned; in list */
};

struct matcher {
	const struct network *net;
	struct stemmer *stemmer;
	struct arena arena; /* owns the texts of the dictionaries */
	struct dictionary words, known;
	VEC(uint32_t) stem_of; /* by word */
	VEC(uint32_t) stems;   /* of all that is said */
	struct side needs, offers, standins;
	double *weights; /* owned; by stem */
	size_t *slots;   /* owned; where the pair of a person or need is, plus 1 */
	size_t n_slots;
};

/* ---- words ---- */

static size_t slot_of(const struct dictionary *d, struct text t)
{
	size_t i = (size_t)hash_bytes(t, 0) & (d->cap - 1);

	while (d->slots[i].text.at && !text_equal(d->slots[i].text, t))
		i = (i + 1) & (d->cap - 1);
	return i;
}

static void widen(struct dictionary *d)
{
	struct dictionary wide = { .n = d->n, .cap = d->cap ? d->cap * 2 : 256 };

	wide.slots = mem_alloc(wide.cap * sizeof *wide.slots);
	for (size_t i = 0; i < d->cap; i++)
		if (d->slots[i].text.at)
			wide.slots[slot_of(&wide, d->slots[i].text)] = d->slots[i];
	mem_free(d->slots);
	*d = wide;
}

/* The number of a text; a new one is entered, and is the highest. */
static uint32_t number_of(struct dictionary *d, struct text t, struct arena *a)
{
	if (d->n * 2 >= d->cap)
		widen(d);
	size_t i = slot_of(d, t);
	if (!d->slots[i].text.at) {
		d->slots[i].text = (struct text){ arena_copy(a, t), t.n };
		d->slots[i].number = (uint32_t)d->n++;
	}
	return d->slots[i].number;
}

static void silence(struct matcher *m)
{
	static const char *const words[] = {
		"a", "an", "and", "any", "anybody", "anyone", "are", "as", "at", "be",
		"but", "by", "can", "for", "from", "good", "has", "have", "he", "help",
		"her", "his", "how", "i", "in", "into", "is", "it", "its", "know", "knows",
		"ll", "me", "my", "need", "new", "no", "not", "of", "on", "one", "or",
		"our", "out", "people", "person", "s", "she", "so", "some", "somebody",
		"someone", "something", "t", "that", "the", "their", "them", "they",
		"this", "to", "up", "us", "want", "wants", "we", "what", "when", "where",
		"which", "who", "will", "with", "would", "you", "your",
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		number_of(&m->words, text_of(words[i]), &m->arena);
		vec_push(&m->stem_of, silent);
	}
}

/* "photography" and "photograph" are one: Snowball's stem of the first has an i at its end. */
static struct text without_y(struct text stem)
{
	enum { SHORT = 4 };

	if (stem.n > SHORT && stem.at[stem.n - 1] == 'i')
		stem.n--;
	return stem;
}

static uint32_t stem_anew(struct matcher *m, struct text word)
{
	return number_of(&m->known, without_y(stemmer_stem(m->stemmer, word)), &m->arena);
}

/* The stem of a word, or silent. */
static uint32_t stem_of(struct matcher *m, struct text word)
{
	struct buf folded = BUF_INIT;

	text_fold(word, &folded);
	uint32_t number = number_of(&m->words, buf_text(&folded), &m->arena);
	if (number == m->stem_of.n)
		vec_push(&m->stem_of, stem_anew(m, buf_text(&folded)));
	buf_release(&folded);
	return m->stem_of.at[number];
}

static bool next_word(struct text *rest, struct text *word)
{
	size_t from = 0, to, n;
	int rune;

	for (; from < rest->n; from += n) {
		n = text_decode(text_part(*rest, from, rest->n), &rune);
		if (rune_is_word(rune))
			break;
	}
	for (to = from; to < rest->n; to += n) {
		n = text_decode(text_part(*rest, to, rest->n), &rune);
		if (!rune_is_word(rune))
			break;
	}
	*word = text_part(*rest, from, to);
	*rest = text_part(*rest, to, rest->n);
	return to > from;
}

static int by_number(const void *va, const void *vb)
{
	const uint32_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

/* Put the stems of a phrase behind those there are, sorted, each once; how many? */
static size_t add_stems(struct matcher *m, struct text phrase)
{
	size_t from = m->stems.n, n = 0;
	struct text word;

	while (next_word(&phrase, &word)) {
		uint32_t stem = stem_of(m, word);
		if (stem != silent)
			vec_push(&m->stems, stem);
	}
	if (m->stems.n == from)
		return 0;
	uint32_t *stems = m->stems.at + from;
	qsort(stems, m->stems.n - from, sizeof *stems, by_number);
	for (size_t i = 0; i < m->stems.n - from; i++)
		if (!n || stems[n - 1] != stems[i])
			stems[n++] = stems[i];
	m->stems.n = from + n;
	return n;
}

/* ---- who says what ---- */

bool match_is_good(const struct summary_phrase *p, struct date today)
{
	if (!p->until.year)
		return true;
	if (!p->until.day)
		today.day = 0;
	if (!p->until.month)
		today.month = 0;
	return date_cmp(p->until, today) >= 0;
}

static void say(struct matcher *m, struct side *side, const struct person *who,
		const struct summary_phrase *phrase, struct text text, enum offered by)
{
	struct said said = { who, phrase, text, by, m->stems.n, 0, 0 };

	said.n = text.n ? add_stems(m, text) : 0;
	if (said.n)
		vec_push(&side->list, said);
}

static void say_phrases(struct matcher *m, struct side *side, const struct person *who,
			const struct summary_phrase *phrases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (match_is_good(&phrases[i], m->net->terms.today))
			say(m, side, who, &phrases[i], phrases[i].phrase, OFFERED_IN_WORDS);
}

static void say_all(struct matcher *m, const struct person *p)
{
	if (p->door != DOOR_OPEN && !p->me)
		return;
	say_phrases(m, &m->needs, p, p->s.needs.at, p->s.needs.n);
	say_phrases(m, &m->offers, p, p->s.offers.at, p->s.offers.n);
	say(m, &m->standins, p, NULL, p->s.title, OFFERED_BY_TITLE);
	for (size_t i = 0; i < p->s.tags.n; i++)
		say(m, &m->standins, p, NULL, p->s.tags.at[i], OFFERED_BY_TAG);
}

/* ---- weights, and by stem who says it ---- */

static void count(const struct matcher *m, const struct side *side, size_t *counts)
{
	for (size_t i = 0; i < side->list.n; i++)
		for (size_t k = 0; k < side->list.at[i].n; k++)
			counts[m->stems.at[side->list.at[i].from + k]]++;
}

/* What all say weighs 2, and 1 more with each time that half as many say it. */
static double weight_of(size_t said_by, size_t phrases)
{
	double weight = 2;

	for (size_t n = phrases / 2; said_by && n >= said_by; n /= 2)
		weight++;
	return weight;
}

static void weigh_stems(struct matcher *m)
{
	size_t *counts = mem_alloc(m->known.n * sizeof *counts);

	count(m, &m->needs, counts);
	count(m, &m->offers, counts);
	m->weights = mem_alloc(m->known.n * sizeof *m->weights);
	for (size_t i = 0; i < m->known.n; i++)
		m->weights[i] = weight_of(counts[i], m->needs.list.n + m->offers.list.n);
	mem_free(counts);
}

static int by_weight(const void *va, const void *vb)
{
	const struct said *a = va, *b = vb;

	if (a->weight < b->weight || a->weight > b->weight)
		return a->weight < b->weight ? -1 : 1;
	return (a->from > b->from) - (a->from < b->from);
}

static void weigh(const struct matcher *m, struct side *side)
{
	for (size_t i = 0; i < side->list.n; i++)
		for (size_t k = 0; k < side->list.at[i].n; k++)
			side->list.at[i].weight +=
				m->weights[m->stems.at[side->list.at[i].from + k]];
	if (side->list.n)
		qsort(side->list.at, side->list.n, sizeof *side->list.at, by_weight);
}

static void sort_by_stem(const struct matcher *m, struct side *side)
{
	size_t all = 0;

	/* starts[s + 2] counts stem s; then starts[s + 1] is where its next place goes. */
	side->starts = mem_alloc((m->known.n + 2) * sizeof *side->starts);
	count(m, side, side->starts + 2);
	for (size_t s = 2; s < m->known.n + 2; s++)
		all = side->starts[s] += all;
	side->places = mem_alloc(all * sizeof *side->places);
	for (size_t i = 0; i < side->list.n; i++)
		for (size_t k = 0; k < side->list.at[i].n; k++) {
			uint32_t stem = m->stems.at[side->list.at[i].from + k];
			side->places[side->starts[stem + 1]++] = (uint32_t)i;
		}
}

static void make_ready(struct matcher *m)
{
	struct side *const sides[] = { &m->needs, &m->offers, &m->standins };

	weigh_stems(m);
	for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
		weigh(m, sides[i]);
		sort_by_stem(m, sides[i]);
	}
	m->n_slots = m->net->n > m->needs.list.n ? m->net->n : m->needs.list.n;
	m->slots = mem_alloc(m->n_slots * sizeof *m->slots);
}

struct matcher *matcher_new(const struct network *net, const struct person *const *people, size_t n)
{
	struct matcher *m = mem_alloc(sizeof *m);

	m->net = net;
	m->stemmer = stemmer_new();
	silence(m);
	for (size_t i = 0; i < (people ? n : net->n); i++)
		say_all(m, people ? people[i] : &net->people[i]);
	make_ready(m);
	return m;
}

static void release_side(struct side *side)
{
	vec_release(&side->list);
	mem_free(side->starts);
	mem_free(side->places);
}

void matcher_free(struct matcher *m)
{
	if (!m)
		return;
	stemmer_free(m->stemmer);
	release_side(&m->needs);
	release_side(&m->offers);
	release_side(&m->standins);
	mem_free(m->words.slots);
	mem_free(m->known.slots);
	vec_release(&m->stem_of);
	vec_release(&m->stems);
	mem_free(m->weights);
	mem_free(m->slots);
	arena_release(&m->arena);
	mem_free(m);
}

/* ---- pairs ---- */

/* The weight of the stems that both say. */
static double common_weight(const struct matcher *m, const struct said *a, const struct said *b)
{
	const uint32_t *in_a = m->stems.at + a->from, *in_b = m->stems.at + b->from;
	double common = 0;

	for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
		if (in_a[i] == in_b[k])
			common += m->weights[in_a[i]];
		uint32_t stem = in_a[i];
		i += stem <= in_b[k];
		k += in_b[k] <= stem;
	}
	return common;
}

static bool says_all(const struct matcher *m, const struct said *all, const struct said *of)
{
	const uint32_t *in_all = m->stems.at + all->from, *in_of = m->stems.at + of->from;
	size_t i = 0;

	for (size_t k = 0; k < all->n && i < of->n; k++)
		i += in_all[k] == in_of[i];
	return i == of->n;
}

static double score_of(const struct matcher *m, const struct said *need, const struct said *offer)
{
	double score = 2 * common_weight(m, need, offer) / (need->weight + offer->weight);

	if (offer->by == OFFERED_IN_WORDS)
		return score;
	return says_all(m, offer, need) ? score / 2 : 0;
}

/* Take the pair, unless a better one has the slot. */
static void consider(struct matcher *m, const struct said *need, const struct said *offer,
		     size_t slot, struct match_pairs *out)
{
	if (need->who == offer->who)
		return;
	double score = score_of(m, need, offer);
	if (score < least)
		return;
	struct match_pair pair = { need->who,
				   offer->who,
				   need->phrase,
				   offer->text,
				   offer->phrase ? offer->phrase->until : DATE_NONE,
				   offer->by,
				   score };
	if (!m->slots[slot]) {
		vec_push(&out->list, pair);
		m->slots[slot] = out->list.n;
	} else if (out->list.at[m->slots[slot] - 1].score < score) {
		out->list.at[m->slots[slot] - 1] = pair;
	}
}

/* The first from `at` on that weighs as much as the need. */
static size_t find_weight(const struct side *side, const struct said *need, size_t at, size_t end)
{
	while (at < end) {
		size_t middle = at + (end - at) / 2;
		if (side->list.at[side->places[middle]].weight < need->weight)
			at = middle + 1;
		else
			end = middle;
	}
	return at;
}

/* Those of `side` who say the stem; of more than `look` those whose weight is like the need's. */
static void look_at(struct matcher *m, const struct said *need, const struct side *side,
		    uint32_t stem, size_t look, struct match_pairs *out)
{
	size_t at = side->starts[stem], end = side->starts[stem + 1];

	if (end - at > look) {
		size_t like = find_weight(side, need, at, end);
		at = like - at > look / 2 ? like - look / 2 : at;
		at = end - at > look ? at : end - look;
		end = at + look;
	}
	for (size_t i = at; i < end; i++) {
		const struct said *offer = &side->list.at[side->places[i]];
		consider(m, need, offer, network_index(m->net, offer->who), out);
	}
}

/* The stem of a need that the fewest titles and tags say: those that say all of it say this one. */
static uint32_t rarest(const struct matcher *m, const struct said *need)
{
	const size_t *starts = m->standins.starts;
	uint32_t found = m->stems.at[need->from];

	for (size_t k = 1; k < need->n; k++) {
		uint32_t stem = m->stems.at[need->from + k];
		if (starts[stem + 1] - starts[stem] < starts[found + 1] - starts[found])
			found = stem;
	}
	return found;
}

/* Who offers what is needed; a slot for each person. */
static void find_offers(struct matcher *m, const struct said *need, size_t look,
			struct match_pairs *out)
{
	size_t from = out->list.n;

	for (size_t k = 0; k < need->n; k++)
		look_at(m, need, &m->offers, m->stems.at[need->from + k], look, out);
	look_at(m, need, &m->standins, rarest(m, need), look, out);
	for (size_t i = from; i < out->list.n; i++)
		m->slots[network_index(m->net, out->list.at[i].offers)] = 0;
}

/* Who needs what is offered; a slot for each need, which stays taken. */
static void find_needs(struct matcher *m, const struct said *offer, struct match_pairs *out)
{
	for (size_t k = 0; k < offer->n; k++) {
		uint32_t stem = m->stems.at[offer->from + k];
		for (size_t i = m->needs.starts[stem]; i < m->needs.starts[stem + 1]; i++) {
			size_t place = m->needs.places[i];
			consider(m, &m->needs.list.at[place], offer, place, out);
		}
	}
}

static int by_score(const void *va, const void *vb)
{
	const struct match_pair *a = va, *b = vb;

	if (a->score < b->score || a->score > b->score)
		return a->score > b->score ? -1 : 1;
	if (a->needs != b->needs) /* people stand by id */
		return a->needs < b->needs ? -1 : 1;
	if (a->offers != b->offers)
		return a->offers < b->offers ? -1 : 1;
	return (a->need > b->need) - (a->need < b->need);
}

static void sort_pairs(struct match_pairs *pairs)
{
	if (pairs->list.n)
		qsort(pairs->list.at, pairs->list.n, sizeof *pairs->list.at, by_score);
}

void matcher_find(struct matcher *m, const struct person *p, struct match_pairs *out)
{
	const struct side *const sides[] = { &m->offers, &m->standins };

	for (size_t i = 0; i < m->needs.list.n; i++)
		if (m->needs.list.at[i].who == p)
			find_offers(m, &m->needs.list.at[i], SIZE_MAX, out);
	for (size_t s = 0; s < sizeof sides / sizeof *sides; s++)
		for (size_t i = 0; i < sides[s]->list.n; i++)
			if (sides[s]->list.at[i].who == p)
				find_needs(m, &sides[s]->list.at[i], out);
	for (size_t i = 0; i < m->n_slots; i++)
		m->slots[i] = 0;
	sort_pairs(out);
	out->found = out->list.n;
}

/* ---- the best of many ---- */

struct best {
	size_t most;
	match_wanted wanted;
	void *ctx;
	struct match_pairs *out; /* cut to the best whenever it holds many more */
	bool full;
	struct match_pair last;  /* once it is full: what isn't better need not be looked at */
};

static void cut(struct best *best)
{
	struct match_pairs *out = best->out;

	sort_pairs(out);
	best->full = best->most && out->list.n >= best->most;
	if (out->list.n > best->most)
		out->list.n = best->most;
	if (best->full)
		best->last = out->list.at[best->most - 1];
}

static void take(struct best *best, const struct match_pair *pair)
{
	enum { SPARE = 1024 };

	if (pair->needs->me || pair->offers->me)
		return;
	best->out->found++;
	if (best->full && by_score(pair, &best->last) >= 0)
		return;
	if (best->wanted && !best->wanted(best->ctx, pair))
		return;
	vec_push(&best->out->list, *pair);
	if (best->out->list.n >= SPARE && best->out->list.n / 2 >= best->most)
		cut(best);
}

void matcher_all(struct matcher *m, size_t most, match_wanted wanted, void *ctx,
		 struct match_pairs *out)
{
	struct best best = { .most = most, .wanted = wanted, .ctx = ctx, .out = out };
	struct match_pairs own = MATCH_PAIRS_INIT;

	for (size_t i = 0; i < m->needs.list.n; i++) {
		find_offers(m, &m->needs.list.at[i], LOOK, &own);
		for (size_t k = 0; k < own.list.n; k++)
			take(&best, &own.list.at[k]);
		own.list.n = 0;
	}
	cut(&best);
	match_pairs_release(&own);
}

void matcher_words(struct matcher *m, const struct match_pair *pair, struct match_words *out)
{
	struct text rest = pair->need->phrase, word;
	size_t from = m->stems.n, n = add_stems(m, pair->offer);

	while (next_word(&rest, &word)) {
		uint32_t stem = stem_of(m, word);
		if (n && bsearch(&stem, m->stems.at + from, n, sizeof stem, by_number))
			vec_push(&out->list, word);
	}
	m->stems.n = from;
}

static bool has_tie(const struct ties *ties, const struct person *from, const struct person *to)
{
	size_t low = 0, high = ties->all.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct tie *tie = &ties->all.at[middle];
		if (tie->from < from || (tie->from == from && tie->to < to))
			low = middle + 1;
		else
			high = middle;
	}
	return low < ties->all.n && ties->all.at[low].from == from && ties->all.at[low].to == to;
}

bool match_is_tied(const struct match_pair *pair, const struct ties *ties)
{
	return has_tie(ties, pair->needs, pair->offers) || has_tie(ties, pair->offers, pair->needs);
}

static bool is_linked(const struct summary_entry *e, const struct person *who,
		      const struct network *net)
{
	for (size_t i = 0; i < e->n_links; i++)
		if (network_find(net, e->links[i]) == who)
			return true;
	return false;
}

static struct date introduced_to(const struct person *in, const struct person *who,
				 const struct network *net)
{
	for (size_t i = in->s.log.n; i-- > 0;) {
		const struct summary_entry *e = &in->s.log.at[i];
		if (e->deed == DEED_INTRO && date_cmp(e->date, net->terms.today) <= 0 &&
		    is_linked(e, who, net))
			return e->date;
	}
	return DATE_NONE;
}

struct date match_introduced(const struct match_pair *pair, const struct network *net)
{
	struct date a = introduced_to(pair->needs, pair->offers, net);
	struct date b = introduced_to(pair->offers, pair->needs, net);

	return date_cmp(a, b) < 0 ? b : a;
}

void match_pairs_release(struct match_pairs *p)
{
	vec_release(&p->list);
	p->found = 0;
}
