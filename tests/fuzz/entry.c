/* The first line of the input is the key, the rest the value. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "contact/entry.h"

static struct text own[] = { { "walk", 4 } };
static const struct kinds kinds = { own, 1 };

static void check_inside(struct text piece, struct text whole)
{
	assert(!piece.n || (piece.at >= whole.at && piece.at + piece.n <= whole.at + whole.n));
}

/* Marks go forward, lie in the text and have a name. Returns the first event. */
static struct text check_marks(struct text text)
{
	struct text name, event = TEXT_NONE;
	size_t at = 0, before = 0;

	for (int mark; (mark = entry_next_mark(text, &at, &name)); before = at) {
		assert(mark == MARK_EVENT || mark == MARK_TAG || mark == MARK_PERSON);
		assert(name.n && at > before && at <= text.n);
		check_inside(name, text_part(text, before, at));
		if (mark == MARK_EVENT && !event.n)
			event = name;
	}
	assert(at == text.n);
	return event;
}

/* What was read is what is read back after writing it with this event. */
static void check_log(const struct entry *e, struct text event)
{
	struct buf value = BUF_INIT;
	struct entry again;

	entry_format_log(event, e->kind, e->text, &value);
	entry_parse_log(TEXT("2026"), buf_text(&value), &kinds, &again);
	assert(text_equal(again.kind, e->kind));
	assert(text_equal(again.text, e->text));
	assert(text_equal(again.event, event.n ? event : check_marks(e->text)));
	buf_release(&value);
}

static void check_todo(const struct entry *e)
{
	struct buf value = BUF_INIT;
	struct entry again;

	entry_format_todo(e->they, e->text, &value);
	entry_parse_todo(TEXT("2026"), buf_text(&value), &again);
	assert(again.they == e->they);
	assert(text_equal(again.text, e->text));
	assert(text_equal(again.event, e->event));
	buf_release(&value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text value = { (const char *)data, size }, date;
	struct entry e;

	if (!text_cut(&value, '\n', &date) || !value.at)
		return 0;
	check_marks(value);
	entry_parse_log(date, value, &kinds, &e);
	check_inside(e.text, value);
	check_inside(e.event, value);
	assert(entry_is_kind(&kinds, e.kind, NULL));
	assert(e.bad_date == date_is_none(e.date));
	check_log(&e, e.event);
	check_log(&e, TEXT_NONE);
	entry_parse_todo(date, value, &e);
	check_inside(e.text, value);
	check_todo(&e);
	return 0;
}
