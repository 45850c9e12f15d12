#include "contact/contact.h"

#include "base/buf.h"
#include "contact/field.h"

#define CONTACT TEXT("contact")

/* ---- editing fields ---- */

/* The next entry of [contact] from `from` on with exactly this key, or n_entries. */
static size_t find_key(const struct contact *c, struct text key, size_t from)
{
	size_t i = from;

	while (i < c->doc.n_entries && !(field_same(c->doc.entries[i].key, key) &&
					 doc_in(&c->doc, i, CONTACT)))
		i++;
	return i;
}

static bool has_key(const struct contact *c, size_t i)
{
	return i < c->doc.n_entries;
}

/* The next entry of the section behind entry i, for doc_add to stand in front of. */
static size_t behind(const struct contact *c, struct text section, size_t i)
{
	for (i++; i < c->doc.n_entries; i++)
		if (doc_in(&c->doc, i, section))
			return i;
	return DOC_END;
}

int contact_add_line(struct contact *c, struct text key, struct text value, struct fault *f)
{
	struct contact_field field;
	struct text base, label;
	size_t last = DOC_END;

	field_split(key, &base, &label);
	for (size_t at = 0; contact_next(c, TEXT_NONE, &at, &field);)
		if (text_same(field.base, base))
			last = field.entry;
	if (last != DOC_END)
		last = behind(c, CONTACT, last);
	return doc_add(&c->doc, CONTACT, key, value, last, f);
}

static int check_key(struct text key, struct fault *f)
{
	struct text base, label;

	field_split(key, &base, &label);
	if (base.n)
		return 0;
	return fault_set(f, FAULT_INVALID, "'%.*s' is no key", TEXT_FMT(key));
}

static int check_lines(struct text key, struct text value, struct fault *f)
{
	const struct field *field = field_find(key);

	if (check_key(key, f) < 0)
		return f->code;
	if (!field || field->lines || !text_holds(text_trim(value), TEXT("\n")))
		return 0;
	return fault_set(f, FAULT_INVALID, "'%.*s' takes one line", TEXT_FMT(key));
}

/* In a batch. */
static void remove_lines(struct contact *c, struct text key, size_t from)
{
	for (size_t i = from; has_key(c, i = find_key(c, key, i)); i++)
		doc_remove(&c->doc, i);
}

int contact_set(struct contact *c, struct text key, struct text value, struct fault *f)
{
	size_t first = find_key(c, key, 0);

	if (check_lines(key, value, f) < 0)
		return f->code;
	if (!has_key(c, first))
		return contact_add_line(c, key, value, f);
	doc_begin(&c->doc);
	doc_set(&c->doc, first, value);
	remove_lines(c, key, first + 1);
	doc_commit(&c->doc);
	return 0;
}

int contact_unset(struct contact *c, struct text key, struct fault *f)
{
	if (check_key(key, f) < 0)
		return f->code;
	if (!has_key(c, find_key(c, key, 0)))
		return fault_set(f, FAULT_NOTFOUND, "no '%.*s' here", TEXT_FMT(key));
	doc_begin(&c->doc);
	remove_lines(c, key, 0);
	doc_commit(&c->doc);
	return 0;
}

/* ---- editing one of several values ---- */

static bool has_items(struct text key)
{
	return field_holds_items(field_find(key));
}

static bool value_has_item(struct text value, struct text item)
{
	struct text other;

	while (field_next_item(&value, &other))
		if (text_same(other, item))
			return true;
	return false;
}

/* The first line of the key, from entry `from` on, that holds the value (or the item). */
static size_t find_value(const struct contact *c, struct text key, struct text value, size_t from)
{
	bool items = has_items(key);
	size_t i = find_key(c, key, from);

	for (; has_key(c, i); i = find_key(c, key, i + 1)) {
		struct text there = c->doc.entries[i].value;
		if (items ? value_has_item(there, value) : text_equal(there, value))
			break;
	}
	return i;
}

static void add_item(struct buf *items, struct text item)
{
	if (items->n)
		buf_add_str(items, items->at[items->n - 1] == ',' ? " " : ", ");
	buf_add_text(items, item);
}

/* Those that no line of the key holds, at the end of its last line. */
static int add_items(struct contact *c, struct text key, struct text items, struct fault *f)
{
	size_t last = DOC_END;
	struct buf value = BUF_INIT;
	struct text item;
	int rc = 0;

	for (size_t i = 0; has_key(c, i = find_key(c, key, i)); i++)
		last = i;
	if (last != DOC_END)
		buf_add_text(&value, c->doc.entries[last].value);
	while (field_next_item(&items, &item))
		if (!has_key(c, find_value(c, key, item, 0)) &&
		    !value_has_item(buf_text(&value), item))
			add_item(&value, item);
	if (last != DOC_END)
		doc_set(&c->doc, last, buf_text(&value));
	else if (value.n)
		rc = contact_add_line(c, key, buf_text(&value), f);
	buf_release(&value);
	return rc;
}

int contact_add(struct contact *c, struct text key, struct text value, struct fault *f)
{
	size_t first = find_key(c, key, 0);

	if (check_lines(key, value, f) < 0)
		return f->code;
	value = text_trim(value);
	if (has_items(key))
		return add_items(c, key, value, f);
	if (field_repeats(key) && has_key(c, find_value(c, key, value, 0)))
		return 0;
	if (field_repeats(key))
		return contact_add_line(c, key, value, f);
	if (has_key(c, first) && c->doc.entries[first].value.n)
		return fault_set(f, FAULT_INVALID,
				 "'%.*s' has one value only: use %.*s=VALUE to change it",
				 TEXT_FMT(key), TEXT_FMT(key));
	return contact_set(c, key, value, f);
}

/* Append the value without those items; others keep their bytes. False when it has none. */
static bool add_without(struct text value, struct text items, struct buf *kept)
{
	struct text piece;
	size_t start = kept->n;
	bool any = false, less = false;

	while (text_cut(&value, ',', &piece)) {
		if (value_has_item(items, text_trim(piece))) {
			less = true;
			continue;
		}
		if (any)
			buf_add_char(kept, ',');
		buf_add_text(kept, any ? piece : text_trim(piece));
		any = true;
	}
	if (!less)
		buf_set_len(kept, start);
	return less;
}

/* Take the items out of entry i, or the entry with the last of them. In a batch. */
static void take_items(struct contact *c, size_t i, struct text items)
{
	struct buf kept = BUF_INIT;

	if (add_without(c->doc.entries[i].value, items, &kept)) {
		struct text rest = buf_text(&kept), item;
		if (field_next_item(&rest, &item))
			doc_set(&c->doc, i, text_trim(buf_text(&kept)));
		else
			doc_remove(&c->doc, i);
	}
	buf_release(&kept);
}

static int check_there(const struct contact *c, struct text key, struct text value, struct fault *f)
{
	if (has_key(c, find_value(c, key, value, 0)))
		return 0;
	return fault_set(f, FAULT_NOTFOUND, "no '%.*s' in '%.*s'", TEXT_FMT(value), TEXT_FMT(key));
}

static int check_all_there(const struct contact *c, struct text key, struct text value,
			   struct fault *f)
{
	struct text item;

	if (!has_items(key))
		return check_there(c, key, value, f);
	while (field_next_item(&value, &item))
		if (check_there(c, key, item, f) < 0)
			return f->code;
	return 0;
}

int contact_take(struct contact *c, struct text key, struct text value, struct fault *f)
{
	bool items = has_items(key);

	value = text_trim(value);
	if (check_key(key, f) < 0 || check_all_there(c, key, value, f) < 0)
		return f->code;
	doc_begin(&c->doc);
	for (size_t i = 0; has_key(c, i = find_key(c, key, i)); i++) {
		if (items)
			take_items(c, i, value);
		else if (text_equal(c->doc.entries[i].value, value))
			doc_remove(&c->doc, i);
	}
	doc_commit(&c->doc);
	return 0;
}

/* ---- editing log and todo ---- */

static bool entry_date(const struct contact *c, size_t i, struct text section, struct date *out)
{
	struct entry e;

	if (!doc_in(&c->doc, i, section))
		return false;
	entry_parse_todo(c->doc.entries[i].key, TEXT_NONE, &e);
	*out = e.date;
	return !e.bad_date;
}

/* 1 when the dates of the section run upwards, -1 when they run newest first. */
static int date_order(const struct contact *c, struct text section)
{
	struct date first = DATE_NONE, last = DATE_NONE, d;

	for (size_t i = 0; i < c->doc.n_entries; i++)
		if (entry_date(c, i, section, &d)) {
			if (date_is_none(first))
				first = d;
			last = d;
		}
	return date_cmp(first, last) > 0 ? -1 : 1;
}

/* Behind the last entry that comes before the date or has it, else before the first dated one. */
static size_t place_of_date(const struct contact *c, struct text section, struct date date)
{
	int order = date_order(c, section);
	size_t place = DOC_END;
	bool any = false;
	struct date d;

	for (size_t i = 0; i < c->doc.n_entries; i++) {
		if (!entry_date(c, i, section, &d))
			continue;
		if (order * date_cmp(d, date) <= 0)
			place = behind(c, section, i);
		else if (!any)
			place = i;
		any = true;
	}
	return place;
}

static int add_dated(struct contact *c, struct text section, struct date date, struct text value,
		     struct fault *f)
{
	size_t place = place_of_date(c, section, date);
	struct buf key = BUF_INIT;

	date_format(date, &key);
	int rc = doc_add(&c->doc, section, buf_text(&key), value, place, f);
	buf_release(&key);
	return rc;
}

int contact_add_log(struct contact *c, struct date date, struct text value, struct fault *f)
{
	return add_dated(c, TEXT("log"), date, value, f);
}

int contact_add_todo(struct contact *c, struct date date, struct text value, struct fault *f)
{
	return add_dated(c, TEXT("todo"), date, value, f);
}

/* ---- references ---- */

struct repoint {
	struct text from, to;
	struct buf value; /* the value with its references replaced */
	size_t n;         /* how many were, in all values */
};

/* Append the value with each [[from]] in it replaced. */
static void repoint_links(struct repoint *r, struct text value)
{
	struct text name;
	size_t at = 0, done = 0;

	for (int mark; (mark = entry_next_mark(value, &at, &name));) {
		if (mark != MARK_PERSON || !text_same(name, r->from))
			continue;
		size_t start = (size_t)(name.at - value.at);
		buf_add_text(&r->value, text_part(value, done, start));
		buf_add_text(&r->value, r->to);
		done = start + name.n;
		r->n++;
	}
	buf_add_text(&r->value, text_part(value, done, value.n));
}

/* Append the item, replaced when it is `from` as a whole; the white space around it stays. */
static void repoint_item(struct repoint *r, struct text piece)
{
	struct text item = text_trim(piece);

	if (!text_same(item, r->from)) {
		repoint_links(r, piece);
		return;
	}
	size_t start = (size_t)(item.at - piece.at);
	buf_add_text(&r->value, text_part(piece, 0, start));
	buf_add_text(&r->value, r->to);
	buf_add_text(&r->value, text_part(piece, start + item.n, piece.n));
	r->n++;
}

static void repoint_items(struct repoint *r, struct text value)
{
	struct text piece;

	while (text_cut(&value, ',', &piece)) {
		repoint_item(r, piece);
		if (value.at)
			buf_add_char(&r->value, ',');
	}
}

/* Make r->value what entry i says with its references replaced. Are there any? */
static bool repoint_entry(struct repoint *r, const struct contact *c, size_t i)
{
	const struct doc_entry *e = &c->doc.entries[i];
	const struct field *field = doc_in(&c->doc, i, CONTACT) ? field_find(e->key) : NULL;
	size_t before = r->n;

	if (field && text_same(e->key, TEXT("alias")))
		return false;
	buf_clear(&r->value);
	if (field && field->kind == FIELD_PERSON)
		repoint_item(r, e->value);
	else if (field && field->kind == FIELD_PEOPLE)
		repoint_items(r, e->value);
	else
		repoint_links(r, e->value);
	return r->n > before;
}

bool contact_refers(const struct contact *c, struct text id)
{
	struct repoint r = { .from = id, .to = id, .value = BUF_INIT };

	for (size_t i = 0; i < c->doc.n_entries && !r.n; i++)
		repoint_entry(&r, c, i);
	buf_release(&r.value);
	return r.n > 0;
}

size_t contact_repoint(struct contact *c, struct text from, struct text to)
{
	struct repoint r = { .from = from, .to = to, .value = BUF_INIT };

	doc_begin(&c->doc);
	for (size_t i = 0; i < c->doc.n_entries; i++)
		if (repoint_entry(&r, c, i))
			doc_set(&c->doc, i, buf_text(&r.value));
	doc_commit(&c->doc);
	buf_release(&r.value);
	return r.n;
}

/* ---- a new contact ---- */

static void add_template_line(const char *key, struct text value, struct buf *out)
{
	buf_add_fmt(out, "%-10s = ", key);
	size_t start = out->n;
	doc_normalise(value, out);
	for (size_t i = start; i < out->n; i++)
		if (out->at[i] == '\n')
			out->at[i] = ' ';
	buf_add_char(out, '\n');
}

void contact_template(struct text name, struct text uid, struct buf *out)
{
	buf_add_str(out, "[contact]\n");
	add_template_line("name", name, out);
	if (uid.n)
		add_template_line("uid", uid, out);
}
