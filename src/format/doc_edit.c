/*
 * Editing a doc: the lines that change are written into a buf, between the bytes
 * in front of them and those behind, and the whole is read anew.
 *
 * Why no other line changes meaning. A named entry reaches over the lines behind
 * it up to the next entry or header, and takes those that are deeper. So what
 * matters about a new entry, and about the one above when an entry goes, are the
 * lines of their own down to the next entry or header ("the lines below"). They
 * are no deeper than the named entry that they stand under, if there is one.
 *
 *  - An entry goes in under a named entry: with the same indentation.
 *  - It goes in where nothing reaches (behind a header or an entry without a
 *    name): as deep as the deepest of the lines below; no reach, so any depth is fine.
 *  - A named entry goes: the lines below are no deeper than it was, and it was no
 *    deeper than the entry that reaches over them now.
 *  - An entry without a name goes: it may have kept the entry above from deeper
 *    lines below. Then its separator must stay. Nor can it then be given a name.
 */
#include "format/doc.h"

#include <assert.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/mem.h"
#include "format/doc_layout.h"
#include "format/doc_splice.h"

/* A section that doc_add made, and whether it put blank lines around it. */
struct doc_made {
	struct doc_made *older;
	struct text section; /* owned */
	bool blank_above, blank_below;
};

/* ---- lines ---- */

static void put_line(const struct doc *d, size_t line, struct buf *out)
{
	buf_add_text(out, d->lines[line].text);
	buf_add_text(out, doc_eol_at(d, line));
}

static void put_lines(const struct doc *d, size_t from, size_t to, struct buf *out)
{
	for (size_t i = from; i < to; i++)
		put_line(d, i, out);
}

/* The comments and junk among the lines. */
static void put_strays(const struct doc *d, size_t from, size_t to, struct buf *out)
{
	for (size_t i = from; i < to; i++)
		if (d->lines[i].kind == DOC_COMMENT || d->lines[i].kind == DOC_JUNK)
			put_line(d, i, out);
}

static bool is_blank(const struct doc *d, size_t line)
{
	return d->lines[line].kind == DOC_BLANK;
}

/* ---- what reaches over what ---- */

static struct text entry_indent(const struct doc *d, const struct doc_entry *e)
{
	return layout_indent(d->lines[e->line].text);
}

/* How many entries begin above the line. */
static size_t entries_above(const struct doc *d, size_t line)
{
	size_t low = 0, high = d->n_entries;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (d->entries[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The named entry that takes what is deeper at the line, or NULL. */
static const struct doc_entry *reach_over(const struct doc *d, size_t line)
{
	size_t n = entries_above(d, line);
	const struct doc_entry *e = n ? &d->entries[n - 1] : NULL;

	if (!e || !e->key.n)
		return NULL;
	for (size_t i = e->line + e->n_lines; i < line; i++)
		if (d->lines[i].kind == DOC_SECTION)
			return NULL;
	return e;
}

/* The deepest indentation of the lines below: from `line` to the next entry or header. */
static struct text deepest_below(const struct doc *d, size_t line)
{
	struct text deepest = TEXT_NONE;

	for (size_t i = line; i < d->n_lines; i++) {
		const struct doc_line *l = &d->lines[i];
		struct text indent = layout_indent(l->text);
		if (l->kind != DOC_BLANK && layout_depth(indent) >= layout_depth(deepest))
			deepest = indent;
		if (l->kind == DOC_ENTRY || l->kind == DOC_SECTION)
			break;
	}
	return deepest;
}

/* Has the entry no name, and keep deeper lines below it from one that would reach them? */
static bool is_shield(const struct doc *d, const struct doc_entry *e, const struct doc_entry *other)
{
	return !e->key.n && other &&
	       layout_depth(deepest_below(d, e->line + 1)) > layout_depth(entry_indent(d, other));
}

/* ---- values ---- */

/* How much deeper than its key a value goes on. */
#define DEEPER TEXT("    ")

static void put_below(const struct layout *l, size_t from, size_t to, struct text indent,
		      struct text eol, struct buf *out)
{
	for (size_t i = from; i < to; i++) {
		if (l->below.at[i].text.n) {
			buf_add_text(out, indent);
			buf_add_text(out, l->below.at[i].text);
		}
		buf_add_text(out, eol);
	}
}

/* The gap between separator and value; where nothing is behind, what goes with the gap in front. */
static struct text gap_behind(const struct doc *d, const struct doc_entry *e)
{
	struct text behind = layout_behind(e, d->lines[e->line].text);
	const char *sep = layout_separator(e);
	bool airy = sep > e->key.at + e->key.n || *sep == ':';
	return behind.n || !airy ? layout_indent(behind) : TEXT(" ");
}

/* The entry's first line, with another value on it. */
static void put_first(const struct doc *d, const struct doc_entry *e, struct text value,
		      struct buf *out)
{
	struct text line = d->lines[e->line].text;

	buf_add(out, line.at, (size_t)(layout_separator(e) + 1 - line.at));
	if (value.n) {
		buf_add_text(out, gap_behind(d, e));
		buf_add_text(out, value);
	}
	buf_add_text(out, doc_eol_at(d, e->line));
}

static size_t line_below(const struct doc_entry *e, const struct layout *l, size_t i)
{
	return i < l->below.n ? l->below.at[i].line : e->line + e->n_lines;
}

/* The lines below the first, from layout `was` to `now`: the same in front and behind stay. */
static void change_below(const struct doc *d, const struct doc_entry *e, const struct layout *was,
			 const struct layout *now, struct buf *out)
{
	size_t n = was->below.n, m = now->below.n, front = 0, back = 0;
	const struct below *a = was->below.at, *b = now->below.at;

	while (front < n && front < m && text_equal(a[front].text, b[front].text))
		front++;
	/* a further line may have less indentation than the first: it cannot become the first */
	size_t least = front ? front : 1;
	while (front + back < n && least + back < m &&
	       text_equal(a[n - 1 - back].text, b[m - 1 - back].text))
		back++;

	size_t from = line_below(e, was, front), to = line_below(e, was, n - back);
	put_lines(d, e->line + 1, from, out);
	struct buf indent = BUF_INIT;
	buf_add_text(&indent, n ? layout_indent(d->lines[a[0].line].text) : entry_indent(d, e));
	buf_add_text(&indent, n ? TEXT_NONE : DEEPER);
	put_below(now, front, m - back, buf_text(&indent), doc_eol_at(d, e->line), out);
	put_strays(d, from, to, out);
	put_lines(d, to, e->line + e->n_lines, out);
	buf_release(&indent);
}

/* An entry without a name reaches over no further line: its value is one. */
static void flatten(struct buf *value)
{
	for (size_t i = 0; i < value->n; i++)
		if (value->at[i] == '\n')
			value->at[i] = ' ';
}

void doc_set(struct doc *d, size_t i, struct text value)
{
	const struct doc_entry *e = &d->entries[i];
	struct layout was = LAYOUT_INIT, now = LAYOUT_INIT;
	struct buf normal = BUF_INIT, out = BUF_INIT;

	if (text_equal(e->value, value))
		return;
	doc_normalise(value, &normal);
	if (!e->key.n)
		flatten(&normal);
	layout_read(d, e, &was);
	layout_make(buf_text(&normal), was.below.n && !was.first.n, &now);
	if (text_equal(was.first, now.first))
		put_line(d, e->line, &out);
	else
		put_first(d, e, now.first, &out);
	change_below(d, e, &was, &now, &out);
	doc_splice(d, e->line, e->line + e->n_lines, buf_text(&out));
	layout_release(&was);
	layout_release(&now);
	buf_release(&normal);
	buf_release(&out);
}

/* ---- where a new entry goes ---- */

struct place {
	size_t line;                   /* in front of it */
	bool made;                     /* the section is missing */
	bool blank_above, blank_below; /* a blank line sets off the section that is made */
};

static size_t next_header(const struct doc *d, size_t line)
{
	while (line < d->n_lines && d->lines[line].kind != DOC_SECTION)
		line++;
	return line;
}

static struct text header_at(const struct doc *d, size_t line)
{
	return layout_section(layout_header(d->lines[line].text));
}

static int rank_of(struct text section)
{
	static const struct text order[] = { { "contact", 7 }, { "log", 3 }, { "todo", 4 } };
	int n = 0;
	while (n < 3 && !text_same(section, order[n]))
		n++;
	return n;
}

/* The first of the comments that stand directly above the line. */
static size_t comments_above(const struct doc *d, size_t line)
{
	while (line && d->lines[line - 1].kind == DOC_COMMENT)
		line--;
	return line;
}

/* In front of an entry and its comments; those under a header or at the top are about more. */
static size_t line_before(const struct doc *d, const struct doc_entry *e)
{
	size_t top = comments_above(d, e->line);
	return top && d->lines[top - 1].kind != DOC_SECTION ? top : e->line;
}

/* A missing section goes behind the last one that ranks no later. */
static struct place place_section(const struct doc *d, struct text section)
{
	size_t first = next_header(d, 0), at = first, next;

	for (size_t h = first; h < d->n_lines; h = next) {
		next = next_header(d, h + 1);
		if (rank_of(header_at(d, h)) <= rank_of(section))
			at = next;
	}
	struct place p = { .made = true, .line = at, .blank_below = at < d->n_lines };
	if (at < d->n_lines)
		p.line = comments_above(d, at);
	bool something_above = first < p.line || entries_above(d, p.line);
	p.blank_above = something_above && !is_blank(d, p.line - 1);
	return p;
}

static struct place find_place(const struct doc *d, struct text section, size_t before)
{
	if (before != DOC_END)
		return (struct place){ .line = line_before(d, &d->entries[before]) };
	for (size_t i = d->n_entries; i-- > 0;)
		if (doc_in(d, i, section))
			return (struct place){ .line = d->entries[i].line + d->entries[i].n_lines };
	size_t header = next_header(d, 0);
	while (header < d->n_lines && !text_same(header_at(d, header), section))
		header = next_header(d, header + 1);
	if (header < d->n_lines)
		return (struct place){ .line = header + 1 };
	return place_section(d, section);
}

/* ---- the style of the neighbours ---- */

/*
 * The entry whose style a new one takes: of the same section rather than of
 * another, above rather than below.
 */
static const struct doc_entry *find_model(const struct doc *d, struct text section, size_t line)
{
	size_t below = entries_above(d, line);
	bool has_below = below < d->n_entries;

	if (below && (doc_in(d, below - 1, section) || !(has_below && doc_in(d, below, section))))
		return &d->entries[below - 1];
	return has_below ? &d->entries[below] : NULL;
}

/* What a new entry takes from the others. */
struct style {
	const struct doc_entry *model; /* NULL: there are none */
	struct layout_column column;   /* for its separator */
	struct text indent, eol;
};

static struct style find_style(const struct doc *d, struct text section, const struct place *p)
{
	const struct doc_entry *above = p->made ? NULL : reach_over(d, p->line);
	struct style s = {
		.model = find_model(d, section, p->line),
		.column = layout_find_column(d, &section),
		.indent = above ? entry_indent(d, above) : deepest_below(d, p->line),
		.eol = doc_eol_at(d, p->line ? p->line - 1 : 0),
	};
	if (!s.model || s.column.at)
		return s;
	struct layout_column all = layout_find_column(d, NULL);
	bool elsewhere = !doc_in(d, (size_t)(s.model - d->entries), section);
	if (elsewhere || layout_separator_column(d, s.model) == all.at)
		s.column = all;
	return s;
}

/* The front of a new line, from indentation to separator. */
static void put_key(const struct style *s, struct text key, struct buf *out)
{
	buf_add_text(out, s->indent);
	buf_add_text(out, key);
	if (!s->model) {
		buf_add_str(out, " =");
		return;
	}
	const char *end = s->model->key.at + s->model->key.n, *sep = layout_separator(s->model);
	size_t used = layout_width(s->indent) + layout_width(key);
	if (used < s->column.at)
		buf_add_fill(out, ' ', s->column.at - used);
	else if (s->column.at)
		buf_add_fill(out, ' ', !s->column.touched);
	else
		buf_add(out, end, (size_t)(sep - end));
	buf_add_char(out, *sep);
}

static void put_entry(const struct doc *d, const struct style *s, struct text key,
		      struct text value, struct buf *out)
{
	struct layout l = LAYOUT_INIT;
	struct buf normal = BUF_INIT, indent = BUF_INIT;

	doc_normalise(value, &normal);
	layout_make(buf_text(&normal), false, &l);
	put_key(s, key, out);
	if (l.first.n) {
		buf_add_text(out, s->model ? gap_behind(d, s->model) : TEXT(" "));
		buf_add_text(out, l.first);
	}
	buf_add_text(out, s->eol);
	buf_add_text(&indent, s->indent);
	buf_add_text(&indent, DEEPER);
	put_below(&l, 0, l.below.n, buf_text(&indent), s->eol, out);
	layout_release(&l);
	buf_release(&normal);
	buf_release(&indent);
}

/* ---- adding ---- */

static int check_key(struct text key, struct fault *f)
{
	const char *why = NULL;

	if (!key.n)
		why = "it is empty";
	else if (text_trim(key).n != key.n)
		why = "it begins or ends with white space";
	else if (layout_has_control(key))
		why = "it holds a control character";
	else if (text_find(key, '=') < key.n || text_find(key, ':') < key.n)
		why = "it holds '=' or ':'";
	else if (key.at[0] == '[' || key.at[0] == '#' || key.at[0] == ';')
		why = "it begins with '[', '#' or ';'";
	else if (text_starts(key, DOC_BOM))
		why = "it begins with a byte order mark";
	if (!why)
		return 0;
	return fault_set(f, FAULT_INVALID, "'%.*s' cannot be a key: %s", TEXT_FMT(key), why);
}

static int check_section(struct text section, struct fault *f)
{
	if (text_find(section, ']') == section.n && !layout_has_control(section))
		return 0;
	return fault_set(f, FAULT_INVALID,
			 "'%.*s' cannot be a section: it holds ']' or a control character",
			 TEXT_FMT(section));
}

static void remember_made(struct doc *d, struct text section, const struct place *p)
{
	struct doc_made *m = mem_alloc(sizeof *m);
	*m = (struct doc_made){
		.older = d->made,
		.section = { mem_copy(section.at, section.n), section.n },
		.blank_above = p->blank_above,
		.blank_below = p->blank_below,
	};
	d->made = m;
}

/* Take the newest away. */
static void forget(struct doc_made **m)
{
	struct doc_made *newest = *m;

	*m = newest->older;
	mem_free((char *)newest->section.at);
	mem_free(newest);
}

void doc_forget_made(struct doc *d)
{
	while (d->made)
		forget(&d->made);
}

static void put_header(const struct place *p, struct text section, struct text eol, struct buf *out)
{
	if (p->blank_above)
		buf_add_text(out, eol);
	buf_add_char(out, '[');
	buf_add_text(out, section);
	buf_add_char(out, ']');
	buf_add_text(out, eol);
}

int doc_add(struct doc *d, struct text section, struct text key, struct text value, size_t before,
	    struct fault *f)
{
	section = layout_section(section);
	assert(!d->batch);
	assert(before == DOC_END || doc_in(d, before, section));
	struct place p = find_place(d, section, before);
	if (check_key(key, f) < 0 || (p.made && check_section(section, f) < 0))
		return f->code;

	struct style s = find_style(d, section, &p);
	struct buf out = BUF_INIT;
	if (p.made) {
		remember_made(d, section, &p);
		put_header(&p, section, s.eol, &out);
	}
	put_entry(d, &s, key, value, &out);
	if (p.blank_below)
		buf_add_text(&out, s.eol);
	doc_splice(d, p.line, p.line, buf_text(&out));
	buf_release(&out);
	return 0;
}

/* ---- removing and renaming ---- */

/* When entry i is all there is of a section that was made, widen [from, to) to what was made. */
static void take_made(struct doc *d, size_t i, size_t *from, size_t *to)
{
	struct text section = d->entries[i].section;
	struct doc_made **m = &d->made;

	while (*m && !text_same((*m)->section, layout_section(section)))
		m = &(*m)->older;
	if (!*m)
		return;
	for (size_t k = 0; k < d->n_entries; k++)
		if (k != i && doc_in(d, k, section))
			return;
	while (d->lines[*from].kind != DOC_SECTION)
		--*from;
	if ((*m)->blank_above && *from && is_blank(d, *from - 1))
		--*from;
	if ((*m)->blank_below && *to < d->n_lines && is_blank(d, *to))
		++*to;
	forget(m);
}

void doc_remove(struct doc *d, size_t i)
{
	const struct doc_entry *e = &d->entries[i];
	size_t from = e->line, to = e->line + e->n_lines;
	struct buf out = BUF_INIT;

	assert(!d->batch || e->key.n);
	if (is_shield(d, e, reach_over(d, e->line)))
		put_first(d, e, TEXT_NONE, &out);
	put_strays(d, from + 1, to, &out);
	take_made(d, i, &from, &to);
	doc_splice(d, from, to, buf_text(&out));
	buf_release(&out);
}

int doc_rename(struct doc *d, size_t i, struct text key, struct fault *f)
{
	const struct doc_entry *e = &d->entries[i];
	struct text line = d->lines[e->line].text;
	size_t at = (size_t)(e->key.at - line.at);
	struct buf out = BUF_INIT;

	assert(!d->batch || e->key.n);
	if (check_key(key, f) < 0)
		return f->code;
	if (is_shield(d, e, e))
		return fault_set(f, FAULT_INVALID,
				 "a key would make the deeper lines below '%.*s' part of its value",
				 TEXT_FMT(line));
	buf_add_text(&out, text_part(line, 0, at));
	buf_add_text(&out, key);
	buf_add_text(&out, text_part(line, at + e->key.n, line.n));
	buf_add_text(&out, doc_eol_at(d, e->line));
	put_lines(d, e->line + 1, e->line + e->n_lines, &out);
	doc_splice(d, e->line, e->line + e->n_lines, buf_text(&out));
	buf_release(&out);
	return 0;
}
