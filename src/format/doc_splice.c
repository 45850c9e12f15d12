#include "format/doc_splice.h"

#include <assert.h>

#include "base/buf.h"
#include "base/mem.h"
#include "format/doc.h"
#include "format/doc_layout.h"

struct text doc_eol_at(const struct doc *d, size_t line)
{
	if (line < d->n_lines) {
		struct text t = d->lines[line].text;
		if (d->lines[line].eol)
			return (struct text){ t.at + t.n, d->lines[line].eol };
		if (text_ends(t, TEXT("\r")))
			return TEXT("\r\n");
	}
	return line ? doc_eol_at(d, line - 1) : TEXT("\n");
}

/* The text without its last line ending; an empty line is nothing without it, and keeps it. */
static struct text without_eol(struct text t)
{
	size_t n = t.n;
	if (n && t.at[n - 1] == '\n') {
		n--;
		n -= n && t.at[n - 1] == '\r';
	}
	return n && t.at[n - 1] != '\n' ? text_part(t, 0, n) : t;
}

static size_t offset_of(const struct doc *d, size_t line)
{
	return line < d->n_lines ? (size_t)(d->lines[line].text.at - d->bytes.at) : d->bytes.n;
}

/* The front of the new text: what becomes of the lines above `line`. */
struct doc_batch {
	struct buf out; /* begins with a BOM, wanted or not */
	size_t line;
	bool changed;
};

void doc_begin(struct doc *d)
{
	assert(!d->batch);
	d->batch = mem_alloc(sizeof *d->batch);
	*d->batch = (struct doc_batch){ .out = BUF_INIT };
	buf_room(&d->batch->out, DOC_BOM.n + d->bytes.n);
	buf_add_text(&d->batch->out, DOC_BOM);
}

static bool is_open(const struct doc *d)
{
	return d->n_lines && !d->lines[d->n_lines - 1].eol;
}

/* Take the lines as they are, up to `line`. */
static void keep_up_to(struct doc *d, size_t line)
{
	struct doc_batch *b = d->batch;

	assert(b->line <= line);
	buf_add_text(&b->out, text_part(d->bytes, offset_of(d, b->line), offset_of(d, line)));
	b->line = line;
}

/* Make the gathered text the doc's. */
static void settle(struct doc *d)
{
	struct doc_batch *b = d->batch;
	bool to_end = b->line == d->n_lines, has_bom = text_starts(d->bytes, DOC_BOM);

	keep_up_to(d, d->n_lines);
	struct text whole = buf_text(&b->out), body = text_part(whole, DOC_BOM.n, whole.n);
	if (to_end && is_open(d))
		body = without_eol(body);
	/* a line that begins with the bytes of a BOM must not lose them when it comes first */
	if (has_bom || text_starts(body, DOC_BOM))
		body = text_part(whole, 0, DOC_BOM.n + body.n);
	mem_free(d->edited);
	d->edited = buf_take(&b->out);
	d->bytes = body;
	doc_reread(d);
}

void doc_commit(struct doc *d)
{
	if (d->batch->changed)
		settle(d);
	buf_release(&d->batch->out);
	mem_free(d->batch);
	d->batch = NULL;
}

void doc_splice(struct doc *d, size_t from, size_t to, struct text lines)
{
	bool alone = !d->batch;

	if (alone)
		doc_begin(d);
	keep_up_to(d, from);
	if (is_open(d) && from == d->n_lines)
		buf_add_text(&d->batch->out, doc_eol_at(d, from - 1));
	buf_add_text(&d->batch->out, lines);
	d->batch->line = to;
	d->batch->changed = true;
	if (alone)
		doc_commit(d);
}
