/*
 * run_index.h: indexes that are built and dropped while others work.
 *
 * Such a statement works in several transactions.  When it is interrupted an
 * invalid index is left, which slows every write down, serves no query, and
 * makes IF NOT EXISTS believe that all is well.  So the catalogue is asked
 * before and after.
 *
 * All of these run in the session of the revision, outside a transaction: names
 * mean what they mean to the statement.
 */
#ifndef TB_REVISION_RUN_INDEX_H
#define TB_REVISION_RUN_INDEX_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;
struct tb_stmt;

/*
 * Before CREATE INDEX CONCURRENTLY: 0 it is to be run; 1 the index is there
 * and the same, which is told.  An invalid one of the name is dropped; if
 * somebody builds it right now, 75 with the process.  Another definition is 65
 * with both.
 */
int tb_run_index_before(PGconn *, const struct tb_stmt *, const char *file,
    struct tb_err *) TB_MUSTCHECK;

/* After it: 65 if the index is not valid. */
int tb_run_index_after(PGconn *, const struct tb_stmt *, const char *file,
    struct tb_err *) TB_MUSTCHECK;

/*
 * What became of a CREATE INDEX CONCURRENTLY that the file does not hold any
 * more: an invalid index is dropped; 1 if there is a valid one.
 */
int tb_run_index_undo(PGconn *, const char *text, struct tb_err *) TB_MUSTCHECK;

/* Is the index of this DROP INDEX CONCURRENTLY gone?  1 yes, 0 no. */
int tb_run_index_gone(PGconn *, const char *text, struct tb_err *) TB_MUSTCHECK;

/* Drop what a REINDEX CONCURRENTLY of this text left behind. */
int tb_run_index_sweep(PGconn *, const char *text,
    struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_RUN_INDEX_H */
