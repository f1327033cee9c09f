#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "pg/stream.h"
#include "revision/file.h"
#include "revision/history.h"
#include "revision/history_sql.h"
#include "revision/plan.h"

/*
 * A statement that changes the version table: "%I.%I" in it is its name.  The
 * names are quoted, the ids are parameters.
 */
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
		h->width = TB_HISTORY_WIDTH;
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
