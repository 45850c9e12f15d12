/*
 * Slugs. Greek goes by ELOT 743 and Cyrillic by ICAO 9303, as in passports, on
 * folded letters: without accents, й is и and ё is е.
 */
#include "base/text.h"

#include <string.h>

#include "base/buf.h"

static const char *const greek[] = { /* from U+03B1 */
	"a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n",
	"x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps", "o",
};
static const char *const cyrillic[] = { /* from U+0430 */
	"a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p",
	"r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch",
	"a", /* a vowel in Bulgarian names; hardly found in others */
	"y", "", "e", "iu", "ia",
};
enum { GREEK = 0x03b1, CYRILLIC = 0x0430 };

#define COUNT(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* Ypsilon behind another vowel: Παπαδόπουλος, Παύλος, Ευγενία. */
static const char *ypsilon_behind(int before)
{
	switch (before) {
	case 0x03bf: return "u";
	case 0x03b1: case 0x03b5: return "v";
	default: return "y";
	}
}

/* What is written for a letter of these scripts, which may be nothing; NULL for all others. */
static const char *latin_for(int rune, int before)
{
	if (rune == 0x03c5)
		return ypsilon_behind(before);
	if (rune >= GREEK && rune < GREEK + COUNT(greek))
		return greek[rune - GREEK];
	if (rune >= CYRILLIC && rune < CYRILLIC + COUNT(cyrillic))
		return cyrillic[rune - CYRILLIC];
	switch (rune) {
	case 0x0452: return "d";
	case 0x0454: return "ie";
	case 0x0455: return "dz";
	case 0x0456: return "i";
	case 0x0458: return "j";
	case 0x0459: return "lj";
	case 0x045a: return "nj";
	case 0x045b: return "c";
	case 0x045f: return "dz";
	case 0x0491: return "g";
	default: return NULL;
	}
}

struct slug {
	struct buf *out;
	size_t start;
	bool gap; /* something was left out since the last piece */
};

/* False when there is no room. */
static bool add_piece(struct slug *s, const char *piece, size_t n)
{
	enum { LONGEST = 60 };
	bool dash = s->gap && s->out->n > s->start;

	if (!n)
		return true;
	if (s->out->n - s->start + dash + n > LONGEST)
		return false;
	if (dash)
		buf_add_char(s->out, '-');
	buf_add(s->out, piece, n);
	s->gap = false;
	return true;
}

/* As "u674e", a word of its own. */
static bool add_code_point(struct slug *s, int rune)
{
	struct buf piece = BUF_INIT;

	buf_add_fmt(&piece, "u%04x", (unsigned)rune);
	s->gap = true;
	bool room = add_piece(s, piece.at, piece.n);
	s->gap = true;
	buf_release(&piece);
	return room;
}

static bool add_rune(struct slug *s, int rune, int before)
{
	const char *latin = latin_for(rune, before);
	char c = rune >= 0 && rune < 0x80 ? (char)rune : '\0';

	if ((c >= 'a' && c <= 'z') || char_is_digit(c))
		return add_piece(s, &c, 1);
	if (latin)
		return add_piece(s, latin, strlen(latin));
	if (!c && rune_is_word(rune))
		return add_code_point(s, rune);
	s->gap |= c != '\''; /* O'Brien is obrien */
	return true;
}

void text_slug(struct text t, struct buf *out)
{
	struct slug s = { out, out->n, false };
	struct buf folded = BUF_INIT;
	bool room = true;

	text_fold(t, &folded);
	struct text rest = buf_text(&folded);
	for (int rune, before = 0; room && rest.n; before = rune) {
		rest = text_part(rest, text_decode(rest, &rune), rest.n);
		room = add_rune(&s, rune, before);
	}
	if (out->n == s.start)
		buf_add_str(out, "contact");
	buf_release(&folded);
}
