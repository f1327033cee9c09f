#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "revision/names.h"
#include "revision/rows.h"

static void
count_above(struct tb_state *s)
{
	memset(s->above, 0, s->g->revs.n * sizeof(*s->above));
	for (size_t i = 0; i < s->g->revs.n; i++) {
		const struct tb_revs *needs = &s->g->revs.v[i]->needs;

		for (size_t j = 0; s->applied.in[i] && j < needs->n; j++)
			s->above[needs->v[j]->index]++;
	}
}

struct tb_state
tb_state_new(const struct tb_graph *g, const struct tb_revs *rows)
{
	struct tb_state s = { .g = g, .applied = tb_set_new(g) };

	s.above = tb_calloc(g->revs.n + 1, sizeof(*s.above));
	tb_set_walk_all(&s.applied, rows, TB_EDGE_NEEDS);
	count_above(&s);
	return s;
}

void
tb_state_release(struct tb_state *s)
{
	tb_set_release(&s->applied);
	free(s->above);
	*s = (struct tb_state){ .g = NULL };
}

void
tb_state_set(struct tb_state *s, const struct tb_set *applied)
{
	memcpy(s->applied.in, applied->in, applied->n * sizeof(*applied->in));
	count_above(s);
}

bool
tb_state_is_row(const struct tb_state *s, const struct tb_revision *r)
{
	return tb_set_has(&s->applied, r) && s->above[r->index] == 0;
}

void
tb_state_rows(const struct tb_state *s, struct tb_revs *out)
{
	for (size_t i = 0; i < s->g->revs.n; i++)
		if (tb_state_is_row(s, s->g->revs.v[i]))
			tb_revs_add(out, s->g->revs.v[i]);
}

void
tb_step_change(struct tb_step *step, enum tb_row_op op, const char *from,
    const char *to)
{
	step->rows =
	    tb_reallocarray(step->rows, step->n_rows + 1, sizeof(*step->rows));
	step->rows[step->n_rows++] = (struct tb_row_change){ op, from, to };
}

/* The rows that r builds on give way to its own: the last one becomes it. */
void
tb_state_up(struct tb_state *s, struct tb_revision *r, struct tb_step *step)
{
	const char *last = NULL;

	for (size_t i = 0; i < r->needs.n; i++) {
		const struct tb_revision *p = r->needs.v[i];

		if (!tb_set_has(&s->applied, p))
			tb_bug("revision \"%s\" comes before \"%s\"", r->h.id,
			    p->h.id);
		if (s->above[p->index]++ > 0)
			continue;
		if (last != NULL)
			tb_step_change(step, TB_ROW_DELETE, last, NULL);
		last = p->h.id;
	}
	s->applied.in[r->index] = true;
	if (last != NULL)
		tb_step_change(step, TB_ROW_UPDATE, last, r->h.id);
	else
		tb_step_change(step, TB_ROW_INSERT, NULL, r->h.id);
}

/* What r builds on and nothing else needs becomes rows, the last of it r's. */
void
tb_state_down(struct tb_state *s, struct tb_revision *r, struct tb_step *step)
{
	const char *last = NULL;

	if (!tb_state_is_row(s, r))
		tb_bug("revision \"%s\" is undone, but is no row", r->h.id);
	s->applied.in[r->index] = false;
	for (size_t i = 0; i < r->needs.n; i++) {
		const struct tb_revision *p = r->needs.v[i];

		if (--s->above[p->index] > 0)
			continue;
		if (last != NULL)
			tb_step_change(step, TB_ROW_INSERT, NULL, last);
		last = p->h.id;
	}
	if (last != NULL)
		tb_step_change(step, TB_ROW_UPDATE, r->h.id, last);
	else
		tb_step_change(step, TB_ROW_DELETE, r->h.id, NULL);
}

static int
unknown_row(const char *row, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "the database is at revision \"%s\", which is not among the "
	    "revision files",
	    row);
	return tb_err_hint(err,
	    "Its file is in another branch, a newer version or another "
	    "folder: get it.  If it is gone for good, say where the database "
	    "is with \"tb-migrate stamp --purge REVISION\".");
}

static int
part_row(const char *row, const struct tb_revision *r, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "the database is at revision \"%s\", which is only a part of "
	    "\"%s\"",
	    row, r->h.id);
	(void)tb_err_detail(err, "\"%s\" (%s) stands for all up to \"%s\".",
	    r->h.id, r->h.path, r->h.replaces.v[r->h.replaces.n - 1]);
	return tb_err_hint(err,
	    "Upgrade to \"%s\" first, with a version that still has the "
	    "single files.",
	    r->h.replaces.v[r->h.replaces.n - 1]);
}

/* Which of the rows includes this one? */
static int
overlap(const struct tb_graph *g, const struct tb_revs *rows,
    struct tb_revision *r, struct tb_err *err)
{
	struct tb_set above = tb_set_new(g);
	const struct tb_revision *other = r;

	tb_set_walk(&above, r, TB_EDGE_NEEDED_BY);
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i] != r && tb_set_has(&above, rows->v[i]))
			other = rows->v[i];
	tb_set_release(&above);
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "the version table has a row \"%s\", which the row \"%s\" already "
	    "includes",
	    r->h.id, other->h.id);
	(void)tb_err_detail(err, "No upgrade or downgrade leaves such rows.");
	return tb_err_hint(err,
	    "If \"%s\" is applied, set it right with \"tb-migrate stamp %s\".",
	    other->h.id, other->h.id);
}

static struct tb_revision *
find_row(const struct tb_graph *g, const char *row, struct tb_err *err)
{
	const struct tb_name *n = tb_names_find(g->names, row);

	if (n == NULL || n->kind == TB_NAME_LABEL) {
		(void)unknown_row(row, err);
		return NULL;
	}
	if (n->kind == TB_NAME_REPLACED_PART) {
		(void)part_row(row, n->rev, err);
		return NULL;
	}
	return n->rev;
}

int
tb_rows_find(const struct tb_graph *g, const struct tb_strs *rows,
    struct tb_revs *out, struct tb_err *err)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct tb_revision *r = find_row(g, rows->v[i], err);

		if (r == NULL)
			return -1;
		tb_revs_add(out, r);
	}
	tb_revs_sort(out);
	return 0;
}

static int
check_overlap(const struct tb_state *s, const struct tb_revs *rows,
    struct tb_err *err)
{
	for (size_t i = 0; i < rows->n; i++)
		if (!tb_state_is_row(s, rows->v[i]) ||
		    (i > 0 && rows->v[i] == rows->v[i - 1]))
			return overlap(s->g, rows, rows->v[i], err);
	return 0;
}

int
tb_plan_rows(const struct tb_graph *g, const struct tb_strs *rows,
    struct tb_revs *out, struct tb_err *err)
{
	struct tb_state s;
	int rc;

	if (tb_rows_find(g, rows, out, err) == -1)
		return -1;
	s = tb_state_new(g, out);
	rc = check_overlap(&s, out, err);
	tb_state_release(&s);
	return rc;
}

/* Rows that the graph knows; the others go to unknown. */
static struct tb_state
lenient_state(const struct tb_graph *g, const struct tb_strs *rows,
    struct tb_strs *unknown)
{
	struct tb_revs known = TB_REVS_INIT;
	struct tb_state s;

	for (size_t i = 0; i < rows->n; i++) {
		struct tb_revision *r = tb_graph_find(g, rows->v[i]);

		if (r != NULL)
			tb_revs_add(&known, r);
		else if (unknown != NULL)
			tb_strs_add(unknown, rows->v[i]);
	}
	s = tb_state_new(g, &known);
	tb_revs_release(&known);
	return s;
}

void
tb_plan_applied(const struct tb_graph *g, const struct tb_strs *rows,
    struct tb_revs *applied, struct tb_strs *unknown)
{
	struct tb_state s = lenient_state(g, rows, unknown);

	tb_set_list(&s.applied, g, applied);
	tb_state_release(&s);
}

void
tb_plan_current(const struct tb_graph *g, const struct tb_strs *rows,
    struct tb_revs *tips, struct tb_strs *unknown)
{
	struct tb_state s = lenient_state(g, rows, unknown);

	for (size_t i = 0; i < g->revs.n; i++) {
		const struct tb_revs *children = &g->revs.v[i]->children;
		bool tip = s.applied.in[i];

		for (size_t j = 0; tip && j < children->n; j++)
			tip = !tb_set_has(&s.applied, children->v[j]);
		if (tip)
			tb_revs_add(tips, g->revs.v[i]);
	}
	tb_state_release(&s);
}
