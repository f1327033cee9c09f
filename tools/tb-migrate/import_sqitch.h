/*
 * import_sqitch.h: sqitch.plan.
 */
#ifndef TB_MIGRATE_IMPORT_SQITCH_H
#define TB_MIGRATE_IMPORT_SQITCH_H

#include "core/strs.h"
#include "core/tb.h"

struct tb_err;

struct mig_imp_change {
	char *name;
	char *note; /* "" if there is none */
	char *date;
	struct tb_strs needs; /* as written, without those that conflict */
	struct tb_strs tags;  /* that stand on it, without the "@" */
	int line;
};

struct mig_imp_plan {
	char *project;
	struct mig_imp_change *v;
	size_t n, cap;
};

int mig_imp_plan_read(const char *path, struct mig_imp_plan *,
    struct tb_err *) TB_MUSTCHECK;
void mig_imp_plan_release(struct mig_imp_plan *);

/*
 * The change that a requirement of the i-th one means: one before it, by name,
 * NAME@TAG or @TAG.  -1: there is none.
 */
long mig_imp_plan_find(const struct mig_imp_plan *, size_t i,
    const char *requirement);

/* The next change of the same name; n if there is none. */
size_t mig_imp_plan_rework(const struct mig_imp_plan *, size_t i);

#endif /* TB_MIGRATE_IMPORT_SQITCH_H */
