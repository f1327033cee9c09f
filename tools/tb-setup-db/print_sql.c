/*
 * The plan as a script for psql: what needs a transaction has one, and what
 * belongs into a database comes after \connect.
 */
#include "core/tb.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "report.h"

/* A name for \connect, which takes what has a = in it for a conninfo string. */
static void
put_connect(const char *name)
{
	struct tb_buf info = TB_BUF_INIT;

	for (const char *p = name; *p != '\0'; p++) {
		if (*p == '\'' || *p == '\\')
			tb_buf_addc(&info, '\\');
		tb_buf_addc(&info, *p);
	}
	(void)fputs("\n\\connect -reuse-previous=on \"dbname='", stdout);
	for (const char *p = info.s; *p != '\0'; p++) {
		if (*p == '"')
			(void)putchar('"');
		(void)putchar(*p);
	}
	(void)fputs("'\"\n", stdout);
	tb_buf_release(&info);
}

/* Words of ours with names of theirs in them: nothing may end the comment. */
static void
put_comment(const struct set_stmt *stmt)
{
	struct tb_buf b = TB_BUF_INIT;

	tb_buf_addf(&b, "%s: %s", stmt->what, stmt->why);
	for (char *p = b.s; *p != '\0'; p++)
		if ((unsigned char)*p < ' ')
			*p = ' ';
	(void)printf("-- %s\n", b.s);
	tb_buf_release(&b);
}

static void
put_statement(const struct set_stmt *stmt)
{
	put_comment(stmt);
	if (stmt->secret_of != NULL)
		(void)puts("-- (tb-setup-db does it; no password is printed)");
	else if (stmt->sql == NULL)
		(void)puts("-- (no statement can do it)");
	else
		(void)printf("%s;\n", stmt->sql);
}

static bool
same_part(const struct set_stmt *a, const struct set_stmt *b)
{
	return a->phase == b->phase &&
	    (a->phase != SET_INSIDE || a->db == b->db);
}

/* Statements i to the end of the part; returns where the next one begins. */
static size_t
put_part(const struct set_plan *plan, size_t i)
{
	const struct set_stmt *first = &plan->v[i];
	bool transaction = first->phase != SET_CREATE;

	if (first->phase == SET_INSIDE)
		put_connect(first->db->name);
	(void)puts(transaction ? "\nBEGIN;" : "");
	for (; i < plan->n && same_part(first, &plan->v[i]); i++)
		put_statement(&plan->v[i]);
	if (transaction)
		(void)puts("COMMIT;");
	return i;
}

void
set_print_sql(const struct set_report *r)
{
	if (r->plan->n == 0) {
		(void)puts("-- nothing to change");
		return;
	}
	(void)puts("\\set ON_ERROR_STOP on\n"
		   "SET client_encoding = 'UTF8';\n"
		   "SET standard_conforming_strings = on;");
	for (size_t i = 0; i < r->plan->n;)
		i = put_part(r->plan, i);
}
