/*
 * run_state.h: a run that is going on; for the files run*.c only.
 */
#ifndef TB_REVISION_RUN_STATE_H
#define TB_REVISION_RUN_STATE_H

#include <jansson.h>
#include <libpq-fe.h>

#include "core/tb.h"
#include "revision/run.h"

struct tb_err;
struct tb_graph;
struct tb_history;

struct tb_run_state {
	PGconn *db;
	struct tb_run *run;
	struct tb_history *history;   /* NULL: a replay */
	const struct tb_graph *graph; /* NULL: a replay */
	bool reconciled;
	size_t at;            /* the step that is run */
	bool statements_done; /* all of that step's */

	/* For notices, which come while a statement runs. */
	const char *file;
	int line;           /* 0: the statement is one of ours */
	json_t *notices;    /* of this step */
	json_t *statements; /* of this step: lines and times */
	double started;     /* the step */
	PQnoticeReceiver their_receiver;
};

/* run_step.c */

/* Make the session new: ours for bookkeeping, or a revision's (rs). */
int tb_run_session(struct tb_run_state *, const struct tb_run_step *rs,
    struct tb_err *) TB_MUSTCHECK;

/* The statements of a step, and its verify section. */
int tb_run_statements(struct tb_run_state *, struct tb_run_step *,
    struct tb_err *) TB_MUSTCHECK;

/* Rows, history and event of a step, in the transaction that is open. */
int tb_run_record(struct tb_run_state *, const struct tb_run_step *,
    struct tb_err *) TB_MUSTCHECK;

/* Lines of a failed step in the log, in a transaction of its own. */
void tb_run_record_failure(struct tb_run_state *, const struct tb_err *);

/* run_notice.c */
void tb_run_notice_catch(struct tb_run_state *);
void tb_run_notice_release(struct tb_run_state *);

/* run_diagnose.c: what to do about it, where the server has no hint. */
void tb_run_diagnose(struct tb_run_state *, const struct tb_run_step *,
    struct tb_err *);

#endif /* TB_REVISION_RUN_STATE_H */
