/*
 * plan.c: lib/revision by hand, for the comparison with Alembic.
 *
 *	plan FOLDER... <commands >answers
 *
 * A command is a line "NAME|ROWS|ARGUMENT", an answer a line of JSON.  ROWS
 * are ids separated by blanks.  Names: graph, upgrade, downgrade, stamp, purge,
 * history, show, current, pending.  The first line is what became of loading
 * the folders.
 */
#include "core/tb.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/strs.h"
#include "revision/graph.h"
#include "revision/plan.h"
#include "revision/target.h"

static json_t *
ids(const struct tb_revs *revs)
{
	json_t *a = json_array();

	for (size_t i = 0; i < revs->n; i++)
		json_array_append_new(a, json_string(revs->v[i]->h.id));
	return a;
}

static json_t *
strings(const struct tb_strs *list)
{
	json_t *a = json_array();

	for (size_t i = 0; i < list->n; i++)
		json_array_append_new(a, json_string(list->v[i]));
	return a;
}

static json_t *
text(const char *s)
{
	return s != NULL ? json_string(s) : json_null();
}

static json_t *
failure(struct tb_err *err)
{
	json_t *o = json_pack("{s:i, s:o, s:o, s:o}", "rc", err->code,
	    "message", text(err->message), "detail", text(err->detail), "hint",
	    text(err->hint));

	tb_err_release(err);
	*err = (struct tb_err)TB_ERR_INIT;
	return o;
}

static json_t *
revision(const struct tb_revision *r)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:b, s:b}",
	    "id", r->h.id, "parents", ids(&r->parents), "children",
	    ids(&r->children), "depends_on", ids(&r->depends_on), "needs",
	    ids(&r->needs), "labels", strings(&r->labels), "head",
	    tb_revision_is_real_head(r), "effective_head",
	    tb_revision_is_effective_head(r), "branchpoint",
	    tb_revision_is_branchpoint(r), "mergepoint",
	    tb_revision_is_mergepoint(r));
}

static json_t *
graph(const struct tb_graph *g)
{
	json_t *revs = json_array();

	for (size_t i = 0; i < g->revs.n; i++)
		json_array_append_new(revs, revision(g->revs.v[i]));
	return json_pack("{s:i, s:o, s:o, s:o, s:o}", "rc", 0, "revs", revs,
	    "heads", ids(&g->heads), "real_heads", ids(&g->real_heads), "bases",
	    ids(&g->bases));
}

static json_t *
changes(const struct tb_step *step)
{
	static const char *const ops[] = { "insert", "delete", "update" };
	json_t *a = json_array();

	for (size_t i = 0; i < step->n_rows; i++)
		json_array_append_new(a,
		    json_pack("[s, o, o]", ops[step->rows[i].op],
			text(step->rows[i].from), text(step->rows[i].to)));
	return a;
}

/* Each step with the rows that it leaves. */
static json_t *
steps(const struct tb_plan *plan, struct tb_strs *rows)
{
	static const char *const kinds[] = { "upgrade", "downgrade", "stamp",
		"adopt" };
	json_t *a = json_array();

	for (size_t i = 0; i < plan->n; i++) {
		const struct tb_step *s = &plan->v[i];

		tb_step_apply(s, rows);
		json_array_append_new(a,
		    json_pack("{s:s, s:o, s:s, s:s, s:o, s:o}", "kind",
			kinds[s->kind], "rev",
			text(s->rev != NULL ? s->rev->h.id : NULL), "from",
			s->from, "to", s->to, "changes", changes(s), "rows",
			strings(rows)));
	}
	return a;
}

static json_t *
plan(const struct tb_graph *g, const char *name, struct tb_strs *rows,
    const char *what)
{
	struct tb_plan p = TB_PLAN_INIT;
	struct tb_err err = TB_ERR_INIT;
	struct tb_strs targets = TB_STRS_INIT;
	json_t *o;
	int rc;

	tb_strs_split(&targets, what, " ");
	if (strcmp(name, "upgrade") == 0)
		rc = tb_plan_upgrade(g, rows, what, &p, &err);
	else if (strcmp(name, "downgrade") == 0)
		rc = tb_plan_downgrade(g, rows, what, &p, &err);
	else
		rc = tb_plan_stamp(g, rows, &targets,
		    strcmp(name, "purge") == 0, &p, &err);
	if (rc == -1) {
		o = failure(&err);
	} else {
		json_t *list = steps(&p, rows);

		o = json_pack("{s:i, s:o, s:o}", "rc", 0, "steps", list,
		    "after", strings(&p.after));
	}
	tb_strs_release(&targets);
	tb_plan_release(&p);
	return o;
}

static json_t *
list(const struct tb_graph *g, const char *name, const struct tb_strs *rows,
    const char *what)
{
	struct tb_revs revs = TB_REVS_INIT;
	struct tb_err err = TB_ERR_INIT;
	json_t *o;
	int rc = 0;

	if (strcmp(name, "history") == 0)
		rc = tb_target_history(g, rows, what[0] != '\0' ? what : NULL,
		    &revs, &err);
	else if (strcmp(name, "show") == 0)
		rc = tb_target_show(g, rows, what, &revs, &err);
	else if (strcmp(name, "pending") == 0)
		rc = tb_plan_pending(g, rows, &revs, &err);
	else if (strcmp(name, "current") == 0)
		tb_plan_current(g, rows, &revs, NULL);
	else
		rc = tb_err_set(&err, TB_EXIT_USAGE, "no command \"%s\"", name);
	if (rc == -1)
		o = failure(&err);
	else
		o = json_pack("{s:i, s:o}", "rc", 0, "revs", ids(&revs));
	tb_revs_release(&revs);
	return o;
}

static void
answer(json_t *o)
{
	char *s;

	if (o == NULL)
		tb_bug("no answer");
	s = json_dumps(o, JSON_COMPACT);
	puts(s);
	free(s);
	json_decref(o);
}

static void
command(const struct tb_graph *g, char *line)
{
	char *rest = line;
	const char *name = strsep(&rest, "|");
	const char *row_list = strsep(&rest, "|");
	const char *what = rest != NULL ? rest : "";
	struct tb_strs rows = TB_STRS_INIT;

	tb_strs_split(&rows, row_list != NULL ? row_list : "", " ");
	if (strcmp(name, "graph") == 0)
		answer(graph(g));
	else if (strcmp(name, "upgrade") == 0 ||
	    strcmp(name, "downgrade") == 0 || strcmp(name, "stamp") == 0 ||
	    strcmp(name, "purge") == 0)
		answer(plan(g, name, &rows, what));
	else
		answer(list(g, name, &rows, what));
	tb_strs_release(&rows);
}

int
main(int argc, char *argv[])
{
	struct tb_strs dirs = TB_STRS_INIT;
	struct tb_err err = TB_ERR_INIT;
	struct tb_graph *g;
	char *line = NULL;
	size_t cap = 0;

	tb_log_init("plan");
	for (int i = 1; i < argc; i++)
		tb_strs_add(&dirs, argv[i]);
	g = tb_graph_load(&dirs, false, &err);
	tb_strs_release(&dirs);
	if (g == NULL) {
		answer(failure(&err));
		return 0;
	}
	answer(json_pack("{s:i}", "rc", 0));
	while (getline(&line, &cap, stdin) != -1) {
		line[strcspn(line, "\n")] = '\0';
		command(g, line);
	}
	free(line);
	tb_graph_free(g);
	return 0;
}
