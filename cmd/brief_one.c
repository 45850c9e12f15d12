#include "cmd/brief_one.h"

#include "base/buf.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/known.h"
#include "cmd/pair.h"
#include "cmd/sheet.h"
#include "contact/contact.h"
#include "network/ahead.h"
#include "network/brief.h"
#include "network/due.h"
#include "network/thanks.h"
#include "network/tie.h"

enum { AHEAD_DAYS = 30 };

struct page {
	struct app *app;
	struct sheet sheet;
	const struct network *net;
	const struct person *who;
	struct ties ties;
	const struct debt *debt; /* to this person, or NULL */
	struct debts debts;
	struct aheads aheads;    /* of everybody */
	struct brief_sents sent;
	struct matcher *matcher; /* of the person and you */
	struct match_pairs fits;
};

/* ---- who it is, and how you met ---- */

static void print_fact(const struct page *page, const char *label, const struct buf *text)
{
	enum { TEXT_COLUMN = 11 };
	struct out *o = &page->app->out;

	if (!text->n)
		return;
	out_str(o, "  ");
	out_style(o, STYLE_LABEL);
	out_cell(o, text_of(label), TEXT_COLUMN - 2);
	out_style(o, STYLE_PLAIN);
	sheet_text(&page->sheet, buf_text(text), TEXT_COLUMN, TEXT_COLUMN);
}

/* It is what one must know first. */
static void print_door(struct app *app, const struct person *p)
{
	struct buf line = BUF_INIT;

	if (p->door == DOOR_OPEN)
		return;
	buf_add_str(&line, p->door == DOOR_ASK ? "ASK FIRST" : "THE DOOR IS CLOSED");
	if (!date_is_none(p->s.door.until)) {
		buf_add_str(&line, " until ");
		date_format(p->s.door.until, &line);
	}
	if (p->s.door.reason.n)
		buf_add_fmt(&line, ": %.*s", TEXT_FMT(p->s.door.reason));
	out_str(&app->out, "  ");
	out_style(&app->out, STYLE_WARN);
	out_wrapped(&app->out, buf_text(&line), 2, 4);
	out_style(&app->out, STYLE_PLAIN);
	out_str(&app->out, "\n");
	buf_release(&line);
}

static void print_top(const struct page *page)
{
	struct app *app = page->app;
	const struct person *p = page->who;
	struct buf what = BUF_INIT;

	sheet_say_what(p, &what);
	out_style(&app->out, STYLE_NAME);
	out_text(&app->out, p->s.name);
	out_style(&app->out, STYLE_PLAIN);
	out_str(&app->out, what.n ? "  " : "");
	out_wrapped(&app->out, buf_text(&what), 2 + out_width(p->s.name), 4);
	out_str(&app->out, "\n");
	print_door(app, p);
	buf_release(&what);
}

/* When, where and how it began. */
static void say_first(const struct page *page, struct buf *out)
{
	struct person then = *page->who;
	size_t n;

	if (!then.n_met)
		return;
	sheet_say_where(&then.met[0], out);
	then.n_met = 1;
	struct known_log *log = known_log_read(page->app, &then, 1);
	const struct known_entry *first = known_log_entries(log, &n);
	if (n && first->entry.text.n)
		buf_add_fmt(out, ": %.*s", TEXT_FMT(first->entry.text));
	known_log_free(log);
}

static void add_name(struct text name, struct buf *out)
{
	buf_add_str(out, out->n ? ", " : "");
	buf_add_text(out, name);
}

static void say_through(const struct page *page, struct buf *out)
{
	const struct person *p = page->who;
	size_t n;

	for (size_t i = 0; i < p->s.via.n; i++) {
		const struct person *via = network_find(page->net, p->s.via.at[i]);
		add_name(via ? via->s.name : p->s.via.at[i], out);
	}
	for (const struct tie *const *t = ties_of(&page->ties, p, &n); n--; t++)
		if (!p->s.via.n && (*t)->to == p && (*t)->kind == TIE_SENT)
			add_name((*t)->from->s.name, out);
}

/* Does the page's person say so? */
static bool knows(const struct page *page, const struct person *other)
{
	for (size_t i = 0; i < page->who->s.knows.n; i++)
		if (network_find(page->net, page->who->s.knows.at[i].id) == other)
			return true;
	return false;
}

/* Husbands, sisters, friends; those who say it of this person too. */
static void say_known(const struct page *page, struct buf *out)
{
	const struct person *p = page->who;
	size_t n;

	for (size_t i = 0; i < p->s.knows.n; i++) {
		const struct summary_tie *tie = &p->s.knows.at[i];
		const struct person *other = network_find(page->net, tie->id);
		add_name(!other ? tie->id : other->me ? TEXT("you") : other->s.name, out);
		if (tie->label.n)
			buf_add_fmt(out, " (%.*s)", TEXT_FMT(tie->label));
	}
	for (const struct tie *const *t = ties_of(&page->ties, p, &n); n--; t++)
		if ((*t)->to == p && (*t)->kind == TIE_KNOWS && !knows(page, (*t)->from))
			add_name((*t)->from->s.name, out);
}

static void say_cadence(const struct page *page, struct buf *out)
{
	const struct person *p = page->who;
	struct due due;

	if (!p->every.ideal.n || p->door == DOOR_CLOSED)
		return;
	buf_add_fmt(out, "%d%c; ", p->every.ideal.n, p->every.ideal.unit);
	bool now = due_of(p, page->app->today, &due);
	if (date_cmp(p->s.snooze, page->app->today) > 0) {
		buf_add_str(out, "snoozed until ");
		date_format(p->s.snooze, out);
	} else if (date_is_none(due.ideal)) {
		buf_add_str(out, "due");
	} else {
		buf_add_str(out, !now ? "due from " : due.over ? "overdue since " : "due since ");
		date_format(due.over ? due.limit : due.ideal, out);
	}
}

static void say_phrases(const struct summary_phrase *phrases, size_t n, struct date today,
			struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (!match_is_good(&phrases[i], today))
			continue;
		add_name(phrases[i].phrase, out);
		if (!date_is_none(phrases[i].until)) {
			buf_add_str(out, " until ");
			date_format(phrases[i].until, out);
		}
	}
}

static void say_met(const struct page *page, struct buf *out)
{
	if (page->who->me)
		return;
	known_say_met(page->who, page->app->today, out);
	if (page->who->n_met)
		buf_add_fmt(out, "; %s", warmth_name(person_warmth(page->who)));
}

static void say_needs(const struct page *page, struct buf *out)
{
	say_phrases(page->who->s.needs.at, page->who->s.needs.n, page->app->today, out);
}

static void say_offers(const struct page *page, struct buf *out)
{
	say_phrases(page->who->s.offers.at, page->who->s.offers.n, page->app->today, out);
}

static void print_facts(const struct page *page)
{
	static const struct {
		const char *label;
		void (*say)(const struct page *page, struct buf *out);
	} facts[] = {
		{ "met", say_first },	  { "through", say_through }, { "so far", say_met },
		{ "every", say_cadence }, { "knows", say_known },     { "needs", say_needs },
		{ "offers", say_offers },
	};

	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		struct buf text = BUF_INIT;
		facts[i].say(page, &text);
		print_fact(page, facts[i].label, &text);
		buf_release(&text);
	}
}

/* ---- what is open ---- */

static void print_promises(const struct page *page)
{
	const struct person *p = page->who;
	size_t n = sheet_room(&page->sheet, p->s.todo.n);

	if (n)
		out_heading(&page->app->out, "Promised");
	for (size_t i = 0; i < n; i++)
		sheet_promise(&page->sheet, &p->s.todo.at[i], TEXT_NONE);
	sheet_more(&page->sheet, p->s.todo.n, n);
}

static void print_debt(const struct page *page)
{
	if (!page->debt)
		return;
	out_heading(&page->app->out, "You owe thanks");
	sheet_debt(&page->sheet, page->debt, TEXT_NONE);
}

/* ---- what was ---- */

static void print_entry(const struct page *page, const struct known_entry *e)
{
	enum { KIND_COLUMNS = 8, TEXT_COLUMN = 14 };
	struct out *o = &page->app->out;
	struct buf date = BUF_INIT, text = BUF_INIT;

	date_format(e->met.date, &date);
	if (e->entry.leads)
		buf_add_fmt(&text, "@%.*s ", TEXT_FMT(e->entry.event));
	buf_add_text(&text, e->entry.text);
	out_str(o, "  ");
	out_cell(o, buf_text(&date), 10);
	out_str(o, "  ");
	out_style(o, STYLE_LABEL);
	out_cell(o, e->entry.kind, KIND_COLUMNS);
	out_style(o, STYLE_PLAIN);
	sheet_text(&page->sheet, buf_text(&text), TEXT_COLUMN + KIND_COLUMNS, TEXT_COLUMN);
	buf_release(&date);
	buf_release(&text);
}

static void print_log(const struct page *page)
{
	const struct person *p = page->who;
	size_t n, room = sheet_room(&page->sheet, p->n_met);

	if (!room)
		return;
	struct known_log *log = known_log_read(page->app, p, room);
	const struct known_entry *entries = known_log_entries(log, &n);
	out_heading(&page->app->out, "Last");
	while (n)
		print_entry(page, &entries[--n]);
	sheet_more(&page->sheet, p->n_met, room);
	known_log_free(log);
}

static void print_sent(const struct page *page)
{
	size_t n = sheet_room(&page->sheet, page->sent.list.n);

	if (n)
		out_heading(&page->app->out, "Sent you");
	for (size_t i = 0; i < n; i++) {
		const struct brief_sent *sent = &page->sent.list.at[i];
		struct buf line = BUF_INIT;
		add_name(sent->who->s.name, &line);
		if (!date_is_none(sent->date)) {
			buf_add_str(&line, ", ");
			date_format(sent->date, &line);
		}
		buf_add_str(&line, ": ");
		if (sent->outcome != DEED_NOTE) {
			buf_add_str(&line, sent->outcome == DEED_WON ? "won " : "lost ");
			date_format(sent->since, &line);
			buf_add_str(&line, "; ");
		}
		known_say_met(sent->who, page->app->today, &line);
		out_str(&page->app->out, "  ");
		out_wrapped(&page->app->out, buf_text(&line), 2, 4);
		out_str(&page->app->out, "\n");
		buf_release(&line);
	}
	sheet_more(&page->sheet, page->sent.list.n, n);
}

/* ---- what else ---- */

static void print_fits(const struct page *page)
{
	struct pairing by = { page->net, page->matcher, &page->ties };
	size_t n = sheet_room(&page->sheet, page->fits.list.n);

	if (n)
		out_heading(&page->app->out, "Fits you");
	for (size_t i = 0; i < n; i++)
		pair_print(page->app, &by, &page->fits.list.at[i], 2);
	sheet_more(&page->sheet, page->fits.list.n, n);
}

static void print_ahead(const struct page *page, const struct ahead *ahead)
{
	struct buf line = BUF_INIT;

	date_say(ahead->date, page->app->today, &line);
	buf_add_fmt(&line, ": %.*s", TEXT_FMT(ahead->day->label));
	if (ahead->years)
		buf_add_fmt(&line, " (%d)", ahead->years);
	out_str(&page->app->out, "  ");
	out_wrapped(&page->app->out, buf_text(&line), 2, 4);
	out_str(&page->app->out, "\n");
	buf_release(&line);
}

static void print_aheads(const struct page *page)
{
	bool any = false;

	for (size_t i = 0; i < page->aheads.list.n; i++) {
		if (page->aheads.list.at[i].person != page->who)
			continue;
		if (!any)
			out_heading(&page->app->out, "Dates");
		any = true;
		print_ahead(page, &page->aheads.list.at[i]);
	}
}

static void print_notes(const struct page *page)
{
	struct contact_field field;
	struct fault f = FAULT_INIT;
	struct contact c;
	size_t lines = 0, shown = 0;

	if (book_load(&page->app->book, page->who->s.path, &c, NULL, &f) < 0)
		return; /* it was there when the book was read */
	for (size_t at = 0; contact_next(&c, TEXT("note"), &at, &field);) {
		struct text rest = field.value, line;
		while (text_cut_line(&rest, &line)) {
			lines += line.n > 0;
			if (!line.n || sheet_room(&page->sheet, lines) < lines)
				continue;
			if (!shown++)
				out_heading(&page->app->out, "Notes");
			out_str(&page->app->out, "  ");
			sheet_text(&page->sheet, line, 2, 2);
		}
	}
	sheet_more(&page->sheet, lines, shown);
	contact_release(&c);
}

static void print(const struct page *page)
{
	print_top(page);
	print_facts(page);
	print_promises(page);
	print_debt(page);
	print_log(page);
	print_sent(page);
	print_fits(page);
	print_aheads(page);
	print_notes(page);
}

/* ---- as JSON ---- */

static json_t *phrases_json(const struct summary_phrase *phrases, size_t n, struct date today)
{
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++) {
		if (!match_is_good(&phrases[i], today))
			continue;
		json_t *one = json_object();
		json_object_set_new(one, "value", out_json_text(phrases[i].phrase));
		if (!date_is_none(phrases[i].until))
			json_object_set_new(one, "until", date_json(phrases[i].until));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *due_json(const struct page *page)
{
	struct due due;
	json_t *json;

	if (!page->who->every.ideal.n)
		return json_null();
	bool now = due_of(page->who, page->app->today, &due);
	json = json_object();
	json_object_set_new(json, "due", json_boolean(now));
	json_object_set_new(json, "ideal", date_json(due.ideal));
	json_object_set_new(json, "limit", date_json(due.limit));
	return json;
}

static json_t *sent_json(const struct page *page)
{
	json_t *list = json_array();

	for (size_t i = 0; i < page->sent.list.n; i++) {
		const struct brief_sent *sent = &page->sent.list.at[i];
		json_t *one = person_json(sent->who);
		json_object_set_new(one, "date", date_json(sent->date));
		json_object_set_new(one, "outcome",
				    sent->outcome == DEED_WON	 ? json_string("won")
				    : sent->outcome == DEED_LOST ? json_string("lost")
								 : json_null());
		json_object_set_new(one, "since", date_json(sent->since));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *fits_json(const struct page *page)
{
	struct pairing by = { page->net, page->matcher, &page->ties };
	json_t *list = json_array();

	for (size_t i = 0; i < page->fits.list.n; i++)
		json_array_append_new(list, pair_json(&by, &page->fits.list.at[i]));
	return list;
}

static json_t *aheads_json(const struct page *page)
{
	json_t *list = json_array();

	for (size_t i = 0; i < page->aheads.list.n; i++) {
		const struct ahead *ahead = &page->aheads.list.at[i];
		if (ahead->person != page->who)
			continue;
		json_t *one = json_object();
		json_object_set_new(one, "date", date_json(ahead->date));
		json_object_set_new(one, "label", out_json_text(ahead->day->label));
		json_object_set_new(one, "years", ahead->years ? json_integer(ahead->years)
							       : json_null());
		json_array_append_new(list, one);
	}
	return list;
}

static void print_json(const struct page *page)
{
	const struct person *p = page->who;
	struct date today = page->app->today;
	json_t *json = known_json(page->app, page->net, p), *thanks = json_null();

	json_object_set_new(json, "title", out_json_text(p->s.title));
	json_object_set_new(json, "org", out_json_text(p->s.org));
	json_object_set_new(json, "warmth", json_string(warmth_name(person_warmth(p))));
	json_object_set_new(json, "cadence", due_json(page));
	json_object_set_new(json, "needs", phrases_json(p->s.needs.at, p->s.needs.n, today));
	json_object_set_new(json, "offers", phrases_json(p->s.offers.at, p->s.offers.n, today));
	if (page->debt)
		sheet_add_debt(thanks = json_object(), page->debt);
	json_object_set_new(json, "thanks", thanks);
	json_object_set_new(json, "sent", sent_json(page));
	json_object_set_new(json, "fits", fits_json(page));
	json_object_set_new(json, "dates", aheads_json(page));
	out_json(&page->app->out, json);
}

/* ---- the page ---- */

static void gather(struct page *page)
{
	struct date today = page->app->today;
	const struct person *both[] = { page->who, page->net->me };

	ties_find(&page->ties, page->net);
	debts_find(&page->debts, page->net, &page->ties);
	for (size_t i = 0; i < page->debts.list.n; i++)
		if (page->debts.list.at[i].to == page->who)
			page->debt = &page->debts.list.at[i];
	aheads_find(&page->aheads, page->net, today,
		    date_from_days(date_days(today) + AHEAD_DAYS));
	brief_find_sent(&page->ties, page->who, &page->sent);
	page->matcher = matcher_new(page->net, both, page->net->me ? 2 : 1);
	matcher_find(page->matcher, page->who, &page->fits);
}

void brief_one(struct app *app, const struct network *net, const struct person *p, bool all)
{
	struct page page = { .app = app, .sheet = { app, all }, .net = net, .who = p };

	gather(&page);
	if (app->json)
		print_json(&page);
	else
		print(&page);
	match_pairs_release(&page.fits);
	matcher_free(page.matcher);
	vec_release(&page.sent.list);
	aheads_release(&page.aheads);
	debts_release(&page.debts);
	ties_release(&page.ties);
}
