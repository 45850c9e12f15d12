#include "network/path.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"

/*
 * People are nodes by their place in the network; behind them comes each roster, by its own. To
 * the roster and from it to who was seen there is one hop, so that nobody has to be compared with
 * everybody.
 */
#define YOU SIZE_MAX

/* How a node is reached. */
struct step {
	size_t from;           /* node, or YOU */
	const struct tie *tie; /* one of these at most, between two people */
	const struct mention *mention;
	double strength;       /* of the chain up to here; 0: nothing leads here */
	bool done;
};

struct reached {
	size_t node;
	double strength;
};

/* Somebody you have not met was at an event, as a note says: their log has no encounter. */
struct sighting {
	size_t roster, person;
};

struct paths {
	const struct network *net;
	const struct ties *ties;
	const struct rosters *rosters;
	struct step *steps;     /* owned; by node */
	size_t *starts, *seats; /* owned; by person: the rosters each is on */
	VEC(struct sighting) sightings; /* by roster */
	VEC(struct mention) mentions;   /* by from, then to; both ways */
	VEC(struct reached) open; /* a heap, the strongest on top */
};

/* ---- how strong ---- */

/* 1 today, a half after half a year: as network_warmth counts. */
static double freshness(const struct paths *p, struct date date)
{
	const double half_life = 180;

	return half_life /
	       (half_life + (double)(date_days(p->net->terms.today) - date_days(date)));
}

/* Never quite 1, however much there is of it. */
static double saturated(double amount)
{
	return amount / (amount + 1);
}

/* Of the tie, when it is followed from `from`. */
static double tie_strength(const struct tie *t, const struct person *from)
{
	const double sent = 0.9, via = 0.75, back = 0.6, knows = 0.7;

	switch (t->kind) {
	case TIE_SENT:
		return t->from == from ? sent : back;
	case TIE_VIA:
		return t->from == from ? via : back;
	case TIE_KNOWS:
		return knows;
	case TIE_TOGETHER:
		break;
	}
	return 0; /* you know both */
}

/* Less than one who knows somebody, more than one who knows one who does. */
static const double mention_strength = 0.5;

static double event_strength(const struct paths *p, const struct roster *r)
{
	const double table = 10, most = 0.3;

	return most * freshness(p, r->date) * table / (table + (double)r->people.n);
}

/* ---- the heap ---- */

static bool is_stronger(const struct reached *a, const struct reached *b)
{
	return a->strength > b->strength || (a->strength >= b->strength && a->node < b->node);
}

static void heap_push(struct paths *p, struct reached one)
{
	size_t i = p->open.n;

	vec_push(&p->open, one);
	for (; i && is_stronger(&one, &p->open.at[(i - 1) / 2]); i = (i - 1) / 2)
		p->open.at[i] = p->open.at[(i - 1) / 2];
	p->open.at[i] = one;
}

static struct reached heap_pop(struct paths *p)
{
	struct reached top = p->open.at[0], last = p->open.at[--p->open.n];
	size_t i = 0, child;

	while ((child = 2 * i + 1) < p->open.n) {
		if (child + 1 < p->open.n &&
		    is_stronger(&p->open.at[child + 1], &p->open.at[child]))
			child++;
		if (!is_stronger(&p->open.at[child], &last))
			break;
		p->open.at[i] = p->open.at[child];
		i = child;
	}
	p->open.at[i] = last;
	return top;
}

/* ---- following ---- */

/* Is the step to `to` a better one? */
static void follow(struct paths *p, size_t to, struct step step)
{
	const double weakest = 1e-6; /* nobody would follow that */
	struct step *best = &p->steps[to];
	bool person = to < p->net->n;

	if (best->done || step.strength < weakest || step.strength <= best->strength)
		return;
	if (person && (p->net->people[to].door == DOOR_CLOSED || p->net->people[to].me))
		return;
	*best = step;
	heap_push(p, (struct reached){ to, step.strength });
}

static void follow_ties(struct paths *p, size_t node)
{
	const struct person *who = &p->net->people[node];
	struct step step = { .from = node };
	size_t n;
	const struct tie *const *near = ties_of(p->ties, who, &n);

	for (size_t i = 0; i < n; i++) {
		const struct person *to = near[i]->from == who ? near[i]->to : near[i]->from;
		step.tie = near[i];
		step.strength = p->steps[node].strength * tie_strength(near[i], who);
		follow(p, network_index(p->net, to), step);
	}
}

static size_t first_mention(const struct paths *p, const struct person *from)
{
	size_t low = 0, high = p->mentions.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->mentions.at[middle].from < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void follow_mentions(struct paths *p, size_t node)
{
	const struct person *who = &p->net->people[node];
	struct step step = { .from = node,
			     .strength = p->steps[node].strength * mention_strength };
	size_t i = first_mention(p, who);

	for (; i < p->mentions.n && p->mentions.at[i].from == who; i++) {
		step.mention = &p->mentions.at[i];
		follow(p, network_index(p->net, step.mention->to), step);
	}
}

static void leave_person(struct paths *p, size_t node)
{
	follow_ties(p, node);
	follow_mentions(p, node);
	for (size_t i = p->starts[node]; i < p->starts[node + 1]; i++) {
		const struct roster *r = &p->rosters->list.at[p->seats[i]];
		double strength = p->steps[node].strength * event_strength(p, r);
		follow(p, p->net->n + p->seats[i],
		       (struct step){ .from = node, .strength = strength });
	}
}

/* The first of a roster's sightings. */
static size_t first_sighting(const struct paths *p, size_t roster)
{
	size_t low = 0, high = p->sightings.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->sightings.at[middle].roster < roster)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void leave_roster(struct paths *p, size_t node)
{
	size_t roster = node - p->net->n, i = first_sighting(p, roster);
	const struct step step = { .from = node, .strength = p->steps[node].strength };

	for (; i < p->sightings.n && p->sightings.at[i].roster == roster; i++)
		follow(p, p->sightings.at[i].person, step);
}

static void follow_all(struct paths *p)
{
	struct step first = { .from = YOU };

	for (size_t i = 0; i < p->net->n; i++) {
		first.strength = saturated(p->net->people[i].warmth);
		follow(p, i, first);
	}
	while (p->open.n) {
		size_t node = heap_pop(p).node;
		if (p->steps[node].done)
			continue;
		p->steps[node].done = true;
		if (node < p->net->n)
			leave_person(p, node);
		else
			leave_roster(p, node);
	}
}

/* ---- events ---- */

/* Who is on which rosters: those of person i are seats[starts[i]] to seats[starts[i + 1]]. */
static void seat_people(struct paths *p)
{
	size_t total = 0, *next;

	p->starts = mem_alloc((p->net->n + 2) * sizeof *p->starts);
	next = p->starts + 1; /* where the next of each goes */
	for (size_t i = 0; i < p->rosters->list.n; i++) {
		const struct roster *r = &p->rosters->list.at[i];
		total += r->people.n;
		for (size_t k = 0; k < r->people.n; k++)
			next[network_index(p->net, r->people.at[k]) + 1]++;
	}
	for (size_t i = 0; i < p->net->n; i++)
		next[i + 1] += next[i];
	p->seats = mem_alloc(total * sizeof *p->seats);
	for (size_t i = 0; i < p->rosters->list.n; i++)
		for (size_t k = 0; k < p->rosters->list.at[i].people.n; k++)
			p->seats[next[network_index(p->net, p->rosters->list.at[i].people.at[k])]++]
				= i;
}

/* <0, 0, >0, as rosters are sorted. */
static int cmp_roster(const struct roster *r, struct text folded, struct date date)
{
	struct buf slug = BUF_INIT;

	text_fold(r->slug, &slug);
	int c = text_cmp(buf_text(&slug), folded);
	buf_release(&slug);
	return c ? c : date_cmp(r->date, date);
}

/* The roster of an event on a day; as many as there are when there is none. */
static size_t find_roster(const struct rosters *rosters, struct text slug, struct date date)
{
	size_t low = 0, high = rosters->list.n, found = high;
	struct buf folded = BUF_INIT;

	text_fold(slug, &folded);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = cmp_roster(&rosters->list.at[middle], buf_text(&folded), date);
		if (!c)
			found = middle;
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	buf_release(&folded);
	return found;
}

static int by_roster(const void *va, const void *vb)
{
	const struct sighting *a = va, *b = vb;
	int c = (a->roster > b->roster) - (a->roster < b->roster);

	return c ? c : (a->person > b->person) - (a->person < b->person);
}

static void find_sightings(struct paths *p)
{
	for (size_t i = 0; i < p->net->n; i++) {
		const struct summary *s = &p->net->people[i].s;
		for (size_t k = 0; k < s->log.n && !p->net->people[i].n_met; k++) {
			if (!s->log.at[k].event.n)
				continue;
			struct sighting one = { find_roster(p->rosters, s->log.at[k].event,
							    s->log.at[k].date), i };
			if (one.roster < p->rosters->list.n)
				vec_push(&p->sightings, one);
		}
	}
	if (p->sightings.n)
		qsort(p->sightings.at, p->sightings.n, sizeof *p->sightings.at, by_roster);
}

/* ---- who is spoken of ---- */

/* Whoever took part you have met; who was sent is tied. */
static void mention(struct paths *p, const struct person *from, const struct summary_entry *e)
{
	bool sends = e->deed == DEED_GOT || e->deed == DEED_INTRO;

	for (size_t i = e->n_present; i < e->n_links; i++) {
		const struct person *to = network_find(p->net, e->links[i]);
		if (!to || to == from || from->me || (sends && tie_is_new(to, e->date)))
			continue;
		struct mention there = { from, to, e->date }, back = { to, from, e->date };
		vec_push(&p->mentions, there);
		vec_push(&p->mentions, back);
	}
}

static int by_from_and_to(const void *va, const void *vb)
{
	const struct mention *a = va, *b = vb;
	int c = (a->from > b->from) - (a->from < b->from);

	if (!c)
		c = (a->to > b->to) - (a->to < b->to);
	return c ? c : date_cmp(b->date, a->date); /* the last comes first: others are no better */
}

static void find_mentions(struct paths *p)
{
	for (size_t i = 0; i < p->net->n; i++) {
		const struct person *from = &p->net->people[i];
		for (size_t k = 0; k < from->s.log.n; k++)
			if (date_cmp(from->s.log.at[k].date, p->net->terms.today) <= 0)
				mention(p, from, &from->s.log.at[k]);
	}
	if (p->mentions.n)
		qsort(p->mentions.at, p->mentions.n, sizeof *p->mentions.at, by_from_and_to);
}

/* ---- the whole ---- */

struct paths *paths_new(const struct network *net, const struct ties *ties,
			const struct rosters *rosters)
{
	struct paths *p = mem_alloc(sizeof *p);

	p->net = net;
	p->ties = ties;
	p->rosters = rosters;
	p->steps = mem_alloc((net->n + rosters->list.n) * sizeof *p->steps);
	seat_people(p);
	find_sightings(p);
	find_mentions(p);
	follow_all(p);
	return p;
}

void paths_free(struct paths *p)
{
	if (!p)
		return;
	vec_release(&p->open);
	vec_release(&p->sightings);
	vec_release(&p->mentions);
	mem_free(p->steps);
	mem_free(p->starts);
	mem_free(p->seats);
	mem_free(p);
}

double paths_strength(const struct paths *p, const struct person *who)
{
	return p->steps[network_index(p->net, who)].strength;
}

/* The hop by which a person was reached, from whatever lies before. */
static struct hop hop_to(const struct paths *p, size_t node)
{
	const struct step *step = &p->steps[node];
	struct hop hop = { .to = &p->net->people[node], .tie = step->tie,
			   .mention = step->mention };
	size_t from = step->from;

	if (from != YOU && from >= p->net->n) {
		hop.event = &p->rosters->list.at[from - p->net->n];
		from = p->steps[from].from;
	}
	hop.strength = step->strength;
	if (from != YOU) {
		hop.from = &p->net->people[from];
		hop.strength /= p->steps[from].strength;
	}
	return hop;
}

bool paths_to(const struct paths *p, const struct person *who, struct chain *out)
{
	*out = (struct chain){ .strength = paths_strength(p, who) };
	if (out->strength <= 0)
		return false;
	for (const struct person *at = who; at;) {
		struct hop hop = hop_to(p, network_index(p->net, at));
		vec_push(&out->hops, hop);
		at = hop.from;
	}
	for (size_t i = 0; i < out->hops.n / 2; i++) {
		struct hop *other = &out->hops.at[out->hops.n - 1 - i], hop = out->hops.at[i];
		out->hops.at[i] = *other;
		*other = hop;
	}
	return true;
}

void chain_release(struct chain *chain)
{
	vec_release(&chain->hops);
}
