#ifndef DECIDE_H
#define DECIDE_H
/*
 * decide - what becomes of each thing in a merge: which stays, and as whose. It is
 * written down in the nodes; nothing is put together yet.
 */
struct merging;

/* Its versions are matched, and whose order leads is known. */
void merging_decide(struct merging *g);

#endif
