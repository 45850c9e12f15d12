#include "history/signature.h"

#include <stdlib.h>

#include "base/buf.h"
#include "history/author.h"
#include "history/library.h"
#include "history/settings.h"

/* The environment's word: GIT_AUTHOR_NAME for "author" and "name"; NULL when there is none. */
static const char *variable(const char *role, const char *part)
{
	struct buf name = BUF_INIT;

	buf_add_fmt(&name, "GIT_%s_%s", role, part);
	for (size_t i = 0; i < name.n; i++)
		if (name.at[i] >= 'a' && name.at[i] <= 'z')
			name.at[i] = (char)(name.at[i] - 'a' + 'A');
	const char *value = getenv(name.at);
	buf_release(&name);
	return value && *value ? value : NULL;
}

/* The first that says something. */
static void identity(git_config *config, const char *role, const char *part, struct buf *out)
{
	const char *const sections[] = { role, "user" };
	struct buf key = BUF_INIT, value = BUF_INIT;

	author_clean(text_of(variable(role, part)), out);
	for (int i = 0; i < 2 && !out->n; i++) {
		buf_clear(&key);
		buf_clear(&value);
		buf_add_fmt(&key, "%s.%s", sections[i], part);
		settings_get(config, key.at, &value);
		author_clean(buf_text(&value), out);
	}
	buf_release(&key);
	buf_release(&value);
}

int signature_make(git_config *config, const char *role, struct date fixed, git_signature **out,
		   bool *named, struct fault *f)
{
	struct buf name = BUF_INIT, email = BUF_INIT, name_else = BUF_INIT, email_else = BUF_INIT;
	struct moment when = author_now(fixed);

	identity(config, role, "name", &name);
	identity(config, role, "email", &email);
	if (!email.n)
		author_clean(text_of(getenv("EMAIL")), &email);
	*named = name.n && email.n;
	author_fallback(&name_else, &email_else);
	author_moment(text_of(variable(role, "date")), &when);
	int rc = git.signature_new(out, name.n ? name.at : name_else.at,
				   email.n ? email.at : email_else.at, when.time, when.zone);
	buf_release(&name);
	buf_release(&email);
	buf_release(&name_else);
	buf_release(&email_else);
	return rc < 0 ? library_fault(f, "the author of the commit is not to be had") : 0;
}
