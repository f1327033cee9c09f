/*
 * tb-migrate edit: open revision files in the editor.
 */
#include "core/tb.h"

#include <stdlib.h>

#include "core/err.h"
#include "core/proc.h"
#include "look.h"

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
open_files(const struct tb_ctx *ctx TB_UNUSED, const struct mig *m TB_UNUSED,
    const struct tb_revs *revs, const char *name, struct tb_err *err)
{
	struct tb_strs argv = TB_STRS_INIT;
	struct tb_proc proc = TB_PROC_INIT;
	int rc;

	if (revs->n == 0)
		return tb_err_set(err, TB_EXIT_DATA,
		    "\"%s\" is no revision that has a file", name);
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
	return mig_look_named(ctx, argv[0], open_files, err);
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
