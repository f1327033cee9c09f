/*
 * conn.h: sessions that cannot be fooled.
 *
 * Every session: application_name is the program, client_encoding UTF8,
 * search_path empty, standard_conforming_strings on, a lock_timeout, and read
 * only where the program only reads.  Notices are passed on to log.h.
 */
#ifndef TB_PG_CONN_H
#define TB_PG_CONN_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_dsn;
struct tb_err;

enum tb_pg_mode {
	TB_PG_READ, /* default_transaction_read_only = on */
	TB_PG_WRITE,
};

#define TB_PG_OLDEST 130000 /* the oldest server that is supported */

/*
 * Connect and set the session up.  Asks for a password on the terminal when
 * one is needed and may be asked for.  NULL and 69, 75 or 77 on failure, with
 * a hint.  The caller closes it with PQfinish().
 */
PGconn *tb_pg_connect(const struct tb_dsn *, enum tb_pg_mode,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Begin to connect and return at once, so that the server can go about it
 * while we do something else.  NULL where that is not possible.  Hand it to
 * tb_pg_connect_finish() with the same dsn, or close it with PQfinish().
 */
PGconn *tb_pg_connect_begin(const struct tb_dsn *) TB_MUSTCHECK;

/* The rest of tb_pg_connect(); begun is taken over; NULL: begin now. */
PGconn *tb_pg_connect_finish(PGconn *begun, const struct tb_dsn *,
    enum tb_pg_mode, struct tb_err *) TB_MUSTCHECK;

/* What connections call themselves; borrowed.  The command line sets it. */
void tb_pg_set_program(const char *name);

/* Ask for a password on the terminal; NULL without one.  freezero() it. */
char *tb_pg_ask_password(const char *prompt) TB_MUSTCHECK;

#endif /* TB_PG_CONN_H */
