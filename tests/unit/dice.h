#ifndef DICE_H
#define DICE_H
/*
 * dice - numbers by chance, the same in each run: a test with a seed can be run
 * again.
 *
 *	struct dice d = dice_of(7);
 *	if (dice_roll(&d, 6) == 0) ...
 */
#include <stddef.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

static inline uint64_t dice_next(struct dice *d)
{
	uint64_t x = d->state += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static inline struct dice dice_of(uint64_t seed)
{
	return (struct dice){ seed };
}

/* A number from 0 to sides - 1. */
static inline size_t dice_roll(struct dice *d, size_t sides)
{
	return (size_t)(dice_next(d) % sides);
}

#endif
