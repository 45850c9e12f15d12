#include "cmd/people.h"

#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "contact/contact.h"

static void add(struct people *p, const char *path)
{
	for (size_t i = 0; i < p->list.n; i++)
		if (!strcmp(p->list.at[i], path))
			return;
	vec_push(&p->list, path);
}

/* "Novak, Paul" is a name with a comma in it when somebody is called so. */
static bool is_one_name(struct app *app, struct text names, const char **path)
{
	struct book_found found = { 0 };
	struct fault f = FAULT_INIT;
	bool one =
	    book_resolve(&app->book, names, &found, &f) == 0 && found.at[0].match <= MATCH_NAME;

	if (one)
		*path = found.at[0].path;
	book_found_release(&found);
	return one;
}

int people_read(struct app *app, const char *names, struct people *out)
{
	struct text rest = text_of(names), name;
	const char *path;

	if (text_find(rest, ',') < rest.n && is_one_name(app, rest, &path)) {
		add(out, path);
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
		add(out, path);
	}
	return out->list.n ? 0 : app_usage(app, "who is meant?");
}

void people_release(struct people *p)
{
	vec_release(&p->list);
}

static bool is_linked(struct text text, struct text id)
{
	struct text name;
	size_t at = 0;
	int mark;

	while ((mark = entry_next_mark(text, &at, &name)))
		if (mark == MARK_PERSON && text_same(name, id))
			return true;
	return false;
}

void people_link(const struct people *p, size_t i, struct text text, struct buf *out)
{
	buf_add_text(out, text);
	for (size_t k = 0; k < p->list.n; k++) {
		struct text id = contact_id_of(p->list.at[k]);
		if (k != i && !is_linked(text, id))
			buf_add_fmt(out, " [[%.*s]]", TEXT_FMT(id));
	}
}
