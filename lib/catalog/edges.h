/*
 * edges.h: what depends on a fact, and what is part of it, by index.
 */
#ifndef TB_CATALOG_EDGES_H
#define TB_CATALOG_EDGES_H

#include "core/tb.h"

struct tb_facts;

/* The edges that lead to a fact: v[first[i]] up to v[first[i + 1]]. */
struct tb_edges {
	size_t *first;
	size_t *v; /* indexes of facts->edges */
};

/* Parts of a fact, in the order of facts; TB_FACT_NONE ends the list. */
struct tb_tree {
	size_t *first, *next;
};

void tb_edges_by_target(struct tb_edges *, const struct tb_facts *);
void tb_edges_release(struct tb_edges *);

void tb_tree_make(struct tb_tree *, const struct tb_facts *);
void tb_tree_release(struct tb_tree *);

#endif /* TB_CATALOG_EDGES_H */
