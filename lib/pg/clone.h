/*
 * clone.h: a second session where the first one is.
 *
 *	struct tb_pg_clone c = TB_PG_CLONE_INIT;
 *
 *	tb_pg_clone_start(&c, db, "tb-migrate watch");
 *	while ((rc = tb_pg_clone_wait(&c, 0, err)) == 0)
 *		do_something_else();
 *	if (rc == 1)
 *		ask(c.db);
 *	tb_pg_clone_release(&c);
 *
 * It has the parameters of the open connection, password included, and goes to
 * the very server that one reached: no name is looked up and nobody is asked
 * for anything.
 */
#ifndef TB_PG_CLONE_H
#define TB_PG_CLONE_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;

struct tb_pg_clone {
	PGconn *db; /* the caller's once it is ready; closed by the release */
	/* Its own. */
	PostgresPollingStatusType want;
	double started;
	bool bare, asked, ready;
};

/* clang-format off */
#define TB_PG_CLONE_INIT	{ .db = NULL }
/* clang-format on */

/*
 * Begin to connect.  The session is as tb_pg_connect() makes one for reading,
 * with a limit on the time of a statement, and calls itself name.  A bare one
 * is left as the server gives it: for a pooler, which would pass on what is
 * set to other clients.
 */
void tb_pg_clone_start(struct tb_pg_clone *, PGconn *of, const char *name);
void tb_pg_clone_start_bare(struct tb_pg_clone *, PGconn *of, const char *name);

/*
 * Go on connecting for up to seconds; 0 does what can be done at once.
 * 1: ready; 0: not yet; -1: it failed (69 with what libpq says) or takes too
 * long.
 */
int tb_pg_clone_wait(struct tb_pg_clone *, double seconds,
    struct tb_err *) TB_MUSTCHECK;

void tb_pg_clone_release(struct tb_pg_clone *);

#endif /* TB_PG_CLONE_H */
