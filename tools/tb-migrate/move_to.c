#include "core/tb.h"

#include <stdlib.h>

#include "core/err.h"
#include "migrate.h"
#include "revision/target.h"

static int
move(struct tb_ctx *ctx, struct mig *m, const struct mig_move *mv,
    const char *start, struct tb_err *err)
{
	if (mig_opts.sql && mig_opts.backup != NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "--backup and --sql do not go together");
	if (mig_opts.sql)
		return mig_move_offline(ctx, m, mv, start, err);
	if (mig_opts.dry_run)
		return mig_move_show(ctx, m, mv, err);
	return mig_move_online(ctx, m, mv, err);
}

int
mig_move_to(struct tb_ctx *ctx, mig_plan_fn *plan, const char *operand,
    bool stored, struct tb_err *err)
{
	struct tb_strs what = TB_STRS_INIT;
	struct mig_move mv = { .plan = plan, .what = &what, .stored = stored };
	struct mig m = MIG_INIT;
	char *start, *end;
	int rc;

	if (!mig_opts.sql)
		tb_cli_connect_begin(ctx);
	rc = mig_load(ctx, &m, err);
	tb_target_split(operand, &start, &end);
	/* Online the whole word is judged, so that a range is refused. */
	tb_strs_add(&what, mig_opts.sql ? end : operand);
	if (rc == 0)
		rc = move(ctx, &m, &mv, start, err);
	free(start);
	free(end);
	tb_strs_release(&what);
	mig_close(&m);
	return rc;
}
