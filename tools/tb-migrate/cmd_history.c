/*
 * tb-migrate history: the revisions, newest first.  A database is asked only
 * where the answer depends on it.
 */
#include "core/tb.h"

#include <unistd.h>

#include "core/err.h"
#include "draw.h"
#include "look.h"
#include "revision/target.h"

static bool drawn, listed;

struct shown {
	bool with_rows;
	mig_show_fn *print;
};

/* Order what is asked for, mark what is applied, and print it. */
static int
show(const struct tb_ctx *ctx, struct mig *m, const void *arg,
    struct tb_err *err)
{
	const struct shown *s = arg;
	const struct tb_strs *rows = s->with_rows ? &m->history.rows : NULL;
	struct tb_revs revs = TB_REVS_INIT, current = TB_REVS_INIT;
	int rc;

	if (mig_opts.indicate_current)
		tb_plan_current(m->graph, rows, &current, NULL);
	rc = tb_target_history(m->graph, rows, mig_opts.range, &revs, err);
	if (rc == 0)
		s->print(ctx, m, &revs,
		    mig_opts.indicate_current ? &current : NULL);
	tb_revs_release(&revs);
	tb_revs_release(&current);
	return rc;
}

int
mig_history(struct tb_ctx *ctx, mig_show_fn *print, struct tb_err *err)
{
	const char *range = mig_opts.range;
	struct shown s = { .print = print };

	s.with_rows = mig_opts.indicate_current || mig_opts.stored ||
	    (range != NULL && tb_target_needs_rows(range));
	return mig_look(ctx, s.with_rows, show, &s, err);
}

/* People at a terminal get the drawing, programs one line a revision. */
static bool
wants_drawing(const struct tb_ctx *ctx)
{
	if (tb_cli_is_json(ctx) || listed)
		return false;
	return drawn || isatty(STDOUT_FILENO) == 1;
}

static void
print_history(const struct tb_ctx *ctx, const struct mig *m,
    const struct tb_revs *revs, const struct tb_revs *current)
{
	if (wants_drawing(ctx))
		mig_draw_text(m->graph, revs, current);
	else
		mig_print_list(ctx, revs,
		    MIG_PARENTS | MIG_LABELS | MIG_POINTS | MIG_MESSAGE,
		    current);
}

static int
history(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	if (drawn && listed)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "--graph and --no-graph do not go together");
	return mig_history(ctx, print_history, err);
}

static const struct tb_opt opts[] = {
	MIG_OPT_RANGE,
	MIG_OPT_DETAILS,
	TB_OPT_FLAG(0, "graph", "draw it, as on a terminal", &drawn),
	TB_OPT_FLAG(0, "no-graph", "one line a revision, also on a terminal",
	    &listed),
	MIG_OPT_STORED,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_history = {
	.name = "history",
	.help = "show the revisions, newest first",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = history,
};
