#include "base/hash.h"

static const uint64_t multiplier = UINT64_C(0x9e3779b97f4a7c15); /* odd; the golden ratio */

static uint64_t step(uint64_t state, uint64_t word)
{
	state = (state ^ word) * multiplier;
	return state ^ state >> 32;
}

uint64_t hash_bytes(struct text t, uint64_t seed)
{
	uint64_t state = step(seed, t.n), word;

	for (; t.n >= sizeof word; t = text_part(t, sizeof word, t.n)) {
		memcpy(&word, t.at, sizeof word);
		state = step(state, word);
	}
	word = 0;
	if (t.n)
		memcpy(&word, t.at, t.n);
	return step(step(state, word), 0);
}
