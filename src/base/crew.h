#ifndef CREW_H
#define CREW_H
/*
 * crew - work on many things, spread over the cores.
 *
 *	crew_run(n_files, 32, stat_some, &sweep);
 */
#include <stddef.h>

/* Do the things from `from` up to but not including `to`. Called by several threads at once. */
typedef void (*crew_work)(void *ctx, size_t from, size_t to);

/*
 * Have n things done, `chunk` of them at a time, by at most eight threads, this one among
 * them; it works alone where others cannot be started or are not worth it. Returns
 * when all is done.
 */
void crew_run(size_t n, size_t chunk, crew_work work, void *ctx);

#endif
