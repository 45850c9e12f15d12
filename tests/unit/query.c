#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/mem.h"
#include "contact/contact.h"
#include "contact/lookup.h"
#include "contact/query.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const struct date today = { 2026, 11, 18 };

static const char paul[] =
	"[contact]\n"
	"name       = Paul Novák\n"
	"nick       = Pablo\n"
	"email      = paul@novak.example\n"
	"email.work = p.novak@nightharbor.example\n"
	"phone.cell = +1 (813) 555-0142\n"
	"phone      = +49 (0)30 7654\n"
	"org        = Night  Harbor Press\n"
	"tags       = writer, Book Club\n"
	"knows.sister = ana-ruiz, tom-weld\n"
	"needs      = convention contacts, an agent until 2027-01-01\n"
	"every      = 3w\n"
	"door       = closed until 2027-03-01 quiet after the move\n"
	"favourite  = 李雷 noodles\n"
	"note       = Tuna on a croissant,\n"
	"    brunch hour; Łukasz came too.\n"
	"    Paperback #1, ab9cd\n"
	"\n"
	"[log]\n"
	"2026-09-14 = @dunkin-main met: waiting out a storm #horror -> [[glynis-jordan]]\n"
	"2026-10-20 = call: before @worldcon he was tired\n"
	"2026-11-30 = won: not yet\n"
	"2026-11-01 = note: read his book\n"
	"\n"
	"[todo]\n"
	"2026-11-25 = thank him at @necon for the zebra\n"
	"\n"
	"[extras]\n"
	"car = purple wagon\n";

static const char bare[] = "email = x@bare.example\n";

static struct contact contact_of(const char *path, const char *bytes)
{
	struct contact c;

	contact_read(&c, path, mem_copy(bytes, strlen(bytes)), strlen(bytes));
	return c;
}

static struct query *query_of(const char *text)
{
	struct fault f = FAULT_INIT;
	struct query *q = NULL;

	if (query_parse(text_of(text), today, &q, &f) < 0)
		fail_msg("%s: column %u: %s", text, f.col, f.msg);
	return q;
}

/* The rank at which the contact matches, NO when it does not. */
enum { NO = -1 };

static int rank_of(const char *text, const struct contact *c)
{
	struct query *q = query_of(text);
	int rank = 7;
	bool matches = query_match(q, c, KINDS_BUILT_IN, &rank);

	assert_int_equal(query_match(q, c, KINDS_BUILT_IN, NULL), matches);
	assert_true(matches || rank == 7);
	query_free(q);
	return matches ? rank : NO;
}

struct row {
	const char *query;
	int rank;
};

static void check_rows(const char *path, const char *bytes, const struct row *rows, size_t n)
{
	struct contact c = contact_of(path, bytes);

	for (size_t i = 0; i < n; i++) {
		int rank = rank_of(rows[i].query, &c);
		if (rank != rows[i].rank)
			fail_msg("%s: rank %d, not %d", rows[i].query, rank, rows[i].rank);
	}
	contact_release(&c);
}

#define CHECK_PAUL(rows) check_rows("work/paul-novak.ini", paul, rows, COUNT(rows))

static void test_query__finds_words_anywhere(void **state)
{
	static const struct row rows[] = {
		{ "paul", 0 },      { "PAUL", 0 },      { "novak", 0 },      { "NOVÁK", 0 },
		{ "ova", 0 },       { "pablo", 1 },     { "p.novak", 1 },    { "paul@", 1 },
		{ "harbor", 1 },    { "press", 2 },     { "tuna", 2 },       { "lukasz", 2 },
		{ "zebra", 2 },     { "storm", 2 },     { "purple", 2 },     { "paul-novak", 2 },
		{ "dunkin", 2 },    { "worldcon", 2 },  { "glynis-jordan", 2 }, { "call:", NO },
		{ "noodles", 2 },   { "horror", 2 },    { "brunch", 2 },     { "hour;", 2 },
		{ "won", 2 },       { "wagon", 2 },     { "sister", NO },    { "croissants", NO },
		{ "extras", NO },   { "favourite", NO }, { "work/", NO },    { "x", NO },
	};

	CHECK_PAUL(rows);
}

static void test_query__short_words_begin_one(void **state)
{
	static const struct row rows[] = {
		{ "p", 0 },  { "no", 0 },  { "ov", NO }, { "na", NO },  { "tu", 2 },   { "oi", NO },
		{ "#1", NO }, { "1,", 2 }, { "ab", 2 },  { "b9", NO },  { "9c", NO },  { "b9c", 2 },
		{ "雷", 2 }, { "李", 2 },   { "李雷", 2 }, { "雷李", NO }, { "ł", 2 },    { "uk", NO },
		{ "ha", 2 }, { "é", 1 },   { "5", 2 },   { "55", 2 },
	};

	CHECK_PAUL(rows);
}

static void test_query__joins_words_with_and_or_not(void **state)
{
	static const struct row rows[] = {
		{ "", 0 },                        { " \t", 0 },
		{ "paul tuna", 2 },               { "paul pablo", 1 },
		{ "paul novak", 0 },              { "paul nobody", NO },
		{ "nobody OR paul", 0 },          { "paul OR nobody", 0 },
		{ "tuna OR paul", 0 },            { "nobody OR tuna", 2 },
		{ "nobody OR noone", NO },        { "paul nobody OR tuna", 2 },
		{ "nobody OR paul noone", NO },   { "(nobody OR paul) tuna", 2 },
		{ "(nobody OR paul) noone", NO }, { "-nobody", 0 },
		{ "-paul", NO },                  { "--paul", 0 },
		{ "-(paul tuna)", NO },           { "-(paul nobody)", 0 },
		{ "paul -nobody", 0 },            { "tuna -nobody", 2 },
		{ "paul -tuna", NO },             { "((paul))", 0 },
		{ "(paul)(tuna)", 2 },            { "paul or nobody", NO },
		{ "nobody OR (paul -(tuna zebra)) OR storm", 2 },
		{ "paul or", NO },                { "-OR", 0 },
		{ "paul \"or\"", 1 },
	};

	CHECK_PAUL(rows);
}

static void test_query__takes_quoted_characters_as_they_are(void **state)
{
	static const struct row rows[] = {
		{ "\"paul novak\"", 0 },       { "\"novak paul\"", NO },
		{ "\"night harbor\"", 2 },     { "\"night   HARBOR  press \"", 2 },
		{ "\"croissant, brunch\"", 2 }, { "\"ul nov\"", 0 },
		{ "\"ov\"", 0 },               { "\"call: before\"", 2 },
		{ "\"(813)\"", 2 },            { "\"-> [[\"", 2 },
		{ "-\"night harbor\"", NO },   { "paul\" novak\"", 0 },
		{ "\"@dunkin-main met\"", 2 }, { "\"name:paul\"", NO },
		{ "\"storm call\"", NO },
	};

	CHECK_PAUL(rows);
}

static void test_query__asks_fields(void **state)
{
	static const struct row rows[] = {
		{ "name:paul", 0 },            { "name:pablo", NO },       { "NAME:ov", NO },
		{ "email:novak", 0 },          { "email.work:harbor", 0 }, { "email.work:paul", NO },
		{ "email.home:novak", NO },    { "org:\"night harbor\"", 0 }, { "org:\"harbor night\"", NO },
		{ "org=\"night harbor press\"", 0 }, { "org=night", NO },  { "org=\"night harbor\"", NO },
		{ "tags=writer", 0 },          { "tag=WRITER", 0 },        { "tags=writ", NO },
		{ "tags:writ", 0 },            { "tag:writ", 0 },          { "tag=\"book club\"", 0 },
		{ "tags=\"writer, book club\"", 0 }, { "tag:\"book club\"", 0 }, { "tags=horror", NO },
		{ "knows=tom-weld", 0 },       { "knows.sister:ruiz", 0 }, { "knows.brother:", NO },
		{ "needs=\"convention contacts\"", 0 }, { "needs:agent", 0 }, { "offers:", NO },
		{ "note:tuna", 0 },            { "note:storm", NO },       { "note:", 0 },
		{ "favourite:noodles", 0 },    { "favourite:", 0 },        { "car:", NO },
		{ "birthday:", NO },           { "-birthday:", 0 },        { "email=paul@novak.example", 0 },
		{ "-org=night", 0 },           { "name:paul tuna", 2 },    { "email:\"\"", 0 },
		{ "org=", NO },                { "every=3W", 0 },
	};

	CHECK_PAUL(rows);
}

static void test_query__asks_what_is_no_key(void **state)
{
	static const struct row rows[] = {
		{ "id=paul-novak", 0 },     { "id:novak", 0 },       { "id:tuna", NO },
		{ "path:work", 0 },         { "path=work/paul-novak.ini", 0 }, { "path:home", NO },
		{ "log:storm", 0 },         { "log:zebra", NO },     { "log:", 0 },
		{ "log:\"@dunkin-main met: waiting\"", 0 },
		{ "todo:zebra", 0 },        { "todo:storm", NO },    { "todo:", 0 },
		{ "event:dunkin", 0 },      { "event=dunkin", NO },  { "event=worldcon", 0 },
		{ "event:storm", NO },      { "event:", 0 },
		{ "kind:call", 0 },         { "kind=met", 0 },       { "kind:mail", NO },
		{ "kind=note", 0 },         { "kind:", 0 },
		{ "door:closed", 0 },       { "door=closed", 0 },    { "door:open", NO },
		{ "door:", 0 },             { "door:quiet", NO },
		{ "@dunkin-main", 0 },      { "@DUNKIN-MAIN", 0 },   { "@dunkin", NO },
		{ "@worldcon", 0 },         { "@necon", 0 },         { "@storm", NO },
		{ "#writer", 0 },           { "#Writer", 0 },        { "#writ", NO },
		{ "#horror", 0 },           { "#\"book club\"", 0 }, { "#storm", NO },
		{ "-#horror", NO },         { "#writer @necon zebra", 2 },
	};

	CHECK_PAUL(rows);
}

static void test_query__compares_phone_numbers_by_their_digits(void **state)
{
	static const struct row rows[] = {
		{ "phone:8135550142", 0 },      { "phone:\"813 555\"", 0 },  { "phone:813-555", 0 },
		{ "phone:0813.5550142", 0 },    { "phone:+49307654", 0 },    { "phone:00493076", 0 },
		{ "phone.cell:7654", NO },      { "phone:9999", NO },        { "phone=18135550142", 0 },
		{ "phone=8135550142", NO },     { "phone=\"0049 30 7654\"", 0 }, { "phone:cell", NO },
		{ "5550142", 2 },               { "813-555-0142", 2 },       { "\"(813) 5550142\"", 2 },
		{ "8135550143", NO },           { "\"+49 (0)30 76 54\"", 2 }, { "a5550142", NO },
		{ "0142", 2 },                  { "org:5550142", NO },       { "phone:", 0 },
	};

	CHECK_PAUL(rows);
}

static void test_query__compares_the_last_encounter(void **state)
{
	static const struct row rows[] = {
		{ "since:2026-10-20", 0 },  { "since:2026-10-21", NO }, { "before:2026-10-21", 0 },
		{ "before:2026-10-20", NO }, { "since:2026", 0 },       { "before:2026", NO },
		{ "since:2026-10", 0 },     { "before:2026-11", 0 },    { "since:\"5 weeks ago\"", 0 },
		{ "since:-4w", NO },        { "before:today", 0 },      { "since:yesterday", NO },
		{ "-since:2026", NO },      { "SINCE=2026", 0 },        { "since:2026 tuna", 2 },
	};
	static const struct row never[] = { { "since:2000", NO }, { "before:2999", NO } };

	CHECK_PAUL(rows);
	check_rows("bare.ini", bare, never, COUNT(never));
}

static void test_query__lets_the_id_stand_for_a_missing_name(void **state)
{
	static const struct row rows[] = {
		{ "ba", 0 },     { "bare", 0 },    { "x@bare", 1 },  { "name:", NO }, { "door:open", 0 },
		{ "door:", NO }, { "log:", NO },   { "kind:", NO },  { "email:bare", 0 }, { "event:", NO },
		{ "path:bare.ini", 0 }, { "org=", NO },
	};

	check_rows("bare.ini", bare, rows, COUNT(rows));
}

static void test_query__takes_signs_inside_words_for_text(void **state)
{
	static const char text[] = "name = A\nurl = http://x.example/a?b=c\nnote = at 12:30, a(b)c=d, "
				   "e-mail, 5\" nail, paul@x\n";
	static const struct row rows[] = {
		{ "http://x.example", 2 }, { "https://x", NO },  { "12:30", 2 },   { "url:http://x", 0 },
		{ "url=http://x.example/a?b=c", 0 }, { "e-mail", 2 }, { "paul@x", 2 }, { "paul#x", NO },
		{ "a(b)c=d", NO },         { "\"a(b)c=d\"", 2 }, { "+note", NO },
	};

	check_rows("a.ini", text, rows, COUNT(rows));
}

static void test_query__opens_the_door_again_in_time(void **state)
{
	static const struct row rows[] = { { "door:open", 0 }, { "door:closed", NO }, { "door:", 0 } };

	check_rows("a.ini", "name = A\ndoor = closed until 2026-11-18\n", rows, COUNT(rows));
}

static void test_query__says_where_it_makes_no_sense(void **state)
{
	static const struct {
		const char *query;
		unsigned col;
		const char *message;
	} table[] = {
		{ "paul \"nov", 6, "the quote that opens here is never closed" },
		{ "org:\"", 5, "the quote that opens here is never closed" },
		{ "OR", 1, "OR needs a term on both sides" },
		{ "OR paul", 1, "OR needs a term on both sides" },
		{ "paul OR", 6, "OR needs a term on both sides" },
		{ "a OR OR b", 3, "OR needs a term on both sides" },
		{ "(a OR) b", 4, "OR needs a term on both sides" },
		{ "a (b", 3, "the parenthesis that opens here is never closed" },
		{ "a) b", 2, "this parenthesis closes nothing" },
		{ ")", 1, "this parenthesis closes nothing" },
		{ "a ( ) b", 3, "there is nothing between these parentheses" },
		{ "a - b", 3, "'-' needs a term right behind it" },
		{ "a -", 3, "'-' needs a term right behind it" },
		{ "a #", 3, "there is nothing to look for in this term" },
		{ "@ a", 1, "there is nothing to look for in this term" },
		{ "a \"\"", 3, "there is nothing to look for in this term" },
		{ "\" \"", 1, "there is nothing to look for in this term" },
		{ "name:\" \"", 1, "there is nothing to look for in this term" },
		{ "org:(a OR b)", 5, "a field takes one term; write (field:a OR field:b)" },
		{ "since:--10-31", 7, "this date needs a year" },
		{ "a before:foo", 10, "'foo' is no date; write 2026-11-18, today, tomorrow, friday, "
				      "+2w, -3d, in 2 weeks or 2 weeks ago" },
		{ "since:", 7, "'' is no date; write 2026-11-18, today, tomorrow, friday, "
			       "+2w, -3d, in 2 weeks or 2 weeks ago" },
	};

	for (size_t i = 0; i < COUNT(table); i++) {
		struct fault f = FAULT_INIT;
		struct query *q = NULL;
		int rc = query_parse(text_of(table[i].query), today, &q, &f);
		if (rc != FAULT_USAGE || f.col != table[i].col || strcmp(f.msg, table[i].message))
			fail_msg("%s: %d, column %u: %s", table[i].query, rc, f.col, f.msg);
		assert_int_equal(f.line, 0);
		assert_null(q);
	}
}

static void test_query__nests_a_hundred_deep_and_no_deeper(void **state)
{
	for (size_t depth = 100; depth <= 101; depth++) {
		struct buf b = BUF_INIT;
		struct fault f = FAULT_INIT;
		struct query *q = NULL;
		buf_add_fill(&b, '(', depth);
		buf_add_char(&b, 'a');
		buf_add_fill(&b, ')', depth);
		int rc = query_parse(buf_text(&b), today, &q, &f);
		assert_int_equal(rc, depth == 100 ? 0 : FAULT_USAGE);
		query_free(q);
		buf_clear(&b);
		buf_add_fill(&b, '-', 100000);
		buf_add_char(&b, 'a');
		assert_int_equal(query_parse(buf_text(&b), today, &q, &f), FAULT_USAGE);
		assert_int_equal(f.col, 102);
		buf_release(&b);
	}
}

static void test_query__takes_any_number_of_terms(void **state)
{
	struct contact c = contact_of("a.ini", "name = Ada\n");
	struct buf b = BUF_INIT;

	for (int i = 0; i < 50000; i++)
		buf_add_str(&b, "nobody OR ");
	buf_add_str(&b, "ada");
	assert_int_equal(rank_of(b.at, &c), 0);
	buf_release(&b);
	contact_release(&c);
}

static void test_query__knows_that_it_asks_for_nothing(void **state)
{
	struct query *q = query_of(" ");

	assert_true(query_is_empty(q));
	query_free(q);
	q = query_of("a");
	assert_false(query_is_empty(q));
	query_free(q);
	query_free(NULL);
}

static void test_query__keeps_nothing_of_its_text(void **state)
{
	struct contact c = contact_of("paul-novak.ini", paul);
	char text[] = "org:harbor tags=writer zebra";
	struct query *q = query_of(text);

	memset(text, 'x', sizeof text - 1);
	assert_true(query_match(q, &c, KINDS_BUILT_IN, NULL));
	query_free(q);
	contact_release(&c);
}

/* ---- narrowing ---- */

/* A book of four, of each all that can be looked for in it. */
static const char *const haystacks[] = {
	"ana-ruiz\nana ruiz\nnight harbor\n4930765", "bo-li\nbo li\nharbor\n18135550142",
	"cy\ncy night\n", "dee\n12 34 56\n",
};

struct asked {
	struct buf pieces; /* that were asked for, a blank behind each */
};

static void keep_holders(void *ctx, struct text piece, struct bits *files)
{
	struct asked *a = ctx;

	buf_add_text(&a->pieces, piece);
	buf_add_char(&a->pieces, ' ');
	for (size_t i = 0; i < files->n; i++)
		if (!text_holds(text_of(haystacks[i]), piece))
			bits_clear(files, i);
}

/* What is left, as letters; what was asked goes to `pieces`. */
static void narrow(const char *typed, const char *among, struct buf *left, struct buf *pieces)
{
	struct asked a = { BUF_INIT };
	const struct lookup l = { &a, keep_holders };
	struct query *q = query_of(typed);
	struct bits files;

	bits_init(&files, COUNT(haystacks), false);
	for (; *among; among++)
		bits_set(&files, (size_t)(*among - 'a'));
	query_narrow(q, &l, &files);
	for (size_t i = 0; i < files.n; i++)
		if (bits_has(&files, i))
			buf_add_char(left, (char)('a' + i));
	*pieces = a.pieces;
	bits_release(&files);
	query_free(q);
}

static void test_query__narrows_to_what_may_match(void **state)
{
	static const struct {
		const char *typed, *left, *pieces;
	} cases[] = {
		{ "", "abcd", "" },
		{ "harbor", "ab", "harbor " },
		{ "HÁRBOR night", "a", "harbor night " },
		{ "harbor OR cy", "abc", "harbor cy " },
		{ "(night OR li) -harbor", "abc", "night li " },
		{ "-harbor", "abcd", "" },
		{ "-harbor OR zebra", "abcd", "zebra " },
		{ "(zebra OR (night cy)) night", "c", "zebra night cy night " },
		{ "\"night harbor\"", "a", "night harbor " },
		{ "\"  night \"", "ac", "night " },
		{ "org:\"ht har\"", "a", "ht har " },
		{ "name=cy", "c", "cy " },
		{ "#night", "ac", "night " },
		{ "@harbor", "ab", "harbor " },
		{ "id:ruiz path:ana", "a", "ruiz ana " },
		/* what need not stand in the file */
		{ "org:", "abcd", "" },
		{ "org=", "abcd", "" },
		{ "kind:met", "abcd", "" },
		{ "door:open", "abcd", "" },
		{ "since:2026-01-01", "abcd", "" },
		/* phone numbers: their digits, or as they are written */
		{ "phone:030-765", "a", "030-765 30765 " },
		{ "phone:34", "d", "34 34 " },
		{ "phone.cell=555", "b", "555 555 " },
		{ "phone:work", "", "work " },
		{ "\"0049(0)307\"", "a", "0049(0)307 49307 " },
		{ "\"12 34\"", "d", "12 34 1234 " },
		{ "123", "", "123 " },
		{ "name:4930", "a", "4930 " },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf left = BUF_INIT, pieces = BUF_INIT;
		narrow(cases[i].typed, "abcd", &left, &pieces);
		if (strcmp(left.at, cases[i].left) || strcmp(pieces.at, cases[i].pieces))
			fail_msg("'%s' leaves '%s', asks for '%s'", cases[i].typed, left.at,
				 pieces.at);
		buf_release(&left);
		buf_release(&pieces);
	}
}

static void test_query__narrows_what_it_was_given(void **state)
{
	static const char *const queries[] = { "harbor OR cy", "", "-zebra", "phone:34 OR night",
					       "(a OR b) (c OR d)" };

	for (size_t i = 0; i < COUNT(queries); i++) {
		struct buf all = BUF_INIT, left = BUF_INIT, none = BUF_INIT, pieces = BUF_INIT;
		narrow(queries[i], "abcd", &all, &pieces);
		buf_release(&pieces);
		narrow(queries[i], "bc", &left, &pieces);
		buf_release(&pieces);
		for (char c = 'a'; c <= 'd'; c++)
			assert_int_equal(strchr(left.at, c) != NULL,
					 strchr("bc", c) && strchr(all.at, c));
		narrow(queries[i], "", &none, &pieces);
		assert_int_equal(none.n, 0);
		buf_release(&pieces);
		buf_release(&all);
		buf_release(&left);
		buf_release(&none);
	}
}
