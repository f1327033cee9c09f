/*
 * Plans: steps, and the rows of the version table after each.
 */
#include "revision.h"

#include "revision/plan.h"

enum command { UP, DOWN, STAMP, PURGE };

/*
 * A plan in short: "b[b]" is the step of b, after which the row is b; "m[-b
 * c>m: m]" tells the changes as well (+insert, -delete, from>to).
 */
static char *
describe(const struct tb_plan *plan, struct tb_strs *rows, bool changes)
{
	struct tb_buf b = TB_BUF_INIT;

	for (size_t i = 0; i < plan->n; i++) {
		const struct tb_step *s = &plan->v[i];
		char *after;

		tb_buf_addf(&b, "%s%s[", i > 0 ? " " : "",
		    s->rev != NULL ? s->rev->h.id : "base");
		for (size_t j = 0; changes && j < s->n_rows; j++) {
			const struct tb_row_change *c = &s->rows[j];

			if (c->op == TB_ROW_INSERT)
				tb_buf_addf(&b, "+%s ", c->to);
			else if (c->op == TB_ROW_DELETE)
				tb_buf_addf(&b, "-%s ", c->from);
			else
				tb_buf_addf(&b, "%s>%s ", c->from, c->to);
		}
		if (changes) {
			tb_buf_rtrim(&b);
			tb_buf_add(&b, ": ");
		}
		tb_step_apply(s, rows);
		after = tb_strs_join(rows, " ");
		tb_buf_addf(&b, "%s]", after);
		free(after);
	}
	return tb_buf_detach(&b);
}

static int
make(enum command command, const struct tb_graph *g, const struct tb_strs *rows,
    const char *what, struct tb_plan *plan, struct tb_err *err)
{
	struct tb_strs targets = TB_STRS_INIT;
	int rc;

	tb_strs_split(&targets, what, " ");
	if (command == UP)
		rc = tb_plan_upgrade(g, rows, what, plan, err);
	else if (command == DOWN)
		rc = tb_plan_downgrade(g, rows, what, plan, err);
	else
		rc = tb_plan_stamp(g, rows, &targets, command == PURGE, plan,
		    err);
	tb_strs_release(&targets);
	return rc;
}

/* want: the plan in short; or the message, then the hint, if it fails. */
static void
plan_is(const struct tb_graph *g, enum command command, const char *row_list,
    const char *what, const char *want, const char *hint)
{
	struct tb_strs rows = TB_STRS_INIT;
	struct tb_plan plan = TB_PLAN_INIT;
	struct tb_err err = TB_ERR_INIT;
	char *title = tb_asprintf("%s from (%s)", what, row_list);

	tb_strs_split(&rows, row_list, " ");
	if (make(command, g, &rows, what, &plan, &err) == -1) {
		TB_IS(err.message, want, title);
		if (hint != NULL)
			TB_IS(err.hint, hint, title);
	} else {
		char *got = describe(&plan, &rows, strchr(want, ':') != NULL);
		char *after = tb_strs_join(&rows, " ");
		char *end = tb_strs_join(&plan.after, " ");

		TB_IS(got, want, title);
		TB_IS(end, after, "the plan knows its end");
		free(got);
		free(after);
		free(end);
	}
	tb_plan_release(&plan);
	tb_err_release(&err);
	tb_strs_release(&rows);
	free(title);
}

static void
test_upgrade(void)
{
	struct tb_graph *g =
	    good_graph("a; b a; c a; m b c; n m; x; y x +b #side");

	plan_is(g, UP, "", "b", "a[a] b[b]", NULL);
	plan_is(g, UP, "a", "m", "c[a>c: c] b[+b: b c] m[-b c>m: m]", NULL);
	plan_is(g, UP, "b", "heads", "x[b x] y[y] c[c y] m[m y] n[n y]", NULL);
	plan_is(g, UP, "n", "m", "", NULL);
	plan_is(g, UP, "n", "base", "", NULL);
	plan_is(g, UP, "", "+1",
	    "\"+1\" is ambiguous: there are 2 ways up from \"base\"",
	    "Name the revision, or put LABEL@ before it.");
	plan_is(g, UP, "", "side@+2", "a[a] b[b] x[b x] y[y]", NULL);
	plan_is(g, UP, "b c", "+1",
	    "\"+1\" is ambiguous: the database is at 2 revisions",
	    "Put the label or id of one of them before it: \"b@+1\".");
	plan_is(g, UP, "b c", "m@+1",
	    "\"m@+1\" is ambiguous: the database "
	    "is at 2 revisions",
	    NULL);
	plan_is(g, UP, "y", "c@+1", "c[c y]", NULL);
	plan_is(g, UP, "n", "-1", "\"-1\" leads nowhere with upgrade", NULL);
	plan_is(g, UP, "n", "n+1",
	    "\"n+1\" goes too far: there are only 0 revisions above", NULL);
	plan_is(g, UP, "", "head", "there are 2 heads",
	    "Name one of them, or say \"heads\" for all; \"tb-migrate merge "
	    "heads\" makes one of them.");
	plan_is(g, DOWN, "n", "heads", "there are 2 heads",
	    "Name one of them.");
	plan_is(g, UP, "q", "heads",
	    "the database is at revision \"q\", which is not among the "
	    "revision files",
	    "Its file is in another branch, a newer version or another "
	    "folder: get it.  If it is gone for good, say where the database "
	    "is with \"tb-migrate stamp --purge REVISION\".");
	plan_is(g, UP, "a m", "heads",
	    "the version table has a row \"a\", which the row \"m\" already "
	    "includes",
	    "If \"m\" is applied, set it right with \"tb-migrate stamp m\".");
	tb_graph_free(g);
}

static void
test_downgrade(void)
{
	struct tb_graph *g =
	    good_graph("a; b a; c a; m b c; n m; x; y x +b #side");

	plan_is(g, DOWN, "n", "-1", "n[m]", NULL);
	plan_is(g, DOWN, "m", "b", "m[+b m>c: b c]", NULL);
	plan_is(g, DOWN, "b c", "a", "b[-b: c] c[c>a: a]", NULL);
	plan_is(g, DOWN, "b c", "b@a", "b[c]", NULL);
	plan_is(g, DOWN, "b c", "-1",
	    "\"-1\" is ambiguous: the database is at 2 revisions",
	    "Put the label or id of one of them before it: \"b@-1\".");
	plan_is(g, DOWN, "b c", "c@-1", "c[b]", NULL);
	plan_is(g, DOWN, "b c", "base", "b[c] c[a] a[]", NULL);
	/* What depends goes along; what was implied stays. */
	plan_is(g, DOWN, "y", "a", "y[+x y>b: b x] b[b>a: a x]", NULL);
	plan_is(g, DOWN, "y", "x", "y[b x]", NULL);
	plan_is(g, DOWN, "y", "side@base", "y[b x] x[b]", NULL);
	plan_is(g, DOWN, "y", "y", "", NULL);
	plan_is(g, DOWN, "", "base", "", NULL);
	plan_is(g, DOWN, "y", "b",
	    "nothing that is applied follows revision \"b\"", NULL);
	plan_is(g, DOWN, "b", "m",
	    "revision \"m\" is not applied: there is no way down to it",
	    "\"tb-migrate current\" tells where the database is.");
	plan_is(g, DOWN, "n", "side@a",
	    "revision \"a\" is not on branch \"side\"", NULL);
	plan_is(g, DOWN, "n", "b@base", "n[m] m[b c] b[c] c[a] a[]", NULL);
	plan_is(g, DOWN, "", "-1", "nothing is applied", NULL);
	plan_is(g, DOWN, "a", "-2",
	    "\"-2\" goes too far: there is only 1 revision below", NULL);
	tb_graph_free(g);
	/* Parents that include each other: no row "a" beside "b". */
	g = good_graph("a; b a; m a b; z");
	plan_is(g, DOWN, "m", "b", "m[b]", NULL);
	plan_is(g, DOWN, "m z", "b", "m[b z]", NULL);
	plan_is(g, UP, "b", "m", "m[m]", NULL);
	tb_graph_free(g);
}

static void
test_stamp(void)
{
	struct tb_graph *g =
	    good_graph("a; b a; c a; m b c; l1; l2 l1; x1; x2 x1 +l2 #x");

	plan_is(g, STAMP, "", "m", "m[m]", NULL);
	plan_is(g, STAMP, "m", "a", "a[a]", NULL);
	plan_is(g, STAMP, "b c", "m", "m[-b c>m: m]", NULL);
	plan_is(g, STAMP, "b", "c", "c[b c]", NULL);
	plan_is(g, STAMP, "b", "base", "base[]", NULL);
	plan_is(g, STAMP, "m", "m", "", NULL);
	plan_is(g, STAMP, "a", "heads", "m[m] x2[m x2]", NULL);
	/* Alembic forgets l2 here. */
	plan_is(g, STAMP, "x2", "x1", "x1[+l2 x2>x1: l2 x1]", NULL);
	plan_is(g, STAMP, "x2", "x@base", "base[l2]", NULL);
	plan_is(g, STAMP, "x2", "l1", "l1[l1 x1]", NULL);
	plan_is(g, STAMP, "m", "b", "b[b c]", NULL);
	plan_is(g, STAMP, "", "b c", "b[b] c[b c]", NULL);
	plan_is(g, STAMP, "", "a b", "\"b\" already includes \"a\"",
	    "Name only \"b\".");
	plan_is(g, STAMP, "a", "+1", "\"+1\": stamp takes no number of steps",
	    "Name the revision.");
	plan_is(g, STAMP, "gone", "a",
	    "the database is at revision \"gone\", which is not among the "
	    "revision files",
	    NULL);
	plan_is(g, PURGE, "gone b", "a", "a[-b gone>a: a]", NULL);
	plan_is(g, PURGE, "gone b", "b", "b[-gone: b]", NULL);
	plan_is(g, PURGE, "gone", "base", "base[]", NULL);
	/* Rows that include each other are set right. */
	plan_is(g, STAMP, "a m", "m", "m[m]", NULL);
	tb_graph_free(g);
}

static void
test_replaced(void)
{
	struct tb_graph *g = good_graph("s =o1 =o2 =o3; t s");

	plan_is(g, UP, "o3", "head", "s[s] t[t]", NULL);
	plan_is(g, UP, "o3", "s", "s[o3>s: s]", NULL);
	plan_is(g, DOWN, "o3", "base", "s[s] s[]", NULL);
	plan_is(g, STAMP, "o3", "s", "s[o3>s: s]", NULL);
	plan_is(g, UP, "", "head", "s[s] t[t]", NULL);
	plan_is(g, UP, "o2", "head",
	    "the database is at revision \"o2\", which is only a part of "
	    "\"s\"",
	    "Upgrade to \"o3\" first, with a version that still has the "
	    "single files.");
	plan_is(g, UP, "", "o2", "revision \"o2\" went into \"s\"",
	    "Name \"s\".");
	plan_is(g, UP, "o3 s", "head",
	    "the version table has a row \"s\", which the row \"s\" already "
	    "includes",
	    NULL);
	tb_graph_free(g);
}

/* What current, status and pending are told. */
static void
test_state(void)
{
	struct tb_graph *g = good_graph("a; b a; l1; l2 l1; x b +l2");
	struct tb_strs rows = TB_STRS_INIT, unknown = TB_STRS_INIT;
	struct tb_revs revs = TB_REVS_INIT;
	struct tb_err err = TB_ERR_INIT;

	tb_strs_add(&rows, "x");
	tb_plan_current(g, &rows, &revs, NULL);
	revs_are(&revs, "l2 x", "an implied branch is current");
	tb_strs_add(&rows, "gone");
	revs.n = 0;
	tb_plan_applied(g, &rows, &revs, &unknown);
	revs_are(&revs, "a b l1 l2 x", "what is applied");
	TB_OK(unknown.n == 1, "one row is unknown");
	TB_IS(unknown.v[0], "gone", "it is told which");
	tb_strs_release(&rows);
	tb_strs_add(&rows, "b");
	revs.n = 0;
	TB_OK(tb_plan_pending(g, &rows, &revs, &err) == 0, "pending");
	revs_are(&revs, "l1 l2 x", "what is to come, in order");
	tb_strs_release(&rows);
	tb_strs_release(&unknown);
	tb_revs_release(&revs);
	tb_graph_free(g);
}

int
main(void)
{
	test_upgrade();
	test_downgrade();
	test_stamp();
	test_replaced();
	test_state();
	return tb_unit_done();
}
