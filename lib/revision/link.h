/*
 * link.h: the parts of tb_graph_link(); private to this room.
 */
#ifndef TB_REVISION_LINK_H
#define TB_REVISION_LINK_H

#include "core/tb.h"
#include "revision/graph.h"

struct tb_err;

/* Names: ids, replaced ids, labels.  Drops what was loaded twice. */
int tb_link_names(struct tb_graph *, struct tb_err *) TB_MUSTCHECK;

/* Parents, dependencies and the way back. */
int tb_link_edges(struct tb_graph *, struct tb_err *) TB_MUSTCHECK;

/*
 * Refuse cycles, first of parents alone, then with dependencies.  order
 * becomes all revisions, each after its parents and dependencies.
 */
int tb_link_cycles(struct tb_graph *, struct tb_revs *order,
    struct tb_err *) TB_MUSTCHECK;

/* needs and needed_by of all. */
void tb_link_needs(struct tb_graph *, const struct tb_revs *order);

/* Spread the labels. */
void tb_link_labels(struct tb_graph *);

void tb_revision_free(struct tb_revision *);

#endif /* TB_REVISION_LINK_H */
