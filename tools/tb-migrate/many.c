/*
 * --targets and --tenants.
 */
#include "core/tb.h"

#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "many.h"
#include "revision/run_signal.h"

#define JOBS 4

static int
usage(struct tb_err *err, const char *message)
{
	return tb_err_set(err, TB_EXIT_USAGE, "%s", message);
}

static int
check_alone(struct tb_err *err)
{
	if (mig_opts.jobs > 0 || mig_opts.keep_going)
		return usage(err,
		    "--jobs and --keep-going need --targets or --tenants");
	return 0;
}

static int
check_backup(struct tb_err *err)
{
	if (mig_opts.backup == NULL)
		return 0;
	if (mig_opts.tenants != NULL) {
		(void)usage(err, "--backup and --tenants do not go together");
		return tb_err_hint(err,
		    "It would be the whole database for each of them: run "
		    "pg_dump once before.");
	}
	if (strstr(mig_opts.backup, "%t") != NULL)
		return 0;
	(void)usage(err, "with --targets the file of --backup needs a %t");
	return tb_err_hint(err,
	    "The name of the target is put there, as in before-%%t.dump.");
}

static int
check_usage(const struct tb_ctx *ctx, struct tb_err *err)
{
	if (mig_opts.targets != NULL && mig_opts.tenants != NULL)
		return usage(err, "--targets and --tenants do not go together");
	if (mig_opts.sql)
		return usage(err,
		    "--sql is about one database: no --targets, no --tenants");
	if (mig_opts.targets != NULL && ctx->conn.dbname != NULL)
		return usage(err, "--targets and --dbname do not go together");
	if (mig_opts.targets != NULL && ctx->conn.force_password) {
		(void)usage(err, "--targets and --password do not go together");
		return tb_err_hint(err, "Put the passwords into ~/.pgpass.");
	}
	if (mig_opts.tenants != NULL && mig_opts.schema != NULL)
		return usage(err,
		    "--tenants and --version-schema do not go together");
	return check_backup(err);
}

static int
read_targets(struct tb_ctx *ctx, struct mig_targets *ts, struct tb_err *err)
{
	return mig_opts.targets != NULL ?
	    mig_targets_read(ts, mig_opts.targets, err) :
	    mig_tenants_read(ctx, ts, mig_opts.tenants, err);
}

static size_t
jobs(const struct mig_targets *ts)
{
	size_t n = mig_opts.jobs > 0 ? (size_t)mig_opts.jobs : JOBS;

	return n < ts->n ? n : ts->n;
}

/* The worst that a target came to, or the signal. */
static int
worst(const struct mig_targets *ts, int number)
{
	int code = number != 0 ? TB_EXIT_SIGNAL + number : 0;

	for (size_t i = 0; i < ts->n; i++)
		if (ts->v[i].state == MIG_TARGET_ENDED && ts->v[i].code > code)
			code = ts->v[i].code;
	return code;
}

static int
conclude(const struct mig_targets *ts, int number, struct tb_err *err)
{
	struct mig_count c = mig_targets_count(ts);
	int code = worst(ts, number);

	if (code < TB_EXIT_USAGE)
		return code;
	if (number != 0)
		(void)tb_err_set(err, code,
		    "interrupted by %s: %zu of %zu targets failed, %zu were "
		    "not started",
		    tb_run_signal_name(number), c.failed, ts->n, c.waiting);
	else if (c.waiting > 0)
		(void)tb_err_set(err, code,
		    "%zu of %zu targets failed, %zu were not started", c.failed,
		    ts->n, c.waiting);
	else
		(void)tb_err_set(err, code, "%zu of %zu targets failed",
		    c.failed, ts->n);
	if (c.waiting > 0 && number == 0)
		return tb_err_hint(err,
		    "Mend it and run again: what is done is passed over.  "
		    "--keep-going goes on with the others.");
	return tb_err_hint(err,
	    "Mend it and run again: what is done is passed over.");
}

static int
run_all(struct tb_ctx *ctx, struct mig_targets *ts, const struct mig_many *many,
    int argc, char *argv[], struct tb_err *err)
{
	struct mig_pool pool = {
		.ctx = ctx,
		.targets = ts,
		.run = many->run,
		.argc = argc,
		.argv = argv,
		.jobs = jobs(ts),
		/* To look at one does not depend on how the others are. */
		.keep_going = mig_opts.keep_going || many->kind != MIG_MOVES,
	};
	struct mig m = MIG_INIT;
	int rc = -1;

	/* Read once; each process takes its copy over. */
	if (mig_load(ctx, &m, err) == 0) {
		int number;

		mig_share(m.graph);
		number = mig_pool_run(&pool);
		if (mig_opts.tenants != NULL && many->kind == MIG_MOVES)
			mig_tenants_close(ctx, ts);
		mig_many_print(ctx, many->kind, ts, m.graph);
		rc = conclude(ts, number, err);
	}
	mig_close(&m);
	return rc;
}

int
mig_many_run(struct tb_ctx *ctx, const struct mig_many *many, int argc,
    char *argv[], struct tb_err *err)
{
	struct mig_targets ts = MIG_TARGETS_INIT;
	int rc = -1;

	if (mig_opts.targets == NULL && mig_opts.tenants == NULL)
		return check_alone(err) == -1 ? -1 :
						many->run(ctx, argc, argv, err);
	if (check_usage(ctx, err) == 0 && read_targets(ctx, &ts, err) == 0) {
		if (ts.n == 0)
			tb_info("there are no tenants");
		rc = run_all(ctx, &ts, many, argc, argv, err);
	}
	mig_targets_release(&ts);
	return rc;
}
