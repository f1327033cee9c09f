/*
 * A scratch database with the schema that the applied revisions make.
 */
#include "core/tb.h"

#include "cli/term.h"
#include "core/err.h"
#include "rehearse.h"

static void
ignore_notice(void *arg TB_UNUSED, const PGresult *res TB_UNUSED)
{
}

static void
show_progress(void *arg TB_UNUSED, const struct tb_run_step *rs, size_t number,
    size_t count)
{
	tb_progress("replaying revision %zu of %zu: %s", number, count,
	    rs->step->rev != NULL ? rs->step->rev->h.id : "");
}

static int
replay_plan(const struct mig_rehearsal *mr, const struct tb_scratch *s,
    const struct tb_plan *plan, struct tb_err *err)
{
	struct tb_run_opts opts = mr->up.opts;
	struct tb_run run = TB_RUN_INIT;
	int rc;

	opts.scope = TB_RUN_REVISION;
	opts.hooks = (struct tb_run_hooks){ .begin = show_progress };
	rc = tb_run_prepare(&run, plan, &opts, err);
	if (rc == 0)
		rc = tb_run_replay(&run, s->db, err);
	if (rc == -1 && err->code < TB_EXIT_SIGNAL)
		(void)tb_err_prefix(err,
		    "could not replay what is applied in a scratch database");
	tb_run_release(&run);
	return rc;
}

static int
replay_applied(const struct mig_rehearsal *mr, const struct tb_scratch *s,
    struct tb_err *err)
{
	const struct tb_strs *applied = &mr->m->history.rows;
	struct tb_strs rows = TB_STRS_INIT;
	int rc = 0;

	for (size_t i = 0; i < applied->n && rc == 0; i++) {
		struct tb_plan plan = TB_PLAN_INIT;

		rc = tb_plan_upgrade(mr->m->graph, &rows, applied->v[i], &plan,
		    err);
		if (rc == 0)
			rc = replay_plan(mr, s, &plan, err);
		tb_strs_release(&rows);
		rows = plan.after;
		plan.after = (struct tb_strs)TB_STRS_INIT;
		tb_plan_release(&plan);
	}
	tb_strs_release(&rows);
	return rc;
}

/* What a person reads of it comes from the rehearsal, not from the replay. */
static int
fill(const struct mig_rehearsal *mr, struct tb_scratch *s, struct tb_err *err)
{
	PQnoticeReceiver theirs =
	    PQsetNoticeReceiver(s->db, ignore_notice, NULL);
	int rc = replay_applied(mr, s, err);

	(void)PQsetNoticeReceiver(s->db, theirs, NULL);
	return rc;
}

int
mig_scratch_open(struct mig_rehearsal *mr, struct tb_scratch *s,
    struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	int rc = tb_cli_dsn(mr->ctx, &dsn, err);

	tb_progress("making a scratch database");
	if (rc == 0)
		rc = tb_scratch_open(s, &dsn, err);
	tb_dsn_release(&dsn);
	if (rc == 0 &&
	    (tb_scratch_copy_settings(s, s->admin, err) == -1 ||
		fill(mr, s, err) == -1)) {
		tb_scratch_close(s);
		rc = -1;
	}
	tb_progress_done();
	return rc;
}
