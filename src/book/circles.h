#ifndef CIRCLES_H
#define CIRCLES_H
/*
 * circles - contacts who came through each other, round and round: Ana via Bo, Bo via Ana. Nobody
 * can be the first of them then.
 */
struct claims;
struct findings;

/*
 * Append a finding for each circle of vias, at one of them: always the same. When a via of each is
 * taken away there is no circle left. The claims are sorted.
 */
void circles_judge(const struct claims *all, struct findings *out);

#endif
