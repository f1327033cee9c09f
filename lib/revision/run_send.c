/*
 * Transactions one behind the other, without waiting for any: a round trip for
 * as much as is in flight at once, and one flush of the write-ahead log.
 *
 * All but the last commit asynchronously.  The log is one stream: the last
 * commit's flush makes the others durable too, and a crash before it leaves
 * the database at one of the revisions, whole.  Nothing is reported as applied
 * before that last commit.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/err.h"
#include "pg/script.h"
#include "revision/history.h"
#include "revision/history_sql.h"
#include "revision/run_state.h"

static int
send_one(struct tb_run_state *st, int kind, size_t number, const char *sql,
    struct tb_err *err)
{
	return tb_stream_send(&st->stream,
	    &(struct tb_sent){
		.sql = sql,
		.kind = kind,
		.step = st->at,
		.number = number,
	    },
	    err);
}

/*
 * Answers at once tell which statement runs, and cost the server time.  Before
 * the first one that of the session does it; the last one's comes with the next
 * revision's.
 */
static int
send_stmt(struct tb_run_state *st, const struct tb_run_step *rs, size_t number,
    struct tb_err *err)
{
	return tb_stream_send(&st->stream,
	    &(struct tb_sent){
		.sql = rs->stmts.v[number].text,
		.prompt = number + 1 < rs->stmts.n,
		.kind = TB_RUN_SENT_STMT,
		.step = st->at,
		.number = number,
	    },
	    err);
}

/*
 * What is sent for every revision is prepared once, BEGIN and COMMIT too:
 * the server then need not parse it again.
 */
enum often { BEGIN, RESET, SESSION, OURS, COMMIT };

static const struct {
	const char *name;
	const char *sql; /* NULL: in the file of that name */
	int kind;
	int nparams;
} often[] = {
	[BEGIN] = { "begin", tb_run_begin_sql, TB_RUN_SENT_BEGIN, 0 },
	[RESET] = { "reset", "RESET ALL", 0, 0 },
	[SESSION] = { "session", NULL, TB_RUN_SENT_SESSION,
	    TB_RUN_SESSION_PARAMS },
	[OURS] = { "session_ours", NULL, 0, 2 },
	[COMMIT] = { "commit", "COMMIT", TB_RUN_SENT_COMMIT, 0 },
};

/* Prepared when it is first sent: then search_path is as it will be again. */
static int
send_often(struct tb_run_state *st, enum often which, const char *const *params,
    struct tb_err *err)
{
	unsigned int bit = 1U << (unsigned int)which;
	const char *sql = often[which].sql;
	char name[64];
	struct tb_sent sent = { .name = name, .step = st->at };

	(void)snprintf(name, sizeof(name), "tb_%s_%u", often[which].name,
	    st->generation);
	if ((st->prepared & bit) == 0) {
		sent.sql = sql != NULL ?
		    sql :
		    tb_sql_text(tb_revision_sql, often[which].name);
		if (tb_stream_send(&st->stream, &sent, err) == -1)
			return -1;
		st->prepared |= bit;
	}
	sent.sql = NULL;
	sent.kind = often[which].kind;
	sent.nparams = often[which].nparams;
	sent.params = params;
	sent.prompt = which == SESSION;
	return tb_stream_send(&st->stream, &sent, err);
}

static int
send_session(struct tb_run_state *st, const struct tb_run_step *rs, bool later,
    struct tb_err *err)
{
	struct tb_run_session s;

	tb_run_session_params(st, rs, later, &s);
	if (send_often(st, RESET, NULL, err) == -1)
		return -1;
	return send_often(st, SESSION, s.params, err);
}

/* Back to ourselves after a revision. */
static int
send_ours(struct tb_run_state *st, struct tb_err *err)
{
	const char *role = st->run->opts.role;
	const char *params[] = { role != NULL ? role : "none", st->login };

	return send_often(st, OURS, params, err);
}

static int
send_lock_timeout(struct tb_run_state *st, const char *value,
    struct tb_err *err)
{
	return tb_stream_send(&st->stream,
	    &(struct tb_sent){
		.sql = "SELECT pg_catalog.set_config('lock_timeout', $1, "
		       "false)",
		.nparams = 1,
		.params = &value,
		.prompt = true,
		.step = st->at,
	    },
	    err);
}

static int
restart(struct tb_run_state *st, struct tb_err *err)
{
	st->stream = (struct tb_stream){
		.answer = tb_run_answer,
		.tick = tb_run_tick,
		.arg = st,
	};
	st->streaming = tb_stream_begin(&st->stream, st->db, err) == 0;
	return st->streaming ? 0 : -1;
}

/*
 * Something that cannot be in a pipeline comes next: wait for what was sent.
 * The transaction stays open.
 */
static int
pause_stream(struct tb_run_state *st, struct tb_err *err)
{
	st->streaming = false;
	return tb_stream_end(&st->stream, 0, err);
}

static int
run_copy(struct tb_run_state *st, const struct tb_stmt *stmt,
    struct tb_err *err)
{
	if (pause_stream(st, err) == -1 || tb_run_stmt(st, stmt, err) == -1)
		return -1;
	return restart(st, err);
}

static int
send_statements(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	const char *wait = NULL;

	for (size_t i = 0; i < rs->stmts.n; i++) {
		const struct tb_stmt *stmt = &rs->stmts.v[i];
		const char *next = tb_run_lock_timeout(st, rs, stmt);

		/* What the revision itself sets is not set again. */
		if (i > 0 && next != NULL && wait != next &&
		    send_lock_timeout(st, next, err) == -1)
			return -1;
		wait = next;
		if (strncasecmp(stmt->text, "COPY", 4) == 0) {
			if (run_copy(st, stmt, err) == -1)
				return -1;
		} else if (send_stmt(st, rs, i, err) == -1) {
			return -1;
		}
	}
	return 0;
}

/* Its answers decide, so they are waited for. */
static int
send_verify(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	if (rs->verify.n == 0)
		return 0;
	if (send_session(st, rs, false, err) == -1)
		return -1;
	for (size_t i = 0; i < rs->verify.n; i++)
		if (send_one(st, TB_RUN_SENT_VERIFY, i, rs->verify.v[i].text,
			err) == -1)
			return -1;
	return tb_stream_wait(&st->stream, err);
}

/* A stamp asks before it writes. */
static int
record_stamp(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	int (*send)(void *, enum tb_history_kind, size_t,
	    const struct tb_sent *, struct tb_err *) = st->history->send;
	int rc;

	if (pause_stream(st, err) == -1)
		return -1;
	st->history->send = NULL;
	rc = tb_run_record(st, rs, err);
	st->history->send = send;
	return rc == 0 ? restart(st, err) : -1;
}

static int
send_record(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	if (st->history == NULL)
		return 0;
	if (send_ours(st, err) == -1)
		return -1;
	if (rs->step->kind == TB_STEP_STAMP || rs->step->kind == TB_STEP_ADOPT)
		return record_stamp(st, rs, err);
	return tb_run_record(st, rs, err);
}

static int
send_step(struct tb_run_state *st, const struct tb_run_step *rs, bool later,
    struct tb_err *err)
{
	if (tb_run_check_signal(st, err) == -1 ||
	    send_session(st, rs, later, err) == -1 ||
	    send_statements(st, rs, err) == -1 ||
	    send_verify(st, rs, err) == -1 || send_record(st, rs, err) == -1)
		return -1;
	return tb_stream_flush(&st->stream, err);
}

/* What is made once is made in the first transaction. */
static int
send_begin(struct tb_run_state *st, struct tb_err *err)
{
	struct tb_history *h = st->history;

	if (send_often(st, BEGIN, NULL, err) == -1)
		return -1;
	if (h == NULL || st->reconciled)
		return 0;
	if (send_ours(st, err) == -1 || tb_history_prepare(h, err) == -1 ||
	    tb_history_reconcile(h, st->graph, st->recorded, TB_HISTORY_FOUND,
		err) == -1)
		return -1;
	st->reconciled = true;
	return 0;
}

static int
send_closing(struct tb_run_state *st, struct tb_err *err)
{
	char *sql = tb_run_closing(st);
	int rc = sql != NULL ? send_one(st, TB_HISTORY_OURS, 0, sql, err) : 0;

	free(sql);
	return rc;
}

/* One transaction from step first on; returns the step after it, 0: failed. */
static size_t
send_transaction(struct tb_run_state *st, size_t first, size_t end,
    struct tb_err *err)
{
	const struct tb_run *run = st->run;
	size_t number = run->v[first].transaction, last = first;

	while (last + 1 < end && run->v[last + 1].transaction == number)
		last++;
	st->at = first;
	if (send_begin(st, err) == -1)
		return 0;
	for (; st->at <= last; st->at++)
		if (send_step(st, &run->v[st->at], last + 1 < end, err) == -1)
			return 0;
	st->at = last;
	if (last + 1 == run->n && send_closing(st, err) == -1)
		return 0;
	if (send_often(st, COMMIT, NULL, err) == -1)
		return 0;
	return last + 1;
}

static int
send_for_history(void *arg, enum tb_history_kind kind, size_t number,
    const struct tb_sent *what, struct tb_err *err)
{
	struct tb_run_state *st = arg;
	struct tb_sent sent = *what;

	sent.kind = (int)kind;
	sent.step = st->at;
	sent.number = number;
	return tb_stream_send(&st->stream, &sent, err);
}

static size_t
first_open(const struct tb_run *run, size_t first, size_t last)
{
	while (first < last && run->v[first].committed)
		first++;
	return first;
}

int
tb_run_pipelined(struct tb_run_state *st, size_t first, size_t last,
    size_t *done, struct tb_err *err)
{
	size_t next = first;
	int rc = restart(st, err);

	if (st->history != NULL) {
		st->history->send = send_for_history;
		st->history->send_arg = st;
	}
	while (rc == 0 && next < last) {
		next = send_transaction(st, next, last, err);
		if (next == 0)
			rc = -1;
	}
	if (st->streaming)
		rc = tb_stream_end(&st->stream, rc, err);
	st->streaming = false;
	if (st->history != NULL)
		st->history->send = NULL;
	*done = first_open(st->run, first, last);
	return rc;
}
