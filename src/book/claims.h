#ifndef CLAIMS_H
#define CLAIMS_H
/*
 * claims - who goes by which id, alias and uid, who is referred to, and who came through whom:
 * what can be judged only when the whole book has been read.
 *
 *	struct claims all = CLAIMS_INIT;
 *	claims_add(&all, CLAIM_ID, id, path, 0, 0);       for every contact
 *	claims_refer(&all, TEXT("ana-ruiz"), path, 7, 9); for every reference
 *	claims_judge(&all, &findings);
 *	claims_release(&all);
 */
#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/vec.h"

struct findings;

enum claim_kind { CLAIM_ID, CLAIM_ALIAS, CLAIM_UID };

struct claim {
	struct text value, folded; /* as written; as compared */
	enum claim_kind kind;      /* of no meaning in a reference */
	bool via;                  /* a reference: it says through whom the contact came */
	const char *path;          /* borrowed */
	unsigned line, col;        /* 1-based; 0: not a place in the file */
};
struct claims {
	VEC(struct claim) made;
	VEC(struct claim) references;
	VEC(struct claim) vias;    /* those of free text too */
	struct arena arena;
};
#define CLAIMS_INIT \
	{ .made = VEC_INIT, .references = VEC_INIT, .vias = VEC_INIT, .arena = ARENA_INIT }

/* The file at `path`, which is borrowed, goes by this value (copied). */
void claims_add(struct claims *all, enum claim_kind kind, struct text value, const char *path,
		unsigned line, unsigned col);
/* The file refers to the contact with this id or alias. */
void claims_refer(struct claims *all, struct text id, const char *path, unsigned line,
		  unsigned col);

/* A via of the file: an id or alias, or words for somebody who is not in the book. */
void claims_via(struct claims *all, struct text value, const char *path, unsigned line,
		unsigned col);

/* Is it an id? Words for somebody who is not in the book have a space or a capital. */
bool claims_is_id(struct text value);

/*
 * Append what does not fit together: claimed twice, referred to but not there, referred to by
 * itself, come through itself. Sorts the lists.
 */
void claims_judge(struct claims *all, struct findings *out);
/*
 * Once they are sorted: who goes by the folded id or alias; an id goes before an alias, then the
 * first by path. NULL: nobody.
 */
const struct claim *claims_find(const struct claims *all, struct text folded);

/* Forget all of them. */
void claims_release(struct claims *all);

#endif
