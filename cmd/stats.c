#include <string.h>

#include "base/buf.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"
#include "cmd/picture.h"
#include "network/chart.h"
#include "network/stats.h"

static const char *months, *svg;
static const struct opt opts[] = {
	{ "months", 'n', OPT_TEXT, &months, "N", "how many, this one included; 12 if not said" },
	{ "svg", 0, OPT_TEXT, &svg, "FILE", "the months as a picture; - is stdout" },
	OPT_END
};

/* How many lines of a list are enough; --json has all. */
enum { ENOUGH = 12, MARGIN = 2, NAME_MOST = 32, NARROWEST_BAR = 8, PLAIN_COLUMNS = 72 };

/* ---- months ---- */

static size_t digits(size_t n)
{
	size_t count = 1;

	while (n /= 10)
		count++;
	return count;
}

/* Wide enough for the number and its heading, or 0 for a column that has nothing. */
static size_t column_for(size_t most, const char *heading)
{
	size_t width = strlen(heading);

	return !most ? 0 : digits(most) > width ? digits(most) : width;
}

struct columns {
	size_t most;             /* the most encounters of a month */
	size_t met, fresh, lost; /* widths */
	size_t bar;              /* width of the longest bar */
};

static struct columns columns_of(const struct out *o, const struct stats *s)
{
	enum { DATE = 7, GAPS = 8, WIDEST_BAR = 60 };
	size_t room = o->columns ? (size_t)o->columns : PLAIN_COLUMNS;
	struct columns c = { .most = 1 };

	for (size_t i = 0; i < s->months.n; i++)
		if (s->months.at[i].encounters > c.most)
			c.most = s->months.at[i].encounters;
	c.met = column_for(c.most, "met");
	c.fresh = column_for(s->fresh, "new");
	c.lost = column_for(s->lost, "lost");
	size_t used = DATE + GAPS + c.met + c.fresh + c.lost;
	c.bar = room > used + NARROWEST_BAR ? room - used : NARROWEST_BAR;
	if (c.bar > WIDEST_BAR)
		c.bar = WIDEST_BAR;
	return c;
}

/* In eighths of a column: there are characters for them. */
static void add_bar(size_t n, const struct columns *c, struct buf *out)
{
	enum { EIGHTHS = 8, FULL = 0x2588 };
	size_t length = (n * c->bar * EIGHTHS + c->most - 1) / c->most;

	for (; length >= EIGHTHS; length -= EIGHTHS)
		buf_add_rune(out, FULL);
	if (length)
		buf_add_rune(out, FULL + EIGHTHS - (unsigned)length);
}

/* A number or a heading, to the right; nothing for a column there isn't. */
static void out_right(struct out *o, size_t width, const char *words)
{
	if (width)
		out_fmt(o, "  %*s", (int)width, words);
}

static void out_number(struct out *o, size_t width, size_t n)
{
	struct buf b = BUF_INIT;

	if (n)
		buf_add_fmt(&b, "%zu", n);
	out_right(o, width, b.at);
	buf_release(&b);
}

static void print_month(struct out *o, const struct stats_month *m, const struct columns *c)
{
	struct buf b = BUF_INIT;

	date_format(m->month, &b);
	out_str(o, b.at);
	if (m->encounters || m->fresh || m->lost)
		out_number(o, c->met, m->encounters);
	if (m->encounters || m->fresh || m->lost)
		out_number(o, c->fresh, m->fresh);
	if (m->encounters || m->lost)
		out_number(o, c->lost, m->lost);
	buf_clear(&b);
	add_bar(m->encounters, c, &b);
	out_style(o, STYLE_LABEL);
	if (b.n)
		out_fmt(o, "  %s", b.at);
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
	buf_release(&b);
}

static void print_months(struct out *o, const struct stats *s)
{
	struct columns c = columns_of(o, s);
	struct buf b = BUF_INIT;

	out_style(o, STYLE_NAME);
	out_right(o, c.met + 5, "met");
	out_right(o, c.fresh, "new");
	out_right(o, c.lost, "lost");
	out_style(o, STYLE_PLAIN);
	out_str(o, "\n");
	for (size_t i = 0; i < s->months.n; i++)
		print_month(o, &s->months.at[i], &c);
	buf_add_fmt(&b, "%zu encounter%s with %zu %s", s->encounters, s->encounters == 1 ? "" : "s",
		    s->people, s->people == 1 ? "person" : "people");
	buf_add_fmt(&b, "; %zu new, %zu lost", s->fresh, s->lost);
	out_str(o, "\n");
	out_wrapped(o, buf_text(&b), 0, MARGIN);
	out_str(o, "\n");
	buf_release(&b);
}

/* ---- giving and getting, cold by tag ---- */

static const char *door_note(const struct person *p)
{
	return p->door == DOOR_ASK ? " (ask first)" : "";
}

static void print_more(struct out *o, size_t n)
{
	if (n > ENOUGH)
		out_fmt(o, "%*sand %zu more\n", MARGIN, "", n - ENOUGH);
}

static void print_balance(struct out *o, struct text name, const char *note, size_t width,
			  size_t gave, size_t got)
{
	enum { NUMBER = 5 };

	out_fmt(o, "%*s", MARGIN, "");
	out_cell(o, name, width);
	out_fmt(o, "%*zu%*zu%s\n", NUMBER + 1, gave, NUMBER, got, note);
}

static void print_gifts(struct out *o, const struct stats *s)
{
	size_t most = o->columns ? (size_t)o->columns / 2 : NAME_MOST;
	size_t width = strlen("in all");

	for (size_t i = 0; i < s->balances.n && i < ENOUGH; i++) {
		size_t w = out_width(s->balances.at[i].person->s.name);
		width = w > width ? w : width;
	}
	if (width > most)
		width = most;
	out_heading(o, "Gave and got");
	out_fmt(o, "%*sgave  got\n", (int)(width + MARGIN + 2), "");
	print_balance(o, TEXT("in all"), "", width, s->gave, s->got);
	for (size_t i = 0; i < s->balances.n && i < ENOUGH; i++) {
		const struct stats_balance *b = &s->balances.at[i];
		print_balance(o, b->person->s.name, door_note(b->person), width, b->gave, b->got);
	}
	print_more(o, s->balances.n);
}

static void print_tags(struct out *o, const struct stats *s)
{
	size_t width = 0;

	for (size_t i = 0; i < s->tags.n && i < ENOUGH; i++) {
		size_t w = out_width(s->tags.at[i].tag) + 1;
		width = w > width ? w : width;
	}
	width = width > NAME_MOST ? NAME_MOST : width;
	out_heading(o, "Cold, by tag");
	for (size_t i = 0; i < s->tags.n && i < ENOUGH; i++) {
		struct buf tag = BUF_INIT;
		buf_add_char(&tag, '#');
		buf_add_text(&tag, s->tags.at[i].tag);
		out_fmt(o, "%*s", MARGIN, "");
		out_cell(o, buf_text(&tag), width);
		out_fmt(o, "  %zu of %zu\n", s->tags.at[i].cold, s->tags.at[i].of);
		buf_release(&tag);
	}
	print_more(o, s->tags.n);
}

static void print(struct out *o, const struct stats *s)
{
	print_months(o, s);
	if (s->gave || s->got)
		print_gifts(o, s);
	if (s->tags.n)
		print_tags(o, s);
}

/* ---- JSON ---- */

static void set_number(json_t *json, const char *key, size_t n)
{
	json_object_set_new(json, key, json_integer((json_int_t)n));
}

static json_t *months_json(const struct stats *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->months.n; i++) {
		const struct stats_month *m = &s->months.at[i];
		json_t *json = json_object();
		json_object_set_new(json, "month", date_json(m->month));
		set_number(json, "encounters", m->encounters);
		set_number(json, "new", m->fresh);
		set_number(json, "lost", m->lost);
		json_array_append_new(list, json);
	}
	return list;
}

static json_t *gifts_json(const struct stats *s)
{
	json_t *json = json_object(), *people = json_array();

	for (size_t i = 0; i < s->balances.n; i++) {
		json_t *person = person_json(s->balances.at[i].person);
		set_number(person, "gave", s->balances.at[i].gave);
		set_number(person, "got", s->balances.at[i].got);
		json_array_append_new(people, person);
	}
	set_number(json, "gave", s->gave);
	set_number(json, "got", s->got);
	json_object_set_new(json, "people", people);
	return json;
}

static json_t *tags_json(const struct stats *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->tags.n; i++) {
		json_t *json = json_object();
		json_object_set_new(json, "tag", out_json_text(s->tags.at[i].tag));
		set_number(json, "cold", s->tags.at[i].cold);
		set_number(json, "of", s->tags.at[i].of);
		json_array_append_new(list, json);
	}
	return list;
}

static void print_json(struct app *app, const struct stats *s)
{
	json_t *json = json_object();

	json_object_set_new(json, "months", months_json(s));
	set_number(json, "encounters", s->encounters);
	set_number(json, "people", s->people);
	set_number(json, "new", s->fresh);
	set_number(json, "lost", s->lost);
	json_object_set_new(json, "gifts", gifts_json(s));
	json_object_set_new(json, "tags", tags_json(s));
	out_json(&app->out, json);
}

/* ---- the command ---- */

static int draw(struct app *app, const struct stats *s)
{
	struct buf chart = BUF_INIT;

	chart_write_svg(s, &chart);
	int rc = picture_save(app, svg, buf_text(&chart));
	buf_release(&chart);
	return rc;
}

static int show(struct app *app, const struct network *net, size_t n)
{
	struct stats s;
	int rc = 0;

	stats_make(&s, net, n);
	if (app->json)
		print_json(app, &s);
	else if (svg)
		rc = draw(app, &s);
	else
		print(&app->out, &s);
	stats_release(&s);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	struct circle c;
	long n = 12;

	if (months && !text_number(text_of(months), 1, STATS_MOST_MONTHS, &n))
		return app_usage(app, "--months is a number from 1 to %d", STATS_MOST_MONTHS);
	if (app->json && svg)
		return app_usage(app, "--json is the numbers, --svg draws them; not both");
	int rc = circle_read(app, &c, argc, argv);
	bool empty = !rc && !c.n_asked;
	if (!rc && (!empty || app->json))
		rc = show(app, c.net, (size_t)n);
	if (!rc && empty) {
		app_say(app, "the book is empty; 'kith new NAME' adds somebody");
		rc = EXIT_NO;
	}
	return circle_close(&c, rc);
}

const struct command cmd_stats = {
	.name = "stats",
	.group = "network",
	.args = "[QUERY]",
	.summary = "encounters by month, who is new and who was lost, what you gave and got",
	.help = "Of the people who match, or of everybody. *met* counts encounters, one for each\n"
		"person who took part. *new* are those whose first encounter was in that month,\n"
		"*lost* those with whom the limit of the cadence was reached in it; who has no\n"
		"cadence is lost a year after the last encounter.\n"
		"\n"
		"*Gave and got* counts such entries of all time, and names those with whom they\n"
		"differ most. *Cold* are those whose encounters are few or long ago, of all with\n"
		"the tag whom you ever met. Who has a closed door is counted, but not named.\n"
		"\n"
		"    kith stats\n"
		"    kith stats '#client' --months 24\n"
		"    kith stats --svg year.svg\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | NEGATIVE_ARGS | READS,
	.completes = "query*",
	.run = run,
};
