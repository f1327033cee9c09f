/*
 * history_sql.h: what the files of history share; for nobody else.
 */
#ifndef TB_REVISION_HISTORY_SQL_H
#define TB_REVISION_HISTORY_SQL_H

#include "core/sql.h"
#include "core/tb.h"
#include "revision/history.h"

struct tb_err;
struct tb_history;
struct tb_pipe;

/* lib/revision/sql */
extern const struct tb_sql tb_revision_sql[];

/*
 * Take schema tb's state from a result of history_state.sql: all that begins
 * with log, and name and schema_exists if the version table is not there.
 */
void tb_history_log_take(struct tb_history *, const PGresult *);

/*
 * A statement that changes something: waited for, or handed to send.  plan
 * names what is sent so often that it is worth to be prepared.
 */
enum tb_history_plan {
	TB_HISTORY_PLAN_NONE,
	TB_HISTORY_PLAN_INSERT,
	TB_HISTORY_PLAN_UPDATE,
	TB_HISTORY_PLAN_DELETE,
	TB_HISTORY_PLAN_REVISION,
	TB_HISTORY_PLAN_FORGET,
	TB_HISTORY_PLAN_EVENT,
};

struct tb_history_do {
	enum tb_history_plan plan;
	enum tb_history_kind kind;
	size_t number;
	const char *sql;
	int nparams;
	const char *const *params;
};

int tb_history_do(struct tb_history *, const struct tb_history_do *,
    struct tb_err *) TB_MUSTCHECK;

/*
 * history_keys.c: the lines at the top of the file that have no column of
 * their own in tb.revision.  The caller frees them.
 */
struct tb_header;
char *tb_history_keys(const struct tb_header *) TB_MUSTCHECK;

/* h->details, as a question to be sent. */
void tb_history_details_ask(const struct tb_history *, struct tb_pipe *);

/* Make schema tb if it is ABSENT. */
int tb_history_log_prepare(struct tb_history *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_HISTORY_SQL_H */
