#include "cmd/creation.h"

#include <sys/random.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd/assign.h"
#include "cmd/cmd.h"
#include "cmd/search.h"
#include "contact/contact.h"
#include "contact/duplicate.h"

enum { TRIES = 20 };

/* A random UUID (RFC 9562, version 4). */
static void add_uuid(struct buf *out)
{
	unsigned char b[16] = { 0 };

	ssize_t n = getrandom(b, sizeof b, 0);
	(void)n; /* 16 bytes are never cut short (getrandom(2)) */
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	for (int i = 0; i < 16; i++)
		buf_add_fmt(out, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", b[i]);
}

void creation_template(struct text name, struct buf *out)
{
	struct buf uid = BUF_INIT;

	add_uuid(&uid);
	contact_template(name, buf_text(&uid), out);
	buf_release(&uid);
}

int creation_identify(struct app *app, struct contact *c)
{
	struct fault f = FAULT_INIT;
	struct buf uid = BUF_INIT;
	int rc = 0;

	if (contact_get(c, TEXT("uid")).n)
		return 0;
	add_uuid(&uid);
	if (contact_set(c, TEXT("uid"), buf_text(&uid), &f) < 0)
		rc = app_fault(app, &f);
	buf_release(&uid);
	return rc;
}

/* ---- is the person there already? ---- */

static void *compare(void *ctx, const char *path, struct text id, const struct contact *c)
{
	enum duplicate d = c ? duplicate_compare(ctx, c) : DUPLICATE_NO;

	(void)path;
	(void)id;
	return d ? (void *)duplicate_reason(d) : NULL;
}

int creation_compare(struct app *app, const struct contact *c, size_t *found)
{
	struct search s;
	int rc = search_run(app, &s, 0, NULL, compare, (void *)c);

	*found = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (!s.found[i]->data)
			continue;
		struct buf file = BUF_INIT;
		app_file(app, s.found[i]->path, &file);
		app_say(app, "kith %s: probably here already: %s (%s)", app->cmd->name, file.at,
			(const char *)s.found[i]->data);
		buf_release(&file);
		++*found;
	}
	search_release(&s);
	return rc;
}

/* ---- writing ---- */

static int create(struct app *app, const struct contact *c, const char *folder, struct buf *path,
		  struct fault *f)
{
	book_relist(&app->book);
	buf_clear(path);
	if (folder && *folder)
		buf_add_fmt(path, "%s%s", folder, text_ends(text_of(folder), TEXT("/")) ? "" : "/");
	int rc = book_new_id(&app->book, contact_name(c), path, f);
	if (rc < 0)
		return rc;
	buf_add_str(path, ".ini");
	return book_create(&app->book, path->at, contact_bytes(c), f);
}

int creation_save(struct app *app, const struct contact *c, const char *folder,
		  const char **path)
{
	struct fault f = FAULT_INIT;
	struct buf made_at = BUF_INIT;
	int rc = app_lock(app), made = FAULT_EXISTS;

	if (rc)
		return rc;
	for (int i = 0; i < TRIES && made == FAULT_EXISTS; i++)
		made = create(app, c, folder, &made_at, &f);
	if (made < 0) {
		rc = app_fault(app, &f);
	} else {
		app_say(app, "created %s", made_at.at);
		*path = arena_copy(&app->book.arena, buf_text(&made_at));
	}
	buf_release(&made_at);
	return rc;
}

int creation_person(struct app *app, struct text name, struct assigns *values,
		    const char **path)
{
	struct fault f = FAULT_INIT;
	struct buf text = BUF_INIT;
	struct contact c;
	size_t found;

	creation_template(name, &text);
	size_t n = text.n;
	contact_read(&c, "new.ini", buf_take(&text), n);
	int rc = assign_apply(&c, values, &f) < 0 ? app_fault(app, &f) : 0;
	if (!rc)
		rc = creation_compare(app, &c, &found);
	if (!rc)
		rc = creation_save(app, &c, NULL, path);
	contact_release(&c);
	return rc;
}
