/*
 * Reading a statement word by word.
 */
#include "core/tb.h"

#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/mem.h"
#include "revision/run_diagnose.h"

static void
skip_comments(struct tb_cursor *w)
{
	while (w->i < w->t.n && tb_token_is_comment(&w->t, w->i))
		w->i++;
}

bool
tb_cursor_begin(struct tb_cursor *w, const char *text)
{
	char *message;
	size_t at;

	*w = (struct tb_cursor){ .text = text };
	if (tb_tokens_scan(&w->t, text, &message, &at) == -1) {
		free(message);
		return false;
	}
	skip_comments(w);
	return true;
}

void
tb_cursor_release(struct tb_cursor *w)
{
	tb_tokens_release(&w->t);
}

bool
tb_cursor_end(const struct tb_cursor *w)
{
	return w->i >= w->t.n;
}

bool
tb_cursor_is(const struct tb_cursor *w, const char *word)
{
	return tb_token_is(&w->t, w->i, w->text, word);
}

void
tb_cursor_next(struct tb_cursor *w)
{
	if (w->i < w->t.n)
		w->i++;
	skip_comments(w);
}

bool
tb_cursor_accept(struct tb_cursor *w, const char *word)
{
	if (!tb_cursor_is(w, word))
		return false;
	tb_cursor_next(w);
	return true;
}

bool
tb_cursor_until(struct tb_cursor *w, const char *word)
{
	int depth = 0;

	for (; !tb_cursor_end(w); tb_cursor_next(w)) {
		if (depth == 0 && tb_cursor_is(w, word))
			return true;
		depth += tb_cursor_is(w, "(") - tb_cursor_is(w, ")");
	}
	return false;
}

size_t
tb_cursor_at(const struct tb_cursor *w)
{
	return tb_cursor_end(w) ? strlen(w->text) : tb_token_start(&w->t, w->i);
}

size_t
tb_cursor_behind(const struct tb_cursor *w)
{
	size_t i = w->i;

	while (i > 0 && tb_token_is_comment(&w->t, i - 1))
		i--;
	return i > 0 ? tb_token_end(&w->t, i - 1) : 0;
}

static char *
unquoted(const char *s, size_t n)
{
	struct tb_buf b = TB_BUF_INIT;

	for (size_t i = 1; i + 1 < n; i++) {
		tb_buf_addc(&b, s[i]);
		i += s[i] == '"';
	}
	return tb_buf_detach(&b);
}

static char *
folded(const char *s, size_t n)
{
	char *name = tb_strndup(s, n);

	for (char *p = name; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return name;
}

char *
tb_cursor_name(struct tb_cursor *w)
{
	const char *s;
	size_t n;
	char *name = NULL;

	if (tb_cursor_end(w))
		return NULL;
	s = w->text + tb_token_start(&w->t, w->i);
	n = tb_token_end(&w->t, w->i) - tb_token_start(&w->t, w->i);
	if (*s == '"')
		name = unquoted(s, n);
	else if (isalpha((unsigned char)*s) || *s == '_' || (*s & 0x80) != 0)
		name = memchr(s, '\'', n) == NULL ? folded(s, n) : NULL;
	if (name != NULL)
		tb_cursor_next(w);
	return name;
}

bool
tb_cursor_qualified(struct tb_cursor *w, char **schema, char **name)
{
	*schema = NULL;
	if ((*name = tb_cursor_name(w)) == NULL)
		return false;
	while (tb_cursor_accept(w, ".")) {
		free(*schema);
		*schema = *name;
		if ((*name = tb_cursor_name(w)) == NULL) {
			free(*schema);
			*schema = NULL;
			return false;
		}
	}
	return true;
}

char *
tb_cursor_group(struct tb_cursor *w)
{
	size_t from;
	int depth = 1;

	if (!tb_cursor_accept(w, "("))
		return NULL;
	from = tb_cursor_at(w);
	for (; !tb_cursor_end(w); tb_cursor_next(w)) {
		depth += tb_cursor_is(w, "(") - tb_cursor_is(w, ")");
		if (depth == 0)
			break;
	}
	if (depth > 0)
		return NULL;
	tb_cursor_next(w);
	/* Behind is the closing parenthesis. */
	return tb_strndup(w->text + from, tb_cursor_behind(w) - 1 - from);
}

void
tb_cursor_names(const char *text, struct tb_strs *names)
{
	struct tb_cursor w;

	if (!tb_cursor_begin(&w, text))
		return;
	while (!tb_cursor_end(&w)) {
		char *name = tb_cursor_name(&w);

		if (name == NULL)
			tb_cursor_next(&w);
		else if (*name != '\0' && !tb_strs_has(names, name))
			tb_strs_add(names, name);
		free(name);
	}
	tb_cursor_release(&w);
}

static bool
is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/*
 * The server's message names what it is about, in whatever language; a name is
 * there in full.
 */
const char *
tb_message_at(const char *message, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = strstr(message, name); n > 0 && p != NULL;
	     p = strstr(p + 1, name))
		if ((p == message || !is_letter(p[-1])) && !is_letter(p[n]) &&
		    /* A word of the sentence stands between blanks. */
		    !(p > message && p[-1] == ' ' && p[n] == ' ' &&
			strchr(message, '"') != NULL))
			return p;
	return NULL;
}

bool
tb_message_names(const char *message, const char *name)
{
	return tb_message_at(message, name) != NULL;
}

char *
tb_json_of(const struct tb_strs *strs)
{
	json_t *list = json_array();
	char *text;

	for (size_t i = 0; i < strs->n; i++) {
		json_t *word = json_string(strs->v[i]);

		if (word != NULL)
			(void)json_array_append_new(list, word);
	}
	text = json_dumps(list, JSON_COMPACT);
	json_decref(list);
	return text;
}
