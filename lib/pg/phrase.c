#include "core/tb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/mem.h"
#include "pg/phrase.h"

bool
tb_phrase_scan(struct tb_phrase *w, const char *text)
{
	char *message;
	size_t position;

	*w = (struct tb_phrase){ .text = text };
	if (tb_tokens_scan(&w->tokens, text, &message, &position) == -1) {
		free(message);
		return false;
	}
	w->at = tb_calloc(w->tokens.n + 1, sizeof(*w->at));
	for (size_t i = 0; i < w->tokens.n; i++)
		if (!tb_token_is_comment(&w->tokens, i))
			w->at[w->n++] = i;
	return true;
}

void
tb_phrase_release(struct tb_phrase *w)
{
	tb_tokens_release(&w->tokens);
	free(w->at);
	*w = (struct tb_phrase){ .text = NULL };
}

size_t
tb_phrase_start(const struct tb_phrase *w, size_t i)
{
	return tb_token_start(&w->tokens, w->at[i]);
}

size_t
tb_phrase_end(const struct tb_phrase *w, size_t i)
{
	return tb_token_end(&w->tokens, w->at[i]);
}

static bool
is_word(const struct tb_phrase *w, size_t i, const char *word, size_t n)
{
	return i < w->n && tb_phrase_end(w, i) - tb_phrase_start(w, i) == n &&
	    strncasecmp(w->text + tb_phrase_start(w, i), word, n) == 0;
}

bool
tb_phrase_are(const struct tb_phrase *w, size_t i, const char *words)
{
	for (; *words != '\0'; i++) {
		size_t n = strcspn(words, " ");

		if (!is_word(w, i, words, n))
			return false;
		words += n;
		words += strspn(words, " ");
	}
	return true;
}

size_t
tb_phrase_find(const struct tb_phrase *w, size_t i, const char *word)
{
	while (i < w->n && !is_word(w, i, word, strlen(word)))
		i++;
	return i < w->n ? i : w->n;
}

static int
kind(const struct tb_phrase *w, size_t i)
{
	return i < w->n ? tb_token_kind(&w->tokens, w->at[i]) : 0;
}

bool
tb_phrase_is_string(const struct tb_phrase *w, size_t i)
{
	int k = kind(w, i);

	return k == PG_QUERY__TOKEN__SCONST || k == PG_QUERY__TOKEN__USCONST;
}

/* A name or a word that may be one: the server knows which are reserved. */
static bool
may_be_name(const struct tb_phrase *w, size_t i)
{
	const char *s;

	if (i >= w->n || tb_phrase_is_string(w, i))
		return false;
	s = w->text + tb_phrase_start(w, i);
	return *s == '"' || *s == '_' || (*s >= 'a' && *s <= 'z') ||
	    (*s >= 'A' && *s <= 'Z') || ((unsigned char)*s & 0x80) != 0;
}

char *
tb_phrase_name(const struct tb_phrase *w, size_t i, size_t *next)
{
	struct tb_buf b = TB_BUF_INIT;

	for (;;) {
		if (!may_be_name(w, i)) {
			tb_buf_release(&b);
			return NULL;
		}
		tb_buf_addn(&b, w->text + tb_phrase_start(w, i),
		    tb_phrase_end(w, i) - tb_phrase_start(w, i));
		if (!is_word(w, ++i, ".", 1))
			break;
		tb_buf_addc(&b, '.');
		i++;
	}
	*next = i;
	return tb_buf_detach(&b);
}

static bool
says_no(const struct tb_phrase *w, size_t i)
{
	static const char *const words[] = { "false", "off", "0", "no",
		"'false'", "'off'", "'0'", "'no'" };

	for (size_t k = 0; k < TB_LEN(words); k++)
		if (is_word(w, i, words[k], strlen(words[k])))
			return true;
	return false;
}

int
tb_phrase_option(const struct tb_phrase *w, size_t i, const char *name)
{
	i = tb_phrase_find(w, i, name);
	if (i == w->n)
		return -1;
	if (is_word(w, i + 1, "=", 1))
		i++;
	return !says_no(w, i + 1);
}
