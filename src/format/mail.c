#include "format/mail.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/vec.h"
#include "format/encoded_word.h"

/* ---- text ---- */

/* Marks that turn the writing direction, or the order of bytes: they say nothing on one line. */
static bool is_direction(int rune)
{
	return rune == 0x061C || rune == 0x200E || rune == 0x200F || rune == 0xFEFF ||
	       (rune >= 0x202A && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069);
}

static bool is_blank(int rune)
{
	return rune <= ' ' || (rune >= 0x7F && rune <= 0xA0) || rune == 0x2028 || rune == 0x2029;
}

/* One blank for each run of what is no UTF-8, a control character or a blank; none at the ends. */
static struct text clean(struct text t, struct arena *a)
{
	struct buf out = BUF_INIT;
	bool blank = false;

	while (t.n) {
		int rune;
		size_t n = text_decode(t, &rune);
		if (is_blank(rune)) {
			blank = true;
		} else if (!is_direction(rune)) {
			if (blank && out.n)
				buf_add_char(&out, ' ');
			blank = false;
			buf_add(&out, t.at, n);
		}
		t = text_part(t, n, t.n);
	}
	struct text copy = { arena_copy(a, buf_text(&out)), out.n };
	buf_release(&out);
	return copy;
}

static struct text decode(struct text value, struct arena *a)
{
	struct buf out = BUF_INIT;

	encoded_word_decode(value, &out);
	struct text text = clean(buf_text(&out), a);
	buf_release(&out);
	return text;
}

/* ---- lists of addresses ---- */

/*
 * One of a list, while it is read. What stands in the brackets is an address. Without brackets
 * it is in what stands outside, and then its name may stand in a comment.
 */
struct draft {
	struct buf phrase;  /* outside brackets, without quotes */
	struct buf outside; /* the same with them */
	struct buf inside;
	struct buf comment;
	bool brackets;
};

/* Is it an address? An '@' in quotes is none. */
static bool is_address(struct text t)
{
	size_t ats = 0, at = 0;
	bool quoted = false;

	for (size_t i = 0; i < t.n; i++) {
		char c = t.at[i];
		if (c == '"')
			quoted = !quoted;
		else if (quoted)
			i += c == '\\';
		else if (c == ' ' || c == '<' || c == '>')
			return false;
		else if (c == '@' && ats++ == 0)
			at = i;
	}
	return ats == 1 && at > 0 && at + 1 < t.n && !quoted;
}

/* Cut the piece up to the next blank outside quotes off the front. */
static bool cut_word(struct text *rest, struct text *word)
{
	bool quoted = false;
	size_t n = 0;

	*rest = text_trim(*rest);
	for (; n < rest->n && (quoted || !char_is_space(rest->at[n])); n++) {
		if (rest->at[n] == '"')
			quoted = !quoted;
		else if (rest->at[n] == '\\' && n + 1 < rest->n)
			n++;
	}
	*word = text_part(*rest, 0, n);
	*rest = text_part(*rest, n, rest->n);
	return n > 0;
}

/* The address among the words, and the others as a name: "Paul paul@novak.example". */
static struct text find_address(struct text words, struct buf *name)
{
	struct text word, found = TEXT_NONE;

	while (cut_word(&words, &word)) {
		if (!found.n && is_address(word)) {
			found = word;
		} else {
			buf_add_text(name, word);
			buf_add_char(name, ' ');
		}
	}
	return found;
}

/* Behind a route of old: <@relay.example,@other.example:paul@novak.example>. */
static struct text without_route(struct text t)
{
	size_t colon = text_find(t, ':');

	return t.n && t.at[0] == '@' && colon < t.n ? text_part(t, colon + 1, t.n) : t;
}

/* Without quotes of somebody's making; nothing, when all it says is the address again. */
static struct text bare_name(struct text name, struct text address)
{
	if (name.n > 1 && (name.at[0] == '\'' || name.at[0] == '"') &&
	    name.at[name.n - 1] == name.at[0])
		name = text_trim(text_part(name, 1, name.n - 1));
	return text_same(name, address) ? TEXT_NONE : name;
}

static void end_one(struct draft *d, struct mailed_list *list, struct arena *a)
{
	struct buf words = BUF_INIT, bytes = BUF_INIT;
	struct text name = text_trim(buf_text(&d->phrase));

	if (d->brackets) {
		encoded_word_bytes(without_route(buf_text(&d->inside)), &bytes);
	} else {
		encoded_word_bytes(find_address(buf_text(&d->outside), &words), &bytes);
		name = buf_text(&words);
	}
	struct text address = clean(buf_text(&bytes), a);
	if (is_address(address)) {
		name = decode(name.n ? name : buf_text(&d->comment), a);
		vec_push(list, ((struct mailed){ bare_name(name, address), address }));
	}
	buf_release(&words);
	buf_release(&bytes);
	buf_clear(&d->phrase);
	buf_clear(&d->outside);
	buf_clear(&d->inside);
	buf_clear(&d->comment);
	d->brackets = false;
}

/* What a comment says, whose '(' was taken; with those inside it. */
static void take_comment(struct text *rest, struct buf *out)
{
	size_t depth = 1, i = 0;

	buf_clear(out);
	for (; i < rest->n; i++) {
		char c = rest->at[i];
		depth += c == '(';
		depth -= c == ')';
		if (!depth)
			break;
		if (c == '\\' && i + 1 < rest->n)
			c = rest->at[++i];
		buf_add_char(out, c);
	}
	*rest = text_part(*rest, i < rest->n ? i + 1 : i, rest->n);
}

/* What stands in quotes, whose first one was taken; `whole` gets it as it is. */
static void take_quoted(struct text *rest, struct buf *whole, struct buf *bare)
{
	size_t i = 0;

	buf_add_char(whole, '"');
	for (; i < rest->n && rest->at[i] != '"'; i++) {
		if (rest->at[i] == '\\' && i + 1 < rest->n)
			buf_add_char(whole, rest->at[i++]);
		buf_add_char(whole, rest->at[i]);
		buf_add_char(bare, rest->at[i]);
	}
	buf_add_char(whole, '"');
	*rest = text_part(*rest, i < rest->n ? i + 1 : i, rest->n);
}

/* Is a comma in brackets part of a route, or was the '>' forgotten? */
static bool is_in_route(const struct draft *d)
{
	return d->brackets && text_starts(buf_text(&d->inside), TEXT("@"));
}

static void read_list(struct text rest, struct mailed_list *list, struct arena *a)
{
	struct draft d = { BUF_INIT, BUF_INIT, BUF_INIT, BUF_INIT, false };
	struct buf unused = BUF_INIT;
	bool open = false; /* in brackets */

	while (rest.n) {
		char c = rest.at[0];
		rest = text_part(rest, 1, rest.n);
		if (c == '"' && open) {
			take_quoted(&rest, &d.inside, &unused);
		} else if (c == '"') {
			take_quoted(&rest, &d.outside, &d.phrase);
		} else if (c == '(') {
			take_comment(&rest, &d.comment);
		} else if (c == '<') {
			buf_clear(&d.inside);
			d.brackets = open = true;
		} else if (c == '>') {
			open = false;
		} else if ((c == ',' || c == ';') && !(open && is_in_route(&d))) {
			end_one(&d, list, a);
			open = false;
		} else if (c == ':' && !open) { /* the name of a group */
			buf_clear(&d.phrase);
			buf_clear(&d.outside);
		} else if (open) {
			if (d.inside.n || !char_is_space(c))
				buf_add_char(&d.inside, c);
		} else {
			buf_add_char(&d.phrase, c);
			buf_add_char(&d.outside, c);
		}
	}
	end_one(&d, list, a);
	buf_release(&d.phrase);
	buf_release(&d.outside);
	buf_release(&d.inside);
	buf_release(&d.comment);
	buf_release(&unused);
}

/* ---- dates ---- */

static bool is_letter(char c)
{
	return char_lower(c) >= 'a' && char_lower(c) <= 'z';
}

/* Cut the next run of letters or digits, or a single sign, off the front, behind comments. */
static struct text cut_token(struct text *rest)
{
	struct buf comment = BUF_INIT;
	size_t n = 0;

	for (*rest = text_trim(*rest); rest->n && rest->at[0] == '('; *rest = text_trim(*rest)) {
		*rest = text_part(*rest, 1, rest->n);
		take_comment(rest, &comment);
	}
	buf_release(&comment);
	bool (*same)(char) = rest->n && char_is_digit(rest->at[0]) ? char_is_digit : is_letter;
	while (n < rest->n && same(rest->at[n]))
		n++;
	struct text token = text_part(*rest, 0, n || !rest->n ? n : 1);
	*rest = text_part(*rest, token.n, rest->n);
	return token;
}

/* Take this sign, if it comes next. */
static bool take_sign(struct text *rest, char sign)
{
	struct text after = *rest, token = cut_token(&after);

	if (token.n != 1 || token.at[0] != sign)
		return false;
	*rest = after;
	return true;
}

static bool take_number(struct text *rest, long most, long *out)
{
	return text_number(cut_token(rest), 0, most, out);
}

/* Two digits are of 1950 to 2049, three count from 1900. */
static bool take_year(struct text *rest, long *out)
{
	struct text token = cut_token(rest);

	if (!text_number(token, 0, 9999, out))
		return false;
	if (token.n == 2 && *out < 50)
		*out += 2000;
	else if (token.n <= 3)
		*out += 1900;
	return true;
}

static bool take_month(struct text *rest, long *out)
{
	struct text token = cut_token(rest), months = TEXT("janfebmaraprmayjunjulaugsepoctnovdec");

	for (size_t i = 0; i < months.n && token.n >= 3; i += 3)
		if (text_same(text_part(token, 0, 3), text_part(months, i, i + 3))) {
			*out = (long)i / 3 + 1;
			return true;
		}
	return false;
}

/* Minutes east of UTC; of a zone that is not known 0, as all it could change is the day. */
static long take_zone(struct text *rest)
{
	static const struct { const char *name; long hours; } zones[] = {
		{ "EST", -5 }, { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 },
		{ "MST", -7 }, { "MDT", -6 }, { "PST", -8 }, { "PDT", -7 },
	};
	bool west = take_sign(rest, '-'), east = !west && take_sign(rest, '+');
	struct text token = cut_token(rest);
	long n;

	if (west || east) {
		bool read = token.n == 4 && text_number(token, 0, 9959, &n) && n % 100 < 60;
		return read ? (n / 100 * 60 + n % 100) * (west ? -1 : 1) : 0;
	}
	for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
		if (text_same(token, text_of(zones[i].name)))
			return zones[i].hours * 60;
	return 0;
}

bool mail_read_date(struct text value, int64_t *out)
{
	struct text rest = value, after = value;
	long day, month, year, hour, minute, second = 0;

	if (cut_token(&after).n && take_sign(&after, ','))
		rest = after; /* the weekday */
	if (!take_number(&rest, 31, &day) || !take_month(&rest, &month) || !take_year(&rest, &year))
		return false;
	if (!take_number(&rest, 23, &hour) || !take_sign(&rest, ':') ||
	    !take_number(&rest, 59, &minute))
		return false;
	if (take_sign(&rest, ':') && !take_number(&rest, 60, &second))
		return false;
	struct date date = { (short)year, (unsigned char)month, (unsigned char)day };
	if (!date_is_whole(date) || date_cmp(date_from_days(date_days(date)), date) != 0)
		return false;
	minute -= take_zone(&rest);
	*out = ((int64_t)date_days(date) * 24 + hour) * 3600 + minute * 60 + second;
	return true;
}

/* ---- headers ---- */

bool mail_is_whole(struct text bytes)
{
	return text_holds(bytes, TEXT("\n\n")) || text_holds(bytes, TEXT("\n\r\n"));
}

/* The next header off the front, its lines joined. False at the end of the headers. */
static bool next_header(struct text *rest, struct text *name, struct buf *value)
{
	struct text line, more;

	while (text_cut_line(rest, &line) && line.n) {
		size_t colon = text_find(line, ':');
		*name = text_trim(text_part(line, 0, colon));
		if (colon == line.n || !name->n || char_is_space(line.at[0]))
			continue; /* "From ", or nothing we know */
		buf_clear(value);
		buf_add_text(value, text_part(line, colon + 1, line.n));
		while (rest->n && (rest->at[0] == ' ' || rest->at[0] == '\t') &&
		       text_cut_line(rest, &more))
			buf_add_text(value, more);
		return true;
	}
	return false;
}

static bool begins_with(struct text value, struct text word)
{
	value = text_trim(value);
	return value.n >= word.n && text_same(text_part(value, 0, word.n), word);
}

/* What a header tells of who wrote, by how its value begins. */
static enum mail_origin origin_of(struct text name, struct text value)
{
	static const struct { const char *name, *value; enum mail_origin origin; } signs[] = {
		{ "Auto-Submitted", "auto", MAIL_OF_PROGRAM },
		{ "Return-Path", "<>", MAIL_OF_PROGRAM },
		{ "Content-Type", "multipart/report", MAIL_OF_PROGRAM },
		{ "Precedence", "auto", MAIL_OF_PROGRAM },
		{ "Precedence", "bulk", MAIL_OF_LIST },
		{ "Precedence", "junk", MAIL_OF_LIST },
		{ "Precedence", "list", MAIL_OF_LIST },
		{ "List-Id", "", MAIL_OF_LIST },
		{ "List-Post", "", MAIL_OF_LIST },
		{ "List-Unsubscribe", "", MAIL_OF_LIST },
	};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (text_same(name, text_of(signs[i].name)) &&
		    begins_with(value, text_of(signs[i].value)))
			return signs[i].origin;
	return MAIL_PERSONAL;
}

/* Addresses that nobody reads, by what stands before the '@'. */
static bool is_of_program(const struct mailed_list *from)
{
	static const char *const names[] = { "mailer-daemon", "postmaster", "noreply", "no-reply",
					     "no_reply", "donotreply", "do-not-reply", NULL };

	for (size_t i = 0; names[i] && from->n; i++) {
		struct text address = from->at[0].address;
		if (text_same(text_part(address, 0, text_find(address, '@')), text_of(names[i])))
			return true;
	}
	return false;
}

static void read_header(struct mail *m, struct text name, struct text value)
{
	enum mail_origin origin = origin_of(name, value);

	if (origin > m->origin)
		m->origin = origin;
	if (text_same(name, TEXT("From")))
		read_list(value, &m->from, &m->arena);
	else if (text_same(name, TEXT("To")))
		read_list(value, &m->to, &m->arena);
	else if (text_same(name, TEXT("Cc")))
		read_list(value, &m->cc, &m->arena);
	else if (text_same(name, TEXT("Subject")) && !m->subject.n)
		m->subject = decode(value, &m->arena);
	else if (text_same(name, TEXT("Date")) && !m->dated)
		m->dated = mail_read_date(value, &m->time);
}

void mail_read(struct mail *m, struct text bytes)
{
	struct buf value = BUF_INIT;
	struct text rest = bytes, name;

	*m = (struct mail){ .subject = TEXT_NONE, .arena = ARENA_INIT };
	while (next_header(&rest, &name, &value))
		read_header(m, name, buf_text(&value));
	if (is_of_program(&m->from))
		m->origin = MAIL_OF_PROGRAM;
	buf_release(&value);
}

void mail_release(struct mail *m)
{
	vec_release(&m->from);
	vec_release(&m->to);
	vec_release(&m->cc);
	arena_release(&m->arena);
}

/* ---- subjects ---- */

/* The length of "Re:", "AW: ", "Re[2]:" or the like in front; 0: it is none. */
static size_t answer_length(struct text t)
{
	static const char *const marks[] = { "re", "aw", "sv", "vs", "antw", "odp", "rif", NULL };

	for (size_t i = 0; marks[i]; i++) {
		struct text mark = text_of(marks[i]);
		size_t n = mark.n;
		if (!begins_with(t, mark))
			continue;
		if (n < t.n && t.at[n] == '[')
			n += text_find(text_part(t, n, t.n), ']') + 1;
		while (n < t.n && t.at[n] == ' ')
			n++;
		if (n < t.n && t.at[n] == ':')
			return n + 1;
	}
	return 0;
}

struct text mail_bare_subject(struct text subject)
{
	size_t n;

	subject = text_trim(subject);
	while ((n = answer_length(subject)))
		subject = text_trim(text_part(subject, n, subject.n));
	return subject;
}
