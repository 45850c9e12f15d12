#ifndef CHECK_H
#define CHECK_H
/*
 * check - what is wrong or doubtful in a book, each as path:line:col and what to do.
 *
 * Nothing here changes a file. Findings are in order of path, then line.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

struct book;
struct contact;
struct doc;
struct kinds;

enum finding_grade {
	FINDING_DAMAGE,  /* not (wholly) readable: also told by every command that meets it */
	FINDING_WRONG,   /* a rule is broken: a bad date, an id twice, a reference to nobody */
	FINDING_DOUBTFUL /* probably not meant: an odd e-mail address, no name */
};

struct finding {
	enum finding_grade grade;
	const char *path; /* owned by the list's arena */
	unsigned line, col; /* 1-based; 0: about the file as a whole */
	const char *what; /* with what to do; owned by the list's arena */
};
struct findings {
	struct finding *at; /* owned */
	size_t n, cap;
	struct arena arena;
};
#define FINDINGS_INIT { 0 }

/* Append one; path and text are copied. */
void findings_add(struct findings *list, enum finding_grade grade, const char *path,
		  unsigned line, unsigned col, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
/* Append copies of another list's. */
void findings_gather(struct findings *list, const struct findings *other);
/* The same, and the other, made by check_scanned, is given back; it may be NULL. */
void findings_take(struct findings *list, struct findings *other);
/* Forget all of them. */
void findings_release(struct findings *list);

/* Append what is damaged in one contact: junk lines, conflict markers, no text, empty. Cheap. */
void check_damage(const struct contact *c, struct findings *out);
/* The junk lines of any doc. */
void check_lines(const struct doc *d, const char *path, struct findings *out);
/*
 * What a scan finds damaged in a file, c being NULL when it could not be read: a list of its own,
 * or NULL when there is nothing. findings_take gathers it.
 */
struct findings *check_scanned(const char *path, const struct contact *c, const struct fault *why);
/* Append a file that could not be read at all. */
void check_unreadable(const char *path, const struct fault *why, struct findings *out);

/*
 * Append what can be told from one contact alone: check_damage, each field by its kind, the dates
 * of log and todo. `today` tells which entries lie in the future.
 */
void check_contact(const struct contact *c, const struct kinds *k, struct date today,
		   struct findings *out);

/*
 * The whole book: everything above, every field by its kind, references, ids and uids used
 * twice, the settings. `today` tells which log entries lie in the future.
 */
FALLIBLE int check_book(struct book *b, struct date today, struct findings *out,
			struct fault *f);

#endif
