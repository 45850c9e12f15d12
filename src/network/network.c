#include "network/network.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"

/* Who is added by several threads at once has to share memory with few others. */
enum { LANES = 8 };

struct lane {
	pthread_mutex_t lock;
	struct arena arena;
};

/* An id or alias, folded, and who goes by it. */
struct network_name {
	struct text folded;
	bool alias;
	const struct person *who;
};

/* An encounter that stands in another's log. */
struct borrowed {
	const struct person *who;
	struct encounter met;
};

struct network_parts {
	struct lane lanes[LANES];
	struct arena arena; /* of what is made when all are in */
	bool *filled;       /* by place; until all are in */
	VEC(struct network_name) names;
	struct encounter *met;
};

struct network *network_new(const struct terms *terms, size_t n)
{
	struct network *net = mem_alloc(sizeof *net);

	net->terms = *terms;
	net->people = mem_alloc(n * sizeof *net->people);
	net->n = n;
	net->parts = mem_alloc(sizeof *net->parts);
	net->parts->filled = mem_alloc(n);
	for (size_t i = 0; i < LANES; i++)
		pthread_mutex_init(&net->parts->lanes[i].lock, NULL);
	return net;
}

void network_free(struct network *net)
{
	if (!net)
		return;
	for (size_t i = 0; i < LANES; i++) {
		pthread_mutex_destroy(&net->parts->lanes[i].lock);
		arena_release(&net->parts->lanes[i].arena);
	}
	arena_release(&net->parts->arena);
	vec_release(&net->parts->names);
	mem_free(net->parts->filled);
	mem_free(net->parts->met);
	mem_free(net->parts);
	mem_free(net->people);
	mem_free(net);
}

/* ---- adding ---- */

static struct cadence cadence_of(const struct summary *s, const struct terms *terms)
{
	struct cadence found = s->every;

	for (size_t i = 0; !s->every.ideal.n && i < terms->n_every; i++)
		for (size_t k = 0; k < s->tags.n; k++)
			if (text_same(s->tags.at[k], terms->every[i].tag) &&
			    (!found.ideal.n || period_days(terms->every[i].every.ideal) <
						       period_days(found.ideal)))
				found = terms->every[i].every;
	return found;
}

void network_add(struct network *net, size_t i, const struct contact *c, bool asked)
{
	struct lane *lane = &net->parts->lanes[i % LANES];
	struct person *p = &net->people[i];

	pthread_mutex_lock(&lane->lock);
	summary_read(&p->s, c, net->terms.kinds, net->terms.today, &lane->arena);
	pthread_mutex_unlock(&lane->lock);
	p->place = i;
	p->asked = asked;
	p->door = door_today(&p->s.door, net->terms.today);
	p->every = cadence_of(&p->s, &net->terms);
	net->parts->filled[i] = true;
}

/* ---- who is who ---- */

static struct text folded(struct text t, struct arena *a)
{
	struct buf b = BUF_INIT;

	text_fold(t, &b);
	struct text kept = { arena_copy(a, buf_text(&b)), b.n };
	buf_release(&b);
	return kept;
}

static void add_name(struct network *net, struct text name, bool alias, const struct person *who)
{
	struct network_name one = { folded(name, &net->parts->arena), alias, who };

	vec_push(&net->parts->names, one);
}

static int by_name(const void *va, const void *vb)
{
	const struct network_name *a = va, *b = vb;
	int c = text_cmp(a->folded, b->folded);

	if (!c)
		c = a->alias - b->alias;
	return c ? c : strcmp(a->who->s.path, b->who->s.path);
}

static void name_all(struct network *net)
{
	for (size_t i = 0; i < net->n; i++) {
		const struct person *p = &net->people[i];
		add_name(net, p->s.id, false, p);
		for (size_t k = 0; k < p->s.aliases.n; k++)
			add_name(net, p->s.aliases.at[k], true, p);
	}
	if (net->parts->names.n)
		qsort(net->parts->names.at, net->parts->names.n, sizeof *net->parts->names.at,
		      by_name);
}

/* The first of those who go by a folded name. */
static const struct person *find_folded(const struct network *net, struct text name)
{
	size_t low = 0, high = net->parts->names.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (text_cmp(net->parts->names.at[middle].folded, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == net->parts->names.n || !text_equal(net->parts->names.at[low].folded, name))
		return NULL;
	return net->parts->names.at[low].who;
}

const struct person *network_find(const struct network *net, struct text id)
{
	struct buf b = BUF_INIT;

	text_fold(text_trim(id), &b);
	const struct person *found = find_folded(net, buf_text(&b));
	buf_release(&b);
	return found;
}

size_t network_index(const struct network *net, const struct person *p)
{
	return (size_t)(p - net->people);
}

/* ---- encounters ---- */

static bool is_encounter(const struct network *net, const struct summary_entry *e)
{
	return e->deed != DEED_NOTE && date_cmp(e->date, net->terms.today) <= 0;
}

struct borrowings {
	VEC(struct borrowed) list;
};

static void lend(const struct network *net, const struct person *from,
		 const struct summary_entry *e, struct borrowings *all)
{
	for (size_t i = 0; i < e->n_present; i++) {
		const struct person *who = network_find(net, e->links[i]);
		if (!who || who == from || who->me)
			continue;
		struct borrowed one = { who, { e->date, e, from } };
		vec_push(&all->list, one);
	}
}

static int by_who_and_date(const void *va, const void *vb)
{
	const struct borrowed *a = va, *b = vb;
	int c = (a->who > b->who) - (a->who < b->who);

	if (!c)
		c = date_cmp(a->met.date, b->met.date);
	if (!c)
		c = (a->met.in > b->met.in) - (a->met.in < b->met.in);
	return c ? c : (a->met.entry > b->met.entry) - (a->met.entry < b->met.entry);
}

static void borrow_all(const struct network *net, struct borrowings *all)
{
	for (size_t i = 0; i < net->n; i++) {
		const struct person *p = &net->people[i];
		for (size_t k = 0; k < p->s.log.n; k++)
			if (is_encounter(net, &p->s.log.at[k]))
				lend(net, p, &p->s.log.at[k], all);
	}
	if (all->list.n)
		qsort(all->list.at, all->list.n, sizeof *all->list.at, by_who_and_date);
}

static void put(struct person *p, struct encounter met)
{
	p->met[p->n_met++] = met;
}

/* Those of others before that day (NULL: all), where the person has none of that day. */
static void put_borrowed(struct person *p, const struct borrowed **at, const struct borrowed *end,
			 const struct date *day)
{
	for (; *at < end && (*at)->who == p; ++*at) {
		if (day && date_cmp((*at)->met.date, *day) >= 0)
			break;
		if (!p->n_met || date_cmp(p->met[p->n_met - 1].date, (*at)->met.date) != 0)
			put(p, (*at)->met);
	}
}

static void meet(const struct network *net, struct person *p, const struct borrowed **at,
		 const struct borrowed *end)
{
	for (size_t k = 0; k < p->s.log.n && !p->me; k++) {
		const struct summary_entry *e = &p->s.log.at[k];
		if (!is_encounter(net, e))
			continue;
		put_borrowed(p, at, end, &e->date);
		struct encounter own = { e->date, e, p };
		put(p, own);
	}
	put_borrowed(p, at, end, NULL);
	p->warmth = network_warmth(p, net->terms.today);
}

static void meet_all(struct network *net)
{
	struct borrowings all = { VEC_INIT };
	size_t most = 0;

	borrow_all(net, &all);
	for (size_t i = 0; i < net->n; i++)
		most += net->people[i].s.log.n;
	net->parts->met = mem_alloc((most + all.list.n) * sizeof *net->parts->met);
	struct encounter *next = net->parts->met;
	const struct borrowed *at = all.list.at, *end = all.list.n ? at + all.list.n : at;
	for (size_t i = 0; i < net->n; i++) {
		net->people[i].met = next;
		meet(net, &net->people[i], &at, end);
		next += net->people[i].n_met;
	}
	vec_release(&all.list);
}

/* ---- all are in ---- */

static int by_id(const void *va, const void *vb)
{
	const struct person *a = va, *b = vb;
	int c = text_cmp(a->s.id, b->s.id);

	return c ? c : strcmp(a->s.path, b->s.path);
}

/* Places of files that could not be read stay empty; they go. */
static void close_gaps(struct network *net)
{
	size_t n = 0;

	for (size_t i = 0; i < net->n; i++)
		if (net->parts->filled[i])
			net->people[n++] = net->people[i];
	net->n = n;
	if (n)
		qsort(net->people, n, sizeof *net->people, by_id);
}

void network_ready(struct network *net)
{
	close_gaps(net);
	name_all(net);
	const struct person *me = net->terms.me.n ? network_find(net, net->terms.me) : NULL;
	net->me = me;
	if (me)
		net->people[network_index(net, me)].me = true;
	meet_all(net);
}

/* ---- what one asks of a person ---- */

struct date person_first(const struct person *p)
{
	return p->n_met ? p->met[0].date : DATE_NONE;
}

struct date person_last(const struct person *p)
{
	return p->n_met ? p->met[p->n_met - 1].date : DATE_NONE;
}

double network_warmth(const struct person *p, struct date today)
{
	const double half_life = 180;
	double sum = 0;

	for (size_t i = 0; i < p->n_met; i++)
		sum += half_life /
		       (half_life + (double)(date_days(today) - date_days(p->met[i].date)));
	return sum;
}

enum warmth person_warmth(const struct person *p)
{
	if (!p->n_met)
		return WARMTH_NEVER;
	return p->warmth < 0.5   ? WARMTH_COLD
	       : p->warmth < 1.5 ? WARMTH_COOL
	       : p->warmth < 4	 ? WARMTH_WARM
				 : WARMTH_CLOSE;
}

const char *warmth_name(enum warmth w)
{
	static const char *const names[] = { "never met", "cold", "cool", "warm", "close" };

	return names[w];
}
