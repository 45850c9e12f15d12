#include "unit.h"

#include "dice.h"

#include "base/bits.h"
#include "base/buf.h"
#include "base/mem.h"
#include "index/gram.h"

enum { MOST = 8192 };

/* All shards of what was added, to be asked as often as one likes. */
struct shelf {
	struct buf shards[GRAM_SHARDS];
};

static void shelf_make(struct shelf *s, struct grams *g)
{
	for (unsigned i = 0; i < GRAM_SHARDS; i++) {
		s->shards[i] = (struct buf)BUF_INIT;
		grams_shard(g, i, &s->shards[i]);
	}
	grams_release(g);
}

static void shelf_release(struct shelf *s)
{
	for (unsigned i = 0; i < GRAM_SHARDS; i++)
		buf_release(&s->shards[i]);
}

/* What is left of `documents` after a search for the piece. */
static void ask(const struct shelf *s, struct text piece, struct bits *documents)
{
	for (size_t i = 0; i + GRAM_LENGTH <= piece.n; i++) {
		unsigned bucket = gram_bucket(text_part(piece, i, piece.n));
		assert_true(gram_keep(buf_text(&s->shards[gram_shard_of(bucket)]), bucket,
				      documents));
	}
}

/* ---- what is added is found ---- */

static void add_random_text(struct dice *d, struct buf *out)
{
	static const char *const bits_of_text[] = { "a", "b", "an", "\xc3\xb8", "\n", " ", "\xff",
						    "12", "\xe6\x9d\x8e", "ruiz" };

	buf_clear(out);
	for (size_t n = dice_roll(d, 12); n; n--)
		buf_add_str(out, bits_of_text[dice_roll(d, 10)]);
	if (dice_roll(d, 8) == 0)
		buf_add(out, "\0\0\0", 3);
}

static void expect_found(const struct shelf *s, const struct buf *texts, size_t n, struct text piece)
{
	struct bits left;
	size_t holders = 0;

	bits_init(&left, n, true);
	ask(s, piece, &left);
	for (size_t i = 0; i < n; i++) {
		bool holds = text_holds(buf_text(&texts[i]), piece);
		assert_true(!holds || bits_has(&left, i));
		holders += holds;
	}
	assert_true(bits_count(&left) >= holders);
	bits_release(&left);
}

static void find_pieces(struct dice *d, size_t n)
{
	struct buf texts[300], piece = BUF_INIT;
	struct grams g;
	struct shelf s;

	grams_init(&g);
	for (size_t i = 0; i < n; i++) {
		texts[i] = (struct buf)BUF_INIT;
		add_random_text(d, &texts[i]);
		grams_add(&g, (uint32_t)i, buf_text(&texts[i]));
	}
	shelf_make(&s, &g);
	for (int k = 0; k < 300; k++) {
		struct text t = buf_text(&texts[dice_roll(d, n)]);
		size_t from = dice_roll(d, t.n + 1), to = from + dice_roll(d, t.n - from + 1);
		expect_found(&s, texts, n, text_part(t, from, to));
		add_random_text(d, &piece);
		expect_found(&s, texts, n, buf_text(&piece));
	}
	for (size_t i = 0; i < n; i++)
		buf_release(&texts[i]);
	buf_release(&piece);
	shelf_release(&s);
}

static void test_gram__never_loses_what_holds_the_piece(void **state)
{
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct dice d = dice_of(seed);
		find_pieces(&d, 1 + dice_roll(&d, 300));
	}
}

static void test_gram__tells_documents_apart(void **state)
{
	static const char *const names[] = { "ana ruiz", "glynis jordan", "lukasz zak", "", "an" };
	struct grams g;
	struct shelf s;
	struct bits left;

	grams_init(&g);
	for (uint32_t i = 0; i < 5; i++)
		grams_add(&g, i, text_of(names[i]));
	shelf_make(&s, &g);
	for (size_t i = 0; i < 3; i++) {
		bits_init(&left, 5, true);
		ask(&s, text_of(names[i]), &left);
		assert_int_equal(bits_count(&left), 1);
		assert_true(bits_has(&left, i));
		bits_release(&left);
	}
	shelf_release(&s);
}

/* ---- numbers ---- */

/* Which numbers of 0 to MOST - 1 have the word? */
typedef bool (*choice)(uint32_t number);

static bool every(uint32_t number)
{
	return number < MOST;
}

static bool every_127th(uint32_t number)
{
	return number % 127 == 0;
}

static bool every_130th(uint32_t number)
{
	return number % 130 == 129;
}

static bool the_ends(uint32_t number)
{
	return number == 0 || number == MOST - 1;
}

static bool the_last(uint32_t number)
{
	return number == MOST - 1;
}

static bool nobody(uint32_t number)
{
	return number >= MOST;
}

static void expect_exactly(choice has)
{
	struct grams g;
	struct shelf s;
	struct bits left;

	grams_init(&g);
	for (uint32_t i = 0; i < MOST; i++)
		if (has(i))
			grams_add(&g, i, TEXT("zoe"));
	shelf_make(&s, &g);
	for (size_t n = 0; n <= MOST; n += 1 + n / 3 + (n > 6000 && n < MOST ? MOST - n - 1 : 0)) {
		bits_init(&left, n, true);
		ask(&s, TEXT("zoe"), &left);
		for (uint32_t i = 0; i < n; i++)
			assert_int_equal(bits_has(&left, i), has(i));
		bits_release(&left);
	}
	shelf_release(&s);
}

static void test_gram__keeps_exactly_the_numbers_that_were_added(void **state)
{
	static const choice choices[] = { every, every_127th, every_130th, the_ends, the_last,
					  nobody };

	for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
		expect_exactly(choices[k]);
}

static void test_gram__clears_only(void **state)
{
	struct grams g;
	struct shelf s;
	struct bits left;

	grams_init(&g);
	for (uint32_t i = 0; i < 100; i++)
		grams_add(&g, i, TEXT("zoe zoe"));
	shelf_make(&s, &g);
	bits_init(&left, 100, false);
	bits_set(&left, 41);
	ask(&s, TEXT("zoe"), &left);
	assert_int_equal(bits_count(&left), 1);
	ask(&s, TEXT("mia"), &left);
	assert_int_equal(bits_count(&left), 0);
	bits_release(&left);
	shelf_release(&s);
}

static void test_gram__puts_each_bucket_in_a_shard(void **state)
{
	size_t in[GRAM_SHARDS] = { 0 };

	for (unsigned bucket = 0; bucket < GRAM_BUCKETS; bucket++) {
		assert_true(gram_shard_of(bucket) < GRAM_SHARDS);
		in[gram_shard_of(bucket)]++;
	}
	for (size_t i = 0; i < GRAM_SHARDS; i++)
		assert_int_equal(in[i], GRAM_BUCKETS / GRAM_SHARDS);
	assert_true(gram_bucket(TEXT("\xff\xff\xff")) < GRAM_BUCKETS);
	assert_int_equal(gram_bucket(TEXT("ana")), gram_bucket(TEXT("anabel")));
	assert_int_not_equal(gram_bucket(TEXT("ana")), gram_bucket(TEXT("naa")));
}

/* ---- damage ---- */

enum { OFFSETS = (GRAM_BUCKETS / GRAM_SHARDS + 1) * 4 };

/* Shard 0 with the lists of some words; ends where its memory ends, so that a look behind shows. */
static void make_shard(struct buf *out)
{
	struct grams g;
	struct dice d = dice_of(3);
	char word[3];

	grams_init(&g);
	for (uint32_t i = 0; i < 200; i++)
		for (int k = 0; k < 300; k++) {
			for (int j = 0; j < 3; j++)
				word[j] = (char)('a' + dice_roll(&d, 26));
			grams_add(&g, i, (struct text){ word, 3 });
		}
	grams_shard(&g, 0, out);
	grams_release(&g);
	assert_true(out->n > OFFSETS + 200);
}

/* Ask a copy of just these bytes for every bucket; how many were refused? */
static int ask_all(struct text shard)
{
	char *bytes = mem_copy(shard.at, shard.n), *exact = mem_resize(bytes, shard.n, 1);
	int refused = 0;

	for (unsigned bucket = 0; bucket < GRAM_BUCKETS / GRAM_SHARDS; bucket++) {
		struct bits left;
		bits_init(&left, 200, true);
		if (!gram_keep((struct text){ exact, shard.n }, bucket, &left)) {
			assert_int_equal(bits_count(&left), 200);
			refused++;
		}
		assert_true(bits_count(&left) <= 200);
		bits_release(&left);
	}
	mem_free(exact);
	return refused;
}

static void test_gram__refuses_a_shard_that_is_cut_off(void **state)
{
	struct buf shard = BUF_INIT;

	make_shard(&shard);
	assert_int_equal(ask_all(buf_text(&shard)), 0);
	for (size_t n = 0; n < shard.n; n += 1 + n / 50) {
		int refused = ask_all(text_part(buf_text(&shard), 0, n));
		if (n < OFFSETS)
			assert_int_equal(refused, GRAM_BUCKETS / GRAM_SHARDS);
		else
			assert_true(refused > 0);
	}
	assert_true(ask_all(text_part(buf_text(&shard), 0, shard.n - 1)) > 0);
	buf_release(&shard);
}

static void test_gram__survives_every_byte_turned(void **state)
{
	struct buf shard = BUF_INIT;

	make_shard(&shard);
	for (size_t i = 0; i < shard.n; i += i < OFFSETS ? 1 : 7) {
		shard.at[i] ^= (char)0xff;
		int refused = ask_all(buf_text(&shard));
		/* an offset's high bytes lead far out */
		assert_true(i >= OFFSETS || i % 4 < 2 || refused > 0);
		shard.at[i] ^= (char)0xff;
	}
	buf_release(&shard);
}

static void test_gram__survives_any_bytes(void **state)
{
	struct dice d = dice_of(4);
	struct buf shard = BUF_INIT;

	for (int round = 0; round < 60; round++) {
		buf_clear(&shard);
		for (size_t n = dice_roll(&d, 3 * OFFSETS); n; n--)
			buf_add_char(&shard, (char)dice_roll(&d, 256));
		/* offsets that are possible, and lists that are not */
		for (size_t i = 0; round % 2 && i < OFFSETS && i < shard.n; i++)
			shard.at[i] = i % 4 ? i % 4 == 1 ? (char)dice_roll(&d, 4) : 0 : shard.at[i];
		ask_all(buf_text(&shard));
	}
	buf_release(&shard);
}
