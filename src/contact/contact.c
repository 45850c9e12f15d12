#include "contact/contact.h"

#include <string.h>

#include "base/mem.h"
#include "contact/field.h"

/* ---- damage ---- */

enum { MARKER = 7 }; /* signs of a conflict marker */

/* How many times does the line begin with c? */
static size_t run_length(struct text line, char c)
{
	size_t n = 0;
	while (n < line.n && line.at[n] == c)
		n++;
	return n;
}

static bool is_conflict_start(struct text line)
{
	return run_length(line, '<') == MARKER && (line.n == MARKER || line.at[MARKER] == ' ');
}

static bool is_conflict_middle(struct text line)
{
	return run_length(line, '=') == MARKER && line.n == MARKER;
}

/*
 * The next line that begins with c, from *at on; *at is its offset then. Jumps from c to c, as
 * such lines are rare and this is asked of every file.
 */
static bool next_line_with(struct text t, char c, size_t *at, struct text *line)
{
	for (size_t i = *at; (i += text_find(text_part(t, i, t.n), c)) < t.n; i++) {
		if (i > 0 && t.at[i - 1] != '\n')
			continue;
		struct text rest = text_part(t, i, t.n);
		text_cut_line(&rest, line);
		*at = i;
		return true;
	}
	return false;
}

static bool find_conflict(struct text t, size_t *at)
{
	struct text line;
	size_t i;

	for (*at = 0; next_line_with(t, '<', at, &line); ++*at) {
		if (!is_conflict_start(line))
			continue;
		for (i = *at; next_line_with(t, '=', &i, &line); i++)
			if (is_conflict_middle(line))
				return true;
		return false;
	}
	return false;
}

static bool is_utf16(struct text t)
{
	return text_starts(t, TEXT("\xff\xfe")) || text_starts(t, TEXT("\xfe\xff"));
}

static bool is_empty(struct text t)
{
	if (text_starts(t, TEXT("\xef\xbb\xbf")))
		t = text_part(t, 3, t.n);
	for (size_t i = 0; i < t.n; i++)
		if (!char_is_space(t.at[i]))
			return false;
	return true;
}

/* The worst damage of the text, and where. */
static enum contact_damage find_damage(struct text t, size_t *at)
{
	*at = 0;
	if (is_utf16(t))
		return CONTACT_NOT_TEXT;
	if ((*at = text_find(t, '\0')) < t.n)
		return CONTACT_NOT_TEXT;
	if (find_conflict(t, at))
		return CONTACT_CONFLICTED;
	*at = 0;
	if (is_empty(t))
		return CONTACT_EMPTY;
	return text_is_utf8(t, at) ? CONTACT_SOUND : CONTACT_NOT_UTF8;
}

enum contact_damage contact_damage_of(struct text bytes)
{
	size_t at;

	return find_damage(bytes, &at);
}

static void set_damage(struct contact *c, struct text t)
{
	size_t at, line_start = 0;

	c->damage = find_damage(t, &at);
	if (c->damage == CONTACT_SOUND)
		return;
	c->damage_line = 1;
	for (size_t i = 0; i < at; i++)
		if (t.at[i] == '\n') {
			c->damage_line++;
			line_start = i + 1;
		}
	c->damage_col = (unsigned)(at - line_start) + 1;
}

/* ---- reading ---- */

void contact_read(struct contact *c, const char *path, char *bytes, size_t n)
{
	struct text text = { bytes, n };

	*c = (struct contact){ .read = bytes, .n_read = n, .arena = ARENA_INIT };
	c->path = arena_copy(&c->arena, text_of(path));
	c->id = contact_id_of(c->path);
	set_damage(c, text);
	doc_read(&c->doc, text);
}

void contact_release(struct contact *c)
{
	doc_release(&c->doc);
	mem_free(c->read);
	arena_release(&c->arena);
	*c = (struct contact){ .arena = ARENA_INIT };
}

struct text contact_id_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct text name = text_of(slash ? slash + 1 : path), suffix = TEXT(".ini");

	if (text_ends(name, suffix))
		name.n -= suffix.n;
	return name;
}

struct text contact_name(const struct contact *c)
{
	struct text name = contact_get(c, TEXT("name"));
	return name.n ? name : c->id;
}

struct text contact_get(const struct contact *c, struct text key)
{
	struct contact_field field;
	size_t at = 0;

	return contact_next(c, key, &at, &field) ? field.value : TEXT_NONE;
}

bool contact_next(const struct contact *c, struct text key, size_t *at, struct contact_field *out)
{
	for (; *at < c->doc.n_entries; ++*at) {
		const struct doc_entry *e = &c->doc.entries[*at];
		if (key.n && !field_answers(e->key, key))
			continue;
		if (!doc_in(&c->doc, *at, TEXT("contact")))
			continue;
		*out = (struct contact_field){ .key = e->key, .value = e->value, .entry = *at,
					       .line = (unsigned)e->line + 1, .col = e->col };
		field_split(e->key, &out->base, &out->label);
		++*at;
		return true;
	}
	return false;
}

void contact_door(const struct contact *c, struct date today, struct door *out)
{
	struct contact_field field;

	door_parse(TEXT_NONE, out);
	for (size_t at = 0, n = 0; contact_next(c, TEXT("door"), &at, &field); n++) {
		struct door door;
		door_parse(field.value, &door);
		if (!n || door_is_stricter(&door, out, today))
			*out = door;
	}
}

bool contact_has_tag(const struct contact *c, struct text tag)
{
	struct contact_field field;
	struct text item;

	for (size_t at = 0; contact_next(c, TEXT("tags"), &at, &field);)
		while (field_next_item(&field.value, &item))
			if (text_same(item, tag))
				return true;
	return false;
}

static bool has_alias(const struct contact *c, struct text id)
{
	struct contact_field field;

	for (size_t at = 0; contact_next(c, TEXT("alias"), &at, &field);)
		if (text_same(field.value, id))
			return true;
	return false;
}

bool contact_continues(const struct contact *c, struct text id, struct text uid)
{
	struct text own = contact_get(c, TEXT("uid"));

	if (own.n && uid.n)
		return text_equal(own, uid);
	return text_same(c->id, id) || has_alias(c, id);
}

/* The next entry of the section from *at on; *at is behind it then. */
static const struct doc_entry *next_of(const struct contact *c, struct text section, size_t *at,
				       unsigned *line)
{
	while (*at < c->doc.n_entries && !doc_in(&c->doc, *at, section))
		++*at;
	if (*at >= c->doc.n_entries)
		return NULL;
	const struct doc_entry *e = &c->doc.entries[(*at)++];
	if (line)
		*line = (unsigned)e->line + 1;
	return e;
}

bool contact_next_log(const struct contact *c, const struct kinds *k, size_t *at, struct entry *out,
		      unsigned *line)
{
	const struct doc_entry *e = next_of(c, TEXT("log"), at, line);
	if (e)
		entry_parse_log(e->key, e->value, k, out);
	return e != NULL;
}

bool contact_next_todo(const struct contact *c, size_t *at, struct entry *out, unsigned *line)
{
	const struct doc_entry *e = next_of(c, TEXT("todo"), at, line);
	if (e)
		entry_parse_todo(e->key, e->value, out);
	return e != NULL;
}

/* From the end, where the latest ones are as a rule: of the others the date alone is looked at. */
struct date contact_last(const struct contact *c, const struct kinds *k, struct date today)
{
	struct date last = DATE_NONE;

	for (size_t i = c->doc.n_entries; i-- > 0;) {
		const struct doc_entry *line = &c->doc.entries[i];
		struct date d;
		struct entry e;
		if (!line->key.n || !char_is_digit(line->key.at[0])) /* most are no dates */
			continue;
		if (!date_parse(line->key, &d) || !d.year || date_cmp(d, last) <= 0)
			continue;
		if (!date_is_none(today) && date_cmp(d, today) > 0)
			continue;
		if (!doc_in(&c->doc, i, TEXT("log")))
			continue;
		entry_parse_log(line->key, line->value, k, &e);
		if (entry_is_encounter(&e))
			last = d;
	}
	return last;
}

/* ---- the whole ---- */

int contact_editable(const struct contact *c, struct fault *f)
{
	if (c->damage < CONTACT_CONFLICTED)
		return 0;
	fault_set(f, FAULT_SYNTAX, c->damage == CONTACT_CONFLICTED
		? "a conflict is not resolved here: edit the file by hand"
		: "this is no UTF-8 text: edit the file by hand");
	return fault_at(f, NULL, c->damage_line, c->damage_col);
}

struct text contact_bytes(const struct contact *c)
{
	return c->doc.bytes;
}

bool contact_changed(const struct contact *c)
{
	return !text_equal(c->doc.bytes, (struct text){ c->read, c->n_read });
}
