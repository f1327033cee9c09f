#include "core/tb.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/stream.h"

/*
 * As much as is sent before the first answer is read.  It covers the way to a
 * far server, and bounds what both sides have to keep.
 */
#define WINDOW ((size_t)128 * 1024)

#define TICK 100 /* milliseconds */

int
tb_stream_begin(struct tb_stream *s, PGconn *db, struct tb_err *err)
{
	s->db = db;
	s->v = NULL;
	s->first = s->n = s->cap = s->bytes = 0;
	s->failed = s->synced = s->over = false;
	s->previous = tb_clock_now();
	if (PQenterPipelineMode(db) == 1 && PQsetnonblocking(db, 1) == 0)
		return 0;
	s->failed = true;
	return tb_pg_error(db, NULL, err);
}

const struct tb_sent *
tb_stream_current(const struct tb_stream *s)
{
	return s->first < s->n ? &s->v[s->first] : NULL;
}

static int
broken(struct tb_stream *s, struct tb_err *err)
{
	s->failed = s->over = true;
	return tb_pg_error(s->db, NULL, err);
}

/* What is skipped after a failure is nobody's business. */
static int
judge(struct tb_stream *s, const struct tb_sent *sent, const PGresult *res,
    struct tb_err *err)
{
	double now = tb_clock_now();
	int rc;

	if (s->failed)
		return 0;
	if (s->answer != NULL)
		rc = s->answer(s->arg, sent, res, now - s->previous, err);
	else
		rc = tb_pg_ok(res) ? 0 : tb_pg_error(s->db, res, err);
	s->previous = now;
	s->failed = rc == -1;
	return rc;
}

static int
take(struct tb_stream *s, PGresult *res, struct tb_err *err)
{
	struct tb_sent *sent = &s->v[s->first];
	int rc;

	if (PQresultStatus(res) == PGRES_PIPELINE_SYNC) {
		s->over = true;
		PQclear(res);
		return 0;
	}
	/* A lost connection answers more often than it was asked. */
	if (s->first == s->n) {
		PQclear(res);
		return s->failed ? 0 : broken(s, err);
	}
	rc = judge(s, sent, res, err);
	PQclear(res);
	s->bytes -= sent->size;
	s->first++;
	if (s->first == s->n)
		s->first = s->n = 0;
	return rc;
}

/*
 * The results that are here.  Each statement gives a result and then a NULL;
 * where nothing is left in flight there is nothing to ask for.
 */
static int
collect(struct tb_stream *s, struct tb_err *err)
{
	int rc = 0, empty = 0;

	while (!s->over && (s->first < s->n || s->synced) && empty < 2 &&
	    PQisBusy(s->db) == 0) {
		PGresult *res = PQgetResult(s->db);

		if (res == NULL) {
			empty++;
			continue;
		}
		empty = 0;
		if (take(s, res, err) == -1)
			rc = -1;
	}
	if (PQstatus(s->db) == CONNECTION_BAD)
		return s->failed ? (s->over = true, rc) : broken(s, err);
	return rc;
}

static int
tick(struct tb_stream *s, struct tb_err *err)
{
	if (s->failed || s->tick == NULL)
		return 0;
	if (s->tick(s->arg, tb_stream_current(s), err) == 0)
		return 0;
	s->failed = true;
	return -1;
}

/* Write and read what can be without waiting for longer than a tick. */
static int
talk(struct tb_stream *s, struct tb_err *err)
{
	int unsent = PQflush(s->db);
	struct pollfd fd = { PQsocket(s->db), POLLIN, 0 };
	int n;

	if (unsent == -1)
		return s->failed ? (s->over = true, 0) : broken(s, err);
	if (unsent == 1)
		fd.events |= POLLOUT;
	n = poll(&fd, 1, TICK);
	if (n == -1 && errno != EINTR)
		return broken(s, err);
	if (n <= 0)
		return tick(s, err);
	/* A failed read still leaves what was read before to be taken. */
	if ((fd.revents & ~POLLOUT) != 0 && PQconsumeInput(s->db) == 0 &&
	    PQstatus(s->db) != CONNECTION_BAD)
		return broken(s, err);
	return collect(s, err);
}

static int
queue(struct tb_stream *s, const struct tb_sent *sent)
{
	if (sent->sql == NULL)
		return PQsendQueryPrepared(s->db, sent->name, sent->nparams,
		    sent->params, NULL, NULL, 0);
	tb_pg_echo(sent->sql);
	if (sent->name != NULL)
		return PQsendPrepare(s->db, sent->name, sent->sql, 0, NULL);
	return PQsendQueryParams(s->db, sent->sql, sent->nparams, NULL,
	    sent->params, NULL, NULL, 0);
}

static size_t
size_of(const struct tb_sent *sent)
{
	size_t size = 64;

	if (sent->sql != NULL)
		size += strlen(sent->sql);
	for (int i = 0; i < sent->nparams; i++)
		if (sent->params[i] != NULL)
			size += strlen(sent->params[i]);
	return size;
}

/* What is answered makes room for what is sent. */
static struct tb_sent *
append(struct tb_stream *s)
{
	if (s->n == s->cap && s->first > 0) {
		memmove(s->v, s->v + s->first,
		    (s->n - s->first) * sizeof(*s->v));
		s->n -= s->first;
		s->first = 0;
	}
	s->v = tb_grow(s->v, s->n, &s->cap, sizeof(*s->v));
	return &s->v[s->n++];
}

int
tb_stream_send(struct tb_stream *s, const struct tb_sent *sent,
    struct tb_err *err)
{
	struct tb_sent *mine;

	/* The error was told when it came. */
	if (s->failed)
		return -1;
	if (queue(s, sent) == 0 ||
	    (sent->prompt && PQsendFlushRequest(s->db) == 0))
		return broken(s, err);
	mine = append(s);
	*mine = *sent;
	mine->sql = mine->name = NULL;
	mine->params = NULL;
	mine->size = size_of(sent);
	s->bytes += mine->size;
	if (s->bytes < WINDOW)
		return 0;
	if (PQsendFlushRequest(s->db) == 0)
		return broken(s, err);
	while (s->bytes > WINDOW / 2 && !s->failed)
		if (talk(s, err) == -1)
			return -1;
	return 0;
}

int
tb_stream_flush(struct tb_stream *s, struct tb_err *err)
{
	if (s->failed)
		return -1;
	if (PQflush(s->db) == -1 || PQconsumeInput(s->db) == 0)
		return broken(s, err);
	return collect(s, err);
}

int
tb_stream_wait(struct tb_stream *s, struct tb_err *err)
{
	if (s->failed)
		return -1;
	if (s->first == s->n)
		return 0;
	if (PQsendFlushRequest(s->db) == 0)
		return broken(s, err);
	while (s->first < s->n && !s->failed)
		if (talk(s, err) == -1)
			return -1;
	return 0;
}

int
tb_stream_end(struct tb_stream *s, int rc, struct tb_err *err)
{
	if (rc == -1)
		s->failed = true;
	if (!s->over && PQstatus(s->db) == CONNECTION_OK) {
		if (PQpipelineSync(s->db) == 0)
			rc = s->failed ? rc : broken(s, err);
		else
			s->synced = true;
		while (s->synced && !s->over)
			if (talk(s, err) == -1)
				rc = -1;
	}
	(void)PQsetnonblocking(s->db, 0);
	if (PQexitPipelineMode(s->db) == 0 && !s->failed)
		rc = tb_pg_error(s->db, NULL, err);
	free(s->v);
	s->v = NULL;
	s->first = s->n = 0;
	return rc;
}

/*
 * The last result of what was sent outside a pipeline.  Who gives up in a tick
 * does so only when the server has answered the cancel.
 */
static PGresult *
last_result(struct tb_stream *s, struct tb_err *err)
{
	struct pollfd fd = { PQsocket(s->db), POLLIN, 0 };
	PGresult *res;

	while (PQisBusy(s->db) == 1) {
		int n = poll(&fd, 1, TICK);

		if (n == -1 && errno != EINTR)
			return broken(s, err), NULL;
		if (n <= 0)
			(void)tick(s, err);
		else if (PQconsumeInput(s->db) == 0)
			break;
	}
	res = tb_pg_last_result(s->db);
	if (res == NULL && !s->failed)
		(void)broken(s, err);
	return res;
}

PGresult *
tb_stream_one(struct tb_stream *s, PGconn *db, const char *sql,
    struct tb_err *err)
{
	s->db = db;
	s->first = s->n = 0;
	s->failed = false;
	s->previous = tb_clock_now();
	tb_pg_echo(sql);
	if (PQsendQuery(db, sql) == 0)
		return broken(s, err), NULL;
	return last_result(s, err);
}

/* Until all that is queued is with the server; false: the connection is lost.
 */
static bool
flush(struct tb_stream *s, struct tb_err *err)
{
	struct pollfd fd = { PQsocket(s->db), POLLIN | POLLOUT, 0 };
	int unsent;

	while ((unsent = PQflush(s->db)) == 1) {
		int n = poll(&fd, 1, TICK);

		if (n == -1 && errno != EINTR)
			return false;
		if (n <= 0)
			(void)tick(s, err);
		else if ((fd.revents & ~POLLOUT) != 0 &&
		    PQconsumeInput(s->db) == 0)
			return false;
	}
	return unsent == 0;
}

#define PIECE ((size_t)64 * 1024)

PGresult *
tb_stream_copy(struct tb_stream *s, PGconn *db, const char *data,
    struct tb_err *err)
{
	size_t left = strlen(data);
	bool sent = PQsetnonblocking(db, 1) == 0;
	PGresult *res;

	s->db = db;
	s->failed = false;
	for (; sent && left > 0; flush(s, err)) {
		size_t n = left < PIECE ? left : PIECE;

		sent = PQputCopyData(db, data, (int)n) == 1;
		data += n;
		left -= n;
	}
	if (sent && PQputCopyEnd(db, NULL) == 1)
		(void)flush(s, err);
	/* Whatever went wrong, the result says it. */
	res = last_result(s, err);
	(void)PQsetnonblocking(db, 0);
	return res;
}
