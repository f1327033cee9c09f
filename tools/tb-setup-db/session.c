#include "core/tb.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/term.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/query.h"
#include "session.h"

int
set_hint(struct tb_err *err, const char *fmt, ...)
{
	va_list ap;

	free(err->hint);
	va_start(ap, fmt);
	err->hint = tb_vasprintf(fmt, ap);
	va_end(ap);
	return -1;
}

static const char *
env(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

/*
 * The user that was given by option, address or environment.  In a docker
 * init hook there may be no role but POSTGRES_USER.
 */
static const char *
given_user(const struct tb_dsn *dsn)
{
	const char *user = tb_dsn_get(dsn, "user");

	if (user != NULL || env("PGUSER") != NULL || env("PGSERVICE") != NULL ||
	    tb_dsn_get(dsn, "service") != NULL)
		return user;
	return env("POSTGRES_USER");
}

/* -U leaves a password behind that DATABASE_URL has for somebody else. */
static int
password_is_for(const struct tb_ctx *ctx, const char *user, bool *yes,
    struct tb_err *err)
{
	struct tb_conn_opts opts = ctx->conn;
	struct tb_dsn dsn = TB_DSN_INIT;
	const char *other;
	int rc;

	opts.user = NULL;
	rc = tb_dsn_resolve(&dsn, &opts, NULL, err);
	other = tb_dsn_get(&dsn, "user");
	*yes = tb_dsn_get(&dsn, "password") != NULL &&
	    (user == NULL || other == NULL || strcmp(user, other) == 0);
	tb_dsn_release(&dsn);
	return rc;
}

/*
 * Where from everywhere, who and which database not from tb.conf.  *fallback
 * is the database for a server that has no "postgres"; the caller frees it.
 */
static int
resolve(struct set_session *s, const struct tb_ctx *ctx, char **fallback,
    struct tb_err *err)
{
	struct tb_dsn bare = TB_DSN_INIT;
	const char *name;
	bool keep;
	int rc = -1;

	*fallback = NULL;
	if (tb_cli_dsn(ctx, &s->dsn, err) == 0 &&
	    tb_dsn_resolve(&bare, &ctx->conn, NULL, err) == 0 &&
	    password_is_for(ctx, tb_dsn_get(&bare, "user"), &keep, err) == 0) {
		tb_dsn_set(&s->dsn, "user", given_user(&bare));
		if (!keep)
			tb_dsn_set(&s->dsn, "password", NULL);
		name = tb_dsn_get(&bare, "dbname");
		if (ctx->conn.dbname == NULL || name == NULL) {
			if (name == NULL)
				name = env("PGDATABASE");
			if (name == NULL)
				name = env("POSTGRES_DB");
			*fallback = tb_strdup_null(name);
			name = "postgres";
		}
		tb_dsn_set(&s->dsn, "dbname", name);
		rc = 0;
	}
	tb_dsn_release(&bare);
	return rc;
}

/* libpq's arrays, ended by NULL; borrowed from the dsn. */
struct params {
	const char **keys, **values;
};

static struct params
make_params(const struct tb_dsn *dsn)
{
	size_t n = dsn->keys.n;
	struct params p = {
		tb_calloc(n + 2, sizeof(*p.keys)),
		tb_calloc(n + 2, sizeof(*p.values)),
	};

	for (size_t i = 0; i < n; i++) {
		p.keys[i] = dsn->keys.v[i];
		p.values[i] = dsn->values.v[i];
	}
	if (env("PGCONNECT_TIMEOUT") == NULL &&
	    tb_dsn_get(dsn, "connect_timeout") == NULL) {
		p.keys[n] = "connect_timeout";
		p.values[n] = "10";
	}
	return p;
}

static void
free_params(struct params *p)
{
	free(p->keys);
	free(p->values);
}

static void
wait_for_server(const struct tb_dsn *dsn, double wait)
{
	double end = tb_clock_now() + wait;
	struct params p = make_params(dsn);

	for (;;) {
		PGPing ping = PQpingParams(p.keys, p.values, 0);

		if (ping == PQPING_OK || ping == PQPING_NO_ATTEMPT ||
		    tb_clock_now() >= end)
			break;
		tb_progress("waiting for the server");
		tb_clock_sleep(0.25);
	}
	tb_progress_done();
	free_params(&p);
}

/* A GRANT of what one may not grant is a warning to the server. */
static void
receive_notice(void *arg, const PGresult *res)
{
	struct set_session *s = arg;
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	const char *severity =
	    PQresultErrorField(res, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (text == NULL)
		return;
	if (state != NULL &&
	    (strcmp(state, "01007") == 0 || strcmp(state, "01006") == 0)) {
		free(s->refused);
		s->refused = tb_strdup(text);
	} else if (severity != NULL && strcmp(severity, "WARNING") == 0) {
		tb_warn("%s", text);
	} else {
		tb_debug("notice: %s", text);
	}
}

/* The library's words on this are for those who come to use a database. */
static void
better_hint(const struct set_session *s, struct tb_err *err)
{
	const char *user = tb_dsn_get(&s->dsn, "user");

	if (user == NULL && env("PGUSER") == NULL && geteuid() == 0)
		(void)set_hint(err,
		    "You are root: try \"runuser -u postgres -- tb-setup-db "
		    "...\", or name a role of the server with -U.");
	else if (err->detail != NULL &&
	    strstr(err->detail, "does not exist") != NULL)
		(void)set_hint(err,
		    "Name a role that may create roles and databases with -U, "
		    "and a database that is there with -d.");
}

static PGconn *
connect_to(struct set_session *s, const char *db, struct tb_err *err)
{
	static const char timeout[] =
	    "SELECT pg_catalog.set_config('lock_timeout', '60s', false)";
	struct tb_dsn dsn = TB_DSN_INIT;
	PGconn *conn;

	tb_dsn_copy(&dsn, &s->dsn);
	tb_dsn_set(&dsn, "dbname", db);
	if ((conn = tb_pg_connect(&dsn, s->mode, err)) == NULL) {
		better_hint(s, err);
	} else {
		(void)PQsetNoticeReceiver(conn, receive_notice, s);
		if (s->mode == TB_PG_WRITE &&
		    tb_pg_exec(conn, timeout, err) == -1) {
			PQfinish(conn);
			conn = NULL;
		}
	}
	tb_dsn_release(&dsn);
	return conn;
}

static int
refuse_server(const PGresult *res, PGconn *conn, enum tb_pg_mode mode,
    struct tb_err *err)
{
	if (tb_pg_get_int(res, 0, "pid") != PQbackendPID(conn)) {
		(void)tb_err_set(err, TB_EXIT_UNAVAILABLE,
		    "this is a connection pooler, not the server itself");
		return tb_err_hint(err,
		    "Connect to the server directly (-h, -p): locks and "
		    "transactions must stay on one session.");
	}
	if (mode == TB_PG_WRITE && tb_pg_get_bool(res, 0, "standby")) {
		(void)tb_err_set(err, TB_EXIT_NOPERM,
		    "the server is a standby, which is read only");
		return tb_err_hint(err, "Connect to the primary.");
	}
	return 0;
}

static int
read_me(struct set_session *s, struct tb_err *err)
{
	PGresult *res;
	int rc;

	res = tb_pg_query(s->admin, tb_sql_text(tool_sql, "me"), 0, NULL, err);
	if (res == NULL)
		return -1;
	if ((rc = refuse_server(res, s->admin, s->mode, err)) == 0) {
		s->me = (struct set_me){
			.name = tb_strdup(tb_pg_get(res, 0, "name")),
			.superuser = tb_pg_get_bool(res, 0, "superuser"),
			.createrole = tb_pg_get_bool(res, 0, "createrole"),
			.createdb = tb_pg_get_bool(res, 0, "createdb"),
			.reads_passwords =
			    tb_pg_get_bool(res, 0, "reads_passwords"),
			.version = PQserverVersion(s->admin),
		};
	}
	PQclear(res);
	return rc;
}

/* Not every server has a database "postgres". */
static PGconn *
connect_admin(struct set_session *s, const char *fallback, struct tb_err *err)
{
	struct tb_err second = TB_ERR_INIT;
	PGconn *conn = connect_to(s, tb_dsn_get(&s->dsn, "dbname"), err);

	if (conn != NULL || fallback == NULL ||
	    err->code != TB_EXIT_UNAVAILABLE)
		return conn;
	if ((conn = connect_to(s, fallback, &second)) != NULL) {
		tb_err_release(err);
		tb_dsn_set(&s->dsn, "dbname", fallback);
	}
	tb_err_release(&second);
	return conn;
}

int
set_session_open(struct set_session *s, const struct tb_ctx *ctx,
    enum tb_pg_mode mode, double wait, struct tb_err *err)
{
	char *fallback;

	s->mode = mode;
	if (resolve(s, ctx, &fallback, err) == 0) {
		if (wait > 0)
			wait_for_server(&s->dsn, wait);
		s->admin = connect_admin(s, fallback, err);
	}
	free(fallback);
	return s->admin != NULL ? read_me(s, err) : -1;
}

PGconn *
set_session_db(struct set_session *s, const char *db, struct tb_err *err)
{
	PGconn *conn;

	if (strcmp(PQdb(s->admin), db) == 0)
		return s->admin;
	for (size_t i = 0; i < s->nconns; i++)
		if (strcmp(s->conns[i].db, db) == 0)
			return s->conns[i].conn;
	if ((conn = connect_to(s, db, err)) == NULL)
		return NULL;
	s->conns =
	    tb_grow(s->conns, s->nconns, &s->capconns, sizeof(*s->conns));
	s->conns[s->nconns++] = (struct set_conn){ tb_strdup(db), conn };
	return conn;
}

static void
close_one(struct set_conn *c)
{
	PQfinish(c->conn);
	free(c->db);
}

void
set_session_leave(struct set_session *s, const char *db)
{
	for (size_t i = 0; i < s->nconns; i++)
		if (strcmp(s->conns[i].db, db) == 0) {
			close_one(&s->conns[i]);
			s->conns[i] = s->conns[--s->nconns];
			return;
		}
}

void
set_session_close(struct set_session *s)
{
	for (size_t i = 0; i < s->nconns; i++)
		close_one(&s->conns[i]);
	free(s->conns);
	PQfinish(s->admin);
	free(s->me.name);
	free(s->refused);
	tb_dsn_release(&s->dsn);
	*s = (struct set_session)SET_SESSION_INIT;
}

int
set_session_exec(struct set_session *s, PGconn *conn, const char *sql,
    struct tb_err *err)
{
	free(s->refused);
	s->refused = NULL;
	if (tb_pg_exec(conn, sql, err) == -1)
		return -1;
	if (s->refused == NULL)
		return 0;
	return tb_err_set(err, TB_EXIT_NOPERM, "%s", s->refused);
}

PGconn *
set_session_login(const struct set_session *s, const char *user,
    const char *password, const char *db, const char *host)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	struct params p;
	PGconn *conn;

	tb_dsn_copy(&dsn, &s->dsn);
	tb_dsn_set(&dsn, "user", user);
	/* Empty is not NULL: PGPASSWORD is passed over. */
	tb_dsn_set(&dsn, "password", password != NULL ? password : "");
	tb_dsn_set(&dsn, "dbname", db);
	tb_dsn_set(&dsn, "application_name", "tb-setup-db");
	tb_dsn_set(&dsn, "client_encoding", "UTF8");
	if (host != NULL) {
		tb_dsn_set(&dsn, "host", host);
		tb_dsn_set(&dsn, "hostaddr", NULL);
	}
	p = make_params(&dsn);
	conn = PQconnectdbParams(p.keys, p.values, 0);
	if (conn == NULL)
		tb_bug("out of memory");
	free_params(&p);
	tb_dsn_release(&dsn);
	return conn;
}
