#include "book/config.h"

#include <fcntl.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/mem.h"
#include "format/doc.h"

/* ---- the book's settings ---- */

static struct text keep_lower(struct config *c, struct text t)
{
	char *s = arena_copy(&c->arena, t);

	for (size_t i = 0; i < t.n; i++)
		s[i] = char_lower(s[i]);
	return (struct text){ s, t.n };
}

bool config_parse_event(struct text value, struct date *date, struct text *text)
{
	struct text first;

	if (!text_cut_word(&value, &first) || !date_parse(first, date))
		return false;
	*text = text_trim(value);
	return true;
}

static struct text keep(struct config *c, struct text t)
{
	return (struct text){ arena_copy(&c->arena, t), t.n };
}

static void read_every(struct config *c, const struct doc_entry *e)
{
	struct tag_cadence *one = &c->every[c->n_every];

	if (!cadence_parse(e->value, &one->every))
		return;
	one->tag = keep(c, e->key);
	c->n_every++;
}

static void read_event(struct config *c, const struct doc_entry *e)
{
	struct planned_event *one = &c->events[c->n_events];
	struct text slug = e->key, text;

	if (!config_parse_event(e->value, &one->date, &text))
		return;
	if (text_starts(slug, TEXT("@")))
		slug = text_part(slug, 1, slug.n);
	one->slug = keep(c, slug);
	one->text = keep(c, text);
	c->n_events++;
}

static void read_setting(struct config *c, const struct doc *d, size_t i)
{
	const struct doc_entry *e = &d->entries[i];

	if (!e->key.n)
		return;
	if (!c->me.n && doc_in(d, i, TEXT("book")) && text_same(e->key, TEXT("me")))
		c->me = keep(c, e->value);
	else if (doc_in(d, i, TEXT("kinds")))
		c->kinds.own[c->kinds.n_own++] = keep_lower(c, e->key);
	else if (doc_in(d, i, TEXT("every")))
		read_every(c, e);
	else if (doc_in(d, i, TEXT("event")))
		read_event(c, e);
	else if (doc_in(d, i, TEXT("history")) && text_same(e->key, TEXT("commit")))
		c->commit = text_same(e->value, TEXT("yes")) ? COMMIT_YES : COMMIT_NO;
}

void config_read(struct config *c, struct text bytes)
{
	struct doc d;

	*c = (struct config)CONFIG_INIT;
	doc_read(&d, bytes);
	c->kinds.own = arena_alloc(&c->arena, d.n_entries * sizeof *c->kinds.own);
	c->every = arena_alloc(&c->arena, d.n_entries * sizeof *c->every);
	c->events = arena_alloc(&c->arena, d.n_entries * sizeof *c->events);
	for (size_t i = 0; i < d.n_entries; i++)
		read_setting(c, &d, i);
	doc_release(&d);
}

bool config_repoint(struct text bytes, struct text from, struct text to, struct buf *out)
{
	struct doc d;

	doc_read(&d, bytes);
	for (size_t i = 0; i < d.n_entries; i++)
		if (doc_in(&d, i, TEXT("book")) && text_same(d.entries[i].key, TEXT("me")) &&
		    text_same(d.entries[i].value, from))
			doc_set(&d, i, to);
	bool changed = !text_equal(d.bytes, bytes);
	if (changed)
		buf_add_text(out, d.bytes);
	doc_release(&d);
	return changed;
}

void config_release(struct config *c)
{
	arena_release(&c->arena);
	*c = (struct config)CONFIG_INIT;
}

/* ---- where the book is ---- */

/* A folder that cannot be looked at is there too: opening it will tell why it can't be used. */
static bool is_folder(const char *path)
{
	struct stat st;

	if (stat(path, &st))
		return errno != ENOENT && errno != ENOTDIR;
	return S_ISDIR(st.st_mode);
}

/* The value of an environment variable; NULL when it is empty, as when it is not set. */
static const char *env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static bool find_above(struct buf *out)
{
	struct buf probe = BUF_INIT;
	char *here = getcwd(NULL, 0);
	struct text path = text_of(here);
	bool found = false;

	while (path.n && !found) {
		if (path.n == 1) /* "/": then "/.kith" */
			path.n = 0;
		buf_clear(&probe);
		buf_add_text(&probe, path);
		buf_add_str(&probe, "/.kith");
		found = is_folder(probe.at);
		if (found)
			buf_add_text(out, path.n ? path : TEXT("/"));
		while (path.n && path.at[path.n - 1] != '/')
			path.n--;
		if (path.n > 1)
			path.n--;
	}
	mem_free(here);
	buf_release(&probe);
	return found;
}

/* Symlinks are followed here: settings of the user often live elsewhere and are linked. */
static bool read_settings(const char *path, struct buf *out)
{
	struct fault f = FAULT_INIT;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return false;
	bool ok = !file_read_all(fd, FILE_LIMIT, out, &f);
	close(fd);
	return ok;
}

/* The user's folder of a kind, as the XDG Base Directory Specification has it. Appended. */
static bool add_user_folder(const char *variable, const char *below_home, struct buf *out)
{
	const char *given = env(variable), *home = env("HOME");

	if (given && given[0] == '/') /* a relative one is to be ignored */
		buf_add_str(out, given);
	else if (home)
		buf_add_fmt(out, "%s/%s", home, below_home);
	return out->n > 0;
}

bool config_cache_folder(struct buf *out)
{
	return add_user_folder("XDG_CACHE_HOME", ".cache", out);
}

static bool settings_path(struct buf *out)
{
	if (!add_user_folder("XDG_CONFIG_HOME", ".config", out))
		return false;
	buf_add_str(out, "/kith/config");
	return true;
}

/* Settings are read wherever the user stands, so what is no absolute path is below HOME. */
static void add_expanded(struct text path, struct buf *out)
{
	const char *home = env("HOME");

	if (text_starts(path, TEXT("~/")))
		path = text_part(path, 2, path.n);
	if (home && path.n && path.at[0] != '/')
		buf_add_fmt(out, "%s/", home);
	buf_add_text(out, path);
}

/* The key `book` of the user's settings, wherever in them it stands. */
static bool find_in_settings(struct buf *out)
{
	struct buf path = BUF_INIT, bytes = BUF_INIT;
	struct doc d;

	if (settings_path(&path) && read_settings(path.at, &bytes)) {
		doc_read(&d, buf_text(&bytes));
		for (size_t i = 0; i < d.n_entries && !out->n; i++)
			if (text_same(d.entries[i].key, TEXT("book")))
				add_expanded(d.entries[i].value, out);
		doc_release(&d);
	}
	buf_release(&path);
	buf_release(&bytes);
	return out->n > 0;
}

static bool find_named(const char *given, struct buf *out)
{
	const char *path = given ? given : env("KITH_BOOK");

	buf_add_text(out, text_of(path));
	return path != NULL;
}

int config_find_book(const char *given, char **out, struct fault *f)
{
	static const char advice[] = "make one with 'kith init', or name another with --book DIR "
				     "or KITH_BOOK";
	struct buf path = BUF_INIT;

	*out = NULL;
	if (!find_named(given, &path) && !find_above(&path) && !find_in_settings(&path)) {
		const char *home = env("HOME");
		if (!home)
			return fault_set(f, FAULT_NOTFOUND, "no book, as HOME is not set; name one "
					 "with --book DIR or KITH_BOOK");
		buf_add_fmt(&path, "%s/contacts", home);
	}
	if (is_folder(path.at))
		*out = buf_take(&path);
	else
		fault_set(f, FAULT_NOTFOUND, "no book at %s; %s", path.at, advice);
	buf_release(&path);
	return *out ? 0 : f->code;
}
