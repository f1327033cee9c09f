/*
 * tb-migrate resume: finish a revision that was interrupted outside a
 * transaction, and go on to where that run was to go.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/term.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "migrate.h"
#include "revision/graph.h"
#include "revision/run_journal.h"

static struct {
	bool skip, mark_done, forget;
} choice;

/* What is done, for --format json. */
struct resume {
	struct tb_ctx *ctx;
	struct mig *m;
	const struct tb_journal *journal;
	json_t *result; /* NULL: text */
};

/* The way to a revision, or one step down from it. */
static int
plan_one(struct mig *m, const char *id, bool down, struct tb_plan *plan,
    struct tb_err *err)
{
	const struct tb_strs *rows = &m->history.rows;
	char *below;
	int rc;

	if (!down)
		return tb_plan_upgrade(m->graph, rows, id, plan, err);
	below = tb_asprintf("%s@-1", id);
	rc = tb_plan_downgrade(m->graph, rows, below, plan, err);
	free(below);
	return rc;
}

static void
add_result(struct resume *r, const struct tb_run *run,
    const struct tb_plan *plan)
{
	json_t *o;

	if (!tb_cli_is_json(r->ctx))
		return;
	o = mig_json_plan(run, plan, true);
	if (r->result == NULL) {
		r->result = o;
		return;
	}
	(void)json_array_extend(json_object_get(r->result, "steps"),
	    json_object_get(o, "steps"));
	(void)json_object_set(r->result, "after", json_object_get(o, "after"));
	json_decref(o);
}

static int
begins_with(const struct tb_run *run, const char *id, struct tb_err *err)
{
	const struct tb_revision *rev = run->n > 0 ? run->v[0].step->rev : NULL;

	if (rev != NULL && strcmp(rev->h.id, id) == 0)
		return 0;
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "revision \"%s\" is not the next step from where the database is "
	    "now",
	    id);
	return tb_err_hint(err,
	    "See \"tb-migrate current\": bring it back to where it was, or "
	    "\"tb-migrate resume --forget\" once nothing of the revision is "
	    "left half done.");
}

static int
choose(struct resume *r, const struct tb_run *run, struct tb_err *err)
{
	enum tb_journal_choice how = TB_JOURNAL_GO_ON;

	if (r->journal == NULL)
		return 0;
	if (begins_with(run, r->journal->revision, err) == -1)
		return -1;
	if (choice.skip)
		how = TB_JOURNAL_SKIP;
	else if (choice.mark_done)
		how = TB_JOURNAL_MARK_DONE;
	return tb_journal_choose(&r->m->history, r->journal, &run->v[0], how,
	    err);
}

static int
run_plan(struct resume *r, const struct tb_plan *plan, struct tb_err *err)
{
	struct tb_run_opts opts = { .text = mig_stored_text, .text_arg = r->m };
	struct tb_run run = TB_RUN_INIT;
	int rc = -1;

	if (mig_run_opts(r->ctx, &opts, err) == 0 &&
	    tb_run_prepare(&run, plan, &opts, err) == 0 &&
	    choose(r, &run, err) == 0) {
		rc = tb_run_execute(&run, r->m->graph, &r->m->history, err);
		tb_progress_done();
	}
	if (rc == 0)
		add_result(r, &run, plan);
	tb_run_release(&run);
	return rc;
}

static int
run_to(struct resume *r, const char *id, bool down, struct tb_err *err)
{
	struct tb_plan plan = TB_PLAN_INIT;
	int rc = plan_one(r->m, id, down, &plan, err);

	if (rc == 0 && (plan.n > 0 || r->journal != NULL))
		rc = run_plan(r, &plan, err);
	tb_plan_release(&plan);
	return rc;
}

static bool
is_applied(const struct mig *m, const char *id)
{
	struct tb_revs applied = TB_REVS_INIT;
	bool found = false;

	tb_plan_applied(m->graph, &m->history.rows, &applied, NULL);
	for (size_t i = 0; i < applied.n && !found; i++)
		found = strcmp(applied.v[i]->h.id, id) == 0;
	tb_revs_release(&applied);
	return found;
}

/*
 * Up, the last one has the others below it where there are no branches, and
 * then this is one run again.  Down, it is one after the other.
 */
static int
run_rest(struct resume *r, const struct tb_strs *rest, bool down,
    struct tb_err *err)
{
	for (size_t i = 0; i < rest->n; i++) {
		const char *id = rest->v[down ? i : rest->n - 1 - i];

		if (is_applied(r->m, id) == down &&
		    run_to(r, id, down, err) == -1)
			return -1;
	}
	return 0;
}

static int
finish(struct resume *r, struct tb_err *err)
{
	const struct tb_journal *j = r->journal;
	struct tb_strs rest = TB_STRS_INIT;
	bool down = j->down;
	int rc;

	tb_strs_split(&rest, j->rest, " ");
	/* Applied, but its file is not here. */
	if (tb_graph_find(r->m->graph, j->revision) == NULL &&
	    mig_stored_use(r->ctx, r->m, true, err) == -1)
		return -1;
	rc = run_to(r, j->revision, down, err);
	r->journal = NULL;
	if (rc == 0)
		rc = run_rest(r, &rest, down, err);
	if (rc == 0 && r->result != NULL)
		tb_json_print(r->result);
	else
		json_decref(r->result);
	tb_strs_release(&rest);
	return rc;
}

static int
forget(struct mig *m, const struct tb_journal *j, struct tb_err *err)
{
	if (tb_journal_erase(&m->history, j->revision, 0, err) == -1)
		return -1;
	tb_info("forgot what was noted of revision \"%s\": %zu statements",
	    j->revision, j->n);
	return 0;
}

static int
nothing(struct tb_err *err)
{
	if (choice.skip || choice.mark_done || choice.forget) {
		(void)tb_err_set(err, TB_EXIT_DATA, "no revision is half done");
		return tb_err_hint(err,
		    "\"tb-migrate upgrade\" begins with the next one.");
	}
	tb_info("nothing to resume: no revision is half done");
	return 0;
}

/* The lock is held. */
static int
resume_locked(struct tb_ctx *ctx, struct mig *m, struct tb_err *err)
{
	struct tb_journal j = TB_JOURNAL_INIT;
	struct resume r = { .ctx = ctx, .m = m, .journal = &j };
	int rc = tb_journal_read(&m->history, m->graph, &j, err);

	if (rc == 0 && j.n == 0)
		rc = nothing(err);
	else if (rc == 0 && choice.forget)
		rc = forget(m, &j, err);
	else if (rc == 0)
		rc = finish(&r, err);
	tb_journal_release(&j);
	return rc;
}

static int
resume_online(struct tb_ctx *ctx, struct mig *m, struct tb_err *err)
{
	if (mig_load(ctx, m, err) == -1 ||
	    mig_open(ctx, m, TB_PG_WRITE, err) == -1 ||
	    mig_lock(m, err) == -1 || resume_locked(ctx, m, err) == -1)
		return -1;
	return tb_history_unlock(&m->history, err);
}

static int
resume(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	int rc;

	if (choice.skip + choice.mark_done + choice.forget > 1)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "only one of --skip, --mark-done and --forget can be true");
	rc = resume_online(ctx, &m, err);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG(0, "skip",
	    "go on behind the statement that was interrupted", &choice.skip),
	TB_OPT_FLAG(0, "mark-done", "that statement is done: go on behind it",
	    &choice.mark_done),
	TB_OPT_FLAG(0, "forget",
	    "nothing is half done any more: drop the note of it",
	    &choice.forget),
	MIG_OPT_RUN,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_resume = {
	.name = "resume",
	.help = "finish a revision that was interrupted",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = resume,
};
