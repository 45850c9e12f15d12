#ifndef NOTE_H
#define NOTE_H
/*
 * note - which files of the book are written and not committed yet, kept in the repository
 * (kith/pending) so that a command that is killed leaves word to the next one.
 *
 * It is put on the disk before the commit begins, so that git's index, which is written last, is
 * mended even after a power loss. What was written shortly before one is found as an edit by hand.
 */

struct buf;
struct repo;

/* The file is about to be written. That no note can be made is passed over. */
void note_add(const struct repo *r, const char *path);
/* Append the paths, each with a NUL behind it; one may stand there several times. */
void note_read(const struct repo *r, struct buf *out);
/*
 * Append the path of a file of this book's in the repository: kith/WHAT. Each book of a repository
 * has its own.
 */
void note_path(const struct repo *r, const char *what, struct buf *out);

/*
 * A kith that was killed amid a commit leaves locks of git's, and nobody could commit any more.
 * Take those away that were made in the seconds after the last note, and do not go by themselves
 * in a moment. To be called under the book's lock, before a note is added: then no kith is at work.
 */
void note_break_locks(const struct repo *r);

/* Put the note on the disk. */
void note_sync(const struct repo *r);
/* All is committed. */
void note_clear(const struct repo *r);

#endif
