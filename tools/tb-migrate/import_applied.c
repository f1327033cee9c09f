/*
 * How far a database is, by the table of the tool that has migrated it so far.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/sql.h"
#include "import.h"
#include "pg/query.h"
#include "pg/quote.h"

PGresult *
mig_imp_ask(const struct mig_imp_table *t, const char *format, int nparams,
    const char *const *params, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	PGresult *res = NULL;

	if (tb_pg_format(t->db, &sql, err, format, t->schema, t->table) == 0)
		res = tb_pg_query(t->db, sql.s, nparams, params, err);
	if (res == NULL)
		(void)tb_err_prefix(err, "could not read \"%s.%s\"", t->schema,
		    t->table);
	tb_buf_release(&sql);
	return res;
}

static int
no_table(const struct mig_imp *imp, const char *name, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA, "%s has no table \"%s\" here",
	    imp->format->title, name);
	return tb_err_hint(err,
	    "If the table has another name, say --table SCHEMA.NAME; if "
	    "nothing is applied yet, leave --stamp out.");
}

static int
several_tables(const PGresult *res, const char *name, struct tb_err *err)
{
	struct tb_strs schemas = TB_STRS_INIT;
	char *list;

	for (int i = 0; i < PQntuples(res); i++)
		tb_strs_add(&schemas, tb_pg_get(res, i, "schema"));
	list = tb_strs_join(&schemas, ", ");
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "several schemas have a table \"%s\"", name);
	(void)tb_err_detail(err, "The schemas are: %s.", list);
	(void)tb_err_hint(err, "Say which one: --table SCHEMA.%s.", name);
	free(list);
	tb_strs_release(&schemas);
	return -1;
}

/* The schema of the table, which the caller frees; NULL on failure. */
static char *
find_schema(const struct mig_imp *imp, PGconn *db, const char *schema,
    const char *table, struct tb_err *err)
{
	const char *params[] = { table, schema };
	PGresult *res = tb_pg_query(db, tb_sql_text(tool_sql, "import_table"),
	    2, params, err);
	char *found = NULL;

	if (res == NULL)
		return NULL;
	if (PQntuples(res) == 0)
		(void)no_table(imp, table, err);
	else if (PQntuples(res) > 1)
		(void)several_tables(res, table, err);
	else
		found = tb_strdup(tb_pg_get(res, 0, "schema"));
	PQclear(res);
	return found;
}

struct place {
	const char *version;
	size_t place; /* in v */
};

static int
by_version(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return strcmp(x->version, y->version);
}

/* The place of each applied version in v; unknown ones go into a list. */
static void
match(const struct mig_imp *imp, const struct tb_strs *applied,
    bool *is_applied, struct tb_strs *unknown)
{
	struct place *sorted = tb_calloc(imp->n + 1, sizeof(*sorted));

	for (size_t i = 0; i < imp->n; i++)
		sorted[i] = (struct place){ imp->v[i]->version, i };
	qsort(sorted, imp->n, sizeof(*sorted), by_version);
	for (size_t i = 0; i < applied->n; i++) {
		struct place want = { applied->v[i], 0 };
		const struct place *found =
		    bsearch(&want, sorted, imp->n, sizeof(*sorted), by_version);

		if (found != NULL)
			is_applied[found->place] = true;
		else
			tb_strs_add(unknown, applied->v[i]);
	}
	free(sorted);
}

static int
refuse_unknown(const struct mig_imp *imp, const struct tb_strs *unknown,
    struct tb_err *err)
{
	char *list = tb_strs_join(unknown, ", ");

	(void)tb_err_set(err, TB_EXIT_DATA,
	    "the database has applied what \"%s\" does not have", imp->dir);
	(void)tb_err_detail(err, "Missing here: %s.", list);
	(void)tb_err_hint(err,
	    "Import the folder in the state that was deployed there.");
	free(list);
	return -1;
}

static int
refuse_holes(const struct mig_imp *imp, const bool *applied, size_t last,
    struct tb_err *err)
{
	struct tb_strs holes = TB_STRS_INIT;
	char *list;

	for (size_t i = 0; i < last; i++)
		if (!applied[i])
			tb_strs_add(&holes, imp->v[i]->version);
	list = tb_strs_join(&holes, ", ");
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "what is applied has holes: \"%s\" is applied, but %zu before it "
	    "%s not",
	    imp->v[last]->version, holes.n, holes.n == 1 ? "is" : "are");
	(void)tb_err_detail(err, "Not applied: %s.", list);
	(void)tb_err_hint(err,
	    "Apply them with %s first, or leave --stamp out and decide with "
	    "\"tb-migrate stamp\".",
	    imp->format->title);
	free(list);
	tb_strs_release(&holes);
	return -1;
}

static int
find_last(const struct mig_imp *imp, const struct tb_strs *versions,
    const char **id, struct tb_err *err)
{
	bool *applied = tb_calloc(imp->n + 1, sizeof(*applied));
	struct tb_strs unknown = TB_STRS_INIT;
	size_t last = imp->n, holes = 0;
	int rc = 0;

	match(imp, versions, applied, &unknown);
	for (size_t i = 0; i < imp->n; i++)
		if (applied[i])
			last = i;
	for (size_t i = 0; last < imp->n && i < last; i++)
		holes += !applied[i];
	if (unknown.n > 0)
		rc = refuse_unknown(imp, &unknown, err);
	else if (holes > 0)
		rc = refuse_holes(imp, applied, last, err);
	else
		*id = last < imp->n ? imp->v[last]->id : NULL;
	tb_strs_release(&unknown);
	free(applied);
	return rc;
}

int
mig_imp_applied(const struct mig_imp *imp, PGconn *db, const char *table,
    const char **id, struct tb_err *err)
{
	char *name = tb_strdup(table != NULL ? table : imp->format->table);
	char *dot = strchr(name, '.'), *schema;
	struct mig_imp_table t = { .db = db, .table = name };
	int rc = -1;

	*id = NULL;
	if (dot != NULL) {
		*dot = '\0';
		t.table = dot + 1;
	}
	schema = find_schema(imp, db, dot != NULL ? name : NULL, t.table, err);
	t.schema = schema;
	if (schema != NULL && imp->format->applied(imp, &t, err) == 0)
		rc = find_last(imp, &t.applied, id, err);
	tb_strs_release(&t.applied);
	free(schema);
	free(name);
	return rc;
}
