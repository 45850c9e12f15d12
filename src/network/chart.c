#include "network/chart.h"

#include "base/buf.h"

/* All in pixels. */
enum { LEFT = 56, RIGHT = 16, TOP = 56, HIGH = 220, GAP = 44, LOW = 60, BOTTOM = 28,
       LEAST_WIDTH = 480, WIDEST_SLOT = 52, NARROWEST_SLOT = 4 };

/* Told apart by people with any kind of colour vision. */
#define COLOR_MET "#74add1"
#define COLOR_NEW "#2166ac"
#define COLOR_LOST "#d6604d"
#define COLOR_GRID "#dddddd"

struct plot {
	const struct stats *stats;
	size_t slot, width;  /* of a month; of all */
	size_t most;         /* the end of the scale above */
	size_t step;         /* from one line of it to the next */
	size_t most_people;  /* the end of the scales below */
	struct buf *out;
};

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* 1, 2, 5, 10, 20 .. so that at most five steps reach n. */
static size_t step_for(size_t n)
{
	size_t step = 1;

	for (size_t i = 0; step * 5 < n; i++)
		step = i % 3 == 1 ? step / 2 * 5 : step * 2;
	return step;
}

static void make_plot(struct plot *p, const struct stats *s, struct buf *out)
{
	size_t n = s->months.n, slot = 624 / larger(n, 1), most = 1;

	*p = (struct plot){ .stats = s, .out = out, .most_people = 1 };
	for (size_t i = 0; i < n; i++) {
		const struct stats_month *m = &s->months.at[i];
		most = larger(most, m->encounters);
		p->most_people = larger(p->most_people, larger(m->fresh, m->lost));
	}
	p->slot = slot > WIDEST_SLOT ? WIDEST_SLOT : larger(slot, NARROWEST_SLOT);
	p->width = larger(LEFT + n * p->slot + RIGHT, LEAST_WIDTH);
	p->step = step_for(most);
	p->most = (most + p->step - 1) / p->step * p->step;
}

/* ---- pieces ---- */

static void add_text(struct plot *p, double x, double y, const char *rest, const char *words)
{
	buf_add_fmt(p->out, "<text x=\"%.1f\" y=\"%.1f\"%s>%s</text>\n", x, y, rest, words);
}

static void add_bar(struct plot *p, size_t i, double y, double height, const char *color)
{
	double slot = (double)p->slot, x = LEFT + (double)i * slot + slot * 0.14;

	buf_add_fmt(p->out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\""
			    " fill=\"%s\"/>\n",
		    x, y, slot * 0.72, height, color);
}

static void add_line(struct plot *p, double y, const char *color)
{
	buf_add_fmt(p->out, "<line x1=\"%d\" y1=\"%.1f\" x2=\"%zu\" y2=\"%.1f\" stroke=\"%s\"/>\n",
		    LEFT, y, p->width - RIGHT, y, color);
}

static void add_number(struct plot *p, double x, double y, size_t n, const char *rest)
{
	struct buf words = BUF_INIT;

	buf_add_fmt(&words, "%zu", n);
	add_text(p, x, y, rest, words.at);
	buf_release(&words);
}

/* ---- parts ---- */

static void add_key(struct plot *p, double x, const char *color, const char *words)
{
	buf_add_fmt(p->out, "<rect x=\"%.1f\" y=\"%d\" width=\"11\" height=\"11\""
			    " fill=\"%s\"/>\n",
		    x, TOP - 28, color);
	add_text(p, x + 16, TOP - 18, "", words);
}

static void add_head(struct plot *p)
{
	buf_add_fmt(p->out,
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%zu\" height=\"%d\""
		    " viewBox=\"0 0 %zu %d\"\n"
		    " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\""
		    " fill=\"#444444\">\n"
		    "<title>Encounters by month</title>\n"
		    "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
		    p->width, TOP + HIGH + GAP + 2 * LOW + BOTTOM, p->width,
		    TOP + HIGH + GAP + 2 * LOW + BOTTOM);
	add_text(p, LEFT, 20, " font-size=\"15\" font-weight=\"bold\" fill=\"#222222\"",
		 "Encounters by month");
	add_key(p, LEFT, COLOR_MET, "encounters");
	add_key(p, LEFT + 110, COLOR_NEW, "new contacts");
	add_key(p, LEFT + 226, COLOR_LOST, "lost contacts");
}

static void add_scale(struct plot *p)
{
	for (size_t n = 0; n <= p->most; n += p->step) {
		double y = TOP + HIGH - (double)n * HIGH / (double)p->most;
		add_line(p, y, n ? COLOR_GRID : "#888888");
		add_number(p, LEFT - 8, y + 4, n, " text-anchor=\"end\"");
	}
	add_line(p, TOP + HIGH + GAP + LOW, "#888888");
}

/* What the pointer over a month tells. */
static void add_month(struct plot *p, size_t i)
{
	const struct stats_month *m = &p->stats->months.at[i];
	const double base = TOP + HIGH, zero = TOP + HIGH + GAP + LOW;
	double met = (double)m->encounters * HIGH / (double)p->most;
	double fresh = (double)m->fresh * (LOW - 14) / (double)p->most_people;
	double lost = (double)m->lost * (LOW - 14) / (double)p->most_people;
	double middle = LEFT + (double)(i * p->slot) + (double)p->slot / 2;
	bool numbers = p->slot >= 24;

	buf_add_str(p->out, "<g><title>");
	date_format(m->month, p->out);
	buf_add_fmt(p->out, ": %zu encounters, %zu new, %zu lost</title>\n", m->encounters,
		    m->fresh, m->lost);
	add_bar(p, i, base - met, met, COLOR_MET);
	add_bar(p, i, zero - fresh, fresh, COLOR_NEW);
	add_bar(p, i, zero, lost, COLOR_LOST);
	if (numbers && m->encounters)
		add_number(p, middle, base - met - 4, m->encounters, " text-anchor=\"middle\"");
	if (numbers && m->fresh)
		add_number(p, middle, zero - fresh - 3, m->fresh, " text-anchor=\"middle\"");
	if (numbers && m->lost)
		add_number(p, middle, zero + lost + 11, m->lost, " text-anchor=\"middle\"");
	buf_add_str(p->out, "</g>\n");
}

/* Each month by its number where there is room, and each January by its year. */
static void add_calendar(struct plot *p)
{
	for (size_t i = 0; i < p->stats->months.n; i++) {
		struct date month = p->stats->months.at[i].month;
		double x = LEFT + (double)(i * p->slot) + (double)p->slot / 2;
		if (p->slot >= 16)
			add_number(p, x, TOP + HIGH + 15, month.month, " text-anchor=\"middle\"");
		if (month.month == 1 || (!i && month.month < 11))
			add_number(p, x, TOP + HIGH + 30, (size_t)month.year,
				   " text-anchor=\"middle\" font-weight=\"bold\"");
	}
}

void chart_write_svg(const struct stats *s, struct buf *out)
{
	struct plot p;

	make_plot(&p, s, out);
	add_head(&p);
	add_scale(&p);
	for (size_t i = 0; i < s->months.n; i++)
		add_month(&p, i);
	add_calendar(&p);
	buf_add_str(out, "</svg>\n");
}
