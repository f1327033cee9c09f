/*
 * history_sql.h: what the files of history share; for nobody else.
 */
#ifndef TB_REVISION_HISTORY_SQL_H
#define TB_REVISION_HISTORY_SQL_H

#include "core/sql.h"
#include "core/tb.h"

struct tb_err;
struct tb_history;

/* lib/revision/sql */
extern const struct tb_sql tb_revision_sql[];

/* Fill in name, schema_exists and all that begins with log. */
int tb_history_log_look(struct tb_history *, struct tb_err *) TB_MUSTCHECK;

/* Make schema tb if it is ABSENT. */
int tb_history_log_prepare(struct tb_history *, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_HISTORY_SQL_H */
