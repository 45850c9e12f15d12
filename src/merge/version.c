#include "merge/version.h"

#include "base/buf.h"
#include "contact/field.h"
#include "format/doc_layout.h"

struct text version_small(struct arena *arena, struct text t)
{
	char *copy = arena_copy(arena, t);

	for (size_t i = 0; i < t.n; i++)
		copy[i] = char_lower(copy[i]);
	return (struct text){ copy, t.n };
}

/* ---- values ---- */

static bool between_digits(char c)
{
	return c == '-' || c == '(' || c == ')' || c == '.' || c == '/';
}

/* White space is one blank, and none in a phone number; nothing is left out that says anything. */
static void normalise_line(struct text line, enum field_kind kind, struct buf *out)
{
	bool phone = kind == FIELD_PHONE, small = phone || kind == FIELD_EMAIL;
	struct text rest = line, word;
	size_t start = out->n;

	while (text_cut_word(&rest, &word)) {
		if (out->n > start && !phone)
			buf_add_char(out, ' ');
		for (size_t i = 0; i < word.n; i++)
			if (!phone || !between_digits(word.at[i]))
				buf_add_char(out, small ? char_lower(word.at[i]) : word.at[i]);
	}
	if (out->n == start)
		buf_add_text(out, text_trim(line));
}

void version_normalise(struct text key, struct text value, struct buf *out)
{
	const struct field *field = field_find(key);
	struct text line;

	for (bool first = true; text_cut(&value, '\n', &line); first = false) {
		if (!first)
			buf_add_char(out, '\n');
		normalise_line(line, field ? field->kind : FIELD_TEXT, out);
	}
}

/* ---- cutting ---- */

static enum section section_of(struct text name)
{
	static const char *const names[] = { "contact", "log", "todo" };
	size_t i = 0;

	while (i < SECTION_OWN && !text_equal(text_of(names[i]), name))
		i++;
	return (enum section)i;
}

/* How many of the last pieces are comments that nothing separates from what comes at the line. */
static size_t comments_above(const struct version *v, size_t line)
{
	size_t n = v->pieces.n, first = v->blocks.at[v->blocks.n - 1].first, k = n;

	while (k > first && v->pieces.at[k - 1].to == line &&
	       v->doc.lines[v->pieces.at[k - 1].from].kind == DOC_COMMENT)
		line = v->pieces.at[--k].from;
	return n - k;
}

static void begin_block(struct version *v, struct text name, size_t first)
{
	if (v->blocks.n)
		v->blocks.at[v->blocks.n - 1].end = first;
	vec_push(&v->blocks, ((struct block){ section_of(name), name, first, first, (size_t)-1 }));
}

static void begin_section(struct version *v, size_t line, struct arena *arena)
{
	struct text name = layout_section(layout_header(v->doc.lines[line].text));
	size_t above = comments_above(v, line);

	begin_block(v, version_small(arena, name), v->pieces.n - above);
	v->blocks.at[v->blocks.n - 1].header = v->pieces.n;
}

static void cut(struct version *v, enum side side, struct arena *arena)
{
	const struct doc *d = &v->doc;
	size_t line = 0, entry = 0;

	begin_block(v, TEXT("contact"), 0);
	while (line < d->n_lines) {
		struct piece p = { .side = side, .lead = v->tail, .from = line, .to = line + 1 };
		p.kind = PIECE_TEXT;
		line = p.to;
		switch (d->lines[p.from].kind) {
		case DOC_BLANK:
			continue;
		case DOC_SECTION:
			begin_section(v, p.from, arena);
			p.kind = PIECE_HEADER;
			break;
		case DOC_ENTRY:
			p.entry = &d->entries[entry++];
			p.kind = PIECE_ENTRY;
			p.to = line = p.from + p.entry->n_lines;
			break;
		case DOC_COMMENT:
		case DOC_CONTINUATION:
		case DOC_JUNK:
			break;
		}
		vec_push(&v->pieces, p);
		v->tail = line;
	}
	v->blocks.at[v->blocks.n - 1].end = v->pieces.n;
}

/* ---- what pieces are compared by ---- */

static void set_value(struct version *v, struct piece *p, struct arena *arena)
{
	struct block *b = &v->blocks.at[p->block];
	bool field = p->kind == PIECE_ENTRY && b->section == SECTION_CONTACT;
	struct text key = field ? p->entry->key : TEXT_NONE;
	struct buf value = BUF_INIT;

	p->items = field && field_holds_items(field_find(key));
	if (p->kind == PIECE_ENTRY && !p->items)
		version_normalise(key, p->entry->value, &value);
	else if (p->kind == PIECE_TEXT)
		buf_add_text(&value, text_trim(v->doc.lines[p->from].text));
	p->value = (struct text){ arena_copy(arena, buf_text(&value)), value.n };
	buf_release(&value);
}

/* A block of the user's own is known by its first entry, as there may be several of its name. */
static void set_label(struct version *v, const struct block *b)
{
	if (b->header == b->end || b->section != SECTION_OWN)
		return;
	for (size_t i = b->header; i < b->end; i++)
		if (v->pieces.at[i].kind == PIECE_ENTRY) {
			v->pieces.at[b->header].value = v->pieces.at[i].value;
			return;
		}
}

static void set_block(struct version *v, size_t i, struct arena *arena)
{
	struct block *b = &v->blocks.at[i];

	if (b->header > b->end)
		b->header = b->end;
	for (size_t k = b->first; k < b->end; k++) {
		v->pieces.at[k].block = i;
		set_value(v, &v->pieces.at[k], arena);
	}
	set_label(v, b);
	if (b->section != SECTION_OWN && b->first < b->end)
		v->has[b->section] = true;
}

static void set_eol(struct version *v)
{
	struct doc *d = &v->doc;
	struct doc_line *last = d->n_lines ? &d->lines[d->n_lines - 1] : NULL;

	v->eol = TEXT("\n");
	v->open = last && !last->eol;
	if (!last)
		return;
	bool cut_short = v->open && text_ends(last->text, TEXT("\r"));
	if (d->lines[0].eol == 2 || cut_short)
		v->eol = TEXT("\r\n");
	last->text.n -= cut_short;
}

void version_read(struct version *v, enum side side, struct text bytes, struct arena *arena)
{
	*v = (struct version){ .bom = text_starts(bytes, DOC_BOM) };
	doc_read(&v->doc, bytes);
	set_eol(v);
	cut(v, side, arena);
	for (size_t i = 0; i < v->blocks.n; i++)
		set_block(v, i, arena);
}

void version_release(struct version *v)
{
	doc_release(&v->doc);
	vec_release(&v->pieces);
	vec_release(&v->blocks);
}

/* ---- comparing ---- */

static struct text line_of(const struct version *v, const struct piece *p, size_t i)
{
	return v->doc.lines[p->from + i].text;
}

int piece_cmp(const struct version *v, const struct piece *p, const struct version *w,
	      const struct piece *q)
{
	size_t n = p->to - p->from, m = q->to - q->from;

	for (size_t i = 0; i < n && i < m; i++) {
		int c = text_cmp(line_of(v, p, i), line_of(w, q, i));
		if (c)
			return c;
	}
	return (n > m) - (n < m);
}

bool piece_same(const struct version *v, const struct piece *p, const struct version *w,
		const struct piece *q)
{
	return !piece_cmp(v, p, w, q);
}

size_t piece_length(const struct version *v, const struct piece *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->to - p->from; i++)
		n += line_of(v, p, i).n;
	return n;
}

struct text piece_set(const struct version *v, const struct piece *p, struct text value,
		      struct arena *arena)
{
	struct buf lines = BUF_INIT;
	struct doc alone;

	for (size_t i = 0; i < p->to - p->from; i++) {
		buf_add_text(&lines, line_of(v, p, i));
		buf_add_char(&lines, '\n');
	}
	doc_read(&alone, buf_text(&lines));
	doc_set(&alone, 0, value);
	struct text made = { arena_copy(arena, alone.bytes), alone.bytes.n };
	doc_release(&alone);
	buf_release(&lines);
	return made;
}
