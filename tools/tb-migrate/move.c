/*
 * upgrade, downgrade and stamp: from a plan to what is done about it.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/term.h"
#include "core/conf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "migrate.h"
#include "pg/vars.h"
#include "revision/target.h"
#include "tenants.h"

static int
take_variables(struct tb_run_opts *opts, struct tb_err *err)
{
	static struct tb_vars vars = TB_VARS_INIT;

	for (size_t i = 0; i < mig_opts.variables.n; i++)
		if (tb_vars_set(&vars, mig_opts.variables.v[i], err) == -1)
			return -1;
	opts->vars = &vars;
	return 0;
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
	if (take_variables(opts, err) == -1)
		return -1;
	opts->retry = mig_opts.retry_for;
	opts->tag = mig_opts.tag;
	return mig_tell(opts, err);
}

static void
tell_nothing_to_do(const struct mig *m)
{
	struct tb_revs tips = TB_REVS_INIT;
	char *at;

	/* The summary of many says so. */
	if (mig_opts.target != NULL)
		return;
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

static int
run_planned(const struct tb_ctx *ctx, struct mig *m, struct tb_run *run,
    struct tb_err *err)
{
	if (run->n == 0)
		tell_nothing_to_do(m);
	else if (mig_opts.backup != NULL && mig_backup(ctx, err) == -1)
		return -1;
	if (mig_opts.tenant != NULL && run->n > 0 &&
	    mig_tenant_prepare(&m->history, run, mig_opts.wait_lock, err) == -1)
		return -1;
	if (tb_run_execute(run, m->graph, &m->history, err) == -1)
		return -1;
	/* One file cannot be the snapshot of many. */
	if (run->n > 0 && mig_opts.target == NULL)
		mig_snapshot(ctx, m);
	return 0;
}

/* The lock is held: nobody else moves. */
static int
run_locked(const struct tb_ctx *ctx, struct mig *m, const struct mig_move *move,
    struct tb_err *err)
{
	struct tb_plan plan = TB_PLAN_INIT;
	struct tb_run run = TB_RUN_INIT;
	struct tb_run_opts opts = { .text = mig_stored_text, .text_arg = m };
	int rc = -1;

	if (move->plan(move, m, &m->history.rows, &plan, err) == -1)
		(void)mig_explain(m, err);
	else if (mig_run_opts(ctx, &opts, err) == 0 &&
	    tb_run_prepare(&run, &plan, &opts, err) == 0) {
		rc = run_planned(ctx, m, &run, err);
		tb_progress_done();
		if (rc == 0)
			print_result(ctx, &run, &plan);
	}
	tb_run_release(&run);
	tb_plan_release(&plan);
	return rc;
}

/* Nothing can be done from here, and nothing has to. */
static void
tolerate(const struct tb_ctx *ctx, const struct mig *m)
{
	const struct tb_run run = TB_RUN_INIT;
	struct tb_plan plan = TB_PLAN_INIT;
	char *rows = tb_strs_join(&m->history.rows, ", ");

	tb_warn("the database is ahead of these files, at %s: all that they "
		"have is applied",
	    rows);
	for (size_t i = 0; i < m->history.rows.n; i++) {
		tb_strs_add(&plan.before, m->history.rows.v[i]);
		tb_strs_add(&plan.after, m->history.rows.v[i]);
	}
	print_result(ctx, &run, &plan);
	tb_plan_release(&plan);
	free(rows);
}

/* What the files do not know of the database. 1: there is nothing to do. */
static int
look_at_stored(const struct tb_ctx *ctx, struct mig *m,
    const struct mig_move *move, struct tb_err *err)
{
	int newer;

	if (move->stored)
		return mig_stored_use(ctx, m, true, err);
	if (!mig_opts.tolerate_newer)
		return 0;
	if ((newer = mig_stored_newer(ctx, m, err)) == 1)
		tolerate(ctx, m);
	return newer;
}

/*
 * Neither a lock nor the log is needed to see that.  1: nothing; 0: there is;
 * -1: there is no plan, which those who look closer explain.
 */
static int
nothing_to_do(const struct tb_ctx *ctx, struct mig *m,
    const struct mig_move *move)
{
	struct tb_plan plan = TB_PLAN_INIT;
	struct tb_run run = TB_RUN_INIT;
	struct tb_err err = TB_ERR_INIT;
	int rc = move->plan(move, m, &m->history.rows, &plan, &err);

	if (rc == 0 && plan.n == 0) {
		tell_nothing_to_do(m);
		print_result(ctx, &run, &plan);
		rc = 1;
	}
	tb_plan_release(&plan);
	tb_err_release(&err);
	return rc;
}

/*
 * There was no plan: with what the database remembers there may be one.  What
 * cannot be done need not wait for the lock.  1: there is nothing to do.
 */
static int
look_closer(const struct tb_ctx *ctx, struct mig *m,
    const struct mig_move *move, struct tb_err *err)
{
	struct tb_plan plan = TB_PLAN_INIT;
	int rc;

	if (tb_history_reread(&m->history, err) == -1)
		return -1;
	if ((rc = look_at_stored(ctx, m, move, err)) != 0)
		return rc;
	if (move->plan(move, m, &m->history.rows, &plan, err) == -1)
		rc = mig_explain(m, err);
	tb_plan_release(&plan);
	return rc;
}

int
mig_move_online(struct tb_ctx *ctx, struct mig *m, const struct mig_move *move,
    struct tb_err *err)
{
	struct tb_run_opts opts = { .scope = TB_RUN_WHOLE };
	int rc;

	/* A wrong word is one also when there is nothing to do. */
	if (mig_run_opts(ctx, &opts, err) == -1 ||
	    mig_open_rows(ctx, m, err) == -1)
		return -1;
	if ((rc = nothing_to_do(ctx, m, move)) == 1)
		return 0;
	if (rc == -1 && (rc = look_closer(ctx, m, move, err)) != 0)
		return rc == 1 ? 0 : -1;
	if (mig_lock(m, err) == -1)
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
	struct tb_run_opts opts = { .text = mig_stored_text, .text_arg = m };
	int rc = -1;

	if (mig_open(ctx, m, TB_PG_READ, err) == -1)
		return -1;
	if ((rc = look_at_stored(ctx, m, move, err)) != 0)
		return rc == 1 ? 0 : -1;
	rc = -1;
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
	struct tb_run_opts opts = { .text = mig_stored_text, .text_arg = m };
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
