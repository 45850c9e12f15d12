#include "cmd/manual.h"

#include <string.h>

#include "base/buf.h"
#include "cmd/cmd.h"
#include "cmd/help.h"
#include "contact/field.h"

/* When the texts were last gone through, for the man pages. */
#define MANUAL_DATE "2026-11-21"

const char *const manual_groups[][2] = {
	{ "start", "Start" },
	{ "capture", "Capture" },
	{ "recall", "Recall" },
	{ "network", "Network" },
	{ "edit", "Edit" },
	{ "history", "History" },
	{ "exchange", "Exchange" },
};
const int manual_n_groups = sizeof manual_groups / sizeof *manual_groups;

/*
 * ---- the marks ----
 *
 * A manual text is read once, by line; what differs between a terminal, a man page and Markdown is
 * how a paragraph, an example and a marked word begin and end.
 */

struct look {
	const char *paragraph, *example, *example_end; /* before each */
	const char *line;                              /* before a line of a paragraph */
	const char *word, *word_end, *place, *place_end;
	bool roff;
};

static const struct look plain = { "\n", "\n", "", "  ", "", "", "", "", false };
static const struct look colored = { "\n", "\n", "", "  ", "\033[1m", "\033[0m", "\033[4m",
				     "\033[0m", false };
static const struct look roff = { ".PP\n", ".PP\n.RS 4\n.nf\n", ".fi\n.RE\n", "", "\\fB", "\\fP",
				  "\\fI", "\\fP", true };

static void add_char(const struct look *look, bool line_start, char c, struct buf *out)
{
	if (look->roff && line_start && (c == '.' || c == '\''))
		buf_add_str(out, "\\&");
	if (look->roff && c == '\\')
		buf_add_str(out, "\\e");
	else if (look->roff && (c == '-' || c == '`' || c == '^' || c == '~'))
		buf_add_str(out, c == '-'   ? "\\-"
				 : c == '`' ? "\\(ga"
				 : c == '^' ? "\\(ha"
					    : "\\(ti");
	else
		buf_add_char(out, c);
}

static void add_words(const struct look *look, struct text t, struct buf *out)
{
	for (size_t i = 0; i < t.n; i++)
		add_char(look, i == 0, t.at[i], out);
}

static bool is_edge(char c)
{
	return char_is_space(c) || (c && strchr("([{<>}]),.;:!?|=/\"'", c));
}

/* The end of a word marked with m at i: the closing mark, followed by an edge. 0: it is no mark. */
static size_t mark_end(struct text t, size_t i)
{
	char m = t.at[i];

	if ((m != '*' && m != '_') || (i > 0 && !is_edge(t.at[i - 1])))
		return 0;
	for (size_t j = i + 1; j < t.n; j++)
		if (t.at[j] == m)
			return j > i + 1 && (j + 1 == t.n || is_edge(t.at[j + 1])) ? j : 0;
	return 0;
}

static void add_marked(const struct look *look, struct text t, struct buf *out)
{
	for (size_t i = 0; i < t.n; i++) {
		size_t end = mark_end(t, i);
		if (!end) {
			add_char(look, i == 0, t.at[i], out);
			continue;
		}
		bool word = t.at[i] == '*';
		buf_add_str(out, word ? look->word : look->place);
		add_words(look, text_part(t, i + 1, end), out);
		buf_add_str(out, word ? look->word_end : look->place_end);
		i = end;
	}
}

enum part { PART_NONE, PART_PARAGRAPH, PART_EXAMPLE };

static void render(const struct look *look, const char *text, struct buf *out)
{
	struct text rest = text_of(text), line;
	enum part part = PART_NONE;
	size_t blank = 0;

	while (text_cut_line(&rest, &line)) {
		if (!text_trim(line).n) {
			blank++;
			continue;
		}
		enum part now = text_starts(line, TEXT("    ")) ? PART_EXAMPLE : PART_PARAGRAPH;
		if (part == PART_EXAMPLE && now != part)
			buf_add_str(out, look->example_end);
		if (now != part)
			buf_add_str(out, now == PART_EXAMPLE ? look->example : look->paragraph);
		else if (blank)
			buf_add_str(out, now == PART_EXAMPLE ? "\n" : look->paragraph);
		part = now;
		blank = 0;
		if (now == PART_EXAMPLE) {
			if (!look->roff)
				buf_add_str(out, "  ");
			add_words(look, look->roff ? text_part(line, 4, line.n) : line, out);
		} else {
			buf_add_str(out, look->line);
			add_marked(look, line, out);
		}
		buf_add_char(out, '\n');
	}
	if (part == PART_EXAMPLE)
		buf_add_str(out, look->example_end);
}

void manual_text(struct out *o, const char *text)
{
	struct buf b = BUF_INIT;

	render(o->color ? &colored : &plain, text, &b);
	out_str(o, b.at);
	buf_release(&b);
}

void manual_opt(const struct opt *o, struct buf *out)
{
	if (o->letter)
		buf_add_fmt(out, "-%c, ", o->letter);
	buf_add_fmt(out, "--%s", o->name);
	if (o->arg)
		buf_add_fmt(out, " %s", o->arg);
}

/* ---- Markdown ---- */

void manual_markdown(struct out *o)
{
	for (int g = 0; g < manual_n_groups; g++) {
		out_fmt(o, "%s**%s**\n\n| command | does |\n|---|---|\n", g ? "\n" : "",
			manual_groups[g][1]);
		for (const struct command *const *c = commands; *c; c++) {
			if (strcmp((*c)->group, manual_groups[g][0]) != 0)
				continue;
			struct buf args = BUF_INIT;
			for (const char *a = (*c)->args; *a; a++) {
				if (*a == '|')
					buf_add_char(&args, '\\');
				buf_add_char(&args, *a);
			}
			out_fmt(o, "| `kith %s%s%s`", (*c)->name, args.n ? " " : "", args.at);
			if ((*c)->aliases)
				out_fmt(o, " (also `%s`)", (*c)->aliases);
			out_fmt(o, " | %s |\n", (*c)->summary);
			buf_release(&args);
		}
	}
}

/* ---- the keys ---- */

static const char *kind_form(enum field_kind kind)
{
	switch (kind) {
	case FIELD_DATE: return "a date, whole or partial";
	case FIELD_DAY: return "a date";
	case FIELD_TAGS: return "words between commas";
	case FIELD_PHRASES: return "phrases between commas, each with optional until DATE";
	case FIELD_PERSON: return "an id, or free text";
	case FIELD_PEOPLE: return "ids between commas";
	case FIELD_CADENCE: return "a cadence";
	case FIELD_DOOR: return "a door";
	default: return "text";
	}
}

/* "text, repeats, takes a label" */
static void out_form(struct out *o, const struct field *f)
{
	out_fmt(o, "%s%s%s%s", kind_form(f->kind), f->lines ? ", several lines" : "",
		f->repeats ? ", repeats" : "", f->labelled ? ", takes a label" : "");
}

void manual_keys(struct out *o)
{
	for (size_t i = 0; i < n_fields; i++) {
		const struct field *f = &fields[i];
		out_fmt(o, "  %-11s %s\n%14s(", f->key, f->about, "");
		out_form(o, f);
		out_str(o, ")\n");
	}
}

/* ---- man pages ---- */

/* A heading has opened the first paragraph already. */
static void roff_text(struct out *o, const char *text)
{
	struct buf b = BUF_INIT;

	render(&roff, text, &b);
	out_str(o, text_starts(buf_text(&b), TEXT(".PP\n")) ? b.at + 4 : b.at);
	buf_release(&b);
}

static void roff_words(struct out *o, const char *text)
{
	struct buf b = BUF_INIT;

	add_words(&roff, text_of(text), &b);
	out_str(o, b.at);
	buf_release(&b);
}

static void roff_opts(struct out *o, const struct opt *opts)
{
	for (; opts && opts->name; opts++) {
		struct buf form = BUF_INIT;
		manual_opt(opts, &form);
		out_str(o, ".TP\n\\fB");
		roff_words(o, form.at);
		out_str(o, "\\fP\n");
		roff_words(o, opts->about);
		out_str(o, "\n");
		buf_release(&form);
	}
}

static void out_upper(struct out *o, const char *s)
{
	for (; *s; s++)
		out_fmt(o, "%c", *s >= 'a' && *s <= 'z' ? *s - 'a' + 'A' : *s);
}

static void roff_keys(struct out *o)
{
	for (size_t i = 0; i < n_fields; i++) {
		const struct field *f = &fields[i];
		out_fmt(o, ".TP\n\\fB%s\\fP\n", f->key);
		roff_words(o, f->about);
		out_str(o, "\n(");
		out_form(o, f);
		out_str(o, "; vCard ");
		if (f->vcard) {
			roff_words(o, f->vcard);
		} else {
			out_str(o, "X\\-KITH\\-");
			out_upper(o, f->key);
		}
		out_str(o, ")\n");
	}
}

static void roff_topics(struct out *o, int section)
{
	for (const struct topic *t = topics; t->name; t++) {
		if (t->section != section)
			continue;
		out_str(o, ".SH ");
		out_upper(o, t->name);
		out_str(o, "\n");
		if (t->text)
			roff_text(o, t->text);
		else
			roff_keys(o);
	}
}

static void roff_command(struct out *o, const struct command *cmd)
{
	out_str(o, ".SS kith ");
	roff_words(o, cmd->name);
	out_str(o, " ");
	roff_words(o, cmd->args);
	out_str(o, "\n");
	roff_words(o, cmd->summary);
	out_str(o, ".\n");
	if (cmd->aliases) {
		out_str(o, "Also: ");
		roff_words(o, cmd->aliases);
		out_str(o, ".\n");
	}
	roff_text(o, cmd->help);
	roff_opts(o, cmd->opts);
}

void manual_man1(struct out *o)
{
	out_str(o, ".TH KITH 1 " MANUAL_DATE " \"kith\" \"User Commands\"\n"
		   ".SH NAME\nkith \\- contacts in plain text, and what you know of them\n"
		   ".SH SYNOPSIS\n\\fBkith\\fP \\fICOMMAND\\fP [\\fIARGUMENT\\fP ...]\n"
		   ".SH OPTIONS OF ALL COMMANDS\n");
	roff_opts(o, common_opts);
	for (int g = 0; g < manual_n_groups; g++) {
		out_fmt(o, ".SH %s\n", manual_groups[g][1]);
		for (const struct command *const *c = commands; *c; c++)
			if (!strcmp((*c)->group, manual_groups[g][0]))
				roff_command(o, *c);
	}
	roff_topics(o, 1);
	out_str(o, ".SH SEE ALSO\n.BR kith (5)\n");
}

void manual_man5(struct out *o)
{
	out_str(o, ".TH KITH 5 " MANUAL_DATE " \"kith\" \"File Formats\"\n"
		   ".SH NAME\nkith \\- the files of a book of contacts\n");
	out_str(o, ".SH DESCRIPTION\nA book is a folder that holds a text file for each contact. "
		   "This page "
		   "tells what\nmay stand in these files, and in the settings of a book.\n");
	roff_topics(o, 5);
	out_str(o, ".SH SEE ALSO\n.BR kith (1)\n");
}
