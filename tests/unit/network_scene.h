#ifndef NETWORK_SCENE_H
#define NETWORK_SCENE_H
/*
 * network_scene - a small network for tests, from the texts of its contacts; "me" is you, and
 * today is 2026-11-21.
 *
 *	static const struct scene_file files[] = { { "ana.ini", "tags = tampa" }, { 0 } };
 *	struct network *net = scene_network(files);
 *	const struct person *ana = scene_person(net, "ana");
 *	network_free(net);
 */
#include <string.h>

#include "base/mem.h"
#include "contact/contact.h"
#include "network/network.h"

/* The last of an array has no path. */
struct scene_file {
	const char *path, *text;
};

/* The same with planned events. */
static inline struct network *scene_network_planned(const struct scene_file *files,
						    const struct planned_event *events, size_t n)
{
	struct terms terms = { .today = { 2026, 11, 21 }, .me = TEXT("me"),
			       .kinds = KINDS_BUILT_IN, .events = events, .n_events = n };
	size_t n_files = 0;

	while (files[n_files].path)
		n_files++;
	struct network *net = network_new(&terms, n_files);
	for (size_t i = 0; i < n_files; i++) {
		struct contact c;
		size_t length = strlen(files[i].text);
		contact_read(&c, files[i].path, mem_copy(files[i].text, length), length);
		network_add(net, i, &c, true);
		contact_release(&c);
	}
	network_ready(net);
	return net;
}

static inline struct network *scene_network(const struct scene_file *files)
{
	return scene_network_planned(files, NULL, 0);
}

static inline const struct person *scene_person(const struct network *net, const char *id)
{
	const struct person *p = network_find(net, text_of(id));

	assert_non_null(p);
	return p;
}

#endif
