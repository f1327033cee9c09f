/*
 * tb-migrate rehearse: what would upgrade do, and is there a way back?
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/conf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "rehearse.h"

/* Everybody who needs the table queues up behind us for so long. */
#define LOCK_TIMEOUT "2s"

static bool want_scratch;

/* All revisions of the plan that have a way back, last one first. */
static int
plan_back(struct mig_rehearsal *mr, struct tb_err *err)
{
	struct tb_plan *back = &mr->back_plan;
	struct tb_run_opts opts = mr->up.opts;

	back->v = tb_calloc(mr->up.n + 1, sizeof(*back->v));
	back->cap = mr->up.n + 1;
	for (size_t i = mr->up.n; i-- > 0;) {
		const struct tb_run_step *rs = &mr->up.v[i];

		if (rs->step->kind != TB_STEP_UPGRADE)
			continue;
		if (mig_step_is_stuck(rs))
			tb_strs_add(&mr->stuck, rs->step->rev->h.id);
		else
			back->v[back->n++] = (struct tb_step){
				.kind = TB_STEP_DOWNGRADE,
				.rev = rs->step->rev,
				.from = tb_strdup(rs->step->to),
				.to = tb_strdup(rs->step->from),
			};
	}
	return tb_run_prepare(&mr->down, back, &opts, err);
}

static int
plan(struct mig_rehearsal *mr, const char *what, struct tb_err *err)
{
	struct tb_run_opts opts = { .scope = TB_RUN_WHOLE };
	const struct mig *m = mr->m;

	if (tb_plan_upgrade(m->graph, &m->history.rows, what, &mr->plan, err) ==
	    -1)
		return mig_explain(mr->m, err);
	if (mig_run_opts(mr->ctx, &opts, err) == -1 ||
	    tb_run_prepare(&mr->up, &mr->plan, &opts, err) == -1)
		return -1;
	return plan_back(mr, err);
}

/* The first step that cannot be in a transaction; NULL: there is none. */
static const struct tb_run_step *
first_alone(const struct tb_run *run)
{
	for (size_t i = 0; i < run->n; i++)
		if (run->v[i].alone != NULL)
			return &run->v[i];
	return NULL;
}

static void
choose_place(struct mig_rehearsal *mr)
{
	const struct tb_run_step *rs = first_alone(&mr->up);

	if (rs == NULL)
		rs = first_alone(&mr->down);
	mr->scratch = want_scratch || rs != NULL;
	if (want_scratch)
		tb_info("rehearsing in a scratch database with the schema of "
			"the applied revisions, without its data");
	else if (rs != NULL)
		tb_info("rehearsing in a scratch database with the schema of "
			"the applied revisions, without its data: revision "
			"\"%s\" runs outside a transaction (%s)",
		    rs->step->rev->h.id, rs->alone);
	else
		tb_info("rehearsing in a transaction that is rolled back; its "
			"locks are real until then");
}

static void
hint(const struct mig_rehearsal *mr, struct tb_err *err)
{
	if (mr->scratch || err->code > TB_EXIT_SIGNAL)
		return;
	if (strcmp(err->sqlstate, "55P03") == 0) /* lock_not_available */
		(void)tb_err_hint(err,
		    "Somebody uses the table: try again, wait longer with "
		    "--lock-timeout, or rehearse without touching it with "
		    "--scratch.");
	else if (strcmp(err->sqlstate, "53200") == 0 || /* out_of_memory */
	    strcmp(err->sqlstate, "55P04") == 0 || /* unsafe_new_enum_value */
	    strcmp(err->sqlstate, "55006") == 0)   /* object_in_use */
		(void)tb_err_hint(err,
		    "The whole rehearsal is one transaction here; with "
		    "--scratch the transactions are those of the run.");
}

static int
in_scratch(struct mig_rehearsal *mr, const struct tb_rehearsal_opts *opts,
    struct tb_err *err)
{
	struct tb_scratch s = TB_SCRATCH_INIT;
	int rc = tb_history_unlock(&mr->m->history, err);

	if (rc == 0)
		rc = mig_scratch_open(mr, &s, err);
	if (rc == -1)
		return -1;
	rc = mig_rehearse(mr, s.db, opts, err);
	tb_scratch_close(&s);
	return rc;
}

static int
rehearse_planned(struct mig_rehearsal *mr, struct tb_err *err)
{
	const char *timeout = mr->up.opts.lock_timeout;
	struct tb_rehearsal_opts opts = {
		.role = mr->up.opts.role,
		.lock_timeout = timeout != NULL ? timeout : LOCK_TIMEOUT,
		.statement_timeout = mr->up.opts.statement_timeout,
	};
	int rc;

	choose_place(mr);
	opts.scratch = mr->scratch;
	rc = mr->scratch ? in_scratch(mr, &opts, err) :
			   mig_rehearse(mr, mr->m->history.db, &opts, err);
	if (rc == -1)
		hint(mr, err);
	return rc;
}

static int
report(const struct mig_rehearsal *mr)
{
	if (tb_cli_is_json(mr->ctx))
		mig_rehearsal_print_json(mr);
	else
		mig_rehearsal_print(mr);
	return mig_trip_differs(&mr->trip) ? TB_EXIT_FOUND : TB_EXIT_OK;
}

static void
release(struct mig_rehearsal *mr)
{
	mig_trip_release(&mr->trip);
	tb_rehearsal_release(&mr->watched);
	tb_strs_release(&mr->stuck);
	tb_run_release(&mr->down);
	tb_run_release(&mr->up);
	tb_plan_release(&mr->back_plan);
	tb_plan_release(&mr->plan);
}

static int
rehearse(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	struct mig m = MIG_INIT;
	struct mig_rehearsal mr = MIG_REHEARSAL_INIT;
	int rc = mig_load(ctx, &m, err);

	mr.ctx = ctx;
	mr.m = &m;
	/* Nobody else is to migrate while our locks are in the way. */
	if (rc == 0)
		rc = mig_open(ctx, &m, TB_PG_WRITE, err);
	if (rc == 0)
		rc = mig_lock(&m, err);
	if (rc == 0)
		rc = plan(&mr, argc > 0 ? argv[0] : "head", err);
	if (rc == 0 && mr.up.n == 0)
		tb_info("nothing to do");
	else if (rc == 0)
		rc = rehearse_planned(&mr, err);
	if (rc == 0)
		rc = report(&mr);
	release(&mr);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG(0, "scratch",
	    "in a scratch database, with the schema and without the data",
	    &want_scratch),
	TB_OPT_WORD(0, "transaction", "SCOPE",
	    "one transaction for the run, or for each revision (run)",
	    &mig_opts.transaction, mig_transaction_words),
	TB_OPT_STR(0, "lock-timeout", "TIME",
	    "how long a statement waits for a lock (" LOCK_TIMEOUT ")",
	    &mig_opts.lock_timeout),
	TB_OPT_STR(0, "statement-timeout", "TIME",
	    "how long a statement may take", &mig_opts.statement_timeout),
	MIG_OPT_VARIABLE,
	MIG_OPT_ROLE,
	MIG_OPT_WAIT_LOCK,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_rehearse = {
	.name = "rehearse",
	.args = "[REVISION]",
	.help = "try an upgrade and the way back, and keep nothing",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.max_args = 1,
	.run = rehearse,
};
