/*
 * range.c: "START:END" of history.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/strs.h"
#include "revision/plan.h"
#include "revision/resolve.h"
#include "revision/target.h"
#include "revision/walk.h"

struct range {
	const struct tb_graph *g;
	const struct tb_strs *rows; /* NULL: no database */
	struct tb_targets start, end;
	/* Heads from which -N goes below base: their lines are whole. */
	struct tb_revs whole;
};

static bool
is_open(const char *word)
{
	return word[0] == '\0';
}

/* -N at either end: below every real head, or those of the branch. */
static int
count_down(struct range *r, const struct tb_spec *s, struct tb_targets *t,
    struct tb_err *err)
{
	struct tb_revs heads = TB_REVS_INIT;
	int rc = 0;

	for (size_t i = 0; i < r->g->real_heads.n; i++)
		tb_revs_add(&heads, r->g->real_heads.v[i]);
	if (t->branch != NULL)
		tb_revs_on_branch(r->g, &heads, t->branch);
	for (size_t i = 0; rc == 0 && i < heads.n; i++) {
		struct tb_revision *at = heads.v[i];

		rc = tb_walk_steps(r->g, s, NULL, true, &at, err);
		if (rc == 0 && at == NULL)
			tb_revs_add(&r->whole, heads.v[i]);
		else if (rc == 0 && !tb_revs_has(&t->revs, at))
			tb_revs_add(&t->revs, at);
	}
	tb_revs_release(&heads);
	return rc;
}

/* +N at the end: above the start, but not beyond the end of its line. */
static int
count_up(struct range *r, const struct tb_spec *s, struct tb_err *err)
{
	struct tb_revision *at = NULL;

	if (r->start.revs.n > 1) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "\"%s\" is ambiguous: the range has %zu starts", s->what,
		    r->start.revs.n);
		return tb_list_candidates(err, &r->start.revs);
	}
	if (r->start.revs.n == 1)
		at = r->start.revs.v[0];
	if (tb_walk_steps(r->g, s, r->end.branch, true, &at, err) == -1)
		return -1;
	if (at != NULL)
		tb_revs_add(&r->end.revs, at);
	return 0;
}

static int
relative_end(struct range *r, const struct tb_spec *s, struct tb_targets *t,
    struct tb_err *err)
{
	struct tb_revision *at = NULL;

	if (s->branch != NULL &&
	    (t->branch = tb_resolve_branch(r->g, s->branch, err)) == NULL)
		return -1;
	if (s->word[0] == '\0' && s->steps < 0)
		return count_down(r, s, t, err);
	if (s->word[0] == '\0' && t == &r->end)
		return count_up(r, s, err);
	if (s->word[0] == '\0')
		return tb_err_set(err, TB_EXIT_USAGE,
		    "\"%s\" has nothing to count from", s->what);
	if (tb_resolve_one(r->g, s, &at, err) == -1 ||
	    tb_walk_steps(r->g, s, t->branch, true, &at, err) == -1)
		return -1;
	if (at != NULL)
		tb_revs_add(&t->revs, at);
	return 0;
}

static int
resolve_end(struct range *r, const char *word, struct tb_targets *t,
    struct tb_err *err)
{
	struct tb_spec s;
	int rc;

	if (strcmp(word, "current") == 0) {
		if (r->rows == NULL)
			return tb_err_set(err, TB_EXIT_USAGE,
			    "\"current\" needs a database");
		return tb_plan_rows(r->g, r->rows, &t->revs, err);
	}
	if ((rc = tb_spec_parse(r->g, word, &s, err)) == 0)
		rc = s.relative ? relative_end(r, &s, t, err) :
				  tb_resolve(r->g, &s, t, err);
	tb_spec_release(&s);
	return rc;
}

static int
not_in_line(const struct range *r, const struct tb_revision *start,
    struct tb_err *err)
{
	char *ends = tb_revs_join(&r->end.revs, "\", \"");

	if (r->end.revs.n == 0) {
		free(ends);
		return tb_err_set(err, TB_EXIT_DATA,
		    "the range begins at \"%s\", but ends at base",
		    start->h.id);
	}
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "\"%s\" is not among the ancestors of \"%s\"", start->h.id, ends);
	free(ends);
	return tb_err_hint(err, "A range goes from the older to the newer.");
}

/* What lies between: above a start by descent, at or below an end. */
static int
collect(const struct range *r, struct tb_set *wanted, struct tb_err *err)
{
	struct tb_set below = tb_set_new(r->g), above = tb_set_new(r->g);
	const struct tb_revs *starts = &r->start.revs;
	int rc = 0;

	tb_set_walk_all(wanted, &r->end.revs, TB_EDGE_NEEDS);
	for (size_t i = 0; rc == 0 && i < starts->n; i++)
		if (!tb_set_has(wanted, starts->v[i]))
			rc = not_in_line(r, starts->v[i], err);
	tb_set_walk_all(&below, starts, TB_EDGE_NEEDS);
	tb_set_walk_all(&above, starts, TB_EDGE_CHILDREN);
	tb_set_walk_all(&above, &r->whole, TB_EDGE_PARENTS);
	for (size_t i = 0; starts->n > 0 && i < wanted->n; i++)
		if (below.in[i] || !above.in[i])
			wanted->in[i] = false;
	for (size_t i = 0; rc == 0 && i < starts->n; i++)
		wanted->in[starts->v[i]->index] = true;
	tb_set_release(&below);
	tb_set_release(&above);
	return rc;
}

/* Of starts that include each other the oldest counts: no gap is left. */
static void
keep_oldest(const struct tb_graph *g, struct tb_revs *starts)
{
	struct tb_set above = tb_set_new(g);
	size_t kept = 0;

	for (size_t i = 0; i < starts->n; i++)
		tb_set_walk_all(&above, &starts->v[i]->needed_by,
		    TB_EDGE_NEEDED_BY);
	for (size_t i = 0; i < starts->n; i++)
		if (!tb_set_has(&above, starts->v[i]))
			starts->v[kept++] = starts->v[i];
	starts->n = kept;
	tb_set_release(&above);
}

static int
resolve_range(struct range *r, const char *start, const char *end,
    struct tb_err *err)
{
	if (!is_open(start) && resolve_end(r, start, &r->start, err) == -1)
		return -1;
	if (resolve_end(r, is_open(end) ? "heads" : end, &r->end, err) == -1)
		return -1;
	keep_oldest(r->g, &r->start.revs);
	/* LABEL@base: what does not belong to the branch is not shown. */
	if (r->start.branch != NULL)
		tb_revs_on_branch(r->g, &r->end.revs, r->start.branch);
	return 0;
}

static int
show_range(struct range *r, const char *start, const char *end,
    struct tb_revs *out, struct tb_err *err)
{
	struct tb_set wanted = tb_set_new(r->g);
	int rc = resolve_range(r, start, end, err);

	if (rc == 0 && (rc = collect(r, &wanted, err)) == 0)
		tb_order(r->g, &wanted, &r->end.revs, out);
	tb_set_release(&wanted);
	return rc;
}

int
tb_target_history(const struct tb_graph *g, const struct tb_strs *rows,
    const char *what, struct tb_revs *out, struct tb_err *err)
{
	struct range r = { .g = g, .rows = rows };
	char *start, *end;
	int rc;

	tb_target_split(what != NULL ? what : ":", &start, &end);
	if (start == NULL) {
		(void)tb_err_set(err, TB_EXIT_USAGE, "\"%s\" is not a range",
		    what);
		rc = tb_err_hint(err, "Write START:END, START: or :END.");
	} else {
		rc = show_range(&r, start, end, out, err);
	}
	free(start);
	free(end);
	tb_targets_release(&r.start);
	tb_targets_release(&r.end);
	tb_revs_release(&r.whole);
	return rc;
}
