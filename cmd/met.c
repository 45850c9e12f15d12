#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "book/near.h"
#include "cmd/assign.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/creation.h"
#include "cmd/editor.h"
#include "cmd/known.h"
#include "cmd/people.h"
#include "contact/contact.h"
#include "network/event.h"

static bool create;
static const char *via, *on, *next;
static const struct opt opts[] = {
	{ "new", 'n', OPT_FLAG, &create, NULL, "add whoever is not in the book yet" },
	{ "via", 0, OPT_TEXT, &via, "NAME", "who introduced them, for those who have nobody yet" },
	{ "on", 0, OPT_TEXT, &on, "DATE", "when it was, instead of today" },
	{ "next", 0, OPT_TEXT, &next, "WHEN [TEXT]", "add the follow-up: 'friday send the menu'" },
	OPT_END
};

enum { SHOWN = 4, FEW = 3, FIRST_LINE = 1 };

/* Somebody who was there; of those that are to be created, path is NULL until they are. */
struct guest {
	struct text name;  /* as given; borrowed */
	const char *path;  /* borrowed from the book */
};

/* Some of the guests, and what is told of them. */
struct group {
	VEC(size_t) guests;
	struct text value; /* of the entry; lives in the arena */
	unsigned line;     /* of what was read, from 1; 0: of the command line */
};

struct meeting {
	VEC(struct guest) guests;
	VEC(struct group) groups;
	struct text event; /* with its @, or empty */
	struct date date;
	struct addition extra; /* via and promise */
	struct arena arena;
};

static void meeting_release(struct meeting *m)
{
	for (size_t i = 0; i < m->groups.n; i++)
		vec_release(&m->groups.at[i].guests);
	vec_release(&m->groups);
	vec_release(&m->guests);
	arena_release(&m->arena);
}

static struct text keep(struct meeting *m, struct text t)
{
	return (struct text){ arena_copy(&m->arena, t), t.n };
}

/* ---- who ---- */

/* The place among the guests, each of whom is there once. */
static size_t place_of(struct meeting *m, struct text name, const char *path)
{
	for (size_t i = 0; i < m->guests.n; i++) {
		const struct guest *g = &m->guests.at[i];
		if (path ? g->path && !strcmp(g->path, path)
			 : !g->path && text_same_when_folded(g->name, name))
			return i;
	}
	struct guest one = { keep(m, name), path };
	vec_push(&m->guests, one);
	return m->guests.n - 1;
}

/* Somebody new whose name is nearly that of another is new only if that is meant. */
static int agree_to_new(struct app *app, struct text name, const struct book_found *near)
{
	const char *like = near->n ? near->at[0].name : NULL;

	if (!like)
		return 0;
	if (app_can_ask())
		return app_ask("add '%.*s', who is not %s?", TEXT_FMT(name), like) ? 0 : EXIT_NO;
	app_say(app, "kith met: '%.*s' is taken for somebody new, and not for %s", TEXT_FMT(name),
		like);
	return 0;
}

/* With --new it must be somebody's name, in whole words: a part of one is somebody else's. */
static int find_or_new(struct app *app, struct text name, const char **path)
{
	struct book_found found = { 0 };
	struct fault f = FAULT_INIT;
	int rc = 0;

	int code = book_resolve(&app->book, name, &found, &f);
	bool known = (!code || code == FAULT_AMBIGUOUS) && found.at[0].match <= MATCH_WORDS;
	*path = known && !code ? found.at[0].path : NULL;
	if (known && code)
		rc = app_resolve(app, name, path);
	else if (code && code != FAULT_NOTFOUND && code != FAULT_AMBIGUOUS)
		rc = app_fault(app, &f);
	else if (!known)
		rc = agree_to_new(app, name, &found);
	book_found_release(&found);
	return rc;
}

/* A line of an evening that begins with a kind has left out who it was. */
static bool is_kind(struct app *app, const struct group *g, struct text name, const char *path)
{
	return g->line && !path && entry_is_kind(&app->book.config.kinds, name, NULL);
}

static int add_guest(struct app *app, struct meeting *m, struct group *g, struct text name)
{
	const char *path;
	int rc = create ? find_or_new(app, name, &path) : app_resolve(app, name, &path);

	if (rc == EXIT_NO && !create)
		app_say(app, "kith met: nothing was written; --new adds who is not there yet");
	if (!rc && is_kind(app, g, name, path))
		rc = app_usage(app, "'%.*s' is a kind of entry; a line begins with names",
			       TEXT_FMT(name));
	if (rc)
		return rc;
	size_t place = place_of(m, name, path);
	for (size_t i = 0; i < g->guests.n; i++)
		if (g->guests.at[i] == place)
			return 0;
	vec_push(&g->guests, place);
	return 0;
}

static int add_guests(struct app *app, struct meeting *m, struct group *g, struct text names)
{
	struct text rest = names, name;
	const char *path;
	int rc = 0;

	if (people_is_one(app, names, &path)) {
		vec_push(&g->guests, place_of(m, names, path));
		return 0;
	}
	while (!rc && text_cut(&rest, ',', &name)) {
		name = text_trim(name);
		rc = name.n ? add_guest(app, m, g, name)
			    : app_usage(app, "a name is missing in '%.*s'", TEXT_FMT(names));
	}
	return rc ? rc : g->guests.n ? 0 : app_usage(app, "who is meant?");
}

/* ---- what ---- */

/* The entry: the event of them all in front, unless the text brings its own. */
static struct text value_of_text(struct meeting *m, const struct kinds *k, struct text text)
{
	struct buf value = BUF_INIT;
	struct entry e;

	text = text_trim(text);
	entry_parse_log(TEXT_NONE, text, k, &e);
	if (m->event.n && !e.leads) {
		buf_add_text(&value, m->event);
		buf_add_str(&value, text.n ? " " : "");
		buf_add_text(&value, text);
	} else if (text.n) {
		buf_add_text(&value, text);
	} else {
		entry_format_log(TEXT_NONE, TEXT("met"), TEXT_NONE, &value);
	}
	struct text kept = keep(m, buf_text(&value));
	buf_release(&value);
	return kept;
}

static int add_group(struct app *app, struct meeting *m, struct text names, struct text text,
		     unsigned line)
{
	struct group g = { .line = line };
	int rc = add_guests(app, m, &g, text_trim(names));

	if (rc) {
		vec_release(&g.guests);
		if (line)
			app_say(app, "kith met: that was line %u; nothing was written", line);
		return rc;
	}
	g.value = value_of_text(m, &app->book.config.kinds, text);
	vec_push(&m->groups, g);
	return 0;
}

/* NAME[, NAME]: TEXT, a line each; blank ones, and those that begin with #, say nothing. */
static int read_lines(struct app *app, struct meeting *m, struct text text)
{
	struct text line;
	unsigned number = 0;
	int rc = 0;

	while (!rc && text_cut_line(&text, &line)) {
		number++;
		line = text_trim(line);
		if (!line.n || line.at[0] == '#')
			continue;
		size_t colon = text_find(line, ':');
		struct text told = colon < line.n ? text_part(line, colon + 1, line.n) : TEXT_NONE;
		rc = add_group(app, m, text_part(line, 0, colon), told, number);
	}
	if (!rc && !m->groups.n)
		rc = app_usage(app, "nobody is named; a line is NAME[, NAME]: TEXT");
	return rc;
}

static int read_evening(struct app *app, struct meeting *m, bool piped, struct draft *d)
{
	struct fault f = FAULT_INIT;
	struct buf start = BUF_INIT;
	int rc;

	if (piped) {
		rc = app_read_stdin(app, &d->text);
	} else if (!app_can_ask()) {
		return app_usage(app, "who was there? Name them, or give - to read lines from "
				 "stdin: NAME[, NAME]: TEXT");
	} else {
		buf_add_fmt(&start, "# Who was at %.*s? A line each: NAME[, NAME]: TEXT\n",
			    TEXT_FMT(m->event));
		rc = editor_write(d, buf_text(&start), ".txt", &f) < 0 ? app_fault(app, &f) : 0;
	}
	buf_release(&start);
	return rc ? rc : read_lines(app, m, buf_text(&d->text));
}

/* Reads all of the command line that is no option. */
static int read_arguments(struct app *app, struct meeting *m, int argc, char **argv,
			  struct draft *d)
{
	struct buf text = BUF_INIT;
	struct text name;
	int rc;

	if (argc && entry_is_event(text_of(argv[0]), &name)) {
		m->event = text_of(argv[0]);
		bool piped = argc == 2 && !strcmp(argv[1], "-");
		if (argc > 1 && !piped)
			return app_usage(app, "the names come first: NAME[,NAME] %s TEXT", argv[0]);
		return read_evening(app, m, piped, d);
	}
	if (argc == 1 && !strcmp(argv[0], "-"))
		return read_evening(app, m, true, d);
	if (!argc)
		return app_usage(app, "who did you meet?");
	app_join(argc - 1, argv + 1, &text);
	rc = add_group(app, m, text_of(argv[0]), buf_text(&text), 0);
	buf_release(&text);
	return rc;
}

/* ---- via and next ---- */

static int read_via(struct app *app, struct meeting *m)
{
	struct book_found found = { 0 };
	struct fault f = FAULT_INIT;

	if (!via)
		return 0;
	struct text name = text_trim(text_of(via));
	int code = book_resolve(&app->book, name, &found, &f);
	bool known = !code && found.at[0].match < MATCH_ANYWHERE;
	if (code == FAULT_AMBIGUOUS && found.at[0].match < MATCH_ANYWHERE) {
		book_found_release(&found);
		const char *path;
		int rc = app_resolve(app, name, &path);
		if (!rc)
			m->extra.via = contact_id_of(path);
		return rc;
	}
	m->extra.via = keep(m, known ? contact_id_of(found.at[0].path) : name);
	if (!known)
		app_say(app, "kith met: '%.*s' is not in the book; kept as words", TEXT_FMT(name));
	book_found_release(&found);
	return name.n ? 0 : app_usage(app, "--via is empty");
}

static int read_next(struct app *app, struct meeting *m)
{
	struct text rest = text_of(next);
	struct fault f = FAULT_INIT;
	struct date date;

	if (!next)
		return 0;
	if (!date_cut(&rest, app->today, &date)) {
		if (date_read(rest, app->today, &date, &f) < 0)
			return app_usage(app, "--next begins with a date, as in 'friday send the "
					 "menu'; %s", f.msg);
		rest = TEXT_NONE;
	}
	if (!date_is_whole(date))
		return app_usage(app, "--next takes a whole date, as in 2026-11-18");
	rest = text_trim(rest);
	struct buf promise = BUF_INIT;
	entry_format_todo(false, rest.n ? rest : TEXT("follow up"), &promise);
	m->extra.next = date;
	m->extra.promise = keep(m, buf_text(&promise));
	buf_release(&promise);
	return 0;
}

/* ---- what is known, before it is written ---- */

/* An event nobody has heard of, and that is nearly one of the book's, may be a slip. */
static void doubt_event(struct app *app, const struct network *net, struct text slug)
{
	size_t limit = near_limit(slug.n);
	struct events events;
	struct text near = TEXT_NONE;

	if (!slug.n)
		return;
	events_find(&events, net);
	for (size_t i = 0; i < events.list.n && limit && !events_get(&events, slug); i++) {
		size_t d = near_distance(events.list.at[i].slug, slug, limit);
		if (d <= limit) {
			near = events.list.at[i].slug;
			limit = d - 1;
		}
	}
	if (near.n)
		app_say(app, "kith met: @%.*s is new; was @%.*s meant? 'kith undo' takes it back",
			TEXT_FMT(slug), TEXT_FMT(near));
	events_release(&events);
}

static void doubt_events(struct app *app, const struct network *net, const struct meeting *m)
{
	struct text last = TEXT_NONE;

	for (size_t i = 0; i < m->groups.n; i++) {
		struct entry e;
		entry_parse_log(TEXT_NONE, m->groups.at[i].value, &app->book.config.kinds, &e);
		if (!text_equal(e.event, last))
			doubt_event(app, net, e.event);
		last = e.event;
	}
}

static int say_known(struct app *app, const struct meeting *m)
{
	VEC(const char *) paths = VEC_INIT;
	struct circle c;

	for (size_t i = 0; i < m->guests.n; i++)
		if (m->guests.at[i].path)
			vec_push(&paths, m->guests.at[i].path);
	int rc = circle_read_these(app, &c, paths.at, paths.n);
	if (!rc)
		doubt_events(app, c.net, m);
	if (app->json)
		out_json_begin(&app->out);
	for (size_t i = 0; !rc && i < c.net->n; i++) {
		const struct person *p = &c.net->people[i];
		if (p->asked && app->json)
			out_json_value(&app->out, known_json(app, c.net, p));
		else if (p->asked)
			known_print(app, c.net, p, paths.n > FEW ? FIRST_LINE : SHOWN);
	}
	if (app->json)
		out_json_end(&app->out);
	out_flush(&app->out);
	circle_close(&c, rc);
	vec_release(&paths);
	return rc;
}

/* ---- writing ---- */

static int create_guests(struct app *app, struct meeting *m)
{
	int rc = 0;

	for (size_t i = 0; i < m->guests.n && !rc; i++) {
		struct guest *g = &m->guests.at[i];
		struct assigns none = ASSIGNS_INIT;
		if (!g->path)
			rc = creation_person(app, g->name, &none, &g->path);
	}
	return rc;
}

static int check_guests(struct app *app, const struct meeting *m)
{
	struct people all = PEOPLE_INIT;

	for (size_t i = 0; i < m->guests.n; i++)
		if (m->guests.at[i].path)
			people_add(&all, m->guests.at[i].path);
	int rc = people_check(app, &all);
	people_release(&all);
	return rc;
}

static int write_group(struct app *app, const struct meeting *m, const struct group *g)
{
	struct people people = PEOPLE_INIT;
	struct addition a = m->extra;

	for (size_t i = 0; i < g->guests.n; i++)
		people_add(&people, m->guests.at[g->guests.at[i]].path);
	a.date = m->date;
	a.value = g->value;
	a.once = true;
	int rc = people_write(app, &people, &a);
	people_release(&people);
	return rc;
}

static int write_all(struct app *app, struct meeting *m)
{
	int rc = app_lock(app);

	if (!rc)
		rc = check_guests(app, m);
	if (!rc)
		rc = create_guests(app, m);
	for (size_t i = 0; i < m->groups.n && !rc; i++)
		rc = write_group(app, m, &m->groups.at[i]);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct meeting m = { .date = app->today };
	struct draft d = DRAFT_INIT;

	int rc = app_check_args(app, argc, argv);
	if (!rc)
		rc = app_date(app, on, &m.date);
	if (!rc)
		rc = read_next(app, &m);
	if (!rc)
		rc = read_via(app, &m);
	if (!rc)
		rc = read_arguments(app, &m, argc, argv, &d);
	if (!rc)
		rc = say_known(app, &m);
	if (!rc)
		people_doubt_date(app, m.date);
	if (!rc)
		rc = write_all(app, &m);
	editor_settle(app, &d, rc);
	meeting_release(&m);
	return rc;
}

const struct command cmd_met = {
	.name = "met",
	.group = "capture",
	.args = "NAME[,NAME] [@EVENT] [TEXT]",
	.summary = "record that you met, and hear what you knew of them",
	.help = "First it prints, for each of them, how often, where and when you met, who\n"
		"introduced you, what is promised, and what the door says. Then the entry goes\n"
		"into each one's log, linked to the others, in one commit. _TEXT_ is that of\n"
		"*kith log*; it may be left out.\n"
		"\n"
		"    kith met paul @dunkin-main the new book is about a lighthouse\n"
		"    kith met --new 'Ana Ruiz, Tom Weld' @comicon-2026 --via paul\n"
		"    kith met ana wants a menu --next 'friday send her the proofs'\n"
		"\n"
		"*--new* adds who is not in the book. It takes a name for somebody's who is there\n"
		"only when each of its words is a word of that name. *--via* goes to those who\n"
		"have no *via* yet. *--next* notes a promise with each of them; without a text it\n"
		"is to follow up.\n"
		"\n"
		"A whole evening goes in as lines, from stdin with *-* or else in the editor.\n"
		"Those of one line are linked to each other. Nothing is written unless all names\n"
		"are understood.\n"
		"\n"
		"    $ kith met @chamber-mixer - --new <<END\n"
		"    noa: saved me a chair\n"
		"    Rita Falk, Sam: they bake together, and need a van\n"
		"    END\n",
	.opts = opts,
	.needs = NEEDS_BOOK | READS | WRITES,
	.completes = "id",
	.run = run,
};
