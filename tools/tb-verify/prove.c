/*
 * prove.c: does the SQL do what it says?
 *
 * A scratch database is made like the first side, by SQL of the same kind;
 * the plan is run there; and what it made is compared with the second side.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/term.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/script.h"
#include "sql_plan.h"

#define SHOWN 10 /* differences that are left */

static void
ignore_notice(void *arg TB_UNUSED, const PGresult *res)
{
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

	if (text != NULL)
		tb_debug("scratch: %s", text);
}

static bool
is_inside(const struct tb_facts *facts TB_UNUSED, const struct tb_fact *f,
    void *arg)
{
	const struct ver_copy *copy = arg;
	const char *parent = f->parent != NULL ? f->parent : "";
	size_t n = strcspn(parent, " ");

	/* Neither is what is part of it, such as a comment. */
	for (size_t i = 0; i < copy->outside.n; i++)
		if (strcmp(copy->outside.v[i], f->class->name) == 0 ||
		    (n > 0 && strlen(copy->outside.v[i]) == n &&
			strncmp(copy->outside.v[i], parent, n) == 0))
			return false;
	return true;
}

int
ver_copy_read(struct ver_copy *copy, struct tb_facts *facts, struct tb_err *err)
{
	const struct ver_side *like = &copy->job->side[0];
	struct ver_side side = {
		.kind = like->kind,
		.word = like->word,
		.target = like->target,
		.name = like->name,
		.label = like->label,
		.facts = TB_FACTS_INIT,
	};

	if (ver_owners_scratch(copy->job, &side, copy->scratch.db, err) == -1 ||
	    tb_facts_read(&side.facts, copy->scratch.db, TB_FACTS_EDGES, err) ==
		-1)
		return -1;
	ver_filter(copy->job, &side);
	ver_ignore_facts(copy->job, &side);
	ver_filter_classes(copy->job, &side);
	free(side.objects);
	tb_facts_keep(&side.facts, is_inside, copy);
	*facts = side.facts;
	return 0;
}

/* The statements that act on this database only; the plan lends them. */
static void
inside(const struct tb_reconcile *plan, bool bare, struct tb_buf *text)
{
	struct tb_reconcile part = TB_RECONCILE_INIT;

	part.v = tb_calloc(plan->n + 1, sizeof(*part.v));
	for (size_t i = 0; i < plan->n; i++)
		if (!plan->v[i].outside)
			part.v[part.n++] = plan->v[i];
	ver_sql_text(&part, bare, text);
	free(part.v);
}

static int
run(struct ver_copy *copy, const struct tb_reconcile *plan, bool bare,
    struct tb_err *err)
{
	struct tb_buf text = TB_BUF_INIT;
	int rc;

	inside(plan, bare, &text);
	ver_signal_target(copy->scratch.db);
	rc = tb_script_run(copy->scratch.db, text.s, "--sql", 1, err);
	ver_signal_target(NULL);
	tb_buf_release(&text);
	return rc;
}

int
ver_copy_run(struct ver_copy *copy, const struct tb_reconcile *plan,
    struct tb_err *err)
{
	return run(copy, plan, false, err);
}

/*
 * Each statement by itself: in one transaction all that there is to make would
 * want a lock for each table.
 */
static int
run_alone(struct ver_copy *copy, const struct tb_reconcile *plan,
    struct tb_err *err)
{
	if (tb_pg_exec(copy->scratch.db, "SET check_function_bodies = off",
		err) == -1 ||
	    tb_pg_exec(copy->scratch.db, "SET synchronous_commit = off", err) ==
		-1 ||
	    run(copy, plan, true, err) == -1)
		return -1;
	return tb_pg_exec(copy->scratch.db, "RESET check_function_bodies", err);
}

static void
describe(const struct tb_difference *d, struct tb_buf *b)
{
	const struct tb_fact *f = tb_diff_fact(d);

	tb_buf_addf(b, "%s ", f->class->name);
	ver_sql_comment(b, f->identity);
	if (d->kind == TB_DIFF_CHANGED) {
		tb_buf_addf(b, ": %s is ", d->attribute);
		ver_sql_comment(b,
		    d->left_value != NULL ? d->left_value : "none");
		tb_buf_add(b, ", should be ");
		ver_sql_comment(b,
		    d->right_value != NULL ? d->right_value : "none");
	} else {
		tb_buf_add(b,
		    d->kind == TB_DIFF_ADDED ? " is missing" :
					       " should not be there");
	}
}

/*
 * How many differences there are between what was made and what should have
 * been; the first ones are told.
 */
static size_t
compare(struct ver_copy *copy, const struct tb_facts *made,
    const struct tb_facts *wanted, struct tb_strs *texts)
{
	struct tb_diff diff = TB_DIFF_INIT;
	size_t n = 0;

	tb_diff(&diff, made, wanted, false);
	ver_ignore_diff(copy->job, &diff);
	for (size_t i = 0; i < diff.n; i++) {
		struct tb_buf b = TB_BUF_INIT;

		if (!is_inside(NULL, tb_diff_fact(&diff.v[i]), copy))
			continue;
		if (n++ < SHOWN) {
			describe(&diff.v[i], &b);
			tb_strs_add(texts, b.s);
		}
		tb_buf_release(&b);
	}
	tb_diff_release(&diff);
	return n;
}

/* Build it from nothing: by the short forms, since there are no rows. */
static int
fill(struct ver_copy *copy, struct tb_err *err)
{
	const struct tb_facts *left = &copy->job->side[0].facts;
	const struct tb_reconcile_opts opts = { .plain = true };
	struct tb_facts empty = TB_FACTS_INIT, made = TB_FACTS_INIT;
	struct tb_reconcile plan = TB_RECONCILE_INIT;
	struct tb_strs texts = TB_STRS_INIT;
	int rc = ver_copy_read(copy, &empty, err);

	if (rc == 0) {
		tb_reconcile(&empty, left, &opts, &plan);
		rc = run_alone(copy, &plan, err);
	}
	if (rc == -1)
		(void)tb_err_prefix(err, "could not make a copy of %s",
		    copy->job->side[0].name);
	if (rc == 0)
		rc = ver_copy_read(copy, &made, err);
	if (rc == 0)
		copy->exact = compare(copy, &made, left, &texts) == 0;
	for (size_t i = 0; i < texts.n; i++)
		tb_warn("the copy of %s is not exact: %s",
		    copy->job->side[0].name, texts.v[i]);
	tb_strs_release(&texts);
	tb_reconcile_release(&plan);
	tb_facts_release(&empty);
	tb_facts_release(&made);
	return rc;
}

int
ver_copy_open(struct ver_copy *copy, struct ver_job *job, struct tb_err *err)
{
	*copy = (struct ver_copy){
		.job = job,
		.scratch = TB_SCRATCH_INIT,
		.outside = TB_STRS_INIT,
	};
	tb_reconcile_outside(&copy->outside);
	ver_signal_catch();
	tb_progress("copying %s into a scratch database", job->side[0].name);
	if (tb_scratch_open(&copy->scratch, &job->server, err) == -1)
		return -1;
	(void)PQsetNoticeReceiver(copy->scratch.db, ignore_notice, NULL);
	return fill(copy, err);
}

void
ver_copy_close(struct ver_copy *copy)
{
	tb_scratch_close(&copy->scratch);
	tb_strs_release(&copy->outside);
	ver_signal_release();
	tb_progress_done();
}

static int
judge(struct ver_copy *copy, const struct ver_plan *plan, struct tb_err *err)
{
	struct tb_facts made = TB_FACTS_INIT;
	struct tb_strs texts = TB_STRS_INIT;
	size_t n;

	if (ver_copy_read(copy, &made, err) == -1)
		return -1;
	n = compare(copy, &made, plan->right, &texts);
	tb_facts_release(&made);
	if (n > 0) {
		(void)tb_err_set(err, TB_EXIT_BUG,
		    "the SQL does not make %s like %s: %zu difference%s left",
		    copy->job->side[0].name, copy->job->side[1].name, n,
		    n == 1 ? " is" : "s are");
		for (size_t i = 0; i < texts.n; i++)
			(void)tb_err_detail(err, "%s", texts.v[i]);
		if (!copy->exact)
			(void)tb_err_hint(err,
			    "It was tried on a copy that is not exact: see "
			    "the warnings.");
	}
	tb_strs_release(&texts);
	return n > 0 ? -1 : 0;
}

/*
 * That it fails is our fault, unless it is only too much at once: so it would
 * be in the real database.
 */
static int
explain(struct tb_err *err)
{
	if (strcmp(err->sqlstate, "53200") == 0) /* out_of_memory */
		(void)tb_err_hint(err,
		    "A transaction needs a lock for each object that it "
		    "touches: print the SQL with --bare and run it statement "
		    "by statement.");
	else
		err->code = TB_EXIT_BUG;
	return tb_err_prefix(err, "the SQL fails");
}

int
ver_prove(struct ver_job *job, const struct ver_plan *plan, struct tb_err *err)
{
	struct ver_copy copy;
	int rc = ver_copy_open(&copy, job, err);

	tb_progress("trying the SQL");
	if (rc == 0 &&
	    (ver_copy_run(&copy, &plan->renames, err) == -1 ||
		ver_copy_run(&copy, &plan->changes, err) == -1))
		rc = explain(err);
	if (rc == 0)
		rc = judge(&copy, plan, err);
	ver_copy_close(&copy);
	if (ver_signal_check(err) == -1)
		return -1;
	return rc;
}
