/*
 * What the server answers to what was sent, and what is done while it does
 * not.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/err.h"
#include "pg/query.h"
#include "pg/script.h"
#include "revision/history.h"
#include "revision/run_signal.h"
#include "revision/run_state.h"
#include "revision/run_watch.h"

static const struct tb_stmt *
stmt_of(const struct tb_run_state *st, const struct tb_sent *sent)
{
	const struct tb_run_step *rs = &st->run->v[sent->step];

	if (sent->kind == TB_RUN_SENT_STMT)
		return &rs->stmts.v[sent->number];
	if (sent->kind == TB_RUN_SENT_VERIFY)
		return &rs->verify.v[sent->number];
	return NULL;
}

bool
tb_run_where(const struct tb_run_state *st, const struct tb_run_step **rs,
    const struct tb_stmt **stmt)
{
	const struct tb_sent *sent =
	    st->streaming ? tb_stream_current(&st->stream) : NULL;
	size_t at = sent != NULL ? sent->step : st->at;

	*rs = at < st->run->n ? &st->run->v[at] : NULL;
	*stmt = sent != NULL ? stmt_of(st, sent) : st->stmt;
	return *rs != NULL && *stmt != NULL;
}

static int
answer_stmt(struct tb_run_state *st, const struct tb_sent *sent,
    const PGresult *res, double seconds, struct tb_err *err)
{
	const struct tb_run_step *rs = &st->run->v[sent->step];
	const struct tb_stmt *stmt = &rs->stmts.v[sent->number];

	(void)json_array_append_new(tb_run_log_of(st, sent->step)->statements,
	    json_pack("{s:i, s:f}", "line", stmt->line, "ms", seconds * 1000));
	if (tb_pg_ok(res))
		return 0;
	st->failed = stmt;
	return tb_script_error(st->db, res, stmt, rs->file.header.path, err);
}

static int
answer_verify(struct tb_run_state *st, const struct tb_sent *sent,
    const PGresult *res, struct tb_err *err)
{
	const struct tb_run_step *rs = &st->run->v[sent->step];
	const struct tb_stmt *stmt = &rs->verify.v[sent->number];

	if (tb_run_verified(rs, stmt, res, err) == 0)
		return 0;
	st->failed = stmt;
	return -1;
}

static int
answer_commit(struct tb_run_state *st, const struct tb_sent *sent,
    const PGresult *res, struct tb_err *err)
{
	size_t number = st->run->v[sent->step].transaction;

	if (!tb_pg_ok(res)) {
		(void)tb_pg_error(st->db, res, err);
		return tb_err_prefix(err, "could not commit");
	}
	for (size_t i = sent->step + 1; i-- > 0;) {
		if (st->run->v[i].transaction != number)
			break;
		st->run->v[i].committed = true;
	}
	tb_run_log_settle(st);
	return 0;
}

/* Of a revision whose settings are refused. */
static int
answer_session(struct tb_run_state *st, const struct tb_sent *sent,
    const PGresult *res, struct tb_err *err)
{
	const char *path = st->run->v[sent->step].file.header.path;

	if (tb_pg_ok(res)) {
		tb_run_begin_step(st, sent->step);
		return 0;
	}
	(void)tb_pg_error(st->db, res, err);
	return path != NULL ? tb_err_prefix(err, "%s", path) : -1;
}

/* The server counted what we cannot: when answers came says little. */
static void
answer_event(struct tb_run_state *st, const struct tb_sent *sent,
    const PGresult *res)
{
	tb_run_log_of(st, sent->step)->event = tb_pg_get_int(res, 0, "id");
	st->run->v[sent->step].seconds =
	    strtod(tb_pg_get(res, 0, "milliseconds"), NULL) / 1000;
	tb_run_log_keep(st, sent->step);
}

static int
judge(struct tb_run_state *st, const struct tb_sent *sent, const PGresult *res,
    double seconds, struct tb_err *err)
{
	switch (sent->kind) {
	case TB_RUN_SENT_STMT:
		return answer_stmt(st, sent, res, seconds, err);
	case TB_RUN_SENT_VERIFY:
		return answer_verify(st, sent, res, err);
	case TB_RUN_SENT_COMMIT:
		return answer_commit(st, sent, res, err);
	case TB_RUN_SENT_SESSION:
		return answer_session(st, sent, res, err);
	default:
		break;
	}
	if (tb_pg_ok(res)) {
		if (sent->kind == TB_HISTORY_EVENT)
			answer_event(st, sent, res);
		return 0;
	}
	(void)tb_pg_error(st->db, res, err);
	if (sent->kind == TB_HISTORY_ROW)
		return tb_history_row_failed(st->history,
		    st->run->v[sent->step].step, sent->number, err);
	return -1;
}

int
tb_run_answer(void *arg, const struct tb_sent *sent, const PGresult *res,
    double seconds, struct tb_err *err)
{
	struct tb_run_state *st = arg;

	st->since = tb_clock_now();
	if (judge(st, sent, res, seconds, err) == 0) {
		if (sent->kind == TB_RUN_SENT_STMT)
			st->run->v[sent->step].seconds =
			    st->since - st->started;
		return 0;
	}
	st->at = sent->step;
	st->statements_done = sent->kind != TB_RUN_SENT_STMT;
	/* A signal outweighs whatever failed by it. */
	(void)tb_run_check_signal(st, err);
	return -1;
}

int
tb_run_tick(void *arg, const struct tb_sent *sent TB_UNUSED,
    struct tb_err *err TB_UNUSED)
{
	struct tb_run_state *st = arg;
	struct tb_run_now now = { .count = st->run->n, .since = st->since };

	if (st->watch == NULL)
		return 0;
	(void)tb_run_where(st, &now.step, &now.stmt);
	if (now.step == NULL)
		return 0;
	now.number = (size_t)(now.step - st->run->v) + 1;
	now.stmt_count = now.step->stmts.n;
	if (now.stmt != NULL && now.stmt >= now.step->stmts.v &&
	    now.stmt < now.step->stmts.v + now.stmt_count)
		now.stmt_number = (size_t)(now.stmt - now.step->stmts.v) + 1;
	tb_run_watch_tick(st->watch, &now);
	return 0;
}
