#ifndef OUT_H
#define OUT_H
/*
 * out - what goes to stdout: text made safe, styles, columns, JSON, the pager.
 *
 * Output is gathered and written in large pieces; a write that fails is
 * remembered (out_finish tells). A closed pipe is no error, only the end.
 */
#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/text.h"

enum out_style { STYLE_PLAIN, STYLE_NAME, STYLE_LABEL, STYLE_DIM, STYLE_WARN, STYLE_MATCH,
		 STYLE_ADDED, STYLE_REMOVED };

struct out {
	struct buf pending;
	bool color;
	bool terminal;   /* stdout is one (also while the pager reads it) */
	int columns;     /* width of the terminal, else 0: no limit */
	int pager;       /* process id, 0: none */
	size_t elements; /* of the array that is being printed */
	const char *pages_through; /* the pager to be started with the first output, or NULL */
	int error;       /* errno of a failed write, 0: none */
};

/*
 * when: auto, always or never (NO_COLOR, TERM=dumb and CLICOLOR_FORCE decide auto). False:
 * none of these.
 */
bool out_init(struct out *o, const char *when);
/*
 * Have the pager start with the first output, when stdout is a terminal: KITH_PAGER, PAGER,
 * less; "" and "cat" mean none.
 */
void out_page(struct out *o);
/*
 * Have what there is so far seen, while more is being looked for. False: nobody reads it any
 * more, or it cannot be written.
 */
bool out_flush(struct out *o);
/* Flush, wait for the pager. Returns 0, or the errno of what could not be written. */
int out_finish(struct out *o);

/* Our own words, as they are. */
void out_str(struct out *o, const char *s);
void out_fmt(struct out *o, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* An empty line, and our own words in the style of names on a line of theirs. */
void out_heading(struct out *o, const char *title);
/* Text from elsewhere, made visible; on one line, or with its lines kept. */
void out_text(struct out *o, struct text t);
void out_lines(struct out *o, struct text t, size_t indent);
/*
 * Text on one line, `at` columns of which are used; on a terminal it goes on below, indented, where
 * the line is full, broken between words.
 */
void out_wrapped(struct out *o, struct text t, size_t at, size_t indent);
/*
 * Text from elsewhere byte for byte (for --raw, --format with -0): made visible only on a
 * terminal.
 */
void out_raw(struct out *o, struct text t);
/* The style holds until the next call; STYLE_PLAIN ends it. Nothing without colour. */
void out_style(struct out *o, enum out_style s);
/* How many columns the text takes once it is made visible on one line. */
size_t out_width(struct text t);
/*
 * Text cut or padded to exactly `width` columns (an ellipsis marks a cut); width 0: as long as
 * it is.
 */
void out_cell(struct out *o, struct text t, size_t width);
/* The same for text that is visible already and `w` columns wide. */
void out_shown(struct out *o, struct text shown, size_t w, size_t width);

/* A JSON string of any bytes (what is not UTF-8 becomes U+FFFD). */
json_t *out_json_text(struct text t);
/* Print it, indented, and give it back (json_decref). Key order is kept. */
void out_json(struct out *o, json_t *value);
/*
 * A long array is printed element by element, as a tree of all its values takes ten times the
 * memory. out_json_element, which any thread may call, takes over the value; its text is owned by
 * the caller.
 */
char *out_json_element(json_t *value);
void out_json_begin(struct out *o);
void out_json_add(struct out *o, const char *element);
void out_json_value(struct out *o, json_t *value); /* both in one; takes over the value */
void out_json_end(struct out *o);

#endif
