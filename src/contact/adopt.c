#include "contact/adopt.h"

#include "base/vec.h"
#include "contact/contact.h"
#include "contact/field.h"

struct lines {
	VEC(struct contact_field) all;
};

static struct lines lines_of(const struct contact *c, struct text key)
{
	struct lines lines = { VEC_INIT };
	struct contact_field field;

	for (size_t at = 0; contact_next(c, key, &at, &field);)
		vec_push(&lines.all, field);
	return lines;
}

static bool same_line(const struct contact_field *a, const struct contact_field *b)
{
	return field_same(a->key, b->key) && text_equal(a->value, b->value);
}

/* How many lines are the same in both from the front on? */
static size_t same_front(const struct lines *a, const struct lines *b)
{
	size_t n = 0;

	while (n < a->all.n && n < b->all.n && same_line(&a->all.at[n], &b->all.at[n]))
		n++;
	return n;
}

/* And from the end, but for the front. */
static size_t same_back(const struct lines *a, const struct lines *b, size_t front)
{
	size_t n = 0;

	while (front + n < a->all.n && front + n < b->all.n &&
	       same_line(&a->all.at[a->all.n - 1 - n], &b->all.at[b->all.n - 1 - n]))
		n++;
	return n;
}

bool adopt_differs(const struct contact *c, const struct contact *other, struct text key)
{
	struct lines mine = lines_of(c, key), theirs = lines_of(other, key);
	bool differs = mine.all.n != theirs.all.n || same_front(&mine, &theirs) < mine.all.n;

	vec_release(&mine.all);
	vec_release(&theirs.all);
	return differs;
}

/* Where the k-th line of the field stands now. An edit moves them. */
static size_t line_at(const struct contact *c, struct text key, size_t k)
{
	struct contact_field field;
	size_t at = 0;

	do
		contact_next(c, key, &at, &field);
	while (k-- > 0);
	return field.entry;
}

static int overwrite(struct contact *c, struct text key, size_t k,
		     const struct contact_field *with, struct fault *f)
{
	size_t i = line_at(c, key, k);

	if (!field_same(c->doc.entries[i].key, with->key) &&
	    doc_rename(&c->doc, i, with->key, f) < 0)
		return f->code;
	doc_set(&c->doc, line_at(c, key, k), with->value);
	return 0;
}

int adopt_field(struct contact *c, const struct contact *other, struct text key, struct fault *f)
{
	struct lines mine = lines_of(c, key), theirs = lines_of(other, key);
	size_t front = same_front(&mine, &theirs), back = same_back(&mine, &theirs, front);
	size_t n = mine.all.n - back, wanted = theirs.all.n - back, k = front;
	int rc = 0;

	for (; !rc && k < n && k < wanted; k++)
		rc = overwrite(c, key, k, &theirs.all.at[k], f);
	for (; !rc && n > wanted; n--)
		doc_remove(&c->doc, line_at(c, key, wanted));
	for (; !rc && k < wanted; k++) {
		const struct contact_field *line = &theirs.all.at[k];
		rc = back ? doc_add(&c->doc, TEXT("contact"), line->key, line->value,
				    line_at(c, key, k), f)
			  : contact_add_line(c, line->key, line->value, f);
	}
	vec_release(&mine.all);
	vec_release(&theirs.all);
	return rc;
}
