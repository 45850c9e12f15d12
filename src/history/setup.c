#include "history/setup.h"

#include <fcntl.h>
#include <unistd.h>

#include "history/library.h"
#include "history/program.h"
#include "history/repo.h"

/* Set it, unless it is set; git reads and writes its settings itself, whatever form they have. */
static int set_once(const struct repo *r, const char *key, const char *value, bool *changed,
		    struct fault *f)
{
	const char *get[] = { "config", "--get", key, NULL };
	const char *set[] = { "config", "--local", key, value, NULL };
	struct fault unset = FAULT_INIT;

	if (!program_run(r, get, TEXT_NONE, NULL, NULL, &unset))
		return 0;
	*changed = true;
	return program_run(r, set, TEXT_NONE, NULL, NULL, f);
}

int setup_driver(const struct repo *r, bool *changed, struct fault *f)
{
	static const char textconv[] =
		"show() { if command -v kith >/dev/null 2>&1; then kith diff \"--textconv=$1\"; "
		"else cat -- \"$1\"; fi; }; show";

	*changed = false;
	int rc = set_once(r, "diff.kith.xfuncname", "^[ \t]*(\\[.*\\])[ \t]*$", changed, f);
	if (!rc)
		rc = set_once(r, "diff.kith.textconv", textconv, changed, f);
	if (rc != FAULT_NOTFOUND)
		return rc;
	*changed = false; /* without git there is nobody to show anything */
	return 0;
}

int setup_repository(const char *book_root, struct fault *f)
{
	git_repository_init_options how;
	git_repository *made = NULL;
	struct fault none = FAULT_INIT;
	struct repo there;

	int rc = repo_find(book_root, &there, &none);
	if (rc != FAULT_NOTFOUND) {
		rc = rc ? fault_set(f, rc, "%s", none.msg)
			: fault_set(f, FAULT_EXISTS, "it is in the repository %s", there.top);
		repo_release(&there);
		return rc;
	}
	if (library_wait(f) < 0)
		return f->code;
	git.repository_init_options_init(&how, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	how.flags = GIT_REPOSITORY_INIT_NO_REINIT | GIT_REPOSITORY_INIT_EXTERNAL_TEMPLATE;
	if (git.repository_init_ext(&made, book_root, &how) < 0)
		return library_fault(f, "cannot make a repository in %s", book_root);
	git.repository_free(made);
	int fd = open(book_root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		syncfs(fd);
		close(fd);
	}
	return 0;
}
