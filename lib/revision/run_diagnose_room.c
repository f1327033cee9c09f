/*
 * No room: a disk that is full, and a database or table that others, or this
 * run itself, still use.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "pg/query.h"
#include "revision/run_diagnose.h"

#define DEFAULT_TABLESPACE 1663UL /* in every cluster */

/* The file that the message names tells; 0: it names none. */
static unsigned long
tablespace_of(const char *message)
{
	static const char elsewhere[] = "pg_tblspc/";
	const char *at = strstr(message, elsewhere);

	if (at != NULL)
		return strtoul(at + sizeof(elsewhere) - 1, NULL, 10);
	return strstr(message, "base/") != NULL ? DEFAULT_TABLESPACE : 0;
}

static void
tell_where(const PGresult *res, struct tb_err *err)
{
	const char *location = tb_pg_get(res, 0, "location");
	const char *in = location != NULL ? " at " : "";

	if (location == NULL)
		location = "";
	if (tb_pg_get_bool(res, 0, "is_data"))
		(void)tb_err_detail(err,
		    "The disk of the server's data folder%s%s is full.", in,
		    location);
	else
		(void)tb_err_detail(err,
		    "The disk of tablespace %s%s%s is full.",
		    tb_pg_get(res, 0, "name"), in, location);
}

void
tb_diagnose_disk(struct tb_run_state *st, struct tb_err *err)
{
	unsigned long oid = tablespace_of(err->message);
	char text[32];
	const char *param = text;
	PGresult *res;

	if (oid == 0)
		return;
	(void)snprintf(text, sizeof(text), "%lu", oid);
	res = tb_diagnose_ask(st, "diagnose_disk", 1, &param);
	if (res != NULL && PQntuples(res) > 0)
		tell_where(res, err);
	PQclear(res);
}

static void
tell_sessions(const PGresult *res, struct tb_err *err)
{
	long long all = 0;
	int n = PQntuples(res);

	for (int i = 0; i < n; i++) {
		const char *program = tb_pg_get(res, i, "program");
		const char *client = tb_pg_get(res, i, "client");
		const char *state = tb_pg_get(res, i, "state");
		const char *span = tb_pg_get(res, i, "for_time");

		all = tb_pg_get_int(res, i, "count");
		(void)tb_err_detail(err,
		    "Process %s, user %s%s%s%s%s, uses it: %s%s%s.",
		    tb_pg_get(res, i, "pid"), tb_pg_get(res, i, "role"),
		    program != NULL ? ", " : "", program != NULL ? program : "",
		    client != NULL ? " from " : "",
		    client != NULL ? client : "",
		    state != NULL ? state : "doing what this role may not see",
		    state != NULL && span != NULL ? " for " : "",
		    state != NULL && span != NULL ? span : "");
	}
	if (all > n)
		(void)tb_err_detail(err, "So do %lld others.", all - n);
}

/* Of CREATE DATABASE it is the template that nobody may use. */
static char *
template_of(struct tb_cursor *w)
{
	char *name = NULL;

	if (tb_cursor_until(w, "TEMPLATE")) {
		tb_cursor_next(w);
		(void)tb_cursor_accept(w, "=");
		name = tb_cursor_name(w);
	}
	return name != NULL ? name : tb_strdup("template1");
}

/* The database that a statement wants for itself; NULL: it wants none. */
static char *
database_of(struct tb_cursor *w)
{
	bool creates = tb_cursor_is(w, "CREATE");

	if (!creates && !tb_cursor_is(w, "DROP") && !tb_cursor_is(w, "ALTER"))
		return NULL;
	tb_cursor_next(w);
	if (!tb_cursor_accept(w, "DATABASE"))
		return NULL;
	if (creates)
		return template_of(w);
	if (tb_cursor_accept(w, "IF"))
		(void)tb_cursor_accept(w, "EXISTS");
	return tb_cursor_name(w);
}

static void
diagnose_database(struct tb_run_state *st, const char *name, bool drops,
    struct tb_err *err)
{
	PGresult *res = tb_diagnose_ask(st, "diagnose_sessions", 1, &name);

	if (res != NULL)
		tell_sessions(res, err);
	PQclear(res);
	if (drops)
		(void)tb_err_hint(err,
		    "End those sessions and run again; DROP DATABASE ... WITH "
		    "(FORCE) ends them by itself.");
	else
		(void)tb_err_hint(err, "End those sessions and run again.");
}

/*
 * Tables are used by this very session, for others they would be locked: to run
 * again changes nothing.  A function may be about anything.
 */
static bool
is_our_own_fault(const char *text)
{
	static const char *const words[] = { "SELECT", "WITH", "CALL", "DO" };
	struct tb_cursor w;
	bool ours = true;

	if (!tb_cursor_begin(&w, text))
		return false;
	for (size_t i = 0; i < TB_LEN(words); i++)
		ours &= !tb_cursor_is(&w, words[i]);
	tb_cursor_next(&w);
	ours &= !tb_cursor_is(&w, "SUBSCRIPTION");
	tb_cursor_release(&w);
	return ours;
}

void
tb_diagnose_use(struct tb_run_state *st, struct tb_err *err)
{
	const char *text = st->failed != NULL ? st->failed->text : NULL;
	struct tb_cursor w;
	char *name;
	bool drops;

	if (text == NULL || !tb_cursor_begin(&w, text))
		return;
	drops = tb_cursor_is(&w, "DROP");
	name = database_of(&w);
	if (name != NULL) {
		diagnose_database(st, name, drops, err);
	} else if (is_our_own_fault(text)) {
		err->code = TB_EXIT_DATA;
		(void)tb_err_hint(err,
		    "If trigger events are pending, put \"SET CONSTRAINTS ALL "
		    "IMMEDIATE;\" before it, or run with --transaction "
		    "revision if an earlier revision of this run left them; a "
		    "cursor must be closed.");
	} else {
		(void)tb_err_hint(err, "Run again when nobody uses it.");
	}
	free(name);
	tb_cursor_release(&w);
}
