#include "core/tb.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/lock.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "revision/file.h"
#include "revision/history.h"
#include "revision/history_sql.h"
#include "revision/plan.h"

#define ALEMBIC_WIDTH 32 /* of the column in a table that Alembic made */

/*
 * A statement about the version table: "%s" in the format is its name.  The
 * names are quoted, the ids are parameters.
 */
static PGresult *
on_table(struct tb_history *h, const char *format, const char *first,
    const char *second, struct tb_err *err)
{
	const char *params[] = { first, second };
	struct tb_buf sql = TB_BUF_INIT;
	PGresult *res = NULL;
	int n = (first != NULL) + (second != NULL);

	if (tb_pg_format(h->db, &sql, err, format, h->schema, h->table) == 0)
		res = tb_pg_query(h->db, sql.s, n, params, err);
	tb_buf_release(&sql);
	return res;
}

static int
several_tables(const PGresult *res, const char *table, struct tb_err *err)
{
	struct tb_strs names = TB_STRS_INIT;
	char *list;

	for (int i = 0; i < PQntuples(res); i++)
		tb_strs_add(&names, tb_pg_get(res, i, "name"));
	list = tb_strs_join(&names, ", ");
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "several schemas have a table \"%s\"", table);
	(void)tb_err_detail(err, "There are %s.", list);
	(void)tb_err_hint(err,
	    "Say which one with --version-schema, or with version-schema in "
	    "the section \"migrate\" of tb.conf.");
	free(list);
	tb_strs_release(&names);
	return -1;
}

/* Choose among what bears the name; the one in public comes first. */
static int
choose_table(struct tb_history *h, const char *schema, const PGresult *res,
    struct tb_err *err)
{
	int n = PQntuples(res);
	const char *found = n > 0 ? tb_pg_get(res, 0, "schema") : NULL;

	if (n > 1 && strcmp(found, "public") != 0)
		return several_tables(res, h->table, err);
	if (n > 0 && !tb_pg_get_bool(res, 0, "fits"))
		return tb_err_set(err, TB_EXIT_DATA,
		    "%s is no version table: it is not a table with a column "
		    "\"version_num\"",
		    tb_pg_get(res, 0, "name"));
	h->exists = n > 0;
	h->width = n > 0 ? (int)tb_pg_get_int(res, 0, "width") : ALEMBIC_WIDTH;
	free(h->schema);
	h->schema = tb_strdup(n > 0 ? found :
		schema != NULL      ? schema :
				      "public");
	return 0;
}

static int
find_table(struct tb_history *h, const char *schema, struct tb_err *err)
{
	const char *params[] = { h->table, schema };
	PGresult *res = tb_pg_query(h->db,
	    tb_sql_text(tb_revision_sql, "version_table"), 2, params, err);
	int rc;

	if (res == NULL)
		return -1;
	rc = choose_table(h, schema, res, err);
	PQclear(res);
	return rc;
}

static int
read_rows(struct tb_history *h, struct tb_err *err)
{
	PGresult *res;

	tb_strs_release(&h->rows);
	if (!h->exists)
		return 0;
	res = on_table(h, "SELECT version_num FROM %I.%I", NULL, NULL, err);
	if (res == NULL)
		return tb_err_prefix(err, "could not read the version table");
	for (int i = 0; i < PQntuples(res); i++)
		tb_strs_add(&h->rows, PQgetvalue(res, i, 0));
	tb_strs_sort(&h->rows);
	PQclear(res);
	return 0;
}

static int
look(struct tb_history *h, const char *schema, struct tb_err *err)
{
	if (find_table(h, schema, err) == -1 ||
	    tb_history_log_look(h, err) == -1)
		return -1;
	return read_rows(h, err);
}

int
tb_history_open(struct tb_history *h, PGconn *db, const char *schema,
    const char *table, struct tb_err *err)
{
	h->db = db;
	h->table = tb_strdup(table != NULL ? table : TB_HISTORY_TABLE);
	return look(h, schema, err);
}

int
tb_history_reread(struct tb_history *h, struct tb_err *err)
{
	char *schema = tb_strdup(h->schema);
	int rc = look(h, schema, err);

	free(schema);
	return rc;
}

void
tb_history_release(struct tb_history *h)
{
	free(h->schema);
	free(h->table);
	free(h->name);
	free(h->log_problem);
	free(h->log_remedy);
	tb_strs_release(&h->rows);
	*h = (struct tb_history)TB_HISTORY_INIT;
}

static long long
lock_key(const struct tb_history *h)
{
	char *name = tb_asprintf("tb-migrate %s", h->name);
	long long key = tb_pg_lock_key(name);

	free(name);
	return key;
}

int
tb_history_lock(struct tb_history *h, double wait, struct tb_err *err)
{
	if (tb_pg_lock(h->db, lock_key(h), wait, err) == -1)
		return -1;
	return tb_history_reread(h, err);
}

int
tb_history_unlock(struct tb_history *h, struct tb_err *err)
{
	return tb_pg_unlock(h->db, lock_key(h), err);
}

static int
on_table_done(PGresult *res)
{
	PQclear(res);
	return res != NULL ? 0 : -1;
}

/* As Alembic makes it, down to the name of the key. */
static int
create_table(struct tb_history *h, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	char *key = tb_asprintf("%s_pkc", h->table);
	int rc = 0;

	if (!h->schema_exists) {
		rc = tb_pg_format(h->db, &sql, err, "CREATE SCHEMA %I",
		    h->schema);
		if (rc == 0)
			rc = tb_pg_exec(h->db, sql.s, err);
		tb_buf_reset(&sql);
	}
	if (rc == 0)
		rc = tb_pg_format(h->db, &sql, err,
		    "CREATE TABLE %I.%I (version_num "
		    "pg_catalog.varchar(32) NOT NULL, "
		    "CONSTRAINT %I PRIMARY KEY (version_num))",
		    h->schema, h->table, key);
	if (rc == 0)
		rc = tb_pg_exec(h->db, sql.s, err);
	if (rc == -1)
		(void)tb_err_prefix(err, "could not make the version table %s",
		    h->name);
	free(key);
	tb_buf_release(&sql);
	return rc;
}

int
tb_history_prepare(struct tb_history *h, struct tb_err *err)
{
	if (!h->exists) {
		if (create_table(h, err) == -1)
			return -1;
		h->exists = h->schema_exists = true;
		h->width = ALEMBIC_WIDTH;
	}
	return tb_history_log_prepare(h, err);
}

static int
widen(struct tb_history *h, const char *id, struct tb_err *err)
{
	if (h->width == 0 || strlen(id) <= (size_t)h->width)
		return 0;
	if (on_table_done(on_table(h,
		"ALTER TABLE %I.%I ALTER COLUMN version_num "
		"TYPE pg_catalog.varchar(63)",
		NULL, NULL, err)) == -1)
		return tb_err_prefix(err,
		    "could not make room for the id \"%s\" in %s", id, h->name);
	h->width = TB_REVISION_ID_MAX;
	return 0;
}

static int
lost_race(const struct tb_history *h, const struct tb_row_change *c,
    const char *hits, struct tb_err *err)
{
	if (c->to != NULL)
		(void)tb_err_set(err, TB_EXIT_BUSY,
		    "%s has %s rows \"%s\" to become \"%s\", not one", h->name,
		    hits, c->from, c->to);
	else
		(void)tb_err_set(err, TB_EXIT_BUSY,
		    "%s has %s rows \"%s\" to delete, not one", h->name, hits,
		    c->from);
	return tb_err_hint(err,
	    "Another program changed the version table meanwhile, such as an "
	    "Alembic that takes no lock: see \"tb-migrate current\" and run "
	    "again.");
}

static int
change(struct tb_history *h, const struct tb_row_change *c, struct tb_err *err)
{
	PGresult *res = NULL;
	int rc = 0;

	if (c->to != NULL && widen(h, c->to, err) == -1)
		return -1;
	switch (c->op) {
	case TB_ROW_INSERT:
		res = on_table(h, "INSERT INTO %I.%I (version_num) VALUES ($1)",
		    c->to, NULL, err);
		break;
	case TB_ROW_UPDATE:
		res = on_table(h,
		    "UPDATE %I.%I SET version_num = $2 WHERE version_num = $1",
		    c->from, c->to, err);
		break;
	case TB_ROW_DELETE:
		res = on_table(h, "DELETE FROM %I.%I WHERE version_num = $1",
		    c->from, NULL, err);
		break;
	}
	if (res == NULL)
		return tb_err_prefix(err, "could not change the version table");
	if (strcmp(PQcmdTuples(res), "1") != 0)
		rc = lost_race(h, c, PQcmdTuples(res), err);
	PQclear(res);
	return rc;
}

int
tb_history_change(struct tb_history *h, const struct tb_step *step,
    struct tb_err *err)
{
	for (size_t i = 0; i < step->n_rows; i++)
		if (change(h, &step->rows[i], err) == -1)
			return -1;
	tb_step_apply(step, &h->rows);
	return 0;
}
