/*
 * Where the version table is, what it says, and the lock that keeps others
 * from changing it.
 */
#include "core/tb.h"

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
#include "revision/history.h"
#include "revision/history_sql.h"

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
	h->width =
	    n > 0 ? (int)tb_pg_get_int(res, 0, "width") : TB_HISTORY_WIDTH;
	free(h->schema);
	h->schema = tb_strdup(n > 0 ? found :
		schema != NULL      ? schema :
				      "public");
	return 0;
}

/* Its rows, as SQL; "%I" quotes. */
static int
rows_sql(const struct tb_history *h, struct tb_buf *sql, struct tb_err *err)
{
	return tb_pg_format(h->db, sql, err, "SELECT version_num FROM %I.%I",
	    h->schema, h->table);
}

static void
take_rows(struct tb_history *h, const PGresult *res)
{
	tb_strs_release(&h->rows);
	for (int i = 0; i < PQntuples(res); i++)
		tb_strs_add(&h->rows, PQgetvalue(res, i, 0));
	tb_strs_sort(&h->rows);
}

static int
read_rows(struct tb_history *h, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	PGresult *res = NULL;

	tb_strs_release(&h->rows);
	if (!h->exists)
		return 0;
	if (rows_sql(h, &sql, err) == 0)
		res = tb_pg_query(h->db, sql.s, 0, NULL, err);
	tb_buf_release(&sql);
	if (res == NULL)
		return tb_err_prefix(err, "could not read the version table");
	take_rows(h, res);
	PQclear(res);
	return 0;
}

/*
 * What is asked in one round trip.  Try for the lock comes first: the others
 * then see what its last holder left.  The rows are asked for where they were
 * before.
 */
enum { TRY, FIND, STATE, ROWS, QUESTIONS };

struct look {
	struct tb_pipe p[QUESTIONS];
	size_t first, n; /* of these are asked */
	struct tb_pg_lock_try try;
	const char *find[2], *state[2];
	struct tb_buf rows;
	char *name; /* the table that they are of */
};

static int
prepare_look(struct tb_history *h, const char *schema, bool lock,
    struct look *l, struct tb_err *err)
{
	const char *likely = schema != NULL ? schema : "public";

	*l = (struct look){
		.first = lock ? TRY : FIND,
		.n = h->exists ? QUESTIONS : ROWS,
		.find = { h->table, schema },
		.state = { likely, h->table },
		.rows = TB_BUF_INIT,
	};
	l->p[FIND] = (struct tb_pipe){
		.sql = tb_sql_text(tb_revision_sql, "version_table"),
		.nparams = 2,
		.params = l->find,
	};
	l->p[STATE] = (struct tb_pipe){
		.sql = tb_sql_text(tb_revision_sql, "history_state"),
		.nparams = 2,
		.params = l->state,
	};
	if (lock)
		tb_pg_lock_ask(h->db, tb_history_lock_key(h), &l->try,
		    &l->p[TRY]);
	if (!h->exists)
		return 0;
	l->name = tb_strdup(h->name);
	if (rows_sql(h, &l->rows, err) == -1)
		return -1;
	l->p[ROWS] = (struct tb_pipe){ .sql = l->rows.s };
	return 0;
}

static void
release_look(struct look *l)
{
	tb_pg_pipeline_clear(l->p + l->first, l->n - l->first);
	tb_buf_release(&l->rows);
	free(l->name);
}

static int
take_look(struct tb_history *h, const char *schema, const struct look *l,
    struct tb_err *err)
{
	const PGresult *rows = l->p[ROWS].res;

	for (size_t i = FIND; i <= STATE; i++)
		if (!tb_pg_ok(l->p[i].res))
			return tb_pg_error(h->db, l->p[i].res, err);
	if (choose_table(h, schema, l->p[FIND].res, err) == -1)
		return -1;
	tb_history_log_take(h, l->p[STATE].res);
	/* It may have come, gone or moved since. */
	if (!h->exists || rows == NULL || !tb_pg_ok(rows) ||
	    strcmp(h->name, l->name) != 0)
		return read_rows(h, err);
	take_rows(h, rows);
	return 0;
}

/* *got NULL: without the lock.  Otherwise only if the lock is had. */
static int
look(struct tb_history *h, const char *schema, bool *got, struct tb_err *err)
{
	/* Of ours, which is about to be freed. */
	char *where = schema != NULL ? tb_strdup(schema) : NULL;
	struct look l;
	int rc = prepare_look(h, where, got != NULL, &l, err);

	if (rc == 0)
		rc =
		    tb_pg_pipeline(h->db, l.p + l.first, l.n - l.first, 0, err);
	if (rc == 0 && got != NULL)
		*got = tb_pg_lock_got(l.p[TRY].res);
	if (rc == 0 && (got == NULL || *got))
		rc = take_look(h, where, &l, err);
	release_look(&l);
	free(where);
	return rc;
}

static void
begin(struct tb_history *h, PGconn *db, const char *table)
{
	h->db = db;
	h->table = tb_strdup(table != NULL ? table : TB_HISTORY_TABLE);
}

int
tb_history_open(struct tb_history *h, PGconn *db, const char *schema,
    const char *table, struct tb_err *err)
{
	begin(h, db, table);
	return look(h, schema, NULL, err);
}

/*
 * Is it where it is looked for first?  One name is looked up in the caches of
 * the server, where look() has to plan queries of the catalogue.
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
		return 0;
	h->exists = true;
	h->schema = tb_strdup(params[0]);
	h->name = found;
	return read_rows(h, err);
}

int
tb_history_open_rows(struct tb_history *h, PGconn *db, const char *schema,
    const char *table, struct tb_err *err)
{
	begin(h, db, table);
	if (find_quickly(h, schema, err) == 0 && h->exists)
		return 0;
	/* It bears the name only: say so, or find the right one. */
	tb_err_release(err);
	h->exists = false;
	return look(h, schema, NULL, err);
}

int
tb_history_reread(struct tb_history *h, struct tb_err *err)
{
	return look(h, h->schema, NULL, err);
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
	bool got = false;

	if (look(h, h->schema, &got, err) == -1)
		return -1;
	if (got)
		return 0;
	if (tb_pg_lock(h->db, tb_history_lock_key(h), wait, err) == 0)
		return look(h, h->schema, NULL, err);
	if (err->code == TB_EXIT_BUSY)
		(void)tb_err_hint(err,
		    "Wait for it, or give it longer with --wait-lock SECONDS; "
		    "\"tb-migrate unlock\" shows what it does, and ends it.");
	return -1;
}

void
tb_history_details_later(struct tb_history *h, char *json)
{
	free(h->details);
	h->details = json;
}

int
tb_history_unlock(struct tb_history *h, struct tb_err *err)
{
	struct tb_pg_lock_try unlock = { .key = "" };
	struct tb_pipe p[2];
	size_t n = 0;
	int rc;

	if (h->details != NULL)
		tb_history_details_ask(h, &p[n++]);
	tb_pg_unlock_ask(tb_history_lock_key(h), &unlock, &p[n++]);
	rc = tb_pg_pipeline(h->db, p, n, 0, err);
	/* How long statements took is no reason to fail. */
	if (rc == 0 && n > 1 && !tb_pg_ok(p[0].res))
		tb_debug("statements are not in the log: %s",
		    PQresultErrorMessage(p[0].res));
	if (rc == 0 && !tb_pg_ok(p[n - 1].res))
		rc = tb_pg_error(h->db, p[n - 1].res, err);
	tb_pg_pipeline_clear(p, n);
	tb_history_details_later(h, NULL);
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
	free(h->details);
	tb_strs_release(&h->rows);
	*h = (struct tb_history)TB_HISTORY_INIT;
}
