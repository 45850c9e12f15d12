#include "unit.h"

#include "network_scene.h"

#include "base/buf.h"
#include "network/referral.h"

/* A line each, indented by depth: "ana 2/1 2026-10-19", "(a friend) 1/0", "bob = 3", "cy closes 2". */
static void tell(const struct network *net, struct buf *out)
{
	struct referrals all;
	struct ties ties;

	ties_find(&ties, net);
	referrals_find(&all, net, &ties);
	for (size_t i = 0; i < all.list.n; i++) {
		const struct referral *r = &all.list.at[i];
		buf_add_fill(out, ' ', 2 * r->depth);
		if (r->person)
			buf_add_text(out, r->person->s.id);
		else
			buf_add_fmt(out, "(%.*s)", TEXT_FMT(r->name));
		if (r->full != i)
			buf_add_fmt(out, " = %zu", r->full);
		else if (r->below)
			buf_add_fmt(out, " %zu/%zu", r->below, r->won);
		if (!date_is_none(r->sent)) {
			buf_add_char(out, ' ');
			date_format(r->sent, out);
		}
		if (r->closes != REFERRAL_NONE)
			buf_add_fmt(out, " closes %zu", r->closes);
		buf_add_char(out, '\n');
		assert_true(r->depth == 0 ? r->up == REFERRAL_NONE
					  : all.list.at[r->up].depth + 1 == r->depth);
	}
	referrals_release(&all);
	ties_release(&ties);
}

static void expect_tree(const struct network *net, const char *want)
{
	struct buf got = BUF_INIT;

	tell(net, &got);
	assert_string_equal(got.at, want);
	buf_release(&got);
}

static void expect_forest(const struct scene_file *files, const char *want)
{
	struct network *net = scene_network(files);

	expect_tree(net, want);
	network_free(net);
}

/* The same when only these are asked for: "ana bob". */
static void expect_asked(const struct scene_file *files, const char *ids, const char *want)
{
	struct network *net = scene_network(files);
	struct text rest = text_of(ids), id;

	for (size_t i = 0; i < net->n; i++)
		net->people[i].asked = false;
	while (text_cut_word(&rest, &id))
		net->people[network_index(net, network_find(net, id))].asked = true;
	expect_tree(net, want);
	network_free(net);
}

static void test_referral__hangs_each_below_whom_they_came_through(void **state)
{
	static const struct scene_file files[] = {
		{ "alone.ini", "knows = paul\n" },
		{ "ana.ini", "via = paul\n" },
		{ "bob.ini", "via = ANA\n[log]\n2026-11-06 = won: x\n2026-11-07 = won: y\n" },
		{ "cy.ini", "via = a Friend\n" },
		{ "dan.ini", "[log]\n2026-11-22 = won: to come\n" },
		{ "eve.ini", "via = A friend\n" },
		{ "me.ini", "via = paul\nvia = somebody else\n" },
		{ "paul.ini", "[log]\n2026-10-19 = got: [[dan]]\n2026-10-20 = intro: [[ana]]\n" },
		{ "zed.ini", "via = me\n" },
		{ 0 },
	};

	expect_forest(files, "paul 3/1\n"
			     "  dan 2026-10-19\n"
			     "  ana 1/1 2026-10-20\n"
			     "    bob\n"
			     "(a Friend) 2/0\n"
			     "  cy\n"
			     "  eve\n");
}

static void test_referral__stands_in_full_once(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "via = a guide\nvia = nobody\nvia = paul\nvia = bob\nvia = ana\n" },
		{ "below.ini", "via = ana\n" },
		{ "bob.ini", "[log]\n2026-01-01 = got: [[ana]]\n" },
		{ "cy.ini", "[log]\n2026-01-02 = got: [[dan]]\n" },
		{ "dan.ini", "" },
		{ "eve.ini", "[log]\n2026-01-01 = got: [[dan]]\n" },
		{ "paul.ini", "" },
		{ 0 },
	};

	expect_forest(files, "paul 2/0\n"
			     "  ana 1/0\n"
			     "    below\n"
			     "eve 1/0\n"
			     "  dan 2026-01-01\n"
			     "bob\n"
			     "  ana = 1 2026-01-01\n"
			     "cy\n"
			     "  dan = 4 2026-01-02\n"
			     "(a guide)\n"
			     "  ana = 1\n"
			     "(nobody)\n"
			     "  ana = 1\n");
}

static void test_referral__is_in_order(void **state)
{
	static const struct scene_file files[] = {
		{ "a.ini", "[log]\n2026-02-02 = met: x\n" },
		{ "a1.ini", "via = a\n" },
		{ "b.ini", "[log]\n2026-02-01 = met: x\n" },
		{ "b1.ini", "via = b\n" },
		{ "c.ini", "[log]\n2026-05-02 = got: [[c3]]\n" },
		{ "c1.ini", "via = c\n" },
		{ "c2.ini", "via = c\n[log]\n2026-05-03 = met: x\n" },
		{ "c3.ini", "via = c\n[log]\n2026-05-04 = met: x\n" },
		{ "c4.ini", "via = c\n[log]\n2026-05-01 = met: x\n" },
		{ 0 },
	};

	expect_forest(files, "c 4/0\n  c4\n  c3 2026-05-02\n  c2\n  c1\nb 1/0\n  b1\na 1/0\n  a1\n");
}

static void test_referral__breaks_a_circle_at_whom_you_met_first(void **state)
{
	struct scene_file files[] = {
		{ "ana.ini", "via = cy\n" },
		{ "bob.ini", "via = ana\n" },
		{ "cy.ini", "via = bob\n" },
		{ "dan.ini", "via = cy\n" },
		{ 0 },
	};

	expect_forest(files, "ana 3/0 closes 2\n  bob 2/0\n    cy 1/0\n      ana = 0\n      dan\n");
	files[1].text = "via = ana\n[log]\n2026-05-01 = met: x\n";
	files[2].text = "via = bob\n[log]\n2026-05-02 = met: x\n";
	expect_forest(files, "bob 3/0 closes 2\n  cy 2/0\n    ana\n      bob = 0\n    dan\n");
	files[0].text = "via = bob\n";
	files[2].text = "via = cy\n";
	files[3].text = "";
	expect_forest(files, "bob 1/0 closes 1\n  ana\n    bob = 0\n");
}

static void test_referral__shows_whom_one_asks_for_and_all_above_and_below(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "via = paul\nvia = aunt\n" },
		{ "aunt.ini", "via = uncle\n" },
		{ "below.ini", "via = ana\nvia = other\n" },
		{ "bottom.ini", "via = below\n" },
		{ "free.ini", "" },
		{ "other.ini", "" },
		{ "paul.ini", "via = a stranger\n" },
		{ "sister.ini", "via = paul\n[log]\n2026-11-06 = won: x\n" },
		{ "uncle.ini", "" },
		{ 0 },
	};

	expect_asked(files, "ana", "(a stranger) 5/1\n"
				   "  paul 4/1\n"
				   "    ana 2/0\n"
				   "      below 1/0\n"
				   "        bottom\n"
				   "uncle 1/0\n"
				   "  aunt\n"
				   "    ana = 2\n");
	expect_asked(files, "other", "other\n  below 1/0\n    bottom\n");
	expect_asked(files, "aunt sister", "(a stranger) 5/1\n"
					   "  paul 4/1\n"
					   "    sister\n"
					   "    ana 2/0\n"
					   "      below 1/0\n"
					   "        bottom\n"
					   "uncle 1/0\n"
					   "  aunt\n"
					   "    ana = 3\n");
	expect_asked(files, "free", "");
	expect_asked(files, "", "");
}

/* A network of n people, p0 via p1 via p2 .., the last via the first or not. */
static struct network *make_chain(size_t n, bool circle)
{
	struct scene_file *files = mem_alloc((n + 1) * sizeof *files);
	struct buf name = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		buf_clear(&name);
		buf_add_fmt(&name, "p%zu.ini", i);
		files[i].path = mem_copy(name.at, name.n);
		buf_clear(&name);
		if (i + 1 < n || circle)
			buf_add_fmt(&name, "via = p%zu\n", (i + 1) % n);
		files[i].text = mem_copy(name.at, name.n);
	}
	struct network *net = scene_network(files);
	for (size_t i = 0; i < n; i++) {
		mem_free((char *)files[i].path);
		mem_free((char *)files[i].text);
	}
	mem_free(files);
	buf_release(&name);
	return net;
}

static void test_referral__follows_a_very_long_chain(void **state)
{
	enum { LONG = 10000 };

	for (int circle = 0; circle < 2; circle++) {
		struct network *net = make_chain(LONG, circle);
		struct referrals all;
		struct ties ties;
		ties_find(&ties, net);
		referrals_find(&all, net, &ties);
		assert_int_equal(all.list.n, LONG + circle);
		assert_int_equal(all.list.at[0].below, LONG - 1);
		assert_int_equal(all.list.at[LONG - 1].depth, LONG - 1);
		assert_int_equal(all.list.at[0].closes, circle ? LONG - 1 : REFERRAL_NONE);
		referrals_release(&all);
		ties_release(&ties);
		network_free(net);
	}
}
