#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "pg/split.h"
#include "revision/history_sql.h"
#include "revision/run_index.h"
#include "revision/run_index_state.h"

static const char *
sql_of(const char *file)
{
	return tb_sql_text(tb_revision_sql, file);
}

/* NULL with *err set, or no row: the table is not there. */
static PGresult *
find(PGconn *db, const struct tb_index_text *t, struct tb_err *err)
{
	const char *params[] = { t->table, t->name };

	return tb_pg_query(db, sql_of("index_find"), 2, params, err);
}

/* 75 if somebody is at work on it. */
static int
refuse_if_built(PGconn *db, const char *oid, const char *name,
    struct tb_err *err)
{
	PGresult *res = tb_pg_query(db, sql_of("index_builder"), 1, &oid, err);
	const char *program;
	int rc = 0;

	if (res == NULL)
		return -1;
	if (PQntuples(res) > 0) {
		program = tb_pg_get(res, 0, "program");
		rc = tb_err_set(err, TB_EXIT_BUSY,
		    "another session is building index %s", name);
		(void)tb_err_detail(err,
		    "It is process %s, user %s%s%s, for %s.",
		    tb_pg_get(res, 0, "pid"), tb_pg_get(res, 0, "role"),
		    *program != '\0' ? ", program " : "", program,
		    tb_pg_get(res, 0, "age"));
		(void)tb_err_hint(err,
		    "Run again when it has ended; if it is not wanted, SELECT "
		    "pg_terminate_backend(%s).",
		    tb_pg_get(res, 0, "pid"));
	}
	PQclear(res);
	return rc;
}

/* row of a result has oid, schema, index_name and index. */
static int
drop(PGconn *db, const PGresult *res, int row, const char *oid_column,
    struct tb_err *err)
{
	const char *name = tb_pg_get(res, row, "index");
	struct tb_buf sql = TB_BUF_INIT;
	int rc;

	if (refuse_if_built(db, tb_pg_get(res, row, oid_column), name, err) ==
	    -1)
		return -1;
	tb_info("dropping the invalid index %s, which an interrupted build "
		"left",
	    name);
	rc = tb_pg_format(db, &sql, err, "DROP INDEX CONCURRENTLY %I.%I",
	    tb_pg_get(res, row, "schema"), tb_pg_get(res, row, "index_name"));
	if (rc == 0)
		rc = tb_pg_exec(db, sql.s, err);
	tb_buf_release(&sql);
	return rc == 0 ?
	    0 :
	    tb_err_prefix(err, "could not drop the invalid index %s", name);
}

static int
refuse_other(const PGresult *res, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "index %s is there already, and is another one",
	    tb_pg_get(res, 0, "index"));
	(void)tb_err_detail(err, "It is %s.", tb_pg_get(res, 0, "is"));
	(void)tb_err_detail(err, "Wanted is %s.", tb_pg_get(res, 0, "wanted"));
	return tb_err_hint(err,
	    "Give the new index another name, or drop the old one in a "
	    "revision before.");
}

static int
accept_index(const PGresult *res, int row)
{
	tb_info("index %s is there already, as it is wanted",
	    tb_pg_get(res, row, "index"));
	return 1;
}

/* The statement gives a name, and there is something of that name. */
static int
before_named(PGconn *db, const struct tb_index_text *t, const PGresult *found,
    struct tb_err *err)
{
	PGresult *res;
	int rc;

	if (!tb_pg_get_bool(found, 0, "ours")) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "%s is there already, and is no index of %s",
		    tb_pg_get(found, 0, "index"), tb_pg_get(found, 0, "table"));
		return tb_err_hint(err, "Give the new index another name.");
	}
	if (!tb_pg_get_bool(found, 0, "valid"))
		return drop(db, found, 0, "index_oid", err);
	if ((res = tb_index_compare(db, t, found, err)) == NULL)
		return tb_err_prefix(err,
		    "index %s is there already, and could not be compared",
		    tb_pg_get(found, 0, "index"));
	if (PQntuples(res) == 0)
		rc = 0;
	else if (tb_pg_get_bool(res, 0, "same"))
		rc = accept_index(res, 0);
	else
		rc = refuse_other(res, err);
	PQclear(res);
	return rc;
}

/* Valid ones come first. */
static int
before_unnamed(PGconn *db, const struct tb_index_text *t, const PGresult *found,
    struct tb_err *err)
{
	struct tb_err why = TB_ERR_INIT;
	PGresult *res = tb_index_compare(db, t, found, &why);
	int rc = 0;

	/* What is wrong with it the statement itself will tell. */
	if (res == NULL)
		tb_debug("could not compare: %s", why.message);
	tb_err_release(&why);
	for (int i = 0; i < PQntuples(res) && rc == 0; i++) {
		if (!tb_pg_get_bool(res, i, "same"))
			continue;
		rc = tb_pg_get_bool(res, i, "valid") ?
		    accept_index(res, i) :
		    drop(db, res, i, "oid", err);
	}
	PQclear(res);
	return rc;
}

static int
before(PGconn *db, const struct tb_index_text *t, struct tb_err *err)
{
	PGresult *found = find(db, t, err);
	int rc = 0;

	if (found == NULL)
		return -1;
	if (PQntuples(found) > 0 && t->name == NULL)
		rc = before_unnamed(db, t, found, err);
	else if (PQntuples(found) > 0 &&
	    tb_pg_get(found, 0, "index_oid") != NULL)
		rc = before_named(db, t, found, err);
	PQclear(found);
	return rc;
}

int
tb_run_index_before(PGconn *db, const struct tb_stmt *stmt, const char *file,
    struct tb_err *err)
{
	struct tb_index_text t;
	int rc;

	if (!tb_index_parse(stmt->text, &t))
		return 0;
	rc = before(db, &t, err);
	tb_index_text_release(&t);
	return rc == -1 ? tb_err_prefix(err, "%s:%d", file, stmt->line) : rc;
}

int
tb_run_index_after(PGconn *db, const struct tb_stmt *stmt, const char *file,
    struct tb_err *err)
{
	struct tb_index_text t;
	PGresult *found;
	int rc = 0;

	if (!tb_index_parse(stmt->text, &t))
		return 0;
	found = t.name != NULL ? find(db, &t, err) : NULL;
	if (t.name != NULL && found == NULL)
		rc = -1;
	else if (found != NULL && PQntuples(found) > 0 &&
	    !tb_pg_get_bool(found, 0, "valid"))
		rc = tb_err_set(err, TB_EXIT_DATA,
		    "%s:%d: index %s was built, and is not valid", file,
		    stmt->line, tb_pg_get(found, 0, "index"));
	PQclear(found);
	tb_index_text_release(&t);
	return rc;
}

int
tb_run_index_undo(PGconn *db, const char *text, struct tb_err *err)
{
	struct tb_index_text t;
	PGresult *found;
	int rc = 0;

	if (!tb_index_parse(text, &t))
		return 0;
	if (t.name == NULL) {
		rc = before(db, &t, err);
	} else if ((found = find(db, &t, err)) == NULL) {
		rc = -1;
	} else {
		if (PQntuples(found) > 0 && tb_pg_get_bool(found, 0, "ours"))
			rc = tb_pg_get_bool(found, 0, "valid") ?
			    1 :
			    drop(db, found, 0, "index_oid", err);
		PQclear(found);
	}
	tb_index_text_release(&t);
	return rc;
}

int
tb_run_index_gone(PGconn *db, const char *text, struct tb_err *err)
{
	char *name = tb_index_dropped(text);
	const char *param = name;
	PGresult *res;
	int rc = 0;

	if (name == NULL)
		return 0;
	res = tb_pg_query(db, sql_of("index_there"), 1, &param, err);
	if (res == NULL)
		rc = -1;
	else
		rc = *PQgetvalue(res, 0, 0) == 'f';
	PQclear(res);
	free(name);
	return rc;
}

int
tb_run_index_sweep(PGconn *db, const char *text, struct tb_err *err)
{
	char *name, *kind = tb_index_rebuilt(text, &name);
	const char *params[] = { kind, name };
	PGresult *res;
	int rc = 0;

	if (kind == NULL)
		return 0;
	res = tb_pg_query(db, sql_of("index_leftovers"), 2, params, err);
	if (res == NULL)
		rc = -1;
	for (int i = 0; i < PQntuples(res) && rc == 0; i++)
		rc = drop(db, res, i, "oid", err);
	PQclear(res);
	free(kind);
	free(name);
	return rc;
}
