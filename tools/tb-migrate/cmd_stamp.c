/*
 * tb-migrate stamp: say where the database is, and run nothing.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "migrate.h"
#include "revision/target.h"

static bool purge;

static int
plan(const struct mig_move *move, const struct mig *m,
    const struct tb_strs *rows, struct tb_plan *out, struct tb_err *err)
{
	return tb_plan_stamp(m->graph, rows, move->what, move->purge, out, err);
}

/* Operands START:END, all with the same START. */
static int
split_operands(int argc, char *argv[], char **start, struct tb_strs *what,
    struct tb_err *err)
{
	*start = NULL;
	for (int i = 0; i < argc; i++) {
		char *from, *to;

		tb_target_split(argv[i], &from, &to);
		tb_strs_take(what, to);
		if (*start != NULL && from != NULL &&
		    strcmp(*start, from) != 0) {
			free(from);
			return tb_err_set(err, TB_EXIT_USAGE,
			    "stamp --sql takes one starting revision only");
		}
		if (*start == NULL)
			*start = from;
		else
			free(from);
	}
	return 0;
}

static int
offline(struct tb_ctx *ctx, struct mig *m, int argc, char *argv[],
    struct tb_err *err)
{
	struct tb_strs what = TB_STRS_INIT;
	struct mig_move move = { .plan = plan, .what = &what };
	char *start = NULL;
	int rc;

	if (purge)
		return tb_err_set(err, TB_EXIT_USAGE,
		    "--purge and --sql do not go together");
	rc = split_operands(argc, argv, &start, &what, err);
	if (rc == 0)
		rc = mig_move_offline(ctx, m, &move, start, err);
	free(start);
	tb_strs_release(&what);
	return rc;
}

static int
online(struct tb_ctx *ctx, struct mig *m, int argc, char *argv[],
    struct tb_err *err)
{
	struct tb_strs what = TB_STRS_INIT;
	struct mig_move move = { .plan = plan, .what = &what, .purge = purge };
	int rc;

	for (int i = 0; i < argc; i++)
		tb_strs_add(&what, argv[i]);
	rc = mig_opts.dry_run ? mig_move_show(ctx, m, &move, err) :
				mig_move_online(ctx, m, &move, err);
	tb_strs_release(&what);
	return rc;
}

static int
stamp_one(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	struct mig m = MIG_INIT;
	int rc = mig_load(ctx, &m, err);

	if (rc == 0)
		rc = mig_opts.sql ? offline(ctx, &m, argc, argv, err) :
				    online(ctx, &m, argc, argv, err);
	mig_close(&m);
	return rc;
}

static int
stamp(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	static const struct mig_many many = { stamp_one, MIG_MOVES };

	return mig_many_run(ctx, &many, argc, argv, err);
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG(0, "purge", "forget all rows first, also unknown ones",
	    &purge),
	TB_OPT_FLAG('n', "dry-run", "show the plan, change nothing",
	    &mig_opts.dry_run),
	TB_OPT_FLAG(0, "sql",
	    "print a script for psql instead; REVISION may be START:END",
	    &mig_opts.sql),
	MIG_OPT_ROLE,
	MIG_OPT_WAIT_LOCK,
	MIG_OPT_TAG,
	MIG_OPT_MANY,
	MIG_OPT_KEEP_GOING,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_stamp = {
	.name = "stamp",
	.args = "REVISION...",
	.help = "say where the database is, without running anything",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.min_args = 1,
	.max_args = -1,
	.run = stamp,
};
