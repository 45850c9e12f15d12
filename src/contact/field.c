#include "contact/field.h"

/* In the order in which kith(5) and `kith show` have them. */
const struct field fields[] = {
	{ "name", false, false, false, FIELD_NAME, FIELD_FIRST, "FN",
	  "the full name, as it is shown" },
	{ "nick", true, false, false, FIELD_NAME, FIELD_SECOND, "NICKNAME",
	  "a name friends use" },
	{ "alias", true, false, false, FIELD_NAME, FIELD_SECOND, NULL,
	  "another name or an old id; a reference to it still leads here" },
	{ "given", false, false, false, FIELD_NAME, FIELD_FIRST, "N",
	  "given name, where the split is not plain from name" },
	{ "family", false, false, false, FIELD_NAME, FIELD_FIRST, "N",
	  "family name, where the split is not plain from name" },
	{ "prefix", false, false, false, FIELD_TEXT, FIELD_REST, "N",
	  "what stands before the name: Dr., Prof." },
	{ "suffix", false, false, false, FIELD_TEXT, FIELD_REST, "N",
	  "what stands behind the name: Jr., PhD" },
	{ "additional", false, false, false, FIELD_NAME, FIELD_REST, "N",
	  "middle names" },
	{ "email", true, true, false, FIELD_EMAIL, FIELD_SECOND, "EMAIL",
	  "e-mail address; the first is preferred, or the one labelled pref" },
	{ "phone", true, true, false, FIELD_PHONE, FIELD_REST, "TEL",
	  "phone number, written as you like" },
	{ "url", true, true, false, FIELD_URL, FIELD_REST, "URL",
	  "web page" },
	{ "im", true, true, false, FIELD_TEXT, FIELD_REST, "IMPP",
	  "address of a messenger, which is the label: im.matrix" },
	{ "address", true, true, true, FIELD_ADDRESS, FIELD_REST, "ADR",
	  "lines, or street; city; region; code; country" },
	{ "org", true, false, false, FIELD_TEXT, FIELD_REST, "ORG",
	  "company, club, school" },
	{ "title", true, false, false, FIELD_TEXT, FIELD_REST, "TITLE",
	  "job title or profession" },
	{ "role", true, false, false, FIELD_TEXT, FIELD_REST, "ROLE",
	  "the part played there" },
	{ "birthday", false, false, false, FIELD_DATE, FIELD_REST, "BDAY",
	  "1974-10-31, 1974-10, 1974 or --10-31" },
	{ "date", true, true, false, FIELD_DATE, FIELD_REST, "ANNIVERSARY",
	  "another day to remember, named by the label: date.anniversary" },
	{ "tags", true, false, false, FIELD_TAGS, FIELD_REST, "CATEGORIES",
	  "words between commas" },
	{ "via", true, false, false, FIELD_PERSON, FIELD_REST, "RELATED",
	  "id of who introduced you, or words for someone who is not in the book" },
	{ "knows", true, true, false, FIELD_PEOPLE, FIELD_REST, "RELATED",
	  "ids between commas; the label is the relation: knows.sister" },
	{ "every", false, false, false, FIELD_CADENCE, FIELD_REST, NULL,
	  "how often to be in touch: 2w, 3m, 1y, or 3w..2m for ideal and limit" },
	{ "snooze", false, false, false, FIELD_DAY, FIELD_REST, NULL,
	  "no reminders before this day" },
	{ "door", false, false, false, FIELD_DOOR, FIELD_REST, NULL,
	  "open, ask or closed; then until DATE, then a reason, if there are" },
	{ "needs", true, false, false, FIELD_PHRASES, FIELD_REST, NULL,
	  "what they look for: phrases between commas, each with until DATE if it ends" },
	{ "offers", true, false, false, FIELD_PHRASES, FIELD_REST, NULL,
	  "what they can give: phrases between commas, each with until DATE if it ends" },
	{ "note", true, false, true, FIELD_TEXT, FIELD_REST, "NOTE",
	  "anything, on as many lines as it takes" },
	{ "photo", true, false, false, FIELD_TEXT, FIELD_REST, "PHOTO",
	  "a picture: a file below the book, or its web address" },
	{ "uid", false, false, false, FIELD_TEXT, FIELD_UNSEARCHED, "UID",
	  "the same on all machines, set when the contact is made or first exported" },
	{ "lang", false, false, false, FIELD_TEXT, FIELD_REST, "LANG",
	  "language to write or speak in: de, pt-BR" },
	{ "tz", false, false, false, FIELD_TEXT, FIELD_REST, "TZ",
	  "time zone: America/New_York or -0500" },
	{ "pronouns", false, false, false, FIELD_TEXT, FIELD_REST, "PRONOUNS",
	  "she/her, they/them" },
};
const size_t n_fields = sizeof fields / sizeof fields[0];

void field_split(struct text key, struct text *base, struct text *label)
{
	size_t dot = text_find(key, '.');

	*base = text_part(key, 0, dot);
	*label = dot < key.n ? text_part(key, dot + 1, key.n) : TEXT_NONE;
}

const struct field *field_find(struct text key)
{
	struct text base, label;

	field_split(key, &base, &label);
	if (!base.n)
		return NULL;
	/* A scan asks this for every line of every file: the first letter rules most fields out. */
	bool plain = (unsigned char)base.at[0] < 0x80;
	char first = char_lower(base.at[0]);
	for (const struct field *f = fields; f < fields + n_fields; f++)
		if ((!plain || f->key[0] == first) && text_same(base, text_of(f->key)))
			return f->labelled || !label.n ? f : NULL;
	return NULL;
}

bool field_repeats(struct text key)
{
	const struct field *f = field_find(key);
	return !f || f->repeats;
}

bool field_is_array(struct text key)
{
	const struct field *f = field_find(key);
	return !f || f->repeats || f->labelled;
}

bool field_holds_items(const struct field *f)
{
	return f && (f->kind == FIELD_TAGS || f->kind == FIELD_PHRASES || f->kind == FIELD_PEOPLE);
}

bool field_same(struct text key, struct text other)
{
	struct text base, label, other_base, other_label;

	field_split(key, &base, &label);
	field_split(other, &other_base, &other_label);
	return text_same(base, other_base) && text_same(label, other_label);
}

bool field_answers(struct text key, struct text asked)
{
	struct text base, label, asked_base, asked_label;

	if (text_begins_otherwise(key, asked))
		return false;
	field_split(key, &base, &label);
	field_split(asked, &asked_base, &asked_label);
	if (!text_same(base, asked_base))
		return false;
	if (text_same(label, asked_label))
		return true;
	return !asked_label.n && field_find(key) == field_find(asked);
}

bool field_next_item(struct text *rest, struct text *item)
{
	struct text piece;

	while (text_cut(rest, ',', &piece)) {
		*item = text_trim(piece);
		if (item->n)
			return true;
	}
	return false;
}

/* Take the last word off the end of *rest. */
static struct text cut_last_word(struct text *rest)
{
	size_t start = rest->n;

	while (start > 0 && !char_is_space(rest->at[start - 1]))
		start--;
	struct text word = text_part(*rest, start, rest->n);
	*rest = text_trim(text_part(*rest, 0, start));
	return word;
}

void field_cut_until(struct text item, struct text *phrase, struct date *until)
{
	struct text rest = text_trim(item);
	struct date date;

	*phrase = rest;
	*until = DATE_NONE;
	struct text day = cut_last_word(&rest), word = cut_last_word(&rest);
	if (rest.n && text_same(word, TEXT("until")) && date_parse(day, &date) && date.year) {
		*phrase = rest;
		*until = date;
	}
}
