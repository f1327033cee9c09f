/*
 * What the second connection saw, in words.
 */
#include "core/tb.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/split.h"
#include "revision/graph.h"
#include "revision/run_watch_state.h"

/* A guess from less than this many seconds of a phase is none. */
#define PHASE_MIN 3.0

void
tb_watch_forget_progress(struct tb_run_watch *w)
{
	free(w->wanted);
	free(w->progress);
	free(w->phase);
	w->wanted = w->progress = w->phase = NULL;
}

void
tb_watch_forget(struct tb_run_watch *w)
{
	tb_watch_forget_progress(w);
	tb_strs_release(&w->told);
	tb_strs_release(&w->seen);
}

static double
number(const PGresult *res, int row, const char *column)
{
	const char *text = tb_pg_get(res, row, column);

	return text != NULL ? strtod(text, NULL) : -1;
}

static void
add_session(struct tb_buf *b, const PGresult *res, int row)
{
	const char *role = tb_pg_get(res, row, "role");
	const char *program = tb_pg_get(res, row, "program");
	const char *client = tb_pg_get(res, row, "client");
	const char *type = tb_pg_get(res, row, "backend_type");

	tb_buf_addf(b, "process %s", tb_pg_get(res, row, "pid"));
	if (role != NULL)
		tb_buf_addf(b, ", user %s", role);
	else if (*type != '\0')
		tb_buf_addf(b, ", %s", type);
	if (*program != '\0')
		tb_buf_addf(b, ", %s", program);
	if (client != NULL)
		tb_buf_addf(b, " from %s", client);
}

static void
add_what_it_does(struct tb_buf *b, const PGresult *res, int row)
{
	char span[TB_CLOCK_SPAN_LEN + 1];
	double in_state = number(res, row, "state_seconds");
	double in_transaction = number(res, row, "transaction_seconds");
	const char *waits_for = tb_pg_get(res, row, "waits_for");
	const char *state = tb_pg_get(res, row, "state");

	if (state == NULL) {
		tb_buf_add(b, ", doing what this role may not see");
		return;
	}
	tb_buf_addf(b, ", %s", state);
	if (in_state >= 0) {
		tb_clock_span(in_state, span);
		tb_buf_addf(b, " for %s", span);
	}
	if (in_transaction >= 0) {
		tb_clock_span(in_transaction, span);
		tb_buf_addf(b, ", in a transaction for %s", span);
	}
	if (waits_for != NULL)
		tb_buf_addf(b, ", itself waiting for %s", waits_for);
	tb_buf_addf(b, ": %s", tb_pg_get(res, row, "query"));
}

/* "process 123, user x, psql, idle in transaction for 5 min 12 s, ..." */
static char *
describe(const PGresult *res, int row)
{
	const char *prepared = tb_pg_get(res, row, "prepared");
	struct tb_buf b = TB_BUF_INIT;

	if (tb_pg_get_int(res, row, "pid") != 0) {
		add_session(&b, res, row);
		add_what_it_does(&b, res, row);
	} else {
		tb_buf_add(&b, "a prepared transaction");
		if (prepared != NULL)
			tb_buf_addf(&b, " (%s)", prepared);
	}
	return tb_buf_detach(&b);
}

static json_t *
member(const char *name, const char *value)
{
	if (strcmp(name, "pid") == 0)
		return json_integer(strtoll(value, NULL, 10));
	if (strstr(name, "seconds") != NULL)
		return json_real(strtod(value, NULL));
	if (strcmp(name, "is_idle") == 0)
		return json_boolean(value[0] == 't');
	return json_string(value);
}

/* What is wanted, and the rest of the row as an object of its own. */
static json_t *
fields(const struct tb_run_watch *w, const PGresult *res, int row)
{
	json_t *blocker = json_object();

	for (int i = 1; i < PQnfields(res); i++)
		if (!PQgetisnull(res, row, i))
			(void)json_object_set_new(blocker, PQfname(res, i),
			    member(PQfname(res, i), PQgetvalue(res, row, i)));
	return json_pack("{s:s, s:s?, s:i, s:o}", "wanted",
	    tb_pg_get(res, row, "wanted"), "revision",
	    w->now.step->step->rev != NULL ? w->now.step->step->rev->h.id :
					     NULL,
	    "line", w->now.stmt != NULL ? w->now.stmt->line : 0, "blocker",
	    blocker);
}

/* Once for each state that a blocker is seen in. */
static void
tell(struct tb_run_watch *w, const PGresult *res, int row, const char *words)
{
	const char *state = tb_pg_get(res, row, "state");
	char *key = tb_asprintf("%s %s %s", tb_pg_get(res, row, "pid"),
	    state != NULL ? state : "", tb_pg_get(res, row, "wanted"));

	if (!tb_strs_has(&w->told, key)) {
		tb_log_event(TB_LOG_INFO, "blocked", fields(w, res, row),
		    "waiting for %s: blocked by %s",
		    tb_pg_get(res, row, "wanted"), words);
		tb_strs_add(&w->told, key);
	}
	free(key);
}

static void
end_if_idle(struct tb_run_watch *w, const PGresult *res, int row,
    const char *words)
{
	const char *pid = tb_pg_get(res, row, "pid");

	if (w->opts->end_idle <= 0 || tb_strs_has(&w->spare, pid))
		return;
	if (tb_pg_get_bool(res, row, "is_idle") &&
	    number(res, row, "state_seconds") >= w->opts->end_idle)
		tb_watch_end(w, pid, words);
}

static void
read_blockers(struct tb_run_watch *w, const PGresult *res)
{
	free(w->wanted);
	w->wanted = NULL;
	/* Whom it waited for last stays known, for the error. */
	if (PQntuples(res) == 0)
		return;
	w->wanted = tb_asprintf("waiting for %s", tb_pg_get(res, 0, "wanted"));
	tb_strs_release(&w->seen);
	for (int i = 0; i < PQntuples(res); i++) {
		char *words = describe(res, i);

		tell(w, res, i, words);
		end_if_idle(w, res, i, words);
		tb_strs_take(&w->seen, words);
	}
}

static void
could_not_end(struct tb_run_watch *w, const struct tb_watch_question *q,
    const char *why)
{
	tb_log_event(TB_LOG_WARN, "not_ended",
	    json_pack("{s:I, s:s}", "pid",
		(json_int_t)strtoll(q->pid, NULL, 10), "reason", why),
	    "could not end process %s: %s", q->pid, why);
	tb_strs_add(&w->spare, q->pid);
}

static void
read_end(struct tb_run_watch *w, const struct tb_watch_question *q,
    const PGresult *res)
{
	if (PQntuples(res) == 0)
		return; /* it went on by itself */
	if (!tb_pg_get_bool(res, 0, "ended")) {
		could_not_end(w, q, "the signal was not delivered");
		return;
	}
	tb_log_event(TB_LOG_WARN, "ended",
	    json_pack("{s:I}", "pid", (json_int_t)strtoll(q->pid, NULL, 10)),
	    "ended %s", q->who);
}

/* What is left of a phase, if it goes on as it did so far. */
static void
add_time_left(struct tb_run_watch *w, struct tb_buf *b, const char *label,
    double done, double total)
{
	char span[TB_CLOCK_SPAN_LEN + 1];
	double time = tb_clock_now(), gone, left;

	if (w->phase == NULL || strcmp(w->phase, label) != 0 ||
	    done < w->phase_done) {
		free(w->phase);
		w->phase = tb_strdup(label);
		w->phase_since = time;
		w->phase_done = done;
		return;
	}
	gone = time - w->phase_since;
	if (gone < PHASE_MIN || done <= w->phase_done || done >= total)
		return;
	left = (total - done) * gone / (done - w->phase_done);
	if (left < 1)
		return;
	tb_clock_span(left, span);
	tb_buf_addf(b, ", about %s left", span);
}

static void
read_progress(struct tb_run_watch *w, const PGresult *res)
{
	struct tb_buf b = TB_BUF_INIT;
	const char *label, *count;
	double done, total;

	free(w->progress);
	w->progress = NULL;
	if (PQntuples(res) == 0)
		return;
	label = tb_pg_get(res, 0, "label");
	count = tb_pg_get(res, 0, "count");
	done = number(res, 0, "done");
	total = number(res, 0, "total");
	tb_buf_add(&b, label);
	if (total > 0 && done > total)
		done = total;
	if (total > 0) {
		tb_buf_addf(&b, " %.0f %%", done * 100 / total);
		add_time_left(w, &b, label, done, total);
	} else if (count != NULL) {
		tb_buf_addf(&b, ", %s", count);
	}
	w->progress = tb_buf_detach(&b);
}

static void
read_refusal(struct tb_run_watch *w, const struct tb_watch_question *q,
    const PGresult *res)
{
	struct tb_err err = TB_ERR_INIT;

	(void)tb_pg_error(w->clone.db, res, &err);
	if (q->kind == TB_WATCH_END) {
		could_not_end(w, q, err.message);
		tb_hint("Whoever ends it must be a member of its role or of "
			"pg_signal_backend.");
	} else {
		tb_debug("could not watch: %s", err.message);
	}
	tb_err_release(&err);
}

void
tb_watch_read(struct tb_run_watch *w, const struct tb_watch_question *q,
    const PGresult *res)
{
	if (!tb_pg_ok(res)) {
		read_refusal(w, q, res);
		return;
	}
	if (q->kind == TB_WATCH_END) {
		read_end(w, q, res);
		return;
	}
	/* The statement has changed since. */
	if (q->since < w->now.since)
		return;
	if (q->kind == TB_WATCH_BLOCKERS)
		read_blockers(w, res);
	else
		read_progress(w, res);
}
