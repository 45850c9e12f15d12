#include "network/stem.h"

#include <dlfcn.h>
#include <libstemmer.h>
#include <stdint.h>

#include "base/mem.h"

/* With the number that its interface has; a distribution may have added a letter. */
static const char *const names[] = { "libstemmer.so.0d", "libstemmer.so.0", "libstemmer.so" };

struct stemmer {
	void *library; /* NULL: there is none */
	struct sb_stemmer *snowball;
	__typeof__(&sb_stemmer_new) new;
	__typeof__(&sb_stemmer_stem) stem;
	__typeof__(&sb_stemmer_length) length;
	__typeof__(&sb_stemmer_delete) delete;
};

static void *find_library(void)
{
	void *library = NULL;

	for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
		library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	return library;
}

struct stemmer *stemmer_new(void)
{
	struct stemmer *s = mem_alloc(sizeof *s);

	s->library = find_library();
	if (!s->library)
		return s;
	*(void **)&s->new = dlsym(s->library, "sb_stemmer_new");
	*(void **)&s->stem = dlsym(s->library, "sb_stemmer_stem");
	*(void **)&s->length = dlsym(s->library, "sb_stemmer_length");
	*(void **)&s->delete = dlsym(s->library, "sb_stemmer_delete");
	if (s->new && s->stem && s->length && s->delete)
		s->snowball = s->new("english", NULL); /* in UTF-8 */
	return s;
}

struct text stemmer_stem(struct stemmer *s, struct text word)
{
	const sb_symbol *stem = NULL;

	if (s->snowball && word.n < INT32_MAX)
		stem = s->stem(s->snowball, (const sb_symbol *)word.at, (int)word.n);
	if (!stem)
		return word;
	return (struct text){ (const char *)stem, (size_t)s->length(s->snowball) };
}

void stemmer_free(struct stemmer *s)
{
	if (!s)
		return;
	if (s->snowball)
		s->delete(s->snowball);
	if (s->library)
		dlclose(s->library);
	mem_free(s);
}
