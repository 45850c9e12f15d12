#ifndef LIBRARY_H
#define LIBRARY_H
/*
 * library - libgit2 (https://libgit2.org), loaded when something is to be committed.
 *
 * Being linked to it costs a program 4 ms at every start, and its own start, which reads
 * all the certificates that the network would need, 10 more: much, for a command that only reads a
 * file. So kith is not linked to it; it is opened with dlopen (the simplest seam: one program, one
 * thing to install, and where it is missing only history is), in a thread, while the contact is
 * being written. Functions are called through the table `git`:
 *
 *	library_start();
 *	... write the contact ...
 *	if (library_wait(&f) == 0)
 *		git.repository_open_ext(&repo, path, flags, NULL);
 */
#include <git2.h>
#include <git2/sys/commit.h>

#include "base/fault.h"

/* Those that are used; one line each. */
#define LIBRARY_FUNCTIONS(X) \
	X(blob_create_from_buffer) \
	X(blob_free) \
	X(blob_lookup) \
	X(blob_rawcontent) \
	X(blob_rawsize) \
	X(commit_author) \
	X(commit_create_from_ids) \
	X(commit_free) \
	X(commit_id) \
	X(commit_tree) \
	X(config_add_file_ondisk) \
	X(config_free) \
	X(config_get_bool) \
	X(config_get_entry) \
	X(config_entry_free) \
	X(config_snapshot) \
	X(error_last) \
	X(index_add) \
	X(index_free) \
	X(index_get_bypath) \
	X(index_read) \
	X(index_read_tree) \
	X(index_remove) \
	X(index_write) \
	X(libgit2_init) \
	X(libgit2_opts) \
	X(object_lookup) \
	X(odb_hash) \
	X(oid_tostr) \
	X(reference_free) \
	X(reference_lookup) \
	X(reference_peel) \
	X(reference_symbolic_target) \
	X(repository_config) \
	X(repository_free) \
	X(repository_head) \
	X(repository_index) \
	X(repository_init_ext) \
	X(repository_init_options_init) \
	X(repository_open_ext) \
	X(repository_workdir) \
	X(signature_free) \
	X(signature_new) \
	X(tree_create_updated) \
	X(tree_entry_bypath) \
	X(tree_entry_filemode) \
	X(tree_entry_free) \
	X(tree_entry_id) \
	X(tree_entry_type) \
	X(tree_free) \
	X(tree_lookup)

struct library {
#define LIBRARY_MEMBER(name) __typeof__(git_##name) *name;
	LIBRARY_FUNCTIONS(LIBRARY_MEMBER)
#undef LIBRARY_MEMBER
};
extern struct library git;

/* Begin to load it, in the background. Further calls do nothing. */
void library_start(void);
/* Let that come to its end, before the process does. */
void library_settle(void);
/* Have it ready; loads it if nobody did. FAULT_NOTFOUND: it is not there, or lacks something. */
FALLIBLE int library_wait(struct fault *f);

/* FAULT_OS with what libgit2 says of its last failure behind our words. */
int library_fault(struct fault *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
