/*
 * target.h: what a user types to name revisions.
 *
 *	ID  PREFIX  LABEL  head  heads  base  LABEL@head  LABEL@heads
 *	LABEL@ID  LABEL@base  +N  -N  ID+N  ID-N  LABEL@+N  LABEL@-N
 *
 * LABEL may be an id, too: the branch that this revision is on.  What
 * "current" and the bare +N and -N mean depends on the rows of the version
 * table; "rows" below are the ids found there, in any order.
 *
 * Failures: 64 for words that are no identifier, 65 for an unknown one
 * (with the nearest known as a hint), an ambiguous one (the candidates are in
 * the detail), "head" where there are several (they are listed).
 */
#ifndef TB_REVISION_TARGET_H
#define TB_REVISION_TARGET_H

#include "core/tb.h"
#include "revision/graph.h"

struct tb_err;
struct tb_strs;

/* Empty revs is base: that of the whole graph, or that of the branch. */
struct tb_targets {
	struct tb_revs revs;
	struct tb_revision *branch; /* what stood before "@"; NULL: nothing */
};

/* clang-format off */
#define TB_TARGETS_INIT	{ TB_REVS_INIT, NULL }
/* clang-format on */

void tb_targets_release(struct tb_targets *);

/* Where upgrade goes to. */
int tb_target_upgrade(const struct tb_graph *, const struct tb_strs *rows,
    const char *what, struct tb_targets *, struct tb_err *) TB_MUSTCHECK;

/* Where downgrade goes to: one revision or base. */
int tb_target_downgrade(const struct tb_graph *, const struct tb_strs *rows,
    const char *what, struct tb_targets *, struct tb_err *) TB_MUSTCHECK;

/* What is to be stamped: nothing relative. */
int tb_target_stamp(const struct tb_graph *, const char *what,
    struct tb_targets *, struct tb_err *) TB_MUSTCHECK;

/*
 * What is to be shown or edited; also parents of a new revision, or those to
 * merge.  rows NULL: there is no database, "current" is an error (64).
 */
int tb_target_show(const struct tb_graph *, const struct tb_strs *rows,
    const char *what, struct tb_revs *, struct tb_err *) TB_MUSTCHECK;

/*
 * "START:END" of history: what it shows, newest first, in Alembic's order.
 * what NULL: everything.  Either end may be empty.  Both ends are included.
 */
int tb_target_history(const struct tb_graph *, const struct tb_strs *rows,
    const char *what, struct tb_revs *, struct tb_err *) TB_MUSTCHECK;

/* Does a range need the rows, that is, a database? */
bool tb_target_needs_rows(const char *what);

/*
 * Split "START:END" of the offline mode; *start is NULL without a colon.  The
 * caller frees both.
 */
void tb_target_split(const char *what, char **start, char **end);

/* The row that the offline mode starts from; base: no row is added. */
int tb_target_start(const struct tb_graph *, const char *what,
    struct tb_strs *rows, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_TARGET_H */
