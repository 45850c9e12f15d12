#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/assign.h"
#include "cmd/cmd.h"
#include "cmd/search.h"
#include "contact/contact.h"

static bool dry_run;
static const struct opt opts[] = {
	{ "dry-run", 'n', OPT_FLAG, &dry_run, NULL, "only say whose tags would change" },
	OPT_END
};

static bool is_change(const char *word)
{
	return (word[0] == '+' || word[0] == '-') && word[1];
}

struct changes {
	int n;
	char **at;
};

/* A tag that is there already, or is not there, is no fault: the wish is fulfilled. */
static int change_tags(struct contact *c, void *ctx, struct fault *f)
{
	const struct changes *changes = ctx;

	for (int i = 0; i < changes->n; i++) {
		struct text tag = text_of(changes->at[i] + 1);
		bool add = changes->at[i][0] == '+';
		if (contact_has_tag(c, tag) == add)
			continue;
		int rc = add ? contact_add(c, TEXT("tags"), tag, f)
			     : contact_take(c, TEXT("tags"), tag, f);
		if (rc < 0)
			return rc;
	}
	return 0;
}

/* A file that cannot be changed is named, and does not keep the others from it. */
static int tag_all(struct app *app, const struct search *s, struct changes *changes)
{
	struct buf what = BUF_INIT;
	size_t done = 0;
	int rc = app_lock(app);

	if (rc)
		return rc;
	app_join(changes->n, changes->at, &what);
	for (size_t i = 0; i < s->n && !app_interrupted(); i++) {
		int one = app_change(app, s->found[i]->path, change_tags, changes, what.at);
		done += !one;
		rc = rc ? rc : one;
	}
	if (done < s->n) {
		app_say(app, "kith tag: done for %zu of %zu", done, s->n);
		rc = rc ? rc : EXIT_FAIL;
	}
	buf_release(&what);
	return rc;
}

static void print_ids(struct out *o, const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		out_text(o, s->found[i]->id);
		out_str(o, "\n");
	}
}

static int tag(struct app *app, const struct search *s, struct changes *changes)
{
	int damage = app_damage(app, &s->damage);

	if (!s->n)
		return search_none(app, s);
	if (dry_run)
		print_ids(&app->out, s);
	int rc = dry_run ? EXIT_DONE : tag_all(app, s, changes);
	return rc ? rc : damage;
}

static int run(struct app *app, int argc, char **argv)
{
	struct search s = { 0 };
	int words = argc;

	while (words > 0 && is_change(argv[words - 1]))
		words--;
	if (words == 0 || words == argc)
		return app_usage(app, words ? "no +TAG or -TAG is given" : "whose tags?");
	for (int i = words; i < argc; i++)
		if (strchr(argv[i], ',') || strchr(argv[i], '\n'))
			return app_usage(app, "a tag holds no comma: '%s'", argv[i]);
	struct changes changes = { argc - words, argv + words };
	int rc = app_check_args(app, changes.n, changes.at);
	if (!rc)
		rc = search_run(app, &s, words, argv, NULL, NULL);
	if (!rc)
		rc = tag(app, &s, &changes);
	search_release(&s);
	return rc;
}

const struct command cmd_tag = {
	.name = "tag",
	.group = "edit",
	.args = "QUERY +TAG|-TAG...",
	.summary = "add tags to, or take them from, everybody who matches",
	.help = "_QUERY_ is what *kith list* takes (see *kith help queries*); the tags come last.\n"
		"A query that ends in -word needs a pair of parentheses:\n"
		"*kith tag '(writer -tampa)' +far*.\n"
		"\n"
		"    kith tag @comicon-2026 +comics\n"
		"    kith tag 'org:\"night harbor\"' +publisher -prospect --dry-run\n",
	.opts = opts,
	.needs = NEEDS_BOOK | WRITES | NEGATIVE_ARGS,
	.completes = "query*",
	.run = run,
};
