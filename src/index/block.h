#ifndef BLOCK_H
#define BLOCK_H
/*
 * block - numbered blocks of bytes in one file, which may be thrown away: an
 * SQLite database of a single table.
 *
 * Each block is kept with a checksum of its bytes, its number and a seal of the user's, so what
 * is read is what was written there under that seal, or nothing. Nothing here is a fault: a
 * store that is missing, damaged, locked, not ours, on a full disk or on one that can't be
 * written says false, and its user does without. Damage heals at the next blocks_begin,
 * which empties the store.
 *
 * Several processes may use one store. Blocks are written between blocks_begin and blocks_commit
 * and seen by others all at once, or never.
 *
 *	struct blocks *s = blocks_open(folder, "index.db", version);
 *	if (s && blocks_get(s, 1, 0, &bytes)) ...
 *	if (s && blocks_begin(s) && blocks_put(s, 1, 0, text) && blocks_commit(s)) ...
 *	blocks_close(s);
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct blocks;
struct buf;

/*
 * Open or make the file `name` in the folder, a path without symlinks. NULL: there can be none, or
 * what has the name is a database of another program, which is left alone. What is no
 * database, and what has another version, is emptied at blocks_begin.
 */
struct blocks *blocks_open(const char *folder, const char *name, unsigned version);
/* Gives up what was begun and not committed. NULL is fine. */
void blocks_close(struct blocks *s);

/*
 * Between these two several blocks are read at little cost, all as they were at the first; who
 * writes has to wait so long, so it should not be for long. False: another process is writing,
 * and reading would wait for it each time.
 */
bool blocks_hold(struct blocks *s);
void blocks_let_go(struct blocks *s);

/*
 * Append the block's bytes. False: there is none, it can't be read, or it was put there with
 * another seal.
 */
bool blocks_get(struct blocks *s, int64_t id, uint64_t seal, struct buf *out);
/* The same, but the bytes are lent to `use` instead of copied: for large ones. */
bool blocks_lend(struct blocks *s, int64_t id, uint64_t seal,
		 void (*use)(void *ctx, struct text bytes), void *ctx);
/* Is something in there that cannot be trusted? */
bool blocks_damaged(const struct blocks *s);

/*
 * False when another process is writing: the caller goes on without. What is damaged, and was
 * not made anew by another process meanwhile, is emptied.
 */
bool blocks_begin(struct blocks *s);
/* After the first that says false nothing is kept of what was begun. */
bool blocks_put(struct blocks *s, int64_t id, uint64_t seal, struct text bytes);
/* Remove those from `from` up to but not including `to`. */
bool blocks_drop(struct blocks *s, int64_t from, int64_t to);
bool blocks_commit(struct blocks *s);
void blocks_cancel(struct blocks *s);

#endif
