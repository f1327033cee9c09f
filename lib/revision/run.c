/*
 * Transactions: where they begin and end, and what is said when one fails.
 */
#include "core/tb.h"

#include <bsd/stdlib.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/strs.h"
#include "pg/query.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/run_alone.h"
#include "revision/run_signal.h"
#include "revision/run_state.h"
#include "revision/run_watch.h"

static char *
where_it_is(const struct tb_history *h)
{
	return h->rows.n > 0 ? tb_strs_join(&h->rows, ", ") : tb_strdup("base");
}

static void
tell_what_is_applied(struct tb_run_state *st, bool half_done,
    struct tb_err *err)
{
	size_t committed = 0;
	char *at;

	for (size_t i = 0; i < st->run->n; i++)
		committed += st->run->v[i].committed;
	at = where_it_is(st->history);
	if (committed > 0)
		(void)tb_err_detail(err,
		    "%zu of %zu steps were done and stay; the database is at "
		    "%s.",
		    committed, st->run->n, at);
	else if (half_done)
		(void)tb_err_detail(err,
		    "The version table says %s, as before.", at);
	else
		(void)tb_err_detail(err,
		    "Nothing was changed: the database is at %s, as before.",
		    at);
	free(at);
}

static void
roll_back(struct tb_run_state *st)
{
	struct tb_err err = TB_ERR_INIT;

	if (PQtransactionStatus(st->db) != PQTRANS_IDLE &&
	    tb_pg_exec(st->db, "ROLLBACK", &err) == -1)
		tb_debug("could not roll back: %s", err.message);
	tb_err_release(&err);
}

/* What the transaction was is gone; what the database is must be read. */
static int
look_again(struct tb_run_state *st)
{
	struct tb_err err = TB_ERR_INIT;
	int rc = 0;

	if (tb_run_session(st, NULL, &err) == -1 ||
	    tb_history_recover(st->history, &err) == -1) {
		tb_warn("could not look at the database again: %s",
		    err.message);
		rc = -1;
	}
	tb_err_release(&err);
	return rc;
}

/* Tell of what is committed and not told yet, up to step end - 1. */
static void
tell_done(struct tb_run_state *st, size_t end)
{
	const struct tb_run_hooks *hooks = &st->run->opts.hooks;

	for (; st->told < end && st->run->v[st->told].committed; st->told++)
		if (hooks->done != NULL)
			hooks->done(hooks->arg, &st->run->v[st->told]);
}

/* After a run whose last transaction did not do it. */
static void
close_late(struct tb_run_state *st)
{
	char *sql = tb_run_closing(st);
	struct tb_err err = TB_ERR_INIT;

	if (sql != NULL && tb_pg_exec(st->db, sql, &err) == -1)
		tb_debug("%s", err.message);
	free(sql);
	tb_err_release(&err);
}

static void
clear_up(struct tb_run_state *st, struct tb_err *err)
{
	bool half_done;

	tb_run_signal_spare();
	st->stmt = NULL;
	if (PQstatus(st->db) == CONNECTION_OK)
		roll_back(st);
	else if (err->hint == NULL && st->history != NULL)
		(void)tb_err_hint(err,
		    "The server rolls back what was not committed; "
		    "\"tb-migrate status\" tells where it is.");
	/* Of a scratch database nothing is kept. */
	if (st->history == NULL || PQstatus(st->db) != CONNECTION_OK ||
	    look_again(st) == -1)
		return;
	tb_run_diagnose(st, &st->run->v[st->at], err);
	half_done =
	    st->run->v[st->at].alone != NULL && tb_run_alone_explain(st, err);
	tell_what_is_applied(st, half_done, err);
	/* Its commit makes those before it durable. */
	tb_run_record_failure(st, err);
	if (st->run->v[0].committed || half_done)
		close_late(st);
	tell_done(st, st->run->n);
}

/* What is there to compare with; nothing if tb.revision is yet to be made. */
static int
read_recorded(struct tb_run_state *st, struct tb_err *err)
{
	PQclear(st->recorded);
	st->recorded = NULL;
	if (st->history == NULL || !st->history->revision_there ||
	    st->history->log == TB_HISTORY_LOG_DENIED)
		return 0;
	st->recorded = tb_history_recorded(st->history, err);
	return st->recorded != NULL ? 0 : -1;
}

/*
 * Somebody held a lock for too long, or the other way round: what was rolled
 * back can be tried again.
 */
static bool
may_retry(const struct tb_run_state *st, const struct tb_err *err)
{
	const struct tb_history *h = st->history;

	/* What runs alone goes on from its journal, if it has one. */
	if (h == NULL ||
	    (st->run->v[st->at].alone != NULL &&
		h->log != TB_HISTORY_LOG_READY))
		return false;
	return (strcmp(err->sqlstate, "55P03") == 0 ||
		   strcmp(err->sqlstate, "40P01") == 0) &&
	    tb_clock_now() < st->give_up && PQstatus(st->db) == CONNECTION_OK &&
	    tb_run_signal_pending() == 0;
}

/* Doubled each time, up to 5 s; a part of it is chance. */
static double
next_pause(const struct tb_run_state *st)
{
	double pause = 0.25;

	for (unsigned int i = 0; i < st->tries && pause < 5; i++)
		pause *= 2;
	if (pause > 5)
		pause = 5;
	return pause * (0.5 + arc4random_uniform(1000) / 1000.0);
}

static void
tell_retry(struct tb_run_state *st, const struct tb_err *err, double pause)
{
	struct tb_err why = TB_ERR_INIT;

	tb_info("%s: trying again in %.1f s", err->message, pause);
	tb_run_tell_holders(st, &st->run->v[st->at], &why);
	tb_run_watch_quiet(st->watch);
	if (why.detail != NULL && tb_log_level() >= TB_LOG_INFO)
		tb_log_line("detail", why.detail);
	tb_err_release(&why);
}

/* Roll back, wait, and make everything ready for another try. */
static int
wait_and_retry(struct tb_run_state *st, struct tb_err *err)
{
	double pause = next_pause(st);

	roll_back(st);
	tell_retry(st, err, pause);
	tb_err_release(err);
	tb_clock_sleep(pause);
	st->tries++;
	st->failed = NULL;
	st->stmt = NULL;
	st->prepared = 0;
	st->generation += 1U << 16;
	tb_run_log_forget(st);
	st->reconciled = false;
	if (tb_run_check_signal(st, err) == -1 ||
	    tb_run_session(st, NULL, err) == -1 ||
	    tb_history_recover(st->history, err) == -1)
		return -1;
	return read_recorded(st, err);
}

/* Up to the next revision that runs alone, or that one. */
static size_t
stretch(const struct tb_run *run, size_t first)
{
	size_t last = first + 1;

	if (run->v[first].alone != NULL)
		return last;
	while (last < run->n && run->v[last].alone == NULL)
		last++;
	return last;
}

static int
run_from(struct tb_run_state *st, size_t *done, size_t last, struct tb_err *err)
{
	if (st->run->v[*done].alone == NULL)
		return tb_run_pipelined(st, *done, last, done, err);
	st->at = *done;
	return tb_run_alone(st, &st->run->v[*done], err);
}

static int
run_stretch(struct tb_run_state *st, size_t first, size_t last,
    struct tb_err *err)
{
	size_t done = first;

	while (run_from(st, &done, last, err) == -1)
		if (!may_retry(st, err) || wait_and_retry(st, err) == -1)
			return -1;
	return 0;
}

static int
run_all(struct tb_run_state *st, struct tb_err *err)
{
	const struct tb_run *run = st->run;

	for (size_t first = 0, last; first < run->n; first = last) {
		last = stretch(run, first);
		if (run_stretch(st, first, last, err) == -1) {
			/* Whatever failed by it. */
			(void)tb_run_check_signal(st, err);
			clear_up(st, err);
			return -1;
		}
		tell_done(st, last);
	}
	if (run->v[run->n - 1].alone != NULL)
		close_late(st);
	return 0;
}

/* The server says so itself: a pooler may have logged in as another. */
static char *
login_of(const PGconn *db)
{
	const char *login = PQparameterStatus(db, "session_authorization");

	return tb_strdup(login != NULL ? login : PQuser(db));
}

static int
execute(struct tb_run_state *st, struct tb_err *err)
{
	/* Of prepared statements, which outlive a run in its session. */
	static unsigned int generation;
	struct tb_run *run = st->run;
	const char *program;
	int rc;

	if (run->n == 0)
		return 0;
	if (read_recorded(st, err) == -1)
		return -1;
	st->generation = ++generation;
	st->login = login_of(st->db);
	if ((program = PQparameterStatus(st->db, "application_name")) != NULL)
		st->program = tb_strdup(program);
	st->give_up = tb_clock_now() + run->opts.retry;
	st->log = tb_calloc(run->n, sizeof(*st->log));
	tb_run_notice_catch(st);
	tb_run_signal_catch(st->db);
	if (st->history != NULL)
		st->watch = tb_run_watch_open(st->db, &run->opts);
	rc = tb_run_alone_check(st, err);
	if (rc == 0)
		rc = run_all(st, err);
	tb_run_watch_close(st->watch);
	tb_run_log_write(st, rc == 0);
	tb_run_signal_release();
	tb_run_notice_release(st);
	tb_run_log_forget(st);
	free(st->log);
	free(st->login);
	free(st->program);
	tb_buf_release(&st->details);
	PQclear(st->recorded);
	return rc;
}

int
tb_run_execute(struct tb_run *run, const struct tb_graph *g,
    struct tb_history *h, struct tb_err *err)
{
	struct tb_run_state st = { .db = h->db,
		.run = run,
		.history = h,
		.graph = g,
		.details = TB_BUF_INIT };

	if (h->log == TB_HISTORY_LOG_DENIED && run->n > 0) {
		tb_warn("%s: who did what and when is not recorded, nor the "
			"text that would undo it",
		    h->log_problem);
		tb_hint("%s", h->log_remedy);
	}
	return execute(&st, err);
}

int
tb_run_replay(struct tb_run *run, PGconn *db, struct tb_err *err)
{
	struct tb_run_state st = {
		.db = db,
		.run = run,
		.details = TB_BUF_INIT,
	};

	return execute(&st, err);
}
