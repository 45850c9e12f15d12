#ifndef INDEX_H
#define INDEX_H
/*
 * index - what makes a search of a large book quick: which files there were, how they looked to
 * stat, which of them may hold a piece of text, and their bytes. A cache, one a book, in
 * the user's folder for caches: kith/<hash of the book's path>/index.db.
 *
 * It never answers by itself but where that is asked for (INDEX_CACHED): it narrows a search to the
 * files that may match, and those are read. What is not known for certain is a candidate, so
 * an index that is old, damaged, missing, locked, another book's or on a full disk costs time
 * and gives no wrong answer. It may be deleted at any moment.
 *
 * It is fresh: before it is asked, every file's stamp (sweep.h) is compared with the one it had
 * when it was indexed, and what differs is read.
 *
 *	struct index *ix = index_attach(&book, "/home/x/.cache", 0);
 *	book_list, book_scan, book_resolve ...
 *	index_detach(ix, &book);
 */
struct book;
struct index;

enum index_use {
	INDEX_CACHED = 1 << 0, /* list and read the book from the index as it is, if there is one */
	INDEX_ALWAYS = 1 << 1  /* make one for a small book too */
};

/*
 * Have the book (open, not listed yet) use its index below the folder `cache`. Nothing is opened or
 * made before it is needed. A book of less than 200 files is read as soon as an index of it:
 * it gets none, but what is there is used and kept up to date. `use` is of enum index_use.
 */
struct index *index_attach(struct book *b, const char *cache, unsigned use);
/* To be called before book_close. NULL is fine. */
void index_detach(struct index *ix, struct book *b);

#endif
