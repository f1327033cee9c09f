/*
 * rehearse.h: run the steps of a plan to see what they do, and keep nothing.
 *
 *	struct tb_rehearsal r = TB_REHEARSAL_INIT;
 *
 *	if (tb_rehearsal_begin(&r, db, &opts, err) == -1 ||
 *	    tb_rehearsal_run(&r, &run, 0, run.n, true, err) == -1 ||
 *	    tb_rehearsal_end(&r, err) == -1)
 *		return -1;
 *	for (size_t i = 0; i < r.n; i++)
 *		print(&r.v[i]);
 *	tb_rehearsal_release(&r);
 *
 * In a real database everything happens in one transaction that is rolled
 * back, and whoever else uses the tables waits for it: the locks are real.  In
 * a scratch database the transactions are those of the run itself.
 *
 * What a statement locked is read from the server after it, as long as the
 * transaction holds it; of a statement that cannot be in a transaction only
 * the documentation tells.  Catalogues, temporary tables and what the steps
 * made themselves are left out.
 */
#ifndef TB_REVISION_REHEARSE_H
#define TB_REVISION_REHEARSE_H

#include <libpq-fe.h>

#include "core/tb.h"
#include "revision/run.h"

struct tb_err;

/* A lock that a statement took, or made stronger. */
struct tb_rehearsal_lock {
	char *relation;   /* as SQL writes it; NULL: only the mode is known */
	char *kind;       /* "table", "index", "sequence", ...; or NULL */
	const char *mode; /* "ACCESS EXCLUSIVE"; static */
	int strength;     /* 1 to 8 */
	bool rewritten;   /* it has a new file */
	bool advanced;    /* a sequence that moved, which no rollback undoes */
	long long bytes;  /* its size now; -1: not known */
};

struct tb_rehearsal_stmt {
	const struct tb_run_step *rs; /* borrowed */
	const struct tb_stmt *stmt;   /* borrowed */
	double seconds;
	long long rows; /* inserted, updated and deleted, by triggers too */
	bool truncates; /* its new files are empty ones */
	/* Why it ran outside a transaction; NULL: it did not. */
	char *alone;
	struct tb_rehearsal_lock *locks; /* by relation */
	size_t nlocks, cap_locks;
};

struct tb_rehearsal_opts {
	const char *role;              /* NULL: none */
	const char *lock_timeout;      /* goes before what a revision says */
	const char *statement_timeout; /* NULL: the server's default */
	bool scratch; /* commit; the database is thrown away after */
};

struct tb_rehearsal_relation;

struct tb_rehearsal {
	PGconn *db; /* borrowed */
	struct tb_rehearsal_opts opts;
	struct tb_rehearsal_stmt *v;
	size_t n, cap;
	struct tb_rehearsal_relation *known; /* by oid */
	size_t nknown, cap_known;
	bool looked; /* what is new from now on was made by the steps */
};

/* clang-format off */
#define TB_REHEARSAL_INIT	{ .db = NULL }
/* clang-format on */

/*
 * Look at what is there, and open the transaction unless it is a scratch
 * database.  From here to the end INT, TERM and HUP cancel what is run.
 */
int tb_rehearsal_begin(struct tb_rehearsal *, PGconn *,
    const struct tb_rehearsal_opts *, struct tb_err *) TB_MUSTCHECK;

/*
 * Run steps first to last - 1, the last one's verify sections included.  watch:
 * add their statements to the list.  Errors are those of the statements, with
 * file and line, and 128 + signal; the transaction is then of no more use.
 */
int tb_rehearsal_run(struct tb_rehearsal *, const struct tb_run *, size_t first,
    size_t last, bool watch, struct tb_err *) TB_MUSTCHECK;

/* Remember the place, once; and go back there. */
int tb_rehearsal_mark(struct tb_rehearsal *, struct tb_err *) TB_MUSTCHECK;
int tb_rehearsal_return(struct tb_rehearsal *, struct tb_err *) TB_MUSTCHECK;

/*
 * Roll back, also after a failure.  If a signal came it becomes the error
 * (128 + signal), whatever failed by it.
 */
int tb_rehearsal_end(struct tb_rehearsal *, struct tb_err *) TB_MUSTCHECK;
void tb_rehearsal_release(struct tb_rehearsal *);

#endif /* TB_REVISION_REHEARSE_H */
