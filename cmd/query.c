#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "cmd/search.h"
#include "contact/contact.h"
#include "contact/door.h"
#include "contact/mailbox.h"
#include "contact/needle.h"
#include "contact/query_tree.h"

enum { ROWS = 100, ROWS_MOST = 1000000000, TYPED_COLUMNS = 40 };

static bool no_header, exit_zero, as_mailboxes, skip_closed, as_abook, as_always;
static const char *limit;
static const struct opt opts[] = {
	{ "no-header", 0, OPT_FLAG, &no_header, NULL, "leave out the line about the search" },
	{ "exit-zero", 0, OPT_FLAG, &exit_zero, NULL, "exit with 0 also when there is nobody" },
	{ "limit", 0, OPT_TEXT, &limit, "N", "at most N addresses (100); 0: all" },
	{ "mailbox", 0, OPT_FLAG, &as_mailboxes, NULL, "print 'Name <address>', no header" },
	{ "skip-closed", 0, OPT_FLAG, &skip_closed, NULL, "leave out whose door is closed" },
	{ "remove-first-line", 0, OPT_FLAG, &no_header, NULL, "--no-header as khard calls it" },
	{ "parsable", 'p', OPT_FLAG, &as_always, NULL, "what is done anyway; khard's" },
	{ "search-in-source-files", 'f', OPT_FLAG, &as_always, NULL, "the same" },
	{ "mutt-query", 0, OPT_FLAG, &as_abook, NULL, "the word 'all' means everybody; abook's" },
	OPT_END
};

/* What is asked for. */
struct plan {
	struct date today;
	struct buf typed;                  /* the words as they came */
	struct buf query;                  /* the same, or what makes a query of them */
	struct fault why;                  /* they make none by themselves */
	VEC(const struct needle *) needles; /* of its plain words that must all be there */
	struct arena arena;
	size_t limit;
};

struct row {
	struct text address, label;
	size_t at; /* where it stands among the contact's addresses */
	char *key; /* owned: folded; only while rows are chosen */
};

/* What is kept of a contact when its file is gone. */
struct person {
	VEC(struct row) rows; /* at least one */
	struct text name, title, org;
	struct arena arena;
};

static struct text keep(struct person *p, struct text t)
{
	return (struct text){ arena_copy(&p->arena, t), t.n };
}

/* ---- the addresses of one contact; several threads do this at once ---- */

static void add_addresses(struct person *p, const struct contact *c, struct text key)
{
	struct buf name = BUF_INIT, folded = BUF_INIT;
	struct contact_field field;
	struct text address;
	size_t at = 0;

	while (contact_next(c, key, &at, &field)) {
		if (!mailbox_read(field.value, &name, &address))
			continue;
		text_fold(address, &folded);
		struct row row = { keep(p, address), keep(p, field.label), p->rows.n,
				   buf_take(&folded) };
		vec_push(&p->rows, row);
	}
	buf_release(&name);
}

static int by_address(const void *va, const void *vb)
{
	const struct row *a = va, *b = vb;
	int c = strcmp(a->key, b->key);

	return c ? c : (a->at > b->at) - (a->at < b->at);
}

static int by_place(const void *va, const void *vb)
{
	const struct row *a = va, *b = vb;

	return (a->at > b->at) - (a->at < b->at);
}

/* The first of those that are the same stays. */
static void drop_repeated(struct person *p)
{
	struct row *rows = p->rows.at;
	size_t kept = 0;

	if (!p->rows.n)
		return;
	qsort(rows, p->rows.n, sizeof *rows, by_address);
	for (size_t i = 0; i < p->rows.n; i++) {
		if (kept && !strcmp(rows[kept - 1].key, rows[i].key))
			mem_free(rows[i].key);
		else
			rows[kept++] = rows[i];
	}
	p->rows.n = kept;
	for (size_t i = 0; i < kept; i++)
		mem_free(rows[i].key);
	qsort(rows, kept, sizeof *rows, by_place);
}

static bool has_all(const struct plan *plan, struct text name, struct text address)
{
	struct buf folded = BUF_INIT;
	size_t i = 0;

	needle_fold(name, &folded);
	buf_add_char(&folded, ' ');
	needle_fold(address, &folded);
	while (i < plan->needles.n && needle_in(plan->needles.at[i], buf_text(&folded)))
		i++;
	buf_release(&folded);
	return i == plan->needles.n;
}

/* Of several addresses those that were typed, if any were. */
static void drop_not_meant(struct person *p, const struct plan *plan)
{
	struct row *rows = p->rows.at;
	size_t meant = 0;

	for (size_t i = 0; i < p->rows.n; i++)
		if (has_all(plan, p->name, rows[i].address))
			rows[meant++] = rows[i];
	if (meant)
		p->rows.n = meant;
}

static void free_person(struct person *p)
{
	vec_release(&p->rows);
	arena_release(&p->arena);
	mem_free(p);
}

static bool is_closed(const struct contact *c, struct date today)
{
	struct door door;

	door_parse(contact_get(c, TEXT("door")), &door);
	return door_today(&door, today) == DOOR_CLOSED;
}

/* NULL when there is nobody to write to. */
static struct person *make_person(const struct plan *plan, const struct contact *c)
{
	if (skip_closed && is_closed(c, plan->today))
		return NULL;
	struct person *p = mem_alloc(sizeof *p);
	p->name = keep(p, contact_name(c));
	p->title = keep(p, contact_get(c, TEXT("title")));
	p->org = keep(p, contact_get(c, TEXT("org")));
	add_addresses(p, c, TEXT("email.pref"));
	add_addresses(p, c, TEXT("email"));
	drop_repeated(p);
	drop_not_meant(p, plan);
	if (p->rows.n)
		return p;
	free_person(p);
	return NULL;
}

/* How many addresses; all that is kept of a match, as there may be very many. */
static void *count_rows(void *ctx, const char *path, struct text id, const struct contact *c)
{
	(void)path;
	(void)id;
	struct person *p = c ? make_person(ctx, c) : NULL;
	if (!p)
		return NULL;
	size_t n = p->rows.n;
	free_person(p);
	return (void *)n;
}

/* ---- printing ---- */

/* "work, horror novelist, Night Harbor Press" */
static void add_info(const struct person *p, const struct row *row, struct buf *out)
{
	const struct text parts[] = { row->label, p->title, p->org };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (out->n && parts[i].n)
			buf_add_str(out, ", ");
		buf_add_text(out, parts[i]);
	}
}

static void print_mailbox(struct out *o, const struct person *p, const struct row *row)
{
	struct buf line = BUF_INIT;

	mailbox_write(p->name, row->address, &line);
	out_text(o, buf_text(&line));
	out_str(o, "\n");
	buf_release(&line);
}

static void print_row(struct out *o, struct text id, const struct person *p, const struct row *row)
{
	struct buf name = BUF_INIT, info = BUF_INIT;

	mailbox_bare_name(p->name, &name);
	if (!name.n)
		mailbox_bare_name(id, &name);
	if (!name.n)
		buf_add_text(&name, row->address);
	add_info(p, row, &info);
	out_text(o, row->address);
	out_str(o, "\t");
	out_text(o, buf_text(&name));
	out_str(o, "\t");
	out_text(o, buf_text(&info));
	out_str(o, "\n");
	buf_release(&name);
	buf_release(&info);
}

static json_t *row_json(const struct match *m, const struct person *p, const struct row *row)
{
	struct buf mailbox = BUF_INIT, info = BUF_INIT;
	json_t *object = contact_json_bare(m->id, m->path);

	mailbox_write(p->name, row->address, &mailbox);
	add_info(p, row, &info);
	json_object_set_new(object, "name", out_json_text(p->name));
	json_object_set_new(object, "address", out_json_text(row->address));
	json_object_set_new(object, "name-addr", out_json_text(buf_text(&mailbox)));
	if (row->label.n)
		json_object_set_new(object, "label", out_json_text(row->label));
	json_object_set_new(object, "info", out_json_text(buf_text(&info)));
	buf_release(&mailbox);
	buf_release(&info);
	return object;
}

/* Prints at most so many rows; returns how many it printed. */
static size_t print_person(struct app *app, const struct match *m, const struct person *p,
			   size_t most)
{
	size_t n = p->rows.n < most ? p->rows.n : most;

	for (size_t k = 0; k < n; k++) {
		const struct row *row = &p->rows.at[k];
		if (app->json)
			out_json_value(&app->out, row_json(m, p, row));
		else if (as_mailboxes)
			print_mailbox(&app->out, p, row);
		else
			print_row(&app->out, m->id, p, row);
	}
	return n;
}

/* Those that are shown are read once more; who is gone meanwhile is not shown. */
static void print_rows(struct app *app, const struct plan *plan, const struct search *s)
{
	size_t left = plan->limit;

	if (app->json)
		out_json_begin(&app->out);
	for (size_t i = 0; i < s->n && left; i++) {
		struct fault f = FAULT_INIT;
		struct contact c;
		if (!s->found[i]->data ||
		    book_load(&app->book, s->found[i]->path, &c, NULL, &f) < 0)
			continue;
		struct person *p = make_person(plan, &c);
		if (p) {
			left -= print_person(app, s->found[i], p, left);
			free_person(p);
		}
		contact_release(&c);
	}
	if (app->json)
		out_json_end(&app->out);
}

/* What could not be listed, and what was not read as it should be. */
static size_t count_damaged(const struct app *app, const struct findings *damage)
{
	size_t n = app->book.n_faults;

	for (size_t i = 0; i < damage->n; i++)
		if (!i || strcmp(damage->at[i].path, damage->at[i - 1].path) != 0)
			n++;
	return n;
}

/* The words as one line of a screen has room for them. */
static void add_typed(struct text typed, struct buf *out)
{
	struct buf shown = BUF_INIT;

	text_visible(typed, false, &shown);
	struct text front = text_fit(buf_text(&shown), TYPED_COLUMNS);
	buf_add_str(out, "'");
	buf_add_text(out, front);
	buf_add_str(out, front.n < shown.n ? "…'" : "'");
	buf_release(&shown);
}

/* Mutt shows it as its message, others know it by its first word. */
static void print_header(struct app *app, const struct plan *plan, size_t found, size_t damaged)
{
	struct buf line = BUF_INIT;

	buf_add_str(&line, "searching for ");
	if (plan->typed.n)
		add_typed(buf_text(&plan->typed), &line);
	else
		buf_add_str(&line, "everybody");
	if (found)
		buf_add_fmt(&line, ": %zu address%s", found, found == 1 ? "" : "es");
	else
		buf_add_str(&line, ": nobody");
	if (found > plan->limit)
		buf_add_fmt(&line, ", the first %zu shown", plan->limit);
	if (plan->why.code)
		buf_add_fmt(&line, "; taken as text: %s", plan->why.msg);
	if (damaged)
		buf_add_fmt(&line, "; %zu file%s damaged or unreadable, see kith check", damaged,
			    damaged == 1 ? "" : "s");
	out_text(&app->out, buf_text(&line));
	out_str(&app->out, "\n");
	buf_release(&line);
}

static void print(struct app *app, const struct plan *plan, const struct search *s, size_t found)
{
	if (!no_header && !as_mailboxes && !app->json)
		print_header(app, plan, found, count_damaged(app, &s->damage));
	print_rows(app, plan, s);
}

/* ---- the words ---- */

static bool parse(struct plan *plan, struct query_node **root, struct fault *f)
{
	return query_tree_parse(buf_text(&plan->query), plan->today, &plan->arena, root, f) == 0;
}

/*
 * Make a query of words that are none, as mail programs hand over whatever was typed so far:
 * each is looked for as it is. A quote can't be looked for, and is no more than a blank.
 */
static void take_literally(struct plan *plan)
{
	struct text word, rest = buf_text(&plan->query);
	struct buf query = BUF_INIT, folded = BUF_INIT;

	for (size_t i = 0; i < rest.n; i++)
		if (rest.at[i] == '"')
			plan->query.at[i] = ' ';
	while (text_cut_word(&rest, &word)) {
		buf_clear(&folded);
		needle_fold(word, &folded);
		if (folded.n)
			buf_add_fmt(&query, "\"%.*s\" ", TEXT_FMT(word));
	}
	buf_release(&folded);
	buf_release(&plan->query);
	plan->query = query;
}

/* The plain words that are not in an OR and not behind a sign. */
static void gather_needles(struct plan *plan, const struct query_node *n)
{
	if (n->kind == QUERY_WORD)
		vec_push(&plan->needles, &n->needle);
	if (n->kind == QUERY_ALL)
		for (const struct query_node *child = n->first; child; child = child->next)
			gather_needles(plan, child);
}

static void read_words(struct plan *plan, int argc, char **argv)
{
	struct query_node *root = NULL;

	app_join(argc, argv, &plan->typed);
	buf_add_text(&plan->query, buf_text(&plan->typed));
	if (!parse(plan, &root, &plan->why)) {
		struct fault f = FAULT_INIT;
		root = NULL;
		take_literally(plan);
		parse(plan, &root, &f);
	}
	if (root)
		gather_needles(plan, root);
}

/* ---- the command ---- */

static int query(struct app *app, const struct plan *plan)
{
	struct search s;
	size_t found = 0;

	int rc = search_run(app, &s, 1, (char *[]){ plan->query.at }, count_rows, (void *)plan);
	for (size_t i = 0; i < s.n; i++)
		found += (size_t)s.found[i]->data;
	if (!rc) {
		print(app, plan, &s, found);
		rc = found || exit_zero ? EXIT_DONE : EXIT_NO;
	}
	search_release(&s);
	return rc;
}

/* The message is mutt's first line too; who asks for status 0 gets it whatever happens. */
static int no_book(struct app *app, const struct fault *f)
{
	if (!no_header && !as_mailboxes && !app->json) {
		out_str(&app->out, "searching is not possible: ");
		out_text(&app->out, text_of(f->msg));
		out_str(&app->out, "\n");
	}
	app_fault(app, f);
	return exit_zero ? EXIT_DONE : EXIT_FAIL;
}

static int run(struct app *app, int argc, char **argv)
{
	struct plan plan = { .today = app->today, .typed = BUF_INIT, .query = BUF_INIT,
			     .why = FAULT_INIT };
	struct fault f = FAULT_INIT;
	long most = ROWS;

	if (limit && !text_number(text_of(limit), 0, ROWS_MOST, &most))
		return app_usage(app, "--limit is a number of addresses, 0 for all");
	if (as_abook && argc == 1 && !strcmp(argv[0], "all")) {
		argc = 0;
		most = limit ? most : 0;
	}
	plan.limit = most ? (size_t)most : SIZE_MAX;
	if (app_open_book(app, &f) < 0)
		return no_book(app, &f);
	app->quiet = true; /* the screen is the mail program's */
	read_words(&plan, argc, argv);
	int rc = query(app, &plan);
	app->incomplete = false; /* the header tells */
	buf_release(&plan.typed);
	buf_release(&plan.query);
	vec_release(&plan.needles);
	arena_release(&plan.arena);
	return rc;
}

const struct command cmd_query = {
	.name = "query",
	.group = "exchange",
	.aliases = "email",
	.args = "[WORDS]",
	.summary = "find e-mail addresses, for mail programs",
	.help = "The words are what *kith list* takes (*kith help queries*); those that make no\n"
		"query are looked for as they are. Without words: everybody. Best match first.\n"
		"First there is a line about the search, which mutt shows as its message, then a\n"
		"line for each address, in three fields with TABs between:\n"
		"\n"
		"    searching for 'paul': 1 address\n"
		"    paul@novak.example  Paul Novak  work, horror novelist, Night Harbor\n"
		"\n"
		"The last field is label, title and organisation, and may be empty. The name\n"
		"is fit to stand in quotes: it never has a quote, a backslash, *<* or *>* in it.\n"
		"A value that is not exactly one e-mail address is left out. Of one person\n"
		"*email.pref* comes first; where all words are in the name together with some of\n"
		"the addresses, the others are left out. *--no-header* leaves out the first line.\n"
		"*--mailbox* prints what can stand in a message:\n"
		"\n"
		"    \"Novak, Paul\" <paul@novak.example>\n"
		"\n"
		"Exit status: 0 somebody was found, 1 nobody, 2 wrong usage, 3 no book; with\n"
		"*--exit-zero* 0 instead of 1 and 3. Only the last two say so on stderr: damaged\n"
		"files are counted in the first line. People whose door is closed are found,\n"
		"unless *--skip-closed* is given.\n"
		"\n"
		"In mutt and NeoMutt no quotes belong round %s, which comes quoted:\n"
		"\n"
		"    set query_command = \"kith query -- %s\"\n"
		"\n"
		"In place of khard and of abook, for what has their command lines built in:\n"
		"\n"
		"    kith email --parsable --search-in-source-files WORDS\n"
		"    kith email -p --remove-first-line WORDS\n"
		"    kith --mutt-query WORDS\n"
		"\n"
		"Other mail programs and editors: see examples/recipes.\n",
	.opts = opts,
	.needs = NEGATIVE_ARGS | READS, /* it opens the book, as it has its own way to fail */
	.completes = "query*",
	.run = run,
};
