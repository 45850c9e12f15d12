#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/pair.h"
#include "network/match.h"
#include "network/tie.h"

static const char *limit;
static const struct opt opts[] = {
	{ "limit", 'n', OPT_TEXT, &limit, "N", "at most so many pairs, 20 unless said" },
	OPT_END
};

/* ---- whom it is about ---- */

/* Yours first, then those between others; what stands behind `most` is only counted. */
static void find_all(const struct network *net, struct matcher *m, size_t most,
		     struct match_pairs *out)
{
	struct match_pairs others = MATCH_PAIRS_INIT;

	if (net->me)
		matcher_find(m, net->me, out);
	matcher_all(m, most, NULL, NULL, &others);
	for (size_t i = 0; i < others.list.n; i++)
		vec_push(&out->list, others.list.at[i]);
	out->found += others.found;
	match_pairs_release(&others);
}

static void print(struct app *app, const struct pairing *by, const struct match_pairs *pairs,
		  size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out_str(&app->out, i ? "\n" : "");
		pair_print(app, by, &pairs->list.at[i], 0);
	}
	if (pairs->found > n)
		out_fmt(&app->out, "\nand %zu more (--limit)\n", pairs->found - n);
}

static void print_json(struct app *app, const struct pairing *by, const struct match_pairs *pairs,
		       size_t n)
{
	out_json_begin(&app->out);
	for (size_t i = 0; i < n; i++)
		out_json_value(&app->out, pair_json(by, &pairs->list.at[i]));
	out_json_end(&app->out);
	if (pairs->found > n)
		app_say(app, "%zu of %zu pairs (--limit)", n, pairs->found);
}

static int say_none(struct app *app, const struct person *who)
{
	if (!who || who->me || who->door == DOOR_OPEN)
		app_say(app, "no need that an offer fits");
	else
		app_say(app, "%.*s: the door is not open (%s)", TEXT_FMT(who->s.id),
			door_name(who->door));
	return EXIT_NO;
}

static int match(struct app *app, const struct network *net, const struct person *who, size_t most)
{
	struct match_pairs pairs = MATCH_PAIRS_INIT;
	struct matcher *m = matcher_new(net, NULL, 0);
	struct ties ties;
	struct pairing by = { net, m, &ties };

	ties_find(&ties, net);
	if (who)
		matcher_find(m, who, &pairs);
	else
		find_all(net, m, most, &pairs);
	size_t n = pairs.list.n < most ? pairs.list.n : most;
	if (app->json)
		print_json(app, &by, &pairs, n);
	else
		print(app, &by, &pairs, n);
	int rc = n ? EXIT_DONE : say_none(app, who);
	ties_release(&ties);
	matcher_free(m);
	match_pairs_release(&pairs);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	const struct person *who = NULL;
	struct circle c;
	long most = 20;

	if (limit && !text_number(text_of(limit), 1, 1000000, &most))
		return app_usage(app, "--limit is a number, 1 or more");
	int rc = argc ? circle_read_one(app, &c, argc, argv, &who)
		      : circle_read(app, &c, argc, argv);
	if (!rc)
		rc = match(app, c.net, who, (size_t)most);
	return circle_close(&c, rc);
}

const struct command cmd_match = {
	.name = "match",
	.group = "network",
	.args = "[NAME]",
	.summary = "who needs what somebody else offers, you among them",
	.help = "What one *needs* is compared with what others *offer*: first yours, then\n"
		"everybody's, the best fit first; with _NAME_ that person's alone. Forms of a\n"
		"word are one: \"food photographs\" fits \"a photographer of food\". A title or\n"
		"tag stands in for an offer when it says all of a need. What is said behind\n"
		"*until* is over after that day.\n"
		"\n"
		"    kith match\n"
		"    kith match ana\n"
		"    kith set ana needs+='food photographs until 2026-12-15'\n"
		"\n"
		"You are whom the book's settings call *me*. Nobody is named whose door is\n"
		"closed, or who wants to be asked first. That two know each other is said by\n"
		"*knows*, by *via*, or by an entry that both took part in.\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "id",
	.run = run,
};
