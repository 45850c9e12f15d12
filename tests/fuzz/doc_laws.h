#ifndef DOC_LAWS_H
#define DOC_LAWS_H
/*
 * doc_laws - what is true of every doc and every edit. Each law takes any bytes
 * and returns NULL, or the condition that does not hold. The fuzz target tries
 * them on what the fuzzer makes up, the unit test on a table of nasty texts.
 */
#include <ini.h>
#include <string.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/mem.h"
#include "format/doc.h"

#define LAW(condition) \
	do { \
		if (!(condition)) \
			return #condition; \
	} while (0)
#define OBEY(law) \
	do { \
		const char *broken = law; \
		if (broken) \
			return broken; \
	} while (0)

static const struct text law_bom = { "\xEF\xBB\xBF", 3 };

/* ---- reading ---- */

static bool law_is_span(struct text piece, struct text of)
{
	return piece.at >= of.at && piece.at + piece.n <= of.at + of.n;
}

static const char *law_entry(const struct doc *d, const struct doc_entry *e)
{
	const struct doc_line *l = &d->lines[e->line];
	size_t behind = l->text.n - (e->col - 1);

	LAW(e->n_lines && e->line + e->n_lines <= d->n_lines);
	LAW(l->kind == DOC_ENTRY && law_is_span(e->key, l->text));
	LAW(e->n_lines == 1 || d->lines[e->line + e->n_lines - 1].kind == DOC_CONTINUATION);
	LAW(e->n_lines > 1 || law_is_span(e->value, l->text));
	LAW(e->n_lines == 1 || e->key.n);
	LAW(text_trim(e->value).n == e->value.n && text_trim(e->key).n == e->key.n);
	LAW(!behind || text_starts(text_part(l->text, e->col - 1, l->text.n),
				   text_part(e->value, 0, text_find(e->value, '\n'))));
	return NULL;
}

/* The lines, put one behind the other, are the bytes; the entries lie on them in order. */
static const char *law_lossless(const struct doc *d)
{
	size_t at = text_starts(d->bytes, law_bom) ? law_bom.n : 0, entries = 0, owned = 0, all = 0;

	for (size_t i = 0; i < d->n_lines; i++) {
		const struct doc_line *l = &d->lines[i];
		LAW(l->text.at == d->bytes.at + at && l->eol <= 2);
		at += l->text.n + l->eol;
		LAW(at <= d->bytes.n && (l->eol || at == d->bytes.n));
		LAW(l->eol < 1 || d->bytes.at[at - 1] == '\n');
		LAW(l->eol < 2 || d->bytes.at[at - 2] == '\r');
		LAW(l->eol != 1 || !text_ends(l->text, TEXT("\r")));
		LAW((l->kind == DOC_BLANK) == !text_trim(l->text).n);
		entries += l->kind == DOC_ENTRY;
		all += l->kind == DOC_CONTINUATION;
	}
	LAW(at == d->bytes.n && entries == d->n_entries);
	for (size_t i = 0; i < d->n_entries; i++) {
		const struct doc_entry *e = &d->entries[i];
		LAW(!i || e->line >= e[-1].line + e[-1].n_lines);
		OBEY(law_entry(d, e));
		for (size_t k = 0; k < e->n_lines; k++)
			owned += d->lines[e->line + k].kind == DOC_CONTINUATION;
	}
	LAW(owned == all);
	return NULL;
}

/* ---- against inih ---- */

/* Inside inih's own limits doc has no ruling of its own. */
static bool law_within_limits(const struct doc *d)
{
	if (text_find(d->bytes, '\0') < d->bytes.n)
		return false;
	for (size_t i = 0; i < d->n_lines; i++) {
		const struct doc_line *l = &d->lines[i];
		struct text t = text_trim(l->text);
		bool indented = t.at > l->text.at;
		bool comment = t.n && (t.at[0] == '#' || t.at[0] == ';');
		if (l->text.n + l->eol + law_bom.n >= 199)
			return false;
		if (l->kind == DOC_CONTINUATION ? comment : indented && l->kind != DOC_BLANK)
			return false;
		if (l->kind == DOC_SECTION && t.n > 50)
			return false;
		for (size_t k = 1; k < l->text.n; k++)
			if (l->text.at[k] == ';' && char_is_space(l->text.at[k - 1]))
				return false;
	}
	for (size_t i = 0; i < d->n_entries; i++)
		if (d->entries[i].key.n >= 50)
			return false;
	return true;
}

struct law_replay {
	struct text rest;
	const struct doc *d;
	size_t entry;       /* that the next call is about, or goes on with */
	struct text values; /* its lines that were not yet reported */
	const char *broken;
};

static char *law_fgets(char *line, int size, void *ctx)
{
	struct law_replay *r = ctx;
	size_t n = text_find(r->rest, '\n');

	if (!r->rest.n)
		return NULL;
	n = n < r->rest.n ? n + 1 : n;
	if (n > (size_t)size - 1)
		n = (size_t)size - 1;
	memcpy(line, r->rest.at, n);
	line[n] = '\0';
	r->rest = text_part(r->rest, n, r->rest.n);
	return line;
}

/* The lines of the value that inih would report: those with something on them. */
static struct text law_next_value(struct text *values)
{
	struct text line = TEXT_NONE;
	while (text_cut(values, '\n', &line) && !text_trim(line).n)
		;
	return text_trim(line);
}

static const char *law_call(struct law_replay *r, struct text section, struct text name,
			    struct text value)
{
	bool more = r->values.at && text_trim(r->values).n;
	if (!more) {
		LAW(r->entry < r->d->n_entries);
		r->values = r->d->entries[r->entry++].value;
	}
	const struct doc_entry *e = &r->d->entries[r->entry - 1];
	LAW(text_equal(e->section, section) && text_equal(e->key, name));
	if (!more && !value.n)
		return NULL; /* nothing behind the separator; the lines below, if any, follow */
	LAW(text_equal(law_next_value(&r->values), value));
	return NULL;
}

static int law_handler(void *ctx, const char *section, const char *name, const char *value)
{
	struct law_replay *r = ctx;
	if (!r->broken)
		r->broken = law_call(r, text_of(section), text_of(name), text_of(value));
	return 1;
}

/* Entry for entry and line for line what plain inih reports. */
static const char *law_as_inih(const struct doc *d)
{
	struct law_replay r = { .rest = d->bytes, .d = d };

	if (!law_within_limits(d))
		return NULL;
	ini_parse_stream(law_fgets, &r, law_handler, &r);
	OBEY(r.broken);
	LAW(r.entry == d->n_entries && (!r.values.at || !text_trim(r.values).n));
	return NULL;
}

/* ---- editing ---- */

/* What a doc was before an edit. */
struct law_past {
	struct doc doc; /* of a copy of the bytes */
	const struct doc_line *lines;
	const struct doc_entry *entries;
	size_t n_lines, n_entries;
	struct text bytes; /* owned */
};

static struct law_past law_remember(const struct doc *d)
{
	struct law_past p = { .bytes = { mem_copy(d->bytes.at, d->bytes.n), d->bytes.n } };

	doc_read(&p.doc, p.bytes);
	p.lines = p.doc.lines;
	p.entries = p.doc.entries;
	p.n_lines = p.doc.n_lines;
	p.n_entries = p.doc.n_entries;
	return p;
}

static void law_forget(struct law_past *p)
{
	doc_release(&p->doc);
	mem_free((char *)p->bytes.at);
}

static bool law_same_line(const struct doc_line *a, const struct doc_line *b)
{
	bool same_eol = a->eol == b->eol || !a->eol || !b->eol;
	return text_equal(a->text, b->text) && a->kind == b->kind && same_eol;
}

/* `above` lines in front of the edit, `below` behind it and the end are as they were. */
static const char *law_only(const struct law_past *p, const struct doc *d, size_t above,
			    size_t below)
{
	LAW(above + below <= p->n_lines && above + below <= d->n_lines);
	for (size_t i = 0; i < above; i++)
		LAW(law_same_line(&p->lines[i], &d->lines[i]));
	for (size_t i = 1; i <= below; i++)
		LAW(law_same_line(&p->lines[p->n_lines - i], &d->lines[d->n_lines - i]));
	LAW(!text_starts(p->bytes, law_bom) || text_starts(d->bytes, law_bom));
	if (p->n_lines && d->n_lines) {
		const struct doc_line *last = &d->lines[d->n_lines - 1];
		bool had_eol = p->lines[p->n_lines - 1].eol;
		LAW(had_eol ? last->eol : !last->eol || !last->text.n);
	}
	return law_lossless(d);
}

/* Entries [from, from + n) of then are entries [to, to + n) of now. */
static const char *law_entries(const struct law_past *p, const struct doc *d, size_t from,
			       size_t to, size_t n)
{
	LAW(from + n <= p->n_entries && to + n <= d->n_entries);
	for (size_t i = 0; i < n; i++) {
		const struct doc_entry *a = &p->entries[from + i], *b = &d->entries[to + i];
		LAW(text_equal(a->section, b->section) && text_equal(a->key, b->key));
		LAW(text_equal(a->value, b->value));
	}
	return NULL;
}

/* All entries but i are as they were. */
static const char *law_others(const struct law_past *p, const struct doc *d, size_t i)
{
	LAW(p->n_entries == d->n_entries);
	OBEY(law_entries(p, d, 0, 0, i));
	return law_entries(p, d, i + 1, i + 1, p->n_entries - i - 1);
}

static const char *law_reads_back(const struct doc *d, size_t i, struct text value)
{
	struct buf normal = BUF_INIT;

	doc_normalise(value, &normal);
	for (size_t k = 0; k < normal.n && !d->entries[i].key.n; k++)
		if (normal.at[k] == '\n')
			normal.at[k] = ' ';
	bool same = text_equal(d->entries[i].value, buf_text(&normal)) ||
		    text_equal(d->entries[i].value, value);
	buf_release(&normal);
	LAW(same);
	return NULL;
}

static const char *law_set_then(struct doc *d, const struct law_past *p, size_t i,
				struct text value)
{
	const struct doc_entry *e = &p->entries[i];

	doc_set(d, i, value);
	OBEY(law_only(p, d, e->line, p->n_lines - e->line - e->n_lines));
	OBEY(law_others(p, d, i));
	LAW(text_equal(d->entries[i].section, e->section) && text_equal(d->entries[i].key, e->key));
	OBEY(law_reads_back(d, i, value));
	return NULL;
}

/* Again changes nothing. */
static const char *law_set_again(struct doc *d, const struct law_past *p, size_t i,
				 struct text value)
{
	doc_set(d, i, value);
	LAW(text_equal(d->bytes, p->bytes));
	doc_set(d, i, d->entries[i].value);
	LAW(text_equal(d->bytes, p->bytes));
	return NULL;
}

/* A value changes, and with it no other line and no other entry. */
static const char *law_set(struct doc *d, size_t i, struct text value)
{
	struct law_past p = law_remember(d);
	const char *broken = law_set_then(d, &p, i, value);
	law_forget(&p);
	if (broken)
		return broken;
	p = law_remember(d);
	broken = law_set_again(d, &p, i, value);
	law_forget(&p);
	return broken;
}

static size_t law_strays(const struct law_past *p, const struct doc_entry *e)
{
	size_t n = 0;
	for (size_t i = e->line; i < e->line + e->n_lines; i++)
		n += p->lines[i].kind == DOC_COMMENT || p->lines[i].kind == DOC_JUNK;
	return n;
}

static const char *law_remove_then(struct doc *d, const struct law_past *p, size_t i)
{
	const struct doc_entry *e = &p->entries[i];
	size_t end = e->line + e->n_lines;

	doc_remove(d, i);
	OBEY(law_only(p, d, e->line, p->n_lines - end));
	if (!e->key.n && d->n_entries == p->n_entries) { /* it shields the lines below */
		OBEY(law_others(p, d, i));
		LAW(!d->entries[i].key.n && !d->entries[i].value.n);
		return NULL;
	}
	LAW(d->n_lines == p->n_lines - e->n_lines + law_strays(p, e));
	OBEY(law_entries(p, d, 0, 0, i));
	LAW(d->n_entries + 1 == p->n_entries);
	return law_entries(p, d, i + 1, i, p->n_entries - i - 1);
}

/* An entry goes, and with it no other line and no other entry. */
static const char *law_remove(struct doc *d, size_t i)
{
	struct law_past p = law_remember(d);
	const char *broken = law_remove_then(d, &p, i);
	law_forget(&p);
	return broken;
}

static bool law_same_section(struct text a, struct text b)
{
	a = text_trim(a);
	b = text_trim(b);
	return text_same(a.n ? a : TEXT("contact"), b.n ? b : TEXT("contact"));
}

/* Where a new entry will be found. */
static size_t law_new_index(const struct law_past *p, const struct doc *d, struct text section,
			    size_t before)
{
	if (before != DOC_END)
		return before;
	size_t last = p->n_entries;
	for (size_t i = 0; i < p->n_entries; i++)
		if (law_same_section(p->entries[i].section, section))
			last = i;
	if (last < p->n_entries)
		return last + 1;
	for (size_t i = 0; i < d->n_entries; i++)
		if (doc_in(d, i, section))
			return i;
	return 0;
}

static const char *law_add_then(struct doc *d, const struct law_past *p, struct text section,
				struct text key, struct text value, size_t before, size_t *at)
{
	size_t above = 0;

	*at = law_new_index(p, d, section, before);
	LAW(*at < d->n_entries && d->n_entries == p->n_entries + 1);
	while (above < p->n_lines && law_same_line(&p->lines[above], &d->lines[above]))
		above++;
	OBEY(law_only(p, d, above, p->n_lines - above));
	OBEY(law_entries(p, d, 0, 0, *at));
	OBEY(law_entries(p, d, *at, *at + 1, p->n_entries - *at));
	LAW(doc_in(d, *at, section) && text_equal(d->entries[*at].key, key));
	return law_reads_back(d, *at, value);
}

/* An entry comes, and no other line changes; *at is where it is, or DOC_END if it is refused. */
static const char *law_add(struct doc *d, struct text section, struct text key, struct text value,
			   size_t before, size_t *at)
{
	struct law_past p = law_remember(d);
	struct fault f = FAULT_INIT;
	const char *broken = NULL;

	*at = DOC_END;
	if (doc_add(d, section, key, value, before, &f) == 0)
		broken = law_add_then(d, &p, section, key, value, before, at);
	else if (f.code != FAULT_INVALID || !text_equal(d->bytes, p.bytes))
		broken = "a refusal changes nothing";
	law_forget(&p);
	return broken;
}

/* What was added goes again, and leaves the bytes that were. */
static const char *law_add_remove(struct doc *d, struct text section, struct text key,
				  struct text value, size_t before)
{
	struct law_past p = law_remember(d);
	size_t at;

	const char *broken = law_add(d, section, key, value, before, &at);
	if (!broken && at != DOC_END) {
		doc_remove(d, at);
		broken = text_equal(d->bytes, p.bytes) ? law_lossless(d)
						       : "remove after add restores the bytes";
	}
	law_forget(&p);
	return broken;
}

static const char *law_rename_then(struct doc *d, const struct law_past *p, size_t i,
				   struct text key)
{
	const struct doc_entry *e = &p->entries[i];
	struct fault f = FAULT_INIT;

	if (doc_rename(d, i, key, &f) < 0) {
		LAW(f.code == FAULT_INVALID && text_equal(d->bytes, p->bytes));
		return NULL;
	}
	OBEY(law_only(p, d, e->line, p->n_lines - e->line - 1));
	OBEY(law_others(p, d, i));
	LAW(d->bytes.n == p->bytes.n - e->key.n + key.n);
	LAW(text_equal(d->entries[i].key, key) && text_equal(d->entries[i].value, e->value));
	return NULL;
}

/* Without a BOM, which stays where it once was in front. */
static struct text law_body(struct text bytes)
{
	return text_starts(bytes, law_bom) ? text_part(bytes, law_bom.n, bytes.n) : bytes;
}

/* One of the edits that a batch takes; true when the entry is gone. */
static bool law_edit_some(struct doc *d, size_t i, size_t turn, struct text key, struct text value)
{
	struct fault f = FAULT_INIT;
	bool named = d->entries[i].key.n > 0;

	if (turn % 4 == 0)
		doc_set(d, i, value);
	else if (turn % 4 == 1 && named)
		doc_rename(d, i, key, &f);
	else if (turn % 4 == 2 && named)
		doc_remove(d, i);
	return turn % 4 == 2 && named;
}

static const char *law_batch_then(struct doc *d, struct doc *other, size_t turn, struct text key,
				  struct text value)
{
	size_t n = d->n_entries, gone = 0;
	bool open = d->n_lines && !d->lines[d->n_lines - 1].eol;

	for (size_t i = 0; i < n; i++)
		gone += law_edit_some(other, i - gone, turn + i, key, value);
	doc_begin(d);
	for (size_t i = 0; i < n; i++)
		law_edit_some(d, i, turn + i, key, value);
	LAW(d->n_entries == n);
	doc_commit(d);
	LAW(d->n_entries + gone == n);
	/* a last line without an ending takes that of the line above, which may be gone or not */
	LAW(open || text_equal(law_body(d->bytes), law_body(other->bytes)));
	return law_lossless(d);
}

/* Many edits at once come to the same as one after the other. */
static const char *law_batch(struct doc *d, size_t turn, struct text key, struct text value)
{
	struct law_past p = law_remember(d);
	const char *broken = law_batch_then(d, &p.doc, turn, key, value);
	law_forget(&p);
	return broken;
}

/* A key changes, and nothing else. */
static const char *law_rename(struct doc *d, size_t i, struct text key)
{
	struct law_past p = law_remember(d);
	const char *broken = law_rename_then(d, &p, i, key);
	law_forget(&p);
	return broken;
}

#endif
