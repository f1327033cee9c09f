/*
 * One step of a run: its session, its statements, what is written about it.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/script.h"
#include "pg/stream.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/history_sql.h"
#include "revision/run_signal.h"
#include "revision/run_state.h"

#define PG_BOOL 16 /* the oid of type boolean, the same in every server */

/*
 * A revision may change any setting, on purpose or as dumps do, so all of them
 * are set back before the next one and before our own statements.
 */
int
tb_run_session(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	const struct tb_header *h = rs != NULL ? &rs->file.header : NULL;
	struct tb_run_session s;

	st->stmt = NULL;
	tb_run_session_params(st, rs, false, &s);
	if (tb_pg_exec(st->db, "RESET ALL", err) == -1)
		return -1;
	if (tb_pg_execp(st->db, tb_sql_text(tb_revision_sql, "session"),
		TB_RUN_SESSION_PARAMS, s.params, err) == 0)
		return 0;
	return h != NULL ? tb_err_prefix(err, "%s", h->path) : -1;
}

int
tb_run_set_role(PGconn *db, const char *role, struct tb_err *err)
{
	if (role == NULL)
		return 0;
	if (tb_pg_execp(db, "SELECT pg_catalog.set_config('role', $1, false)",
		1, &role, err) == 0)
		return 0;
	(void)tb_err_prefix(err, "could not become role \"%s\"", role);
	return tb_err_hint(err,
	    "The role is that of the section \"migrate\" of tb.conf, or of "
	    "--role; GRANT makes the login role a member of it.");
}

static int
interrupted(const struct tb_run_state *st, int number, struct tb_err *err)
{
	const struct tb_run_step *rs;
	const struct tb_stmt *stmt;

	(void)tb_err_set(err, TB_EXIT_SIGNAL + number, "interrupted by %s",
	    tb_run_signal_name(number));
	stmt = st->failed;
	rs = &st->run->v[st->at];
	if (stmt != NULL || tb_run_where(st, &rs, &stmt))
		(void)tb_err_detail(err,
		    "The statement at %s:%d was "
		    "cancelled.",
		    rs->file.header.path, stmt->line);
	return -1;
}

int
tb_run_check_signal(const struct tb_run_state *st, struct tb_err *err)
{
	int number = tb_run_signal_pending();

	return number != 0 ? interrupted(st, number, err) : 0;
}

static int
run_timed(struct tb_run_state *st, const struct tb_stmt *stmt,
    struct tb_err *err)
{
	struct tb_stream one = { .tick = tb_run_tick, .arg = st };
	PGresult *res;
	int rc;

	st->stmt = stmt;
	st->since = tb_clock_now();
	if ((res = tb_stream_one(&one, st->db, stmt->text, err)) == NULL)
		return -1;
	if (PQresultStatus(res) == PGRES_COPY_IN && stmt->data != NULL) {
		PQclear(res);
		res = tb_stream_copy(&one, st->db, stmt->data, err);
		if (res == NULL)
			return -1;
	} else {
		res = tb_script_copy(st->db, stmt, res);
	}
	rc = tb_pg_ok(res) ? 0 :
			     tb_script_error(st->db, res, stmt,
				 st->run->v[st->at].file.header.path, err);
	PQclear(res);
	return rc;
}

int
tb_run_stmt(struct tb_run_state *st, const struct tb_stmt *stmt,
    struct tb_err *err)
{
	struct tb_run_log *log = tb_run_log_of(st, st->at);
	int rc;

	if (tb_run_check_signal(st, err) == -1)
		return -1;
	rc = run_timed(st, stmt, err);
	(void)json_array_append_new(log->statements,
	    json_pack("{s:i, s:f}", "line", stmt->line, "ms",
		(tb_clock_now() - st->since) * 1000));
	if (rc == -1) {
		st->failed = stmt;
		(void)tb_run_check_signal(st, err);
		return -1;
	}
	st->stmt = NULL;
	return 0;
}

/* A condition: its one column is boolean.  Every row must be true. */
static bool
holds(const PGresult *res)
{
	if (PQnfields(res) != 1 || PQftype(res, 0) != PG_BOOL)
		return true;
	for (int i = 0; i < PQntuples(res); i++)
		if (PQgetisnull(res, i, 0) || *PQgetvalue(res, i, 0) != 't')
			return false;
	return true;
}

int
tb_run_verified(const struct tb_run_step *rs, const struct tb_stmt *stmt,
    const PGresult *res, struct tb_err *err)
{
	const char *path = rs->file.header.path;

	if (!tb_pg_ok(res)) {
		(void)tb_pg_error(NULL, res, err);
		(void)tb_err_prefix(err, "%s:%d", path, stmt->line);
		return tb_err_detail(err,
		    "SQLSTATE %s, in the verify section:\n%s", err->sqlstate,
		    stmt->text);
	}
	if (holds(res))
		return 0;
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: the revision does not verify: the answer is not true", path,
	    stmt->line);
	return tb_err_detail(err, "In the statement:\n%s", stmt->text);
}

static int
verify_one(struct tb_run_state *st, const struct tb_run_step *rs,
    const struct tb_stmt *stmt, struct tb_err *err)
{
	struct tb_stream one = { .tick = tb_run_tick, .arg = st };
	PGresult *res;
	int rc;

	if (tb_run_check_signal(st, err) == -1)
		return -1;
	st->stmt = stmt;
	st->since = tb_clock_now();
	if ((res = tb_stream_one(&one, st->db, stmt->text, err)) == NULL)
		return -1;
	rc = tb_run_verified(rs, stmt, res, err);
	PQclear(res);
	if (rc == -1) {
		st->failed = stmt;
		(void)tb_run_check_signal(st, err);
	}
	st->stmt = NULL;
	return rc;
}

int
tb_run_verify(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	if (rs->verify.n > 0 && tb_run_session(st, rs, err) == -1)
		return -1;
	for (size_t i = 0; i < rs->verify.n; i++)
		if (verify_one(st, rs, &rs->verify.v[i], err) == -1)
			return -1;
	return 0;
}

void
tb_run_begin_step(struct tb_run_state *st, size_t step)
{
	const struct tb_run_hooks *hooks = &st->run->opts.hooks;
	const struct tb_run_step *rs = &st->run->v[step];

	/* The verify section has a session of its own. */
	if (st->log[step].begun)
		return;
	st->log[step].begun = true;
	st->failed = NULL;
	st->started = tb_clock_now();
	if (hooks->begin != NULL)
		hooks->begin(hooks->arg, rs, step + 1, st->run->n);
}

static const char *
action_of(const struct tb_step *step)
{
	switch (step->kind) {
	case TB_STEP_UPGRADE:
		return "upgrade";
	case TB_STEP_DOWNGRADE:
		return "downgrade";
	case TB_STEP_STAMP:
	case TB_STEP_ADOPT:
		break;
	}
	return "stamp";
}

static int
reconcile_stamp(struct tb_run_state *st, struct tb_err *err)
{
	PGresult *recorded = NULL;
	int rc;

	if (st->history->log == TB_HISTORY_LOG_READY &&
	    (recorded = tb_history_recorded(st->history, err)) == NULL)
		return -1;
	rc = tb_history_reconcile(st->history, st->graph, recorded,
	    TB_HISTORY_STAMP, err);
	PQclear(recorded);
	return rc;
}

static int
record_revision(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	struct tb_history *h = st->history;

	switch (rs->step->kind) {
	case TB_STEP_UPGRADE:
		return tb_history_applied(h, &rs->file, TB_HISTORY_RUN, -1,
		    err);
	case TB_STEP_DOWNGRADE:
		return tb_history_undone(h, rs->step->rev->h.id, err);
	case TB_STEP_STAMP:
	case TB_STEP_ADOPT:
		return reconcile_stamp(st, err);
	}
	return 0;
}

/* An empty list says nothing. */
static char *
json_text(json_t *list)
{
	return json_array_size(list) > 0 ?
	    json_dumps(list, JSON_COMPACT | JSON_REAL_PRECISION(6)) :
	    NULL;
}

static int
record_event(struct tb_run_state *st, const struct tb_run_step *rs,
    const char *outcome, const struct tb_err *failure, struct tb_err *err)
{
	const struct tb_run_log *log =
	    tb_run_log_of(st, (size_t)(rs - st->run->v));
	/* What is sent ahead is followed by its details later. */
	bool ahead = st->history->send != NULL;
	char *statements = ahead ? NULL : json_text(log->statements);
	char *notices = ahead ? NULL : json_text(log->notices);
	const struct tb_revision *rev = rs->step->rev;
	struct tb_history_event e = {
		.action = action_of(rs->step),
		.revision = rev != NULL ? rev->h.id : NULL,
		.outcome = outcome,
		.seconds = ahead ? -1 : tb_clock_now() - st->started,
		.statements = statements,
		.notices = notices,
		.tag = st->run->opts.tag,
	};
	int rc;

	if (failure != NULL) {
		e.error = failure->message;
		if (failure->sqlstate[0] != '\0')
			e.sqlstate = failure->sqlstate;
	}
	rc = tb_history_event(st->history, &e, err);
	free(statements);
	free(notices);
	return rc;
}

int
tb_run_record(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	if (st->history == NULL)
		return 0;
	if (tb_history_change(st->history, rs->step, err) == -1 ||
	    record_revision(st, rs, err) == -1)
		return -1;
	return record_event(st, rs, "done", NULL, err);
}

int
tb_run_begin(struct tb_run_state *st, struct tb_err *err)
{
	if (tb_run_session(st, NULL, err) == -1 ||
	    tb_pg_exec(st->db, tb_run_begin_sql, err) == -1)
		return -1;
	if (st->history == NULL || st->reconciled)
		return 0;
	if (tb_history_prepare(st->history, err) == -1 ||
	    tb_history_reconcile(st->history, st->graph, st->recorded,
		TB_HISTORY_FOUND, err) == -1)
		return -1;
	st->reconciled = true;
	return 0;
}

int
tb_run_commit(struct tb_run_state *st, struct tb_err *err)
{
	PGresult *res = tb_pg_query(st->db, "COMMIT", 0, NULL, err);

	if (res == NULL)
		return tb_err_prefix(err, "could not commit");
	/* The server's answer to the COMMIT of a failed transaction. */
	if (strcmp(PQcmdStatus(res), "COMMIT") != 0)
		tb_bug("a failed transaction was about to be committed");
	PQclear(res);
	return 0;
}

char *
tb_run_closing(const struct tb_run_state *st)
{
	const struct tb_run_hooks *hooks = &st->run->opts.hooks;

	if (st->history == NULL || hooks->closing == NULL ||
	    st->history->log != TB_HISTORY_LOG_READY)
		return NULL;
	return hooks->closing(hooks->arg, PQserverVersion(st->db));
}

void
tb_run_record_failure(struct tb_run_state *st, const struct tb_err *failure)
{
	const struct tb_run_step *rs = &st->run->v[st->at];
	struct tb_err err = TB_ERR_INIT;
	bool signal = failure->code > TB_EXIT_SIGNAL;

	if (st->history == NULL || st->history->log != TB_HISTORY_LOG_READY)
		return;
	if (tb_run_session(st, NULL, &err) == -1 ||
	    record_event(st, rs, signal ? "interrupted" : "failed", failure,
		&err) == -1)
		tb_warn("the failure is not in the log: %s", err.message);
	tb_err_release(&err);
}
