/*
 * rule_secret.h: what stands in SQL for a value that no fact tells.
 *
 * A password is in no fact.  A statement that needs one names a variable of
 * psql, :'server_user_password': whoever runs the SQL gives the value with
 * "psql -v", and without it the server refuses the statement.
 */
#ifndef TB_CATALOG_RULE_SECRET_H
#define TB_CATALOG_RULE_SECRET_H

#include "core/tb.h"

struct rec_ctx;
struct tb_buf;

/* The variable for one secret of the fact: its identity and the word. */
void tb_rec_variable(const struct rec_ctx *, const char *word, struct tb_buf *);

#endif /* TB_CATALOG_RULE_SECRET_H */
