/*
 * split.h: SQL text into statements, with PostgreSQL's own scanner.
 *
 *	struct tb_stmts stmts = TB_STMTS_INIT;
 *
 *	if (tb_split(text, "init.sql", 1, &stmts, err) == -1)
 *		return -1;
 *	for (size_t i = 0; i < stmts.n; i++)
 *		run(stmts.v[i].text, stmts.v[i].line);
 *	tb_stmts_release(&stmts);
 *
 * A semicolon ends a statement outside parentheses and outside BEGIN ATOMIC
 * ... END.  Comments before a statement are left out of it; a statement of
 * nothing but comments is none.
 *
 * "COPY ... FROM STDIN;" at the end of a line is followed by its data, up to a
 * line "\.".  psql's meta-commands are refused with file and line, but for
 * \restrict and \unrestrict, which dumps hold and which are passed over.
 */
#ifndef TB_PG_SPLIT_H
#define TB_PG_SPLIT_H

#include "core/tb.h"

struct tb_err;

struct tb_stmt {
	char *text; /* without the semicolon; owned by the list */
	int line; /* where its first word stands, from the file's first line */
	char *data; /* inline COPY data, owned; NULL: none */
};

struct tb_stmts {
	struct tb_stmt *v;
	size_t n, cap;
};

/* clang-format off */
#define TB_STMTS_INIT	{ NULL, 0, 0 }
/* clang-format on */

/*
 * first_line: the number of the text's first line in the file.  65 with file
 * and line when the scanner finds no end (an open quote, a stray character).
 */
int tb_split(const char *text, const char *file, int first_line,
    struct tb_stmts *, struct tb_err *) TB_MUSTCHECK;

void tb_stmts_release(struct tb_stmts *);

/*
 * The SHA-256 of the tokens, one blank between, as hex in out[65]: white
 * space, comments and line ends do not count, nor the case of keywords and
 * names, nor quotes around a name that means the same without.  65 as
 * tb_split.
 */
#define TB_TOKEN_FORMULA 2

int tb_token_hash(const char *text, char *out, struct tb_err *) TB_MUSTCHECK;

/* The same by an older formula: in 1 case and quotes counted. */
int tb_token_hash_by(const char *text, int formula, char *out,
    struct tb_err *) TB_MUSTCHECK;

/*
 * Why this statement cannot run inside a transaction block, in words ("CREATE
 * INDEX CONCURRENTLY"); NULL: it can.  Static text.
 */
const char *tb_stmt_needs_autocommit(const char *text);

/*
 * The statement's transaction command ("BEGIN", "COMMIT", "ROLLBACK", ...) if
 * it is one; NULL otherwise.  Static text.
 */
const char *tb_stmt_transaction_command(const char *text);

#endif /* TB_PG_SPLIT_H */
