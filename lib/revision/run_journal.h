/*
 * run_journal.h: which statements of a revision outside a transaction are
 * done.
 *
 *	struct tb_journal j = TB_JOURNAL_INIT;
 *
 *	if (tb_journal_read(h, g, &j, err) == -1)
 *		return -1;
 *	if (j.n > 0)
 *		printf("%s is half done\n", j.revision);
 *	tb_journal_release(&j);
 *
 * Table tb.journal holds a row a statement, written in the statement's own
 * transaction, or before and after one that cannot be in any.  The rows go
 * away in the transaction that records the revision: whatever is found there
 * was interrupted.
 */
#ifndef TB_REVISION_RUN_JOURNAL_H
#define TB_REVISION_RUN_JOURNAL_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;
struct tb_graph;
struct tb_history;
struct tb_run_step;
struct tb_stmt;

enum tb_journal_state {
	TB_JOURNAL_RUNNING, /* begun, and not known to be done */
	TB_JOURNAL_DONE,
	TB_JOURNAL_SKIPPED, /* somebody said so */
};

struct tb_journal_entry { /* strings are borrowed from the journal */
	size_t number;    /* in the section, from 1 */
	int line;         /* where it stood in the file */
	enum tb_journal_state state;
	const char *hash;
	int formula;
	const char *text;  /* a long one is cut */
	const char *since; /* in UTC */
	const char *error; /* why it is not known to be done; NULL: no answer */
	int backend;       /* the session that ran it */
};

struct tb_journal {
	PGresult *res;
	const char *revision; /* NULL: nothing is half done */
	bool down;
	const char *rest; /* ids that the run was to go on with, or "" */
	const char *since, *by;
	/* Numbers 1 to n; only the last one may be RUNNING. */
	struct tb_journal_entry *v;
	size_t n;
};

/* clang-format off */
#define TB_JOURNAL_INIT	{ .res = NULL }
/* clang-format on */

/*
 * What is half done.  Rows of a revision that has arrived where it was to go
 * are passed over: somebody stamped it.  Nothing is half done where there is no
 * journal or where it may not be read.
 */
int tb_journal_read(struct tb_history *, const struct tb_graph *,
    struct tb_journal *, struct tb_err *) TB_MUSTCHECK;
void tb_journal_release(struct tb_journal *);

/*
 * In a transaction: make the table if it is not there.  1: it can be written;
 * 0: it cannot, which is warned of.
 */
int tb_journal_prepare(struct tb_history *, struct tb_err *) TB_MUSTCHECK;

struct tb_journal_mark {
	const char *revision;
	bool down;
	size_t number;
	const struct tb_stmt *stmt;
	enum tb_journal_state state;
	const char *rest;
	const struct tb_err *failure; /* NULL: none */
};

/* Write the row of a statement. */
int tb_journal_write(struct tb_history *, const struct tb_journal_mark *,
    struct tb_err *) TB_MUSTCHECK;

/* Take out the row of a statement; number 0: all rows of the revision. */
int tb_journal_erase(struct tb_history *, const char *revision, size_t number,
    struct tb_err *) TB_MUSTCHECK;

/* Take out all rows but those of this revision and direction. */
int tb_journal_tidy(struct tb_history *, const char *revision, bool down,
    struct tb_err *) TB_MUSTCHECK;

/* Is this the statement of the entry, but for its layout? */
bool tb_journal_is(const struct tb_journal_entry *, const struct tb_stmt *);

/* How a run is taken up again by a person. */
enum tb_journal_choice {
	TB_JOURNAL_GO_ON,     /* run again what is not known to be done */
	TB_JOURNAL_SKIP,      /* go on behind it */
	TB_JOURNAL_MARK_DONE, /* it is done: go on behind it */
};

/*
 * Write down what was chosen for the statement at which a step was
 * interrupted; 65 if there is none left.
 */
int tb_journal_choose(struct tb_history *, const struct tb_journal *,
    const struct tb_run_step *, enum tb_journal_choice,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_RUN_JOURNAL_H */
