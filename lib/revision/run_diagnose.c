/*
 * The errors that revisions meet most, and what to do about them.
 */
#include "core/tb.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "pg/query.h"
#include "revision/history_sql.h"
#include "revision/run_diagnose.h"
#include "revision/run_state.h"
#include "revision/run_watch.h"

static const struct {
	const char *sqlstate, *hint;
} hints[] = {
	{ "22P02",
	    "A value that is there, or in the statement, does not read as the "
	    "type; USING can say how to convert it." },
	{ "25001",
	    "It cannot run inside a transaction: mark the revision with "
	    "\"--: transaction no\"." },
	{ "25006",
	    "This server or session only reads; connect to the primary." },
	{ "2BP01",
	    "Drop what depends on it first, in the same revision; CASCADE "
	    "would drop it unseen." },
	{ "3F000",
	    "Make the schema with CREATE SCHEMA, in this revision or one before." },
	{ "40001",
	    "Another session changed the same rows at the same time; run "
	    "again." },
	{ "40P01",
	    "Another session worked on the same tables the other way round; "
	    "run again." },
	{ "42501",
	    "Run as the owner of the object, or let the program become the "
	    "owner: role in the section \"migrate\" of tb.conf, or --role." },
	{ "42601", "Mend the statement and run again." },
	{ "42701", NULL },
	{ "42703",
	    "Is the revision that makes the column applied?  See \"tb-migrate "
	    "current\" and \"tb-migrate history\"." },
	{ "42704",
	    "Is the revision that makes it applied (\"tb-migrate current\"), "
	    "and the extension that it comes from there?" },
	{ "42710", NULL },
	{ "42723", NULL },
	{ "42883",
	    "Is the revision that makes it applied, and the extension that it "
	    "comes from there?  Types of arguments count, too." },
	{ "42P01",
	    "Is the revision that makes it applied (\"tb-migrate current\")?  A "
	    "name without schema is looked up in the search_path that the role "
	    "and the database have." },
	{ "42P06", NULL },
	{ "42P07", NULL },
	{ "53100", "Make room on the server's disk and run again." },
	{ "53200", "The server is out of memory: see its log, run again." },
	{ "53300", "The server has no connection left: run again later." },
	{ "53400",
	    "The server allows no more, as by temp_file_limit: its "
	    "administrator can raise that." },
	{ "54000",
	    "PostgreSQL has a limit there; the statement must be cut into "
	    "smaller ones." },
	{ "55P03",
	    "Run again when those have ended, or wait longer with "
	    "--lock-timeout." },
	{ "55P04",
	    "A new enum value can only be used after it is committed: run with "
	    "--transaction revision." },
	{ "57014",
	    "Allow it more time with --statement-timeout, or with "
	    "\"--: statement-timeout\" in the revision." },
};

static void
say_it_exists(const char *id, struct tb_err *err)
{
	(void)tb_err_hint(err,
	    "Was it made by hand, or is the database further than its version "
	    "row says?  If it is what the revision makes, \"tb-migrate stamp "
	    "%s\" records that; else drop it.  Then run again.",
	    id);
}

static void
add_holder(const PGresult *res, int i, struct tb_err *err)
{
	const char *program = tb_pg_get(res, i, "program");

	(void)tb_err_detail(err,
	    "A lock on %s is held by process %s, user %s%s%s, %s, in a "
	    "transaction since %s: %s",
	    tb_pg_get(res, i, "relations"), tb_pg_get(res, i, "pid"),
	    tb_pg_get(res, i, "role"), *program != '\0' ? ", program " : "",
	    program, tb_pg_get(res, i, "state"), tb_pg_get(res, i, "age"),
	    tb_pg_get(res, i, "query"));
}

/* After the rollback: whoever was in the way may still be there. */
void
tb_run_tell_holders(const struct tb_run_state *st,
    const struct tb_run_step *rs TB_UNUSED, struct tb_err *err)
{
	const struct tb_stmt *stmt = st->failed;
	struct tb_err why = TB_ERR_INIT;
	const char *param;
	PGresult *res;
	char *lower;

	if (stmt == NULL ||
	    (st->watch != NULL && tb_run_watch_blame(st->watch, err)))
		return;
	lower = tb_strdup(stmt->text);
	for (char *p = lower; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	param = lower;
	res = tb_pg_query(st->db, tb_sql_text(tb_revision_sql, "lock_holders"),
	    1, &param, &why);
	for (int i = 0; res != NULL && i < PQntuples(res); i++)
		add_holder(res, i, err);
	if (res == NULL)
		tb_debug("could not ask who holds the lock: %s", why.message);
	PQclear(res);
	tb_err_release(&why);
	free(lower);
}

PGresult *
tb_diagnose_ask(struct tb_run_state *st, const char *sql_file, int nparams,
    const char *const *params)
{
	struct tb_err why = TB_ERR_INIT;
	PGresult *res = tb_pg_query(st->db,
	    tb_sql_text(tb_revision_sql, sql_file), nparams, params, &why);

	if (res == NULL)
		tb_debug("could not find out more: %s", why.message);
	tb_err_release(&why);
	return res;
}

static bool
is_any(const char *sqlstate, const char *list)
{
	return strstr(list, sqlstate) != NULL;
}

/* What can be looked up in the database and in the files. */
static void
look_up(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	const char *s = err->sqlstate;

	if (s[0] == '\0')
		return;
	if (is_any(s, "55P03"))
		tb_run_tell_holders(st, rs, err);
	else if (is_any(s, "42701 42P07 42710 42P06 42723"))
		tb_diagnose_there(st, rs, err);
	else if (is_any(s, "42P01 42703 42704 42883 3F000"))
		tb_diagnose_missing(st, rs, err);
	else if (is_any(s, "42501"))
		tb_diagnose_rights(st, err);
	else if (is_any(s, "23502 23503 23505 23514"))
		tb_diagnose_data(st, rs, err);
	else if (is_any(s, "53100"))
		tb_diagnose_disk(st, err);
	else if (is_any(s, "55006"))
		tb_diagnose_use(st, err);
}

void
tb_run_diagnose(struct tb_run_state *st, const struct tb_run_step *rs,
    struct tb_err *err)
{
	const struct tb_revision *rev = rs->step->rev;

	look_up(st, rs, err);
	for (size_t i = 0; i < TB_LEN(hints) && err->hint == NULL; i++) {
		if (strcmp(err->sqlstate, hints[i].sqlstate) != 0)
			continue;
		if (hints[i].hint != NULL)
			(void)tb_err_hint(err, "%s", hints[i].hint);
		else if (rev != NULL && rs->step->kind == TB_STEP_UPGRADE)
			say_it_exists(rev->h.id, err);
		break;
	}
}
