/*
 * Roles: attributes, memberships, settings, comments, passwords.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "plan.h"

/* Attributes that are declared and differ; a new role has CREATE ROLE's. */
static int
add_attributes(const struct set_planner *p, const struct set_role *role,
    int row, struct tb_buf *b, struct tb_err *err)
{
	const PGresult *have = p->have.roles;
	bool is_new = !tb_pg_get_bool(have, row, "exists");

	for (size_t i = 0; i < SET_ROLE_FLAGS; i++) {
		const struct set_role_flag *f = &set_role_flags[i];
		bool yes = role->flags[i] == SET_YES;
		/* INHERIT is the one that a new role has. */
		bool now = is_new ? strcmp(f->yes, "INHERIT") == 0 :
				    tb_pg_get_bool(have, row, f->column);

		if (role->flags[i] != SET_UNSET && yes != now)
			tb_buf_addf(b, " %s", yes ? f->yes : f->no);
	}
	if (role->limited &&
	    role->limit !=
		(is_new ? -1 : tb_pg_get_int(have, row, "rolconnlimit")))
		tb_buf_addf(b, " CONNECTION LIMIT %ld", role->limit);
	if (role->valid_until != NULL &&
	    (is_new || !tb_pg_get_bool(have, row, "same_valid_until")))
		return tb_pg_format(p->conn, b, err, " VALID UNTIL %L",
		    role->valid_until);
	return 0;
}

static int
plan_role(struct set_planner *p, const struct set_role *role,
    struct tb_err *err)
{
	int row = set_have_row(p->have.roles, "name", role->name);
	bool is_new = !tb_pg_get_bool(p->have.roles, row, "exists");
	struct tb_buf attributes = TB_BUF_INIT, sql = TB_BUF_INIT;
	struct set_stmt *stmt;
	int rc = 0;

	if (add_attributes(p, role, row, &attributes, err) == -1 ||
	    tb_pg_format(p->conn, &sql, err, "%s ROLE %I%s",
		is_new ? "CREATE" : "ALTER", role->name, attributes.s) == -1) {
		rc = -1;
	} else if (is_new) {
		stmt = set_plan_add(p->plan, SET_CLUSTER, NULL, &sql);
		stmt->what = tb_asprintf("create role \"%s\"", role->name);
		stmt->why = tb_strdup("it does not exist");
	} else if (attributes.len > 0) {
		stmt = set_plan_add(p->plan, SET_CLUSTER, NULL, &sql);
		stmt->what = tb_asprintf("change role \"%s\"", role->name);
		stmt->why = tb_asprintf("declared as%s", attributes.s);
	}
	tb_buf_release(&attributes);
	tb_buf_release(&sql);
	return rc;
}

static int
check_options(const struct set_planner *p, const struct set_role *role,
    const struct set_member *m, struct tb_err *err)
{
	const char *file = p->want->file != NULL ? p->want->file : "";

	for (size_t i = 0; i < SET_MEMBER_OPTS; i++)
		if (m->opts[i] != SET_UNSET &&
		    p->session->me.version < set_member_opts[i].since)
			return tb_err_set(err, TB_EXIT_CONFIG,
			    "%s: role \"%s\", membership in \"%s\": \"%s\" "
			    "needs PostgreSQL %d",
			    file, role->name, m->role, set_member_opts[i].key,
			    set_member_opts[i].since / 10000);
	return 0;
}

static int
member_row(const PGresult *res, const char *member, const char *role)
{
	for (int i = 0; i < PQntuples(res); i++)
		if (strcmp(tb_pg_get(res, i, "member"), member) == 0 &&
		    strcmp(tb_pg_get(res, i, "role"), role) == 0)
			return i;
	return -1;
}

/* Options that are declared and differ, as WITH takes them from 16 on. */
static void
add_options(const struct set_planner *p, const struct set_member *m, int row,
    struct tb_buf *b)
{
	for (size_t i = 0; i < SET_MEMBER_OPTS; i++) {
		const struct set_member_opt *o = &set_member_opts[i];
		bool yes = m->opts[i] == SET_YES;

		if (m->opts[i] == SET_UNSET ||
		    (row != -1 &&
			tb_pg_get_bool(p->have.members, row, o->key) == yes))
			continue;
		tb_buf_addf(b, "%s%s %s", b->len > 0 ? ", " : " WITH ", o->word,
		    yes ? "TRUE" : "FALSE");
	}
}

/* Before 16 there is ADMIN only, with a grammar of its own. */
static const char *
old_options(struct tb_buf *b, const char **verb, const char **to)
{
	*verb = "GRANT ";
	*to = "TO";
	if (strcmp(b->s, " WITH ADMIN TRUE") == 0)
		return " WITH ADMIN OPTION";
	if (strcmp(b->s, " WITH ADMIN FALSE") == 0) {
		*verb = "REVOKE ADMIN OPTION FOR ";
		*to = "FROM";
	}
	return "";
}

static int
plan_member(struct set_planner *p, const struct set_role *role,
    const struct set_member *m, struct tb_err *err)
{
	int row = member_row(p->have.members, role->name, m->role);
	struct tb_buf options = TB_BUF_INIT, sql = TB_BUF_INIT;
	const char *verb = "GRANT ", *to = "TO", *with;
	struct set_stmt *stmt;

	if (check_options(p, role, m, err) == -1)
		return -1;
	add_options(p, m, row, &options);
	if (row != -1 && options.len == 0)
		return 0;
	with = options.s;
	if (p->session->me.version < 160000) {
		with = old_options(&options, &verb, &to);
		if (row == -1)
			verb = "GRANT ", to = "TO";
	}
	if (tb_pg_format(p->conn, &sql, err, "%s%I %s %I%s", verb, m->role, to,
		role->name, with) == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_CLUSTER, NULL, &sql);
	stmt->what = tb_asprintf("make role \"%s\" a member of \"%s\"%s",
	    role->name, m->role, options.s);
	stmt->why = tb_strdup(row == -1 ? "it is not" : "the options differ");
	tb_buf_release(&options);
	return 0;
}

static int
plan_comment(struct set_planner *p, const struct set_role *role,
    struct tb_err *err)
{
	int row = set_have_row(p->have.roles, "name", role->name);
	const char *now = tb_pg_get(p->have.roles, row, "comment");
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (role->comment == NULL || strcmp(role->comment, now) == 0)
		return 0;
	if (tb_pg_format(p->conn, &sql, err, "COMMENT ON ROLE %I IS %L",
		role->name,
		role->comment[0] != '\0' ? role->comment : NULL) == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_CLUSTER, NULL, &sql);
	stmt->what = tb_asprintf("comment on role \"%s\"", role->name);
	stmt->why = tb_strdup(
	    now[0] != '\0' ? "the comment differs" : "it has no comment");
	return 0;
}

static int
plan_password(struct set_planner *p, struct set_role *role, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	struct set_stmt *stmt;

	if (!role->set_secret)
		return 0;
	if (tb_pg_format(p->conn, &sql, err, "ALTER ROLE %I PASSWORD ",
		role->name) == -1)
		return -1;
	stmt = set_plan_add(p->plan, SET_CLUSTER, NULL, &sql);
	stmt->what = tb_asprintf("set the password of role \"%s\"", role->name);
	stmt->why = tb_strdup(role->secret_why);
	stmt->secret_of = role;
	return 0;
}

int
set_plan_roles(struct set_planner *p, struct tb_err *err)
{
	struct set_want *want = p->want;

	for (size_t i = 0; i < want->nroles; i++)
		if (plan_role(p, &want->roles[i], err) == -1)
			return -1;
	for (size_t i = 0; i < want->nroles; i++) {
		struct set_role *role = &want->roles[i];

		for (size_t m = 0; m < role->nmembers; m++)
			if (plan_member(p, role, &role->members[m], err) == -1)
				return -1;
		if (set_plan_settings(p, "ROLE", role->name, &role->settings,
			NULL, err) == -1 ||
		    plan_comment(p, role, err) == -1 ||
		    plan_password(p, role, err) == -1)
			return -1;
	}
	return 0;
}
