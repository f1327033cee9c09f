/*
 * rows.h: what is applied, and the rows that stand for it; private to this
 * room.
 *
 * The rows of the version table are the maximal revisions of what is applied:
 * those that no other applied revision needs.  All of Alembic's rules for
 * inserting, merging and splitting rows follow from that.
 */
#ifndef TB_REVISION_ROWS_H
#define TB_REVISION_ROWS_H

#include "core/tb.h"
#include "revision/plan.h"
#include "revision/walk.h"

struct tb_err;

struct tb_state {
	const struct tb_graph *g;
	struct tb_set applied;
	size_t *above; /* how many of needed_by are applied */
};

struct tb_state tb_state_new(const struct tb_graph *,
    const struct tb_revs *rows) TB_MUSTCHECK;
void tb_state_release(struct tb_state *);

bool tb_state_is_row(const struct tb_state *, const struct tb_revision *);

/* The rows, in load order. */
void tb_state_rows(const struct tb_state *, struct tb_revs *);

/* Apply or undo one revision; the changes of rows are added to the step. */
void tb_state_up(struct tb_state *, struct tb_revision *, struct tb_step *);
void tb_state_down(struct tb_state *, struct tb_revision *, struct tb_step *);

/* Make another set the applied one. */
void tb_state_set(struct tb_state *, const struct tb_set *applied);

void tb_step_change(struct tb_step *, enum tb_row_op, const char *from,
    const char *to);

/*
 * The revisions of the rows, in load order; rows that include each other pass
 * (tb_plan_rows() refuses them).
 */
int tb_rows_find(const struct tb_graph *, const struct tb_strs *rows,
    struct tb_revs *, struct tb_err *) TB_MUSTCHECK;

struct tb_step *tb_plan_add(struct tb_plan *, enum tb_step_kind,
    struct tb_revision *);

#endif /* TB_REVISION_ROWS_H */
