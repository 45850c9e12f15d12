#ifndef DATE_H
#define DATE_H
/*
 * date - calendar days, whole or in part, and spans of days.
 *
 * The proleptic Gregorian calendar (ISO 8601), years 1 to 9999. A part that is
 * not known is 0: "1974-10" has no day, "--10-31" (vCard, RFC 6350 4.3.1) no
 * year. 29 February is a date in a year-less form, and in leap years only
 * otherwise. On disk only the ISO forms are written.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct buf;
struct fault;

struct date {
	short year;               /* 1-9999, 0: not known */
	unsigned char month, day; /* 1-12, 1-31, 0: not known */
};
#define DATE_NONE ((struct date){ 0, 0, 0 })

/* n days, weeks, months or years; written "2w". n is 0 when there is none. */
struct period {
	int n;     /* 0-9999 */
	char unit; /* d w m y */
};

bool date_is_none(struct date d);
/* Year, month and day are all known. */
bool date_is_whole(struct date d);

/* "1974-10-31", "1974-10", "1974", "--10-31"; false for anything else, *out untouched. */
bool date_parse(struct text t, struct date *out);
/*
 * Dates that are not ISO but can mean one thing only, since the year stands first:
 * "2026/11/18", "2026.1.5", "2026-1-5", "20261118". False for all else, ISO dates too.
 */
bool date_parse_loose(struct text t, struct date *out);
/* Append it in the same forms; nothing for DATE_NONE. */
void date_format(struct date d, struct buf *out);

/*
 * What people type, counted from today: an ISO date or part of one, today,
 * yesterday, tomorrow, a weekday ("friday", "fri", "next friday": the coming one,
 * never today; "last friday"), "+2w", "-3d", "2w", "2 weeks", "in 2 weeks", "in a week",
 * "2 weeks ago". Case and white space do not matter. FAULT_INVALID names the forms.
 */
int date_read(struct text t, struct date today, struct date *out, struct fault *f);
/*
 * Cut the date off the front of a sentence: the longest front of *rest of at most
 * three whole words that date_read takes and that is plainly a date. A lone year,
 * "2 weeks", "sat" and "sun" may as well be words and are left. A comma or colon and the white
 * space behind the date go too. False, and nothing changed, when there is none.
 */
bool date_cut(struct text *rest, struct date today, struct date *out);
/* Can the word only be meant for a date, be it one or not: "2027-02-29", "3.3.2027"? */
bool date_is_meant(struct text word);

/* Today's date in local time; `fixed` (KITH_NOW) stands in for the clock when not NULL or empty. */
int date_today(const char *fixed, struct date *out, struct fault *f);

/* Seconds since 1970, by the clock. */
int64_t date_clock(void);

/* How many minutes east of UTC local time is at that moment (seconds since 1970); 0 if unknown. */
int date_zone(int64_t time);

/* <0, 0, >0. An unknown part comes before every known one. */
int date_cmp(struct date a, struct date b);
/* Days since 1970-01-01; an unknown month or day counts as the first, an unknown year as 1. */
long date_days(struct date d);
struct date date_from_days(long days); /* clamped to years 1-9999 */
/*
 * d + sign x p; the 31st of a shorter month is its last day. sign is 1 or -1.
 * Clamped like date_from_days; what is not known of d counts as in date_days.
 */
struct date date_add(struct date d, struct period p, int sign);
/* 0 Sunday to 6 Saturday. */
int date_weekday(struct date d);

/* "2w": a number and one of d w m y, or the words ("2 weeks"); false otherwise. */
bool period_parse(struct text t, struct period *out);
/* Roughly, in days: a month is 30.44 days, a year 365.25. For comparing periods. */
long period_days(struct period p);

/*
 * How long from `then` to `now`, as one would say it: "today", "3 days ago",
 * "2 weeks ago", "5 months ago", "2 years ago", "in 3 days". Of a month or a year
 * alone also "this month", "this year". Appends to out; nothing when
 * the year of `then` is not known. `now` is whole.
 */
void date_format_ago(struct date then, struct date now, struct buf *out);

#endif
