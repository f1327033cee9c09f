/*
 * run_watch_state.h: what the files run_watch*.c share; for nobody else.
 */
#ifndef TB_REVISION_RUN_WATCH_STATE_H
#define TB_REVISION_RUN_WATCH_STATE_H

#include <libpq-fe.h>

#include "core/strs.h"
#include "core/tb.h"
#include "pg/clone.h"
#include "revision/run.h"

enum tb_watch_state {
	TB_WATCH_CLOSED, /* not needed yet */
	TB_WATCH_OPENING,
	TB_WATCH_READY,
	TB_WATCH_ASKING,
	TB_WATCH_GONE, /* there is no second connection to be had */
};

enum tb_watch_kind {
	TB_WATCH_BLOCKERS,
	TB_WATCH_PROGRESS,
	TB_WATCH_END,
};

/* A question on its way. */
struct tb_watch_question {
	enum tb_watch_kind kind;
	double since; /* of the statement that it is about */
	char *pid;    /* END: whom; owned */
	char *who;    /* END: in words; owned */
};

#define TB_WATCH_QUESTIONS 8

struct tb_run_watch {
	const struct tb_run_opts *opts;
	PGconn *watched;
	struct tb_pg_clone clone;
	enum tb_watch_state state;
	struct tb_watch_question questions[TB_WATCH_QUESTIONS];
	size_t first, n; /* those without an answer: [first] to [n - 1] */
	double asked;    /* when */

	/* The statement that runs. */
	struct tb_run_now now;
	struct tb_strs told;  /* blockers, by process and state */
	struct tb_strs seen;  /* those of the last look, in words */
	struct tb_strs spare; /* processes that could not be ended */
	char *wanted;         /* what it waits for; NULL: it does not */
	char *progress;       /* in words; NULL: not known */

	/* For the time that is left. */
	char *phase;
	double phase_since, phase_done;
};

/* run_watch.c */

/* Ask the server to end a blocker that does nothing. */
void tb_watch_end(struct tb_run_watch *, const char *pid, const char *who);

/* run_watch_read.c: what the answers mean. */

void tb_watch_read(struct tb_run_watch *, const struct tb_watch_question *,
    const PGresult *);

/* Forget what was found out about a statement, or only about its progress. */
void tb_watch_forget(struct tb_run_watch *);
void tb_watch_forget_progress(struct tb_run_watch *);

#endif /* TB_REVISION_RUN_WATCH_STATE_H */
