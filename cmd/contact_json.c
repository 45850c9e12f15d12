#include "cmd/contact_json.h"

#include "base/buf.h"
#include "cmd/out.h"
#include "contact/field.h"

json_t *date_json(struct date d)
{
	struct buf b = BUF_INIT;

	date_format(d, &b);
	json_t *value = b.n ? out_json_text(buf_text(&b)) : json_null();
	buf_release(&b);
	return value;
}

static void add_text(json_t *object, const char *key, struct text value)
{
	json_object_set_new(object, key, out_json_text(value));
}

/* ---- entries ---- */

static json_t *marks_json(struct text text, enum mark wanted)
{
	json_t *list = json_array();
	struct text name;
	size_t at = 0;
	int mark;

	while ((mark = entry_next_mark(text, &at, &name)))
		if (mark == (int)wanted)
			json_array_append_new(list, out_json_text(name));
	return list;
}

json_t *entry_json_log(const struct entry *e, struct text date)
{
	json_t *object = json_object();

	add_text(object, "date", date);
	add_text(object, "kind", e->kind);
	json_object_set_new(object, "event", e->event.n ? out_json_text(e->event) : json_null());
	add_text(object, "text", e->text);
	json_object_set_new(object, "people", marks_json(e->text, MARK_PERSON));
	json_object_set_new(object, "tags", marks_json(e->text, MARK_TAG));
	return object;
}

json_t *entry_json_todo(const struct entry *e, struct text date)
{
	json_t *object = json_object();

	add_text(object, "date", date);
	json_object_set_new(object, "who", json_string(e->they ? "they" : "me"));
	add_text(object, "text", e->text);
	return object;
}

static json_t *log_json(const struct contact *c, const struct kinds *k)
{
	json_t *list = json_array();
	struct entry e;
	size_t at = 0;

	while (contact_next_log(c, k, &at, &e, NULL))
		json_array_append_new(list, entry_json_log(&e, c->doc.entries[at - 1].key));
	return list;
}

static json_t *todo_json(const struct contact *c)
{
	json_t *list = json_array();
	struct entry e;
	size_t at = 0;

	while (contact_next_todo(c, &at, &e, NULL))
		json_array_append_new(list, entry_json_todo(&e, c->doc.entries[at - 1].key));
	return list;
}

/* ---- fields ---- */

static json_t *value_json(struct text value, struct text label)
{
	json_t *object = json_object();

	add_text(object, "value", value);
	if (label.n)
		add_text(object, "label", label);
	return object;
}

/* "convention contacts until 2026-12-31": the phrase, and the date apart. */
static json_t *phrase_json(struct text item)
{
	struct text phrase;
	struct date until;

	field_cut_until(item, &phrase, &until);
	json_t *object = value_json(phrase, TEXT_NONE);
	if (!date_is_none(until))
		json_object_set_new(object, "until", date_json(until));
	return object;
}

static void append_items(json_t *list, const struct contact_field *field, enum field_kind kind)
{
	struct text rest = field->value, item;

	while (field_next_item(&rest, &item))
		json_array_append_new(list, kind == FIELD_TAGS ? out_json_text(item)
					    : kind == FIELD_PHRASES
						? phrase_json(item)
						: value_json(item, field->label));
}

/* The user's own keys are called as they are, unless one of ours is called so. */
static void add_own_key(const struct contact_field *field, struct buf *out)
{
	static const char *const ours[] = { "id", "path", "name", "log", "todo", "last" };
	bool taken = field_find(field->base) != NULL;

	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		taken |= text_same(field->base, text_of(ours[i]));
	if (taken)
		buf_add_str(out, "own.");
	size_t from = out->n;
	text_repair(field->base, out);
	for (size_t i = from; i < out->n; i++)
		out->at[i] = char_lower(out->at[i]); /* keys compare without case */
}

static void add_field(json_t *object, const struct contact_field *field)
{
	const struct field *known = field_find(field->key);
	struct buf key = BUF_INIT;

	if (known)
		buf_add_str(&key, known->key);
	else
		add_own_key(field, &key);
	json_t *there = json_object_get(object, key.at);
	if (!field_is_array(field->key)) {
		if (!there)
			add_text(object, key.at, field->value);
	} else {
		if (!there)
			json_object_set_new(object, key.at, there = json_array());
		if (field_holds_items(known))
			append_items(there, field, known->kind);
		else
			json_array_append_new(there, value_json(field->value, field->label));
	}
	buf_release(&key);
}

static bool is_asked(const struct text *keys, size_t n, struct text key)
{
	for (size_t i = 0; i < n; i++) {
		size_t star = text_ends(keys[i], TEXT("*")); /* "email*": arrays hold all anyway */
		if (field_answers(key, text_part(keys[i], 0, keys[i].n - star)))
			return true;
	}
	return n == 0;
}

json_t *contact_json_bare(struct text id, const char *path)
{
	json_t *object = json_object();

	add_text(object, "id", id);
	add_text(object, "path", text_of(path));
	return object;
}

json_t *contact_json(const struct contact *c, const struct kinds *k, const struct text *keys,
		     size_t n)
{
	json_t *object = contact_json_bare(c->id, c->path);
	struct contact_field field;
	size_t at = 0;

	if (is_asked(keys, n, TEXT("name")))
		add_text(object, "name", contact_name(c));
	while (contact_next(c, TEXT_NONE, &at, &field))
		if (field.base.n && is_asked(keys, n, field.key))
			add_field(object, &field);
	if (is_asked(keys, n, TEXT("log")))
		json_object_set_new(object, "log", log_json(c, k));
	if (is_asked(keys, n, TEXT("todo")))
		json_object_set_new(object, "todo", todo_json(c));
	return object;
}
