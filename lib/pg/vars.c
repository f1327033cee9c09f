#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/split.h"
#include "pg/token.h"
#include "pg/vars.h"

/* The letters that psql takes for a variable's name. */
static size_t
name_length(const char *s)
{
	size_t n = 0;

	while ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') ||
	    (s[n] >= '0' && s[n] <= '9') || s[n] == '_' || (s[n] & 0x80) != 0)
		n++;
	return n;
}

int
tb_vars_set(struct tb_vars *v, const char *assignment, struct tb_err *err)
{
	size_t n = name_length(assignment);
	char *name;

	if (n == 0 || assignment[n] != '=') {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "\"%s\" does not set a variable", assignment);
		return tb_err_hint(err,
		    "Write NAME=VALUE; a name is of letters, digits and "
		    "\"_\".");
	}
	name = tb_strndup(assignment, n);
	for (size_t i = 0; i < v->names.n; i++)
		if (strcmp(v->names.v[i], name) == 0) {
			free(name);
			free(v->values.v[i]);
			v->values.v[i] = tb_strdup(assignment + n + 1);
			return 0;
		}
	tb_strs_take(&v->names, name);
	tb_strs_add(&v->values, assignment + n + 1);
	return 0;
}

void
tb_vars_release(struct tb_vars *v)
{
	tb_strs_release(&v->names);
	tb_strs_release(&v->values);
}

static const char *
value_of(const struct tb_vars *v, const char *name, size_t n)
{
	for (size_t i = 0; i < v->names.n; i++)
		if (strncmp(v->names.v[i], name, n) == 0 &&
		    v->names.v[i][n] == '\0')
			return v->values.v[i];
	return NULL;
}

static void
add_doubled(struct tb_buf *b, const char *s, char quote)
{
	tb_buf_addc(b, quote);
	for (; *s != '\0'; s++) {
		if (*s == quote)
			tb_buf_addc(b, quote);
		tb_buf_addc(b, *s);
	}
	tb_buf_addc(b, quote);
}

/*
 * E'' where there is a backslash, so that a script means the same whatever
 * standard_conforming_strings is.
 */
static void
add_literal(struct tb_buf *b, const char *s)
{
	if (strchr(s, '\\') == NULL) {
		add_doubled(b, s, '\'');
		return;
	}
	tb_buf_add(b, " E'");
	for (; *s != '\0'; s++) {
		if (*s == '\'' || *s == '\\')
			tb_buf_addc(b, *s);
		tb_buf_addc(b, *s);
	}
	tb_buf_addc(b, '\'');
}

/*
 * A variable begins behind a colon: append its value, return how long it is
 * in the text; 0: it is none, or not set.
 */
static size_t
expand(const struct tb_vars *v, const char *s, struct tb_buf *b)
{
	char quote = *s == '\'' || *s == '"' ? *s : '\0';
	size_t lead = quote != '\0', n = name_length(s + lead);
	const char *value;

	if (n == 0 || (quote != '\0' && s[lead + n] != quote) ||
	    (value = value_of(v, s + lead, n)) == NULL)
		return 0;
	if (quote == '\0')
		tb_buf_add(b, value);
	else if (quote == '"')
		add_doubled(b, value, '"');
	else
		add_literal(b, value);
	return n + 2 * lead;
}

/* The text with its variables filled in; NULL: there are none. */
static char *
fill_in(const struct tb_vars *v, const char *text)
{
	struct tb_buf b = TB_BUF_INIT;
	struct tb_tokens t;
	size_t done = 0;
	char *message;
	size_t at;

	if (strchr(text, ':') == NULL)
		return NULL;
	if (tb_tokens_scan(&t, text, &message, &at) == -1) {
		free(message);
		return NULL;
	}
	for (size_t i = 0; i < t.n; i++) {
		size_t start = tb_token_start(&t, i), keep = b.len, n;

		if (start < done || text[start] != ':' ||
		    tb_token_end(&t, i) != start + 1)
			continue;
		tb_buf_addn(&b, text + done, start - done);
		n = expand(v, text + start + 1, &b);
		if (n == 0)
			tb_buf_truncate(&b, keep);
		else
			done = start + 1 + n;
	}
	tb_tokens_release(&t);
	if (done == 0) {
		tb_buf_release(&b);
		return NULL;
	}
	tb_buf_add(&b, text + done);
	return tb_buf_detach(&b);
}

static void
take(struct tb_stmts *to, struct tb_stmt stmt)
{
	to->v = tb_grow(to->v, to->n, &to->cap, sizeof(*to->v));
	to->v[to->n++] = stmt;
}

/* The statement's new text, which may be none or several. */
static int
take_text(struct tb_stmts *to, struct tb_stmt *old, const char *text,
    const char *file, struct tb_err *err)
{
	struct tb_stmts parts = TB_STMTS_INIT;
	int rc = tb_split(text, file, old->line, &parts, err);

	if (rc == 0 && parts.n > 0) {
		parts.v[parts.n - 1].data = old->data;
		old->data = NULL;
	}
	for (size_t i = 0; i < parts.n && rc == 0; i++) {
		parts.v[i].line = old->line;
		take(to, parts.v[i]);
	}
	if (rc == -1) {
		tb_stmts_release(&parts);
		return -1;
	}
	free(parts.v);
	return 0;
}

int
tb_vars_apply(const struct tb_vars *v, struct tb_stmts *stmts, const char *file,
    struct tb_err *err)
{
	struct tb_stmts out = TB_STMTS_INIT;
	int rc = 0;

	if (v->names.n == 0)
		return 0;
	for (size_t i = 0; i < stmts->n; i++) {
		struct tb_stmt *stmt = &stmts->v[i];
		char *text = rc == 0 ? fill_in(v, stmt->text) : NULL;

		if (text == NULL) {
			take(&out, *stmt);
			*stmt = (struct tb_stmt){ .text = NULL };
			continue;
		}
		rc = take_text(&out, stmt, text, file, err);
		free(text);
		free(stmt->text);
		free(stmt->data);
		*stmt = (struct tb_stmt){ .text = NULL };
	}
	tb_stmts_release(stmts);
	*stmts = out;
	return rc;
}
