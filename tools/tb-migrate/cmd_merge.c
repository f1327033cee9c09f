/*
 * tb-migrate merge: join branches.
 */
#include "core/tb.h"

#include "core/err.h"
#include "migrate.h"
#include "revision/create.h"

static struct tb_create wish;

static int
merge(struct tb_ctx *ctx, int argc, char *argv[], struct tb_err *err)
{
	struct mig m = MIG_INIT;
	int rc = mig_load(ctx, &m, err);

	for (int i = 0; i < argc; i++)
		tb_strs_add(&wish.heads, argv[i]);
	if (argc == 0)
		tb_strs_add(&wish.heads, "heads");
	if (rc == 0)
		rc = mig_create(ctx, &m, &wish, err);
	tb_strs_release(&wish.heads);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_STR('m', "message", "TEXT", "what it does", &wish.message),
	TB_OPT_FLAG(0, "splice", "the parents need not be heads", &wish.splice),
	TB_OPT_LIST(0, "branch-label", "LABEL",
	    "name the branch; may be given again", &wish.labels),
	TB_OPT_STR(0, "version-path", "DIR",
	    "write it there, one of the revision folders", &wish.dir),
	TB_OPT_STR(0, "rev-id", "ID", "this id instead of a random one",
	    &wish.id),
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_merge = {
	.name = "merge",
	.args = "[REVISION...]",
	.help = "write a revision that joins branches (heads)",
	.opts = opts,
	.needs = TB_NEED_FORMAT,
	.max_args = -1,
	.run = merge,
};
