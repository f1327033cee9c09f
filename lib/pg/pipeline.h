/*
 * pipeline.h: many statements in one round trip.
 *
 * Each statement has a sync point of its own: one that fails leaves the others
 * alone.  Outside a transaction block each is its own transaction.
 */
#ifndef TB_PG_PIPELINE_H
#define TB_PG_PIPELINE_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;

struct tb_pipe {
	const char *sql; /* one statement */
	int nparams;
	const char *const *params;
	PGresult *res; /* out: never NULL after success; the caller clears it */
	double seconds; /* out: from the arrival of the result before it */
};

/*
 * Send all, then read all.  -1 only if the connection was lost or the time
 * (seconds; 0: no limit) is over: then the running query is cancelled, and the
 * results that did not arrive are NULL.  A statement that failed is a result
 * whose status says so (tb_pg_ok).
 */
int tb_pg_pipeline(PGconn *, struct tb_pipe *, size_t n, double timeout,
    struct tb_err *) TB_MUSTCHECK;

void tb_pg_pipeline_clear(struct tb_pipe *, size_t n);

#endif /* TB_PG_PIPELINE_H */
