/*
 * One statement of a revision that runs outside a transaction, and the notes
 * about it.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/strs.h"
#include "pg/query.h"
#include "pg/split.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/history_sql.h"
#include "revision/run_alone.h"
#include "revision/run_alone_kind.h"
#include "revision/run_alone_state.h"
#include "revision/run_index.h"
#include "revision/run_journal.h"
#include "revision/run_signal.h"
#include "revision/run_state.h"

/* --- What is written ----------------------------------------------------- */

/*
 * In a transaction: nothing that the revision set may mislead or stop us; its
 * settings come back when the transaction ends.
 */
static int
become_ourselves(const struct tb_alone *a, struct tb_err *err)
{
	const char *role = a->st->run->opts.role;

	const char *session =
	    PQparameterStatus(a->st->db, "session_authorization");

	if (role == NULL)
		role = "none";
	/* Only then: when it comes back, the role might not. */
	if (session != NULL && strcmp(session, PQuser(a->st->db)) != 0 &&
	    tb_pg_exec(a->st->db, "SET LOCAL SESSION AUTHORIZATION DEFAULT",
		err) == -1)
		return -1;
	return tb_pg_execp(a->st->db,
	    tb_sql_text(tb_revision_sql, "journal_session"), 1, &role, err);
}

static int
write_row(const struct tb_alone *a, size_t i, enum tb_journal_state state,
    const struct tb_err *failure, struct tb_err *err)
{
	struct tb_journal_mark m = { a->id, a->down, i + 1, &a->rs->stmts.v[i],
		state, a->rest, failure };

	if (!a->journaled)
		return 0;
	if (become_ourselves(a, err) == -1)
		return -1;
	return tb_journal_write(a->st->history, &m, err);
}

/* In a transaction of its own. */
int
tb_alone_mark(const struct tb_alone *a, size_t i, enum tb_journal_state state,
    const struct tb_err *failure, struct tb_err *err)
{
	a->st->stmt = NULL;
	if (!a->journaled)
		return 0;
	if (tb_pg_exec(a->st->db, tb_run_begin_sql, err) == -1 ||
	    write_row(a, i, state, failure, err) == -1)
		return -1;
	return tb_run_commit(a->st, err);
}

int
tb_alone_unmark(const struct tb_alone *a, size_t i, struct tb_err *err)
{
	if (!a->journaled)
		return 0;
	if (tb_pg_exec(a->st->db, tb_run_begin_sql, err) == -1 ||
	    become_ourselves(a, err) == -1 ||
	    tb_journal_erase(a->st->history, a->id, i + 1, err) == -1)
		return -1;
	return tb_run_commit(a->st, err);
}

/* A statement that is not run: the log counts them all. */
void
tb_alone_log(const struct tb_alone *a, size_t i, const char *word)
{
	(void)json_array_append_new(tb_run_log_of(a->st, a->st->at)->statements,
	    json_pack("{s:i, s:s}", "line", a->rs->stmts.v[i].line, "state",
		word));
}

/* --- One statement ------------------------------------------------------- */

/*
 * What the revision itself sets is not set again.  What the role or the
 * database have by default is for the first statement, as in a transaction,
 * but not for one that has to wait for every old transaction.
 */
int
tb_alone_lock_timeout(struct tb_alone *a, const struct tb_stmt *stmt,
    struct tb_err *err)
{
	const char *next = tb_run_lock_timeout(a->st, a->rs, stmt);

	if (next == NULL || next == a->wait)
		return 0;
	a->wait = next;
	return tb_pg_execp(a->st->db,
	    "SELECT pg_catalog.set_config('lock_timeout', $1, false)", 1, &next,
	    err);
}

static void
roll_back(const struct tb_alone *a)
{
	struct tb_err err = TB_ERR_INIT;

	if (PQtransactionStatus(a->st->db) != PQTRANS_IDLE &&
	    tb_pg_exec(a->st->db, "ROLLBACK", &err) == -1)
		tb_debug("could not roll back: %s", err.message);
	tb_err_release(&err);
}

/* Constraints that are deferred fail here: that is the statement's failure. */
static int
commit_statement(struct tb_alone *a, const struct tb_stmt *stmt,
    struct tb_err *err)
{
	int rc;

	a->st->stmt = stmt;
	rc = tb_run_commit(a->st, err);
	a->st->stmt = NULL;
	if (rc == 0)
		return 0;
	a->st->failed = stmt;
	return tb_err_prefix(err, "%s:%d", a->path, stmt->line);
}

static int
run_in_transaction(struct tb_alone *a, size_t i, struct tb_err *err)
{
	const struct tb_stmt *stmt = &a->rs->stmts.v[i];

	if (tb_pg_exec(a->st->db, tb_run_begin_sql, err) == -1 ||
	    tb_run_stmt(a->st, stmt, err) == -1 ||
	    write_row(a, i, TB_JOURNAL_DONE, NULL, err) == -1)
		return -1;
	return commit_statement(a, stmt, err);
}

/* -1: the server would not say. */
static long long
count_transactions(const struct tb_alone *a)
{
	struct tb_err err = TB_ERR_INIT;
	PGresult *res = tb_pg_query(a->st->db,
	    tb_sql_text(tb_revision_sql, "journal_transaction"), 0, NULL, &err);
	long long n = -1;

	if (res != NULL && PQntuples(res) == 1)
		n = tb_pg_get_int(res, 0, "number");
	PQclear(res);
	tb_err_release(&err);
	return n;
}

/*
 * What ran in one transaction, that is between the one before and this one, is
 * rolled back: nothing took effect.  Otherwise the note stays, with the error.
 */
static void
note_failure(const struct tb_alone *a, size_t i, long long before,
    const struct tb_err *failure)
{
	struct tb_err err = TB_ERR_INIT;
	long long after;
	int rc;

	tb_run_signal_spare();
	a->st->stmt = NULL;
	if (!a->journaled || PQstatus(a->st->db) != CONNECTION_OK)
		return;
	roll_back(a);
	after = count_transactions(a);
	rc = before >= 0 && after == before + 2 ?
	    tb_alone_unmark(a, i, &err) :
	    tb_alone_mark(a, i, TB_JOURNAL_RUNNING, failure, &err);
	if (rc == -1)
		tb_warn("the failure is not in tb.journal: %s", err.message);
	roll_back(a);
	tb_err_release(&err);
}

static int
run_by_itself(struct tb_alone *a, size_t i, struct tb_err *err)
{
	const struct tb_stmt *stmt = &a->rs->stmts.v[i];
	long long before;

	if (tb_alone_mark(a, i, TB_JOURNAL_RUNNING, NULL, err) == -1)
		return -1;
	before = a->journaled ? count_transactions(a) : -1;
	if (tb_run_stmt(a->st, stmt, err) == -1) {
		note_failure(a, i, before, err);
		return -1;
	}
	if (tb_run_kind(stmt->text) == TB_RUN_CREATE_INDEX &&
	    tb_run_index_after(a->st->db, stmt, a->path, err) == -1)
		return -1;
	return tb_alone_mark(a, i, TB_JOURNAL_DONE, NULL, err);
}

static const char refused_inside[] = "25001";

/* The server refuses it in a transaction, which its text did not tell. */
static int
run_ordinary(struct tb_alone *a, size_t i, struct tb_err *err)
{
	json_t *list = tb_run_log_of(a->st, a->st->at)->statements;

	if (run_in_transaction(a, i, err) == 0)
		return 0;
	if (strcmp(err->sqlstate, refused_inside) != 0 ||
	    tb_run_signal_pending() != 0)
		return -1;
	roll_back(a);
	tb_err_release(err);
	a->st->failed = NULL;
	(void)json_array_remove(list, json_array_size(list) - 1);
	return run_by_itself(a, i, err);
}

static int
create_index(struct tb_alone *a, size_t i, struct tb_err *err)
{
	const struct tb_stmt *stmt = &a->rs->stmts.v[i];
	int there = tb_run_index_before(a->st->db, stmt, a->path, err);

	if (there == -1) {
		a->st->failed = stmt;
		return tb_run_check_signal(a->st, err) == -1 ? -1 : there;
	}
	if (there == 1) {
		tb_alone_log(a, i, "was there");
		return tb_alone_mark(a, i, TB_JOURNAL_DONE, NULL, err);
	}
	return run_by_itself(a, i, err);
}

static int
set_something(struct tb_alone *a, size_t i, struct tb_err *err)
{
	if (tb_run_stmt(a->st, &a->rs->stmts.v[i], err) == -1)
		return -1;
	return tb_alone_mark(a, i, TB_JOURNAL_DONE, NULL, err);
}

int
tb_alone_run(struct tb_alone *a, size_t i, struct tb_err *err)
{
	const struct tb_stmt *stmt = &a->rs->stmts.v[i];

	/* Of a scratch database nothing is kept. */
	if (a->st->history == NULL)
		return tb_run_stmt(a->st, stmt, err);
	if (tb_alone_lock_timeout(a, stmt, err) == -1)
		return -1;
	switch (tb_run_kind(stmt->text)) {
	case TB_RUN_ORDINARY:
	case TB_RUN_TEMPORARY:
		return run_ordinary(a, i, err);
	case TB_RUN_SETTING:
		return set_something(a, i, err);
	case TB_RUN_CREATE_INDEX:
		return create_index(a, i, err);
	default:
		return run_by_itself(a, i, err);
	}
}
