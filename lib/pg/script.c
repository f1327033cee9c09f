#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "pg/query.h"
#include "pg/script.h"
#include "pg/split.h"

#define SHOWN_LINES 12 /* of a failing statement */

/* The line of the file that the server points at, if it points. */
static int
error_line(const struct tb_stmt *stmt, const PGresult *res)
{
	const char *position = res != NULL ?
	    PQresultErrorField(res, PG_DIAG_STATEMENT_POSITION) :
	    NULL;
	long left = position != NULL ? strtol(position, NULL, 10) : 0;
	int line = stmt->line;

	/* The position counts characters from 1. */
	for (const char *p = stmt->text; *p != '\0' && left > 1; p++) {
		if (((unsigned char)*p & 0xc0) == 0x80)
			continue;
		left--;
		line += *p == '\n';
	}
	return line;
}

static void
add_shortened(struct tb_buf *b, const char *text)
{
	int lines = 0;

	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '\n' && ++lines == SHOWN_LINES) {
			tb_buf_add(b, "\n...");
			return;
		}
		if (*p != '\r')
			tb_buf_addc(b, *p);
	}
}

int
tb_script_error(PGconn *db, const PGresult *res, const struct tb_stmt *stmt,
    const char *file, struct tb_err *err)
{
	struct tb_buf shown = TB_BUF_INIT;
	const char *where =
	    res != NULL ? PQresultErrorField(res, PG_DIAG_CONTEXT) : NULL;

	(void)tb_pg_error(db, res, err);
	(void)tb_err_prefix(err, "%s:%d", file, error_line(stmt, res));
	if (where != NULL)
		(void)tb_err_detail(err, "%s", where);
	add_shortened(&shown, stmt->text);
	if (err->sqlstate[0] != '\0')
		(void)tb_err_detail(err, "SQLSTATE %s, in the statement:\n%s",
		    err->sqlstate, shown.s);
	else
		(void)tb_err_detail(err, "In the statement:\n%s", shown.s);
	tb_buf_release(&shown);
	return -1;
}

static PGresult *
send_data(PGconn *db, const char *data)
{
	if (PQputCopyData(db, data, (int)strlen(data)) == 1)
		(void)PQputCopyEnd(db, NULL);
	return tb_pg_last_result(db);
}

/* Refuse a COPY that would wait for a client that has nothing to say. */
static PGresult *
end_copy(PGconn *db, ExecStatusType status)
{
	char *piece;

	if (status == PGRES_COPY_IN) {
		(void)PQputCopyEnd(db, "no data follows the statement");
	} else {
		while (PQgetCopyData(db, &piece, 0) > 0)
			PQfreemem(piece);
	}
	return tb_pg_last_result(db);
}

PGresult *
tb_script_copy(PGconn *db, const struct tb_stmt *stmt, PGresult *res)
{
	ExecStatusType status = PQresultStatus(res);

	if (status != PGRES_COPY_IN && status != PGRES_COPY_OUT)
		return res;
	PQclear(res);
	return status == PGRES_COPY_IN && stmt->data != NULL ?
	    send_data(db, stmt->data) :
	    end_copy(db, status);
}

int
tb_script_stmt(PGconn *db, const struct tb_stmt *stmt, const char *file,
    struct tb_err *err)
{
	PGresult *res;
	int rc = 0;

	tb_pg_echo(stmt->text);
	/* COPY needs the simple protocol; the text is one statement. */
	res = tb_script_copy(db, stmt, PQexec(db, stmt->text));
	if (!tb_pg_ok(res))
		rc = tb_script_error(db, res, stmt, file, err);
	PQclear(res);
	return rc;
}

int
tb_script_run(PGconn *db, const char *text, const char *file, int first_line,
    struct tb_err *err)
{
	struct tb_stmts stmts = TB_STMTS_INIT;
	int rc = tb_split(text, file, first_line, &stmts, err);

	for (size_t i = 0; i < stmts.n && rc == 0; i++)
		rc = tb_script_stmt(db, &stmts.v[i], file, err);
	tb_stmts_release(&stmts);
	return rc;
}
