/*
 * query.h: asking the server.
 *
 *	const char *params[] = { name };
 *
 *	if ((res = tb_pg_query(db, sql, 1, params, err)) == NULL)
 *		return -1;
 *	for (int i = 0; i < PQntuples(res); i++)
 *		puts(tb_pg_get(res, i, "relname"));
 *	PQclear(res);
 *
 * The PGresult is the arena: what tb_pg_get() returns is borrowed from it.
 */
#ifndef TB_PG_QUERY_H
#define TB_PG_QUERY_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;

/*
 * One statement with values for $1, $2, ... (text; NULL is SQL's NULL).
 * NULL on failure.  The caller clears the result.
 */
PGresult *tb_pg_query(PGconn *, const char *sql, int nparams,
    const char *const *params, struct tb_err *) TB_MUSTCHECK;

/* The same, for statements whose result nobody needs. */
int tb_pg_exec(PGconn *, const char *sql, struct tb_err *) TB_MUSTCHECK;
int tb_pg_execp(PGconn *, const char *sql, int nparams,
    const char *const *params, struct tb_err *) TB_MUSTCHECK;

/*
 * The first column of the only row as a new string: NULL in *value for SQL's
 * NULL or for no row.  The caller frees it.
 */
int tb_pg_value(PGconn *, const char *sql, int nparams,
    const char *const *params, char **value, struct tb_err *) TB_MUSTCHECK;

/*
 * Columns by name; a name that is not there is a bug.  tb_pg_get() returns
 * NULL for SQL's NULL; int and bool read NULL as 0 and false.
 */
const char *tb_pg_get(const PGresult *, int row, const char *column);
long long tb_pg_get_int(const PGresult *, int row, const char *column);
bool tb_pg_get_bool(const PGresult *, int row, const char *column);

/* -1: there is no such column. */
int tb_pg_column(const PGresult *, const char *column);

/*
 * The results that are left of what was sent: the first failed one, else the
 * last, and never beyond the beginning of a COPY.  NULL: there is none.  The
 * caller clears it.
 */
PGresult *tb_pg_last_result(PGconn *) TB_MUSTCHECK;

/* Did the server do what it was asked? */
bool tb_pg_ok(const PGresult *);

/*
 * Put a failed result (NULL: the connection itself) into *err: message,
 * detail, hint and SQLSTATE as the server gave them, and the exit code that
 * fits: 65 refused, 69 connection lost, 75 locked or cancelled, 77 not
 * permitted, 73 disk full.  Returns -1.
 */
int tb_pg_error(const PGconn *, const PGresult *, struct tb_err *);

/* Print every statement to stderr before it is sent, secrets blanked. */
void tb_pg_set_echo(bool);
void tb_pg_echo(const char *sql);

#endif /* TB_PG_QUERY_H */
