#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "book/check.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "cmd/dated.h"
#include "cmd/past_contact.h"
#include "contact/contact.h"
#include "contact/door.h"
#include "contact/field.h"
#include "contact/promise.h"

static bool raw, dates;
static const char *key, *at_rev;
static const struct opt opts[] = {
	{ "raw", 0, OPT_FLAG, &raw, NULL, "the file, byte for byte" },
	{ "key", 'k', OPT_TEXT, &key, "KEY", "only the values of this key, a line each" },
	{ "at", 0, OPT_TEXT, &at_rev, "REV", "as of a commit, or a day" },
	{ "dates", 0, OPT_FLAG, &dates, NULL, "when each value was last set" },
	OPT_END
};

enum { NARROW_LABEL = 13, WIDE_LABEL = 24, INDENT = 4, TODO_COLUMN = 16, LOG_COLUMN = 20 };

/* A value behind what fills its line up to `at`; what is too long goes on in column `indent`. */
static void out_value(struct out *o, struct text t, size_t at, size_t indent)
{
	if (text_find(t, '\n') < t.n) {
		out_str(o, "\n");
		out_lines(o, t, INDENT);
		return;
	}
	out_str(o, t.n ? " " : "");
	out_wrapped(o, t, at + 1, indent);
	out_str(o, "\n");
}

/* A label `width` columns wide, and its value behind it. */
static void line(struct out *o, size_t width, struct text label, struct text t)
{
	size_t w = out_width(label);
	bool beside = t.n && text_find(t, '\n') == t.n;

	out_str(o, "  ");
	out_style(o, STYLE_LABEL);
	out_cell(o, label, 0);
	out_style(o, STYLE_PLAIN);
	if (beside && w < width)
		out_fmt(o, "%*s", (int)(width - w), "");
	out_value(o, t, 2 + (w < width ? width : w), 3 + width);
}

static void label_of(const struct contact_field *field, struct buf *out)
{
	buf_add_text(out, field->base);
	if (field->label.n) {
		buf_add_char(out, ' ');
		buf_add_text(out, field->label);
	}
}

/* As wide as the widest label, within bounds. */
static size_t label_width(const struct contact *c)
{
	struct contact_field field;
	size_t width = NARROW_LABEL, at = 0;

	while (contact_next(c, TEXT_NONE, &at, &field)) {
		struct buf label = BUF_INIT;
		label_of(&field, &label);
		size_t w = out_width(buf_text(&label)) + 1;
		if (w > width && w <= WIDE_LABEL)
			width = w;
		buf_release(&label);
	}
	return width;
}

/* ---- parts of the page ---- */

/* The commit that it is shown as of; empty: as it is now. */
static void show_top(struct app *app, const struct contact *c, struct text commit)
{
	struct out *o = &app->out;

	out_style(o, STYLE_NAME);
	out_text(o, contact_name(c));
	out_style(o, STYLE_DIM);
	out_str(o, "  ");
	out_text(o, text_of(c->path));
	out_str(o, commit.n ? " in " : "");
	out_text(o, commit);
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
}

static bool is_shut(const struct app *app, struct text value)
{
	struct door door;

	door_parse(value, &door);
	return value.n && door_today(&door, app->today) != DOOR_OPEN;
}

/* Above all else when it is not open. */
static void show_door(struct app *app, const struct contact *c)
{
	struct contact_field door;

	for (size_t at = 0; contact_next(c, TEXT("door"), &at, &door);) {
		if (!is_shut(app, door.value))
			continue;
		out_style(&app->out, STYLE_WARN);
		out_str(&app->out, "  door: ");
		out_text(&app->out, door.value);
		out_style(&app->out, STYLE_PLAIN);
		out_str(&app->out, "\n");
	}
}

static void show_last(struct app *app, const struct contact *c)
{
	struct date last = contact_last(c, &app->book.config.kinds, app->today);
	struct buf b = BUF_INIT;

	if (date_is_none(last))
		return;
	date_say(last, app->today, &b);
	line(&app->out, label_width(c), TEXT("last contact"), buf_text(&b));
	buf_release(&b);
}

static void show_fields(struct app *app, const struct contact *c)
{
	struct contact_field field;
	bool named = false;
	size_t width = label_width(c), at = 0;

	while (contact_next(c, TEXT_NONE, &at, &field)) {
		if (!named && text_same(field.key, TEXT("name"))) {
			named = true;
			continue;
		}
		if (!field.base.n || text_same(field.key, TEXT("uid")))
			continue; /* for programs; --raw and -k uid show it */
		if (text_same(field.key, TEXT("door")) && is_shut(app, field.value))
			continue;
		struct buf label = BUF_INIT;
		label_of(&field, &label);
		line(&app->out, width, buf_text(&label), field.value);
		buf_release(&label);
	}
}

/* The date as it stands in the file, so that a bad one is seen too. */
static void show_date(struct out *o, const struct contact *c, size_t entry)
{
	out_str(o, "  ");
	out_cell(o, c->doc.entries[entry].key, 10);
	out_str(o, " ");
}

static void show_todo(struct app *app, const struct contact *c)
{
	struct out *o = &app->out;
	struct entry e;
	size_t at = 0;
	int number = 0;

	while (contact_next_todo(c, &at, &e, NULL)) {
		if (!number)
			out_heading(o, "Todo");
		out_fmt(o, "%3d", ++number);
		bool late = promise_is_late(e.date, app->today);
		if (late)
			out_style(o, STYLE_WARN);
		show_date(o, c, at - 1);
		if (late)
			out_style(o, STYLE_PLAIN);
		if (e.they)
			out_str(o, " they:");
		out_value(o, e.text, TODO_COLUMN + (e.they ? 6 : 0), TODO_COLUMN + 1);
	}
}

static void show_entry(struct out *o, const struct contact *c, size_t index, const struct entry *e)
{
	show_date(o, c, index);
	out_style(o, STYLE_LABEL);
	out_str(o, " ");
	out_cell(o, e->kind, 6);
	out_style(o, STYLE_PLAIN);
	if (e->leads) {
		out_str(o, " @");
		out_text(o, e->event);
	}
	size_t event = e->leads ? out_width(e->event) + 2 : 0;
	out_value(o, e->text, LOG_COLUMN + event, LOG_COLUMN + 1);
}

struct logged {
	struct entry entry;
	size_t index;
};

/* The newest first: it is what one wants to know before speaking again. */
static int by_newest(const void *va, const void *vb)
{
	const struct logged *a = va, *b = vb;
	int c = date_cmp(b->entry.date, a->entry.date);

	return c ? c : a->index < b->index ? 1 : -1;
}

static void show_log(struct app *app, const struct contact *c)
{
	VEC(struct logged) log = VEC_INIT;
	struct entry e;
	size_t at = 0;

	while (contact_next_log(c, &app->book.config.kinds, &at, &e, NULL)) {
		struct logged one = { e, at - 1 };
		vec_push(&log, one);
	}
	if (log.n) {
		qsort(log.at, log.n, sizeof *log.at, by_newest);
		out_heading(&app->out, "Log");
	}
	for (size_t i = 0; i < log.n; i++)
		show_entry(&app->out, c, log.at[i].index, &log.at[i].entry);
	vec_release(&log);
}

/* Sections that are the user's own. */
static void show_rest(struct app *app, const struct contact *c)
{
	struct text section = TEXT_NONE;

	for (size_t i = 0; i < c->doc.n_entries; i++) {
		const struct doc_entry *e = &c->doc.entries[i];
		if (doc_in(&c->doc, i, TEXT("contact")) || doc_in(&c->doc, i, TEXT("log")) ||
		    doc_in(&c->doc, i, TEXT("todo")))
			continue;
		if (!text_equal(section, e->section)) {
			struct buf title = BUF_INIT;
			text_visible(e->section, false, &title);
			out_heading(&app->out, title.at);
			buf_release(&title);
			section = e->section;
		}
		line(&app->out, NARROW_LABEL, e->key, e->value);
	}
}

/* ---- the command ---- */

static int show_key(struct app *app, const struct contact *c)
{
	struct contact_field field;
	size_t at = 0;
	int rc = EXIT_NO;

	while (contact_next(c, text_of(key), &at, &field)) {
		out_raw(&app->out, field.value);
		out_str(&app->out, "\n");
		rc = EXIT_DONE;
	}
	return rc;
}

static int show_json(struct app *app, const struct contact *c)
{
	enum { ID_AND_PATH = 2 };
	struct text asked = text_of(key);
	json_t *json = contact_json(c, &app->book.config.kinds, &asked, key != NULL);
	bool found = json_object_size(json) > ID_AND_PATH;

	out_json(&app->out, json);
	return found ? EXIT_DONE : EXIT_NO;
}

static int show(struct app *app, const struct contact *c, struct text commit)
{
	if (app->json)
		return show_json(app, c);
	if (raw) {
		out_raw(&app->out, contact_bytes(c));
	} else if (key) {
		return show_key(app, c);
	} else {
		show_top(app, c, commit);
		show_door(app, c);
		show_last(app, c);
		show_fields(app, c);
		show_todo(app, c);
		show_log(app, c);
		show_rest(app, c);
	}
	return EXIT_DONE;
}

static int show_now(struct app *app, int argc, char **argv)
{
	struct fault f = FAULT_INIT;
	struct contact c;
	const char *path;

	int rc = app_resolve_words(app, argc, argv, &path);
	if (rc)
		return rc;
	if (book_load(&app->book, path, &c, NULL, &f) < 0)
		return app_fault(app, &f);
	struct findings damage = FINDINGS_INIT;
	check_damage(&c, &damage);
	app_damage(app, &damage);
	findings_release(&damage);
	rc = dates ? dated_show(app, &c, key) : show(app, &c, TEXT_NONE);
	contact_release(&c);
	return rc;
}

static int show_then(struct app *app, int argc, char **argv)
{
	struct past_contact then;
	struct buf name = BUF_INIT;

	app_join(argc, argv, &name);
	int rc = past_contact_at(app, buf_text(&name), at_rev, &then);
	buf_release(&name);
	if (rc)
		return rc;
	past_contact_say_damage(app, &then);
	rc = show(app, &then.contact, past_contact_commit(&then));
	past_contact_release(&then);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	if (raw && app->json)
		return app_usage(app, "--raw is the file as it is, --json is JSON; not both");
	if (dates && (raw || at_rev))
		return app_usage(app, "--dates is about the values there are now; not with --%s",
				 raw ? "raw" : "at");
	return at_rev && argc ? show_then(app, argc, argv) : show_now(app, argc, argv);
}

const struct command cmd_show = {
	.name = "show",
	.aliases = "cat",
	.group = "recall",
	.args = "NAME",
	.summary = "show one contact: fields, promises, and the log, newest first",
	.help = "_NAME_ is an id, an e-mail address, a nick, a name, or any words that fit one\n"
		"contact (see *kith help names*).\n"
		"\n"
		"    kith show paul\n"
		"    kith show paul -k phone\n"
		"    kith show paul --raw | diff - backup/paul-novak.ini\n"
		"\n"
		"Where the book has a history, *--at* shows the contact as it was: _REV_ is a\n"
		"commit as git names it or a date (see *kith help when*), then the last commit\n"
		"of that day or before. Also who was removed since, or was called otherwise then.\n"
		"\n"
		"    kith show paul --at 2025-12-31\n"
		"    kith show paul --at HEAD~3 -k phone\n"
		"\n"
		"*--dates* tells of each value when it was last set, so that what is old stands\n"
		"out; lines of log and todo have dates of their own and are left out. What came\n"
		"into history with the whole file is as old as that, or older. See also\n"
		"*kith list --stale*.\n"
		"\n"
		"    kith show paul --dates\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "id",
	.run = run,
};
