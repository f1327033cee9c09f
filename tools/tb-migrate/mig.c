/*
 * What every command starts with: options, revision files, the version table.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/conf.h"
#include "core/err.h"
#include "core/file.h"
#include "core/log.h"
#include "core/mem.h"
#include "migrate.h"
#include "pg/query.h"
#include "tenants.h"

struct mig_opts mig_opts = { .revisions = TB_STRS_INIT,
	.wait_lock = 60,
	.retry_for = 120 };

const char *const mig_transaction_words[] = { "run", "revision", NULL };

bool
mig_verbose(void)
{
	return mig_opts.details || tb_log_level() >= TB_LOG_DEBUG;
}

static const char *
or_conf(const struct tb_ctx *ctx, const char *option, const char *name)
{
	return option != NULL ? option : tb_conf_str(&ctx->conf, name);
}

const char *
mig_table(const struct tb_ctx *ctx)
{
	return or_conf(ctx, mig_opts.table, "migrate|version-table");
}

const char *
mig_schema(const struct tb_ctx *ctx)
{
	return or_conf(ctx, mig_opts.schema, "migrate|version-schema");
}

const char *
mig_role(const struct tb_ctx *ctx)
{
	return or_conf(ctx, mig_opts.role, "migrate|role");
}

void
mig_dirs(const struct tb_ctx *ctx, struct tb_strs *dirs)
{
	for (size_t i = 0; i < mig_opts.revisions.n; i++)
		tb_strs_add(dirs, mig_opts.revisions.v[i]);
	if (dirs->n == 0)
		tb_conf_paths(&ctx->conf, "migrate|revisions", dirs);
	if (dirs->n == 0)
		tb_strs_add(dirs, "revisions");
}

static struct tb_graph *shared_graph;

void
mig_share(struct tb_graph *g)
{
	shared_graph = g;
}

int
mig_load(const struct tb_ctx *ctx, struct mig *m, struct tb_err *err)
{
	mig_dirs(ctx, &m->dirs);
	if (shared_graph != NULL) {
		m->graph = shared_graph;
		shared_graph = NULL;
		return 0;
	}
	m->graph = tb_graph_load(&m->dirs,
	    tb_conf_bool(&ctx->conf, "migrate|recursive"), err);
	if (m->graph != NULL)
		return 0;
	if (err->code == TB_EXIT_NOINPUT && err->hint == NULL)
		(void)tb_err_hint(err,
		    "Name the folder with --revisions DIR or in tb.conf, or "
		    "make one with \"tb-migrate init\".");
	return -1;
}

static int
connect_as(struct tb_ctx *ctx, enum tb_pg_mode mode, struct tb_err *err)
{
	if (tb_cli_connect(ctx, mode, err) == -1)
		return mig_opts.tenant != NULL ? mig_tenant_explain(err) : -1;
	if (mig_opts.tenant != NULL &&
	    mig_tenant_check(ctx->db, mig_opts.tenant, err) == -1)
		return -1;
	return mode == TB_PG_WRITE ?
	    tb_run_set_role(ctx->db, mig_role(ctx), err) :
	    0;
}

int
mig_open_rows(struct tb_ctx *ctx, struct mig *m, struct tb_err *err)
{
	if (connect_as(ctx, TB_PG_WRITE, err) == -1)
		return -1;
	if (tb_history_open_rows(&m->history, ctx->db, mig_schema(ctx),
		mig_table(ctx), err) == -1)
		return -1;
	mig_many_note(&m->history);
	return 0;
}

int
mig_open(struct tb_ctx *ctx, struct mig *m, enum tb_pg_mode mode,
    struct tb_err *err)
{
	if (connect_as(ctx, mode, err) == -1)
		return -1;
	if (tb_history_open(&m->history, ctx->db, mig_schema(ctx),
		mig_table(ctx), err) == -1)
		return -1;
	mig_many_note(&m->history);
	return 0;
}

/* Servers from 14 on say so without being asked; a pooler may not. */
static int
is_standby(PGconn *db, struct tb_err *err)
{
	const char *said = PQparameterStatus(db, "in_hot_standby");
	PGresult *res;
	int rc;

	if (said != NULL)
		return strcmp(said, "on") == 0;
	res = tb_pg_query(db,
	    "SELECT pg_catalog.pg_is_in_recovery() AS standby", 0, NULL, err);
	if (res == NULL)
		return -1;
	rc = tb_pg_get_bool(res, 0, "standby");
	PQclear(res);
	return rc;
}

int
mig_lock(struct mig *m, struct tb_err *err)
{
	int standby = is_standby(m->history.db, err);

	if (standby == 0)
		return tb_history_lock(&m->history, mig_opts.wait_lock, err);
	if (standby == -1)
		return -1;
	(void)tb_err_set(err, TB_EXIT_NOPERM,
	    "the server is a standby: it can only be read");
	return tb_err_hint(err,
	    "Connect to the primary.  With several hosts, "
	    "target_session_attrs=read-write in the connection string or "
	    "PGTARGETSESSIONATTRS finds it.");
}

void
mig_close(struct mig *m)
{
	tb_history_release(&m->history);
	tb_graph_free(m->graph);
	m->graph = NULL;
	tb_strs_release(&m->dirs);
	tb_strs_release(&m->stored);
}

static void
explain_one(const PGresult *res, const char *id, struct tb_err *err)
{
	for (int i = 0; i < PQntuples(res); i++) {
		const char *message = tb_pg_get(res, i, "message");

		if (strcmp(tb_pg_get(res, i, "revision"), id) != 0)
			continue;
		(void)tb_err_detail(err,
		    "\"%s\" is \"%s\", which came after %s; %s applied it at "
		    "%s.",
		    id, message != NULL ? message : "",
		    *tb_pg_get(res, i, "parents") != '\0' ?
			tb_pg_get(res, i, "parents") :
			"nothing",
		    tb_pg_get(res, i, "applied_by"),
		    tb_pg_get(res, i, "applied_at"));
	}
}

int
mig_explain(struct mig *m, struct tb_err *err)
{
	struct tb_strs unknown = TB_STRS_INIT;
	struct tb_revs applied = TB_REVS_INIT;
	struct tb_err why = TB_ERR_INIT;
	PGresult *res = NULL;

	tb_plan_applied(m->graph, &m->history.rows, &applied, &unknown);
	if (unknown.n > 0 && m->history.log_readable)
		res = tb_history_recorded(&m->history, &why);
	for (size_t i = 0; i < unknown.n && res != NULL; i++)
		explain_one(res, unknown.v[i], err);
	PQclear(res);
	tb_err_release(&why);
	tb_revs_release(&applied);
	tb_strs_release(&unknown);
	return -1;
}

int
mig_refuse_unknown(struct mig *m, struct tb_err *err)
{
	struct tb_revs revs = TB_REVS_INIT;
	int rc = tb_plan_rows(m->graph, &m->history.rows, &revs, err);

	tb_revs_release(&revs);
	return rc == 0 ? 0 : mig_explain(m, err);
}
