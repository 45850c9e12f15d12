#include "cmd/brief_many.h"

#include "base/bits.h"
#include "base/buf.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/pair.h"
#include "cmd/sheet.h"
#include "network/thanks.h"
#include "network/tie.h"

enum { MOST_PAIRS = 1000 }; /* more of them nobody reads */

struct page {
	struct app *app;
	struct sheet sheet;
	const struct network *net;
	const struct event *event;
	struct brief brief;
	struct ties ties;
	struct debts debts; /* of those on the page alone */
};

static const struct {
	const char *title, *key;
} groups[] = {
	[BRIEF_CLOSED] = { "Leave in peace", "closed" },
	[BRIEF_STRANGERS] = { "Know them again", "strangers" },
	[BRIEF_QUIET] = { "Gone quiet", "quiet" },
	[BRIEF_WELL] = { "You know well", "well" },
	[BRIEF_NEW] = { "Not met yet", "new" },
};

/* ---- the event ---- */

static void print_plan(struct app *app, const struct event *event)
{
	const struct event_plan *plan = NULL;
	struct date next = event_next(event, app->today, &plan);
	struct buf line = BUF_INIT;

	if (date_is_none(next))
		return;
	date_say(next, app->today, &line);
	if (plan && plan->text.n)
		buf_add_fmt(&line, ": %.*s", TEXT_FMT(plan->text));
	out_str(&app->out, "  ");
	out_wrapped(&app->out, buf_text(&line), 2, 4);
	out_str(&app->out, "\n");
	buf_release(&line);
}

static void print_days(const struct page *page)
{
	const struct event *event = page->event;
	struct buf line = BUF_INIT;
	size_t first = event->n_days - sheet_room(&page->sheet, event->n_days);

	for (size_t i = event->n_days; i > first; i--) {
		buf_add_str(&line, i == event->n_days ? "so far: " : ", ");
		date_format(event->days[i - 1].date, &line);
	}
	if (first)
		buf_add_fmt(&line, ", and %zu more", first);
	if (line.n) {
		out_str(&page->app->out, "  ");
		out_wrapped(&page->app->out, buf_text(&line), 2, 4);
		out_str(&page->app->out, "\n");
	}
	buf_release(&line);
}

static void print_top(const struct page *page, size_t n)
{
	struct app *app = page->app;

	if (page->event) {
		out_style(&app->out, STYLE_NAME);
		out_str(&app->out, "@");
		out_text(&app->out, page->event->slug);
		out_style(&app->out, STYLE_PLAIN);
		out_str(&app->out, "\n");
		print_plan(app, page->event);
		print_days(page);
		out_str(&app->out, "  ");
	}
	if (n)
		out_fmt(&app->out, n == 1 ? "%zu person\n" : "%zu people\n", n);
	else
		out_str(&app->out, "nobody was there, or is promised for it\n");
}

/* ---- people ---- */

/* The door first, if one has to ask; what is closed has a group of its own. */
static void say_what(const struct person *p, struct buf *out)
{
	if (p->door == DOOR_ASK)
		buf_add_str(out, p->s.title.n || p->s.org.n ? "(ask first) " : "(ask first)");
	sheet_say_what(p, out);
}

/* Where and when you met, so that you can say so. */
static void print_stranger(const struct page *page, const struct person *p)
{
	struct out *o = &page->app->out;
	const struct encounter *last = &p->met[p->n_met - 1];
	struct buf what = BUF_INIT, met = BUF_INIT;

	say_what(p, &what);
	out_str(o, "  ");
	out_style(o, STYLE_NAME);
	out_text(o, p->s.name);
	out_style(o, STYLE_PLAIN);
	out_str(o, what.n ? "  " : "");
	out_wrapped(o, buf_text(&what), 4 + out_width(p->s.name), 4);
	buf_add_fmt(&met, p->n_met == 1 ? "once, " : "%zu times, first ", p->n_met);
	sheet_say_where(&p->met[0], &met);
	if (p->n_met > 1) {
		buf_add_str(&met, ", last ");
		sheet_say_where(last, &met);
	}
	if (last->in == p && p->s.last_text.n)
		buf_add_fmt(&met, ": %.*s", TEXT_FMT(p->s.last_text));
	out_str(o, "\n    ");
	sheet_text(&page->sheet, buf_text(&met), 4, 4);
	buf_release(&what);
	buf_release(&met);
}

static size_t name_width(const struct brief_people *people, size_t n)
{
	enum { WIDEST = 24 };
	size_t width = 0;

	for (size_t i = 0; i < n; i++) {
		size_t w = out_width(people->list.at[i]->s.name);
		width = w > width ? w : width;
	}
	return width < WIDEST ? width : WIDEST;
}

/* One line: the name, when you met last, and what they are as far as there is room. */
static void print_row(struct app *app, const struct person *p, size_t width)
{
	enum { NARROWEST = 8, BESIDES = 16 };
	struct out *o = &app->out;
	struct buf last = BUF_INIT, what = BUF_INIT;
	size_t columns = (size_t)o->columns;

	date_format(person_last(p), &last);
	say_what(p, &what);
	out_str(o, "  ");
	out_style(o, STYLE_NAME);
	out_cell(o, p->s.name, width);
	out_style(o, STYLE_PLAIN);
	if (p->n_met) {
		out_str(o, "  ");
		out_cell(o, buf_text(&last), what.n ? 10 : 0);
	}
	size_t used = p->n_met ? width + BESIDES : width + 4;
	size_t room = columns > used ? columns - used : 0;
	if (what.n && room >= NARROWEST) {
		out_str(o, "  ");
		out_cell(o, buf_text(&what), out_width(buf_text(&what)) > room ? room : 0);
	}
	out_str(o, "\n");
	buf_release(&last);
	buf_release(&what);
}

static void print_closed(struct app *app, const struct person *p)
{
	struct buf line = BUF_INIT;

	if (!date_is_none(p->s.door.until)) {
		buf_add_str(&line, ", until ");
		date_format(p->s.door.until, &line);
	}
	if (p->s.door.reason.n)
		buf_add_fmt(&line, ": %.*s", TEXT_FMT(p->s.door.reason));
	out_str(&app->out, "  ");
	out_style(&app->out, STYLE_WARN);
	out_text(&app->out, p->s.name);
	out_wrapped(&app->out, buf_text(&line), 2 + out_width(p->s.name), 4);
	out_style(&app->out, STYLE_PLAIN);
	out_str(&app->out, "\n");
	buf_release(&line);
}

static void print_group(const struct page *page, enum brief_group group)
{
	const struct brief_people *people = &page->brief.groups[group];
	size_t n = sheet_room(&page->sheet, people->list.n), width = name_width(people, n);

	if (n)
		out_heading(&page->app->out, groups[group].title);
	for (size_t i = 0; i < n; i++) {
		const struct person *p = people->list.at[i];
		if (group == BRIEF_CLOSED)
			print_closed(page->app, p);
		else if (group == BRIEF_STRANGERS)
			print_stranger(page, p);
		else
			print_row(page->app, p, width);
	}
	sheet_more(&page->sheet, people->list.n, n);
}

/* ---- what is between you and them, and among them ---- */

static void print_promises(const struct page *page)
{
	size_t n = sheet_room(&page->sheet, page->brief.promises.n);

	if (n)
		out_heading(&page->app->out, "Promised");
	for (size_t i = 0; i < n; i++) {
		const struct brief_promise *p = &page->brief.promises.at[i];
		sheet_promise(&page->sheet, p->promise, p->person->s.name);
	}
	sheet_more(&page->sheet, page->brief.promises.n, n);
}

static void print_debts(const struct page *page)
{
	size_t n = sheet_room(&page->sheet, page->debts.list.n);

	if (n)
		out_heading(&page->app->out, "You owe thanks");
	for (size_t i = 0; i < n; i++)
		sheet_debt(&page->sheet, &page->debts.list.at[i],
			   page->debts.list.at[i].to->s.name);
	sheet_more(&page->sheet, page->debts.list.n, n);
}

static void print_pairs(const struct page *page, const char *title, const struct match_pairs *pairs)
{
	struct pairing by = { page->net, page->brief.matcher, &page->ties };
	size_t n = sheet_room(&page->sheet, pairs->list.n);

	if (n)
		out_heading(&page->app->out, title);
	for (size_t i = 0; i < n; i++)
		pair_print(page->app, &by, &pairs->list.at[i], 2);
	sheet_more(&page->sheet, pairs->list.n, n);
}

static void print(const struct page *page, size_t n)
{
	print_top(page, n);
	print_group(page, BRIEF_CLOSED);
	print_promises(page);
	print_debts(page);
	print_group(page, BRIEF_STRANGERS);
	print_group(page, BRIEF_QUIET);
	print_pairs(page, "Fits you", &page->brief.fits);
	print_pairs(page, "Should meet", &page->brief.meet);
	print_group(page, BRIEF_WELL);
	print_group(page, BRIEF_NEW);
}

/* ---- as JSON ---- */

static json_t *event_json(const struct event *event)
{
	json_t *json = json_object(), *plans = json_array(), *days = json_array();

	for (size_t i = 0; i < event->plans.n; i++) {
		json_t *plan = json_object();
		json_object_set_new(plan, "date", date_json(event->plans.at[i].date));
		json_object_set_new(plan, "text", out_json_text(event->plans.at[i].text));
		json_array_append_new(plans, plan);
	}
	for (size_t i = 0; i < event->n_days; i++)
		json_array_append_new(days, date_json(event->days[i].date));
	json_object_set_new(json, "event", out_json_text(event->slug));
	json_object_set_new(json, "planned", plans);
	json_object_set_new(json, "days", days);
	return json;
}

static json_t *encounter_json(const struct encounter *met)
{
	json_t *json = json_object();

	json_object_set_new(json, "date", date_json(met->date));
	json_object_set_new(json, "event", met->entry->event.n ? out_json_text(met->entry->event)
							       : json_null());
	return json;
}

static json_t *somebody_json(const struct person *p)
{
	json_t *json = person_json(p);

	json_object_set_new(json, "title", out_json_text(p->s.title));
	json_object_set_new(json, "org", out_json_text(p->s.org));
	json_object_set_new(json, "door", json_string(door_name(p->door)));
	json_object_set_new(json, "met", json_integer((json_int_t)p->n_met));
	json_object_set_new(json, "first", p->n_met ? encounter_json(&p->met[0]) : json_null());
	json_object_set_new(json, "last",
			    p->n_met ? encounter_json(&p->met[p->n_met - 1]) : json_null());
	json_object_set_new(json, "warmth", json_string(warmth_name(person_warmth(p))));
	return json;
}

static json_t *group_json(const struct brief_people *people)
{
	json_t *list = json_array();

	for (size_t i = 0; i < people->list.n; i++)
		json_array_append_new(list, somebody_json(people->list.at[i]));
	return list;
}

static json_t *promises_json(const struct brief *brief)
{
	json_t *list = json_array();

	for (size_t i = 0; i < brief->promises.n; i++) {
		json_t *one = person_json(brief->promises.at[i].person);
		promise_json(one, brief->promises.at[i].promise);
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *debts_json(const struct debts *debts)
{
	json_t *list = json_array();

	for (size_t i = 0; i < debts->list.n; i++) {
		json_t *one = person_json(debts->list.at[i].to);
		sheet_add_debt(one, &debts->list.at[i]);
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *pairs_json(const struct page *page, const struct match_pairs *pairs)
{
	struct pairing by = { page->net, page->brief.matcher, &page->ties };
	json_t *list = json_array();

	for (size_t i = 0; i < pairs->list.n; i++)
		json_array_append_new(list, pair_json(&by, &pairs->list.at[i]));
	return list;
}

static void print_json(const struct page *page)
{
	json_t *json = page->event ? event_json(page->event) : json_object();

	for (size_t i = 0; i < BRIEF_GROUPS; i++)
		json_object_set_new(json, groups[i].key, group_json(&page->brief.groups[i]));
	json_object_set_new(json, "promises", promises_json(&page->brief));
	json_object_set_new(json, "thanks", debts_json(&page->debts));
	json_object_set_new(json, "fits", pairs_json(page, &page->brief.fits));
	json_object_set_new(json, "meet", pairs_json(page, &page->brief.meet));
	out_json(&page->app->out, json);
}

/* ---- the page ---- */

/* Keep what is owed to those on the page. */
static void find_debts(struct page *page, const struct brief_people *people)
{
	struct bits here;
	size_t n = 0;

	debts_find(&page->debts, page->net, &page->ties);
	bits_init(&here, page->net->n, false);
	for (size_t i = 0; i < people->list.n; i++)
		bits_set(&here, network_index(page->net, people->list.at[i]));
	for (size_t i = 0; i < page->debts.list.n; i++) {
		struct debt debt = page->debts.list.at[i];
		if (bits_has(&here, network_index(page->net, debt.to)))
			page->debts.list.at[n++] = debt;
		else
			vec_release(&debt.sent);
	}
	page->debts.list.n = n;
	bits_release(&here);
}

void brief_many(struct app *app, const struct network *net, const struct brief_people *people,
		const struct event *event, bool all)
{
	struct page page = { .app = app, .sheet = { app, all }, .net = net, .event = event };

	ties_find(&page.ties, net);
	find_debts(&page, people);
	brief_make(&page.brief, net, &page.ties, people->list.at, people->list.n, MOST_PAIRS);
	if (app->json)
		print_json(&page);
	else
		print(&page, people->list.n);
	brief_release(&page.brief);
	debts_release(&page.debts);
	ties_release(&page.ties);
}
