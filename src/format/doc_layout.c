#include "format/doc_layout.h"

#include "base/buf.h"
#include "format/doc.h"

struct text layout_trim_end(struct text t)
{
	while (t.n && char_is_space(t.at[t.n - 1]))
		t.n--;
	return t;
}

struct text layout_indent(struct text line)
{
	size_t n = 0;
	while (n < line.n && char_is_space(line.at[n]))
		n++;
	return text_part(line, 0, n);
}

size_t layout_depth(struct text indent)
{
	size_t column = 0;
	for (size_t i = 0; i < indent.n; i++)
		column = indent.at[i] == '\t' ? column / 8 * 8 + 8 : column + 1;
	return column;
}

struct text layout_header(struct text line)
{
	line = text_trim(line);
	return text_part(line, 1, text_find(line, ']'));
}

struct text layout_section(struct text name)
{
	name = text_trim(name);
	return name.n ? name : TEXT("contact");
}

const char *layout_separator(const struct doc_entry *e)
{
	const char *at = e->key.at + e->key.n;
	while (char_is_space(*at))
		at++;
	return at;
}

struct text layout_behind(const struct doc_entry *e, struct text line)
{
	return text_part(line, (size_t)(layout_separator(e) + 1 - line.at), line.n);
}

size_t layout_width(struct text t)
{
	size_t n = 0;
	for (size_t tab; (tab = text_find(t, '\t')) < t.n; t = text_part(t, tab + 1, t.n))
		n = (n + text_width(text_part(t, 0, tab))) / 8 * 8 + 8;
	return n + text_width(t);
}

size_t layout_separator_column(const struct doc *d, const struct doc_entry *e)
{
	const char *line = d->lines[e->line].text.at;
	return layout_width((struct text){ line, (size_t)(layout_separator(e) - line) });
}

static void note_column(struct layout_column *c, size_t at, const struct doc_entry *e)
{
	size_t width = layout_width(e->key);
	c->at = at;
	c->aligned |= c->entries && width != c->width;
	c->touched |= layout_separator(e) == e->key.at + e->key.n;
	c->width = width;
	c->entries++;
}

struct layout_column layout_find_column(const struct doc *d, const struct text *section)
{
	enum { WIDEST = 128 };
	struct layout_column all[WIDEST] = { { 0 } }, best = { 0 };

	for (size_t i = 0; i < d->n_entries; i++) {
		const struct doc_entry *e = &d->entries[i];
		if (!e->key.n || (section && !doc_in(d, i, *section)))
			continue;
		size_t at = layout_separator_column(d, e);
		if (at < WIDEST)
			note_column(&all[at], at, e);
	}
	for (size_t i = 0; i < WIDEST; i++)
		if (all[i].aligned && all[i].entries >= best.entries)
			best = all[i];
	return best;
}

/* Take off what the continuation line shares with the first one's indentation. */
static struct text take_indent(struct text line, struct text indent)
{
	size_t shared = 0;
	while (shared < indent.n && line.at[shared] == indent.at[shared])
		shared++;
	return layout_trim_end(text_part(line, shared, line.n));
}

void layout_read(const struct doc *d, const struct doc_entry *e, struct layout *out)
{
	struct text indent = TEXT_NONE;

	out->first = text_trim(layout_behind(e, d->lines[e->line].text));
	for (size_t i = e->line + 1; i < e->line + e->n_lines; i++) {
		const struct doc_line *l = &d->lines[i];
		if (l->kind != DOC_CONTINUATION && !(l->kind == DOC_BLANK && out->below.n))
			continue;
		if (!out->below.n)
			indent = layout_indent(l->text);
		struct text t = l->kind == DOC_BLANK ? TEXT_NONE : take_indent(l->text, indent);
		vec_push(&out->below, ((struct below){ t, i }));
	}
}

void layout_release(struct layout *l)
{
	vec_release(&l->below);
}

static bool is_control(int rune)
{
	return (rune >= 0 && rune < 0x20) || (rune >= 0x7f && rune < 0xa0);
}

bool layout_has_control(struct text t)
{
	while (t.n) {
		int rune;
		size_t n = text_decode(t, &rune);
		if (is_control(rune))
			return true;
		t = text_part(t, n, t.n);
	}
	return false;
}

static void normalise_line(struct text line, struct buf *out)
{
	size_t kept = 0, i = 0;

	while (i < line.n) {
		int rune;
		size_t n = text_decode(text_part(line, i, line.n), &rune);
		if (is_control(rune) && rune != '\t') {
			buf_add_text(out, text_part(line, kept, i));
			buf_add_rune(out, 0xfffd);
			kept = i + n;
		}
		i += n;
	}
	buf_add_text(out, text_part(line, kept, line.n));
}

void doc_normalise(struct text v, struct buf *out)
{
	struct text rest = text_trim(v), line;

	for (bool first = true; text_cut(&rest, '\n', &line); first = false) {
		if (!first)
			buf_add_char(out, '\n');
		normalise_line(layout_trim_end(line), out);
	}
}

void layout_make(struct text value, bool below, struct layout *out)
{
	struct text rest = value, line;

	if (!text_cut(&rest, '\n', &out->first))
		return;
	if (value.n && (below || (rest.n && char_is_space(rest.at[0])))) {
		rest = value;
		out->first = TEXT_NONE;
	}
	while (text_cut(&rest, '\n', &line))
		vec_push(&out->below, ((struct below){ line, 0 }));
}
