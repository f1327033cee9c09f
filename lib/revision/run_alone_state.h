/*
 * run_alone_state.h: a revision that runs outside a transaction, as it goes
 * on; for the files run_alone*.c only.
 */
#ifndef TB_REVISION_RUN_ALONE_STATE_H
#define TB_REVISION_RUN_ALONE_STATE_H

#include "core/tb.h"
#include "revision/run_journal.h"

struct tb_err;
struct tb_run_state;
struct tb_run_step;
struct tb_stmt;

/* A revision outside a transaction that is going on. */
struct tb_alone {
	struct tb_run_state *st;
	struct tb_run_step *rs;
	const char *id, *path;
	bool down;
	bool journaled;
	char *rest;       /* ids of the steps behind this one */
	const char *wait; /* lock_timeout that was set last */
};

/* run_alone_stmt.c */

int tb_alone_mark(const struct tb_alone *a, size_t i,
    enum tb_journal_state state, const struct tb_err *failure,
    struct tb_err *err) TB_MUSTCHECK;
int tb_alone_unmark(const struct tb_alone *a, size_t i,
    struct tb_err *err) TB_MUSTCHECK;
void tb_alone_log(const struct tb_alone *a, size_t i, const char *word);
int tb_alone_lock_timeout(struct tb_alone *a, const struct tb_stmt *stmt,
    struct tb_err *err) TB_MUSTCHECK;
int tb_alone_run(struct tb_alone *a, size_t i, struct tb_err *err) TB_MUSTCHECK;

#endif /* TB_REVISION_RUN_ALONE_STATE_H */
