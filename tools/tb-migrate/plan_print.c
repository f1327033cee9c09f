/*
 * The steps of a run: what is done, and where it is cut into transactions.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/mem.h"
#include "migrate.h"

static const char *
action_of(const struct tb_step *step)
{
	static const char *const words[] = { [TB_STEP_UPGRADE] = "upgrade",
		[TB_STEP_DOWNGRADE] = "downgrade",
		[TB_STEP_STAMP] = "stamp",
		[TB_STEP_ADOPT] = "stamp" };

	return words[step->kind];
}

static void
add_row(struct tb_table *t, const struct tb_run_step *rs)
{
	const struct tb_revision *rev = rs->step->rev;
	char *statements = tb_asprintf("%zu", rs->stmts.n);
	char *transaction = rs->alone == NULL ?
	    tb_asprintf("%zu", rs->transaction) :
	    tb_asprintf("none: %s, line %d", rs->alone, rs->alone_line);

	tb_table_add(t, action_of(rs->step), rev != NULL ? rev->h.id : "base",
	    statements, transaction, rev != NULL ? rev->h.message : "");
	free(statements);
	free(transaction);
}

static void
print_table(const struct tb_run *run)
{
	struct tb_table t;

	tb_table_init(&t, "STEP", "REVISION", "STATEMENTS", "TRANSACTION",
	    "MESSAGE", NULL);
	tb_table_right(&t, 2);
	for (size_t i = 0; i < run->n; i++)
		add_row(&t, &run->v[i]);
	tb_table_print(&t, stdout);
	tb_table_release(&t);
}

static json_t *
json_step(const struct tb_run_step *rs, bool done)
{
	const struct tb_revision *rev = rs->step->rev;
	json_t *o = json_object();

	tb_json_set(o, "action", action_of(rs->step));
	tb_json_set(o, "revision", rev != NULL ? rev->h.id : NULL);
	tb_json_set(o, "message", rev != NULL ? rev->h.message : NULL);
	tb_json_set(o, "path", rev != NULL ? rev->h.path : NULL);
	(void)json_object_set_new(o, "statements",
	    json_integer((json_int_t)rs->stmts.n));
	(void)json_object_set_new(o, "transaction",
	    rs->alone == NULL ? json_integer((json_int_t)rs->transaction) :
				json_null());
	tb_json_set(o, "alone", rs->alone);
	if (done)
		(void)json_object_set_new(o, "milliseconds",
		    json_real(rs->seconds * 1000));
	return o;
}

json_t *
mig_json_plan(const struct tb_run *run, const struct tb_plan *plan, bool done)
{
	json_t *o = json_object(), *steps = json_array();

	for (size_t i = 0; i < run->n; i++)
		(void)json_array_append_new(steps, json_step(&run->v[i], done));
	(void)json_object_set_new(o, "before", mig_json_strs(&plan->before));
	(void)json_object_set_new(o, "after", mig_json_strs(&plan->after));
	(void)json_object_set_new(o, "steps", steps);
	return o;
}

void
mig_print_plan(const struct tb_ctx *ctx, const struct tb_run *run,
    const struct tb_plan *plan)
{
	if (tb_cli_is_json(ctx))
		tb_json_print(mig_json_plan(run, plan, false));
	else
		print_table(run);
}
