#include "history/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "contact/change.h"
#include "contact/contact.h"
#include "contact/moves.h"

enum { SUBJECT = 72, LINE = 200 };

/* One line of the body: a file, or two of a contact that has another name now. */
struct piece {
	const struct message_file *was, *is; /* the same file mostly; never both NULL */
	struct buf what;
};

struct pieces {
	struct piece *at; /* owned */
	size_t n, cap;
};

static bool is_contact(const char *path)
{
	return text_ends(text_of(path), TEXT(".ini"));
}

static void read_version(struct contact *c, const char *path, struct text bytes)
{
	contact_read(c, path, mem_copy(bytes.at, bytes.n), bytes.n);
}

/* ---- a contact that got another name ---- */

static bool is_gone(const struct message_file *file)
{
	return !file->after.at && is_contact(file->path);
}

static bool is_made(const struct message_file *file)
{
	return !file->before.at && is_contact(file->path);
}

static bool any(const struct message_file *files, size_t n, bool (*is)(const struct message_file *))
{
	for (size_t i = 0; i < n; i++)
		if (is(files + i))
			return true;
	return false;
}

/* One for each file. Owned by the caller. */
static struct move *find_moves(const struct message_file *files, size_t n)
{
	struct move *moves = mem_alloc(n * sizeof *moves);
	struct contact *versions = mem_alloc(n * sizeof *versions);
	bool may_move = any(files, n, is_gone) && any(files, n, is_made);

	for (size_t i = 0; may_move && i < n; i++) {
		const struct message_file *file = files + i;
		if (is_gone(file)) {
			read_version(&versions[i], file->path, file->before);
			moves[i].gone = &versions[i];
		} else if (is_made(file)) {
			read_version(&versions[i], file->path, file->after);
			moves[i].made = &versions[i];
		}
	}
	moves_find(moves, n);
	for (size_t i = 0; i < n; i++)
		contact_release(&versions[i]);
	mem_free(versions);
	return moves;
}

/* ---- what happened to it ---- */

/* Each key that changed, once; of very many the first ones. */
static void add_names(const struct changes *list, struct buf *out)
{
	enum { MOST = 20 };
	struct buf all = BUF_INIT, name = BUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < list->n && n < MOST; i++) {
		buf_clear(&name);
		buf_add_char(&name, '\n');
		change_name(&list->at[i], &name);
		buf_add_char(&name, '\n');
		if (text_holds(buf_text(&all), buf_text(&name)))
			continue;
		buf_add_text(&all, buf_text(&name));
		buf_add_str(out, n++ ? ", " : "");
		buf_add_text(out, text_trim(buf_text(&name)));
	}
	buf_release(&all);
	buf_release(&name);
}

static void describe(const struct piece *p, bool secret, size_t columns, struct buf *out)
{
	struct changes list = CHANGES_INIT;
	struct contact before, after;

	if (!is_contact(p->is->path)) {
		buf_add_str(out, !p->was->before.at  ? "new"
				 : !p->is->after.at ? "removed"
						    : "edited");
		return;
	}
	if (!p->was->before.at || !p->is->after.at) {
		buf_add_str(out, p->is->after.at ? "new" : "removed");
		return;
	}
	read_version(&before, p->was->path, p->was->before);
	read_version(&after, p->is->path, p->is->after);
	changes_between(&before, &after, &list);
	if (secret)
		add_names(&list, out);
	else
		changes_describe(&list, columns, out);
	changes_release(&list);
	contact_release(&before);
	contact_release(&after);
}

static void add_who(const char *path, struct buf *out)
{
	text_visible(is_contact(path) ? contact_id_of(path) : text_of(path), false, out);
}

static void add_name(const struct piece *p, struct buf *out)
{
	add_who(p->was->path, out);
	if (p->was == p->is)
		return;
	bool moved = text_same(contact_id_of(p->was->path), contact_id_of(p->is->path));
	buf_add_str(out, moved ? " is now at " : " is now ");
	if (moved)
		text_visible(text_of(p->is->path), false, out);
	else
		add_who(p->is->path, out);
}

static void add_piece(const struct piece *p, struct buf *out)
{
	add_name(p, out);
	if (p->what.n) {
		buf_add_str(out, ": ");
		text_visible(buf_text(&p->what), false, out);
	}
}

/* Renames first: what else is changed follows from them. */
static int by_weight(const void *va, const void *vb)
{
	const struct piece *a = va, *b = vb;
	bool a_moves = a->was != a->is, b_moves = b->was != b->is;

	return a_moves != b_moves ? b_moves - a_moves : strcmp(a->was->path, b->was->path);
}

static void pieces_make(const struct message_file *files, size_t n, bool secret,
			struct pieces *out)
{
	struct move *moves = find_moves(files, n);

	for (size_t i = 0; i < n; i++) {
		struct piece one = { .was = files + i, .is = files + i, .what = BUF_INIT };
		if (moves[i].other != MOVE_NONE)
			one.is = files + moves[i].other;
		if (one.is == one.was || is_gone(one.was)) /* the other is told with it */
			vec_push(out, one);
	}
	mem_free(moves);
	for (size_t i = 0; i < out->n; i++)
		describe(out->at + i, secret, n == 1 ? SUBJECT : LINE, &out->at[i].what);
	qsort(out->at, out->n, sizeof *out->at, by_weight);
}

static void pieces_release(struct pieces *list)
{
	for (size_t i = 0; i < list->n; i++)
		buf_release(&list->at[i].what);
	vec_release(list);
}

/* ---- the words ---- */

static bool all_alike(const struct pieces *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].was != list->at[i].is ||
		    !text_equal(buf_text(&list->at[i].what), buf_text(&list->at[0].what)))
			return false;
	return true;
}

/* As many as fit: "a, b and 3 more", or "a: title; b: note and 3 more". */
static void add_list(const struct pieces *list, bool names, struct buf *out)
{
	struct buf one = BUF_INIT;
	size_t start = out->n, i;

	for (i = 0; i < list->n; i++) {
		buf_clear(&one);
		if (names)
			add_name(list->at + i, &one);
		else
			add_piece(list->at + i, &one);
		if (i && out->n - start + one.n > SUBJECT - 12)
			break;
		buf_add_fmt(out, "%s%s", i == 0 ? "" : names ? ", " : "; ", one.at);
	}
	if (i < list->n)
		buf_add_fmt(out, " and %zu more", list->n - i);
	buf_release(&one);
}

static void add_subject(const struct pieces *list, struct buf *out)
{
	if (!all_alike(list)) {
		add_list(list, false, out);
		return;
	}
	add_list(list, true, out);
	if (list->n && list->at[0].what.n) {
		buf_add_str(out, ": ");
		text_visible(buf_text(&list->at[0].what), false, out);
	}
}

static void add_body(const struct pieces *list, struct buf *out)
{
	for (size_t i = 0; i < list->n && list->n > 1; i++) {
		add_piece(list->at + i, out);
		buf_add_char(out, '\n');
	}
}

void message_make(const struct message *m, const struct message_file *files, size_t n,
		  struct buf *out)
{
	struct pieces list = { 0 };

	pieces_make(files, n, m->secret, &list);
	if (m->subject.n)
		text_visible(m->subject, false, out);
	else
		add_subject(&list, out);
	buf_add_str(out, "\n\n");
	add_body(&list, out);
	if (list.n > 1)
		buf_add_char(out, '\n');
	buf_add_fmt(out, "Kith: %s%s%.*s\n", m->command, m->about.n ? " " : "",
		    TEXT_FMT(m->about));
	pieces_release(&list);
}
