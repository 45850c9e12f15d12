#include <stdlib.h>

#include "base/buf.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "cmd/search.h"
#include "contact/contact.h"

static bool they;
static const struct opt opts[] = {
	{ "they", 't', OPT_FLAG, &they, NULL, "it is their promise, not yours" },
	OPT_END
};

/* ---- adding one ---- */

struct promise {
	struct date date;
	struct text value;
};

static int add_promise(struct contact *c, void *ctx, struct fault *f)
{
	const struct promise *p = ctx;

	return contact_add_todo(c, p->date, p->value, f);
}

static int add(struct app *app, const char *name, int argc, char **argv)
{
	struct buf typed = BUF_INIT, value = BUF_INIT, what = BUF_INIT;
	struct promise p = { .date = app->today };
	const char *path;

	app_join(argc, argv, &typed);
	struct text text = buf_text(&typed);
	date_cut(&text, app->today, &p.date);
	text = text_trim(text);
	entry_format_todo(they, text, &value);
	p.value = buf_text(&value);
	buf_add_str(&what, "todo ");
	date_format(p.date, &what);
	buf_add_str(&what, they ? ": they: " : ": ");
	buf_add_text(&what, text);
	int rc = !text.n ? app_usage(app, "what is promised? Only a date was given")
		 : !date_is_whole(p.date)
			 ? app_usage(app, "a promise is for a whole date, as in 2026-11-18")
			 : app_resolve(app, text_of(name), &path);
	if (!rc)
		rc = app_lock(app);
	if (!rc)
		rc = app_change(app, path, add_promise, &p, what.at);
	buf_release(&typed);
	buf_release(&value);
	buf_release(&what);
	return rc;
}

/* ---- listing what is open ---- */

/* One open promise; its texts are copies, the file is gone when it is shown. */
struct open_promise {
	const char *path;  /* borrowed */
	struct text id;
	int number;        /* of the contact's: what `kith done` takes */
	struct date date;
	char *date_text, *text; /* owned; the date as it stands in the file */
	bool they;
};

struct promises {
	VEC(struct open_promise) list;
};

static void *collect(void *ctx, const char *path, struct text id, const struct contact *c)
{
	struct promises *own;
	struct entry e;
	size_t at = 0;
	int number = 0;

	(void)ctx;
	if (!c)
		return NULL;
	own = mem_alloc(sizeof *own);
	while (contact_next_todo(c, &at, &e, NULL)) {
		struct text date = c->doc.entries[at - 1].key;
		struct open_promise p = { path, id, ++number, e.date, mem_copy(date.at, date.n),
					  mem_copy(e.text.at, e.text.n), e.they };
		vec_push(&own->list, p);
	}
	return own;
}

static int by_date(const void *va, const void *vb)
{
	const struct open_promise *a = va, *b = vb;
	int c = date_cmp(a->date, b->date);

	if (!c)
		c = text_cmp(a->id, b->id);
	return c ? c : a->number - b->number;
}

static void take_over(struct promises *own, struct promises *all)
{
	for (size_t k = 0; own && k < own->list.n; k++)
		vec_push(&all->list, own->list.at[k]);
	if (own)
		vec_release(&own->list);
	mem_free(own);
}

static int gather_book(struct app *app, struct promises *all, int *damage)
{
	struct search s;
	int rc = search_run(app, &s, 0, NULL, collect, NULL);

	*damage = app_damage(app, &s.damage);
	for (size_t i = 0; i < s.n; i++)
		take_over(s.found[i]->data, all);
	search_release(&s);
	return rc;
}

static int gather_one(struct app *app, const char *name, struct promises *all)
{
	struct fault f = FAULT_INIT;
	struct contact c;
	const char *path;
	int rc = app_resolve(app, text_of(name), &path);

	if (rc)
		return rc;
	if (book_load(&app->book, path, &c, NULL, &f) < 0)
		return app_fault(app, &f);
	take_over(collect(NULL, path, contact_id_of(path), &c), all);
	contact_release(&c);
	return 0;
}

static void print(struct app *app, const struct promises *all)
{
	struct out *o = &app->out;
	size_t width = 0;

	for (size_t i = 0; i < all->list.n; i++) {
		size_t w = out_width(all->list.at[i].id);
		if (w > width)
			width = w;
	}
	for (size_t i = 0; i < all->list.n; i++) {
		const struct open_promise *p = &all->list.at[i];
		bool late = date_cmp(p->date, app->today) < 0;
		if (late)
			out_style(o, STYLE_WARN);
		out_cell(o, text_of(p->date_text), 10);
		if (late)
			out_style(o, STYLE_PLAIN);
		out_str(o, "  ");
		out_cell(o, p->id, width);
		out_fmt(o, " %2d  %s", p->number, p->they ? "they: " : "");
		out_text(o, text_of(p->text));
		out_str(o, "\n");
	}
}

static void print_json(struct app *app, const struct promises *all)
{
	json_t *list = json_array();

	for (size_t i = 0; i < all->list.n; i++) {
		const struct open_promise *p = &all->list.at[i];
		struct entry e = { .date = p->date, .they = p->they, .text = text_of(p->text) };
		json_t *object = entry_json_todo(&e, text_of(p->date_text));
		json_object_set_new(object, "id", out_json_text(p->id));
		json_object_set_new(object, "path", out_json_text(text_of(p->path)));
		json_object_set_new(object, "number", json_integer(p->number));
		json_array_append_new(list, object);
	}
	out_json(&app->out, list);
}

static void release(struct promises *all)
{
	for (size_t i = 0; i < all->list.n; i++) {
		mem_free(all->list.at[i].date_text);
		mem_free(all->list.at[i].text);
	}
	vec_release(&all->list);
}

static int list(struct app *app, const char *name)
{
	struct promises all = { VEC_INIT };
	int damage = EXIT_DONE;
	int rc = name ? gather_one(app, name, &all) : gather_book(app, &all, &damage);

	if (!rc) {
		if (all.list.n)
			qsort(all.list.at, all.list.n, sizeof *all.list.at, by_date);
		if (app->json)
			print_json(app, &all);
		else
			print(app, &all);
		if (!all.list.n) {
			app_say(app, "nothing is promised");
			rc = EXIT_NO;
		}
		rc = damage ? damage : rc;
	}
	release(&all);
	return rc;
}

static int run(struct app *app, int argc, char **argv)
{
	if (argc < 2 && they)
		return app_usage(app, "what do they promise?");
	if (argc < 2)
		return list(app, argc ? argv[0] : NULL);
	int rc = app_check_args(app, argc - 1, argv + 1);
	return rc ? rc : add(app, argv[0], argc - 1, argv + 1);
}

const struct command cmd_todo = {
	.name = "todo",
	.group = "capture",
	.args = "[NAME [WHEN] TEXT]",
	.summary = "note a promise, yours or theirs; or list what is open",
	.help = "_WHEN_ is a date as people say it (*tomorrow*, *+2w*, *friday*, see\n"
		"*kith help dates*); today when it is left out. With _NAME_ alone: that\n"
		"person's open promises; with nothing: everybody's. The number in front of the\n"
		"text is what *kith done* takes.\n"
		"\n"
		"    kith todo paul friday thank him for the two introductions\n"
		"    kith todo paul --they +2w sends the convention dates\n"
		"    kith todo\n",
	.opts = opts,
	.needs = NEEDS_BOOK | READS,
	.completes = "id",
	.run = run,
};
