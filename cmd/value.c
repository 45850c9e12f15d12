#include "cmd/value.h"

#include "base/buf.h"
#include "cmd/cmd.h"
#include "contact/contact.h"
#include "contact/field.h"

static void add_all(const struct contact *c, struct text key, struct buf *out)
{
	struct contact_field field;
	bool first = true;
	size_t at = 0;

	while (contact_next(c, key, &at, &field)) {
		if (!first)
			buf_add_str(out, ", ");
		buf_add_text(out, field.value);
		first = false;
	}
}

static void add_first(const struct contact *c, struct text key, struct buf *out)
{
	struct contact_field field;
	struct text value = TEXT_NONE;
	bool found = false;
	size_t at = 0;

	while (contact_next(c, key, &at, &field)) {
		bool preferred = text_same(field.label, TEXT("pref"));
		if (!found || preferred)
			value = field.value;
		found = true;
		if (preferred)
			break;
	}
	buf_add_text(out, value);
}

void value_of(const struct app *app, const struct contact *c, const char *path, struct text id,
	      struct text key, struct buf *out)
{
	if (text_same(key, TEXT("id")))
		buf_add_text(out, id);
	else if (text_same(key, TEXT("path")))
		buf_add_str(out, path);
	else if (text_same(key, TEXT("file")))
		app_file(app, path, out);
	else if (text_same(key, TEXT("name")))
		buf_add_text(out, c ? contact_name(c) : id);
	else if (!c)
		return;
	else if (text_same(key, TEXT("last")))
		date_format(contact_last(c, &app->book.config.kinds, app->today), out);
	else if (text_ends(key, TEXT("*")))
		add_all(c, text_part(key, 0, key.n - 1), out);
	else if (field_holds_items(field_find(key)))
		add_all(c, key, out);
	else
		add_first(c, key, out);
}

static char escaped(char c)
{
	switch (c) {
	case 't': return '\t';
	case 'n': return '\n';
	case '0': return '\0';
	default: return c;
	}
}

void value_format(const struct app *app, const struct contact *c, const char *path, struct text id,
		  struct text format, struct buf *out)
{
	for (size_t i = 0; i < format.n; i++) {
		char ch = format.at[i];
		if (ch == '\\' && i + 1 < format.n) {
			buf_add_char(out, escaped(format.at[++i]));
			continue;
		}
		struct text rest = text_part(format, i + 1, format.n);
		size_t end = ch == '{' ? text_find(rest, '}') : rest.n;
		if (end == rest.n) {
			buf_add_char(out, ch);
			continue;
		}
		size_t from = out->n;
		value_of(app, c, path, id, text_part(rest, 0, end), out);
		for (size_t k = from; k < out->n; k++)
			if (out->at[k] == '\n' || out->at[k] == '\t')
				out->at[k] = ' '; /* or no reader could tell where a value ends */
		i += end + 1;
	}
}
