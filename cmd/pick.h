#ifndef PICK_H
#define PICK_H
/*
 * pick - let a person choose one of several contacts: fzf when it is installed,
 * else a numbered list on stderr, answered on the terminal. Only called when app_can_ask.
 */
#include <stddef.h>

struct book_candidate;

/* The index chosen, or -1: cancelled, end of input, or a third answer that is no number. */
int pick_candidate(const struct book_candidate *list, size_t n);

#endif
