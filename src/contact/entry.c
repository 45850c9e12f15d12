#include "contact/entry.h"

#include <string.h>

#include "base/buf.h"

const char *const entry_kinds[] = { "met", "call", "mail", "chat", "letter", "gave",
				    "got", "intro", "won", "lost", "note", NULL };

bool entry_is_kind(const struct kinds *k, struct text word, struct text *kind)
{
	struct text found = TEXT_NONE;

	for (size_t i = 0; !found.n && entry_kinds[i]; i++)
		if (text_same(word, text_of(entry_kinds[i])))
			found = text_of(entry_kinds[i]);
	for (size_t i = 0; k && !found.n && i < k->n_own; i++)
		if (text_same(word, k->own[i]))
			found = k->own[i];
	if (kind && found.n)
		*kind = found;
	return found.n > 0;
}

bool entry_is_encounter(const struct entry *e)
{
	return !text_equal(e->kind, TEXT("note"));
}

/* ---- marks ---- */

static bool opens_word(struct text t, size_t i)
{
	return i == 0 || char_is_space(t.at[i - 1]) || memchr("([\"'`", t.at[i - 1], 5);
}

static bool is_letter(char c)
{
	c = char_lower(c);
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_name(char c)
{
	return is_letter(c) || char_is_digit(c) || c == '-' || c == '_' || c == '.';
}

/* The name behind the sign at i, which may be empty. */
static struct text name_behind(struct text t, size_t i)
{
	size_t end = i + 1;

	while (end < t.n && is_name(t.at[end]))
		end++;
	while (t.at[end - 1] == '.')
		end--;
	return text_part(t, i + 1, end);
}

/* What stands between "[[" at i and the next "]]" of the same line, which no "[[" comes before. */
static struct text name_between(struct text t, size_t i)
{
	for (size_t end = i + 2; end + 1 < t.n && t.at[end] != '\n'; end++) {
		if (t.at[end] == '[' && t.at[end + 1] == '[')
			break;
		if (t.at[end] == ']' && t.at[end + 1] == ']')
			return text_part(t, i + 2, end);
	}
	return TEXT_NONE;
}

/* The mark at i: its kind, name and end, or 0. */
static int mark_at(struct text t, size_t i, struct text *name, size_t *end)
{
	if (t.at[i] == '[' && i + 1 < t.n && t.at[i + 1] == '[') {
		struct text between = name_between(t, i);
		*name = text_trim(between);
		*end = i + between.n + 4;
		return name->n ? MARK_PERSON : 0;
	}
	if ((t.at[i] != '@' && t.at[i] != '#') || !opens_word(t, i))
		return 0;
	*name = name_behind(t, i);
	*end = i + 1 + name->n;
	if (!name->n || (t.at[i] == '#' && !is_letter(name->at[0])))
		return 0;
	return t.at[i] == '@' ? MARK_EVENT : MARK_TAG;
}

int entry_next_mark(struct text text, size_t *at, struct text *name)
{
	for (; *at < text.n; ++*at) {
		char c = text.at[*at];
		size_t end;
		if (c != '@' && c != '#' && c != '[')
			continue;
		int mark = mark_at(text, *at, name, &end);
		if (mark) {
			*at = end;
			return mark;
		}
	}
	return 0;
}

bool entry_is_event(struct text word, struct text *name)
{
	size_t end;

	return word.n && mark_at(word, 0, name, &end) == MARK_EVENT && end == word.n;
}

static struct text first_event(struct text text)
{
	struct text name;
	size_t at = 0;

	if (text_find(text, '@') == text.n)
		return TEXT_NONE;
	for (int mark; (mark = entry_next_mark(text, &at, &name));)
		if (mark == MARK_EVENT)
			return name;
	return TEXT_NONE;
}

/* ---- reading ---- */

/* Take "word:" off the front of *text; the word need not be a kind. */
static bool cut_label(struct text *text, struct text *label)
{
	struct text rest = *text, word;

	if (!text_cut_word(&rest, &word) || word.at[word.n - 1] != ':')
		return false;
	*label = text_part(word, 0, word.n - 1);
	*text = text_trim(rest);
	return true;
}

/* Take "@event" off the front of *text when it is a word of its own. */
static bool cut_event(struct text *text, struct text *event)
{
	struct text name;
	size_t end;

	if (!text->n || mark_at(*text, 0, &name, &end) != MARK_EVENT)
		return false;
	if (end < text->n && !char_is_space(text->at[end]))
		return false;
	*event = name;
	*text = text_trim(text_part(*text, end, text->n));
	return true;
}

static void parse_date(struct text date, struct entry *out)
{
	/* a line of a log or a promise that comes again every year is none */
	out->bad_date = !date_parse(date, &out->date) || !out->date.year;
	if (out->bad_date)
		out->date = DATE_NONE;
}

void entry_parse_log(struct text date, struct text value, const struct kinds *k, struct entry *out)
{
	struct text rest, label;

	*out = (struct entry){ .kind = TEXT("met"), .text = text_trim(value) };
	parse_date(date, out);
	out->leads = cut_event(&out->text, &out->event);
	rest = out->text;
	if (cut_label(&rest, &label) && entry_is_kind(k, label, &out->kind))
		out->text = rest;
	if (!out->leads)
		out->event = first_event(out->text);
}

void entry_parse_todo(struct text date, struct text value, struct entry *out)
{
	struct text rest, label;

	*out = (struct entry){ .kind = TEXT_NONE, .text = text_trim(value) };
	parse_date(date, out);
	rest = out->text;
	if (cut_label(&rest, &label) && text_same(label, TEXT("they"))) {
		out->they = true;
		out->text = rest;
	}
	out->event = first_event(out->text);
}

/* ---- writing ---- */

/* Would the text, with no kind in front, be read as something else than met and this text? */
static bool needs_kind(struct text event, struct text text)
{
	struct text rest = text, cut;

	if (!event.n && (!text.n || cut_event(&rest, &cut)))
		return true;
	return cut_label(&rest, &cut); /* whichever kinds the reader's settings have */
}

static void add_word(struct buf *out, size_t start, struct text word)
{
	if (!word.n)
		return;
	if (out->n > start)
		buf_add_char(out, ' ');
	buf_add_text(out, word);
}

void entry_format_log(struct text event, struct text kind, struct text text, struct buf *out)
{
	size_t start = out->n;

	text = text_trim(text);
	if (!kind.n)
		kind = TEXT("met");
	if (event.n) {
		buf_add_char(out, '@');
		buf_add_text(out, event);
	}
	if (!text_same(kind, TEXT("met")) || needs_kind(event, text)) {
		add_word(out, start, kind);
		buf_add_char(out, ':');
	}
	add_word(out, start, text);
}

void entry_format_todo(bool they, struct text text, struct buf *out)
{
	size_t start = out->n;

	if (they)
		buf_add_str(out, "they:");
	add_word(out, start, text_trim(text));
}

/* ---- people and thanks ---- */

/* Does one of these speak with you, or is something given, told or settled? */
static bool is_meeting(struct text kind)
{
	static const char *const others[] = { "gave", "got", "intro", "won", "lost", "note", NULL };

	for (size_t i = 0; others[i]; i++)
		if (text_equal(kind, text_of(others[i])))
			return false;
	return true;
}

bool entry_next_person(const struct entry *e, size_t *at, struct text *id, bool *present)
{
	size_t from = *at;
	int mark;

	if (!from)
		*present = is_meeting(e->kind);
	while ((mark = entry_next_mark(e->text, at, id)) && mark != MARK_PERSON)
		;
	if (mark && *present)
		*present = !text_holds(text_part(e->text, from, *at), TEXT("->"));
	return mark;
}

static bool is_linked(struct text text, struct text id)
{
	struct text name;
	size_t at = 0;
	int mark;

	while ((mark = entry_next_mark(text, &at, &name)))
		if (mark == MARK_PERSON && text_same(name, id))
			return true;
	return false;
}

/* Where those who took part end: at the arrow, or at the end. */
static size_t end_of_present(struct text text)
{
	size_t end = 0;

	while (end < text.n && !text_starts(text_part(text, end, text.n), TEXT("->")))
		end++;
	while (end && end < text.n && char_is_space(text.at[end - 1]))
		end--;
	return end;
}

void entry_link(struct text text, const struct text *ids, size_t n, size_t but, struct buf *out)
{
	size_t end = end_of_present(text);

	buf_add_text(out, text_part(text, 0, end));
	for (size_t i = 0; i < n; i++)
		if (i != but && !is_linked(text, ids[i]))
			buf_add_fmt(out, " [[%.*s]]", TEXT_FMT(ids[i]));
	buf_add_text(out, text_part(text, end, text.n));
}

static bool begins_thanks(struct text t)
{
	struct text thank = TEXT("thank");

	return t.n >= thank.n && text_same(text_part(t, 0, thank.n), thank);
}

bool entry_says_thanks(const struct entry *e)
{
	struct text t = e->text;

	if (begins_thanks(e->kind))
		return true;
	if (e->they || text_starts(t, TEXT("they:")) || text_starts(t, TEXT("done: they:")))
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (char_lower(t.at[i]) == 't' && begins_thanks(text_part(t, i, t.n)) &&
		    (!i || !(is_letter(t.at[i - 1]) || char_is_digit(t.at[i - 1]))))
			return true;
	return false;
}
