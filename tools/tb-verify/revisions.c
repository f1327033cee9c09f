/*
 * revisions.c: the side that revision files make of an empty database.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/term.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "revision/graph.h"
#include "revision/plan.h"
#include "revision/run.h"
#include "verify.h"

static int
revision_dirs(const struct ver_job *job, struct tb_strs *dirs,
    struct tb_err *err)
{
	const struct tb_strs *given = &job->opt->revisions;

	for (size_t i = 0; i < given->n; i++)
		tb_strs_add(dirs, given->v[i]);
	if (dirs->n == 0)
		tb_conf_paths(&job->ctx->conf, "migrate|revisions", dirs);
	if (dirs->n > 0)
		return 0;
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "no folder with revisions is named");
	return tb_err_hint(err,
	    "Give --revisions DIR, or set \"revisions\" in section "
	    "\"migrate\" of tb.conf.");
}

static int
check_known(const struct ver_replay *r, const struct tb_graph *g,
    struct tb_err *err)
{
	struct tb_revs applied = TB_REVS_INIT;
	struct tb_strs unknown = TB_STRS_INIT;
	int rc = 0;

	tb_plan_applied(g, &r->job->rows, &applied, &unknown);
	if (unknown.n > 0) {
		rc = tb_err_set(err, TB_EXIT_DATA,
		    "%s is at revision \"%s\", of which there is no file",
		    r->job->owner->label, unknown.v[0]);
		(void)tb_err_hint(err,
		    "Bring the revision files up to date, or name the revision "
		    "to compare with: revisions@REV.");
	}
	tb_revs_release(&applied);
	tb_strs_release(&unknown);
	return rc;
}

static int
tell_pending(const struct ver_replay *r, const struct tb_graph *g,
    struct tb_err *err)
{
	struct tb_revs pending = TB_REVS_INIT;
	int rc = tb_plan_pending(g, &r->job->rows, &pending, err);

	if (rc == 0 && pending.n > 0)
		tb_info("%zu revision%s not applied to %s: compared at the "
			"revision that it is at",
		    pending.n, pending.n == 1 ? " is" : "s are",
		    r->job->owner->label);
	tb_revs_release(&pending);
	return rc;
}

/* What to upgrade to: what the user said, else what the database is at. */
static int
find_targets(const struct ver_replay *r, const struct tb_graph *g,
    struct tb_strs *targets, struct tb_err *err)
{
	const struct ver_job *job = r->job;

	if (r->side->target != NULL) {
		if (strcmp(r->side->target, "base") != 0)
			tb_strs_add(targets, r->side->target);
		return 0;
	}
	if (!job->has_rows) {
		if (job->owner != NULL)
			tb_info("%s has no version table: compared with all "
				"revisions",
			    job->owner->label);
		if (g->revs.n > 0)
			tb_strs_add(targets, "heads");
		return 0;
	}
	if (check_known(r, g, err) == -1 || tell_pending(r, g, err) == -1)
		return -1;
	for (size_t i = 0; i < job->rows.n; i++)
		tb_strs_add(targets, job->rows.v[i]);
	return 0;
}

static void
name_side(struct ver_side *side, const struct tb_strs *rows)
{
	char *ids = tb_strs_join(rows, ",");

	free(side->name);
	side->name = tb_asprintf("revisions@%s", rows->n > 0 ? ids : "base");
	free(ids);
}

static void
show_progress(void *arg TB_UNUSED, const struct tb_run_step *rs, size_t number,
    size_t count)
{
	const struct tb_revision *rev = rs->step->rev;

	tb_progress("replaying revision %zu of %zu: %s", number, count,
	    rev != NULL ? rev->h.id : "");
}

/*
 * A transaction for each revision, whatever tb-migrate was told: all of them
 * in one would need a lock for each table that there is.
 */
static int
run_plan(struct ver_replay *r, const struct tb_plan *plan, struct tb_err *err)
{
	const struct tb_run_opts opts = {
		.scope = TB_RUN_REVISION,
		.hooks.begin = show_progress,
	};
	struct tb_run run = TB_RUN_INIT;
	int rc = tb_run_prepare(&run, plan, &opts, err);

	if (rc == 0)
		rc = tb_run_replay(&run, r->scratch.db, err);
	if (rc == -1 && err->code < TB_EXIT_SIGNAL)
		(void)tb_err_prefix(err, "could not replay the revisions");
	tb_run_release(&run);
	return rc;
}

static int
replay_targets(struct ver_replay *r, const struct tb_graph *g,
    const struct tb_strs *targets, struct tb_err *err)
{
	struct tb_strs rows = TB_STRS_INIT;
	int rc = 0;

	for (size_t i = 0; i < targets->n && rc == 0; i++) {
		struct tb_plan plan = TB_PLAN_INIT;

		rc = tb_plan_upgrade(g, &rows, targets->v[i], &plan, err);
		if (rc == 0)
			rc = run_plan(r, &plan, err);
		tb_strs_release(&rows);
		rows = plan.after;
		plan.after = (struct tb_strs)TB_STRS_INIT;
		tb_plan_release(&plan);
	}
	if (rc == 0)
		name_side(r->side, &rows);
	tb_strs_release(&rows);
	return rc;
}

int
ver_fill_from_revisions(struct ver_replay *r, struct tb_err *err)
{
	bool recursive = tb_conf_bool(&r->job->ctx->conf, "migrate|recursive");
	struct tb_strs dirs = TB_STRS_INIT, targets = TB_STRS_INIT;
	struct tb_graph *g = NULL;
	int rc = revision_dirs(r->job, &dirs, err);

	if (rc == 0 && (g = tb_graph_load(&dirs, recursive, err)) == NULL)
		rc = -1;
	if (rc == 0)
		rc = find_targets(r, g, &targets, err);
	if (rc == 0)
		rc = replay_targets(r, g, &targets, err);
	tb_graph_free(g);
	tb_strs_release(&targets);
	tb_strs_release(&dirs);
	return rc;
}
