/*
 * What users type to name revisions.
 */
#include "revision.h"

#include "revision/target.h"

static const char big[] = "root; aa10 root; aa11 aa10; ab12 aa11 #lane;"
			  "b1 root; b2 b1 #lamp; m ab12 b2; x; y x +ab12 #lake";

static const struct {
	const char *what, *want; /* ids, or the message */
	const char *detail, *hint;
} targets[] = {
	{
	    "aa10",
	    "aa10",
	    NULL,
	    NULL,
	},
	{
	    "aa1",
	    "more than one revision begins with \"aa1\"",
	    "aa10\naa11",
	    "Type more of the id.",
	},
	{
	    "ab",
	    "ab12",
	    NULL,
	    NULL,
	},
	{
	    "lane",
	    "ab12",
	    NULL,
	    NULL,
	},
	{
	    "lam",
	    "b2",
	    NULL,
	    NULL,
	},
	{
	    "la",
	    "more than one revision begins with \"la\"",
	    NULL,
	    NULL,
	},
	{
	    "aa99",
	    "there is no revision or label \"aa99\"",
	    NULL,
	    NULL,
	},
	{
	    "aaa10",
	    "there is no revision or label \"aaa10\"",
	    NULL,
	    "Did you mean \"aa10\"?",
	},
	{
	    "lnae",
	    "there is no revision or label \"lnae\"",
	    NULL,
	    "Did you mean \"lane\"?",
	},
	{
	    "zzzzzz",
	    "there is no revision or label \"zzzzzz\"",
	    NULL,
	    "\"tb-migrate history\" lists all revisions.",
	},
	{
	    "head",
	    "there are 2 heads",
	    "m (lamp, lane) (head) (mergepoint)\ny (lake) (head)",
	    "Name one of them, or say \"heads\" for all; \"tb-migrate merge "
	    "heads\" makes one of them.",
	},
	{
	    "heads",
	    "m y",
	    NULL,
	    NULL,
	},
	{
	    "base",
	    "",
	    NULL,
	    NULL,
	},
	{
	    "lane@head",
	    "m",
	    NULL,
	    NULL,
	},
	{
	    "lake@head",
	    "y",
	    NULL,
	    NULL,
	},
	{
	    "x@heads",
	    "y",
	    NULL,
	    NULL,
	},
	{
	    "lane@base",
	    "",
	    NULL,
	    NULL,
	},
	{
	    "lane@aa1",
	    "more than one revision begins with \"aa1\"",
	    NULL,
	    NULL,
	},
	{
	    "lamp@b",
	    "more than one revision begins with \"b\"",
	    NULL,
	    NULL,
	},
	{
	    "lane@b1",
	    "revision \"b1\" is not on branch \"lane\"",
	    NULL,
	    NULL,
	},
	{
	    "lamp@m",
	    "m",
	    NULL,
	    NULL,
	},
	{
	    "nolane@head",
	    "branch \"nolane\": there is no revision or label \"nolane\"",
	    NULL,
	    "Did you mean \"lane\"?",
	},
	{
	    "aa10+2",
	    "ab12",
	    NULL,
	    NULL,
	},
	{
	    "m-1",
	    "\"m-1\" is ambiguous: there are 2 ways down from \"m\"",
	    "ab12 (lane)\nb2 (lamp)",
	    "Name the revision.",
	},
	{
	    "root+1",
	    "\"root+1\" is ambiguous: there are 2 ways up from "
	    "\"root\"",
	    "aa10\nb1",
	    "Name the revision, or put LABEL@ before it.",
	},
	{
	    "lamp@root+2",
	    "b2",
	    NULL,
	    NULL,
	},
	{
	    "y+1",
	    "\"y+1\" goes too far: there are only 0 revisions above",
	    NULL,
	    NULL,
	},
	{
	    "y-2",
	    "",
	    NULL,
	    NULL,
	},
	{
	    "y-3",
	    "\"y-3\" goes too far: there are only 2 revisions below",
	    NULL,
	    NULL,
	},
	{
	    "lake@-1",
	    "x",
	    NULL,
	    NULL,
	},
	{
	    "+1",
	    "\"+1\" has nothing to count from",
	    NULL,
	    NULL,
	},
	{
	    "current",
	    "\"current\" cannot be used here",
	    NULL,
	    NULL,
	},
	{
	    "",
	    "\"\" does not name a revision",
	    NULL,
	    NULL,
	},
	{
	    "@",
	    "\"@\" does not name a revision",
	    NULL,
	    NULL,
	},
	{
	    "lane@",
	    "\"lane@\" does not name a revision",
	    NULL,
	    NULL,
	},
	{
	    "@head",
	    "\"@head\" does not name a revision",
	    NULL,
	    NULL,
	},
	{
	    "a@b@c",
	    "\"a@b@c\" does not name a revision",
	    NULL,
	    NULL,
	},
	{
	    "a:b",
	    "\"a:b\" does not name a revision",
	    NULL,
	    NULL,
	},
	{
	    "m+1x",
	    "there is no revision or label \"m+1x\"",
	    NULL,
	    NULL,
	},
	{
	    "m+99999999999999999999",
	    "there is no revision or label \"m+99999999999999999999\"",
	    NULL,
	    NULL,
	},
};

static void
test_targets(void)
{
	struct tb_graph *g = good_graph(big);

	for (size_t i = 0; i < TB_LEN(targets); i++) {
		struct tb_revs revs = TB_REVS_INIT;
		struct tb_err err = TB_ERR_INIT;
		const char *what = targets[i].what;

		if (tb_target_show(g, NULL, what, &revs, &err) == 0)
			revs_are(&revs, targets[i].want, what);
		else
			TB_IS(err.message, targets[i].want, what);
		if (targets[i].detail != NULL)
			TB_IS(err.detail, targets[i].detail, what);
		if (targets[i].hint != NULL)
			TB_IS(err.hint, targets[i].hint, what);
		tb_revs_release(&revs);
		tb_err_release(&err);
	}
	tb_graph_free(g);
}

static const struct {
	const char *range, *rows, *want;
} ranges[] = {
	{
	    NULL,
	    "",
	    "m y x ab12 aa11 aa10 b2 b1 root",
	},
	{
	    ":",
	    "",
	    "m y x ab12 aa11 aa10 b2 b1 root",
	},
	{
	    "aa10:lane",
	    "",
	    "ab12 aa11 aa10",
	},
	{
	    "aa10:",
	    "",
	    "m ab12 aa11 aa10",
	},
	{
	    ":b2",
	    "",
	    "b2 b1 root",
	},
	{
	    "lake@base:",
	    "",
	    "y x ab12 aa11 aa10 root",
	},
	{
	    "b1:+1",
	    "",
	    "b2 b1",
	},
	{
	    "b1:+9",
	    "",
	    "m b2 b1",
	},
	{
	    "b1:aa10",
	    "",
	    "\"b1\" is not among the ancestors of \"aa10\"",
	},
	{
	    "aa11:current",
	    "b2 ab12",
	    "ab12 aa11",
	},
	{
	    "current:",
	    "ab12",
	    "m ab12",
	},
	{
	    ":current",
	    "",
	    "",
	},
	{
	    "x",
	    "",
	    "\"x\" is not a range",
	},
	{
	    "aa10:b1:x",
	    "",
	    "\"b1:x\" does not name a revision",
	},
	{
	    "+1:",
	    "",
	    "\"+1\" has nothing to count from",
	},
};

static void
test_ranges(void)
{
	struct tb_graph *g = good_graph(big);

	for (size_t i = 0; i < TB_LEN(ranges); i++) {
		struct tb_revs revs = TB_REVS_INIT;
		struct tb_strs rows = TB_STRS_INIT;
		struct tb_err err = TB_ERR_INIT;
		const char *range = ranges[i].range;

		tb_strs_split(&rows, ranges[i].rows, " ");
		if (tb_target_history(g, &rows, range, &revs, &err) == 0)
			revs_are(&revs, ranges[i].want,
			    range != NULL ? range : "all");
		else
			TB_IS(err.message, ranges[i].want, range);
		tb_revs_release(&revs);
		tb_strs_release(&rows);
		tb_err_release(&err);
	}
	TB_OK(tb_target_needs_rows("current:") &&
		tb_target_needs_rows(":current") &&
		!tb_target_needs_rows("a:b"),
	    "only \"current\" needs a database");
	tb_graph_free(g);
}

int
main(void)
{
	test_targets();
	test_ranges();
	return tb_unit_done();
}
