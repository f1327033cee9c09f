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

/* What is left over from runs that were killed; failing is no harm. */
static int
sweep(PGconn *db, struct tb_err *err)
{
	PGresult *res = tb_pg_query(db,
	    tb_sql_text(tb_pg_sql, "scratch_leftovers"), 0, NULL, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++) {
		struct tb_err ignored = TB_ERR_INIT;

		if (drop_database(db, tb_pg_get(res, i, "datname"), &ignored) ==
		    0)
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

static int
create(struct tb_scratch *s, struct tb_err *err)
{
	const char *params[] = { s->name };
	char *sql;
	int rc;

	if (tb_pg_value(s->admin, tb_sql_text(tb_pg_sql, "scratch_create"), 1,
		params, &sql, err) == -1)
		return -1;
	rc = tb_pg_exec(s->admin, sql, err);
	free(sql);
	s->made = rc == 0;
	return rc == 0 ? 0 : may_not_create(err);
}

static int
open_inside(struct tb_scratch *s, const struct tb_dsn *live, struct tb_err *err)
{
	struct tb_dsn dsn = TB_DSN_INIT;

	tb_dsn_copy(&dsn, live);
	tb_dsn_set(&dsn, "dbname", s->name);
	s->db = tb_pg_connect(&dsn, TB_PG_WRITE, err);
	tb_dsn_release(&dsn);
	return s->db != NULL ? 0 : -1;
}

int
tb_scratch_open(struct tb_scratch *s, const struct tb_dsn *live,
    struct tb_err *err)
{
	*s = (struct tb_scratch)TB_SCRATCH_INIT;
	if ((s->admin = tb_pg_connect(live, TB_PG_WRITE, err)) == NULL)
		return -1;
	s->name = tb_asprintf("tb_scratch_%ld_%08x", (long)getpid(),
	    (unsigned)arc4random());
	if (sweep(s->admin, err) == 0 && show_name(s, err) == 0 &&
	    create(s, err) == 0 && open_inside(s, live, err) == 0)
		return 0;
	tb_scratch_close(s);
	return -1;
}

void
tb_scratch_close(struct tb_scratch *s)
{
	struct tb_err err = TB_ERR_INIT;

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
