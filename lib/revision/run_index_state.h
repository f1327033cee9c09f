/*
 * run_index_state.h: what a statement about an index says; for the files
 * run_index*.c only.
 */
#ifndef TB_REVISION_RUN_INDEX_STATE_H
#define TB_REVISION_RUN_INDEX_STATE_H

#include <libpq-fe.h>

#include "core/tb.h"

struct tb_err;

/* CREATE [UNIQUE] INDEX CONCURRENTLY [[IF NOT EXISTS] name] ON table rest */
struct tb_index_text {
	bool unique;
	char *name;       /* NULL: the server chooses it */
	char *table;      /* as SQL writes it */
	const char *rest; /* borrowed from the statement */
};

/* False for what the server will refuse anyway. */
bool tb_index_parse(const char *text, struct tb_index_text *) TB_MUSTCHECK;
void tb_index_text_release(struct tb_index_text *);

/* DROP INDEX CONCURRENTLY [IF EXISTS] name: the name; the caller frees it. */
char *tb_index_dropped(const char *text) TB_MUSTCHECK;

/*
 * REINDEX [(options)] kind [CONCURRENTLY] name: the kind in lower case, NULL
 * for what is none.  Both are freed by the caller; *name may be NULL.
 */
char *tb_index_rebuilt(const char *text, char **name) TB_MUSTCHECK;

/*
 * Compare the statement with an index of the table (NULL: with those that bear
 * the name that the server would choose), by making it on an empty copy of the
 * table in a transaction that is rolled back: see sql/index_probe.sql.  found
 * is a row of sql/index_find.sql.
 */
PGresult *tb_index_compare(PGconn *, const struct tb_index_text *,
    const PGresult *found, struct tb_err *) TB_MUSTCHECK;

#endif /* TB_REVISION_RUN_INDEX_STATE_H */
