/*
 * link.h: the parts of tb_graph_link(); private to this room.
 */
#ifndef TB_REVISION_LINK_H
#define TB_REVISION_LINK_H

#include "core/tb.h"
#include "revision/graph.h"

struct tb_err;

/* load.c: a header that was read goes to a list, and its memory to a pool. */
void tb_load_header(struct tb_pool *, struct tb_header *, struct tb_revs *);

/* tb_graph_add_dir() */
int tb_load_dir(struct tb_graph *, const char *dir, bool recursive,
    struct tb_err *) TB_MUSTCHECK;

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

/* labels.c: spread the labels. */
void tb_link_labels(struct tb_graph *, const struct tb_revs *order);

#endif /* TB_REVISION_LINK_H */
