#include "unit.h"

#include <string.h>

#include "base/buf.h"
#include "contact/entry.h"

#define assert_text(t, s) assert_true(text_equal(t, text_of(s)))

static struct text own_kinds[] = { { "walk", 4 }, { "fax", 3 } };
static const struct kinds kinds = { own_kinds, 2 };

/* ---- kinds ---- */

static void test_entry__knows_built_in_and_own_kinds(void **state)
{
	struct text kind = TEXT("before");

	for (size_t i = 0; entry_kinds[i]; i++)
		assert_true(entry_is_kind(KINDS_BUILT_IN, text_of(entry_kinds[i]), NULL));
	assert_true(entry_is_kind(&kinds, TEXT("WON"), &kind));
	assert_text(kind, "won");
	assert_true(entry_is_kind(&kinds, TEXT("Fax"), &kind));
	assert_text(kind, "fax");
	assert_false(entry_is_kind(KINDS_BUILT_IN, TEXT("fax"), &kind));
	assert_false(entry_is_kind(&kinds, TEXT("me"), &kind));
	assert_false(entry_is_kind(&kinds, TEXT(""), &kind));
	assert_text(kind, "fax");
}

static void test_entry__only_a_note_is_no_encounter(void **state)
{
	struct entry e;

	for (size_t i = 0; entry_kinds[i]; i++) {
		e.kind = text_of(entry_kinds[i]);
		assert_int_equal(entry_is_encounter(&e), strcmp(entry_kinds[i], "note") != 0);
	}
	e.kind = TEXT("walk");
	assert_true(entry_is_encounter(&e));
}

/* ---- reading ---- */

static void test_entry__reads_a_log_line(void **state)
{
	static const struct { const char *value, *event, *kind, *text; } cases[] = {
		{ "@dunkin-main met: waiting", "dunkin-main", "met", "waiting" },
		{ "@dunkin-main got: two cards -> [[ana-ruiz]]", "dunkin-main", "got",
		  "two cards -> [[ana-ruiz]]" },
		{ "@bayshore walk: eight miles", "bayshore", "walk", "eight miles" },
		{ "@bayshore swim: eight miles", "bayshore", "met", "swim: eight miles" },
		{ "MAIL: sent it", "", "mail", "sent it" },
		{ "call:", "", "call", "" },
		{ "call:now", "", "met", "call:now" },
		{ "call : now", "", "met", "call : now" },
		{ "call:\nabout the book\n\nand more", "", "call", "about the book\n\nand more" },
		{ "had lunch", "", "met", "had lunch" },
		{ "", "", "met", "" },
		{ "  @x   note:  y ", "x", "note", "y" },
		{ "@x", "x", "met", "" },
		{ "@x @y z", "x", "met", "@y z" },
		{ "met: @dunkin x", "dunkin", "met", "@dunkin x" },
		{ "lunch at @dunkin-main, then (@bayshore)", "dunkin-main", "met",
		  "lunch at @dunkin-main, then (@bayshore)" },
		{ "@dunkin, by the window", "dunkin", "met", "@dunkin, by the window" },
		{ "@dunkin-main. met: x", "dunkin-main", "met", "@dunkin-main. met: x" },
		{ "mail paul@novak.example", "", "met", "mail paul@novak.example" },
		{ "@ home", "", "met", "@ home" },
		{ "note: done: send it", "", "note", "done: send it" },
		{ "met: met: twice", "", "met", "met: twice" },
		{ "#horror evening", "", "met", "#horror evening" },
		{ "@\xc3\xa9t\xc3\xa9 met: x", "\xc3\xa9t\xc3\xa9", "met", "x" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct entry e;
		entry_parse_log(TEXT("2026-09-14"), text_of(cases[i].value), &kinds, &e);
		assert_text(e.event, cases[i].event);
		assert_text(e.kind, cases[i].kind);
		assert_text(e.text, cases[i].text);
		assert_false(e.they);
		assert_false(e.bad_date);
	}
}

static void test_entry__an_event_in_front_is_not_in_the_text(void **state)
{
	static const struct { const char *value; bool leads; } cases[] = {
		{ "@dunkin-main met: waiting", true }, { "@x", true }, { "  @x y", true },
		{ "met: @dunkin x", false }, { "lunch at @dunkin", false }, { "@x, y", false },
		{ "no event", false }, { "", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct entry e;
		entry_parse_log(TEXT("2026"), text_of(cases[i].value), KINDS_BUILT_IN, &e);
		assert_int_equal(e.leads, cases[i].leads);
		entry_parse_todo(TEXT("2026"), text_of(cases[i].value), &e);
		assert_false(e.leads);
	}
}

static void test_entry__reads_a_todo_line(void **state)
{
	static const struct { const char *value; bool they; const char *text, *event; } cases[] = {
		{ "thank Paul", false, "thank Paul", "" },
		{ "they: Paul sends the dates", true, "Paul sends the dates", "" },
		{ "THEY:\nlater", true, "later", "" },
		{ "they:now", false, "they:now", "" },
		{ "they said: no", false, "they said: no", "" },
		{ "@fair bring cards", false, "@fair bring cards", "fair" },
		{ "they: come to @fair", true, "come to @fair", "fair" },
		{ "call: him", false, "call: him", "" },
		{ "", false, "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct entry e;
		entry_parse_todo(TEXT("2026-09-14"), text_of(cases[i].value), &e);
		assert_int_equal(e.they, cases[i].they);
		assert_text(e.text, cases[i].text);
		assert_text(e.event, cases[i].event);
		assert_text(e.kind, "");
	}
}

static void test_entry__date_needs_a_year(void **state)
{
	static const struct { const char *key; bool bad; int year, month, day; } cases[] = {
		{ "2026-09-14", false, 2026, 9, 14 }, { "2026-09", false, 2026, 9, 0 },
		{ "2026", false, 2026, 0, 0 },        { "--09-14", true, 0, 0, 0 },
		{ "2026-09-31", true, 0, 0, 0 },      { "yesterday", true, 0, 0, 0 },
		{ "", true, 0, 0, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct entry log, todo;
		entry_parse_log(text_of(cases[i].key), TEXT("x"), KINDS_BUILT_IN, &log);
		entry_parse_todo(text_of(cases[i].key), TEXT("x"), &todo);
		assert_int_equal(log.bad_date, cases[i].bad);
		assert_int_equal(log.date.year, cases[i].year);
		assert_int_equal(log.date.month, cases[i].month);
		assert_int_equal(log.date.day, cases[i].day);
		assert_int_equal(date_cmp(log.date, todo.date), 0);
		assert_int_equal(todo.bad_date, cases[i].bad);
	}
}

/* ---- marks ---- */

/* All marks of the text as "@name #name [name". */
static void list_marks(const char *text, struct buf *out)
{
	struct text name;
	size_t at = 0;

	for (int mark; (mark = entry_next_mark(text_of(text), &at, &name));) {
		if (out->n)
			buf_add_char(out, ' ');
		buf_add_char(out, (char)mark);
		buf_add_text(out, name);
	}
	assert_int_equal(at, strlen(text));
}

static void test_entry__finds_marks_at_the_start_of_words(void **state)
{
	static const struct { const char *text, *marks; } cases[] = {
		{ "@dunkin-main got #horror [[ana-ruiz]] x", "@dunkin-main #horror [ana-ruiz" },
		{ "#1 topic, C#, a#b, a@b.example", "" },
		{ "(#a [#b \"#c '#d `#e {#f -#g", "#a #b #c #d #e" },
		{ "line\n#two\t@three", "#two @three" },
		{ "#horror, #sci-fi. #v2.0. #a_b!", "#horror #sci-fi #v2.0 #a_b" },
		{ "@2026-fair @1 #2026", "@2026-fair @1" },
		{ "#\xc3\xbc" "ber #\xe6\x9d\x8e!", "#\xc3\xbc" "ber #\xe6\x9d\x8e" },
		{ "@ # @. #. @... ##x @@y", "" },
		{ "x[[a]]y [[b]][[c]]", "[a [b [c" },
		{ "[[ ana ruiz ]]", "[ana ruiz" },
		{ "[[]] [[ ]] [[a [[b]] ]] [[c", "[b" },
		{ "[[a\nb]] [[c]", "" },
		{ "[[@fair #x]] [@y]", "[@fair #x @y" },
		{ "[", "" }, { "[[", "" }, { "@", "" }, { "", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf got = BUF_INIT;
		list_marks(cases[i].text, &got);
		assert_string_equal(got.at, cases[i].marks);
		buf_release(&got);
	}
}

/* ---- writing ---- */

static void test_entry__writes_a_log_line(void **state)
{
	static const struct { const char *event, *kind, *text, *want; } cases[] = {
		{ "dunkin-main", "met", "waiting", "@dunkin-main waiting" },
		{ "dunkin-main", "got", "cards", "@dunkin-main got: cards" },
		{ "", "", "had lunch", "had lunch" },
		{ "", "met", " had lunch\n", "had lunch" },
		{ "", "note", "x", "note: x" },
		{ "", "call", "", "call:" },
		{ "x", "", "", "@x" },
		{ "x", "note", "", "@x note:" },
		{ "", "", "", "met:" },
		{ "", "met", "call: him", "met: call: him" },
		{ "x", "met", "walk: far", "@x met: walk: far" },
		{ "", "met", "@x storm", "met: @x storm" },
		{ "x", "met", "@y storm", "@x @y storm" },
		{ "", "met", "@x, storm", "@x, storm" },
		{ "", "note", "@x storm", "note: @x storm" },
		{ "", "", "at 10:30 sharp", "at 10:30 sharp" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf got = BUF_INIT;
		entry_format_log(text_of(cases[i].event), text_of(cases[i].kind),
				 text_of(cases[i].text), &got);
		assert_string_equal(got.at, cases[i].want);
		buf_release(&got);
	}
}

static void test_entry__writes_behind_what_is_there(void **state)
{
	struct buf got = BUF_INIT;

	buf_add_str(&got, "=");
	entry_format_log(TEXT_NONE, TEXT("won"), TEXT("a page"), &got);
	buf_add_str(&got, "=");
	entry_format_todo(false, TEXT("thank him"), &got);
	buf_add_str(&got, "=");
	entry_format_todo(true, TEXT("send dates"), &got);
	assert_string_equal(got.at, "=won: a page=thank him=they: send dates");
	buf_release(&got);
}

/* Whatever the parts, reading what was written gives kind and text back. */
static void test_entry__reads_back_what_it_wrote(void **state)
{
	static const char *const events[] = { "", "dunkin-main", "v2.0", "\xc3\xa9t\xc3\xa9" };
	static const char *const kind_names[] = { "", "met", "note", "won", "walk" };
	static const char *const texts[] = {
		"", "plain", "met: x", "note:", "walk: x", "idea: x", "@x", "@x y", "@x, y",
		"@x met: y", "call:now", "two\nlines", "call:\nline", ":", "[[a]] #b", "they: x",
	};
	for (size_t i = 0; i < 4 * 5 * 16; i++) {
		const char *event = events[i % 4], *kind = kind_names[i / 4 % 5];
		const char *text = texts[i / 20];
		struct buf value = BUF_INIT;
		struct entry e;
		entry_format_log(text_of(event), text_of(kind), text_of(text), &value);
		entry_parse_log(TEXT("2026"), buf_text(&value), &kinds, &e);
		assert_text(e.kind, *kind ? kind : "met");
		assert_text(e.text, text);
		if (*event)
			assert_text(e.event, event);
		buf_release(&value);
	}
}

/* ---- people and thanks ---- */

static void test_entry__tells_who_took_part(void **state)
{
	static const struct {
		const char *value, *want; /* with + for those who took part */
	} cases[] = {
		{ "lunch with [[ana]], [[ben]]", "+ana +ben " },
		{ "lunch [[ana]] -> rings [[ben]]", "+ana ben " },
		{ "[[ana]]-> [[ben]]", "+ana ben " },
		{ "call: [[ana]]", "+ana " },
		{ "walk: [[ana]]", "+ana " },
		{ "gave: [[ana]] a pen", "ana " },
		{ "got: [[ana]]", "ana " },
		{ "intro: to [[ana]]", "ana " },
		{ "won: [[ana]]", "ana " },
		{ "lost: [[ana]]", "ana " },
		{ "note: [[ana]]", "ana " },
		{ "@fair #x nobody", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf got = BUF_INIT;
		struct text id;
		struct entry e;
		bool present;
		entry_parse_log(TEXT("2026"), text_of(cases[i].value), &kinds, &e);
		for (size_t at = 0; entry_next_person(&e, &at, &id, &present);)
			buf_add_fmt(&got, "%s%.*s ", present ? "+" : "", TEXT_FMT(id));
		assert_text(buf_text(&got), cases[i].want);
		buf_release(&got);
	}
}

static void test_entry__links_who_took_part(void **state)
{
	static const struct text ids[] = { { "ana", 3 }, { "ben", 3 }, { "cy", 2 } };
	static const struct {
		const char *value, *want;
	} cases[] = {
		{ "lunch", "lunch [[ana]] [[cy]]" },
		{ "lunch with [[CY]]", "lunch with [[CY]] [[ana]]" },
		{ "lunch -> [[tom]]", "lunch [[ana]] [[cy]] -> [[tom]]" },
		{ "a->b", "a [[ana]] [[cy]]->b" },
		{ "-> [[tom]]", " [[ana]] [[cy]]-> [[tom]]" },
		{ "lunch -> [[ana]]", "lunch [[cy]] -> [[ana]]" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf got = BUF_INIT;
		entry_link(text_of(cases[i].value), ids, 3, 1, &got);
		assert_string_equal(got.at, cases[i].want);
		buf_release(&got);
	}
}

static void test_entry__hears_thanks(void **state)
{
	static const struct {
		const char *value;
		bool thanks;
	} cases[] = {
		{ "thanked him", true },
		{ "letter: a proper thank-you", true },
		{ "Thanks!", true },
		{ "card, #thanks", true },
		{ "note: done: thank Paul for both", true },
		{ "(thank you)", true },
		{ "note: done: they: thank me", false },
		{ "mail: they: thanks for the fish", false },
		{ "a thunk", false },
		{ "unthankful", false },
		{ "", false },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct entry e;
		entry_parse_log(TEXT("2026"), text_of(cases[i].value), &kinds, &e);
		assert_int_equal(entry_says_thanks(&e), cases[i].thanks);
		entry_parse_todo(TEXT("2026"), TEXT("they: thank me"), &e);
		assert_false(entry_says_thanks(&e));
	}
}

static void test_entry__knows_an_event_alone(void **state)
{
	static const char *const no[] = { "", "@", "fair", "@fair x", "x @fair", "@fair.", "#fair" };
	struct text name;

	assert_true(entry_is_event(TEXT("@book-fair"), &name));
	assert_text(name, "book-fair");
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		assert_false(entry_is_event(text_of(no[i]), &name));
}
