/*
 * replay.c: sides that are SQL, run in a scratch database by the server that
 * they are compared with.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "cli/term.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/sql.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "verify.h"

typedef int fill_fn(struct ver_replay *, struct tb_err *);

/* What a script says on the way is of interest to nobody here. */
static void
ignore_notice(void *arg TB_UNUSED, const PGresult *res)
{
	const char *text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);

	if (text != NULL)
		tb_debug("scratch: %s", text);
}

/* ALTER DATABASE ... <what> */
static int
alter_database(struct ver_replay *r, PGconn *db, const char *what,
    struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	int rc = tb_pg_format(db, &sql, err, "ALTER DATABASE %I %s",
	    r->scratch.name, what);

	if (rc == 0)
		rc = tb_pg_exec(db, sql.s, err);
	tb_buf_release(&sql);
	return rc;
}

/* A setting that this role may not make is passed over. */
static void
copy_setting(struct ver_replay *r, const char *name, const char *value)
{
	const char *params[] = { name, value };
	struct tb_err err = TB_ERR_INIT;
	struct tb_buf what = TB_BUF_INIT;

	if (tb_pg_execp(r->scratch.db,
		"SELECT pg_catalog.set_config($1, $2, false)", 2, params,
		&err) == -1 ||
	    tb_pg_format(r->scratch.db, &what, &err, "SET %I FROM CURRENT",
		name) == -1 ||
	    alter_database(r, r->scratch.db, what.s, &err) == -1)
		tb_debug("scratch: %s", err.message);
	tb_buf_release(&what);
	tb_err_release(&err);
}

/*
 * Scripts shall find what they would find in the real database: its
 * search_path, its default tablespace.  Settings of a database count from the
 * next session on, so begin one.
 */
static int
copy_settings(struct ver_replay *r, struct tb_err *err)
{
	PGresult *res = tb_pg_query(r->scratch.admin,
	    tb_sql_text(tool_sql, "settings"), 0, NULL, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++)
		copy_setting(r, tb_pg_get(res, i, "name"),
		    tb_pg_get(res, i, "value"));
	PQclear(res);
	/* Nobody misses it after a crash. */
	if (alter_database(r, r->scratch.admin, "SET synchronous_commit = off",
		err) == -1)
		return -1;
	PQreset(r->scratch.db);
	return PQstatus(r->scratch.db) == CONNECTION_OK ?
	    0 :
	    tb_pg_error(r->scratch.db, NULL, err);
}

static bool
has_extension(const PGresult *res, const char *name)
{
	for (int i = 0; i < PQntuples(res); i++)
		if (strcmp(tb_pg_get(res, i, "extname"), name) == 0)
			return true;
	return false;
}

/*
 * Many a script relies on an extension that somebody else put into the real
 * database: then what it misses has no name that says so.
 */
static void
hint_at_extensions(struct ver_replay *r, struct tb_err *err)
{
	const char *sql = tb_sql_text(tool_sql, "extensions");
	struct tb_err ignored = TB_ERR_INIT;
	struct tb_strs missing = TB_STRS_INIT;
	PGresult *real = NULL, *here = NULL;
	char *names;

	/* The script may have failed in a transaction of its own. */
	if (tb_pg_exec(r->scratch.db, "ROLLBACK", &ignored) == 0)
		real = tb_pg_query(r->scratch.admin, sql, 0, NULL, &ignored);
	if (real != NULL)
		here = tb_pg_query(r->scratch.db, sql, 0, NULL, &ignored);
	for (int i = 0; here != NULL && i < PQntuples(real); i++)
		if (!has_extension(here, tb_pg_get(real, i, "extname")))
			tb_strs_add(&missing, tb_pg_get(real, i, "extname"));
	names = tb_strs_join(&missing, ", ");
	if (missing.n > 0)
		(void)tb_err_hint(err,
		    "The scratch database lacks extensions that database "
		    "\"%s\" has: %s.  The SQL has to create what it needs.",
		    PQdb(r->scratch.admin), names);
	free(names);
	tb_strs_release(&missing);
	PQclear(real);
	PQclear(here);
	tb_err_release(&ignored);
}

/* SQLSTATE class 42 and 3F000: something has no such name. */
static bool
is_missing_name(const struct tb_err *err)
{
	return strncmp(err->sqlstate, "42", 2) == 0 ||
	    strcmp(err->sqlstate, "3F000") == 0;
}

static int
fill_and_read(struct ver_replay *r, fill_fn *fill, struct tb_err *err)
{
	unsigned int want = r->job->opt->dependents ? TB_FACTS_EDGES : 0;
	int rc;

	(void)PQsetNoticeReceiver(r->scratch.db, ignore_notice, NULL);
	if (copy_settings(r, err) == -1)
		return -1;
	ver_signal_target(r->scratch.db);
	rc = fill(r, err);
	if (rc == -1 && is_missing_name(err))
		hint_at_extensions(r, err);
	/* What we set here is no difference. */
	if (rc == 0)
		rc = alter_database(r, r->scratch.admin, "RESET ALL", err);
	if (rc == 0)
		rc = tb_facts_read(&r->side->facts, r->scratch.db, want, err);
	ver_signal_target(NULL);
	return rc;
}

/* Whatever happens, the scratch database goes. */
static int
in_scratch(struct ver_job *job, struct ver_side *side, fill_fn *fill,
    struct tb_err *err)
{
	struct ver_replay r = {
		.job = job,
		.side = side,
		.scratch = TB_SCRATCH_INIT,
	};
	int rc;

	ver_signal_catch();
	tb_progress("making a scratch database");
	rc = tb_scratch_open(&r.scratch, &job->server, err);
	if (rc == 0) {
		rc = fill_and_read(&r, fill, err);
		tb_progress("dropping the scratch database");
		tb_scratch_close(&r.scratch);
	}
	ver_signal_release();
	if (ver_signal_check(err) == -1)
		rc = -1;
	return rc;
}

int
ver_replay(struct ver_job *job, struct ver_side *side, struct tb_err *err)
{
	fill_fn *fill = side->kind == VER_REVISIONS ? ver_fill_from_revisions :
						      ver_fill_from_files;

	return in_scratch(job, side, fill, err);
}
