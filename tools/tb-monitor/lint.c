/*
 * --lint: does the server understand the checks?
 */
#include "core/tb.h"

#include <jansson.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "cli/cli.h"
#include "cli/json.h"
#include "cli/table.h"
#include "core/err.h"
#include "core/mem.h"
#include "monitor.h"
#include "pg/query.h"
#include "set.h"

/* Types by their fixed oids. */
enum {
	BOOL = 16,
	INT8 = 20,
	INT2 = 21,
	INT4 = 23,
	TEXT = 25,
	FLOAT4 = 700,
	FLOAT8 = 701,
	TEXT_ARRAY = 1009,
	VARCHAR = 1043,
	NUMERIC = 1700,
};

struct column {
	const char *name;
	Oid types[7];
	const char *want;
};

static const struct column columns[] = {
	{ "value", { NUMERIC, INT8, INT4, INT2, FLOAT8, FLOAT4 }, "a number" },
	{ "label", { TEXT, VARCHAR }, "text" },
	{ "message", { TEXT, VARCHAR }, "text" },
	{ "objects", { TEXT_ARRAY }, "text[]" },
	{ "unknown", { TEXT, VARCHAR }, "text" },
	{ "warning", { TEXT, VARCHAR }, "text" },
	{ "critical", { TEXT, VARCHAR }, "text" },
};

static bool
has_type(const struct column *column, Oid type)
{
	for (size_t i = 0; column->types[i] != 0; i++)
		if (column->types[i] == type)
			return true;
	return false;
}

static const struct column *
find_column(const char *name)
{
	for (size_t i = 0; i < TB_LEN(columns); i++)
		if (strcmp(columns[i].name, name) == 0)
			return &columns[i];
	return NULL;
}

static int
lint_columns(const PGresult *res, struct tb_err *err)
{
	if (PQnfields(res) == 0)
		return tb_err_set(err, TB_EXIT_DATA, "it returns no rows");
	if (tb_pg_column(res, "value") == -1)
		return tb_err_set(err, TB_EXIT_DATA,
		    "it returns no column \"value\"");
	for (int i = 0; i < PQnfields(res); i++) {
		const struct column *c = find_column(PQfname(res, i));

		if (c == NULL)
			return tb_err_set(err, TB_EXIT_DATA,
			    "column \"%s\" means nothing here",
			    PQfname(res, i));
		if (!has_type(c, PQftype(res, i)))
			return tb_err_set(err, TB_EXIT_DATA,
			    "column \"%s\" is not %s", c->name, c->want);
	}
	return 0;
}

static int
lint_description(const struct mon_check *c, const PGresult *res,
    struct tb_err *err)
{
	if (PQnparams(res) != (int)c->nparams)
		return tb_err_set(err, TB_EXIT_DATA,
		    "it uses %d parameters and declares %zu", PQnparams(res),
		    c->nparams);
	return lint_columns(res, err);
}

/* The unnamed statement: nothing is left behind. */
static int
lint_check(PGconn *db, const struct mon_check *c, struct tb_err *err)
{
	PGresult *res;
	int rc;

	tb_pg_echo(c->sql);
	res = PQprepare(db, "", c->sql, 0, NULL);
	if (!tb_pg_ok(res)) {
		(void)tb_pg_error(db, res, err);
		PQclear(res);
		return -1;
	}
	PQclear(res);
	res = PQdescribePrepared(db, "");
	rc = tb_pg_ok(res) ? lint_description(c, res, err) :
			     tb_pg_error(db, res, err);
	PQclear(res);
	return rc;
}

struct output {
	struct tb_table table;
	json_t *array;
};

static void
add_line(struct output *out, const struct mon_check *c,
    const struct tb_err *problem)
{
	bool failed = tb_err_is_set(problem);
	json_t *o = json_object();

	tb_json_set(o, "id", c->id);
	tb_json_set(o, "file", c->file);
	tb_json_set(o, "status", failed ? "failed" : "ok");
	tb_json_set(o, "message", problem->message);
	if (json_array_append_new(out->array, o) == -1)
		tb_bug("could not build JSON");
	tb_table_add(&out->table, failed ? "failed" : "ok", c->id,
	    failed ? problem->message : c->title);
	tb_table_colour(&out->table, failed ? TB_RED : TB_GREEN);
}

static bool
applies(const struct mon_check *c, int version)
{
	return c->selected && version >= c->since && version <= c->until;
}

static void
finish(struct tb_ctx *ctx, struct output *out)
{
	if (tb_cli_is_json(ctx)) {
		tb_json_print(out->array);
	} else {
		tb_table_print(&out->table, stdout);
		json_decref(out->array);
	}
	tb_table_release(&out->table);
}

int
mon_lint(struct tb_ctx *ctx, const struct mon_set *set, struct tb_err *err)
{
	struct output out = { .array = json_array() };
	size_t failed = 0;

	if (tb_cli_connect(ctx, TB_PG_READ, err) == -1) {
		json_decref(out.array);
		return -1;
	}
	tb_table_init(&out.table, "LINT", "CHECK", "WHAT", (char *)NULL);
	for (size_t i = 0; i < set->n; i++) {
		const struct mon_check *c = set->v[i];
		struct tb_err problem = TB_ERR_INIT;

		if (!applies(c, PQserverVersion(ctx->db)))
			continue;
		if (lint_check(ctx->db, c, &problem) == -1)
			failed++;
		if (!ctx->quiet || tb_err_is_set(&problem))
			add_line(&out, c, &problem);
		tb_err_release(&problem);
	}
	finish(ctx, &out);
	if (failed == 0)
		return 0;
	return tb_err_set(err, TB_EXIT_DATA,
	    failed == 1 ? "%zu check failed" : "%zu checks failed", failed);
}
