/*
 * tb-migrate accept: an edited file is what was applied from now on.
 */
#include "core/tb.h"

#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "migrate.h"
#include "pg/query.h"
#include "revision/target.h"

static const char *reason;

static int
row_of(const PGresult *res, const char *id)
{
	for (int i = 0; i < PQntuples(res); i++)
		if (strcmp(tb_pg_get(res, i, "revision"), id) == 0)
			return i;
	return -1;
}

static int
not_recorded(const struct tb_revision *rev, struct tb_err *err)
{
	(void)tb_err_set(err, TB_EXIT_DATA,
	    "revision \"%s\" is not recorded as applied", rev->h.id);
	return tb_err_hint(err,
	    "There is nothing to accept: a file may be edited as long as no "
	    "database has it.");
}

/* *n counts those that were accepted. */
static int
accept_one(struct mig *m, const struct tb_revision *rev, const PGresult *res,
    size_t *n, struct tb_err *err)
{
	struct tb_revision_file f = TB_REVISION_FILE_INIT;
	int row = row_of(res, rev->h.id), rc = 0;
	enum mig_edit edit;

	if (row == -1)
		return not_recorded(rev, err);
	if (tb_revision_file_read(rev->h.path, &f, err) == -1)
		return -1;
	if (mig_compare(&f, res, row, &edit, err) == -1) {
		rc = -1;
	} else if (edit == MIG_EDITED) {
		rc = tb_history_accept(&m->history, &f, reason, err);
		(*n)++;
	} else {
		tb_info("nothing to accept: %s %s", rev->h.path,
		    edit == MIG_SAME ?
			"is as it was applied" :
			"differs in layout, case or comments only");
	}
	tb_revision_file_release(&f);
	return rc;
}

static int
accept_all(struct mig *m, const struct tb_revs *revs, struct tb_err *err)
{
	PGresult *res = tb_history_recorded(&m->history, err);
	size_t n = 0;
	int rc;

	if (res == NULL)
		return -1;
	rc = tb_pg_exec(m->history.db, "BEGIN", err);
	if (rc == 0)
		rc = tb_history_prepare(&m->history, err);
	for (size_t i = 0; i < revs->n && rc == 0; i++)
		rc = accept_one(m, revs->v[i], res, &n, err);
	if (rc == 0)
		rc = tb_pg_exec(m->history.db, "COMMIT", err);
	if (rc == 0 && n > 0)
		tb_info("accepted %zu of %zu", n, revs->n);
	PQclear(res);
	return rc;
}

static int
no_history(const struct tb_history *h, struct tb_err *err)
{
	if (h->log_problem != NULL) {
		(void)tb_err_set(err, TB_EXIT_NOPERM, "%s", h->log_problem);
		return tb_err_hint(err, "%s", h->log_remedy);
	}
	return tb_err_set(err, TB_EXIT_DATA,
	    "nothing is recorded of what was applied: there is no tb.revision");
}

static int
accept_locked(struct mig *m, const char *what, struct tb_err *err)
{
	struct tb_revs revs = TB_REVS_INIT;
	int rc;

	if (m->history.log == TB_HISTORY_LOG_DENIED || !m->history.log_readable)
		return no_history(&m->history, err);
	rc = tb_target_show(m->graph, &m->history.rows, what, &revs, err);
	if (rc == 0)
		rc = accept_all(m, &revs, err);
	tb_revs_release(&revs);
	return rc;
}

static int
accept_edit(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[],
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	int rc;

	if (reason == NULL || reason[strspn(reason, " \t\r\n")] == '\0') {
		(void)tb_err_set(err, TB_EXIT_USAGE,
		    "accept needs a reason, which the log keeps");
		return tb_err_hint(err, "Say it with --reason TEXT.");
	}
	rc = mig_load(ctx, &m, err);
	if (rc == 0)
		rc = mig_open(ctx, &m, TB_PG_WRITE, err);
	if (rc == 0)
		rc = mig_lock(&m, err);
	if (rc == 0)
		rc = accept_locked(&m, argv[0], err);
	if (rc == 0)
		rc = tb_history_unlock(&m.history, err);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_STR(0, "reason", "TEXT", "why it was edited; the log keeps it",
	    &reason),
	MIG_OPT_ROLE,
	MIG_OPT_WAIT_LOCK,
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_accept = {
	.name = "accept",
	.args = "REVISION",
	.help = "take an edited file for what was applied",
	.opts = opts,
	.needs = TB_NEED_CONN,
	.min_args = 1,
	.max_args = 1,
	.run = accept_edit,
};
