/*
 * Connect, ask everything in one round trip, keep the answers.
 */
#include "core/tb.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/dsn.h"
#include "pg/pipeline.h"
#include "pg/query.h"
#include "report.h"
#include "set.h"

/* What a failed connection is reported as where no check is about it. */
static const struct mon_check connection = {
	.id = (char[]){ "connection" },
	.file = (char[]){ "" },
	.title = (char[]){ "Connection to the server" },
	.text = (char[]){ "" },
	.sql = "",
};

struct run {
	struct tb_ctx *ctx;
	struct mon_report *report;
	double started, timeout;
	double connect_seconds;
	double round_trip;
};

static double
seconds_left(const struct run *run)
{
	double left = run->timeout - (tb_clock_now() - run->started);

	/* 0 would mean: no limit. */
	return left > 0.001 ? left : 0.001;
}

/* The result of a check; made when it is first asked for. */
static struct mon_result *
result_of(struct mon_report *report, const struct mon_check *check)
{
	for (size_t i = 0; i < report->n; i++)
		if (strcmp(report->results[i].check->id, check->id) == 0)
			return &report->results[i];
	report->results = tb_grow(report->results, report->n, &report->cap,
	    sizeof(*report->results));
	report->results[report->n] = (struct mon_result){ .check = check };
	return &report->results[report->n++];
}

/*
 * What libpq says (the detail) names the server as well; further lines of it
 * explain, or are about further addresses.
 */
static char *
one_line(const struct tb_err *err)
{
	const char *text = err->detail != NULL ? err->detail : err->message;

	return tb_strndup(text, strcspn(text, "\n"));
}

/* The first check that looks at connecting; if none was asked, our own. */
static struct mon_result *
result_about_connecting(struct mon_report *report)
{
	for (size_t i = 0; i < report->n; i++)
		if (mon_check_param(report->results[i].check,
			MON_PARAM_CONNECT) != NULL)
			return &report->results[i];
	return result_of(report, &connection);
}

/* A server that cannot be had is critical, not unknown. */
static void
report_failure(struct run *run, const struct tb_err *why)
{
	struct mon_result *r = result_about_connecting(run->report);
	struct mon_row *row = mon_add_row(r, MON_CRITICAL);

	row->message = one_line(why);
	row->hint = tb_strdup_null(why->hint);
	free(r->skipped);
	r->skipped = NULL;
}

/* Is this a finding about the server, or was the question wrong? */
static bool
is_finding(const struct tb_err *err)
{
	return err->code == TB_EXIT_UNAVAILABLE || err->code == TB_EXIT_BUSY ||
	    err->code == TB_EXIT_NOPERM;
}

static PGconn *
connect_in_time(struct run *run, struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	double before = tb_clock_now();
	char limit[32];
	PGconn *db = NULL;

	if (tb_cli_dsn(run->ctx, &dsn, err) == -1) {
		tb_dsn_release(&dsn);
		return NULL;
	}
	run->report->target = tb_dsn_describe(&dsn);
	if (tb_dsn_get(&dsn, "connect_timeout") == NULL &&
	    getenv("PGCONNECT_TIMEOUT") == NULL) {
		/* libpq takes whole seconds. */
		(void)snprintf(limit, sizeof(limit), "%d",
		    (int)(run->timeout + 0.999));
		tb_dsn_set(&dsn, "connect_timeout", limit);
	}
	db = tb_pg_connect(&dsn, TB_PG_READ, err);
	run->connect_seconds = tb_clock_now() - before;
	tb_dsn_release(&dsn);
	return db;
}

/*
 * Settings by statements, because a connection pooler refuses them in the
 * start-up packet.  A check that hangs takes a quarter of the time, so that
 * one does not use up what the others need.
 */
static int
set_session_up(struct run *run, PGconn *db, struct tb_err *err)
{
	char limit[32];
	const char *params[] = { limit };
	struct tb_pipe pipes[] = {
		{ .sql = "SET lock_timeout = '100ms'" },
		{ .sql = "SET jit = off" },
		{ .sql = "SELECT pg_catalog.set_config('statement_timeout',"
			 " $1, false)",
		    .nparams = 1,
		    .params = params },
		{ .sql = "SELECT pg_catalog.pg_is_in_recovery()" },
	};
	const size_t n = TB_LEN(pipes);
	double before = tb_clock_now();
	int rc;

	(void)snprintf(limit, sizeof(limit), "%dms",
	    (int)(run->timeout * 1000 / 4) + 1);
	rc = tb_pg_pipeline(db, pipes, n, seconds_left(run), err);
	run->round_trip = tb_clock_now() - before;
	for (size_t i = 0; i < n && rc == 0; i++)
		if (!tb_pg_ok(pipes[i].res))
			rc = tb_pg_error(db, pipes[i].res, err);
	if (rc == 0)
		run->report->in_recovery =
		    PQgetvalue(pipes[n - 1].res, 0, 0)[0] == 't';
	tb_pg_pipeline_clear(pipes, n);
	return rc;
}

/* NULL: it can be asked here. */
static char *
why_not(const struct mon_check *c, const struct mon_report *report)
{
	if (report->version < c->since)
		return tb_asprintf("for servers from %d on", c->since / 10000);
	if (report->version > c->until)
		return tb_asprintf("for servers up to %d", c->until / 10000);
	if (c->role == MON_PRIMARY && report->in_recovery)
		return tb_strdup("for a primary server only");
	if (c->role == MON_STANDBY && !report->in_recovery)
		return tb_strdup("for a standby server only");
	return NULL;
}

/*
 * Find for each selected check the variant that fits this server.  Results get
 * to be in the order of the set.
 */
static void
choose_variants(struct mon_report *report, const struct mon_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct mon_check *c = set->v[i];
		struct mon_result *r;
		char *why;

		if (!c->selected)
			continue;
		why = why_not(c, report);
		r = result_of(report, c);
		if (why == NULL) {
			r->check = c;
			free(r->skipped);
			r->skipped = NULL;
		} else if (r->check == c) {
			r->skipped = why;
			why = NULL;
		}
		free(why);
	}
}

/* Without a server no variant is the right one. */
static void
skip_all(struct mon_report *report, const struct mon_set *set)
{
	for (size_t i = 0; i < set->n; i++) {
		struct mon_result *r;

		if (!set->v[i]->selected)
			continue;
		r = result_of(report, set->v[i]);
		if (r->skipped == NULL)
			r->skipped = tb_strdup("there is no connection");
	}
}

/* The parameters of one check, and texts for those that are ours. */
struct values {
	const char **v;
	char connect[32], epoch[32];
};

static void
fill_values(struct values *values, const struct run *run,
    const struct mon_check *c)
{
	values->v = tb_calloc(c->nparams + 1, sizeof(*values->v));
	(void)snprintf(values->connect, sizeof(values->connect), "%.6f",
	    run->connect_seconds);
	/* The statement gets there after half a round trip. */
	(void)snprintf(values->epoch, sizeof(values->epoch), "%.6f",
	    tb_clock_epoch() + run->round_trip / 2);
	for (size_t i = 0; i < c->nparams; i++) {
		const struct mon_param *p = &c->params[i];

		if (strcmp(p->name, MON_PARAM_CONNECT) == 0)
			values->v[i] = values->connect;
		else if (strcmp(p->name, MON_PARAM_EPOCH) == 0)
			values->v[i] = values->epoch;
		else
			values->v[i] = p->value;
	}
}

/* All that goes into the round trip: results[i], pipes[i], values[i]. */
struct batch {
	struct mon_result **results;
	struct tb_pipe *pipes;
	struct values *values;
	size_t n;
};

static void
add_to_batch(struct batch *batch, const struct run *run, struct mon_result *r)
{
	size_t i = batch->n++;

	fill_values(&batch->values[i], run, r->check);
	batch->results[i] = r;
	batch->pipes[i] = (struct tb_pipe){
		.sql = r->check->sql,
		.nparams = (int)r->check->nparams,
		.params = batch->values[i].v,
	};
}

static bool
wants_clock(const struct mon_check *c)
{
	return mon_check_param(c, MON_PARAM_EPOCH) != NULL;
}

/* Whoever compares clocks goes first: the others would make it wait. */
static void
make_batch(struct batch *batch, const struct run *run)
{
	struct mon_report *report = run->report;

	batch->results = tb_calloc(report->n + 1, sizeof(*batch->results));
	batch->pipes = tb_calloc(report->n + 1, sizeof(*batch->pipes));
	batch->values = tb_calloc(report->n + 1, sizeof(*batch->values));
	batch->n = 0;
	for (int clock = 1; clock >= 0; clock--)
		for (size_t i = 0; i < report->n; i++) {
			struct mon_result *r = &report->results[i];

			if (r->skipped == NULL &&
			    wants_clock(r->check) == (clock == 1))
				add_to_batch(batch, run, r);
		}
}

static void
release_batch(struct batch *batch)
{
	tb_pg_pipeline_clear(batch->pipes, batch->n);
	for (size_t i = 0; i < batch->n; i++)
		free(batch->values[i].v);
	free(batch->results);
	free(batch->pipes);
	free(batch->values);
}

/*
 * What did not answer in time is unknown.  A connection that broke is a
 * finding of its own.
 */
static void
ask(struct run *run, PGconn *db)
{
	struct tb_err err = TB_ERR_INIT;
	struct batch batch;
	bool lost;
	int rc;

	make_batch(&batch, run);
	rc = tb_pg_pipeline(db, batch.pipes, batch.n, seconds_left(run), &err);
	lost = rc == -1 && PQstatus(db) == CONNECTION_BAD;
	for (size_t i = 0; i < batch.n; i++) {
		batch.results[i]->seconds = batch.pipes[i].seconds;
		mon_grade_result(batch.results[i], batch.pipes[i].res,
		    lost ? "the connection was lost" : "no answer in time");
	}
	if (lost)
		report_failure(run, &err);
	tb_err_release(&err);
	release_batch(&batch);
}

static void
add_up(struct run *run)
{
	struct mon_report *report = run->report;

	for (size_t i = 0; i < report->n; i++) {
		const struct mon_result *r = &report->results[i];

		if (r->skipped != NULL) {
			report->skipped++;
			continue;
		}
		report->counts[r->grade]++;
		report->grade = mon_worse(report->grade, r->grade);
	}
	report->seconds = tb_clock_now() - run->started;
}

int
mon_run(struct tb_ctx *ctx, const struct mon_set *set, double timeout,
    struct mon_report *report, struct tb_err *err)
{
	struct run run = {
		.ctx = ctx,
		.report = report,
		.started = tb_clock_now(),
		.timeout = timeout,
	};

	report->started = (time_t)tb_clock_epoch();
	/* The driver closes it. */
	ctx->db = connect_in_time(&run, err);
	if (ctx->db == NULL || set_session_up(&run, ctx->db, err) == -1) {
		if (!is_finding(err))
			return -1;
		skip_all(report, set);
		report_failure(&run, err);
	} else {
		report->version = PQserverVersion(ctx->db);
		choose_variants(report, set);
		ask(&run, ctx->db);
	}
	add_up(&run);
	return 0;
}
