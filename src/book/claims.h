#ifndef CLAIMS_H
#define CLAIMS_H
/*
 * claims - who goes by which id, alias and uid, and who is referred to: what
 * can be judged only when the whole book has been read.
 *
 *	struct claims all = CLAIMS_INIT;
 *	claims_add(&all, CLAIM_ID, id, path, 0, 0);       for every contact
 *	claims_refer(&all, TEXT("ana-ruiz"), path, 7, 9); for every reference
 *	claims_judge(&all, &findings);
 *	claims_release(&all);
 */
#include "base/arena.h"
#include "base/text.h"
#include "base/vec.h"

struct findings;

enum claim_kind { CLAIM_ID, CLAIM_ALIAS, CLAIM_UID };

struct claim {
	struct text value, folded; /* as written; as compared */
	enum claim_kind kind;      /* of no meaning in a reference */
	const char *path;          /* borrowed */
	unsigned line, col;        /* 1-based; 0: not a place in the file */
};
struct claims {
	VEC(struct claim) made;
	VEC(struct claim) references;
	struct arena arena;
};
#define CLAIMS_INIT { .made = VEC_INIT, .references = VEC_INIT, .arena = ARENA_INIT }

/* The file at `path`, which is borrowed, goes by this value (copied). */
void claims_add(struct claims *all, enum claim_kind kind, struct text value, const char *path,
		unsigned line, unsigned col);
/* The file refers to the contact with this id or alias. */
void claims_refer(struct claims *all, struct text id, const char *path, unsigned line,
		  unsigned col);

/* Append what does not fit together: claimed twice, referred to but not there. Sorts both lists. */
void claims_judge(struct claims *all, struct findings *out);

/* Forget all of them. */
void claims_release(struct claims *all);

#endif
