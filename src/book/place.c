#include "book/place.h"

#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/file.h"
#include "contact/contact.h"

void place_close(struct place *p)
{
	if (p->folder != p->root)
		close(p->folder);
	p->folder = p->root;
	p->path = TEXT_NONE;
}

static int open_folder(struct place *p, struct text path, struct fault *f)
{
	struct buf name = BUF_INIT;

	place_close(p);
	if (!path.n)
		return 0;
	buf_add_text(&name, path);
	int rc = file_open_folder(p->root, name.at, &p->folder, f);
	buf_release(&name);
	if (rc < 0)
		p->folder = p->root;
	else
		p->path = path;
	return rc;
}

int place_find(struct place *p, const char *path, struct fault *f)
{
	const char *slash = strrchr(path, '/');
	struct text folder = { path, slash ? (size_t)(slash - path) : 0 };

	if (slash == path) /* an absolute path */
		return fault_set(f, FAULT_INVALID, "'%s' leads out of the book", path);
	p->name = slash ? slash + 1 : path;
	if (text_equal(folder, p->path)) {
		p->path = folder;
		return 0;
	}
	if (open_folder(p, folder, f) < 0)
		return fault_at(f, path, 0, 0);
	return 0;
}

int place_read(struct place *p, const char *path, struct buf *out, struct file_stamp *stamp,
	       struct fault *f)
{
	if (place_find(p, path, f) < 0)
		return f->code;
	if (file_read(p->folder, p->name, FILE_LIMIT, out, stamp, f) < 0)
		return fault_at(f, path, 0, 0);
	return 0;
}

int place_load(struct place *p, const char *path, struct contact *out, struct file_stamp *stamp,
	       struct fault *f)
{
	struct buf bytes = BUF_INIT;

	if (place_read(p, path, &bytes, stamp, f) < 0) {
		buf_release(&bytes);
		return f->code;
	}
	size_t n = bytes.n;
	contact_read(out, path, buf_take(&bytes), n);
	return 0;
}
