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
	const struct tb_run_opts *opts = &st->run->opts;
	const struct tb_header *h = rs != NULL ? &rs->file.header : NULL;
	const char *params[] = {
		h != NULL && h->lock_timeout != NULL ? h->lock_timeout :
						       opts->lock_timeout,
		h != NULL && h->statement_timeout != NULL ?
		    h->statement_timeout :
		    opts->statement_timeout,
		opts->role != NULL ? opts->role : "none",
		rs != NULL ? NULL : "",
	};

	st->line = 0;
	if (tb_pg_exec(st->db, "RESET SESSION AUTHORIZATION", err) == -1 ||
	    tb_pg_exec(st->db, "RESET ALL", err) == -1)
		return -1;
	if (tb_pg_execp(st->db, tb_sql_text(tb_revision_sql, "session"), 4,
		params, err) == 0)
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
	(void)tb_err_set(err, TB_EXIT_SIGNAL + number, "interrupted by %s",
	    tb_run_signal_name(number));
	if (st->line > 0)
		(void)tb_err_detail(err,
		    "The statement at %s:%d was "
		    "cancelled.",
		    st->file, st->line);
	return -1;
}

/* Did a signal come?  It outweighs whatever else failed by it. */
static int
check_signal(const struct tb_run_state *st, struct tb_err *err)
{
	int number = tb_run_signal_pending();

	return number != 0 ? interrupted(st, number, err) : 0;
}

static int
run_one(struct tb_run_state *st, const struct tb_stmt *stmt, struct tb_err *err)
{
	double start;
	int rc;

	if (check_signal(st, err) == -1)
		return -1;
	st->line = stmt->line;
	start = tb_clock_now();
	rc = tb_script_stmt(st->db, stmt, st->file, err);
	(void)json_array_append_new(st->statements,
	    json_pack("{s:i, s:f}", "line", stmt->line, "ms",
		(tb_clock_now() - start) * 1000));
	if (rc == -1) {
		(void)check_signal(st, err);
		return -1;
	}
	st->line = 0;
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

static int
verify_one(struct tb_run_state *st, const struct tb_stmt *stmt,
    struct tb_err *err)
{
	PGresult *res;
	bool ok;

	if (check_signal(st, err) == -1)
		return -1;
	st->line = stmt->line;
	if ((res = tb_pg_query(st->db, stmt->text, 0, NULL, err)) == NULL) {
		(void)tb_err_prefix(err, "%s:%d", st->file, stmt->line);
		(void)tb_err_detail(err,
		    "SQLSTATE %s, in the verify section:\n%s", err->sqlstate,
		    stmt->text);
		(void)check_signal(st, err);
		return -1;
	}
	st->line = 0;
	ok = holds(res);
	PQclear(res);
	if (ok)
		return 0;
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: the revision does not verify: the answer is not true",
	    st->file, stmt->line);
	return tb_err_detail(err, "In the statement:\n%s", stmt->text);
}

static int
verify(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	if (rs->verify.n > 0 && tb_run_session(st, rs, err) == -1)
		return -1;
	for (size_t i = 0; i < rs->verify.n; i++)
		if (verify_one(st, &rs->verify.v[i], err) == -1)
			return -1;
	return 0;
}

static void
begin_step(struct tb_run_state *st, const struct tb_run_step *rs)
{
	const struct tb_run_hooks *hooks = &st->run->opts.hooks;

	json_decref(st->notices);
	json_decref(st->statements);
	st->notices = json_array();
	st->statements = json_array();
	st->file = rs->file.header.path;
	st->line = 0;
	st->statements_done = false;
	st->started = tb_clock_now();
	if (hooks->begin != NULL)
		hooks->begin(hooks->arg, rs, st->at + 1, st->run->n);
}

int
tb_run_statements(struct tb_run_state *st, struct tb_run_step *rs,
    struct tb_err *err)
{
	begin_step(st, rs);
	if (rs->stmts.n > 0 && tb_run_session(st, rs, err) == -1)
		return -1;
	for (size_t i = 0; i < rs->stmts.n; i++)
		if (run_one(st, &rs->stmts.v[i], err) == -1)
			return -1;
	st->statements_done = true;
	if (verify(st, rs, err) == -1)
		return -1;
	rs->seconds = tb_clock_now() - st->started;
	return 0;
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
record_revision(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	struct tb_history *h = st->history;

	switch (rs->step->kind) {
	case TB_STEP_UPGRADE:
		return tb_history_applied(h, &rs->file, TB_HISTORY_RUN,
		    rs->seconds, err);
	case TB_STEP_DOWNGRADE:
		return tb_history_undone(h, rs->step->rev->h.id, err);
	case TB_STEP_STAMP:
	case TB_STEP_ADOPT:
		return tb_history_reconcile(h, st->graph, TB_HISTORY_STAMP,
		    err);
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
	char *statements = json_text(st->statements);
	char *notices = json_text(st->notices);
	const struct tb_revision *rev = rs->step->rev;
	struct tb_history_event e = {
		.action = action_of(rs->step),
		.revision = rev != NULL ? rev->h.id : NULL,
		.outcome = outcome,
		.seconds = tb_clock_now() - st->started,
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
	if (rs->stmts.n + rs->verify.n > 0 &&
	    tb_run_session(st, NULL, err) == -1)
		return -1;
	if (tb_history_change(st->history, rs->step, err) == -1 ||
	    record_revision(st, rs, err) == -1)
		return -1;
	return record_event(st, rs, "done", NULL, err);
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
