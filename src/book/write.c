#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "book/book.h"
#include "book/listing.h"
#include "book/place.h"
#include "contact/contact.h"

/* Another program cannot get in between this often unless it writes all the time. */
enum { MOST_TRIES = 50 };

/* ---- who is told ---- */

static void tell_will(struct book *b, const char *path)
{
	b->changes++;
	if (b->recorder)
		b->recorder->will(b->recorder->ctx, path);
}

static void tell_did(const struct book *b, const char *path, const struct text *before,
		     const struct text *after)
{
	if (b->recorder)
		b->recorder->did(b->recorder->ctx, path, before, after);
}

/* ---- changing ---- */

static int replace(struct book *b, struct place *p, const char *path, struct text before,
		   struct text bytes, const struct file_stamp *stamp, struct fault *f)
{
	tell_will(b, path);
	if (file_replace(p->folder, p->name, bytes, stamp, before, f) < 0)
		return f->code;
	tell_did(b, path, &before, &bytes);
	return 0;
}

static int save(struct book *b, struct place *p, struct contact *c, const struct file_stamp *stamp,
		bool *changed, struct fault *f)
{
	struct text before = { c->read, c->n_read };

	if (!contact_changed(c))
		return 0;
	int rc = replace(b, p, c->path, before, contact_bytes(c), stamp, f);
	*changed = !rc;
	return rc;
}

static int edit_once(struct book *b, const char *path, book_change change, void *ctx,
		     bool *changed, struct fault *f)
{
	struct place p = PLACE(b->fd);
	struct file_stamp stamp;
	struct contact c;

	int rc = place_load(&p, path, &c, &stamp, f);
	if (!rc) {
		rc = contact_editable(&c, f);
		if (!rc)
			rc = change(&c, ctx, f);
		if (!rc)
			rc = save(b, &p, &c, &stamp, changed, f);
		contact_release(&c);
	}
	place_close(&p);
	f->path = NULL; /* it may have been the contact's own */
	return rc;
}

int book_edit(struct book *b, const char *path, book_change change, void *ctx, bool *changed,
	      struct fault *f)
{
	bool unused;
	int rc = FAULT_CONFLICT;

	assert(b->locked);
	if (!changed)
		changed = &unused;
	*changed = false;
	for (int tries = 0; rc == FAULT_CONFLICT && tries < MOST_TRIES; tries++)
		rc = edit_once(b, path, change, ctx, changed, f);
	return rc ? fault_at(f, path, 0, 0) : 0;
}

static int read_current(struct place *p, const char *path, struct buf *bytes,
			struct file_stamp *stamp, struct fault *f)
{
	if (place_find(p, path, f) < 0)
		return f->code;
	return file_read(p->folder, p->name, FILE_LIMIT, bytes, stamp, f);
}

/* The file as it is now, which has to be the text that is expected. */
static int read_expected(struct place *p, const char *path, struct text expected,
			 struct file_stamp *stamp, struct fault *f)
{
	struct buf now = BUF_INIT;
	int rc = read_current(p, path, &now, stamp, f);

	if (!rc && !text_equal(buf_text(&now), expected))
		rc = fault_set(f, FAULT_CONFLICT, "was changed meanwhile by another program");
	buf_release(&now);
	return rc;
}

int book_replace(struct book *b, const char *path, struct text before, struct text bytes,
		 struct fault *f)
{
	struct place p = PLACE(b->fd);
	struct file_stamp stamp;

	assert(b->locked);
	int rc = read_expected(&p, path, before, &stamp, f);
	if (!rc)
		rc = replace(b, &p, path, before, bytes, &stamp, f);
	place_close(&p);
	return rc ? fault_at(f, path, 0, 0) : 0;
}

/* ---- names ---- */

static bool has_control(struct text t)
{
	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)t.at[i] < 0x20 || t.at[i] == 0x7f)
			return true;
	return false;
}

/* May a file of ours be called so? What is there already may have any name. */
static int check_new_path(const char *path, struct fault *f)
{
	enum { LONGEST_NAME = 255 };
	struct text rest = text_of(path), part = TEXT_NONE;

	if (!rest.n)
		return fault_set(f, FAULT_INVALID, "an empty file name");
	while (text_cut(&rest, '/', &part))
		if (!part.n || part.at[0] == '.' || part.n > LONGEST_NAME || has_control(part))
			return fault_set(f, FAULT_INVALID, "'%s' cannot be a file of the book: a "
					 "name is 1 to %d bytes, does not begin with '.', has no "
					 "control characters", path, LONGEST_NAME);
	if (!listing_takes(part))
		return fault_set(f, FAULT_INVALID, "'%s' cannot be a contact: its name does not "
				 "end in .ini", path);
	return 0;
}

int book_check_free(struct book *b, const char *path, struct fault *f)
{
	struct place p = PLACE(b->fd);
	struct stat st;

	if (check_new_path(path, f) < 0)
		return f->code;
	int rc = place_find(&p, path, f);
	if (!rc && !fstatat(p.folder, p.name, &st, AT_SYMLINK_NOFOLLOW))
		rc = fault_set(f, FAULT_EXISTS, "the name '%s' is taken", p.name);
	place_close(&p);
	return rc ? fault_at(f, path, 0, 0) : 0;
}

int book_create(struct book *b, const char *path, struct text bytes, struct fault *f)
{
	struct place p = PLACE(b->fd);

	assert(b->locked);
	if (check_new_path(path, f) < 0)
		return f->code;
	int rc = place_find(&p, path, f);
	if (!rc) {
		tell_will(b, path);
		rc = file_create(p.folder, p.name, bytes, 0600, f);
	}
	place_close(&p);
	if (rc < 0)
		return fault_at(f, path, 0, 0);
	tell_did(b, path, NULL, &bytes);
	listing_add(b, path);
	return 0;
}

int book_remove(struct book *b, const char *path, struct text before, struct fault *f)
{
	struct place p = PLACE(b->fd);
	struct file_stamp stamp;

	assert(b->locked);
	int rc = read_expected(&p, path, before, &stamp, f);
	if (!rc) {
		tell_will(b, path);
		rc = file_remove(p.folder, p.name, &stamp, before, f);
	}
	if (!rc) {
		tell_did(b, path, &before, NULL);
		listing_drop(b, path);
	}
	place_close(&p);
	return rc ? fault_at(f, path, 0, 0) : 0;
}

/* What the file holds goes under another name; nothing reads it, but for who is told. */
static int move(struct book *b, struct place *from, struct place *to, const char *path,
		const char *to_path, struct fault *f)
{
	struct buf bytes = BUF_INIT;
	int rc = b->recorder ? read_current(from, path, &bytes, NULL, f) : 0;
	struct text text = buf_text(&bytes);

	if (!rc) {
		tell_will(b, path);
		tell_will(b, to_path);
		rc = file_rename(from->folder, from->name, to->folder, to->name, f);
	}
	if (!rc) {
		tell_did(b, path, &text, NULL);
		tell_did(b, to_path, NULL, &text);
	}
	buf_release(&bytes);
	return rc;
}

int book_rename(struct book *b, const char *path, const char *to, struct fault *f)
{
	struct place from = PLACE(b->fd), there = PLACE(b->fd);

	assert(b->locked);
	if (check_new_path(to, f) < 0)
		return f->code;
	int rc = place_find(&from, path, f);
	if (!rc)
		rc = place_find(&there, to, f);
	if (!rc)
		rc = move(b, &from, &there, path, to, f);
	place_close(&from);
	place_close(&there);
	if (rc < 0)
		return fault_at(f, path, 0, 0);
	listing_drop(b, path);
	listing_add(b, to);
	return 0;
}

/* ---- the settings ---- */

int book_repoint_me(struct book *b, struct text from, struct text to, bool *changed,
		    struct fault *f)
{
	struct buf now = BUF_INIT, after = BUF_INIT;

	assert(b->locked);
	int rc = book_read_config(b, &now, f);
	bool differs = !rc && config_repoint(buf_text(&now), from, to, &after);
	if (differs)
		rc = book_replace(b, BOOK_CONFIG, buf_text(&now), buf_text(&after), f);
	if (changed)
		*changed = differs && !rc;
	buf_release(&now);
	buf_release(&after);
	return rc;
}

/* ---- a new book ---- */

static const char new_attributes[] =
	"# Contacts are stored as they are, to the byte; git shows them by field.\n"
	"*.ini -text -ident diff=kith\n";

static const char new_config[] =
	"# Settings of this book; they travel with it. Lines that start with # are comments.\n"
	"\n"
	"[book]\n"
	"# Which contact is you: its id, the name of its file without .ini.\n"
	"# me = your-name\n"
	"\n"
	"[every]\n"
	"# How often to be in touch with people of a tag: the ideal, or ideal..limit.\n"
	"# family = 2w\n"
	"# client = 3w..2m\n"
	"\n"
	"[event]\n"
	"# Events and places you name in the log as @slug: the date, then what it is.\n"
	"# spring-fair = 2026-04-18 Spring fair in the old town hall\n"
	"\n"
	"[history]\n"
	"# Where the book is in a git repository, every change becomes a commit; no: it does not.\n"
	"# commit = yes\n"
	"\n"
	"[kinds]\n"
	"# Kinds of log entries besides met call mail chat letter gave got intro won lost note.\n"
	"# lunch = we ate together\n";

/* Make the last component of the path in the folder above it, which must be there. */
static int make_root(const char *path, struct fault *f)
{
	const char *slash = strrchr(path, '/');
	char *above = slash ? mem_copy(path, slash == path ? 1 : (size_t)(slash - path))
			    : mem_copy(".", 1);
	int fd;

	int rc = file_open_root(above, &fd, f);
	if (!rc) {
		rc = file_make_folder(fd, slash ? slash + 1 : path, f);
		close(fd);
	}
	mem_free(above);
	return rc;
}

static int open_or_make_root(const char *path, int *out, struct fault *f)
{
	int rc = file_open_root(path, out, f);

	if (rc == FAULT_NOTFOUND)
		rc = make_root(path, f) < 0 ? f->code : file_open_root(path, out, f);
	return rc;
}

static int make_config(int root, const char *path, struct fault *f)
{
	struct place p = PLACE(root);

	int rc = file_make_folder(root, ".kith", f);
	if (!rc)
		rc = place_find(&p, BOOK_CONFIG, f);
	if (!rc)
		rc = file_create(p.folder, p.name, text_of(new_config), 0600, f);
	if (rc == FAULT_EXISTS && p.folder != root) /* the config, not .kith */
		rc = fault_set(f, FAULT_EXISTS, "there is a book at %s already", path);
	place_close(&p);
	return rc;
}

static int make_attributes(int root, struct fault *f)
{
	int rc = file_create(root, BOOK_ATTRIBUTES, text_of(new_attributes), 0600, f);

	return rc == FAULT_EXISTS ? 0 : rc;
}

int book_init(const char *root, bool for_git, struct fault *f)
{
	struct text path = text_of(root);
	int fd;

	while (path.n > 1 && path.at[path.n - 1] == '/')
		path.n--;
	char *folder = mem_copy(path.at, path.n);
	int rc = open_or_make_root(folder, &fd, f);
	if (!rc && for_git)
		rc = make_attributes(fd, f);
	if (!rc)
		rc = make_config(fd, folder, f);
	if (fd >= 0)
		close(fd);
	mem_free(folder);
	return rc;
}
