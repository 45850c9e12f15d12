#include "contact/mend.h"

#include "base/buf.h"
#include "contact/contact.h"
#include "contact/field.h"

static bool iso_form(struct text loose, struct buf *out)
{
	struct date d;

	buf_clear(out);
	if (!date_parse_loose(loose, &d))
		return false;
	date_format(d, out);
	return true;
}

static bool is_date_field(struct text key)
{
	const struct field *f = field_find(key);

	return f && (f->kind == FIELD_DATE || f->kind == FIELD_DAY);
}

/* The key of a log or todo line is its date; so is the value of some fields. */
static bool mend_entry(struct contact *c, size_t i, struct buf *iso)
{
	const struct doc_entry *e = &c->doc.entries[i];
	struct fault unused = FAULT_INIT;

	if (doc_in(&c->doc, i, TEXT("log")) || doc_in(&c->doc, i, TEXT("todo")))
		return iso_form(e->key, iso) && doc_rename(&c->doc, i, buf_text(iso), &unused) == 0;
	if (!doc_in(&c->doc, i, TEXT("contact")) || !is_date_field(e->key) ||
	    !iso_form(e->value, iso))
		return false;
	doc_set(&c->doc, i, buf_text(iso));
	return true;
}

size_t mend_dates(struct contact *c)
{
	struct buf iso = BUF_INIT;
	size_t n = 0;

	doc_begin(&c->doc);
	for (size_t i = 0; i < c->doc.n_entries; i++)
		n += mend_entry(c, i, &iso);
	doc_commit(&c->doc);
	buf_release(&iso);
	return n;
}
