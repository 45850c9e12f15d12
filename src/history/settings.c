#include "history/settings.h"

#include <stdlib.h>

#include "base/buf.h"
#include "history/library.h"

/* A file that takes the place of those of its level. One that is not there is empty. */
static int replace_level(git_config *config, git_repository *repo, git_config_level_t level,
			 const char *variable)
{
	const char *file = getenv(variable);

	if (!file)
		return 0;
	int rc = git.config_add_file_ondisk(config, *file ? file : "/dev/null", level, repo, 1);
	return rc == GIT_ENOTFOUND ? 0 : rc;
}

static bool is_yes(struct text t)
{
	return text_same(t, TEXT("1")) || text_same(t, TEXT("true")) || text_same(t, TEXT("yes")) ||
	       text_same(t, TEXT("on"));
}

static int apply_environment(git_config *config, git_repository *repo)
{
	int rc = 0;

	if (is_yes(text_of(getenv("GIT_CONFIG_NOSYSTEM"))))
		rc = git.config_add_file_ondisk(config, "/dev/null", GIT_CONFIG_LEVEL_SYSTEM, repo,
						1);
	else
		rc = replace_level(config, repo, GIT_CONFIG_LEVEL_SYSTEM, "GIT_CONFIG_SYSTEM");
	if (!rc && getenv("GIT_CONFIG_GLOBAL"))
		rc = git.config_add_file_ondisk(config, "/dev/null", GIT_CONFIG_LEVEL_XDG, repo, 1);
	return rc ? rc : replace_level(config, repo, GIT_CONFIG_LEVEL_GLOBAL, "GIT_CONFIG_GLOBAL");
}

int settings_read(git_repository *repo, git_config **out, struct fault *f)
{
	git_config *config = NULL;

	int rc = git.repository_config(&config, repo);
	if (!rc)
		rc = apply_environment(config, repo);
	if (!rc)
		rc = git.config_snapshot(out, config);
	git.config_free(config);
	return rc < 0 ? library_fault(f, "git's settings cannot be read") : 0;
}

void settings_get(git_config *config, const char *key, struct buf *out)
{
	git_config_entry *entry = NULL;

	if (!git.config_get_entry(&entry, config, key) && entry->value)
		buf_add_str(out, entry->value);
	git.config_entry_free(entry);
}

bool settings_is(git_config *config, const char *key)
{
	int value = 0;

	return !git.config_get_bool(&value, config, key) && value;
}
