/*
 * Revisions that the database has and the checkout has not: their text is in
 * tb.revision.
 */
#include "core/tb.h"

#include <stdlib.h>
#include <string.h>

#include "core/conf.h"
#include "core/err.h"
#include "core/log.h"
#include "core/mem.h"
#include "migrate.h"
#include "pg/query.h"

const char *
mig_stored_text(const void *mig, const struct tb_revision *rev)
{
	const struct tb_strs *stored = &((const struct mig *)mig)->stored;

	for (size_t i = 0; i + 1 < stored->n; i += 2)
		if (strcmp(stored->v[i], rev->h.id) == 0)
			return stored->v[i + 1];
	return NULL;
}

int
mig_read_revision(const struct mig *m, const struct tb_revision *rev,
    struct tb_revision_file *f, struct tb_err *err)
{
	const char *text = mig_stored_text(m, rev);

	if (text == NULL)
		return tb_revision_file_read(rev->h.path, f, err);
	return tb_revision_file_parse(rev->h.path, text, strlen(text), f, err);
}

static void
find_unknown(const struct mig *m, struct tb_strs *unknown)
{
	struct tb_revs applied = TB_REVS_INIT;

	tb_plan_applied(m->graph, &m->history.rows, &applied, unknown);
	tb_revs_release(&applied);
}

/* The files again, and what is stored and in none of them. */
static struct tb_graph *
load(const struct tb_ctx *ctx, struct mig *m, const PGresult *res,
    struct tb_err *err)
{
	struct tb_graph *g = tb_graph_new();
	bool recursive = tb_conf_bool(&ctx->conf, "migrate|recursive");
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < m->dirs.n; i++)
		rc = tb_graph_add_dir(g, m->dirs.v[i], recursive, err);
	for (int i = 0; rc == 0 && i < PQntuples(res); i++) {
		const char *id = tb_pg_get(res, i, "revision");
		char *path;

		if (tb_graph_find(m->graph, id) != NULL)
			continue;
		path = tb_asprintf("tb.revision/%s", id);
		tb_strs_add(&m->stored, id);
		tb_strs_take(&m->stored, tb_history_file(res, i));
		rc = tb_graph_add_text(g, path, m->stored.v[m->stored.n - 1],
		    err);
		free(path);
	}
	if (rc == 0 && tb_graph_link(g, err) == 0)
		return g;
	tb_graph_free(g);
	tb_strs_release(&m->stored);
	return NULL;
}

/*
 * The graph with what is stored, as far as unknown rows lead to; NULL: there
 * are no such rows, or what is stored does not fit.  m->stored is filled.
 */
static int
stored_graph(const struct tb_ctx *ctx, struct mig *m, struct tb_graph **g,
    struct tb_err *err)
{
	struct tb_strs unknown = TB_STRS_INIT;
	struct tb_err why = TB_ERR_INIT;
	PGresult *res = NULL;
	char *rows;
	int rc = 0;

	*g = NULL;
	find_unknown(m, &unknown);
	if (unknown.n > 0 && m->history.log_readable) {
		rows = tb_strs_join(&unknown, " ");
		res = tb_history_stored(&m->history, rows, err);
		rc = res != NULL ? 0 : -1;
		free(rows);
	}
	if (res != NULL && PQntuples(res) > 0 &&
	    (*g = load(ctx, m, res, &why)) == NULL)
		tb_debug("what is stored does not fit the files: %s",
		    why.message);
	tb_err_release(&why);
	PQclear(res);
	tb_strs_release(&unknown);
	return rc;
}

int
mig_stored_use(const struct tb_ctx *ctx, struct mig *m, bool tell,
    struct tb_err *err)
{
	struct tb_graph *g;

	if (stored_graph(ctx, m, &g, err) == -1)
		return -1;
	if (g == NULL)
		return 0;
	tb_graph_free(m->graph);
	m->graph = g;
	for (size_t i = 0; tell && i + 1 < m->stored.n; i += 2) {
		const struct tb_revision *rev =
		    tb_graph_find(g, m->stored.v[i]);

		tb_info("revision \"%s\" (%s) is in no file: its text is taken "
			"from tb.revision",
		    m->stored.v[i], rev->h.message);
	}
	return 0;
}

static bool
all_applied(const struct mig *m, const struct tb_graph *g)
{
	const struct tb_revs *heads = &m->graph->real_heads;
	struct tb_revs applied = TB_REVS_INIT;
	struct tb_strs unknown = TB_STRS_INIT;
	bool all;

	tb_plan_applied(g, &m->history.rows, &applied, &unknown);
	all = unknown.n == 0;
	for (size_t i = 0; i < heads->n && all; i++)
		all =
		    tb_revs_has(&applied, tb_graph_find(g, heads->v[i]->h.id));
	tb_revs_release(&applied);
	tb_strs_release(&unknown);
	return all;
}

int
mig_stored_newer(const struct tb_ctx *ctx, struct mig *m, struct tb_err *err)
{
	struct tb_graph *g;
	int newer;

	if (stored_graph(ctx, m, &g, err) == -1)
		return -1;
	newer = g != NULL && all_applied(m, g);
	tb_graph_free(g);
	tb_strs_release(&m->stored);
	return newer;
}
