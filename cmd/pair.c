#include "cmd/pair.h"

#include "base/buf.h"
#include "cmd/circle.h"
#include "cmd/cmd.h"

/* "Ana Ruiz", with what she does about the phrase behind it. */
static void print_line(struct app *app, const struct person *who, const char *does,
		       struct text phrase, struct date until, size_t indent)
{
	struct out *o = &app->out;
	struct text name = who->me ? TEXT("You") : who->s.name;
	struct buf rest = BUF_INIT;

	buf_add_fmt(&rest, "%s%.*s", does, TEXT_FMT(phrase));
	if (!date_is_none(until)) {
		buf_add_str(&rest, ", until ");
		date_format(until, &rest);
	}
	out_fmt(o, "%*s", (int)indent, "");
	out_style(o, STYLE_NAME);
	out_text(o, name);
	out_style(o, STYLE_PLAIN);
	out_wrapped(o, buf_text(&rest), indent + out_width(name), indent + 4);
	out_str(o, "\n");
	buf_release(&rest);
}

static const char *offers_how(const struct match_pair *pair)
{
	static const char *const yours[] = {
		[OFFERED_IN_WORDS] = " offer ",
		[OFFERED_BY_TITLE] = " have the title ",
		[OFFERED_BY_TAG] = " are tagged ",
	};
	static const char *const theirs[] = {
		[OFFERED_IN_WORDS] = " offers ",
		[OFFERED_BY_TITLE] = " has the title ",
		[OFFERED_BY_TAG] = " is tagged ",
	};

	return pair->offers->me ? yours[pair->by] : theirs[pair->by];
}

static void say_words(const struct pairing *by, const struct match_pair *pair, struct buf *out)
{
	struct match_words words = { VEC_INIT };

	matcher_words(by->matcher, pair, &words);
	for (size_t i = 0; i < words.list.n; i++)
		buf_add_fmt(out, "%s%.*s", i ? ", " : "both say: ", TEXT_FMT(words.list.at[i]));
	vec_release(&words.list);
}

/* When you met the one who is not you. */
static void say_met(const struct person *other, struct date today, struct buf *out)
{
	if (!other->n_met) {
		buf_add_str(out, "you have not met");
		return;
	}
	buf_add_str(out, "last met ");
	date_say(person_last(other), today, out);
}

static void say_tied(const struct pairing *by, const struct match_pair *pair, struct buf *out)
{
	struct date introduced = match_introduced(pair, by->net);

	if (!date_is_none(introduced)) {
		buf_add_str(out, "you introduced them ");
		date_say(introduced, by->net->terms.today, out);
	} else {
		buf_add_str(out, match_is_tied(pair, by->ties) ? "they know each other"
							       : "you could introduce them");
	}
}

static void print_why(struct app *app, const struct pairing *by, const struct match_pair *pair,
		      size_t indent)
{
	struct buf why = BUF_INIT;

	say_words(by, pair, &why);
	buf_add_str(&why, "; ");
	if (pair->needs->me || pair->offers->me)
		say_met(pair->needs->me ? pair->offers : pair->needs, app->today, &why);
	else
		say_tied(by, pair, &why);
	out_fmt(&app->out, "%*s", (int)indent, "");
	out_style(&app->out, STYLE_DIM);
	out_wrapped(&app->out, buf_text(&why), indent, indent + 2);
	out_style(&app->out, STYLE_PLAIN);
	out_str(&app->out, "\n");
	buf_release(&why);
}

void pair_print(struct app *app, const struct pairing *by, const struct match_pair *pair,
		size_t indent)
{
	print_line(app, pair->needs, pair->needs->me ? " need " : " needs ", pair->need->phrase,
		   pair->need->until, indent);
	print_line(app, pair->offers, offers_how(pair), pair->offer, pair->until, indent + 2);
	print_why(app, by, pair, indent + 2);
}

/* ---- as JSON ---- */

static json_t *phrase_json(struct text phrase, struct date until)
{
	json_t *json = json_object();

	json_object_set_new(json, "value", out_json_text(phrase));
	if (!date_is_none(until))
		json_object_set_new(json, "until", date_json(until));
	return json;
}

static json_t *words_json(const struct pairing *by, const struct match_pair *pair)
{
	struct match_words words = { VEC_INIT };
	json_t *list = json_array();

	matcher_words(by->matcher, pair, &words);
	for (size_t i = 0; i < words.list.n; i++)
		json_array_append_new(list, out_json_text(words.list.at[i]));
	vec_release(&words.list);
	return list;
}

json_t *pair_json(const struct pairing *by, const struct match_pair *pair)
{
	static const char *const ways[] = {
		[OFFERED_IN_WORDS] = "offer",
		[OFFERED_BY_TITLE] = "title",
		[OFFERED_BY_TAG] = "tag",
	};
	json_t *json = json_object();

	json_object_set_new(json, "needs", person_json(pair->needs));
	json_object_set_new(json, "need", phrase_json(pair->need->phrase, pair->need->until));
	json_object_set_new(json, "offers", person_json(pair->offers));
	json_object_set_new(json, "offer", phrase_json(pair->offer, pair->until));
	json_object_set_new(json, "by", json_string(ways[pair->by]));
	json_object_set_new(json, "score", json_real(pair->score));
	json_object_set_new(json, "words", words_json(by, pair));
	json_object_set_new(json, "tied", json_boolean(match_is_tied(pair, by->ties)));
	json_object_set_new(json, "introduced", date_json(match_introduced(pair, by->net)));
	return json;
}
