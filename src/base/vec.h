#ifndef VEC_H
#define VEC_H
/*
 * vec - arrays that grow. The type is spelled where it is used; at[0..n) are
 * the elements, owned by the vec; pointers into it die with the next push.
 *
 *	VEC(struct date) dates = VEC_INIT;
 *	vec_push(&dates, d);
 *	vec_release(&dates);
 */
#include "base/mem.h"

#define VEC(T) struct { T *at; size_t n, cap; }
#define VEC_INIT { 0, 0, 0 }

#define vec_push(v, x) (vec_grow(v), (v)->at[(v)->n++] = (x))
/* One more element, zeroed by nobody: make room and return its address. */
#define vec_more(v) (vec_grow(v), &(v)->at[(v)->n++])
/* Room for n elements in all, made at once. */
#define vec_reserve(v, count) \
	((v)->cap >= (count) ? (void)0 \
			     : (void)((v)->cap = (count), \
				      (v)->at = mem_resize((v)->at, (v)->cap, sizeof *(v)->at)))
/* Leave the elements to whoever has their address. */
#define vec_forget(v) ((v)->at = NULL, (v)->n = (v)->cap = 0)
#define vec_release(v) (mem_free((v)->at), (v)->at = NULL, (v)->n = (v)->cap = 0)

#define vec_grow(v) \
	((v)->n < (v)->cap ? (void)0 \
			   : (void)((v)->cap = (v)->cap ? (v)->cap * 2 : 8, \
				    (v)->at = mem_resize((v)->at, (v)->cap, sizeof *(v)->at)))

#endif
