/*
 * plan.h: the steps from where the database is to where it shall be.
 *
 *	struct tb_plan plan = TB_PLAN_INIT;
 *
 *	if (tb_plan_upgrade(g, &rows, "head", &plan, err) == -1)
 *		return -1;
 *	for (size_t i = 0; i < plan.n; i++)
 *		run(&plan.v[i]);
 *	tb_plan_release(&plan);
 *
 * "rows" are the ids in the version table.  A step tells which SQL to run and
 * which rows change then, one operation after the other: each update and each
 * delete must hit exactly one row, else somebody else was there.  Order and
 * rows are Alembic's, so that both can take turns on one database.
 *
 * Nothing to do is no error: the plan has no steps.  An unknown row (the
 * database knows a revision that the folder has not) and rows that include
 * each other are errors (65) that say what to do.
 */
#ifndef TB_REVISION_PLAN_H
#define TB_REVISION_PLAN_H

#include "core/strs.h"
#include "core/tb.h"
#include "revision/graph.h"

struct tb_err;

enum tb_row_op {
	TB_ROW_INSERT, /* to */
	TB_ROW_DELETE, /* from */
	TB_ROW_UPDATE, /* from becomes to */
};

struct tb_row_change {
	enum tb_row_op op;
	const char *from; /* borrowed from the graph or the plan; or NULL */
	const char *to;
};

enum tb_step_kind {
	TB_STEP_UPGRADE,   /* run rev's upgrade section */
	TB_STEP_DOWNGRADE, /* run rev's downgrade section */
	TB_STEP_STAMP,     /* rows only */
	TB_STEP_ADOPT,     /* rows only: an old id gives way to the revision
	                      that replaces it */
};

struct tb_step {
	enum tb_step_kind kind;
	struct tb_revision *rev; /* NULL: a stamp to base */
	struct tb_row_change *rows;
	size_t n_rows;
	/*
	 * For "FROM -> TO" in messages: ids joined by ", ", "" is base.
	 * Dependencies are not in them.
	 */
	char *from, *to;
};

struct tb_plan {
	struct tb_step *v;
	size_t n, cap;
	struct tb_strs before; /* rows at the start, sorted */
	struct tb_strs after;  /* rows at the end, sorted */
};

/* clang-format off */
#define TB_PLAN_INIT	{ NULL, 0, 0, TB_STRS_INIT, TB_STRS_INIT }
/* clang-format on */

/* what: as target.h says. */
int tb_plan_upgrade(const struct tb_graph *, const struct tb_strs *rows,
    const char *what, struct tb_plan *, struct tb_err *) TB_MUSTCHECK;
int tb_plan_downgrade(const struct tb_graph *, const struct tb_strs *rows,
    const char *what, struct tb_plan *, struct tb_err *) TB_MUSTCHECK;

/*
 * Several targets; they must not include each other.  What was applied and is
 * not above a target stays, also where a row that goes away implied it.
 * purge: forget all rows first; only then unknown rows are accepted.
 */
int tb_plan_stamp(const struct tb_graph *, const struct tb_strs *rows,
    const struct tb_strs *what, bool purge, struct tb_plan *,
    struct tb_err *) TB_MUSTCHECK;

void tb_plan_release(struct tb_plan *);

/*
 * The revisions that rows stand for, in load order.  Errors as above: unknown
 * rows, and rows that include each other.
 */
int tb_plan_rows(const struct tb_graph *, const struct tb_strs *rows,
    struct tb_revs *, struct tb_err *) TB_MUSTCHECK;

/*
 * What is applied when these are the rows: everything, in load order.  Rows
 * that the graph does not know are added to unknown (NULL: not wanted).
 */
void tb_plan_applied(const struct tb_graph *, const struct tb_strs *rows,
    struct tb_revs *applied, struct tb_strs *unknown);

/*
 * The tips of what is applied, as "current" shows them: a branch that is
 * implied by a dependency is among them although it is no row.
 */
void tb_plan_current(const struct tb_graph *, const struct tb_strs *rows,
    struct tb_revs *tips, struct tb_strs *unknown);

/* What "upgrade heads" would apply, in that order; rows as above. */
int tb_plan_pending(const struct tb_graph *, const struct tb_strs *rows,
    struct tb_revs *, struct tb_err *) TB_MUSTCHECK;

/* The row operations of a step carried out on a list of rows. */
void tb_step_apply(const struct tb_step *, struct tb_strs *rows);

#endif /* TB_REVISION_PLAN_H */
