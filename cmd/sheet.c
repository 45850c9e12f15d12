#include "cmd/sheet.h"

#include "base/buf.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/known.h"
#include "contact/promise.h"

enum { FEW = 5 }; /* as much is shown of anything */

size_t sheet_room(const struct sheet *sheet, size_t n)
{
	return sheet->all || n <= FEW ? n : FEW;
}

/* With a comma between thousands. */
static void say_number(size_t n, struct buf *out)
{
	if (n >= 1000) {
		say_number(n / 1000, out);
		buf_add_fmt(out, ",%03zu", n % 1000);
	} else {
		buf_add_fmt(out, "%zu", n);
	}
}

void sheet_more(const struct sheet *sheet, size_t n, size_t shown)
{
	struct out *o = &sheet->app->out;
	struct buf left = BUF_INIT;

	if (n == shown)
		return;
	say_number(n - shown, &left);
	out_style(o, STYLE_DIM);
	out_fmt(o, "  and %s more\n", left.at);
	out_style(o, STYLE_PLAIN);
	buf_release(&left);
}

/* As much of it as fits, to the end of a word where there is one. */
static struct text front_of(struct text t, size_t columns)
{
	struct text front = text_fit(t, columns);
	size_t n = front.n;

	while (n && !char_is_space(front.at[n - 1]))
		n--;
	return n ? text_trim(text_part(front, 0, n)) : front;
}

void sheet_text(const struct sheet *sheet, struct text t, size_t at, size_t indent)
{
	enum { NARROWEST = 12 };
	struct out *o = &sheet->app->out;
	size_t columns = (size_t)o->columns, room = NARROWEST;
	struct buf shown = BUF_INIT;

	if (columns > indent + NARROWEST)
		room = columns - indent;
	if (!sheet->all && out_width(t) > FEW * room) {
		buf_add_text(&shown, front_of(t, (FEW - 1) * room));
		buf_add_str(&shown, " …");
		t = buf_text(&shown);
	}
	out_wrapped(o, t, at, indent);
	out_str(o, "\n");
	buf_release(&shown);
}

void sheet_say_what(const struct person *p, struct buf *out)
{
	buf_add_text(out, p->s.title);
	buf_add_str(out, p->s.title.n && p->s.org.n ? ", " : "");
	buf_add_text(out, p->s.org);
}

void sheet_say_where(const struct encounter *met, struct buf *out)
{
	date_format(met->date, out);
	if (met->entry->event.n)
		buf_add_fmt(out, " @%.*s", TEXT_FMT(met->entry->event));
}

/* ---- lines ---- */

void sheet_promise(const struct sheet *sheet, const struct summary_promise *p, struct text who)
{
	enum { TEXT_COLUMN = 14 };
	struct out *o = &sheet->app->out;
	struct buf date = BUF_INIT, text = BUF_INIT;

	date_format(p->date, &date);
	out_str(o, "  ");
	out_style(o, promise_is_late(p->date, sheet->app->today) ? STYLE_WARN : STYLE_PLAIN);
	out_cell(o, buf_text(&date), 10);
	out_style(o, STYLE_PLAIN);
	out_str(o, "  ");
	if (who.n)
		buf_add_fmt(&text, "%.*s: ", TEXT_FMT(who));
	buf_add_str(&text, p->they ? "they: " : "you: ");
	buf_add_text(&text, p->text);
	sheet_text(sheet, buf_text(&text), TEXT_COLUMN, TEXT_COLUMN);
	buf_release(&date);
	buf_release(&text);
}

static void say_debt(const struct debt *debt, struct buf *out)
{
	if (!date_is_none(debt->date)) {
		buf_add_str(out, "since ");
		date_format(debt->date, out);
		buf_add_str(out, debt->promised ? ", thanks are promised: " : ": ");
	}
	known_say_debt(debt, out);
}

void sheet_debt(const struct sheet *sheet, const struct debt *debt, struct text who)
{
	struct buf text = BUF_INIT;

	if (who.n)
		buf_add_fmt(&text, "%.*s ", TEXT_FMT(who));
	say_debt(debt, &text);
	out_str(&sheet->app->out, "  ");
	sheet_text(sheet, buf_text(&text), 2, 4);
	buf_release(&text);
}

/* ---- as JSON ---- */

void sheet_add_debt(json_t *json, const struct debt *debt)
{
	json_t *sent = json_array();

	for (size_t i = 0; i < debt->sent.n; i++)
		json_array_append_new(sent, person_json(debt->sent.at[i]));
	json_object_set_new(json, "since", date_json(debt->date));
	json_object_set_new(json, "sent", sent);
	json_object_set_new(json, "promised", json_boolean(debt->promised));
}
