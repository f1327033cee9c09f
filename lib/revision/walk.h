/*
 * walk.h: sets of revisions and what is reachable; private to this room.
 */
#ifndef TB_REVISION_WALK_H
#define TB_REVISION_WALK_H

#include "core/tb.h"
#include "revision/graph.h"

/* in[r->index]: is r in the set? */
struct tb_set {
	bool *in;
	size_t n; /* of the graph, not of the set */
};

struct tb_set tb_set_new(const struct tb_graph *) TB_MUSTCHECK;
void tb_set_release(struct tb_set *);
bool tb_set_has(const struct tb_set *, const struct tb_revision *);

/* The members in load order. */
void tb_set_list(const struct tb_set *, const struct tb_graph *,
    struct tb_revs *);

enum tb_edge {
	TB_EDGE_PARENTS,
	TB_EDGE_CHILDREN,
	TB_EDGE_NEEDS,
	TB_EDGE_NEEDED_BY,
};

const struct tb_revs *tb_edges(const struct tb_revision *, enum tb_edge);

/*
 * Add a revision and all that is reachable from it.  What is in the set
 * already is not walked again.
 */
void tb_set_walk(struct tb_set *, struct tb_revision *, enum tb_edge);
void tb_set_walk_all(struct tb_set *, const struct tb_revs *, enum tb_edge);

/* Descendants and ancestors of a revision, itself included. */
void tb_set_lineage(struct tb_set *, struct tb_revision *,
    bool with_dependencies);

/*
 * Alembic's order of a set, newest first: the walk begins at starts, follows a
 * branch down as far as nothing above is left out, then takes the next one.
 * Members that no start leads to come when all above them is done.
 */
void tb_order(const struct tb_graph *, const struct tb_set *,
    const struct tb_revs *starts, struct tb_revs *out);

#endif /* TB_REVISION_WALK_H */
