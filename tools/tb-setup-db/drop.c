#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "apply.h"
#include "cli/term.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/sql.h"
#include "core/strs.h"
#include "drop.h"
#include "pg/query.h"
#include "pg/quote.h"

static PGresult *
query(struct set_session *s, const char *file, const struct tb_strs *a,
    const struct tb_strs *b, struct tb_err *err)
{
	const struct tb_strs *const lists[] = { a, b };

	return set_have_query(s->admin, tb_sql_text(tool_sql, file), lists,
	    b != NULL ? 2 : 1, err);
}

static int
add_database(struct set_plan *plan, const struct set_want *want,
    struct set_session *s, const PGresult *res, int row, struct tb_err *err)
{
	const char *name = tb_pg_get(res, row, "name");
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (tb_pg_format(s->admin, &sql, err, "DROP DATABASE %I WITH (FORCE)",
		name) == -1)
		return -1;
	stmt = set_plan_add(plan, SET_CREATE, set_want_db(want, name), &sql);
	stmt->what = tb_asprintf("drop database \"%s\"", name);
	stmt->why = tb_asprintf("%s, %s sessions", tb_pg_get(res, row, "size"),
	    tb_pg_get(res, row, "sessions"));
	return 0;
}

static int
add_databases(struct set_plan *plan, const struct set_want *want,
    struct set_session *s, const struct tb_strs *names, struct tb_err *err)
{
	PGresult *res = query(s, "drop_databases", names, NULL, err);
	int rc = 0;

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res) && rc == 0; i++)
		rc = add_database(plan, want, s, res, i, err);
	PQclear(res);
	return rc;
}

static int
add_role(struct set_plan *plan, struct set_session *s, const PGresult *res,
    int row, struct tb_err *err)
{
	const char *name = tb_pg_get(res, row, "name");
	const char *kept = tb_pg_get(res, row, "kept");
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (kept != NULL) {
		tb_info("role \"%s\" stays: %s", name, kept);
		return 0;
	}
	if (tb_pg_format(s->admin, &sql, err, "DROP ROLE %I", name) == -1)
		return -1;
	stmt = set_plan_add(plan, SET_CLUSTER, NULL, &sql);
	stmt->what = tb_asprintf("drop role \"%s\"", name);
	stmt->why = tb_strdup("it owns nothing else");
	return 0;
}

static int
add_roles(struct set_plan *plan, const struct set_want *want,
    struct set_session *s, const struct tb_strs *dbs, struct tb_err *err)
{
	struct tb_strs names = TB_STRS_INIT;
	PGresult *res;
	int rc = 0;

	for (size_t i = 0; i < want->nroles; i++)
		tb_strs_add(&names, want->roles[i].name);
	res = query(s, "drop_roles", &names, dbs, err);
	tb_strs_release(&names);
	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res) && rc == 0; i++)
		rc = add_role(plan, s, res, i, err);
	PQclear(res);
	return rc;
}

int
set_drop_plan(struct set_plan *plan, const struct set_want *want,
    struct set_session *s, struct tb_err *err)
{
	struct tb_strs dbs = TB_STRS_INIT;
	int rc;

	for (size_t i = 0; i < want->ndbs; i++)
		tb_strs_add(&dbs, want->dbs[i].name);
	rc = add_databases(plan, want, s, &dbs, err);
	if (rc == 0)
		rc = add_roles(plan, want, s, &dbs, err);
	tb_strs_release(&dbs);
	return rc;
}

static int
confirm(const char *name, struct tb_err *err)
{
	char *question =
	    tb_asprintf("Type the name of database \"%s\" to drop it: ", name);
	char *answer = tb_term_ask(question);
	bool yes = answer != NULL && strcmp(answer, name) == 0;

	free(question);
	free(answer);
	return yes ? 0 :
		     tb_err_set(err, TB_EXIT_NOPERM,
			 "not confirmed, nothing was dropped");
}

int
set_drop_confirm(const struct set_plan *plan, struct set_session *s,
    struct tb_err *err)
{
	char *id;

	if (!tb_term_can_ask()) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "there is no terminal to confirm --drop on");
		return tb_err_hint(err,
		    "Look at it with -n --drop, then give --yes.");
	}
	if (tb_pg_value(s->admin, "SELECT pg_catalog.version()", 0, NULL, &id,
		err) == -1)
		return -1;
	tb_log_line(NULL, id);
	free(id);
	for (size_t i = 0; i < plan->n; i++) {
		char *line =
		    tb_asprintf("%s (%s)", plan->v[i].what, plan->v[i].why);

		tb_log_line(NULL, line);
		free(line);
	}
	for (size_t i = 0; i < plan->n; i++)
		if (plan->v[i].phase == SET_CREATE &&
		    confirm(plan->v[i].db->name, err) == -1)
			return -1;
	return 0;
}

int
set_drop_apply(struct set_plan *plan, struct set_session *s,
    struct set_plan *done, struct tb_err *err)
{
	while (plan->n > 0) {
		if (set_session_exec(s, s->admin, plan->v[0].sql, err) == -1)
			return set_apply_error(s, &plan->v[0], err);
		set_plan_move(done, plan, 0);
	}
	return 0;
}
