/*
 * tb-migrate current: where the database is.
 */
#include "core/tb.h"

#include "core/err.h"
#include "core/log.h"
#include "look.h"

static bool check_heads;

/* Is what is applied all there is? */
static int
compare_heads(const struct mig *m, const struct tb_revs *tips)
{
	const struct tb_revs *heads = &m->graph->real_heads;
	size_t missing = 0;

	for (size_t i = 0; i < heads->n; i++)
		missing += !tb_revs_has(tips, heads->v[i]);
	if (missing == 0)
		return TB_EXIT_OK;
	tb_warn("the database is not at all heads");
	tb_hint("\"tb-migrate upgrade heads\" brings it there.");
	return TB_EXIT_FOUND;
}

static int
print_current(const struct tb_ctx *ctx, struct mig *m,
    const void *arg TB_UNUSED, struct tb_err *err)
{
	struct tb_revs tips = TB_REVS_INIT;
	int rc = TB_EXIT_OK;

	tb_plan_current(m->graph, &m->history.rows, &tips, NULL);
	mig_print_list(ctx, &tips, MIG_POINTS, NULL);
	if (mig_refuse_unknown(m, err) == -1)
		rc = -1;
	else if (check_heads)
		rc = compare_heads(m, &tips);
	tb_revs_release(&tips);
	return rc;
}

static int
current_one(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	return mig_look(ctx, true, print_current, NULL, err);
}

static int
current(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	static const struct mig_many many = { current_one, MIG_CURRENT };

	return mig_many_run(ctx, &many, argc, argv, err);
}

static const struct tb_opt opts[] = {
	MIG_OPT_DETAILS,
	TB_OPT_FLAG('c', "check-heads", "exit 1 unless this is every head",
	    &check_heads),
	MIG_OPT_MANY,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_current = {
	.name = "current",
	.help = "show where the database is",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = current,
};
