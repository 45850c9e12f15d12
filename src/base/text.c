#include "base/text.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"

struct text text_of(const char *s)
{
	return s ? (struct text){ s, strlen(s) } : TEXT_NONE;
}

bool text_cut(struct text *rest, char sep, struct text *piece)
{
	if (!rest->at)
		return false;
	size_t end = text_find(*rest, sep);
	*piece = text_part(*rest, 0, end);
	*rest = end < rest->n ? text_part(*rest, end + 1, rest->n) : (struct text){ NULL, 0 };
	return true;
}

bool text_cut_line(struct text *rest, struct text *line)
{
	if (!rest->n || !text_cut(rest, '\n', line))
		return false;
	if (line->n && line->at[line->n - 1] == '\r')
		line->n--;
	return true;
}

bool text_cut_word(struct text *rest, struct text *word)
{
	size_t from = 0, to;

	while (from < rest->n && char_is_space(rest->at[from]))
		from++;
	for (to = from; to < rest->n && !char_is_space(rest->at[to]); to++)
		;
	*word = text_part(*rest, from, to);
	*rest = text_part(*rest, to, rest->n);
	return word->n > 0;
}

bool text_ends(struct text t, struct text with)
{
	return t.n >= with.n && (!with.n || !memcmp(t.at + t.n - with.n, with.at, with.n));
}

static bool has_high_bytes(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)t.at[i] >= 0x80)
			return true;
	return false;
}

/* Case folding as Unicode has it, diacritics kept; a byte that is no UTF-8 stands for itself. */
static void fold_case(struct text t, struct buf *out)
{
	while (t.n) {
		int rune;
		size_t n = text_decode(t, &rune);
		utf8proc_int32_t folded[4];
		int last = UTF8PROC_BOUNDCLASS_START;
		utf8proc_ssize_t count = rune < 0 ? 0
			: utf8proc_decompose_char(rune, folded, 4, UTF8PROC_CASEFOLD, &last);
		if (count <= 0 || count > 4)
			buf_add(out, t.at, n);
		for (utf8proc_ssize_t i = 0; i < count && count <= 4; i++)
			buf_add_rune(out, (unsigned)folded[i]);
		t = text_part(t, n, t.n);
	}
}

bool text_same_folded(struct text a, struct text b)
{
	if (a.n == b.n) {
		size_t i = 0;
		while (i < a.n && char_lower(a.at[i]) == char_lower(b.at[i]))
			i++;
		if (i == a.n)
			return true;
	}
	if (!has_high_bytes(a) && !has_high_bytes(b))
		return false;
	struct buf fa = BUF_INIT, fb = BUF_INIT;
	fold_case(a, &fa);
	fold_case(b, &fb);
	bool same = text_equal(buf_text(&fa), buf_text(&fb));
	buf_release(&fa);
	buf_release(&fb);
	return same;
}

int text_cmp(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.at, b.at, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool text_holds(struct text in, struct text piece)
{
	return !piece.n || (in.n >= piece.n && memmem(in.at, in.n, piece.at, piece.n));
}

bool text_number(struct text t, long min, long max, long *out)
{
	bool negative = t.n && t.at[0] == '-';
	long value = 0;

	if (negative)
		t = text_part(t, 1, t.n);
	if (!t.n)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		if (!char_is_digit(t.at[i]) || value > (LONG_MAX - 9) / 10)
			return false;
		value = value * 10 + (t.at[i] - '0');
	}
	if (negative)
		value = -value;
	if (value < min || value > max)
		return false;
	*out = value;
	return true;
}

size_t text_decode(struct text t, int *rune)
{
	if ((unsigned char)t.at[0] < 0x80) {
		*rune = (unsigned char)t.at[0];
		return 1;
	}
	utf8proc_int32_t r;
	size_t n = t.n < 4 ? t.n : 4;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)t.at,
						 (utf8proc_ssize_t)n, &r);
	*rune = used > 0 ? r : -1;
	return used > 0 ? (size_t)used : 1;
}

bool rune_is_word(int rune)
{
	utf8proc_category_t category = utf8proc_category(rune);

	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

size_t text_encode(unsigned rune, char *s)
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)rune, (utf8proc_uint8_t *)s);
}

/* How many bytes from i on are printable ASCII, which takes a column each and is safe as it is. */
static size_t plain_run(struct text t, size_t i)
{
	size_t from = i;

	while (i < t.n && t.at[i] >= ' ' && t.at[i] <= '~')
		i++;
	return i - from;
}

/* The place of the first byte that is not ASCII; eight bytes at a time, as most text has none. */
static size_t ascii_run(struct text t, size_t i)
{
	uint64_t eight;

	for (; i + sizeof eight <= t.n; i += sizeof eight) {
		memcpy(&eight, t.at + i, sizeof eight);
		if (eight & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < t.n && (unsigned char)t.at[i] < 0x80)
		i++;
	return i;
}

bool text_is_utf8(struct text t, size_t *bad)
{
	for (size_t i = ascii_run(t, 0); i < t.n; i = ascii_run(t, i)) {
		int rune;
		size_t n = text_decode(text_part(t, i, t.n), &rune);
		if (rune < 0) {
			if (bad)
				*bad = i;
			return false;
		}
		i += n;
	}
	return true;
}

/* Letters with a stroke or a ligature have no decomposition; this is what people type for them. */
static const char *plain_letter(int rune)
{
	switch (rune) {
	case 0x0142: return "l";
	case 0x00f8: return "o";
	case 0x0111: case 0x00f0: return "d";
	case 0x0127: return "h";
	case 0x0131: return "i";
	case 0x0138: return "k";
	case 0x014b: return "n";
	case 0x0167: return "t";
	case 0x00fe: return "th";
	case 0x00e6: return "ae";
	case 0x0153: return "oe";
	case 0x0180: return "b";
	case 0x01b6: return "z";
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2212: return "-";
	case 0x2018: case 0x2019: case 0x02bc: return "'";
	case 0x201c: case 0x201d: return "\"";
	default: return NULL;
	}
}

/* Decimal digits stand in runs of ten, from zero on; of those that touch no other run this is the
 * value. */
static int digit_value(int rune)
{
	int value = 0;

	if (utf8proc_category(rune) != UTF8PROC_CATEGORY_ND)
		return -1;
	while (value < 9 && utf8proc_category(rune - value - 1) == UTF8PROC_CATEGORY_ND)
		value++;
	return value;
}

static void add_folded(int rune, struct buf *out)
{
	const char *plain = plain_letter(rune);
	int digit = rune < 0x80 ? -1 : digit_value(rune);

	if (digit >= 0)
		buf_add_char(out, (char)('0' + digit));
	else if (plain)
		buf_add_str(out, plain);
	else if (rune < 0x80)
		buf_add_char(out, char_is_space((char)rune) ? ' ' : char_lower((char)rune));
	else
		buf_add_rune(out, (unsigned)rune);
}

/*
 * Nearly all text is ASCII, and a search spends its time here. Blocks of a fixed size
 * without branches are what compilers make vector instructions of.
 */
enum { FOLD_BLOCK = 64 };

static char fold_ascii_char(char c)
{
	unsigned char u = (unsigned char)c;

	u = (unsigned char)(u + ((unsigned char)(u - 'A') < 26 ? 'a' - 'A' : 0));
	return (unsigned char)(u - '\t') < 5 ? ' ' : (char)u;
}

static bool fold_ascii_block(const char *restrict from, char *restrict to)
{
	unsigned char high = 0;

	for (int i = 0; i < FOLD_BLOCK; i++)
		high |= (unsigned char)from[i];
	if (high >= 0x80)
		return false;
	for (int i = 0; i < FOLD_BLOCK; i++)
		to[i] = fold_ascii_char(from[i]);
	return true;
}

/* Returns how many bytes it took: up to the first that is not ASCII. */
static size_t fold_ascii(struct text t, char *to)
{
	size_t n = 0;

	while (t.n - n >= FOLD_BLOCK && fold_ascii_block(t.at + n, to + n))
		n += FOLD_BLOCK;
	for (; n < t.n && (unsigned char)t.at[n] < 0x80; n++)
		to[n] = fold_ascii_char(t.at[n]);
	return n;
}

/* The one character of `bytes`. */
static void fold_rune(int rune, struct text bytes, struct buf *out)
{
	enum { MOST = 18 }; /* U+FDFA decomposes into 18 */
	utf8proc_int32_t parts[MOST];
	int last = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t count = rune < 0 ? -1
		: utf8proc_decompose_char(rune, parts, MOST, UTF8PROC_COMPAT |
			UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
			UTF8PROC_IGNORE, &last);

	if (count < 0 || count > MOST)
		buf_add_text(out, bytes);
	else
		for (utf8proc_ssize_t i = 0; i < count; i++)
			add_folded((int)parts[i], out);
}

void text_fold(struct text t, struct buf *out)
{
	while (t.n) {
		size_t n = fold_ascii(t, buf_room(out, t.n));
		buf_set_len(out, out->n + n);
		t = text_part(t, n, t.n);
		if (!t.n)
			break;
		int rune;
		n = text_decode(t, &rune);
		fold_rune(rune, text_part(t, 0, n), out);
		t = text_part(t, n, t.n);
	}
}

bool text_same_when_folded(struct text a, struct text b)
{
	struct buf fa = BUF_INIT, fb = BUF_INIT;

	if (text_equal(a, b) || text_begins_otherwise(a, b))
		return text_equal(a, b);
	text_fold(a, &fa);
	text_fold(b, &fb);
	bool same = text_equal(buf_text(&fa), buf_text(&fb));
	buf_release(&fa);
	buf_release(&fb);
	return same;
}

static size_t rune_width(int rune)
{
	if (rune < 0)
		return 1;
	int w = utf8proc_charwidth(rune);
	return w > 0 ? (size_t)w : 0;
}

size_t text_width(struct text t)
{
	size_t width = 0;
	for (size_t i = 0; i < t.n;) {
		size_t plain = plain_run(t, i);
		width += plain;
		i += plain;
		if (i == t.n)
			break;
		int rune;
		i += text_decode(text_part(t, i, t.n), &rune);
		width += rune_width(rune);
	}
	return width;
}

struct text text_fit(struct text t, size_t columns)
{
	size_t width = 0, i = 0;
	while (i < t.n) {
		int rune;
		size_t n = text_decode(text_part(t, i, t.n), &rune);
		width += rune_width(rune);
		if (width > columns)
			break;
		i += n;
	}
	return text_part(t, 0, i);
}

static bool is_unsafe(int rune)
{
	return rune < 0x20 || (rune >= 0x7f && rune < 0xa0) || rune == 0x061c ||
	       rune == 0x200e || rune == 0x200f || (rune >= 0x2028 && rune <= 0x202e) ||
	       (rune >= 0x2066 && rune <= 0x2069) || rune == 0xfeff;
}

void text_visible(struct text t, bool keep_lines, struct buf *out)
{
	for (;;) {
		size_t plain = plain_run(t, 0);
		buf_add(out, t.at, plain);
		t = text_part(t, plain, t.n);
		if (!t.n)
			break;
		int rune;
		size_t n = text_decode(t, &rune);
		if (rune == '\n' || rune == '\t')
			buf_add_char(out, keep_lines ? (char)rune : ' ');
		else if (rune < 0)
			buf_add_fmt(out, "\\x%02x", (unsigned char)t.at[0]);
		else if (!is_unsafe(rune))
			buf_add(out, t.at, n);
		else
			buf_add_fmt(out, rune < 0x80 ? "\\x%02x" : "\\u%04x", (unsigned)rune);
		t = text_part(t, n, t.n);
	}
}

void text_repair(struct text t, struct buf *out)
{
	while (t.n) {
		int rune;
		size_t n = text_decode(t, &rune);
		if (rune < 0)
			buf_add_rune(out, 0xfffd);
		else
			buf_add(out, t.at, n);
		t = text_part(t, n, t.n);
	}
}
