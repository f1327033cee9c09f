/*
 * target.c: what identifiers mean to each command.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "core/strs.h"
#include "revision/plan.h"
#include "revision/resolve.h"
#include "revision/target.h"
#include "revision/walk.h"

void
tb_targets_release(struct tb_targets *t)
{
	tb_revs_release(&t->revs);
	*t = (struct tb_targets)TB_TARGETS_INIT;
}

void
tb_target_split(const char *what, char **start, char **end)
{
	const char *colon = strchr(what, ':');

	*start = NULL;
	if (colon != NULL)
		*start = tb_strndup(what, (size_t)(colon - what));
	*end = tb_strdup(colon != NULL ? colon + 1 : what);
}

bool
tb_target_needs_rows(const char *what)
{
	char *start, *end;
	bool yes;

	tb_target_split(what, &start, &end);
	yes = strcmp(end, "current") == 0 ||
	    (start != NULL && strcmp(start, "current") == 0);
	free(start);
	free(end);
	return yes;
}

static bool
is_bare(const struct tb_spec *s)
{
	return s->relative && s->word[0] == '\0';
}

static int
wrong_way(const struct tb_spec *s, const char *verb, struct tb_err *err)
{
	return tb_err_set(err, TB_EXIT_USAGE, "\"%s\" leads nowhere with %s",
	    s->what, verb);
}

static int
several_rows(const struct tb_spec *s, const struct tb_revs *rows,
    struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "\"%s\" is ambiguous: the database is at %zu revisions", s->what,
	    rows->n);
	(void)tb_list_candidates(err, rows);
	return tb_err_hint(err,
	    "Put the label or id of one of them before it: \"%s@%s\".",
	    rows->v[0]->h.id, strpbrk(s->what, "+-"));
}

/* Drop what another member needs directly. */
static void
keep_tips(const struct tb_graph *g, struct tb_revs *revs)
{
	struct tb_set below = tb_set_new(g);
	size_t kept = 0;

	for (size_t i = 0; i < revs->n; i++)
		for (size_t j = 0; j < revs->v[i]->needs.n; j++)
			below.in[revs->v[i]->needs.v[j]->index] = true;
	for (size_t i = 0; i < revs->n; i++)
		if (!tb_set_has(&below, revs->v[i]))
			revs->v[kept++] = revs->v[i];
	revs->n = kept;
	tb_set_release(&below);
}

/*
 * Where LABEL@+N counts from: the rows on the branch; if there are none, the
 * tips of what is applied of it (implied by rows elsewhere).
 */
static void
starts_on_branch(const struct tb_graph *g, struct tb_revision *branch,
    struct tb_revs *rows)
{
	struct tb_set applied = tb_set_new(g);
	struct tb_revs all = TB_REVS_INIT;

	tb_set_walk_all(&applied, rows, TB_EDGE_NEEDS);
	tb_revs_on_branch(g, rows, branch);
	if (rows->n == 0) {
		tb_set_list(&applied, g, &all);
		tb_revs_on_branch(g, &all, branch);
		keep_tips(g, &all);
		for (size_t i = 0; i < all.n; i++)
			tb_revs_add(rows, all.v[i]);
	}
	tb_revs_release(&all);
	tb_set_release(&applied);
}

/* +N and LABEL@+N, from these revisions.  *at: where it leads to. */
static int
up_from(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_revs *starts, struct tb_revision *branch, struct tb_revision **at,
    struct tb_err *err)
{
	if (branch != NULL)
		starts_on_branch(g, branch, starts);
	if (starts->n > 1)
		return several_rows(s, starts, err);
	*at = starts->n == 1 ? starts->v[0] : NULL;
	return tb_walk_steps(g, s, branch, false, at, err);
}

/* ID+N, ID-N and with LABEL@. */
static int
from_word(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_revision *branch, struct tb_revision **at, struct tb_err *err)
{
	if (tb_resolve_one(g, s, at, err) == -1)
		return -1;
	return tb_walk_steps(g, s, branch, false, at, err);
}

static int
set_branch(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_targets *t, struct tb_err *err)
{
	if (s->branch == NULL)
		return 0;
	t->branch = tb_resolve_branch(g, s->branch, err);
	return t->branch != NULL ? 0 : -1;
}

static int
upgrade_relative(const struct tb_graph *g, const struct tb_strs *rows,
    const struct tb_spec *s, struct tb_targets *t, struct tb_err *err)
{
	struct tb_revs starts = TB_REVS_INIT;
	struct tb_revision *at = NULL;
	int rc;

	if (is_bare(s) && s->steps <= 0)
		return wrong_way(s, "upgrade", err);
	if (set_branch(g, s, t, err) == -1)
		return -1;
	if (!is_bare(s))
		rc = from_word(g, s, t->branch, &at, err);
	else if ((rc = tb_plan_rows(g, rows, &starts, err)) == 0)
		rc = up_from(g, s, &starts, t->branch, &at, err);
	if (rc == 0 && at != NULL)
		tb_revs_add(&t->revs, at);
	tb_revs_release(&starts);
	return rc;
}

int
tb_target_upgrade(const struct tb_graph *g, const struct tb_strs *rows,
    const char *what, struct tb_targets *t, struct tb_err *err)
{
	struct tb_spec s;
	int rc = tb_spec_parse(g, what, &s, err);

	if (rc == 0)
		rc = s.relative ? upgrade_relative(g, rows, &s, t, err) :
				  tb_resolve(g, &s, t, err);
	tb_spec_release(&s);
	return rc;
}

/*
 * Where -N counts from.  On several rows Alembic takes the one that it reads
 * first, which is any; what is undone is lost, so here it must be said.
 */
static int
down_start(const struct tb_graph *g, const struct tb_strs *rows,
    const struct tb_spec *s, struct tb_targets *t, struct tb_revision **at,
    struct tb_err *err)
{
	struct tb_revs starts = TB_REVS_INIT;
	int rc = tb_plan_rows(g, rows, &starts, err);

	if (rc == 0 && t->branch != NULL) {
		tb_revs_on_branch(g, &starts, t->branch);
		if (starts.n == 0) {
			tb_plan_current(g, rows, &starts, NULL);
			tb_revs_on_branch(g, &starts, t->branch);
		}
	}
	if (rc == 0 && starts.n == 0)
		rc = tb_err_set(err, TB_EXIT_DATA, "nothing is applied%s%s%s",
		    s->branch != NULL ? " on branch \"" : "",
		    s->branch != NULL ? s->branch : "",
		    s->branch != NULL ? "\"" : "");
	else if (rc == 0 && starts.n > 1)
		rc = several_rows(s, &starts, err);
	if (rc == 0)
		*at = starts.v[0];
	tb_revs_release(&starts);
	return rc;
}

static int
downgrade_relative(const struct tb_graph *g, const struct tb_strs *rows,
    const struct tb_spec *s, struct tb_targets *t, struct tb_err *err)
{
	struct tb_revision *at = NULL;

	if (is_bare(s) && s->steps >= 0)
		return wrong_way(s, "downgrade", err);
	if (set_branch(g, s, t, err) == -1)
		return -1;
	if (!is_bare(s)) {
		if (from_word(g, s, t->branch, &at, err) == -1)
			return -1;
	} else {
		if (down_start(g, rows, s, t, &at, err) == -1)
			return -1;
		if (t->branch == NULL)
			t->branch = at;
		if (tb_walk_steps(g, s, NULL, false, &at, err) == -1)
			return -1;
	}
	if (at != NULL)
		tb_revs_add(&t->revs, at);
	return 0;
}

static int
downgrade_absolute(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_targets *t, struct tb_err *err)
{
	struct tb_revision *at;

	if (set_branch(g, s, t, err) == -1 ||
	    tb_resolve_one(g, s, &at, err) == -1)
		return -1;
	if (at != NULL)
		tb_revs_add(&t->revs, at);
	return 0;
}

int
tb_target_downgrade(const struct tb_graph *g, const struct tb_strs *rows,
    const char *what, struct tb_targets *t, struct tb_err *err)
{
	struct tb_spec s;
	int rc = tb_spec_parse(g, what, &s, err);

	if (rc == 0)
		rc = s.relative ? downgrade_relative(g, rows, &s, t, err) :
				  downgrade_absolute(g, &s, t, err);
	tb_spec_release(&s);
	return rc;
}

int
tb_target_stamp(const struct tb_graph *g, const char *what,
    struct tb_targets *t, struct tb_err *err)
{
	struct tb_spec s;
	int rc = tb_spec_parse(g, what, &s, err);

	if (rc == 0 && s.relative) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "\"%s\": stamp takes no number of steps", what);
		rc = tb_err_hint(err, "Name the revision.");
	}
	if (rc == 0)
		rc = tb_resolve(g, &s, t, err);
	tb_spec_release(&s);
	return rc;
}

/* -N where no database is asked: below every head (of the branch). */
static int
below_heads(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_targets *t, struct tb_err *err)
{
	struct tb_revs heads = TB_REVS_INIT;
	int rc = set_branch(g, s, t, err);

	for (size_t i = 0; i < g->real_heads.n; i++)
		tb_revs_add(&heads, g->real_heads.v[i]);
	if (rc == 0 && t->branch != NULL)
		tb_revs_on_branch(g, &heads, t->branch);
	for (size_t i = 0; rc == 0 && i < heads.n; i++) {
		struct tb_revision *at = heads.v[i];

		rc = tb_walk_steps(g, s, NULL, true, &at, err);
		if (rc == 0 && at != NULL && !tb_revs_has(&t->revs, at))
			tb_revs_add(&t->revs, at);
	}
	tb_revs_release(&heads);
	return rc;
}

static int
show_relative(const struct tb_graph *g, const struct tb_spec *s,
    struct tb_targets *t, struct tb_err *err)
{
	struct tb_revision *at = NULL;

	if (is_bare(s) && s->steps < 0)
		return below_heads(g, s, t, err);
	if (is_bare(s))
		return tb_err_set(err, TB_EXIT_USAGE,
		    "\"%s\" has nothing to count from", s->what);
	if (set_branch(g, s, t, err) == -1 ||
	    from_word(g, s, t->branch, &at, err) == -1)
		return -1;
	if (at != NULL)
		tb_revs_add(&t->revs, at);
	return 0;
}

static int
rows_here(const struct tb_graph *g, const struct tb_strs *rows,
    struct tb_revs *revs, struct tb_err *err)
{
	if (rows == NULL)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "\"current\" cannot be used here");
	return tb_plan_rows(g, rows, revs, err);
}

int
tb_target_show(const struct tb_graph *g, const struct tb_strs *rows,
    const char *what, struct tb_revs *revs, struct tb_err *err)
{
	struct tb_targets t = TB_TARGETS_INIT;
	struct tb_spec s;
	int rc;

	if (strcmp(what, "current") == 0)
		return rows_here(g, rows, revs, err);
	if ((rc = tb_spec_parse(g, what, &s, err)) == 0)
		rc = s.relative ? show_relative(g, &s, &t, err) :
				  tb_resolve(g, &s, &t, err);
	for (size_t i = 0; rc == 0 && i < t.revs.n; i++)
		tb_revs_add(revs, t.revs.v[i]);
	tb_targets_release(&t);
	tb_spec_release(&s);
	return rc;
}

int
tb_target_start(const struct tb_graph *g, const char *what,
    struct tb_strs *rows, struct tb_err *err)
{
	struct tb_targets t = TB_TARGETS_INIT;
	int rc = tb_target_downgrade(g, rows, what, &t, err);

	if (rc == 0 && t.revs.n == 1)
		tb_strs_add(rows, t.revs.v[0]->h.id);
	tb_targets_release(&t);
	return rc;
}
