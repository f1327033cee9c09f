/*
 * token.h: SQL text as PostgreSQL's own scanner sees it (libpg_query).
 *
 * Comments are tokens too.  Positions count bytes from the start of the text.
 */
#ifndef TB_PG_TOKEN_H
#define TB_PG_TOKEN_H

#include <pg_query/pg_query.pb-c.h>

#include "core/tb.h"

struct tb_tokens {
	PgQuery__ScanResult *scan;
	size_t n;
};

/*
 * Scan a text.  On failure returns -1, *message is what the scanner said (the
 * caller frees it) and *position where, counted in bytes from 0.
 */
int tb_tokens_scan(struct tb_tokens *, const char *text, char **message,
    size_t *position) TB_MUSTCHECK;
void tb_tokens_release(struct tb_tokens *);

/* The i-th token's kind and place. */
int tb_token_kind(const struct tb_tokens *, size_t i);
size_t tb_token_start(const struct tb_tokens *, size_t i);
size_t tb_token_end(const struct tb_tokens *, size_t i);
bool tb_token_is_comment(const struct tb_tokens *, size_t i);

/* Is the i-th token this word, whatever its case? False beyond the end. */
bool tb_token_is(const struct tb_tokens *, size_t i, const char *text,
    const char *word);

#endif /* TB_PG_TOKEN_H */
