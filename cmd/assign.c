#include "cmd/assign.h"

#include "base/buf.h"
#include "base/fault.h"
#include "base/mem.h"
#include "base/vec.h"
#include "contact/cadence.h"
#include "contact/contact.h"
#include "contact/door.h"
#include "contact/field.h"

/* The length of the key in front of "=", "+=" or "-="; 0 when the word is none. */
static size_t key_length(struct text word, enum assign_op *op)
{
	size_t eq = text_find(word, '=');

	if (eq == word.n || eq == 0)
		return 0;
	for (size_t i = 0; i < eq; i++)
		if (char_is_space(word.at[i]))
			return 0;
	char before = word.at[eq - 1];
	*op = before == '+' ? ASSIGN_ADD : before == '-' ? ASSIGN_TAKE : ASSIGN_SET;
	return *op == ASSIGN_SET ? eq : eq - 1;
}

bool assign_is(const char *word)
{
	enum assign_op op;

	return key_length(text_of(word), &op) > 0;
}

static int iso_date(struct text value, struct date today, bool whole, char **out, struct fault *f)
{
	struct buf b = BUF_INIT;
	struct date d;

	if (!date_parse(value, &d) && date_read(value, today, &d, f) < 0)
		return f->code = FAULT_USAGE;
	if (whole && !date_is_whole(d))
		return fault_set(f, FAULT_USAGE, "'%.*s' is no whole date; write it as 2026-11-18",
				 TEXT_FMT(value));
	date_format(d, &b);
	mem_free(*out);
	*out = buf_take(&b);
	return 0;
}

/*
 * "closed until tomorrow moving house" and "a lighthouse until friday" keep the day as an ISO date.
 * Of a list each item may have one; what is no date is left as it is.
 */
static void iso_until(struct date today, char **value)
{
	static const char until[] = "until ";
	struct text rest = text_of(*value);
	struct buf b = BUF_INIT;

	while (rest.n) {
		size_t n = 0;
		while (n < rest.n && !text_starts(text_part(rest, n, rest.n), text_of(until)))
			n++;
		n = n < rest.n ? n + sizeof until - 1 : n;
		buf_add_text(&b, text_part(rest, 0, n));
		rest = text_part(rest, n, rest.n);
		size_t comma = text_find(rest, ',');
		struct text item = text_part(rest, 0, comma), before = item;
		struct date d;
		if (n && date_cut(&item, today, &d)) {
			date_format(d, &b);
			if (item.n)
				buf_add_char(&b, ' ');
			rest = text_part(rest, before.n - item.n, rest.n);
		}
	}
	mem_free(*value);
	*value = buf_take(&b);
}

/* What program code reads must be readable; free text is the user's own affair (check looks at it).
 */
static int settle_value(const struct assign *a, char **value, struct date today, struct fault *f)
{
	const struct field *field = field_find(a->key);
	struct text text = text_trim(text_of(*value));
	struct cadence cadence;
	struct door door;

	if (!field || !text.n || a->op == ASSIGN_TAKE)
		return 0;
	switch (field->kind) {
	case FIELD_DATE:
	case FIELD_DAY:
		return iso_date(text, today, field->kind == FIELD_DAY, value, f);
	case FIELD_CADENCE:
		if (!cadence_parse(text, &cadence))
			return fault_set(
			    f, FAULT_USAGE,
			    "'%s' is no cadence; write 3w, 2m, 1y, or 3w..2m for ideal..limit",
			    *value);
		return 0;
	case FIELD_PHRASES:
		iso_until(today, value);
		return 0;
	case FIELD_DOOR:
		iso_until(today, value);
		text = text_trim(text_of(*value));
		door_parse(text, &door);
		if (door.unclear)
			return fault_set(f, FAULT_USAGE,
					 "'%s' is no door; write open, ask or closed, then "
					 "'until 2027-03-01' if it ends, then the reason",
					 *value);
		return 0;
	default:
		return 0;
	}
}

int assign_read(struct assigns *list, const char *word, struct date today, struct fault *f)
{
	struct text text = text_of(word);
	struct assign a = { 0 };
	size_t n = key_length(text, &a.op);

	if (!n)
		return fault_set(f, FAULT_USAGE, "'%s' is not KEY=VALUE, KEY+=VALUE or KEY-=VALUE",
				 word);
	a.key = text_part(text, 0, n);
	size_t value = n + (a.op == ASSIGN_SET ? 1 : 2);
	char *owned = mem_copy(text.at + value, text.n - value);
	int rc = settle_value(&a, &owned, today, f);
	if (rc < 0) {
		mem_free(owned);
		return rc;
	}
	a.value = owned;
	vec_push(list, a);
	return 0;
}

void assign_release(struct assigns *list)
{
	for (size_t i = 0; i < list->n; i++)
		mem_free((char *)list->at[i].value);
	vec_release(list);
}

int assign_apply(struct contact *c, void *ctx, struct fault *f)
{
	const struct assigns *list = ctx;
	int rc = 0;

	for (size_t i = 0; i < list->n && rc == 0; i++) {
		const struct assign *a = &list->at[i];
		struct text value = text_of(a->value);
		if (a->op == ASSIGN_SET)
			rc = contact_set(c, a->key, value, f);
		else if (a->op == ASSIGN_ADD)
			rc = contact_add(c, a->key, value, f);
		else
			rc = contact_take(c, a->key, value, f);
	}
	/* It is the command line that is wrong, not the file. */
	return rc == FAULT_INVALID ? f->code = FAULT_USAGE : rc;
}

void assign_describe(const struct assigns *list, struct buf *out)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct assign *a = &list->at[i];
		if (i)
			buf_add_str(out, ", ");
		if (a->op != ASSIGN_SET)
			buf_add_char(out, (char)a->op);
		buf_add_text(out, a->key);
		if (a->op != ASSIGN_SET)
			buf_add_fmt(out, " %s", a->value);
	}
}
