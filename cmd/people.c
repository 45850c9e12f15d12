#include "cmd/people.h"

#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "contact/contact.h"

void people_add(struct people *p, const char *path)
{
	for (size_t i = 0; i < p->list.n; i++)
		if (!strcmp(p->list.at[i], path))
			return;
	vec_push(&p->list, path);
}

bool people_is_one(struct app *app, struct text names, const char **path)
{
	struct book_found found = { 0 };
	struct fault f = FAULT_INIT;
	bool one = text_find(names, ',') < names.n &&
		   book_resolve(&app->book, names, &found, &f) == 0 &&
		   found.at[0].match <= MATCH_NAME;

	if (one)
		*path = found.at[0].path;
	book_found_release(&found);
	return one;
}

int people_read(struct app *app, const char *names, struct people *out)
{
	struct text rest = text_of(names), name;
	const char *path;

	if (people_is_one(app, rest, &path)) {
		people_add(out, path);
		return 0;
	}
	while (text_cut(&rest, ',', &name)) {
		name = text_trim(name);
		if (!name.n)
			return app_usage(app, "a name is missing in '%s'; quote names with blanks: "
					 "'ana ruiz, tom'", names);
		int rc = app_resolve(app, name, &path);
		if (rc)
			return rc;
		people_add(out, path);
	}
	return out->list.n ? 0 : app_usage(app, "who is meant?");
}

void people_release(struct people *p)
{
	vec_release(&p->list);
}

void people_doubt_date(struct app *app, struct date date)
{
	if (date_cmp(date, app->today) > 0)
		app_say(app, "kith %s: the date is in the future; 'kith todo' is for what is to "
			"come", app->cmd->name);
}

/* ---- writing ---- */

int people_check(struct app *app, const struct people *people)
{
	for (size_t i = 0; i < people->list.n; i++) {
		const char *path = people->list.at[i];
		struct fault f = FAULT_INIT;
		struct contact c;
		if (book_load(&app->book, path, &c, NULL, &f) == 0) {
			if (contact_editable(&c, &f) < 0)
				fault_at(&f, path, 0, 0);
			contact_release(&c);
		}
		if (f.code)
			return app_fault(app, &f);
	}
	return 0;
}

struct share {
	const struct addition *a;
	struct text value; /* with the links */
};

/* Does the log have this very line? */
static bool is_logged(const struct contact *c, struct date date, struct text value)
{
	struct entry e;

	for (size_t at = 0; contact_next_log(c, KINDS_BUILT_IN, &at, &e, NULL);)
		if (!date_cmp(e.date, date) && text_equal(c->doc.entries[at - 1].value, value))
			return true;
	return false;
}

static int add_share(struct contact *c, void *ctx, struct fault *f)
{
	const struct share *s = ctx;
	const struct addition *a = s->a;

	if (a->once && is_logged(c, a->date, s->value))
		return 0;
	int rc = contact_add_log(c, a->date, s->value, f);

	if (!rc && a->via.n && !text_same(a->via, c->id) && !contact_get(c, TEXT("via")).n)
		rc = contact_set(c, TEXT("via"), a->via, f);
	if (!rc && !date_is_none(a->next))
		rc = contact_add_todo(c, a->next, a->promise, f);
	return rc;
}

static void describe(const struct addition *a, struct buf *out)
{
	buf_add_str(out, "log ");
	date_format(a->date, out);
	if (date_is_none(a->next))
		return;
	buf_add_str(out, ", todo ");
	date_format(a->next, out);
}

int people_write(struct app *app, const struct people *people, const struct addition *a)
{
	struct buf what = BUF_INIT;
	VEC(struct text) ids = VEC_INIT;
	size_t n = people->list.n, done = 0;
	int rc = 0;

	describe(a, &what);
	for (size_t i = 0; i < n; i++)
		vec_push(&ids, contact_id_of(people->list.at[i]));
	while (!rc && done < n) {
		struct buf value = BUF_INIT;
		entry_link(a->value, ids.at, n, done, &value);
		struct share share = { a, buf_text(&value) };
		rc = app_change(app, people->list.at[done], add_share, &share, what.at);
		buf_release(&value);
		done += !rc;
	}
	if (rc && done)
		app_say(app, "kith %s: written for %zu of %zu only", app->cmd->name, done, n);
	vec_release(&ids);
	buf_release(&what);
	return rc;
}
