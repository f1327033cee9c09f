/*
 * draw.h: revisions as a drawing: columns of characters as "git log --graph"
 * has them, or the languages of other programs.
 *
 * What is drawn is a list in history's order: newest first, everything before
 * what it needs.  An edge to a revision that is not in the list is left out.
 */
#ifndef TB_MIGRATE_DRAW_H
#define TB_MIGRATE_DRAW_H

#include <stddef.h>

#include "cli/term.h"
#include "core/tb.h"
#include "revision/graph.h"

struct tb_ctx;

/* What is needed by a revision and stands in the list, each once. */
struct mig_edges {
	struct tb_revs to;
	size_t n_parents; /* these come first, then the dependencies */
};

/* clang-format off */
#define MIG_EDGES_INIT	{ TB_REVS_INIT, 0 }
/* clang-format on */

/* listed[r->index]: is r in the list?  The edges are emptied first. */
void mig_edges(const struct tb_revision *, const bool listed[],
    struct mig_edges *);

/* The revisions of a list as such an array; the caller frees it. */
bool *mig_listed(const struct tb_graph *, const struct tb_revs *) TB_MUSTCHECK;

/*
 * draw_lanes.c: the columns, a row of characters at a time.
 *
 *	*     a revision
 *	| :   a way down to a parent, to a dependency
 *	\ /   a way changes its column
 *	_ .   it crosses others on the way to its new column
 *	-.    it goes to the right, to more parents
 */
struct mig_cell {
	char c;
	enum tb_colour colour;
};

struct mig_row {
	struct mig_cell *v;
	size_t n, cap;
};

/* Two ways never lead to the same revision: they are joined at once. */
struct mig_lane {
	const struct tb_revision *to;
	bool is_dependency;
	enum tb_colour colour;
};

struct mig_lanes {
	struct mig_lane *v;
	size_t n, cap;
	bool *waiting; /* [r->index]: is r still to come? */
	struct mig_edges edges;
	struct mig_row row;
	size_t n_colours; /* given out so far */
	/* Columns that the rows of this revision need at most. */
	size_t width;
	/* A row is complete; is the revision in it? */
	void (*emit)(void *arg, const struct mig_row *, bool is_revision);
	void *arg;
};

void mig_lanes_init(struct mig_lanes *, const struct tb_graph *,
    const struct tb_revs *);
void mig_lanes_release(struct mig_lanes *);

/* Draw the next revision, and what leads from it to the next but one. */
void mig_lanes_take(struct mig_lanes *, const struct tb_revision *);

/* A row in which nothing happens. */
void mig_lanes_idle(struct mig_lanes *);

/* draw.c: the drawing with the revisions' texts; current as print_list(). */
void mig_draw_text(const struct tb_graph *, const struct tb_revs *,
    const struct tb_revs *current);

/* draw_formats.c: for Graphviz, for Mermaid, and as JSON. */
void mig_draw_dot(const struct tb_graph *, const struct tb_revs *,
    const struct tb_revs *current);
void mig_draw_mermaid(const struct tb_graph *, const struct tb_revs *,
    const struct tb_revs *current);
void mig_draw_json(const struct tb_graph *, const struct tb_revs *,
    const struct tb_revs *current);

#endif /* TB_MIGRATE_DRAW_H */
