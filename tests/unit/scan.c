#include "unit.h"

#include "book_scene.h"

#include "base/bits.h"
#include "contact/contact.h"

struct tally {
	struct book *b;
	char *names[300];
	int calls[300];
};

static void note_name(void *ctx, size_t i, struct contact *c, const struct fault *f)
{
	struct tally *t = ctx;

	t->calls[i]++;
	if (c)
		t->names[i] = mem_copy(contact_name(c).at, contact_name(c).n);
	else
		assert_string_equal(f->path, t->b->files[i].path);
}

static void test_scan__reads_each_file_as_load_does(void **state)
{
	struct scene s;
	struct buf path = BUF_INIT, text = BUF_INIT;

	scene_make(&s);
	for (int i = 0; i < 200; i++) {
		buf_clear(&path);
		buf_clear(&text);
		buf_add_fmt(&path, "%sp%03d.ini", i % 3 == 0 ? "" : i % 3 == 1 ? "a/" : "a/b/", i);
		buf_add_fmt(&text, "name = Person %d\n", i);
		folder_put(s.root, path.at, text.at);
	}
	folder_link(s.root, "p000.ini", "x.ini");
	char *fifo = folder_path(s.root, "fifo.ini");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	struct tally t = { .b = &s.b };
	assert_int_equal(book_scan(&s.b, NULL, note_name, &t, &s.f), 0);
	assert_int_equal(s.b.n_files, 201);
	for (size_t i = 0; i < s.b.n_files; i++) {
		struct contact c;
		assert_int_equal(t.calls[i], 1);
		if (book_load(&s.b, s.b.files[i].path, &c, NULL, &s.f) < 0) {
			assert_null(t.names[i]);
			continue;
		}
		assert_true(text_equal(contact_name(&c), text_of(t.names[i])));
		contact_release(&c);
		mem_free(t.names[i]);
	}
	mem_free(fifo);
	buf_release(&path);
	buf_release(&text);
	scene_end(&s);
}

static void test_scan__reads_some(void **state)
{
	struct scene s;
	struct bits some;
	struct tally t = { .b = &s.b };
	struct buf path = BUF_INIT;

	scene_make(&s);
	for (int i = 0; i < 200; i++) {
		buf_clear(&path);
		buf_add_fmt(&path, "p%03d.ini", i);
		folder_put(s.root, path.at, i % 7 ? "name = One\n" : "\xff\n");
	}
	assert_int_equal(book_list(&s.b, &s.f), 0);
	bits_init(&some, s.b.n_files, false);
	book_scan_some(&s.b, &some, note_name, &t);
	for (size_t i = 0; i < s.b.n_files; i++)
		assert_int_equal(t.calls[i], 0);
	for (size_t i = 0; i < s.b.n_files; i += 1 + i % 3)
		bits_set(&some, i);
	char *gone = folder_path(s.root, "p000.ini");
	assert_int_equal(unlink(gone), 0);
	book_scan_some(&s.b, &some, note_name, &t);
	for (size_t i = 0; i < s.b.n_files; i++) {
		assert_int_equal(t.calls[i], bits_has(&some, i));
		assert_int_equal(t.names[i] != NULL, i && bits_has(&some, i));
		mem_free(t.names[i]);
	}
	bits_release(&some);
	buf_release(&path);
	mem_free(gone);
	scene_end(&s);
}

/* Which files a sieve has let through, by an index that knows of nothing and one that does. */
struct sifting {
	struct tally tally; /* of the visits; first, as note_name sees it */
	struct bits kept;   /* what the index leaves */
	int opened, closed;
};

static bool open_sifting(void *ctx, struct book *b, struct lookup *out)
{
	struct sifting *f = ctx;

	(void)b;
	(void)out;
	f->opened++;
	return true;
}

static void close_sifting(void *ctx)
{
	((struct sifting *)ctx)->closed++;
}

static void keep_those(void *ctx, const struct lookup *l, struct bits *files)
{
	(void)l;
	for (size_t i = 0; i < files->n; i++)
		if (!bits_has(&((struct sifting *)ctx)->kept, i))
			bits_clear(files, i);
}

static bool holds_two(void *ctx, const char *path, struct text bytes)
{
	(void)ctx;
	(void)path;
	return text_holds(bytes, TEXT("Two"));
}

static void test_scan__is_narrowed_by_index_and_by_bytes(void **state)
{
	struct scene s;
	struct sifting f = { .tally = { .b = &s.b } };
	const struct book_index index = { .ctx = &f, .open = open_sifting, .close = close_sifting };
	const struct book_sieve sieve = { holds_two, keep_those };

	scene_make(&s);
	folder_put(s.root, "a.ini", "name = Two\n"); /* left out by the index */
	folder_put(s.root, "b.ini", "name = One\n"); /* by its bytes */
	folder_put(s.root, "c.ini", "name = Two\n");
	folder_put(s.root, "d.ini", "\xff\n");      /* damaged: always seen */
	s.b.index = &index;
	bits_init(&f.kept, 4, true);
	bits_clear(&f.kept, 0);
	assert_int_equal(book_scan(&s.b, &sieve, note_name, &f, &s.f), 0);
	static const int calls[] = { 0, 0, 1, 1 };
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(f.tally.calls[i], calls[i]);
		mem_free(f.tally.names[i]);
	}
	assert_int_equal(f.opened, 1);
	assert_int_equal(f.closed, 1);
	f.tally = (struct tally){ .b = &s.b };
	assert_int_equal(book_scan(&s.b, NULL, note_name, &f, &s.f), 0);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(f.tally.calls[i], 1);
		mem_free(f.tally.names[i]);
	}
	assert_int_equal(f.opened, 1);
	bits_release(&f.kept);
	s.b.index = NULL;
	scene_end(&s);
}
