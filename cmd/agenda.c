#include "cmd/agenda.h"

#include "base/buf.h"
#include "cmd/circle.h"

int agenda_by(struct app *app, const char *typed, struct date *out)
{
	struct fault f = FAULT_INIT;

	if (typed && date_read(text_of(typed), app->today, out, &f) < 0)
		return app_usage(app, "%s", f.msg);
	if (!date_is_whole(*out))
		return app_usage(app, "'%s' is no whole date; write it as 2026-11-18", typed);
	return 0;
}

struct agenda_line *agenda_add(struct agenda *a)
{
	struct agenda_line *line = vec_more(&a->lines);

	*line = (struct agenda_line){ .style = STYLE_PLAIN };
	return line;
}

struct text agenda_keep(struct agenda *a, struct buf *b)
{
	struct text kept = { arena_copy(&a->texts, buf_text(b)), b->n };

	buf_release(b);
	return kept;
}

struct text agenda_day(struct agenda *a, struct date date)
{
	static const char *const names[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	struct buf b = BUF_INIT;

	date_format(date, &b);
	if (date_is_whole(date))
		buf_add_fmt(&b, " %s", names[date_weekday(date)]);
	return agenda_keep(a, &b);
}

void agenda_ask(const struct person *p, struct buf *text)
{
	if (p->door == DOOR_ASK)
		buf_add_str(text, " (ask first)");
}

/* ---- who is due ---- */

/* "3w", or "3w..2m" where the limit is not twice that. */
static void say_cadence(const struct cadence *every, struct buf *out)
{
	const struct period ideal = every->ideal, limit = every->limit;

	buf_add_fmt(out, "%d%c", ideal.n, ideal.unit);
	if (limit.unit != ideal.unit || limit.n != 2 * ideal.n)
		buf_add_fmt(out, "..%d%c", limit.n, limit.unit);
}

/* "due 3 days ago", "due in a week"; beyond the limit "overdue by 5 weeks". */
static void say_since(const struct due *due, struct date today, struct buf *out)
{
	struct buf ago = BUF_INIT;
	const struct text past = TEXT(" ago");

	date_format_ago(due->ideal, today, &ago);
	struct text how_long = buf_text(&ago);
	if (date_days(due->limit) <= date_days(today) && text_ends(how_long, past))
		buf_add_fmt(out, ", overdue by %.*s",
			    TEXT_FMT(text_part(how_long, 0, how_long.n - past.n)));
	else if (how_long.n)
		buf_add_fmt(out, ", due %.*s", TEXT_FMT(how_long));
	buf_release(&ago);
}

static struct text ago(struct agenda *a, struct date then, struct date today)
{
	struct buf b = BUF_INIT;

	if (date_is_none(then))
		return TEXT("never in touch");
	buf_add_str(&b, date_cmp(then, today) ? "" : "in touch ");
	date_format_ago(then, today, &b);
	return agenda_keep(a, &b);
}

/* In whose log the last encounter stands: their own, or another's; NULL where none may be named. */
static const struct person *last_in(const struct person *p)
{
	const struct person *in = p->n_met ? p->met[p->n_met - 1].in : p;

	return in == p || in->door != DOOR_CLOSED ? in : NULL;
}

/* Kind and text of the last entry; of one in another's log, in whose. */
static struct text last_said(struct agenda *a, const struct person *p)
{
	const struct person *in = last_in(p);
	struct buf b = BUF_INIT;

	if (in == p)
		buf_add_text(&b, p->s.last_kind);
	else if (in)
		buf_add_fmt(&b, "with %.*s", TEXT_FMT(in->s.name));
	if (in == p && p->s.last_text.n)
		buf_add_fmt(&b, ": %.*s", TEXT_FMT(p->s.last_text));
	return agenda_keep(a, &b);
}

void agenda_add_due(struct agenda *a, const struct due *due, struct date today, bool below)
{
	const struct person *p = due->person;
	struct agenda_line *line = agenda_add(a);
	struct buf text = BUF_INIT;

	buf_add_str(&text, "every ");
	say_cadence(&p->every, &text);
	say_since(due, today, &text);
	agenda_ask(p, &text);
	line->cells[0] = p->s.name;
	line->styles[0] = STYLE_NAME;
	line->cells[1] = ago(a, due->last, today);
	line->text = agenda_keep(a, &text);
	line->style = due->over ? STYLE_WARN : STYLE_LABEL;
	if (below)
		line->below = last_said(a, p);
}

json_t *due_json(const struct due *due)
{
	const struct person *p = due->person, *in = last_in(p);
	bool own = in == p && p->n_met;
	json_t *json = person_json(p);
	struct buf every = BUF_INIT;

	say_cadence(&p->every, &every);
	json_object_set_new(json, "door", json_string(door_name(p->door)));
	json_object_set_new(json, "last", date_json(due->last));
	json_object_set_new(json, "every", out_json_text(buf_text(&every)));
	json_object_set_new(json, "due", date_json(due->ideal));
	json_object_set_new(json, "limit", date_json(due->limit));
	json_object_set_new(json, "over", json_boolean(due->over));
	json_object_set_new(json, "kind", own ? out_json_text(p->s.last_kind) : json_null());
	json_object_set_new(json, "text", own ? out_json_text(p->s.last_text) : json_null());
	json_object_set_new(json, "with", in && in != p ? person_json(in) : json_null());
	buf_release(&every);
	return json;
}

/* ---- dates ahead ---- */

void agenda_add_ahead(struct agenda *a, const struct ahead *ahead)
{
	struct agenda_line *line = agenda_add(a);
	struct buf text = BUF_INIT;

	buf_add_text(&text, ahead->day->label);
	if (ahead->date.day != ahead->day->date.day)
		buf_add_str(&text, " (29 February)");
	if (ahead->years)
		buf_add_fmt(&text, ", %d year%s", ahead->years, ahead->years == 1 ? "" : "s");
	agenda_ask(ahead->person, &text);
	line->cells[0] = agenda_day(a, ahead->date);
	line->cells[1] = ahead->person->s.name;
	line->styles[1] = STYLE_NAME;
	line->text = agenda_keep(a, &text);
}

json_t *ahead_json(const struct ahead *ahead)
{
	json_t *json = person_json(ahead->person);

	json_object_set_new(json, "date", date_json(ahead->date));
	json_object_set_new(json, "label", out_json_text(ahead->day->label));
	json_object_set_new(json, "since", date_json(ahead->day->date));
	json_object_set_new(json, "years",
			    ahead->years ? json_integer(ahead->years) : json_null());
	return json;
}

/* ---- printing ---- */

enum { GAP = 2, WIDEST = 24, PAPER = 80 };

struct layout {
	size_t indent, columns; /* of the paper */
	size_t widths[2];
	size_t text;            /* where it begins; 0: on a line of its own */
};

static struct layout lay_out(const struct out *o, const struct agenda *a, size_t indent)
{
	enum { NARROWEST = 20 }; /* less room than this is none for a text */
	struct layout l = { .indent = indent, .columns = o->columns ? (size_t)o->columns : PAPER };
	size_t most = l.columns / 2 < WIDEST ? l.columns / 2 : WIDEST;

	for (size_t i = 0; i < a->lines.n; i++)
		for (size_t k = 0; k < 2; k++) {
			size_t w = out_width(a->lines.at[i].cells[k]);
			if (w > l.widths[k])
				l.widths[k] = w < most ? w : most;
		}
	size_t at = indent + l.widths[0] + GAP + l.widths[1] + GAP;
	l.text = at + NARROWEST <= l.columns ? at : 0;
	return l;
}

static void print_styled(struct out *o, enum out_style style, struct text t, size_t width)
{
	if (style)
		out_style(o, style);
	out_cell(o, t, width);
	if (style)
		out_style(o, STYLE_PLAIN);
}

static void print_text(struct out *o, const struct layout *l, const struct agenda_line *line)
{
	size_t at = l->text ? l->text : l->indent + GAP;

	if (l->text)
		out_str(o, "  ");
	else
		out_fmt(o, "\n%*s", (int)at, "");
	if (line->style)
		out_style(o, line->style);
	out_wrapped(o, line->text, at, at);
	if (line->style)
		out_style(o, STYLE_PLAIN);
}

static void print_line(struct out *o, const struct layout *l, const struct agenda_line *line)
{
	bool beside = line->text.n && l->text;

	out_fmt(o, "%*s", (int)l->indent, "");
	print_styled(o, line->styles[0], line->cells[0], l->widths[0]);
	out_str(o, "  ");
	print_styled(o, line->styles[1], line->cells[1], beside ? l->widths[1] : 0);
	if (line->text.n)
		print_text(o, l, line);
	out_str(o, "\n");
	if (!line->below.n)
		return;
	size_t at = l->indent + GAP;
	out_fmt(o, "%*s", (int)at, "");
	size_t room = l->columns > at ? l->columns - at : 1;
	bool fits = out_width(line->below) <= room;
	print_styled(o, STYLE_DIM, line->below, fits ? 0 : room);
	out_str(o, "\n");
}

void agenda_print(struct out *o, struct agenda *a, size_t indent)
{
	struct layout l = lay_out(o, a, indent);

	for (size_t i = 0; i < a->lines.n; i++)
		print_line(o, &l, &a->lines.at[i]);
	vec_release(&a->lines);
	arena_release(&a->texts);
}
