#include "base/buf.h"
#include "base/vec.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "network/referral.h"
#include "network/thanks.h"

/* Deeper than this a tree runs out of the page: the depth is written then. */
enum { DEEPEST = 8, MOST_NAMED = 3 };

struct picture {
	struct app *app;
	const struct network *net;
	struct ties ties;
	struct referrals people;
	struct debts debts;
	const struct debt **owed; /* by place in the network; NULL: nothing */
};

static void draw(struct picture *p, struct app *app, const struct network *net)
{
	*p = (struct picture){ .app = app, .net = net };
	ties_find(&p->ties, net);
	referrals_find(&p->people, net, &p->ties);
	debts_find(&p->debts, net, &p->ties);
	p->owed = mem_alloc(net->n * sizeof *p->owed);
	for (size_t i = 0; i < p->debts.list.n; i++) {
		const struct debt *debt = &p->debts.list.at[i];
		p->owed[network_index(net, debt->to)] = debt;
	}
}

static void release(struct picture *p)
{
	mem_free(p->owed);
	debts_release(&p->debts);
	referrals_release(&p->people);
	ties_release(&p->ties);
}

static const struct debt *debt_to(const struct picture *p, const struct person *who)
{
	return who ? p->owed[network_index(p->net, who)] : NULL;
}

/* Did the entry come to this, and not only in the future? */
static bool is_outcome(const struct picture *p, const struct summary_entry *e, enum deed deed)
{
	return e->deed == deed && date_cmp(e->date, p->app->today) <= 0;
}

/* ---- in words ---- */

/* Behind what is there already. */
static void add_comma(struct buf *out)
{
	if (out->n)
		buf_add_str(out, ", ");
}

static void say_name(const struct picture *p, size_t i, struct buf *out)
{
	const struct referral *r = &p->people.list.at[i];

	buf_add_fmt(out, r->person ? "%.*s" : "\"%.*s\"", TEXT_FMT(r->name));
}

/* "lost 2026-11-09", or "won 3 times, last 2026-11-17". */
static void say_outcome(const struct picture *p, const struct person *who, enum deed deed,
			struct buf *out)
{
	struct date last = DATE_NONE;
	size_t times = 0;

	for (size_t i = 0; i < who->s.log.n; i++) {
		if (!is_outcome(p, &who->s.log.at[i], deed))
			continue;
		last = who->s.log.at[i].date;
		times++;
	}
	if (!times)
		return;
	add_comma(out);
	buf_add_str(out, deed == DEED_WON ? "won " : "lost ");
	if (times > 1)
		buf_add_fmt(out, "%zu times, last ", times);
	date_format(last, out);
}

static void say_person(const struct picture *p, const struct referral *r, struct buf *out)
{
	const struct person *who = r->person;

	if (!date_is_none(r->sent)) {
		buf_add_str(out, "sent ");
		date_format(r->sent, out);
	}
	add_comma(out);
	if (who->n_met) {
		buf_add_fmt(out, "%zu encounter%s, last ", who->n_met, who->n_met > 1 ? "s" : "");
		date_format(person_last(who), out);
	} else {
		buf_add_str(out, "never met");
	}
	say_outcome(p, who, DEED_LOST, out);
	say_outcome(p, who, DEED_WON, out);
}

/* All that is known of one who stands in full. */
static void say_facts(const struct picture *p, const struct referral *r, struct buf *out)
{
	if (r->person)
		say_person(p, r, out);
	if (!r->below)
		return;
	buf_add_fmt(out, "%sbrought %zu", out->n ? "; " : "", r->below);
	if (r->won)
		buf_add_fmt(out, ", %zu won", r->won);
}

static void say_debt(const struct debt *debt, struct buf *out)
{
	buf_add_str(out, "thanks owed");
	if (!date_is_none(debt->date)) {
		buf_add_str(out, " since ");
		date_format(debt->date, out);
	}
	for (size_t i = 0; i < debt->sent.n && i < MOST_NAMED; i++)
		buf_add_fmt(out, "%s%.*s", i ? ", " : " for ",
			    TEXT_FMT(debt->sent.at[i]->s.name));
	if (debt->sent.n > MOST_NAMED)
		buf_add_fmt(out, " and %zu more", debt->sent.n - MOST_NAMED);
	if (debt->promised)
		buf_add_str(out, ", promised");
}

/* How many are in the circle that place `top` closes. */
static size_t count_circle(const struct picture *p, size_t top)
{
	size_t n = 1;

	for (size_t at = p->people.list.at[top].closes; at != top; at = p->people.list.at[at].up)
		n++;
	return n;
}

/* "a circle: Ana through Cy, Cy through Bo, Bo through Ana" */
static void say_circle(const struct picture *p, size_t top, struct buf *out)
{
	size_t n = count_circle(p, top), from = top, to = p->people.list.at[top].closes;

	buf_add_fmt(out, "a circle of %zu: ", n);
	for (size_t i = 0; i < n && i < MOST_NAMED; i++) {
		buf_add_str(out, i ? ", " : "");
		say_name(p, from, out);
		buf_add_str(out, " through ");
		say_name(p, to, out);
		from = to;
		to = p->people.list.at[to].up;
	}
	if (n > MOST_NAMED)
		buf_add_str(out, " ..");
}

/* Where somebody stands in full who stands here again. */
static void say_place(const struct picture *p, const struct referral *r, struct buf *out)
{
	size_t up = p->people.list.at[r->full].up;

	buf_add_str(out, up == REFERRAL_NONE ? "in full at the top" : "in full under ");
	if (up != REFERRAL_NONE)
		say_name(p, up, out);
}

/* ---- printing ---- */

static size_t indent_of(const struct referral *r)
{
	return 2 * (r->depth < DEEPEST ? r->depth : DEEPEST);
}

static size_t print_styled(struct out *o, enum out_style style, const char *text)
{
	out_style(o, style);
	out_text(o, text_of(text));
	out_style(o, STYLE_PLAIN);
	return out_width(text_of(text));
}

/* The front of the line, and how many columns it takes. */
static size_t print_name(const struct picture *p, size_t i)
{
	const struct referral *r = &p->people.list.at[i];
	struct out *o = &p->app->out;
	struct buf name = BUF_INIT;
	size_t at = indent_of(r);

	out_fmt(o, "%*s", (int)at, "");
	if (r->depth > DEEPEST)
		buf_add_fmt(&name, "(%zu) ", r->depth);
	say_name(p, i, &name);
	at += print_styled(o, STYLE_NAME, name.at);
	if (r->person && r->person->door == DOOR_ASK)
		at += print_styled(o, STYLE_WARN, " (ask first)");
	else if (r->person && r->person->door == DOOR_CLOSED)
		at += print_styled(o, STYLE_WARN, " (door closed)");
	buf_release(&name);
	return at;
}

/* A line of its own below the name. */
static void print_warning(struct out *o, struct buf *text, size_t indent)
{
	out_fmt(o, "%*s", (int)indent, "");
	out_style(o, STYLE_WARN);
	out_wrapped(o, buf_text(text), indent, indent + 2);
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
	buf_clear(text);
}

static void print_referral(const struct picture *p, size_t i)
{
	const struct referral *r = &p->people.list.at[i];
	const struct debt *debt = debt_to(p, r->person);
	struct out *o = &p->app->out;
	size_t at = print_name(p, i), indent = indent_of(r) + 4;
	struct buf text = BUF_INIT;

	if (r->full == i)
		say_facts(p, r, &text);
	else
		say_place(p, r, &text);
	out_str(o, ": ");
	out_wrapped(o, buf_text(&text), at + 2, indent);
	out_str(o, "\n");
	buf_clear(&text);
	if (r->full == i && debt) {
		say_debt(debt, &text);
		print_warning(o, &text, indent);
	}
	if (r->closes != REFERRAL_NONE) {
		say_circle(p, i, &text);
		print_warning(o, &text, indent);
	}
	buf_release(&text);
}

static void print(const struct picture *p)
{
	for (size_t i = 0; i < p->people.list.n; i++)
		print_referral(p, i);
}

/* ---- JSON ---- */

static json_t *name_json(const struct referral *r)
{
	if (r->person)
		return person_json(r->person);
	json_t *json = json_object();
	json_object_set_new(json, "id", json_null());
	json_object_set_new(json, "path", json_null());
	json_object_set_new(json, "name", out_json_text(r->name));
	return json;
}

static json_t *days_json(const struct picture *p, const struct person *who, enum deed deed)
{
	json_t *days = json_array();

	for (size_t i = 0; i < who->s.log.n; i++)
		if (is_outcome(p, &who->s.log.at[i], deed))
			json_array_append_new(days, date_json(who->s.log.at[i].date));
	return days;
}

/* {"since","for","promised"} */
static json_t *debt_json(const struct debt *debt)
{
	json_t *json = json_object(), *sent = json_array();

	for (size_t i = 0; i < debt->sent.n; i++)
		json_array_append_new(sent, out_json_text(debt->sent.at[i]->s.id));
	json_object_set_new(json, "since", date_json(debt->date));
	json_object_set_new(json, "for", sent);
	json_object_set_new(json, "promised", json_boolean(debt->promised));
	return json;
}

static json_t *circle_json(const struct picture *p, size_t top)
{
	json_t *ids = json_array();
	size_t at = top, up = p->people.list.at[top].closes;

	do {
		json_array_append_new(ids, out_json_text(p->people.list.at[at].person->s.id));
		at = up;
		up = p->people.list.at[at].up;
	} while (at != top);
	return ids;
}

static void add_facts_json(const struct picture *p, size_t i, json_t *json)
{
	const struct referral *r = &p->people.list.at[i];
	const struct debt *debt = debt_to(p, r->person);

	if (r->person) {
		json_object_set_new(json, "door", json_string(door_name(r->person->door)));
		json_object_set_new(json, "encounters", json_integer((json_int_t)r->person->n_met));
		json_object_set_new(json, "last", date_json(person_last(r->person)));
		json_object_set_new(json, "won", days_json(p, r->person, DEED_WON));
		json_object_set_new(json, "lost", days_json(p, r->person, DEED_LOST));
		json_object_set_new(json, "owed", debt ? debt_json(debt) : json_null());
	}
	json_object_set_new(json, "brought", json_integer((json_int_t)r->below));
	json_object_set_new(json, "brought_won", json_integer((json_int_t)r->won));
	if (r->closes != REFERRAL_NONE)
		json_object_set_new(json, "circle", circle_json(p, i));
}

static json_t *referral_json(const struct picture *p, size_t i)
{
	const struct referral *r = &p->people.list.at[i];
	json_t *json = name_json(r);

	json_object_set_new(json, "depth", json_integer((json_int_t)r->depth));
	json_object_set_new(json, "via", r->up == REFERRAL_NONE
						 ? json_null()
						 : name_json(&p->people.list.at[r->up]));
	json_object_set_new(json, "sent", date_json(r->sent));
	json_object_set_new(json, "again", json_boolean(r->full != i));
	if (r->full == i)
		add_facts_json(p, i, json);
	return json;
}

static void print_json(const struct picture *p)
{
	struct out *o = &p->app->out;

	out_json_begin(o);
	for (size_t i = 0; i < p->people.list.n; i++)
		out_json_value(o, referral_json(p, i));
	out_json_end(o);
}

/* ---- the command ---- */

static int say_none(struct app *app, bool asked)
{
	app_say(app, asked ? "came through nobody, and nobody came through them"
			   : "nobody came through anybody yet; 'kith set NAME via=ID' says it");
	return EXIT_NO;
}

static int run(struct app *app, int argc, char **argv)
{
	struct circle c;
	int rc = circle_read(app, &c, argc, argv);

	if (!rc) {
		struct picture p;
		draw(&p, app, c.net);
		if (app->json)
			print_json(&p);
		else
			print(&p);
		rc = p.people.list.n ? EXIT_DONE : say_none(app, argc > 0);
		release(&p);
	}
	return circle_close(&c, rc);
}

const struct command cmd_referrals = {
	.name = "referrals",
	.group = "network",
	.args = "[NAME|QUERY]",
	.summary = "who came to you through whom, and what came of it",
	.help = "A tree of everybody who came through somebody else, or through whom somebody\n"
		"came: *via* says so, by id or in free words, and so does an entry *got:* or\n"
		"*intro:* with links to people you had not met before. Each stands with the day\n"
		"they were sent, their encounters, *won:* and *lost:*, how many came through them\n"
		"down the whole chain, and the thanks you owe: for what you got and whom they\n"
		"sent, unless a later entry is a *gave:* or says thanks. The trees with most\n"
		"people come first.\n"
		"\n"
		"With _NAME_: the chain up to where it began, and everybody below. Who came\n"
		"through several people stands in full under the first. A circle is broken at the\n"
		"one of it whom you met first, and named.\n"
		"\n"
		"    kith referrals\n"
		"    kith referrals paul\n"
		"\n"
		"*--json* is a flat array in the order of the tree. *via* is who stands above,\n"
		"null at the top; *depth* says how deep; *again* that the facts stand elsewhere.\n"
		"Who is not in the book has an *id* of null.\n",
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "id",
	.run = run,
};
