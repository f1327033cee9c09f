/*
 * session.h: the connections that the work is done on.
 *
 * One goes to the maintenance database ("postgres" unless -d names another),
 * where roles and databases are made; one goes to each declared database.
 * They are the connecting user's: tb.conf's "database" section says where the
 * server is, but its name and user are the application's, not ours.
 */
#ifndef SET_SESSION_H
#define SET_SESSION_H

#include <libpq-fe.h>

#include "core/tb.h"
#include "pg/conn.h"
#include "pg/dsn.h"

struct tb_ctx;
struct tb_err;

/* Who we are there. */
struct set_me {
	char *name;
	bool superuser, createrole, createdb;
	bool reads_passwords; /* pg_authid */
	int version;          /* as PQserverVersion */
};

struct set_conn {
	char *db;
	PGconn *conn;
};

struct set_session {
	struct tb_dsn dsn;
	enum tb_pg_mode mode;
	PGconn *admin;
	struct set_me me;
	struct set_conn *conns;
	size_t nconns, capconns;
	char *refused; /* warning 01006 or 01007 of the last statement */
};

/* clang-format off */
#define SET_SESSION_INIT { .dsn = TB_DSN_INIT }
/* clang-format on */

/*
 * Connect to the maintenance database, waiting up to wait seconds for the
 * server to accept connections.
 */
int set_session_open(struct set_session *, const struct tb_ctx *,
    enum tb_pg_mode, double wait, struct tb_err *) TB_MUSTCHECK;
void set_session_close(struct set_session *);

/* The connection to a database; made when first asked for.  Borrowed. */
PGconn *set_session_db(struct set_session *, const char *db,
    struct tb_err *) TB_MUSTCHECK;

/* Close what is open to a database, so that it can be dropped. */
void set_session_leave(struct set_session *, const char *db);

/*
 * Run a statement.  A GRANT or REVOKE that the server answers with "nobody
 * got anything" (a warning, not an error) fails here, with 77.
 */
int set_session_exec(struct set_session *, PGconn *, const char *sql,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Try to log in, without a prompt.  The result is never NULL and need not be
 * connected: the caller looks at its status and closes it.  A NULL password
 * leaves libpq's passfile in, but not PGPASSWORD, which is ours.  A NULL host
 * is that of the session.
 */
PGconn *set_session_login(const struct set_session *, const char *user,
    const char *password, const char *db, const char *host) TB_MUSTCHECK;

/* Replace the hint of an error. */
int set_hint(struct tb_err *, const char *, ...) TB_PRINTF(2, 3);

#endif /* SET_SESSION_H */
