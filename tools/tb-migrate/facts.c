/*
 * How the database and the files stand to each other.
 */
#include "core/tb.h"

#include <string.h>

#include "core/err.h"
#include "core/log.h"
#include "migrate.h"
#include "pg/query.h"

/* By the formula that was current when it was recorded, if that is known. */
int
mig_compare(const struct tb_revision_file *f, const PGresult *res, int row,
    enum mig_edit *edit, struct tb_err *err)
{
	struct tb_history_hashes now;
	int formula = (int)tb_pg_get_int(res, row, "hash_formula");
	bool known = formula >= 1 && formula <= TB_HISTORY_FORMULA;

	if (tb_history_hash_by(f, known ? formula : TB_HISTORY_FORMULA, &now,
		err) == -1)
		return -1;
	if (strcmp(now.raw, tb_pg_get(res, row, "raw_hash")) == 0)
		*edit = MIG_SAME;
	else if (known &&
	    strcmp(now.tokens, tb_pg_get(res, row, "token_hash")) == 0)
		*edit = MIG_COSMETIC;
	else
		*edit = MIG_EDITED;
	return 0;
}

/* A recorded revision against its file as it is today. */
static void
compare_one(const struct tb_revision *rev, const PGresult *res, int row,
    struct mig_facts *facts)
{
	struct tb_revision_file f = TB_REVISION_FILE_INIT;
	struct tb_err why = TB_ERR_INIT;
	enum mig_edit edit;

	if (tb_revision_file_read(rev->h.path, &f, &why) == -1 ||
	    mig_compare(&f, res, row, &edit, &why) == -1) {
		tb_strs_add(&facts->edited, rev->h.id);
		tb_warn("%s", why.message);
	} else if (edit == MIG_COSMETIC) {
		tb_strs_add(&facts->cosmetic, rev->h.id);
	} else if (edit == MIG_EDITED) {
		tb_strs_add(&facts->edited, rev->h.id);
	}
	tb_err_release(&why);
	tb_revision_file_release(&f);
}

static int
compare_files(struct mig *m, struct mig_facts *facts, struct tb_err *err)
{
	PGresult *res;

	if (!m->history.log_readable)
		return 0;
	if ((res = tb_history_recorded(&m->history, err)) == NULL)
		return -1;
	for (int i = 0; i < PQntuples(res); i++) {
		const struct tb_revision *rev =
		    tb_graph_find(m->graph, tb_pg_get(res, i, "revision"));

		if (rev != NULL)
			compare_one(rev, res, i, facts);
	}
	PQclear(res);
	return 0;
}

int
mig_facts_read(struct mig *m, struct mig_facts *facts, struct tb_err *err)
{
	const struct tb_strs *rows = &m->history.rows;

	tb_plan_current(m->graph, rows, &facts->tips, NULL);
	tb_plan_applied(m->graph, rows, &facts->applied, &facts->unknown);
	if (facts->unknown.n == 0 &&
	    tb_plan_pending(m->graph, rows, &facts->pending, err) == -1)
		return -1;
	return compare_files(m, facts, err);
}

void
mig_facts_release(struct mig_facts *facts)
{
	tb_revs_release(&facts->tips);
	tb_revs_release(&facts->applied);
	tb_revs_release(&facts->pending);
	tb_strs_release(&facts->unknown);
	tb_strs_release(&facts->edited);
	tb_strs_release(&facts->cosmetic);
}
