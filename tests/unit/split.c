/*
 * SQL text into statements, against texts that break naive splitters.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/mem.h"
#include "pg/split.h"
#include "unit.h"

/* "line: statement" for each, data in braces, one a line; or the error. */
static char *
shown(const char *text)
{
	struct tb_stmts stmts = TB_STMTS_INIT;
	struct tb_err err = TB_ERR_INIT;
	struct tb_buf b = TB_BUF_INIT;

	if (tb_split(text, "f.sql", 1, &stmts, &err) == -1)
		tb_buf_add(&b, err.message);
	for (size_t i = 0; i < stmts.n && !tb_err_is_set(&err); i++) {
		tb_buf_addf(&b, "%d: %s|", stmts.v[i].line, stmts.v[i].text);
		if (stmts.v[i].data != NULL)
			tb_buf_addf(&b, "{%s}|", stmts.v[i].data);
	}
	tb_stmts_release(&stmts);
	tb_err_release(&err);
	return tb_buf_detach(&b);
}

static void
is(const char *text, const char *want, const char *what)
{
	char *got = shown(text);

	TB_IS(got, want, what);
	free(got);
}

static void
test_split(void)
{
	is("", "", "nothing");
	is(" ;; -- only\n/* comments ; */ ;", "", "no statements");
	is("SELECT 1; SELECT 2", "1: SELECT 1|1: SELECT 2|",
	    "the last semicolon may be missing");
	is("-- a\nSELECT ';' ;\n\nSELECT \"a;b\";",
	    "2: SELECT ';'|4: SELECT \"a;b\"|", "quotes and lines");
	is("SELECT $a$;$$;$a$; SELECT $$;'$$",
	    "1: SELECT $a$;$$;$a$|1: SELECT $$;'$$|", "dollar quotes");
	is("SELECT E'\\';' ; SELECT '\\'; SELECT 2",
	    "1: SELECT E'\\';'|1: SELECT '\\'|1: SELECT 2|",
	    "backslashes in two kinds of strings");
	is("/* a /* nested ; */ ; */ SELECT 1; --;\nSELECT 2",
	    "1: SELECT 1|2: SELECT 2|", "nested comments");
	is("CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); "
	   "SELECT 3",
	    "1: CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)|"
	    "1: SELECT 3|",
	    "parentheses");
	is("CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT "
	   "CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
	    "1: CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC "
	    "SELECT CASE WHEN true THEN 1 END; SELECT 2; END|1: SELECT 3|",
	    "BEGIN ATOMIC with CASE inside");
	is("BEGIN; SELECT 1; END; SELECT 2",
	    "1: BEGIN|1: SELECT 1|1: END|1: SELECT 2|",
	    "BEGIN and END of a transaction");
	is("SELECT 'é'; SELECT\n 'ü;'", "1: SELECT 'é'|1: SELECT\n 'ü;'|",
	    "characters of several bytes");
	is("SELECT 1;\r\nSELECT 2;\r\n", "1: SELECT 1|2: SELECT 2|", "CRLF");
}

static void
test_copy(void)
{
	is("COPY t FROM stdin;\n1\t'\n2\t;$$\n\\.\nSELECT 1;",
	    "1: COPY t FROM stdin|{1\t'\n2\t;$$\n}|5: SELECT 1|",
	    "COPY data is not scanned");
	is("COPY t (a) FROM STDIN WITH (FORMAT csv);\n\\.\n\nSELECT 1;",
	    "1: COPY t (a) FROM STDIN WITH (FORMAT csv)|{}|4: SELECT 1|",
	    "COPY without data lines");
	is("SELECT 1;\nCOPY t FROM stdin;\na\n\\.\nCOPY u FROM stdin;\nb\n"
	   "\\.\n",
	    "1: SELECT 1|2: COPY t FROM stdin|{a\n}|5: COPY u FROM stdin|"
	    "{b\n}|",
	    "one after the other");
	is("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$\n"
	   "COPY t FROM stdin;\n$$;\nSELECT 1;",
	    "1: CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$\n"
	    "COPY t FROM stdin;\n$$|4: SELECT 1|",
	    "the words of COPY inside a body");
	is("-- COPY t FROM stdin;\nSELECT 1;", "2: SELECT 1|",
	    "the words of COPY in a comment");
	is("COPY t FROM stdin;\n1\n",
	    "f.sql:1: the data of this COPY has no end", "data without an end");
}

static void
test_errors(void)
{
	is("SELECT 1;\nSELECT 'open;\n", "f.sql:2: unterminated quoted string",
	    "an open quote names its line");
	is("SELECT $x$ open", "f.sql:1: unterminated dollar-quoted string",
	    "an open dollar quote");
	is("SELECT 1;\n\\i other.sql\n",
	    "f.sql:2: psql commands do not belong here: \\i",
	    "a psql command names its line");
	is("\\restrict abc\nSELECT 1;\n\\unrestrict abc\n", "2: SELECT 1|",
	    "a dump's guard is passed over");
}

static void
test_kinds(void)
{
	TB_IS(tb_stmt_needs_autocommit(
		  "CREATE UNIQUE /* x */ INDEX concurrently i ON t (a)"),
	    "CREATE UNIQUE INDEX CONCURRENTLY", "concurrent index");
	TB_IS(tb_stmt_needs_autocommit("CREATE INDEX i ON t (a)"), NULL,
	    "plain index");
	TB_IS(tb_stmt_needs_autocommit("VACUUM t"), "VACUUM", "vacuum");
	TB_IS(tb_stmt_needs_autocommit(
		  "alter table t detach partition p concurrently"),
	    "ALTER TABLE DETACH CONCURRENTLY", "detach");
	TB_IS(tb_stmt_needs_autocommit("SELECT 'VACUUM'"), NULL, "a string");
	TB_IS(tb_stmt_transaction_command("-- x\ncommit work"), "COMMIT",
	    "commit");
	TB_IS(tb_stmt_transaction_command("CREATE TABLE begin (a int)"), NULL,
	    "a name is no command");
}

static void
test_hash(void)
{
	static const char *const differ[][2] = {
		{ "SELECT \"Big\"", "SELECT \"big\"" },
		{ "SELECT 'x'::\"char\"", "SELECT 'x'::char" },
		{ "SELECT \"user\"", "SELECT user" },
		{ "SELECT $$A$$", "SELECT $$a$$" },
		{ "SELECT 'A'", "SELECT 'a'" },
		{ "SELECT \"a b\"", "SELECT a b" },
		{ "SELECT U&\"A\", 1", "SELECT U&\"a\", 1" },
		{ "SELECT U&'A'", "SELECT U&'a'" },
	};
	char a[TB_HASH_LEN + 1], b[TB_HASH_LEN + 1];
	struct tb_err err = TB_ERR_INIT;

	TB_OK(tb_token_hash("SELECT 1; -- x\r\n", a, &err) == 0 &&
		tb_token_hash("/* y */ SELECT\n\t1 ;", b, &err) == 0,
	    "hashed");
	TB_IS(a, b, "white space and comments do not count");
	TB_OK(tb_token_hash("SELECT '1 '", a, &err) == 0 &&
		tb_token_hash("SELECT '1'", b, &err) == 0 && strcmp(a, b) != 0,
	    "white space in strings does");
	TB_OK(tb_token_hash("CREATE Table \"users\" (ID e'\\t')", a, &err) ==
		    0 &&
		tb_token_hash("create TABLE Users (\"id\" E'\\t')", b, &err) ==
		    0,
	    "hashed");
	TB_IS(a, b, "case and idle quotes do not count");
	for (size_t i = 0; i < TB_LEN(differ); i++)
		TB_OK(tb_token_hash(differ[i][0], a, &err) == 0 &&
			tb_token_hash(differ[i][1], b, &err) == 0 &&
			strcmp(a, b) != 0,
		    "%s is not %s", differ[i][0], differ[i][1]);
	TB_OK(tb_token_hash_by("SELECT 1", 1, a, &err) == 0 &&
		tb_token_hash_by("select 1", 1, b, &err) == 0 &&
		strcmp(a, b) != 0,
	    "by formula 1 case counts");
}

int
main(void)
{
	test_split();
	test_copy();
	test_errors();
	test_kinds();
	test_hash();
	return tb_unit_done();
}
