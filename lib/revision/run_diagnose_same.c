/*
 * Is what is there what the statement would make?  The statement is tried on a
 * table of another schema, in a transaction that is rolled back, so that what
 * is there is not even locked.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "revision/history_sql.h"
#include "revision/run_diagnose.h"

#define OTHER "tb_diagnose" /* the schema */

/* The statement with another schema's table in place of the one it names. */
static char *
other_statement(const struct tb_stmt *stmt, const char *schema,
    const char *name)
{
	struct tb_cursor w;
	struct tb_buf b = TB_BUF_INIT;
	char *s = NULL, *n = NULL;
	bool found = false;

	if (!tb_cursor_begin(&w, stmt->text))
		return NULL;
	while (!tb_cursor_end(&w) && !found) {
		size_t from = tb_cursor_at(&w);

		if (!tb_cursor_qualified(&w, &s, &n)) {
			tb_cursor_next(&w);
			continue;
		}
		found = strcmp(n, name) == 0 && (s == NULL) == (schema == NULL);
		if (found) {
			tb_buf_addn(&b, stmt->text, from);
			tb_buf_add(&b, OTHER ".\"");
			for (const char *p = name; *p != '\0'; p++) {
				if (*p == '"')
					tb_buf_addc(&b, '"');
				tb_buf_addc(&b, *p);
			}
			tb_buf_addc(&b, '"');
			tb_buf_add(&b, stmt->text + tb_cursor_behind(&w));
		}
		free(s);
		free(n);
		s = n = NULL;
	}
	tb_cursor_release(&w);
	if (found)
		return tb_buf_detach(&b);
	tb_buf_release(&b);
	return NULL;
}

static PGresult *
columns(struct tb_run_state *st, const char *schema, const char *written,
    const struct tb_made *made, struct tb_err *err)
{
	const char *params[] = { schema, made->name, OTHER, written,
		made->member };

	return tb_pg_query(st->db,
	    tb_sql_text(tb_revision_sql, "diagnose_columns"), 5, params, err);
}

/* For a column: the table as it is, without it. */
static int
make_table(struct tb_run_state *st, const struct tb_made *made,
    struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	int rc;

	rc = made->schema != NULL ?
	    tb_pg_format(st->db, &sql, err,
		"CREATE TABLE " OTHER ".%I (LIKE %I.%I)", made->name,
		made->schema, made->name) :
	    tb_pg_format(st->db, &sql, err,
		"CREATE TABLE " OTHER ".%I (LIKE %I)", made->name, made->name);
	if (rc == 0)
		rc = tb_pg_exec(st->db, sql.s, err);
	tb_buf_reset(&sql);
	if (rc == 0)
		rc = tb_pg_format(st->db, &sql, err,
		    "ALTER TABLE " OTHER ".%I DROP COLUMN %I", made->name,
		    made->member);
	if (rc == 0)
		rc = tb_pg_exec(st->db, sql.s, err);
	tb_buf_release(&sql);
	return rc;
}

static int
make_other(struct tb_run_state *st, const struct tb_stmt *stmt,
    const struct tb_made *made, struct tb_err *err)
{
	char *sql = other_statement(stmt, made->schema, made->name);
	int rc = -1;

	if (sql != NULL && tb_pg_exec(st->db, "CREATE SCHEMA " OTHER, err) == 0)
		rc = made->member != NULL ? make_table(st, made, err) : 0;
	if (rc == 0)
		rc = tb_pg_exec(st->db, sql, err);
	free(sql);
	return rc;
}

static void
differs(struct tb_err *err, const char *name, const char *there,
    const char *made)
{
	(void)tb_err_detail(err,
	    "Column \"%s\" is %s, the revision makes it %s.", name,
	    there != NULL ? there : "not there",
	    made != NULL ? made : "not at all");
}

/* Both are sorted by name. */
static int
compare(const PGresult *there, const PGresult *made, struct tb_err *err)
{
	int i = 0, k = 0, same = 1;

	while (i < PQntuples(there) || k < PQntuples(made)) {
		const char *a =
		    i < PQntuples(there) ? tb_pg_get(there, i, "name") : NULL;
		const char *b =
		    k < PQntuples(made) ? tb_pg_get(made, k, "name") : NULL;
		int cmp = a == NULL ? 1 : b == NULL ? -1 : strcmp(a, b);
		const char *x = cmp <= 0 ? tb_pg_get(there, i, "form") : NULL;
		const char *y = cmp >= 0 ? tb_pg_get(made, k, "form") : NULL;

		if (cmp != 0 || strcmp(x, y) != 0) {
			differs(err, cmp <= 0 ? a : b, x, y);
			same = 0;
		}
		i += cmp <= 0;
		k += cmp >= 0;
	}
	return same;
}

/* search_path as a revision gets it, or empty: then names are written whole. */
static int
set_path(struct tb_run_state *st, bool empty, struct tb_err *err)
{
	return tb_pg_exec(st->db,
	    empty ? "SET LOCAL search_path = ''" :
		    tb_sql_text(tb_revision_sql, "diagnose_search_path"),
	    err);
}

/* The schema where a name without one is found; NULL: nowhere. */
static char *
schema_of(struct tb_run_state *st, const struct tb_made *made,
    struct tb_err *err)
{
	static const char sql[] =
	    "SELECT c.relnamespace::pg_catalog.regnamespace"
	    " FROM pg_catalog.pg_class AS c WHERE c.oid ="
	    " pg_catalog.to_regclass(pg_catalog.quote_ident($1))";
	char *schema = NULL;

	if (made->schema != NULL)
		return tb_strdup(made->schema);
	if (tb_pg_value(st->db, sql, 1, &made->name, &schema, err) == -1)
		return NULL;
	return schema;
}

static int
compare_in(struct tb_run_state *st, const struct tb_stmt *stmt,
    const struct tb_made *made, const char *schema, struct tb_err *err,
    struct tb_err *why)
{
	PGresult *there = NULL, *other = NULL;
	int rc = -1;

	if (set_path(st, true, why) == 0 &&
	    (there = columns(st, schema, schema, made, why)) != NULL &&
	    set_path(st, false, why) == 0 &&
	    make_other(st, stmt, made, why) == 0 &&
	    set_path(st, true, why) == 0 &&
	    (other = columns(st, OTHER, schema, made, why)) != NULL &&
	    PQntuples(there) > 0 && PQntuples(other) > 0)
		rc = compare(there, other, err);
	PQclear(there);
	PQclear(other);
	return rc;
}

static int
try_it(struct tb_run_state *st, const struct tb_stmt *stmt,
    const struct tb_made *made, struct tb_err *err, struct tb_err *why)
{
	char *schema;
	int rc = -1;

	if (tb_pg_exec(st->db, "SET LOCAL lock_timeout = '200ms'", why) == -1 ||
	    tb_pg_exec(st->db, "SET LOCAL statement_timeout = '2s'", why) ==
		-1 ||
	    set_path(st, false, why) == -1)
		return -1;
	if ((schema = schema_of(st, made, why)) != NULL)
		rc = compare_in(st, stmt, made, schema, err, why);
	free(schema);
	return rc;
}

int
tb_diagnose_same(struct tb_run_state *st, const struct tb_stmt *stmt,
    const struct tb_made *made, struct tb_err *err)
{
	struct tb_err why = TB_ERR_INIT;
	int same = -1;

	if (made->kind != TB_MADE_COLUMN && made->kind != TB_MADE_RELATION)
		return -1;
	if (tb_pg_exec(st->db, "BEGIN", &why) == 0)
		same = try_it(st, stmt, made, err, &why);
	if (same == -1)
		tb_debug("could not compare what is there: %s",
		    why.message != NULL ? why.message : "it is no table");
	tb_err_release(&why);
	if (tb_pg_exec(st->db, "ROLLBACK", &why) == -1)
		tb_debug("could not roll back: %s", why.message);
	tb_err_release(&why);
	return same;
}
