/*
 * What a statement is, by its first tokens; and its hash.
 */
#include "core/tb.h"

#include <bsd/string.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/mem.h"
#include "pg/split.h"
#include "pg/token.h"

/*
 * Statements that PostgreSQL refuses inside a transaction block, as words in
 * order.  "*" stands for any words between.
 */
static const char *const outside[][6] = {
	{ "CREATE", "INDEX", "CONCURRENTLY" },
	{ "CREATE", "UNIQUE", "INDEX", "CONCURRENTLY" },
	{ "DROP", "INDEX", "CONCURRENTLY" },
	{ "REINDEX", "*", "CONCURRENTLY" },
	{ "REINDEX", "DATABASE" },
	{ "REINDEX", "SYSTEM" },
	{ "REINDEX", "SCHEMA" },
	{ "ALTER", "TABLE", "*", "DETACH", "*", "CONCURRENTLY" },
	{ "VACUUM" },
	{ "CREATE", "DATABASE" },
	{ "DROP", "DATABASE" },
	{ "CREATE", "TABLESPACE" },
	{ "DROP", "TABLESPACE" },
	{ "ALTER", "SYSTEM" },
	{ "ALTER", "DATABASE", "*", "TABLESPACE" },
	{ "CREATE", "SUBSCRIPTION" },
	{ "DROP", "SUBSCRIPTION" },
	{ "ALTER", "SUBSCRIPTION", "*", "REFRESH" },
};

static const char *const transaction_words[] = { "BEGIN", "START", "COMMIT",
	"END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE" };

/* The position of the n-th token that is no comment; t->n beyond the end. */
static size_t
next_real(const struct tb_tokens *t, size_t i)
{
	while (i < t->n && tb_token_is_comment(t, i))
		i++;
	return i;
}

static bool
words_match(const struct tb_tokens *t, const char *text, size_t i,
    const char *const *words, size_t n)
{
	bool any = false;

	for (; n > 0 && *words != NULL; words++, n--) {
		if (strcmp(*words, "*") == 0) {
			any = true;
			continue;
		}
		i = next_real(t, i);
		while (any && i < t->n && !tb_token_is(t, i, text, *words))
			i = next_real(t, i + 1);
		if (!tb_token_is(t, i, text, *words))
			return false;
		any = false;
		i++;
	}
	return true;
}

static const char *
joined(const char *const *words, size_t n)
{
	static char text[80];

	text[0] = '\0';
	for (; n > 0 && *words != NULL; words++, n--) {
		if (strcmp(*words, "*") == 0)
			continue;
		if (text[0] != '\0')
			(void)strlcat(text, " ", sizeof(text));
		(void)strlcat(text, *words, sizeof(text));
	}
	return text;
}

static bool
scan_quietly(struct tb_tokens *t, const char *text)
{
	char *message;
	size_t at;

	if (tb_tokens_scan(t, text, &message, &at) == 0)
		return true;
	free(message);
	return false;
}

const char *
tb_stmt_needs_autocommit(const char *text)
{
	const size_t max = TB_LEN(outside[0]);
	const char *why = NULL;
	struct tb_tokens t;

	if (!scan_quietly(&t, text))
		return NULL;
	for (size_t i = 0; i < TB_LEN(outside) && why == NULL; i++)
		if (words_match(&t, text, 0, outside[i], max))
			why = joined(outside[i], max);
	tb_tokens_release(&t);
	return why;
}

const char *
tb_stmt_transaction_command(const char *text)
{
	const char *found = NULL;
	struct tb_tokens t;
	size_t first;

	if (!scan_quietly(&t, text))
		return NULL;
	first = next_real(&t, 0);
	for (size_t i = 0; i < TB_LEN(transaction_words); i++)
		if (tb_token_is(&t, first, text, transaction_words[i]))
			found = transaction_words[i];
	tb_tokens_release(&t);
	return found;
}

int
tb_token_hash(const char *text, char *out, struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	struct tb_tokens t;
	char *message;
	size_t at;

	if (tb_tokens_scan(&t, text, &message, &at) == -1) {
		(void)tb_err_set(err, TB_EXIT_DATA, "%s", message);
		free(message);
		return -1;
	}
	for (size_t i = 0; i < t.n; i++) {
		size_t start = tb_token_start(&t, i);

		if (tb_token_is_comment(&t, i))
			continue;
		tb_buf_addn(&b, text + start, tb_token_end(&t, i) - start);
		tb_buf_addc(&b, ' ');
	}
	tb_hash(b.s, b.len, out);
	tb_buf_release(&b);
	tb_tokens_release(&t);
	return 0;
}
