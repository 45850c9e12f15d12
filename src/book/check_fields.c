#include "book/check_fields.h"

#include "base/buf.h"
#include "base/mem.h"
#include "book/book.h"
#include "book/check.h"
#include "book/claims.h"
#include "contact/cadence.h"
#include "contact/contact.h"
#include "contact/door.h"
#include "contact/entry.h"
#include "contact/field.h"
#include "contact/mailbox.h"

/* Everything a line is judged with. */
struct judge {
	const char *path;
	struct date today;
	struct claims *claims;
	struct findings *out;
	unsigned *seen; /* by field: the line of the first one, 0 when there was none */
};

/* ---- values ---- */

static bool has_digit(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if (char_is_digit(t.at[i]))
			return true;
	return false;
}

static bool is_mailbox(struct text value)
{
	struct buf name = BUF_INIT;
	struct text address;

	bool is = mailbox_read(value, &name, &address);
	buf_release(&name);
	return is;
}

/* 2026-02-30 has the form of a date; that it is none is for another reason. */
static bool has_date_form(struct text t)
{
	static const struct text form = { "0000-00-00", 10 };

	if (t.n != form.n)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (form.at[i] == '0' ? !char_is_digit(t.at[i]) : t.at[i] != form.at[i])
			return false;
	return true;
}

static void report_date(const struct judge *j, unsigned line, unsigned col, struct text value,
			const char *forms)
{
	struct buf iso = BUF_INIT;
	struct date meant;

	if (date_parse_loose(value, &meant))
		date_format(meant, &iso);
	if (iso.n)
		findings_add(
		    j->out, FINDING_WRONG, j->path, line, col,
		    "'%.*s' is not written as a date; write %s, or let 'kith check --fix' do so",
		    TEXT_FMT(value), iso.at);
	else if (has_date_form(value))
		findings_add(j->out, FINDING_WRONG, j->path, line, col, "there is no day %.*s",
			     TEXT_FMT(value));
	else
		findings_add(j->out, FINDING_WRONG, j->path, line, col,
			     "'%.*s' is no date; a date is written as %s", TEXT_FMT(value), forms);
	buf_release(&iso);
}

static void check_people(const struct judge *j, const struct contact_field *field,
			 enum field_kind kind)
{
	struct text rest = field->value, item;

	if (kind == FIELD_PERSON) {
		claims_via(j->claims, field->value, j->path, field->line, field->col);
		return;
	}
	while (field_next_item(&rest, &item))
		if (claims_is_id(item))
			claims_refer(j->claims, item, j->path, field->line, field->col);
}

static void check_value(const struct judge *j, const struct contact_field *field,
			enum field_kind kind)
{
	struct text value = field->value;
	unsigned line = field->line, col = field->col;
	struct cadence cadence;
	struct door door;
	struct date date;

	switch (kind) {
	case FIELD_EMAIL:
		if (!is_mailbox(value))
			findings_add(j->out, FINDING_DOUBTFUL, j->path, line, col,
				     "'%.*s' is not one plain e-mail address; mail programs do "
				     "not get it", TEXT_FMT(value));
		break;
	case FIELD_PHONE:
		if (!has_digit(value))
			findings_add(j->out, FINDING_DOUBTFUL, j->path, line, col,
				     "'%.*s' is no phone number: it has no digit", TEXT_FMT(value));
		break;
	case FIELD_DATE:
		if (!date_parse(value, &date))
			report_date(j, line, col, value, "1974-10-31, 1974-10, 1974 or --10-31");
		break;
	case FIELD_DAY:
		if (!date_parse(value, &date) || !date_is_whole(date))
			report_date(j, line, col, value, "2026-11-18");
		break;
	case FIELD_CADENCE:
		if (!cadence_parse(value, &cadence))
			findings_add(j->out, FINDING_WRONG, j->path, line, col,
				     "'%.*s' is no cadence; write 2w, 3m, 1y, or 3w..2m for ideal "
				     "and limit", TEXT_FMT(value));
		break;
	case FIELD_DOOR:
		door_parse(value, &door);
		if (door.unclear)
			findings_add(j->out, FINDING_WRONG, j->path, line, col,
				     "'%.*s' cannot be read, so the door stays closed; write open, "
				     "ask or closed, then until DATE, then a reason",
				     TEXT_FMT(value));
		break;
	case FIELD_PERSON:
	case FIELD_PEOPLE:
		check_people(j, field, kind);
		break;
	default:
		break;
	}
}

/* ---- keys ---- */

static void check_own_key(const struct judge *j, const struct contact_field *field)
{
	if (field->label.n && field_find(field->base))
		findings_add(j->out, FINDING_DOUBTFUL, j->path, field->line, 1,
			     "'%.*s' takes no label, so '%.*s' is another key",
			     TEXT_FMT(field->base), TEXT_FMT(field->key));
}

static void check_known_key(const struct judge *j, const struct contact_field *field,
			    const struct field *known)
{
	unsigned *first = &j->seen[known - fields];

	if (*first && !known->repeats)
		findings_add(j->out, FINDING_WRONG, j->path, field->line, 1,
			     "'%s' can be given once only; the one on line %u counts", known->key,
			     *first);
	else
		*first = field->line;
	if (!known->lines && text_find(field->value, '\n') < field->value.n)
		findings_add(j->out, FINDING_DOUBTFUL, j->path, field->line, field->col,
			     "'%s' goes on over the indented lines below; if they are keys, indent "
			     "them no deeper than this one", known->key);
	else if (field->value.n)
		check_value(j, field, known->kind);
}

static void check_key(const struct judge *j, const struct contact_field *field)
{
	const struct field *known = field_find(field->key);

	if (!known) {
		check_own_key(j, field);
		return;
	}
	check_known_key(j, field, known);
	if (text_same(field->base, TEXT("alias")) && field->value.n)
		claims_add(j->claims, CLAIM_ALIAS, field->value, j->path, field->line, field->col);
	if (text_same(field->base, TEXT("uid")) && field->value.n)
		claims_add(j->claims, CLAIM_UID, field->value, j->path, field->line, field->col);
}

/* ---- lines ---- */

static void check_links(const struct judge *j, const struct doc_entry *e)
{
	struct text name;
	size_t at = 0;
	int mark;

	while ((mark = entry_next_mark(e->value, &at, &name)))
		if (mark == MARK_PERSON && name.n)
			claims_refer(j->claims, name, j->path, (unsigned)e->line + 1, e->col);
}

static void check_dated(const struct judge *j, const struct doc_entry *e, const struct entry *entry,
			bool log)
{
	unsigned line = (unsigned)e->line + 1;

	if (entry->bad_date)
		report_date(j, line, 1, e->key, "2026-11-18");
	else if (log && !date_is_none(j->today) && date_days(entry->date) > date_days(j->today))
		findings_add(j->out, FINDING_DOUBTFUL, j->path, line, 1,
			     "'%.*s' lies in the future; what is to come belongs in [todo]",
			     TEXT_FMT(e->key));
}

static void check_entry(const struct judge *j, const struct contact *c, size_t i,
			const struct kinds *k)
{
	const struct doc_entry *e = &c->doc.entries[i];
	bool log = doc_in(&c->doc, i, TEXT("log")), todo = doc_in(&c->doc, i, TEXT("todo"));
	bool note = doc_in(&c->doc, i, TEXT("contact")) && text_same(e->key, TEXT("note"));
	struct entry entry;

	if (log || todo || note)
		check_links(j, e);
	if (!e->key.n) {
		findings_add(j->out, FINDING_WRONG, j->path, (unsigned)e->line + 1, 1,
			     "a value without a key; write one in front of it");
	} else if (log) {
		entry_parse_log(e->key, e->value, k, &entry);
		check_dated(j, e, &entry, true);
	} else if (todo) {
		entry_parse_todo(e->key, e->value, &entry);
		check_dated(j, e, &entry, false);
	}
}

static struct text section_name(struct text line)
{
	size_t open = text_find(line, '[');

	if (open < line.n)
		line = text_part(line, open + 1, line.n);
	return text_trim(text_part(line, 0, text_find(line, ']')));
}

/* known ends with NULL. */
static bool is_among(struct text name, const char *const *known)
{
	while (*known && !text_same(name, text_of(*known)))
		known++;
	return *known != NULL;
}

static void check_sections(const struct doc *d, const char *const *known, const char *path,
			   struct findings *out)
{
	for (size_t i = 0; i < d->n_lines; i++) {
		struct text name;
		if (d->lines[i].kind != DOC_SECTION)
			continue;
		name = section_name(d->lines[i].text);
		if (!is_among(name, known))
			findings_add(out, FINDING_DOUBTFUL, path, (unsigned)i + 1, 1,
				     "[%.*s] is no section kith knows; it is kept and not used",
				     TEXT_FMT(name));
	}
}

void check_fields(const struct contact *c, const char *path, const struct kinds *k,
		  struct date today, struct claims *claims, struct findings *out)
{
	static const char *const sections[] = { "contact", "log", "todo", NULL };
	struct judge j = { .path = path, .today = today, .claims = claims, .out = out };
	struct contact_field field;
	size_t at = 0;

	j.seen = mem_alloc(n_fields * sizeof *j.seen);
	if (!contact_get(c, TEXT("name")).n)
		findings_add(out, FINDING_DOUBTFUL, path, 1, 1,
			     "no name, so the id stands in; add 'name = '");
	check_sections(&c->doc, sections, path, out);
	while (contact_next(c, TEXT_NONE, &at, &field))
		check_key(&j, &field);
	for (size_t i = 0; i < c->doc.n_entries; i++)
		check_entry(&j, c, i, k);
	mem_free(j.seen);
}

/* ---- settings ---- */

static const char *const config_sections[] = { "book", "every", "event", "kinds", "history",
					       NULL };

/* What is wrong with the setting, or NULL. */
static const char *setting_fault(const struct doc *d, size_t i)
{
	const struct doc_entry *e = &d->entries[i];
	struct cadence cadence;
	struct text text;
	struct date date;

	if (doc_in(d, i, TEXT("book")))
		return text_same(e->key, TEXT("me")) ? NULL : "[book] knows only 'me'";
	if (doc_in(d, i, TEXT("every")))
		return cadence_parse(e->value, &cadence) ? NULL :
		       "no cadence; write 2w, 3m, 1y, or 3w..2m for ideal and limit";
	if (doc_in(d, i, TEXT("event")))
		return config_parse_event(e->value, &date, &text) ? NULL :
		       "no event; write the date first, as in 2026-04-18 Spring fair";
	if (!doc_in(d, i, TEXT("history")))
		return NULL;
	if (!text_same(e->key, TEXT("commit")))
		return "[history] knows only 'commit'";
	return text_same(e->value, TEXT("yes")) || text_same(e->value, TEXT("no")) ? NULL :
	       "neither yes nor no";
}

static void check_setting(const struct doc *d, size_t i, struct claims *claims,
			  struct findings *out)
{
	const struct doc_entry *e = &d->entries[i];
	const char *fault = setting_fault(d, i);
	unsigned line = (unsigned)e->line + 1;

	if (fault)
		findings_add(out, FINDING_WRONG, BOOK_CONFIG, line, e->col, "%.*s: %s",
			     TEXT_FMT(e->key), fault);
	else if (doc_in(d, i, TEXT("book")) && e->value.n)
		claims_refer(claims, e->value, BOOK_CONFIG, line, e->col);
	else if (doc_in(d, i, TEXT("contact")))
		findings_add(out, FINDING_DOUBTFUL, BOOK_CONFIG, line, 1,
			     "'%.*s' is no setting kith knows", TEXT_FMT(e->key));
}

void check_config(struct text bytes, struct claims *claims, struct findings *out)
{
	struct doc d;

	doc_read(&d, bytes);
	check_sections(&d, config_sections, BOOK_CONFIG, out);
	check_lines(&d, BOOK_CONFIG, out);
	for (size_t i = 0; i < d.n_entries; i++)
		check_setting(&d, i, claims, out);
	doc_release(&d);
}
