/*
 * How inih is asked. It has a line buffer of 200 bytes and keeps 49 bytes of a
 * name, calls whatever follows ' ;' a comment, takes every indented line after a
 * key for a continuation, and asks the locale what white space is. So the reader
 * shows it, for each line of the document, one line that keeps the shape of the
 * original and meets none of this:
 *
 *	a blank line             an empty line
 *	a line deeper than       " x": a line that begins with a blank and has no comment
 *	the key above it
 *	any other line           without its indentation, up to the first character that ends a
 *	                         name (']' after '[', else '=' or ':'); bytes that inih would
 *	                         misread become 'x', a long name loses bytes near its end
 *
 * What inih then calls the handler for is an entry (it never saw a value) or a
 * continuation ("x" is the value). It says nothing about section headers, so a
 * line that begins with '[' is shown with a mark in front of the name, and the
 * question " =" is put behind it: as an entry or a continuation, it is reported
 * with the section inih is in, and the mark tells whether that is the new one.
 */
#include "format/doc.h"

#include <assert.h>
#include <ini.h>
#include <string.h>

#include "base/vec.h"
#include "format/doc_layout.h"
#include "format/doc_splice.h"

/* The value of an entry of several lines. */
static struct text join(struct doc *d, const struct doc_entry *e)
{
	struct layout l = LAYOUT_INIT;
	layout_read(d, e, &l);
	struct text value = l.below.at[0].text;
	if (l.first.n || l.below.n > 1) {
		size_t n = l.first.n;
		for (size_t i = 0; i < l.below.n; i++)
			n += 1 + l.below.at[i].text.n;
		char *at = arena_alloc(&d->joined, n), *end = mempcpy(at, l.first.at, l.first.n);
		for (size_t i = 0; i < l.below.n; i++) {
			*end++ = '\n';
			end = mempcpy(end, l.below.at[i].text.at, l.below.at[i].text.n);
		}
		value = text_trim((struct text){ at, n });
	}
	layout_release(&l);
	return value;
}

/* ---- reading ---- */

enum { USUAL_LINE = 32 }; /* bytes: how many lines to expect */
enum { NAME_SHOWN = 48 }; /* inih keeps 49 bytes of a section name, one of them is the mark */
#define NO_REACH ((size_t)-1)

struct reader {
	VEC(struct doc_line) lines;
	VEC(struct doc_entry) entries;
	struct text rest;    /* not yet cut into lines */
	struct text section; /* of the entries that follow */
	struct text own;     /* the line before inih, without its indentation */
	size_t depth;        /* its indentation */
	size_t reach;        /* a deeper line continues the key above, unless NO_REACH */
	size_t skipped;      /* bytes of its name that inih is not shown */
	bool asking;         /* before inih is the question behind a line with '[' */
	char mark;           /* in front of the next section name, never of the last one */
};

static struct doc_line *cut_line(struct reader *r)
{
	struct doc_line *l = vec_more(&r->lines);
	size_t end = text_find(r->rest, '\n');

	*l = (struct doc_line){ text_part(r->rest, 0, end), 0, DOC_JUNK };
	if (end < r->rest.n) {
		bool crlf = end && l->text.at[end - 1] == '\r';
		l->text.n -= crlf;
		l->eol = crlf ? 2 : 1;
		end++;
	}
	r->rest = text_part(r->rest, end, r->rest.n);
	return l;
}

/* A byte that inih would stop at, take for a BOM, or ask the locale about. */
static bool is_misread(struct text t, size_t i)
{
	char c = t.at[i];
	return !c || (unsigned char)c >= 0x80 || (c == ';' && i && char_is_space(t.at[i - 1]));
}

/* Show inih the name in front of the line, and what ends it. */
static void show_name(struct reader *r, char *shown)
{
	struct text own = r->own;
	bool header = own.at[0] == '[';
	char end = header ? ']' : '=', other_end = header ? ']' : ':';
	size_t i = 0, n = 0;

	if (header) {
		shown[n++] = own.at[i++];
		shown[n++] = r->mark;
	}
	for (; i < own.n && own.at[i] != end && own.at[i] != other_end; i++)
		if (n < NAME_SHOWN)
			shown[n++] = is_misread(own, i) ? 'x' : own.at[i];
	r->skipped = i - n + header;
	if (r->skipped) /* white space here would be taken off, and the count be wrong */
		shown[n - 1] = 'x';
	if (i < own.n)
		shown[n++] = own.at[i];
	shown[n] = '\0';
	r->asking = header;
}

/* inih's reader: like fgets. */
static char *show_line(char *shown, int size, void *ctx)
{
	struct reader *r = ctx;
	assert(size > NAME_SHOWN + 1);

	if (r->asking)
		return memcpy(shown, " =", sizeof " =");
	if (!r->rest.n)
		return NULL;
	struct doc_line *l = cut_line(r);
	struct text indent = layout_indent(l->text);
	r->own = text_part(l->text, indent.n, l->text.n);
	r->depth = layout_depth(indent);
	if (!r->own.n) {
		l->kind = DOC_BLANK;
		shown[0] = '\0';
	} else if (r->reach != NO_REACH && r->depth > r->reach) {
		memcpy(shown, " x", sizeof " x");
	} else {
		/* what it is when inih says nothing */
		l->kind = r->own.at[0] == '#' || r->own.at[0] == ';' ? DOC_COMMENT : DOC_JUNK;
		show_name(r, shown);
	}
	return shown;
}

static void note_entry(struct reader *r, struct doc_line *l, size_t key_shown)
{
	struct doc_entry *e = vec_more(&r->entries);
	*e = (struct doc_entry){
		.section = r->section,
		.key = layout_trim_end(text_part(r->own, 0, key_shown + r->skipped)),
		.line = r->lines.n - 1,
		.n_lines = 1,
	};
	e->value = text_trim(layout_behind(e, l->text));
	e->col = (unsigned)((e->value.n ? (size_t)(e->value.at - l->text.at) : l->text.n) + 1);
	l->kind = DOC_ENTRY;
	r->reach = e->key.n ? r->depth : NO_REACH;
}

/* inih's handler: it is called before the next line is read. */
static int note(void *ctx, const char *section, const char *name, const char *value)
{
	struct reader *r = ctx;
	struct doc_line *l = &r->lines.at[r->lines.n - 1];

	if (r->asking) {
		r->asking = false;
		if (section[0] != r->mark)
			return 1;
		r->mark = r->mark == '1' ? '2' : '1';
		r->reach = NO_REACH;
		r->section = layout_header(l->text);
		l->kind = DOC_SECTION;
	} else if (value[0]) {
		struct doc_entry *e = &r->entries.at[r->entries.n - 1];
		e->n_lines = r->lines.n - e->line;
		l->kind = DOC_CONTINUATION;
	} else {
		note_entry(r, l, strlen(name));
	}
	return 1;
}

void doc_reread(struct doc *d)
{
	struct reader r = {
		.rest = d->bytes,
		.section = TEXT_NONE,
		.reach = NO_REACH,
		.mark = '1',
	};

	vec_reserve(&r.lines, d->bytes.n / USUAL_LINE + 1);
	vec_reserve(&r.entries, d->bytes.n / USUAL_LINE + 1);
	if (text_starts(r.rest, DOC_BOM))
		r.rest = text_part(r.rest, DOC_BOM.n, r.rest.n);
	ini_parse_stream(show_line, &r, note, &r);
	mem_free(d->lines);
	mem_free(d->entries);
	d->lines = r.lines.at;
	d->n_lines = r.lines.n;
	d->entries = r.entries.at;
	d->n_entries = r.entries.n;
	arena_clear(&d->joined);
	for (size_t i = 0; i < d->n_entries; i++)
		if (d->entries[i].n_lines > 1)
			d->entries[i].value = join(d, &d->entries[i]);
}

void doc_read(struct doc *d, struct text bytes)
{
	*d = (struct doc){ .bytes = bytes.n ? bytes : TEXT_NONE, .joined = ARENA_INIT };
	doc_reread(d);
}

void doc_release(struct doc *d)
{
	assert(!d->batch);
	doc_forget_made(d);
	mem_free(d->lines);
	mem_free(d->entries);
	mem_free(d->edited);
	arena_release(&d->joined);
	*d = (struct doc){ .bytes = TEXT_NONE, .joined = ARENA_INIT };
}

/* ---- asking ---- */

bool doc_in(const struct doc *d, size_t i, struct text section)
{
	return text_same(layout_section(d->entries[i].section), layout_section(section));
}
