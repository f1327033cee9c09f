/*
 * Permission denied: who owns it, and the statement that would allow it.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "revision/history.h"
#include "revision/run_diagnose.h"

static bool
has_word(const char *list, const char *word)
{
	struct tb_strs words = TB_STRS_INIT;
	bool has;

	if (list == NULL)
		return false;
	tb_strs_split(&words, list, " ");
	has = tb_strs_has(&words, word);
	tb_strs_release(&words);
	return has;
}

/*
 * The privilege that is missing for this statement; NULL: being the owner is
 * what it takes.
 */
static const char *
missing(const struct tb_cursor *w, const char *kind, const char *lacking)
{
	static const char *const rows[] = { "SELECT", "INSERT", "UPDATE",
		"DELETE", "TRUNCATE" };
	static const char *const others[] = { "USAGE", "CREATE", "EXECUTE" };
	bool creates = tb_cursor_is(w, "CREATE");

	if (strcmp(kind, "TABLE") != 0) {
		for (size_t i = 0; i < TB_LEN(others); i++)
			if (has_word(lacking, others[i]))
				return others[i];
		return NULL;
	}
	for (size_t i = 0; i < TB_LEN(rows); i++)
		if (tb_cursor_is(w, rows[i]) && has_word(lacking, rows[i]))
			return rows[i];
	if (strstr(w->text, "TRIGGER") != NULL && creates)
		return has_word(lacking, "TRIGGER") ? "TRIGGER" : NULL;
	if (strcasestr(w->text, "references") != NULL)
		return has_word(lacking, "REFERENCES") ? "REFERENCES" : NULL;
	if (!creates && !tb_cursor_is(w, "ALTER") && !tb_cursor_is(w, "DROP") &&
	    !tb_cursor_is(w, "COMMENT") && has_word(lacking, "SELECT"))
		return "SELECT";
	return NULL;
}

/* "Must be owner" is not about a privilege, whatever is lacking besides. */
static bool
needs_owner(const struct tb_cursor *w, const char *kind)
{
	bool ddl = tb_cursor_is(w, "ALTER") || tb_cursor_is(w, "DROP") ||
	    tb_cursor_is(w, "COMMENT") || tb_cursor_is(w, "GRANT") ||
	    tb_cursor_is(w, "REINDEX") || tb_cursor_is(w, "CLUSTER");

	if (strcmp(kind, "SCHEMA") == 0 || strcmp(kind, "DATABASE") == 0)
		return ddl && strcasestr(w->text, kind) != NULL;
	return ddl && strcasestr(w->text, "references") == NULL;
}

static void
advise_owner(const PGresult *res, int i, struct tb_err *err)
{
	const char *owner = tb_pg_get(res, i, "owner");
	const char *login = tb_pg_get(res, i, "login");

	if (tb_pg_get_bool(res, i, "can_become"))
		(void)tb_err_hint(err,
		    "Run with --role %s, or set role in the section "
		    "\"migrate\" of tb.conf.",
		    owner);
	else
		(void)tb_err_hint(err,
		    "Run as %s; or let a superuser do \"GRANT %s TO %s;\", "
		    "then run with --role %s.",
		    owner, owner, login, owner);
}

static void
tell(const struct tb_cursor *w, const PGresult *res, int i, struct tb_err *err)
{
	const char *kind = tb_pg_get(res, i, "kind");
	const char *name = tb_pg_get(res, i, "name");
	const char *role = tb_pg_get(res, i, "role");
	const char *behind = tb_pg_get(res, i, "behind");
	const char *privilege = needs_owner(w, kind) ?
	    NULL :
	    missing(w, kind, tb_pg_get(res, i, "lacking"));

	(void)tb_err_detail(err,
	    "%s %s belongs to role %s%s%s; the statement ran as %s.", kind,
	    name, tb_pg_get(res, i, "owner"),
	    behind != NULL ? ", which is " : "", behind != NULL ? behind : "",
	    role);
	if (err->hint != NULL)
		return;
	if (privilege != NULL)
		(void)tb_err_hint(err,
		    "Its owner can allow it: GRANT %s ON %s %s TO %s;",
		    privilege, kind, name, role);
	else
		advise_owner(res, i, err);
}

/* The first object that the message names and that is not ours to use so. */
static void
tell_first(const struct tb_cursor *w, const PGresult *res, struct tb_err *err)
{
	char *message = tb_strdup(err->message);

	for (int i = 0; i < PQntuples(res); i++) {
		if (tb_pg_get_bool(res, i, "owns") ||
		    !tb_message_names(message, tb_pg_get(res, i, "word")))
			continue;
		tell(w, res, i, err);
		break;
	}
	free(message);
}

void
tb_diagnose_rights(struct tb_run_state *st, struct tb_err *err)
{
	const char *text =
	    st->failed != NULL ? st->failed->text : "CREATE TABLE";
	struct tb_strs words = TB_STRS_INIT;
	struct tb_cursor w;
	const char *param;
	char *json;
	PGresult *res;

	/* One of ours makes the version table. */
	if (!tb_cursor_begin(&w, text))
		return;
	tb_cursor_names(text, &words);
	tb_strs_add(&words, "public"); /* names without schema */
	if (st->failed == NULL && st->history != NULL)
		tb_strs_add(&words, st->history->schema);
	param = json = tb_json_of(&words);
	res = tb_diagnose_ask(st, "diagnose_rights", 1, &param);
	if (res != NULL)
		tell_first(&w, res, err);
	PQclear(res);
	free(json);
	tb_cursor_release(&w);
	tb_strs_release(&words);
}
