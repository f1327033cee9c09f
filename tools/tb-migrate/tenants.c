/*
 * --tenants: schemas of one database.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "many.h"
#include "pg/dsn.h"
#include "pg/lock.h"
#include "pg/pooler.h"
#include "pg/query.h"
#include "revision/history_sql.h"
#include "revision/run_journal.h"
#include "tenants.h"

extern const struct tb_sql tb_pg_sql[];

/* Always in quotes, so that it can be compared with what comes back. */
static char *
path_of(const char *schema)
{
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_addc(&b, '"');
	for (const char *p = schema; *p != '\0'; p++) {
		if (*p == '"')
			tb_buf_addc(&b, '"');
		tb_buf_addc(&b, *p);
	}
	tb_buf_addc(&b, '"');
	return tb_buf_detach(&b);
}

/* As the server splits the parameter "options": at what is not escaped. */
static void
add_option(struct tb_buf *b, const char *schema)
{
	char *path = path_of(schema);

	tb_buf_add(b, "-csearch_path=");
	for (const char *p = path; *p != '\0'; p++) {
		if (strchr(" \t\n\v\f\r\\", *p) != NULL)
			tb_buf_addc(b, '\\');
		tb_buf_addc(b, *p);
	}
	free(path);
}

static void
add_pair(struct tb_buf *b, const char *key, const char *value)
{
	tb_buf_addf(b, "%s='", key);
	for (const char *p = value; *p != '\0'; p++) {
		if (*p == '\'' || *p == '\\')
			tb_buf_addc(b, '\\');
		tb_buf_addc(b, *p);
	}
	tb_buf_add(b, "' ");
}

/*
 * Where the connection went, with the password that was asked for, and with
 * the tenant's search_path: by a statement it could not be made the default.
 */
static void
add_tenant(struct mig_targets *ts, const struct tb_dsn *dsn, PGconn *db,
    const char *schema)
{
	const char *options = tb_dsn_get(dsn, "options");
	struct tb_buf conninfo = TB_BUF_INIT, all = TB_BUF_INIT;

	for (size_t i = 0; i < dsn->keys.n; i++)
		if (strcmp(dsn->keys.v[i], "options") != 0 &&
		    strcmp(dsn->keys.v[i], "password") != 0)
			add_pair(&conninfo, dsn->keys.v[i], dsn->values.v[i]);
	if (PQconnectionUsedPassword(db) == 1)
		add_pair(&conninfo, "password", PQpass(db));
	if (options == NULL)
		options = getenv("PGOPTIONS");
	if (options != NULL)
		tb_buf_addf(&all, "%s ", options);
	add_option(&all, schema);
	add_pair(&conninfo, "options", all.s);
	mig_targets_add(ts, schema, conninfo.s, schema);
	tb_buf_release(&conninfo);
	tb_buf_release(&all);
}

static bool
is_there(const struct mig_targets *ts, const char *schema)
{
	for (size_t i = 0; i < ts->n; i++)
		if (strcmp(ts->v[i].schema, schema) == 0)
			return true;
	return false;
}

static int
wrong_answer(struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "--tenants: the query must return one column, the names of "
	    "schemas");
	return tb_err_hint(err,
	    "For example: SELECT schema_name FROM public.tenants ORDER BY 1.");
}

static int
add_all(struct mig_targets *ts, const struct tb_dsn *dsn, PGconn *db,
    const PGresult *res, struct tb_err *err)
{
	if (PQresultStatus(res) != PGRES_TUPLES_OK || PQnfields(res) != 1)
		return wrong_answer(err);
	for (int i = 0; i < PQntuples(res); i++) {
		const char *schema = PQgetvalue(res, i, 0);

		if (*schema == '\0')
			return wrong_answer(err);
		if (!is_there(ts, schema))
			add_tenant(ts, dsn, db, schema);
	}
	return 0;
}

/* The query is the user's own, so it finds names as in psql. */
static int
ask(const struct tb_ctx *ctx, struct mig_targets *ts, const struct tb_dsn *dsn,
    const char *query, struct tb_err *err)
{
	PGresult *res;
	int rc;

	if (tb_run_set_role(ctx->db, mig_role(ctx), err) == -1 ||
	    tb_pg_exec(ctx->db, "RESET search_path", err) == -1)
		return -1;
	if ((res = tb_pg_query(ctx->db, query, 0, NULL, err)) == NULL)
		return tb_err_prefix(err, "--tenants");
	rc = add_all(ts, dsn, ctx->db, res, err);
	PQclear(res);
	return rc;
}

/* Where the server is if a pooler is between us; NULL: nobody knows. */
static char *way;

static void
find_way(PGconn *db)
{
	struct tb_err why = TB_ERR_INIT;
	PGresult *res;
	const char *host;

	if (tb_pg_backend_pid(db) == PQbackendPID(db))
		return;
	res = tb_pg_query(db, tb_sql_text(tb_pg_sql, "server_address"), 0, NULL,
	    &why);
	if (res != NULL) {
		host = tb_pg_get(res, 0, "host");
		way = tb_asprintf("%s%s%sport %s%s",
		    host != NULL ? "host " : "", host != NULL ? host : "",
		    host != NULL ? ", " : "", tb_pg_get(res, 0, "port"),
		    host != NULL ? "" : " on the pooler's machine");
	}
	PQclear(res);
	tb_err_release(&why);
}

int
mig_tenants_read(struct tb_ctx *ctx, struct mig_targets *ts, const char *query,
    struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;
	int rc = tb_cli_connect(ctx, TB_PG_READ, err);

	if (rc == 0)
		rc = tb_cli_dsn(ctx, &dsn, err);
	if (rc == 0)
		rc = ask(ctx, ts, &dsn, query, err);
	if (rc == 0)
		find_way(ctx->db);
	tb_dsn_release(&dsn);
	PQfinish(ctx->db);
	ctx->db = NULL;
	return rc;
}

static int
no_search_path(struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "the session did not get the search_path of the tenant");
	(void)tb_err_detail(err,
	    "A connection pooler does not pass on the parameter \"options\".");
	return tb_err_hint(err, "Connect to the server itself%s%s.",
	    way != NULL ? ", " : "", way != NULL ? way : "");
}

int
mig_tenant_explain(struct tb_err *err)
{
	/* As PgBouncer says it, in no other language. */
	if (err->detail == NULL ||
	    strstr(err->detail, "unsupported startup parameter") == NULL)
		return -1;
	return no_search_path(err);
}

int
mig_tenant_check(PGconn *db, const char *schema, struct tb_err *err)
{
	PGresult *res =
	    tb_pg_query(db, tb_sql_text(tool_sql, "tenant"), 1, &schema, err);
	char *path;
	int rc = 0;

	if (res == NULL)
		return -1;
	path = path_of(schema);
	if (!tb_pg_get_bool(res, 0, "there")) {
		(void)tb_err_set(err, TB_EXIT_NOINPUT,
		    "there is no schema \"%s\"", schema);
		rc = tb_err_hint(err,
		    "Create it, or let the query of --tenants leave it out.");
	} else if (strcmp(tb_pg_get(res, 0, "path"), path) != 0) {
		rc = no_search_path(err);
	}
	free(path);
	PQclear(res);
	return rc;
}

static bool
needs_journal(const struct tb_run *run)
{
	for (size_t i = 0; i < run->n; i++)
		if (run->v[i].alone != NULL)
			return true;
	return false;
}

/* Another tenant may have made it meanwhile. */
static int
make(struct tb_history *h, bool journal, struct tb_err *err)
{
	if (tb_history_reread(h, err) == -1 ||
	    tb_pg_exec(h->db, "BEGIN", err) == -1)
		return -1;
	if (tb_history_log_prepare(h, err) == -1 ||
	    (journal && tb_journal_prepare(h, err) == -1))
		return -1;
	return tb_pg_exec(h->db, "COMMIT", err);
}

int
mig_tenant_prepare(struct tb_history *h, const struct tb_run *run, double wait,
    struct tb_err *err)
{
	long long key = tb_pg_lock_key("tb-migrate schema tb");
	bool journal = needs_journal(run);

	if (h->log != TB_HISTORY_LOG_ABSENT && !journal)
		return 0;
	/* The session ends with a failure, and the lock with it. */
	if (tb_pg_lock(h->db, key, wait, err) == -1 ||
	    make(h, journal, err) == -1 || tb_pg_unlock(h->db, key, err) == -1)
		return -1;
	return tb_history_reread(h, err);
}

/* --- After all of them --------------------------------------------------- */

static const struct mig_target *
first_changed(const struct mig_targets *ts)
{
	for (size_t i = 0; i < ts->n; i++)
		if (mig_target_changed(&ts->v[i]))
			return &ts->v[i];
	return NULL;
}

/* As the processes of the tenants connected: nobody is asked again. */
static int
store(const struct tb_ctx *ctx, const struct mig_target *t,
    struct tb_history *h, PGconn **db, struct tb_err *err)
{
	struct tb_ctx own = *ctx;
	char *sql;
	int rc;

	own.conn =
	    (struct tb_conn_opts){ .dbname = t->conninfo, .no_password = true };
	own.db = own.begun = NULL;
	rc = tb_cli_connect(&own, TB_PG_WRITE, err);
	*db = own.db;
	if (rc == -1 || tb_run_set_role(*db, mig_role(ctx), err) == -1 ||
	    tb_history_open(h, *db, t->schema, mig_table(ctx), err) == -1)
		return -1;
	if (h->log != TB_HISTORY_LOG_READY)
		return 0;
	if ((sql = mig_closing(NULL, PQserverVersion(*db))) != NULL)
		rc = tb_pg_exec(*db, sql, err);
	free(sql);
	return rc;
}

void
mig_tenants_close(const struct tb_ctx *ctx, const struct mig_targets *ts)
{
	const struct mig_target *t = first_changed(ts);
	struct tb_history h = TB_HISTORY_INIT;
	struct tb_err err = TB_ERR_INIT;
	PGconn *db = NULL;

	if (t == NULL)
		return;
	if (store(ctx, t, &h, &db, &err) == -1)
		tb_warn("could not store the fingerprint of the database: %s",
		    err.message);
	tb_history_release(&h);
	PQfinish(db);
	tb_err_release(&err);
}
