#include "core/tb.h"

#include <bsd/stdlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/conn.h"
#include "pg/dsn.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "pg/scratch.h"

extern const struct tb_sql tb_pg_sql[];

static int
drop_database(PGconn *db, const char *name, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	int rc =
	    tb_pg_format(db, &sql, err, "DROP DATABASE %I WITH (FORCE)", name);

	if (rc == 0)
		rc = tb_pg_exec(db, sql.s, err);
	tb_buf_release(&sql);
	return rc;
}

/* Failing is no harm yet: the server will say so. */
static void
drop_subscriptions(PGconn *db)
{
	struct tb_err err = TB_ERR_INIT;
	PGresult *res;

	/* A script may have left its transaction open. */
	if (PQtransactionStatus(db) != PQTRANS_IDLE &&
	    tb_pg_exec(db, "ROLLBACK", &err) == -1)
		tb_debug("scratch: %s", err.message);
	res = tb_pg_query(db, tb_sql_text(tb_pg_sql, "scratch_subscriptions"),
	    0, NULL, &err);
	for (int i = 0; res != NULL && i < PQntuples(res); i++)
		if (tb_pg_exec(db, tb_pg_get(res, i, "disable"), &err) == -1 ||
		    tb_pg_exec(db, tb_pg_get(res, i, "forget"), &err) == -1 ||
		    tb_pg_exec(db, tb_pg_get(res, i, "drop"), &err) == -1)
			tb_debug("scratch: %s", err.message);
	PQclear(res);
	tb_err_release(&err);
}

static PGconn *
connect_to(const struct tb_dsn *server, const char *name, struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	PGconn *db;

	tb_dsn_copy(&dsn, server);
	tb_dsn_set(&dsn, "dbname", name);
	db = tb_pg_connect(&dsn, TB_PG_WRITE, err);
	tb_dsn_release(&dsn);
	return db;
}

/* The first attempt may fail for a subscription. */
static int
drop_leftover(PGconn *db, const struct tb_dsn *server, const char *name,
    struct tb_err *err)
{
	PGconn *inside;

	if (drop_database(db, name, err) == 0)
		return 0;
	if ((inside = connect_to(server, name, err)) == NULL)
		return -1;
	drop_subscriptions(inside);
	PQfinish(inside);
	return drop_database(db, name, err);
}

/* What is left over from runs that were killed; failing is no harm. */
static int
sweep(PGconn *db, const struct tb_dsn *server, struct tb_err *err)
{
	PGresult *res = tb_pg_query(db,
	    tb_sql_text(tb_pg_sql, "scratch_leftovers"), 0, NULL, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++) {
		struct tb_err ignored = TB_ERR_INIT;

		if (drop_leftover(db, server, tb_pg_get(res, i, "datname"),
			&ignored) == 0)
			tb_debug("dropped \"%s\", left over from a run that "
				 "was killed",
			    tb_pg_get(res, i, "datname"));
		tb_err_release(&ignored);
	}
	PQclear(res);
	return 0;
}

/* See scratch_leftovers.sql. */
static int
show_name(struct tb_scratch *s, struct tb_err *err)
{
	static const char sql[] =
	    "SELECT pg_catalog.set_config('application_name', $1, false)";
	const char *params[] = { s->name };

	return tb_pg_execp(s->admin, sql, 1, params, err);
}

static int
may_not_create(struct tb_err *err)
{
	if (strcmp(err->sqlstate, "42501") != 0)
		return -1;
	return tb_err_hint(err,
	    "A scratch database is needed on this server: let a superuser run "
	    "ALTER ROLE ... CREATEDB, or connect as a role that may.");
}

/*
 * Ask for the statement that makes it, of the database that it is to be like;
 * or, with a template, of that.
 */
static int
create(struct tb_scratch *s, PGconn *like, const char *template,
    struct tb_err *err)
{
	const char *file = template != NULL ? "scratch_copy" : "scratch_create";
	const char *params[] = { s->name, template };
	char *sql;
	int rc;

	if (tb_pg_value(like, tb_sql_text(tb_pg_sql, file),
		template != NULL ? 2 : 1, params, &sql, err) == -1)
		return -1;
	if (sql == NULL)
		return tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "database \"%s\" does not exist", template);
	rc = tb_pg_exec(s->admin, sql, err);
	free(sql);
	s->made = rc == 0;
	return rc == 0 ? 0 : may_not_create(err);
}

/* like NULL: the database of the first session. */
static int
open_scratch(struct tb_scratch *s, const struct tb_dsn *server, PGconn *like,
    const char *template, struct tb_err *err)
{
	int rc;

	*s = (struct tb_scratch)TB_SCRATCH_INIT;
	if ((s->admin = tb_pg_connect(server, TB_PG_WRITE, err)) == NULL)
		return -1;
	s->name = tb_asprintf("tb_scratch_%ld_%08x", (long)getpid(),
	    (unsigned)arc4random());
	rc = sweep(s->admin, server, err);
	if (rc == 0)
		rc = show_name(s, err);
	if (rc == 0)
		rc = create(s, like != NULL ? like : s->admin, template, err);
	if (rc == 0 && (s->db = connect_to(server, s->name, err)) != NULL)
		return 0;
	tb_scratch_close(s);
	return -1;
}

int
tb_scratch_open_like(struct tb_scratch *s, const struct tb_dsn *server,
    PGconn *like, struct tb_err *err)
{
	return open_scratch(s, server, like, NULL, err);
}

int
tb_scratch_open(struct tb_scratch *s, const struct tb_dsn *live,
    struct tb_err *err)
{
	return open_scratch(s, live, NULL, NULL, err);
}

int
tb_scratch_open_from(struct tb_scratch *s, const struct tb_dsn *live,
    const char *template, struct tb_err *err)
{
	return open_scratch(s, live, NULL, template, err);
}

int
tb_scratch_alter(struct tb_scratch *s, const char *what, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	int rc = tb_pg_format(s->admin, &sql, err, "ALTER DATABASE %I %s",
	    s->name, what);

	if (rc == 0)
		rc = tb_pg_exec(s->admin, sql.s, err);
	tb_buf_release(&sql);
	return rc;
}

/*
 * By way of a session that has it, since a list is written otherwise than it
 * is shown.  A setting that this role may not make is passed over.
 */
static void
copy_setting(struct tb_scratch *s, const char *name, const char *value)
{
	const char *params[] = { name, value };
	struct tb_err err = TB_ERR_INIT;
	struct tb_buf sql = TB_BUF_INIT;

	if (tb_pg_execp(s->db, "SELECT pg_catalog.set_config($1, $2, false)", 2,
		params, &err) == -1 ||
	    tb_pg_format(s->db, &sql, &err,
		"ALTER DATABASE %I SET %I FROM CURRENT", s->name, name) == -1 ||
	    tb_pg_exec(s->db, sql.s, &err) == -1)
		tb_debug("scratch: %s", err.message);
	tb_buf_release(&sql);
	tb_err_release(&err);
}

int
tb_scratch_copy_settings(struct tb_scratch *s, PGconn *like, struct tb_err *err)
{
	PGresult *res = tb_pg_query(like,
	    tb_sql_text(tb_pg_sql, "scratch_settings"), 0, NULL, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++)
		copy_setting(s, tb_pg_get(res, i, "name"),
		    tb_pg_get(res, i, "value"));
	PQclear(res);
	/* Nobody misses it after a crash. */
	if (tb_scratch_alter(s, "SET synchronous_commit = off", err) == -1)
		return -1;
	PQreset(s->db);
	return PQstatus(s->db) == CONNECTION_OK ? 0 :
						  tb_pg_error(s->db, NULL, err);
}

/* Its name without its comment would be nobody's; then it goes. */
static int
rename_to(struct tb_scratch *s, const char *name, const char *comment,
    struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT, note = TB_BUF_INIT;
	int rc = tb_scratch_alter(s, "ALLOW_CONNECTIONS false", err);

	if (rc == 0)
		rc = tb_pg_format(s->admin, &sql, err,
		    "ALTER DATABASE %I RENAME TO %I", s->name, name);
	if (rc == 0)
		rc = tb_pg_format(s->admin, &note, err,
		    "COMMENT ON DATABASE %I IS %L", name, comment);
	if (rc == 0)
		rc = tb_pg_exec(s->admin, sql.s, err);
	if (rc == 0) {
		free(s->name);
		s->name = tb_strdup(name);
		rc = tb_pg_exec(s->admin, note.s, err);
	}
	tb_buf_release(&sql);
	tb_buf_release(&note);
	return rc;
}

int
tb_scratch_keep(struct tb_scratch *s, const char *name, const char *comment,
    struct tb_err *err)
{
	PQfinish(s->db);
	s->db = NULL;
	if (rename_to(s, name, comment, err) == -1)
		return -1;
	s->made = false;
	return 0;
}

void
tb_scratch_close(struct tb_scratch *s)
{
	struct tb_err err = TB_ERR_INIT;

	if (s->db != NULL && PQstatus(s->db) == CONNECTION_OK)
		drop_subscriptions(s->db);
	PQfinish(s->db);
	if (s->made && drop_database(s->admin, s->name, &err) == -1) {
		tb_warn("could not drop the scratch database \"%s\": %s",
		    s->name, err.message);
		tb_err_release(&err);
	}
	PQfinish(s->admin);
	free(s->name);
	*s = (struct tb_scratch)TB_SCRATCH_INIT;
}
