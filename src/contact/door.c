#include "contact/door.h"

#include <string.h>

static const char *const names[] = { "open", "ask", "closed" };

/* "closed, until 2027-03-01: asked for quiet" is how people write. */
static struct text without_stop(struct text word)
{
	if (word.n && memchr(",;:", word.at[word.n - 1], 3))
		word.n--;
	return word;
}

static bool parse_state(struct text word, enum door_state *out)
{
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (text_same(word, text_of(names[i]))) {
			*out = (enum door_state)i;
			return true;
		}
	return false;
}

static bool parse_door(struct text rest, struct door *out)
{
	struct text word;

	text_cut_word(&rest, &word);
	if (!parse_state(without_stop(word), &out->state))
		return false;
	struct text reason = rest;
	text_cut_word(&rest, &word);
	if (text_same(word, TEXT("until"))) {
		text_cut_word(&rest, &word);
		/* without a year it would be reached every day */
		if (!date_parse(without_stop(word), &out->until) || !out->until.year)
			return false;
		reason = rest;
	}
	out->reason = text_trim(reason);
	return true;
}

void door_parse(struct text value, struct door *out)
{
	value = text_trim(value);
	*out = (struct door){ .state = DOOR_OPEN, .until = DATE_NONE, .reason = TEXT_NONE };
	if (value.n && !parse_door(value, out))
		*out = (struct door){ .state = DOOR_CLOSED, .reason = value, .unclear = true };
}

enum door_state door_today(const struct door *d, struct date today)
{
	bool over = !date_is_none(d->until) && date_cmp(today, d->until) >= 0;
	return over ? DOOR_OPEN : d->state;
}

bool door_is_stricter(const struct door *a, const struct door *b, struct date today)
{
	enum door_state state_a = door_today(a, today), state_b = door_today(b, today);

	if (state_a != state_b)
		return state_a > state_b;
	if (date_is_none(a->until) || date_is_none(b->until))
		return date_is_none(a->until) && !date_is_none(b->until);
	return date_cmp(a->until, b->until) > 0;
}

const char *door_name(enum door_state s)
{
	return names[s];
}
