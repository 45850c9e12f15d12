#include "history/past_version.h"

#include "base/buf.h"
#include "contact/contact.h"
#include "history/past_parts.h"

int past_version_read(struct past *p, const char *blob, const char *path, struct contact *out,
		      struct fault *f)
{
	struct buf bytes = BUF_INIT;
	int rc = past_blob(p, blob, path, &bytes, f);
	size_t n = bytes.n;

	if (rc)
		fault_at(f, arena_copy(&p->places, text_of(path)), 0, 0);
	else
		contact_read(out, path, buf_take(&bytes), n);
	buf_release(&bytes);
	return rc;
}
