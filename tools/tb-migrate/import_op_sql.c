/*
 * Pieces of SQL, as SQLAlchemy writes them.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/err.h"
#include "core/mem.h"
#include "import_op.h"
#include "pg/split.h"
#include "pg/token.h"

/* May the name stand without quotes?  PostgreSQL's own scanner knows. */
static bool
is_plain(const char *name)
{
	struct tb_tokens t;
	char *message;
	size_t at;
	bool plain;

	if (!islower((unsigned char)name[0]) && name[0] != '_')
		return false;
	for (const char *p = name; *p != '\0'; p++)
		if (!islower((unsigned char)*p) &&
		    !isdigit((unsigned char)*p) && *p != '_')
			return false;
	if (tb_tokens_scan(&t, name, &message, &at) == -1) {
		free(message);
		return false;
	}
	plain = t.n == 1 &&
	    (t.scan->tokens[0]->keyword_kind ==
		    PG_QUERY__KEYWORD_KIND__NO_KEYWORD ||
		t.scan->tokens[0]->keyword_kind ==
		    PG_QUERY__KEYWORD_KIND__UNRESERVED_KEYWORD);
	tb_tokens_release(&t);
	return plain;
}

static void
quote(struct tb_buf *b, const char *text, char mark)
{
	tb_buf_addc(b, mark);
	for (; *text != '\0'; text++) {
		if (*text == mark)
			tb_buf_addc(b, mark);
		tb_buf_addc(b, *text);
	}
	tb_buf_addc(b, mark);
}

void
mig_op_ident(struct tb_buf *b, const char *name)
{
	if (is_plain(name))
		tb_buf_add(b, name);
	else
		quote(b, name, '"');
}

void
mig_op_idents(struct tb_buf *b, const struct tb_strs *names)
{
	for (size_t i = 0; i < names->n; i++) {
		if (i > 0)
			tb_buf_add(b, ", ");
		mig_op_ident(b, names->v[i]);
	}
}

void
mig_op_table(struct tb_buf *b, const char *schema, const char *table)
{
	if (schema != NULL && *schema != '\0') {
		mig_op_ident(b, schema);
		tb_buf_addc(b, '.');
	}
	mig_op_ident(b, table);
}

void
mig_op_literal(struct tb_buf *b, const char *text)
{
	quote(b, text, '\'');
}

struct tb_buf *
mig_op_begin(struct mig_op *x, const char *words)
{
	tb_buf_add(x->out, words);
	return x->out;
}

void
mig_op_end(struct mig_op *x)
{
	tb_buf_add(x->out, ";\n");
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80) != 0;
}

/* The length of the word behind a colon. */
static size_t
word_behind(const char *colon)
{
	size_t n = 0;

	while (is_word(colon[1 + n]) || colon[1 + n] == '$')
		n++;
	return n;
}

/*
 * ":x" is a bind parameter, unless a colon, a backslash or a letter stands
 * before it or a colon behind it.
 */
static bool
is_parameter(const char *text, const char *colon)
{
	size_t n = word_behind(colon);

	if (colon > text &&
	    (strchr(":\\$", colon[-1]) != NULL || is_word(colon[-1])))
		return false;
	return n > 0 && colon[1 + n] != ':';
}

bool
mig_op_text(struct mig_op *x, struct tb_buf *b, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == ':' && is_parameter(text, p))
			return mig_op_fail(x, "bind parameter %.*s",
			    (int)word_behind(p) + 1, p);
		/* "\:x" is how a colon is written that begins none. */
		if (p[0] != '\\' || p[1] != ':' ||
		    p[2 + word_behind(p + 1)] == ':')
			tb_buf_addc(b, *p);
	}
	return true;
}

/* Functions that SQL calls without parentheses. */
static bool
is_bare_function(const char *name)
{
	static const char *const names[] = { "current_date", "current_time",
		"current_timestamp", "current_user", "localtime",
		"localtimestamp", "session_user", "user" };

	for (size_t i = 0; i < TB_LEN(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* An argument of a function: a plain string is a value here. */
static bool
add_argument(struct mig_op *x, struct mig_py *e, struct tb_buf *b)
{
	struct mig_py *value = mig_op_value(x, e);

	switch (value->kind) {
	case MIG_PY_STRING:
		mig_op_literal(b, value->text);
		return true;
	case MIG_PY_NUMBER:
		tb_buf_add(b, value->text);
		return true;
	case MIG_PY_TRUE:
	case MIG_PY_FALSE:
		tb_buf_add(b, value->kind == MIG_PY_TRUE ? "true" : "false");
		return true;
	case MIG_PY_NONE:
		tb_buf_add(b, "NULL");
		return true;
	default:
		return mig_op_expr(x, value, b);
	}
}

static bool
add_function(struct mig_op *x, struct mig_py *call, const char *name,
    struct tb_buf *b)
{
	if (call->kind != MIG_PY_CALL)
		return mig_op_fail(x, "%s is not called", call->text);
	tb_buf_add(b, name);
	if (call->n == 0 && is_bare_function(name))
		return true;
	tb_buf_addc(b, '(');
	for (size_t i = 0; i < call->n; i++) {
		if (call->v[i]->keyword != NULL)
			return mig_op_fail(x, "argument \"%s\" of a function",
			    call->v[i]->keyword);
		if (i > 0)
			tb_buf_add(b, ", ");
		if (!add_argument(x, call->v[i], b))
			return false;
	}
	tb_buf_addc(b, ')');
	return true;
}

/* What a call with one string makes of it; false: it is no such call. */
static bool
one_string(struct mig_op *x, struct mig_py *e, const char **s)
{
	return e->kind == MIG_PY_CALL && e->n == 1 &&
	    e->v[0]->keyword == NULL && mig_op_string(x, e->v[0], s) &&
	    *s != NULL;
}

bool
mig_op_expr(struct mig_op *x, struct mig_py *e, struct tb_buf *b)
{
	static const char func[] = "sa.func.";
	const char *path, *s;

	e = mig_op_value(x, e);
	if (e->kind == MIG_PY_STRING)
		return mig_op_text(x, b, e->text);
	if ((path = mig_op_path(x, e)) == NULL)
		return mig_op_fail(x, "expression %s",
		    e->text != NULL ? e->text : "of Python");
	if (strncmp(path, func, strlen(func)) == 0)
		return add_function(x, e, path + strlen(func), b);
	if (strcmp(path, "sa.true") == 0 || strcmp(path, "sa.false") == 0 ||
	    strcmp(path, "sa.null") == 0) {
		tb_buf_add(b, strcmp(path, "sa.null") == 0 ? "NULL" : path + 3);
		return true;
	}
	if (strcmp(path, "sa.text") == 0 && one_string(x, e, &s))
		return mig_op_text(x, b, s);
	if (strcmp(path, "sa.literal_column") == 0 && one_string(x, e, &s)) {
		tb_buf_add(b, s);
		return true;
	}
	if (strcmp(path, "sa.column") == 0 && one_string(x, e, &s)) {
		mig_op_ident(b, s);
		return true;
	}
	if (strcmp(path, "sa.desc") == 0 && e->kind == MIG_PY_CALL &&
	    e->n == 1) {
		if (!mig_op_expr(x, e->v[0], b))
			return false;
		tb_buf_add(b, " DESC");
		return true;
	}
	return mig_op_fail(x, "expression %s", path);
}

/* White space that all lines share may go, if no token goes over a line. */
static bool
tokens_are_short(const char *text)
{
	struct tb_tokens t;
	char *message;
	size_t at;
	bool ok = true;

	if (tb_tokens_scan(&t, text, &message, &at) == -1) {
		free(message);
		return false;
	}
	for (size_t i = 0; i < t.n && ok; i++) {
		size_t start = tb_token_start(&t, i);

		ok = memchr(text + start, '\n', tb_token_end(&t, i) - start) ==
		    NULL;
	}
	tb_tokens_release(&t);
	return ok;
}

static size_t
shared_indent(const char *text)
{
	size_t shared = (size_t)-1;

	/* The first line stands behind the quotes. */
	for (const char *line = strchr(text, '\n'); line != NULL;
	     line = strchr(line, '\n')) {
		size_t n = strspn(++line, " \t");

		if (line[n] != '\n' && line[n] != '\0' && n < shared)
			shared = n;
	}
	return shared == (size_t)-1 ? 0 : shared;
}

static void
add_dedented(struct tb_buf *b, const char *text, size_t indent)
{
	for (; *text != '\0'; text++) {
		tb_buf_addc(b, *text);
		if (*text == '\n') {
			size_t n = strspn(text + 1, " \t");

			text += n < indent ? n : indent;
		}
	}
}

/* Does a comment stand behind the last statement? */
static bool
ends_in_comment(const char *text)
{
	const char *line = strrchr(text, '\n');

	return strstr(line != NULL ? line : text, "--") != NULL;
}

/* DROP TYPE [IF EXISTS] name, ... */
static void
note_dropped_types(struct mig_op *x, const char *sql)
{
	struct tb_tokens t;
	char *message, *name;
	size_t at;

	if (strncasecmp(sql, "drop type", 9) != 0)
		return;
	if (tb_tokens_scan(&t, sql, &message, &at) == -1) {
		free(message);
		return;
	}
	for (size_t i = tb_token_is(&t, 2, sql, "if") ? 4 : 2; i < t.n; i++) {
		size_t start = tb_token_start(&t, i);

		if (i + 2 < t.n && sql[tb_token_start(&t, i + 1)] == '.')
			i += 2;
		name = tb_strndup(sql + start, tb_token_end(&t, i) - start);
		mig_op_forget_type(x, name);
		free(name);
	}
	tb_tokens_release(&t);
}

/* The words of a message without "SQL:1: ". */
static const char *
after_place(const char *message)
{
	const char *words = strstr(message, ": ");

	return words != NULL ? words + 2 : message;
}

/* What a revision must not hold. */
static bool
is_fit(struct mig_op *x, const char *sql)
{
	struct tb_stmts stmts = TB_STMTS_INIT;
	struct tb_err err = TB_ERR_INIT;
	const char *command = NULL;
	bool ok = true;

	if (strncmp(sql, "--:", 3) == 0 || strstr(sql, "\n--:") != NULL)
		return mig_op_fail(x, "a line that begins with --:");
	if (tb_split(sql, "SQL", 1, &stmts, &err) == -1)
		ok = mig_op_fail(x, "%s", after_place(err.message));
	for (size_t i = 0; ok && command == NULL && i < stmts.n; i++) {
		command = tb_stmt_transaction_command(stmts.v[i].text);
		note_dropped_types(x, stmts.v[i].text);
	}
	/* Alone it means: the rest is not to be in a transaction. */
	if (command != NULL && strcmp(command, "COMMIT") == 0 && stmts.n == 1)
		x->rev->no_transaction = true;
	else if (command != NULL)
		ok = mig_op_fail(x, "%s", command);
	tb_stmts_release(&stmts);
	tb_err_release(&err);
	return ok;
}

static bool
is_commit(const char *sql)
{
	const char *command = tb_stmt_transaction_command(sql);

	return command != NULL && strcmp(command, "COMMIT") == 0;
}

bool
mig_op_statements(struct mig_op *x, const char *text)
{
	struct tb_buf b = TB_BUF_INIT;
	const char *start = text + strspn(text, " \t\r\n\f\v");
	size_t indent;
	bool ok = mig_op_text(x, &b, start);

	tb_buf_rtrim(&b);
	ok = ok && is_fit(x, b.s);
	if (ok && b.len > 0 && !is_commit(b.s)) {
		indent = tokens_are_short(b.s) ? shared_indent(text) : 0;
		add_dedented(x->out, b.s, indent);
		if (b.s[b.len - 1] != ';')
			tb_buf_add(x->out, ends_in_comment(b.s) ? "\n;" : ";");
		tb_buf_addc(x->out, '\n');
	}
	tb_buf_release(&b);
	return ok;
}
