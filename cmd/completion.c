#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "cmd/cmd.h"
#include "cmd/help.h"
#include "cmd/search.h"
#include "contact/contact.h"
#include "contact/field.h"

static const char *line;
static const struct opt opts[] = {
	{ "for", 0, OPT_TEXT, &line, "LINE",
	  "print what can complete LINE: WORD, a TAB, what it is (used by the scripts)" },
	OPT_END
};

/* ---- the scripts: the shell hands over the line, kith answers with words ---- */

/*
 * bash breaks words at '@', '=' and ':' too, so what it has of the word already is taken off the
 * answers; %q, because an answer may come from a file name that somebody else chose. There may be
 * thousands of answers: nothing is started for one of them.
 */
static const char bash[] =
	"_kith() {\n"
	"  local line=${COMP_LINE:0:COMP_POINT} answer\n"
	"  local typed=${line##*[[:space:]]} cur=${COMP_WORDS[COMP_CWORD]}\n"
	"  [[ $cur == '@' || $cur == '=' || $cur == ':' ]] && cur=\n"
	"  COMPREPLY=()\n"
	"  while IFS=$'\\t' read -r answer _; do\n"
	"    [[ $answer == *= ]] && compopt -o nospace\n"
	"    printf -v answer %q \"${answer#\"${typed%\"$cur\"}\"}\"\n"
	"    COMPREPLY+=(\"$answer\")\n"
	"  done < <(kith completion --for \"$line\" 2>/dev/null)\n"
	"}\n"
	"complete -o default -F _kith kith\n";

static const char zsh[] =
	"#compdef kith\n"
	"_kith() {\n"
	"  local answer word\n"
	"  local -a offers shown open open_shown\n"
	"  for answer in \"${(@f)$(kith completion --for \"${LBUFFER}\" 2>/dev/null)}\"; do\n"
	"    word=${answer%%$'\\t'*}\n"
	"    if [[ $word == *= ]]; then open+=(\"$word\") open_shown+=(\"${answer/$'\\t'/  }\")\n"
	"    elif [[ -n $word ]]; then offers+=(\"$word\") shown+=(\"${answer/$'\\t'/  }\"); fi\n"
	"  done\n"
	"  (( $#open )) && compadd -S '' -l -d open_shown -- \"${open[@]}\"\n"
	"  (( $#offers )) && compadd -l -d shown -- \"${offers[@]}\"\n"
	"  (( $#open + $#offers ))\n"
	"}\n"
	"if [[ $funcstack[1] == _kith ]]; then _kith \"$@\"; else compdef _kith kith; fi\n";

static const char fish[] =
	"complete -c kith -f -a '(kith completion --for (commandline -cp | string collect))'\n";

/* ---- the answers ---- */

struct answer {
	struct app *app;
	struct text typed; /* the word before the cursor */
};

static void offer(struct answer *a, const char *before, struct text word, const char *after,
		  struct text about)
{
	struct out *o = &a->app->out;
	struct buf full = BUF_INIT;

	buf_add_str(&full, before);
	buf_add_text(&full, word);
	buf_add_str(&full, after);
	if (text_starts(buf_text(&full), a->typed)) {
		out_text(o, buf_text(&full));
		out_str(o, "\t");
		out_text(o, about);
		out_str(o, "\n");
	}
	buf_release(&full);
}

static void offer_options(struct answer *a, const struct opt *list)
{
	for (; list && list->name; list++)
		offer(a, "--", text_of(list->name), "", text_of(list->about));
}

static void offer_commands(struct answer *a)
{
	for (const struct command *const *c = commands; *c; c++)
		offer(a, "", text_of((*c)->name), "", text_of((*c)->summary));
}

static void offer_topics(struct answer *a)
{
	for (const struct topic *t = topics; t->name; t++)
		offer(a, "", text_of(t->name), "", text_of(t->summary));
}

static void offer_keys(struct answer *a, const char *after)
{
	for (size_t i = 0; i < n_fields; i++)
		offer(a, "", text_of(fields[i].key), after, text_of(fields[i].about));
}

/* What a file has to offer: one word a line, with a TAB in front of what it is. */
static void *collect_tags(void *ctx, const char *path, struct text id, const struct contact *c)
{
	struct contact_field field;
	struct buf b = BUF_INIT;
	struct text item;
	size_t at = 0;

	(void)ctx;
	(void)path;
	(void)id;
	while (c && contact_next(c, TEXT("tags"), &at, &field))
		while (field_next_item(&field.value, &item)) {
			text_visible(item, false, &b);
			buf_add_str(&b, "\ttag\n");
		}
	return buf_take(&b);
}

static void *collect_events(void *ctx, const char *path, struct text id, const struct contact *c)
{
	const struct app *app = ctx;
	struct buf b = BUF_INIT;
	struct entry e;
	size_t at = 0;

	(void)path;
	(void)id;
	while (c && contact_next_log(c, &app->book.config.kinds, &at, &e, NULL))
		if (e.event.n) {
			text_visible(e.event, false, &b);
			buf_add_str(&b, "\tevent\n");
		}
	return buf_take(&b);
}

static int by_text(const void *a, const void *b)
{
	return text_cmp(*(const struct text *)a, *(const struct text *)b);
}

static void offer_lines(struct answer *a, const char *before, const struct search *s)
{
	VEC(struct text) lines = VEC_INIT;

	for (size_t i = 0; i < s->n; i++) {
		struct text rest = text_of(s->found[i]->data), one;
		while (text_cut_line(&rest, &one))
			vec_push(&lines, one);
	}
	if (lines.n)
		qsort(lines.at, lines.n, sizeof *lines.at, by_text);
	for (size_t i = 0; i < lines.n; i++) {
		size_t tab = text_find(lines.at[i], '\t');
		if (i == 0 || !text_equal(lines.at[i], lines.at[i - 1]))
			offer(a, before, text_part(lines.at[i], 0, tab), "",
			      text_part(lines.at[i], tab + 1, lines.at[i].n));
	}
	vec_release(&lines);
}

/* Without a book there is nothing to offer, and nothing to say at a key press. */
static bool has_book(struct app *app)
{
	struct fault f = FAULT_INIT;

	return app->book.fd >= 0 || app_open_book(app, &f) == 0;
}

static void keep_name(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	char **names = ctx;

	(void)why;
	if (c) {
		struct text name = contact_name(c);
		names[i] = mem_copy(name.at, name.n);
	}
}

/* Only the files that are offered are read. */
static void offer_ids(struct answer *a)
{
	struct book *book = &a->app->book;
	struct fault f = FAULT_INIT;
	struct buf id = BUF_INIT;
	struct bits offered;

	if (!has_book(a->app) || book_list(book, &f) < 0)
		return;
	bits_init(&offered, book->n_files, false);
	for (size_t i = 0; i < book->n_files; i++)
		if (text_starts(book->files[i].id, a->typed))
			bits_set(&offered, i);
	char **names = mem_alloc(book->n_files * sizeof *names);
	book_scan_some(book, &offered, keep_name, names);
	for (size_t i = 0; i < book->n_files; i++) {
		if (!bits_has(&offered, i))
			continue;
		buf_clear(&id);
		text_visible(book->files[i].id, false, &id);
		offer(a, "", buf_text(&id), "", names[i] ? text_of(names[i]) : buf_text(&id));
		mem_free(names[i]);
	}
	mem_free(names);
	bits_release(&offered);
	buf_release(&id);
}

static void offer_collected(struct answer *a, const char *before, search_visit visit)
{
	struct search s;

	if (!has_book(a->app))
		return;
	if (search_run(a->app, &s, 0, NULL, visit, a->app) == 0)
		offer_lines(a, before, &s);
	for (size_t i = 0; i < s.n; i++)
		mem_free(s.found[i]->data);
	search_release(&s);
}

/* What stands at this place of the command's arguments. */
static void offer_arguments(struct answer *a, const struct command *cmd, int place)
{
	struct text kinds = text_of(cmd->completes), kind, wanted = TEXT_NONE;

	for (int i = 0; i <= place && text_cut_word(&kinds, &kind); i++)
		if (i == place || text_ends(kind, TEXT("*")))
			wanted = kind;
	if (text_ends(wanted, TEXT("*")))
		wanted.n--;
	if (text_equal(wanted, TEXT("id")) || text_equal(wanted, TEXT("query")))
		offer_ids(a);
	else if (text_equal(wanted, TEXT("key")))
		offer_keys(a, "");
	else if (text_equal(wanted, TEXT("key=")))
		offer_keys(a, "=");
	else if (text_equal(wanted, TEXT("command"))) {
		offer_commands(a);
		offer_topics(a);
	} else if (text_equal(wanted, TEXT("shell"))) {
		offer(a, "", TEXT("bash"), "", TEXT("a shell"));
		offer(a, "", TEXT("zsh"), "", TEXT("a shell"));
		offer(a, "", TEXT("fish"), "", TEXT("a shell"));
	}
}

static void offer_word(struct answer *a, const struct command *cmd, int place)
{
	char first = a->typed.n ? a->typed.at[0] : 0;

	if (first == '-') {
		offer_options(a, cmd ? cmd->opts : NULL);
		offer_options(a, common_opts);
		first = cmd && !strcmp(cmd->name, "tag") ? '-' : ' ';
	}
	if (!cmd)
		offer_commands(a);
	else if (first == '#' || first == '+' || first == '-')
		offer_collected(a, (const char[]){ first, 0 }, collect_tags);
	else if (first == '@')
		offer_collected(a, "@", collect_events);
	else
		offer_arguments(a, cmd, place);
}

static const struct opt *find_opt(const struct opt *list, struct text word)
{
	for (; list && list->name; list++) {
		const char letter[] = { '-', list->letter, 0 };
		if (list->arg && ((text_starts(word, TEXT("--")) &&
				   text_equal(text_part(word, 2, word.n), text_of(list->name))) ||
				  (list->letter && text_equal(word, text_of(letter)))))
			return list;
	}
	return NULL;
}

/* The option whose value comes next, when the word is one that takes a value. */
static const struct opt *opt_before(const struct command *cmd, struct text word)
{
	const struct opt *own = cmd ? find_opt(cmd->opts, word) : NULL;

	return own ? own : find_opt(common_opts, word);
}

/* The values of an option are told by the name that help gives them. */
static void offer_values(struct answer *a, const struct opt *o)
{
	if (!strcmp(o->arg, "KIND"))
		for (const char *const *k = entry_kinds; *k; k++)
			offer(a, "", text_of(*k), "", TEXT("a kind of entry"));
	else if (!strcmp(o->arg, "WHEN"))
		for (int i = 0; i < 3; i++)
			offer(a, "", text_of((const char *[]){ "auto", "always", "never" }[i]), "",
			      TEXT_NONE);
	else if (!strcmp(o->arg, "KEY") || !strcmp(o->arg, "KEY,KEY"))
		offer_keys(a, "");
}

/* "kith --book x set paul em": the command is set, the place 1, and "em" is typed. */
static int answer(struct app *app, struct text typed_line)
{
	struct answer a = { .app = app };
	const struct command *cmd = NULL;
	struct text word;
	size_t start = typed_line.n;
	int place = 0;

	while (start > 0 && !char_is_space(typed_line.at[start - 1]))
		start--;
	a.typed = text_part(typed_line, start, typed_line.n);
	struct text rest = text_part(typed_line, 0, start);
	text_cut_word(&rest, &word); /* the program's own name */
	const struct opt *open = NULL;
	while (text_cut_word(&rest, &word)) {
		if (open) {
			open = NULL;
		} else if (word.at[0] == '-') {
			open = opt_before(cmd, word);
		} else if (cmd) {
			place++;
		} else {
			char *name = mem_copy(word.at, word.n);
			cmd = command_find(name);
			mem_free(name);
			if (!cmd)
				return EXIT_NO;
		}
	}
	if (open) {
		offer_values(&a, open);
		return EXIT_DONE;
	}
	app->quiet = true;
	offer_word(&a, cmd, place);
	return EXIT_DONE;
}

static int run(struct app *app, int argc, char **argv)
{
	if (line)
		return answer(app, text_of(line));
	if (argc == 1 && !strcmp(argv[0], "bash"))
		out_str(&app->out, bash);
	else if (argc == 1 && !strcmp(argv[0], "zsh"))
		out_str(&app->out, zsh);
	else if (argc == 1 && !strcmp(argv[0], "fish"))
		out_str(&app->out, fish);
	else
		return app_usage(app, "for which shell: bash, zsh or fish?");
	return EXIT_DONE;
}

const struct command cmd_completion = {
	.name = "completion",
	.group = "start",
	.args = "bash|zsh|fish",
	.summary = "print the shell's completion script",
	.help = "Commands, options, ids, keys, #tags and @events are completed. *make install*\n"
		"puts the scripts where the shells look; by hand:\n"
		"\n"
		"    kith completion bash >~/.local/share/bash-completion/completions/kith\n"
		"    kith completion zsh >~/.zfunc/_kith      # a folder of $fpath\n"
		"    kith completion fish >~/.config/fish/completions/kith.fish\n",
	.opts = opts,
	.completes = "shell",
	.run = run,
};
