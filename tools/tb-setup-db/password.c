#include "core/tb.h"

#include <bsd/string.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "core/sql.h"
#include "core/strs.h"
#include "have.h"
#include "password.h"
#include "pg/query.h"
#include "scram.h"

PGresult *
set_password_stored(struct set_session *s, const struct tb_strs *names,
    struct tb_err *err)
{
	const char *file =
	    s->me.reads_passwords ? "stored_passwords" : "existing_roles";
	const struct tb_strs *const lists[] = { names };

	return set_have_query(s->admin, tb_sql_text(tool_sql, file), lists, 1,
	    err);
}

static enum set_match
match(const char *verifier, const char *secret)
{
	if (verifier == NULL)
		return SET_MATCH_NO;
	if (set_scram_is_verifier(secret))
		return strcmp(verifier, secret) == 0 ? SET_MATCH_YES :
						       SET_MATCH_NO;
	return set_scram_match(verifier, secret);
}

static enum set_match
try_login(const struct set_session *s, const struct set_role *role)
{
	enum set_match result;
	PGconn *conn;

	if (set_scram_is_verifier(role->secret))
		return SET_MATCH_UNKNOWN;
	conn = set_session_login(s, role->name, role->secret, PQdb(s->admin),
	    NULL);
	if (!PQconnectionUsedPassword(conn))
		result = SET_MATCH_UNKNOWN;
	else if (PQstatus(conn) == CONNECTION_OK)
		result = SET_MATCH_YES;
	else
		result = SET_MATCH_NO;
	PQfinish(conn);
	return result;
}

static void
mark(struct set_role *role, const char *why)
{
	role->set_secret = true;
	role->secret_why = why;
}

/* A password that is to be made: never in place of one that somebody uses. */
static void
compare_made(struct set_role *role, bool exists, bool has_one)
{
	if (role->force_secret) {
		mark(role, "a new one will be generated");
	} else if (!exists) {
		mark(role, "the role is new; one will be generated");
	} else if (!has_one) {
		mark(role, "the role has none; one will be generated");
	} else {
		tb_warn("the password of role \"%s\" is not known here: there "
			"is no file \"%s\"",
		    role->name, role->source.file);
		tb_hint("Put it there, or make a new one: tb-setup-db "
			"--set-password.");
	}
}

static void
compare_known(const struct set_session *s, struct set_role *role,
    const char *verifier)
{
	enum set_match same = s->me.reads_passwords ?
	    match(verifier, role->secret) :
	    SET_MATCH_UNKNOWN;

	if (same == SET_MATCH_UNKNOWN)
		same = try_login(s, role);
	if (same == SET_MATCH_NO)
		mark(role,
		    verifier != NULL || !s->me.reads_passwords ?
			"it is another" :
			"the role has none");
	else if (same == SET_MATCH_UNKNOWN && role->force_secret)
		mark(role, "it could not be compared");
	else if (same == SET_MATCH_UNKNOWN)
		tb_info("the server does not ask role \"%s\" for a password, "
			"so it was not compared; --set-password sets it",
		    role->name);
}

int
set_password_compare(struct set_want *want, struct set_session *s,
    struct tb_err *err)
{
	struct tb_strs names = TB_STRS_INIT;
	PGresult *res;

	for (size_t i = 0; i < want->nroles; i++)
		if (want->roles[i].secret_state != SET_SECRET_NONE)
			tb_strs_add(&names, want->roles[i].name);
	res = set_password_stored(s, &names, err);
	tb_strs_release(&names);
	if (res == NULL)
		return -1;
	for (size_t i = 0; i < want->nroles; i++) {
		struct set_role *role = &want->roles[i];
		int row = set_have_row(res, "name", role->name);
		const char *verifier =
		    row != -1 ? tb_pg_get(res, row, "verifier") : NULL;

		role->set_secret = false;
		if (role->secret_state == SET_SECRET_NONE)
			continue;
		if (role->secret_state == SET_SECRET_MAKE)
			compare_made(role, row != -1,
			    verifier != NULL || !s->me.reads_passwords);
		else if (row == -1)
			mark(role, "the role is new");
		else
			compare_known(s, role, verifier);
	}
	PQclear(res);
	return 0;
}
