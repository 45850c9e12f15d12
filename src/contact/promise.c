#include "contact/promise.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/vec.h"
#include "contact/contact.h"

bool promise_is_meant(const struct entry *e, int number, struct text which)
{
	long asked;
	struct buf in = BUF_INIT, piece = BUF_INIT;

	if (!which.n)
		return true;
	if (text_number(which, 1, 1000000, &asked))
		return asked == number;
	text_fold(e->text, &in);
	text_fold(which, &piece);
	bool holds = text_holds(buf_text(&in), buf_text(&piece));
	buf_release(&in);
	buf_release(&piece);
	return holds;
}

bool promise_is_late(struct date date, struct date today)
{
	struct period whole = { 1, date.day ? 'd' : date.month ? 'm' : 'y' };

	return date.year && date_days(date_add(date, whole, 1)) <= date_days(today);
}

/* What is meant: where it stands in the doc, and what is to stand in the log, a text each. */
struct meant {
	VEC(size_t) places;
	VEC(char *) values; /* owned */
	int promises;       /* how many there are in all */
	struct buf names;   /* "1 'thank Paul', 3 'thank Tom'" */
};
#define MEANT_INIT { VEC_INIT, VEC_INIT, 0, BUF_INIT }

static void release(struct meant *m)
{
	for (size_t i = 0; i < m->values.n; i++)
		mem_free(m->values.at[i]);
	vec_release(&m->places);
	vec_release(&m->values);
	buf_release(&m->names);
}

static char *log_value(const struct entry *e, struct text kind)
{
	struct buf text = BUF_INIT, value = BUF_INIT;

	buf_add_str(&text, e->they ? "done: they: " : "done: ");
	buf_add_text(&text, e->text);
	entry_format_log(TEXT_NONE, kind, buf_text(&text), &value);
	buf_release(&text);
	return buf_take(&value);
}

static int cmp_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static bool is_asked_for(const struct promise_kept *kept, int number)
{
	return !kept->only || bsearch(&number, kept->only, kept->n_only, sizeof number, cmp_number);
}

static void find_meant(const struct contact *c, const struct promise_kept *kept, struct meant *m)
{
	enum { MOST_NAMED = 10, MOST_SHOWN = 40 }; /* more than a message holds */
	struct entry e;

	for (size_t at = 0; contact_next_todo(c, &at, &e, NULL);) {
		if (!promise_is_meant(&e, ++m->promises, kept->which) ||
		    !is_asked_for(kept, m->promises))
			continue;
		if (m->places.n < MOST_NAMED)
			buf_add_fmt(&m->names, "%s%d '%.*s'", m->places.n ? ", " : "", m->promises,
				    e.text.n > MOST_SHOWN ? MOST_SHOWN : TEXT_FMT(e.text));
		vec_push(&m->places, at - 1);
		vec_push(&m->values, log_value(&e, kept->kind));
	}
}

static int check_meant(const struct meant *m, const struct promise_kept *kept, struct fault *f)
{
	if (!m->promises)
		return fault_set(f, FAULT_NOTFOUND, "nothing is promised");
	if (!m->places.n)
		return fault_set(f, FAULT_NOTFOUND,
				 "no open promise '%.*s'; 'kith todo NAME' lists them",
				 TEXT_FMT(kept->which));
	if (m->places.n > 1 && !kept->all)
		return fault_set(f, FAULT_AMBIGUOUS, "which one? %s", m->names.at);
	return 0;
}

static int move_to_log(struct contact *c, const struct meant *m, struct date date, struct fault *f)
{
	int rc = 0;

	for (size_t i = m->places.n; i-- > 0;)
		doc_remove(&c->doc, m->places.at[i]);
	for (size_t i = 0; !rc && i < m->values.n; i++)
		rc = contact_add_log(c, date, text_of(m->values.at[i]), f);
	return rc;
}

int promise_keep(struct contact *c, const struct promise_kept *kept, struct fault *f)
{
	struct meant m = MEANT_INIT;

	find_meant(c, kept, &m);
	int rc = check_meant(&m, kept, f);
	if (!rc)
		rc = move_to_log(c, &m, kept->date, f);
	release(&m);
	return rc;
}
