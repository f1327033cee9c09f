/*
 * pool.h: memory that is given back all at once; private to this room.
 *
 * Ten thousand headers are half a dozen small pieces each.  They are copied
 * in here, one behind the other, so that what read them works with the same
 * few pieces of the heap again and again, and the end is a handful of free().
 */
#ifndef TB_REVISION_POOL_H
#define TB_REVISION_POOL_H

#include "core/strs.h"
#include "core/tb.h"

struct tb_pool_block;

struct tb_pool {
	struct tb_pool_block *last;
	size_t used; /* of its bytes */
};

/* clang-format off */
#define TB_POOL_INIT	{ NULL, 0 }
/* clang-format on */

/* Zeroed, and aligned for any structure. */
void *tb_pool_calloc(struct tb_pool *, size_t) TB_MUSTCHECK;

/* NULL for NULL. */
char *tb_pool_strdup(struct tb_pool *, const char *) TB_MUSTCHECK;

/* A list whose array and strings are the pool's; its cap is 0. */
struct tb_strs tb_pool_strs(struct tb_pool *,
    const struct tb_strs *) TB_MUSTCHECK;

/* What is in the second one belongs to the first; the second is empty after. */
void tb_pool_join(struct tb_pool *, struct tb_pool *);

void tb_pool_release(struct tb_pool *);

#endif /* TB_REVISION_POOL_H */
