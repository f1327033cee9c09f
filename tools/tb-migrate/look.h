/*
 * look.h: the commands that only look: at the files, and at the database where
 * the answer depends on it.
 */
#ifndef TB_MIGRATE_LOOK_H
#define TB_MIGRATE_LOOK_H

#include "core/tb.h"
#include "migrate.h"

/* Returns an exit code, or -1 with *err set. */
typedef int mig_look_fn(const struct tb_ctx *, struct mig *, const void *arg,
    struct tb_err *);

/*
 * Read the revisions and, with_rows, the version table; call the function and
 * return what it returns.  --stored works for all of them that have it.
 */
int mig_look(struct tb_ctx *, bool with_rows, mig_look_fn *look,
    const void *arg, struct tb_err *) TB_MUSTCHECK;

/* The same for the revisions that an operand such as "heads" stands for. */
typedef int mig_named_fn(const struct tb_ctx *, const struct mig *,
    const struct tb_revs *, const char *name, struct tb_err *);

int mig_look_named(struct tb_ctx *, const char *name, mig_named_fn *,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_MIGRATE_LOOK_H */
