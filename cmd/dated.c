#include "cmd/dated.h"

#include "base/buf.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "contact/contact.h"
#include "contact/field.h"
#include "history/dating.h"

/* As wide as "2024-05-01, 11 months ago". */
enum { WHEN_WIDTH = 25, MOST_LABEL = 24 };

void dated_day(const struct dated *d, struct buf *out)
{
	if (d->how == DATED_NEW)
		buf_add_str(out, "not committed yet");
	else if (d->how == DATED_BEFORE)
		buf_add_str(out, "before ");
	date_format(d->day, out);
}

void dated_json(const struct dated *d, json_t *object)
{
	struct buf day = BUF_INIT;

	date_format(d->day, &day);
	json_t *date = day.n ? out_json_text(buf_text(&day)) : json_null();
	bool before = d->how == DATED_BEFORE;
	json_object_set_new(object, "section", out_json_text(d->section));
	json_object_set_new(object, "key", out_json_text(d->key));
	json_object_set_new(object, "value", out_json_text(d->value));
	json_object_set_new(object, "set", before ? json_null() : date);
	if (before)
		json_object_set_new(object, "before", date);
	if (d->how == DATED_FIRST)
		json_object_set_new(object, "first", json_true());
	buf_release(&day);
}

/* ---- of one contact ---- */

static bool is_wanted(const struct dated *d, const char *key)
{
	bool field = text_equal(d->section, TEXT("contact"));

	if (key)
		return field && field_answers(d->key, text_of(key));
	if (field)
		return !text_same(d->key, TEXT("uid"));
	return !text_equal(d->section, TEXT("log")) && !text_equal(d->section, TEXT("todo"));
}

static void keep_wanted(struct datings *list, const char *key)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		if (is_wanted(&list->at[i], key))
			list->at[n++] = list->at[i];
	list->n = n;
}

/* "email.work"; a key of a section of one's own has that in front. */
static void add_label(const struct dated *d, struct buf *out)
{
	if (!text_equal(d->section, TEXT("contact"))) {
		buf_add_text(out, d->section);
		buf_add_char(out, '.');
	}
	buf_add_text(out, d->key);
}

static size_t widest_label(const struct datings *list)
{
	size_t widest = 0;

	for (size_t i = 0; i < list->n; i++) {
		struct buf label = BUF_INIT;
		add_label(&list->at[i], &label);
		size_t width = out_width(buf_text(&label));
		if (width > widest)
			widest = width < MOST_LABEL ? width : MOST_LABEL;
		buf_release(&label);
	}
	return widest;
}

static void print_line(struct app *app, const struct dated *d, size_t width)
{
	struct buf when = BUF_INIT, label = BUF_INIT;
	struct out *o = &app->out;
	size_t column = 2 + WHEN_WIDTH + 2 + width + 2;

	dated_day(d, &when);
	if (d->how == DATED_SET || d->how == DATED_FIRST) {
		buf_add_str(&when, ", ");
		date_format_ago(d->day, app->today, &when);
	}
	add_label(d, &label);
	out_str(o, "  ");
	out_cell(o, buf_text(&when), WHEN_WIDTH);
	out_str(o, "  ");
	out_style(o, STYLE_LABEL);
	out_cell(o, buf_text(&label), width);
	out_style(o, STYLE_PLAIN);
	out_str(o, "  ");
	out_wrapped(o, d->value, column, column);
	out_str(o, "\n");
	buf_release(&when);
	buf_release(&label);
}

static void print(struct app *app, const struct contact *c, const struct datings *list)
{
	struct out *o = &app->out;
	size_t width = widest_label(list);

	out_style(o, STYLE_NAME);
	out_text(o, contact_name(c));
	out_style(o, STYLE_DIM);
	out_str(o, "  ");
	out_text(o, text_of(c->path));
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
	for (size_t i = 0; i < list->n; i++)
		print_line(app, &list->at[i], width);
}

static void print_json(struct app *app, const struct contact *c, const struct datings *list)
{
	json_t *object = contact_json_bare(c->id, c->path), *values = json_array();

	json_object_set_new(object, "name", out_json_text(contact_name(c)));
	for (size_t i = 0; i < list->n; i++) {
		json_t *value = json_object();
		dated_json(&list->at[i], value);
		json_array_append_new(values, value);
	}
	json_object_set_new(object, "values", values);
	out_json(&app->out, object);
}

int dated_show(struct app *app, const struct contact *c, const char *key)
{
	struct fault f = FAULT_INIT;
	struct datings list = DATINGS_INIT;

	int rc = app_open_past(app);
	if (rc)
		return rc;
	datings_of(c, &list);
	keep_wanted(&list, key);
	rc = list.n ? EXIT_DONE : EXIT_NO;
	if (dating_of(app->past, c, &list, &f) < 0)
		rc = app_fault(app, &f);
	else if (app->json)
		print_json(app, c, &list);
	else if (list.n)
		print(app, c, &list);
	datings_release(&list);
	return rc;
}
