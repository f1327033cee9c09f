/*
 * run_state.h: a run that is going on; for the files run*.c only.
 */
#ifndef TB_REVISION_RUN_STATE_H
#define TB_REVISION_RUN_STATE_H

#include <jansson.h>
#include <libpq-fe.h>

#include "core/buf.h"
#include "core/tb.h"
#include "pg/stream.h"
#include "revision/run.h"

struct tb_err;
struct tb_graph;
struct tb_history;
struct tb_run_watch;

/* What is sent; besides, TB_HISTORY_* of history.h. */
enum tb_run_sent {
	TB_RUN_SENT_BEGIN = 16,
	TB_RUN_SENT_SESSION, /* of a revision */
	TB_RUN_SENT_STMT,    /* number: which of the step's */
	TB_RUN_SENT_VERIFY,
	TB_RUN_SENT_COMMIT, /* step: the last one of the transaction */
};

/* What a step's statements did. */
struct tb_run_log {
	json_t *statements; /* lines and times, in order; NULL: none yet */
	json_t *notices;    /* NULL: none yet */
	long long event;    /* its row in tb.event; 0: not known */
	bool begun;
};

struct tb_run_state {
	PGconn *db;
	char *login;   /* who the session was at first */
	char *program; /* and its application_name; NULL: not known */
	struct tb_run *run;
	struct tb_history *history;   /* NULL: a replay */
	const struct tb_graph *graph; /* NULL: a replay */
	PGresult *recorded;           /* tb.revision at the start, or NULL */
	bool reconciled;
	struct tb_run_log *log; /* of each step */
	struct tb_buf details;  /* of steps that are done, as JSON */
	size_t settled;         /* so much of it is of committed ones */
	struct tb_run_watch *watch;

	size_t at;                    /* the step that is run */
	const struct tb_stmt *failed; /* its statement; NULL: one of ours */
	bool statements_done;         /* all of that step's */
	double started;               /* when that step was */

	/* Pipelined: the statement that runs is the stream's current one. */
	struct tb_stream stream;
	bool streaming;
	unsigned int generation; /* of prepared statements */
	unsigned int prepared;   /* of them, a bit each */

	/* One at a time: the statement that runs; NULL: one of ours. */
	const struct tb_stmt *stmt;

	double since; /* when the statement that runs began, about */

	size_t told;        /* steps before it were told as done */
	unsigned int tries; /* after lock timeouts and deadlocks */
	double give_up;     /* when to stop trying */
	PQnoticeReceiver their_receiver;
};

/* The step and statement that runs; false: one of ours does. */
bool tb_run_where(const struct tb_run_state *, const struct tb_run_step **,
    const struct tb_stmt **);

struct tb_run_log *tb_run_log_of(struct tb_run_state *, size_t step);

/*
 * run_log.c: the step has its event: keep how it went for later, as text.
 * What is kept by now is committed.  Forget the rest.  Write what was kept.
 */
void tb_run_log_keep(struct tb_run_state *, size_t step);
void tb_run_log_settle(struct tb_run_state *);
void tb_run_log_forget(struct tb_run_state *);
void tb_run_log_write(struct tb_run_state *, bool good);

/* -1 with *err set if a signal came; it outweighs whatever *err was. */
int tb_run_check_signal(const struct tb_run_state *, struct tb_err *);

/* run_step.c: one statement at a time, each waited for. */

/* Make the session new: ours for bookkeeping, or a revision's (rs). */
int tb_run_session(struct tb_run_state *, const struct tb_run_step *rs,
    struct tb_err *) TB_MUSTCHECK;

/* The step begins: tells the hook. */
void tb_run_begin_step(struct tb_run_state *, size_t step);

/* One statement of the step, measured, with its notices. */
int tb_run_stmt(struct tb_run_state *, const struct tb_stmt *,
    struct tb_err *) TB_MUSTCHECK;

/* The verify section of a step. */
int tb_run_verify(struct tb_run_state *, const struct tb_run_step *,
    struct tb_err *) TB_MUSTCHECK;

/* A result of it: is it true? */
int tb_run_verified(const struct tb_run_step *, const struct tb_stmt *,
    const PGresult *, struct tb_err *) TB_MUSTCHECK;

/* In a session of ours: BEGIN, and what the history needs. */
int tb_run_begin(struct tb_run_state *, struct tb_err *) TB_MUSTCHECK;
int tb_run_commit(struct tb_run_state *, struct tb_err *) TB_MUSTCHECK;

/*
 * Rows, history and event of a step, in the transaction that is open: waited
 * for, or sent if the history sends.
 */
int tb_run_record(struct tb_run_state *, const struct tb_run_step *,
    struct tb_err *) TB_MUSTCHECK;

/* The statement of the closing hook; NULL: none.  The caller frees it. */
char *tb_run_closing(const struct tb_run_state *) TB_MUSTCHECK;

/* A failed step in the log, in a transaction of its own. */
void tb_run_record_failure(struct tb_run_state *, const struct tb_err *);

/*
 * run_session.c: the parameters of sql/session.sql for a revision (rs) or for
 * us (NULL); later: commits after this one make it durable.
 */
#define TB_RUN_SESSION_PARAMS 9

struct tb_run_session {
	const char *params[TB_RUN_SESSION_PARAMS];
};

extern const char tb_run_begin_sql[];

void tb_run_session_params(const struct tb_run_state *,
    const struct tb_run_step *rs, bool later, struct tb_run_session *);

/* What lock_timeout a statement gets; NULL: as it is by default. */
const char *tb_run_lock_timeout(const struct tb_run_state *,
    const struct tb_run_step *, const struct tb_stmt *);

/*
 * run_send.c: the transactions of steps first to last - 1, pipelined.  *done is
 * the first step that is not committed.
 */
int tb_run_pipelined(struct tb_run_state *, size_t first, size_t last,
    size_t *done, struct tb_err *) TB_MUSTCHECK;

/* run_answer.c: for tb_stream. */
int tb_run_answer(void *, const struct tb_sent *, const PGresult *, double,
    struct tb_err *);
int tb_run_tick(void *, const struct tb_sent *, struct tb_err *);

/* run_notice.c */
void tb_run_notice_catch(struct tb_run_state *);
void tb_run_notice_release(struct tb_run_state *);

/* run_diagnose.c: who may hold the lock that the statement waited for. */
void tb_run_tell_holders(const struct tb_run_state *,
    const struct tb_run_step *, struct tb_err *);

/* run_diagnose.c: what to do about it, where the server has no hint. */
void tb_run_diagnose(struct tb_run_state *, const struct tb_run_step *,
    struct tb_err *);

#endif /* TB_REVISION_RUN_STATE_H */
