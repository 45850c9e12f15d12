#include "contact/mailbox.h"

#include <string.h>

#include "base/buf.h"

/* What has a meaning of its own outside quotes. */
static const char specials[] = "()<>[]:;@\\,.\"";

static bool is_one_of(char c, const char *list)
{
	return c && strchr(list, c);
}

/* ---- reading: each takes what it knows off the front of *rest, or leaves it ---- */

static bool take_char(struct text *rest, char c)
{
	if (!rest->n || rest->at[0] != c)
		return false;
	*rest = text_part(*rest, 1, rest->n);
	return true;
}

/* The length of the comment at the front, with those inside it; 0: it never ends. */
static size_t comment_length(struct text t)
{
	size_t depth = 0;

	for (size_t i = 0; i < t.n; i++) {
		if (t.at[i] == '\\')
			i++;
		else if (t.at[i] == '(')
			depth++;
		else if (t.at[i] == ')' && --depth == 0)
			return i + 1;
	}
	return 0;
}

static bool take_comment(struct text *rest)
{
	size_t n = rest->n && rest->at[0] == '(' ? comment_length(*rest) : 0;

	*rest = text_part(*rest, n, rest->n);
	return n > 0;
}

static void skip_blank(struct text *rest)
{
	do
		*rest = text_trim(*rest);
	while (take_comment(rest));
}

/* The length of the character at the front when an address may hold it, else 0. */
static size_t address_char(struct text t)
{
	int rune;
	size_t n = text_decode(t, &rune);

	if (rune >= 0x80)
		return rune_is_word(rune) ? n : 0;
	char c = char_lower(t.at[0]);
	bool letter = c >= 'a' && c <= 'z';
	return letter || char_is_digit(c) || is_one_of(c, "!#$%&'*+-/=?^_`{|}~");
}

static bool take_atom(struct text *rest)
{
	size_t n = 0, more;

	while (n < rest->n && (more = address_char(text_part(*rest, n, rest->n))))
		n += more;
	*rest = text_part(*rest, n, rest->n);
	return n > 0;
}

static bool take_dot_atom(struct text *rest)
{
	do
		if (!take_atom(rest))
			return false;
	while (take_char(rest, '.'));
	return true;
}

/* With what is blank around it. */
static bool take_address(struct text *rest, struct text *address)
{
	skip_blank(rest);
	struct text from = *rest;
	if (!take_dot_atom(rest) || !take_char(rest, '@') || !take_dot_atom(rest))
		return false;
	*address = text_part(from, 0, from.n - rest->n);
	skip_blank(rest);
	return true;
}

static bool take_quoted(struct text *rest, struct buf *name)
{
	while (rest->n && rest->at[0] != '"') {
		if (take_char(rest, '\\') && !rest->n)
			return false;
		buf_add_char(name, rest->at[0]);
		*rest = text_part(*rest, 1, rest->n);
	}
	return take_char(rest, '"');
}

/* Up to the '<', which is taken too. A dot is old, but in use: "J. Novak". */
static bool take_name(struct text *rest, struct buf *name)
{
	while (!take_char(rest, '<')) {
		if (take_char(rest, '"')) {
			if (!take_quoted(rest, name))
				return false;
		} else if (take_comment(rest)) {
			buf_add_char(name, ' ');
		} else if (!rest->n || (rest->at[0] != '.' && is_one_of(rest->at[0], specials))) {
			return false;
		} else {
			buf_add_char(name, rest->at[0]);
			*rest = text_part(*rest, 1, rest->n);
		}
	}
	return true;
}

/* ---- names ---- */

/* Is the character, which may be a byte that is none, shown as it is and no blank? */
static bool is_shown(struct text one, struct buf *scratch)
{
	if (one.n == 1)
		return one.at[0] > ' ' && one.at[0] <= '~';
	buf_clear(scratch);
	text_visible(one, false, scratch);
	return text_equal(buf_text(scratch), one);
}

/* The name with one blank for each run of what is not shown or not wanted, none at its ends. */
static void add_clean(struct text name, const char *unwanted, struct buf *out)
{
	struct buf scratch = BUF_INIT;
	size_t from = out->n;
	bool blank = false;

	while (name.n) {
		int rune;
		size_t n = text_decode(name, &rune);
		struct text one = text_part(name, 0, n);
		bool wanted = is_shown(one, &scratch) && !is_one_of(one.at[0], unwanted);
		if (wanted && blank && out->n > from)
			buf_add_char(out, ' ');
		if (wanted)
			buf_add_text(out, one);
		blank = !wanted;
		name = text_part(name, n, name.n);
	}
	buf_release(&scratch);
}

void mailbox_bare_name(struct text name, struct buf *out)
{
	add_clean(name, "\"\\<>", out);
}

/* Some programs decode what looks like an encoded word (RFC 2047), but never within quotes. */
static bool needs_quotes(struct text name)
{
	for (size_t i = 0; i < name.n; i++)
		if (is_one_of(name.at[i], specials))
			return true;
	return text_holds(name, TEXT("=?"));
}

static void add_quoted(struct text name, struct buf *out)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < name.n; i++) {
		if (is_one_of(name.at[i], "\"\\"))
			buf_add_char(out, '\\');
		buf_add_char(out, name.at[i]);
	}
	buf_add_char(out, '"');
}

/* ---- whole mailboxes ---- */

bool mailbox_read(struct text value, struct buf *name, struct text *address)
{
	struct buf phrase = BUF_INIT;
	struct text rest = value, found;

	bool read = take_address(&rest, &found) && !rest.n;
	if (!read) {
		rest = value;
		read = take_name(&rest, &phrase) && take_address(&rest, &found) &&
		       take_char(&rest, '>');
		skip_blank(&rest);
		read = read && !rest.n;
	}
	if (read) {
		add_clean(buf_text(&phrase), "", name);
		*address = found;
	}
	buf_release(&phrase);
	return read;
}

void mailbox_write(struct text name, struct text address, struct buf *out)
{
	struct buf clean = BUF_INIT;

	add_clean(name, "", &clean);
	if (needs_quotes(buf_text(&clean)))
		add_quoted(buf_text(&clean), out);
	else
		buf_add_text(out, buf_text(&clean));
	buf_add_str(out, clean.n ? " <" : "");
	buf_add_text(out, address);
	buf_add_str(out, clean.n ? ">" : "");
	buf_release(&clean);
}
