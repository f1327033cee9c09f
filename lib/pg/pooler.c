#include "core/tb.h"

#include <libpq-events.h>
#include <poll.h>
#include <stdlib.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/clone.h"
#include "pg/pooler.h"
#include "pg/query.h"

extern const struct tb_sql tb_pg_sql[];

/*
 * An idle process goes to the next client that asks.  With no other traffic
 * the first try shows it; more are for a pool that others use as well.
 */
#define TRIES 10

/* For a second client that gets no process, as ours keeps the last one. */
#define PATIENCE 2.0

static const char pid_sql[] = "SELECT pg_catalog.pg_backend_pid()";

/* A number hangs on a connection, and goes with it. */
static int
on_event(PGEventId id, void *info, void *arg TB_UNUSED)
{
	if (id == PGEVT_CONNDESTROY) {
		PGEventConnDestroy *destroyed = info;

		free(PQinstanceData(destroyed->conn, on_event));
	}
	return 1;
}

static void
remember(PGconn *db, int backend)
{
	int *number = tb_calloc(1, sizeof(*number));

	*number = backend;
	(void)PQregisterEventProc(db, on_event, "tb pooler", NULL);
	free(PQinstanceData(db, on_event));
	if (PQsetInstanceData(db, on_event, number) == 0)
		tb_bug("libpq takes no data for a connection");
}

int
tb_pg_backend_pid(const PGconn *db)
{
	const int *known = PQinstanceData(db, on_event);

	return known != NULL ? *known : PQbackendPID(db);
}

static int
ask(PGconn *db, int *pid, struct tb_err *err)
{
	PGresult *res = tb_pg_query(db, pid_sql, 0, NULL, err);

	if (res == NULL)
		return -1;
	*pid = (int)strtol(PQgetvalue(res, 0, 0), NULL, 10);
	PQclear(res);
	return 0;
}

/* Is an answer here in time? */
static bool
wait_for(PGconn *db, double seconds)
{
	double end = tb_clock_now() + seconds;
	double left;

	while (PQisBusy(db) != 0) {
		struct pollfd fd = { PQsocket(db), POLLIN, 0 };

		if ((left = end - tb_clock_now()) <= 0)
			return false;
		(void)poll(&fd, 1, (int)(left * 1000) + 1);
		if (PQconsumeInput(db) == 0)
			return true; /* the result says why */
	}
	return true;
}

/* The same of another client; *pid stays 0 if it is kept waiting. */
static int
ask_other(PGconn *db, int *pid, struct tb_err *err)
{
	PGresult *res;
	int rc = 0;

	tb_pg_echo(pid_sql);
	if (PQsendQuery(db, pid_sql) == 0)
		return tb_pg_error(db, NULL, err);
	if (!wait_for(db, PATIENCE))
		return 0;
	res = PQgetResult(db);
	if (PQresultStatus(res) == PGRES_TUPLES_OK)
		*pid = (int)strtol(PQgetvalue(res, 0, 0), NULL, 10);
	else
		rc = tb_pg_error(db, res, err);
	while (res != NULL) {
		PQclear(res);
		res = PQgetResult(db);
	}
	return rc;
}

/* Does anybody else get our process, or we another?  1: yes, 0: no. */
static int
is_shared(PGconn *db, PGconn *other, int backend, struct tb_err *err)
{
	for (int i = 0; i < TRIES; i++) {
		int ours = 0, theirs = 0;

		if (ask(db, &ours, err) == -1)
			return -1;
		if (ours != backend)
			return 1;
		if (ask_other(other, &theirs, err) == -1)
			return -1;
		if (theirs == backend)
			return 1;
		if (theirs == 0)
			break;
	}
	return 0;
}

static int
find_out(PGconn *db, int backend, struct tb_err *err)
{
	struct tb_pg_clone c = TB_PG_CLONE_INIT;
	int rc;

	tb_pg_clone_start_bare(&c, db, "tb pooler check");
	rc = tb_pg_clone_wait(&c, PATIENCE, err);
	if (rc == 0)
		rc = tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "could not open a second connection: no answer in %g s",
		    PATIENCE);
	else if (rc == 1)
		rc = is_shared(db, c.db, backend, err);
	tb_pg_clone_release(&c);
	return rc;
}

/* Where the pooler goes, as far as the server tells. */
static int
name_the_way(PGconn *db, struct tb_err *err)
{
	struct tb_err why = TB_ERR_INIT;
	PGresult *res = tb_pg_query(db,
	    tb_sql_text(tb_pg_sql, "server_address"), 0, NULL, &why);
	const char *host = res != NULL ? tb_pg_get(res, 0, "host") : NULL;

	if (res == NULL)
		(void)tb_err_hint(err,
		    "Connect to the server itself, or to a pool with "
		    "pool_mode = session.");
	else if (host != NULL)
		(void)tb_err_hint(err,
		    "Connect to the server itself, which the pooler reaches at "
		    "host %s, port %s, or to a pool with pool_mode = session.",
		    host, tb_pg_get(res, 0, "port"));
	else
		(void)tb_err_hint(err,
		    "Connect to the server itself, port %s on the pooler's "
		    "machine, or to a pool with pool_mode = session.",
		    tb_pg_get(res, 0, "port"));
	PQclear(res);
	tb_err_release(&why);
	return -1;
}

static int
refuse(PGconn *db, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "the connection goes through a pooler that shares sessions");
	(void)tb_err_detail(err,
	    "It gives the server's processes to other clients between "
	    "transactions (PgBouncer: pool_mode = transaction), and with them "
	    "the lock and the settings of this program.");
	return name_the_way(db, err);
}

int
tb_pg_pooler_check(PGconn *db, int backend, struct tb_err *err)
{
	int rc;

	if (backend == tb_pg_backend_pid(db))
		return 0;
	/* It was found to keep the session, and now does not. */
	if (tb_pg_backend_pid(db) != PQbackendPID(db))
		return refuse(db, err);
	if ((rc = find_out(db, backend, err)) == 1)
		return refuse(db, err);
	if (rc == -1) {
		err->code = TB_EXIT_CONFIG;
		(void)tb_err_prefix(err,
		    "could not find out whether the connection's pooler keeps "
		    "sessions");
		return name_the_way(db, err);
	}
	tb_debug("a pooler keeps this session on process %d", backend);
	remember(db, backend);
	return 0;
}

int
tb_pg_pooler_look(PGconn *db, struct tb_err *err)
{
	int backend;

	if (ask(db, &backend, err) == -1)
		return -1;
	return tb_pg_pooler_check(db, backend, err);
}
