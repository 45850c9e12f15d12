#include "unit.h"

#include "base/buf.h"
#include "network/roster.h"
#include "network_scene.h"

/* "fair 2026-05-02: ana ben; .." of all rosters. */
static void expect_rosters(const struct scene_file *files, const char *want)
{
	struct network *net = scene_network(files);
	struct buf got = BUF_INIT;
	struct rosters rosters;

	rosters_find(&rosters, net);
	for (size_t i = 0; i < rosters.list.n; i++) {
		const struct roster *r = &rosters.list.at[i];
		buf_add_fmt(&got, "%s%.*s ", i ? "; " : "", TEXT_FMT(r->slug));
		date_format(r->date, &got);
		for (size_t k = 0; k < r->people.n; k++) {
			buf_add_str(&got, k ? " " : ": ");
			buf_add_text(&got, r->people.at[k]->s.id);
		}
	}
	assert_string_equal(got.at, want);
	buf_release(&got);
	rosters_release(&rosters);
	network_free(net);
}

static void test_roster__is_by_event_and_day(void **state)
{
	static const struct scene_file files[] = {
		{ "ben.ini", "[log]\n2026-05-09 = @fair met: x\n2026-05-02 = met: at the @fair" },
		{ "ana.ini", "[log]\n2026-05-02 = @fair met: x\n2026-05-02 = @fair call: y" },
		{ "cy.ini", "[log]\n2025-05-02 = @zoo x\n2026-05-02 = no event" },
		{ 0 },
	};
	expect_rosters(files, "fair 2026-05-02: ana ben; fair 2026-05-09: ben; zoo 2025-05-02: cy");
}

static void test_roster__has_those_who_are_named_as_taking_part(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-05-02 = @fair met: with [[Ben]] and [[nobody]] -> [[cy]]" },
		{ "ben.ini", "name = Ben" },
		{ "cy.ini", "name = Cy" },
		{ "dan.ini", "alias = danny" },
		{ "me.ini", "[log]\n2026-05-03 = @fair met: [[danny]], [[me]]" },
		{ 0 },
	};
	expect_rosters(files, "fair 2026-05-02: ana ben; fair 2026-05-03: dan");
}

static void test_roster__leaves_out_you_notes_and_the_future(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-11-22 = @fair met: x\n9999-01-01 = @fair met: x\n"
			     "2026-01-01 = @fair note: x\n0000-01-01 = @fair x\n2026 = @zoo x" },
		{ "me.ini", "[log]\n2026-11-21 = @fair met: x" },
		{ 0 },
	};
	expect_rosters(files, "zoo 2026: ana");
}

static void test_roster__slugs_compare_folded(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "[log]\n2026-05-02 = @Foiré x\n2026-05-03 = @FOIRE x" },
		{ "ben.ini", "[log]\n2026-05-02 = @foire x" },
		{ 0 },
	};
	expect_rosters(files, "Foiré 2026-05-02: ana ben; Foiré 2026-05-03: ana");
	assert_true(roster_same(TEXT("Foiré"), TEXT("@foire")));
	assert_true(roster_same(TEXT("@fair"), TEXT("fair")));
	assert_false(roster_same(TEXT("fair"), TEXT("fairs")));
	assert_false(roster_same(TEXT("fair"), TEXT("")));
}

static void test_roster__of_nobody_is_empty(void **state)
{
	expect_rosters((const struct scene_file[]){ { 0 } }, "");
}
