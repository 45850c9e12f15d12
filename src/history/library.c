#include "history/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>

#include "base/buf.h"

struct library git;

static struct {
	pthread_t thread;
	bool running, asked;
	struct fault fault; /* why it is not to be had */
} load;

static int load_all(struct fault *f)
{
	void *lib = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_NOW | RTLD_LOCAL);

	if (!lib)
		return fault_set(f, FAULT_NOTFOUND, "there is no libgit2: %s", dlerror());
#define LIBRARY_LOAD(name) \
	*(void **)&git.name = dlsym(lib, "git_" #name); \
	if (!git.name) \
		return fault_set(f, FAULT_NOTFOUND, "libgit2 lacks git_" #name);
	LIBRARY_FUNCTIONS(LIBRARY_LOAD)
#undef LIBRARY_LOAD
	if (git.libgit2_init() < 0)
		return library_fault(f, "libgit2 does not start");
	/* It syncs nothing by itself; a commit would be gone with the power. */
	git.libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	return 0;
}

static void *run(void *unused)
{
	(void)unused;
	load_all(&load.fault);
	return NULL;
}

void library_start(void)
{
	if (load.asked)
		return;
	load.asked = true;
	load.running = !pthread_create(&load.thread, NULL, run, NULL);
	if (!load.running)
		run(NULL);
}

void library_settle(void)
{
	if (load.running)
		pthread_join(load.thread, NULL);
	load.running = false;
}

int library_wait(struct fault *f)
{
	library_start();
	library_settle();
	return load.fault.code ? fault_set(f, load.fault.code, "%s", load.fault.msg) : 0;
}

int library_fault(struct fault *f, const char *fmt, ...)
{
	const git_error *last = git.error_last ? git.error_last() : NULL;
	struct buf what = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	buf_add_list(&what, fmt, ap);
	va_end(ap);
	fault_set(f, FAULT_OS, "%s: %s", what.at, last ? last->message : "for an unknown reason");
	buf_release(&what);
	return f->code;
}
