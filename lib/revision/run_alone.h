/*
 * run_alone.h: a revision that runs outside a transaction; for the files run*.c
 * only.
 *
 * Each of its statements that can be in a transaction is in one of its own,
 * together with the note in tb.journal that it is done.  What cannot has a note
 * before and after; when it is interrupted the catalogue tells what it did, or
 * it may simply be run again.  So the next run goes on where this one ended,
 * and asks only where nobody can know: in the middle of a procedure that
 * commits.
 */
#ifndef TB_REVISION_RUN_ALONE_H
#define TB_REVISION_RUN_ALONE_H

#include "core/tb.h"

struct tb_err;
struct tb_journal_entry;
struct tb_run_state;
struct tb_run_step;
struct tb_stmts;

/*
 * Before anything runs: refuse (65) if a revision is half done and this run
 * does not begin with the rest of it, unless it only stamps.
 */
int tb_run_alone_check(struct tb_run_state *, struct tb_err *) TB_MUSTCHECK;

/*
 * Run the step st->at, or what is left of it, and write down that it is
 * applied.  It is marked as committed.
 */
int tb_run_alone(struct tb_run_state *, struct tb_run_step *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * After a failure of it: say what is done and what to do.  Returns whether
 * anything of it may be left.
 */
bool tb_run_alone_explain(struct tb_run_state *, struct tb_err *);

/*
 * run_alone_settle.c: a statement that was begun, and is not known to be done.
 * 0 it may be run; 1 it is done; 65 with what to do if nobody knows.  Runs in
 * the session of the revision.
 */
int tb_run_alone_settle(struct tb_run_state *, const struct tb_run_step *,
    const struct tb_journal_entry *, struct tb_err *) TB_MUSTCHECK;

/*
 * run_alone_enum.c: a new value of an enum type can be used only after the
 * transaction that adds it, before 17 also if the type itself is new.  The
 * number of the first statement that uses a value which one before it adds; n:
 * none does.
 */
size_t tb_run_enum_used(const struct tb_stmts *);

/* Does any of them add a value? */
bool tb_run_enum_added(const struct tb_stmts *);

#endif /* TB_REVISION_RUN_ALONE_H */
