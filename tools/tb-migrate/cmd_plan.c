/*
 * tb-migrate plan: what upgrade would do, and where it is cut.
 */
#include "core/tb.h"

#include "core/err.h"
#include "migrate.h"

static int
plan_upgrade(const struct mig_move *move, const struct mig *m,
    const struct tb_strs *rows, struct tb_plan *out, struct tb_err *err)
{
	return tb_plan_upgrade(m->graph, rows, move->what->v[0], out, err);
}

static int
plan(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	struct mig m = MIG_INIT;
	struct tb_strs what = TB_STRS_INIT;
	struct mig_move move = { .plan = plan_upgrade, .what = &what };
	int rc = mig_load(ctx, &m, err);

	tb_strs_add(&what, argc > 0 ? argv[0] : "head");
	if (rc == 0)
		rc = mig_move_show(ctx, &m, &move, err);
	tb_strs_release(&what);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_WORD(0, "transaction", "SCOPE",
	    "one transaction for the run, or for each revision (run)",
	    &mig_opts.transaction, mig_transaction_words),
	MIG_OPT_VARIABLE,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_plan = {
	.name = "plan",
	.args = "[REVISION]",
	.help = "show what upgrade would do",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.max_args = 1,
	.run = plan,
};
