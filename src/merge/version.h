#ifndef VERSION_H
#define VERSION_H
/*
 * version - one version of a contact, cut into the pieces that a merge puts together:
 * headers, entries, and lines of comment or junk.
 *
 * Blank lines go with the piece below them. A comment directly above a header belongs to the
 * header's block, else to the block it stands in. All values are compared without line endings.
 */
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/vec.h"
#include "format/doc.h"

struct node;

enum side { SIDE_BASE, SIDE_OURS, SIDE_THEIRS, SIDES };

/* The sections whose entries are one set, in however many blocks they stand. */
enum section { SECTION_CONTACT, SECTION_LOG, SECTION_TODO, SECTION_OWN };

enum piece_kind { PIECE_HEADER, PIECE_ENTRY, PIECE_TEXT };

struct piece {
	enum piece_kind kind;
	enum side side;
	size_t lead, from, to; /* lines: blank ones above [lead, from), its own [from, to) */
	size_t block;          /* index into blocks */
	const struct doc_entry *entry; /* of PIECE_ENTRY */
	bool items;            /* its value is items between commas */
	struct text group;     /* pieces of a group are told apart by their values */
	struct text value;     /* as it is compared */
	struct node *node;     /* what it is a version of */
};

/* A header and what stands below it. The first block has no header. */
struct block {
	enum section section;
	struct text name;  /* in small letters */
	size_t first, end; /* its pieces */
	size_t header;     /* which of them is the header; end: none */
};

struct version {
	struct doc doc;
	VEC(struct piece) pieces; /* in file order */
	VEC(struct block) blocks;
	struct text eol; /* of its lines, as a rule */
	bool bom, open;  /* does it begin with a BOM, lack the last line ending? */
	size_t tail;     /* line: from here on blank */
	bool has[SECTION_OWN]; /* is there anything of the section? */
};

/* The bytes are borrowed; texts that are made live in the arena. */
void version_read(struct version *v, enum side side, struct text bytes, struct arena *arena);
void version_release(struct version *v);

/* A copy in small letters (ASCII). */
struct text version_small(struct arena *arena, struct text t);
/* Append the value as it is compared; key is one of [contact] or the empty text. */
void version_normalise(struct text key, struct text value, struct buf *out);

/* Are the lines the same? The pieces' own, or the blank ones above. */
bool piece_same(const struct version *v, const struct piece *p, const struct version *w,
		const struct piece *q);
/* Bytes of its own lines, without line endings. */
size_t piece_length(const struct version *v, const struct piece *p);
/* Order of its own lines by bytes. */
int piece_cmp(const struct version *v, const struct piece *p, const struct version *w,
	      const struct piece *q);
/* The lines of an entry with another value, each with "\n"; they live in the arena. */
struct text piece_set(const struct version *v, const struct piece *p, struct text value,
		      struct arena *arena);

#endif
