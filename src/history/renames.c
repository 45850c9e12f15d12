#include "history/renames.h"

#include "base/vec.h"
#include "contact/contact.h"
#include "contact/moves.h"
#include "history/past.h"
#include "history/past_version.h"

static bool has(const struct past_file *files, size_t n, char status)
{
	for (size_t i = 0; i < n; i++)
		if (files[i].status == status)
			return true;
	return false;
}

static int read_version(struct past *p, const struct past_file *file, struct contact *c,
			struct move *out, struct fault *f)
{
	const char *blob = NULL;

	if (file->status == 'D') {
		blob = file->before;
		out->gone = c;
	} else if (file->status == 'A') {
		blob = file->after;
		out->made = c;
	}
	return blob ? past_version_read(p, blob, file->path, c, f) : 0;
}

int renames_in(struct past *p, const struct past_file *files, size_t n, struct renames *out,
	       struct fault *f)
{
	int rc = 0;

	if (!has(files, n, 'D') || !has(files, n, 'A'))
		return 0;
	struct contact *versions = mem_alloc(n * sizeof *versions);
	struct move *moves = mem_alloc(n * sizeof *moves);
	for (size_t i = 0; !rc && i < n; i++)
		rc = read_version(p, &files[i], &versions[i], &moves[i], f);
	if (!rc)
		moves_find(moves, n);
	for (size_t i = 0; i < n; i++) {
		if (!rc && moves[i].made && moves[i].other != MOVE_NONE) {
			struct rename one = { &files[moves[i].other], &files[i] };
			vec_push(out, one);
		}
		contact_release(&versions[i]);
	}
	mem_free(versions);
	mem_free(moves);
	return rc;
}

void renames_release(struct renames *list)
{
	vec_release(list);
}

const struct past_file *renames_from(const struct renames *list, const struct past_file *to)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].to == to)
			return list->at[i].from;
	return NULL;
}

const struct past_file *renames_to(const struct renames *list, const struct past_file *from)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].from == from)
			return list->at[i].to;
	return NULL;
}
