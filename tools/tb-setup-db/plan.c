#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/strs.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "plan.h"

struct set_stmt *
set_plan_add(struct set_plan *plan, enum set_phase phase,
    const struct set_db *db, struct tb_buf *sql)
{
	struct set_stmt *stmt;

	plan->v = tb_grow(plan->v, plan->n, &plan->cap, sizeof(*plan->v));
	stmt = &plan->v[plan->n++];
	*stmt = (struct set_stmt){ .phase = phase, .db = db };
	if (sql->len > 0)
		stmt->sql = tb_buf_detach(sql);
	return stmt;
}

size_t
set_plan_count(const struct set_plan *plan, enum set_phase phase,
    const struct set_db *db)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->n; i++)
		if (plan->v[i].phase == phase &&
		    (db == NULL || plan->v[i].db == db))
			n++;
	return n;
}

void
set_plan_move(struct set_plan *to, struct set_plan *from, size_t i)
{
	to->v = tb_grow(to->v, to->n, &to->cap, sizeof(*to->v));
	to->v[to->n++] = from->v[i];
	from->n--;
	for (; i < from->n; i++)
		from->v[i] = from->v[i + 1];
}

void
set_plan_release(struct set_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		free(plan->v[i].what);
		free(plan->v[i].why);
		free(plan->v[i].sql);
		free(plan->v[i].grantor);
	}
	free(plan->v);
	*plan = (struct set_plan)SET_PLAN_INIT;
}

/* A role must be declared or be there already. */
static int
check_role(const struct set_planner *p, const char *name, const char *what,
    const char *of, struct tb_err *err)
{
	const char *file = p->want->file;

	if (set_want_role(p->want, name) != NULL ||
	    set_have_role(&p->have, name))
		return 0;
	(void)tb_err_set(err, TB_EXIT_CONFIG,
	    "%s%srole \"%s\", %s \"%s\", is neither declared nor on the server",
	    file != NULL ? file : "", file != NULL ? ": " : "", name, what, of);
	return tb_err_hint(err, "Declare it: role \"%s\" { login = true }.",
	    name);
}

static int
check_grant(const struct set_planner *p, const struct set_grant *grant,
    struct tb_err *err)
{
	if (check_role(p, grant->role, "with a grant on database", grant->db,
		err) == -1)
		return -1;
	for (size_t i = 0; i < grant->creators.n; i++)
		if (check_role(p, grant->creators.v[i],
			"a creator in a grant to", grant->role, err) == -1)
			return -1;
	return 0;
}

static int
check_roles(const struct set_planner *p, struct tb_err *err)
{
	const struct set_want *want = p->want;

	for (size_t i = 0; i < want->ndbs; i++)
		if (check_role(p, want->dbs[i].owner, "the owner of database",
			want->dbs[i].name, err) == -1)
			return -1;
	for (size_t i = 0; i < want->ngrants; i++)
		if (check_grant(p, &want->grants[i], err) == -1)
			return -1;
	for (size_t i = 0; i < want->nroles; i++)
		for (size_t m = 0; m < want->roles[i].nmembers; m++)
			if (check_role(p, want->roles[i].members[m].role,
				"joined by role", want->roles[i].name,
				err) == -1)
				return -1;
	return 0;
}

/* Everything inside one database. */
static int
plan_inside(struct set_planner *p, const struct set_db *db, bool fresh,
    struct tb_err *err)
{
	struct tb_strs new_schemas = TB_STRS_INIT;
	int rc = -1;

	if (set_plan_contents(p, db, fresh, &new_schemas, err) == 0)
		rc = set_plan_grants(p, db, fresh, &new_schemas, err);
	tb_strs_release(&new_schemas);
	return rc;
}

static int
plan_db(struct set_planner *p, const struct set_db *db, struct tb_err *err)
{
	bool fresh = !set_have_db(&p->have, db->name);
	PGconn *admin = p->conn;
	int rc;

	if (set_plan_database(p, db, err) == -1)
		return -1;
	if (!fresh &&
	    (p->conn = set_session_db(p->session, db->name, err)) == NULL)
		return -1;
	rc = plan_inside(p, db, fresh, err);
	p->conn = admin;
	return rc;
}

static bool
has_work(const struct set_plan *plan, const struct set_db *db)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->v[i].db == db && plan->v[i].sql != NULL)
			return true;
	return false;
}

/*
 * To give a database to a role, and to grant in its name, one must be a member
 * of it, and from 16 on may need to say so: who creates a role administers it,
 * but does not inherit from it.
 */
static int
join(struct set_planner *p, const char *role, struct tb_err *err)
{
	const struct set_me *me = &p->session->me;
	int row = set_have_row(p->have.roles, "name", role);
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;
	char *what;

	if (strcmp(me->name, role) == 0 ||
	    tb_pg_get_bool(p->have.roles, row, "reach"))
		return 0;
	what = tb_asprintf("grant role \"%s\" to \"%s\"", role, me->name);
	for (size_t i = 0; i < p->plan->n; i++)
		if (strcmp(p->plan->v[i].what, what) == 0) {
			free(what);
			return 0;
		}
	if (tb_pg_format(p->conn, &sql, err, "GRANT %I TO %I%s", role, me->name,
		me->version >= 160000 ? " WITH INHERIT TRUE, SET TRUE" : "") ==
	    -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_CLUSTER, NULL, &sql);
	stmt->what = what;
	stmt->why = tb_asprintf("\"%s\" is to act for it", me->name);
	return 0;
}

static int
join_owners(struct set_planner *p, struct tb_err *err)
{
	const struct set_want *want = p->want;

	if (p->session->me.superuser)
		return 0;
	for (size_t i = 0; i < want->ndbs; i++)
		if (has_work(p->plan, &want->dbs[i]) &&
		    join(p, want->dbs[i].owner, err) == -1)
			return -1;
	for (size_t i = 0; i < want->ngrants; i++) {
		const struct set_grant *grant = &want->grants[i];

		if (!has_work(p->plan, set_want_db(want, grant->db)))
			continue;
		for (size_t c = 0; c < grant->creators.n; c++)
			if (join(p, grant->creators.v[c], err) == -1)
				return -1;
	}
	return 0;
}

/* By phase; within one as they were made, database by database. */
static void
sort(struct set_plan *plan)
{
	struct set_plan sorted = SET_PLAN_INIT;

	for (int phase = 0; phase < SET_PHASES; phase++)
		for (size_t i = 0; i < plan->n;)
			if (plan->v[i].phase == (enum set_phase)phase)
				set_plan_move(&sorted, plan, i);
			else
				i++;
	free(plan->v);
	*plan = sorted;
}

static int
plan_all(struct set_planner *p, struct tb_err *err)
{
	if (check_roles(p, err) == -1 || set_plan_roles(p, err) == -1)
		return -1;
	for (size_t i = 0; i < p->want->ndbs; i++)
		if (plan_db(p, &p->want->dbs[i], err) == -1)
			return -1;
	if (join_owners(p, err) == -1)
		return -1;
	sort(p->plan);
	return 0;
}

int
set_plan_all(struct set_plan *plan, struct set_want *want,
    struct set_session *s, struct tb_err *err)
{
	struct set_planner p = { want, s, SET_HAVE_INIT, s->admin, plan };
	int rc = -1;

	if (set_have_read(&p.have, want, p.conn, err) == 0)
		rc = plan_all(&p, err);
	set_have_release(&p.have);
	return rc;
}

int
set_plan_cluster(struct set_plan *plan, struct set_want *want,
    struct set_session *s, PGconn *conn, struct tb_err *err)
{
	struct set_planner p = { want, s, SET_HAVE_INIT, conn, plan };
	int rc = -1;

	if (set_have_read(&p.have, want, conn, err) == 0)
		rc = set_plan_roles(&p, err);
	set_have_release(&p.have);
	return rc;
}

int
set_plan_inside(struct set_plan *plan, struct set_want *want,
    struct set_session *s, const struct set_db *db, PGconn *conn,
    struct tb_err *err)
{
	struct set_planner p = { want, s, SET_HAVE_INIT, conn, plan };
	int rc = -1;

	if (set_have_read(&p.have, want, conn, err) == 0)
		rc = plan_inside(&p, db, false, err);
	set_have_release(&p.have);
	return rc;
}
