#include "cmd/promised.h"

#include <stdlib.h>

#include "cmd/cmd.h"
#include "cmd/search.h"
#include "contact/contact.h"
#include "contact/promise.h"
#include "network/roster.h"

static bool is_wanted(const struct promised_wish *wish, const struct entry *e, int number)
{
	if ((wish->mine && e->they) || (wish->they && !e->they))
		return false;
	if (wish->event.n && !roster_same(e->event, wish->event))
		return false;
	if (!date_is_none(wish->by) && date_cmp(e->date, wish->by) > 0)
		return false;
	return promise_is_meant(e, number, wish->which);
}

static void *collect(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct promised_wish *wish = ctx;
	struct promised *own;
	struct entry e;
	int number = 0;

	if (!c)
		return NULL;
	own = mem_alloc(sizeof *own);
	for (size_t at = 0; contact_next_todo(c, &at, &e, NULL);) {
		if (!is_wanted(wish, &e, ++number))
			continue;
		struct text name = contact_name(c), date = c->doc.entries[at - 1].key;
		struct promise p = { path, id, number, e.date, e.they, mem_copy(name.at, name.n),
				     mem_copy(date.at, date.n), mem_copy(e.text.at, e.text.n) };
		vec_push(&own->list, p);
	}
	return own;
}

static void take_over(struct promised *own, struct promised *all)
{
	for (size_t k = 0; own && k < own->list.n; k++)
		vec_push(&all->list, own->list.at[k]);
	if (own)
		vec_release(&own->list);
	mem_free(own);
}

/* Of a query, or of the whole book. */
static int gather_matches(struct app *app, struct promised_wish *wish, struct promised *out,
			  const struct fault *unknown)
{
	struct search s;
	int rc = search_run(app, &s, wish->who != NULL, &wish->who, collect, wish);

	out->damage = app_damage(app, &s.damage);
	for (size_t i = 0; i < s.n; i++)
		take_over(s.found[i]->data, out);
	if (!rc && !s.n && wish->who)
		rc = unknown->code == FAULT_NOTFOUND ? app_fault(app, unknown)
						     : search_none(app, &s);
	search_release(&s);
	return rc;
}

static int gather_named(struct app *app, struct promised_wish *wish, struct promised *out,
			const struct book_found *named)
{
	struct fault f = FAULT_INIT;
	struct contact c;

	for (size_t i = 0; i < named->n; i++) {
		const char *path = named->at[i].path;
		if (book_load(&app->book, path, &c, NULL, &f) < 0) {
			out->damage = app_fault(app, &f);
			continue;
		}
		take_over(collect(wish, path, contact_id_of(path), &c), out);
		contact_release(&c);
	}
	out->only = named->n == 1 ? named->at[0].path : NULL;
	return out->only ? out->damage : 0;
}

/* A name decides, where somebody is called so; else it is a query. */
static int gather(struct app *app, struct promised_wish *wish, struct promised *out)
{
	struct fault unknown = FAULT_INIT;
	struct book_found found = { 0 };
	int code = wish->who ? book_resolve(&app->book, text_of(wish->who), &found, &unknown) : 0;
	bool called = found.n && code != FAULT_NOTFOUND && found.at[0].match < MATCH_ANYWHERE;
	int rc;

	if (code && code != FAULT_AMBIGUOUS && code != FAULT_NOTFOUND)
		rc = app_fault(app, &unknown);
	else if (called)
		rc = gather_named(app, wish, out, &found);
	else
		rc = gather_matches(app, wish, out, &unknown);
	book_found_release(&found);
	return rc;
}

static int by_date(const void *va, const void *vb)
{
	const struct promise *a = va, *b = vb;
	int c = date_cmp(a->date, b->date);

	if (!c)
		c = text_cmp(a->id, b->id);
	return c ? c : a->number - b->number;
}

int promised_find(struct app *app, struct promised_wish *wish, struct promised *out)
{
	struct text name;

	if (entry_is_event(text_trim(text_of(wish->who)), &name))
		wish->event = name;
	int rc = gather(app, wish, out);
	if (out->list.n)
		qsort(out->list.at, out->list.n, sizeof *out->list.at, by_date);
	return rc;
}

static void print_promise(struct app *app, const struct promise *p, size_t width)
{
	struct out *o = &app->out;
	bool late = promise_is_late(p->date, app->today);
	size_t at = 10 + 2 + width + 5;

	if (late)
		out_style(o, STYLE_WARN);
	out_cell(o, text_of(p->date_text), 10);
	if (late)
		out_style(o, STYLE_PLAIN);
	out_str(o, "  ");
	out_cell(o, p->id, width);
	out_fmt(o, " %2d  %s", p->number, p->they ? "they: " : "");
	out_wrapped(o, text_of(p->text), at + (p->they ? 6 : 0), at);
	out_str(o, "\n");
}

void promised_print(struct app *app, const struct promised *open)
{
	size_t width = 0;

	for (size_t i = 0; i < open->list.n; i++) {
		size_t w = out_width(open->list.at[i].id);
		if (w > width)
			width = w;
	}
	for (size_t i = 0; i < open->list.n; i++)
		print_promise(app, &open->list.at[i], width);
}

int promised_close(struct promised *p, int rc)
{
	for (size_t i = 0; i < p->list.n; i++) {
		mem_free(p->list.at[i].name);
		mem_free(p->list.at[i].date_text);
		mem_free(p->list.at[i].text);
	}
	vec_release(&p->list);
	return p->damage && rc <= EXIT_NO ? p->damage : rc;
}
