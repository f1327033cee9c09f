/*
 * The second connection: when it is opened, what it is asked, and that nobody
 * waits for it.
 */
#include "core/tb.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/pooler.h"
#include "pg/query.h"
#include "revision/history_sql.h"
#include "revision/run_watch.h"
#include "revision/run_watch_state.h"

/* Seconds in a statement before it is worth a connection, and between looks. */
#define PATIENCE 1.0
#define PAUSE    1.0

struct tb_run_watch *
tb_run_watch_open(PGconn *watched, const struct tb_run_opts *opts)
{
	struct tb_run_watch *w = tb_calloc(1, sizeof(*w));

	w->watched = watched;
	w->opts = opts;
	w->clone = (struct tb_pg_clone)TB_PG_CLONE_INIT;
	return w;
}

static void
drop_question(struct tb_watch_question *q)
{
	free(q->pid);
	free(q->who);
	*q = (struct tb_watch_question){ .pid = NULL };
}

void
tb_run_watch_close(struct tb_run_watch *w)
{
	if (w == NULL)
		return;
	tb_run_watch_quiet(w);
	for (; w->first < w->n; w->first++)
		drop_question(&w->questions[w->first]);
	tb_pg_clone_release(&w->clone);
	tb_watch_forget(w);
	tb_strs_release(&w->spare);
	free(w);
}

static void
give_up(struct tb_run_watch *w, const char *why)
{
	tb_debug("going on without watching: %s", why);
	for (; w->first < w->n; w->first++)
		drop_question(&w->questions[w->first]);
	tb_pg_clone_release(&w->clone);
	tb_watch_forget_progress(w);
	w->state = TB_WATCH_GONE;
}

static void
give_up_asking(struct tb_run_watch *w)
{
	struct tb_err err = TB_ERR_INIT;

	(void)tb_pg_error(w->clone.db, NULL, &err);
	give_up(w, err.message);
	tb_err_release(&err);
}

static void
go_on_opening(struct tb_run_watch *w)
{
	struct tb_err err = TB_ERR_INIT;

	switch (tb_pg_clone_wait(&w->clone, 0, &err)) {
	case 1:
		w->state = TB_WATCH_READY;
		if (PQenterPipelineMode(w->clone.db) == 0)
			give_up_asking(w);
		break;
	case -1:
		give_up(w, err.detail != NULL ? err.detail : err.message);
		break;
	default:
		break;
	}
	tb_err_release(&err);
}

/* Each with a sync point: one that is refused leaves the others alone. */
static void
ask(struct tb_run_watch *w, const struct tb_watch_question *q, const char *sql,
    int nparams, const char *const *params)
{
	tb_pg_echo(sql);
	w->questions[w->n++] = *q;
	if (PQsendQueryParams(w->clone.db, sql, nparams, NULL, params, NULL,
		NULL, 0) == 0 ||
	    PQpipelineSync(w->clone.db) == 0)
		give_up_asking(w);
}

void
tb_watch_end(struct tb_run_watch *w, const char *pid, const char *who)
{
	struct tb_watch_question q = { .kind = TB_WATCH_END,
		.since = w->now.since };
	char watched[16], seconds[32];
	const char *params[] = { pid, seconds, watched };

	if (w->n == TB_WATCH_QUESTIONS)
		return; /* the next look finds it again */
	q.pid = tb_strdup(pid);
	q.who = tb_strdup(who);
	(void)snprintf(watched, sizeof(watched), "%d",
	    tb_pg_backend_pid(w->watched));
	(void)snprintf(seconds, sizeof(seconds), "%.3f", w->opts->end_idle);
	ask(w, &q, tb_sql_text(tb_revision_sql, "watch_terminate"), 3, params);
}

/* The view of COPY is younger than the oldest server. */
static const char *
progress_sql(const struct tb_run_watch *w)
{
	return tb_sql_text(tb_revision_sql,
	    PQserverVersion(w->clone.db) >= 140000 ? "watch_progress" :
						     "watch_progress.pg13");
}

static void
look(struct tb_run_watch *w)
{
	struct tb_watch_question q = { .since = w->now.since };
	char pid[16];
	const char *param = pid;

	(void)snprintf(pid, sizeof(pid), "%d", tb_pg_backend_pid(w->watched));
	w->asked = tb_clock_now();
	w->state = TB_WATCH_ASKING;
	q.kind = TB_WATCH_BLOCKERS;
	ask(w, &q, tb_sql_text(tb_revision_sql, "watch_blockers"), 1, &param);
	if (w->state == TB_WATCH_GONE)
		return;
	q.kind = TB_WATCH_PROGRESS;
	ask(w, &q, progress_sql(w), 1, &param);
}

/* A statement gives its result, a NULL, and the result of its sync point. */
static void
take(struct tb_run_watch *w, PGresult *res)
{
	struct tb_watch_question *q = &w->questions[w->first];

	if (res != NULL && PQresultStatus(res) == PGRES_PIPELINE_SYNC) {
		drop_question(q);
		w->first++;
	} else if (res != NULL) {
		tb_watch_read(w, q, res);
	}
	PQclear(res);
}

static void
collect(struct tb_run_watch *w)
{
	PGconn *db = w->clone.db;

	if (PQflush(db) == -1 || PQconsumeInput(db) == 0) {
		give_up_asking(w);
		return;
	}
	while (w->state == TB_WATCH_ASKING && w->first < w->n &&
	    PQisBusy(db) == 0) {
		take(w, PQgetResult(db));
		if (PQstatus(db) != CONNECTION_OK)
			give_up_asking(w);
	}
	if (w->state == TB_WATCH_ASKING && w->first == w->n) {
		w->first = w->n = 0;
		w->state = TB_WATCH_READY;
	}
}

static bool
is_due(const struct tb_run_watch *w)
{
	double time = tb_clock_now();

	return time >= w->now.since + PATIENCE && time >= w->asked + PAUSE;
}

static void
go_on(struct tb_run_watch *w)
{
	if (w->state == TB_WATCH_CLOSED && is_due(w)) {
		tb_pg_clone_start(&w->clone, w->watched, "tb-migrate watch");
		w->state = TB_WATCH_OPENING;
	}
	if (w->state == TB_WATCH_OPENING)
		go_on_opening(w);
	if (w->state == TB_WATCH_READY && is_due(w))
		look(w);
	if (w->state == TB_WATCH_ASKING)
		collect(w);
}

/* Another attempt at the same statement is no news about its blockers. */
static void
turn_to(struct tb_run_watch *w, const struct tb_run_now *now)
{
	if (now->stmt != w->now.stmt || now->step != w->now.step)
		tb_watch_forget(w);
	else if (now->since > w->now.since)
		tb_watch_forget_progress(w);
	w->now = *now;
}

void
tb_run_watch_tick(struct tb_run_watch *w, const struct tb_run_now *now)
{
	const struct tb_run_hooks *hooks = &w->opts->hooks;

	turn_to(w, now);
	go_on(w);
	if (hooks->progress != NULL)
		hooks->progress(hooks->arg, now,
		    w->progress != NULL ? w->progress : w->wanted);
}

static bool
has_asked_to_end(const struct tb_run_watch *w)
{
	for (size_t i = w->first; i < w->n; i++)
		if (w->questions[i].kind == TB_WATCH_END)
			return w->state == TB_WATCH_ASKING;
	return false;
}

/*
 * The statement goes on as soon as a blocker has gone, before the answer is
 * here that says so.  It is on its way.
 */
static void
hear_the_end(struct tb_run_watch *w)
{
	double end = tb_clock_now() + PATIENCE;

	while (has_asked_to_end(w) && tb_clock_now() < end) {
		struct pollfd fd = { PQsocket(w->clone.db), POLLIN, 0 };

		(void)poll(&fd, 1, 100);
		collect(w);
	}
}

void
tb_run_watch_quiet(struct tb_run_watch *w)
{
	const struct tb_run_hooks *hooks = &w->opts->hooks;

	hear_the_end(w);
	tb_watch_forget_progress(w);
	if (hooks->progress != NULL)
		hooks->progress(hooks->arg, NULL, NULL);
}

bool
tb_run_watch_blame(const struct tb_run_watch *w, struct tb_err *err)
{
	for (size_t i = 0; i < w->seen.n; i++)
		(void)tb_err_detail(err, "It waited for %s", w->seen.v[i]);
	return w->seen.n > 0;
}
