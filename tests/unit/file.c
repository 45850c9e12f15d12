#include "unit.h"

#include "folder.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "base/fault.h"
#include "base/file.h"

/* A folder with one file, held open, and what was read of that file. */
struct scene {
	char *root;
	int fd;
	struct buf read;
	struct file_stamp stamp;
	struct fault f;
};

static void scene_open(struct scene *s, const char *text)
{
	*s = (struct scene){ .root = folder_make(), .read = BUF_INIT, .f = FAULT_INIT };
	s->fd = folder_open(s->root);
	if (!text)
		return;
	folder_put(s->root, "ada.ini", text);
	assert_int_equal(file_read(s->fd, "ada.ini", FILE_LIMIT, &s->read, &s->stamp, &s->f), 0);
}

static void scene_close(struct scene *s)
{
	close(s->fd);
	folder_remove(s->root);
	buf_release(&s->read);
}

static int replace(struct scene *s, const char *text)
{
	return file_replace(s->fd, "ada.ini", text_of(text), &s->stamp, buf_text(&s->read), &s->f);
}

static int count_files(const char *root)
{
	DIR *dir = opendir(root);
	int n = 0;

	while (readdir(dir))
		n++;
	closedir(dir);
	return n - 2; /* . and .. */
}

static mode_t mode_of(const char *root, const char *name)
{
	char *path = folder_path(root, name);
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	mem_free(path);
	return st.st_mode & 07777;
}

/* ---- reading ---- */

static void test_file__reads_all_bytes_behind_what_is_there(void **state)
{
	struct scene s;
	struct buf out = BUF_INIT;

	scene_open(&s, NULL);
	folder_put_bytes(s.root, "ada.ini", TEXT("a\0b\r\n\xff"));
	buf_add_str(&out, ">");
	assert_int_equal(file_read(s.fd, "ada.ini", FILE_LIMIT, &out, &s.stamp, &s.f), 0);
	assert_true(text_equal(buf_text(&out), TEXT(">a\0b\r\n\xff")));
	assert_int_equal(s.stamp.size, 6);
	assert_int_equal(s.stamp.mode, 0600);
	buf_release(&out);
	scene_close(&s);
}

static void test_file__reads_an_empty_file(void **state)
{
	struct scene s;

	scene_open(&s, "");
	assert_int_equal(s.read.n, 0);
	assert_int_equal(s.stamp.size, 0);
	scene_close(&s);
}

static void test_file__reads_a_file_larger_than_its_size_says(void **state)
{
	struct scene s;
	int proc = folder_open("/proc/self");

	scene_open(&s, NULL); /* files of /proc are regular and of size 0, as one that grows */
	assert_int_equal(file_read(proc, "status", FILE_LIMIT, &s.read, NULL, &s.f), 0);
	assert_true(s.read.n > 100);
	buf_clear(&s.read);
	assert_int_equal(file_read(proc, "status", 10, &s.read, NULL, &s.f), FAULT_INVALID);
	assert_int_equal(s.read.n, 0);
	close(proc);
	scene_close(&s);
}

static void test_file__takes_limit_bytes_and_no_more(void **state)
{
	struct scene s;
	struct buf large = BUF_INIT;

	scene_open(&s, NULL);
	buf_add_fill(&large, 'x', 3 << 20);
	folder_put_bytes(s.root, "ada.ini", buf_text(&large));
	assert_int_equal(file_read(s.fd, "ada.ini", 3 << 20, &s.read, NULL, &s.f), 0);
	assert_int_equal(s.read.n, 3 << 20);
	assert_int_equal(file_read(s.fd, "ada.ini", 2 << 20, &s.read, NULL, &s.f), FAULT_INVALID);
	assert_string_equal(s.f.msg, "is 3.0 MB; up to 2.0 MB are read");
	assert_int_equal(s.read.n, 3 << 20);
	buf_release(&large);
	scene_close(&s);
}

static void test_file__reads_regular_files_only(void **state)
{
	struct scene s;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	char *path;

	scene_open(&s, "name = Ada\n");
	path = folder_path(s.root, "fifo.ini");
	assert_int_equal(mkfifo(path, 0600), 0);
	mem_free(path);
	path = folder_path(s.root, "folder.ini");
	assert_int_equal(mkdir(path, 0700), 0);
	mem_free(path);
	path = folder_path(s.root, "socket.ini");
	int sock = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_true(strlen(path) < sizeof address.sun_path);
	memcpy(address.sun_path, path, strlen(path));
	assert_int_equal(bind(sock, (struct sockaddr *)&address, sizeof address), 0);
	mem_free(path);
	folder_link(s.root, "ada.ini", "link.ini");
	folder_link(s.root, "loop.ini", "loop.ini");

	static const struct {
		const char *name, *msg;
	} cases[] = {
		{ "fifo.ini", "is a FIFO, not a file" },
		{ "folder.ini", "is a folder, not a file" },
		{ "socket.ini", "is a socket, not a file" },
		{ "link.ini", "is a symlink; kith does not follow links out of the book, "
			      "put the file itself here" },
		{ "loop.ini", "is a symlink; kith does not follow links out of the book, "
			      "put the file itself here" },
	};
	buf_clear(&s.read);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_int_equal(file_read(s.fd, cases[i].name, FILE_LIMIT, &s.read, NULL, &s.f),
				 FAULT_INVALID);
		assert_string_equal(s.f.msg, cases[i].msg);
	}
	assert_int_equal(s.read.n, 0);
	assert_int_equal(file_read(s.fd, "no.ini", FILE_LIMIT, &s.read, NULL, &s.f),
			 FAULT_NOTFOUND);
	close(sock);
	scene_close(&s);
}

static void test_file__reads_a_pipe_up_to_the_limit(void **state)
{
	struct scene s;
	int ends[2];

	scene_open(&s, NULL);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "hello", 5), 5);
	close(ends[1]);
	assert_int_equal(file_read_all(ends[0], 5, &s.read, &s.f), 0);
	assert_string_equal(s.read.at, "hello");
	close(ends[0]);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "hello!", 6), 6);
	close(ends[1]);
	assert_int_equal(file_read_all(ends[0], 5, &s.read, &s.f), FAULT_INVALID);
	close(ends[0]);
	assert_int_equal(file_read_all(ends[0], 5, &s.read, &s.f), FAULT_OS);
	scene_close(&s);
}

static void test_file__writes_all_bytes_to_a_pipe(void **state)
{
	struct scene s;
	int ends[2];

	scene_open(&s, NULL);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(file_write_all(ends[1], TEXT("hello"), &s.f), 0);
	assert_int_equal(file_write_all(ends[1], TEXT_NONE, &s.f), 0);
	assert_int_equal(file_write_all(ends[1], TEXT(", you"), &s.f), 0);
	close(ends[1]);
	assert_int_equal(file_read_all(ends[0], 100, &s.read, &s.f), 0);
	assert_string_equal(s.read.at, "hello, you");
	close(ends[0]);
	assert_int_equal(file_write_all(ends[1], TEXT("x"), &s.f), FAULT_OS);
	assert_non_null(strstr(s.f.msg, "cannot write"));
	scene_close(&s);
}

/* ---- folders ---- */

static void test_file__opens_folders_without_leaving_the_root(void **state)
{
	struct scene s;
	int fd;

	scene_open(&s, NULL);
	folder_put(s.root, "a/b/ada.ini", "name = Ada\n");
	folder_link(s.root, "a", "link");
	char *link = folder_path(s.root, "link"), *gone = folder_path(s.root, "gone");
	assert_int_equal(file_open_root(link, &fd, &s.f), 0);
	close(fd);
	assert_int_equal(file_open_root(gone, &fd, &s.f), FAULT_NOTFOUND);
	mem_free(link);
	mem_free(gone);
	folder_link(s.root, "/tmp", "a/out");
	assert_int_equal(file_open_folder(s.fd, "a/b", &fd, &s.f), 0);
	assert_int_equal(file_read(fd, "ada.ini", FILE_LIMIT, &s.read, NULL, &s.f), 0);
	close(fd);
	assert_int_equal(file_open_folder(s.fd, "", &fd, &s.f), 0);
	assert_true(fd != s.fd);
	close(fd);

	static const struct {
		const char *path;
		int want;
	} cases[] = {
		{ "..", FAULT_INVALID },     { "a/../..", FAULT_INVALID },
		{ "/tmp", FAULT_INVALID },   { "a//b", FAULT_INVALID },
		{ "a/.", FAULT_INVALID },    { "link", FAULT_INVALID },
		{ "link/b", FAULT_INVALID }, { "a/out", FAULT_INVALID },
		{ "a/no", FAULT_NOTFOUND },  { "a/b/ada.ini", FAULT_INVALID },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_int_equal(file_open_folder(s.fd, cases[i].path, &fd, &s.f), cases[i].want);
		assert_int_equal(fd, -1);
	}
	scene_close(&s);
}

static void test_file__makes_a_folder_once(void **state)
{
	struct scene s;

	scene_open(&s, "name = Ada\n");
	assert_int_equal(file_make_folder(s.fd, "family", &s.f), 0);
	assert_int_equal(mode_of(s.root, "family"), 0700);
	assert_int_equal(file_make_folder(s.fd, "family", &s.f), 0);
	assert_int_equal(file_make_folder(s.fd, "ada.ini", &s.f), FAULT_OS);
	folder_link(s.root, "family", "link");
	assert_int_equal(file_make_folder(s.fd, "link", &s.f), FAULT_OS);
	scene_close(&s);
}

/* ---- creating ---- */

static void test_file__creates_but_never_over_anything(void **state)
{
	static const char *const taken[] = { "ada.ini", "folder.ini", "link.ini", "nothing.ini" };
	struct scene s;

	scene_open(&s, "name = Ada\n");
	folder_put(s.root, "folder.ini/x", "");
	folder_link(s.root, "ada.ini", "link.ini");
	folder_link(s.root, "no.ini", "nothing.ini");
	assert_int_equal(file_create(s.fd, "bo.ini", TEXT("name = Bo\n"), 0600, &s.f), 0);
	folder_expect(s.root, "bo.ini", "name = Bo\n");
	assert_int_equal(mode_of(s.root, "bo.ini"), 0600);
	for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
		assert_int_equal(file_create(s.fd, taken[i], TEXT("x"), 0600, &s.f), FAULT_EXISTS);
	folder_expect(s.root, "ada.ini", "name = Ada\n");
	assert_false(folder_has(s.root, "no.ini"));
	assert_int_equal(count_files(s.root), 5);
	scene_close(&s);
}

static void test_file__creates_with_the_mode_that_umask_leaves(void **state)
{
	struct scene s;
	mode_t old = umask(027);

	scene_open(&s, NULL);
	assert_int_equal(file_create(s.fd, "ada.ini", TEXT("x"), 0666, &s.f), 0);
	umask(old);
	assert_int_equal(mode_of(s.root, "ada.ini"), 0640);
	scene_close(&s);
}

static void test_file__takes_a_name_of_255_bytes(void **state)
{
	struct scene s;
	struct buf name = BUF_INIT;

	scene_open(&s, NULL);
	buf_add_fill(&name, 'x', 251);
	buf_add_str(&name, ".ini");
	assert_int_equal(file_create(s.fd, name.at, TEXT("one"), 0600, &s.f), 0);
	assert_int_equal(file_read(s.fd, name.at, FILE_LIMIT, &s.read, &s.stamp, &s.f), 0);
	assert_int_equal(file_replace(s.fd, name.at, TEXT("two"), &s.stamp, TEXT("one"), &s.f), 0);
	folder_expect(s.root, name.at, "two");
	buf_add_str(&name, "x");
	assert_int_equal(file_create(s.fd, name.at, TEXT("one"), 0600, &s.f), FAULT_OS);
	assert_int_equal(count_files(s.root), 1);
	buf_release(&name);
	scene_close(&s);
}

/* ---- replacing ---- */

static void test_file__replaces_and_keeps_the_mode(void **state)
{
	struct scene s;
	char *path;

	scene_open(&s, "old\n");
	path = folder_path(s.root, "ada.ini");
	chmod(path, 0664);
	buf_clear(&s.read);
	assert_int_equal(file_read(s.fd, "ada.ini", FILE_LIMIT, &s.read, &s.stamp, &s.f), 0);
	mode_t old = umask(077);
	assert_int_equal(replace(&s, "new and longer\n"), 0);
	umask(old);
	folder_expect(s.root, "ada.ini", "new and longer\n");
	assert_int_equal(mode_of(s.root, "ada.ini"), 0664);
	assert_int_equal(count_files(s.root), 1);
	mem_free(path);
	scene_close(&s);
}

static void test_file__writes_no_more_than_it_reads(void **state)
{
	static const char refusal[] =
		"nothing was changed: would be 16.1 MB; contacts are up to 16.0 MB";
	struct scene s;
	struct buf large = BUF_INIT;

	scene_open(&s, "old\n");
	buf_add_fill(&large, 'x', FILE_LIMIT + 1);
	assert_int_equal(file_create(s.fd, "bo.ini", buf_text(&large), 0600, &s.f), FAULT_INVALID);
	assert_string_equal(s.f.msg, refusal);
	assert_int_equal(file_replace(s.fd, "ada.ini", buf_text(&large), &s.stamp,
				      buf_text(&s.read), &s.f), FAULT_INVALID);
	assert_string_equal(s.f.msg, refusal);
	folder_expect(s.root, "ada.ini", "old\n");
	assert_int_equal(count_files(s.root), 1);
	struct text most = text_part(buf_text(&large), 0, FILE_LIMIT);
	assert_int_equal(file_create(s.fd, "bo.ini", most, 0600, &s.f), 0);
	buf_release(&large);
	scene_close(&s);
}

static void test_file__sees_a_change_of_equal_size_and_time(void **state)
{
	struct scene s;
	char *path;
	struct stat st;

	scene_open(&s, "old\n");
	path = folder_path(s.root, "ada.ini");
	assert_int_equal(stat(path, &st), 0);
	folder_put(s.root, "ada.ini", "odd\n");
	struct timespec times[2] = { st.st_atim, st.st_mtim };
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_int_equal(replace(&s, "new\n"), FAULT_CONFLICT);
	folder_expect(s.root, "ada.ini", "odd\n");
	assert_int_equal(file_remove(s.fd, "ada.ini", &s.stamp, buf_text(&s.read), &s.f),
			 FAULT_CONFLICT);
	assert_int_equal(count_files(s.root), 1);
	mem_free(path);
	scene_close(&s);
}

static void touch(const char *root, const char *name)
{
	struct timespec times[2] = { { 1, 1 }, { 1, 1 } };
	char *path = folder_path(root, name);

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	mem_free(path);
}

static void swap_for_copy(const char *root, const char *name)
{
	char *old = folder_path(root, name), *copy = folder_path(root, "copy");

	folder_put(root, "copy", "old\n");
	assert_int_equal(rename(copy, old), 0);
	mem_free(old);
	mem_free(copy);
}

static void append(const char *root, const char *name)
{
	(void)name;
	folder_put(root, "ada.ini", "old\nand more\n");
}

static void swap_for_link(const char *root, const char *name)
{
	char *path = folder_path(root, name);

	folder_put(root, "target", "old\n");
	unlink(path);
	folder_link(root, "target", name);
	mem_free(path);
}

static void protect(const char *root, const char *name)
{
	char *path = folder_path(root, name);

	assert_int_equal(chmod(path, 0640), 0);
	mem_free(path);
}

static void take_away(const char *root, const char *name)
{
	char *path = folder_path(root, name);

	assert_int_equal(unlink(path), 0);
	mem_free(path);
}

static void test_file__replaces_and_removes_only_what_was_read(void **state)
{
	static void (*const meanwhile[])(const char *, const char *) = {
		touch, swap_for_copy, append, swap_for_link, protect, take_away,
	};
	for (size_t i = 0; i < sizeof meanwhile / sizeof meanwhile[0]; i++) {
		struct scene s;
		scene_open(&s, "old\n");
		meanwhile[i](s.root, "ada.ini");
		int before = count_files(s.root);
		assert_int_equal(replace(&s, "new\n"), FAULT_CONFLICT);
		assert_int_equal(file_remove(s.fd, "ada.ini", &s.stamp, buf_text(&s.read), &s.f),
				 FAULT_CONFLICT);
		assert_int_equal(count_files(s.root), before);
		scene_close(&s);
	}
}

static void test_file__leaves_other_hard_links_alone(void **state)
{
	struct scene s;

	scene_open(&s, "old\n");
	assert_int_equal(linkat(s.fd, "ada.ini", s.fd, "other", 0), 0);
	buf_clear(&s.read);
	assert_int_equal(file_read(s.fd, "ada.ini", FILE_LIMIT, &s.read, &s.stamp, &s.f), 0);
	assert_int_equal(replace(&s, "new\n"), 0);
	folder_expect(s.root, "ada.ini", "new\n");
	folder_expect(s.root, "other", "old\n");
	scene_close(&s);
}

/* Permissions bind everybody but root, who is asked nothing here. */
static void test_file__respects_write_protection(void **state)
{
	struct scene s;

	scene_open(&s, "old\n");
	assert_int_equal(fchmodat(s.fd, "ada.ini", 0444, 0), 0);
	buf_clear(&s.read);
	assert_int_equal(file_read(s.fd, "ada.ini", FILE_LIMIT, &s.read, &s.stamp, &s.f), 0);
	bool root = geteuid() == 0;
	assert_int_equal(replace(&s, "new\n"), root ? 0 : FAULT_OS);
	folder_expect(s.root, "ada.ini", root ? "new\n" : "old\n");
	assert_int_equal(count_files(s.root), 1);
	assert_int_equal(mode_of(s.root, "ada.ini"), 0444);
	scene_close(&s);
}

static void test_file__fails_whole_where_nothing_can_be_made(void **state)
{
	struct scene s;

	scene_open(&s, NULL);
	folder_put(s.root, "gone/ada.ini", "old\n");
	int fd;
	assert_int_equal(file_open_folder(s.fd, "gone", &fd, &s.f), 0);
	unlinkat(fd, "ada.ini", 0);
	assert_int_equal(unlinkat(s.fd, "gone", AT_REMOVEDIR), 0);
	assert_int_equal(file_create(fd, "bo.ini", TEXT("x"), 0600, &s.f), FAULT_OS);
	assert_string_equal(s.f.msg, "nothing was changed: cannot make a new file in the folder: "
				     "No such file or directory");
	close(fd);
	scene_close(&s);
}

static void test_file__drops_what_it_could_not_write_whole(void **state)
{
	struct scene s;
	struct rlimit old, small;

	scene_open(&s, "old\n");
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 4;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	int rc = replace(&s, "new and longer\n");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(rc, FAULT_OS);
	assert_string_equal(s.f.msg, "nothing was changed: cannot write: File too large");
	folder_expect(s.root, "ada.ini", "old\n");
	assert_int_equal(count_files(s.root), 1);
	scene_close(&s);
}

/* ---- removing, renaming ---- */

static void test_file__removes_what_was_read(void **state)
{
	struct scene s;

	scene_open(&s, "old\n");
	assert_int_equal(file_remove(s.fd, "ada.ini", &s.stamp, buf_text(&s.read), &s.f), 0);
	assert_int_equal(count_files(s.root), 0);
	assert_int_equal(file_remove(s.fd, "ada.ini", &s.stamp, buf_text(&s.read), &s.f),
			 FAULT_CONFLICT);
	scene_close(&s);
}

static void test_file__renames_but_never_over_anything(void **state)
{
	struct scene s;
	int there;

	scene_open(&s, "old\n");
	folder_put(s.root, "work/bo.ini", "bo\n");
	assert_int_equal(file_open_folder(s.fd, "work", &there, &s.f), 0);
	assert_int_equal(file_rename(s.fd, "ada.ini", there, "bo.ini", &s.f), FAULT_EXISTS);
	folder_expect(s.root, "work/bo.ini", "bo\n");
	folder_expect(s.root, "ada.ini", "old\n");
	assert_int_equal(file_rename(s.fd, "ada.ini", there, "ada.ini", &s.f), 0);
	folder_expect(s.root, "work/ada.ini", "old\n");
	assert_false(folder_has(s.root, "ada.ini"));
	assert_int_equal(file_rename(s.fd, "ada.ini", there, "c.ini", &s.f), FAULT_OS);
	close(there);
	scene_close(&s);
}
