/*
 * Grants: what each role is to hold on what is there, and on what is created
 * later.
 *
 * A grant that is declared is made explicit wherever we may grant.  Where we
 * may not, what PUBLIC holds counts too: on servers before 15 the schema
 * public belongs to the superuser, and everybody may use it.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "class.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/mem.h"
#include "core/sql.h"
#include "core/strs.h"
#include "pg/query.h"
#include "pg/quote.h"
#include "plan.h"

#define OBJECTS_A_STATEMENT 200

/* One object as one grantee ("": PUBLIC) sees it.  Borrowed. */
struct row {
	const char *object, *schema, *owner, *grantee;
	unsigned held;
	bool may_grant;
};

/* Objects that lack the same for the same grantee: one statement. */
struct group {
	char *grantee, *schema, *owner;
	unsigned missing;
	struct tb_strs objects;
};

struct granter {
	struct set_planner *p;
	const struct set_db *db;
	bool fresh;
	const struct tb_strs *new_schemas;
	struct set_classes classes;
	struct tb_strs schemas, grantees, creators;
	const struct set_class *class; /* the one at hand */
	struct group *groups;
	size_t ngroups, capgroups;
	unsigned public_held; /* on the object at hand */
};

static void
add_once(struct tb_strs *list, const char *name)
{
	if (!tb_strs_has(list, name))
		tb_strs_add(list, name);
}

static bool
is_here(const struct granter *g, const struct set_grant *grant)
{
	return strcmp(grant->db, g->db->name) == 0;
}

static void
collect(struct granter *g)
{
	const struct set_want *want = g->p->want;

	tb_strs_add(&g->grantees, "");
	for (size_t i = 0; i < want->ngrants; i++) {
		const struct set_grant *grant = &want->grants[i];

		if (!is_here(g, grant))
			continue;
		add_once(&g->grantees, grant->role);
		for (size_t s = 0; s < grant->schemas.n; s++)
			add_once(&g->schemas, grant->schemas.v[s]);
		for (size_t c = 0; c < grant->creators.n; c++)
			add_once(&g->creators, grant->creators.v[c]);
	}
}

/* What the declared grants give this role on an object. */
static unsigned
wanted(const struct granter *g, const struct row *row)
{
	const struct set_want *want = g->p->want;
	unsigned bits = 0;

	for (size_t i = 0; i < want->ngrants; i++) {
		const struct set_grant *grant = &want->grants[i];

		if (is_here(g, grant) &&
		    strcmp(grant->role, row->grantee) == 0 &&
		    (row->schema == NULL ||
			tb_strs_has(&grant->schemas, row->schema)))
			bits |= g->class->levels[grant->level];
	}
	return bits;
}

static struct group *
find_group(struct granter *g, const struct row *row, unsigned missing)
{
	const char *schema = row->schema != NULL ? row->schema : "";
	struct group *group;

	for (size_t i = 0; i < g->ngroups; i++) {
		group = &g->groups[i];
		if (group->missing == missing &&
		    group->objects.n < OBJECTS_A_STATEMENT &&
		    strcmp(group->grantee, row->grantee) == 0 &&
		    strcmp(group->owner, row->owner) == 0 &&
		    strcmp(group->schema, schema) == 0)
			return group;
	}
	g->groups =
	    tb_grow(g->groups, g->ngroups, &g->capgroups, sizeof(*g->groups));
	group = &g->groups[g->ngroups++];
	*group = (struct group){
		.grantee = tb_strdup(row->grantee),
		.schema = tb_strdup(schema),
		.owner = tb_strdup(row->owner),
		.missing = missing,
		.objects = TB_STRS_INIT,
	};
	return group;
}

/* "schema "public"", "table public.users", "6 tables in schema "public"" */
static char *
objects_in_words(const struct granter *g, const struct group *group)
{
	const struct set_class *c = g->class;

	if (c->scope != SET_SCOPE_OBJECT)
		return tb_asprintf("%s \"%s\"", c->one,
		    c->scope == SET_SCOPE_SCHEMA ? group->schema : g->db->name);
	if (group->objects.n == 1)
		return tb_asprintf("%s %s", c->one, group->objects.v[0]);
	return tb_asprintf("%zu %s in schema \"%s\"", group->objects.n, c->many,
	    group->schema);
}

/* PUBLIC's group has what it is to lose. */
static int
add_statement(struct granter *g, const struct group *group, struct tb_err *err)
{
	bool revoke = group->grantee[0] == '\0';
	struct tb_buf sql = TB_BUF_INIT, words = TB_BUF_INIT;
	char *objects = tb_strs_join(&group->objects, ", ");
	char *in_words = objects_in_words(g, group);
	struct set_stmt *stmt;
	int rc;

	set_class_words(g->class, group->missing, &words);
	rc = revoke ?
	    tb_pg_format(g->p->conn, &sql, err,
		"REVOKE %s ON %s %s FROM PUBLIC", words.s, g->class->grant,
		objects) :
	    tb_pg_format(g->p->conn, &sql, err, "GRANT %s ON %s %s TO %I",
		words.s, g->class->grant, objects, group->grantee);
	if (rc == 0) {
		stmt = set_plan_add(g->p->plan, SET_INSIDE, g->db, &sql);
		stmt->grantor = tb_strdup(group->owner);
		stmt->what = revoke ? tb_asprintf("revoke %s on %s from PUBLIC",
					  words.s, in_words) :
				      tb_asprintf("grant %s on %s to \"%s\"",
					  words.s, in_words, group->grantee);
		stmt->why = tb_strdup(
		    revoke ? "everybody has it" : "the role lacks it");
	}
	free(objects);
	free(in_words);
	tb_buf_release(&words);
	return rc;
}

static int
flush(struct granter *g, struct tb_err *err)
{
	int rc = 0;

	for (size_t i = 0; i < g->ngroups; i++) {
		struct group *group = &g->groups[i];

		if (rc == 0)
			rc = add_statement(g, group, err);
		free(group->grantee);
		free(group->schema);
		free(group->owner);
		tb_strs_release(&group->objects);
	}
	g->ngroups = 0;
	return rc;
}

/* Before 15 only a superuser can close the schema public. */
static void
cannot_close(struct granter *g, const struct row *row, unsigned bits)
{
	struct tb_buf none = TB_BUF_INIT, words = TB_BUF_INIT;
	struct set_stmt *stmt =
	    set_plan_add(g->p->plan, SET_INSIDE, g->db, &none);

	set_class_words(g->class, bits, &words);
	stmt->what = tb_asprintf("PUBLIC is to lose %s on %s %s", words.s,
	    g->class->one, row->object);
	stmt->why = tb_asprintf("only \"%s\" may revoke it; \"public-create = "
				"true\" accepts it",
	    row->owner);
	tb_buf_release(&words);
}

/* PUBLIC's row comes first of each object's. */
static void
take_row(struct granter *g, const struct row *row)
{
	unsigned missing;

	if (row->grantee[0] == '\0') {
		g->public_held = row->held;
		missing =
		    g->db->public_create ? 0 : g->class->closed & row->held;
		if (missing != 0 && !row->may_grant) {
			cannot_close(g, row, missing);
			return;
		}
	} else {
		missing = wanted(g, row) & ~row->held;
		if (!row->may_grant)
			missing &= ~g->public_held;
	}
	if (missing != 0)
		tb_strs_add(&find_group(g, row, missing)->objects, row->object);
}

/*
 * What does not exist yet has the privileges that the server gives it.  Before
 * 15 a fresh database's schema public is the superuser's, open to all.
 */
static void
imagine(struct granter *g, const char *object, const char *schema)
{
	bool foreign = schema != NULL && strcmp(schema, "public") == 0 &&
	    g->p->session->me.version < 150000;

	for (size_t i = 0; i < g->grantees.n; i++) {
		const char *grantee = g->grantees.v[i];
		struct row row = {
			.object = object,
			.schema = schema,
			.owner = foreign ? "a superuser" : g->db->owner,
			.grantee = grantee,
			.may_grant = !foreign || g->p->session->me.superuser,
		};

		if (grantee[0] == '\0')
			row.held = foreign ? ~0U : 0;
		else if (strcmp(grantee, g->db->owner) == 0 && !foreign)
			row.held = ~0U;
		take_row(g, &row);
	}
}

static int
imagine_class(struct granter *g, struct tb_err *err)
{
	struct tb_buf object = TB_BUF_INIT;

	if (g->class->scope == SET_SCOPE_DATABASE && g->fresh) {
		if (tb_pg_ident(g->p->conn, &object, g->db->name, err) == -1)
			return -1;
		imagine(g, object.s, NULL);
	}
	if (g->class->scope == SET_SCOPE_SCHEMA)
		for (size_t i = 0; i < g->new_schemas->n; i++) {
			tb_buf_reset(&object);
			if (tb_pg_ident(g->p->conn, &object,
				g->new_schemas->v[i], err) == -1)
				return -1;
			imagine(g, object.s, g->new_schemas->v[i]);
		}
	tb_buf_release(&object);
	return 0;
}

static PGresult *
query_class(const struct granter *g, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT;
	char *schemas = set_array(&g->schemas);
	char *grantees = set_array(&g->grantees);
	const char *const params[] = { schemas, grantees, g->class->acl };
	PGresult *res;

	tb_buf_addf(&sql, "WITH object AS (\n%s)\n%s", g->class->query,
	    tb_sql_text(tool_sql, "have_grants"));
	res = tb_pg_query(g->p->conn, sql.s, 3, params, err);
	tb_buf_release(&sql);
	free(schemas);
	free(grantees);
	return res;
}

static int
read_class(struct granter *g, struct tb_err *err)
{
	PGresult *res = query_class(g, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++) {
		struct row row = {
			.object = tb_pg_get(res, i, "object"),
			.schema = tb_pg_get(res, i, "schema"),
			.owner = tb_pg_get(res, i, "owner"),
			.grantee = tb_pg_get(res, i, "grantee"),
			.held =
			    set_class_bits(g->class, tb_pg_get(res, i, "held")),
			.may_grant = tb_pg_get_bool(res, i, "may_grant"),
		};

		take_row(g, &row);
	}
	PQclear(res);
	return 0;
}

static int
plan_classes(struct granter *g, struct tb_err *err)
{
	for (size_t i = 0; i < g->classes.n; i++) {
		g->class = &g->classes.v[i];
		if (!g->fresh && read_class(g, err) == -1)
			return -1;
		if (imagine_class(g, err) == -1 || flush(g, err) == -1)
			return -1;
	}
	return 0;
}

static bool
is_default(const struct granter *g, const PGresult *res, int i,
    const char *creator, const char *schema, const char *grantee)
{
	const char *in = tb_pg_get(res, i, "schema");

	return strcmp(tb_pg_get(res, i, "kind"), g->class->default_kind) == 0 &&
	    strcmp(tb_pg_get(res, i, "creator"), creator) == 0 &&
	    strcmp(tb_pg_get(res, i, "grantee"), grantee) == 0 &&
	    (in == NULL || strcmp(in, schema) == 0);
}

static int
add_default(struct granter *g, const char *creator, const char *schema,
    const char *grantee, unsigned missing, struct tb_err *err)
{
	struct tb_buf sql = TB_BUF_INIT, words = TB_BUF_INIT;
	struct set_stmt *stmt;

	set_class_words(g->class, missing, &words);
	if (tb_pg_format(g->p->conn, &sql, err,
		"ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I "
		"GRANT %s ON %s TO %I",
		creator, schema, words.s, g->class->on_default, grantee) == -1)
		return -1;
	stmt = set_plan_add(g->p->plan, SET_INSIDE, g->db, &sql);
	stmt->what = tb_asprintf(
	    "grant %s on later %s of \"%s\" in schema \"%s\" to \"%s\"",
	    words.s, g->class->many, creator, schema, grantee);
	stmt->why = tb_strdup("the role would lack it");
	stmt->grantor = tb_strdup(creator);
	tb_buf_release(&words);
	return 0;
}

/* One grant, one creator, one schema: every class that has defaults. */
static int
plan_default(struct granter *g, const struct set_grant *grant,
    const char *creator, const char *schema, const PGresult *res,
    struct tb_err *err)
{
	for (size_t i = 0; i < g->classes.n; i++) {
		unsigned missing;

		g->class = &g->classes.v[i];
		if (g->class->on_default == NULL)
			continue;
		missing = g->class->levels[grant->level];
		for (int n = 0; res != NULL && n < PQntuples(res); n++)
			if (is_default(g, res, n, creator, schema, grant->role))
				missing &= ~set_class_bits(g->class,
				    tb_pg_get(res, n, "held"));
		if (missing != 0 &&
		    add_default(g, creator, schema, grant->role, missing,
			err) == -1)
			return -1;
	}
	return 0;
}

/* A creator has everything on what it creates. */
static int
plan_defaults(struct granter *g, const PGresult *res, struct tb_err *err)
{
	const struct set_want *want = g->p->want;

	for (size_t i = 0; i < want->ngrants; i++) {
		const struct set_grant *grant = &want->grants[i];

		if (!is_here(g, grant))
			continue;
		for (size_t c = 0; c < grant->creators.n; c++) {
			const char *creator = grant->creators.v[c];

			if (strcmp(creator, grant->role) == 0)
				continue;
			for (size_t s = 0; s < grant->schemas.n; s++)
				if (plan_default(g, grant, creator,
					grant->schemas.v[s], res, err) == -1)
					return -1;
		}
	}
	return 0;
}

static int
read_defaults(struct granter *g, struct tb_err *err)
{
	const struct tb_strs *const lists[] = { &g->creators, &g->grantees,
		&g->schemas };
	PGresult *res = NULL;
	int rc;

	if (!g->fresh &&
	    (res = set_have_query(g->p->conn,
		 tb_sql_text(tool_sql, "have_defaults"), lists, 3, err)) ==
		NULL)
		return -1;
	rc = plan_defaults(g, res, err);
	PQclear(res);
	return rc;
}

int
set_plan_grants(struct set_planner *p, const struct set_db *db, bool fresh,
    const struct tb_strs *new_schemas, struct tb_err *err)
{
	struct granter g = {
		.p = p,
		.db = db,
		.fresh = fresh,
		.new_schemas = new_schemas,
		.classes = SET_CLASSES_INIT,
	};
	int rc = -1;

	collect(&g);
	if (g.grantees.n == 1) {
		rc = 0;
	} else if (set_classes_load(&g.classes, p->conn, err) == 0) {
		rc = plan_classes(&g, err);
		if (rc == 0)
			rc = read_defaults(&g, err);
	}
	set_classes_release(&g.classes);
	tb_strs_release(&g.schemas);
	tb_strs_release(&g.grantees);
	tb_strs_release(&g.creators);
	free(g.groups);
	return rc;
}
