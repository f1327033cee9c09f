/*
 * What a statement needs is not there: who makes it, where else it is, what is
 * called nearly so.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "revision/graph.h"
#include "revision/near.h"
#include "revision/run_diagnose.h"

/* The name that the message says is missing, and the schema before it. */
struct lost {
	char *schema, *name;
};

static bool
is_relation(const PGresult *relations, const char *name)
{
	for (int i = 0; i < PQntuples(relations); i++)
		if (strcmp(tb_pg_get(relations, i, "name"), name) == 0)
			return true;
	return false;
}

/* Where the message has it; NULL: it cannot be what is missing. */
static const char *
place_of(const char *message, const char *name, bool column,
    const PGresult *relations)
{
	const char *at = tb_message_at(message, name);

	if (at == NULL || !column)
		return at;
	/* "t.c" is about c. */
	if (at[strlen(name)] == '.' || is_relation(relations, name))
		return NULL;
	return at;
}

/*
 * Of the names in the statement the one that the message has first; of a dotted
 * name the last part, or the schema if that is what is missing.
 */
static void
find_lost(const char *text, const char *message, enum tb_made_kind kind,
    const PGresult *relations, struct lost *lost)
{
	bool column = kind == TB_MADE_COLUMN;
	const char *first = NULL, *at;
	struct tb_cursor w;
	char *schema, *name;

	if (!tb_cursor_begin(&w, text))
		return;
	while (!tb_cursor_end(&w)) {
		if (!tb_cursor_qualified(&w, &schema, &name)) {
			tb_cursor_next(&w);
			continue;
		}
		if (kind == TB_MADE_SCHEMA && schema != NULL) {
			free(name);
			name = schema;
			schema = NULL;
		}
		at = place_of(message, name, column, relations);
		if (at != NULL && (first == NULL || at < first)) {
			free(lost->schema);
			free(lost->name);
			lost->schema = tb_strdup_null(schema);
			lost->name = tb_strdup(name);
			first = at;
		}
		free(schema);
		free(name);
	}
	tb_cursor_release(&w);
}

static void
tell_near(const struct tb_near *near, struct tb_err *err)
{
	if (near->best != NULL)
		(void)tb_err_detail(err, "There is \"%s\".", near->best);
}

/* The same name in another schema, or one that is nearly so. */
static bool
tell_elsewhere(const PGresult *relations, const struct lost *lost,
    struct tb_err *err)
{
	struct tb_near near = tb_near(lost->name);
	bool found = false;

	for (int i = 0; i < PQntuples(relations); i++) {
		const char *name = tb_pg_get(relations, i, "name");

		tb_near_try(&near, name);
		if (strcmp(name, lost->name) != 0)
			continue;
		(void)tb_err_detail(err,
		    "There is %s; a name without schema is looked up in %s.",
		    tb_pg_get(relations, i, "full_name"),
		    tb_pg_get(relations, i, "path"));
		found = true;
	}
	if (!found)
		tell_near(&near, err);
	return found;
}

static void
tell_near_columns(struct tb_run_state *st, const char *name, struct tb_err *err)
{
	struct tb_strs words = TB_STRS_INIT;
	struct tb_near near = tb_near(name);
	const char *param;
	char *json;
	PGresult *res;

	tb_cursor_names(st->failed->text, &words);
	param = json = tb_json_of(&words);
	res = tb_diagnose_ask(st, "diagnose_near_columns", 1, &param);
	for (int i = 0; res != NULL && i < PQntuples(res); i++)
		tb_near_try(&near, tb_pg_get(res, i, "name"));
	tell_near(&near, err);
	PQclear(res);
	free(json);
	tb_strs_release(&words);
}

static bool
comes_before(const struct tb_run_state *st, const struct tb_revision *rev)
{
	for (size_t i = 0; i < st->at; i++)
		if (st->run->v[i].step->rev == rev)
			return true;
	return false;
}

static void
advise(const struct tb_run_state *st, const struct tb_run_step *rs,
    const struct tb_makers *makers, struct tb_err *err)
{
	const struct tb_revision *pending = makers->pending;

	if (pending != NULL && makers->applied == NULL &&
	    !comes_before(st, pending))
		(void)tb_err_hint(err,
		    "Apply \"%s\" first: if \"%s\" needs it, say so there "
		    "with \"--: depends-on %s\".",
		    pending->h.id, rs->step->rev->h.id, pending->h.id);
	else if (makers->applied != NULL)
		(void)tb_err_hint(err,
		    "It was taken away since, by hand or by a revision: see "
		    "\"tb-migrate log\", or compare with tb-verify.");
}

static enum tb_made_kind
kind_of(const char *sqlstate)
{
	if (strcmp(sqlstate, "42703") == 0)
		return TB_MADE_COLUMN;
	if (strcmp(sqlstate, "42883") == 0)
		return TB_MADE_ROUTINE;
	if (strcmp(sqlstate, "3F000") == 0)
		return TB_MADE_SCHEMA;
	return strcmp(sqlstate, "42704") == 0 ? TB_MADE_TYPE : TB_MADE_RELATION;
}

static void
tell_lost(struct tb_run_state *st, const struct tb_run_step *rs,
    const struct lost *lost, const PGresult *relations, struct tb_err *err)
{
	enum tb_made_kind kind = kind_of(err->sqlstate);
	struct tb_made want = { .kind = kind, .name = lost->name };
	struct tb_makers makers;
	bool elsewhere = false;

	if (kind == TB_MADE_COLUMN) {
		want.name = NULL;
		want.member = lost->name;
	} else if (kind == TB_MADE_RELATION) {
		want.schema = lost->schema;
	}
	tb_tell_makers(st, rs->step->rev, &want, &makers, err);
	if (kind == TB_MADE_COLUMN)
		tell_near_columns(st, lost->name, err);
	else if (kind == TB_MADE_RELATION)
		elsewhere = tell_elsewhere(relations, lost, err);
	/* The server's own hint is a guess, a revision that makes it is not. */
	if (err->hint != NULL && makers.pending == NULL)
		return;
	if (elsewhere)
		(void)tb_err_hint(err,
		    "Write the schema before the name, or set search_path for "
		    "the role or the database.");
	else
		advise(st, rs, &makers, err);
}

/* A setting of a newer server, as dumps by a newer pg_dump have. */
static bool
is_setting(const struct tb_stmt *stmt)
{
	struct tb_cursor w;
	bool yes;

	if (!tb_cursor_begin(&w, stmt->text))
		return false;
	yes = tb_cursor_is(&w, "SET");
	tb_cursor_release(&w);
	return yes;
}

void
tb_diagnose_missing(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	struct lost lost = { NULL, NULL };
	PGresult *relations;

	if (st->failed == NULL || rs->step->rev == NULL)
		return;
	if (err->hint == NULL && is_setting(st->failed)) {
		(void)tb_err_hint(err,
		    "This server does not know the setting; if a newer pg_dump "
		    "wrote the line, take it out.");
		return;
	}
	relations = tb_diagnose_ask(st, "diagnose_relation", 0, NULL);
	if (relations == NULL)
		return;
	find_lost(st->failed->text, err->message, kind_of(err->sqlstate),
	    relations, &lost);
	if (lost.name != NULL)
		tell_lost(st, rs, &lost, relations, err);
	free(lost.schema);
	free(lost.name);
	PQclear(relations);
}
