#include "contact/duplicate.h"

#include "base/buf.h"
#include "contact/contact.h"

/* Fewer digits are an extension or a short code, which many people share. */
enum { FEWEST_DIGITS = 7 };

static void fold(struct text t, struct buf *out)
{
	text_fold(text_trim(t), out);
}

/* The digits of a number without the zeros in front; "+44 (0)20" and "020" end alike. */
static void digits(struct text t, struct buf *out)
{
	for (size_t i = 0; i < t.n; i++)
		if (char_is_digit(t.at[i]) && (out->n || t.at[i] != '0'))
			buf_add_char(out, t.at[i]);
}

static bool same_folded(struct text a, struct text b)
{
	struct buf fa = BUF_INIT, fb = BUF_INIT;

	fold(a, &fa);
	fold(b, &fb);
	bool same = fa.n && text_equal(buf_text(&fa), buf_text(&fb));
	buf_release(&fa);
	buf_release(&fb);
	return same;
}

static bool same_number(struct text a, struct text b)
{
	struct buf da = BUF_INIT, db = BUF_INIT;

	digits(a, &da);
	digits(b, &db);
	struct text ta = buf_text(&da), tb = buf_text(&db);
	bool same = ta.n >= FEWEST_DIGITS && tb.n >= FEWEST_DIGITS &&
		    (text_ends(ta, tb) || text_ends(tb, ta));
	buf_release(&da);
	buf_release(&db);
	return same;
}

/* Does any value of a's key agree with any of b's other key? */
static bool shares(const struct contact *a, struct text key_a, const struct contact *b,
		   struct text key_b, bool (*same)(struct text, struct text))
{
	struct contact_field fa, fb;
	size_t at_a = 0;

	while (contact_next(a, key_a, &at_a, &fa)) {
		size_t at_b = 0;
		while (contact_next(b, key_b, &at_b, &fb))
			if (same(fa.value, fb.value))
				return true;
	}
	return false;
}

static bool shares_name(const struct contact *a, const struct contact *b)
{
	static const char *const keys[] = { "name", "nick", "alias" };

	/* A nick two people share says little; a nick that is the other's name says much. */
	for (int i = 0; i < 3; i++)
		if (shares(a, TEXT("name"), b, text_of(keys[i]), same_folded) ||
		    shares(b, TEXT("name"), a, text_of(keys[i]), same_folded))
			return true;
	return false;
}

enum duplicate duplicate_compare(const struct contact *a, const struct contact *b)
{
	if (shares(a, TEXT("email"), b, TEXT("email"), same_folded))
		return DUPLICATE_EMAIL;
	if (shares_name(a, b))
		return DUPLICATE_NAME;
	if (shares(a, TEXT("phone"), b, TEXT("phone"), same_number))
		return DUPLICATE_PHONE;
	return DUPLICATE_NO;
}

const char *duplicate_reason(enum duplicate d)
{
	switch (d) {
	case DUPLICATE_EMAIL: return "the same e-mail address";
	case DUPLICATE_NAME: return "the same name";
	case DUPLICATE_PHONE: return "the same phone number";
	case DUPLICATE_NO: break;
	}
	return "";
}
