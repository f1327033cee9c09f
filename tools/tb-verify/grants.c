/*
 * grants.c: privileges that come from whoever sets a database up, by default
 * privileges and on the schema public, and not from the SQL that is replayed.
 *
 * Default privileges in a schema can be given only when it is there, so they
 * are given anew after each statement that may have made one.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "replay.h"

/* In small letters, with one blank between words. */
static char *
plain_text(const char *text, size_t n)
{
	struct tb_buf b = TB_BUF_INIT;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (isspace(c) == 0)
			tb_buf_addc(&b, (char)tolower(c));
		else if (b.len > 0 && b.s[b.len - 1] != ' ')
			tb_buf_addc(&b, ' ');
	}
	return tb_buf_detach(&b);
}

static const char *
last_of(const char *text, const char *word)
{
	const char *found = NULL, *next = text;

	while ((next = strstr(next, word)) != NULL)
		found = next++;
	return found;
}

/* In small letters; schema NULL: everywhere. */
struct rule {
	char *schema, *objects, *grantee;
};

/*
 * Does this text, behind DEFAULT PRIVILEGES, say so?  Where it is put together
 * by a program the grantee may be anybody.
 */
static bool
says(const char *text, const struct rule *rule)
{
	const char *in = strstr(text, " in schema ");
	const char *to = last_of(text, " to "), *from = last_of(text, " from ");
	const char *who = to != NULL ? to : from;

	if (who == NULL || strstr(text, rule->objects) == NULL)
		return false;
	if (strpbrk(text, ":%|") != NULL)
		return true;
	if (strstr(who, rule->grantee) == NULL)
		return false;
	if (rule->schema == NULL || in == NULL)
		return rule->schema == NULL && in == NULL;
	return strstr(in, rule->schema) != NULL;
}

static bool
is_made_by(const char *sql, const struct rule *rule)
{
	static const char words[] = "default privileges";

	while ((sql = strcasestr(sql, "default")) != NULL) {
		size_t n = strcspn(sql, ";");
		char *text = plain_text(sql, n);
		bool found = strncmp(text, words, sizeof(words) - 1) == 0 &&
		    says(text, rule);

		free(text);
		if (found)
			return true;
		sql++;
	}
	return false;
}

static char *
lower(const char *text)
{
	return text != NULL ? plain_text(text, strlen(text)) : NULL;
}

static bool
is_of_the_sql(const struct ver_making *m, const PGresult *res, int row)
{
	struct rule rule = {
		.schema = lower(tb_pg_get(res, row, "schema")),
		.objects = lower(tb_pg_get(res, row, "objects")),
		.grantee = lower(tb_pg_get(res, row, "grantee")),
	};
	bool yes = rule.objects != NULL && rule.grantee != NULL &&
	    is_made_by(m->sql.s, &rule);

	free(rule.schema);
	free(rule.objects);
	free(rule.grantee);
	return yes;
}

/* A statement in the body of the DO that gives what is due in each schema. */
static int
add_later(PGconn *db, struct tb_buf *body, const char *schema,
    const char *statement, struct tb_err *err)
{
	return tb_pg_format(db, body, err,
	    "IF EXISTS (SELECT FROM pg_catalog.pg_namespace AS n"
	    " WHERE n.nspname OPERATOR(pg_catalog.=) %L) THEN"
	    " BEGIN EXECUTE %L; EXCEPTION WHEN OTHERS THEN NULL; END;"
	    " END IF; ",
	    schema, statement);
}

int
ver_grants_read(struct ver_making *m, struct tb_err *err)
{
	const char *owner = m->r.job->owner_role;
	struct tb_buf body = TB_BUF_INIT, later = TB_BUF_INIT;
	PGresult *res = tb_pg_query(m->r.real, tb_sql_text(tool_sql, "grants"),
	    1, &owner, err);
	int rc = res != NULL ? 0 : -1;

	ver_grants_release(&m->grants);
	for (int i = 0; rc == 0 && i < PQntuples(res); i++) {
		const char *schema = tb_pg_get(res, i, "schema");
		const char *statement = tb_pg_get(res, i, "statement");

		if (is_of_the_sql(m, res, i))
			tb_debug("scratch: left to the SQL: %s", statement);
		else if (schema == NULL || strcmp(schema, "public") == 0)
			tb_strs_add(&m->grants.first, statement);
		else
			rc =
			    add_later(m->r.real, &body, schema, statement, err);
	}
	if (rc == 0 && body.len > 0) {
		char *block = tb_asprintf("BEGIN %s END", body.s);

		rc = tb_pg_format(m->r.real, &later, err, "DO %L", block);
		m->grants.later = tb_buf_detach(&later);
		free(block);
	}
	PQclear(res);
	tb_buf_release(&body);
	tb_buf_release(&later);
	return rc;
}

void
ver_grants_first(struct ver_making *m)
{
	for (size_t i = 0; i < m->grants.first.n; i++) {
		struct tb_err why = TB_ERR_INIT;

		if (tb_pg_exec(m->r.scratch.db, m->grants.first.v[i], &why) ==
		    -1)
			tb_debug("scratch: %s", why.message);
		tb_err_release(&why);
	}
}

/* Whatever makes a schema has these words, also inside of a DO. */
static bool
may_make_schema(const char *text)
{
	char *plain;
	bool yes;

	if (strcasestr(text, "schema") == NULL)
		return false;
	plain = plain_text(text, strlen(text));
	yes = strstr(plain, "create schema") != NULL ||
	    strstr(plain, "alter schema") != NULL;
	free(plain);
	return yes;
}

void
ver_grants_add(const struct ver_making *m, struct tb_stmts *stmts)
{
	struct tb_stmts all = TB_STMTS_INIT;

	if (m->grants.later == NULL)
		return;
	for (size_t i = 0; i < stmts->n; i++) {
		int line = stmts->v[i].line;
		bool more = may_make_schema(stmts->v[i].text);

		all.v = tb_grow(all.v, all.n, &all.cap, sizeof(*all.v));
		all.v[all.n++] = stmts->v[i];
		if (!more)
			continue;
		all.v = tb_grow(all.v, all.n, &all.cap, sizeof(*all.v));
		all.v[all.n++] = (struct tb_stmt){
			.text = tb_strdup(m->grants.later),
			.line = line,
		};
	}
	free(stmts->v);
	*stmts = all;
}

int
ver_grants_after(struct ver_replay *r, const struct tb_stmt *stmt,
    struct tb_err *err)
{
	const struct ver_making *m = ver_making(r);

	if (m->grants.later == NULL || !may_make_schema(stmt->text))
		return 0;
	return tb_pg_exec(r->scratch.db, m->grants.later, err);
}

void
ver_grants_release(struct ver_grants *g)
{
	tb_strs_release(&g->first);
	free(g->later);
	*g = (struct ver_grants){ .later = NULL };
}
