/*
 * Running steps to see what they do: transactions, sessions, statements.
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
#include "revision/history_sql.h"
#include "revision/rehearse_state.h"
#include "revision/run_signal.h"

#define PG_BOOL 16 /* the oid of type boolean, the same in every server */

/* As a run begins its transactions. */
static const char begin_sql[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

static int
session(struct tb_rehearsal *r, const struct tb_header *h, struct tb_err *err)
{
	const char *params[] = {
		r->opts.role != NULL ? r->opts.role : "none",
		r->opts.lock_timeout,
		h->statement_timeout != NULL ? h->statement_timeout :
					       r->opts.statement_timeout,
	};

	if (tb_pg_exec(r->db, "RESET SESSION AUTHORIZATION", err) == -1 ||
	    tb_pg_exec(r->db, "RESET ALL", err) == -1)
		return -1;
	if (tb_pg_execp(r->db, tb_sql_text(tb_revision_sql, "rehearse_session"),
		3, params, err) == 0)
		return 0;
	return tb_err_prefix(err, "%s", h->path);
}

static int
begin(struct tb_rehearsal *r, bool watch, struct tb_err *err)
{
	if (tb_pg_exec(r->db, begin_sql, err) == -1)
		return -1;
	return watch ? tb_rehearsal_look(r, err) : 0;
}

int
tb_rehearsal_begin(struct tb_rehearsal *r, PGconn *db,
    const struct tb_rehearsal_opts *opts, struct tb_err *err)
{
	const char *params[] = { opts->lock_timeout };

	r->db = db;
	r->opts = *opts;
	tb_run_signal_catch(db);
	if (tb_pg_execp(db,
		"SELECT pg_catalog.set_config('lock_timeout', $1, false)", 1,
		params, err) == -1)
		return -1;
	return opts->scratch ? tb_rehearsal_look(r, err) : begin(r, true, err);
}

/* Did a signal come?  It outweighs whatever else failed by it. */
static int
check_signal(const char *file, int line, struct tb_err *err)
{
	int number = tb_run_signal_pending();

	if (number == 0)
		return 0;
	(void)tb_err_set(err, TB_EXIT_SIGNAL + number, "interrupted by %s",
	    tb_run_signal_name(number));
	return tb_err_detail(err, "The statement at %s:%d was the last one.",
	    file, line);
}

/* Has the transaction, or would it have, a lock that we could look at? */
static bool
can_be_inside(const struct tb_stmt *stmt)
{
	/* Both may end transactions by themselves, where they are in none. */
	if (strncasecmp(stmt->text, "CALL", 4) == 0 ||
	    strncasecmp(stmt->text, "DO", 2) == 0)
		return false;
	return tb_stmt_needs_autocommit(stmt->text) == NULL;
}

static struct tb_rehearsal_stmt *
add_stmt(struct tb_rehearsal *r, const struct tb_run_step *rs,
    const struct tb_stmt *stmt)
{
	struct tb_rehearsal_stmt *s;

	r->v = tb_grow(r->v, r->n, &r->cap, sizeof(*r->v));
	s = &r->v[r->n++];
	*s = (struct tb_rehearsal_stmt){
		.rs = rs,
		.stmt = stmt,
		.truncates = strncasecmp(stmt->text, "TRUNCATE", 8) == 0,
	};
	return s;
}

static int
statement(struct tb_rehearsal *r, const struct tb_run_step *rs,
    const struct tb_stmt *stmt, double *seconds, struct tb_err *err)
{
	const char *file = rs->file.header.path;
	double start = tb_clock_now();
	int rc;

	if (check_signal(file, stmt->line, err) == -1)
		return -1;
	rc = tb_script_stmt(r->db, stmt, file, err);
	*seconds = tb_clock_now() - start;
	if (rc == -1)
		(void)check_signal(file, stmt->line, err);
	return rc;
}

/* In the transaction that is open. */
static int
inside(struct tb_rehearsal *r, const struct tb_run_step *rs,
    const struct tb_stmt *stmt, bool watch, struct tb_err *err)
{
	struct tb_rehearsal_stmt *s;
	double seconds;

	if (statement(r, rs, stmt, &seconds, err) == -1)
		return -1;
	if (!watch)
		return 0;
	s = add_stmt(r, rs, stmt);
	s->seconds = seconds;
	return tb_rehearsal_watch(r, s, err);
}

/* Outside: nothing is held when it ends. */
static int
outside(struct tb_rehearsal *r, const struct tb_run_step *rs,
    const struct tb_stmt *stmt, bool watch, struct tb_err *err)
{
	struct tb_rehearsal_stmt *s;
	const char *alone;
	double seconds;

	if (statement(r, rs, stmt, &seconds, err) == -1)
		return -1;
	if (!watch)
		return 0;
	s = add_stmt(r, rs, stmt);
	s->seconds = seconds;
	alone = tb_stmt_needs_autocommit(stmt->text);
	s->alone = tb_strdup(alone != NULL ? alone : rs->alone);
	tb_rehearsal_assume(s);
	return tb_rehearsal_look(r, err);
}

/* Every row of a condition must be true; anything else only must not fail. */
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
verify(struct tb_rehearsal *r, const struct tb_run_step *rs,
    const struct tb_stmt *stmt, struct tb_err *err)
{
	const char *file = rs->file.header.path;
	PGresult *res;
	bool ok;

	if (check_signal(file, stmt->line, err) == -1)
		return -1;
	if ((res = tb_pg_query(r->db, stmt->text, 0, NULL, err)) == NULL) {
		(void)tb_err_prefix(err, "%s:%d", file, stmt->line);
		(void)check_signal(file, stmt->line, err);
		return -1;
	}
	ok = holds(res);
	PQclear(res);
	if (ok)
		return 0;
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "%s:%d: the revision does not verify: the answer is not true", file,
	    stmt->line);
	return tb_err_detail(err, "In the statement:\n%s", stmt->text);
}

static int
verify_all(struct tb_rehearsal *r, const struct tb_run_step *rs,
    struct tb_err *err)
{
	for (size_t i = 0; i < rs->verify.n; i++)
		if (verify(r, rs, &rs->verify.v[i], err) == -1)
			return -1;
	return 0;
}

static int
step_inside(struct tb_rehearsal *r, const struct tb_run_step *rs, bool watch,
    struct tb_err *err)
{
	if (rs->stmts.n + rs->verify.n > 0 &&
	    session(r, &rs->file.header, err) == -1)
		return -1;
	for (size_t i = 0; i < rs->stmts.n; i++)
		if (inside(r, rs, &rs->stmts.v[i], watch, err) == -1)
			return -1;
	return verify_all(r, rs, err);
}

/* A transaction of its own for each statement that can be in one. */
static int
step_outside(struct tb_rehearsal *r, const struct tb_run_step *rs, bool watch,
    struct tb_err *err)
{
	if (session(r, &rs->file.header, err) == -1)
		return -1;
	for (size_t i = 0; i < rs->stmts.n; i++) {
		const struct tb_stmt *stmt = &rs->stmts.v[i];

		if (!can_be_inside(stmt)) {
			if (outside(r, rs, stmt, watch, err) == -1)
				return -1;
			continue;
		}
		if (tb_pg_exec(r->db, "BEGIN", err) == -1 ||
		    (watch && tb_rehearsal_look(r, err) == -1) ||
		    inside(r, rs, stmt, watch, err) == -1 ||
		    tb_pg_exec(r->db, "COMMIT", err) == -1)
			return -1;
	}
	return verify_all(r, rs, err);
}

/*
 * Where the run would commit.  What waits for the commit happens now, so that
 * it fails here as it would there.
 */
static int
boundary(struct tb_rehearsal *r, const struct tb_run_step *rs,
    struct tb_err *err)
{
	if (tb_pg_exec(r->db,
		r->opts.scratch ? "COMMIT" : "SET CONSTRAINTS ALL IMMEDIATE",
		err) == 0)
		return 0;
	return tb_err_prefix(err, "%s: at the commit",
	    rs->step->rev != NULL ? rs->file.header.path : "stamp");
}

int
tb_rehearsal_run(struct tb_rehearsal *r, const struct tb_run *run, size_t first,
    size_t last, bool watch, struct tb_err *err)
{
	for (size_t i = first; i < last; i++) {
		const struct tb_run_step *rs = &run->v[i];
		bool begins =
		    i == first || rs->transaction != rs[-1].transaction;
		bool ends =
		    i + 1 == last || rs->transaction != rs[1].transaction;

		if (rs->alone != NULL) {
			if (step_outside(r, rs, watch, err) == -1)
				return -1;
			continue;
		}
		if (begins && r->opts.scratch && begin(r, watch, err) == -1)
			return -1;
		if (step_inside(r, rs, watch, err) == -1 ||
		    (ends && boundary(r, rs, err) == -1))
			return -1;
	}
	return 0;
}

int
tb_rehearsal_mark(struct tb_rehearsal *r, struct tb_err *err)
{
	return tb_pg_exec(r->db, "SAVEPOINT tb_rehearsal", err);
}

int
tb_rehearsal_return(struct tb_rehearsal *r, struct tb_err *err)
{
	return tb_pg_exec(r->db, "ROLLBACK TO SAVEPOINT tb_rehearsal", err);
}

int
tb_rehearsal_end(struct tb_rehearsal *r, struct tb_err *err)
{
	struct tb_err ignored = TB_ERR_INIT;
	int number;

	if (r->db == NULL)
		return 0;
	tb_run_signal_spare();
	/* What cannot be rolled back any more the server rolls back. */
	if (PQtransactionStatus(r->db) != PQTRANS_IDLE &&
	    tb_pg_exec(r->db, "ROLLBACK", &ignored) == -1)
		tb_debug("could not roll back: %s", ignored.message);
	tb_err_release(&ignored);
	number = tb_run_signal_pending();
	tb_run_signal_release();
	if (number == 0)
		return 0;
	if (err->code != TB_EXIT_SIGNAL + number)
		(void)tb_err_set(err, TB_EXIT_SIGNAL + number,
		    "interrupted by %s", tb_run_signal_name(number));
	return -1;
}

static void
release_stmt(struct tb_rehearsal_stmt *s)
{
	for (size_t i = 0; i < s->nlocks; i++) {
		free(s->locks[i].relation);
		free(s->locks[i].kind);
	}
	free(s->locks);
	free(s->alone);
}

void
tb_rehearsal_release(struct tb_rehearsal *r)
{
	for (size_t i = 0; i < r->n; i++)
		release_stmt(&r->v[i]);
	for (size_t i = 0; i < r->nknown; i++) {
		free(r->known[i].name);
		free(r->known[i].kind);
	}
	free(r->v);
	free(r->known);
	*r = (struct tb_rehearsal)TB_REHEARSAL_INIT;
}
