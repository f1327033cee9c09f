/*
 * tb-migrate edit: open revision files in the editor.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "core/err.h"
#include "core/proc.h"
#include "migrate.h"
#include "revision/target.h"

/* VISUAL or EDITOR, which may bring arguments of their own. */
static void
editor(struct tb_strs *argv)
{
	const char *words = getenv("VISUAL");

	if (words == NULL || *words == '\0')
		words = getenv("EDITOR");
	if (words != NULL)
		tb_strs_split(argv, words, " \t");
	if (argv->n == 0)
		tb_strs_add(argv, "vi");
}

static int
open_files(const struct tb_revs *revs, const char *what, struct tb_err *err)
{
	struct tb_strs argv = TB_STRS_INIT;
	struct tb_proc proc = TB_PROC_INIT;
	int rc;

	if (revs->n == 0)
		return tb_err_set(err, TB_EXIT_DATA,
		    "\"%s\" is no revision that has a file", what);
	editor(&argv);
	for (size_t i = 0; i < revs->n; i++)
		tb_strs_add(&argv, revs->v[i]->h.path);
	proc.inherit = true;
	rc = tb_proc_run(argv.v, &proc, err);
	if (rc == 0 && proc.status != 0)
		rc = tb_err_set(err, TB_EXIT_CANTCREAT,
		    "the editor \"%s\" ended with %d", argv.v[0], proc.status);
	tb_proc_release(&proc);
	tb_strs_release(&argv);
	return rc;
}

static int
edit(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[], struct tb_err *err)
{
	struct mig m = MIG_INIT;
	struct tb_revs revs = TB_REVS_INIT;
	bool with_rows = tb_target_needs_rows(argv[0]);
	int rc = mig_load(ctx, &m, err);

	if (rc == 0 && with_rows)
		rc = mig_open(ctx, &m, TB_PG_READ, err);
	if (rc == 0)
		rc = tb_target_show(m.graph, with_rows ? &m.history.rows : NULL,
		    argv[0], &revs, err);
	if (rc == 0)
		rc = open_files(&revs, argv[0], err);
	tb_revs_release(&revs);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	MIG_OPT_TABLE,
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_edit = {
	.name = "edit",
	.args = "REVISION",
	.help = "open a revision file in $EDITOR",
	.opts = opts,
	.needs = TB_NEED_CONN,
	.min_args = 1,
	.max_args = 1,
	.run = edit,
};
