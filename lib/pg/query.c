#include "core/tb.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"

static bool echo;

void
tb_pg_set_echo(bool on)
{
	echo = on;
}

/* Skip a quoted literal that starts at s; returns what follows it. */
static const char *
skip_literal(const char *s)
{
	for (s++; *s != '\0'; s++) {
		if (*s != '\'')
			continue;
		if (s[1] != '\'')
			return s + 1;
		s++;
	}
	return s;
}

/* Append the SQL with what follows the word PASSWORD blanked. */
static void
add_without_secrets(struct tb_buf *b, const char *sql)
{
	static const char word[] = "password";
	const size_t n = sizeof(word) - 1;

	while (*sql != '\0') {
		const char *literal;

		if (strncasecmp(sql, word, n) != 0) {
			tb_buf_addc(b, *sql++);
			continue;
		}
		tb_buf_addn(b, sql, n);
		sql += n;
		literal = sql + strspn(sql, " \t\nE");
		if (*literal != '\'')
			continue;
		tb_buf_add(b, " '***'");
		sql = skip_literal(literal);
	}
}

void
tb_pg_echo(const char *sql)
{
	struct tb_buf b = TB_BUF_INIT;

	if (!echo)
		return;
	add_without_secrets(&b, sql);
	tb_buf_rtrim(&b);
	if (b.len > 0 && b.s[b.len - 1] != ';')
		tb_buf_addc(&b, ';');
	tb_log_sql(b.s);
	tb_buf_release(&b);
}

bool
tb_pg_ok(const PGresult *res)
{
	switch (PQresultStatus(res)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_SINGLE_TUPLE:
	case PGRES_EMPTY_QUERY:
	case PGRES_COPY_IN:
	case PGRES_COPY_OUT:
	case PGRES_PIPELINE_SYNC:
		return true;
	default:
		return false;
	}
}

/* The exit code for a SQLSTATE: the longest prefix that is listed wins. */
static int
exit_code(const char *sqlstate)
{
	static const struct {
		const char *prefix;
		int code;
	} codes[] = {
		{ "08", TB_EXIT_UNAVAILABLE },   /* connection exception */
		{ "25006", TB_EXIT_NOPERM },     /* read only transaction */
		{ "28", TB_EXIT_NOPERM },        /* authorization */
		{ "40001", TB_EXIT_BUSY },       /* serialization failure */
		{ "40P01", TB_EXIT_BUSY },       /* deadlock */
		{ "42501", TB_EXIT_NOPERM },     /* insufficient privilege */
		{ "53100", TB_EXIT_CANTCREAT },  /* disk full */
		{ "53", TB_EXIT_BUSY },          /* out of some resource */
		{ "55006", TB_EXIT_BUSY },       /* object in use */
		{ "55P03", TB_EXIT_BUSY },       /* lock not available */
		{ "57014", TB_EXIT_BUSY },       /* cancelled, timed out */
		{ "57P", TB_EXIT_UNAVAILABLE },  /* shut down, crashed */
		{ "58030", TB_EXIT_UNAVAILABLE } /* I/O error */
	};

	for (size_t i = 0; i < TB_LEN(codes); i++)
		if (strncmp(sqlstate, codes[i].prefix,
			strlen(codes[i].prefix)) == 0)
			return codes[i].code;
	return TB_EXIT_DATA;
}

/* libpq ends its messages with line ends, the log does that by itself. */
static void
set_trimmed(struct tb_err *err, int code, const char *message)
{
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_add(&b, message);
	tb_buf_rtrim(&b);
	(void)tb_err_set(err, code, "%s", b.len > 0 ? b.s : "unknown error");
	tb_buf_release(&b);
}

static int
connection_error(const PGconn *db, struct tb_err *err)
{
	set_trimmed(err, TB_EXIT_UNAVAILABLE, PQerrorMessage(db));
	return -1;
}

int
tb_pg_error(const PGconn *db, const PGresult *res, struct tb_err *err)
{
	const char *state, *text;

	if (res == NULL ||
	    (state = PQresultErrorField(res, PG_DIAG_SQLSTATE)) == NULL) {
		if (res == NULL || *PQresultErrorMessage(res) == '\0')
			return connection_error(db, err);
		set_trimmed(err, TB_EXIT_UNAVAILABLE,
		    PQresultErrorMessage(res));
		return -1;
	}
	text = PQresultErrorField(res, PG_DIAG_MESSAGE_PRIMARY);
	set_trimmed(err, exit_code(state), text != NULL ? text : "");
	(void)snprintf(err->sqlstate, sizeof(err->sqlstate), "%s", state);
	if ((text = PQresultErrorField(res, PG_DIAG_MESSAGE_DETAIL)) != NULL)
		(void)tb_err_detail(err, "%s", text);
	if ((text = PQresultErrorField(res, PG_DIAG_MESSAGE_HINT)) != NULL)
		(void)tb_err_hint(err, "%s", text);
	return -1;
}

PGresult *
tb_pg_query(PGconn *db, const char *sql, int nparams, const char *const *params,
    struct tb_err *err)
{
	PGresult *res;

	tb_pg_echo(sql);
	res = PQexecParams(db, sql, nparams, NULL, params, NULL, NULL, 0);
	if (tb_pg_ok(res))
		return res;
	(void)tb_pg_error(db, res, err);
	PQclear(res);
	return NULL;
}

PGresult *
tb_pg_last_result(PGconn *db)
{
	PGresult *last = NULL, *res;

	while ((res = PQgetResult(db)) != NULL) {
		ExecStatusType status = PQresultStatus(res);

		if (last != NULL && !tb_pg_ok(last)) {
			PQclear(res);
			continue;
		}
		PQclear(last);
		last = res;
		if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT)
			break;
	}
	return last;
}

int
tb_pg_execp(PGconn *db, const char *sql, int nparams, const char *const *params,
    struct tb_err *err)
{
	PGresult *res = tb_pg_query(db, sql, nparams, params, err);

	PQclear(res);
	return res != NULL ? 0 : -1;
}

int
tb_pg_exec(PGconn *db, const char *sql, struct tb_err *err)
{
	return tb_pg_execp(db, sql, 0, NULL, err);
}

int
tb_pg_value(PGconn *db, const char *sql, int nparams, const char *const *params,
    char **value, struct tb_err *err)
{
	PGresult *res = tb_pg_query(db, sql, nparams, params, err);

	if (res == NULL)
		return -1;
	*value = NULL;
	if (PQntuples(res) > 0 && !PQgetisnull(res, 0, 0))
		*value = tb_strdup(PQgetvalue(res, 0, 0));
	PQclear(res);
	return 0;
}

int
tb_pg_column(const PGresult *res, const char *column)
{
	/* PQfnumber() folds case and takes quotes: not wanted here. */
	for (int i = 0; i < PQnfields(res); i++)
		if (strcmp(PQfname(res, i), column) == 0)
			return i;
	return -1;
}

const char *
tb_pg_get(const PGresult *res, int row, const char *column)
{
	int i = tb_pg_column(res, column);

	if (i == -1)
		tb_bug("no column \"%s\" in a result of our own", column);
	return PQgetisnull(res, row, i) ? NULL : PQgetvalue(res, row, i);
}

long long
tb_pg_get_int(const PGresult *res, int row, const char *column)
{
	const char *value = tb_pg_get(res, row, column);

	return value != NULL ? strtoll(value, NULL, 10) : 0;
}

bool
tb_pg_get_bool(const PGresult *res, int row, const char *column)
{
	const char *value = tb_pg_get(res, row, column);

	return value != NULL && value[0] == 't';
}
