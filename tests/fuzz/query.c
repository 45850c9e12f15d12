/*
 * The laws of query: it parses or says where it does not; NOT turns the answer
 * round, OR and AND are what they are called, and white space around a query or
 * doubled parentheses change nothing.
 */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/mem.h"
#include "contact/contact.h"
#include "contact/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct date today = { 2026, 11, 18 };

static const char *const files[] = {
	"[contact]\nname = Jos\xc3\xa9 Nov\xc3\xa1k\nnick = Joe\nemail = j@x.example\n"
	"phone.cell = +1 (0)813 555-0142\norg = Night  Harbor\ntags = writer, Book Club\n"
	"knows = ana-ruiz, tom\ndoor = ask until 2027-01-01\nnote = one\n  two #3\n"
	"[log]\n2026-09-14 = @dunkin-main met: a storm #horror -> [[ana-ruiz]]\n"
	"[todo]\n2026-11-25 = they: @worldcon dates\n[extras]\ncar = \xe6\x9d\x8e\xe9\x9b\xb7\n",
	"\xef\xbb\xbf" "Email: Or@(b)\r\n\tmore\r\n[LOG]\r\nx = call: \xff\xfe\"1234\"\r\n[[\r\njunk\r\n",
};
enum { FILES = sizeof files / sizeof *files };

/* For each file, whether it matches, as a bit; -1 when the query makes no sense. */
static int answer(struct text text, int ranks[FILES])
{
	struct fault f = FAULT_INIT;
	struct query *q;
	int bits = 0;

	if (query_parse(text, today, &q, &f) < 0) {
		assert(f.code == FAULT_USAGE && f.msg[0] && f.line == 0);
		assert(f.col >= 1 && f.col <= text.n + 1);
		return -1;
	}
	for (int i = 0; i < FILES; i++) {
		struct contact c;
		size_t n = strlen(files[i]);
		contact_read(&c, i ? "b.ini" : "work/jose-novak.ini", mem_copy(files[i], n), n);
		ranks[i] = -1;
		bool matches = query_match(q, &c, KINDS_BUILT_IN, &ranks[i]);
		assert(matches == query_match(q, &c, KINDS_BUILT_IN, NULL));
		assert(matches ? ranks[i] >= 0 && ranks[i] <= 2 : ranks[i] == -1);
		bits |= matches << i;
		contact_release(&c);
	}
	query_free(q);
	return bits;
}

/* The answer to the texts put together. */
static int answer_to(const char *before, struct text a, const char *between, struct text b,
		     const char *after, int ranks[FILES])
{
	struct buf all = BUF_INIT;

	buf_add_str(&all, before);
	buf_add_text(&all, a);
	buf_add_str(&all, between);
	buf_add_text(&all, b);
	buf_add_str(&all, after);
	int bits = answer(buf_text(&all), ranks);
	buf_release(&all);
	return bits;
}

static int least(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

static void check_pair(struct text a, struct text b)
{
	int of_a[FILES], of_b[FILES], ranks[FILES];
	int is_a = answer(a, of_a), is_b = answer(b, of_b);

	if (is_a < 0 || is_b < 0)
		return;
	if (answer_to("(", a, ") (", b, ")", ranks) < 0)
		return; /* too deep now, or one of them asks for nothing */
	assert(answer_to("(", a, ") (", b, ")", ranks) == (is_a & is_b));
	for (int i = 0; i < FILES; i++)
		assert(ranks[i] < 0 || ranks[i] == (of_a[i] > of_b[i] ? of_a[i] : of_b[i]));
	assert(answer_to("(", a, ")OR(", b, ")", ranks) == (is_a | is_b));
	for (int i = 0; i < FILES; i++)
		assert(ranks[i] == least(of_a[i], of_b[i]));
}

static void check_one(struct text t)
{
	int want[FILES], ranks[FILES];
	int is = answer(t, want), not;

	assert(answer_to(" \n", t, "", TEXT_NONE, "\t ", ranks) == is);
	if (is < 0)
		return;
	assert(!memcmp(ranks, want, sizeof want));
	not = answer_to("-(", t, "", TEXT_NONE, " )", ranks);
	assert(not < 0 || not == (is ^ ((1 << FILES) - 1)));
	assert(not < 0 || answer_to("((", t, "", TEXT_NONE, "))", ranks) == is);
}

/* The first byte says where the text is cut in two. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size || size > 4096)
		return 0;
	struct text t = { (const char *)data + 1, size - 1 };
	size_t cut = data[0] < t.n ? data[0] : t.n;
	check_one(t);
	check_pair(text_part(t, 0, cut), text_part(t, cut, t.n));
	return 0;
}
