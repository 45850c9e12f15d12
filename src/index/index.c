/*
 * The blocks: one snapshot; the bytes of each number; the trigram lists of each segment, a block a
 * shard. All but the snapshot carry its seal, so those of two indexes are never mixed, whatever
 * other processes do meanwhile.
 */
#include "index/index.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "book/book.h"
#include "book/listing.h"
#include "contact/contact.h"
#include "contact/field.h"
#include "contact/lookup.h"
#include "contact/needle.h"
#include "index/block.h"
#include "index/gram.h"
#include "index/snapshot.h"
#include "index/sweep.h"

enum {
	VERSION = 1,          /* of what is in the blocks, and of text_fold */
	FEWEST_FILES = 200,   /* in a book that is worth an index */
	SEGMENT_NUMBERS = 8192, /* at most, which bounds the memory that building takes */
	WORTH_A_SEGMENT = 512,  /* files in no segment */
	MOST_SEGMENTS = 48,   /* more than that are built anew as few */
	MOST_UNSURE = 1000,   /* files that are stored anew though they may be as they were */
	MOST_GRAMS = 16       /* of a piece that are looked up: more would not narrow further */
};

#define NAME "index.db"

static const int64_t snapshot_block = 0, first_shard = INT64_C(1) << 40,
		     first_body = INT64_C(2) << 40;

struct index {
	struct book_index face; /* what the book knows of it */
	unsigned use;
	char *cache;            /* owned */
	char *root;             /* owned: the book's real path; NULL when there is none */
	struct blocks *blocks;  /* NULL: not opened, or none to be had */
	bool tried;             /* to open them */
	struct book *book;      /* borrowed, while it is open to be asked */
	bool holding;           /* the blocks */
	bool locked_out;        /* another process was writing: done without from then on */
	struct snapshot then;   /* as it was stored */
	uint64_t stored;        /* the hash of that block; 0: there was none to be read */
	struct snapshot now;    /* of the present listing */
	unsigned long changes;  /* of the book when `now` was made; 0: it wasn't */
	pthread_mutex_t lock;   /* around everything below, and blocks, while files are read */
	struct grams grams;     /* of the segment that is being gathered, if one is */
	bool gathering;         /* the same all the time that files are read */
	uint32_t first;         /* the number it begins with */
};

/* ---- where it is ---- */

static void add_folder(const struct index *ix, struct buf *out)
{
	uint64_t hash = hash_bytes(text_of(ix->root), 0);

	buf_add_fmt(out, "%s/kith/%016llx", ix->cache, (unsigned long long)hash);
}

static bool is_there(const struct index *ix)
{
	struct buf path = BUF_INIT;
	struct stat st;

	add_folder(ix, &path);
	buf_add_str(&path, "/" NAME);
	bool there = !lstat(path.at, &st);
	buf_release(&path);
	return there;
}

/* Make our two folders, and the one for caches, for their owner alone. What is above isn't ours. */
static void make_folders(const struct index *ix, char *folder)
{
	char *last = strrchr(folder, '/');

	mkdir(ix->cache, 0700);
	*last = '\0';
	mkdir(folder, 0700);
	*last = '/';
	mkdir(folder, 0700);
}

static struct blocks *open_blocks(struct index *ix)
{
	struct buf folder = BUF_INIT;

	if (ix->tried || !ix->root)
		return ix->blocks;
	ix->tried = true;
	add_folder(ix, &folder);
	make_folders(ix, folder.at);
	char *real = realpath(folder.at, NULL);
	if (real)
		ix->blocks = blocks_open(real, NAME, VERSION);
	mem_free(real);
	buf_release(&folder);
	return ix->blocks;
}

/* ---- the snapshot ---- */

static uint64_t inode_of(const struct book *b)
{
	struct stat st;

	return fstat(b->fd, &st) < 0 ? 0 : (uint64_t)st.st_ino;
}

static void forget(struct index *ix)
{
	snapshot_release(&ix->then);
	snapshot_release(&ix->now);
	ix->changes = 0;
}

static void add_hash(void *ctx, struct text bytes)
{
	*(uint64_t *)ctx = hash_bytes(bytes, 1);
}

/* The hash of the snapshot block as it is now; 0 when there is none. */
static uint64_t hash_stored(struct index *ix)
{
	uint64_t hash = 0;

	blocks_lend(ix->blocks, snapshot_block, 0, add_hash, &hash);
	return hash;
}

static void read_stored(void *ctx, struct text bytes)
{
	struct index *ix = ctx;

	snapshot_read(&ix->then, bytes);
	add_hash(&ix->stored, bytes);
}

/* Read what is stored into `then`. False when that is nothing, or of another book. */
static bool load(struct index *ix, const struct book *b)
{
	forget(ix);
	ix->stored = 0;
	if (blocks_lend(ix->blocks, snapshot_block, 0, read_stored, ix) &&
	    !strcmp(ix->then.root, ix->root) && ix->then.inode == inode_of(b))
		return true;
	snapshot_release(&ix->then);
	return false;
}

static void take_segments(struct index *ix)
{
	ix->now.segments.n = 0;
	for (size_t i = 0; i < ix->then.segments.n; i++)
		vec_push(&ix->now.segments, ix->then.segments.at[i]);
}

static bool comes_before(const char *path, const struct book_file *file)
{
	if (!strcmp(path, file->path)) /* as it nearly always is */
		return false;
	struct book_file other = listing_file(path);
	return listing_cmp(&other, file) < 0;
}

/* How the listing differs from what was stored. */
struct difference {
	struct bits changed; /* files to be read */
	size_t gone;         /* files that are not there any more */
	size_t unsure;       /* of the changed ones: known, and as young as now, or younger */
};

/* The listing as it is now; what is known of its files already is taken from `then`. */
static void compare(struct index *ix, const struct book *b, struct difference *d)
{
	const struct snapshot *then = &ix->then;
	struct snapshot *now = &ix->now;
	size_t k = 0, kept = 0;

	*d = (struct difference){ 0 };
	bits_init(&d->changed, b->n_files, false);
	snapshot_size(now, b->n_files);
	now->root = ix->root;
	now->inode = inode_of(b);
	now->seal = then->seal;
	now->next = then->next;
	take_segments(ix);
	sweep_files(b, now->stamps);
	for (size_t i = 0; i < b->n_files; i++) {
		now->paths[i] = b->files[i].path;
		while (k < then->n && comes_before(then->paths[k], &b->files[i]))
			k++;
		bool known = k < then->n && !strcmp(then->paths[k], now->paths[i]);
		if (known && now->stamps[i] == then->stamps[k] && now->stamps[i] != SWEEP_UNSURE)
			now->numbers[i] = then->numbers[k];
		else
			bits_set(&d->changed, i);
		d->unsure += known && now->stamps[i] == SWEEP_UNSURE;
		kept += known;
		k += known;
	}
	d->gone = then->n - kept;
}

/* ---- gathering; a block that can't be put lets the commit fail ---- */

static void put_segment(struct index *ix)
{
	struct segment segment = { ix->first, ix->now.next };

	for (unsigned s = 0; s < GRAM_SHARDS; s++) {
		struct buf shard = BUF_INIT;
		grams_shard(&ix->grams, s, &shard);
		blocks_put(ix->blocks, first_shard + (int64_t)ix->first * GRAM_SHARDS + s,
			   ix->now.seal, buf_text(&shard));
		buf_release(&shard);
	}
	vec_push(&ix->now.segments, segment);
}

static void begin_segment(struct index *ix)
{
	grams_init(&ix->grams);
	ix->first = ix->now.next;
}

static void end_segment(struct index *ix)
{
	if (ix->now.next > ix->first)
		put_segment(ix);
	grams_release(&ix->grams);
}

/* All that can be looked for: the file folded, and the digits of phone numbers. */
static void add_haystack(const struct contact *c, struct buf *out)
{
	struct contact_field field;
	size_t at = 0;

	needle_fold_file(c->path, (struct text){ c->read, c->n_read }, out);
	while (contact_next(c, TEXT_NONE, &at, &field)) {
		const struct field *kind = field_find(field.key);
		struct buf folded = BUF_INIT;
		if (!kind || kind->kind != FIELD_PHONE)
			continue;
		needle_fold(field.value, &folded);
		buf_add_char(out, '\n');
		needle_digits(buf_text(&folded), out);
		buf_release(&folded);
	}
}

static void keep_locked(struct index *ix, size_t i, const struct contact *c, struct text haystack)
{
	uint32_t number = ix->now.next++;

	blocks_put(ix->blocks, first_body + number, ix->now.seal,
		   (struct text){ c->read, c->n_read });
	if (ix->gathering)
		grams_add(&ix->grams, number - ix->first, haystack);
	if (ix->gathering && ix->now.next - ix->first >= SEGMENT_NUMBERS) {
		end_segment(ix);
		begin_segment(ix);
	}
	ix->now.numbers[i] = number | (c->damage == CONTACT_SOUND ? 0 : NUMBER_DAMAGED);
}

static void keep_file(void *ctx, size_t i, struct contact *c, const struct fault *why)
{
	struct index *ix = ctx;
	struct buf haystack = BUF_INIT;

	(void)why; /* an unreadable file has its stamp, and no number */
	ix->now.numbers[i] = NUMBER_NONE;
	if (!c)
		return;
	if (ix->gathering)
		add_haystack(c, &haystack);
	pthread_mutex_lock(&ix->lock);
	keep_locked(ix, i, c, buf_text(&haystack));
	pthread_mutex_unlock(&ix->lock);
	buf_release(&haystack);
}

/* ---- bringing it up to date ---- */

static uint64_t new_seal(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	int64_t mix[] = { (int64_t)t.tv_sec, t.tv_nsec, getpid() };
	return hash_bytes((struct text){ (const char *)mix, sizeof mix }, 0);
}

static bool is_in_segment(const struct index *ix, uint32_t number)
{
	return snapshot_segment(&ix->now, number & ~NUMBER_DAMAGED) != NULL;
}

/* Add the files that wait for a segment to those that are read. */
static void add_waiting(const struct index *ix, struct bits *files)
{
	for (size_t i = 0; i < ix->now.n; i++)
		if (ix->now.numbers[i] && !is_in_segment(ix, ix->now.numbers[i]))
			bits_set(files, i);
}

/* Remove the bytes of files that are gone or will be read anew. */
static void drop_bodies(struct index *ix, const struct bits *changed)
{
	struct bits live;

	bits_init(&live, ix->then.next, false);
	for (size_t i = 0; i < ix->now.n; i++) {
		uint32_t number = ix->now.numbers[i] & ~NUMBER_DAMAGED;
		if (number < live.n && !bits_has(changed, i))
			bits_set(&live, number);
	}
	for (size_t k = 0; k < ix->then.n; k++) {
		uint32_t number = ix->then.numbers[k] & ~NUMBER_DAMAGED;
		if (number != NUMBER_NONE && number < live.n && !bits_has(&live, number))
			blocks_drop(ix->blocks, first_body + number, first_body + number + 1);
	}
	bits_release(&live);
}

static void start_anew(struct index *ix, struct bits *changed)
{
	bits_release(changed);
	bits_init(changed, ix->now.n, true);
	ix->now.segments.n = 0;
	ix->now.next = 1;
	ix->now.seal = new_seal();
	blocks_drop(ix->blocks, snapshot_block, INT64_MAX);
}

/* Read what changed and store everything; in here the blocks are begun. */
static bool store(struct index *ix, struct book *b, struct bits *changed)
{
	struct buf bytes = BUF_INIT;
	struct bits waiting;

	bits_copy(&waiting, changed);
	add_waiting(ix, &waiting);
	bool much = bits_count(&waiting) >= WORTH_A_SEGMENT;
	bool anew = !ix->then.n || bits_count(changed) > ix->now.n / 2 ||
		    (much && ix->now.segments.n >= MOST_SEGMENTS) ||
		    ix->now.next > NUMBER_DAMAGED / 2; /* far from running out */
	if (much)
		bits_or(changed, &waiting);
	bits_release(&waiting);
	if (anew)
		start_anew(ix, changed);
	else
		drop_bodies(ix, changed);
	ix->gathering = anew || much;
	if (ix->gathering)
		begin_segment(ix);
	book_scan_some(b, changed, keep_file, ix);
	if (ix->gathering)
		end_segment(ix);
	snapshot_write(&ix->now, &bytes);
	blocks_put(ix->blocks, snapshot_block, 0, buf_text(&bytes));
	buf_release(&bytes);
	return blocks_commit(ix->blocks);
}

/* Where nothing can be stored, what changed stays unknown: it is looked at each time. */
static void save(struct index *ix, struct book *b, struct bits *changed)
{
	bool stored = false;

	if (blocks_begin(ix->blocks)) {
		/* what another process has stored meanwhile is as good as ours */
		stored = hash_stored(ix) == ix->stored && store(ix, b, changed);
		blocks_cancel(ix->blocks);
	}
	if (stored)
		return;
	take_segments(ix);
	ix->now.seal = ix->then.seal;
	for (size_t i = 0; i < ix->now.n; i++)
		if (bits_has(changed, i))
			ix->now.numbers[i] = NUMBER_NONE;
}

/*
 * A clock that is behind the files makes all of them unsure each time: then they are read as if
 * there were no index, and not stored again and again.
 */
static bool is_worth_storing(const struct difference *d)
{
	size_t changed = bits_count(&d->changed);

	return d->gone || changed > d->unsure || (changed && changed <= MOST_UNSURE);
}

static void refresh(struct index *ix, struct book *b)
{
	struct difference d;

	bool loaded = load(ix, b);
	compare(ix, b, &d);
	if (!loaded || is_worth_storing(&d))
		save(ix, b, &d.changed);
	bits_release(&d.changed);
	ix->changes = b->changes;
}

/* ---- looking up ---- */

/* Which numbers of the segment may hold the piece? */
static void keep_in_segment(struct index *ix, const struct segment *segment, struct text piece,
			    struct bits *numbers)
{
	size_t grams = piece.n - GRAM_LENGTH + 1;

	for (size_t k = 0; k < grams && k < MOST_GRAMS; k++) {
		unsigned bucket = gram_bucket(text_part(piece, k, piece.n));
		struct buf shard = BUF_INIT;
		if (blocks_get(ix->blocks, first_shard + (int64_t)segment->first * GRAM_SHARDS +
			       gram_shard_of(bucket), ix->now.seal, &shard))
			gram_keep(buf_text(&shard), bucket, numbers);
		buf_release(&shard);
	}
}

/* Come up to date, at the first piece that is asked for. False: there is no index to be had. */
static bool get_ready(struct index *ix)
{
	if (ix->holding)
		return true;
	if (ix->locked_out || !open_blocks(ix))
		return false;
	if (ix->changes != ix->book->changes && !ix->book->cached)
		refresh(ix, ix->book);
	ix->holding = blocks_hold(ix->blocks);
	ix->locked_out = !ix->holding;
	return ix->holding;
}

static void keep(void *ctx, struct text piece, struct bits *files)
{
	struct index *ix = ctx;
	const struct snapshot *now = &ix->now;

	if (piece.n < GRAM_LENGTH || !get_ready(ix))
		return;
	size_t n = now->segments.n;
	struct bits *sets = mem_alloc(n * sizeof *sets);
	for (size_t k = 0; k < n; k++) {
		const struct segment *segment = &now->segments.at[k];
		bits_init(&sets[k], segment->end - segment->first, true);
		keep_in_segment(ix, segment, piece, &sets[k]);
	}
	for (size_t i = 0; i < files->n; i++) {
		uint32_t number = now->numbers[i];
		const struct segment *segment = snapshot_segment(now, number);
		if (number != NUMBER_NONE && segment &&
		    !bits_has(&sets[segment - now->segments.at], number - segment->first))
			bits_clear(files, i);
	}
	for (size_t k = 0; k < n; k++)
		bits_release(&sets[k]);
	mem_free(sets);
}

/* ---- what the book sees ---- */

static bool open_index(void *ctx, struct book *b, struct lookup *out)
{
	struct index *ix = ctx;
	bool worth_it = b->n_files >= FEWEST_FILES || ix->use & INDEX_ALWAYS;

	if (!ix->root || (!worth_it && !is_there(ix)))
		return false;
	ix->book = b;
	if (b->cached)
		get_ready(ix); /* to read */
	*out = (struct lookup){ .ctx = ix, .keep = keep };
	return true;
}

static void close_index(void *ctx)
{
	struct index *ix = ctx;

	if (ix->holding)
		blocks_let_go(ix->blocks);
	ix->holding = false;
}

static bool list(void *ctx, struct book *b)
{
	struct index *ix = ctx;

	if (!ix->root || !is_there(ix) || !open_blocks(ix) || !load(ix, b))
		return false;
	ix->now = ix->then;
	ix->then = (struct snapshot)SNAPSHOT_INIT;
	b->n_files = ix->now.n;
	b->files = mem_alloc(b->n_files * sizeof *b->files);
	for (size_t i = 0; i < b->n_files; i++)
		b->files[i] = listing_file(ix->now.paths[i]);
	return true;
}

static bool read_body(void *ctx, size_t i, struct buf *out)
{
	struct index *ix = ctx;
	uint32_t number = ix->now.numbers[i] & ~NUMBER_DAMAGED;

	pthread_mutex_lock(&ix->lock);
	bool done = number != NUMBER_NONE && !ix->locked_out &&
		    blocks_get(ix->blocks, first_body + number, ix->now.seal, out);
	pthread_mutex_unlock(&ix->lock);
	return done;
}

struct index *index_attach(struct book *b, const char *cache, unsigned use)
{
	struct index *ix = mem_alloc(sizeof *ix);

	*ix = (struct index){ .use = use, .cache = mem_copy(cache, strlen(cache)),
			      .root = realpath(b->root, NULL),
			      .then = SNAPSHOT_INIT, .now = SNAPSHOT_INIT };
	ix->face = (struct book_index){ .ctx = ix, .list = use & INDEX_CACHED ? list : NULL,
					.read = read_body, .open = open_index,
					.close = close_index };
	pthread_mutex_init(&ix->lock, NULL);
	b->index = &ix->face;
	return ix;
}

void index_detach(struct index *ix, struct book *b)
{
	if (!ix)
		return;
	b->index = NULL;
	forget(ix);
	/* damage that was met late is emptied now, or it would be met each time; not here, if
	   another process has done it */
	if (ix->blocks && blocks_damaged(ix->blocks) && blocks_begin(ix->blocks))
		blocks_commit(ix->blocks);
	blocks_close(ix->blocks);
	pthread_mutex_destroy(&ix->lock);
	mem_free(ix->root);
	mem_free(ix->cache);
	mem_free(ix);
}
