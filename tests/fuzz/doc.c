/*
 * The laws of doc. An input is DOCUMENT \xff KEY \xff VALUE \xff SECTION \xff
 * CHOICE; the low bits of the last byte choose the operation, the rest the entry.
 * A plain file is an input too: every operation is tried on it.
 */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/fuzz/doc_laws.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	unsigned char choice;
	struct text bytes, key, value, section;
};

/* The value with its first line gone and the input's in the middle: some of its lines may stay. */
static const char *set_some(struct doc *d, size_t i, struct text value)
{
	struct buf b = BUF_INIT;
	struct text rest = d->entries[i].value, line, first = TEXT_NONE;

	text_cut(&rest, '\n', &first);
	for (size_t n = 0; text_cut(&rest, '\n', &line); n++) {
		if (n == 1 && value.n) {
			buf_add_text(&b, value);
			buf_add_char(&b, '\n');
		}
		buf_add_text(&b, line);
		buf_add_char(&b, '\n');
	}
	const char *broken = law_set(d, i, buf_text(&b));
	buf_release(&b);
	return broken;
}

static const char *obey(struct doc *d, const struct input *in)
{
	size_t n = d->n_entries, i = n ? (in->choice >> 3) % n : 0, at, other;
	size_t before = n && in->choice & 0x80 ? i : DOC_END;
	struct text section = before == DOC_END ? in->section : d->entries[i].section;

	switch (in->choice & 7) {
	case 0:
		return n ? law_set(d, i, in->value) : NULL;
	case 1:
		return n ? set_some(d, i, in->value) : NULL;
	case 2:
		return n ? law_remove(d, i) : NULL;
	case 3:
		return n ? law_rename(d, i, in->key) : NULL;
	case 4: /* two edits of what was added, in one doc */
		OBEY(law_add(d, in->section, in->key, in->value, DOC_END, &at));
		return at == DOC_END ? NULL : law_set(d, at, in->bytes);
	case 5: { /* two sections that are made go again */
		OBEY(law_add(d, in->section, in->key, in->value, DOC_END, &at));
		if (at == DOC_END)
			return NULL;
		OBEY(law_add(d, TEXT("todo"), in->key, in->value, DOC_END, &other));
		doc_remove(d, other);
		doc_remove(d, at);
		LAW(text_equal(d->bytes, in->bytes));
		return NULL;
	}
	case 6:
		return law_batch(d, in->choice >> 3, in->key, in->value);
	default:
		return law_add_remove(d, section, in->key, in->value, before);
	}
}

static void check(const struct input *in)
{
	struct doc d;

	doc_read(&d, in->bytes);
	assert(text_equal(d.bytes, in->bytes));
	const char *broken = law_lossless(&d);
	if (!broken)
		broken = law_as_inih(&d);
	if (!broken)
		broken = obey(&d, in);
	if (broken)
		fprintf(stderr, "broken law: %s\n", broken);
	assert(!broken);
	doc_release(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text rest = { (const char *)data, size }, choice;
	struct input in = { 0, TEXT_NONE, TEXT("key"), TEXT("two\n\nlines"), TEXT("log") };
	struct text *const parts[] = { &in.bytes, &in.key, &in.value, &in.section, &choice };
	size_t n = 0;

	while (n < 5 && text_cut(&rest, '\xff', parts[n]))
		n++;
	if (n == 5 && choice.n) {
		in.choice = (unsigned char)choice.at[0];
		check(&in);
		return 0;
	}
	for (unsigned i = 0; i < 16; i++) {
		in.choice = (unsigned char)(i * 17);
		check(&in);
	}
	return 0;
}
