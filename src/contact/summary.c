#include "contact/summary.h"

#include <stdlib.h>

#include "base/vec.h"
#include "contact/contact.h"
#include "contact/field.h"

/* What grows while the contact is read. */
struct reading {
	struct summary *s;
	struct arena *a;
	VEC(struct text) aliases;
	VEC(struct text) emails;
	VEC(struct text) tags;
	VEC(struct text) via;
	VEC(struct summary_tie) knows;
	VEC(struct summary_day) days;
	VEC(struct summary_phrase) needs;
	VEC(struct summary_phrase) offers;
	VEC(struct summary_entry) log;
	VEC(struct summary_promise) todo;
	VEC(struct text) present; /* of one entry */
	VEC(struct text) spoken_of;
};

static struct text keep(struct reading *r, struct text t)
{
	return t.n ? (struct text){ arena_copy(r->a, t), t.n } : TEXT_NONE;
}

static void *keep_bytes(struct reading *r, const void *from, size_t n)
{
	return n ? memcpy(arena_alloc(r->a, n), from, n) : NULL;
}

/* Hand a grown list over to the summary. */
#define SETTLE(r, list) \
	((r)->s->list.n = (r)->list.n, \
	 (r)->s->list.at = keep_bytes(r, (r)->list.at, (r)->list.n * sizeof *(r)->list.at), \
	 vec_release(&(r)->list))

/* ---- fields ---- */

static void read_phrases(struct reading *r, bool offers, struct text value)
{
	struct text item, phrase;

	while (field_next_item(&value, &item)) {
		struct summary_phrase p;
		field_cut_until(item, &phrase, &p.until);
		p.phrase = keep(r, phrase);
		if (offers)
			vec_push(&r->offers, p);
		else
			vec_push(&r->needs, p);
	}
}

static void read_day(struct reading *r, const struct contact_field *field)
{
	struct summary_day day;

	if (!date_parse(field->value, &day.date))
		return;
	day.label = keep(r, field->label.n ? field->label : field->base);
	vec_push(&r->days, day);
}

static void read_ties(struct reading *r, const struct contact_field *field)
{
	struct text rest = field->value, item;

	while (field_next_item(&rest, &item)) {
		struct summary_tie tie = { keep(r, field->label), keep(r, item) };
		vec_push(&r->knows, tie);
	}
}

static void read_tags(struct reading *r, struct text value)
{
	struct text item;

	while (field_next_item(&value, &item))
		vec_push(&r->tags, keep(r, item));
}

static void read_field(struct reading *r, const struct contact_field *field)
{
	struct summary *s = r->s;
	const struct text base = field->base, value = field->value;

	if (!value.n || (field->label.n && !field_find(field->key)))
		return; /* the empty one, and the user's own key: name.stage */
	if (text_same(base, TEXT("name")) && s->name.at == s->id.at)
		s->name = keep(r, value);
	else if (text_same(base, TEXT("title")) && !s->title.n)
		s->title = keep(r, value);
	else if (text_same(base, TEXT("org")) && !s->org.n)
		s->org = keep(r, value);
	else if (text_same(base, TEXT("alias")))
		vec_push(&r->aliases, keep(r, value));
	else if (text_same(base, TEXT("email")))
		vec_push(&r->emails, keep(r, value));
	else if (text_same(base, TEXT("tags")))
		read_tags(r, value);
	else if (text_same(base, TEXT("via")))
		vec_push(&r->via, keep(r, value));
	else if (text_same(base, TEXT("knows")))
		read_ties(r, field);
	else if (text_same(base, TEXT("birthday")) || text_same(base, TEXT("date")))
		read_day(r, field);
	else if (text_same(base, TEXT("needs")) || text_same(base, TEXT("offers")))
		read_phrases(r, text_same(base, TEXT("offers")), value);
	else if (text_same(base, TEXT("every")) && !s->every.ideal.n)
		cadence_parse(value, &s->every);
	else if (text_same(base, TEXT("snooze")) && date_is_none(s->snooze))
		date_parse(value, &s->snooze);
}

/* ---- log and todo ---- */

static enum deed deed_of(const struct entry *e)
{
	static const struct {
		const char *kind;
		enum deed deed;
	} deeds[] = {
		{ "gave", DEED_GAVE }, { "got", DEED_GOT }, { "intro", DEED_INTRO },
		{ "won", DEED_WON }, { "lost", DEED_LOST }, { "note", DEED_NOTE },
	};

	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (text_equal(e->kind, text_of(deeds[i].kind)))
			return deeds[i].deed;
	return DEED_MEETING;
}

static bool is_afar(const struct entry *e)
{
	static const char *const kinds[] = { "call", "mail", "chat", "letter" };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_equal(e->kind, text_of(kinds[i])))
			return true;
	return false;
}

static void read_links(struct reading *r, const struct entry *e, struct summary_entry *out)
{
	enum { MOST = 65535 };
	struct text id;
	size_t at = 0;
	bool present;

	r->present.n = r->spoken_of.n = 0;
	while (r->present.n + r->spoken_of.n < MOST && entry_next_person(e, &at, &id, &present)) {
		if (present)
			vec_push(&r->present, keep(r, id));
		else
			vec_push(&r->spoken_of, keep(r, id));
	}
	out->n_present = (unsigned short)r->present.n;
	out->n_links = (unsigned short)(r->present.n + r->spoken_of.n);
	if (!out->n_links)
		return;
	for (size_t i = 0; i < r->spoken_of.n; i++)
		vec_push(&r->present, r->spoken_of.at[i]);
	out->links = keep_bytes(r, r->present.at, out->n_links * sizeof *out->links);
}

static void read_log(struct reading *r, const struct contact *c, const struct kinds *k,
		     struct date today)
{
	struct entry e, last = { .date = DATE_NONE };
	unsigned line;

	for (size_t at = 0; contact_next_log(c, k, &at, &e, &line);) {
		if (e.bad_date)
			continue;
		struct summary_entry *one = vec_more(&r->log);
		*one = (struct summary_entry){ .date = e.date, .deed = (unsigned char)deed_of(&e),
					       .afar = is_afar(&e), .thanks = entry_says_thanks(&e),
					       .line = line,
					       .event = keep(r, e.event) };
		read_links(r, &e, one);
		if (entry_is_encounter(&e) && date_cmp(e.date, today) <= 0 &&
		    date_cmp(e.date, last.date) >= 0)
			last = e;
	}
	r->s->last_kind = keep(r, last.kind);
	r->s->last_text = keep(r, last.text);
}

static void read_todo(struct reading *r, const struct contact *c)
{
	struct entry e;
	int number = 0;

	for (size_t at = 0; contact_next_todo(c, &at, &e, NULL);) {
		number++;
		if (e.bad_date)
			continue;
		struct summary_promise p = { e.date, e.they, entry_says_thanks(&e), number,
					     keep(r, e.event), keep(r, e.text) };
		vec_push(&r->todo, p);
	}
}

static int by_date_and_line(const void *va, const void *vb)
{
	const struct summary_entry *a = va, *b = vb;
	int c = date_cmp(a->date, b->date);

	return c ? c : (a->line > b->line) - (a->line < b->line);
}

static int by_date_and_number(const void *va, const void *vb)
{
	const struct summary_promise *a = va, *b = vb;
	int c = date_cmp(a->date, b->date);

	return c ? c : a->number - b->number;
}

/* ---- the whole ---- */

void summary_read(struct summary *s, const struct contact *c, const struct kinds *k,
		  struct date today, struct arena *a)
{
	struct reading r = { .s = s, .a = a };
	struct contact_field field;

	*s = (struct summary){ .path = arena_copy(a, text_of(c->path)) };
	s->id = s->name = contact_id_of(s->path);
	for (size_t at = 0; contact_next(c, TEXT_NONE, &at, &field);)
		read_field(&r, &field);
	contact_door(c, today, &s->door);
	s->door.reason = keep(&r, s->door.reason);
	read_log(&r, c, k, today);
	read_todo(&r, c);
	if (r.log.n)
		qsort(r.log.at, r.log.n, sizeof *r.log.at, by_date_and_line);
	if (r.todo.n)
		qsort(r.todo.at, r.todo.n, sizeof *r.todo.at, by_date_and_number);
	SETTLE(&r, aliases);
	SETTLE(&r, emails);
	SETTLE(&r, tags);
	SETTLE(&r, via);
	SETTLE(&r, knows);
	SETTLE(&r, days);
	SETTLE(&r, needs);
	SETTLE(&r, offers);
	SETTLE(&r, log);
	SETTLE(&r, todo);
	vec_release(&r.present);
	vec_release(&r.spoken_of);
}
