#include "unit.h"

#include "index_scene.h"

#include <sys/wait.h>

static void expect_true_often(struct place_of_all *p, struct desk *k, const struct truth *t,
			      int times)
{
	struct buf typed = BUF_INIT;

	while (times--) {
		buf_clear(&typed);
		chance_query(&p->dice, 0, &typed);
		expect_true(p, k, t, typed.at, times % 2 ? &by_both : &by_index);
	}
	buf_release(&typed);
}

static void expect_same_found(const struct place_of_all *p, const char *typed,
			      const struct book_found *a, const struct book_found *b)
{
	bool same = a->n == b->n;

	for (size_t i = 0; same && i < a->n; i++)
		same = !strcmp(a->at[i].path, b->at[i].path) && a->at[i].match == b->at[i].match &&
		       !strcmp(a->at[i].name, b->at[i].name) &&
		       text_equal(a->at[i].id, b->at[i].id);
	if (!same)
		fail_msg("seed %d, step %d: '%s' is somebody else (%zu and %zu found)",
			 (int)p->seed, p->step, typed, a->n, b->n);
}

/* Whoever is meant without an index is meant with one. */
static void expect_same_people(struct place_of_all *p, struct desk *k, int times)
{
	struct desk plain;
	struct buf typed = BUF_INIT;

	desk_open(&plain, p, false, 0);
	while (times--) {
		struct fault f = FAULT_INIT, g = FAULT_INIT;
		struct book_found found, other;
		buf_clear(&typed);
		chance_part(&p->dice, &typed);
		for (size_t n = dice_roll(&p->dice, 3); n > 1; n--) {
			buf_add_char(&typed, ' ');
			chance_part(&p->dice, &typed);
		}
		int rc = book_resolve(&plain.b, buf_text(&typed), &found, &f);
		assert_int_equal(book_resolve(&k->b, buf_text(&typed), &other, &g), rc);
		expect_same_found(p, typed.at, &found, &other);
		if (rc)
			assert_string_equal(f.msg, g.msg);
		book_found_release(&found);
		book_found_release(&other);
	}
	buf_release(&typed);
	desk_close(&plain);
}

/* ---- what happens to a book ---- */

static void put_contact(struct place_of_all *p, const char *path)
{
	struct buf bytes = BUF_INIT;
	char *full = folder_path(p->root, path);
	struct stat st;

	if (!lstat(full, &st) && S_ISFIFO(st.st_mode))
		unlink(full); /* it would wait for a reader */
	chance_contact(&p->dice, &bytes);
	if (lstat(full, &st) < 0 || S_ISREG(st.st_mode))
		folder_put_bytes(p->root, path, buf_text(&bytes));
	mem_free(full);
	buf_release(&bytes);
}

static void fill_book(struct place_of_all *p, size_t n)
{
	struct buf path = BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		chance_path(&p->dice, n, &path);
		put_contact(p, path.at);
	}
	buf_release(&path);
}

/* Write over some bytes; the size and, if `secretly`, the mtime stay. */
static void write_over(struct place_of_all *p, const char *full, bool secretly)
{
	struct text word = text_of(chance_word(&p->dice));
	struct stat st;

	int fd = open(full, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size >= (off_t)word.n) {
		off_t at = (off_t)dice_roll(&p->dice, (size_t)st.st_size - word.n + 1);
		assert_int_equal(pwrite(fd, word.at, word.n, at), word.n);
		struct timespec times[2] = { st.st_atim, st.st_mtim };
		if (secretly)
			futimens(fd, times);
	}
	close(fd);
}

static void append(struct place_of_all *p, const char *full)
{
	struct buf line = BUF_INIT;

	chance_line(&p->dice, "\n", &line);
	int fd = open(full, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd >= 0) {
		assert_int_equal(write(fd, line.at, line.n), line.n);
		close(fd);
	}
	buf_release(&line);
}

static void move(struct place_of_all *p, const char *from, const char *to)
{
	char *a = folder_path(p->root, from), *b = folder_path(p->root, to);

	int done = rename(a, b); /* or not: the folder isn't there, or is in the way */
	(void)done;
	mem_free(a);
	mem_free(b);
}

/* Both are there, or nothing happens. */
static void swap(struct place_of_all *p, const char *one, const char *other)
{
	char *a = folder_path(p->root, one), *b = folder_path(p->root, other);

	int done = renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
	(void)done;
	mem_free(a);
	mem_free(b);
}

static void happen_to(struct place_of_all *p, const struct truth *t, const char *path,
		      const char *other)
{
	char *full = folder_path(p->root, path);
	const char *known = t->n ? t->paths[dice_roll(&p->dice, t->n)] : other;

	switch (dice_roll(&p->dice, 14)) {
	case 0:
	case 1:
		write_over(p, full, dice_roll(&p->dice, 2));
		break;
	case 2:
		append(p, full);
		break;
	case 3:
		put_contact(p, ".new");
		move(p, ".new", path);
		break;
	case 4:
		unlink(full);
		break;
	case 5:
	case 6:
		put_contact(p, other);
		break;
	case 7:
		move(p, path, other);
		break;
	case 8:
		if (strcmp(path, known) != 0 && t->n)
			swap(p, path, known);
		break;
	case 9:
		unlink(full);
		mkfifo(full, 0600);
		break;
	case 10:
		swap(p, chance_folder(&p->dice), chance_folder(&p->dice));
		break;
	case 11:
		move(p, "a", dice_roll(&p->dice, 2) ? "b/a" : ".a");
		break;
	default:
		put_contact(p, path);
	}
	mem_free(full);
}

/* Some things, sometimes many, to a book that was as `t` says. */
static void happen(struct place_of_all *p, const struct truth *t)
{
	struct buf other = BUF_INIT;

	size_t n = dice_roll(&p->dice, 6);
	if (dice_roll(&p->dice, 8) == 0)
		n = t->n;
	while (n--) {
		chance_path(&p->dice, t->n, &other);
		happen_to(p, t, t->n ? t->paths[dice_roll(&p->dice, t->n)] : other.at, other.at);
	}
	buf_release(&other);
}

/* ---- what happens to an index ---- */

static void damage_index(struct place_of_all *p)
{
	char *full = index_file(p);
	struct stat st;

	int fd = open(full, O_RDWR | O_CLOEXEC);
	if (fd >= 0 && !fstat(fd, &st) && st.st_size > 0) {
		size_t size = (size_t)st.st_size;
		for (size_t n = 1 + dice_roll(&p->dice, 60); n; n--) {
			unsigned char byte;
			off_t at = (off_t)dice_roll(&p->dice, size);
			assert_int_equal(pread(fd, &byte, 1, at), 1);
			byte ^= (unsigned char)(1 + dice_roll(&p->dice, 255));
			assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		}
		if (dice_roll(&p->dice, 4) == 0)
			assert_int_equal(ftruncate(fd, (off_t)dice_roll(&p->dice, size)), 0);
	}
	if (fd >= 0)
		close(fd);
	if (dice_roll(&p->dice, 8) == 0)
		unlink(full);
	mem_free(full);
}

/* ---- the law: with an index the answers are those without ---- */

/* From the index as it is: what was true when it was made. */
static void expect_cached(struct place_of_all *p, const struct truth *then)
{
	struct desk k;

	desk_open(&k, p, true, INDEX_CACHED | INDEX_ALWAYS);
	expect_true_often(p, &k, then, 4);
	assert_true(k.b.cached);
	desk_close(&k);
}

static void live(uint64_t seed, size_t most, int steps, bool damaged)
{
	struct place_of_all p;
	struct truth t, then;
	struct desk kept, other;

	make_places(&p, seed);
	fill_book(&p, dice_roll(&p.dice, most + 1));
	learn(&t, &p);
	desk_open(&kept, &p, true, INDEX_ALWAYS);
	desk_open(&other, &p, true, INDEX_ALWAYS);
	for (p.step = 0; p.step < steps; p.step++) {
		struct desk *k = dice_roll(&p.dice, 3) ? &kept : &other;
		if (k == &other && dice_roll(&p.dice, 2)) {
			desk_close(&other);
			desk_open(&other, &p, true, INDEX_ALWAYS);
		}
		if (dice_roll(&p.dice, 2))
			tick();
		book_relist(&k->b);
		expect_true_often(&p, k, &t, 8);
		expect_same_people(&p, k, 3);
		look_at(k);
		then = t;
		happen(&p, &t);
		if (damaged && dice_roll(&p.dice, 2))
			damage_index(&p);
		else if (!damaged)
			expect_cached(&p, &then);
		learn(&t, &p);
		forget(&then);
	}
	forget(&t);
	desk_close(&kept);
	desk_close(&other);
	remove_places(&p);
}

static void test_index__answers_as_the_files_do(void **state)
{
	for (uint64_t seed = 1; seed <= 14; seed++)
		live(seed, 60, 8, false);
}

static void test_index__answers_as_the_files_do_in_larger_books(void **state)
{
	for (uint64_t seed = 101; seed <= 104; seed++)
		live(seed, 400, 8, false);
}

static void test_index__answers_as_the_files_do_when_it_is_damaged(void **state)
{
	for (uint64_t seed = 201; seed <= 214; seed++)
		live(seed, 60, 8, true);
}

/* ---- several processes ---- */

static void wait_for(const pid_t *pids, int n)
{
	for (int i = 0; i < n; i++) {
		int status;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
}

static void test_index__serves_several_processes(void **state)
{
	enum { CHILDREN = 4 };
	struct place_of_all p;
	struct truth t;
	pid_t pids[CHILDREN];

	make_places(&p, 1);
	fill_book(&p, 80);
	learn(&t, &p);
	for (int i = 0; i < CHILDREN; i++) {
		if ((pids[i] = fork()))
			continue;
		p.dice = dice_of((uint64_t)i);
		for (p.step = 0; p.step < 10; p.step++) {
			struct desk k;
			desk_open(&k, &p, true, INDEX_ALWAYS);
			expect_true_often(&p, &k, &t, 5);
			desk_close(&k);
			if (i == 0)
				damage_index(&p);
		}
		_exit(0);
	}
	wait_for(pids, CHILDREN);
	forget(&t);
	remove_places(&p);
}

/* Change files of one's own, and look at the book after each. */
static void change_and_look(struct place_of_all *p, int child)
{
	p->dice = dice_of((uint64_t)child);
	for (p->step = 0; p->step < 12; p->step++) {
		struct buf path = BUF_INIT;
		struct desk k;
		buf_add_fmt(&path, "child-%d-%d.ini", child, (int)dice_roll(&p->dice, 4));
		put_contact(p, path.at);
		desk_open(&k, p, true, INDEX_ALWAYS);
		look_at(&k);
		desk_close(&k);
		buf_release(&path);
	}
}

static void test_index__is_whole_after_several_have_written_it(void **state)
{
	enum { CHILDREN = 4 };
	struct place_of_all p;
	struct truth t;
	struct desk k;
	pid_t pids[CHILDREN];

	make_places(&p, 2);
	fill_book(&p, 60);
	tick();
	for (int i = 0; i < CHILDREN; i++)
		if (!(pids[i] = fork())) {
			change_and_look(&p, i);
			_exit(0);
		}
	wait_for(pids, CHILDREN);
	learn(&t, &p);
	desk_open(&k, &p, true, INDEX_ALWAYS);
	expect_true_often(&p, &k, &t, 20);
	look_at(&k);
	desk_close(&k);
	expect_cached(&p, &t);
	forget(&t);
	remove_places(&p);
}
