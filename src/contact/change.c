#include "contact/change.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "contact/contact.h"
#include "contact/field.h"

#define CONTACT TEXT("contact")

/* ---- the values of both versions ---- */

struct value {
	struct text section, key, text;
	size_t at;  /* its place among those of its version */
	bool later; /* of the later version */
	bool kept;  /* the other version has it too */
};

struct values {
	VEC(struct value) all;
	size_t n_later;
};

/* ASCII only: another letter in another case is a difference, and better shown than not. */
static int cmp_names(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;

	for (size_t i = 0; i < n; i++) {
		unsigned char x = (unsigned char)char_lower(a.at[i]);
		unsigned char y = (unsigned char)char_lower(b.at[i]);
		if (x != y)
			return x < y ? -1 : 1;
	}
	return (a.n > b.n) - (a.n < b.n);
}

static bool same_section(const struct value *a, const struct value *b)
{
	return cmp_names(a->section, b->section) == 0;
}

static bool same_key(const struct value *a, const struct value *b)
{
	return same_section(a, b) && cmp_names(a->key, b->key) == 0;
}

static bool same_value(const struct value *a, const struct value *b)
{
	return same_key(a, b) && text_equal(a->text, b->text);
}

/* What is the same comes to stand together, the earlier version in front. */
static int by_value(const void *va, const void *vb)
{
	const struct value *a = va, *b = vb;
	int c = cmp_names(a->section, b->section);

	if (!c)
		c = cmp_names(a->key, b->key);
	if (!c)
		c = text_cmp(a->text, b->text);
	if (!c)
		c = a->later - b->later;
	return c ? c : a->at < b->at ? -1 : 1;
}

static struct text section_of(const struct doc *d, size_t i)
{
	static const struct text known[] = { { "contact", 7 }, { "log", 3 }, { "todo", 4 } };

	for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
		if (doc_in(d, i, known[k]))
			return known[k];
	return text_trim(d->entries[i].section);
}

bool change_next_value(const struct contact *c, struct change_at *at, struct change_value *out)
{
	for (; at->entry < c->doc.n_entries; at->entry++, at->inside = false) {
		const struct doc_entry *e = &c->doc.entries[at->entry];
		*out = (struct change_value){ section_of(&c->doc, at->entry), e->key, e->value,
					      at->entry };
		if (!text_equal(out->section, CONTACT) || !field_holds_items(field_find(e->key))) {
			at->entry++;
			return true;
		}
		if (!at->inside)
			at->items = e->value;
		at->inside = true;
		if (field_next_item(&at->items, &out->text))
			return true;
	}
	return false;
}

static void gather(const struct contact *c, bool later, struct values *v)
{
	struct change_at at = { 0 };
	struct change_value one;
	size_t n = 0;

	while (c && change_next_value(c, &at, &one)) {
		struct value value = { one.section, one.key, one.text, n++, later, false };
		vec_push(&v->all, value);
	}
	if (later)
		v->n_later = n;
}

/* ---- what became of them ---- */

/* A change, and where it belongs in the list. */
struct placed {
	struct change change;
	size_t section, at;
	bool gone;
};

struct placing {
	VEC(struct placed) all;
	size_t section; /* of what is added now */
};

static int by_place(const void *va, const void *vb)
{
	const struct placed *a = va, *b = vb;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if (a->gone != b->gone)
		return a->gone - b->gone;
	return (a->at > b->at) - (a->at < b->at);
}

static void place(struct placing *p, enum change_kind kind, const struct value *before,
		  const struct value *after, bool only)
{
	const struct value *v = after ? after : before;
	struct placed one = { .section = p->section, .at = v->at, .gone = !after };

	one.change = (struct change){ kind, v->section, v->key, before ? before->text : TEXT_NONE,
				      after ? after->text : TEXT_NONE, only };
	vec_push(&p->all, one);
}

/* Each value of one version has one partner at most: what stands twice and then once is gone. */
static void mark_kept(struct value *v, size_t n)
{
	size_t end, later;

	for (size_t i = 0; i < n; i = end) {
		for (later = i; later < n && !v[later].later && same_value(&v[later], &v[i]);)
			later++;
		for (end = later; end < n && same_value(&v[end], &v[i]);)
			end++;
		for (size_t k = 0; i + k < later && later + k < end; k++)
			v[i + k].kept = v[later + k].kept = true;
	}
}

/* The n values of one key. */
static void compare_key(struct placing *p, struct value *v, size_t n)
{
	size_t had[2] = { 0 }, left[2] = { 0 };
	const struct value *last[2] = { NULL };

	mark_kept(v, n);
	for (size_t i = 0; i < n; i++) {
		had[v[i].later]++;
		if (v[i].kept)
			continue;
		left[v[i].later]++;
		last[v[i].later] = &v[i];
	}
	if (left[0] == 1 && left[1] == 1) {
		place(p, CHANGE_SET, last[0], last[1], false);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (!v[i].kept && v[i].later)
			place(p, CHANGE_ADDED, NULL, &v[i], !had[0]);
		if (!v[i].kept && !v[i].later)
			place(p, CHANGE_REMOVED, &v[i], NULL, !had[1]);
	}
}

/* Where the section begins in the later version; behind all of that, when it is not there. */
static size_t section_place(const struct values *v, size_t from, size_t to)
{
	size_t first = (size_t)-1;

	for (size_t i = from; i < to; i++) {
		const struct value *value = &v->all.at[i];
		size_t at = value->later ? value->at : v->n_later + value->at;
		if (at < first)
			first = at;
	}
	return first;
}

static void compare_section(struct placing *p, struct values *v, size_t from, size_t to)
{
	size_t end;

	p->section = section_place(v, from, to);
	for (size_t i = from; i < to; i = end) {
		for (end = i; end < to && same_key(&v->all.at[end], &v->all.at[i]);)
			end++;
		compare_key(p, v->all.at + i, end - i);
	}
}

static void compare(struct values *v, struct placing *p)
{
	size_t end;

	if (v->all.n)
		qsort(v->all.at, v->all.n, sizeof *v->all.at, by_value);
	for (size_t i = 0; i < v->all.n; i = end) {
		for (end = i; end < v->all.n && same_section(&v->all.at[end], &v->all.at[i]);)
			end++;
		compare_section(p, v, i, end);
	}
	if (p->all.n)
		qsort(p->all.at, p->all.n, sizeof *p->all.at, by_place);
}

void changes_between(const struct contact *before, const struct contact *after,
		     struct changes *out)
{
	struct values values = { VEC_INIT, 0 };
	struct placing placing = { VEC_INIT, 0 };

	gather(before, false, &values);
	gather(after, true, &values);
	compare(&values, &placing);
	for (size_t i = 0; i < placing.all.n; i++)
		vec_push(out, placing.all.at[i].change);
	out->layout = !out->n && before && after &&
		      !text_equal(contact_bytes(before), contact_bytes(after));
	vec_release(&values.all);
	vec_release(&placing.all);
}

void changes_release(struct changes *list)
{
	vec_release(list);
	list->layout = false;
}

/* ---- in a few words ---- */

enum { VALUE_COLUMNS = 30, COUNT_COLUMNS = 14 /* " and 1000 more" */ };

static bool is_entry(const struct change *c)
{
	return text_equal(c->section, TEXT("log")) || text_equal(c->section, TEXT("todo"));
}

void change_name(const struct change *c, struct buf *out)
{
	if (!text_equal(c->section, CONTACT)) {
		buf_add_text(out, c->section);
		buf_add_char(out, is_entry(c) ? ' ' : '.');
	}
	buf_add_text(out, c->key.n ? c->key : TEXT("="));
}

/* On one line, cut short. */
static void add_value(struct text value, struct buf *out)
{
	struct text shown = text_fit(value, VALUE_COLUMNS);
	size_t from = out->n;

	buf_add_char(out, ' ');
	buf_add_text(out, shown);
	for (size_t i = from; i < out->n; i++)
		if (char_is_space(out->at[i]))
			out->at[i] = ' ';
	if (shown.n < value.n)
		buf_add_str(out, "...");
}

static void add_phrase(const struct change *c, char sign, struct text value, struct buf *out)
{
	if (sign)
		buf_add_char(out, sign);
	change_name(c, out);
	if (value.n)
		add_value(value, out);
	buf_add_char(out, '\n');
}

static bool alike(const struct change *a, const struct change *b)
{
	return a->kind == b->kind && cmp_names(a->section, b->section) == 0 &&
	       cmp_names(a->key, b->key) == 0;
}

/* A key that came, or went, as a whole: with several values, or one that is no item. */
static bool is_whole(const struct changes *list, size_t i, bool items)
{
	const struct change *c = &list->at[i];
	bool several = (i > 0 && alike(c, c - 1)) || (i + 1 < list->n && alike(c, c + 1));

	return c->only && (several || !items);
}

/* A line, or two, for a change. */
static void add_phrases(const struct changes *list, size_t i, struct buf *out)
{
	const struct change *c = &list->at[i];
	bool items = text_equal(c->section, CONTACT) && field_holds_items(field_find(c->key));

	if (is_entry(c) || is_whole(list, i, items) || (c->kind == CHANGE_SET && !items)) {
		add_phrase(c, c->kind == CHANGE_REMOVED ? '-' : 0, TEXT_NONE, out);
		return;
	}
	if (c->kind != CHANGE_ADDED)
		add_phrase(c, '-', c->before, out);
	if (c->kind != CHANGE_REMOVED)
		add_phrase(c, '+', c->after, out);
}

/* What is said already is not said again: the lines of one key, or day, stand together. */
static size_t drop_repeated(struct text rest, struct buf *out)
{
	struct text phrase, last = { NULL, 0 };
	size_t n = 0;

	while (text_cut_line(&rest, &phrase)) {
		if (last.at && text_equal(phrase, last))
			continue;
		buf_add_text(out, phrase);
		buf_add_char(out, '\n');
		last = phrase;
		n++;
	}
	return n;
}

/* The first of n phrases always, the others as far as they fit. */
static void add_line(struct text phrases, size_t n, size_t columns, struct buf *out)
{
	size_t from = out->n;
	struct text phrase;

	while (text_cut_line(&phrases, &phrase)) {
		size_t width = text_width(text_part(buf_text(out), from, out->n));
		size_t more = n > 1 ? COUNT_COLUMNS : 0;
		if (out->n > from && width + 2 + text_width(phrase) + more > columns) {
			buf_add_fmt(out, " and %zu more", n);
			return;
		}
		buf_add_str(out, out->n > from ? ", " : "");
		buf_add_text(out, phrase);
		n--;
	}
}

void changes_describe(const struct changes *list, size_t columns, struct buf *out)
{
	struct buf all = BUF_INIT, phrases = BUF_INIT;

	for (size_t i = 0; i < list->n; i++)
		add_phrases(list, i, &all);
	size_t n = drop_repeated(buf_text(&all), &phrases);
	add_line(buf_text(&phrases), n, columns, out);
	if (list->layout)
		buf_add_str(out, "layout");
	buf_release(&all);
	buf_release(&phrases);
}
