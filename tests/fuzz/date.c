/*
 * The laws of date: what is written reads back; counting days, adding and taking
 * away agree; a cut takes off what date_read reads.
 */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/fault.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct date first = { 1, 1, 1 }, last = { 9999, 12, 31 };

static bool same(struct date a, struct date b)
{
	return date_cmp(a, b) == 0;
}

static bool is_inside(struct date d)
{
	return date_cmp(d, first) > 0 && date_cmp(d, last) < 0;
}

static void check_forms(struct date d)
{
	struct buf b = BUF_INIT;
	struct date again;

	date_format(d, &b);
	assert(date_parse(buf_text(&b), &again) && same(d, again));
	assert(date_read(buf_text(&b), first, &again, &(struct fault)FAULT_INIT) == 0);
	assert(same(d, again));
	buf_clear(&b);
	date_format_ago(d, last, &b);
	assert((b.n == 0) == (d.year == 0));
	buf_release(&b);
}

static void check_days(struct date d)
{
	long days = date_days(d);
	struct date whole = date_from_days(days), next = date_from_days(days + 1);

	assert(date_is_whole(whole) && date_days(whole) == days);
	assert(!date_is_whole(d) || same(d, whole));
	assert(same(next, last) || date_weekday(next) == (date_weekday(d) + 1) % 7);
}

static void check_adding(struct date d, struct period p)
{
	struct date later = date_add(d, p, 1), back = date_add(later, p, -1);

	assert(date_is_whole(later) && date_cmp(later, d) >= 0);
	if (!is_inside(later))
		return;
	long lost = date_days(d) - date_days(back); /* at the end of a shorter month */
	assert(lost >= 0 && lost <= (p.unit == 'm' || p.unit == 'y' ? 3 : 0));
}

static void check_period(struct text t, struct date d)
{
	struct buf b = BUF_INIT;
	struct period p, again;

	if (!period_parse(t, &p))
		return;
	buf_add_fmt(&b, "%d%c", p.n, p.unit);
	assert(period_parse(buf_text(&b), &again) && again.n == p.n && again.unit == p.unit);
	assert(period_days(p) >= p.n);
	check_adding(d, p);
	buf_release(&b);
}

static void check_cut(struct text t, struct date today)
{
	struct fault f = FAULT_INIT;
	struct text rest = t;
	struct date cut, read;

	if (!date_cut(&rest, today, &cut)) {
		assert(rest.at == t.at && rest.n == t.n);
		return;
	}
	assert(rest.n < t.n);
	struct text front = text_part(t, 0, (size_t)(rest.at - t.at));
	assert(!rest.n || char_is_space(front.at[front.n - 1]));
	assert(date_read(front, today, &read, &f) == 0 && same(cut, read));
}

/* The first two bytes choose today, the rest is what was typed. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct date today, d;
	struct fault f = FAULT_INIT;

	if (size < 2)
		return 0;
	today = date_from_days(((data[0] << 8) | data[1]) * 50L - 700000);
	struct text t = { (const char *)data + 2, size - 2 };
	check_days(today);
	check_forms(today);
	if (date_parse(t, &d)) {
		check_forms(d);
		check_days(d);
	}
	if (date_read(t, today, &d, &f) == 0)
		check_forms(d);
	else
		assert(f.code == FAULT_INVALID && strstr(f.msg, "2 weeks ago"));
	check_period(t, today);
	check_cut(t, today);
	return 0;
}
