#ifndef BOOK_H
#define BOOK_H
/*
 * book - the folder of contacts: which files there are, who is meant by a name,
 * reading them one by one or all at once, and the safe write.
 *
 * A book is a folder; its contacts are the files *.ini in it and in its folders
 * (names that start with '.' are passed over, symlinks are reported and never
 * followed). It is held open by descriptor, so a path never leads out of it.
 * Paths are below the book, '/' between components.
 *
 *	struct book b;
 *	if (book_open(&b, root, &f) < 0 || book_resolve(&b, TEXT("jose"), &found, &f) < 0) ...
 *	book_edit(&b, found.path, add_phone, &ctx, &f);
 *	book_close(&b);
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/text.h"
#include "book/config.h"

struct bits;
struct book;
struct buf;
struct contact;
struct lookup;

struct book_file {
	const char *path; /* owned by the book's arena; of a cached book, by its index */
	struct text id;   /* within path */
};

/*
 * What an index does for a book. src/index attaches one (book.index); without it, or where it
 * says false, everything is read from the folder.
 */
struct book_index {
	void *ctx;
	/* Take the listing from the index, to be read from it too: sets files and n_files. */
	bool (*list)(void *ctx, struct book *b);
	/* The bytes of file i of such a listing, appended; false when the index hasn't got them. */
	bool (*read)(void *ctx, size_t i, struct buf *out);
	/*
	 * Be ready to be asked by *out and to read, until close, which is called if it said true.
	 * The first piece that is asked for brings the index up to date with the files, unless
	 * the listing is its own.
	 */
	bool (*open)(void *ctx, struct book *b, struct lookup *out);
	void (*close)(void *ctx);
};

/*
 * Who is told of each write: src/history attaches one (book.recorder), so that everything that is
 * written becomes history. Texts are borrowed; NULL stands for no file.
 */
struct book_recorder {
	void *ctx;
	/* The file is about to be written; what is noted now outlives a kill. */
	void (*will)(void *ctx, const char *path);
	/* It was: `before` stood there, `after` does now. */
	void (*did)(void *ctx, const char *path, const struct text *before,
		    const struct text *after);
};

/* How far a reading is: told at its start, now and then by any thread, and at its end. */
struct book_progress {
	void *ctx;
	void (*tell)(void *ctx, size_t done, size_t of); /* files */
};

struct book {
	char *root;       /* owned: the folder as found, for messages */
	int fd;           /* the folder, open; -1 when closed */
	bool locked;
	struct config config;
	struct book_file *files; /* after book_list: sorted by id, then path */
	size_t n_files;
	uint32_t *by_folder;     /* places in files, folder by folder; NULL: not known (any more) */
	bool listed;
	bool cached;      /* the listing is the index's, and files are read from there */
	unsigned long changes; /* grows with each write and each listing */
	const struct book_index *index; /* borrowed; NULL: none */
	const struct book_recorder *recorder; /* borrowed; NULL: none */
	struct book_progress progress;  /* tell may be NULL */
	struct arena arena;
	struct fault *faults; /* what the listing left out: symlinks, unreadable folders; by path */
	size_t n_faults;
	const char **leftovers;  /* temporary files seen, to be removed under the lock */
	size_t n_leftovers;
};

/* The book's settings; not a contact. */
#define BOOK_CONFIG ".kith/config"
/* How git is to take contacts: as they are to the byte, and shown by its driver `kith`. */
#define BOOK_ATTRIBUTES ".gitattributes"

/*
 * Open the folder and read its settings. FAULT_NOTFOUND when it isn't there; settings that are
 * there but cannot be read are a fault too: they may say what must not be done.
 */
FALLIBLE int book_open(struct book *b, const char *root, struct fault *f);
/* Append the text of the settings as they are now; nothing, and no fault, when there are none. */
FALLIBLE int book_read_config(struct book *b, struct buf *out, struct fault *f);
/* Unlock and release; safe after a failed book_open. */
void book_close(struct book *b);

/*
 * Take the book's lock (flock on the folder itself: it goes with the process). Waits at most
 * wait_ms, then FAULT_LOCKED. Under it, temporary files left by a killed process are removed.
 * The listing is forgotten, as another process may have written before; its paths stay good.
 */
FALLIBLE int book_lock(struct book *b, int wait_ms, struct fault *f);
void book_unlock(struct book *b);

/* ---- which files ---- */

/*
 * Walk the folders once; files, n_files and faults are set. Later calls return at once. The
 * listing is kept in step with what is written through this book, so a write moves its elements.
 */
FALLIBLE int book_list(struct book *b, struct fault *f);
/* The k-th place in files when they are taken folder by folder, as far as that is known. */
static inline size_t book_by_folder(const struct book *b, size_t k)
{
	return b->by_folder ? b->by_folder[k] : k;
}

/* Forget the listing: the next one sees what is there then. Paths stay good until book_close. */
void book_relist(struct book *b);

/*
 * Who has this id, or answers to it as an alias, in whatever case? *path is the one found (owned
 * by the book), not counting the file `but` (NULL: all count), or NULL: the id is free.
 */
FALLIBLE int book_id_owner(struct book *b, struct text id, const char *but, const char **path,
			   struct fault *f);

/*
 * An id for a new person called `name`: its slug, with -2, -3.. when somebody has that already.
 * Appends to out. To be asked under the lock.
 */
FALLIBLE int book_new_id(struct book *b, struct text name, struct buf *out, struct fault *f);

/* ---- reading ---- */

/* Read one contact; the caller releases it. The stamp (may be NULL) is for a save. */
FALLIBLE int book_load(struct book *b, const char *path, struct contact *out,
		       struct file_stamp *stamp, struct fault *f);

/*
 * What is looked for in a scan, so that files in which it cannot be are not read, or not parsed.
 * Either function may be NULL.
 */
struct book_sieve {
	/* Could it be in the file with this path and these bytes? By several threads at once. */
	bool (*may_hold)(void *ctx, const char *path, struct text bytes);
	/* Clear in `files` those in which it surely isn't. */
	void (*narrow)(void *ctx, const struct lookup *l, struct bits *files);
};

/*
 * Read every file of the listing, on all cores, and call visit for each; c is
 * NULL and f says why when the file could not be read (and c is sound to use only during the
 * call). Calls come from several threads at once, in no order; i is the index into files, so
 * results go into a slot of their own. Returns after the last.
 *
 * What does not pass the sieve (NULL: there is none; it gets ctx too) is not visited, but that a
 * damaged file (contact_damage_of) always is, as its damage may hide what is looked for.
 */
typedef void (*book_visit)(void *ctx, size_t i, struct contact *c, const struct fault *f);
FALLIBLE int book_scan(struct book *b, const struct book_sieve *sieve, book_visit visit, void *ctx,
		       struct fault *f);
/* The same for these files of the listing, which is there, without a sieve. */
void book_scan_some(struct book *b, const struct bits *files, book_visit visit, void *ctx);

/* How well a contact answers to a typed name; smaller is better. */
enum book_match { MATCH_PATH, MATCH_ID, MATCH_ALIAS, MATCH_EMAIL, MATCH_NICK, MATCH_NAME,
		  MATCH_WORDS, MATCH_STARTS, MATCH_PARTS, /* in this order: resolve counts on it */
		  MATCH_ANYWHERE, MATCH_NONE };

struct book_candidate {
	const char *path;  /* owned by the book's arena */
	struct text id;
	const char *name;  /* display name; owned by the book's arena. Where no file was read (a
			      single match by path or id, an unreadable file) the id. */
	enum book_match match;
};
struct book_found {
	struct book_candidate *at; /* owned: book_found_release. Of the best match only. */
	size_t n;
};

/*
 * Who is meant: a path, an id, an alias, an e-mail address, a nick, a full name, words of a name,
 * their beginnings or parts of them, or words found anywhere, folded; the first of these that fits
 * anybody decides. 0 when exactly one fits; FAULT_AMBIGUOUS, all of them in found; FAULT_NOTFOUND,
 * the nearest names in found (may be none) and in the message; FAULT_INVALID for a name that leads
 * out of the book, or an empty one.
 */
FALLIBLE int book_resolve(struct book *b, struct text name, struct book_found *found,
			  struct fault *f);
void book_found_release(struct book_found *found);

/* ---- writing: the lock must be held ---- */

/* Change the contact in memory; return 0, or a fault's code to leave the file as it is. */
typedef int (*book_change)(struct contact *c, void *ctx, struct fault *f);

/*
 * Load, change, save. When another program changed the file between our read and our rename,
 * the change is made again on what is there now. *changed (may be NULL): did any byte change?
 * FAULT_SYNTAX for a file that may not be edited by program (contact_editable).
 */
FALLIBLE int book_edit(struct book *b, const char *path, book_change change, void *ctx,
		       bool *changed, struct fault *f);

/*
 * Can a contact be put at this path? FAULT_INVALID when a file of the book may not be called so,
 * FAULT_NOTFOUND without its folder, FAULT_EXISTS when the name is taken, by whatever.
 */
FALLIBLE int book_check_free(struct book *b, const char *path, struct fault *f);
/* A new contact; the folders of path must exist. FAULT_EXISTS when the name is taken. */
FALLIBLE int book_create(struct book *b, const char *path, struct text bytes, struct fault *f);
/* Put `bytes` in place of the whole text of a file; FAULT_CONFLICT when that isn't `before` now. */
FALLIBLE int book_replace(struct book *b, const char *path, struct text before,
			  struct text bytes, struct fault *f);
/* Remove the file; FAULT_CONFLICT when its text isn't `before` now. */
FALLIBLE int book_remove(struct book *b, const char *path, struct text before, struct fault *f);
/* Rename or move the file; the folders of `to` must exist. FAULT_EXISTS when it is taken. */
FALLIBLE int book_rename(struct book *b, const char *path, const char *to, struct fault *f);
/* Where the settings say [book] me = `from`, make it `to`; *changed (may be NULL): did they? */
FALLIBLE int book_repoint_me(struct book *b, struct text from, struct text to, bool *changed,
			     struct fault *f);

/*
 * Make a folder a book: the folder (parents must exist), .kith/ and a commented .kith/config;
 * for git .gitattributes too, if there is none. What is in the folder stays. FAULT_EXISTS when it
 * is a book, FAULT_NOTFOUND without a parent.
 */
FALLIBLE int book_init(const char *root, bool for_git, struct fault *f);

#endif
