#ifndef CHANCE_BOOK_H
#define CHANCE_BOOK_H
/*
 * chance_book - contacts, paths and queries made by dice, of so few words that they
 * often meet: written in all the ways that fold alike, and with all that a file may hold.
 */
#include "dice.h"

#include "base/buf.h"

#define CHANCE_COUNT(a) (sizeof(a) / sizeof *(a))

static inline const char *chance_word(struct dice *d)
{
	static const char *const words[] = {
		"Ana", "ANA", "Ruiz", "Ruíz", "Rui\xcc\x81z", "José", "jose", "Łukasz", "lukasz",
		"Straße", "STRASSE", "ﬁnn", "fin", "Émile", "ΣΟΦΟΣ", "σοφός", "İstanbul", "李雷",
		"李", "雷", "한국", "a", "an", "to", "x@y.example", "y.example", "foo-bar", "O'Neil",
		"night", "Night", "harbor", "book", "club", "#club", "@fair", "@book-fair", "ab",
		"[[ana]]", "(0)30", "42", "1234", "٣٤٥٦", "①", "é", "C++", "call:", "met:", "=", ":",
		"#", ";", "ana-ruiz", "annabel", "nab", "quiet", "until", "2027-01-01",
	};

	return words[dice_roll(d, CHANCE_COUNT(words))];
}

static inline const char *chance_phone(struct dice *d)
{
	static const char *const phones[] = {
		"+49 (0)30 7654", "0049 30 7654", "030/7654", "30 76 54", "+1 (813) 555-0142",
		"8135550142", "813.555.0142", "٠٣٠ ٧٦٥٤", "0(0)0", "12", "76-5", "7654x", "ext. 1234",
	};

	return phones[dice_roll(d, CHANCE_COUNT(phones))];
}

static inline void chance_words(struct dice *d, struct buf *out)
{
	static const char *const gaps[] = { " ", " ", " ", "  ", "\t", "\xc2\xa0", "\xe3\x80\x80", ", ",
					    "", "-", "\xc2\xad" };

	for (size_t n = 1 + dice_roll(d, 4); n; n--) {
		buf_add_str(out, dice_roll(d, 9) ? chance_word(d) : chance_phone(d));
		if (n > 1)
			buf_add_str(out, gaps[dice_roll(d, CHANCE_COUNT(gaps))]);
	}
}

static inline const char *chance_key(struct dice *d)
{
	static const char *const keys[] = {
		"name", "Name", "nick", "alias", "email", "email.work", "phone", "PHONE", "phone.cell",
		"phone.", "phone.a.b", "tags", "tag", "tags", "via", "knows.sister", "needs", "note",
		"note", "door", "every", "favourite", "fax", "org", "date.move", "id", "path", "log",
		"", "a b",
	};

	return keys[dice_roll(d, CHANCE_COUNT(keys))];
}

/* ---- files ---- */

static inline void chance_field(struct dice *d, const char *end, struct buf *out)
{
	const char *key = chance_key(d);

	buf_add_fmt(out, "%s%s%s", dice_roll(d, 9) ? "" : "  ", key, dice_roll(d, 4) ? " = " : ":");
	if (text_starts(text_of(key), TEXT("phone")) && dice_roll(d, 4))
		buf_add_str(out, chance_phone(d));
	else
		chance_words(d, out);
	for (size_t n = dice_roll(d, 8); n > 5; n--) {
		buf_add_fmt(out, "%s    ", end);
		chance_words(d, out);
	}
}

static inline void chance_entry(struct dice *d, struct buf *out)
{
	buf_add_fmt(out, "2026-%02d-%02d = ", 1 + (int)dice_roll(d, 12), 1 + (int)dice_roll(d, 28));
	chance_words(d, out);
}

static inline void chance_line(struct dice *d, const char *end, struct buf *out)
{
	static const char *const sections[] = { "[contact]", "[log]", "[LOG]", "[todo]", "[extras]",
						"[", "[contact" };
	static const char *const others[] = { "", " ", "# ana", "; night harbor", "junk", "=", "x=" };

	switch (dice_roll(d, 12)) {
	case 0:
		buf_add_str(out, sections[dice_roll(d, CHANCE_COUNT(sections))]);
		break;
	case 1:
		buf_add_str(out, others[dice_roll(d, CHANCE_COUNT(others))]);
		break;
	case 2:
	case 3:
		chance_entry(d, out);
		break;
	default:
		chance_field(d, end, out);
	}
	buf_add_str(out, end);
}

/* The bytes of a contact, sometimes of one that is damaged. */
static inline void chance_contact(struct dice *d, struct buf *out)
{
	static const char *const damages[] = { "\xe9t\xe9 = ana\n", "\xff\xfe", "\xe6\x9d",
					       "<<<<<<< a\nname = Ana\n=======\n>>>>>>> b\n", " \n" };
	const char *end = dice_roll(d, 8) ? "\n" : dice_roll(d, 8) ? "\r\n" : "\r";

	if (dice_roll(d, 25) == 0)
		return;
	if (dice_roll(d, 20) == 0)
		buf_add_str(out, "\xef\xbb\xbf");
	if (dice_roll(d, 2))
		buf_add_fmt(out, "[contact]%s", end);
	for (size_t n = dice_roll(d, 9); n; n--)
		chance_line(d, end, out);
	if (dice_roll(d, 20) == 0)
		buf_add_str(out, damages[dice_roll(d, CHANCE_COUNT(damages))]);
	if (dice_roll(d, 40) == 0)
		buf_add(out, "\0ana", 4);
	if (dice_roll(d, 20) == 0)
		chance_words(d, out);
}

static inline const char *chance_folder(struct dice *d)
{
	static const char *const folders[] = { "", "", "a", "b", "a/c", "Familie Müller", "ana" };

	return folders[dice_roll(d, CHANCE_COUNT(folders))];
}

/* One of about `many` paths. */
static inline void chance_path(struct dice *d, size_t many, struct buf *out)
{
	static const char *const stems[] = { "ana", "Ana", "ana-ruiz", "jose", "bo", "李雷", "x y", "1234",
					     "night-harbor", "émile" };
	const char *folder = chance_folder(d);
	size_t number = dice_roll(d, many / 10 + 1);

	buf_clear(out);
	buf_add_fmt(out, "%s%s%s", folder, *folder ? "/" : "", stems[dice_roll(d, 10)]);
	if (number)
		buf_add_fmt(out, "-%zu", number);
	buf_add_str(out, ".ini");
}

/* ---- queries ---- */

/* A part of a word, cut between characters; sometimes the whole. */
static inline void chance_part(struct dice *d, struct buf *out)
{
	struct text word = text_of(dice_roll(d, 5) ? chance_word(d) : chance_phone(d));
	size_t from = dice_roll(d, 3) ? 0 : dice_roll(d, word.n), to = word.n;

	if (dice_roll(d, 3) == 0)
		to = from + 1 + dice_roll(d, word.n - from);
	while (from > 0 && ((unsigned char)word.at[from] & 0xc0) == 0x80)
		from--;
	while (to < word.n && ((unsigned char)word.at[to] & 0xc0) == 0x80)
		to++;
	buf_add_text(out, text_part(word, from, to));
}

static inline void chance_term(struct dice *d, struct buf *out)
{
	static const char *const places[] = { "id", "path", "log", "todo", "event", "kind", "door",
					      "tag", "Phone.Cell" };
	static const char *const dates[] = { "since:2026-06-01", "before:2026-06-01" };
	bool quoted = false;

	switch (dice_roll(d, 10)) {
	case 0:
		buf_add_str(out, dates[dice_roll(d, 2)]);
		return;
	case 1:
		buf_add_char(out, dice_roll(d, 2) ? '#' : '@');
		break;
	case 2:
	case 3:
	case 4:
		buf_add_str(out, dice_roll(d, 3) ? chance_key(d)
						 : places[dice_roll(d, CHANCE_COUNT(places))]);
		buf_add_char(out, dice_roll(d, 3) ? ':' : '=');
		if (dice_roll(d, 8) == 0)
			return;
	}
	if ((quoted = dice_roll(d, 4) == 0))
		buf_add_char(out, '"');
	chance_part(d, out);
	while (quoted && dice_roll(d, 3)) {
		buf_add_str(out, dice_roll(d, 4) ? " " : "  ");
		chance_part(d, out);
	}
	if (quoted)
		buf_add_char(out, '"');
}

/* One that may make no sense: who parses it will say so. */
static inline void chance_query(struct dice *d, int depth, struct buf *out)
{
	for (size_t n = 1 + dice_roll(d, depth ? 2 : 3); n; n--) {
		if (dice_roll(d, 6) == 0)
			buf_add_char(out, '-');
		if (depth < 3 && dice_roll(d, 4) == 0) {
			buf_add_char(out, '(');
			chance_query(d, depth + 1, out);
			buf_add_char(out, ')');
		} else {
			chance_term(d, out);
		}
		if (n > 1)
			buf_add_str(out, dice_roll(d, 3) ? " " : " OR ");
	}
}

#endif
