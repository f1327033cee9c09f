/*
 * upgrade, downgrade and stamp: from a plan to what is done about it.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/term.h"
#include "core/clock.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "migrate.h"
#include "revision/target.h"

static const char *
message_of(const struct tb_run_step *rs)
{
	return rs->step->rev != NULL ? rs->step->rev->h.message : "";
}

static void
tell_begin(void *arg TB_UNUSED, const struct tb_run_step *rs, size_t number,
    size_t count)
{
	if (rs->step->rev != NULL)
		tb_progress("%zu of %zu: %s %s", number, count,
		    rs->step->rev->h.id, message_of(rs));
	tb_debug("running %s -> %s, %s", rs->step->from, rs->step->to,
	    message_of(rs));
}

static void
tell_done(void *arg TB_UNUSED, const struct tb_run_step *rs)
{
	char span[TB_CLOCK_SPAN_LEN + 1];
	const struct tb_step *step = rs->step;

	tb_progress_done();
	tb_clock_span(rs->seconds, span);
	switch (step->kind) {
	case TB_STEP_UPGRADE:
		tb_info("applied %s %s (%s)", step->rev->h.id, message_of(rs),
		    span);
		break;
	case TB_STEP_DOWNGRADE:
		tb_info("undone %s %s (%s)", step->rev->h.id, message_of(rs),
		    span);
		break;
	case TB_STEP_STAMP:
	case TB_STEP_ADOPT:
		tb_info("stamped %s -> %s",
		    *step->from != '\0' ? step->from : "base",
		    *step->to != '\0' ? step->to : "base");
		break;
	}
}

int
mig_run_opts(const struct tb_ctx *ctx, struct tb_run_opts *opts,
    struct tb_err *err)
{
	const struct tb_conf *conf = &ctx->conf;
	const char *scope = mig_opts.transaction;

	if (scope == NULL)
		scope = tb_conf_str(conf, "migrate|transaction");
	if (scope == NULL || strcmp(scope, "run") == 0)
		opts->scope = TB_RUN_WHOLE;
	else if (strcmp(scope, "revision") == 0)
		opts->scope = TB_RUN_REVISION;
	else
		return tb_err_set(err, TB_EXIT_CONFIG,
		    "%s: transaction is \"run\" or \"revision\", not \"%s\"",
		    conf->file, scope);
	opts->role = mig_role(ctx);
	opts->lock_timeout = mig_opts.lock_timeout != NULL ?
	    mig_opts.lock_timeout :
	    tb_conf_str(conf, "migrate|lock-timeout");
	opts->statement_timeout = mig_opts.statement_timeout != NULL ?
	    mig_opts.statement_timeout :
	    tb_conf_str(conf, "migrate|statement-timeout");
	opts->tag = mig_opts.tag;
	opts->hooks.begin = tell_begin;
	opts->hooks.done = tell_done;
	return 0;
}

static void
tell_nothing_to_do(const struct mig *m)
{
	struct tb_revs tips = TB_REVS_INIT;
	char *at;

	tb_plan_current(m->graph, &m->history.rows, &tips, NULL);
	at = tb_revs_join(&tips, ", ");
	tb_info("nothing to do: the database is at %s",
	    *at != '\0' ? at : "base");
	free(at);
	tb_revs_release(&tips);
}

static void
print_result(const struct tb_ctx *ctx, const struct tb_run *run,
    const struct tb_plan *plan)
{
	if (tb_cli_is_json(ctx))
		tb_json_print(mig_json_plan(run, plan, true));
}

/* The lock is held: nobody else moves. */
static int
run_locked(const struct tb_ctx *ctx, struct mig *m, const struct mig_move *move,
    struct tb_err *err)
{
	struct tb_plan plan = TB_PLAN_INIT;
	struct tb_run run = TB_RUN_INIT;
	struct tb_run_opts opts = { .scope = TB_RUN_WHOLE };
	int rc = -1;

	if (move->plan(move, m, &m->history.rows, &plan, err) == -1)
		(void)mig_explain(m, err);
	else if (mig_run_opts(ctx, &opts, err) == 0 &&
	    tb_run_prepare(&run, &plan, &opts, err) == 0) {
		if (plan.n == 0)
			tell_nothing_to_do(m);
		rc = tb_run_execute(&run, m->graph, &m->history, err);
		tb_progress_done();
		if (rc == 0)
			print_result(ctx, &run, &plan);
	}
	tb_run_release(&run);
	tb_plan_release(&plan);
	return rc;
}

/* Without a lock: is there anything to do? 1: yes, 0: no. */
static int
anything_to_do(const struct tb_ctx *ctx, struct mig *m,
    const struct mig_move *move, struct tb_err *err)
{
	struct tb_plan plan = TB_PLAN_INIT;
	struct tb_run run = TB_RUN_INIT;
	int rc;

	if (move->plan(move, m, &m->history.rows, &plan, err) == -1) {
		rc = mig_explain(m, err);
	} else {
		rc = plan.n > 0;
		if (rc == 0) {
			tell_nothing_to_do(m);
			print_result(ctx, &run, &plan);
		}
	}
	tb_plan_release(&plan);
	return rc;
}

int
mig_move_online(struct tb_ctx *ctx, struct mig *m, const struct mig_move *move,
    struct tb_err *err)
{
	int rc;

	if (mig_open(ctx, m, TB_PG_WRITE, err) == -1)
		return -1;
	if ((rc = anything_to_do(ctx, m, move, err)) <= 0)
		return rc;
	if (tb_history_lock(&m->history, mig_opts.wait_lock, err) == -1)
		return -1;
	if (run_locked(ctx, m, move, err) == -1)
		return -1;
	return tb_history_unlock(&m->history, err);
}

int
mig_move_show(struct tb_ctx *ctx, struct mig *m, const struct mig_move *move,
    struct tb_err *err)
{
	struct tb_plan plan = TB_PLAN_INIT;
	struct tb_run run = TB_RUN_INIT;
	struct tb_run_opts opts = { .scope = TB_RUN_WHOLE };
	int rc = -1;

	if (mig_open(ctx, m, TB_PG_READ, err) == -1)
		return -1;
	if (move->plan(move, m, &m->history.rows, &plan, err) == -1) {
		(void)mig_explain(m, err);
	} else if (mig_run_opts(ctx, &opts, err) == 0 &&
	    tb_run_prepare(&run, &plan, &opts, err) == 0) {
		if (plan.n == 0)
			tell_nothing_to_do(m);
		mig_print_plan(ctx, &run, &plan);
		rc = 0;
	}
	tb_run_release(&run);
	tb_plan_release(&plan);
	return rc;
}

int
mig_move_offline(struct tb_ctx *ctx, struct mig *m, const struct mig_move *move,
    const char *start, struct tb_err *err)
{
	const char *schema = mig_schema(ctx), *table = mig_table(ctx);
	struct tb_run_script script = { .out = stdout,
		.schema = schema != NULL ? schema : "public",
		.table = table != NULL ? table : TB_HISTORY_TABLE };
	struct tb_strs rows = TB_STRS_INIT;
	struct tb_plan plan = TB_PLAN_INIT;
	struct tb_run run = TB_RUN_INIT;
	struct tb_run_opts opts = { .scope = TB_RUN_WHOLE };
	int rc = -1;

	if ((start == NULL ||
		tb_target_start(m->graph, start, &rows, err) == 0) &&
	    move->plan(move, m, &rows, &plan, err) == 0 &&
	    mig_run_opts(ctx, &opts, err) == 0 &&
	    tb_run_prepare(&run, &plan, &opts, err) == 0) {
		script.create = rows.n == 0;
		tb_run_print(&run, &script);
		rc = 0;
	}
	tb_run_release(&run);
	tb_plan_release(&plan);
	tb_strs_release(&rows);
	return rc;
}
