/*
 * apply.h: doing what is planned.
 *
 * Roles are one transaction, each database's inside another; only CREATE
 * DATABASE stands alone.  Before each COMMIT the plan is made again: what is
 * still in it had no effect, and the transaction is rolled back.
 */
#ifndef SET_APPLY_H
#define SET_APPLY_H

#include "core/tb.h"
#include "plan.h"
#include "session.h"
#include "want.h"

struct tb_err;

/*
 * Plan and apply under a lock; *done gets what was done and stays, also on
 * failure.  What other sessions change meanwhile is met by planning again.
 * What no statement can do is told as a warning.
 */
int set_apply(struct set_want *, struct set_session *, struct set_plan *done,
    struct tb_err *) TB_MUSTCHECK;

/* Load the secrets and compare them; set_apply() does it under its lock. */
int set_apply_secrets(struct set_want *, struct set_session *,
    struct tb_err *) TB_MUSTCHECK;

/* The lock that one run at a time holds, in the maintenance database. */
int set_apply_lock(struct set_session *, struct tb_err *) TB_MUSTCHECK;

/* Say what to do about a statement that failed. */
int set_apply_error(const struct set_session *, const struct set_stmt *,
    struct tb_err *);

#endif /* SET_APPLY_H */
