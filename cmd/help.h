#ifndef HELP_H
#define HELP_H
/*
 * help - the one source of the manual. Command tables and topics are written
 * with few marks and rendered for the terminal, as man page (mdoc-free roff
 * for kith(1) and kith(5)), and as the README's command list.
 *
 * Marks: a blank line ends a paragraph; lines that start with four spaces are
 * shown as they are (examples); *word* is a word to type, _WORD_ a placeholder.
 */
struct out;
struct command;

struct topic {
	const char *name, *summary;
	int section;      /* the man page it belongs to: 1 or 5 */
	const char *text; /* NULL: made from the field table */
};
extern const struct topic topics[]; /* ends with name NULL */

/* What -h and `kith help NAME` print. */
void help_command(struct out *o, const struct command *cmd);

#endif
