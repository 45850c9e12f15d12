#include "network/tie.h"

#include <stdlib.h>

enum { TABLE = 8 }; /* as many sit at one */

struct party {
	VEC(const struct person *) people;
};

/* ---- finding ---- */

static void add(struct ties *ties, struct tie tie)
{
	if (tie.from && tie.to && tie.from != tie.to && !tie.from->me && !tie.to->me)
		vec_push(&ties->all, tie);
}

static void add_fields(struct ties *ties, const struct person *p)
{
	const struct summary *s = &p->s;

	for (size_t i = 0; i < s->via.n; i++)
		add(ties, (struct tie){ .from = network_find(ties->net, s->via.at[i]), .to = p,
					.kind = TIE_VIA, .times = 1 });
	for (size_t i = 0; i < s->knows.n; i++)
		add(ties, (struct tie){ .from = p, .to = network_find(ties->net, s->knows.at[i].id),
					.kind = TIE_KNOWS, .label = s->knows.at[i].label,
					.times = 1 });
}

bool tie_is_new(const struct person *who, struct date day)
{
	return !who->n_met || date_cmp(person_first(who), day) >= 0;
}

static void add_sent(struct ties *ties, const struct person *p, const struct summary_entry *e)
{
	for (size_t i = 0; i < e->n_links; i++) {
		const struct person *to = network_find(ties->net, e->links[i]);
		if (to && tie_is_new(to, e->date))
			add(ties, (struct tie){ .from = p, .to = to, .kind = TIE_SENT,
						.date = e->date, .times = 1 });
	}
}

static void add_pair(struct ties *ties, const struct person *a, const struct person *b,
		     struct date date)
{
	add(ties, (struct tie){ .from = a < b ? a : b, .to = a < b ? b : a, .kind = TIE_TOGETHER,
				.date = date, .times = 1 });
}

static void add_together(struct ties *ties, const struct person *p, const struct summary_entry *e,
			 struct party *party)
{
	party->people.n = 0;
	vec_push(&party->people, p);
	for (size_t i = 0; i < e->n_present; i++) {
		const struct person *guest = network_find(ties->net, e->links[i]);
		if (guest)
			vec_push(&party->people, guest);
	}
	size_t n = party->people.n, hosts = n > TABLE ? 1 : n;
	for (size_t i = 0; i < hosts; i++)
		for (size_t k = i + 1; k < n; k++)
			add_pair(ties, party->people.at[i], party->people.at[k], e->date);
}

static void add_log(struct ties *ties, const struct person *p, struct party *party)
{
	for (size_t i = 0; i < p->s.log.n; i++) {
		const struct summary_entry *e = &p->s.log.at[i];
		if (date_cmp(e->date, ties->net->terms.today) > 0)
			break;
		if (e->deed == DEED_GOT || e->deed == DEED_INTRO)
			add_sent(ties, p, e);
		if (e->n_present)
			add_together(ties, p, e, party);
	}
}

/* ---- making one of several ---- */

static int cmp_tie(const struct tie *a, const struct tie *b)
{
	int c = (a->from > b->from) - (a->from < b->from);

	if (!c)
		c = (a->to > b->to) - (a->to < b->to);
	if (!c)
		c = (a->kind > b->kind) - (a->kind < b->kind);
	return c ? c : text_cmp(a->label, b->label);
}

static int by_tie_and_date(const void *va, const void *vb)
{
	const struct tie *a = va, *b = vb;
	int c = cmp_tie(a, b);

	return c ? c : date_cmp(a->date, b->date);
}

static void merge(struct ties *ties)
{
	struct tie *all = ties->all.at;
	size_t n = 0;

	if (ties->all.n)
		qsort(all, ties->all.n, sizeof *all, by_tie_and_date);
	for (size_t i = 0; i < ties->all.n; i++) {
		struct tie *last = n ? &all[n - 1] : NULL;
		if (!last || cmp_tie(last, &all[i]) != 0) {
			all[n++] = all[i];
		} else if (last->kind == TIE_TOGETHER && date_cmp(last->date, all[i].date) != 0) {
			last->date = all[i].date;
			last->times++;
		}
	}
	ties->all.n = n;
}

/* ---- by person ---- */

static void index_people(struct ties *ties)
{
	const struct network *net = ties->net;
	size_t n = ties->all.n;

	ties->starts = mem_alloc((net->n + 2) * sizeof *ties->starts);
	ties->near = mem_alloc(2 * n * sizeof *ties->near);
	size_t *next = ties->starts + 1; /* where the next tie of each goes: in the end its last */
	for (size_t i = 0; i < n; i++) {
		next[network_index(net, ties->all.at[i].from) + 1]++;
		next[network_index(net, ties->all.at[i].to) + 1]++;
	}
	for (size_t i = 0; i < net->n; i++)
		next[i + 1] += next[i];
	for (size_t i = 0; i < n; i++) {
		const struct tie *t = &ties->all.at[i];
		ties->near[next[network_index(net, t->from)]++] = t;
		ties->near[next[network_index(net, t->to)]++] = t;
	}
}

const struct tie *const *ties_of(const struct ties *ties, const struct person *p, size_t *n)
{
	size_t i = network_index(ties->net, p);

	*n = ties->starts[i + 1] - ties->starts[i];
	return ties->near + ties->starts[i];
}

/* ---- the whole ---- */

void ties_find(struct ties *ties, const struct network *net)
{
	struct party party = { VEC_INIT };

	*ties = (struct ties){ .all = VEC_INIT, .net = net };
	for (size_t i = 0; i < net->n; i++) {
		add_fields(ties, &net->people[i]);
		add_log(ties, &net->people[i], &party);
	}
	vec_release(&party.people);
	merge(ties);
	index_people(ties);
}

void ties_release(struct ties *ties)
{
	vec_release(&ties->all);
	mem_free(ties->near);
	mem_free(ties->starts);
	*ties = (struct ties){ .all = VEC_INIT };
}
