#include "core/tb.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/err.h"
#include "pg/pipeline.h"
#include "pg/query.h"

struct progress {
	struct tb_pipe *items;
	size_t n;
	size_t sent, done;
	double started, previous;
	double timeout; /* seconds, 0: none */
};

/* Queue what is left to queue; libpq keeps what the socket does not take. */
static int
send_all(PGconn *db, struct progress *p)
{
	for (; p->sent < p->n; p->sent++) {
		const struct tb_pipe *item = &p->items[p->sent];

		tb_pg_echo(item->sql);
		if (PQsendQueryParams(db, item->sql, item->nparams, NULL,
			item->params, NULL, NULL, 0) == 0 ||
		    PQpipelineSync(db) == 0)
			return -1;
	}
	return 0;
}

/*
 * Take the results that are here.  Each statement gives its result, a NULL,
 * and the result of its sync point.
 */
static void
collect(PGconn *db, struct progress *p)
{
	while (p->done < p->n && PQisBusy(db) == 0) {
		struct tb_pipe *item = &p->items[p->done];
		PGresult *res = PQgetResult(db);
		double now;

		if (res == NULL)
			continue;
		if (PQresultStatus(res) != PGRES_PIPELINE_SYNC) {
			PQclear(item->res);
			item->res = res;
			continue;
		}
		PQclear(res);
		now = tb_clock_now();
		item->seconds = now - p->previous;
		p->previous = now;
		p->done++;
	}
}

static int
milliseconds_left(const struct progress *p)
{
	double left = p->timeout - (tb_clock_now() - p->started);

	if (p->timeout <= 0)
		return -1;
	return left > 0 ? (int)(left * 1000) + 1 : 0;
}

/* Write and read until all is answered; 1 when the time is over. */
static int
talk(PGconn *db, struct progress *p)
{
	while (p->done < p->n) {
		int unsent = PQflush(db);
		int left = milliseconds_left(p);
		struct pollfd fd = { PQsocket(db), POLLIN, 0 };

		if (unsent == -1)
			return -1;
		if (unsent == 1)
			fd.events |= POLLOUT;
		if (left == 0)
			return 1;
		if (poll(&fd, 1, left) == -1 && errno != EINTR)
			return -1;
		if ((fd.revents & (POLLIN | POLLERR | POLLHUP)) != 0 &&
		    PQconsumeInput(db) == 0)
			return -1;
		collect(db, p);
	}
	return 0;
}

/*
 * PQcancel() waits for the postmaster without an end.  When that hangs too, a
 * child hangs in our place, and an alarm ends it.
 */
static void
cancel(PGconn *db)
{
	const struct sigaction deadly = { .sa_handler = SIG_DFL };
	char why[256];
	PGcancel *c = PQgetCancel(db);
	pid_t pid = c != NULL ? fork() : -1;

	if (pid == 0) {
		(void)sigaction(SIGALRM, &deadly, NULL);
		(void)alarm(2);
		(void)PQcancel(c, why, sizeof(why));
		_exit(0);
	}
	while (pid > 0 && waitpid(pid, NULL, 0) == -1 && errno == EINTR)
		;
	PQfreeCancel(c);
}

int
tb_pg_pipeline(PGconn *db, struct tb_pipe *items, size_t n, double timeout,
    struct tb_err *err)
{
	struct progress p = {
		.items = items,
		.n = n,
		.started = tb_clock_now(),
		.timeout = timeout,
	};
	int rc;

	for (size_t i = 0; i < n; i++) {
		items[i].res = NULL;
		items[i].seconds = 0;
	}
	p.previous = p.started;
	if (PQenterPipelineMode(db) == 0 || PQsetnonblocking(db, 1) == -1)
		return tb_pg_error(db, NULL, err);
	rc = send_all(db, &p);
	if (rc == 0)
		rc = talk(db, &p);
	if (rc == 1) {
		cancel(db);
		return tb_err_set(err, TB_EXIT_BUSY,
		    "the server did not answer within %g s", timeout);
	}
	(void)PQsetnonblocking(db, 0);
	if (rc == -1 || PQexitPipelineMode(db) == 0)
		return tb_pg_error(db, NULL, err);
	return 0;
}

void
tb_pg_pipeline_clear(struct tb_pipe *items, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		PQclear(items[i].res);
		items[i].res = NULL;
	}
}
