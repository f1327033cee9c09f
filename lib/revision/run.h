/*
 * run.h: carry out a plan.
 *
 *	struct tb_run run = TB_RUN_INIT;
 *
 *	if (tb_run_prepare(&run, &plan, &opts, err) == -1 ||
 *	    tb_run_execute(&run, graph, &history, err) == -1)
 *		return -1;
 *	tb_run_release(&run);
 *
 * A run is cut into transactions: one for all steps, or one for each, and a
 * revision that PostgreSQL would refuse inside a transaction stands alone, its
 * statements by themselves.  The version rows and the history of a step are
 * written in the transaction of its statements, so that after any failure the
 * database is where its version rows say.
 *
 * The session is made anew for each revision: search_path and all other
 * settings are those that the role and the database have by default, whatever
 * the revision before did.
 */
#ifndef TB_REVISION_RUN_H
#define TB_REVISION_RUN_H

#include <libpq-fe.h>
#include <stdio.h>

#include "core/tb.h"
#include "pg/split.h"
#include "revision/file.h"
#include "revision/plan.h"

struct tb_err;
struct tb_graph;
struct tb_history;
struct tb_run_step;
struct tb_vars;

enum tb_run_scope {
	TB_RUN_WHOLE,    /* all steps in one transaction */
	TB_RUN_REVISION, /* one for each */
};

/* Where a run is, while a statement takes its time. */
struct tb_run_now {
	const struct tb_run_step *step;
	size_t number, count;       /* of the step, from 1 */
	const struct tb_stmt *stmt; /* NULL: one of ours */
	size_t stmt_number, stmt_count;
	double since; /* tb_clock_now() when the statement began */
};

/* Told as the run goes on; each may be NULL. */
struct tb_run_hooks {
	void *arg;
	/* A step begins; number counts from 1. */
	void (*begin)(void *arg, const struct tb_run_step *, size_t number,
	    size_t count);
	/* It is committed: nothing that happens later undoes it. */
	void (*done)(void *arg, const struct tb_run_step *);
	/*
	 * A statement to run before the last COMMIT, in a session of ours,
	 * where there is schema tb; the caller frees it.
	 */
	char *(*closing)(void *arg, int server_version);
	/*
	 * A few times a second while a statement runs, with what the server
	 * says of it, NULL: nothing.  Both NULL: it is over.
	 */
	void (*progress)(void *, const struct tb_run_now *, const char *);
};

struct tb_run_opts {
	enum tb_run_scope scope;
	const char *role; /* SET ROLE; NULL: none */
	/* As PostgreSQL reads them; NULL: the server's default.  What the
	 * revision says goes before. */
	const char *lock_timeout, *statement_timeout;
	/*
	 * For how many seconds a transaction is tried again after a lock
	 * timeout or a deadlock; 0: not at all.
	 */
	double retry;
	const char *tag;            /* a note for the log; NULL: none */
	const struct tb_vars *vars; /* psql's variables; NULL: none */
	/*
	 * The text of a revision that is in no file; NULL, or returning NULL:
	 * read the file.  Called by several threads at once.
	 */
	const char *(*text)(const void *arg, const struct tb_revision *);
	const void *text_arg;
	/* Sessions in the way that are idle in a transaction for so many
	 * seconds are ended; 0: none is. */
	double end_idle;
	struct tb_run_hooks hooks;
};

/* A step of the plan, ready to be run. */
struct tb_run_step {
	const struct tb_step *step;   /* borrowed from the plan */
	struct tb_revision_file file; /* empty for a stamp */
	struct tb_stmts stmts;
	struct tb_stmts verify;
	/*
	 * Why it must run outside a transaction, in words; NULL: it need not.
	 * Static text.
	 */
	const char *alone;
	int alone_line;     /* where that stands in the file */
	size_t transaction; /* its number, from 1 */
	double seconds;     /* what its statements took; out */
	bool committed;     /* out */
};

struct tb_run {
	struct tb_run_step *v;
	size_t n;
	size_t transactions;
	struct tb_run_opts opts;
};

/* clang-format off */
#define TB_RUN_INIT	{ .v = NULL }
/* clang-format on */

/*
 * Read and split the files of a plan, and cut the run.  No server is needed.
 * 65 with file and line for a text that cannot be split, a transaction command
 * inside a revision, a step down where there is no way back.  The plan and the
 * strings in opts are borrowed until the release.
 */
int tb_run_prepare(struct tb_run *, const struct tb_plan *,
    const struct tb_run_opts *, struct tb_err *) TB_MUSTCHECK;
void tb_run_release(struct tb_run *);

/* Could this file be run, up and down, as far as its text tells? */
int tb_run_check_file(const char *path, struct tb_err *) TB_MUSTCHECK;

/*
 * Become opts.role for this session, before the history is opened: what may be
 * written there depends on it.  Without a role nothing is done.
 */
int tb_run_set_role(PGconn *, const char *role, struct tb_err *) TB_MUSTCHECK;

/*
 * Do it.  The caller holds the lock of the history and planned from its rows.
 * On failure the transaction that was open is rolled back; the error says what
 * is applied and what is not, and steps that were committed are marked.
 *
 * INT, TERM and HUP cancel the statement in the server; the error's code is
 * then 128 + signal.
 */
int tb_run_execute(struct tb_run *, const struct tb_graph *,
    struct tb_history *, struct tb_err *) TB_MUSTCHECK;

/*
 * Only the statements, without any version table: for a scratch database.
 */
int tb_run_replay(struct tb_run *, PGconn *, struct tb_err *) TB_MUSTCHECK;

/*
 * Print the run as a script for psql that ends where the run would.  The table
 * is made by the script first if create is set.
 */
struct tb_run_script {
	FILE *out;
	const char *schema, *table;
	bool create;
};

void tb_run_print(const struct tb_run *, const struct tb_run_script *);

#endif /* TB_REVISION_RUN_H */
