#include "format/encoded_word.h"

#include <errno.h>
#include <iconv.h>

#include "base/buf.h"

enum { REPLACEMENT = 0xFFFD, C1_END = 0xA0 };

struct word {
	struct text charset, text;
	bool base64; /* else quoted-printable, nearly */
	size_t n;    /* bytes it takes */
};

/* Words of one charset in a row, whose bytes may share characters. */
struct run {
	struct text charset;
	struct buf bytes;
};

/* ---- bytes of a charset ---- */

void encoded_word_bytes(struct text bytes, struct buf *out)
{
	while (bytes.n) {
		int rune;
		size_t n = text_decode(bytes, &rune);
		unsigned char c = (unsigned char)bytes.at[0];
		if (rune >= 0)
			buf_add(out, bytes.at, n);
		else
			buf_add_rune(out, c < C1_END ? REPLACEMENT : c);
		bytes = text_part(bytes, n, bytes.n);
	}
}

/* What iconv makes of it; a byte that means nothing in the charset becomes U+FFFD. */
static void convert(iconv_t with, struct text bytes, struct buf *out)
{
	char *in = (char *)bytes.at;
	size_t left = bytes.n;
	bool done = false;

	while (!done) {
		bool last = !left; /* what it still holds back */
		size_t room = 4 * left + 16, unused = room;
		char *to = buf_room(out, room);
		size_t rc = iconv(with, last ? NULL : &in, last ? NULL : &left, &to, &unused);
		bool stuck = rc == (size_t)-1 && errno != E2BIG;
		buf_set_len(out, out->n + room - unused);
		if (stuck && !last) {
			buf_add_rune(out, REPLACEMENT);
			in++;
			left--;
		}
		done = last && (stuck || rc != (size_t)-1);
	}
}

/* Is it a name, and nothing that asks iconv for more? */
static bool is_charset(struct text name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = char_lower(name.at[i]);
		bool plain = (c >= 'a' && c <= 'z') || char_is_digit(c) || c == '-' || c == '_' ||
			     c == '.' || c == ':' || c == '+';
		if (!plain)
			return false;
	}
	return name.n > 0;
}

static void end_run(struct run *run, struct buf *out)
{
	struct text bytes = buf_text(&run->bytes);
	struct buf name = BUF_INIT;
	iconv_t with = (iconv_t)-1;

	buf_add_text(&name, run->charset);
	if (bytes.n && !text_same(run->charset, TEXT("utf-8")) && is_charset(run->charset))
		with = iconv_open("UTF-8", name.at);
	if (with == (iconv_t)-1) {
		encoded_word_bytes(bytes, out);
	} else {
		convert(with, bytes, out);
		iconv_close(with);
	}
	buf_release(&name);
	buf_clear(&run->bytes);
}

/* ---- words ---- */

static int hex_digit(char c)
{
	c = char_lower(c);
	return char_is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void decode_q(struct text t, struct buf *out)
{
	for (size_t i = 0; i < t.n; i++) {
		int high = t.at[i] == '=' && i + 2 < t.n ? hex_digit(t.at[i + 1]) : -1;
		int low = high < 0 ? -1 : hex_digit(t.at[i + 2]);
		if (low < 0) {
			buf_add_char(out, t.at[i] == '_' ? ' ' : t.at[i]);
			continue;
		}
		buf_add_char(out, (char)(high * 16 + low));
		i += 2;
	}
}

static int base64_digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* What is no digit is passed over; '=' begins anew, as pieces are put together sometimes. */
static void decode_b(struct text t, struct buf *out)
{
	unsigned bits = 0;
	int n = 0;

	for (size_t i = 0; i < t.n; i++) {
		int digit = base64_digit(t.at[i]);
		if (t.at[i] == '=')
			n = 0;
		if (digit < 0)
			continue;
		bits = bits << 6 | (unsigned)digit;
		n += 6;
		if (n >= 8) {
			n -= 8;
			buf_add_char(out, (char)(bits >> n & 0xff));
		}
	}
}

/* The place of the "?=" that ends a word, or t.n; another word's beginning ends the search. */
static size_t word_end(struct text t)
{
	for (size_t i = 0; i + 1 < t.n; i++) {
		if (t.at[i] == '?' && t.at[i + 1] == '=')
			return i;
		if (t.at[i] == '=' && t.at[i + 1] == '?' && !(i + 2 < t.n && t.at[i + 2] == '='))
			break;
	}
	return t.n;
}

/* Is there a word at the front? "=?" CHARSET ["*" LANGUAGE] "?" ("B" / "Q") "?" TEXT "?=" */
static bool read_word(struct text t, struct word *out)
{
	enum { LONGEST_CHARSET = 64 };

	if (!text_starts(t, TEXT("=?")))
		return false;
	struct text name = text_part(t, 2, t.n < LONGEST_CHARSET ? t.n : LONGEST_CHARSET);
	name.n = text_find(name, '?');
	size_t at = 2 + name.n;
	if (at + 2 >= t.n || t.at[at] != '?' || t.at[at + 2] != '?')
		return false;
	char way = char_lower(t.at[at + 1]);
	struct text rest = text_part(t, at + 3, t.n);
	size_t end = word_end(rest);
	if ((way != 'b' && way != 'q') || end == rest.n)
		return false;
	out->charset = text_part(name, 0, text_find(name, '*'));
	out->text = text_part(rest, 0, end);
	out->base64 = way == 'b';
	out->n = at + 3 + end + 2;
	return true;
}

static size_t blanks(struct text t)
{
	size_t n = 0;

	while (n < t.n && char_is_space(t.at[n]))
		n++;
	return n;
}

/* Take the words at the front of *rest, and the blanks between them, into the run. */
static bool take_words(struct text *rest, struct run *run, struct buf *out)
{
	struct word word;
	bool any = false;

	for (;;) {
		size_t between = any ? blanks(*rest) : 0;
		if (!read_word(text_part(*rest, between, rest->n), &word))
			return any;
		if (!text_same(word.charset, run->charset))
			end_run(run, out);
		run->charset = word.charset;
		(word.base64 ? decode_b : decode_q)(word.text, &run->bytes);
		*rest = text_part(*rest, between + word.n, rest->n);
		any = true;
	}
}

void encoded_word_decode(struct text t, struct buf *out)
{
	struct run run = { TEXT_NONE, BUF_INIT };

	while (t.n) {
		if (take_words(&t, &run, out)) {
			end_run(&run, out);
			continue;
		}
		size_t n = 1 + text_find(text_part(t, 1, t.n), '=');
		encoded_word_bytes(text_part(t, 0, n), out);
		t = text_part(t, n, t.n);
	}
	buf_release(&run.bytes);
}
