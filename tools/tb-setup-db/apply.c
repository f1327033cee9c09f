#include "core/tb.h"

#include <bsd/stdlib.h>
#include <bsd/string.h>
#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "password.h"
#include "pg/lock.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "secret.h"

#define LOCK_WAIT 60 /* seconds */
#define ATTEMPTS  5

struct applier {
	struct set_want *want;
	struct set_session *s;
	struct set_plan *done;
	struct set_plan plan;
};

int
set_apply_error(const struct set_session *s, const struct set_stmt *stmt,
    struct tb_err *err)
{
	(void)tb_err_prefix(err, "could not %s", stmt->what);
	if (err->code != TB_EXIT_NOPERM)
		return -1;
	if (stmt->grantor != NULL)
		return set_hint(err,
		    "\"%s\" may not do that: connect as \"%s\", as a member of "
		    "it, or as a superuser (-U).",
		    s->me.name, stmt->grantor);
	if (stmt->phase == SET_CREATE && !s->me.createdb)
		return set_hint(err,
		    "Connect as a superuser (-U), or let one run: ALTER ROLE "
		    "\"%s\" CREATEDB.",
		    s->me.name);
	if (stmt->phase == SET_CLUSTER && !s->me.createrole)
		return set_hint(err,
		    "Connect as a superuser (-U), or let one run: ALTER ROLE "
		    "\"%s\" CREATEROLE CREATEDB.",
		    s->me.name);
	return set_hint(err, "Connect as a superuser (-U).");
}

/*
 * The server's log is no place for a verifier; only a superuser can keep it
 * out.  The transaction ends soon, but what follows in it is to be logged.
 */
static int
send_password(struct applier *a, PGconn *conn, const char *sql,
    struct tb_err *err)
{
	const char *quiet = tb_sql_text(tool_sql, "quiet");
	const char *loud = tb_sql_text(tool_sql, "loud");

	if (a->s->me.superuser && tb_pg_exec(conn, quiet, err) == -1)
		return -1;
	if (set_session_exec(a->s, conn, sql, err) == -1)
		return -1;
	return a->s->me.superuser ? tb_pg_exec(conn, loud, err) : 0;
}

static int
save(const struct set_role *role, const char *made, const char *also,
    struct tb_err *err)
{
	if (made != NULL && set_secret_save(role, made, err) == -1)
		return -1;
	return also != NULL ? set_secret_save(role, also, err) : 0;
}

/*
 * The file is written when the server has taken the password and nothing is
 * committed yet: either both have it or, but for a crash, none.
 */
static int
run_password(struct applier *a, PGconn *conn, const struct set_stmt *stmt,
    struct tb_err *err)
{
	struct set_role *role = stmt->secret_of;
	struct tb_buf sql = TB_BUF_INIT;
	const char *made = NULL;
	char *verifier;
	int rc = -1;

	if (role->secret_state == SET_SECRET_MAKE) {
		set_secret_make(role);
		made = role->source.file;
	}
	if ((verifier = set_secret_verifier(conn, role, err)) == NULL)
		return -1;
	if (tb_pg_format(conn, &sql, err, "%s%L", stmt->sql, verifier) == 0 &&
	    send_password(a, conn, sql.s, err) == 0)
		rc = save(role, made, role->save_secret, err);
	free(verifier);
	tb_buf_release(&sql);
	return rc;
}

static int
run_one(struct applier *a, PGconn *conn, const struct set_stmt *stmt,
    struct tb_err *err)
{
	int rc;

	if (stmt->sql == NULL) {
		tb_warn("%s: %s", stmt->what, stmt->why);
		return 0;
	}
	rc = stmt->secret_of != NULL ?
	    run_password(a, conn, stmt, err) :
	    set_session_exec(a->s, conn, stmt->sql, err);
	return rc == 0 ? 0 : set_apply_error(a->s, stmt, err);
}

static bool
is_in(const struct set_stmt *stmt, enum set_phase phase,
    const struct set_db *db)
{
	return stmt->phase == phase && (db == NULL || stmt->db == db);
}

static int
run_part(struct applier *a, PGconn *conn, enum set_phase phase,
    const struct set_db *db, struct tb_err *err)
{
	for (size_t i = 0; i < a->plan.n; i++)
		if (is_in(&a->plan.v[i], phase, db) &&
		    run_one(a, conn, &a->plan.v[i], err) == -1)
			return -1;
	return 0;
}

/* What the plan still holds, seen from inside the transaction. */
static int
look_back(struct applier *a, PGconn *conn, const struct set_db *db,
    struct tb_err *err)
{
	struct set_plan again = SET_PLAN_INIT;
	int rc = db != NULL ?
	    set_plan_inside(&again, a->want, a->s, db, conn, err) :
	    set_plan_cluster(&again, a->want, a->s, conn, err);

	for (size_t i = 0; i < again.n && rc == 0; i++) {
		const struct set_stmt *stmt = &again.v[i];

		if (stmt->secret_of != NULL || stmt->sql == NULL)
			continue;
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "could not %s: the server took the statement, but it had "
		    "no effect",
		    stmt->what);
		rc = tb_err_hint(err,
		    "Does the declaration contradict itself, or does an event "
		    "trigger undo it?");
	}
	set_plan_release(&again);
	return rc;
}

/* Statements that ran go to *done: all of this part. */
static void
settle(struct applier *a, enum set_phase phase, const struct set_db *db)
{
	for (size_t i = 0; i < a->plan.n;) {
		struct set_stmt *stmt = &a->plan.v[i];

		if (!is_in(stmt, phase, db) || stmt->sql == NULL) {
			i++;
			continue;
		}
		if (stmt->secret_of != NULL)
			stmt->secret_of->set_secret = false;
		set_plan_move(a->done, &a->plan, i);
	}
}

static int
run_transaction(struct applier *a, PGconn *conn, enum set_phase phase,
    const struct set_db *db, struct tb_err *err)
{
	struct tb_err ignored = TB_ERR_INIT;

	if (set_plan_count(&a->plan, phase, db) == 0)
		return 0;
	if (tb_pg_exec(conn, "BEGIN", err) == -1)
		return -1;
	if (run_part(a, conn, phase, db, err) == 0 &&
	    look_back(a, conn, db, err) == 0 &&
	    tb_pg_exec(conn, "COMMIT", err) == 0) {
		settle(a, phase, db);
		return 0;
	}
	if (tb_pg_exec(conn, "ROLLBACK", &ignored) == -1)
		tb_err_release(&ignored);
	return -1;
}

/* A database that was just made is planned as it is, not as imagined. */
static int
plan_again(struct applier *a, const struct set_db *db, PGconn *conn,
    struct tb_err *err)
{
	struct set_plan imagined = SET_PLAN_INIT;

	for (size_t i = 0; i < a->plan.n;)
		if (is_in(&a->plan.v[i], SET_INSIDE, db))
			set_plan_move(&imagined, &a->plan, i);
		else
			i++;
	set_plan_release(&imagined);
	return set_plan_inside(&a->plan, a->want, a->s, db, conn, err);
}

static int
apply_db(struct applier *a, const struct set_db *db, struct tb_err *err)
{
	bool fresh = set_plan_count(&a->plan, SET_CREATE, db) > 0;
	PGconn *conn;

	if (!fresh && set_plan_count(&a->plan, SET_INSIDE, db) == 0)
		return 0;
	if (run_part(a, a->s->admin, SET_CREATE, db, err) == -1)
		return -1;
	settle(a, SET_CREATE, db);
	if ((conn = set_session_db(a->s, db->name, err)) == NULL)
		return -1;
	if (fresh && plan_again(a, db, conn, err) == -1)
		return -1;
	return run_transaction(a, conn, SET_INSIDE, db, err);
}

static int
apply_once(struct applier *a, struct tb_err *err)
{
	if (set_plan_all(&a->plan, a->want, a->s, err) == -1 ||
	    run_transaction(a, a->s->admin, SET_CLUSTER, NULL, err) == -1)
		return -1;
	for (size_t i = 0; i < a->want->ndbs; i++)
		if (apply_db(a, &a->want->dbs[i], err) == -1)
			return -1;
	return 0;
}

/* Did somebody else make or change the same thing at the same time? */
static bool
is_race(const struct tb_err *err)
{
	static const char *const states[] = {
		"23505", /* unique violation in a catalogue */
		"42P04", /* the database exists */
		"42P06", /* the schema exists */
		"42710", /* the role, the extension exists */
		"40001",
		"40P01",
	};

	for (size_t i = 0; i < TB_LEN(states); i++)
		if (strcmp(err->sqlstate, states[i]) == 0)
			return true;
	return strcmp(err->sqlstate, "XX000") == 0 &&
	    strstr(err->message, "concurrently") != NULL;
}

int
set_apply_lock(struct set_session *s, struct tb_err *err)
{
	if (tb_pg_lock(s->admin, tb_pg_lock_key("tb-setup-db"), LOCK_WAIT,
		err) == 0)
		return 0;
	if (err->code == TB_EXIT_BUSY)
		(void)set_hint(err, "Let it end, then run this again.");
	return -1;
}

int
set_apply_secrets(struct set_want *want, struct set_session *s,
    struct tb_err *err)
{
	for (size_t i = 0; i < want->nroles; i++)
		if (set_secret_load(&want->roles[i], err) == -1)
			return -1;
	return set_password_compare(want, s, err);
}

int
set_apply(struct set_want *want, struct set_session *s, struct set_plan *done,
    struct tb_err *err)
{
	struct applier a = { want, s, done, SET_PLAN_INIT };
	int rc;

	if (set_apply_lock(s, err) == -1 ||
	    set_apply_secrets(want, s, err) == -1)
		return -1;
	for (int attempt = 1;; attempt++) {
		rc = apply_once(&a, err);
		set_plan_release(&a.plan);
		if (rc == 0 || attempt == ATTEMPTS || !is_race(err))
			break;
		tb_debug("%s; looking again", err->message);
		tb_err_release(err);
		tb_clock_sleep(
		    0.1 * attempt + arc4random_uniform(200) / 1000.0);
	}
	return rc;
}
