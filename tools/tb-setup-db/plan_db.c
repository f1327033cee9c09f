/*
 * Databases: CREATE DATABASE, and what hangs on one but the grants.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/sql.h"
#include "core/strs.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "plan.h"

static bool
is_opt(size_t i, const char *key)
{
	return strcmp(set_create_opts[i].key, key) == 0;
}

/*
 * template1 may have another encoding, and things in it; who declares encoding
 * or locale wants them and not an error, so it is template0 then.
 */
static const char *
template_for(const struct set_db *db)
{
	const char *template = NULL;

	for (size_t i = 0; i < SET_CREATE_OPTS; i++) {
		if (db->create[i] == NULL)
			continue;
		if (is_opt(i, "template"))
			return db->create[i];
		if (!is_opt(i, "tablespace"))
			template = "template0";
	}
	return template;
}

static int
add_create(const struct set_planner *p, const struct set_db *db,
    struct tb_buf *sql, struct tb_err *err)
{
	const char *template = template_for(db);

	if (tb_pg_format(p->conn, sql, err, "CREATE DATABASE %I OWNER %I",
		db->name, db->owner) == -1)
		return -1;
	if (template != NULL &&
	    tb_pg_format(p->conn, sql, err, " TEMPLATE %I", template) == -1)
		return -1;
	for (size_t i = 0; i < SET_CREATE_OPTS; i++) {
		const struct set_create_opt *o = &set_create_opts[i];

		if (db->create[i] == NULL || is_opt(i, "template"))
			continue;
		if (p->session->me.version < o->since)
			return tb_err_set(err, TB_EXIT_CONFIG,
			    "database \"%s\": \"%s\" needs PostgreSQL %d",
			    db->name, o->key, o->since / 10000);
		if (tb_pg_format(p->conn, sql, err, " %s %L", o->word,
			db->create[i]) == -1)
			return -1;
	}
	return 0;
}

/* utf-8 is UTF8, en_US.utf8 is en-US.UTF-8. */
static bool
same_word(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (*a == '-' || *a == '_')
			a++;
		while (*b == '-' || *b == '_')
			b++;
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (*a == '\0')
			return true;
	}
}

/* What was settled when the database was made cannot be changed any more. */
static void
compare_created(struct set_planner *p, const struct set_db *db, int row)
{
	struct tb_buf none = TB_BUF_INIT;

	for (size_t i = 0; i < SET_CREATE_OPTS; i++) {
		const struct set_create_opt *o = &set_create_opts[i];
		const char *now = o->column != NULL ?
		    tb_pg_get(p->have.dbs, row, o->column) :
		    NULL;
		struct set_stmt *stmt;

		if (db->create[i] == NULL || o->column == NULL ||
		    (now != NULL && same_word(now, db->create[i])))
			continue;
		stmt = set_plan_add(p->plan, SET_INSIDE, db, &none);
		stmt->what = tb_asprintf("database \"%s\" is to have %s \"%s\"",
		    db->name, o->key, db->create[i]);
		stmt->why = tb_asprintf(
		    "it has \"%s\", which only a new database could change",
		    now != NULL ? now : "none");
	}
}

int
set_plan_database(struct set_planner *p, const struct set_db *db,
    struct tb_err *err)
{
	int row = set_have_row(p->have.dbs, "name", db->name);
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (row != -1) {
		compare_created(p, db, row);
		return 0;
	}
	if (add_create(p, db, &sql, err) == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_CREATE, db, &sql);
	stmt->what = tb_asprintf("create database \"%s\"", db->name);
	stmt->why = tb_strdup("it does not exist");
	return 0;
}

static int
plan_owner(struct set_planner *p, const struct set_db *db, int row,
    struct tb_err *err)
{
	const char *now = tb_pg_get(p->have.dbs, row, "owner");
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (strcmp(now, db->owner) == 0)
		return 0;
	if (tb_pg_format(p->conn, &sql, err, "ALTER DATABASE %I OWNER TO %I",
		db->name, db->owner) == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_INSIDE, db, &sql);
	stmt->what =
	    tb_asprintf("give database \"%s\" to \"%s\"", db->name, db->owner);
	stmt->why = tb_asprintf("it belongs to \"%s\"", now);
	stmt->grantor = tb_strdup(now);
	return 0;
}

static int
plan_limit(struct set_planner *p, const struct set_db *db, int row,
    struct tb_err *err)
{
	long long now =
	    row != -1 ? tb_pg_get_int(p->have.dbs, row, "datconnlimit") : -1;
	struct tb_buf sql = TB_BUF_INIT, n = TB_BUF_INIT;
	struct set_stmt *stmt;
	int rc;

	if (!db->limited || db->limit == now)
		return 0;
	tb_buf_addf(&n, "%ld", db->limit);
	rc = tb_pg_format(p->conn, &sql, err,
	    "ALTER DATABASE %I CONNECTION LIMIT %s", db->name, n.s);
	tb_buf_release(&n);
	if (rc == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_INSIDE, db, &sql);
	stmt->what = tb_asprintf("limit database \"%s\" to %ld connections",
	    db->name, db->limit);
	stmt->why = tb_asprintf("the limit is %lld", now);
	return 0;
}

static int
plan_comment(struct set_planner *p, const struct set_db *db, int row,
    struct tb_err *err)
{
	const char *now =
	    row != -1 ? tb_pg_get(p->have.dbs, row, "comment") : "";
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (db->comment == NULL || strcmp(db->comment, now) == 0)
		return 0;
	if (tb_pg_format(p->conn, &sql, err, "COMMENT ON DATABASE %I IS %L",
		db->name, db->comment[0] != '\0' ? db->comment : NULL) == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_INSIDE, db, &sql);
	stmt->what = tb_asprintf("comment on database \"%s\"", db->name);
	stmt->why = tb_strdup(
	    now[0] != '\0' ? "the comment differs" : "it has no comment");
	return 0;
}

/* The schemas that the declaration names, for this database. */
static void
name_schemas(const struct set_planner *p, const struct set_db *db,
    struct tb_strs *names)
{
	for (size_t i = 0; i < db->schemas.n; i++)
		if (!tb_strs_has(names, db->schemas.v[i]))
			tb_strs_add(names, db->schemas.v[i]);
	for (size_t i = 0; i < p->want->ngrants; i++) {
		const struct set_grant *grant = &p->want->grants[i];

		if (strcmp(grant->db, db->name) != 0)
			continue;
		for (size_t s = 0; s < grant->schemas.n; s++)
			if (!tb_strs_has(names, grant->schemas.v[s]))
				tb_strs_add(names, grant->schemas.v[s]);
	}
}

/* The schemas that are there; a fresh database has one. */
static int
read_schemas(const struct set_planner *p, const struct tb_strs *names,
    bool fresh, struct tb_strs *there, struct tb_err *err)
{
	const struct tb_strs *const lists[] = { names };
	PGresult *res;

	if (fresh) {
		tb_strs_add(there, "public");
		return 0;
	}
	res = set_have_query(p->conn, tb_sql_text(tool_sql, "have_schemas"),
	    lists, 1, err);
	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++)
		tb_strs_add(there, tb_pg_get(res, i, "name"));
	PQclear(res);
	return 0;
}

static int
create_schema(struct set_planner *p, const struct set_db *db, const char *name,
    struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (!tb_strs_has(&db->schemas, name)) {
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "there is no schema \"%s\" in database \"%s\"", name,
		    db->name);
		return tb_err_hint(err,
		    "Declare it in the section of the database: schemas = "
		    "{ \"%s\" }.",
		    name);
	}
	if (tb_pg_format(p->conn, &sql, err,
		"CREATE SCHEMA %I AUTHORIZATION %I", name, db->owner) == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_INSIDE, db, &sql);
	stmt->what = tb_asprintf("create schema \"%s\"", name);
	stmt->why = tb_strdup("it does not exist");
	return 0;
}

/* *new_schemas: those that no query can tell the privileges of yet. */
static int
plan_schemas(struct set_planner *p, const struct set_db *db, bool fresh,
    struct tb_strs *new_schemas, struct tb_err *err)
{
	struct tb_strs names = TB_STRS_INIT, there = TB_STRS_INIT;
	int rc;

	name_schemas(p, db, &names);
	rc = read_schemas(p, &names, fresh, &there, err);
	for (size_t i = 0; i < names.n && rc == 0; i++) {
		bool missing = !tb_strs_has(&there, names.v[i]);

		if (missing || fresh)
			tb_strs_add(new_schemas, names.v[i]);
		if (missing)
			rc = create_schema(p, db, names.v[i], err);
	}
	tb_strs_release(&names);
	tb_strs_release(&there);
	return rc;
}

static int
plan_extension(struct set_planner *p, const struct set_db *db,
    const PGresult *res, int row, struct tb_err *err)
{
	const char *name = tb_pg_get(res, row, "name");
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (!tb_pg_get_bool(res, row, "available")) {
		(void)tb_err_set(err, TB_EXIT_DATA,
		    "extension \"%s\" of database \"%s\" is not installed on "
		    "the server's machine",
		    name, db->name);
		return tb_err_hint(err,
		    "Install the package that has it; "
		    "pg_available_extensions lists what is there.");
	}
	if (tb_pg_format(p->conn, &sql, err,
		"CREATE EXTENSION IF NOT EXISTS %I%s", name,
		tb_pg_get(res, row, "schema") == NULL ? " SCHEMA public" :
							"") == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_INSIDE, db, &sql);
	stmt->what = tb_asprintf("create extension \"%s\"", name);
	stmt->why = tb_strdup("it is not in the database");
	return 0;
}

/* What the server could install is the same from each of its databases. */
static int
plan_extensions(struct set_planner *p, const struct set_db *db, bool fresh,
    struct tb_err *err)
{
	const struct tb_strs *const lists[] = { &db->extensions };
	PGresult *res;
	int rc = 0;

	if (db->extensions.n == 0)
		return 0;
	res = set_have_query(p->conn, tb_sql_text(tool_sql, "have_extensions"),
	    lists, 1, err);
	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res) && rc == 0; i++)
		if (fresh || !tb_pg_get_bool(res, i, "installed"))
			rc = plan_extension(p, db, res, i, err);
	PQclear(res);
	return rc;
}

int
set_plan_contents(struct set_planner *p, const struct set_db *db, bool fresh,
    struct tb_strs *new_schemas, struct tb_err *err)
{
	int row = set_have_row(p->have.dbs, "name", db->name);

	if (!fresh && plan_owner(p, db, row, err) == -1)
		return -1;
	if (plan_limit(p, db, row, err) == -1 ||
	    plan_comment(p, db, row, err) == -1 ||
	    set_plan_settings(p, "DATABASE", db->name, &db->settings, db,
		err) == -1 ||
	    plan_schemas(p, db, fresh, new_schemas, err) == -1)
		return -1;
	return plan_extensions(p, db, fresh, err);
}
