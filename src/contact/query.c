#include "contact/query.h"

#include "base/arena.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/mem.h"
#include "contact/contact.h"
#include "contact/door.h"
#include "contact/entry.h"
#include "contact/field.h"
#include "contact/lookup.h"
#include "contact/needle.h"
#include "contact/query_tree.h"

struct query {
	struct query_node *root; /* NULL: asks for nothing */
	struct date today;
	struct arena arena;
};

/* One contact being judged; on the stack of query_match, so that threads share nothing. */
struct match {
	const struct query *query;
	const struct contact *contact;
	const struct kinds *kinds;
	bool ranked;       /* find the best place, not any */
	struct buf folded; /* the value at hand */
	struct buf digits; /* its digits */
};

int query_parse(struct text text, struct date today, struct query **out, struct fault *f)
{
	struct query *q = mem_alloc(sizeof *q);
	int rc = query_tree_parse(text, today, &q->arena, &q->root, f);

	q->today = today;
	if (rc < 0)
		query_free(q);
	else
		*out = q;
	return rc;
}

void query_free(struct query *q)
{
	if (!q)
		return;
	arena_release(&q->arena);
	mem_free(q);
}

bool query_is_empty(const struct query *q)
{
	return !q->root;
}

/* ---- values ---- */

static struct text fold(struct match *m, struct text value)
{
	buf_clear(&m->folded);
	needle_fold(value, &m->folded);
	return buf_text(&m->folded);
}

static struct text digits_of(struct match *m, struct text folded)
{
	buf_clear(&m->digits);
	needle_digits(folded, &m->digits);
	return buf_text(&m->digits);
}

static bool is_needle(struct match *m, const struct needle *needle, struct text value)
{
	return text_equal(fold(m, value), needle->folded);
}

static bool has_item(struct match *m, const struct needle *needle, struct text value)
{
	struct text item;

	while (field_next_item(&value, &item))
		if (is_needle(m, needle, item))
			return true;
	return false;
}

static bool phone_passes(struct match *m, const struct query_node *n, struct text value)
{
	struct text digits = digits_of(m, fold(m, value));

	return n->test == QUERY_IS ? text_equal(digits, n->needle.digits)
				   : text_holds(digits, n->needle.digits);
}

static bool value_passes(struct match *m, const struct query_node *n, struct text value,
			 const struct field *field)
{
	if (n->test == QUERY_HAS)
		return true;
	if (field && field->kind == FIELD_PHONE && n->needle.digits.n)
		return phone_passes(m, n, value);
	if (n->test == QUERY_HOLDS)
		return needle_in(&n->needle, fold(m, value));
	return is_needle(m, &n->needle, value) ||
	       (field_holds_items(field) && has_item(m, &n->needle, value));
}

static bool text_passes(struct match *m, const struct query_node *n, struct text value)
{
	return value_passes(m, n, value, NULL);
}

/* ---- places ---- */

static bool in_keys(struct match *m, const struct query_node *n, struct text key)
{
	struct contact_field found;
	size_t at = 0;

	while (contact_next(m->contact, key, &at, &found))
		if (value_passes(m, n, found.value, field_find(found.key)))
			return true;
	return false;
}

static bool in_section(struct match *m, const struct query_node *n, struct text section)
{
	const struct doc *d = &m->contact->doc;

	for (size_t i = 0; i < d->n_entries; i++)
		if (doc_in(d, i, section) && text_passes(m, n, d->entries[i].value))
			return true;
	return false;
}

static bool in_kinds(struct match *m, const struct query_node *n)
{
	struct entry e;
	size_t at = 0;

	while (contact_next_log(m->contact, m->kinds, &at, &e, NULL))
		if (text_passes(m, n, e.kind))
			return true;
	return false;
}

static bool in_marks(struct match *m, const struct query_node *n, struct text text, enum mark kind)
{
	struct text name;
	size_t at = 0;
	int mark;

	while ((mark = entry_next_mark(text, &at, &name)))
		if (mark == (int)kind && text_passes(m, n, name))
			return true;
	return false;
}

/* As written, so that an event in front of the kind is met like all others. */
static bool in_marks_of_section(struct match *m, const struct query_node *n, struct text section,
				enum mark kind)
{
	const struct doc *d = &m->contact->doc;

	for (size_t i = 0; i < d->n_entries; i++)
		if (doc_in(d, i, section) && in_marks(m, n, d->entries[i].value, kind))
			return true;
	return false;
}

static bool in_door(struct match *m, const struct query_node *n)
{
	struct contact_field found;
	struct door door;
	size_t at = 0;

	if (n->test == QUERY_HAS)
		return contact_next(m->contact, TEXT("door"), &at, &found);
	contact_door(m->contact, m->query->today, &door);
	return text_passes(m, n, text_of(door_name(door_today(&door, m->query->today))));
}

static bool in_place(struct match *m, const struct query_node *n)
{
	switch (n->place) {
	case QUERY_IN_ID:
		return text_passes(m, n, m->contact->id);
	case QUERY_IN_PATH:
		return text_passes(m, n, text_of(m->contact->path));
	case QUERY_IN_LOG:
		return in_section(m, n, TEXT("log"));
	case QUERY_IN_TODO:
		return in_section(m, n, TEXT("todo"));
	case QUERY_IN_EVENTS: /* where they were, and where they said they would be */
		return in_marks_of_section(m, n, TEXT("log"), MARK_EVENT) ||
		       in_marks_of_section(m, n, TEXT("todo"), MARK_EVENT);
	case QUERY_IN_KINDS:
		return in_kinds(m, n);
	case QUERY_IN_DOOR:
		return in_door(m, n);
	case QUERY_IN_TAGS:
		return in_keys(m, n, TEXT("tags")) ||
		       in_marks_of_section(m, n, TEXT("log"), MARK_TAG);
	default:
		return in_keys(m, n, n->field);
	}
}

/* ---- words ---- */

enum { RANK_NONE = FIELD_UNSEARCHED };

static int rank_in_id(struct match *m, const struct needle *needle)
{
	if (!needle_in(needle, fold(m, m->contact->id)))
		return RANK_NONE;
	/* the id of a contact without a name stands in for it */
	return contact_get(m->contact, TEXT("name")).n ? FIELD_REST : FIELD_FIRST;
}

static bool entry_holds(struct match *m, const struct needle *needle, size_t entry,
			const struct field *field)
{
	struct text folded = fold(m, m->contact->doc.entries[entry].value);

	if (needle_in(needle, folded))
		return true;
	return needle->digits.n && field && field->kind == FIELD_PHONE &&
	       text_holds(digits_of(m, folded), needle->digits);
}

/* The best rank at which the contact has the word; RANK_NONE when nowhere. */
static int word_rank(struct match *m, const struct needle *needle)
{
	const struct doc *d = &m->contact->doc;
	int best = rank_in_id(m, needle), good_enough = m->ranked ? FIELD_FIRST : FIELD_REST;

	for (size_t i = 0; i < d->n_entries && best > good_enough; i++) {
		const struct field *field = NULL;
		if (doc_in(d, i, TEXT("contact")))
			field = field_find(d->entries[i].key);
		int rank = field ? (int)field->weight : FIELD_REST;
		if (rank < best && entry_holds(m, needle, i, field))
			best = rank;
	}
	return best;
}

/* ---- matching ---- */

/* The rank of a node: RANK_NONE when it does not match, 0 when words have no say in it. */
static int node_rank(struct match *m, const struct query_node *n);

static int worst_rank(struct match *m, const struct query_node *children)
{
	int worst = 0;

	for (const struct query_node *n = children; n && worst < RANK_NONE; n = n->next) {
		int rank = node_rank(m, n);
		worst = rank > worst ? rank : worst;
	}
	return worst;
}

static int best_rank(struct match *m, const struct query_node *children)
{
	int best = RANK_NONE, good_enough = m->ranked ? 0 : RANK_NONE - 1;

	for (const struct query_node *n = children; n && best > good_enough; n = n->next) {
		int rank = node_rank(m, n);
		best = rank < best ? rank : best;
	}
	return best;
}

static bool met_in_time(struct match *m, const struct query_node *n)
{
	struct date last = contact_last(m->contact, m->kinds, m->query->today);

	return !date_is_none(last) && (date_cmp(last, n->date) >= 0) == (n->kind == QUERY_SINCE);
}

static int node_rank(struct match *m, const struct query_node *n)
{
	bool holds;

	switch (n->kind) {
	case QUERY_ALL:
		return worst_rank(m, n->first);
	case QUERY_ANY:
		return best_rank(m, n->first);
	case QUERY_WORD:
		return word_rank(m, &n->needle);
	case QUERY_NOT:
		holds = node_rank(m, n->first) == RANK_NONE;
		break;
	case QUERY_VALUE:
		holds = in_place(m, n);
		break;
	default:
		holds = met_in_time(m, n);
	}
	return holds ? 0 : RANK_NONE;
}

/*
 * ---- the sieve ----
 *
 * Most contacts do not have the word at all, and one search through the whole file says so. A
 * word is within a line, so what the file does not hold no value holds; a phrase may go on over
 * a line's end, and a phone number may be written in another form.
 */

static bool may_hold(const struct needle *needle, bool phone, struct text folded)
{
	if ((phone && needle->digits.n) || text_find(needle->folded, ' ') < needle->folded.n)
		return true;
	return text_holds(folded, needle->folded);
}

static bool asks_for_phone(const struct query_node *n)
{
	const struct field *field = n->place == QUERY_IN_KEYS ? field_find(n->field) : NULL;

	return field && field->kind == FIELD_PHONE;
}

/* A kind may be there unwritten, and what the door is depends on the day. */
static bool is_written(const struct query_node *n)
{
	return n->test != QUERY_HAS && n->place != QUERY_IN_KINDS && n->place != QUERY_IN_DOOR;
}

static bool value_may_pass(const struct query_node *n, struct text folded)
{
	return !is_written(n) || may_hold(&n->needle, asks_for_phone(n), folded);
}

static bool node_may_match(const struct query_node *n, struct text folded)
{
	const struct query_node *child = n->first;

	switch (n->kind) {
	case QUERY_ALL:
		while (child && node_may_match(child, folded))
			child = child->next;
		return !child;
	case QUERY_ANY:
		while (child && !node_may_match(child, folded))
			child = child->next;
		return child;
	case QUERY_WORD:
		return may_hold(&n->needle, true, folded);
	case QUERY_VALUE:
		return value_may_pass(n, folded);
	default:
		return true;
	}
}

bool query_may_match(const struct query *q, const char *path, struct text bytes)
{
	struct buf folded = BUF_INIT;

	if (!q->root)
		return true;
	needle_fold_file(path, bytes, &folded);
	bool may = node_may_match(q->root, buf_text(&folded));
	buf_release(&folded);
	return may;
}

/* ---- the same by lookup: there a phrase is looked for word by word, and digits are known ---- */

static void narrow_needle(const struct needle *needle, bool phone, const struct lookup *l,
			  struct bits *files)
{
	struct bits dialled;

	bits_copy(&dialled, files);
	lookup_words(l, needle->folded, files);
	if (phone && needle->digits.n) {
		l->keep(l->ctx, needle->digits, &dialled);
		bits_or(files, &dialled);
	}
	bits_release(&dialled);
}

static void narrow_node(const struct query_node *n, const struct lookup *l, struct bits *files);

static void narrow_any(const struct query_node *children, const struct lookup *l,
		       struct bits *files)
{
	struct bits all, some;

	bits_copy(&all, files);
	bits_clear_range(files, 0, files->n);
	for (const struct query_node *n = children; n; n = n->next) {
		bits_copy(&some, &all);
		narrow_node(n, l, &some);
		bits_or(files, &some);
		bits_release(&some);
	}
	bits_release(&all);
}

static void narrow_node(const struct query_node *n, const struct lookup *l, struct bits *files)
{
	if (n->kind == QUERY_ALL)
		for (const struct query_node *child = n->first; child; child = child->next)
			narrow_node(child, l, files);
	else if (n->kind == QUERY_ANY)
		narrow_any(n->first, l, files);
	else if (n->kind == QUERY_WORD)
		narrow_needle(&n->needle, true, l, files);
	else if (n->kind == QUERY_VALUE && is_written(n))
		narrow_needle(&n->needle, asks_for_phone(n), l, files);
}

void query_narrow(const struct query *q, const struct lookup *l, struct bits *files)
{
	if (q->root)
		narrow_node(q->root, l, files);
}

bool query_match(const struct query *q, const struct contact *c, const struct kinds *k, int *rank)
{
	struct match m = { .query = q, .contact = c, .kinds = k, .ranked = rank != NULL,
			   .folded = BUF_INIT, .digits = BUF_INIT };
	int found = q->root ? node_rank(&m, q->root) : 0;

	buf_release(&m.folded);
	buf_release(&m.digits);
	if (found == RANK_NONE)
		return false;
	if (rank)
		*rank = found;
	return true;
}
