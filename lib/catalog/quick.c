#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/class.h"
#include "catalog/quick.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/log.h"
#include "pg/pipeline.h"
#include "pg/query.h"

static const char *
sql_of(const char *kind, int version)
{
	const char *sql = tb_class_kind(tb_catalog_sql, kind, version);

	if (sql == NULL)
		tb_bug("no statement of kind \"%s\"", kind);
	return sql;
}

/* Hashes of another statement cannot be compared. */
static void
formula(int version, char out[TB_HASH_LEN + 1])
{
	const char *sql = sql_of("quick", version);

	tb_hash(sql, strlen(sql), out);
}

/* One statement, so that it can be on its way before the answers are. */
char *
tb_quick_store_sql(int version)
{
	const char *store = sql_of("quick-store", version);
	struct tb_buf sql = TB_BUF_INIT;
	char hash[TB_HASH_LEN + 1];

	formula(version, hash);
	for (const char *p = store; *p != '\0'; p++) {
		if (*p != '$') {
			tb_buf_addc(&sql, *p);
			continue;
		}
		switch (*++p) {
		case '1':
			tb_buf_addf(&sql, "'%s'", hash);
			break;
		case '2':
			tb_buf_addf(&sql, "%d", version);
			break;
		default:
			tb_buf_addf(&sql, "(%s)", sql_of("quick", version));
		}
	}
	return tb_buf_detach(&sql);
}

/* The hash behind a name, up to the line's end; NULL: not there. */
static const char *
find_part(const char *parts, const char *name, size_t n)
{
	for (const char *line = parts; line != NULL;) {
		const char *end = strchr(line, '\n');

		if (strncmp(line, name, n) == 0)
			return line + n;
		line = end != NULL ? end + 1 : NULL;
	}
	return NULL;
}

static bool
same_line(const char *a, const char *b)
{
	size_t n = strcspn(a, "\n");

	return n == strcspn(b, "\n") && strncmp(a, b, n) == 0;
}

/* Add the names of parts that the other has not, or has otherwise. */
static void
compare_parts(struct tb_strs *changed, const char *parts, const char *other)
{
	for (const char *line = parts; *line != '\0';) {
		size_t len = strcspn(line, "\n");
		const char *end = line + len, *hash = end;
		const char *found;
		char name[64];

		while (hash > line && hash[-1] != ' ')
			hash--;
		(void)snprintf(name, sizeof(name), "%.*s",
		    (int)(hash - line) - 1, line);
		found = find_part(other, line, (size_t)(hash - line));
		if ((found == NULL || !same_line(found, hash)) &&
		    !tb_strs_has(changed, name))
			tb_strs_add(changed, name);
		line = *end == '\n' ? end + 1 : end;
	}
}

static void
judge(struct tb_quick *q, const char *now, int version)
{
	const char *before = tb_pg_get(q->stored, 0, "parts");
	char hash[TB_HASH_LEN + 1];

	formula(version, hash);
	compare_parts(&q->changed, before, now);
	compare_parts(&q->changed, now, before);
	tb_strs_sort(&q->changed);
	if (strcmp(tb_pg_get(q->stored, 0, "formula"), hash) != 0 ||
	    tb_pg_get_int(q->stored, 0, "server") / 10000 != version / 10000)
		q->answer = TB_QUICK_OTHER;
	else if (q->changed.n == 0)
		q->answer = TB_QUICK_SAME;
	else if (tb_pg_get_bool(q->stored, 0, "restored"))
		q->answer = TB_QUICK_RESTORED;
	else
		q->answer = TB_QUICK_DIFFERS;
}

/* Is it only that nobody has stored anything? */
static bool
is_missing(const PGresult *res)
{
	const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);

	return state != NULL &&
	    (strcmp(state, "42P01") == 0 || strcmp(state, "3F000") == 0);
}

static int
not_readable(PGconn *db, const PGresult *res, struct tb_err *err)
{
	(void)tb_pg_error(db, res, err);
	(void)tb_err_prefix(err, "could not read the stored fingerprint");
	if (strcmp(err->sqlstate, "42501") == 0)
		(void)tb_err_hint(err,
		    "Let the owner of schema \"tb\" allow it: GRANT USAGE ON "
		    "SCHEMA tb TO ...; GRANT SELECT ON tb.fingerprint, "
		    "tb.event TO ...;");
	return -1;
}

int
tb_quick_check(PGconn *db, struct tb_quick *q, struct tb_err *err)
{
	int version = PQserverVersion(db), rc = 0;
	struct tb_pipe pipe[] = {
		{ .sql = sql_of("quick-stored", version) },
		{ .sql = sql_of("quick", version) },
	};

	*q = (struct tb_quick)TB_QUICK_INIT;
	if (tb_pg_pipeline(db, pipe, TB_LEN(pipe), 0, err) == -1) {
		tb_pg_pipeline_clear(pipe, TB_LEN(pipe));
		return -1;
	}
	if (!tb_pg_ok(pipe[1].res))
		rc = tb_pg_error(db, pipe[1].res, err);
	else if (is_missing(pipe[0].res))
		q->answer = TB_QUICK_NONE;
	else if (!tb_pg_ok(pipe[0].res))
		rc = not_readable(db, pipe[0].res, err);
	else if (PQntuples(pipe[0].res) == 1) {
		q->stored = pipe[0].res;
		pipe[0].res = NULL;
		judge(q, PQgetvalue(pipe[1].res, 0, 0), version);
	}
	tb_pg_pipeline_clear(pipe, TB_LEN(pipe));
	return rc;
}

void
tb_quick_release(struct tb_quick *q)
{
	PQclear(q->stored);
	tb_strs_release(&q->changed);
	*q = (struct tb_quick)TB_QUICK_INIT;
}

static PGresult *
ask_sql(PGconn *db, const char *sql, int nparams, const char *const *params)
{
	struct tb_err err = TB_ERR_INIT;
	PGresult *res = tb_pg_query(db, sql, nparams, params, &err);

	if (res == NULL)
		tb_debug("who it was: %s", err.message);
	tb_err_release(&err);
	return res;
}

static PGresult *
ask(PGconn *db, const char *kind, int nparams, const char *const *params)
{
	return ask_sql(db, sql_of(kind, PQserverVersion(db)), nparams, params);
}

/* An extension may be in any schema; NULL: it is not there. */
static char *
find_statements(PGconn *db)
{
	static const char sql[] =
	    "SELECT pg_catalog.quote_ident(n.nspname)"
	    "  FROM pg_catalog.pg_extension AS x"
	    "  JOIN pg_catalog.pg_namespace AS n ON n.oid = x.extnamespace"
	    " WHERE x.extname = 'pg_stat_statements'";
	struct tb_err err = TB_ERR_INIT;
	char *schema = NULL;

	if (tb_pg_value(db, sql, 0, NULL, &schema, &err) == -1)
		schema = NULL;
	tb_err_release(&err);
	return schema;
}

static PGresult *
ask_statements(PGconn *db, const char *const *since)
{
	static const char place[] = "public.pg_stat_statements";
	const char *sql = sql_of("quick-seen", PQserverVersion(db));
	const char *at = strstr(sql, place);
	struct tb_buf b = TB_BUF_INIT;
	char *schema = find_statements(db);
	PGresult *res = NULL;

	if (at == NULL)
		tb_bug("quick_seen.sql does not read %s", place);
	if (schema != NULL) {
		tb_buf_addn(&b, sql, (size_t)(at - sql));
		tb_buf_add(&b, schema);
		tb_buf_add(&b, at + strlen("public"));
		res = ask_sql(db, b.s, 1, since);
	}
	tb_buf_release(&b);
	free(schema);
	return res;
}

void
tb_quick_explain(PGconn *db, const struct tb_quick *q, struct tb_quick_why *why)
{
	char *changed = tb_strs_join(&q->changed, ",");
	const char *since[] = { tb_pg_get(q->stored, 0, "xid"), changed };
	const char *at[] = { tb_pg_get(q->stored, 0, "since") };

	why->touched = ask(db, "quick-touched", TB_LEN(since), since);
	why->watched = ask(db, "quick-watched", TB_LEN(at), at);
	why->seen = ask_statements(db, at);
	free(changed);
}

void
tb_quick_why_release(struct tb_quick_why *why)
{
	PQclear(why->touched);
	PQclear(why->watched);
	PQclear(why->seen);
	*why = (struct tb_quick_why)TB_QUICK_WHY_INIT;
}
