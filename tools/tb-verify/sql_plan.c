/*
 * sql_plan.c: from two sides to SQL.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "sql_plan.h"

/* An option that has nothing to do with statements; NULL: none is given. */
static const char *
other_option(const struct ver_options *opt)
{
	return opt->summary   ? "--summary" :
	    opt->fingerprint  ? "--fingerprint" :
	    opt->snapshot     ? "--snapshot" :
	    opt->quick        ? "--quick" :
	    opt->column_order ? "--column-order" :
				NULL;
}

/* One that is of use only for statements; NULL: none is given. */
static const char *
only_option(const struct ver_options *opt)
{
	return opt->allow.n > 0 ? "--allow" :
	    opt->renames.n > 0  ? "--rename" :
	    opt->bare           ? "--bare" :
	    opt->plain          ? "--plain" :
				  NULL;
}

int
ver_sql_check(const struct ver_options *opt, struct tb_err *err)
{
	const char *other = other_option(opt), *only = only_option(opt);

	if (!opt->sql && !opt->prove) {
		if (only == NULL)
			return 0;
		return tb_err_set(err, TB_EXIT_USAGE,
		    "%s goes with --sql or --prove", only);
	}
	if (other != NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "%s and %s do not go together",
		    opt->sql ? "--sql" : "--prove", other);
	return ver_hazard_check(opt, err);
}

static void
ignore(struct tb_diff *diff, void *job)
{
	ver_ignore_diff(job, diff);
}

static void
warn_of_unresolved(const struct tb_reconcile *plan)
{
	for (size_t i = 0; i < plan->nunresolved; i++) {
		const struct tb_unresolved *u = &plan->unresolved[i];
		struct tb_buf name = TB_BUF_INIT;

		ver_sql_comment(&name, u->identity);
		if (u->attribute != NULL)
			tb_warn("no statement is known that changes \"%s\" of "
				"%s %s",
			    u->attribute, u->class, name.s);
		else
			tb_warn("no statement is known to %s %s %s", u->verb,
			    u->class, name.s);
		tb_buf_release(&name);
	}
	if (plan->loops > 0)
		tb_warn("what depends on what has a loop: the order of the "
			"statements may be wrong");
}

/* What acts on more than the database is not in the copy. */
static void
tell_untried(const struct ver_job *job, const struct ver_plan *plan)
{
	struct tb_strs classes = TB_STRS_INIT;
	char *list;

	for (size_t i = 0; i < plan->renames.n + plan->changes.n; i++) {
		const struct tb_action *a = i < plan->renames.n ?
		    &plan->renames.v[i] :
		    &plan->changes.v[i - plan->renames.n];

		if (a->outside && !tb_strs_has(&classes, a->class))
			tb_strs_add(&classes, a->class);
	}
	list = tb_strs_join(&classes, ", ");
	if (classes.n > 0 && !job->ctx->quiet)
		tb_info("acts on more than this database, and was not tried: "
			"%s",
		    list);
	free(list);
	tb_strs_release(&classes);
}

static int
print(const struct ver_job *job, const struct ver_plan *plan)
{
	struct tb_buf text = TB_BUF_INIT;
	size_t n = plan->renames.n + plan->changes.n;

	if (job->ctx->quiet || !job->opt->sql)
		return 0;
	if (tb_cli_is_json(job->ctx)) {
		ver_print_sql_json(job, plan);
		return 0;
	}
	ver_sql_print(&plan->renames, job->opt->bare, &text);
	if (plan->renames.n > 0 && plan->changes.n > 0)
		tb_buf_addc(&text, '\n');
	ver_sql_print(&plan->changes, job->opt->bare, &text);
	if (n > 0)
		(void)fwrite(text.s, 1, text.len, stdout);
	tb_buf_release(&text);
	return 0;
}

static int
make_plan(struct ver_job *job, struct ver_plan *plan, struct tb_err *err)
{
	const struct tb_reconcile_opts opts = {
		.plain = job->opt->plain,
		.filter = ignore,
		.arg = job,
	};

	if (ver_rename_plan(job, plan, err) == -1)
		return -1;
	tb_reconcile(plan->left, plan->right, &opts, &plan->changes);
	return 0;
}

int
ver_sql(struct ver_job *job, struct tb_err *err)
{
	struct ver_plan plan = {
		.renames = TB_RECONCILE_INIT,
		.changes = TB_RECONCILE_INIT,
		.left = &job->side[0].facts,
		.right = &job->side[1].facts,
	};
	int rc = make_plan(job, &plan, err);

	if (rc == 0) {
		warn_of_unresolved(&plan.changes);
		ver_rename_hint(job, &plan);
		rc = ver_hazard_refuse(job, &plan.changes, err);
	}
	if (rc == 0 && job->opt->prove) {
		rc = ver_prove(job, &plan, err);
		if (rc == 0)
			tell_untried(job, &plan);
	}
	if (rc == 0)
		rc = print(job, &plan);
	if (rc == 0 &&
	    plan.renames.n + plan.changes.n + plan.changes.nunresolved > 0)
		rc = TB_EXIT_FOUND;
	tb_reconcile_release(&plan.renames);
	tb_reconcile_release(&plan.changes);
	ver_rename_release(&plan);
	return rc;
}
