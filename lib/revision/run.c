/*
 * Transactions: where they begin and end, and what is said when one fails.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/strs.h"
#include "pg/query.h"
#include "revision/graph.h"
#include "revision/history.h"
#include "revision/run_signal.h"
#include "revision/run_state.h"

/*
 * What the role or the database have as default (serializable, read only) is
 * for applications, not for this.
 */
static const char begin_sql[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/* Steps first to last - 1 are one transaction. */
struct part {
	size_t first, last;
};

static int
begin(struct tb_run_state *st, struct tb_err *err)
{
	if (tb_run_session(st, NULL, err) == -1 ||
	    tb_pg_exec(st->db, begin_sql, err) == -1)
		return -1;
	if (st->history == NULL)
		return 0;
	if (tb_history_prepare(st->history, err) == -1)
		return -1;
	if (!st->reconciled &&
	    tb_history_reconcile(st->history, st->graph, TB_HISTORY_FOUND,
		err) == -1)
		return -1;
	st->reconciled = true;
	return 0;
}

static int
send_commit(PGconn *db, struct tb_err *err)
{
	PGresult *res = tb_pg_query(db, "COMMIT", 0, NULL, err);

	if (res == NULL) {
		(void)tb_err_prefix(err, "could not commit");
		if (PQstatus(db) != CONNECTION_OK)
			(void)tb_err_hint(err,
			    "The connection ended during the commit: whether "
			    "it was done, \"tb-migrate current\" tells.");
		return -1;
	}
	/* The server's answer to the COMMIT of a failed transaction. */
	if (strcmp(PQcmdStatus(res), "COMMIT") != 0)
		tb_bug("a failed transaction was about to be committed");
	PQclear(res);
	return 0;
}

static int
commit(struct tb_run_state *st, const struct part *p, struct tb_err *err)
{
	const struct tb_run_hooks *hooks = &st->run->opts.hooks;

	st->line = 0;
	if (send_commit(st->db, err) == -1)
		return -1;
	for (size_t i = p->first; i < p->last; i++) {
		st->run->v[i].committed = true;
		if (hooks->done != NULL)
			hooks->done(hooks->arg, &st->run->v[i]);
	}
	return 0;
}

static int
run_together(struct tb_run_state *st, const struct part *p, struct tb_err *err)
{
	st->at = p->first;
	if (begin(st, err) == -1)
		return -1;
	for (st->at = p->first; st->at < p->last; st->at++) {
		struct tb_run_step *rs = &st->run->v[st->at];

		if (tb_run_statements(st, rs, err) == -1 ||
		    tb_run_record(st, rs, err) == -1)
			return -1;
	}
	st->at--;
	return commit(st, p, err);
}

/* Its statements by themselves, then a transaction to write that down. */
static int
run_alone(struct tb_run_state *st, const struct part *p, struct tb_err *err)
{
	struct tb_run_step *rs = &st->run->v[p->first];

	st->at = p->first;
	if (tb_run_statements(st, rs, err) == -1 || begin(st, err) == -1 ||
	    tb_run_record(st, rs, err) == -1)
		return -1;
	return commit(st, p, err);
}

static char *
where_it_is(const struct tb_history *h)
{
	return h->rows.n > 0 ? tb_strs_join(&h->rows, ", ") : tb_strdup("base");
}

static void
tell_what_is_applied(struct tb_run_state *st, bool half_done,
    struct tb_err *err)
{
	size_t committed = 0;
	char *at;

	for (size_t i = 0; i < st->run->n; i++)
		committed += st->run->v[i].committed;
	at = where_it_is(st->history);
	if (committed > 0)
		(void)tb_err_detail(err,
		    "%zu of %zu steps were done and stay; the database is at "
		    "%s.",
		    committed, st->run->n, at);
	else if (half_done)
		(void)tb_err_detail(err,
		    "The version table says %s, as before.", at);
	else
		(void)tb_err_detail(err,
		    "Nothing was changed: the database is at %s, as before.",
		    at);
	free(at);
}

/*
 * A revision that runs outside a transaction cannot be rolled back.  Returns
 * whether anything of it may be left.
 */
static bool
tell_what_is_half_done(struct tb_run_state *st, struct tb_err *err)
{
	const struct tb_run_step *rs = &st->run->v[st->at];
	size_t tried = json_array_size(st->statements);
	const char *id = rs->step->rev->h.id;

	if (rs->alone == NULL || tried == 0)
		return false;
	(void)tb_err_detail(err,
	    "Revision \"%s\" runs outside a transaction (%s) and is not "
	    "recorded as applied.",
	    id, rs->alone);
	if (st->statements_done)
		(void)tb_err_detail(err, "Its statements are done and stay.");
	else if (tried > 1)
		(void)tb_err_detail(err,
		    "Its statements before line %d are done and stay.",
		    rs->stmts.v[tried - 1].line);
	(void)tb_err_hint(err,
	    "Undo by hand what is half done (a concurrent index build that "
	    "failed leaves an invalid index) and run again, or finish it by "
	    "hand and run \"tb-migrate stamp %s\".",
	    id);
	return true;
}

static void
roll_back(struct tb_run_state *st)
{
	struct tb_err err = TB_ERR_INIT;

	if (PQtransactionStatus(st->db) != PQTRANS_IDLE &&
	    tb_pg_exec(st->db, "ROLLBACK", &err) == -1)
		tb_debug("could not roll back: %s", err.message);
	tb_err_release(&err);
}

/* What the transaction was is gone; what the database is must be read. */
static int
look_again(struct tb_run_state *st)
{
	struct tb_err err = TB_ERR_INIT;
	int rc = 0;

	if (tb_run_session(st, NULL, &err) == -1 ||
	    tb_history_reread(st->history, &err) == -1) {
		tb_warn("could not look at the database again: %s",
		    err.message);
		rc = -1;
	}
	tb_err_release(&err);
	return rc;
}

static void
clear_up(struct tb_run_state *st, struct tb_err *err)
{
	bool half_done;

	tb_run_signal_spare();
	st->line = 0;
	if (PQstatus(st->db) == CONNECTION_OK)
		roll_back(st);
	else if (err->hint == NULL && st->history != NULL)
		(void)tb_err_hint(err,
		    "The server rolls back what was not committed; "
		    "\"tb-migrate current\" tells where it is.");
	/* Of a scratch database nothing is kept. */
	if (st->history == NULL || PQstatus(st->db) != CONNECTION_OK ||
	    look_again(st) == -1)
		return;
	tb_run_diagnose(st, &st->run->v[st->at], err);
	half_done = tell_what_is_half_done(st, err);
	tell_what_is_applied(st, half_done, err);
	tb_run_record_failure(st, err);
}

static int
run_parts(struct tb_run_state *st, struct tb_err *err)
{
	const struct tb_run *run = st->run;

	for (struct part p = { 0, 0 }; p.first < run->n; p.first = p.last) {
		int rc;

		while (p.last < run->n &&
		    run->v[p.last].transaction == run->v[p.first].transaction)
			p.last++;
		rc = run->v[p.first].alone != NULL ? run_alone(st, &p, err) :
						     run_together(st, &p, err);
		if (rc == -1) {
			clear_up(st, err);
			return -1;
		}
	}
	return 0;
}

static int
execute(struct tb_run_state *st, struct tb_err *err)
{
	int rc;

	st->notices = json_array();
	st->statements = json_array();
	tb_run_notice_catch(st);
	tb_run_signal_catch(st->db);
	rc = run_parts(st, err);
	tb_run_signal_release();
	tb_run_notice_release(st);
	json_decref(st->notices);
	json_decref(st->statements);
	return rc;
}

int
tb_run_execute(struct tb_run *run, const struct tb_graph *g,
    struct tb_history *h, struct tb_err *err)
{
	struct tb_run_state st = { .db = h->db,
		.run = run,
		.history = h,
		.graph = g };

	if (h->log == TB_HISTORY_LOG_DENIED && run->n > 0) {
		tb_warn("%s: who did what and when is not recorded, nor the "
			"text that would undo it",
		    h->log_problem);
		tb_hint("%s", h->log_remedy);
	}
	return execute(&st, err);
}

int
tb_run_replay(struct tb_run *run, PGconn *db, struct tb_err *err)
{
	struct tb_run_state st = { .db = db, .run = run };

	return execute(&st, err);
}
