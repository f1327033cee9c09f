/*
 * stamp.c: say where the database is, without running anything.
 *
 * A target makes applied what it needs, and makes not applied what is above
 * it.  The rest stays as it is, also where it has no row of its own because a
 * row that goes away implied it: Alembic forgets such branches.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "revision/rows.h"
#include "revision/target.h"

struct stamp {
	const struct tb_graph *g;
	struct tb_plan *plan;
	struct tb_state state;
	const char **rows; /* as the last step left them, sorted; borrowed */
	size_t n_rows;
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Members of a that are not in b, which is sorted.  The caller frees it. */
static const char **
difference(const char **a, size_t n_a, const char **b, size_t n_b, size_t *n)
{
	const char **v = tb_calloc(n_a + 1, sizeof(*v));

	*n = 0;
	for (size_t i = 0; i < n_a; i++)
		if (bsearch(&a[i], b, n_b, sizeof(*b), by_name) == NULL)
			v[(*n)++] = a[i];
	return v;
}

/* As many as possible are updates; what is left over comes before them. */
static void
change_rows(struct tb_step *step, const char **gone, size_t n_gone,
    const char **come, size_t n_come)
{
	while (n_gone > n_come) {
		tb_step_change(step, TB_ROW_DELETE, *gone++, NULL);
		n_gone--;
	}
	while (n_come > n_gone) {
		tb_step_change(step, TB_ROW_INSERT, NULL, *come++);
		n_come--;
	}
	for (size_t i = 0; i < n_gone; i++)
		tb_step_change(step, TB_ROW_UPDATE, gone[i], come[i]);
}

static char *
join(const char **v, size_t n)
{
	struct tb_strs list = TB_STRS_INIT;
	char *s;

	for (size_t i = 0; i < n; i++)
		tb_strs_add(&list, v[i]);
	s = tb_strs_join(&list, ", ");
	tb_strs_release(&list);
	return s;
}

/* A step from the rows that were to those of the state, if they differ. */
static void
add_step(struct stamp *s, struct tb_revision *target)
{
	struct tb_revs revs = TB_REVS_INIT;
	const char **now, **gone, **come;
	size_t n_gone, n_come;

	tb_state_rows(&s->state, &revs);
	now = tb_calloc(revs.n + 1, sizeof(*now));
	for (size_t i = 0; i < revs.n; i++)
		now[i] = revs.v[i]->h.id;
	qsort(now, revs.n, sizeof(*now), by_name);
	gone = difference(s->rows, s->n_rows, now, revs.n, &n_gone);
	come = difference(now, revs.n, s->rows, s->n_rows, &n_come);
	if (n_gone + n_come > 0) {
		struct tb_step *step =
		    tb_plan_add(s->plan, TB_STEP_STAMP, target);

		step->from = join(gone, n_gone);
		step->to = tb_strdup(target != NULL ? target->h.id : "");
		change_rows(step, gone, n_gone, come, n_come);
	}
	free(s->rows);
	s->rows = now;
	s->n_rows = revs.n;
	free(gone);
	free(come);
	tb_revs_release(&revs);
}

static void
stamp_revision(struct stamp *s, struct tb_revision *r)
{
	struct tb_set above = tb_set_new(s->g);

	tb_set_walk(&above, r, TB_EDGE_NEEDED_BY);
	for (size_t i = 0; i < above.n; i++)
		above.in[i] = s->state.applied.in[i] && !above.in[i];
	tb_set_walk(&above, r, TB_EDGE_NEEDS);
	tb_state_set(&s->state, &above);
	add_step(s, r);
	tb_set_release(&above);
}

/*
 * LABEL@base: rows that share lineage with the branch, through dependencies as
 * well, go away.  What stays: what the other rows need, and what is neither
 * above the branch nor on its trunk.
 */
static void
stamp_branch_base(struct stamp *s, struct tb_revision *branch)
{
	struct tb_set lineage = tb_set_new(s->g), off = tb_set_new(s->g);
	struct tb_set keep = tb_set_new(s->g);

	tb_set_lineage(&lineage, branch, true);
	tb_set_walk(&off, branch, TB_EDGE_NEEDED_BY);
	off.in[branch->index] = false;
	tb_set_walk(&off, branch, TB_EDGE_PARENTS);
	for (size_t i = 0; i < keep.n; i++) {
		struct tb_revision *r = s->g->revs.v[i];
		bool row = tb_state_is_row(&s->state, r);

		if (s->state.applied.in[i] &&
		    (!off.in[i] || (row && !lineage.in[i])))
			tb_set_walk(&keep, r, TB_EDGE_NEEDS);
	}
	tb_state_set(&s->state, &keep);
	add_step(s, NULL);
	tb_set_release(&lineage);
	tb_set_release(&off);
	tb_set_release(&keep);
}

static void
stamp_base(struct stamp *s)
{
	struct tb_set nothing = tb_set_new(s->g);

	tb_state_set(&s->state, &nothing);
	add_step(s, NULL);
	tb_set_release(&nothing);
}

static void
stamp_targets(struct stamp *s, const struct tb_targets *t)
{
	for (size_t i = 0; i < t->revs.n; i++)
		stamp_revision(s, t->revs.v[i]);
	if (t->revs.n > 0)
		return;
	if (t->branch != NULL)
		stamp_branch_base(s, t->branch);
	else
		stamp_base(s);
}

/* Targets must not include each other. */
static int
check_targets(const struct tb_graph *g, const struct tb_revs *all,
    struct tb_err *err)
{
	for (size_t i = 0; i < all->n; i++) {
		struct tb_set below = tb_set_new(g);
		const struct tb_revision *r = all->v[i];

		tb_set_walk(&below, all->v[i], TB_EDGE_NEEDS);
		for (size_t j = 0; j < all->n; j++)
			if (all->v[j] != all->v[i] &&
			    tb_set_has(&below, all->v[j]))
				r = all->v[j];
		tb_set_release(&below);
		if (r != all->v[i]) {
			(void)tb_err_set(err, TB_EXIT_USAGE,
			    "\"%s\" already includes \"%s\"", all->v[i]->h.id,
			    r->h.id);
			return tb_err_hint(err, "Name only \"%s\".",
			    all->v[i]->h.id);
		}
	}
	return 0;
}

/* LABEL@heads: a head that another one depends on is included. */
static void
keep_newest(const struct tb_graph *g, struct tb_revs *revs)
{
	struct tb_set below = tb_set_new(g);
	size_t kept = 0;

	for (size_t i = 0; i < revs->n; i++)
		tb_set_walk_all(&below, &revs->v[i]->needs, TB_EDGE_NEEDS);
	for (size_t i = 0; i < revs->n; i++)
		if (!tb_set_has(&below, revs->v[i]))
			revs->v[kept++] = revs->v[i];
	revs->n = kept;
	tb_set_release(&below);
}

static int
resolve_targets(const struct tb_graph *g, const struct tb_strs *what,
    struct tb_targets *targets, struct tb_err *err)
{
	struct tb_revs all = TB_REVS_INIT;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < what->n; i++) {
		rc = tb_target_stamp(g, what->v[i], &targets[i], err);
		keep_newest(g, &targets[i].revs);
		for (size_t j = 0; rc == 0 && j < targets[i].revs.n; j++)
			tb_revs_add(&all, targets[i].revs.v[j]);
	}
	if (rc == 0)
		rc = check_targets(g, &all, err);
	tb_revs_release(&all);
	return rc;
}

static void
run(struct stamp *s, const struct tb_revs *revs,
    const struct tb_targets *targets, size_t n)
{
	s->state = tb_state_new(s->g, revs);
	s->n_rows = s->plan->before.n;
	s->rows = tb_calloc(s->n_rows + 1, sizeof(*s->rows));
	for (size_t i = 0; i < s->n_rows; i++)
		s->rows[i] = s->plan->before.v[i];
	for (size_t i = 0; i < n; i++)
		stamp_targets(s, &targets[i]);
	for (size_t i = 0; i < s->n_rows; i++)
		tb_strs_add(&s->plan->after, s->rows[i]);
	tb_strs_sort(&s->plan->after);
	free(s->rows);
	tb_state_release(&s->state);
}

int
tb_plan_stamp(const struct tb_graph *g, const struct tb_strs *rows,
    const struct tb_strs *what, bool purge, struct tb_plan *plan,
    struct tb_err *err)
{
	struct stamp s = { .g = g, .plan = plan };
	struct tb_revs revs = TB_REVS_INIT;
	struct tb_targets *targets = tb_calloc(what->n + 1, sizeof(*targets));
	int rc = 0;

	for (size_t i = 0; i < rows->n; i++)
		tb_strs_add(&plan->before, rows->v[i]);
	tb_strs_sort(&plan->before);
	if (!purge)
		rc = tb_rows_find(g, rows, &revs, err);
	if (rc == 0)
		rc = resolve_targets(g, what, targets, err);
	if (rc == 0)
		run(&s, &revs, targets, what->n);
	for (size_t i = 0; i < what->n; i++)
		tb_targets_release(&targets[i]);
	free(targets);
	tb_revs_release(&revs);
	return rc;
}
