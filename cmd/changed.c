#include "cmd/changed.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "book/book.h"
#include "cmd/out.h"
#include "contact/contact.h"
#include "contact/moves.h"
#include "history/past.h"
#include "history/past_version.h"

/* ---- gathering ---- */

struct contact *changed_version(const char *path, struct buf *bytes)
{
	struct contact *c = mem_alloc(sizeof *c);
	size_t n = bytes->n;

	contact_read(c, path, buf_take(bytes), n);
	return c;
}

void changed_forget(struct contact *version)
{
	if (version)
		contact_release(version);
	mem_free(version);
}

void changed_add(struct changed_list *list, struct contact *before, struct contact *after)
{
	struct changed one = { before, after, CHANGES_INIT };

	vec_push(list, one);
}

static int read_version(struct past *p, const char *blob, const char *path, struct contact **out,
			struct fault *f)
{
	if (!blob)
		return 0;
	*out = mem_alloc(sizeof **out);
	return past_version_read(p, blob, path, *out, f);
}

int changed_read(struct changed_list *list, struct past *p, const struct past_file *file,
		 struct fault *f)
{
	struct contact *before = NULL, *after = NULL;
	int rc = read_version(p, file->before, file->path, &before, f);

	if (!rc)
		rc = read_version(p, file->after, file->path, &after, f);
	if (!rc) {
		changed_add(list, before, after);
	} else {
		changed_forget(before);
		changed_forget(after);
	}
	return rc;
}

static void release_one(struct changed *c)
{
	changed_forget(c->before);
	changed_forget(c->after);
	changes_release(&c->changes);
}

void changed_release(struct changed_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		release_one(&list->at[i]);
	vec_release(list);
}

/* ---- who got another path ---- */

static void join_renamed(struct changed_list *list)
{
	struct move *moves = mem_alloc(list->n * sizeof *moves);

	for (size_t i = 0; i < list->n; i++) {
		const struct changed *c = &list->at[i];
		if (!c->after)
			moves[i].gone = c->before;
		if (!c->before)
			moves[i].made = c->after;
	}
	moves_find(moves, list->n);
	for (size_t i = 0; i < list->n; i++) {
		if (!moves[i].gone || moves[i].other == MOVE_NONE)
			continue;
		struct changed *now = &list->at[moves[i].other];
		list->at[i].after = now->after;
		now->after = NULL;
	}
	mem_free(moves);
}

/* ---- comparing ---- */

static bool is_renamed(const struct changed *c)
{
	return c->before && c->after && strcmp(c->before->path, c->after->path) != 0;
}

/* Nothing there, neither then nor now; or the same. */
static bool is_nothing(const struct changed *c)
{
	if (!c->before || !c->after)
		return !c->before && !c->after;
	return !is_renamed(c) && text_equal(contact_bytes(c->before), contact_bytes(c->after));
}

static bool is_text(const struct contact *c)
{
	return !c || c->damage != CONTACT_NOT_TEXT;
}

static bool is_comparable(const struct changed *c)
{
	return is_text(c->before) && is_text(c->after);
}

const char *changed_path(const struct changed *c)
{
	return c->after ? c->after->path : c->before->path;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(changed_path(a), changed_path(b));
}

void changed_compare(struct changed_list *list)
{
	size_t n = 0;

	join_renamed(list);
	for (size_t i = 0; i < list->n; i++) {
		struct changed *c = &list->at[i];
		if (is_nothing(c)) {
			release_one(c);
			continue;
		}
		if (is_comparable(c))
			changes_between(c->before, c->after, &c->changes);
		list->at[n++] = *c;
	}
	list->n = n;
	if (n)
		qsort(list->at, n, sizeof *list->at, by_path);
}

/* ---- one change as text ---- */

enum { NAME_WIDEST = 24, LINE_COLUMNS = 80 /* where the terminal does not say */ };

/* Where the values of a list stand: a column, and whether the line there is begun. */
struct place {
	struct out *o;
	size_t at;
	bool below;
};

static void begin_line(struct place *p)
{
	if (p->below) {
		out_str(p->o, "\n");
		out_fmt(p->o, "%*s", (int)p->at, "");
	}
	p->below = true;
}

static void print_line(struct place *p, char sign, struct text line)
{
	begin_line(p);
	out_style(p->o, sign == '+' ? STYLE_ADDED : STYLE_REMOVED);
	out_fmt(p->o, line.n ? "%c " : "%c", sign);
	out_wrapped(p->o, line, p->at + 2, p->at + 2);
	out_style(p->o, STYLE_PLAIN);
}

static void print_dim(struct place *p, const char *words)
{
	begin_line(p);
	out_style(p->o, STYLE_DIM);
	out_str(p->o, words);
	out_style(p->o, STYLE_PLAIN);
}

/* None at all when it is used up (text_cut). */
static void print_lines(struct place *p, char sign, struct text lines)
{
	struct text line;

	while (text_cut(&lines, '\n', &line))
		print_line(p, sign, line);
}

/* A value as a whole; the empty one is seen too. */
static void print_value(struct place *p, char sign, struct text value)
{
	if (value.n)
		print_lines(p, sign, value);
	else
		print_line(p, sign, TEXT("(empty)"));
}

typedef bool (*cut_line)(struct text *rest, struct text *line);

static bool cut_first(struct text *rest, struct text *line)
{
	return text_cut(rest, '\n', line);
}

/* text_cut from behind. */
static bool cut_last(struct text *rest, struct text *line)
{
	size_t from = rest->n;

	if (!rest->at)
		return false;
	while (from > 0 && rest->at[from - 1] != '\n')
		from--;
	*line = text_part(*rest, from, rest->n);
	*rest = from ? text_part(*rest, 0, from - 1) : (struct text){ NULL, 0 };
	return true;
}

/* Take the lines off, at one end, that both have. */
static bool cut_same(struct text *a, struct text *b, cut_line cut)
{
	struct text rest_a = *a, rest_b = *b, line_a, line_b;
	bool any = false;

	while (cut(&rest_a, &line_a) && cut(&rest_b, &line_b) && text_equal(line_a, line_b)) {
		*a = rest_a;
		*b = rest_b;
		any = true;
	}
	return any;
}

static bool has_lines(struct text t)
{
	return text_find(t, '\n') < t.n;
}

/* "old -> new" stands on one line, unless that is too long, or one of them has an arrow itself. */
static bool fits_one_line(const struct place *p, const struct change *c)
{
	size_t columns = p->o->columns ? (size_t)p->o->columns : LINE_COLUMNS;

	return c->before.n && c->after.n && !has_lines(c->before) && !has_lines(c->after) &&
	       !text_holds(c->before, TEXT("->")) && !text_holds(c->after, TEXT("->")) &&
	       p->at + out_width(c->before) + 4 + out_width(c->after) <= columns;
}

static void print_beside(struct place *p, const struct change *c)
{
	out_style(p->o, STYLE_REMOVED);
	out_text(p->o, c->before);
	out_style(p->o, STYLE_PLAIN);
	out_str(p->o, " -> ");
	out_style(p->o, STYLE_ADDED);
	out_text(p->o, c->after);
	out_style(p->o, STYLE_PLAIN);
}

/* Of a value of several lines those that differ. */
static void print_set(struct place *p, const struct change *c)
{
	struct text before = c->before, after = c->after;

	if (fits_one_line(p, c)) {
		print_beside(p, c);
	} else if (!before.n || !after.n || (!has_lines(before) && !has_lines(after))) {
		print_value(p, '-', before);
		print_value(p, '+', after);
	} else {
		bool front = cut_same(&before, &after, cut_first);
		bool end = cut_same(&before, &after, cut_last);
		if (front)
			print_dim(p, "...");
		print_lines(p, '-', before);
		print_lines(p, '+', after);
		if (end)
			print_dim(p, "...");
	}
}

static void print_change(struct out *o, const struct change *c, size_t indent, size_t width)
{
	struct buf name = BUF_INIT;

	change_name(c, &name);
	size_t w = out_width(buf_text(&name));
	size_t pad = w < width ? width - w : 0;
	out_fmt(o, "%*s", (int)indent, "");
	out_style(o, STYLE_LABEL);
	out_text(o, buf_text(&name));
	out_style(o, STYLE_PLAIN);
	out_fmt(o, "%*s", (int)pad + 2, "");
	struct place p = { o, indent + w + pad + 2, false };
	if (c->kind == CHANGE_SET)
		print_set(&p, c);
	else if (c->kind == CHANGE_ADDED)
		print_value(&p, '+', c->after);
	else
		print_value(&p, '-', c->before);
	out_str(o, "\n");
	buf_release(&name);
}

/* ---- all of a contact ---- */

static void print_dim_after(struct out *o, const char *what, struct text value)
{
	out_style(o, STYLE_DIM);
	out_str(o, what);
	out_text(o, value);
	out_style(o, STYLE_PLAIN);
}

static bool is_settings(const struct contact *c)
{
	return !strcmp(c->path, BOOK_CONFIG);
}

void changed_heading(struct out *o, const struct changed *c, size_t indent)
{
	const struct contact *there = c->after ? c->after : c->before;

	out_fmt(o, "%*s", (int)indent, "");
	out_style(o, STYLE_NAME);
	out_text(o, is_settings(there) ? text_of(there->path) : there->id);
	out_style(o, STYLE_PLAIN);
	if (!c->before)
		print_dim_after(o, "  new", TEXT_NONE);
	else if (!c->after)
		print_dim_after(o, "  removed", TEXT_NONE);
	else if (is_renamed(c) && !text_equal(c->before->id, c->after->id))
		print_dim_after(o, "  renamed from ", c->before->id);
	else if (is_renamed(c))
		print_dim_after(o, "  moved from ", text_of(c->before->path));
	out_str(o, "\n");
}

/* As wide as the widest name, within bounds. */
static size_t name_width(const struct changes *list)
{
	size_t widest = 0;

	for (size_t i = 0; i < list->n && widest < NAME_WIDEST; i++) {
		struct buf name = BUF_INIT;
		change_name(&list->at[i], &name);
		size_t w = out_width(buf_text(&name));
		widest = w > widest ? w : widest;
		buf_release(&name);
	}
	return widest < NAME_WIDEST ? widest : NAME_WIDEST;
}

static void print_note(struct out *o, size_t indent, enum out_style style, const char *words)
{
	out_fmt(o, "%*s", (int)indent, "");
	out_style(o, style);
	out_str(o, words);
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
}

void changed_print(struct out *o, const struct changed *c, size_t indent)
{
	size_t width = name_width(&c->changes);

	if (!is_comparable(c))
		print_note(o, indent, STYLE_WARN, "not text: what differs cannot be told");
	else if (c->after && c->after->damage == CONTACT_CONFLICTED)
		print_note(o, indent, STYLE_WARN, "a conflict in it is not resolved");
	for (size_t i = 0; i < c->changes.n; i++)
		print_change(o, &c->changes.at[i], indent, width);
	if (c->changes.layout)
		print_note(o, indent, STYLE_DIM, "only comments, spacing or order");
}

/* ---- JSON ---- */

static void set_text(json_t *object, const char *key, struct text value)
{
	json_object_set_new(object, key, out_json_text(value));
}

static json_t *change_json(const struct change *c)
{
	static const char *const kinds[] = { [CHANGE_ADDED] = "added",
					     [CHANGE_REMOVED] = "removed",
					     [CHANGE_SET] = "set" };
	json_t *object = json_object();

	set_text(object, "section", c->section);
	set_text(object, "key", c->key);
	json_object_set_new(object, "kind", json_string(kinds[c->kind]));
	if (c->kind != CHANGE_ADDED)
		set_text(object, "before", c->before);
	if (c->kind != CHANGE_REMOVED)
		set_text(object, "after", c->after);
	return object;
}

static const char *kind_of(const struct changed *c)
{
	if (!c->before)
		return "added";
	if (!c->after)
		return "removed";
	if (is_renamed(c))
		return "renamed";
	return c->changes.layout ? "layout" : "changed";
}

json_t *changed_json(const struct changed *c)
{
	const struct contact *there = c->after ? c->after : c->before;
	json_t *object = json_object(), *changes = json_array();

	json_object_set_new(object, "id", is_settings(there) ? json_null()
							     : out_json_text(there->id));
	set_text(object, "path", text_of(there->path));
	if (is_renamed(c))
		set_text(object, "was", text_of(c->before->path));
	json_object_set_new(object, "kind", json_string(kind_of(c)));
	for (size_t i = 0; i < c->changes.n; i++)
		json_array_append_new(changes, change_json(&c->changes.at[i]));
	json_object_set_new(object, "changes", changes);
	return object;
}
