#ifndef MANUAL_H
#define MANUAL_H
/*
 * manual - the manual's texts in their three looks: on a terminal, as the man pages kith(1)
 * and kith(5), and as the README's list of commands.
 *
 * The texts stand in the command table, in topics.c and in the field table; their marks are
 * explained in help.h.
 */

struct buf;
struct opt;
struct out;

/* The groups of commands in their order: name in the table, heading. */
extern const char *const manual_groups[][2];
extern const int manual_n_groups;

/* A text with marks, for the terminal. */
void manual_text(struct out *o, const char *text);
/* Append "-i, --ignore-case" or "--on DATE". */
void manual_opt(const struct opt *o, struct buf *out);
/* The keys of [contact], one each with what it holds. */
void manual_keys(struct out *o);
/* The list of commands as Markdown tables. */
void manual_markdown(struct out *o);
/* A man page in roff (man(7)). */
void manual_man1(struct out *o);
void manual_man5(struct out *o);

#endif
