/*
 * stream.h: many statements in flight, one after the other, until one fails.
 *
 *	struct tb_stream s = { .answer = answer, .tick = tick, .arg = me };
 *
 *	if (tb_stream_begin(&s, db, err) == -1)
 *		return -1;
 *	for (size_t i = 0; i < n && rc == 0; i++)
 *		rc = tb_stream_send(&s, &(struct tb_sent){ .sql = sql[i] },
 *err); rc = tb_stream_end(&s, rc, err);
 *
 * There is one sync point, at the very end: from the first failure on the
 * server skips whatever was sent behind it, also a COMMIT.  With a sync point
 * after each transaction, later ones could run although an earlier one failed.
 * Answers come in the order of the statements, so that a failure is laid at
 * the statement that caused it.
 *
 * What the server refuses inside a pipeline (COPY, and what cannot be in a
 * transaction block) is not for a stream: end it, run that, begin another.
 */
#ifndef TB_PG_STREAM_H
#define TB_PG_STREAM_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;

/* A statement on its way.  Text and parameters are copied by libpq. */
struct tb_sent {
	const char *sql;  /* one statement; NULL: name is executed */
	const char *name; /* prepared statement; with sql: prepare it */
	int nparams;
	const char *const *params;
	/*
	 * Answer it at once, not when there is enough to fill a packet: how
	 * long it took is then known.
	 */
	bool prompt;
	/* For the caller only. */
	int kind;
	size_t step, number;
	/* Out: bytes of the text, for the window. */
	size_t size;
};

struct tb_stream {
	/*
	 * Set by the caller.  answer: a result came, successful or not, with
	 * the seconds since the answer before it; -1 with *err set when it is
	 * a failure.  tick: called a few times a second while the server keeps
	 * us waiting, number is of the oldest statement without answer; -1
	 * with *err set to give up.  Either may be NULL: then a refused
	 * statement is a failure as tb_pg_error() words it.
	 */
	int (*answer)(void *, const struct tb_sent *, const PGresult *,
	    double seconds, struct tb_err *);
	int (*tick)(void *, const struct tb_sent *, struct tb_err *);
	void *arg;

	/* The stream's own. */
	PGconn *db;
	struct tb_sent *v; /* in flight: v[first] to v[n - 1] */
	size_t first, n, cap;
	size_t bytes; /* of those */
	double previous;
	bool failed, synced, over;
};

/* The connection is in pipeline mode until tb_stream_end(). */
int tb_stream_begin(struct tb_stream *, PGconn *, struct tb_err *) TB_MUSTCHECK;

/*
 * Queue a statement.  Waits for answers only while much is in flight; -1 if an
 * earlier statement turns out to have failed.
 */
int tb_stream_send(struct tb_stream *, const struct tb_sent *,
    struct tb_err *) TB_MUSTCHECK;

/* Send what is queued and take the answers that are here; does not wait. */
int tb_stream_flush(struct tb_stream *, struct tb_err *) TB_MUSTCHECK;

/* Wait until all that was sent is answered. */
int tb_stream_wait(struct tb_stream *, struct tb_err *) TB_MUSTCHECK;

/*
 * The sync point: wait for the rest and leave pipeline mode.  Always called,
 * also after a failure; rc is what came of the sending, with *err set if -1,
 * and is returned unless this fails itself.
 */
int tb_stream_end(struct tb_stream *, int rc, struct tb_err *) TB_MUSTCHECK;

/* The statement that the server is at; NULL: none is in flight. */
const struct tb_sent *tb_stream_current(const struct tb_stream *);

/*
 * One statement outside a pipeline, by the simple protocol, with the same
 * ticks: the last result, or the first failed one; NULL when the connection
 * failed or tick said no (*err is set).  COPY data is not handled: the result
 * then says PGRES_COPY_IN.  The caller clears it.
 */
PGresult *tb_stream_one(struct tb_stream *, PGconn *, const char *sql,
    struct tb_err *) TB_MUSTCHECK;

/*
 * After that result: send the data of the COPY, with ticks while the server
 * takes its time over them.  The result as above.
 */
PGresult *tb_stream_copy(struct tb_stream *, PGconn *, const char *data,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_PG_STREAM_H */
