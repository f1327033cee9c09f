/*
 * lock.h: one runner at a time.
 *
 * A session advisory lock that is polled with try: a blocking call would hold
 * a snapshot, which concurrent index builds of the lock's holder wait for.
 */
#ifndef TB_PG_LOCK_H
#define TB_PG_LOCK_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;
struct tb_pipe;

/*
 * The key of a lock, from its name: the same in every program and version.
 * Advisory locks are per database, so the name need not hold it.
 */
long long tb_pg_lock_key(const char *name);

/*
 * Take the lock, trying again for up to wait seconds (0: once).  While waiting
 * the holder is told once through log.h.  75 with the holder in the detail
 * when the time is over; what to do then only the caller can say.  78 behind a
 * pooler that does not keep sessions (pooler.h).
 */
int tb_pg_lock(PGconn *, long long key, double wait,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Who has it: no row or one, with pid, role, program, client, since, state,
 * wait_event_type, query, and for_time, how long it has been in that state.
 * The caller clears it.
 */
PGresult *tb_pg_lock_holder(PGconn *, long long key,
    struct tb_err *) TB_MUSTCHECK;

/*
 * A first try, or giving it up, as a question that is sent with others in one
 * round trip (pipeline.h).  *t has to live until then.  A try that did not get
 * it says nothing: call tb_pg_lock(), which finds out why.
 */
struct tb_pg_lock_try {
	char key[24], backend[16];
	const char *params[2];
};

void tb_pg_lock_ask(PGconn *, long long key, struct tb_pg_lock_try *t,
    struct tb_pipe *);
bool tb_pg_lock_got(const PGresult *);
void tb_pg_unlock_ask(long long key, struct tb_pg_lock_try *t,
    struct tb_pipe *);

int tb_pg_unlock(PGconn *, long long key, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_PG_LOCK_H */
