#include "unit.h"

#include "base/buf.h"
#include "network/match.h"
#include "network_scene.h"

/* "ana<ben photographs=photography; .." of pairs: who needs, who offers, and the words in common. */
static void write_pairs(struct matcher *m, const struct match_pairs *pairs, struct buf *out)
{
	for (size_t i = 0; i < pairs->list.n; i++) {
		const struct match_pair *p = &pairs->list.at[i];
		struct match_words words = { VEC_INIT };
		buf_add_fmt(out, "%s%.*s<%.*s", i ? "; " : "", TEXT_FMT(p->needs->s.id),
			    TEXT_FMT(p->offers->s.id));
		matcher_words(m, p, &words);
		for (size_t k = 0; k < words.list.n; k++)
			buf_add_fmt(out, " %.*s", TEXT_FMT(words.list.at[k]));
		vec_release(&words.list);
		assert_true(p->score > 0 && p->score <= 1);
	}
}

static void expect_all(const struct scene_file *files, const char *want)
{
	struct network *net = scene_network(files);
	struct matcher *m = matcher_new(net, NULL, 0);
	struct match_pairs pairs = MATCH_PAIRS_INIT;
	struct buf got = BUF_INIT;

	matcher_all(m, SIZE_MAX, NULL, NULL, &pairs);
	write_pairs(m, &pairs, &got);
	assert_string_equal(got.at, want);
	buf_release(&got);
	match_pairs_release(&pairs);
	matcher_free(m);
	network_free(net);
}

static void expect_of(const struct scene_file *files, const char *id, const char *want)
{
	struct network *net = scene_network(files);
	struct matcher *m = matcher_new(net, NULL, 0);
	struct match_pairs pairs = MATCH_PAIRS_INIT;
	struct buf got = BUF_INIT;

	matcher_find(m, scene_person(net, id), &pairs);
	write_pairs(m, &pairs, &got);
	assert_string_equal(got.at, want);
	buf_release(&got);
	match_pairs_release(&pairs);
	matcher_free(m);
	network_free(net);
}

/* The score of the one pair that a need and another's words make; 0: there is none. */
static double score_of(const char *need, const char *other)
{
	struct buf a = BUF_INIT, b = BUF_INIT;

	buf_add_fmt(&a, "needs = %s", need);
	buf_add_str(&b, other);
	const struct scene_file files[] = { { "ana.ini", a.at }, { "ben.ini", b.at }, { 0 } };
	struct network *net = scene_network(files);
	struct matcher *m = matcher_new(net, NULL, 0);
	struct match_pairs pairs = MATCH_PAIRS_INIT;
	matcher_all(m, SIZE_MAX, NULL, NULL, &pairs);
	double score = pairs.list.n ? pairs.list.at[0].score : 0;
	assert_true(pairs.list.n <= 1);
	match_pairs_release(&pairs);
	matcher_free(m);
	network_free(net);
	buf_release(&a);
	buf_release(&b);
	return score;
}

static void test_match__forms_of_a_word_are_one(void **state)
{
	static const char *const same[][2] = {
		{ "food photographs", "a photographer of food" },
		{ "Food Photography", "photographs: food" },
		{ "a bookkeeper", "bookkeeping" },
		{ "a web site", "web sites" },
		{ "design", "Designer" },
		{ "una fotógrafa", "FOTOGRAFA" },
		{ "翻译", "翻译" },
		{ "#photographer", "photographs" },
		{ "an introduction to writers", "introductions to a writer" },
		{ "company", "companies" },
	};
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		struct buf offer = BUF_INIT;
		buf_add_fmt(&offer, "offers = %s", same[i][1]);
		if (i == 5)
			assert_true(score_of(same[i][0], offer.at) > 0.5);
		else
			assert_true(score_of(same[i][0], offer.at) == 1);
		buf_release(&offer);
	}
}

static void test_match__words_that_say_nothing_have_no_say(void **state)
{
	assert_true(score_of("somebody to help me with it", "offers = help with somebody") == 0);
	assert_true(score_of("a", "offers = a") == 0);
	assert_true(score_of("the person who is good", "offers = a good person, who") == 0);
	assert_true(score_of("-- !", "offers = -- !") == 0);
}

static void test_match__much_in_common_scores_more(void **state)
{
	double all = score_of("Greek menus", "offers = menus in Greek");
	double most = score_of("Greek menus", "offers = Greek menus and letters");
	double some = score_of("Greek menus", "offers = Greek proof-reading");
	double hardly = score_of("Greek menus", "offers = Greek boats planes trains cars roads bikes feet x");

	assert_true(all == 1 && all > most && most > some && some > 0.2);
	assert_true(hardly == 0);
}

static void test_match__rare_words_weigh_more(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = lighthouse books" },
		{ "ben.ini", "offers = old books" },
		{ "cy.ini", "offers = old lighthouse" },
		{ "dan.ini", "offers = cheap books, red books, blue books, thin books" },
		{ "eve.ini", "offers = fat books, green books, long books" },
		{ 0 },
	};
	struct network *net = scene_network(files);
	struct matcher *m = matcher_new(net, NULL, 0);
	struct match_pairs pairs = MATCH_PAIRS_INIT;

	matcher_find(m, scene_person(net, "ana"), &pairs);
	assert_int_equal(pairs.list.n, 4);
	assert_ptr_equal(pairs.list.at[0].offers, scene_person(net, "cy"));
	assert_true(pairs.list.at[0].score > pairs.list.at[1].score);
	match_pairs_release(&pairs);
	matcher_free(m);
	network_free(net);
}

static void test_match__a_title_or_tag_that_says_the_need_is_half_an_offer(void **state)
{
	assert_true(score_of("a photographer", "tags = tampa, photographers") == 0.5);
	assert_true(score_of("a photographer", "title = photographer") == 0.5);
	assert_true(score_of("a photographer", "title = wedding photographer") < 0.5);
	assert_true(score_of("a photographer", "title = wedding photographer") > 0.2);
	assert_true(score_of("a food photographer", "title = photographer") == 0);
	assert_true(score_of("a photographer", "tags = photographer\noffers = photography") == 1);
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = a baker" },
		{ "ben.ini", "title = baker\ntags = bakers" },
		{ 0 },
	};
	expect_of(files, "ana", "ana<ben baker");
	expect_of(files, "ben", "ana<ben baker");
}

static void test_match__the_expired_are_left_out(void **state)
{
	static const struct {
		const char *until;
		bool good;
	} cases[] = {
		{ "2026-11-20", false }, { "2026-11-21", true }, { "2026-10", false },
		{ "2026-11", true },	 { "2025", false },	 { "2026", true },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf need = BUF_INIT, offer = BUF_INIT;
		buf_add_fmt(&need, "boats until %s", cases[i].until);
		buf_add_fmt(&offer, "offers = boats until %s", cases[i].until);
		assert_int_equal(score_of(need.at, "offers = boats") > 0, cases[i].good);
		assert_int_equal(score_of("boats", offer.at) > 0, cases[i].good);
		buf_release(&need);
		buf_release(&offer);
	}
}

static void test_match__only_open_doors_but_for_you(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = boats\noffers = cakes" },
		{ "ben.ini", "offers = boats\nneeds = cakes\ndoor = ask" },
		{ "cy.ini", "offers = boats\nneeds = cakes\ndoor = closed" },
		{ "dan.ini", "offers = boats\ndoor = closed until 2026-11-21" },
		{ "eve.ini", "offers = boats\ndoor = closed until 2026-11-22" },
		{ "me.ini", "offers = boats\ndoor = ask" },
		{ 0 },
	};
	expect_all(files, "ana<dan boats"); /* you have no part in it */
	expect_of(files, "ben", "");
	expect_of(files, "me", "ana<me boats");
}

static void test_match__nobody_is_their_own_help(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = boats\noffers = boats" },
		{ 0 },
	};
	expect_all(files, "");
	expect_of(files, "ana", "");
}

static void test_match__finds_both_ways(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = boats, cakes\noffers = hats" },
		{ "ben.ini", "offers = boats, cakes\nneeds = red hats" },
		{ "cy.ini", "needs = boats" },
		{ 0 },
	};
	expect_of(files, "ana", "ana<ben boats; ana<ben cakes; ben<ana hats");
	expect_of(files, "cy", "cy<ben boats");
	expect_all(files, "ana<ben boats; ana<ben cakes; cy<ben boats; ben<ana hats");
}

static void test_match__the_best_offer_of_a_person_counts(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = old boats" },
		{ "ben.ini", "offers = boats, old boats, old ropes" },
		{ 0 },
	};
	expect_of(files, "ana", "ana<ben old boats");
	expect_of(files, "ben", "ana<ben old boats");
}

static void test_match__of_some_people_only(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = boats" },
		{ "ben.ini", "offers = boats" },
		{ "cy.ini", "offers = boats" },
		{ 0 },
	};
	struct network *net = scene_network(files);
	const struct person *some[] = { scene_person(net, "cy"), scene_person(net, "ana") };
	struct matcher *m = matcher_new(net, some, 2);
	struct match_pairs pairs = MATCH_PAIRS_INIT;

	matcher_all(m, SIZE_MAX, NULL, NULL, &pairs);
	assert_int_equal(pairs.list.n, 1);
	assert_ptr_equal(pairs.list.at[0].offers, some[0]);
	match_pairs_release(&pairs);
	matcher_free(m);
	m = matcher_new(net, some, 0);
	matcher_all(m, SIZE_MAX, NULL, NULL, &pairs);
	assert_int_equal(pairs.list.n, 0);
	match_pairs_release(&pairs);
	matcher_free(m);
	network_free(net);
}

static bool not_ben(void *ctx, const struct match_pair *pair)
{
	return pair->offers != ctx;
}

static void test_match__the_best_that_are_wanted(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = old boats" },
		{ "ben.ini", "offers = old boats" },
		{ "cy.ini", "offers = boats" },
		{ "dan.ini", "offers = boats" },
		{ 0 },
	};
	struct network *net = scene_network(files);
	struct matcher *m = matcher_new(net, NULL, 0);
	struct match_pairs pairs = MATCH_PAIRS_INIT;

	matcher_all(m, 1, not_ben, (void *)scene_person(net, "ben"), &pairs);
	assert_int_equal(pairs.found, 3);
	assert_int_equal(pairs.list.n, 1);
	assert_ptr_equal(pairs.list.at[0].offers, scene_person(net, "cy"));
	match_pairs_release(&pairs);
	matcher_free(m);
	network_free(net);
}

/* As many with one need and one offer, and one whose offer says more. */
static struct network *crowd(size_t n)
{
	static const struct terms terms = { .today = { 2026, 11, 21 } };
	struct network *net = network_new(&terms, n + 1);

	for (size_t i = 0; i <= n; i++) {
		struct buf path = BUF_INIT, text = BUF_INIT;
		struct contact c;
		buf_add_fmt(&path, "p%05zu.ini", i);
		buf_add_str(&text, i < n ? "needs = a web site, boat\noffers = web sites\ntags = boat"
					 : "offers = web sites for boats");
		size_t length = text.n;
		contact_read(&c, path.at, buf_take(&text), length);
		network_add(net, i, &c, true);
		contact_release(&c);
		buf_release(&path);
	}
	network_ready(net);
	return net;
}

static void test_match__a_word_that_all_use_makes_it_no_longer(void **state)
{
	enum { MANY = 5000, BEST = 10 };
	struct network *net = crowd(MANY);
	struct matcher *m = matcher_new(net, NULL, 0);
	struct match_pairs pairs = MATCH_PAIRS_INIT;

	matcher_all(m, BEST, NULL, NULL, &pairs);
	assert_int_equal(pairs.list.n, BEST);
	assert_true(pairs.list.at[BEST - 1].score == 1);
	assert_true(pairs.found >= MANY * 40);
	assert_true(pairs.found <= MANY * 200);
	match_pairs_release(&pairs);
	matcher_find(m, &net->people[0], &pairs); /* of one all are found: two needs, and one offer */
	assert_int_equal(pairs.list.n, MANY + MANY + (MANY - 1) * 2);
	match_pairs_release(&pairs);
	matcher_free(m);
	network_free(net);
}

static void test_match__knows_who_is_tied(void **state)
{
	static const struct scene_file files[] = {
		{ "ana.ini", "needs = boats" },
		{ "ben.ini", "offers = boats\nvia = ana" },
		{ "cy.ini", "offers = boats" },
		{ "dan.ini", "offers = boats\nknows = ana, cy" },
		{ 0 },
	};
	struct network *net = scene_network(files);
	struct matcher *m = matcher_new(net, NULL, 0);
	struct match_pairs pairs = MATCH_PAIRS_INIT;
	struct ties ties;

	ties_find(&ties, net);
	matcher_all(m, SIZE_MAX, NULL, NULL, &pairs);
	assert_int_equal(pairs.list.n, 3);
	assert_true(match_is_tied(&pairs.list.at[0], &ties));
	assert_false(match_is_tied(&pairs.list.at[1], &ties));
	assert_true(match_is_tied(&pairs.list.at[2], &ties));
	ties_release(&ties);
	match_pairs_release(&pairs);
	matcher_free(m);
	network_free(net);
}
