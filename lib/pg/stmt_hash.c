/*
 * A hash of what a statement says, whatever its layout.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/mem.h"
#include "pg/split.h"
#include "pg/token.h"

/* As the server folds a name: letters of ASCII only. */
static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static void
add_lower(struct tb_buf *b, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		tb_buf_addc(b, lower(s[i]));
}

static bool
is_plain(const char *s, size_t n)
{
	if (n == 0 || isdigit((unsigned char)s[0]))
		return false;
	for (size_t i = 0; i < n; i++)
		if ((s[i] < 'a' || s[i] > 'z') && s[i] != '_' &&
		    !isdigit((unsigned char)s[i]))
			return false;
	return true;
}

/*
 * Do the quotes around a name say nothing?  A keyword in quotes is something
 * else ("char" is not char), and so is what would be folded.
 */
static bool
is_quoted_for_nothing(const char *s, size_t n)
{
	struct tb_tokens t;
	char *word, *message;
	size_t at;
	bool yes;

	if (n < 3 || s[0] != '"' || !is_plain(s + 1, n - 2))
		return false;
	word = tb_strndup(s + 1, n - 2);
	if (tb_tokens_scan(&t, word, &message, &at) == -1) {
		free(message);
		yes = false;
	} else {
		yes =
		    t.n == 1 && tb_token_kind(&t, 0) == PG_QUERY__TOKEN__IDENT;
		tb_tokens_release(&t);
	}
	free(word);
	return yes;
}

/* Formula 2: what the server takes for the same is written the same. */
static void
add_folded(struct tb_buf *b, const char *s, size_t n)
{
	if (is_quoted_for_nothing(s, n))
		tb_buf_addn(b, s + 1, n - 2);
	else if (strchr("\"'$", s[0]) != NULL)
		tb_buf_addn(b, s, n);
	else if (memchr(s, '\'', n) != NULL || memchr(s, '"', n) != NULL) {
		/* E'...', X'...', U&"...": only what leads in. */
		tb_buf_addc(b, lower(s[0]));
		tb_buf_addn(b, s + 1, n - 1);
	} else
		add_lower(b, s, n);
}

/*
 * Of U&'...' and U&"..." libpg_query tells the beginning only: all up to the
 * next token is theirs.
 */
static size_t
end_of(const struct tb_tokens *t, size_t i, const char *text)
{
	int kind = tb_token_kind(t, i);
	size_t end;

	if (kind != PG_QUERY__TOKEN__UIDENT && kind != PG_QUERY__TOKEN__USCONST)
		return tb_token_end(t, i);
	end = i + 1 < t->n ? tb_token_start(t, i + 1) : strlen(text);
	while (isspace((unsigned char)text[end - 1]))
		end--;
	return end;
}

int
tb_token_hash_by(const char *text, int formula, char *out, struct tb_err *err)
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
		const char *s = text + tb_token_start(&t, i);
		size_t n = tb_token_end(&t, i) - tb_token_start(&t, i);

		if (tb_token_is_comment(&t, i))
			continue;
		if (formula == 1)
			tb_buf_addn(&b, s, n);
		else
			add_folded(&b, s,
			    end_of(&t, i, text) - tb_token_start(&t, i));
		tb_buf_addc(&b, ' ');
	}
	tb_hash(b.s, b.len, out);
	tb_buf_release(&b);
	tb_tokens_release(&t);
	return 0;
}

int
tb_token_hash(const char *text, char *out, struct tb_err *err)
{
	return tb_token_hash_by(text, TB_TOKEN_FORMULA, out, err);
}
