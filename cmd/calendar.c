#include "cmd/calendar.h"

#include "base/buf.h"
#include "cmd/cmd.h"

static struct text keep(struct calendar *c, struct buf *b)
{
	struct text kept = { arena_copy(&c->texts, buf_text(b)), b->n };

	buf_clear(b);
	return kept;
}

struct ics_item *calendar_add(struct calendar *c, enum ics_kind kind, struct buf *same,
			      struct buf *summary)
{
	struct ics_item *item = vec_more(&c->items);

	*item = (struct ics_item){ .kind = kind, .same = keep(c, same) };
	item->summary = keep(c, summary);
	return item;
}

void calendar_print(struct app *app, struct calendar *c)
{
	struct buf text = BUF_INIT;

	ics_format(c->items.at, c->items.n, app->today, &text);
	out_raw(&app->out, buf_text(&text));
	buf_release(&text);
	vec_release(&c->items);
	arena_release(&c->texts);
}
