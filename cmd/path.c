#include "network/path.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "cmd/known.h"

static const char *limit;
static const struct opt opts[] = {
	{ "limit", 'n', OPT_TEXT, &limit, "N", "at most so many people, where several match (5)" },
	OPT_END
};

/* Somebody to be led to, or met already: then the strength is that of the acquaintance. */
struct target {
	const struct person *who;
	double strength;
};

struct quest {
	struct app *app;
	const struct network *net;
	struct paths *paths;
	VEC(struct target) list; /* best first, those met already behind them */
	size_t n_me, n_closed;
};

/* ---- whom ---- */

static void add_target(struct quest *s, const struct person *p)
{
	struct target one = { p, p->n_met ? p->warmth : paths_strength(s->paths, p) };

	if (p->me)
		s->n_me++;
	else if (p->door == DOOR_CLOSED)
		s->n_closed++;
	else if (one.strength > 0)
		vec_push(&s->list, one);
}

static int by_strength(const void *va, const void *vb)
{
	const struct target *a = va, *b = vb;
	int c = (a->who->n_met > 0) - (b->who->n_met > 0);

	if (!c)
		c = (a->strength < b->strength) - (a->strength > b->strength);
	return c ? c : (a->who > b->who) - (a->who < b->who);
}

static void find_targets(struct quest *s)
{
	for (size_t i = 0; i < s->net->n; i++)
		if (s->net->people[i].asked)
			add_target(s, &s->net->people[i]);
	if (s->list.n)
		qsort(s->list.at, s->list.n, sizeof *s->list.at, by_strength);
}

/* ---- in words ---- */

/* " on 2026-10-19", or nothing when the day is not known. */
static void say_day(struct date date, struct buf *out)
{
	if (date_is_none(date))
		return;
	buf_add_str(out, " on ");
	date_format(date, out);
}

/* One of them says that the other is the label of theirs: a sister, a colleague. */
static void say_relation(const struct hop *hop, struct buf *out)
{
	bool of_theirs = hop->tie->from == hop->to;
	struct text label = hop->tie->label, from = hop->from->s.name;

	if (!label.n)
		buf_add_fmt(out, of_theirs ? "knows %.*s" : "known to %.*s", TEXT_FMT(from));
	else if (of_theirs)
		buf_add_fmt(out, "%.*s is their %.*s", TEXT_FMT(from), TEXT_FMT(label));
	else
		buf_add_fmt(out, "%.*s of %.*s", TEXT_FMT(label), TEXT_FMT(from));
}

static void say_tie(const struct hop *hop, struct buf *out)
{
	const struct tie *t = hop->tie;

	if (t->kind == TIE_KNOWS) {
		say_relation(hop, out);
		return;
	}
	buf_add_fmt(out, "named to you %s%.*s", t->from == hop->from ? "by " : "",
		    TEXT_FMT(hop->from->s.name));
	say_day(t->date, out);
}

/* Why the hop leads from one to the next. */
static void say_hop(const struct quest *s, const struct hop *hop, struct buf *out)
{
	if (hop->tie) {
		say_tie(hop, out);
	} else if (hop->mention) {
		buf_add_fmt(out, "spoken of with %.*s", TEXT_FMT(hop->from->s.name));
		say_day(hop->mention->date, out);
	} else if (hop->event) {
		buf_add_fmt(out, "both at @%.*s", TEXT_FMT(hop->event->slug));
		say_day(hop->event->date, out);
	} else {
		known_say_met(hop->to, s->app->today, out);
	}
}

/* ---- printing ---- */

/* Returns how many columns it took. */
static size_t print_name(struct out *o, const struct person *p)
{
	static const char ask[] = " (ask first)";

	out_style(o, STYLE_NAME);
	out_text(o, p->s.name);
	out_style(o, STYLE_PLAIN);
	if (p->door != DOOR_ASK)
		return out_width(p->s.name);
	out_style(o, STYLE_WARN);
	out_str(o, ask);
	out_style(o, STYLE_PLAIN);
	return out_width(p->s.name) + sizeof ask - 1;
}

static void print_hop(const struct quest *s, size_t number, const struct hop *hop)
{
	struct out *o = &s->app->out;
	struct buf front = BUF_INIT, why = BUF_INIT;

	buf_add_fmt(&front, "%3zu. ", number);
	out_str(o, front.at);
	size_t at = front.n + print_name(o, hop->to);
	out_str(o, ": ");
	say_hop(s, hop, &why);
	out_wrapped(o, buf_text(&why), at + 2, front.n + 2);
	out_str(o, "\n");
	buf_release(&front);
	buf_release(&why);
}

static void print_chain(const struct quest *s, const struct person *who)
{
	struct out *o = &s->app->out;
	struct chain chain;

	if (!paths_to(s->paths, who, &chain))
		return;
	print_name(o, who);
	out_str(o, "\n");
	for (size_t i = 0; i < chain.hops.n; i++)
		print_hop(s, i + 1, &chain.hops.at[i]);
	chain_release(&chain);
}

static void print_met(const struct quest *s, const struct person *who)
{
	struct out *o = &s->app->out;
	struct buf text = BUF_INIT;

	size_t at = print_name(o, who);
	buf_add_str(&text, "met already, ");
	known_say_met(who, s->app->today, &text);
	out_str(o, ": ");
	out_wrapped(o, buf_text(&text), at + 2, 4);
	out_str(o, "\n");
	buf_release(&text);
}

/* Chains stand apart from each other and from the lines on who is met already. */
static void print(const struct quest *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct target *target = &s->list.at[i];
		if (i && !s->list.at[i - 1].who->n_met)
			out_str(&s->app->out, "\n");
		if (target->who->n_met)
			print_met(s, target->who);
		else
			print_chain(s, target->who);
	}
	if (n < s->list.n)
		app_say(s->app, "and %zu more; --limit says how many are shown", s->list.n - n);
}

/* ---- JSON ---- */

static void add_door(json_t *json, const struct person *p)
{
	json_object_set_new(json, "door", json_string(door_name(p->door)));
}

static const char *how(const struct hop *hop)
{
	static const char *const kinds[] = {
		[TIE_VIA] = "via", [TIE_SENT] = "sent", [TIE_KNOWS] = "knows",
		[TIE_TOGETHER] = "together",
	};

	return hop->tie	      ? kinds[hop->tie->kind]
	       : hop->mention ? "spoken"
	       : hop->event   ? "event"
			      : "met";
}

static struct date date_of(const struct hop *hop)
{
	return hop->tie	      ? hop->tie->date
	       : hop->mention ? hop->mention->date
	       : hop->event   ? hop->event->date
			      : person_last(hop->to);
}

static json_t *hop_json(const struct quest *s, const struct hop *hop)
{
	struct buf why = BUF_INIT;
	json_t *json = person_json(hop->to);

	say_hop(s, hop, &why);
	add_door(json, hop->to);
	json_object_set_new(json, "how", json_string(how(hop)));
	json_object_set_new(json, "date", date_json(date_of(hop)));
	if (hop->event)
		json_object_set_new(json, "event", out_json_text(hop->event->slug));
	json_object_set_new(json, "why", out_json_text(buf_text(&why)));
	json_object_set_new(json, "strength", json_real(hop->strength));
	buf_release(&why);
	return json;
}

static json_t *target_json(const struct quest *s, const struct person *who)
{
	json_t *json = person_json(who), *hops = json_array();
	struct chain chain;

	add_door(json, who);
	json_object_set_new(json, "encounters", json_integer((json_int_t)who->n_met));
	json_object_set_new(json, "last", date_json(person_last(who)));
	if (!who->n_met && paths_to(s->paths, who, &chain)) {
		json_object_set_new(json, "strength", json_real(chain.strength));
		for (size_t i = 0; i < chain.hops.n; i++)
			json_array_append_new(hops, hop_json(s, &chain.hops.at[i]));
		chain_release(&chain);
	}
	json_object_set_new(json, "hops", hops);
	return json;
}

static void print_json(const struct quest *s, size_t n)
{
	out_json_begin(&s->app->out);
	for (size_t i = 0; i < n; i++)
		out_json_value(&s->app->out, target_json(s, s->list.at[i].who));
	out_json_end(&s->app->out);
}

/* ---- the command ---- */

static int say_none(const struct quest *s, const struct circle *c)
{
	app_say(s->app, s->n_closed == c->n_asked ? "the door is closed"
			: s->n_me == c->n_asked	  ? "that is you"
						  : "nobody you have met leads there");
	return EXIT_NO;
}

static int search(struct app *app, const struct circle *c, size_t most)
{
	struct quest s = { .app = app, .net = c->net };
	struct rosters rosters;
	struct ties ties;

	ties_find(&ties, c->net);
	rosters_find(&rosters, c->net);
	s.paths = paths_new(c->net, &ties, &rosters);
	find_targets(&s);
	size_t n = s.list.n < most ? s.list.n : most;
	if (app->json)
		print_json(&s, n);
	else
		print(&s, n);
	int rc = s.list.n ? EXIT_DONE : say_none(&s, c);
	vec_release(&s.list);
	paths_free(s.paths);
	rosters_release(&rosters);
	ties_release(&ties);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct circle c;
	long most = 5;

	if (!argc)
		return app_usage(app, "to whom?");
	if (limit && !text_number(text_of(limit), 1, 1000000, &most))
		return app_usage(app, "--limit is a number from 1 on");
	int rc = circle_read(app, &c, argc, argv);
	if (!rc)
		rc = search(app, &c, (size_t)most);
	return circle_close(&c, rc);
}

const struct command cmd_path = {
	.name = "path",
	.group = "network",
	.args = "NAME|QUERY",
	.summary = "the warmest chain of introductions to somebody you have not met",
	.help = "Begins with somebody you have met, the oftener and the later the better, and\n"
		"goes on from one to the next: by who was named to you by whom (*via*, *got:*,\n"
		"*intro:*), who knows whom (*knows*), who was spoken of ([[links]] in a log), and\n"
		"last by who was at one event on a day, as a *note:* may say of somebody you did\n"
		"not get to speak to. Each line says why it leads there. Of whom you have met\n"
		"already it says how often, and when last.\n"
		"\n"
		"Of a query the best are shown, at most *--limit*. Nobody whose door is closed is\n"
		"in a chain or at its end; where the door says *ask*, so does the line. Exit\n"
		"status 1 when nobody you have met leads there.\n"
		"\n"
		"    kith path harriet\n"
		"    kith path '#publisher tampa' --limit 3\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "query*",
	.run = run,
};
