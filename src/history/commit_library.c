#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "history/commit.h"
#include "history/fit.h"
#include "history/library.h"
#include "history/repo.h"
#include "history/settings.h"
#include "history/signature.h"

struct maker {
	struct commit_job *job;
	const struct repo *where;
	git_repository *repo;
	git_config *config;
	git_commit *head; /* NULL: the branch is not born yet */
	git_tree *tree;   /* of head, once it is asked for: a large folder takes its time */
	git_tree_update *made; /* owned: what the last commit did, in place of asking its tree */
	size_t n_made;
	git_index *index;
};

static void close_maker(void *state)
{
	struct maker *m = state;

	if (!m)
		return;
	git.index_free(m->index);
	mem_free(m->made);
	git.tree_free(m->tree);
	git.commit_free(m->head);
	git.config_free(m->config);
	git.repository_free(m->repo);
	mem_free(m);
}

/* ---- what is there ---- */

static int check_unborn(const struct maker *m, struct fault *f)
{
	git_reference *head = NULL;

	if (git.reference_lookup(&head, m->repo, "HEAD") < 0)
		return library_fault(f, "HEAD cannot be read");
	const char *branch = git.reference_symbolic_target(head);
	int rc = commit_check_unborn(m->where, branch ? branch : "HEAD", f);
	git.reference_free(head);
	return rc;
}

/* The tree of HEAD, if there is a commit. */
static int load_tree(struct maker *m, struct fault *f)
{
	if (m->tree || !m->head || !git.commit_tree(&m->tree, m->head))
		return 0;
	return library_fault(f, "the last commit cannot be read; 'git fsck' tells more");
}

static int open_head(struct maker *m, struct fault *f)
{
	git_reference *head = NULL;
	int rc = git.repository_head(&head, m->repo);

	if (rc == GIT_EUNBORNBRANCH)
		return check_unborn(m, f);
	if (rc < 0)
		return library_fault(f, "HEAD cannot be read; 'git fsck' tells more");
	rc = git.reference_peel((git_object **)&m->head, head, GIT_OBJECT_COMMIT);
	git.reference_free(head);
	if (rc < 0)
		return library_fault(f, "the last commit cannot be read; 'git fsck' tells more");
	return load_tree(m, f);
}

static void index_path(const struct maker *m, struct buf *out)
{
	buf_add_fmt(out, "%s/index", m->where->gitdir);
}

/* An empty file is no index. libgit2 wants none at all instead. */
static bool index_is_there(const struct maker *m)
{
	struct buf path = BUF_INIT;
	struct stat st;

	index_path(m, &path);
	bool there = !lstat(path.at, &st);
	if (there && S_ISREG(st.st_mode) && !st.st_size)
		there = unlink(path.at) != 0;
	buf_release(&path);
	return there;
}

/* All of it can be told from HEAD and the files. */
static int make_index(struct maker *m, struct fault *f)
{
	m->job->index_made = m->tree != NULL;
	if (git.repository_index(&m->index, m->repo) < 0 ||
	    (m->tree && git.index_read_tree(m->index, m->tree) < 0))
		return library_fault(f, "the index cannot be made anew");
	return 0;
}

/* Is a merge of one of our files left to be resolved? The files of others are their business. */
static bool has_conflict(const struct maker *m)
{
	for (size_t i = 0; i < m->job->n; i++)
		for (int stage = 1; stage <= 3; stage++)
			if (git.index_get_bypath(m->index, m->job->files[i].path, stage))
				return true;
	return false;
}

static int open_index(struct maker *m, const char **unfit, struct fault *f)
{
	if (commit_wait_for_index(m->where, f) < 0)
		return f->code;
	if (index_is_there(m) && !git.repository_index(&m->index, m->repo))
		return has_conflict(m) ? commit_conflict(f) : 0;
	if (index_is_there(m) && !commit_index_is_damaged(m->where)) {
		*unfit = "libgit2 does not read its index"; /* split, sparse, not ours to read.. */
		return 0;
	}
	if (commit_put_index_aside(m->where, f) < 0)
		return f->code;
	return make_index(m, f);
}

/* Is the work tree that libgit2 found the folder in which we found the repository? */
static int check_workdir(const struct maker *m, struct fault *f)
{
	const char *workdir = git.repository_workdir(m->repo);
	char *real = workdir ? realpath(workdir, NULL) : NULL;
	bool same = real && !strcmp(real, m->where->top);

	mem_free(real);
	if (same)
		return 0;
	return fault_set(f, FAULT_INVALID, "the repository's work tree is %s, not %s; look at "
			 "core.worktree and core.bare in its settings",
			 workdir ? workdir : "missing", m->where->top);
}

static int open_all(struct maker *m, const struct commit_job *job, const char **unfit,
		    struct fault *f)
{
	if (git.repository_open_ext(&m->repo, m->where->top, GIT_REPOSITORY_OPEN_NO_SEARCH,
				    NULL) < 0) {
		*unfit = "libgit2 does not open it"; /* another owner, SHA-256, reftable.. */
		return 0;
	}
	if (check_workdir(m, f) < 0 || commit_check_config(m->where, f) < 0)
		return f->code;
	if (settings_read(m->repo, &m->config, f) < 0 || open_head(m, f) < 0 ||
	    open_index(m, unfit, f) < 0)
		return f->code;
	if (!*unfit)
		*unfit = fit_why_not(job, m->config, m->index);
	return 0;
}

static int open_maker(struct commit_job *job, void **state, const char **unfit,
		      struct fault *f)
{
	struct maker *m = mem_alloc(sizeof *m);

	m->job = job;
	m->where = job->repo;
	*unfit = NULL;
	int rc = open_all(m, job, unfit, f);
	if (rc || *unfit) {
		close_maker(m);
		m = NULL;
	}
	*state = m;
	return rc;
}

/* ---- what HEAD has ---- */

/* The entry, which the caller frees; NULL: there is none. */
static int find_entry(struct maker *m, const char *path, git_tree_entry **out, struct fault *f)
{
	*out = NULL;
	if (load_tree(m, f) < 0)
		return f->code;
	int rc = m->tree ? git.tree_entry_bypath(out, m->tree, path) : GIT_ENOTFOUND;
	if (!rc || rc == GIT_ENOTFOUND)
		return 0;
	return library_fault(f, "the last commit cannot be read; 'git fsck' tells more");
}

static int has(void *state, const char *path, bool *out, struct fault *f)
{
	struct maker *m = state;
	git_tree_entry *entry = NULL;
	int rc = *path ? find_entry(m, path, &entry, f) : 0;

	*out = *path ? entry != NULL : m->head != NULL;
	git.tree_entry_free(entry);
	return rc;
}

static int holds(void *state, const struct commit_file *file, bool *out, struct fault *f)
{
	struct maker *m = state;
	git_tree_entry *entry;
	git_oid id;

	if (find_entry(m, file->path, &entry, f) < 0)
		return f->code;
	*out = !entry == !file->bytes.at;
	if (entry && file->bytes.at)
		*out = git.tree_entry_type(entry) == GIT_OBJECT_BLOB &&
		       !git.odb_hash(&id, file->bytes.at, file->bytes.n, GIT_OBJECT_BLOB) &&
		       !memcmp(id.id, git.tree_entry_id(entry)->id, sizeof id.id);
	git.tree_entry_free(entry);
	return 0;
}

static int read_head(void *state, const char *path, struct buf *out, struct fault *f)
{
	struct maker *m = state;
	git_tree_entry *entry;
	git_blob *blob = NULL;

	if (find_entry(m, path, &entry, f) < 0)
		return f->code;
	if (!entry)
		return fault_set(f, FAULT_NOTFOUND, "the last commit has no %s", path);
	int rc = git.blob_lookup(&blob, m->repo, git.tree_entry_id(entry));
	if (!rc)
		buf_add(out, git.blob_rawcontent(blob), (size_t)git.blob_rawsize(blob));
	git.blob_free(blob);
	git.tree_entry_free(entry);
	return rc ? library_fault(f, "what the last commit has of %s cannot be read", path) : 0;
}

/* ---- the commit ---- */

static int add_update(struct maker *m, const struct commit_file *file, git_tree_update *out,
		      struct fault *f)
{
	git_tree_entry *entry;

	if (find_entry(m, file->path, &entry, f) < 0)
		return f->code;
	*out = (git_tree_update){ .path = file->path };
	out->action = file->bytes.at ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE;
	out->filemode = GIT_FILEMODE_BLOB;
	if (entry && git.tree_entry_filemode(entry) == GIT_FILEMODE_BLOB_EXECUTABLE)
		out->filemode = GIT_FILEMODE_BLOB_EXECUTABLE;
	git.tree_entry_free(entry);
	if (file->bytes.at && git.blob_create_from_buffer(&out->id, m->repo, file->bytes.at,
							  file->bytes.n) < 0)
		return library_fault(f, "%s cannot be stored", file->path);
	return 0;
}

static int make_tree(struct maker *m, const struct commit_file *files, size_t n, git_oid *id,
		     struct fault *f)
{
	int rc = load_tree(m, f);

	mem_free(m->made);
	m->made = mem_alloc(n * sizeof *m->made);
	m->n_made = n;
	for (size_t i = 0; i < n && !rc; i++)
		rc = add_update(m, files + i, m->made + i, f);
	if (!rc && git.tree_create_updated(id, m->repo, m->tree, n, m->made) < 0)
		rc = library_fault(f, "the tree of the commit cannot be made");
	return rc;
}

/* Say under which name, where nobody has told git, and the commit before was not by it already. */
static void tell_stranger(struct maker *m, const git_signature *author)
{
	const git_signature *before = m->head ? git.commit_author(m->head) : NULL;

	if (!before || strcmp(before->email, author->email))
		buf_add_fmt(&m->job->stranger, "%s <%s>", author->name, author->email);
}

/* Another git that moves the branch at this moment is waited for. */
static int write_commit(struct maker *m, const git_oid *tree, const char *message, git_oid *id,
			struct fault *f)
{
	const git_oid *parents[] = { m->head ? git.commit_id(m->head) : NULL };
	git_signature *author = NULL, *committer = NULL;
	struct date fixed = m->job->fixed;
	bool named;

	int rc = signature_make(m->config, "committer", fixed, &committer, &named, f);
	if (!rc)
		rc = signature_make(m->config, "author", fixed, &author, &named, f);
	if (!rc && !named)
		tell_stranger(m, author);
	for (int tries = 1; !rc; tries++) {
		int made = git.commit_create_from_ids(id, m->repo, "HEAD", author, committer, NULL,
						      message, tree, m->head != NULL, parents);
		if (!made)
			break;
		if (made == GIT_ELOCKED && tries < COMMIT_TRIES)
			commit_pause();
		else if (made == GIT_ELOCKED)
			rc = library_fault(f, "another git is at work on the branch; if none is, "
					   "remove the .lock file");
		else
			rc = library_fault(f, "the commit cannot be made");
	}
	git.signature_free(author);
	git.signature_free(committer);
	return rc;
}

/* HEAD is this commit now. */
static int advance(struct maker *m, const git_oid *id, struct fault *f)
{
	git_commit *commit = NULL;

	if (git.object_lookup((git_object **)&commit, m->repo, id, GIT_OBJECT_COMMIT) < 0)
		return library_fault(f, "the commit just made cannot be read");
	git.commit_free(m->head);
	git.tree_free(m->tree);
	m->head = commit;
	m->tree = NULL;
	return 0;
}

static int make_once(struct maker *m, const struct commit_file *files, size_t n,
		     const char *message, struct buf *id, struct fault *f)
{
	enum { SHORT = 7 };
	char name[SHORT + 1];
	git_oid tree, oid;

	if (make_tree(m, files, n, &tree, f) < 0 || write_commit(m, &tree, message, &oid, f) < 0 ||
	    advance(m, &oid, f) < 0)
		return f->code;
	buf_clear(id);
	buf_add_str(id, git.oid_tostr(name, sizeof name, &oid));
	return 0;
}

static int make(void *state, const struct commit_file *files, size_t n, const char *message,
		struct buf *id, struct fault *f)
{
	struct maker *m = state;
	int rc = make_once(m, files, n, message, id, f);

	if (rc && commit_remove_empty(m->where))
		rc = make_once(m, files, n, message, id, f);
	return rc;
}

/* ---- the index ---- */

/* What stat says goes with the entry only if the file still is what was committed. */
static void add_stat(const struct maker *m, const struct commit_file *file, git_index_entry *entry)
{
	struct buf path = BUF_INIT, bytes = BUF_INIT;
	struct fault none = FAULT_INIT;
	struct stat st;

	buf_add_fmt(&path, "%s/%s", m->where->top, file->path);
	int fd = open(path.at, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) &&
	    !file_read_all(fd, FILE_LIMIT, &bytes, &none) &&
	    text_equal(buf_text(&bytes), file->bytes)) {
		entry->ctime.seconds = (int32_t)st.st_ctim.tv_sec;
		entry->ctime.nanoseconds = (uint32_t)st.st_ctim.tv_nsec;
		entry->mtime.seconds = (int32_t)st.st_mtim.tv_sec;
		entry->mtime.nanoseconds = (uint32_t)st.st_mtim.tv_nsec;
		entry->dev = (uint32_t)st.st_dev;
		entry->ino = (uint32_t)st.st_ino;
		entry->uid = st.st_uid;
		entry->gid = st.st_gid;
		entry->file_size = (uint32_t)st.st_size;
	}
	if (fd >= 0)
		close(fd);
	buf_release(&path);
	buf_release(&bytes);
}

/* The entry that HEAD has, without the stat; its mode is 0 where HEAD has none. */
static int entry_in_head(struct maker *m, const char *path, git_index_entry *out, struct fault *f)
{
	enum { FEW = 64 };
	git_tree_entry *entry;

	for (size_t i = 0; m->n_made <= FEW && i < m->n_made; i++) {
		const git_tree_update *made = &m->made[i];
		if (strcmp(made->path, path))
			continue;
		out->mode = made->action == GIT_TREE_UPDATE_REMOVE ? 0 : made->filemode;
		out->id = made->id;
		return 0;
	}
	if (find_entry(m, path, &entry, f) < 0)
		return f->code;
	if (entry) {
		out->mode = git.tree_entry_filemode(entry);
		out->id = *git.tree_entry_id(entry);
	}
	git.tree_entry_free(entry);
	return 0;
}

static int refresh_one(struct maker *m, const struct commit_file *file, struct fault *f)
{
	git_index_entry entry = { .path = file->path };
	int rc;

	if (entry_in_head(m, file->path, &entry, f) < 0)
		return f->code;
	if (entry.mode) {
		add_stat(m, file, &entry);
		rc = git.index_add(m->index, &entry);
	} else {
		rc = git.index_remove(m->index, file->path, 0);
		if (rc == GIT_ENOTFOUND)
			rc = 0;
	}
	return rc < 0 ? library_fault(f, "the index cannot be changed") : 0;
}

static int write_index(struct maker *m, struct fault *f)
{
	int rc;

	for (int tries = 1; (rc = git.index_write(m->index)) == GIT_ELOCKED; tries++) {
		if (tries == COMMIT_TRIES)
			break;
		commit_pause();
	}
	if (rc < 0)
		return library_fault(f, "the index cannot be written");
	commit_sync_index(m->where);
	return 0;
}

static int refresh(void *state, const struct commit_file *files, size_t n, struct fault *f)
{
	struct maker *m = state;

	/* HEAD has moved since, and another git may have staged something. */
	if (m->job->index_made && load_tree(m, f) < 0)
		return f->code;
	int rc = m->job->index_made ? git.index_read_tree(m->index, m->tree)
				    : git.index_read(m->index, 0);
	if (rc < 0)
		return library_fault(f, "the index cannot be read again");
	for (size_t i = 0; i < n; i++)
		if (refresh_one(m, files + i, f) < 0)
			return f->code;
	return write_index(m, f);
}

const struct commit_maker commit_library = {
	.open = open_maker,
	.holds = holds,
	.read = read_head,
	.has = has,
	.make = make,
	.refresh = refresh,
	.close = close_maker,
};
