#include "history/author.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

/* What git takes off both ends: ident.c calls it crud. */
static bool is_crud(char c)
{
	return (unsigned char)c <= ' ' || strchr(".,:;<>\"\\'", c);
}

void author_clean(struct text t, struct buf *out)
{
	while (t.n && is_crud(t.at[0]))
		t = text_part(t, 1, t.n);
	while (t.n && is_crud(t.at[t.n - 1]))
		t.n--;
	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)t.at[i] >= ' ' && t.at[i] != 0x7f && !strchr("<>", t.at[i]))
			buf_add_char(out, t.at[i]);
}

/* ---- when ---- */

/* A number of exactly n digits off the front. */
static bool take_number(struct text *t, size_t n, long max, long *out)
{
	if (t->n < n || !text_number(text_part(*t, 0, n), 0, max, out))
		return false;
	*t = text_part(*t, n, t->n);
	return true;
}

static bool take_char(struct text *t, const char *any)
{
	if (!t->n || !strchr(any, t->at[0]))
		return false;
	*t = text_part(*t, 1, t->n);
	return true;
}

/* "+0130", "+01:30" or "Z". */
static bool read_zone(struct text t, int *zone)
{
	long hours, minutes;

	*zone = 0;
	t = text_trim(t);
	if (text_same(t, TEXT("Z")))
		return true;
	bool west = t.at[0] == '-';
	if (!take_char(&t, "+-") || !take_number(&t, 2, 14, &hours))
		return false;
	take_char(&t, ":");
	if (!take_number(&t, 2, 59, &minutes) || t.n)
		return false;
	*zone = (int)(hours * 60 + minutes) * (west ? -1 : 1);
	return true;
}

static bool read_seconds(struct text t, struct moment *out)
{
	struct text number;
	long seconds;

	take_char(&t, "@");
	if (!text_cut_word(&t, &number) || !text_number(number, 0, (1L << 40), &seconds))
		return false;
	out->time = seconds;
	return read_zone(t, &out->zone);
}

static bool read_iso(struct text t, struct moment *out)
{
	enum { DAY = 10 };
	long hour, minute, second = 0;
	struct date date;

	if (t.n < DAY || !date_parse(text_part(t, 0, DAY), &date) || !date_is_whole(date))
		return false;
	t = text_part(t, DAY, t.n);
	if (!take_char(&t, "T ") || !take_number(&t, 2, 23, &hour) || !take_char(&t, ":") ||
	    !take_number(&t, 2, 59, &minute))
		return false;
	if (take_char(&t, ":") && !take_number(&t, 2, 60, &second))
		return false;
	if (!read_zone(t, &out->zone))
		return false;
	out->time = date_days(date) * 86400LL + hour * 3600 + minute * 60 + second -
		    out->zone * 60LL;
	return out->time >= 0;
}

bool author_moment(struct text t, struct moment *out)
{
	t = text_trim(t);
	return read_iso(t, out) || read_seconds(t, out);
}

struct moment author_now(struct date fixed)
{
	struct moment m = { .time = date_days(fixed) * 86400LL + 43200 };

	if (date_is_none(fixed))
		m.time = date_clock();
	if (m.time < 0)
		m.time = 0;
	if (date_is_none(fixed))
		m.zone = date_zone(m.time);
	return m;
}

/* ---- who ---- */

void author_fallback(struct buf *name, struct buf *email)
{
	const struct passwd *user = getpwuid(geteuid());
	char host[256] = "";

	if (gethostname(host, sizeof host - 1))
		host[0] = '\0';
	author_clean(text_of(user ? user->pw_name : ""), name);
	if (!name->n)
		buf_add_str(name, "kith");
	buf_add_fmt(email, "%s@", name->at);
	size_t before = email->n;
	author_clean(text_of(host), email);
	if (email->n == before)
		buf_add_str(email, "localhost");
}
