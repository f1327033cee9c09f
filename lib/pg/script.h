/*
 * script.h: running SQL text statement by statement.
 */
#ifndef TB_PG_SCRIPT_H
#define TB_PG_SCRIPT_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;
struct tb_stmt;

/*
 * Run one statement of a file, inline COPY data included.  On failure the
 * error names file and line, shows the statement, SQLSTATE and what the
 * server said.
 */
int tb_script_stmt(PGconn *, const struct tb_stmt *, const char *file,
    struct tb_err *) TB_MUSTCHECK;

/*
 * For those who send a statement themselves: what came of it, with the data of
 * a COPY sent or refused (the result is taken over, another one returned); and
 * a failed result as the error above.
 */
PGresult *tb_script_copy(PGconn *, const struct tb_stmt *,
    PGresult *) TB_MUSTCHECK;
int tb_script_error(PGconn *, const PGresult *, const struct tb_stmt *,
    const char *file, struct tb_err *);

/* Split and run a text.  Transactions are the caller's. */
int tb_script_run(PGconn *, const char *text, const char *file, int first_line,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_PG_SCRIPT_H */
