#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "contact/contact.h"
#include "contact/promise.h"

static const char ada[] =
	"name = Ada\n"
	"[log]\n"
	"2026-11-01 = x\n"
	"[todo]\n"
	"2026-11-20 = thank her for the card\n"
	"soon = thank Tom\n"
	"2026-12-05 = they: send the dates\n";

/* Keep what is meant; returns the fault's code, the message in *f. */
static int keep(struct contact *c, const char *text, const char *which, bool all, struct fault *f)
{
	struct promise_kept kept = { .which = text_of(which), .kind = TEXT("note"),
				     .date = { 2026, 11, 21 }, .all = all };

	contact_read(c, "ada.ini", mem_copy(text, strlen(text)), strlen(text));
	*f = (struct fault)FAULT_INIT;
	return promise_keep(c, &kept, f);
}

static void test_promise__is_meant_by_number_or_words(void **state)
{
	struct entry e;

	entry_parse_todo(TEXT("2026-11-20"), TEXT("Thänk him for 2 cards"), &e);
	assert_true(promise_is_meant(&e, 3, TEXT_NONE));
	assert_true(promise_is_meant(&e, 3, TEXT("3")));
	assert_false(promise_is_meant(&e, 3, TEXT("2")));
	assert_true(promise_is_meant(&e, 3, TEXT("THANK HIM")));
	assert_true(promise_is_meant(&e, 3, TEXT("2 cards")));
	assert_false(promise_is_meant(&e, 3, TEXT("him thank")));
}

static void test_promise__is_late_when_its_day_is_over(void **state)
{
	static const struct {
		const char *date;
		bool late;
	} cases[] = {
		{ "2026-11-20", true }, { "2026-11-21", false }, { "2026-11-22", false },
		{ "2026-11", false }, { "2026-10", true }, { "2026", false }, { "2025", true },
		{ "9999-12-31", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct date d;
		assert_true(date_parse(text_of(cases[i].date), &d));
		assert_int_equal(promise_is_late(d, (struct date){ 2026, 11, 21 }), cases[i].late);
	}
	assert_false(promise_is_late(DATE_NONE, (struct date){ 2026, 11, 21 }));
}

static void test_promise__moves_to_the_log(void **state)
{
	struct contact c;
	struct fault f;

	assert_int_equal(keep(&c, ada, "dates", false, &f), 0);
	assert_string_equal(contact_bytes(&c).at,
			    "name = Ada\n"
			    "[log]\n"
			    "2026-11-01 = x\n"
			    "2026-11-21 = note: done: they: send the dates\n"
			    "[todo]\n"
			    "2026-11-20 = thank her for the card\n"
			    "soon = thank Tom\n");
	contact_release(&c);
}

static void test_promise__moves_all_that_are_meant_in_their_order(void **state)
{
	struct contact c;
	struct fault f;

	assert_int_equal(keep(&c, ada, "thank", true, &f), 0);
	assert_string_equal(contact_bytes(&c).at,
			    "name = Ada\n"
			    "[log]\n"
			    "2026-11-01 = x\n"
			    "2026-11-21 = note: done: thank her for the card\n"
			    "2026-11-21 = note: done: thank Tom\n"
			    "[todo]\n"
			    "2026-12-05 = they: send the dates\n");
	contact_release(&c);
}

static void test_promise__is_kept_by_its_number_alone_though_others_move_up(void **state)
{
	struct contact c;
	struct fault f;

	assert_int_equal(keep(&c, ada, "1", true, &f), 0);
	assert_non_null(strstr(contact_bytes(&c).at, "[todo]\nsoon = thank Tom\n2026-12-05"));
	contact_release(&c);
}

static void test_promise__changes_nothing_when_it_is_not_one(void **state)
{
	static const struct {
		const char *text, *which;
		bool all;
		enum fault_code code;
		const char *message;
	} cases[] = {
		{ ada, "thank", false, FAULT_AMBIGUOUS,
		  "which one? 1 'thank her for the card', 2 'thank Tom'" },
		{ ada, "ring", false, FAULT_NOTFOUND,
		  "no open promise 'ring'; 'kith todo NAME' lists them" },
		{ ada, "4", true, FAULT_NOTFOUND,
		  "no open promise '4'; 'kith todo NAME' lists them" },
		{ "name = Ada\n", "", true, FAULT_NOTFOUND, "nothing is promised" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct contact c;
		struct fault f;
		int code = keep(&c, cases[i].text, cases[i].which, cases[i].all, &f);
		assert_int_equal(code, cases[i].code);
		assert_string_equal(f.msg, cases[i].message);
		assert_false(contact_changed(&c));
		contact_release(&c);
	}
}
