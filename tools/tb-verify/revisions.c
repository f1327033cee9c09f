/*
 * revisions.c: the side that revision files make of an empty database.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/term.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "replay.h"
#include "revision/graph.h"
#include "revision/plan.h"
#include "revision/run.h"

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

/* The steps from nothing to where the side is, in one plan for each target. */
struct source {
	struct tb_graph *g;
	struct tb_plan *plans;
	size_t n;
};

static int
add_step(struct tb_buf *sql, const struct tb_step *step, struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;
	int rc;

	if (step->kind != TB_STEP_UPGRADE)
		return 0;
	rc = tb_file_read(step->rev->h.path, &text, err);
	if (rc == 0)
		tb_buf_addf(sql, "revision %s %zu\n%s\n", step->rev->h.id,
		    text.len, text.s);
	tb_buf_release(&text);
	return rc;
}

static int
plan_targets(struct ver_replay *r, const struct tb_strs *targets,
    struct tb_buf *sql, struct tb_err *err)
{
	struct source *s = r->source;
	struct tb_strs none = TB_STRS_INIT;
	const struct tb_strs *rows = &none;

	s->plans = tb_calloc(targets->n, sizeof(*s->plans));
	for (size_t i = 0; i < targets->n; i++) {
		struct tb_plan *plan = &s->plans[s->n++];

		*plan = (struct tb_plan)TB_PLAN_INIT;
		if (tb_plan_upgrade(s->g, rows, targets->v[i], plan, err) == -1)
			return -1;
		for (size_t j = 0; j < plan->n; j++) {
			if (add_step(sql, &plan->v[j], err) == -1)
				return -1;
			ver_keep_step(ver_making(r));
		}
		rows = &plan->after;
	}
	name_side(r->side, rows);
	return 0;
}

static int
prepare(struct ver_replay *r, struct tb_buf *sql, struct tb_err *err)
{
	bool recursive = tb_conf_bool(&r->job->ctx->conf, "migrate|recursive");
	struct tb_strs dirs = TB_STRS_INIT, targets = TB_STRS_INIT;
	struct source *s = tb_calloc(1, sizeof(*s));
	int rc = revision_dirs(r->job, &dirs, err);

	r->source = s;
	if (rc == 0 && (s->g = tb_graph_load(&dirs, recursive, err)) == NULL)
		rc = -1;
	if (rc == 0)
		rc = find_targets(r, s->g, &targets, err);
	if (rc == 0)
		rc = ver_findings(r->job, s->g, err);
	if (rc == 0)
		rc = plan_targets(r, &targets, sql, err);
	tb_strs_release(&targets);
	tb_strs_release(&dirs);
	return rc;
}

static void
tame(struct ver_replay *r, struct tb_run *run)
{
	for (size_t i = 0; i < run->n; i++) {
		for (size_t j = 0; j < run->v[i].stmts.n; j++)
			ver_subscription_tame(&run->v[i].stmts.v[j],
			    &r->enabled);
		ver_grants_add(ver_making(r), &run->v[i].stmts);
	}
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

	if (rc == 0) {
		tame(r, &run);
		rc = tb_run_replay(&run, r->scratch.db, err);
	}
	if (rc == -1 && err->code < TB_EXIT_SIGNAL)
		(void)tb_err_prefix(err, "could not replay the revisions");
	tb_run_release(&run);
	return rc;
}

/* All of them, but those that the database has that is started from. */
static int
run(struct ver_replay *r, struct tb_err *err)
{
	const struct source *s = r->source;
	size_t skip = ver_making(r)->keep.done;

	for (size_t i = 0; i < s->n; i++) {
		size_t n = skip < s->plans[i].n ? skip : s->plans[i].n;
		struct tb_plan rest = s->plans[i];

		rest.v += n;
		rest.n -= n;
		skip -= n;
		if (rest.n > 0 && run_plan(r, &rest, err) == -1)
			return -1;
	}
	return 0;
}

static void
release(struct ver_replay *r)
{
	struct source *s = r->source;

	for (size_t i = 0; s != NULL && i < s->n; i++)
		tb_plan_release(&s->plans[i]);
	if (s != NULL) {
		free(s->plans);
		tb_graph_free(s->g);
	}
	free(s);
}

const struct ver_source ver_source_revisions = { prepare, run, release };
