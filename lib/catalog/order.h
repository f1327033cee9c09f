/*
 * order.h: a topological order that stays close to a wanted one.
 */
#ifndef TB_CATALOG_ORDER_H
#define TB_CATALOG_ORDER_H

#include "core/tb.h"

struct tb_order_edge {
	size_t before, after;
	bool weak; /* given up first where there is a loop */
};

struct tb_order {
	size_t nodes;
	struct tb_order_edge *v;
	size_t n, cap;
};

void tb_order_init(struct tb_order *, size_t nodes);
void tb_order_add(struct tb_order *, size_t before, size_t after, bool weak);
void tb_order_release(struct tb_order *);

/*
 * Fill out[0..nodes) so that "before" comes before "after"; of nodes that may
 * come next, the one that compare() says is the smallest does.  Returns how
 * many nodes were placed before the first loop: all of them, usually.  *loop
 * is then filled with the nodes of one loop, whose number is *nloop.
 */
size_t tb_order_sort(const struct tb_order *, size_t *out,
    int (*compare)(size_t, size_t, const void *), const void *arg, size_t *loop,
    size_t *nloop);

#endif /* TB_CATALOG_ORDER_H */
