/*
 * tb-migrate upgrade: apply revisions.
 */
#include "core/tb.h"

#include "core/err.h"
#include "migrate.h"

static int
plan(const struct mig_move *move, const struct mig *m,
    const struct tb_strs *rows, struct tb_plan *out, struct tb_err *err)
{
	return tb_plan_upgrade(m->graph, rows, move->what->v[0], out, err);
}

static int
upgrade_one(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	return mig_move_to(ctx, plan, argc > 0 ? argv[0] : "head", false, err);
}

static int
upgrade(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	static const struct mig_many many = { upgrade_one, MIG_MOVES };

	return mig_many_run(ctx, &many, argc, argv, err);
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG('n', "dry-run", "show the plan, change nothing",
	    &mig_opts.dry_run),
	TB_OPT_FLAG(0, "sql",
	    "print a script for psql instead; REVISION may be START:END",
	    &mig_opts.sql),
	TB_OPT_FLAG(0, "tolerate-newer",
	    "warn only if the database is ahead of these files",
	    &mig_opts.tolerate_newer),
	MIG_OPT_RUN,
	MIG_OPT_MANY,
	MIG_OPT_KEEP_GOING,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_upgrade = {
	.name = "upgrade",
	.args = "[REVISION]",
	.help = "apply revisions up to this one (head)",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.max_args = 1,
	.run = upgrade,
};
