/*
 * scratch.h: throw-away databases on the server that is looked at.
 *
 * Named tb_scratch_<pid>_<random>, made from template0 with the encoding and
 * locale of the database that the first connection is in.  A scratch database
 * whose maker is gone (killed) is dropped by the next one that is made.
 *
 * The server drops no database with subscriptions; these are dropped first,
 * without a word to their publishers.
 */
#ifndef TB_PG_SCRATCH_H
#define TB_PG_SCRATCH_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_dsn;
struct tb_err;

struct tb_scratch {
	PGconn *db;    /* a TB_PG_WRITE session in the scratch database */
	PGconn *admin; /* in the database that it was made from */
	char *name;
	bool made; /* there is something to drop */
};

/* clang-format off */
#define TB_SCRATCH_INIT	{ NULL, NULL, NULL, false }
/* clang-format on */

/*
 * 77 with a hint if the role may not create databases; *err has SQLSTATE 42501
 * then.
 */
int tb_scratch_open(struct tb_scratch *, const struct tb_dsn *live,
    struct tb_err *) TB_MUSTCHECK;

/*
 * The same on another server than that of the database that it is to be like.
 */
int tb_scratch_open_like(struct tb_scratch *, const struct tb_dsn *server,
    PGconn *like, struct tb_err *) TB_MUSTCHECK;

/* The same as a copy of another database, where nobody is. */
int tb_scratch_open_from(struct tb_scratch *, const struct tb_dsn *live,
    const char *template, struct tb_err *) TB_MUSTCHECK;

/* ALTER DATABASE ... what: SQL. */
int tb_scratch_alter(struct tb_scratch *, const char *what,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Let sessions begin with what sessions of this role begin with in the
 * database that like is in (ALTER DATABASE ... SET), so that SQL finds what it
 * would find there; and wait for no disk.  s->db is such a session then.
 */
int tb_scratch_copy_settings(struct tb_scratch *, PGconn *like,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Do not drop it at the close, but let it bear this name and comment, and let
 * nobody in.  s->db is closed.  On failure it is dropped as ever.
 */
int tb_scratch_keep(struct tb_scratch *, const char *name, const char *comment,
    struct tb_err *) TB_MUSTCHECK;

/* Close both sessions and drop the database; complains through log.h only. */
void tb_scratch_close(struct tb_scratch *);

#endif /* TB_PG_SCRATCH_H */
