#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "book/check.h"
#include "cmd/cmd.h"
#include "cmd/contact_json.h"
#include "contact/contact.h"
#include "contact/field.h"
#include "contact/lookup.h"
#include "contact/needle.h"

static bool ignore_case, words, fixed, count, files_only, all;
static const struct opt opts[] = {
	{ "ignore-case", 'i', OPT_FLAG, &ignore_case, NULL, "upper and lower case are the same" },
	{ "word", 'w', OPT_FLAG, &words, NULL, "match whole words only" },
	{ "fixed", 'F', OPT_FLAG, &fixed, NULL, "the pattern is text, not a regular expression" },
	{ "count", 'c', OPT_FLAG, &count, NULL, "print FILE:HOW-MANY" },
	{ "files", 'l', OPT_FLAG, &files_only, NULL, "print only the files' names" },
	{ "all", 'a', OPT_FLAG, &all, NULL, "look at every line, not only notes and log" },
	OPT_END
};

struct hit {
	unsigned line;    /* 1-based */
	struct text text; /* owned */
};

struct slot {
	VEC(struct hit) hits;
	struct findings damage;
	int error; /* PCRE2's, when the match itself failed */
};

struct scan {
	const struct book *book;
	pcre2_code *code;
	struct slot *slots;
	struct buf plain; /* the pattern folded where it is plain text, else empty */
};

/* ---- the pattern ---- */

/* -F and -w in the pattern's own language; PCRE2_LITERAL would not go with \b. */
static void add_pattern(const char *pattern, struct buf *out)
{
	struct text rest = text_of(pattern), part;

	if (words)
		buf_add_str(out, "\\b(?:");
	if (!fixed) {
		buf_add_text(out, rest);
	} else {
		buf_add_str(out, "\\Q");
		for (bool first = true; text_cut(&rest, '\\', &part); first = false) {
			if (!first)
				buf_add_str(out, "\\E\\\\\\Q");
			buf_add_text(out, part);
		}
		buf_add_str(out, "\\E");
	}
	if (words)
		buf_add_str(out, ")\\b");
}

/*
 * Is it text in which each character stands for itself? ASCII only: with other scripts it takes
 * more than folding to know what is the same but for case.
 */
static bool is_plain(struct text pattern)
{
	for (size_t i = 0; i < pattern.n; i++) {
		char c = char_lower(pattern.at[i]);
		bool letter = char_is_digit(c) || (c >= 'a' && c <= 'z');
		if (fixed ? (c < ' ' || c > '~') : !letter && !strchr(" _@,;:/'-", c))
			return false;
	}
	return true;
}

static pcre2_code *compile(struct app *app, const char *pattern)
{
	struct buf source = BUF_INIT;
	PCRE2_SIZE at;
	int error;

	add_pattern(pattern, &source);
	uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF;
	pcre2_code *code =
	    pcre2_compile((PCRE2_SPTR)source.at, source.n,
			  flags | (ignore_case ? PCRE2_CASELESS : 0), &error, &at, NULL);
	buf_release(&source);
	if (code) {
		pcre2_jit_compile(code,
				  PCRE2_JIT_COMPLETE); /* without it, matching is only slower */
		return code;
	}
	PCRE2_UCHAR text[160];
	pcre2_get_error_message(error, text, sizeof text);
	app_usage(app, "the pattern '%s' is wrong at %zu: %s", pattern, (size_t)at, (char *)text);
	return NULL;
}

/* The compiled form has little room to step back in; without it there is as much as needed. */
static int match(const pcre2_code *code, pcre2_match_data *data, struct text t, size_t from)
{
	int rc = pcre2_match(code, (PCRE2_SPTR)t.at, t.n, from, 0, data, NULL);

	if (rc == PCRE2_ERROR_JIT_STACKLIMIT)
		rc = pcre2_match(code, (PCRE2_SPTR)t.at, t.n, from, PCRE2_NO_JIT, data, NULL);
	return rc;
}

/* ---- looking (in several threads) ---- */

static void look_at_line(const struct scan *scan, pcre2_match_data *data, struct slot *slot,
			 const struct contact *c, size_t line)
{
	struct text text = c->doc.lines[line].text;
	int rc = match(scan->code, data, text, 0);

	if (rc >= 0) {
		struct hit hit = { (unsigned)line + 1, { mem_copy(text.at, text.n), text.n } };
		vec_push(&slot->hits, hit);
	} else if (rc != PCRE2_ERROR_NOMATCH) {
		slot->error = rc;
	}
}

/* What the user writes freely. */
static bool is_searched(const struct contact *c, size_t entry)
{
	return doc_in(&c->doc, entry, TEXT("log")) ||
	       (doc_in(&c->doc, entry, TEXT("contact")) &&
		field_answers(c->doc.entries[entry].key, TEXT("note")));
}

/* As doc cuts lines: a CR at the end of a last line without newline is text. */
static bool cut_doc_line(struct text *rest, struct text *line)
{
	bool last = text_find(*rest, '\n') == rest->n;
	struct text whole = *rest;

	if (!text_cut_line(rest, line))
		return false;
	if (last)
		*line = whole;
	return true;
}

/* Is there any line with a match, be it one that is not searched? */
static bool may_have(void *ctx, const char *path, struct text bytes)
{
	const struct scan *scan = ctx;
	struct text line;
	int rc = PCRE2_ERROR_NOMATCH;

	(void)path;
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	if (text_starts(bytes, TEXT("\xEF\xBB\xBF")))
		bytes = text_part(bytes, 3, bytes.n); /* a BOM is not of the line */
	while (rc == PCRE2_ERROR_NOMATCH && cut_doc_line(&bytes, &line))
		rc = match(scan->code, data, line, 0);
	pcre2_match_data_free(data);
	return rc != PCRE2_ERROR_NOMATCH;
}

/* A pattern that is plain text stands in the file as it is, but for case. */
static void narrow(void *ctx, const struct lookup *l, struct bits *files)
{
	const struct scan *scan = ctx;

	lookup_words(l, buf_text(&scan->plain), files);
}

static const struct book_sieve matching = { may_have, narrow };

static void look(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	struct scan *scan = ctx;
	struct slot *slot = &scan->slots[i];

	if (!c) {
		check_unreadable(scan->book->files[i].path, why, &slot->damage);
		return;
	}
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	if (all)
		for (size_t line = 0; line < c->doc.n_lines; line++)
			look_at_line(scan, data, slot, c, line);
	for (size_t entry = 0; !all && entry < c->doc.n_entries; entry++) {
		const struct doc_entry *e = &c->doc.entries[entry];
		for (size_t k = 0; is_searched(c, entry) && k < e->n_lines; k++)
			look_at_line(scan, data, slot, c, e->line + k);
	}
	pcre2_match_data_free(data);
	if (c->damage != CONTACT_SOUND || slot->hits.n)
		check_damage(c, &slot->damage);
}

/* ---- printing ---- */

static void out_hit(struct out *o, const pcre2_code *code, pcre2_match_data *data, struct text t)
{
	size_t from = 0;

	while (o->color && from < t.n && match(code, data, t, from) >= 0) {
		const PCRE2_SIZE *at = pcre2_get_ovector_pointer(data);
		if (at[1] <= at[0])
			break;
		out_text(o, text_part(t, from, at[0]));
		out_style(o, STYLE_MATCH);
		out_text(o, text_part(t, at[0], at[1]));
		out_style(o, STYLE_PLAIN);
		from = at[1];
	}
	out_text(o, text_part(t, from, t.n));
	out_str(o, "\n");
}

static void out_place(struct app *app, const char *path, struct buf *scratch)
{
	buf_clear(scratch);
	app_file(app, path, scratch);
	out_text(&app->out, buf_text(scratch));
}

static void print_file(struct app *app, const struct scan *scan, pcre2_match_data *data, size_t i)
{
	const struct slot *slot = &scan->slots[i];
	struct buf scratch = BUF_INIT;
	struct out *o = &app->out;

	if (files_only || count) {
		out_place(app, app->book.files[i].path, &scratch);
		if (count)
			out_fmt(o, ":%zu", slot->hits.n);
		out_str(o, "\n");
	} else {
		for (size_t k = 0; k < slot->hits.n; k++) {
			out_place(app, app->book.files[i].path, &scratch);
			out_fmt(o, ":%u:", slot->hits.at[k].line);
			out_hit(o, scan->code, data, slot->hits.at[k].text);
		}
	}
	buf_release(&scratch);
}

static void print_json(struct out *o, const struct book_file *file, const struct slot *slot)
{
	if (count || files_only) {
		json_t *object = contact_json_bare(file->id, file->path);
		json_object_set_new(object, "count", json_integer((json_int_t)slot->hits.n));
		out_json_value(o, object);
		return;
	}
	for (size_t k = 0; k < slot->hits.n; k++) {
		json_t *object = contact_json_bare(file->id, file->path);
		json_object_set_new(object, "line", json_integer(slot->hits.at[k].line));
		json_object_set_new(object, "text", out_json_text(slot->hits.at[k].text));
		out_json_value(o, object);
	}
}

/* ---- the command ---- */

/* Files in which the match itself failed. */
static int say_errors(struct app *app, const struct scan *scan)
{
	int rc = EXIT_DONE;

	for (size_t i = 0; i < app->book.n_files; i++) {
		PCRE2_UCHAR why[160];
		struct fault f = FAULT_INIT;
		if (!scan->slots[i].error)
			continue;
		pcre2_get_error_message(scan->slots[i].error, why, sizeof why);
		fault_set(&f, FAULT_OS, "cannot look for the pattern here (%s); make it simpler",
			  (char *)why);
		fault_at(&f, app->book.files[i].path, 0, 0);
		rc = app_fault(app, &f);
	}
	return rc;
}

static int say_damage(struct app *app, const struct scan *scan)
{
	struct findings list = FINDINGS_INIT;

	for (size_t i = 0; i < app->book.n_files; i++)
		findings_gather(&list, &scan->slots[i].damage);
	int rc = app_damage(app, &list);
	findings_release(&list);
	return rc;
}

static int print_all(struct app *app, const struct scan *scan)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int damage = say_damage(app, scan), errors = say_errors(app, scan), rc = EXIT_NO;

	if (app->json)
		out_json_begin(&app->out);
	for (size_t i = 0; i < app->book.n_files; i++) {
		const struct slot *slot = &scan->slots[i];
		if (!slot->hits.n)
			continue;
		rc = EXIT_DONE;
		if (app->json)
			print_json(&app->out, &app->book.files[i], slot);
		else
			print_file(app, scan, data, i);
	}
	if (app->json)
		out_json_end(&app->out);
	pcre2_match_data_free(data);
	return errors ? errors : damage ? damage : rc;
}

static void free_slots(struct slot *slots, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < slots[i].hits.n; k++)
			mem_free((char *)slots[i].hits.at[k].text.at);
		vec_release(&slots[i].hits);
		findings_release(&slots[i].damage);
	}
	mem_free(slots);
}

static int run(struct app *app, int argc, char **argv)
{
	struct fault f = FAULT_INIT;
	struct book *book = &app->book;

	if (argc != 1)
		return app_usage(app, argc ? "one pattern, quoted when it holds blanks"
					   : "what to look for?");
	struct scan scan = { .book = book, .code = compile(app, argv[0]), .plain = BUF_INIT };
	if (!scan.code)
		return EXIT_USAGE;
	int rc = app_list(app);
	if (rc)
		return rc;
	if (is_plain(text_of(argv[0])))
		needle_fold(text_of(argv[0]), &scan.plain);
	scan.slots = mem_alloc(book->n_files * sizeof *scan.slots);
	if (book_scan(book, &matching, look, &scan, &f) < 0)
		rc = app_fault(app, &f);
	else
		rc = print_all(app, &scan);
	free_slots(scan.slots, book->n_files);
	pcre2_code_free(scan.code);
	buf_release(&scan.plain);
	return rc;
}

const struct command cmd_grep = {
	.name = "grep",
	.group = "recall",
	.args = "PATTERN",
	.summary = "search notes and log by regular expression, as FILE:LINE:TEXT",
	.help = "_PATTERN_ is a Perl-compatible regular expression (PCRE2, Unicode). The form\n"
		"of the output is what editors jump by: *vim -q <(kith grep storm)*. Exit\n"
		"status 1 when nothing matches.\n"
		"\n"
		"    kith grep -iw storm\n"
		"    kith grep -a '^phone.*0142'\n",
	.opts = opts,
	.needs = NEEDS_BOOK | USES_PAGER | READS,
	.completes = "",
	.run = run,
};
