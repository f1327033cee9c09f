#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/lock.h"
#include "pg/pipeline.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "pg/stream.h"
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
	if (n > 0) {
		free(h->name);
		h->name = tb_strdup(tb_pg_get(res, 0, "name"));
	}
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
take_look(struct tb_history *h, const char *schema, const struct tb_pipe *p,
    struct tb_err *err)
{
	for (int i = 0; i < 2; i++)
		if (!tb_pg_ok(p[i].res))
			return tb_pg_error(h->db, p[i].res, err);
	if (choose_table(h, schema, p[0].res, err) == -1)
		return -1;
	tb_history_log_take(h, p[1].res);
	return 0;
}

/* Two questions in one round trip; the rows need the answer to the first. */
static int
look(struct tb_history *h, const char *schema, struct tb_err *err)
{
	const char *find[] = { h->table, schema };
	const char *state[] = { schema != NULL ? schema : "public", h->table };
	struct tb_pipe p[] = {
		{ .sql = tb_sql_text(tb_revision_sql, "version_table"),
		    .nparams = 2,
		    .params = find },
		{ .sql = tb_sql_text(tb_revision_sql, "history_state"),
		    .nparams = 2,
		    .params = state },
	};
	int rc = tb_pg_pipeline(h->db, p, 2, 0, err);

	if (rc == 0)
		rc = take_look(h, schema, p, err);
	tb_pg_pipeline_clear(p, 2);
	return rc == 0 ? read_rows(h, err) : -1;
}

int
tb_history_open(struct tb_history *h, PGconn *db, const char *schema,
    const char *table, struct tb_err *err)
{
	h->db = db;
	h->table = tb_strdup(table != NULL ? table : TB_HISTORY_TABLE);
	return look(h, schema, err);
}

/*
 * Is it where it is looked for first?  One name is looked up in the caches of
 * the server, where find_table() has to plan a query of the catalogue.
 */
static int
find_quickly(struct tb_history *h, const char *schema, struct tb_err *err)
{
	static const char sql[] =
	    "SELECT n.name FROM pg_catalog.format('%I.%I', "
	    "$1::pg_catalog.text, $2::pg_catalog.text) AS n (name) "
	    "WHERE pg_catalog.to_regclass(n.name) IS NOT NULL";
	const char *params[] = { schema != NULL ? schema : "public", h->table };
	char *found;

	if (tb_pg_value(h->db, sql, 2, params, &found, err) == -1)
		return -1;
	if (found == NULL)
		return find_table(h, schema, err);
	h->exists = true;
	h->schema = tb_strdup(params[0]);
	h->name = found;
	return 0;
}

int
tb_history_open_rows(struct tb_history *h, PGconn *db, const char *schema,
    const char *table, struct tb_err *err)
{
	h->db = db;
	h->table = tb_strdup(table != NULL ? table : TB_HISTORY_TABLE);
	if (find_quickly(h, schema, err) == 0 && read_rows(h, err) == 0)
		return h->name != NULL ? 0 : look(h, schema, err);
	/* It bears the name only: say so, or find the right one. */
	tb_err_release(err);
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

long long
tb_history_lock_key(const struct tb_history *h)
{
	char *name = tb_asprintf("tb-migrate %s", h->name);
	long long key = tb_pg_lock_key(name);

	free(name);
	return key;
}

int
tb_history_lock(struct tb_history *h, double wait, struct tb_err *err)
{
	if (tb_pg_lock(h->db, tb_history_lock_key(h), wait, err) == 0)
		return tb_history_reread(h, err);
	if (err->code == TB_EXIT_BUSY)
		(void)tb_err_hint(err,
		    "Wait for it, or give it longer with --wait-lock SECONDS; "
		    "\"tb-migrate unlock\" shows what it does, and ends it.");
	return -1;
}

int
tb_history_unlock(struct tb_history *h, struct tb_err *err)
{
	return tb_pg_unlock(h->db, tb_history_lock_key(h), err);
}

/* A statement about the version table that changes it: see on_table(). */
static int
change_table(struct tb_history *h, const struct tb_history_do *what,
    struct tb_err *err)
{
	struct tb_history_do d = *what;
	struct tb_buf sql = TB_BUF_INIT;
	int rc = tb_pg_format(h->db, &sql, err, what->sql, h->schema, h->table);

	d.sql = sql.s;
	if (rc == 0)
		rc = tb_history_do(h, &d, err);
	tb_buf_release(&sql);
	return rc;
}

static int
exec(struct tb_history *h, const char *sql, struct tb_err *err)
{
	return tb_history_do(h, &(struct tb_history_do){ .sql = sql }, err);
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
			rc = exec(h, sql.s, err);
		tb_buf_reset(&sql);
	}
	if (rc == 0)
		rc = tb_pg_format(h->db, &sql, err,
		    "CREATE TABLE %I.%I (version_num "
		    "pg_catalog.varchar(32) NOT NULL, "
		    "CONSTRAINT %I PRIMARY KEY (version_num))",
		    h->schema, h->table, key);
	if (rc == 0)
		rc = exec(h, sql.s, err);
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
	const struct tb_history_do alter = {
		.sql = "ALTER TABLE %I.%I ALTER COLUMN version_num "
		       "TYPE pg_catalog.varchar(63)",
	};

	if (h->width == 0 || strlen(id) <= (size_t)h->width)
		return 0;
	if (change_table(h, &alter, err) == -1)
		return tb_err_prefix(err,
		    "could not make room for the id \"%s\" in %s", id, h->name);
	h->width = TB_REVISION_ID_MAX;
	return 0;
}

/*
 * A change that does not hit exactly one row is a race that was lost.  The
 * server itself must say so, by a division by zero, since the COMMIT may be on
 * its way already.
 */
#define ONE_ROW(change)                                         \
	"WITH hit AS (" change " RETURNING 1) SELECT 1 / CASE " \
	"pg_catalog.count(*) WHEN 1 THEN 1 ELSE 0 END FROM hit"

static const char division_by_zero[] = "22012";

static int
change(struct tb_history *h, const struct tb_row_change *c, size_t number,
    struct tb_err *err)
{
	const char *params[] = { c->from, c->to };
	struct tb_history_do d = {
		.kind = TB_HISTORY_ROW,
		.number = number,
		.nparams = 1,
		.params = params,
	};

	if (c->to != NULL && widen(h, c->to, err) == -1)
		return -1;
	switch (c->op) {
	case TB_ROW_INSERT:
		params[0] = c->to;
		d.plan = TB_HISTORY_PLAN_INSERT;
		d.sql = "INSERT INTO %I.%I (version_num) VALUES ($1)";
		break;
	case TB_ROW_UPDATE:
		d.nparams = 2;
		d.plan = TB_HISTORY_PLAN_UPDATE;
		d.sql = ONE_ROW("UPDATE %I.%I SET version_num = $2 "
				"WHERE version_num = $1");
		break;
	case TB_ROW_DELETE:
		d.plan = TB_HISTORY_PLAN_DELETE;
		d.sql = ONE_ROW("DELETE FROM %I.%I WHERE version_num = $1");
		break;
	}
	return change_table(h, &d, err);
}

int
tb_history_row_failed(const struct tb_history *h, const struct tb_step *step,
    size_t number, struct tb_err *err)
{
	const struct tb_row_change *c = &step->rows[number];

	if (strcmp(err->sqlstate, division_by_zero) != 0)
		return tb_err_prefix(err, "could not change the version table");
	tb_err_release(err);
	if (c->to != NULL)
		(void)tb_err_set(err, TB_EXIT_BUSY,
		    "%s has not one row \"%s\" to become \"%s\"", h->name,
		    c->from, c->to);
	else
		(void)tb_err_set(err, TB_EXIT_BUSY,
		    "%s has not one row \"%s\" to delete", h->name, c->from);
	return tb_err_hint(err,
	    "Another program changed the version table meanwhile, such as an "
	    "Alembic that takes no lock: see \"tb-migrate current\" and run "
	    "again.");
}

int
tb_history_change(struct tb_history *h, const struct tb_step *step,
    struct tb_err *err)
{
	for (size_t i = 0; i < step->n_rows; i++) {
		if (change(h, &step->rows[i], i, err) == 0)
			continue;
		return h->send == NULL ?
		    tb_history_row_failed(h, step, i, err) :
		    -1;
	}
	tb_step_apply(step, &h->rows);
	return 0;
}

/*
 * Names count generations: after a failure nobody knows which of the last one
 * the server came to see.
 */
static int
send_prepared(struct tb_history *h, const struct tb_history_do *d,
    struct tb_err *err)
{
	unsigned int bit = 1U << (unsigned int)d->plan;
	struct tb_sent sent = { .nparams = d->nparams, .params = d->params };
	char name[32];
	int rc = 0;

	(void)snprintf(name, sizeof(name), "tb_%u_%d", h->generation,
	    (int)d->plan);
	if ((h->prepared & bit) == 0)
		rc = h->send(h->send_arg, TB_HISTORY_OURS, 0,
		    &(struct tb_sent){ .name = name, .sql = d->sql }, err);
	h->prepared |= bit;
	sent.name = name;
	if (rc == 0)
		rc = h->send(h->send_arg, d->kind, d->number, &sent, err);
	return rc;
}

int
tb_history_do(struct tb_history *h, const struct tb_history_do *d,
    struct tb_err *err)
{
	struct tb_sent sent = {
		.sql = d->sql,
		.nparams = d->nparams,
		.params = d->params,
	};

	if (h->send == NULL)
		return tb_pg_execp(h->db, d->sql, d->nparams, d->params, err);
	if (d->plan != TB_HISTORY_PLAN_NONE)
		return send_prepared(h, d, err);
	return h->send(h->send_arg, d->kind, d->number, &sent, err);
}

int
tb_history_recover(struct tb_history *h, struct tb_err *err)
{
	h->prepared = 0;
	h->generation++;
	return tb_history_reread(h, err);
}
