/*
 * SQL of another tool as a section of a revision file.
 *
 * The text stays as it is, comments and layout, but for three things: a
 * transaction around the whole of it is taken off, since each revision runs in
 * one anyway; a comment that would look like a key is moved by a blank; and
 * what cannot be run here gets a mark.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/keys.h"
#include "core/mem.h"
#include "import.h"
#include "pg/split.h"
#include "pg/token.h"

struct work {
	const struct mig_imp *imp;
	struct mig_imp_rev *rev;
	const struct mig_imp_sql *sql;
	struct tb_buf marks; /* lines for the top of the section */
	struct tb_buf text;
	struct tb_stmts stmts;
};

/* Line ends become LF; blank lines at the start and the end go away. */
static void
normalize(struct tb_buf *out, const char *text, int *line)
{
	const char *start = text;

	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		start = text += 3;
	for (; isspace((unsigned char)*text); text++)
		if (*text == '\n') {
			start = text + 1;
			++*line;
		}
	for (text = start; *text != '\0'; text++)
		if (text[0] != '\r' || text[1] != '\n')
			tb_buf_addc(out, *text);
	tb_buf_rtrim(out);
	if (out->len > 0)
		tb_buf_addc(out, '\n');
}

/* "path:line: words" into its parts: the words; *line stays if there is none */
static const char *
after_place(const char *message, const char *path, int *line)
{
	size_t n = strlen(path);
	char *end;
	long number;

	if (strncmp(message, path, n) != 0 || message[n] != ':')
		return message;
	number = strtol(message + n + 1, &end, 10);
	if (*end != ':')
		return message;
	*line = (int)number;
	return end + 1 + strspn(end + 1, " ");
}

static void
mark_error(struct work *w, const struct tb_err *err, int first_line)
{
	int line = first_line;
	const char *words = after_place(err->message, w->sql->path, &line);

	mig_imp_mark(w->imp, w->rev, &w->marks, w->sql->path, line, "%s",
	    words);
}

/* Where a statement begins: not before from. */
static const char *
find_stmt(const char *from, const struct tb_stmt *stmt)
{
	return strstr(from, stmt->text);
}

/* Take the i-th statement out of the text, with its semicolon and line. */
static bool
cut(struct work *w, size_t i)
{
	struct tb_buf b = TB_BUF_INIT;
	const char *at = w->text.s, *end;

	for (size_t j = 0; j <= i && at != NULL; j++) {
		at = find_stmt(at, &w->stmts.v[j]);
		if (at != NULL && j < i)
			at += strlen(w->stmts.v[j].text);
	}
	if (at == NULL)
		return false;
	end = at + strlen(w->stmts.v[i].text);
	while (*end == ' ' || *end == ';')
		end++;
	if (*end == '\n' && (at == w->text.s || at[-1] == '\n'))
		end++;
	/* Of the blank lines around it one is enough. */
	if (*end == '\n' && at - w->text.s >= 2 && at[-2] == '\n')
		end++;
	tb_buf_addn(&b, w->text.s, (size_t)(at - w->text.s));
	tb_buf_add(&b, end);
	tb_buf_release(&w->text);
	w->text = b;
	return true;
}

static const char *
command(const struct work *w, size_t i)
{
	return tb_stmt_transaction_command(w->stmts.v[i].text);
}

static bool
begins(const struct work *w, size_t i)
{
	const char *word = command(w, i);

	return word != NULL &&
	    (strcmp(word, "BEGIN") == 0 || strcmp(word, "START") == 0);
}

static bool
ends(const struct work *w, size_t i)
{
	const char *word = command(w, i);

	return word != NULL &&
	    (strcmp(word, "COMMIT") == 0 || strcmp(word, "END") == 0 ||
		(w->sql->rollback && strcmp(word, "ROLLBACK") == 0));
}

/* A BEGIN as the first statement with its COMMIT as the last. */
static void
strip_transaction(struct work *w)
{
	size_t n = w->stmts.n;

	if (n >= 2 && begins(w, 0) && ends(w, n - 1)) {
		(void)cut(w, n - 1);
		(void)cut(w, 0);
	}
}

static void
mark_transactions(struct work *w, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		if (command(w, i) != NULL)
			mig_imp_mark(w->imp, w->rev, &w->marks, w->sql->path,
			    w->stmts.v[i].line,
			    "%s inside: the transaction is tb-migrate's",
			    command(w, i));
}

/* :'name' and :"name" are psql's. */
static bool
is_psql_variable(const struct tb_tokens *t, size_t i, const char *text)
{
	size_t end;

	if (tb_token_kind(t, i) != ':' || i + 1 >= t->n)
		return false;
	end = tb_token_end(t, i);
	return end == tb_token_start(t, i + 1) &&
	    (text[end] == '\'' || text[end] == '"');
}

static void
mark_variables(struct work *w, const struct tb_stmt *stmt)
{
	struct tb_tokens t;
	char *message;
	size_t at;

	if (strstr(stmt->text, ":'") == NULL &&
	    strstr(stmt->text, ":\"") == NULL)
		return;
	if (tb_tokens_scan(&t, stmt->text, &message, &at) == -1) {
		free(message);
		return;
	}
	for (size_t i = 0; i < t.n; i++)
		if (is_psql_variable(&t, i, stmt->text)) {
			mig_imp_mark(w->imp, w->rev, &w->marks, w->sql->path,
			    stmt->line, "a variable of psql");
			break;
		}
	tb_tokens_release(&t);
}

/*
 * A line "--: ..." would be a key.  Between statements it is a comment, and a
 * blank more does no harm; inside one it may be part of a string.
 */
static void
move_keys(struct work *w)
{
	struct tb_buf b = TB_BUF_INIT;
	struct tb_lines in = tb_lines(w->text.s);
	struct tb_slice line;
	struct tb_key key;

	if (strstr(w->text.s, "--:") == NULL)
		return;
	for (size_t i = 0; i < w->stmts.n; i++) {
		const struct tb_stmt *stmt = &w->stmts.v[i];

		if (strstr(stmt->text, "\n--:") != NULL ||
		    (stmt->data != NULL &&
			(strncmp(stmt->data, "--:", 3) == 0 ||
			    strstr(stmt->data, "\n--:") != NULL)))
			mig_imp_mark(w->imp, w->rev, &w->marks, w->sql->path,
			    stmt->line,
			    "a line that begins with --: inside a statement");
	}
	while (tb_lines_next(&in, &line)) {
		if (tb_key_parse(line, &key)) {
			tb_buf_add(&b, "-- ");
			line.s += 2;
			line.n -= 2;
		}
		tb_buf_addn(&b, line.s, line.n);
		tb_buf_addc(&b, '\n');
	}
	tb_buf_release(&w->text);
	w->text = b;
}

static void
look_at_statements(struct work *w, struct mig_imp_section *out)
{
	size_t n = w->stmts.n, first = 0, end = n;

	if (n >= 2 && begins(w, 0) && ends(w, n - 1)) {
		first++;
		end--;
	}
	for (size_t i = 0; i < n; i++)
		mark_variables(w, &w->stmts.v[i]);
	mark_transactions(w, first, end);
	strip_transaction(w);
	out->statements += end - first;
}

void
mig_imp_section(const struct mig_imp *imp, struct mig_imp_rev *r,
    struct mig_imp_section *out, const struct mig_imp_sql *sql)
{
	struct work w = {
		.imp = imp,
		.rev = r,
		.sql = sql,
		.marks = TB_BUF_INIT,
		.text = TB_BUF_INIT,
		.stmts = TB_STMTS_INIT,
	};
	struct tb_err err = TB_ERR_INIT;
	struct tb_buf all = TB_BUF_INIT, text = TB_BUF_INIT;
	size_t marks = r->n_marks;
	int line = sql->line;

	normalize(&w.text, sql->text, &line);
	if (tb_split(w.text.s, sql->path, line, &w.stmts, &err) == -1)
		mark_error(&w, &err, line);
	else
		look_at_statements(&w, out);
	move_keys(&w);
	normalize(&text, w.text.s, &line);
	if (out->text != NULL)
		tb_buf_add(&all, out->text);
	tb_buf_add(&all, w.marks.s);
	tb_buf_add(&all, text.s);
	free(out->text);
	out->text = tb_buf_detach(&all);
	out->marks += r->n_marks - marks;
	tb_buf_release(&w.marks);
	tb_buf_release(&w.text);
	tb_buf_release(&text);
	tb_stmts_release(&w.stmts);
	tb_err_release(&err);
}

int
mig_imp_section_file(const struct mig_imp *imp, struct mig_imp_rev *r,
    struct mig_imp_section *out, const char *path, struct tb_err *err)
{
	struct tb_buf b = TB_BUF_INIT;
	struct mig_imp_sql sql = { .path = path, .line = 1 };
	int rc = tb_file_read(path, &b, err);

	if (rc == 0) {
		sql.text = b.s;
		mig_imp_section(imp, r, out, &sql);
	}
	tb_buf_release(&b);
	return rc;
}
