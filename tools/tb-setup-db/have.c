#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "core/sql.h"
#include "core/strs.h"
#include "have.h"
#include "pg/query.h"

#define MAX_LISTS 4

PGresult *
set_have_query(PGconn *conn, const char *sql,
    const struct tb_strs *const lists[], int n, struct tb_err *err)
{
	const char *params[MAX_LISTS] = { NULL };
	char *arrays[MAX_LISTS];
	PGresult *res;

	for (int i = 0; i < n; i++)
		params[i] = arrays[i] = set_array(lists[i]);
	res = tb_pg_query(conn, sql, n, params, err);
	for (int i = 0; i < n; i++)
		free(arrays[i]);
	return res;
}

static void
add_role(struct tb_strs *names, struct tb_strs *until, const char *name)
{
	if (tb_strs_has(names, name))
		return;
	tb_strs_add(names, name);
	/* Empty: not declared. */
	tb_strs_add(until, "");
}

/* Every role that is named somewhere. */
static void
name_roles(const struct set_want *want, struct tb_strs *names,
    struct tb_strs *until)
{
	for (size_t i = 0; i < want->nroles; i++) {
		const struct set_role *role = &want->roles[i];

		tb_strs_add(names, role->name);
		tb_strs_add(until,
		    role->valid_until != NULL ? role->valid_until : "");
	}
	for (size_t i = 0; i < want->nroles; i++)
		for (size_t m = 0; m < want->roles[i].nmembers; m++)
			add_role(names, until, want->roles[i].members[m].role);
	for (size_t i = 0; i < want->ndbs; i++)
		add_role(names, until, want->dbs[i].owner);
	for (size_t i = 0; i < want->ngrants; i++) {
		const struct set_grant *grant = &want->grants[i];

		add_role(names, until, grant->role);
		for (size_t c = 0; c < grant->creators.n; c++)
			add_role(names, until, grant->creators.v[c]);
	}
}

static PGresult *
read_table(PGconn *conn, const char *file, const struct tb_strs *first,
    const struct tb_strs *second, struct tb_err *err)
{
	const struct tb_strs *const lists[] = { first, second };

	return set_have_query(conn, tb_sql_text(tool_sql, file), lists,
	    second != NULL ? 2 : 1, err);
}

int
set_have_read(struct set_have *have, const struct set_want *want, PGconn *conn,
    struct tb_err *err)
{
	struct tb_strs roles = TB_STRS_INIT, until = TB_STRS_INIT;
	struct tb_strs dbs = TB_STRS_INIT;
	int rc = -1;

	name_roles(want, &roles, &until);
	for (size_t i = 0; i < want->ndbs; i++)
		tb_strs_add(&dbs, want->dbs[i].name);
	if ((have->roles = read_table(conn, "have_roles", &roles, &until,
		 err)) != NULL &&
	    (have->members = read_table(conn, "have_members", &roles, NULL,
		 err)) != NULL &&
	    (have->settings = read_table(conn, "have_settings", &dbs, &roles,
		 err)) != NULL &&
	    (have->dbs = read_table(conn, "have_databases", &dbs, NULL, err)) !=
		NULL)
		rc = 0;
	tb_strs_release(&roles);
	tb_strs_release(&until);
	tb_strs_release(&dbs);
	return rc;
}

void
set_have_release(struct set_have *have)
{
	PQclear(have->roles);
	PQclear(have->members);
	PQclear(have->settings);
	PQclear(have->dbs);
	*have = (struct set_have)SET_HAVE_INIT;
}

int
set_have_row(const PGresult *res, const char *column, const char *value)
{
	for (int i = 0; i < PQntuples(res); i++)
		if (strcmp(tb_pg_get(res, i, column), value) == 0)
			return i;
	return -1;
}

bool
set_have_role(const struct set_have *have, const char *name)
{
	int row = set_have_row(have->roles, "name", name);

	return row != -1 && tb_pg_get_bool(have->roles, row, "exists");
}

bool
set_have_db(const struct set_have *have, const char *name)
{
	return set_have_row(have->dbs, "name", name) != -1;
}
