#ifndef HASH_H
#define HASH_H
/*
 * hash - 64 bits that stand for bytes: to notice damage, to compare without
 * keeping, to name a file. Not against somebody who means harm.
 *
 * Each step is a bijection of the state, so bytes of one length that differ within eight
 * neighbours never hash alike. The order of bytes in a number is the machine's own.
 */
#include <stdint.h>

#include "base/text.h"

/* The same bytes and seed give the same number. */
uint64_t hash_bytes(struct text t, uint64_t seed);

#endif
