/*
 * plan.c: upgrade and downgrade.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "revision/rows.h"
#include "revision/target.h"

struct tb_step *
tb_plan_add(struct tb_plan *plan, enum tb_step_kind kind,
    struct tb_revision *rev)
{
	struct tb_step *step;

	plan->v = tb_grow(plan->v, plan->n, &plan->cap, sizeof(*plan->v));
	step = &plan->v[plan->n++];
	*step = (struct tb_step){ .kind = kind, .rev = rev };
	return step;
}

/* An id that was replaced gives way to the one that stands for it now. */
static void
adopt(const struct tb_graph *g, struct tb_plan *plan)
{
	for (size_t i = 0; i < plan->before.n; i++) {
		const char *row = plan->before.v[i];
		struct tb_revision *r = tb_graph_find(g, row);
		struct tb_step *step;

		if (r == NULL || strcmp(r->h.id, row) == 0)
			continue;
		step = tb_plan_add(plan, TB_STEP_ADOPT, r);
		step->from = tb_strdup(row);
		step->to = tb_strdup(r->h.id);
		tb_step_change(step, TB_ROW_UPDATE, row, r->h.id);
	}
}

static int
begin(const struct tb_graph *g, const struct tb_strs *rows,
    struct tb_plan *plan, struct tb_revs *revs, struct tb_state *state,
    struct tb_err *err)
{
	if (tb_plan_rows(g, rows, revs, err) == -1)
		return -1;
	for (size_t i = 0; i < rows->n; i++)
		tb_strs_add(&plan->before, rows->v[i]);
	tb_strs_sort(&plan->before);
	*state = tb_state_new(g, revs);
	adopt(g, plan);
	return 0;
}

static void
end(struct tb_plan *plan, const struct tb_state *state)
{
	struct tb_revs rows = TB_REVS_INIT;

	tb_state_rows(state, &rows);
	for (size_t i = 0; i < rows.n; i++)
		tb_strs_add(&plan->after, rows.v[i]->h.id);
	tb_strs_sort(&plan->after);
	tb_revs_release(&rows);
}

static void
add_up(struct tb_plan *plan, struct tb_state *state, struct tb_revision *r)
{
	struct tb_step *step = tb_plan_add(plan, TB_STEP_UPGRADE, r);

	step->from = tb_revs_join(&r->parents, ", ");
	step->to = tb_strdup(r->h.id);
	tb_state_up(state, r, step);
}

static void
add_down(struct tb_plan *plan, struct tb_state *state, struct tb_revision *r)
{
	struct tb_step *step = tb_plan_add(plan, TB_STEP_DOWNGRADE, r);

	step->from = tb_strdup(r->h.id);
	step->to = tb_revs_join(&r->parents, ", ");
	tb_state_down(state, r, step);
}

/* What the targets need and is not applied; oldest last. */
static void
missing(const struct tb_state *state, const struct tb_revs *targets,
    struct tb_revs *out)
{
	struct tb_set todo = tb_set_new(state->g);

	tb_set_walk_all(&todo, targets, TB_EDGE_NEEDS);
	for (size_t i = 0; i < todo.n; i++)
		todo.in[i] = todo.in[i] && !state->applied.in[i];
	tb_order(state->g, &todo, targets, out);
	tb_set_release(&todo);
}

int
tb_plan_upgrade(const struct tb_graph *g, const struct tb_strs *rows,
    const char *what, struct tb_plan *plan, struct tb_err *err)
{
	struct tb_targets t = TB_TARGETS_INIT;
	struct tb_revs revs = TB_REVS_INIT, todo = TB_REVS_INIT;
	struct tb_state state = { .g = NULL };
	int rc = begin(g, rows, plan, &revs, &state, err);

	if (rc == 0)
		rc = tb_target_upgrade(g, rows, what, &t, err);
	if (rc == 0) {
		missing(&state, &t.revs, &todo);
		for (size_t i = todo.n; i > 0; i--)
			add_up(plan, &state, todo.v[i - 1]);
		end(plan, &state);
	}
	tb_state_release(&state);
	tb_revs_release(&todo);
	tb_revs_release(&revs);
	tb_targets_release(&t);
	return rc;
}

int
tb_plan_pending(const struct tb_graph *g, const struct tb_strs *rows,
    struct tb_revs *out, struct tb_err *err)
{
	struct tb_revs revs = TB_REVS_INIT, todo = TB_REVS_INIT;
	struct tb_state state;

	if (tb_plan_rows(g, rows, &revs, err) == -1) {
		tb_revs_release(&revs);
		return -1;
	}
	state = tb_state_new(g, &revs);
	missing(&state, &g->real_heads, &todo);
	for (size_t i = todo.n; i > 0; i--)
		tb_revs_add(out, todo.v[i - 1]);
	tb_state_release(&state);
	tb_revs_release(&todo);
	tb_revs_release(&revs);
	return 0;
}

static int
not_on_the_way(const struct tb_targets *t, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "no way up from %s%s%s leads to branch \"%s\"",
	    t->revs.n > 0 ? "\"" : "",
	    t->revs.n > 0 ? t->revs.v[0]->h.id : "base",
	    t->revs.n > 0 ? "\"" : "", t->branch->h.id);
	return tb_err_hint(err,
	    "Name a revision below the branch, or leave LABEL@ away to undo "
	    "all that is above.");
}

/* What stands directly above the target, where a branch is named only its. */
static int
find_roots(const struct tb_graph *g, const struct tb_targets *t,
    struct tb_revs *roots, struct tb_err *err)
{
	const struct tb_revs *all =
	    t->revs.n > 0 ? &t->revs.v[0]->children : &g->bases;
	struct tb_set trunk = tb_set_new(g);
	bool filter = t->branch != NULL && all->n > 1;

	if (filter)
		tb_set_walk(&trunk, t->branch, TB_EDGE_PARENTS);
	for (size_t i = 0; i < all->n; i++)
		if (!filter || tb_set_has(&trunk, all->v[i]))
			tb_revs_add(roots, all->v[i]);
	tb_set_release(&trunk);
	return filter && roots->n == 0 ? not_on_the_way(t, err) : 0;
}

static int
nothing_above(const struct tb_state *state, const struct tb_revision *r,
    struct tb_err *err)
{
	if (!tb_set_has(&state->applied, r)) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "revision \"%s\" is not applied: there is no way down to "
		    "it",
		    r->h.id);
		return tb_err_hint(err,
		    "\"tb-migrate current\" tells where the database is.");
	}
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "nothing that is applied follows revision \"%s\"", r->h.id);
	return tb_err_detail(err,
	    "It is applied because other revisions depend on it.");
}

/* The descendants of the roots, dependents with them, that are applied. */
static int
find_undone(const struct tb_state *state, const struct tb_targets *t,
    const struct tb_revs *rows, struct tb_revs *out, struct tb_err *err)
{
	struct tb_revs roots = TB_REVS_INIT;
	struct tb_set drop = tb_set_new(state->g);
	int rc = find_roots(state->g, t, &roots, err);

	if (rc == 0) {
		tb_set_walk_all(&drop, &roots, TB_EDGE_NEEDED_BY);
		for (size_t i = 0; i < drop.n; i++)
			drop.in[i] = drop.in[i] && state->applied.in[i];
		tb_order(state->g, &drop, rows, out);
		if (t->revs.n > 0 && out->n == 0 &&
		    !tb_state_is_row(state, t->revs.v[0]))
			rc = nothing_above(state, t->revs.v[0], err);
	}
	tb_revs_release(&roots);
	tb_set_release(&drop);
	return rc;
}

int
tb_plan_downgrade(const struct tb_graph *g, const struct tb_strs *rows,
    const char *what, struct tb_plan *plan, struct tb_err *err)
{
	struct tb_targets t = TB_TARGETS_INIT;
	struct tb_revs revs = TB_REVS_INIT, undone = TB_REVS_INIT;
	struct tb_state state = { .g = NULL };
	int rc = begin(g, rows, plan, &revs, &state, err);

	if (rc == 0)
		rc = tb_target_downgrade(g, rows, what, &t, err);
	if (rc == 0)
		rc = find_undone(&state, &t, &revs, &undone, err);
	if (rc == 0) {
		for (size_t i = 0; i < undone.n; i++)
			add_down(plan, &state, undone.v[i]);
		end(plan, &state);
	}
	tb_state_release(&state);
	tb_revs_release(&undone);
	tb_revs_release(&revs);
	tb_targets_release(&t);
	return rc;
}

void
tb_plan_release(struct tb_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		free(plan->v[i].rows);
		free(plan->v[i].from);
		free(plan->v[i].to);
	}
	free(plan->v);
	tb_strs_release(&plan->before);
	tb_strs_release(&plan->after);
	*plan = (struct tb_plan)TB_PLAN_INIT;
}

static void
remove_row(struct tb_strs *rows, const char *row)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (strcmp(rows->v[i], row) != 0)
			continue;
		free(rows->v[i]);
		rows->v[i] = rows->v[--rows->n];
		rows->v[rows->n] = NULL;
		return;
	}
	tb_bug("there is no row \"%s\"", row);
}

void
tb_step_apply(const struct tb_step *step, struct tb_strs *rows)
{
	for (size_t i = 0; i < step->n_rows; i++) {
		const struct tb_row_change *c = &step->rows[i];

		if (c->op != TB_ROW_INSERT)
			remove_row(rows, c->from);
		if (c->op != TB_ROW_DELETE)
			tb_strs_add(rows, c->to);
	}
	tb_strs_sort(rows);
}
