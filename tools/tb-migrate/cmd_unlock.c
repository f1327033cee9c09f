/*
 * tb-migrate unlock: end the session that holds the lock of runs.
 *
 * The lock belongs to a session and ends with it, so there is no other way;
 * what the session has not committed is rolled back by the server.
 */
#include "core/tb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/json.h"
#include "cli/table.h"
#include "cli/term.h"
#include "core/clock.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "migrate.h"
#include "pg/lock.h"
#include "pg/query.h"

/* How long an ended session may take to go. */
#define PATIENCE 30.0

static bool yes;

static const struct {
	const char *column, *title;
} shown[] = {
	{ "pid", "process" },
	{ "role", "user" },
	{ "client", "host" },
	{ "program", "program" },
	{ "since", "since" },
	{ "state", "state" },
	{ "for_time", "for" },
	{ "query", "query" },
};

static void
print_text(const PGresult *res)
{
	for (size_t i = 0; i < TB_LEN(shown); i++) {
		const char *value = tb_pg_get(res, 0, shown[i].column);

		if (value == NULL)
			continue;
		(void)printf("%-8s ", shown[i].title);
		tb_text_put(value, stdout);
		(void)putchar('\n');
	}
}

static void
print_holder(const struct tb_ctx *ctx, const PGresult *res)
{
	json_t *o;

	if (!tb_cli_is_json(ctx)) {
		print_text(res);
		return;
	}
	o = json_object();
	(void)json_object_set_new(o, "process",
	    json_integer(tb_pg_get_int(res, 0, "pid")));
	for (size_t i = 1; i < TB_LEN(shown); i++)
		tb_json_set(o, shown[i].title,
		    tb_pg_get(res, 0, shown[i].column));
	tb_json_print(o);
}

/* 0: it may be ended; else the exit code, or -1. */
static int
ask(struct tb_err *err)
{
	char *answer;
	int rc;

	if (yes)
		return 0;
	if (!tb_term_can_ask()) {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "the session was not ended: there is no terminal to ask "
		    "on");
		return tb_err_hint(err, "Give --yes to end it.");
	}
	(void)fflush(stdout);
	answer = tb_term_ask("End this session?  What it has not committed is "
			     "rolled back.  Type yes: ");
	rc = answer != NULL && strcmp(answer, "yes") == 0 ? 0 : TB_EXIT_BUSY;
	free(answer);
	if (rc != 0)
		return tb_err_set(err, rc, "the session was not ended");
	return 0;
}

static int
end_it(PGconn *db, const char *pid, struct tb_err *err)
{
	if (tb_pg_execp(db,
		"SELECT pg_catalog.pg_terminate_backend($1::pg_catalog.int4)",
		1, &pid, err) == 0)
		return 0;
	(void)tb_err_prefix(err, "could not end process %s", pid);
	if (err->code == TB_EXIT_NOPERM)
		(void)tb_err_hint(err,
		    "Whoever ends it must be a member of its role, or of "
		    "pg_signal_backend.");
	return -1;
}

/* Does this process still have the lock?  1: yes, 0: no. */
static int
is_held_by(PGconn *db, long long key, const char *pid, struct tb_err *err)
{
	PGresult *res = tb_pg_lock_holder(db, key, err);
	int rc = -1;

	if (res != NULL)
		rc = PQntuples(res) > 0 &&
		    strcmp(tb_pg_get(res, 0, "pid"), pid) == 0;
	PQclear(res);
	return rc;
}

static int
wait_until_gone(PGconn *db, long long key, const char *pid, struct tb_err *err)
{
	double end = tb_clock_now() + PATIENCE;
	int rc;

	while ((rc = is_held_by(db, key, pid, err)) == 1) {
		if (tb_clock_now() >= end) {
			(void)tb_err_set(err, TB_EXIT_BUSY,
			    "process %s was told to end and has not yet", pid);
			return tb_err_hint(err,
			    "It may be in the middle of something that cannot "
			    "be interrupted; see pg_stat_activity.");
		}
		tb_clock_sleep(0.05);
	}
	return rc;
}

static int
end_holder(PGconn *db, long long key, const char *pid, struct tb_err *err)
{
	int rc;

	if ((rc = ask(err)) != 0)
		return rc;
	/* It may have ended by itself while we asked. */
	rc = is_held_by(db, key, pid, err);
	if (rc == 1 && end_it(db, pid, err) == -1)
		return -1;
	if (rc == -1 || (rc == 1 && wait_until_gone(db, key, pid, err) == -1))
		return -1;
	if (rc == 0)
		tb_info("process %s has let the lock go by itself", pid);
	else
		tb_info("ended process %s: the lock is free", pid);
	return TB_EXIT_OK;
}

static int
unlock(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	PGresult *res = NULL;
	long long key;
	int rc = mig_open(ctx, &m, TB_PG_READ, err);

	if (rc == 0) {
		key = tb_history_lock_key(&m.history);
		if ((res = tb_pg_lock_holder(ctx->db, key, err)) == NULL) {
			rc = -1;
		} else if (PQntuples(res) == 0) {
			tb_info("nothing to unlock: no run holds the lock");
			rc = TB_EXIT_FOUND;
		} else {
			print_holder(ctx, res);
			rc = end_holder(ctx->db, key, tb_pg_get(res, 0, "pid"),
			    err);
		}
	}
	PQclear(res);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_FLAG('y', "yes", "end it without asking", &yes),
	MIG_OPT_TABLE,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_unlock = {
	.name = "unlock",
	.help = "show who holds the lock of runs, and end that session",
	.opts = opts,
	.needs = TB_NEED_CONN | TB_NEED_FORMAT,
	.run = unlock,
};
