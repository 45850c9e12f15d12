#include "base/vec.h"
#include "cmd/brief_many.h"
#include "cmd/brief_one.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "network/brief.h"
#include "network/event.h"

static const char *width;
static bool all;
static const struct opt opts[] = {
	{ "width", 'w', OPT_TEXT, &width, "COLUMNS", "of the page; the terminal's, else 80" },
	{ "all", 'a', OPT_FLAG, &all, NULL, "cut nothing" },
	OPT_END
};

/* Who was asked for; you are among several of no interest. */
static int brief_asked(struct app *app, const struct circle *c)
{
	struct brief_people asked = { VEC_INIT };

	for (size_t i = 0; i < c->net->n; i++)
		if (c->net->people[i].asked && (c->n_asked == 1 || !c->net->people[i].me))
			vec_push(&asked.list, &c->net->people[i]);
	if (asked.list.n == 1)
		brief_one(app, c->net, asked.list.at[0], all);
	else if (asked.list.n)
		brief_many(app, c->net, &asked, NULL, all);
	int rc = asked.list.n ? EXIT_DONE : EXIT_NO;
	vec_release(&asked.list);
	return rc;
}

static int brief_event(struct app *app, const struct circle *c, const char *slug)
{
	struct brief_people there = { VEC_INIT };
	struct events events;
	int rc = EXIT_DONE;

	events_find(&events, c->net);
	const struct event *event = events_get(&events, text_of(slug));
	if (event) {
		brief_of_event(event, c->net, &there);
		brief_many(app, c->net, &there, event, all);
	} else {
		app_say(app, "nothing is known of %s", slug);
		rc = EXIT_NO;
	}
	vec_release(&there.list);
	events_release(&events);
	return rc;
}

/* "@book-fair" alone; with more words it is a query. */
static bool is_event(int argc, char **argv)
{
	struct text word = argc == 1 ? text_of(argv[0]) : TEXT_NONE;

	return word.n > 1 && word.at[0] == '@' && text_find(word, ' ') == word.n;
}

static int set_width(struct app *app)
{
	long columns = app->out.columns ? app->out.columns : 80;

	if (width && !text_number(text_of(width), 20, 1000, &columns))
		return app_usage(app, "--width is a number from 20 to 1000");
	app->out.columns = (int)columns;
	return 0;
}

static int run(struct app *app, int argc, char **argv)
{
	struct circle c = { 0 };
	int rc = set_width(app);

	if (rc)
		return rc;
	if (!argc)
		return app_usage(app, "whom, or what, is it about?");
	bool event = is_event(argc, argv);
	rc = circle_read(app, &c, event ? 0 : argc, argv);
	if (!rc)
		rc = event ? brief_event(app, &c, argv[0]) : brief_asked(app, &c);
	return circle_close(&c, rc);
}

const struct command cmd_brief = {
	.name = "brief",
	.group = "recall",
	.args = "NAME | @EVENT | QUERY",
	.summary = "one page to read before you meet",
	.help = "Of one person: what the door says, how and through whom you met, what is\n"
		"promised, the thanks you owe, the last encounters, whom they sent you and what\n"
		"came of it, what of theirs fits yours, the dates near.\n"
		"\n"
		"Of an *@event* it is everybody who was there on any day, or is promised for it.\n"
		"Of them, and of all whom a query finds: who wants to be left in peace; what is\n"
		"promised; who could be mistaken for a stranger, as you met on two days at most\n"
		"or not for two years; who has gone quiet; what fits yours; who should meet whom;\n"
		"whom you know well; whom you have not met.\n"
		"\n"
		"    kith brief paul\n"
		"    kith brief @chamber-mixer --width 40\n"
		"    kith brief '#client tampa' --all | lp\n"
		"\n"
		"It fits a sheet of paper, or with *--width* a telephone: of each part the first\n"
		"few are shown, and how many more there are.\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | NEGATIVE_ARGS | READS,
	.completes = "query*",
	.run = run,
};
