#include "core/tb.h"

#include <jansson.h>
#include <stdlib.h>

#include "cli/json.h"
#include "report.h"
#include "secret.h"

static void
set(json_t *object, const char *key, json_t *value)
{
	(void)json_object_set_new(object, key, value);
}

static json_t *
statement(const struct set_stmt *stmt)
{
	static const char *const phases[SET_PHASES] = {
		[SET_CLUSTER] = "cluster",
		[SET_CREATE] = "create",
		[SET_INSIDE] = "inside",
	};
	json_t *o = json_object();

	tb_json_set(o, "phase", phases[stmt->phase]);
	tb_json_set(o, "database", stmt->db != NULL ? stmt->db->name : NULL);
	tb_json_set(o, "what", stmt->what);
	tb_json_set(o, "why", stmt->why);
	/* Its verifier is nobody's to see. */
	tb_json_set(o, "sql", stmt->secret_of == NULL ? stmt->sql : NULL);
	return o;
}

static json_t *
statements(const struct set_plan *plan)
{
	json_t *list = json_array();

	for (size_t i = 0; i < plan->n; i++)
		(void)json_array_append_new(list, statement(&plan->v[i]));
	return list;
}

static json_t *
proofs(const struct set_proofs *all)
{
	static const char *const outcomes[] = {
		[SET_PROVED] = "proved",
		[SET_NOT_TESTED] = "not tested",
		[SET_FAILED] = "failed",
	};
	json_t *list = json_array();

	for (size_t i = 0; i < all->n; i++) {
		const struct set_proof *p = &all->v[i];
		json_t *o = json_object();

		tb_json_set(o, "role", p->role->name);
		tb_json_set(o, "database", p->db != NULL ? p->db->name : NULL);
		tb_json_set(o, "outcome", outcomes[p->outcome]);
		set(o, "password", json_boolean(p->password));
		tb_json_set(o, "words", p->words);
		(void)json_array_append_new(list, o);
	}
	return list;
}

static json_t *
databases(const struct set_report *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->want->ndbs; i++) {
		const struct set_db *db = &r->want->dbs[i];
		char *command = set_report_command(r, db, db->owner);
		json_t *o = json_object();

		tb_json_set(o, "name", db->name);
		tb_json_set(o, "owner", db->owner);
		tb_json_set(o, "host", set_report_host(r, db, db->owner));
		tb_json_set(o, "port", PQport(r->session->admin));
		tb_json_set(o, "connect", command);
		(void)json_array_append_new(list, o);
		free(command);
	}
	return list;
}

void
set_print_json(const struct set_report *r)
{
	json_t *o = json_object();

	set(o, "applied", json_boolean(r->applied && !r->failed));
	set(o, "changes", statements(r->plan));
	if (r->applied) {
		set(o, "proofs", proofs(r->proofs));
		if (!r->drop)
			set(o, "databases", databases(r));
	}
	tb_json_print(o);
}
