#ifndef OPT_H
#define OPT_H
/*
 * opt - options of the command line, described once: parsing, usage, help, man
 * page and completion are made from the same table.
 *
 * Long options may be given as --name=value or --name value, short ones bundled;
 * options may stand before or after the arguments; "--" ends them. A word that starts with
 * '-' and names no option is an argument only after "--"; '+a' and the arrow '->' are never
 * options.
 */
#include <stdbool.h>

struct fault;

enum opt_kind {
	OPT_FLAG, /* value: bool *, set to true */
	OPT_TEXT  /* value: const char **, borrowed from argv */
};

struct opt {
	const char *name;  /* "color"; NULL ends a table */
	char letter;       /* 'c', or 0 */
	enum opt_kind kind;
	void *value;
	const char *arg;   /* name of the value for help: "WHEN"; NULL for a flag */
	const char *about; /* one line */
};
#define OPT_END { 0, 0, OPT_FLAG, 0, 0, 0 }

/*
 * Take the options of `own` and `common` (either may be NULL) out of argv; what is left is moved to
 * the front, *argc counts it. With `negatives` words like "-tag" are arguments (of queries): only
 * a '-' and a single letter is an option then. FAULT_USAGE names the option.
 */
int opt_parse(int *argc, char **argv, const struct opt *own, const struct opt *common,
	      bool negatives, struct fault *f);

#endif
