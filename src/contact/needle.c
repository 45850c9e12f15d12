#include "contact/needle.h"

#include "base/arena.h"
#include "base/buf.h"

static void squeeze_spaces(struct buf *b, size_t from)
{
	struct text t = text_part(buf_text(b), from, b->n);
	size_t to = from;

	if (!text_starts(t, TEXT(" ")) && !text_ends(t, TEXT(" ")) && !text_holds(t, TEXT("  ")))
		return; /* as nearly always */

	for (size_t i = from; i < b->n; i++)
		if (b->at[i] != ' ' || (to > from && b->at[to - 1] != ' '))
			b->at[to++] = b->at[i];
	if (to > from && b->at[to - 1] == ' ')
		to--;
	buf_set_len(b, to);
}

void needle_fold_file(const char *path, struct text bytes, struct buf *out)
{
	text_fold(text_of(path), out);
	buf_add_char(out, '\n');
	text_fold(bytes, out);
}

void needle_fold(struct text t, struct buf *out)
{
	size_t from = out->n;

	text_fold(t, out);
	squeeze_spaces(out, from);
}

void needle_digits(struct text folded, struct buf *out)
{
	size_t start = out->n;

	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.at[i];
		if (text_starts(text_part(folded, i, folded.n), TEXT("(0)")))
			i += 2;
		else if (char_is_digit(c) && (c != '0' || out->n > start))
			buf_add_char(out, c);
	}
}

void needle_init(struct needle *n, struct text typed, bool quoted, struct arena *a)
{
	struct buf folded = BUF_INIT, digits = BUF_INIT;

	needle_fold(typed, &folded);
	needle_digits(buf_text(&folded), &digits);
	n->folded = (struct text){ arena_copy(a, buf_text(&folded)), folded.n };
	n->digits = (struct text){ arena_copy(a, buf_text(&digits)), digits.n };
	n->quoted = quoted;
	buf_release(&folded);
	buf_release(&digits);
}

bool needle_is_phone(const struct needle *n)
{
	enum { FEWEST_DIGITS = 4 };
	struct text signs = TEXT(" +-()./");
	int digits = 0;

	for (size_t i = 0; i < n->folded.n; i++) {
		if (char_is_digit(n->folded.at[i]))
			digits++;
		else if (text_find(signs, n->folded.at[i]) == signs.n)
			return false;
	}
	return digits >= FEWEST_DIGITS;
}

/* Of the scripts whose words are not spaced: any character may begin one. */
static bool is_unspaced(int rune)
{
	return (rune >= 0x2e80 && rune <= 0x9fff) || (rune >= 0xf900 && rune <= 0xfaff) ||
	       (rune >= 0x20000 && rune <= 0x3ffff);
}

/* Is the word so short that it must begin one? */
static bool is_short(struct text word)
{
	enum { LONG_ENOUGH = 3 };

	for (int n = 1; word.n; n++) {
		int rune;
		size_t len = text_decode(word, &rune);
		if (n == LONG_ENOUGH || is_unspaced(rune))
			return false;
		word = text_part(word, len, word.n);
	}
	return true;
}

static bool begins_word(struct text in, size_t at)
{
	size_t from = at;
	int rune;

	if (at == 0)
		return true;
	do
		from--;
	while (from > 0 && ((unsigned char)in.at[from] & 0xc0) == 0x80);
	text_decode(text_part(in, from, at), &rune);
	return !rune_is_word(rune);
}

static bool ends_word(struct text in, size_t at)
{
	int rune = 0;

	if (at < in.n)
		text_decode(text_part(in, at, in.n), &rune);
	return at == in.n || !rune_is_word(rune);
}

enum needle_fit needle_fit(const struct needle *n, struct text folded)
{
	bool must_begin = !n->quoted && is_short(n->folded);
	enum needle_fit best = NEEDLE_NONE;

	for (size_t i = 0; i + n->folded.n <= folded.n && best > NEEDLE_WORD; i++) {
		if (!text_starts(text_part(folded, i, folded.n), n->folded))
			continue;
		enum needle_fit here = begins_word(folded, i) ? NEEDLE_START
				       : must_begin	      ? NEEDLE_NONE
							      : NEEDLE_PART;
		if (here == NEEDLE_START && ends_word(folded, i + n->folded.n))
			here = NEEDLE_WORD;
		best = here < best ? here : best;
	}
	return best;
}

bool needle_in(const struct needle *n, struct text folded)
{
	if (!n->quoted && is_short(n->folded))
		return needle_fit(n, folded) < NEEDLE_NONE;
	return text_holds(folded, n->folded);
}
