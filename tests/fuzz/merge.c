/*
 * What holds for the merge of any bytes. An input is BASE \xff OURS \xff THEIRS.
 */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>

#include "base/buf.h"
#include "contact/contact.h"
#include "merge/merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The same, whoever is ours; and a file that can be read. */
static void check_both(struct text base, struct text ours, struct text theirs)
{
	struct merge m = { .base = base, .ours = ours, .theirs = theirs };
	struct merge other = { .base = base, .ours = theirs, .theirs = ours };
	struct buf out = BUF_INIT, swapped = BUF_INIT;

	bool done = merge_run(&m, &out);
	assert(merge_run(&other, &swapped) == done);
	assert(text_equal(buf_text(&out), buf_text(&swapped)));
	assert(m.n_conflicts == other.n_conflicts);
	assert(done || (!out.n && !m.n_conflicts));
	bool whole = text_equal(buf_text(&out), ours) || text_equal(buf_text(&out), theirs);
	assert(!done || whole || contact_damage_of(buf_text(&out)) < CONTACT_CONFLICTED);
	merge_release(&m);
	merge_release(&other);
	buf_release(&out);
	buf_release(&swapped);
}

/* One side alone is taken as it is. */
static void check_alone(struct text base, struct text theirs, enum merge_rule rule)
{
	struct merge m = { .base = base, .ours = base, .theirs = theirs, .rule = rule };
	struct buf out = BUF_INIT;

	assert(merge_run(&m, &out));
	assert(text_equal(buf_text(&out), theirs));
	merge_release(&m);
	buf_release(&out);
}

static void check_ours(struct text base, struct text ours, struct text theirs)
{
	struct merge m = { .base = base, .ours = ours, .theirs = theirs, .rule = MERGE_OURS };
	struct buf out = BUF_INIT;

	if (!merge_run(&m, &out))
		assert(!out.n);
	merge_release(&m);
	buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text rest = { (const char *)data, size };
	struct text part[3] = { TEXT_NONE, TEXT_NONE, TEXT_NONE };

	for (int i = 0; i < 3 && text_cut(&rest, '\xff', &part[i]); i++)
		;
	check_both(part[0], part[1], part[2]);
	check_alone(part[0], part[1], MERGE_BOTH);
	check_alone(part[0], part[1], MERGE_OURS);
	check_ours(part[0], part[1], part[2]);
	return 0;
}
