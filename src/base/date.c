#include "base/date.h"

#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/fault.h"

/*
 * Days are counted in years that begin on 1 March, so that the leap day comes
 * last and the lengths of the months before it follow one formula (the idea is
 * Howard Hinnant's). 400 such years, an era, always have the same length.
 */
enum {
	ERA_YEARS = 400,
	ERA_DAYS = 146097,
	EPOCH = 719468, /* days from 0000-03-01 to 1970-01-01 */
	LAST_YEAR = 9999
};

static const struct date first_date = { 1, 1, 1 }, last_date = { LAST_YEAR, 12, 31 };

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* An unknown year may be a leap year. */
static int days_in_month(int year, int month)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && (!year || is_leap(year)) ? 29 : days[month - 1];
}

static struct date make_date(long year, long month, long day)
{
	return (struct date){ (short)year, (unsigned char)month, (unsigned char)day };
}

bool date_is_none(struct date d)
{
	return !d.year && !d.month && !d.day;
}

bool date_is_whole(struct date d)
{
	return d.year && d.month && d.day;
}

/* ---- arithmetic ---- */

int date_cmp(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return (a.day > b.day) - (a.day < b.day);
}

long date_days(struct date d)
{
	long year = d.year ? d.year : 1, month = d.month ? d.month : 1, day = d.day ? d.day : 1;

	if (month < 3)
		year--;
	long since_march = (month + 9) % 12;
	long day_of_year = (153 * since_march + 2) / 5 + day - 1;
	return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - EPOCH;
}

struct date date_from_days(long days)
{
	if (days <= date_days(first_date))
		return first_date;
	if (days >= date_days(last_date))
		return last_date;
	days += EPOCH;
	long day = days % ERA_DAYS;
	long year = (day - day / 1460 + day / 36524 - day / (ERA_DAYS - 1)) / 365;
	day -= year * 365 + year / 4 - year / 100;
	long since_march = (5 * day + 2) / 153;
	day -= (153 * since_march + 2) / 5;
	long month = (since_march + 2) % 12 + 1;
	year += days / ERA_DAYS * ERA_YEARS + (month < 3);
	return make_date(year, month, day + 1);
}

static struct date add_months(struct date d, long n)
{
	long months = d.year * 12L + d.month - 1 + n;
	long year = months / 12, month = months % 12 + 1;

	if (months < 12)
		return first_date;
	if (year > LAST_YEAR)
		return last_date;
	long most = days_in_month((int)year, (int)month);
	return make_date(year, month, d.day < most ? d.day : most);
}

struct date date_add(struct date d, struct period p, int sign)
{
	long n = (long)sign * p.n;

	if (p.unit == 'd' || p.unit == 'w')
		return date_from_days(date_days(d) + n * (p.unit == 'w' ? 7 : 1));
	if (!date_is_whole(d))
		d = date_from_days(date_days(d));
	return add_months(d, n * (p.unit == 'y' ? 12 : 1));
}

int date_weekday(struct date d)
{
	enum { THURSDAY = 4 }; /* 1970-01-01 */

	return (int)((date_days(d) % 7 + 7 + THURSDAY) % 7);
}

/* ---- the written forms ---- */

/* The text is `digits` long and a number of at least 1. */
static bool parse_part(struct text t, size_t digits, long max, long *out)
{
	return t.n == digits && char_is_digit(t.at[0]) && text_number(t, 1, max, out);
}

bool date_parse(struct text t, struct date *out)
{
	long year = 0, month = 0, day = 0;
	struct text rest = t, piece;

	if (text_starts(t, TEXT("--")))
		rest = text_part(t, 2, t.n);
	else if (!text_cut(&rest, '-', &piece) || !parse_part(piece, 4, LAST_YEAR, &year))
		return false;
	if (text_cut(&rest, '-', &piece) && !parse_part(piece, 2, 12, &month))
		return false;
	if (text_cut(&rest, '-', &piece) &&
	    !parse_part(piece, 2, days_in_month((int)year, (int)month), &day))
		return false;
	if (rest.at || (!year && !day))
		return false;
	*out = make_date(year, month, day);
	return true;
}

/* The number up to sep, or the whole of what is left when it is the last part. */
static bool cut_number(struct text *rest, char sep, long max, long *out)
{
	struct text piece;

	return text_cut(rest, sep, &piece) && piece.n && char_is_digit(piece.at[0]) &&
	       text_number(piece, 1, max, out);
}

bool date_parse_loose(struct text t, struct date *out)
{
	struct date iso;
	long year, month, day;

	if (t.n < 8 || date_parse(t, &iso))
		return false;
	if (t.n == 8 && text_number(t, 10000101, 99991231, &day)) {
		year = day / 10000;
		month = day / 100 % 100;
		day %= 100;
	} else {
		char sep = t.at[4];
		if ((sep != '-' && sep != '/' && sep != '.') ||
		    !cut_number(&t, sep, LAST_YEAR, &year) || !cut_number(&t, sep, 12, &month) ||
		    !cut_number(&t, sep, 31, &day) || t.at)
			return false;
	}
	if (month < 1 || month > 12 || day < 1 || day > days_in_month((int)year, (int)month))
		return false;
	*out = make_date(year, month, day);
	return true;
}

static void add_digits(int number, int digits, struct buf *out)
{
	char *at = buf_room(out, (size_t)digits);

	for (int i = digits; i-- > 0; number /= 10)
		at[i] = (char)('0' + number % 10);
	buf_set_len(out, out->n + (size_t)digits);
}

void date_format(struct date d, struct buf *out)
{
	if (date_is_none(d))
		return;
	if (d.year)
		add_digits(d.year, 4, out);
	else
		buf_add_char(out, '-');
	if (d.month) {
		buf_add_char(out, '-');
		add_digits(d.month, 2, out);
	}
	if (d.day) {
		buf_add_char(out, '-');
		add_digits(d.day, 2, out);
	}
}

/* 'd' for "d", "day" and "days", and so on; 0 when the word is no unit. */
static char unit_of(struct text word)
{
	static const char *const units[] = { "days", "weeks", "months", "years" };

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		struct text many = text_of(units[i]), one = text_part(many, 0, many.n - 1);
		if (text_same(word, text_part(many, 0, 1)) || text_same(word, one) ||
		    text_same(word, many))
			return units[i][0];
	}
	return 0;
}

bool period_parse(struct text t, struct period *out)
{
	size_t digits = 0;
	long n;

	while (digits < t.n && char_is_digit(t.at[digits]))
		digits++;
	char unit = unit_of(text_trim(text_part(t, digits, t.n)));
	if (!unit || !text_number(text_part(t, 0, digits), 0, 9999, &n))
		return false;
	*out = (struct period){ (int)n, unit };
	return true;
}

long period_days(struct period p)
{
	switch (p.unit) {
	case 'd': return p.n;
	case 'w': return p.n * 7L;
	case 'm': return p.n * 3044L / 100;
	default: return p.n * 36525L / 100;
	}
}

/* ---- what people type ---- */

/* MAYBE: a date when one is asked for, but in a sentence as well a word ("2 weeks", "sat"). */
enum reading { NO_DATE, MAYBE_DATE, SURE_DATE };

static enum reading read_iso(struct text t, struct date *out)
{
	if (!date_parse(t, out))
		return NO_DATE;
	return out->month ? SURE_DATE : MAYBE_DATE;
}

static enum reading read_near_day(struct text t, struct date today, struct date *out)
{
	static const struct {
		const char *word;
		int days;
	} near[] = { { "yesterday", -1 }, { "today", 0 }, { "tomorrow", 1 } };

	for (size_t i = 0; i < sizeof near / sizeof *near; i++)
		if (text_same(t, text_of(near[i].word))) {
			*out = date_from_days(date_days(today) + near[i].days);
			return SURE_DATE;
		}
	return NO_DATE;
}

/* 0 Sunday to 6 Saturday. */
static enum reading read_weekday_name(struct text word, int *weekday)
{
	static const char *const names[] = { "sunday", "monday", "tuesday", "wednesday",
					     "thursday", "friday", "saturday" };

	for (int i = 0; i < 7; i++) {
		struct text name = text_of(names[i]);
		*weekday = i;
		if (text_same(word, name))
			return SURE_DATE;
		if (text_same(word, text_part(name, 0, 3)))
			return i == 0 || i == 6 ? MAYBE_DATE : SURE_DATE;
	}
	return NO_DATE;
}

/* "friday", "next friday", "last friday". */
static enum reading read_weekday(struct text t, struct date today, struct date *out)
{
	struct text rest = t, word;
	int weekday;

	if (!text_cut_word(&rest, &word))
		return NO_DATE;
	bool last = text_same(word, TEXT("last")), next = text_same(word, TEXT("next"));
	enum reading reading = read_weekday_name(last || next ? text_trim(rest) : t, &weekday);
	if (reading == NO_DATE)
		return NO_DATE;
	int ahead = (weekday - date_weekday(today) + 6) % 7 + 1;
	if (last)
		ahead = ahead == 7 ? -7 : ahead - 7;
	*out = date_from_days(date_days(today) + ahead);
	return last || next ? SURE_DATE : reading;
}

/* A period, or "a week". */
static bool parse_spoken_period(struct text t, struct period *out)
{
	struct text rest = t, word;

	if (!text_cut_word(&rest, &word) ||
	    (!text_same(word, TEXT("a")) && !text_same(word, TEXT("an"))))
		return period_parse(t, out);
	*out = (struct period){ 1, unit_of(text_trim(rest)) };
	return out->unit != 0;
}

/* "+2w", "-3d", "2w", "in 2 weeks", "2 weeks ago". */
static enum reading read_distance(struct text t, struct date today, struct date *out)
{
	const struct text ago = TEXT("ago");
	struct text rest = t, word;
	enum reading reading = SURE_DATE;
	bool known;
	struct period p;
	int sign = 1;

	if (!text_cut_word(&rest, &word))
		return NO_DATE;
	if (word.at[0] == '+' || word.at[0] == '-') {
		sign = word.at[0] == '-' ? -1 : 1;
		known = period_parse(text_part(t, 1, t.n), &p);
	} else if (text_same(word, TEXT("in"))) {
		known = parse_spoken_period(text_trim(rest), &p);
	} else if (t.n > ago.n && char_is_space(t.at[t.n - ago.n - 1]) &&
		   text_same(text_part(t, t.n - ago.n, t.n), ago)) {
		sign = -1;
		known = parse_spoken_period(text_trim(text_part(t, 0, t.n - ago.n)), &p);
	} else {
		known = period_parse(t, &p);
		if (rest.n)
			reading = MAYBE_DATE;
	}
	if (!known)
		return NO_DATE;
	*out = date_add(today, p, sign);
	return reading;
}

/* t is trimmed. */
static enum reading read_date(struct text t, struct date today, struct date *out)
{
	enum reading reading = read_iso(t, out);

	if (reading == NO_DATE)
		reading = read_near_day(t, today, out);
	if (reading == NO_DATE)
		reading = read_weekday(t, today, out);
	if (reading == NO_DATE)
		reading = read_distance(t, today, out);
	return reading;
}

/* As much of it as leaves room in a message for the forms that are known. */
static struct text shown(struct text t)
{
	enum { LONGEST = 100 };
	size_t n = 0;

	while (n < t.n) {
		int rune;
		size_t len = text_decode(text_part(t, n, t.n), &rune);
		if (n + len > LONGEST || (rune >= 0 && rune < ' '))
			break;
		n += len;
	}
	return text_part(t, 0, n);
}

int date_read(struct text t, struct date today, struct date *out, struct fault *f)
{
	t = text_trim(t);
	if (read_date(t, today, out) != NO_DATE)
		return 0;
	return fault_set(f, FAULT_INVALID, "'%.*s' is no date; write 2026-11-18, today, tomorrow, "
			 "friday, +2w, -3d, in 2 weeks or 2 weeks ago", TEXT_FMT(shown(t)));
}

bool date_cut(struct text *rest, struct date today, struct date *out)
{
	enum { MOST_WORDS = 3 };
	struct text left = text_trim(*rest), after = left, word;
	bool found = false;

	for (int n = 0; n < MOST_WORDS && text_cut_word(&after, &word); n++) {
		struct text front = text_part(left, 0, (size_t)(word.at + word.n - left.at));
		struct date d;
		if (front.at[front.n - 1] == ',' || front.at[front.n - 1] == ':')
			front.n--;
		if (read_date(front, today, &d) != SURE_DATE)
			continue;
		*out = d;
		*rest = text_trim(after);
		found = true;
	}
	return found;
}

bool date_is_meant(struct text word)
{
	size_t groups = 0;

	for (size_t i = 0; i < word.n; i++) {
		bool digit = char_is_digit(word.at[i]);
		if (!digit && (!i || !memchr("-./", word.at[i], 3)))
			return false;
		groups += digit && (!i || !char_is_digit(word.at[i - 1]));
	}
	return groups == 3;
}

int date_today(const char *fixed, struct date *out, struct fault *f)
{
	struct text t = text_of(fixed);

	if (t.n) {
		struct text day = text_part(t, 0, text_find(t, 'T'));
		struct date d;
		day.n = text_find(day, ' ');
		if (!date_parse(day, &d) || !date_is_whole(d))
			return fault_set(f, FAULT_INVALID,
					 "'%s' is no date; write it like 2026-11-18", fixed);
		*out = d;
		return 0;
	}
	time_t now = time(NULL);
	struct tm tm;
	if (now == (time_t)-1 || !localtime_r(&now, &tm))
		return fault_errno(f, "the clock cannot be read");
	*out = make_date(tm.tm_year + 1900L, tm.tm_mon + 1, tm.tm_mday);
	return 0;
}

int64_t date_clock(void)
{
	return time(NULL);
}

int date_zone(int64_t time)
{
	time_t t = (time_t)time;
	struct tm tm;

	return localtime_r(&t, &tm) ? (int)(tm.tm_gmtoff / 60) : 0;
}

/* ---- how long ago ---- */

static long months_between(struct date from, struct date to)
{
	return (to.year - from.year) * 12L + to.month - from.month - (to.day < from.day);
}

static void say_distance(long n, const char *unit, bool past, struct buf *out)
{
	buf_add_fmt(out, "%s%ld %s%s%s", past ? "" : "in ", n, unit, n == 1 ? "" : "s",
		    past ? " ago" : "");
}

static void say_months(long months, bool past, struct buf *out)
{
	if (months < 24)
		say_distance(months, "month", past, out);
	else
		say_distance(months / 12, "year", past, out);
}

static void say_days(struct date then, struct date now, struct buf *out)
{
	long days = date_days(now) - date_days(then);
	bool past = days > 0;
	long n = labs(days);

	if (n == 0)
		buf_add_str(out, "today");
	else if (n == 1)
		buf_add_str(out, past ? "yesterday" : "tomorrow");
	else if (n < 14)
		say_distance(n, "day", past, out);
	else if (n < 60)
		say_distance(n / 7, "week", past, out);
	else {
		long months = past ? months_between(then, now) : months_between(now, then);
		say_months(months > 2 ? months : 2, past, out); /* 60 days are two months */
	}
}

void date_format_ago(struct date then, struct date now, struct buf *out)
{
	if (!then.year)
		return;
	if (then.month && then.day) {
		say_days(then, now, out);
		return;
	}
	int years = now.year - then.year;
	long months = years * 12L + now.month - then.month;
	if (then.month && months)
		say_months(labs(months), months > 0, out);
	else if (years)
		say_distance(labs((long)years), "year", years > 0, out);
	else
		buf_add_str(out, then.month ? "this month" : "this year");
}
