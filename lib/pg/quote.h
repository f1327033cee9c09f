/*
 * quote.h: names and texts inside SQL.
 *
 * Values belong into parameters.  Names, and values where the grammar takes
 * no parameter (COMMENT ON, ALTER ROLE ... SET), go through here.
 */
#ifndef TB_PG_QUOTE_H
#define TB_PG_QUOTE_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_buf;
struct tb_err;

/* Append "name" quoted; -1 (65) if it is not valid in the encoding. */
int tb_pg_ident(PGconn *, struct tb_buf *, const char *name,
    struct tb_err *) TB_MUSTCHECK;

/* Append 'text' quoted. */
int tb_pg_literal(PGconn *, struct tb_buf *, const char *text,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Append SQL with names and values filled in: %I a name, %L a literal (NULL
 * becomes the word NULL), %s text as it stands, %% a percent sign.
 */
int tb_pg_format(PGconn *, struct tb_buf *, struct tb_err *, const char *,
    ...) TB_MUSTCHECK;

#endif /* TB_PG_QUOTE_H */
