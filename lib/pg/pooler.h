/*
 * pooler.h: is there a connection pooler between us and the server?
 *
 * A pooler makes up the process id of a connection, so it is seen by asking the
 * server for its own.  One that keeps a session on one server process does no
 * harm.  One that shares the processes between transactions gives away locks
 * and settings to other clients, and takes theirs: nothing that changes a
 * database can be done there.
 */
#ifndef TB_PG_POOLER_H
#define TB_PG_POOLER_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;

/*
 * The process that serves the connection, as the server counts: what
 * tb_pg_pooler_check() found out, else what the connection says.
 */
int tb_pg_backend_pid(const PGconn *);

/*
 * backend is what the server answers to pg_backend_pid().  If the connection
 * says otherwise, try whether other clients get the same process, outside a
 * transaction and with a second connection: 78 with the way around the pooler
 * if they do.  0: the session is ours.
 */
int tb_pg_pooler_check(PGconn *, int backend, struct tb_err *) TB_MUSTCHECK;

/* The same, where the process must first be asked for. */
int tb_pg_pooler_look(PGconn *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_PG_POOLER_H */
