#include "core/tb.h"

#include <pg_query.h>
#include <string.h>
#include <strings.h>

#include "core/err.h"
#include "core/mem.h"
#include "pg/token.h"

/* The scanner counts characters from 1, we count bytes from 0. */
static size_t
byte_position(const char *text, int cursor)
{
	size_t i = 0;

	for (int c = 1; text[i] != '\0' && c < cursor; c++) {
		i++;
		while (((unsigned char)text[i] & 0xc0) == 0x80)
			i++;
	}
	return i;
}

int
tb_tokens_scan(struct tb_tokens *tokens, const char *text, char **message,
    size_t *position)
{
	PgQueryScanResult result = pg_query_scan(text);
	int rc = 0;

	tokens->scan = NULL;
	tokens->n = 0;
	if (result.error != NULL) {
		*message = tb_strdup(result.error->message);
		*position = byte_position(text, result.error->cursorpos);
		rc = -1;
	} else {
		tokens->scan = pg_query__scan_result__unpack(NULL,
		    result.pbuf.len, (const uint8_t *)result.pbuf.data);
		if (tokens->scan == NULL)
			tb_bug("out of memory");
		tokens->n = tokens->scan->n_tokens;
	}
	pg_query_free_scan_result(result);
	return rc;
}

void
tb_tokens_release(struct tb_tokens *tokens)
{
	if (tokens->scan != NULL)
		pg_query__scan_result__free_unpacked(tokens->scan, NULL);
	tokens->scan = NULL;
	tokens->n = 0;
}

int
tb_token_kind(const struct tb_tokens *tokens, size_t i)
{
	return (int)tokens->scan->tokens[i]->token;
}

size_t
tb_token_start(const struct tb_tokens *tokens, size_t i)
{
	return (size_t)tokens->scan->tokens[i]->start;
}

size_t
tb_token_end(const struct tb_tokens *tokens, size_t i)
{
	return (size_t)tokens->scan->tokens[i]->end;
}

bool
tb_token_is_comment(const struct tb_tokens *tokens, size_t i)
{
	int kind = tb_token_kind(tokens, i);

	return kind == PG_QUERY__TOKEN__SQL_COMMENT ||
	    kind == PG_QUERY__TOKEN__C_COMMENT;
}

bool
tb_token_is(const struct tb_tokens *tokens, size_t i, const char *text,
    const char *word)
{
	size_t n = strlen(word);

	return i < tokens->n &&
	    tb_token_end(tokens, i) - tb_token_start(tokens, i) == n &&
	    strncasecmp(text + tb_token_start(tokens, i), word, n) == 0;
}
