#ifndef TEXT_H
#define TEXT_H
/*
 * text - pieces of text: a pointer and a length, borrowed, not NUL-terminated.
 *
 * Text is meant to be UTF-8, and nothing here breaks when it is not. White
 * space is the C locale's (space, \t \n \v \f \r), as in inih; the process
 * locale is never asked. Unicode comes from utf8proc.
 */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct buf;

struct text {
	const char *at; /* borrowed; may be NULL when n is 0 */
	size_t n;       /* bytes */
};
#define TEXT(literal) ((struct text){ "" literal, sizeof(literal) - 1 })
#define TEXT_NONE ((struct text){ "", 0 })
/* For printf: printf("%.*s", TEXT_FMT(t)) */
#define TEXT_FMT(t) (int)(t).n, (t).at

/* ---- characters; these and a few below are inline, as all reading is made of them ---- */

/* White space as inih and the C locale have it. */
static inline bool char_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool char_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ASCII only. */
static inline char char_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ---- pieces ---- */

struct text text_of(const char *s); /* of a C string; NULL gives the empty text */
/* From byte `from` up to but not including `to`. */
static inline struct text text_part(struct text t, size_t from, size_t to)
{
	return (struct text){ t.at + from, to - from };
}

/* Without the white space at both ends. */
static inline struct text text_trim(struct text t)
{
	while (t.n && char_is_space(t.at[0]))
		t = text_part(t, 1, t.n);
	while (t.n && char_is_space(t.at[t.n - 1]))
		t.n--;
	return t;
}

/* The place of the first c, or n when there is none. */
static inline size_t text_find(struct text t, char c)
{
	const char *p = t.n ? memchr(t.at, c, t.n) : NULL;
	return p ? (size_t)(p - t.at) : t.n;
}

/* Does it begin with these bytes? Does it end with them? */
static inline bool text_starts(struct text t, struct text with)
{
	return t.n >= with.n && (!with.n || !memcmp(t.at, with.at, with.n));
}
bool text_ends(struct text t, struct text with);

/*
 * Take the piece up to the next sep off the front of *rest. False when *rest
 * is used up (rest->at is NULL then): "a,,b" gives "a", "", "b"; "" gives "".
 */
bool text_cut(struct text *rest, char sep, struct text *piece);
/* The same by line: "\n" and "\r\n" end a line, a final newline opens no further one. */
bool text_cut_line(struct text *rest, struct text *line);
/* Take the next run of non-space off the front; false when only white space is left. */
bool text_cut_word(struct text *rest, struct text *word);

/* ---- comparing ---- */

/* The same bytes. */
static inline bool text_equal(struct text a, struct text b)
{
	return a.n == b.n && text_starts(a, b);
}

/* Do they begin with different ASCII letters? Then no folding makes them the same. */
static inline bool text_begins_otherwise(struct text a, struct text b)
{
	return a.n && b.n && ((a.at[0] | b.at[0]) & 0x80) == 0 &&
	       char_lower(a.at[0]) != char_lower(b.at[0]);
}

/*
 * Equal without regard to case, as keys and section names are compared. Most that are asked
 * differ in their first letter.
 */
bool text_same_folded(struct text a, struct text b);
static inline bool text_same(struct text a, struct text b)
{
	return !text_begins_otherwise(a, b) && text_same_folded(a, b);
}

/* Byte order; shorter first when one begins the other. */
int text_cmp(struct text a, struct text b);
/* Does `in` hold the bytes of `piece`? The empty piece is in everything. */
bool text_holds(struct text in, struct text piece);

/* A whole decimal number in [min, max], nothing around it; false and *out untouched otherwise. */
bool text_number(struct text t, long min, long max, long *out);

/* ---- UTF-8 ---- */

/*
 * Read the character at the front of t, which is not empty. Returns its length
 * in bytes, at least 1; *rune is the code point, or -1 when the byte there does
 * not begin a well-formed sequence (RFC 3629; the length is 1 then).
 */
size_t text_decode(struct text t, int *rune);
/* Is it part of a word: a letter, a mark or a digit of any script? -1 is not. */
bool rune_is_word(int rune);
/* Write the code point to s, which has room for 4 bytes; returns how many it took. */
size_t text_encode(unsigned rune, char *s);
/* Is all of it well-formed? If not, *bad (may be NULL) is the offset of the first bad byte. */
bool text_is_utf8(struct text t, size_t *bad);

/*
 * Fold for comparing: lower case, without diacritics, compatibility forms
 * resolved (Unicode NFKD, full case folding, marks dropped), and letters that
 * Unicode does not take apart by the letter people type instead (ł o ø d ß ss), digits of all
 * scripts as 0 to 9.
 * White space becomes one space each. Appends to out.
 */
void text_fold(struct text t, struct buf *out);

/* Are they the same once folded? */
bool text_same_when_folded(struct text a, struct text b);

/*
 * A file-name-safe name: folded, everything but a-z and 0-9 becomes one '-',
 * none at either end, at most 60 bytes. Greek and Cyrillic become Latin letters
 * ("Ελένη Παππά" -> "eleni-pappa"); letters of other scripts are written as their
 * code points ("李雷" -> "u674e-u96f7"); nothing left gives "contact". Appends to out.
 */
void text_slug(struct text t, struct buf *out);

/* ---- showing ---- */

/* Columns on a terminal: wide characters count 2, combining ones 0. Only for visible text. */
size_t text_width(struct text t);
/* The longest front of t that takes at most `columns`; combining marks stay with their letter. */
struct text text_fit(struct text t, size_t columns);

/*
 * Make text safe to print: control characters (C0, DEL, C1), characters that
 * turn the writing direction or break lines (U+2028/9, U+200E/F, U+202A-E,
 * U+2066-9) and bytes that are not UTF-8 appear as \xNN or \uNNNN. Newline and
 * tab stay when keep_lines, else each becomes one space. Appends to out.
 */
void text_visible(struct text t, bool keep_lines, struct buf *out);

/* The same bytes with U+FFFD for every byte that is not part of well-formed UTF-8. */
void text_repair(struct text t, struct buf *out);

#endif
