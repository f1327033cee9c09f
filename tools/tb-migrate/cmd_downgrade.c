/*
 * tb-migrate downgrade: undo revisions.
 */
#include "core/tb.h"

#include <string.h>

#include "core/err.h"
#include "migrate.h"

static int
plan(const struct mig_move *move, const struct mig *m,
    const struct tb_strs *rows, struct tb_plan *out, struct tb_err *err)
{
	return tb_plan_downgrade(m->graph, rows, move->what->v[0], out, err);
}

static int
needs_range(struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_USAGE,
	    "downgrade --sql needs START:END, since no database tells where "
	    "it starts");
	return tb_err_hint(err,
	    "Write it as in \"tb-migrate downgrade --sql head:base\".");
}

static int
downgrade_one(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[],
    struct tb_err *err)
{
	if (mig_opts.sql && strchr(argv[0], ':') == NULL)
		return needs_range(err);
	return mig_move_to(ctx, plan, argv[0], true, err);
}

static int
downgrade(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	static const struct mig_many many = { downgrade_one, MIG_MOVES };

	return mig_many_run(ctx, &many, argc, argv, err);
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG('n', "dry-run", "show the plan, change nothing",
	    &mig_opts.dry_run),
	TB_OPT_FLAG(0, "sql",
	    "print a script for psql instead; REVISION is START:END",
	    &mig_opts.sql),
	MIG_OPT_RUN,
	MIG_OPT_MANY,
	MIG_OPT_KEEP_GOING,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_downgrade = {
	.name = "downgrade",
	.args = "REVISION",
	.help = "undo revisions down to this one",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.min_args = 1,
	.max_args = 1,
	.run = downgrade,
};
