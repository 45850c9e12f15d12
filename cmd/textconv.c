#include "cmd/textconv.h"

#include "base/buf.h"
#include "contact/contact.h"
#include "format/doc.h"

static bool is_kind(const struct doc *d, size_t line, enum doc_kind kind)
{
	return line < d->n_lines && d->lines[line].kind == kind;
}

/* A section begins with the comments right above its header. */
static bool begins_section(const struct doc *d, size_t line)
{
	if (line > 0 && is_kind(d, line - 1, DOC_COMMENT))
		return false;
	while (is_kind(d, line, DOC_COMMENT))
		line++;
	return is_kind(d, line, DOC_SECTION);
}

/*
 * The first line below the key gives those behind it their indentation. Where the value's second
 * line has one of its own, or is empty, the value begins below the key.
 */
static bool begins_below(struct text value)
{
	size_t second = text_find(value, '\n') + 1;

	return second < value.n && char_is_space(value.at[second]);
}

static void add_value(struct text value, struct buf *out)
{
	struct text line;

	if (value.n)
		buf_add_str(out, begins_below(value) ? "\n    " : " ");
	for (size_t n = 0; text_cut(&value, '\n', &line); n++) {
		if (n)
			buf_add_str(out, line.n ? "\n    " : "\n");
		buf_add_text(out, line);
	}
}

static void add_entry(const struct doc_entry *e, struct buf *out)
{
	buf_add_text(out, e->key);
	buf_add_str(out, e->key.n ? " =" : "=");
	add_value(e->value, out);
	buf_add_char(out, '\n');
}

static void add_doc(const struct doc *d, struct buf *out)
{
	const struct doc_entry *entry = d->entries;

	for (size_t i = 0; i < d->n_lines; i++) {
		enum doc_kind kind = d->lines[i].kind;
		if (out->n && begins_section(d, i))
			buf_add_char(out, '\n');
		if (kind == DOC_ENTRY) {
			add_entry(entry++, out);
		} else if (kind != DOC_BLANK && kind != DOC_CONTINUATION) {
			buf_add_text(out, text_trim(d->lines[i].text));
			buf_add_char(out, '\n');
		}
	}
}

void textconv(struct text bytes, struct buf *out)
{
	struct doc d;

	doc_read(&d, bytes);
	if (contact_damage_of(bytes) == CONTACT_SOUND && d.n_entries)
		add_doc(&d, out);
	else
		buf_add_text(out, bytes);
	doc_release(&d);
}
