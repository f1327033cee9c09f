/*
 * cmd_quick.c: --quick, has anything been changed since the last run of
 * tb-migrate?
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/quick.h"
#include "cli/json.h"
#include "cli/table.h"
#include "cli/term.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "verify.h"

static const char full[] =
    "Run tb-verify without --quick to see what differs from the revisions.";

static const char *
stored(const struct tb_quick *q, const char *column)
{
	return q->stored != NULL ? tb_pg_get(q->stored, 0, column) : NULL;
}

/* "event 12 (upgrade to b2 by app, joe@host) at 2026-11-22T10:00:00Z" */
static char *
describe(const struct tb_quick *q)
{
	const char *event = stored(q, "event");
	const char *revision = stored(q, "revision");
	const char *client = stored(q, "client");

	if (event == NULL || stored(q, "action") == NULL)
		return tb_asprintf("the run of tb-migrate at %s",
		    stored(q, "at"));
	return tb_asprintf("event %s (%s to %s by %s%s%s) at %s", event,
	    stored(q, "action"), revision != NULL ? revision : "base",
	    stored(q, "role"), *client != '\0' ? ", " : "", client,
	    stored(q, "at"));
}

static int
refuse(const struct tb_quick *q, PGconn *db, struct tb_err *err)
{
	const char *why = "the one that is stored was made by another version "
			  "of the program or of the server";

	if (q->answer == TB_QUICK_RESTORED)
		why = "the database was restored from a dump since it was "
		      "stored";
	if (q->answer == TB_QUICK_NONE)
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "no fingerprint is stored in database \"%s\"", PQdb(db));
	else
		(void)tb_err_set(err, TB_EXIT_CONFIG,
		    "the fingerprint of database \"%s\" cannot be compared: %s",
		    PQdb(db), why);
	return tb_err_hint(err,
	    "tb-migrate stores one at the end of each run.  %s", full);
}

static json_t *
rows_json(const PGresult *res)
{
	json_t *a = json_array();

	for (int row = 0; res != NULL && row < PQntuples(res); row++) {
		json_t *o = json_object();

		for (int c = 0; c < PQnfields(res); c++)
			tb_json_set(o, PQfname(res, c),
			    PQgetisnull(res, row, c) ? NULL :
						       PQgetvalue(res, row, c));
		(void)json_array_append_new(a, o);
	}
	return a;
}

static json_t *
event_json(const struct tb_quick *q)
{
	static const char *const keys[] = { "at", "action", "revision", "role",
		"client" };
	json_t *o = json_object();
	const char *event = stored(q, "event");

	(void)json_object_set_new(o, "id",
	    event != NULL ? json_integer(strtoll(event, NULL, 10)) :
			    json_null());
	for (size_t i = 0; i < TB_LEN(keys); i++)
		tb_json_set(o, keys[i], stored(q, keys[i]));
	return o;
}

static void
print_json(const struct tb_quick *q, const struct tb_quick_why *why)
{
	json_t *o = json_object(), *changed = json_array();

	for (size_t i = 0; i < q->changed.n; i++)
		(void)json_array_append_new(changed,
		    tb_json_text(q->changed.v[i]));
	(void)json_object_set_new(o, "equal",
	    json_boolean(q->answer == TB_QUICK_SAME));
	(void)json_object_set_new(o, "since", event_json(q));
	(void)json_object_set_new(o, "changed", changed);
	(void)json_object_set_new(o, "touched", rows_json(why->touched));
	(void)json_object_set_new(o, "statements", rows_json(why->watched));
	(void)json_object_set_new(o, "seen", rows_json(why->seen));
	tb_json_print(o);
}

static void
put(const PGresult *res, int row, const char *before, const char *column)
{
	const char *text = tb_pg_get(res, row, column);

	if (text == NULL || *text == '\0')
		return;
	(void)printf("%s", before);
	tb_text_put(text, stdout);
}

struct column {
	const char *before, *name;
};

/* A line a row; what is NULL is left out. */
static void
print_rows(const PGresult *res, const struct column *columns, size_t n)
{
	for (int i = 0; res != NULL && i < PQntuples(res); i++) {
		for (size_t c = 0; c < n; c++)
			put(res, i, columns[c].before, columns[c].name);
		(void)printf("\n");
	}
}

static void
print_why(const struct tb_quick_why *why)
{
	static const struct column touched[] = { { "  touched ", "type" },
		{ " ", "identity" }, { " at ", "at" } };
	static const struct column watched[] = { { "  ", "at" }, { " ", "tag" },
		{ " ", "identity" }, { " by ", "role" }, { " from ", "client" },
		{ " with ", "application" } };
	static const struct column seen[] = { { "  seen ", "statement" },
		{ "; calls ", "calls" }, { ", by ", "role" },
		{ ", first at ", "since" } };

	print_rows(why->touched, touched, TB_LEN(touched));
	print_rows(why->watched, watched, TB_LEN(watched));
	print_rows(why->seen, seen, TB_LEN(seen));
}

static void
print_text(const struct tb_quick *q, const struct tb_quick_why *why)
{
	char *since = describe(q), *changed = tb_strs_join(&q->changed, ", ");
	bool same = q->answer == TB_QUICK_SAME;

	(void)printf("%s%s%s since ", tb_sgr(stdout, same ? TB_GREEN : TB_RED),
	    same ? "unchanged" : "changed", tb_sgr(stdout, TB_PLAIN));
	tb_text_put(since, stdout);
	(void)printf("%s%s\n", same ? "" : ": ", changed);
	print_why(why);
	free(since);
	free(changed);
}

static int
answer(struct tb_ctx *ctx, const struct tb_quick *q, struct tb_err *err)
{
	struct tb_quick_why why = TB_QUICK_WHY_INIT;

	if (q->answer != TB_QUICK_SAME && q->answer != TB_QUICK_DIFFERS)
		return refuse(q, ctx->db, err);
	if (q->answer == TB_QUICK_DIFFERS && !ctx->quiet)
		tb_quick_explain(ctx->db, q, &why);
	if (!ctx->quiet && tb_cli_is_json(ctx))
		print_json(q, &why);
	else if (!ctx->quiet)
		print_text(q, &why);
	tb_quick_why_release(&why);
	if (q->answer == TB_QUICK_SAME)
		return TB_EXIT_OK;
	tb_hint("%s", full);
	return TB_EXIT_FOUND;
}

int
ver_quick(struct tb_ctx *ctx, struct tb_err *err)
{
	struct tb_quick q = TB_QUICK_INIT;
	int rc;

	if (tb_cli_connect(ctx, TB_PG_READ, err) == -1 ||
	    tb_quick_check(ctx->db, &q, err) == -1)
		return -1;
	rc = answer(ctx, &q, err);
	tb_quick_release(&q);
	return rc;
}
