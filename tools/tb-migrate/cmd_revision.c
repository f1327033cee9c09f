/*
 * tb-migrate revision: begin a new revision.
 */
#include "core/tb.h"

#include "core/err.h"
#include "migrate.h"
#include "revision/create.h"

static struct tb_create wish;
static const char *head;

static int
revision(struct tb_ctx *ctx, int argc TB_UNUSED, char *argv[] TB_UNUSED,
    struct tb_err *err)
{
	struct mig m = MIG_INIT;
	int rc = mig_load(ctx, &m, err);

	if (head != NULL)
		tb_strs_add(&wish.heads, head);
	if (rc == 0)
		rc = mig_create(ctx, &m, &wish, err);
	tb_strs_release(&wish.heads);
	mig_close(&m);
	return rc;
}

static const struct tb_opt opts[] = {
	TB_OPT_STR('m', "message", "TEXT", "what it does", &wish.message),
	TB_OPT_STR(0, "head", "REVISION",
	    "its parent (head); base begins a history of its own", &head),
	TB_OPT_FLAG(0, "splice", "the parent need not be a head", &wish.splice),
	TB_OPT_LIST(0, "branch-label", "LABEL",
	    "name the branch; may be given again", &wish.labels),
	TB_OPT_STR(0, "version-path", "DIR",
	    "write it there, one of the revision folders", &wish.dir),
	TB_OPT_STR(0, "rev-id", "ID", "this id instead of a random one",
	    &wish.id),
	TB_OPT_LIST(0, "depends-on", "REVISION",
	    "must be applied first; may be given again", &wish.depends_on),
	MIG_OPT_REVISIONS,
	TB_OPT_END,
};

const struct tb_cmd mig_cmd_revision = {
	.name = "revision",
	.help = "write a new revision file",
	.opts = opts,
	.needs = TB_NEED_FORMAT,
	.run = revision,
};
