/*
 * What else can stand in the way: invalid indexes, a lock, schema tb.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "core/mem.h"
#include "core/sql.h"
#include "doctor.h"
#include "half.h"
#include "pg/lock.h"
#include "pg/query.h"

static int
find_indexes(struct doctor *d, struct tb_err *err)
{
	PGresult *res = tb_pg_query(d->m->history.db,
	    tb_sql_text(tool_sql, "doctor_indexes"), 0, NULL, err);

	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++) {
		const char *name = tb_pg_get(res, i, "name");

		doctor_find(d, "index",
		    tb_asprintf("index %s of %s is invalid: a build of it "
				"failed, or runs and may not be seen",
			name, tb_pg_get(res, i, "relation")),
		    tb_pg_get_bool(res, i, "left_over") ?
			tb_asprintf("It is of no use: DROP INDEX CONCURRENTLY "
				    "%s;",
			    name) :
			tb_asprintf("REINDEX INDEX CONCURRENTLY %s; or drop "
				    "it.  \"tb-migrate upgrade\" builds the "
				    "index of a pending revision anew.",
			    name),
		    false);
	}
	PQclear(res);
	return 0;
}

static int
find_lock(struct doctor *d, struct tb_err *err)
{
	struct tb_history *h = &d->m->history;
	PGresult *res = tb_pg_lock_holder(h->db, tb_history_lock_key(h), err);
	const char *state, *for_time;

	if (res == NULL)
		return -1;
	if (PQntuples(res) > 0) {
		state = tb_pg_get(res, 0, "state");
		for_time = tb_pg_get(res, 0, "for_time");
		doctor_find(d, "lock",
		    tb_asprintf("the lock is held by process %s, user %s, %s, "
				"from %s: %s for %s",
			tb_pg_get(res, 0, "pid"), tb_pg_get(res, 0, "role"),
			tb_pg_get(res, 0, "program"),
			tb_pg_get(res, 0, "client"),
			state != NULL ? state : "in an unknown state",
			for_time != NULL ? for_time : "an unknown time"),
		    tb_strdup("A run is under way.  If its program is gone, "
			      "\"tb-migrate unlock\" ends the session."),
		    false);
	}
	PQclear(res);
	return 0;
}

static int
find_schema(struct doctor *d, struct tb_err *err)
{
	const struct tb_history *h = &d->m->history;
	PGresult *res;

	if (h->log_problem != NULL)
		doctor_find(d, "history", tb_strdup(h->log_problem),
		    tb_strdup_null(h->log_remedy), false);
	res = tb_pg_query(h->db, tb_sql_text(tool_sql, "doctor_schema"), 0,
	    NULL, err);
	if (res == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++)
		doctor_find(d, "history",
		    tb_strdup(tb_pg_get(res, i, "problem")),
		    tb_strdup("Drop what is left of schema \"tb\", and the "
			      "next run makes it anew; or restore it from a "
			      "backup."),
		    false);
	PQclear(res);
	return 0;
}

/* That of a run that goes on is no fault: find_lock() tells of the run. */
static int
find_half(struct doctor *d, struct tb_err *err)
{
	struct mig_half half = MIG_HALF_INIT;
	int rc = mig_half_read(d->m, &half, err);

	if (rc == 0 && half.state != MIG_HALF_NOTHING &&
	    half.state != MIG_HALF_RUNNING)
		doctor_find(d, "journal", mig_half_text(&half),
		    tb_strdup(mig_half_remedy(&half)), false);
	mig_half_release(&half);
	return rc;
}

int
doctor_rest(struct doctor *d, struct tb_err *err)
{
	if (find_half(d, err) == -1 || find_indexes(d, err) == -1 ||
	    find_lock(d, err) == -1)
		return -1;
	return find_schema(d, err);
}
