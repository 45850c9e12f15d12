#include "cmd/opt.h"

#include <string.h>

#include "base/fault.h"
#include "base/text.h"

/* What one call works through: words are read at `next`, arguments are kept at `kept`. */
struct parse {
	char **argv;
	int argc, next, kept;
	const struct opt *tables[2];
};

static const struct opt *find_long(const struct parse *p, struct text name)
{
	for (int t = 0; t < 2; t++)
		for (const struct opt *o = p->tables[t]; o && o->name; o++)
			if (text_equal(text_of(o->name), name))
				return o;
	return NULL;
}

static const struct opt *find_letter(const struct parse *p, char letter)
{
	for (int t = 0; t < 2; t++)
		for (const struct opt *o = p->tables[t]; o && o->name; o++)
			if (o->letter == letter)
				return o;
	return NULL;
}

static void store(const struct opt *o, const char *value)
{
	if (o->kind == OPT_FLAG)
		*(bool *)o->value = true;
	else
		*(const char **)o->value = value;
}

/* The value that an option needs: behind the '=' or the rest of a bundle, else the next word. */
static int take_value(struct parse *p, const struct opt *o, const char *attached, struct fault *f)
{
	if (o->kind == OPT_FLAG) {
		if (attached)
			return fault_set(f, FAULT_USAGE, "--%s takes no value", o->name);
	} else if (!attached) {
		if (p->next >= p->argc)
			return fault_set(f, FAULT_USAGE, "--%s needs %s", o->name, o->arg);
		attached = p->argv[p->next++];
	}
	store(o, attached);
	return 0;
}

static int take_long(struct parse *p, const char *word, struct fault *f)
{
	struct text name = text_of(word + 2);
	size_t eq = text_find(name, '=');
	const char *attached = eq < name.n ? name.at + eq + 1 : NULL;
	const struct opt *o = find_long(p, text_part(name, 0, eq));

	if (!o)
		return fault_set(f, FAULT_USAGE, "there is no option '--%.*s'", (int)eq, name.at);
	return take_value(p, o, attached, f);
}

static int take_letters(struct parse *p, const char *word, struct fault *f)
{
	for (const char *c = word + 1; *c; c++) {
		const struct opt *o = find_letter(p, *c);
		if (!o)
			return fault_set(f, FAULT_USAGE, "there is no option '-%c'", *c);
		if (o->kind != OPT_FLAG)
			return take_value(p, o, c[1] ? c + 1 : NULL, f);
		store(o, NULL);
	}
	return 0;
}

/* Where negative words are allowed, only a single letter behind '-' can be an option. */
static bool is_negative(const struct parse *p, const char *word)
{
	return word[2] || !find_letter(p, word[1]);
}

int opt_parse(int *argc, char **argv, const struct opt *own, const struct opt *common,
	      bool negatives, struct fault *f)
{
	struct parse p = { .argv = argv, .argc = *argc, .tables = { own, common } };
	bool ended = false;

	while (p.next < p.argc) {
		char *word = argv[p.next++];
		int rc = 0;
		if (ended || word[0] != '-' || !word[1] || word[1] == '>')
			argv[p.kept++] = word;
		else if (!strcmp(word, "--"))
			ended = true;
		else if (word[1] == '-')
			rc = take_long(&p, word, f);
		else if (negatives && is_negative(&p, word))
			argv[p.kept++] = word;
		else
			rc = take_letters(&p, word, f);
		if (rc < 0)
			return rc;
	}
	*argc = p.kept;
	return 0;
}
